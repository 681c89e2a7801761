"""What is done where no weighting attains the least total, and where nothing is left to look at."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, SUM, dimension, gate, indicator, instrument, levels, when
from improve_builders import HUNDRED, answered, case, check_cheapest, raised
from meritindex.analysis.improving import folding
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.analysis.improving.searching import Search
from meritindex.analysis.improving.solving import Solver
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.definition import BandCap, Cap, Median, Rounding, Shortfall

ANY = mi.Admissible()
POINTS = levels(0, "1.2", "1.5", 3)
SHORT = levels(0, 1, 3)
# Where g does not apply, all weight within d may be its, and then d does not apply either. The
# least total is that with the cap all the same, although what weighs least leaves d out.
FLEETING = instrument(
    root=dimension(
        "total_points",
        dimension(
            "d",
            indicator("g", None, levels=POINTS, conditions=(when("open"),)),
            indicator("w", None, levels=POINTS),
            rule=HUNDRED,
            weight=50,
        ),
        indicator("c", 50, levels=POINTS),
        rule=HUNDRED,
        caps=(Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code="d", below=2)),),
    ),
    gates=(gate("open"),),
)


def closed() -> mi.Assessment:
    return answered(FLEETING, levels={"w": 2, "c": 0}, gates={"open": "no"})


def test_a_least_that_the_weights_of_least_do_not_attain_is_planned_for() -> None:
    found = mi.improve(closed(), to="1.1", weighting=ANY)
    assert raised(found) == {"w": 3, "c": 1}
    assert (found.proven, found.after) == (True, Fraction(6, 5))
    best = [mi.best_within(closed(), budget, weighting=ANY) for budget in range(5)]
    assert [each.after for each in best] == [0, 1, Fraction(6, 5), Fraction(3, 2), 3]
    assert all(each.proven for each in best)


def test_what_no_scenario_explains_is_planned_for_without_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    met = Solver._meet

    def only_once(solver: Solver, *given: object) -> bool:
        return not solver._pool and met(solver, *given)

    monkeypatch.setattr(Solver, "_meet", only_once)
    found = mi.improve(closed(), to="1.1", weighting=ANY)
    assert (raised(found), found.proven, found.cost_at_least) == ({"w": 3, "c": 1}, False, 1)
    assert not mi.best_within(closed(), 1, weighting=ANY).proven


def test_the_middle_of_a_region_is_met_once() -> None:
    of = case(closed(), ANY)
    solver = Solver(case=of, clock=Stopwatch(None))
    goal = mi.improve(closed(), to="1.1", weighting=ANY).target
    from meritindex.analysis.improving.outcomes import Goal

    wanted = Goal(goal.limit)
    assert [solver._meet(of.base, wanted) for _ in range(3)] == [True, True, False]


def test_nothing_is_left_of_levels_that_are_the_present_ones() -> None:
    of = case(answered())
    moves = Moves.of(of)
    search = Search(scenarios=(of.settled,), moves=moves, pricing=of.pricing, clock=Stopwatch(None))
    assert (search.taken_back(moves.base, lambda rows: rows[:, 0] >= 0) == moves.base).all()


def test_the_first_plan_stands_where_a_part_offers_nothing_cheaper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folding, "_MANY", 0)
    part = dimension(
        "x",
        *(indicator(code, None, levels=SHORT) for code in "abc"),
        rule=Median(basis=ASSUMED),
    )
    rules = instrument(root=dimension("root", part, indicator("d", levels=SHORT), rule=SUM))
    of = answered(rules, levels=dict.fromkeys("abcd", 0))
    found = check_cheapest(of, Fraction(6), {"a": 3, "b": 2, "c": 4, "d": 1})
    assert raised(found) == {"a": 2, "b": 2, "d": 2}
    alone = mi.improve(of, to=3, fixed=["d"], costs={"a": 3, "b": 2, "c": 4})
    assert (raised(alone), alone.proven) == ({"a": 2, "b": 2}, True)


def test_the_same_plan_can_be_the_next_in_several_ways() -> None:
    rules = instrument(*(indicator(code, levels=SHORT) for code in "abc"))
    of = answered(rules, levels=dict.fromkeys("abc", 0))
    found = mi.improve(of, to=4)
    others = found.alternatives(20)
    plans = [tuple(sorted(raised(each).items())) for each in (found, *others)]
    assert len(set(plans)) == len(plans) == 6
    assert [each.cost for each in (found, *others)] == [3] * 6


def test_what_lies_under_an_entry_may_fall_short() -> None:
    shortfall = Shortfall(code="a", below=1)
    rules = instrument(
        root=dimension(
            "root",
            dimension("x", indicator("a"), rule=SUM),
            indicator("b"),
            rule=SUM,
            bands=mi.Bands(
                items=(
                    mi.Band(name=mi.Text.same("rendah")),
                    mi.Band(name=mi.Text.same("tinggi"), lower=mi.Limit("2", ASSUMED)),
                )
            ),
            band_caps=(BandCap(band="rendah", basis=ASSUMED, shortfall=shortfall),),
        )
    )
    of = answered(rules, levels={"b": 0}, points={"x": 4})
    scenario: Scenario = case(of).settled
    assert scenario.falls_short(shortfall, case(of).base[None]).all()
    assert mi.improve(of, to="tinggi").status == "unreachable"


def test_large_denominators_are_added_exactly() -> None:
    # What does not apply leaves other weights under every scenario, over quite another denominator.
    share = mi.WeightedMean(basis=ASSUMED, whole=1)
    one = levels(0, 1)
    inner = dimension(
        "y",
        indicator("b", None, levels=one),
        indicator("c", Fraction(2, 452_211), levels=one),
        indicator("g", None, levels=one, conditions=(when("open"),)),
        indicator("d", None, levels=levels(0, "0.5")),
        rule=share,
        weight=Fraction(5, 6),
    )
    root = dimension(
        "total_points",
        dimension("x", indicator("a", levels=one), rule=share, weight=Fraction(1, 12)),
        inner,
        indicator("e", Fraction(1, 12), levels=one),
        rule=share,
    )
    rules = instrument(root=root, gates=(gate("open"),))
    of = answered(rules, levels=dict.fromkeys("abcde", 0), gates={"open": "no"})
    region = mi.Admissible(order=[("g", "d", "b")])
    top = mi.bounds(attrs.evolve(of, levels=dict.fromkeys("abcde", 1)), region).lower
    assert top is not None
    found = mi.improve(of, to=top, weighting=region)
    assert (found.cost, found.proven, found.after) == (5, True, top)


def test_what_must_be_done_anyhow_counts_towards_the_target() -> None:
    # The cap asks for a in any case; what that adds must be reckoned with from the start.
    cap = Cap(maximum=2, basis=ASSUMED, shortfall=Shortfall(code="a", below=3))
    part = dimension(
        "x",
        indicator("a", 4, levels=SHORT),
        indicator("b", levels=SHORT),
        rule=SUM,
        rounding=Rounding(digits=0, basis=ASSUMED),
    )
    others = indicator("c", 4, levels=SHORT), indicator("d", 2, levels=SHORT)
    rules = instrument(root=dimension("root", *others, part, rule=SUM, caps=(cap,)))
    of = answered(rules, levels=dict.fromkeys("abcd", 0))
    for goal in range(20, 34):
        check_cheapest(of, Fraction(goal), {"a": 4, "b": 2, "c": 9, "d": 2})
