"""The improvement of one agency: what to do to reach a target."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from meritindex.analysis.improving.case import AS_GIVEN, Case
from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.hindering import not_answered
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.planning import single_steps
from meritindex.analysis.improving.steps import (
    Hindrance,
    ImprovementStatus,
    ImprovementStep,
    SingleStep,
)
from meritindex.analysis.improving.target import Target
from meritindex.assessment import Assessment, RowFacts
from meritindex.definition import Admissible, Agency, Instrument, Standing, Weighting
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.scoring import Reason, ScoreCard, score
from meritindex.scoring.formulas import brief

if TYPE_CHECKING:
    from meritindex.analysis.bounding import BoundsCard


@attrs.frozen(kw_only=True, repr=False)
class Improvement:
    """The cheapest way for one agency to reach a target. Made by `improve`.

    Totals are exact. Where weights are open, they are the least of all admissible weightings.

    Attributes:
        target: what was asked for.
        status: what became of it.
        steps: what to raise, in an order in which it can be done; none where nothing is planned.
        cost: of all steps.
        proven: whether there is no cheaper plan (of a budget: no better one); False only where the
            time ran out, or where the least total is attained under no single weighting.
        cost_at_least: what any plan costs at least that reaches the target, as far as is proven.
        before: the present total; None where it is not known.
        after: the total when all steps are done; None without a plan.
        band_before: the official name of the present band; None where it is not known.
        band_after: the official name of the band when all steps are done.
        highest: the highest total that can be reached, whatever it costs; None where the present
            total is not known.
        hindrances: what keeps the target from being reached.
        case: the answers, and what was asked for besides the target.
        present: the score of the answers; where weights are open, of an arbitrary weighting.
    """

    target: Target
    status: ImprovementStatus
    steps: tuple[ImprovementStep, ...] = ()
    cost: Fraction = Fraction(0)
    proven: bool = True
    cost_at_least: Fraction = Fraction(0)
    before: Fraction | None = None
    after: Fraction | None = None
    band_before: str | None = None
    band_after: str | None = None
    highest: Fraction | None = None
    hindrances: tuple[Hindrance, ...] = ()
    case: Case
    present: ScoreCard

    @property
    def agency(self) -> Agency:
        """Who was assessed."""
        return self.facts.agency

    @property
    def facts(self) -> RowFacts:
        """Who was assessed, when and at which stage."""
        return self.case.assessments.facts[0]

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.case.assessments.instrument

    @property
    def weighting(self) -> Weighting | Admissible:
        """Where the weights come from, or what is known of them."""
        return self.case.weighting

    @property
    def synthetic(self) -> bool:
        """Whether the present answers were made up."""
        return self.facts.synthetic

    @property
    def standing(self) -> Standing:
        """How firmly totals are known; open weights are not assumed by it."""
        return self.present.standing

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return self.present.reasons

    @property
    def budget(self) -> Fraction | None:
        """What may be spent; None where that is not limited."""
        return self.case.wishes.budget

    @property
    def costs(self) -> Costs:
        """What every step costs."""
        return self.case.wishes.costs

    @property
    def fixed(self) -> tuple[str, ...]:
        """The codes of indicators that may not move."""
        return self.case.wishes.fixed

    @cached_property
    def not_answered(self) -> tuple[str, ...]:
        """The codes of indicators that are not answered, and so can't be raised."""
        return not_answered(self.case)

    @property
    def slack(self) -> Fraction | None:
        """By how much the total then passes the limit; None without a plan or a limit."""
        if self.after is None or self.target.limit is None:
            return None
        return self.after - self.target.limit

    @property
    def ready(self) -> dt.date | None:
        """The day by which the steps that have a date can be done; None where none has."""
        return max((step.ready for step in self.steps if step.ready is not None), default=None)

    @cached_property
    def undated(self) -> tuple[str, ...]:
        """The codes of steps with a level of which no day is stated; they count as ready any time.

        Empty where no days matter: neither is any stated, nor is there a day to be done by.
        """
        wishes = self.case.wishes
        dated = {(code, level) for code, level, _ in wishes.ready}
        if not dated and wishes.by is None:
            return ()
        return tuple(
            step.indicator
            for step in self.steps
            if any((step.indicator, level.value) not in dated for level in step.criteria)
        )

    @cached_property
    def assessment(self) -> Assessment:
        """The answers when all steps are done; without a plan, as they are.

        What is raised is not answered yet, so it has no state, evidence or standing, and the
        assessment is marked as made up.
        """
        given = self.case.assessments[0]
        raised = {step.indicator: step.to_level for step in self.steps}
        if not raised:
            return given
        said: dict[str, Any] = {
            name: tuple(pair for pair in getattr(given, name) if pair[0] not in raised)
            for name in ("states", "evidence", "standings")
        }
        return attrs.evolve(given, levels={**dict(given.levels), **raised}, synthetic=True, **said)

    @cached_property
    def card(self) -> ScoreCard | BoundsCard:
        """The score when all steps are done; where weights are open, between what ends it lies."""
        from meritindex.analysis.bounding import bounds  # noqa: PLC0415 - only where asked for

        weighting = self.weighting
        if isinstance(weighting, Admissible):
            return bounds(self.assessment, weighting, policy=AS_GIVEN)
        return score(self.assessment, weighting, missing=self.case.plan.missing)

    @cached_property
    def single_steps(self) -> tuple[SingleStep, ...]:
        """Every step of one level that is allowed now; the most points for the cost first."""
        if self.status is ImprovementStatus.UNKNOWN:
            return ()
        return single_steps(self.case, Moves.of(self.case))

    def alternatives(self, count: int = 3) -> tuple[Improvement, ...]:
        """Return other plans that reach the target, the cheapest first.

        Each is different, none has a step that could be left out, and none passes the budget.

        Args:
            count: how many at most.
        """
        from meritindex.analysis.improving.improving import other_plans  # noqa: PLC0415

        return tuple(other_plans(self, count))

    def best_within(self, budget: object) -> Improvement:
        """Return the plan with the highest total that a budget buys; of several the cheapest.

        Args:
            budget: a number that is not below 0.

        Raises:
            AssessmentError: it is none, or the present total is not known.
        """
        from meritindex.analysis.improving.improving import best_of  # noqa: PLC0415

        return best_of(self.case, self.present, budget)

    def __repr__(self) -> str:
        exact = self.present.exact
        raised = ", ".join(f"{step.indicator} to {step.to_level}" for step in self.steps)
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Improvement of {self.agency.name} under {self.instrument.id}: "
            f"{brief(self.before, exact=exact)}, {self.target.label.en} {self.status}"
            f"{', raise ' + raised if raised else ''}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the plan as text of at most `width` columns."""
        from meritindex.analysis.improving.showing import improvement_document  # noqa: PLC0415

        return to_text(improvement_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the plan as plain semantic HTML, escaped."""
        from meritindex.analysis.improving.showing import improvement_document  # noqa: PLC0415

        return to_html(improvement_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()
