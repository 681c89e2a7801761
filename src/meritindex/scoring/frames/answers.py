"""Answers as expressions: levels and measures as integers, gates as texts, and what is wrong.

Of a null, nothing is known: it is not answered. Which numbers come in which form depends on the
frame; here is what follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING

import attrs

from meritindex.assessment.frames.library import narwhals
from meritindex.definition import Indicator, Instrument, Measure
from meritindex.scoring.frames.arithmetic import Expression, across, any_of, surely

if TYPE_CHECKING:
    from meritindex.scoring.program import Program


@attrs.frozen(kw_only=True, eq=False)
class Answers:
    """The answers of a frame, by code.

    Attributes:
        levels: the level of each indicator, an integer.
        measures: the number of each measure.
        gates: the answer to each gate, a text.
        whole: turns numbers without decimals into integers, where the engine has a way.
        fractional: the indicators whose levels come as numbers that could have decimals.
    """

    instrument: Instrument
    levels: Mapping[str, Expression]
    measures: Mapping[str, Expression]
    gates: Mapping[str, Expression]
    whole: Callable[[Expression], Expression]
    fractional: frozenset[str] = frozenset()

    def of(self, code: str) -> Expression:
        """Return the answers to a gate, or those of an indicator or a measure."""
        return {**self.gates, **self.levels, **self.measures}[code]

    def inapplicable(self, indicator: Indicator) -> Expression | None:
        """Return where gates say that an indicator doesn't apply; None where none can."""
        return any_of(
            [
                surely(~self.gates[condition.gate].is_in(list(condition.options)))
                & ~self.gates[condition.gate].is_null()
                for condition in indicator.conditions
            ]
        )

    def waiting(self, indicator: Indicator) -> Expression | None:
        """Return where a gate that is not answered leaves open whether an indicator applies."""
        out = self.inapplicable(indicator)
        empty = [self.gates[condition.gate].is_null() for condition in indicator.conditions]
        return None if out is None else reduce(or_, empty) & ~out

    def raw(self, measure: Measure) -> Expression:
        """Return a measure as an integer over `10**decimals`, null where it can't be one."""
        value = self.measures[measure.code]
        return self.whole(self._scaled(measure, value))

    @staticmethod
    def _scaled(measure: Measure, value: Expression) -> Expression:
        nw = narwhals()
        within = (value >= float(measure.minimum)) & (value <= float(measure.maximum))
        return nw.when(within).then((value * float(10**measure.decimals)).round(0))

    def faults(self, program: Program) -> Iterator[tuple[str, Expression]]:
        """Yield where the answers are wrong, by the code that they are answers to."""
        for gate in self.instrument.gates:
            answer = self.gates[gate.code]
            yield gate.code, surely(~answer.is_in(list(gate.values))) & ~answer.is_null()
        for indicator in self.instrument.indicators:
            level = self.levels[indicator.code]
            lowest, highest = indicator.levels[0].value, indicator.levels[-1].value
            wrong = surely((level < lowest) | (level > highest))
            if indicator.code in self.fractional:
                wrong |= surely(level.round(0) != level)
            out = self.inapplicable(indicator)
            yield indicator.code, wrong if out is None else wrong | (out & ~level.is_null())
        for column in program.measures:
            measure = column.measure
            value = self.measures[measure.code]
            scaled = self._scaled(measure, value)
            # Divided by a column, not by a number, of which some engines take the reciprocal.
            unit = scaled * 0.0 + float(10**measure.decimals)
            yield measure.code, ~surely(scaled / unit == value) & ~value.is_null()

    def faulty(self, program: Program) -> Expression:
        """Return the rows in which any answer is wrong."""
        faults = dict(self.faults(program))
        nw = narwhals()
        plain = [
            item
            for item in self.instrument.indicators
            if not item.conditions and item.code not in self.fractional
        ]
        found = []
        # Of indicators with the same scale, the greatest and the least level say it for all.
        for (lowest, highest), items in groupby(sorted(plain, key=_scale), key=_scale):
            levels = [self.levels[item.code] for item in items]
            found.append(surely(across(nw.max_horizontal, levels) > highest))
            found.append(surely(across(nw.min_horizontal, levels) < lowest))
        codes = {item.code for item in plain}
        found += [fault for code, fault in faults.items() if code not in codes]
        return reduce(or_, found) if found else nw.lit(value=False)


def _scale(indicator: Indicator) -> tuple[int, int]:
    return indicator.levels[0].value, indicator.levels[-1].value
