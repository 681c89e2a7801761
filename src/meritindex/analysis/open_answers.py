"""What the answers of many assessments may really be, each by itself: levels and numbers.

Of every answer the two ends are kept, where it is worth least and where it is worth most to the
total; and of a number, between what values it lies. Which indicators apply is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, NumberColumn
from meritindex.assessment.trust import AnswerPolicy, Unanswered
from meritindex.assessment.values import AnswerState, closed
from meritindex.definition import Dimension, Instrument, Measure, MissingPolicy, ThresholdScale

Levels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_STATES = (None, *AnswerState)


def under_entries(assessments: AssessmentSet) -> dict[str, Mask]:
    """Return, by code, the rows in which points are entered somewhere above a node."""
    found: dict[str, Mask] = {}
    for code, column in assessments.entries.items():
        for node in tuple(assessments.instrument.dimension(code).walk())[1:]:
            found[node.code] = found.get(node.code, False) | column.known
    return found


@attrs.frozen(eq=False)
class LevelEnds:
    """The least and the highest level that each answer may be; marks where there is none.

    Attributes:
        low: uint8, shape `[n, indicators]`.
        high: the same.
    """

    low: Levels
    high: Levels

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "low", closed(self.low))
        object.__setattr__(self, "high", closed(self.high))

    @classmethod
    def of(
        cls, assessments: AssessmentSet, policy: AnswerPolicy, under: Mapping[str, Mask]
    ) -> LevelEnds:
        """Return the ends of every answer, and of what is not answered, whether it applies or not.

        What lies under an entry, or counts for something by the instrument's policy though it is
        not answered, keeps its mark.
        """
        indicators = assessments.instrument.indicators
        lowest = np.array([indicator.levels[0].value for indicator in indicators], dtype=np.int16)
        highest = np.array([indicator.levels[-1].value for indicator in indicators], dtype=np.int16)
        states = _states(assessments)
        latitudes = [policy.latitude_of(state) for state in _STATES]
        whole = NOT_ANSWERED  # more levels than any scale has
        down = np.array([whole if each.down is None else each.down for each in latitudes], np.int16)
        up = np.array([whole if each.up is None else each.up for each in latitudes], np.int16)
        given = assessments.levels
        wide = given.astype(np.int16)
        marks = given >= NOT_APPLICABLE
        low = np.where(marks, given, np.maximum(wide - down[states], lowest))
        high = np.where(marks, given, np.minimum(wide + up[states], highest))
        opened = given == NOT_ANSWERED
        for place, indicator in enumerate(indicators):
            if indicator.missing is not MissingPolicy.UNKNOWN:
                opened[:, place] = False
            elif indicator.code in under:
                opened[:, place] &= ~under[indicator.code]
        low = np.where(opened, lowest, low)
        high = np.where(opened, _most(policy, lowest, highest), high)
        return cls(low.astype(np.uint8), high.astype(np.uint8))

    def without(self, inapplicable: Mask) -> LevelEnds:
        """Return the ends with the mark of what does not apply."""
        if not (inapplicable & (self.low != NOT_APPLICABLE)).any():
            return self
        mark = np.uint8(NOT_APPLICABLE)
        return LevelEnds(
            np.where(inapplicable, mark, self.low), np.where(inapplicable, mark, self.high)
        )

    @cached_property
    def open(self) -> Mask:
        """Where an answer may be more than one level; shape `[n, indicators]`."""
        return closed(self.low != self.high)

    def draw(self, generator: np.random.Generator, repeats: int) -> Levels:
        """Return random levels between the ends, each as likely as any other.

        Returns:
            uint8, shape `[repeats, n, indicators]`.
        """
        levels = np.repeat(self.low[np.newaxis], repeats, axis=0)
        cells = levels.reshape(repeats, self.low.size)
        for span, places, low in self._spans:
            size = (repeats, len(places))
            drawn = generator.integers(0, span, size=size, dtype=np.uint8, endpoint=True)
            drawn += low
            cells[:, places] = drawn
        return levels

    @cached_property
    def _spans(self) -> tuple[tuple[int, Places, Levels], ...]:
        """The open answers by how many levels apart their ends are: their places, and low ends."""
        low, spans = self.low.reshape(-1), (self.high - self.low).reshape(-1)
        places = [np.flatnonzero(spans == span) for span in np.unique(spans)]
        return tuple(
            (int(spans[cells[0]]), cells, low[cells]) for cells in places if spans[cells[0]]
        )


def _most(
    policy: AnswerPolicy, lowest: npt.NDArray[np.int16], highest: npt.NDArray[np.int16]
) -> npt.NDArray[np.int16]:
    """Return the highest level that may be meant by no answer."""
    return lowest if policy.unanswered is Unanswered.LOWEST else highest


def _states(assessments: AssessmentSet) -> npt.NDArray[np.intp]:
    """Return the place of the state of every answer among the states, 0 for none."""
    place_of = {each.code: place for place, each in enumerate(assessments.instrument.indicators)}
    number_of = {state: number for number, state in enumerate(_STATES)}
    said = [
        (row, place_of[code], number_of[state])
        for row, facts in enumerate(assessments.facts)
        for code, state in facts.states
    ]
    states = np.zeros(assessments.levels.shape, dtype=np.intp)
    if said:
        rows, places, numbers = zip(*said, strict=True)
        states[list(rows), list(places)] = numbers
    return states


@attrs.frozen(kw_only=True, eq=False)
class NumberEnds:
    """The values that a measure, or points that can only be entered, may have in every row.

    Attributes:
        node: whose values they are.
        low: what is worth least to the total: what was given, or the end of what it may be.
        high: what is worth most.
        open: bool, shape `[n]`: where there is more than one.
        least: the smallest value where it is open, an integer over `10**decimals`.
        most: the largest.
    """

    node: Measure | Dimension
    low: NumberColumn
    high: NumberColumn
    open: Mask
    least: int
    most: int

    def draw(self, generator: np.random.Generator, repeats: int) -> NumberColumn:
        """Return a column of `repeats * n` random values, each as likely as any other.

        The rows come all `n` over again.
        """
        if not len(self._rows) and repeats == 1:
            return self.low
        numbers, known = np.tile(self.low.numerators, repeats), np.tile(self.low.known, repeats)
        if len(self._rows):
            drawn = _uniform(generator, self.least, self.most, (repeats, len(self._rows)))
            numbers.reshape(repeats, len(self.open))[:, self._rows] = drawn
        return NumberColumn(numbers, known)

    @cached_property
    def _rows(self) -> Places:
        return np.flatnonzero(self.open)


def _uniform(
    generator: np.random.Generator, least: int, most: int, shape: tuple[int, int]
) -> npt.NDArray[Any]:
    """Return random integers from `least` to `most`; Python's, where 64 bits don't hold them."""
    span = most - least
    if not _is_wide(least, most):
        return generator.integers(least, most, size=shape, endpoint=True)
    size, drawn = (span.bit_length() + 7) // 8, np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        value = span + 1
        while value > span:  # what is beyond the end is drawn anew, so that all are as likely
            value = int.from_bytes(generator.bytes(size), "little") >> (-span.bit_length() % 8)
        drawn[place] = least + value
    return drawn


def _is_wide(*ends: int) -> bool:
    return any(abs(end) >= 2**62 for end in ends)


def measure_ends(
    assessments: AssessmentSet, policy: AnswerPolicy, under: Mapping[str, Mask]
) -> Iterator[NumberEnds]:
    """Yield the ends of every measure, in the instrument's order."""
    instrument = assessments.instrument
    for measure in instrument.measures:
        unit = 10**measure.decimals
        values = int(measure.minimum * unit), int(measure.maximum * unit)
        given = assessments.measures[measure.code]
        yield _ends(measure, given, worst_and_best(instrument, measure), values, policy, under)


