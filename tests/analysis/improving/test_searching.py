"""The cheapest plan and the best for a price, under every rule, against all ways to raise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import count
from types import SimpleNamespace

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from improve_builders import answered, check_all, check_cheapest, raised, rises
from meritindex.analysis.improving import Prerequisite, stopwatch
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    Dimension,
    GeometricMean,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rounding,
    Shortfall,
)

COSTS = {"a": 3, "b": 2, "c": 4, "d": 1}
ROUNDED = Rounding(digits=0, basis=ASSUMED, mode="half_up")
SHORT = levels(0, 1, 3)


def one(code: str, weight: object = 1, **fields: object) -> mi.Indicator:
    return indicator(code, weight, **{"levels": SHORT, **fields})


def cap(maximum: object, code: str | None = None, below: object = 2) -> Cap:
    shortfall = None if code is None else Shortfall(code=code, below=below)
    return Cap(maximum=maximum, basis=ASSUMED, shortfall=shortfall)


AB = (one("a", 2), one("b"))
CD = (one("c"), one("d", 3))
BONUS = (measure("bonus", None),)
INVERSE = PowerMean(basis=ASSUMED, exponent=-1)
WHOLE = levels(1, 2, 4)
POSITIVE = (
    dimension("x", one("a", 2, levels=WHOLE), one("b", levels=WHOLE)),
    one("c", levels=WHOLE),
    one("d", 3, levels=WHOLE),
)


def root(*children: object, rule: mi.Rule = SUM, **fields: object) -> Dimension:
    return node("total_points", *children, rule=rule, **fields)


def node(code: str, *children: object, rule: mi.Rule, **fields: object) -> Dimension:
    """Return a dimension; under a rule without weights its children have none."""
    if isinstance(rule, Minimum | Median):
        children = tuple(attrs.evolve(child, weight=None) for child in children)
    return dimension(code, *children, rule=rule, **fields)


SHAPES: Mapping[str, Dimension] = {
    "a sum": root(*AB, *CD),
    "sums of sums": root(dimension("x", *AB, weight=2), dimension("y", dimension("z", *CD))),
    "a mean": root(*AB, *CD, rule=MEAN),
    "a mean of means": root(dimension("x", *AB, rule=MEAN), dimension("y", *CD), rule=MEAN),
    "a rounding": root(*AB, *CD, rule=MEAN, rounding=ROUNDED, floor=figure(0)),
    "a rounding below": root(
        dimension("w", dimension("x", *AB, rule=MEAN, rounding=ROUNDED), weight=2), *CD
    ),
    "a floor": root(dimension("x", *AB, floor=figure(4)), *CD),
    "a cap": root(dimension("x", *AB, caps=(cap(5),)), *CD),
    "a cap that looks at a part": root(dimension("x", *AB, caps=(cap(2, "a"),)), *CD),
    "a cap that looks below": root(
        dimension("x", dimension("y", *AB), one("c"), caps=(cap(3, "y", 3),)), one("d")
    ),
    "caps of the total": root(
        dimension("x", *AB), *CD, caps=(cap(6, "x", 3), cap(9, "d"), cap(20))
    ),
    "a least": root(dimension("x", *AB), *CD, rule=Minimum(basis=ASSUMED)),
    "a least with a bonus": root(
        one("a"),
        one("b"),
        node("x", *CD, rule=Minimum(basis=ASSUMED)),
        rule=Minimum(basis=ASSUMED),
        bonuses=BONUS,
    ),
    "a least in a sum": root(node("x", *AB, rule=Minimum(basis=ASSUMED), weight=3), *CD),
    "a median": root(dimension("x", *AB), *CD, rule=Median(basis=ASSUMED)),
    "a median in a sum": root(
        node("x", *AB, one("c"), rule=Median(basis=ASSUMED), weight=3), one("d")
    ),
    "a median with caps": root(*AB, *CD, rule=Median(basis=ASSUMED), caps=(cap(1, "d"), cap(20))),
    "a geometric mean": root(*AB, *CD, rule=GeometricMean(basis=ASSUMED, floor="0.5")),
    "a quadratic mean": root(*AB, *CD, rule=PowerMean(basis=ASSUMED, exponent=2)),
    "a harmonic mean": root(*POSITIVE, rule=HarmonicMean(basis=ASSUMED)),
    "a harmonic mean with a floor": root(
        *AB, dimension("x", *CD), rule=HarmonicMean(basis=ASSUMED, floor="0.5"), bonuses=BONUS
    ),
    "a harmonic mean in a sum": root(
        dimension("x", *POSITIVE[1:], rule=HarmonicMean(basis=ASSUMED), weight=5), *AB
    ),
    "the power of one": root(*AB, dimension("x", *CD), rule=PowerMean(basis=ASSUMED, exponent=1)),
    "the power of minus one": root(*POSITIVE, rule=INVERSE),
    "a least of harmonic means": root(
        dimension("x", *POSITIVE[0].children, rule=INVERSE),
        dimension("y", *POSITIVE[1:], rule=INVERSE),
        rule=Minimum(basis=ASSUMED),
    ),
    "large points": root(
        one("a", 10**9, levels=levels(0, 10**9, 3 * 10**9)),
        one("b", Fraction(1, 7), levels=levels(0, Fraction(1, 10**9), 3)),
        *CD,
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_no_other_way_is_cheaper_or_better(name: str) -> None:
    rules = instrument(root=SHAPES[name])
    bonus = {"bonus": "0.5"} if SHAPES[name].bonuses else {}
    of = answered(rules, levels=dict.fromkeys(COSTS, 0), measures=bonus)
    check_all(of, COSTS)


@pytest.mark.parametrize("name", ["a sum", "a rounding below", "caps of the total", "a median"])
def test_prerequisites_are_met_at_the_least_cost(name: str) -> None:
    rules = instrument(root=SHAPES[name])
    of = answered(rules, levels={"a": 0, "b": 1, "c": 0, "d": 0})
    asked = [
        Prerequisite(item="a", needs="d", from_level=1, level=1),
        Prerequisite(item="a", needs="d", from_level=2, level=2),
        Prerequisite(item="d", needs="b", from_level=2, level=2),
        Prerequisite(item="b", needs="c", from_level=2, level=1),
        Prerequisite(item="c", needs="a", from_level=2, level=1),
    ]
    before = dict(of.levels)

    def allowed(levels: Mapping[str, int]) -> bool:
        return all(
            levels[each.item] <= before[each.item]
            or levels[each.item] < each.from_level
            or levels[each.needs] >= each.level
            for each in asked
        )

    def key(levels: Mapping[str, int]) -> tuple[int, int]:
        more = {code: level - before[code] for code, level in levels.items()}
        return sum(COSTS[code] * each for code, each in more.items()), sum(more.values())

    ways = [each for each in rises(of) if allowed(each)]
    totals = mi.score(
        [answered(rules, f"A{place}", levels=each) for place, each in enumerate(ways)]
    ).totals
    goals = sorted({total for total in totals if total > totals[0]})
    for goal in (goals[0], goals[len(goals) // 2], goals[-1]):
        found = mi.improve(of, to=goal, costs=COSTS, prerequisites=asked)
        keys = [key(each) for each, total in zip(ways, totals, strict=True) if total >= goal]
        assert key(dict(found.assessment.levels)) == min(keys)
        best = mi.best_within(of, found.cost, costs=COSTS, prerequisites=asked)
        assert best.after == max(
            total for each, total in zip(ways, totals, strict=True) if key(each)[0] <= found.cost
        )


def test_what_asks_for_something_dear_is_no_better_than_what_asks_for_nothing() -> None:
    # The cheapest points are those of a, but they ask for b, which stands after it.
    rules = instrument(one("a", 5), one("d", 3), one("b", 0))
    of = answered(rules, levels={"a": 0, "d": 0, "b": 0})
    asked = [Prerequisite(item="a", needs="b", from_level=1, level=1)]
    costs = {"a": 1, "d": 2, "b": 100}
    found = mi.improve(of, to=3, costs=costs, prerequisites=asked)
    assert (raised(found), found.cost) == ({"d": 1}, 2)


def test_what_adds_nothing_is_raised_where_it_is_asked_for() -> None:
    # It stands before what asks for it.
    rules = instrument(one("b", 0), one("a", 5), indicator("d", 3, levels=levels(0, 1)))
    of = answered(rules, levels={"a": 0, "d": 0, "b": 0})
    asked = [
        Prerequisite(item="a", needs="b", from_level=1, level=1),
        Prerequisite(item="a", needs="b", from_level=2, level=2),
    ]
    costs = {"a": 1, "d": 1, "b": 2}
    for goal, expected in (
        (5, {"b": 1, "a": 1}),
        (8, {"b": 1, "a": 1, "d": 1}),
        (15, {"b": 2, "a": 2}),
    ):
        assert raised(mi.improve(of, to=goal, costs=costs, prerequisites=asked)) == expected


def test_money_costs_are_added_exactly() -> None:
    rules = instrument(root=SHAPES["sums of sums"])
    of = answered(rules, levels=dict.fromkeys(COSTS, 0))
    large = {code: cost * 10**15 + place for place, (code, cost) in enumerate(COSTS.items())}
    check_all(of, large)


def test_what_is_dropped_is_weighed_anew() -> None:
    parts = [one(code, missing="drop", missing_basis=ASSUMED) for code in "abcd"]
    rules = instrument(root=root(*parts, rule=mi.WeightedMean(basis=ASSUMED)))
    of = answered(rules, levels={"a": 0, "b": 0, "d": 0})
    costs = {code: COSTS[code] for code in "abd"}
    check_all(of, costs)
    found = check_cheapest(of, Fraction(1), costs)
    assert found.not_answered == ("c",)
    zero = answered(instrument(root=SHAPES["a sum"]), levels={"a": 0, "b": 0, "d": 0})
    check_all(zero, costs, missing="zero")
    mean = answered(instrument(root=SHAPES["a mean"]), levels={"a": 0, "b": 0, "d": 0})
    check_all(mean, costs, missing="drop")


@pytest.mark.parametrize("policy", ["zero", "lowest"])
@pytest.mark.parametrize("fields", [{}, {"rounding": ROUNDED}])
def test_what_counts_for_something_else_while_something_is_missing_adds_nothing(
    policy: str, fields: dict[str, object]
) -> None:
    inner = dimension("y", *AB, rule=MEAN, **fields)
    held = dimension("x", inner, one("c"), missing=policy, missing_basis=ASSUMED)
    rules = instrument(root=root(held, one("d"), rule=SUM))
    of = answered(rules, levels={"a": 0, "b": 0, "d": 0})
    # Only d moves the total, dear as it is.
    for goal in (1, 2, 3, 4):
        check_cheapest(of, Fraction(goal), {"a": 1, "b": 1, "d": 5})


@pytest.mark.parametrize(
    "rule",
    [
        HarmonicMean(basis=ASSUMED),
        GeometricMean(basis=ASSUMED),
        INVERSE,
        PowerMean(basis=ASSUMED, exponent=1),
        PowerMean(basis=ASSUMED, exponent=2),
        PowerMean(basis=ASSUMED, exponent=-2),
    ],
)
def test_a_floor_of_a_part_may_be_what_lets_a_mean_be_taken(rule: mi.Rule) -> None:
    below = dimension("w", one("a", levels=levels(-3, -1, 2)), rule=SUM)
    held = dimension("x", below, one("b"), rule=SUM, floor=figure(1))
    rules = instrument(
        root=root(dimension("y", held, one("c", levels=WHOLE), rule=rule), one("d"), rule=SUM)
    )
    check_all(answered(rules, levels=dict.fromkeys(COSTS, 0)), COSTS)


def test_what_is_too_dear_to_be_looked_at_does_not_make_the_rest_enough() -> None:
    # Only b and c together lift the median to a half; a first plan that does so costs 2, so that
    # nothing which costs as much is looked at again, and what is left offers nothing at all.
    median = Median(basis=ASSUMED)
    part = node("x", one("a"), *(measure(f"m{number}", None) for number in range(3)), rule=median)
    half = [one(code, levels=levels(0, "0.7")) for code in "bc"]
    second = node("y", *half, rule=median, rounding=ROUNDED, decimals=0)
    capped = dimension("z", part, second, rule=SUM, caps=(cap("0.25"),))
    rules = instrument(root=root(capped))
    measures = {f"m{number}": "0.01" for number in range(3)}
    of = answered(rules, levels=dict.fromkeys("abc", 0), measures=measures)
    found = check_cheapest(of, Fraction(1, 8), {"a": 1, "b": 1, "c": 1})
    assert raised(found) == {"b": 1, "c": 1}


def test_what_costs_but_one_level_less_than_the_first_plan_is_found_in_a_part() -> None:
    # Taking back what is dearest leads to a plan that costs a level more than the cheapest.
    scales = {"a": (0, 6, 7), "b": (4, 6, 8), "c": (0, 2, 7), "d": (1, 2, 3)}
    parts = [one(code, levels=levels(*scale)) for code, scale in scales.items()]
    rules = instrument(root=root(node("x", *parts, rule=Median(basis=ASSUMED))))
    of = answered(rules, levels=dict.fromkeys(scales, 0))
    for goal in (2, 3, 4):
        check_cheapest(of, Fraction(goal), dict.fromkeys(scales, 1))


def test_what_does_not_apply_counts_for_nothing() -> None:
    rules = instrument(
        root=root(
            dimension("x", one("a"), one("b", conditions=(when("works"),)), rule=MEAN, weight=2),
            *CD,
            rule=MEAN,
        ),
        gates=(gate("works"),),
    )
    closed = answered(rules, levels={"a": 0, "c": 0, "d": 0}, gates={"works": "no"})
    check_all(closed, {code: COSTS[code] for code in "acd"})
    open_ = answered(rules, levels=dict.fromkeys(COSTS, 0), gates={"works": "yes"})
    check_all(open_, COSTS)


def test_points_that_were_entered_stay() -> None:
    rules = instrument(root=root(dimension("x", *AB), *CD, caps=(cap(4, "x", 3),)))
    of = answered(rules, levels={"c": 0, "d": 0}, points={"x": 4})
    found = mi.improve(of, to=9)
    # One level of d is worth 3, another 6.
    assert (raised(found), found.before, found.after) == ({"d": 2}, 4, 13)


# Bands


HELD = root(
    dimension("x", *AB),
    *CD,
    bands=Bands(items=(band("rendah"), band("tengah", limit(5)), band("tinggi", limit(8)))),
    band_caps=(
        BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="d", below=1)),
        BandCap(band="tengah", basis=ASSUMED, shortfall=Shortfall(code="x", below=3)),
    ),
)


@pytest.mark.parametrize("rule", [SUM, Median(basis=ASSUMED)])
@pytest.mark.parametrize("wanted", ["tengah", "tinggi"])
def test_a_band_that_a_cap_holds_back_needs_more_than_points(rule: mi.Rule, wanted: str) -> None:
    bands = HELD.bands
    if rule is not SUM:
        bands = Bands(items=(band("rendah"), band("tengah", limit(1)), band("tinggi", limit(3))))
    rules = instrument(root=root(*HELD.children, rule=rule, bands=bands, band_caps=HELD.band_caps))
    of = answered(rules, levels=dict.fromkeys(COSTS, 0))
    costs = {"a": 1, "b": 1, "c": 1, "d": 9}
    names = ["rendah", "tengah", "tinggi"]
    ways = list(rises(of))
    cards = mi.score([answered(rules, f"A{place}", levels=each) for place, each in enumerate(ways)])
    keys = [
        sum(costs[code] * level for code, level in each.items())
        for each, card in zip(ways, cards, strict=True)
        if card.band is not None and names.index(card.band) >= names.index(wanted)
    ]
    found = mi.improve(of, to=wanted, costs=costs)
    assert found.cost == min(keys)
    assert found.band_after in names[names.index(wanted) :]
    # Points alone would have been had for less.
    assert dict(found.assessment.levels)["d"] > 0


def test_alternatives_come_in_the_order_of_their_cost() -> None:
    of = answered(instrument(root=SHAPES["a sum"]), levels=dict.fromkeys(COSTS, 0))
    first = mi.improve(of, to=7, costs=COSTS)
    others = first.alternatives(100)
    plans = [raised(each) for each in (first, *others)]
    assert len({tuple(plan.items()) for plan in plans}) == len(plans) > 4
    costs = [each.cost for each in (first, *others)]
    assert costs == sorted(costs)
    assert first.alternatives(2) == others[:2]
    assert first.alternatives(0) == ()
    for each in others:
        assert each.after >= 7
        assert (each.status, each.target, each.proven) == ("planned", first.target, True)
    whole = mi.improve(of, to=21, costs=COSTS)
    assert whole.alternatives() == ()


def test_alternatives_stay_within_the_budget() -> None:
    of = answered(instrument(root=SHAPES["a sum"]), levels=dict.fromkeys(COSTS, 0))
    first = mi.improve(of, to=7, costs=COSTS)
    every = first.alternatives(100)
    dearest = sorted({each.cost for each in every})[1]
    some = mi.improve(of, to=7, costs=COSTS, budget=dearest).alternatives(100)
    assert 0 < len(some) < len(every)
    assert [raised(each) for each in some] == [
        raised(each) for each in every if each.cost <= dearest
    ]


# When the time runs out


@pytest.fixture
def _ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every look at the clock take a second."""
    clock = SimpleNamespace(monotonic=count().__next__)
    monkeypatch.setattr(stopwatch, "time", clock)


