"""How a dimension combines its children."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASSUMED, check_fault, only_fault
from meritindex.definition import (
    Compensation,
    GeometricMean,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rule,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.rules import allows, from_double, weight_sum_faults
from meritindex.errors import DefinitionError

weights = st.lists(st.fractions(0, 100, max_denominator=60), min_size=1, max_size=6)


class TestWeightedSum:
    @given(weights)
    def test_without_a_whole_a_factor_is_the_weight(self, given_weights: list[Fraction]) -> None:
        assert WeightedSum(basis=ASSUMED).factors(given_weights) == tuple(given_weights)

    @given(weights, st.sampled_from([1, 4, 100]))
    def test_with_a_whole_a_factor_is_the_share_of_it(
        self, given_weights: list[Fraction], whole: int
    ) -> None:
        factors = WeightedSum(basis=ASSUMED, whole=Fraction(whole)).factors(given_weights)
        assert [factor * whole for factor in factors] == given_weights

    def test_of_nothing_there_are_no_factors(self) -> None:
        assert WeightedSum(basis=ASSUMED).factors([]) == ()


class TestWeightedMean:
    @given(weights.filter(any), st.sampled_from([None, Fraction(1), Fraction(100)]))
    def test_factors_are_in_proportion_and_add_up_to_one(
        self, given_weights: list[Fraction], whole: Fraction | None
    ) -> None:
        factors = WeightedMean(basis=ASSUMED, whole=whole).factors(given_weights)
        assert sum(factors) == 1
        assert [factor * sum(given_weights) for factor in factors] == given_weights

    @given(st.integers(1, 10), st.fractions("1/100", 100))
    def test_equal_weights_give_the_plain_mean(self, count: int, weight: Fraction) -> None:
        assert set(WeightedMean(basis=ASSUMED).factors([weight] * count)) == {Fraction(1, count)}


# The means and the rules without weights

GEOMETRIC, HARMONIC = GeometricMean(basis=ASSUMED), HarmonicMean(basis=ASSUMED)
MINIMUM, MEDIAN = Minimum(basis=ASSUMED), Median(basis=ASSUMED)
ARITHMETIC = WeightedMean(basis=ASSUMED)
SUM = WeightedSum(basis=ASSUMED)
POWERS = tuple(
    PowerMean(exponent=p, basis=ASSUMED) for p in ("-100", "-1", "0.01", "1", "2", "100")
)
EVERY_RULE = (SUM, ARITHMETIC, GEOMETRIC, HARMONIC, *POWERS, MINIMUM, MEDIAN)

positive = st.fractions("1/60", 100, max_denominator=60)
weighed = st.lists(st.tuples(positive, positive), min_size=1, max_size=6)


def split(pairs: list[tuple[Fraction, Fraction]]) -> tuple[list[Fraction], list[Fraction]]:
    return [weight for weight, _ in pairs], [points for _, points in pairs]


def power(exponent: int | str) -> PowerMean:
    return PowerMean(exponent=exponent, basis=ASSUMED)


def test_what_is_true_of_each_rule() -> None:
    found = [
        (rule.exact, rule.linear, rule.weighted, rule.reweighs, rule.compensation.value)
        for rule in (SUM, ARITHMETIC, GEOMETRIC, HARMONIC, power(2), MINIMUM, MEDIAN)
    ]
    assert found == [
        (True, True, True, False, "full"),
        (True, True, True, True, "full"),
        (False, False, True, True, "partial"),
        (True, False, True, True, "partial"),
        (False, False, True, True, "partial"),
        (True, False, False, True, "none"),
        (True, False, False, True, "partial"),
    ]
    assert [power(one).exact for one in (1, -1, 2, "0.5", "-2")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    labels = {rule.label for rule in EVERY_RULE}
    assert len(labels) == len({rule.formula for rule in EVERY_RULE}) == 7
    assert all(label.id and label.en for label in labels)
    assert {one.label.id for one in Compensation} == {"penuh", "sebagian", "tidak ada"}
    assert {one.label.en for one in Compensation} == {"full", "partial", "none"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SUM, "41/2"),  # 1 x 1/2 + 2 x 4 + 3 x 4
        (WeightedSum(basis=ASSUMED, whole=6), "41/12"),
        (ARITHMETIC, "41/12"),
        (HARMONIC, "24/13"),  # 6 / (1/(1/2) + 2/4 + 3/4)
        (power(-1), "24/13"),
        (power(1), "41/12"),
        (MINIMUM, "1/2"),
        (MEDIAN, 4),
    ],
)
def test_exact_rules_by_hand(rule: Rule, expected: str | int) -> None:
    weights = [Fraction(1), Fraction(2), Fraction(3)]
    points = [Fraction(1, 2), Fraction(4), Fraction(4)]
    assert rule.combine(weights, points) == Fraction(expected)


def test_rules_that_are_not_rational_by_hand() -> None:
    weights, points = [Fraction(1), Fraction(3)], [Fraction(16), Fraction(1)]
    assert float(GEOMETRIC.combine(weights, points)) == pytest.approx(2, rel=1e-15)
    assert float(power(2).combine(weights, points)) == pytest.approx((259 / 4) ** 0.5, rel=1e-15)
    assert float(power("0.5").combine(weights, points)) == pytest.approx(49 / 16, rel=1e-15)
    assert float(power(-2).combine(weights, points)) == pytest.approx(
        (4 / (1 / 256 + 3)) ** 0.5, rel=1e-15
    )


def test_the_median_of_an_even_number_lies_midway() -> None:
    assert MEDIAN.combine([], [Fraction(9), Fraction(1), Fraction(2), Fraction(4)]) == 3
    assert MEDIAN.combine([], [Fraction(7)]) == 7


@given(weighed)
def test_the_means_stand_in_their_order(pairs: list[tuple[Fraction, Fraction]]) -> None:
    weights, points = split(pairs)
    harmonic, arithmetic = (rule.combine(weights, points) for rule in (HARMONIC, ARITHMETIC))
    assert min(points) <= harmonic <= arithmetic <= max(points)
    ordered = [
        min(points),
        power(-100).combine(weights, points),
        harmonic,
        GEOMETRIC.combine(weights, points),
        arithmetic,
        power(2).combine(weights, points),
        power(100).combine(weights, points),
        max(points),
    ]
    for less, more in pairwise(map(float, ordered)):
        assert less <= more * (1 + 1e-12)


@given(weighed, st.sampled_from(EVERY_RULE), st.data())
def test_no_rule_falls_where_points_rise(
    pairs: list[tuple[Fraction, Fraction]], rule: Rule, data
) -> None:
    weights, points = split(pairs)
    place = data.draw(st.integers(0, len(points) - 1))
    raised = [*points]
    raised[place] += data.draw(st.fractions(0, 50, max_denominator=20))
    before, after = rule.combine(weights, points), rule.combine(weights, raised)
    assert before <= after if rule.exact else float(before) <= float(after) * (1 + 1e-12)


@given(weighed, st.sampled_from([GEOMETRIC, HARMONIC, *POWERS, ARITHMETIC]), positive)
def test_only_the_proportions_of_weights_matter(
    pairs: list[tuple[Fraction, Fraction]], rule: Rule, factor: Fraction
) -> None:
    weights, points = split(pairs)
    scaled = rule.combine([weight * factor for weight in weights], points)
    assert float(scaled) == pytest.approx(float(rule.combine(weights, points)), rel=1e-12)


@pytest.mark.parametrize("rule", [GEOMETRIC, HARMONIC, *POWERS])
def test_what_weighs_nothing_is_not_looked_at(rule: Rule) -> None:
    weights = [Fraction(0), Fraction(2)]
    assert float(rule.combine(weights, [Fraction(0), Fraction(3)])) == pytest.approx(3, rel=1e-15)


@pytest.mark.parametrize("rule", [GEOMETRIC, HARMONIC, *POWERS])
def test_of_a_zero_the_limit_is_returned(rule: Rule) -> None:
    weights = [Fraction(1), Fraction(1)]
    mean = rule.combine(weights, [Fraction(0), Fraction(4)])
    assert (mean > 0) is rule.zero_allowed
    assert rule.combine(weights, [Fraction(0), Fraction(0)]) == 0
    assert allows(rule, Fraction(0)) is rule.zero_allowed
    assert allows(rule, Fraction(1, 1000))
    assert not allows(rule, Fraction(-1))


@pytest.mark.parametrize("kind", [GeometricMean, HarmonicMean, power])
def test_below_a_floor_points_count_as_the_floor(kind) -> None:
    rule = power(2) if kind is power else kind(basis=ASSUMED)
    floored = attrs.evolve(rule, floor="0.25")
    weights = [Fraction(1), Fraction(2)]
    for low in ("-3", "0", "0.1", "0.25"):
        assert allows(floored, Fraction(low))
        assert floored.combine(weights, [Fraction(low), Fraction(1)]) == rule.combine(
            weights, [Fraction(1, 4), Fraction(1)]
        )
    assert floored.combine(weights, [Fraction(1), Fraction(2)]) == rule.combine(
        weights, [Fraction(1), Fraction(2)]
    )


@pytest.mark.parametrize("exponent", ["-100", "-3", "0.01", "3", "100"])
@pytest.mark.parametrize("size", ["0.000000000000000001", "999999999999999999"])
def test_no_power_leaves_the_range_of_doubles(exponent: str, size: str) -> None:
    points = [Fraction(size), Fraction(size) / 10**9, Fraction(size)]
    found = float(power(exponent).combine([Fraction(1)] * 3, points))
    assert 0 < found <= float(Fraction(size)) * (1 + 1e-12)


@pytest.mark.parametrize("exponent", ["0", "0.009", "-0.009", "100.1", "-101"])
def test_an_exponent_outside_its_range(exponent: str) -> None:
    fault = only_fault(DefinitionError, lambda: power(exponent))
    check_fault(fault, "rule-exponent", None, exponent, "100", "0.01")


@pytest.mark.parametrize("kind", [WeightedSum, WeightedMean, GeometricMean, HarmonicMean, power])
@pytest.mark.parametrize("value", ["0", "-1"])
def test_a_whole_and_a_floor_are_above_zero(kind, value: str) -> None:
    fields = {"exponent": 2} if kind is power else {}
    make = PowerMean if kind is power else kind
    fault = only_fault(DefinitionError, lambda: make(basis=ASSUMED, whole=value, **fields))
    check_fault(fault, "rule-whole", None, value)
    if make not in {WeightedSum, WeightedMean}:
        fault = only_fault(DefinitionError, lambda: make(basis=ASSUMED, floor=value, **fields))
        check_fault(fault, "rule-floor", None, value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_stands_for_its_shortest_decimal(value: float) -> None:
    assert float(from_double(value)) == value
    assert from_double(0.1) == Fraction(1, 10)
    assert from_double(1e-7) == Fraction(1, 10**7)


@pytest.mark.parametrize(
    ("rule", "total", "some_open", "codes"),
    [
        (None, 3, False, []),
        (GeometricMean(basis=ASSUMED, whole=100), 90, False, ["weights-dont-add-up"]),
        (GeometricMean(basis=ASSUMED, whole=100), 90, True, []),
        (GeometricMean(basis=ASSUMED, whole=100), 110, True, ["weights-dont-add-up"]),
        (HARMONIC, 0, False, ["weights-all-zero"]),
        (HARMONIC, 0, True, []),
        (SUM, 0, False, []),
        (MINIMUM, 0, False, []),
    ],
)
def test_what_weights_may_add_up_to(
    rule: Rule | None, total: int, some_open: bool, codes: list[str]
) -> None:
    found = list(weight_sum_faults(rule, "d1", Fraction(total), some_open=some_open))
    assert [code for code, _ in found] == codes
    for _, message in found:
        assert "d1" in message.id
        assert "d1" in message.en


@pytest.mark.parametrize("value", ["0.01", "0.001", "0.07", "0.3", "7"])
def test_a_mean_of_equal_numbers_is_that_number_also_in_doubles(value: str) -> None:
    points = [Fraction(value)] * 3
    weights = [Fraction(1), Fraction(2), Fraction("0.7")]
    for rule in (
        GeometricMean(basis=ASSUMED),
        PowerMean(exponent=2, basis=ASSUMED),
        PowerMean(exponent="-0.5", basis=ASSUMED),
    ):
        assert rule.combine(weights, points) == Fraction(value)