def entry_ends(
    assessments: AssessmentSet, policy: AnswerPolicy, under: Mapping[str, Mask]
) -> Iterator[NumberEnds]:
    """Yield the ends of the entries: of every dimension that has some, or may have."""
    instrument = assessments.instrument
    for dimension in instrument.dimensions:
        given = assessments.entries.get(dimension.code)
        if given is None:
            given = NumberColumn.empty(len(assessments))
        # Points that can only be entered begin at zero; elsewhere, nothing is filled in.
        most = Fraction(0) if dimension.maximum is None else dimension.maximum.value
        ends = 0, (most * 10**dimension.decimals).__floor__()
        found = _ends(dimension, given, ends, ends, policy, under)
        if found.low.known.any():
            yield found


def _ends(  # noqa: PLR0913, PLR0917 - what is known of one column
    node: Measure | Dimension,
    given: NumberColumn,
    ends: tuple[int, int],
    values: tuple[int, int],
    policy: AnswerPolicy,
    under: Mapping[str, Mask],
) -> NumberEnds:
    """Return a column with its gaps filled by the ends."""
    gaps, numbers = ~given.known, given.numerators
    if _is_wide(*values):
        numbers = numbers.astype(object)
    if node.missing is not MissingPolicy.UNKNOWN or (isinstance(node, Dimension) and node.children):
        gaps[:] = False
    elif node.code in under:
        gaps &= ~under[node.code]
    if not gaps.any():
        return NumberEnds(
            node=node, low=given, high=given, open=closed(gaps), least=values[0], most=values[1]
        )
    worst, best = ends
    if policy.unanswered is Unanswered.LOWEST:
        best = worst
    low, high = (
        NumberColumn(np.where(gaps, np.array(end, numbers.dtype), numbers), given.known | gaps)
        for end in (worst, best)
    )
    return NumberEnds(
        node=node,
        low=low,
        high=high,
        open=closed(gaps if best != worst else np.zeros_like(gaps)),
        least=values[0],
        most=values[1],
    )


def worst_and_best(instrument: Instrument, measure: Measure) -> tuple[int, int]:
    """Return the values of a measure that are worth least and most to the total.

    They are integers over `10**decimals`. Points that are taken off are worth least where they are
    most.
    """
    values = sorted(set(_corners(measure)))
    unit = 10**measure.decimals
    points = {value: measure.points_of(Fraction(value, unit)) for value in values}
    # Where all are worth the same, the smallest and the largest value are the ends.
    worst, best = min(values, key=points.__getitem__), max(values[::-1], key=points.__getitem__)
    parent = instrument.parent(measure.code)
    deducted = parent is not None and measure in parent.deductions
    return (best, worst) if deducted else (worst, best)


def _corners(measure: Measure) -> Iterator[int]:
    """Yield values among which are those of the least and of the most points.

    Between its ends a scale rises or falls all the way, unless it goes by thresholds: then points
    change at the first value that reaches one.
    """
    unit = 10**measure.decimals
    least, most = int(measure.minimum * unit), int(measure.maximum * unit)
    yield from (least, most)
    if isinstance(measure.scale, ThresholdScale):
        for step in measure.scale.steps[1:]:
            assert step.start is not None  # noqa: S101 - as of every step but the lowest
            first = (step.start * unit).__ceil__()
            for value in (first, first + 1):
                if least <= value <= most:
                    yield value
