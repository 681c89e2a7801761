"""Small answers for tests of the improvement, and every way to raise them, scored one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product

import attrs

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, limit, only_fault
from meritindex.analysis.improving.case import Case, case_of
from meritindex.analysis.improving.wishes import read_wishes
from meritindex.definition import Bands
from meritindex.errors import AssessmentError, Fault

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(items=(band("rendah"), band("tengah", limit(10)), band("tinggi", limit(16))))
# A point of a is worth 3, one of b 2: the total is from 0 to 20.
TWO = instrument(indicator("a", 3), indicator("b", 2))
BANDED = instrument(
    root=dimension("total_points", indicator("a", 3), indicator("b", 2), bands=BANDS)
)
# The weights of two of three are not published.
OPEN = instrument(
    root=dimension(
        "total_points",
        indicator("a", None),
        indicator("b", None),
        indicator("c", 20),
        rule=HUNDRED,
    )
)


def answered(
    rules: mi.Instrument = TWO, name: str = "A", /, *given: int, **fields: object
) -> mi.Assessment:
    """Return answers, by the order of the indicators; unless given, all stand at 1."""
    codes = [each.code for each in rules.indicators]
    levels = dict(zip(codes, given, strict=True)) if given else dict.fromkeys(codes, 1)
    return mi.Assessment(
        agency=mi.Agency(name=name), instrument=rules, **{"levels": levels, **fields}
    )


def case(
    of: mi.Assessment, weighting: mi.Weighting | mi.Admissible | None = None, **wishes: object
) -> Case:
    """Return an assessment and what may be done about it, as the core sees it."""
    chosen = of.instrument.default_weighting if weighting is None else weighting
    return case_of(of.alone, chosen, None, read_wishes(of.instrument, **wishes))


def refused(action: Callable[[], object]) -> Fault:
    """Return the one fault with which a wish is refused."""
    return only_fault(AssessmentError, action)


def raised(found: mi.Improvement) -> dict[str, int]:
    """Return to which level each indicator of a plan is raised."""
    return {step.indicator: step.to_level for step in found.steps}


def rises(of: mi.Assessment) -> Iterator[dict[str, int]]:
    """Yield all levels to which answers can be raised, from those that they have."""
    levels = dict(of.levels)
    ends = [range(low, of.instrument[code].levels[-1].value + 1) for code, low in levels.items()]
    for each in product(*ends):
        yield dict(zip(levels, each, strict=True))


def totals_of(
    of: mi.Assessment, weighting: object = None, missing: object = None
) -> list[tuple[dict[str, int], Fraction | None]]:
    """Return all ways to raise answers with their totals: the least ones where weights are open."""
    ways = list(rises(of))
    rows = [
        attrs.evolve(of, agency=mi.Agency(name=f"A{place}"), levels=levels)
        for place, levels in enumerate(ways)
    ]
    if isinstance(weighting, mi.Admissible):
        return list(zip(ways, mi.bounds(rows, weighting).lower, strict=True))
    return list(zip(ways, mi.score(rows, weighting, missing=missing).totals, strict=True))


def cost_of(of: mi.Assessment, levels: Mapping[str, int], costs: Mapping[str, int]) -> int:
    """Return what it costs to raise answers to these levels, every step of a code at one price."""
    return sum(costs[code] * (level - dict(of.levels)[code]) for code, level in levels.items())


def check_cheapest(
    of: mi.Assessment,
    goal: Fraction,
    costs: Mapping[str, int],
    weighting: mi.Weighting | mi.Admissible | None = None,
    **options: object,
) -> mi.Improvement:
    """Return the improvement, when no way to raise the answers reaches the total at less."""
    totals = totals_of(of, weighting, options.get("missing"))

    def key(levels: Mapping[str, int]) -> tuple[int, int]:
        return cost_of(of, levels, costs), cost_of(of, levels, dict.fromkeys(levels, 1))

    found = mi.improve(of, to=goal, costs=costs, weighting=weighting, **options)
    keys = [key(each) for each, total in totals if total is not None and total >= goal]
    assert found.status == ("planned" if keys else "unreachable")
    assert found.proven
    if keys:
        levels = dict(found.assessment.levels)
        assert key(levels) == min(keys)
        assert (levels, found.after) in totals
        assert found.cost == min(keys)[0] == found.cost_at_least
        assert sum(step.points for step in found.steps) == found.after - found.before
    return found


def check_best(
    of: mi.Assessment,
    budget: int,
    costs: Mapping[str, int],
    weighting: mi.Weighting | mi.Admissible | None = None,
    **options: object,
) -> mi.Improvement:
    """Return what a budget buys, when no way to raise the answers within it is worth more."""
    found = mi.best_within(of, budget, costs=costs, weighting=weighting, **options)
    worth = [
        (total, -cost_of(of, levels, costs))
        for levels, total in totals_of(of, weighting, options.get("missing"))
        if cost_of(of, levels, costs) <= budget and total is not None
    ]
    assert (found.after, -found.cost) == max(worth)
    assert (found.target.kind, found.target.limit, found.slack) == ("most", None, None)
    assert found.proven
    return found


def check_all(
    of: mi.Assessment,
    costs: Mapping[str, int],
    weighting: mi.Weighting | mi.Admissible | None = None,
    **options: object,
) -> None:
    """Check the cheapest plan for some totals that can be reached, and the best for some budgets.

    Some plan must have several steps.
    """
    reached = [total for _, total in totals_of(of, weighting, options.get("missing"))]
    higher = sorted({each for each in reached if each is not None and each > reached[0]})
    assert len(higher) > 1
    goals = {higher[0], higher[len(higher) // 2], higher[-2], higher[-1]}
    found = [check_cheapest(of, goal, costs, weighting, **options) for goal in sorted(goals)]
    assert any(len(each.steps) > 1 for each in found)
    for budget in (0, min(costs.values()), max(costs.values()) + 1, sum(costs.values())):
        check_best(of, budget, costs, weighting, **options)
