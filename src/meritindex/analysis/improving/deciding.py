"""What becomes of a target for one agency: reached, planned, out of reach, or not to be said."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.improving.aiming import MOST, NEXT, Aim
from meritindex.analysis.improving.case import Case
from meritindex.analysis.improving.faults import wish_fault
from meritindex.analysis.improving.hindering import hindrances, over_budget
from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.planning import band_name, steps_of
from meritindex.analysis.improving.remarks import both
from meritindex.analysis.improving.searching import Found
from meritindex.analysis.improving.solving import Solver
from meritindex.analysis.improving.steps import ImprovementStatus
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.analysis.improving.target import Target
from meritindex.analysis.improving.words import target_text, total_text
from meritindex.analysis.premises import named_codes
from meritindex.assessment.many import Levels
from meritindex.definition import Admissible
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import Sayer

_FILL_IN = Text("isi dahulu", "fill that in first")
_FILL_IN_OR_ZERO = Text(
    "isi dahulu, atau hitung yang belum ada sebagai nol (--missing zero)",
    "fill that in first, or count what is missing as zero (--missing zero)",
)


@attrs.frozen(kw_only=True, eq=False)
class Decider:
    """Decides about one assessment.

    Attributes:
        case: the assessment.
        present: its score.
    """

    case: Case
    present: ScoreCard

    @cached_property
    def moves(self) -> Moves:
        """How far the indicators may move."""
        return Moves.of(self.case)

    def unpriced(self) -> Iterator[tuple[int, int]]:
        """Yield the steps that may be taken and have no cost: a place, and the level reached."""
        return self.moves.unpriced(self.case.pricing)

    def decide(self, aim: Aim) -> Improvement:
        """Return what becomes of a target."""
        case, moves = self.case, self.moves
        outcome = case.outcome(np.stack([moves.base, moves.upper]))
        before, highest = outcome.totals[0], outcome.totals[1]
        if before is None or self.present.total is None or highest is None:
            target = NEXT if aim.is_next else aim.of(self.present.agency, 0)[0]
            return self._plain(target, ImprovementStatus.UNKNOWN)
        target, goal = aim.of(self.present.agency, int(outcome.certain[0]))
        found = attrs.evolve(
            self._plain(target, ImprovementStatus.REACHED),
            before=before,
            band_before=band_name(case, int(outcome.bands[0])),
            highest=highest,
        )
        reached = outcome.reach(goal)
        if reached[0]:
            return found
        if not reached[1]:
            return attrs.evolve(
                found,
                status=ImprovementStatus.UNREACHABLE,
                hindrances=hindrances(case, goal),
            )
        solver = Solver(case=case, clock=Stopwatch(case.wishes.time_limit))
        return self.planned(found, solver.cheapest(moves, goal))

    def planned(self, blank: Improvement, plan: Found) -> Improvement:
        """Return a plan as an improvement; out of reach where it passes the budget."""
        case, pricing = self.case, self.case.pricing
        proven = plan.least >= plan.price
        cost, least = pricing.cost(plan.price), pricing.cost(plan.least)
        budget = case.wishes.budget
        if budget is not None and cost > budget:
            return attrs.evolve(
                blank,
                status=ImprovementStatus.UNREACHABLE,
                proven=least > budget,
                cost_at_least=least,
                hindrances=(over_budget(least, budget, case.wishes.costs.unit),),
            )
        return attrs.evolve(self._done(blank, plan.levels), proven=proven, cost_at_least=least)

    def best(self, budget: Fraction) -> Improvement:
        """Return the plan with the highest total that a budget buys."""
        case, moves = self.case, self.moves
        outcome = case.outcome(np.stack([moves.base, moves.upper]))
        blank = attrs.evolve(
            self._plain(MOST, ImprovementStatus.UNKNOWN),
            before=outcome.totals[0],
            band_before=band_name(case, int(outcome.bands[0])),
            highest=outcome.totals[1],
        )
        if blank.before is None or self.present.total is None:
            return blank
        solver = Solver(case=case, clock=Stopwatch(case.wishes.time_limit))
        levels, proven = solver.best(moves, case.pricing.dearest_within(budget))
        return attrs.evolve(self._done(blank, levels), proven=proven)

    def _plain(self, target: Target, status: ImprovementStatus) -> Improvement:
        return Improvement(target=target, status=status, case=self.case, present=self.present)

    def _done(self, blank: Improvement, levels: Levels) -> Improvement:
        steps, outcome = steps_of(self.case, levels, self.moves)
        cost = sum((step.cost for step in steps), Fraction(0))
        return attrs.evolve(
            blank,
            status=ImprovementStatus.PLANNED,
            steps=steps,
            cost=cost,
            cost_at_least=cost,
            after=outcome.totals[0],
            band_after=band_name(self.case, int(outcome.bands[0])),
            hindrances=(),
        )


def refusal(found: Improvement, *, is_next: bool) -> Fault | None:
    """Return why an agency has no plan and needs none, or can have none; None where it has one."""
    name = found.agency.name
    if found.status is ImprovementStatus.UNKNOWN:
        needed = found.present.needed or tuple(item.code for item in found.present.missing)
        return wish_fault(
            "total-unknown",
            Text(
                "nilainya belum diketahui, karena belum ada: {what}; {allowed}",
                "the total is not known, for want of: {what}; {allowed}",
            ),
            place=Text.same(name),
            agency=name,
            value=", ".join(needed) or "-",
            what=named_codes(found.instrument, needed),
            allowed=_FILL_IN if isinstance(found.weighting, Admissible) else _FILL_IN_OR_ZERO,
        )
    if found.status is not ImprovementStatus.REACHED:
        return None
    if is_next:
        code = "no-higher-band"
        message = Text(
            "nilainya {now}, sudah di kategori tertinggi; yang diterima: {allowed}",
            "the total is {now}, in the highest band already; allowed: {allowed}",
        )
    else:
        code = "target-reached"
        message = Text(
            "nilainya {now}, sudah mencapai {target}; yang diterima: {allowed}",
            "the total is {now}, and has reached {target} already; allowed: {allowed}",
        )
    now = both(lambda to: total_text(found, found.before, found.band_before, Sayer(to)))
    return wish_fault(
        code,
        message,
        place=Text.same(name),
        agency=name,
        value=now.en,
        now=now,
        allowed=Text("sasaran di atas nilai sekarang", "a target above the present total"),
        target=both(lambda to: target_text(found.instrument, found.target, Sayer(to))),
    )
