"""One assessment, what may be done about it, and what comes of that."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
import numpy as np

from meritindex.analysis.bounding.extremes import side
from meritindex.analysis.bounding.sides import Side
from meritindex.analysis.columns import Mask
from meritindex.analysis.completions import completions
from meritindex.analysis.improving.outcomes import Goal, Outcome
from meritindex.analysis.improving.pricing import Pricing, pricing_of
from meritindex.analysis.improving.scenarios import Scenario, with_levels
from meritindex.analysis.improving.wishes import Wishes
from meritindex.analysis.open_tree import OpenTree, open_tree
from meritindex.assessment import AnswerPolicy, AssessmentSet
from meritindex.assessment.many import NOT_APPLICABLE, Levels
from meritindex.definition import Admissible, Instrument, MissingPolicy, Weighting
from meritindex.scoring import ExactColumn, ScoringPlan, plan
from meritindex.scoring.rows import Inputs

# Answers are what they are: a plan is about what to raise, not about what may be wrong.
AS_GIVEN = AnswerPolicy(claimed="as-given")


@attrs.frozen(kw_only=True, eq=False)
class Case:
    """One assessment and what may be done about it. Made by `case_of`.

    Attributes:
        assessments: the set of this one assessment.
        weighting: where the weights come from, or what is known of them.
        plan: scores it; where weights are open, with some of those that are admissible.
        tree: where weights are open; None where the weighting is settled.
        wishes: what the caller wants.
        pricing: what levels cost.
    """

    assessments: AssessmentSet
    weighting: Weighting | Admissible
    plan: ScoringPlan
    tree: OpenTree | None
    wishes: Wishes
    pricing: Pricing

    @cached_property
    def base(self) -> Levels:
        """The present levels; uint8, shape `[indicators]`."""
        levels: Levels = self.assessments.levels[0]
        return levels

    @cached_property
    def answered(self) -> Mask:
        """Which indicators have a level; bool, shape `[indicators]`."""
        return np.asarray(self.base < NOT_APPLICABLE)

    @cached_property
    def inputs(self) -> Inputs:
        """The answers as rows: one; where weights are open one for each way to open gates."""
        if self.tree is None:
            return Inputs.of(self.assessments)
        return completions(self.assessments, AS_GIVEN).low

    def scenario(self, compiled: ScoringPlan, way: int = 0) -> Scenario:
        """Return the answers, their gates opened in one way, under a plan."""
        inputs = self.inputs.rows(slice(way, way + 1))
        return Scenario(plan=compiled, inputs=inputs, moving=self.answered)

    @cached_property
    def settled(self) -> Scenario:
        """The answers under the weights that are settled; where they are open, some of them."""
        return self.scenario(self.plan)

    def outcome(self, levels: Levels) -> Outcome:
        """Return what rows of levels are worth; uint8, shape `[n, indicators]`."""
        if self.tree is None:
            return self.settled.outcome(levels)
        found = self.least(levels)
        starts = np.arange(len(levels)) * len(self.inputs.levels)
        total = found.total.worth
        known = np.logical_and.reduceat(total.known, starts)
        least = np.where(known, np.minimum.reduceat(total.numerators, starts), 0)
        bands = np.where(known, np.minimum.reduceat(found.bands, starts), 0).astype(np.uint8)
        totals = ExactColumn(least, total.denominator, known, self.settled.exact)
        return Outcome(totals=totals, bands=bands, certain=bands)

    def least(self, levels: Levels) -> Side:
        """Return the least that rows of levels are worth, each in every way to open gates."""
        assert self.tree is not None  # noqa: S101 - asked only where weights are open
        return side(self.tree, with_levels(self.inputs, levels, self.answered), most=False)

    def reach(self, levels: Levels, goal: Goal) -> Mask:
        """Say which rows of levels reach a goal."""
        return self.outcome(levels).reach(goal)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (
            self.assessments == other.assessments
            and self.weighting == other.weighting
            and self.plan == other.plan
            and self.wishes == other.wishes
        )

    __hash__ = None  # type: ignore[assignment]

    # What follows from these is worked out anew, so that nothing unpickled can be written to.
    def __reduce__(self) -> tuple[Any, ...]:
        kept = self.assessments, self.weighting, self.plan.missing, self.wishes
        return case_of, kept


def plan_of(
    instrument: Instrument, weighting: Weighting | Admissible, missing: MissingPolicy | None
) -> ScoringPlan:
    """Return the plan of a weighting; where weights are open, with some that are admissible.

    Raises:
        WeightingError: the weighting does not give every weight, or a region is none that can be
            bounded.
    """
    if isinstance(weighting, Admissible):
        return open_tree(instrument, weighting).plan
    return plan(instrument, weighting, missing=missing)


def case_of(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible,
    missing: MissingPolicy | None,
    wishes: Wishes,
) -> Case:
    """Return the case of the one assessment in a set.

    Raises:
        WeightingError: the weighting does not give every weight, or a region is none that can be
            bounded.
    """
    instrument = assessments.instrument
    tree = open_tree(instrument, weighting) if isinstance(weighting, Admissible) else None
    return Case(
        assessments=assessments,
        weighting=weighting,
        plan=plan_of(instrument, weighting, missing),
        tree=tree,
        wishes=wishes,
        pricing=pricing_of(wishes.costs, instrument),
    )
