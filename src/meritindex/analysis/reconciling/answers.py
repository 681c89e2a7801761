"""The answers of an assessment in one row of places: gates first, then the nodes of the tree.

Every gate and every node has a place, so that what was answered to any of them is looked up, and
compared, in one way. A dimension's answer is the points that were entered for it.
"""

from __future__ import annotations

import enum
from fractions import Fraction
from functools import cached_property, lru_cache

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, NumberColumn
from meritindex.definition import Dimension, Gate, Indicator, Instrument, Measure, Node
from meritindex.language import Text

Places = npt.NDArray[np.intp]


class Absence(enum.Enum):
    """Why there is no answer."""

    NOT_ANSWERED = "not answered"
    NOT_APPLICABLE = "not applicable"

    @property
    def label(self) -> Text:
        """The reason for a reader."""
        return _ABSENCES[self]


_ABSENCES = {
    Absence.NOT_ANSWERED: Text("belum dijawab", "not answered"),
    Absence.NOT_APPLICABLE: Text("tidak berlaku", "not applicable"),
}

Answer = int | Fraction | str | Absence


@attrs.frozen(eq=False)
class AnswerPlaces:
    """The places of all answers of an instrument. Made by `places_of`.

    Attributes:
        instrument: whose they are.
        items: the gates, then the nodes in the order of the tree.
    """

    instrument: Instrument
    items: tuple[Gate | Node, ...]

    @cached_property
    def of(self) -> dict[str, int]:
        """The place of every code."""
        return {item.code: place for place, item in enumerate(self.items)}

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of every gate and indicator among those of its kind."""
        gates = {gate.code: column for column, gate in enumerate(self.instrument.gates)}
        indicators = enumerate(self.instrument.indicators)
        return gates | {indicator.code: column for column, indicator in indicators}

    @cached_property
    def indicators(self) -> Places:
        """The places of the indicators, in the order of the columns of a set's levels."""
        return np.array([self.of[item.code] for item in self.instrument.indicators], dtype=np.intp)

    @cached_property
    def gated(self) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
        """Of each indicator that gates decide about: its column, its place, the gates' places."""
        return tuple(
            (
                column,
                self.of[indicator.code],
                tuple(self.of[condition.gate] for condition in indicator.conditions),
            )
            for column, indicator in enumerate(self.instrument.indicators)
            if indicator.conditions
        )

    @cached_property
    def below(self) -> dict[str, tuple[int, ...]]:
        """By code, the places of what lies below each dimension that has anything below it."""
        return {
            dimension.code: tuple(self.of[node.code] for node in tuple(dimension.walk())[1:])
            for dimension in self.instrument.dimensions
            if dimension.children
        }


@lru_cache(maxsize=32)
def places_of(instrument: Instrument) -> AnswerPlaces:
    """Return the places of all answers of an instrument."""
    return AnswerPlaces(instrument, (*instrument.gates, *instrument.nodes))


def entry_column(assessments: AssessmentSet, code: str) -> NumberColumn:
    """Return the points that were entered for a dimension, if only for none of the rows."""
    found = assessments.entries.get(code)
    return NumberColumn.empty(len(assessments)) if found is None else found


def answer_at(assessments: AssessmentSet, row: int, item: Gate | Node) -> Answer:
    """Return what a row answers to a gate, an indicator or a measure, or enters for a dimension."""
    columns = places_of(assessments.instrument).columns
    if isinstance(item, Gate):
        option = int(assessments.gate_answers[row, columns[item.code]])
        return Absence.NOT_ANSWERED if option == NOT_ANSWERED else item.values[option]
    if isinstance(item, Indicator):
        level = int(assessments.levels[row, columns[item.code]])
        return _MARKS.get(level, level)
    numbers = _numbers(assessments, item)
    if not numbers.known[row]:
        return Absence.NOT_ANSWERED
    return Fraction(int(numbers.numerators[row]), 10**item.decimals)


_MARKS: dict[int, Answer] = {
    NOT_ANSWERED: Absence.NOT_ANSWERED,
    NOT_APPLICABLE: Absence.NOT_APPLICABLE,
}


def _numbers(assessments: AssessmentSet, item: Measure | Dimension) -> NumberColumn:
    if isinstance(item, Measure):
        return assessments.measures[item.code]
    return entry_column(assessments, item.code)