@pytest.mark.usefixtures("_ticking")
@pytest.mark.parametrize("name", SHAPES)
def test_what_is_found_in_time_is_said_honestly(name: str) -> None:
    rules = instrument(root=SHAPES[name])
    bonus = {"bonus": "0.5"} if SHAPES[name].bonuses else {}
    of = answered(rules, levels=dict.fromkeys(COSTS, 0), measures=bonus)
    present = mi.score(of).total
    highest = mi.improve(of, to=present + Fraction(1, 100), costs=COSTS).highest
    goal = present + (highest - present) * Fraction(3, 5)
    least = mi.improve(of, to=goal, costs=COSTS)
    for seconds in count():
        found = mi.improve(of, to=goal, costs=COSTS, time_limit=seconds)
        assert found.status == "planned"
        assert found.after >= goal
        assert found.cost_at_least <= least.cost <= found.cost
        if found.proven:
            break
    assert found.cost_at_least == found.cost == least.cost


@pytest.mark.usefixtures("_ticking")
@pytest.mark.parametrize("name", SHAPES)
def test_what_a_budget_buys_in_time_is_said_honestly(name: str) -> None:
    rules = instrument(root=SHAPES[name])
    bonus = {"bonus": "0.5"} if SHAPES[name].bonuses else {}
    of = answered(rules, levels=dict.fromkeys(COSTS, 0), measures=bonus)
    most = mi.best_within(of, 8, costs=COSTS)
    for seconds in count():
        found = mi.best_within(of, 8, costs=COSTS, time_limit=seconds)
        assert found.cost <= 8
        assert found.after <= most.after
        if found.proven:
            break
    assert seconds > 0
    assert (found.after, found.cost) == (most.after, most.cost)


def test_no_time_at_all_still_gives_a_plan() -> None:
    of = answered(instrument(root=SHAPES["a rounding below"]), levels=dict.fromkeys(COSTS, 0))
    found = mi.improve(of, to=6, costs=COSTS, time_limit=0)
    assert (found.status, found.proven, found.cost_at_least) == ("planned", False, 0)
    assert found.after >= 6
    poor = mi.improve(of, to=6, costs=COSTS, time_limit=0, budget=0)
    assert (poor.status, poor.proven, poor.cost_at_least) == ("unreachable", False, 0)
    (hindrance,) = poor.hindrances
    assert hindrance.kind == "budget"
    best = mi.best_within(of, 5, costs=COSTS, time_limit=0)
    assert (best.proven, best.after >= best.before) == (False, True)
    enough = mi.improve(of, to=6, costs=COSTS, time_limit=600)
    assert (enough.proven, raised(enough)) == (True, raised(mi.improve(of, to=6, costs=COSTS)))
