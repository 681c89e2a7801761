"""Harmonic means as sums of inverses: what does not count, and what is needed already."""

from __future__ import annotations

from fractions import Fraction

import meritindex as mi
from builders import ASSUMED, MEAN, SUM, dimension, indicator, instrument, levels, measure
from improve_builders import answered, check_all, check_cheapest, raised
from meritindex.definition import Cap, Dimension, HarmonicMean, Rounding, Shortfall

HARMONIC = HarmonicMean(basis=ASSUMED)
POSITIVE = levels(1, 2, 4)
COSTS = {"a": 3, "b": 2, "c": 4}
SETTLED = {"missing": "drop", "missing_basis": ASSUMED}


def one(code: str, weight: object = 1, **fields: object) -> mi.Indicator:
    return indicator(code, weight, levels=POSITIVE, **fields)


def low(root: Dimension, **fields: object) -> mi.Assessment:
    return answered(instrument(root=root), **{"levels": dict.fromkeys(COSTS, 0), **fields})


def test_what_weighs_nothing_is_not_raised() -> None:
    root = dimension("root", one("a"), one("b"), one("c", 0), rule=HARMONIC)
    found = check_cheapest(low(root), Fraction(2), COSTS)
    assert raised(found) == {"a": 1, "b": 1}


def test_what_is_left_out_of_a_mean_is_not_raised() -> None:
    # The part with an open answer is dropped, whatever its other answers are.
    part = dimension(
        "x",
        one("c"),
        one("d"),
        rule=MEAN,
        weight=1,
        rounding=Rounding(digits=0, basis=ASSUMED),
        **SETTLED,
    )
    for rule in (HARMONIC, MEAN):
        root = dimension("root", one("a"), one("b"), part, rule=rule)
        check_all(low(root), COSTS)
    # So it is where sums lead on to another sum.
    within = dimension("y", part, one("e"), rule=MEAN, weight=1, **SETTLED)
    root = dimension("root", one("a"), one("b"), within, rule=MEAN)
    check_all(low(root), COSTS)


def test_a_part_below_what_is_left_out_counts_for_nothing() -> None:
    inner = dimension("x", one("c"), rule=MEAN, rounding=Rounding(digits=0, basis=ASSUMED))
    outer = dimension("y", inner, one("d"), rule=MEAN, weight=1, **SETTLED)
    root = dimension("root", one("a"), one("b"), outer, rule=MEAN)
    check_all(low(root), COSTS)


def test_a_mean_that_needs_nothing_more_is_still_held_back_by_a_cap() -> None:
    cap = Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code="c", below=2))
    root = dimension(
        "root",
        one("a"),
        one("b"),
        one("c"),
        rule=HARMONIC,
        bonuses=(measure("bonus", None, maximum=9),),
        caps=(cap,),
    )
    found = check_cheapest(low(root, measures={"bonus": 5}), Fraction(3), COSTS)
    assert raised(found) == {"c": 1}


def test_a_sum_of_nothing_that_moves_has_no_plan() -> None:
    root = dimension("root", one("a"), one("b"), one("c"), rule=SUM)
    found = mi.improve(low(root), to=100, fixed=["a", "b", "c"])
    assert found.status == "unreachable"
