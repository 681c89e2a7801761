"""Improving: what to raise to reach a target at the least cost, for one agency and for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, overload

import attrs
import numpy as np

from meritindex.analysis.improving.aiming import Aim, goal_of, read_aim
from meritindex.analysis.improving.case import Case, case_of, plan_of
from meritindex.analysis.improving.costs import PLACE as COSTS_PLACE
from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.deciding import Decider, refusal
from meritindex.analysis.improving.faults import read_number, wish_fault
from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.prerequisites import Prerequisite
from meritindex.analysis.improving.solving import Solver
from meritindex.analysis.improving.steps import ImprovementStatus
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.analysis.improving.table import ImprovementTable
from meritindex.analysis.improving.target import RankTarget
from meritindex.analysis.improving.wishes import BUDGET, Wishes, read_wishes
from meritindex.assessment import Assessment, AssessmentSet
from meritindex.definition import Admissible, Instrument, MissingPolicy, Weighting
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.language import Text
from meritindex.scoring import ScoreCard, ScoreTable
from meritindex.scoring.scoring import table_of


@overload
def improve(
    assessments: Assessment,
    *,
    to: object = None,
    weighting: Weighting | Admissible | None = None,
    missing: MissingPolicy | str | None = None,
    costs: Costs | Mapping[str, Any] | object = None,
    budget: object = None,
    fixed: Iterable[str] = (),
    most_levels: int | Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite | tuple[str, ...]] = (),
    ready: Mapping[str, dt.date | Mapping[int, dt.date]] | None = None,
    by: dt.date | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Improvement: ...


@overload
def improve(
    assessments: AssessmentSet | Iterable[Assessment],
    *,
    to: object = None,
    weighting: Weighting | Admissible | None = None,
    missing: MissingPolicy | str | None = None,
    costs: Costs | Mapping[str, Any] | object = None,
    budget: object = None,
    fixed: Iterable[str] = (),
    most_levels: int | Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite | tuple[str, ...]] = (),
    ready: Mapping[str, dt.date | Mapping[int, dt.date]] | None = None,
    by: dt.date | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ImprovementTable: ...


def improve(  # noqa: PLR0913 - each is one fact about what to improve
    assessments: Assessment | AssessmentSet | Iterable[Assessment],
    *,
    to: str | int | Fraction | RankTarget | object = None,
    weighting: Weighting | Admissible | None = None,
    missing: MissingPolicy | str | None = None,
    costs: Costs | Mapping[str, Any] | object = None,
    budget: object = None,
    fixed: Iterable[str] = (),
    most_levels: int | Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite | tuple[str, ...]] = (),
    ready: Mapping[str, dt.date | Mapping[int, dt.date]] | None = None,
    by: dt.date | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Improvement | ImprovementTable:
    """Return the cheapest levels to raise so that a target is reached, proven to be so.

    Of plans that cost the same, one is returned that raises the fewest levels, always the same one.
    Only what is answered is raised. With an `Admissible` weighting the target is reached under
    every admissible weighting, and totals are the least of all.

    Args:
        assessments: one `Assessment`, an `AssessmentSet`, or several assessments.
        to: a band by its name; a total, as a number or a text that reads as one; a `RankTarget`;
            None for the band above the present one.
        weighting: where the weights come from, or what is known of them; None for the instrument's
            default.
        missing: what everything missing counts for, instead of what the instrument declares.
        costs: what steps cost: a number for every step (None for 1), a mapping by code of a number
            or of numbers by the level that is reached, or `Costs`.
        budget: what may be spent; None where that is not limited.
        fixed: codes of indicators that may not move; a dimension stands for all below it.
        most_levels: how many levels one indicator may rise, for all or by code.
        prerequisites: what must stand before something is raised: `Prerequisite`s, or chains of
            codes, of which each may be raised to a level only where the one before stands there.
        ready: by code, the day by which a step can be done, for all its levels or by level.
        by: the day by which all must be done; a step that is ready later is not possible.
        time_limit: how many seconds the search may take for one agency; when they are over, the
            best plan so far is returned, and what any plan costs at least.
        progress: called with how many agencies are done, and how many there are.

    Returns:
        An `Improvement` for one, an `ImprovementTable` for many.

    Raises:
        AssessmentError: what is asked for makes no sense, or, of one assessment, its total is not
            known or the target is reached already. Every fault is named.
        WeightingError: the weighting does not give every weight, or a region can't be bounded; a
            policy for what is missing is chosen together with a region.

    Examples:
        >>> import meritindex as mi
        >>> table = mi.score(mi.sample())
        >>> city = table["Kota Pangkal Pinang"]
        >>> found = improve(city.assessment, to="Tinggi")
        >>> found.cost, found.proven, found.card.band
        (Fraction(13, 1), True, 'Tinggi')
        >>> found.steps[0].indicator, found.steps[0].from_level, found.steps[0].to_level
        ('a1q1', 3, 4)
    """
    alone = isinstance(assessments, Assessment)
    problem = _Problem.of(
        _as_set(assessments),
        weighting=weighting,
        missing=missing,
        costs=costs,
        budget=budget,
        fixed=fixed,
        most_levels=most_levels,
        prerequisites=prerequisites,
        ready=ready,
        by=by,
        time_limit=time_limit,
    )
    aim = problem.aim(to)
    deciders = problem.deciders()
    found: list[Improvement] = []
    for decider in deciders:
        found.append(decider.decide(aim))
        if progress is not None:
            progress(len(found), len(deciders))
    if not alone:
        return ImprovementTable(improvements=tuple(found), scored=problem.scored)
    fault = refusal(found[0], is_next=aim.is_next)
    if fault is not None:
        raise AssessmentError(fault)
    return found[0]


def best_within(  # noqa: PLR0913 - each is one fact about what to improve
    assessment: Assessment,
    budget: object,
    *,
    weighting: Weighting | Admissible | None = None,
    missing: MissingPolicy | str | None = None,
    costs: Costs | Mapping[str, Any] | object = None,
    fixed: Iterable[str] = (),
    most_levels: int | Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite | tuple[str, ...]] = (),
    ready: Mapping[str, dt.date | Mapping[int, dt.date]] | None = None,
    by: dt.date | None = None,
    time_limit: float | None = None,
) -> Improvement:
    """Return the plan with the highest total that a budget buys; of several the cheapest.

    Everything but the budget is as for `improve`. The plan's target is of the kind `most`.

    Args:
        assessment: the answers.
        budget: what may be spent.
        weighting: where the weights come from, or what is known of them.
        missing: what everything missing counts for.
        costs: what steps cost.
        fixed: codes that may not move.
        most_levels: how many levels one indicator may rise.
        prerequisites: what must stand before something is raised.
        ready: the day by which a step can be done.
        by: the day by which all must be done.
        time_limit: how many seconds the search may take.

    Raises:
        AssessmentError: what is asked for makes no sense, or the total is not known.
        WeightingError: as for `improve`.

    Examples:
        >>> import meritindex as mi
        >>> city = mi.score(mi.sample())["Kota Pangkal Pinang"]
        >>> found = best_within(city.assessment, 5)
        >>> found.cost, found.after > found.before
        (Fraction(5, 1), True)
    """
    problem = _Problem.of(
        assessment.alone,
        weighting=weighting,
        missing=missing,
        costs=costs,
        budget=budget,
        fixed=fixed,
        most_levels=most_levels,
        prerequisites=prerequisites,
        ready=ready,
        by=by,
        time_limit=time_limit,
    )
    (decider,) = problem.deciders()
    return best_of(decider.case, decider.present, decider.case.wishes.budget)


def best_of(case: Case, present: ScoreCard, budget: object) -> Improvement:
    """Return what a budget buys at best for one assessment.

    Raises:
        AssessmentError: it is no budget, or the present total is not known.
    """
    limit = read_number(budget, BUDGET)
    if isinstance(limit, Fault):
        raise AssessmentError(limit)
    case = attrs.evolve(case, wishes=attrs.evolve(case.wishes, budget=limit))
    found = Decider(case=case, present=present).best(limit)
    fault = refusal(found, is_next=False)
    if fault is not None:
        raise AssessmentError(fault)
    return found


def other_plans(improvement: Improvement, count: int) -> Iterator[Improvement]:
    """Yield other plans than that of an improvement, the cheapest first; `count` at most."""
    target, case = improvement.target, improvement.case
    if improvement.status is not ImprovementStatus.PLANNED or target.kind == "most":
        return
    goal = goal_of(target, case.plan.instrument.root)
    own = {step.indicator: step.to_level for step in improvement.steps}
    decider = Decider(case=case, present=improvement.present)
    solver = Solver(case=case, clock=Stopwatch(case.wishes.time_limit))
    left = count
    for plan in solver.plans(decider.moves, goal):
        if left <= 0:
            return
        found = decider.planned(improvement, plan)
        if found.status is not ImprovementStatus.PLANNED:
            return
        if {step.indicator: step.to_level for step in found.steps} != own:
            left -= 1
            yield found


def _as_set(assessments: Assessment | AssessmentSet | Iterable[Assessment]) -> AssessmentSet:
    if isinstance(assessments, Assessment):
        return assessments.alone
    if isinstance(assessments, AssessmentSet):
        return assessments
    return AssessmentSet.of(assessments)


@attrs.frozen(kw_only=True, eq=False)
class _Problem:
    """What is asked about all assessments of a set.

    Attributes:
        scored: the scores of the present answers.
        weighting: where the weights come from, or what is known of them.
        wishes: what the caller wants.
    """

    scored: ScoreTable
    weighting: Weighting | Admissible
    wishes: Wishes

    @classmethod
    def of(
        cls,
        assessments: AssessmentSet,
        *,
        weighting: Weighting | Admissible | None,
        missing: MissingPolicy | str | None,
        **wishes: Any,  # noqa: ANN401 - as `read_wishes`
    ) -> _Problem:
        """Read what a caller asks."""
        instrument = assessments.instrument
        chosen = instrument.default_weighting if weighting is None else weighting
        policy = None if missing is None else MissingPolicy(missing)
        if policy is not None and isinstance(chosen, Admissible):
            raise WeightingError(_policy_with_region(policy))
        read = read_wishes(instrument, **wishes)
        plan = plan_of(instrument, chosen, policy)
        return cls(scored=table_of(assessments, plan), weighting=chosen, wishes=read)

    def aim(self, to: object) -> Aim:
        """Read what is to be reached."""
        weights_open = isinstance(self.weighting, Admissible)
        return read_aim(to, self.scored.plan, self.scored.agencies, weights_open=weights_open)

    def deciders(self) -> list[Decider]:
        """Return what decides about each of the assessments.

        Raises:
            AssessmentError: steps that may be taken have no cost; every one is named once.
        """
        found = [
            Decider(case=self._case(row), present=self.scored.card(row))
            for row in range(len(self.scored))
        ]
        if self.wishes.costs.default is None:
            unpriced = dict.fromkeys(step for each in found for step in each.unpriced())
            if unpriced:
                raise AssessmentError(_unpriced(self.scored.instrument, unpriced))
        return found

    def _case(self, row: int) -> Case:
        """Return one of the assessments and what may be done about it."""
        alone = self.scored.assessments
        if len(alone) > 1:
            alone = alone.rows(np.array([row]))
        return case_of(alone, self.weighting, self.scored.plan.missing, self.wishes)


def _unpriced(instrument: Instrument, steps: Iterable[tuple[int, int]]) -> Iterator[Fault]:
    levels: dict[int, list[str]] = {}
    for place, level in sorted(steps):
        levels.setdefault(place, []).append(str(level))
    alike: dict[str, list[str]] = {}
    for place, reached in levels.items():
        alike.setdefault(", ".join(reached), []).append(instrument.indicators[place].code)
    for numbers, codes in alike.items():
        yield wish_fault(
            "cost-missing",
            Text(
                "langkah ke tingkat {value} tidak berbiaya: {codes}; yang diterima: {allowed}",
                "steps to level {value} have no cost: {codes}; allowed: {allowed}",
            ),
            place=COSTS_PLACE,
            item=codes[0] if len(codes) == 1 else None,
            value=numbers,
            codes=", ".join(codes),
            allowed=Text(
                "biaya langkah itu, atau satu biaya bagi yang tidak disebut (--cost; default)",
                "costs of these steps, or one for all that are not named (--cost; default)",
            ),
        )


def _policy_with_region(policy: MissingPolicy) -> Fault:
    return wish_fault(
        "policy-with-region",
        Text(
            "kebijakan {value} tidak dapat dipilih selama bobot terbuka; yang diterima: {allowed}",
            "the policy {value} can't be chosen while weights are open; allowed: {allowed}",
        ),
        place=Text("kebijakan", "missing"),
        value=str(policy),
        allowed=Text("kebijakan instrumen", "the policy of the instrument"),
    )
