"""One row of answers under settled weights, with other levels put in."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from improve_builders import answered, case
from meritindex.analysis.improving.scenarios import Scenario, unbounded
from meritindex.definition import Cap, HarmonicMean, Median, Rounding, Shortfall

RULES = instrument(
    root=dimension(
        "total_points",
        dimension(
            "x",
            indicator("a"),
            indicator("b", 3, conditions=(when("works"),)),
            rule=MEAN,
            weight=5,
            rounding=Rounding(digits=0, basis=ASSUMED),
        ),
        indicator("c", 2),
        floor=figure(1),
        caps=(Cap(maximum=8, basis=ASSUMED),),
        bonuses=(measure("more", None),),
        deductions=(measure("less", None),),
    ),
    gates=(gate("works"),),
)
ROWS = np.array([[1, 1, 1], [1, 4, 1], [4, 4, 4]], dtype=np.uint8)


def scenario(works: str = "yes", **levels: int) -> Scenario:
    chosen = {"a": 1, "c": 1, **({"b": 1} if works == "yes" else {}), **levels}
    of = answered(
        RULES, levels=chosen, gates={"works": works}, measures={"more": "0.5", "less": "0.25"}
    )
    return case(of).settled


def test_levels_are_put_in_where_something_is_answered() -> None:
    assert list(scenario().run(ROWS).total) == [Fraction(29, 4), 8, 8]
    closed = scenario("no").inputs_of(ROWS)
    assert closed.levels[:, [0, 2]].tolist() == ROWS[:, [0, 2]].tolist()
    assert set(closed.levels[:, 1].tolist()) == set(scenario("no").inputs.levels[:, 1].tolist())


def test_without_bounds_points_are_plain_sums() -> None:
    found = scenario().unbounded(ROWS)
    assert list(found(RULES["x"]).worth) == [1, Fraction(13, 4), 4]
    assert list(found(RULES.root).worth) == [
        Fraction(29, 4),
        Fraction(65, 4) + Fraction(9, 4),
        Fraction(113, 4),
    ]
    assert scenario().before == Fraction(29, 4)


def test_a_plan_without_bounds_is_left_as_it_is() -> None:
    plain = case(answered(instrument(indicator("a"), indicator("b")))).plan
    assert unbounded(plain) is plain
    other = instrument(
        root=dimension(
            "total_points",
            indicator("a", None),
            indicator("b", None),
            rule=Median(basis=ASSUMED),
            floor=figure(1),
        )
    )
    curved = case(answered(other)).plan
    assert unbounded(curved) is curved
    alone = unbounded(case(answered(RULES, levels={"a": 1, "c": 1})).plan, root_alone=True)
    assert alone.instrument.root.caps == ()
    assert alone.instrument["x"].rounding is not None


def test_without_bounds_no_mean_asks_for_more_than_there_is() -> None:
    held = dimension("x", indicator("a", levels=levels(-3, 1)), rule=SUM, floor=figure(1))
    root = dimension(
        "total_points", held, indicator("b"), rule=HarmonicMean(basis=ASSUMED), floor=figure(1)
    )
    one = case(answered(instrument(root=root), levels={"a": 0, "b": 1})).settled
    found = one.unbounded(np.array([[0, 1], [1, 1]], dtype=np.uint8))
    assert list(found(one.plan.instrument["x"]).worth) == [-3, 1]
    assert unbounded(one.plan, root_alone=True) is one.plan


def test_what_is_missing_may_be_replaced_by_what_a_policy_says() -> None:
    def replaced(missing: str, **levels: int) -> bool:
        fields = {"missing": missing, "missing_basis": ASSUMED}
        part = dimension("x", indicator("a"), indicator("b"), rule=MEAN, **fields)
        root = dimension("total_points", part, indicator("c"), rule=MEAN)
        rules = instrument(root=root)
        of = case(answered(rules, levels={"c": 1, **levels})).settled
        return of.is_replaced(of.plan.instrument["x"])

    assert replaced("zero", a=1)
    assert replaced("lowest", a=1)
    assert not replaced("zero", a=1, b=1)
    assert not replaced("drop", a=1)


def test_a_child_counts_by_its_weight_among_those_that_count() -> None:
    one, closed = scenario(), scenario("no")
    x = RULES["x"]
    assert one.factor(x, RULES["b"]) == Fraction(3, 4)
    assert closed.factor(x, RULES["b"]) == 0
    assert closed.factor(x, RULES["a"]) == 1
    assert one.factor(RULES.root, x) == 5
    assert one.adjustment(RULES.root) == Fraction(1, 4)
    assert one.adjustment(x) == 0
    assert one.exact


def test_what_is_worth_too_little_falls_short() -> None:
    short = Shortfall(code="x", below=3)
    assert scenario().falls_short(short, ROWS).tolist() == [True, False, False]
    assert scenario("no").falls_short(Shortfall(code="b", below=3), ROWS).tolist() == [False] * 3
    waiting = instrument(
        root=dimension(
            "total_points", indicator("a"), indicator("b", missing="zero", missing_basis=ASSUMED)
        )
    )
    one = case(answered(waiting, levels={"a": 1})).settled
    both = np.array([[4, 4]], dtype=np.uint8)
    assert one.falls_short(Shortfall(code="b", below=1), both).tolist() == [True]
    assert isinstance(mi.score(answered(waiting, levels={"a": 1})).total, Fraction)
