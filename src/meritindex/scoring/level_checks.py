"""Checking an array of levels: every level on its scale, every mask one that gates can produce."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE
from meritindex.assessment.values import level_fault, more_faults
from meritindex.definition import Indicator, Instrument
from meritindex.definition.applicability import gate_groups, presence_patterns
from meritindex.errors import Fault
from meritindex.language import Text

# Beyond so many faults the rest of an array is counted, not listed.
LISTED_FAULTS = 100

# A block of rows stays in the processor's cache while it is looked at several times.
_ROWS_A_BLOCK = 16384

Levels = npt.NDArray[np.uint8]


@attrs.frozen(eq=False)
class _GateGroup:
    """Indicators whose gates decide together, and the patterns of them that can occur.

    A pattern is a row of bits, packed: bit `i` is set where the indicator of `members[i]` applies.
    """

    members: tuple[int, ...]
    patterns: npt.NDArray[Any]

    @classmethod
    def of(cls, members: tuple[int, ...], patterns: Sequence[Sequence[bool]]) -> _GateGroup:
        return cls(members, _packed(np.array(patterns, dtype=np.bool_)))

    def wrong(self, levels: Levels) -> npt.NDArray[np.bool_]:
        """Return the rows whose pattern no answers to the gates produce."""
        found = _packed(levels[:, self.members] != NOT_APPLICABLE)
        return np.isin(found, self.patterns, invert=True)


def _packed(bits: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Return each row of bits as one number, or as one string of bytes where they are many."""
    packed = np.packbits(bits, axis=1, bitorder="little")
    width = packed.shape[1]
    if width <= np.uint64().itemsize:
        wide = np.zeros((len(bits), np.uint64().itemsize), dtype=np.uint8)
        wide[:, :width] = packed
        return wide.view("<u8")[:, 0]
    return np.ascontiguousarray(packed).view(f"S{width}")[:, 0]


@attrs.frozen(eq=False)
class LevelChecks:
    """What an array of levels must satisfy under one instrument.

    Attributes:
        within: a level between these two is on every indicator's scale, so that two passes over a
            block find it sound without looking at its columns.
        allowed: bool, shape `[indicators, 256]`: what each column may contain.
    """

    indicators: tuple[Indicator, ...]
    within: tuple[int, int]
    allowed: npt.NDArray[np.bool_]
    groups: tuple[_GateGroup, ...]

    @classmethod
    def of(cls, instrument: Instrument) -> LevelChecks:
        """Return the checks of an instrument."""
        indicators = instrument.indicators
        allowed = np.zeros((len(indicators), 256), dtype=np.bool_)
        for place, indicator in enumerate(indicators):
            allowed[place, [level.value for level in indicator.levels]] = True
            allowed[place, NOT_ANSWERED] = True
            allowed[place, NOT_APPLICABLE] = bool(indicator.conditions)
        groups = []
        for members in gate_groups(indicators):
            patterns = presence_patterns([indicators[place] for place in members], instrument.gates)
            groups.append(_GateGroup.of(members, patterns))
        within = (
            max((indicator.levels[0].value for indicator in indicators), default=0),
            min((indicator.levels[-1].value for indicator in indicators), default=0),
        )
        return cls(indicators, within, allowed, tuple(groups))

    def check(self, levels: Levels) -> tuple[bool, list[Fault]]:
        """Return whether an array `[n, indicators]` may hold marks, and what is wrong with it."""
        faults: list[Fault] = []
        marked, unlisted = False, 0
        for start in range(0, len(levels) if self.indicators else 0, _ROWS_A_BLOCK):
            block = levels[start : start + _ROWS_A_BLOCK]
            plain = block.max() <= self.within[1] and block.min() >= self.within[0]
            marked = marked or not plain
            found = [] if plain else self._off_scale(block)
            for group in self.groups:
                found += [(int(row), group) for row in np.flatnonzero(group.wrong(block))]
            listed = found[: LISTED_FAULTS - len(faults)]
            unlisted += len(found) - len(listed)
            for row, what in listed:
                faults.append(self._fault(start + row, what, block[row]))
        return marked, faults + more_faults(unlisted)

    def _fault(self, row: int, what: int | _GateGroup, levels: Levels) -> Fault:
        if isinstance(what, _GateGroup):
            return self._mask_fault(row, what)
        return self._level_fault(row, what, int(levels[what]))

    def _off_scale(self, block: Levels) -> list[tuple[int, int | _GateGroup]]:
        found: list[tuple[int, int | _GateGroup]] = []
        for place, allowed in enumerate(self.allowed):
            found += [(int(row), place) for row in np.flatnonzero(~allowed[block[:, place]])]
        return found

    def _level_fault(self, row: int, place: int, value: int) -> Fault:
        indicator = self.indicators[place]
        lowest, highest = indicator.levels[0].value, indicator.levels[-1].value
        marks = [str(NOT_ANSWERED)] + ([str(NOT_APPLICABLE)] if indicator.conditions else [])
        allowed = Text(
            f"{lowest} sampai {highest}, {', '.join(marks)}",
            f"{lowest} to {highest}, {', '.join(marks)}",
        )
        return attrs.evolve(level_fault(indicator, value, allowed), place=row_place(row))

    def _mask_fault(self, row: int, group: _GateGroup) -> Fault:
        codes = ", ".join(self.indicators[member].code for member in group.members)
        gates = sorted(
            {
                condition.gate
                for member in group.members
                for condition in self.indicators[member].conditions
            }
        )
        return Fault(
            code="mask-impossible",
            message=Text(
                "tidak ada jawaban {gates} yang menghasilkan pola tidak berlaku pada {codes}",
                "no answers to {gates} produce this pattern of what does not apply in {codes}",
            ).fill(gates=", ".join(gates), codes=codes),
            place=row_place(row),
            item=self.indicators[group.members[0]].code,
        )


def row_place(row: int) -> Text:
    """Return the name of a row of an array, counted from 0 as the caller counts."""
    return Text(f"baris {row}", f"row {row}")
