"""How far claims and findings agree: indicator by indicator, and agency by agency."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.reconciling.kappa import KappaWeights, kappa_of
from meritindex.assessment import NOT_APPLICABLE, AssessmentSet, RowFacts
from meritindex.assessment.values import closed
from meritindex.definition import Agency, Indicator
from meritindex.language import Text
from meritindex.scoring import ScoreTable


@attrs.frozen(kw_only=True)
class ItemAgreement:
    """How far claims and findings agree at one indicator, over all agencies.

    Attributes:
        indicator: which it is.
        compared: how many agencies have a level on both sides.
        over_claimed: at how many of these the claim is above the finding.
        under_claimed: at how many it is below.
        one_sided: how many have a level on one side only.
        mean_difference: the mean of finding less claim, in levels; None where nothing is compared.
        most: by how many levels it is over-claimed at most; 0 where it is by nobody.
        most_by: the agencies that over-claim it by so many, as what is known of their claims.
        kappa: linearly weighted kappa; None where it is not defined.
    """

    indicator: Indicator = attrs.field(repr=attrgetter("code"))
    compared: int
    over_claimed: int
    under_claimed: int
    one_sided: int
    mean_difference: Fraction | None
    most: int
    most_by: tuple[RowFacts, ...]
    kappa: Fraction | None

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator.code

    @property
    def name(self) -> Text:
        """The name of the indicator."""
        return self.indicator.name


@attrs.frozen(kw_only=True)
class AgencyAgreement:
    """How far the claim of one agency lies from the finding.

    Attributes:
        facts: what is known of the claim besides its answers.
        over_claimed: at how many indicators the claim is above the finding.
        under_claimed: at how many it is below.
        over_claimed_levels: by how many levels together it is above, where it is.
        under_claimed_levels: by how many it is below, where it is.
        points: the verified total less the claimed one; None where either is not known.
        band_before: the official name of the claimed total's band; None where it is not known.
        band_after: that of the verified total.
        moved: by how many bands the total moved, below zero for down; None where that is not known.
    """

    facts: RowFacts
    over_claimed: int
    under_claimed: int
    over_claimed_levels: int
    under_claimed_levels: int
    points: Fraction | None
    band_before: str | None
    band_after: str | None
    moved: int | None

    @property
    def agency(self) -> Agency:
        """Whose claim it is."""
        return self.facts.agency


@attrs.frozen(eq=False)
class LevelPairs:
    """The levels of both sides, row by row.

    Attributes:
        claimed: the claims.
        verified: the findings.
    """

    claimed: AssessmentSet
    verified: AssessmentSet

    @cached_property
    def compared(self) -> npt.NDArray[np.bool_]:
        """Where both sides have a level; bool, shape `[n, indicators]`."""
        both = (self.claimed.levels < NOT_APPLICABLE) & (self.verified.levels < NOT_APPLICABLE)
        return closed(both)

    @cached_property
    def differences(self) -> npt.NDArray[np.int16]:
        """The finding less the claim, in levels; 0 where either has none.

        Returns:
            int16, shape `[n, indicators]`.
        """
        apart = self.verified.levels.astype(np.int16) - self.claimed.levels
        return closed(np.where(self.compared, apart, 0).astype(np.int16))

    def kappa(
        self, weights: KappaWeights | str, *, row: int | None = None, column: int | None = None
    ) -> Fraction | None:
        """Return weighted kappa over all that is compared, or over one row, or one column of it.

        None where it is not defined, or where scales differ.
        """
        chosen: Any = (
            slice(None) if row is None else row,
            slice(None) if column is None else column,
        )
        compared = self.compared[chosen]
        if column is None:
            used = np.atleast_2d(compared).any(axis=0)
            if len({self._scale(place) for place in np.flatnonzero(used).tolist()}) > 1:
                return None
        claims, findings = (side.levels[chosen][compared] for side in (self.claimed, self.verified))
        return kappa_of(claims, findings, weights)

    def _scale(self, column: int) -> tuple[int, int]:
        levels = self.claimed.instrument.indicators[column].levels
        return levels[0].value, levels[-1].value


def item_agreements(pairs: LevelPairs) -> Iterator[ItemAgreement]:
    """Yield the agreement at every indicator, in the order of the instrument."""
    differences = pairs.differences
    compared = pairs.compared.sum(axis=0).tolist()
    over, under = ((differences < 0).sum(axis=0), (differences > 0).sum(axis=0))
    sums = differences.sum(axis=0, dtype=np.int64).tolist()
    least = differences.min(axis=0, initial=0).tolist()
    answered = [side.levels < NOT_APPLICABLE for side in (pairs.claimed, pairs.verified)]
    one_sided = (answered[0] != answered[1]).sum(axis=0).tolist()
    for column, indicator in enumerate(pairs.claimed.instrument.indicators):
        most = -least[column]
        by = np.flatnonzero(differences[:, column] == -most) if most else ()
        count = compared[column]
        yield ItemAgreement(
            indicator=indicator,
            compared=count,
            over_claimed=int(over[column]),
            under_claimed=int(under[column]),
            one_sided=one_sided[column],
            mean_difference=Fraction(sums[column], count) if count else None,
            most=most,
            most_by=tuple(pairs.claimed.facts[row] for row in by),
            kappa=pairs.kappa(KappaWeights.LINEAR, column=column),
        )


def agency_agreements(
    pairs: LevelPairs, claimed: ScoreTable, verified: ScoreTable
) -> Iterator[AgencyAgreement]:
    """Yield how far the claim of every agency lies from the finding, row by row."""
    differences = pairs.differences
    counts = [(differences < 0).sum(axis=1).tolist(), (differences > 0).sum(axis=1).tolist()]
    levels = [
        part.sum(axis=1, dtype=np.int64).tolist()
        for part in (np.maximum(-differences, 0), np.maximum(differences, 0))
    ]
    bands = [table.scores.bands.tolist() for table in (claimed, verified)]
    for row, facts in enumerate(claimed.assessments.facts):
        before, after = claimed.totals[row], verified.totals[row]
        numbers = (bands[0][row], bands[1][row])
        yield AgencyAgreement(
            facts=facts,
            over_claimed=counts[0][row],
            under_claimed=counts[1][row],
            over_claimed_levels=levels[0][row],
            under_claimed_levels=levels[1][row],
            points=None if before is None or after is None else after - before,
            band_before=claimed.bands[row],
            band_after=verified.bands[row],
            moved=numbers[1] - numbers[0] if all(numbers) else None,
        )
