"""What nodes can be worth where answers are missing; complete answers are in test_applicability."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    dimension,
    indicator,
    instrument,
    levels,
    measure,
)
from meritindex.definition import Cap, GeometricMean, Minimum, MissingPolicy, Shortfall
from meritindex.definition.ranges import points_ranges
from meritindex.testing import assessments, instruments

DROP = {"missing": "drop", "missing_basis": ASSUMED}
ZERO = {"missing": "zero", "missing_basis": ASSUMED}


def ends(one: mi.Instrument, code: str = "t") -> tuple[Fraction, Fraction]:
    return mi.plan(one).ranges[code]


def whole(*parts: object, **fields: object) -> mi.Instrument:
    return instrument(root=dimension("t", *parts, **{"rule": MEAN, "weight": None, **fields}))


def test_a_mean_that_drops_lies_between_its_children() -> None:
    one = whole(indicator("a", levels=levels(0, 1), **DROP), indicator("b"))
    assert ends(one) == (0, 4)
    assert points_ranges(one.root, (), lambda node: Fraction(1))["t"] == (0, Fraction(5, 2))
    card = mi.score(mi.Assessment(agency="Kota Malang", instrument=one, levels={"b": 4}))
    assert card.total == 4
    assert one.entry_range(one.root) == (0, 4)


def test_what_weighs_nothing_widens_nothing() -> None:
    heavy = indicator("a", levels=levels(1, 2), **DROP)
    assert ends(whole(heavy, indicator("b", 0, levels=levels(8, 9)))) == (1, 2)


def test_a_floor_of_the_rule_holds_for_what_is_left() -> None:
    rule = GeometricMean(basis=ASSUMED, floor=2)
    low, high = ends(whole(indicator("a", **DROP), indicator("b"), rule=rule))
    assert (low, high) == (2, 4)


def test_a_minimum_that_drops_may_be_its_best_child() -> None:
    children = (indicator("a", None, levels=levels(0, 1), **DROP), indicator("b", None))
    assert ends(whole(*children, rule=Minimum(basis=ASSUMED))) == (0, 4)


def test_zero_is_among_what_counts_zero() -> None:
    one = whole(indicator("a", levels=levels(1, 2), **ZERO), indicator("b", levels=levels(1, 2)))
    assert ends(one, "a") == (0, 2)
    assert ends(one) == (Fraction(1, 2), 2)
    assert ends(whole(indicator("a", levels=levels(1, 2)), **ZERO)) == (0, 2)


def test_what_is_dropped_is_neither_added_nor_taken_off() -> None:
    far = {"minimum": Fraction(1), "maximum": Fraction(2)}
    one = whole(
        indicator("a"),
        bonuses=(measure("m", None, **far, **DROP),),
        deductions=(measure("n", None, **far),),
    )
    assert ends(one) == (-2, 5)


def test_caps_that_watch_what_is_below_are_no_burden_however_deep() -> None:
    node = dimension("d0", indicator("a0"), rule=MEAN)
    for depth in range(1, 11):
        caps = [
            Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code=f"d{depth - 1}", below=below))
            for below in (1, 2, 3, 4)
        ]
        weight = None if depth == 10 else 1
        node = dimension(f"d{depth}", node, rule=MEAN, weight=weight, caps=caps)
    one = instrument(root=node)
    assert ends(one, "d10") == (0, 4)
    assert mi.plan(one).program.root.bound >= 3


@given(instruments().flatmap(lambda one: st.lists(assessments(one), min_size=1, max_size=3)))
def test_what_is_scored_lies_between_the_ends(answered: list[mi.Assessment]) -> None:
    for one in answered:
        try:
            table = mi.score([one])
        except mi.AssessmentError:  # points of which a mean can't be taken
            continue
        for code, column in table.scores.columns.items():
            low, high = table.plan.ranges[code]
            if column[0] is not None and not one.points:
                slack = Fraction(0) if column.exact else Fraction(1, 10**9) * (1 + abs(high))
                assert low - slack <= column[0] <= high + slack


def test_policies_come_from_the_plan() -> None:
    one = whole(indicator("a", levels=levels(1, 2)), indicator("b"))
    assert mi.plan(one, missing=MissingPolicy.ZERO).ranges["a"] == (0, 2)
    assert mi.plan(one).ranges["a"] == (1, 2)
