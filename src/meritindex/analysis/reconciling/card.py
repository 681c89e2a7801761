"""The claim and the finding of one agency."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import numpy as np

from meritindex.analysis.reconciling.accepting import accepted
from meritindex.analysis.reconciling.items import (
    ReconciledAnswer,
    ReconciledItem,
    StateDifference,
    WaterfallStep,
    leading,
)
from meritindex.analysis.reconciling.kappa import KappaWeights
from meritindex.analysis.reconciling.matching import stages_turned
from meritindex.analysis.reconciling.mixing import Mixture
from meritindex.analysis.reconciling.sides import Sides
from meritindex.assessment import Assessment
from meritindex.assessment.values import make_fault
from meritindex.definition import Agency, Instrument, Standing, Weighting
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import Reason, ScoreCard
from meritindex.scoring.formulas import brief
from meritindex.scoring.standing import weakest_reasons

if TYPE_CHECKING:
    from meritindex.analysis.reconciling.table import ReconciliationTable


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reconciliation:
    """The claim and the finding of one agency. A row of a `ReconciliationTable`.

    Attributes:
        table: the table.
        row: which of its rows.
    """

    table: ReconciliationTable
    row: int

    @property
    def agency(self) -> Agency:
        """Whose they are."""
        return self.claimed_card.agency

    @property
    def instrument(self) -> Instrument:
        """The instrument under which both were given."""
        return self.table.instrument

    @property
    def weighting(self) -> Weighting:
        """Where the weights come from."""
        return self.table.weighting

    @cached_property
    def claimed_card(self) -> ScoreCard:
        """The result of the claim."""
        return self.table.claimed.card(self.row)

    @cached_property
    def verified_card(self) -> ScoreCard:
        """The result of the verified answers."""
        return self.table.verified.card(self.row)

    @property
    def synthetic(self) -> bool:
        """Whether the answers of either side were made up."""
        return self.claimed_card.synthetic or self.verified_card.synthetic

    @property
    def exact(self) -> bool:
        """Whether totals are exact."""
        return self.claimed_card.exact and self.verified_card.exact

    @property
    def standing(self) -> Standing:
        """How firmly both totals are known: the weaker standing of the two."""
        return min(self.claimed_card.standing, self.verified_card.standing)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return weakest_reasons((*self.claimed_card.reasons, *self.verified_card.reasons))

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is to be minded, such as a claim of a later stage than the finding."""
        found = (*self.claimed_card.remarks, *self.verified_card.remarks)
        return tuple(dict.fromkeys((*found, *stages_turned(*self.sides.facts))))

    @cached_property
    def sides(self) -> Sides:
        """The answers of both sides."""
        return Sides(self.table.claimed.assessments, self.table.verified.assessments, self.row)

    @property
    def difference(self) -> Fraction | None:
        """The verified total less the claimed one; None where either is not known."""
        claimed, verified = self.claimed_card.total, self.verified_card.total
        return None if claimed is None or verified is None else verified - claimed

    @property
    def missing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes of what keeps the claimed total from being known, and the verified one."""
        ours, theirs = (
            card.needed if card.total is None else ()
            for card in (self.claimed_card, self.verified_card)
        )
        return ours, theirs

    @property
    def is_empty(self) -> bool:
        """Whether both sides give the same answers."""
        return not self._units

    @cached_property
    def answers(self) -> tuple[ReconciledAnswer, ...]:
        """Every answer that differs, in the order of the instrument, its gates first."""
        units = self.table.units
        differs = units.numbers[self.row] >= 0
        return tuple(
            self.sides.answer(units.places.items[place]) for place in np.nonzero(differs)[0]
        )

    @property
    def over_claimed(self) -> tuple[ReconciledAnswer, ...]:
        """The indicators at which a higher level was claimed than was found."""
        return tuple(answer for answer in self.answers if (answer.difference or 0) < 0)

    @property
    def under_claimed(self) -> tuple[ReconciledAnswer, ...]:
        """The indicators at which a higher level was found than was claimed."""
        return tuple(answer for answer in self.answers if (answer.difference or 0) > 0)

    @cached_property
    def items(self) -> tuple[ReconciledItem, ...]:
        """What differs, in the same order, as units that are taken over or granted as a whole."""
        units = self.table.units
        numbers = units.numbers[self.row]
        together: list[list[ReconciledAnswer]] = [[] for _ in self._units]
        for answer in self.answers:
            together[numbers[units.places.of[answer.code]]].append(answer)
        alone = {step[0][0]: step[1] for step in self._steps if len(step[0]) == 1}
        return tuple(
            ReconciledItem(
                answers=leading(answers),
                points=alone.get(number),
                total_if_accepted_alone=self._total(number, Mixture.ALONE),
                total_if_granted=self._total(number, Mixture.ALL_BUT),
                band_if_accepted_alone=self._band(number, Mixture.ALONE),
                band_if_granted=self._band(number, Mixture.ALL_BUT),
                claimed_band=self.claimed_card.band,
                verified_band=self.verified_card.band,
            )
            for number, answers in enumerate(together)
        )

    @cached_property
    def waterfall(self) -> tuple[WaterfallStep, ...]:
        """The way from the claimed total to the verified one, a finding after the other.

        Empty where nothing differs, and where either total is not known; then `missing` says why.
        """
        return tuple(
            WaterfallStep(
                items=tuple(self.items[number] for number in numbers),
                points=points,
                total=total,
                band=self._band(numbers[-1], Mixture.UP_TO),
            )
            for numbers, points, total in self._steps
        )

    @cached_property
    def deciding(self) -> tuple[ReconciledItem, ...]:
        """The findings that alone lead the claimed total into another band."""
        return tuple(item for item in self.items if item.alone_changes_band)

    @cached_property
    def same_level_other_state(self) -> tuple[StateDifference, ...]:
        """Indicators at which both sides stand at one level that is not supported alike."""
        return tuple(self.sides.state_differences())

    def kappa(self, weights: KappaWeights | str = KappaWeights.LINEAR) -> Fraction | None:
        """Return how far claim and finding agree on levels: `weighted_kappa` over the indicators.

        Args:
            weights: `linear` or `quadratic`.

        Returns:
            Kappa over the indicators that both sides answer; None where it is not defined: both
            give one and the same level throughout, nothing is compared, or scales differ.

        Raises:
            ValueError: there are no such weights.
        """
        return self.table.levels.kappa(weights, row=self.row)

    def accept(self, codes: Iterable[str] | None = None) -> Assessment:
        """Return the claim with findings taken over: their answers, states and evidence.

        Args:
            codes: of answers that differ, each with all that belongs to its unit; None for all,
                which leaves the answers of the verified assessment.

        Raises:
            UnknownNameError: a code at which nothing differs.
        """
        units = {code: item.codes for item in self.items for code in item.codes}
        chosen = tuple(units) if codes is None else tuple(codes)
        if unknown := [code for code in chosen if code not in units]:
            raise UnknownNameError([self._no_difference(code, tuple(units)) for code in unknown])
        taken = frozenset(each for code in chosen for each in units[code])
        return accepted(self.claimed_card.assessment, self.verified_card.assessment, taken)

    def _no_difference(self, code: str, codes: tuple[str, ...]) -> Fault:
        return make_fault(
            "nothing-differs",
            Text(
                "pada {value} klaim dan temuan tidak berbeda; yang berbeda: {allowed}",
                "at {value} claim and finding don't differ; what differs: {allowed}",
            ),
            agency=self.agency.name,
            value=quoted(code),
            allowed=Text.same(", ".join(codes) or "-"),
        )

    @cached_property
    def _units(self) -> range:
        """The places of the row's units among those of the table."""
        first, after = np.searchsorted(self.table.units.owners, (self.row, self.row + 1)).tolist()
        return range(first, after)

    @cached_property
    def _steps(self) -> tuple[tuple[tuple[int, ...], Fraction, Fraction], ...]:
        """The steps of the waterfall: the units in each, its points, the total after it."""
        before = self.claimed_card.total
        if before is None or self.difference is None:
            return ()
        steps: list[tuple[tuple[int, ...], Fraction, Fraction]] = []
        waiting: tuple[int, ...] = ()
        for number in range(len(self._units)):
            waiting = (*waiting, number)
            after = self._total(number, Mixture.UP_TO)
            if after is not None:
                steps.append((waiting, after - before, after))
                before, waiting = after, ()
        return tuple(steps)

    def _total(self, number: int, mixture: Mixture) -> Fraction | None:
        totals = self.table.totals
        return totals.numbers[totals.place(self._units[number], mixture)]

    def _band(self, number: int, mixture: Mixture) -> str | None:
        totals, bands = self.table.totals, self.instrument.root.bands
        band = int(totals.bands[totals.place(self._units[number], mixture)])
        return bands.items[band - 1].name.id if bands is not None and band else None

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the reconciliation as text of at most `width` columns."""
        from meritindex.analysis.reconciling.card_page import card_document  # noqa: PLC0415

        return to_text(card_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the reconciliation as plain semantic HTML, escaped."""
        from meritindex.analysis.reconciling.card_page import card_document  # noqa: PLC0415

        return to_html(card_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reconciliation):
            return NotImplemented
        return self.claimed_card == other.claimed_card and self.verified_card == other.verified_card

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        cards = (self.claimed_card, self.verified_card)
        ends = " to ".join(brief(card.total, exact=card.exact) for card in cards)
        bands = " to ".join(dict.fromkeys(str(card.band) for card in cards))
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Reconciliation of {self.agency.name} under {self.instrument.id}: "
            f"{len(self._units)} differ, {ends}, {bands}, {self.standing}{made_up}>"
        )
