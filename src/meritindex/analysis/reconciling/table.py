"""The claims and the findings of many agencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import attrs

from meritindex.analysis.reconciling.agreement import (
    AgencyAgreement,
    ItemAgreement,
    LevelPairs,
    agency_agreements,
    item_agreements,
)
from meritindex.analysis.reconciling.card import Reconciliation
from meritindex.analysis.reconciling.kappa import KappaWeights
from meritindex.analysis.reconciling.matching import CLAIMS, FINDINGS
from meritindex.analysis.reconciling.mixing import Totals, mixture_totals
from meritindex.analysis.reconciling.units import Units
from meritindex.assessment import RowFacts
from meritindex.assessment.values import make_fault
from meritindex.definition import Agency, Instrument, Standing, Weighting
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.scoring import Reason, ScoreTable
from meritindex.scoring.standing import weakest_reasons


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReconciliationTable:
    """The claims and the findings of many agencies. Made by `reconcile`.

    Indexing by a number or by a name (or code) of an agency gives its `Reconciliation`.

    Attributes:
        claimed: the scores of the claims.
        verified: the scores of the verified answers, row by row of the same agencies.
        only_claimed: what is known of the claims that have no verified answers.
        only_verified: what is known of the verified answers that have no claim.
        left_out: the faults of rows that were left out of either side on request.
    """

    claimed: ScoreTable
    verified: ScoreTable
    only_claimed: tuple[RowFacts, ...] = ()
    only_verified: tuple[RowFacts, ...] = ()
    left_out: tuple[Fault, ...] = ()

    @property
    def instrument(self) -> Instrument:
        """The instrument under which all were given."""
        return self.claimed.instrument

    @property
    def weighting(self) -> Weighting:
        """Where the weights come from."""
        return self.claimed.weighting

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Whose claims and findings they are; one a row."""
        return self.claimed.agencies

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers of either side were made up."""
        return self.claimed.synthetic or self.verified.synthetic

    @property
    def exact(self) -> bool:
        """Whether totals are exact."""
        return self.claimed.totals.exact and self.verified.totals.exact

    @property
    def standing(self) -> Standing:
        """The weakest standing of any total."""
        return min(self.claimed.standing, self.verified.standing)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return weakest_reasons((*self.claimed.reasons, *self.verified.reasons))

    @cached_property
    def items(self) -> tuple[ItemAgreement, ...]:
        """The indicators, what is over-claimed most often first.

        Where as many over-claim two of them, the one with the lower mean difference is first.
        """
        return tuple(
            sorted(
                item_agreements(self.levels),
                key=lambda item: (-item.over_claimed, item.mean_difference or Fraction(0)),
            )
        )

    @cached_property
    def by_agency(self) -> tuple[AgencyAgreement, ...]:
        """How far every claim lies from its finding; one a row."""
        return tuple(agency_agreements(self.levels, self.claimed, self.verified))

    @property
    def moved(self) -> tuple[AgencyAgreement, ...]:
        """The agencies whose finding lies in another band than their claim."""
        return tuple(each for each in self.by_agency if each.moved)

    def kappa(self, weights: KappaWeights | str = KappaWeights.LINEAR) -> Fraction | None:
        """Return how far claims and findings agree on levels, over all agencies and indicators.

        Args:
            weights: `linear` or `quadratic`.

        Returns:
            Weighted kappa of all levels that both sides have; None where it is not defined, or
            where the scales of the indicators differ, so that their levels can't be pooled.

        Raises:
            ValueError: there are no such weights.
        """
        return self.levels.kappa(weights)

    def kappas(
        self, weights: KappaWeights | str = KappaWeights.LINEAR
    ) -> Mapping[str, Fraction | None]:
        """Return how far claims and findings agree at each indicator, by code.

        Raises:
            ValueError: there are no such weights.
        """
        return MappingProxyType(
            {
                indicator.code: self.levels.kappa(weights, column=column)
                for column, indicator in enumerate(self.instrument.indicators)
            }
        )

    @cached_property
    def levels(self) -> LevelPairs:
        """The levels of both sides."""
        return LevelPairs(self.claimed.assessments, self.verified.assessments)

    @cached_property
    def units(self) -> Units:
        """Where the two sides differ, and what belongs together."""
        return Units.of(self.claimed.assessments, self.verified.assessments)

    @cached_property
    def totals(self) -> Totals:
        """What totals become when some findings are taken over, and others are not."""
        return mixture_totals(
            self.claimed.plan, self.units, self.claimed.assessments, self.verified.assessments
        )

    def __len__(self) -> int:
        return len(self.claimed)

    def __iter__(self) -> Iterator[Reconciliation]:
        return (self.card(row) for row in range(len(self)))

    def row_of(self, who: int | str, keep: Callable[[RowFacts], bool] | None = None) -> int:
        """Return the row of an agency by its name or code, or check a row.

        Args:
            who: a row, or a name as the table has it, or a name or code of the directory.
            keep: which of several claims is meant, by its facts.

        Raises:
            UnknownNameError: as `ScoreTable.card_of`; an agency that is on one side alone is said
                to be so.
            IndexError: there is no such row.
        """
        if not isinstance(who, str):
            return range(len(self))[who]
        try:
            return self.claimed.card_of(who, keep).row
        except UnknownNameError as error:
            raise UnknownNameError((*error.faults, *self._one_sided(who))) from None

    def _one_sided(self, who: str) -> Iterator[Fault]:
        """Yield on which side alone an agency is."""
        name = who.strip().casefold()
        for side, other, rows in (
            (CLAIMS, FINDINGS, self.only_claimed),
            (FINDINGS, CLAIMS, self.only_verified),
        ):
            for facts in rows:
                if name in {facts.agency.name.casefold(), facts.agency.code}:
                    yield make_fault(
                        "agency-on-one-side",
                        Text(
                            "{value} ({occasion}) hanya ada dalam {side}, tidak dalam {other}",
                            "{value} ({occasion}) is in the {side} alone, not in the {other}",
                        ),
                        agency=facts.agency.name,
                        value=facts.agency.name,
                        occasion=facts.occasion,
                        side=side,
                        other=other,
                    )

    def card(self, row: int) -> Reconciliation:
        """Return the reconciliation of a row, from 0."""
        return Reconciliation(table=self, row=row)

    def __getitem__(self, who: int | str) -> Reconciliation:
        """Return the reconciliation of a row, or of the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        return self.card(self.row_of(who))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReconciliationTable):
            return NotImplemented
        return (
            self.claimed == other.claimed
            and self.verified == other.verified
            and self.only_claimed == other.only_claimed
            and self.only_verified == other.only_verified
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<ReconciliationTable of {len(self)} under {self.instrument.id}, "
            f"{self.weighting.name}: {len(self.moved)} bands moved, {self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the table as text of at most `width` columns."""
        from meritindex.analysis.reconciling.table_page import table_document  # noqa: PLC0415

        return to_text(table_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the table as plain semantic HTML, escaped."""
        from meritindex.analysis.reconciling.table_page import table_document  # noqa: PLC0415

        return to_html(table_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()
