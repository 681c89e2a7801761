"""Bounds of small instruments, their arithmetic written out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import builders
import meritindex as mi
from builders import ASSUMED, MEAN, SUM, dimension, indicator, measure, only_fault, when
from meritindex.definition import Minimum, WeightedMean

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))


ROUNDED = mi.Rounding(digits=1, mode="half_up", basis=ASSUMED)


def cap(maximum: int, code: str | None = None, below: int = 0) -> mi.Cap:
    shortfall = None if code is None else mi.Shortfall(code=code, below=Fraction(below))
    return mi.Cap(maximum=Fraction(maximum), basis=ASSUMED, shortfall=shortfall)


def answered(instrument: mi.Instrument, name: str = "A", **answers: object) -> mi.Assessment:
    return mi.Assessment(agency=mi.Agency(name=name), instrument=instrument, **answers)


def under(root: mi.Dimension, **fields: object) -> mi.Instrument:
    return mi.Instrument(
        id="example",
        family="examples",
        title=mi.Text("contoh", "example"),
        root=root,
        sources=(builders.LAW,),
        default_weighting=mi.EqualRemainder(),
        **fields,
    )


def ends(card: mi.BoundsCard) -> tuple[Fraction | None, Fraction | None]:
    """Return both ends, after checking that weights and answers attain them."""
    for least, weights, whole in (
        (card.lower, card.lower_weights, card.lower_assessment),
        (card.upper, card.upper_weights, card.upper_assessment),
    ):
        assert mi.score(whole, mi.Given(weights)).total == least
    return card.lower, card.upper


def open_mean(code: str, *children: object, **fields: object) -> mi.Dimension:
    """Return a mean of which no weight is published."""
    return dimension(code, *children, rule=TEN, **fields)


def leaves(*codes: str, weight: object = None, **fields: object) -> list[mi.Indicator]:
    return [indicator(code, weight, **fields) for code in codes]


def test_the_whole_goes_to_the_best_or_to_the_worst() -> None:
    one = under(open_mean("d", indicator("a", 4), *leaves("b", "c")))
    card = mi.bounds(answered(one, levels={"a": 1, "b": 4, "c": 2}))
    # 4 of 10 for a; the other 6 all for c, or all for b
    assert ends(card) == (Fraction(4 * 1 + 6 * 2, 10), Fraction(4 * 1 + 6 * 4, 10))
    assert dict(card.lower_weights) == {"a": 4, "b": 0, "c": 6}
    assert dict(card.upper_weights) == {"a": 4, "b": 6, "c": 0}


def test_facts_narrow_the_bounds() -> None:
    one = under(open_mean("d", *leaves("a", "b", "c")))
    assessment = answered(one, levels={"a": 0, "b": 1, "c": 4})
    known = mi.Admissible({"c": (2, 5)}, order=[("a", "b")])
    # c from 2 to 5; a weighs at least as much as b: at the most half of the rest is b's
    assert ends(mi.bounds(assessment, known)) == (
        Fraction(2 * 4, 10),
        Fraction(5 * 4, 10) + Fraction(5, 20),
    )


def test_a_gate_takes_a_child_out_of_a_mean() -> None:
    one = under(
        open_mean("d", *leaves("a", "b"), indicator("c", None, conditions=[when("g")])),
        gates=(builders.gate("g"),),
    )
    known = mi.Admissible({"a": (2, 3), "b": (1, 6)})
    without = answered(one, levels={"a": 4, "b": 1}, gates={"g": "no"})
    # (4 a + b) / (a + b): the most at a = 3, b = 1; the least at a = 2, b = 6
    assert ends(mi.bounds(without, known)) == (Fraction(14, 8), Fraction(13, 4))
    # An open gate: c may count, from 0 to 4, with what the other two leave.
    open_gate = answered(one, levels={"a": 4, "b": 1})
    # With c the least is a = 2, b = 1 (c = 7 at 0): 9/10; the most a = 3, b = 1, c = 6 at 4: 37/10
    assert ends(mi.bounds(open_gate, known)) == (Fraction(9, 10), Fraction(37, 10))


def nested(rule: mi.WeightedMean | mi.WeightedSum | Minimum = MEAN, **fields: object) -> object:
    """Return an instrument in which one dimension need not apply: all may weigh on what is out."""
    weights: tuple[object, object] = (1, 1) if rule is not Minimum else (None, None)
    below = open_mean(
        "e", indicator("b", None, conditions=[when("g")]), indicator("c", None), weight=weights[0]
    )
    return under(
        dimension("d", below, indicator("a", weights[1]), rule=rule, **fields),
        gates=(builders.gate("g"),),
    )


@pytest.mark.parametrize(("level", "expected"), [(4, (0, 2)), (1, (0, 1))])
def test_a_dimension_that_may_weigh_nothing_may_be_left_out(
    level: int, expected: tuple[int, int]
) -> None:
    one = nested()
    card = mi.bounds(answered(one, levels={"a": 0, "c": level}, gates={"g": "no"}))
    # With the dimension: (level + 0) / 2; without it, where all weight is on b: 0
    assert card.upper == Fraction(level, 2)
    assert card.lower == 0
    assert ends(card)[0] == expected[0]


def test_what_is_left_out_may_be_better_than_what_is_there() -> None:
    one = nested()
    card = mi.bounds(answered(one, levels={"a": 4, "c": 0}, gates={"g": "no"}))
    assert ends(card) == (Fraction(2), Fraction(4))
    assert dict(card.upper_weights) == {"e": 1, "a": 1, "b": 10, "c": 0}


def test_below_a_minimum_too() -> None:
    least = Minimum(basis=ASSUMED)
    below = open_mean(
        "e", indicator("b", None, conditions=[when("g")]), indicator("c", None), weight=None
    )
    root = dimension("d", below, indicator("a", None), rule=least)
    one = under(root, gates=(builders.gate("g"),))
    out = mi.bounds(answered(one, levels={"a": 3, "c": 1}, gates={"g": "no"}))
    assert ends(out) == (Fraction(1), Fraction(3))
    there = mi.bounds(answered(one, levels={"a": 3, "b": 4, "c": 1}, gates={"g": "yes"}))
    assert ends(there) == (Fraction(1), Fraction(3))


def test_in_a_sum_what_is_left_out_adds_nothing() -> None:
    minus = builders.levels(-2, 1)
    below = open_mean(
        "e",
        indicator("b", None, conditions=[when("g")]),
        indicator("c", None, levels=minus),
    )
    one = under(dimension("d", below, indicator("a", 1), rule=SUM), gates=(builders.gate("g"),))
    card = mi.bounds(answered(one, levels={"a": 1, "c": 0}, gates={"g": "no"}))
    assert ends(card) == (Fraction(-1), Fraction(1))


def test_two_levels_of_dimensions_may_both_be_left_out() -> None:
    inner = open_mean(
        "f", indicator("b", None, conditions=[when("g")]), indicator("c", None), weight=None
    )
    outer = open_mean("e", inner, indicator("x", None, conditions=[when("g")]), weight=1)
    one = under(dimension("d", outer, indicator("a", 1), rule=MEAN), gates=(builders.gate("g"),))
    card = mi.bounds(answered(one, levels={"a": 4, "c": 0}, gates={"g": "no"}))
    assert ends(card) == (Fraction(2), Fraction(4))


def test_settled_weights_of_children_that_may_be_left_out() -> None:
    below = [
        open_mean(
            name,
            indicator(f"{name}1", None, conditions=[when("g")]),
            indicator(f"{name}2", None),
            weight=weight,
        )
        for name, weight in (("e", 1), ("f", 2))
    ]
    one = under(dimension("d", *below, rule=MEAN), gates=(builders.gate("g"),))
    card = mi.bounds(answered(one, levels={"e2": 1, "f2": 4}, gates={"g": "no"}))
    assert ends(card) == (Fraction(1), Fraction(4))


def test_bonuses_deductions_floor_caps_and_rounding() -> None:
    one = under(
        open_mean(
            "d",
            *leaves("a", "b"),
            bonuses=[measure("plus", None, decimals=2)],
            deductions=[measure("minus", None, decimals=2)],
            floor=builders.figure(1),
            caps=[cap(3), cap(2, "b", 3)],
            rounding=ROUNDED,
        )
    )
    levels = {"a": 4, "b": 2}
    low = answered(one, levels=levels, measures={"plus": "0.25", "minus": "0.5"})
    # from 2 to 4, plus 0.25 less 0.5; b falls short of 3, so not above 2; 1.75 is rounded to 1.8
    assert ends(mi.bounds(low)) == (Fraction("1.8"), Fraction(2))
    high = answered(one, levels={"a": 4, "b": 3}, measures={"plus": "0.25", "minus": "0.5"})
    assert ends(mi.bounds(high)) == (Fraction("2.8"), Fraction(3))
    floored = answered(one, levels={"a": 0, "b": 0}, measures={"plus": 0, "minus": 1})
    assert ends(mi.bounds(floored)) == (1, 1)


def test_a_cap_that_waits_for_an_affected_dimension() -> None:
    below = open_mean("e", *leaves("a", "b"), weight=1)
    one = under(dimension("d", below, rule=MEAN, caps=[cap(1, "e", 2)]))
    card = mi.bounds(answered(one, levels={"a": 1, "b": 4}))
    assert ends(card) == (Fraction(1), Fraction(4))


def test_what_a_cap_waits_for_may_not_be_given() -> None:
    below = open_mean("e", *leaves("a", "b"), weight=1)
    one = under(dimension("d", below, rule=MEAN, caps=[cap(1, "a", 2)]))
    card = mi.bounds(answered(one, points={"e": 3}))
    assert (card.lower, card.upper) == (None, None)
    assert card.possible_bands == ()
    assert card.rank_range is None
    assert mi.score(answered(one, points={"e": 3})).total is None


def test_points_entered_take_the_place_of_open_weights() -> None:
    one = under(dimension("d", open_mean("e", *leaves("a", "b"), weight=1), rule=MEAN))
    both = mi.bounds(
        [answered(one, "A", levels={"a": 1, "b": 3}), answered(one, "B", points={"e": "2.5"})]
    )
    assert ends(both[0]) == (1, 3)
    assert ends(both[1]) == (Fraction("2.5"), Fraction("2.5"))
    total = mi.bounds(answered(one, points={"total": 2}))
    assert ends(total) == (2, 2)


@pytest.mark.parametrize(("policy", "ends_of"), [("zero", (0, 3)), ("lowest", (1, 3))])
def test_what_is_missing_counts_as_the_instrument_says(
    policy: str, ends_of: tuple[int, int]
) -> None:
    scale = builders.levels(1, 2, 3)
    missing = indicator("b", None, levels=scale, missing=policy, missing_basis=ASSUMED)
    one = under(open_mean("d", indicator("a", None, levels=scale), missing))
    assert ends(mi.bounds(answered(one, levels={"a": 2}))) == ends_of


def test_what_is_dropped_leaves_a_mean() -> None:
    dropped = [indicator(code, None, missing="drop", missing_basis=ASSUMED) for code in ("a", "b")]
    one = under(
        open_mean("d", *dropped, indicator("c", None, conditions=[when("g")])),
        gates=(builders.gate("g"),),
    )
    card = mi.bounds(answered(one, levels={"a": 2, "c": 4}, gates={"g": "yes"}))
    assert (card.lower, card.upper) == (2, 4)
    nothing = mi.bounds(answered(one, gates={"g": "no"}))
    assert (nothing.lower, nothing.upper) == (None, None)


@pytest.mark.parametrize(("policy", "expected"), [("zero", 2), ("drop", 4), ("unknown", None)])
def test_a_dimension_of_nothing_but_dropped_children(policy: str, expected: int | None) -> None:
    dropped = indicator("a", None, missing="drop", missing_basis=ASSUMED)
    below = open_mean(
        "e",
        dropped,
        indicator("b", None, conditions=[when("g")]),
        weight=1,
        missing=policy,
        missing_basis=ASSUMED,
    )
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN), gates=(builders.gate("g"),))
    assessment = answered(one, levels={"c": 4}, gates={"g": "no"})
    card = mi.bounds(assessment)
    assert (card.lower, card.upper) == (expected, expected)
    assert mi.score(assessment).total == expected


def test_relative_weights_that_are_opened() -> None:
    one = under(dimension("d", indicator("a", 1), indicator("b", 1), rule=MEAN))
    card = mi.bounds(answered(one, levels={"a": 0, "b": 4}), mi.Admissible({"b": (1, 3)}))
    assert ends(card) == (Fraction(4, 2), Fraction(12, 4))


def test_factors_of_a_sum_that_are_opened() -> None:
    one = under(dimension("d", indicator("a", 1), indicator("b", 1), rule=SUM))
    card = mi.bounds(answered(one, levels={"a": 2, "b": 4}), mi.Admissible({"b": (1, 3)}))
    assert ends(card) == (Fraction(6), Fraction(14))


def test_measures_by_a_scale_stand_beside_open_weights() -> None:
    falling = mi.GoalpostScale(low=0, high=10, points_at_low=4, points_at_high=0, basis=ASSUMED)
    number = measure("m", None, minimum=0, maximum=10, decimals=1, scale=falling)
    one = under(open_mean("d", indicator("a", None), number))
    assert ends(mi.bounds(answered(one, levels={"a": 1}, measures={"m": "2.5"}))) == (1, 3)
    # Not given, it may be worth anything from 0 to 4.
    assert ends(mi.bounds(answered(one, levels={"a": 1}))) == (0, 4)


def test_doubles_below_open_weights_stand_for_their_decimals() -> None:
    geometric = mi.GeometricMean(basis=ASSUMED, floor=Fraction(1))
    below = dimension("e", *leaves("x", "y", weight=1), rule=geometric, weight=None)
    one = under(open_mean("d", below, indicator("a", None)))
    assessment = answered(one, levels={"x": 2, "y": 3, "a": 1})
    table = mi.bounds([assessment])
    assert not table.exact
    assert table.lower[0] == 1
    assert table.upper[0] == mi.score(assessment, mi.Given({"e": 10, "a": 0})).total
    halves = dimension(
        "f",
        *leaves("p", "q", weight=1),
        rule=mi.HarmonicMean(basis=ASSUMED, floor=Fraction(1)),
        weight=None,
    )
    rational = under(open_mean("d", halves, indicator("a", None)))
    card = mi.bounds(answered(rational, levels={"p": 2, "q": 3, "a": 1}))
    assert ends(card) == (Fraction(1), Fraction(12, 5))


def test_numbers_beyond_64_bits() -> None:
    parts = [indicator(f"i{place}", weight) for place, weight in enumerate((10**17, 10**17 - 3))]
    below = dimension("e", *parts, rule=MEAN, weight=None)
    fine = [measure(f"m{place}", weight, decimals=17) for place, weight in enumerate((10**15, 1))]
    other = dimension("f", *fine, rule=MEAN, weight=None)
    one = under(open_mean("d", below, other))
    assessment = answered(
        one, levels={"i0": 1, "i1": 2}, measures={"m0": "0.1", "m1": "0." + "3" * 17}
    )
    card = mi.bounds(assessment)
    first = Fraction(10**17 + 2 * (10**17 - 3), 2 * 10**17 - 3)
    second = (Fraction(1, 10) * 10**15 + Fraction("0." + "3" * 17)) / (10**15 + 1)
    assert ends(card) == (second, first)


def test_weights_open_under_a_rule_that_is_not_linear_are_refused() -> None:
    geometric = mi.GeometricMean(basis=ASSUMED, floor=Fraction(1), whole=Fraction(10))
    one = under(dimension("d", *leaves("a", "b"), rule=geometric))
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(answered(one, levels={"a": 1})))
    builders.check_fault(fault, "region-not-linear", "d", geometric.label, fault.allowed)


def test_the_sample_is_attained_by_its_weights() -> None:
    table = mi.bounds(mi.sample())
    for row in range(0, 546, 40):
        card = table[row]
        assert ends(card) == (table.lower[row], table.upper[row])
    assert np.array_equal(table.lower.known, table.upper.known)


def test_a_cap_that_depends_on_a_deduction_wants_it_known() -> None:
    below = dimension("e", indicator("a", 1), rule=MEAN, deductions=[measure("minus", None)])
    one = under(dimension("d", below, rule=MEAN, caps=[cap(1, "minus", 1)]))
    given = answered(one, levels={"a": 4}, measures={"minus": 1})
    assert ends(mi.bounds(given)) == (3, 3)
    assert ends(mi.bounds(answered(one, levels={"a": 4}, measures={"minus": 0}))) == (1, 1)
    open_one = answered(one, levels={"a": 4})
    fault = only_fault(mi.AssessmentError, lambda: mi.bounds(open_one))
    builders.check_fault(fault, "bounds-not-monotone", "minus", "minus")
    assert fault.agency == "A"


def test_fine_weights_do_not_overflow() -> None:
    hundred = WeightedMean(basis=ASSUMED, whole=Fraction(100))
    codes = [f"i{place}" for place in range(6)]
    one = under(dimension("d", *leaves(*codes), rule=hundred))
    levels = {code: place % 5 for place, code in enumerate(codes)}
    known = mi.Admissible({"i0": (Fraction(1, 40000000000000001), None)})
    card = mi.bounds(answered(one, levels=levels), known)
    assert ends(card) == (0, Fraction(4) - Fraction(4, 4000000000000000100))
    assert sum(card.upper_weights.values()) == 100


def test_many_fine_bonuses_do_not_overflow() -> None:
    bonuses = [measure(f"m{place}", None, maximum=Fraction(4), decimals=17) for place in range(30)]
    one = under(open_mean("d", *leaves("a", "b"), bonuses=bonuses))
    given = answered(one, levels={"a": 3, "b": 4}, measures={bonus.code: 4 for bonus in bonuses})
    assert ends(mi.bounds(given)) == (123, 124)
    assert mi.bounds([given]).rank_ranges == ((1, 1),)
