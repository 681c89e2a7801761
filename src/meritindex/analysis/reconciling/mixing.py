"""What totals become when some findings are taken over, and others are not.

For every unit of difference three rows are scored, all rows of all agencies in one run of the plan:
the claim with all findings up to this one, the claim with this finding alone, and the verified
answers with this claim alone granted.
"""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.reconciling.answers import entry_column
from meritindex.analysis.reconciling.units import Units
from meritindex.assessment import AssessmentSet, NumberColumn
from meritindex.errors import AssessmentError
from meritindex.scoring import ExactColumn, ScoringPlan
from meritindex.scoring.rows import Inputs

Mask = npt.NDArray[np.bool_]


class Mixture(enum.IntEnum):
    """Which findings are taken over."""

    UP_TO = 0  # all, up to this one
    ALONE = 1  # this one alone
    ALL_BUT = 2  # all but this one: its claim is granted


@attrs.frozen(eq=False)
class Totals:
    """The totals of all mixtures: a row for every unit, once for each kind of mixture.

    Attributes:
        numbers: their points; None where they are not known.
        bands: the number of each total's band; 0 for none.
    """

    numbers: ExactColumn
    bands: npt.NDArray[np.uint8]

    def place(self, unit: int, mixture: Mixture) -> int:
        """Return the row of a unit's mixture."""
        return int(mixture) * (len(self.bands) // len(Mixture)) + unit


def mixture_totals(
    plan: ScoringPlan, units: Units, claimed: AssessmentSet, verified: AssessmentSet
) -> Totals:
    """Score all mixtures of every unit."""
    return scored(plan, _mixed(units, _taken(units), claimed, verified))


def _taken(units: Units) -> Mask:
    """Return which answers are the verified ones; shape `[3 * units, places]`."""
    numbers, own = units.numbers[units.owners], units.order[:, np.newaxis]
    up_to = (numbers >= 0) & (numbers <= own)
    alone = numbers == own
    return np.concatenate([up_to, alone, (numbers >= 0) & ~alone])


def _mixed(units: Units, taken: Mask, claimed: AssessmentSet, verified: AssessmentSet) -> Inputs:
    """Return the answers of the mixtures."""
    owners, places = np.tile(units.owners, len(Mixture)), units.places
    entered = {**claimed.entries, **verified.entries}

    def either(one: NumberColumn, other: NumberColumn, code: str) -> NumberColumn:
        take, ours, theirs = taken[:, places.of[code]], one.rows(owners), other.rows(owners)
        return NumberColumn(
            np.where(take, theirs.numerators, ours.numerators),
            np.where(take, theirs.known, ours.known),
        )

    return Inputs(
        levels=np.where(
            taken[:, places.indicators], verified.levels[owners], claimed.levels[owners]
        ),
        measures=tuple(
            either(claimed.measures[each.code], verified.measures[each.code], each.code)
            for each in places.instrument.measures
        ),
        entries={
            code: either(entry_column(claimed, code), entry_column(verified, code), code)
            for code in entered
        },
        undetermined=_waiting(units, taken, owners, claimed, verified),
    )


def _waiting(
    units: Units,
    taken: Mask,
    owners: npt.NDArray[np.intp],
    claimed: AssessmentSet,
    verified: AssessmentSet,
) -> dict[str, Mask]:
    """Return, by code, where an unanswered gate leaves open what counts.

    All gates of an indicator that differ are of one unit, so it waits as on one of the two sides.
    """
    places, found = units.places, dict[str, Mask]()
    nobody = np.zeros(len(claimed), dtype=np.bool_)
    for _, place, gates in places.gated:
        code = places.items[place].code
        if code not in claimed.undetermined and code not in verified.undetermined:
            continue
        ours, theirs = (side.undetermined.get(code, nobody)[owners] for side in (claimed, verified))
        waits = np.where(taken[:, list(gates)].any(axis=1), theirs, ours)
        parent = places.instrument.path(code)[0]
        found[code] = waits
        found[parent] = found[parent] | waits if parent in found else waits
    return found


def scored(plan: ScoringPlan, inputs: Inputs) -> Totals:
    """Score rows that nobody gave; one of which a mean can't be taken has no total."""
    try:
        scores = plan.run(inputs)
    except AssessmentError:
        return _scored_apart(plan, inputs)
    return Totals(scores.total, scores.bands)


def _scored_apart(plan: ScoringPlan, inputs: Inputs) -> Totals:
    """Score the two halves of the rows by themselves, down to the rows that are refused."""
    count = len(inputs.levels)
    if count == 1:
        nothing = np.zeros(1, dtype=np.bool_)
        zero = np.array([Fraction(0)], dtype=object)
        return Totals(ExactColumn(zero, 1, nothing), np.zeros(1, dtype=np.uint8))
    middle = count // 2
    halves = [scored(plan, inputs.rows(rows)) for rows in (slice(0, middle), slice(middle, count))]
    numbers: npt.NDArray[Any] = np.array(
        [number or Fraction(0) for half in halves for number in half.numbers], dtype=object
    )
    known = np.concatenate([half.numbers.known for half in halves])
    exact = all(half.numbers.exact for half in halves)
    return Totals(
        ExactColumn(numbers, 1, known, exact), np.concatenate([half.bands for half in halves])
    )
