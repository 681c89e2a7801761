"""Rules that take their children one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    dimension,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from meritindex.definition import (
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Median,
    Minimum,
    MissingPolicy,
    PowerMean,
    Rounding,
    Rule,
    WeightedMean,
    WeightedSum,
    is_exact,
)

EXPONENTS = ("1", "-1", "2", "0.5", "-3", "100", "-100", "0.01")
POWERS = [PowerMean(basis=ASSUMED, exponent=exponent) for exponent in EXPONENTS]
TAKEN: list[Rule] = [
    GeometricMean(basis=ASSUMED),
    GeometricMean(basis=ASSUMED, floor="2.5"),
    HarmonicMean(basis=ASSUMED),
    HarmonicMean(basis=ASSUMED, floor="2.5"),
    *POWERS,
    PowerMean(basis=ASSUMED, exponent=2, floor="2.5"),
    Minimum(basis=ASSUMED),
    Median(basis=ASSUMED),
]
POINTS = ("1/7", "1/3", 1, 2, "5/2", 7)
LOGARITHM = GoalpostScale(
    low=1, high=10, logarithmic=True, points_at_low=1, points_at_high=4, basis=ASSUMED
)
UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy


def name_of(rule: object) -> str:
    return f"{type(rule).__name__} {getattr(rule, 'exponent', '')}"


def one_of(
    rule: Rule, count: int, policy: MissingPolicy = UNKNOWN, **root: object
) -> mi.Instrument:
    weights = [Fraction(place + 1, 3) if rule.weighted else None for place in range(count)]
    parts = [
        indicator(
            f"i{place}", weight, levels=levels(*POINTS), missing=policy, missing_basis=ASSUMED
        )
        for place, weight in enumerate(weights)
    ]
    return instrument(root=dimension("total_points", *parts, rule=rule, **root))


answers = st.lists(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 255]), min_size=4, max_size=4),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("rule", TAKEN, ids=name_of)
@given(rows=answers)
def test_what_is_computed_is_what_the_rule_says(rule: Rule, rows: list[list[int]]) -> None:
    one = one_of(rule, 4, DROP)
    found = mi.plan(one).score_levels(np.array(rows, dtype=np.uint8)).total
    assert found.exact is rule.exact is is_exact(one.root)
    for row, total in zip(rows, found, strict=True):
        counted = [place for place, level in enumerate(row) if level != 255]
        if not counted:
            assert total is None
            continue
        weights = [Fraction(place + 1, 3) for place in counted]
        points = [Fraction(POINTS[row[place]]) for place in counted]
        assert total == rule.combine(weights, points)


@pytest.mark.parametrize("rule", TAKEN, ids=name_of)
def test_a_row_alone_is_the_row_among_many_however_it_is_stored(rule: Rule) -> None:
    plan = mi.plan(one_of(rule, 4, DROP))
    rows = np.random.default_rng(7).choice([0, 1, 2, 3, 4, 5, 255], (20_000, 4)).astype(np.uint8)
    many = plan.score_levels(rows)
    spread = np.zeros((len(rows), 8), dtype=np.uint8)
    spread[:, ::2] = rows
    assert plan.score_levels(np.asfortranarray(rows)) == many
    assert plan.score_levels(spread[:, ::2]) == many
    assert plan.score_levels(rows[::-1]).total == many.total[::-1]
    for place in (0, 1, 16_383, 16_384, 19_999):
        assert plan.score_levels(rows[place : place + 1]).total[0] == many.total[place]


@pytest.mark.parametrize("rule", TAKEN, ids=name_of)
def test_what_weighs_nothing_does_not_count(rule: Rule) -> None:
    if not rule.weighted:
        return
    idle = indicator("idle", 0, levels=levels(-5, 0, 9))
    parts = (idle, indicator("i", 1, levels=levels(*POINTS)))
    found = mi.plan(instrument(root=dimension("total_points", *parts, rule=rule)))
    total = found.score_levels(np.array([[0, 5], [1, 5], [2, 5]], dtype=np.uint8)).total
    assert list(total) == [rule.combine([Fraction(1)], [Fraction(7)])] * 3


@pytest.mark.parametrize("rule", [*TAKEN, WeightedMean(basis=ASSUMED)], ids=name_of)
@pytest.mark.parametrize("digits", [None, 0, 4])
def test_a_dimension_of_which_nothing_counts_is_left_out(rule: Rule, digits: int | None) -> None:
    rounding = None if digits is None else Rounding(digits=digits, basis=ASSUMED)
    inner = dimension(
        "inner",
        *(
            indicator(
                code, 1 if rule.weighted else None, conditions=(when("g"),), levels=levels(*POINTS)
            )
            for code in ("i", "j")
        ),
        rule=rule,
        rounding=rounding,
    )
    beside = indicator("k", levels=levels(*POINTS))
    # Under a harmonic mean, the inner one is computed in Fractions or doubles throughout.
    for outer in (
        HarmonicMean(basis=ASSUMED),
        WeightedMean(basis=ASSUMED),
        PowerMean(basis=ASSUMED, exponent=-2),
    ):
        one = instrument(
            root=dimension("total_points", inner, beside, rule=outer), gates=(gate("g"),)
        )
        rows = np.array([[254, 254, 5], [4, 4, 4]], dtype=np.uint8)
        scores = mi.plan(one).score_levels(rows)
        assert scores.columns["inner"][0] is None
        assert float(scores.total[0]) == pytest.approx(7)
        if digits != 0:
            assert float(scores.total[1]) == pytest.approx(2.5)


@pytest.mark.parametrize("rule", [Minimum(basis=ASSUMED), Median(basis=ASSUMED)])
def test_what_does_not_count_stands_above_all_others_before_rounding(rule: Rule) -> None:
    # Rounded to whole numbers, 7 is small; in sixtieths it is not.
    rounding = Rounding(digits=0, basis=ASSUMED)
    one = one_of(rule, 3, DROP, rounding=rounding)
    found = mi.plan(one).score_levels(np.array([[255, 5, 255], [5, 255, 5]], dtype=np.uint8))
    assert list(found.total) == [7, 7]


def test_rules_over_numbers_that_are_not_exact() -> None:
    inexact = {
        "maximum": Fraction(10),
        "scale": LOGARITHM,
        "missing": DROP,
        "missing_basis": ASSUMED,
    }
    for rule in [*TAKEN, WeightedMean(basis=ASSUMED), WeightedSum(basis=ASSUMED)]:
        weights = (2, 3) if rule.weighted else (None, None)
        if not rule.reweighs:
            inexact = {key: value for key, value in inexact.items() if "missing" not in key}
        parts = (
            measure("m", weights[0], **inexact),
            indicator("i", weights[1], levels=levels(*POINTS)),
        )
        one = instrument(root=dimension("total_points", *parts, rule=rule))
        scores = mi.plan(one).score_levels(
            np.array([[2], [3]], dtype=np.uint8), {"m": ["3.5", None]}
        )
        assert not scores.total.exact
        value = LOGARITHM.points_of(Fraction("3.5"))
        expected = rule.combine([Fraction(2), Fraction(3)], [value, Fraction(1)])
        assert float(scores.total[0]) == pytest.approx(float(expected), rel=1e-14)
        if rule.reweighs:
            assert float(scores.total[1]) == pytest.approx(
                float(rule.combine([Fraction(3)], [Fraction(2)])), rel=1e-14
            )
        else:
            assert scores.total[1] is None


def test_fractions_under_sums_and_means() -> None:
    harmonic = dimension(
        "h",
        indicator("i", levels=levels(1, 2, 3)),
        indicator("j", levels=levels(1, 2, 3)),
        weight="1/7",
        rule=HarmonicMean(basis=ASSUMED),
    )
    beside = measure("m", "2/7", decimals=1, missing=ZERO, missing_basis=ASSUMED)
    rows, given_to = np.array([[0, 2], [1, 2]], dtype=np.uint8), {"m": ["0.3", None]}
    for rule, divisor in (
        (WeightedSum(basis=ASSUMED), Fraction(7)),
        (WeightedSum(basis=ASSUMED, whole=Fraction(3, 7)), Fraction(3)),
        (WeightedMean(basis=ASSUMED), Fraction(3)),
    ):
        root = dimension("total_points", harmonic, beside, rule=rule)
        total = mi.plan(instrument(root=root)).score_levels(rows, given_to).total
        assert total.exact
        assert list(total) == [
            (Fraction(3, 2) + Fraction("0.6")) / divisor,
            Fraction(12, 5) / divisor,
        ]


def test_points_at_the_floor_of_a_geometric_mean_may_be_entered() -> None:
    rule = mi.GeometricMean(basis=ASSUMED, floor="0.01")
    inner = dimension("x", indicator("a"), indicator("b"), rule=rule)
    one = instrument(inner)
    assert one.entry_range(inner) == (Fraction("0.01"), 4)
    low = mi.score(mi.Assessment(agency="Kota Malang", instrument=one, levels={"a": 0, "b": 0}))
    entered = mi.score(mi.Assessment(agency="Kota Malang", instrument=one, points={"x": "0.01"}))
    assert low.total == entered.total == Fraction("0.01")
