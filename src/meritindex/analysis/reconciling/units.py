"""Where two sets of assessments differ, row by row, and which differences belong together.

Differences belong together where taking over one without the other would leave an assessment that
nobody can give: an answer to what does not apply, or points of a dimension beside answers below it.
What belongs together is one unit.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.reconciling.answers import AnswerPlaces, entry_column, places_of
from meritindex.assessment import NOT_APPLICABLE, AssessmentSet, NumberColumn

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int16]


@attrs.frozen(kw_only=True, eq=False)
class Units:
    """The units of difference of every row.

    Attributes:
        places: where the answer to what stands.
        numbers: int16, shape `[n, places]`: to which unit of its row an answer belongs, from 0 in
            the order of the places; -1 where the two sides answer the same.
        owners: intp, shape `[units]`: the row of every unit, row by row.
        order: int16, shape `[units]`: its number in that row.
    """

    places: AnswerPlaces
    numbers: Numbers
    owners: npt.NDArray[np.intp]
    order: Numbers

    @classmethod
    def of(cls, claimed: AssessmentSet, verified: AssessmentSet) -> Units:
        """Return the units in which two sets of equally many rows differ, row by row."""
        places = places_of(claimed.instrument)
        differs = _differences(places, claimed, verified)
        numbers = np.where(differs, np.cumsum(differs, axis=1) - 1, -1).astype(np.int16)
        bound = _Bonds(places, claimed, verified, differs)
        for row in np.flatnonzero(bound.possible).tolist():
            numbers[row] = bound.numbers(row)
        counts = numbers.max(axis=1, initial=-1) + 1
        owners = np.repeat(np.arange(len(claimed), dtype=np.intp), counts)
        firsts = np.cumsum(counts) - counts
        order = (np.arange(len(owners)) - np.repeat(firsts, counts)).astype(np.int16)
        return cls(places=places, numbers=numbers, owners=owners, order=order)


def _differences(places: AnswerPlaces, claimed: AssessmentSet, verified: AssessmentSet) -> Mask:
    """Return which answers differ; shape `[n, places]`."""
    differs = np.zeros((len(claimed), len(places.items)), dtype=np.bool_)
    differs[:, : len(places.instrument.gates)] = claimed.gate_answers != verified.gate_answers
    differs[:, places.indicators] = claimed.levels != verified.levels
    for code, column in claimed.measures.items():
        differs[:, places.of[code]] = _unequal(column, verified.measures[code])
    for code in {**claimed.entries, **verified.entries}:
        differs[:, places.of[code]] = _unequal(
            entry_column(claimed, code), entry_column(verified, code)
        )
    return differs


def _unequal(one: NumberColumn, other: NumberColumn) -> Mask:
    """Return in which rows two columns differ; what is not known is zero in both."""
    unequal = np.asarray(one.numerators != other.numerators, dtype=np.bool_)
    return np.asarray(unequal | (one.known != other.known))


class _Bonds:
    """What ties the differences of a row together."""

    def __init__(
        self, places: AnswerPlaces, claimed: AssessmentSet, verified: AssessmentSet, differs: Mask
    ) -> None:
        self.places, self.differs = places, differs
        # By place, the rows in which an indicator applies on one side and not on the other, or
        # waits for a gate there.
        self.changed: dict[int, Mask] = {
            place: _status_changes(column, places.items[place].code, claimed, verified)
            for column, place, _ in places.gated
        }
        self.one_sided: dict[str, Mask] = {
            code: entry_column(claimed, code).known != entry_column(verified, code).known
            for code in {**claimed.entries, **verified.entries}
            if code in places.below
        }
        self.possible = differs[:, : len(places.instrument.gates)].any(axis=1)
        for mask in self.one_sided.values():
            self.possible |= mask

    def numbers(self, row: int) -> list[int]:
        """Return the unit of every answer of a row; -1 where there is no difference."""
        differs = self.differs[row].tolist()
        first = list(range(len(differs)))  # of those tied so far, the place that stands for all

        def stands_for(place: int) -> int:
            while first[place] != place:
                place = first[place]
            return place

        for one, other in self._ties(row, differs):
            first[stands_for(other)] = stands_for(one)
        numbers: dict[int, int] = {}
        return [
            numbers.setdefault(stands_for(place), len(numbers)) if there else -1
            for place, there in enumerate(differs)
        ]

    def _ties(self, row: int, differs: list[bool]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of places that belong together in a row."""
        for _, place, gates in self.places.gated:
            asked = [gate for gate in gates if differs[gate]]
            # Two gates that decide about one indicator may let it apply only where they mix.
            for gate in asked[1:]:
                yield asked[0], gate
            if self.changed[place][row]:
                yield asked[0], place
        for code, mask in self.one_sided.items():
            if mask[row]:
                for place in self.places.below[code]:
                    # An answer below an entry may be the same on both sides, and yet wait for a
                    # gate on one of them.
                    waits = place in self.changed and self.changed[place][row]
                    if differs[place] or waits:
                        yield self.places.of[code], place


def _status_changes(
    column: int, code: str, claimed: AssessmentSet, verified: AssessmentSet
) -> Mask:
    """Return in which rows an indicator applies, or waits for a gate, on one side alone."""
    sides = (claimed, verified)
    absent, also_absent = (side.levels[:, column] == NOT_APPLICABLE for side in sides)
    nobody = np.zeros(len(claimed), dtype=np.bool_)
    waits, also_waits = (side.undetermined.get(code, nobody) for side in sides)
    return np.asarray((absent != also_absent) | (waits != also_waits))
