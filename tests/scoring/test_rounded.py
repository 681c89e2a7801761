"""Rounding arrays."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
import oracle
from builders import ASSUMED, dimension, indicator, instrument, levels, measure
from meritindex.definition import HarmonicMean, PowerMean, Rounding, RoundingMode
from meritindex.scoring.rounded import rounded


@pytest.mark.parametrize("kind", [np.int32, np.int64, object])
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (RoundingMode.HALF_UP, [-2, -1, 0, 1, 2, 3, 1, 1]),
        (RoundingMode.HALF_EVEN, [-2, -2, 0, 0, 2, 2, 1, 0]),
        (RoundingMode.DOWN, [-3, -2, -1, 0, 1, 2, 0, 0]),
        (RoundingMode.UP, [-2, -1, 0, 1, 2, 3, 1, 1]),
    ],
)
def test_rounding_by_hand(mode: RoundingMode, expected: list[int], kind: type) -> None:
    # -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.6 and 0.5 again, over 10
    numerators = np.array([-25, -15, -5, 5, 15, 25, 6, 5], dtype=kind)
    rounding = Rounding(digits=0, basis=ASSUMED, mode=mode)
    assert rounded(numerators, 10, rounding).tolist() == expected
    # What lies on the grid stays there, and a finer grid changes nothing.
    fine = Rounding(digits=3, basis=ASSUMED, mode=mode)
    assert rounded(numerators, 10, fine).tolist() == [value * 100 for value in numerators]


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_unsigned_numbers_round_as_signed_ones_do(mode: RoundingMode) -> None:
    rounding = Rounding(digits=1, basis=ASSUMED, mode=mode)
    numerators = np.arange(0, 400, dtype=np.uint16)
    found = rounded(numerators, 40, rounding)
    expected = [oracle.rounded(Fraction(int(one), 40), rounding) for one in numerators]
    assert [Fraction(int(one), 10) for one in found] == expected


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_fractions_round_as_integers_do(mode: RoundingMode) -> None:
    rounding = Rounding(digits=1, basis=ASSUMED, mode=mode)
    values = [Fraction(number, 60) for number in range(-130, 130)]
    found = rounded(np.array(values, dtype=object), 1, rounding)
    assert [Fraction(one, 10) for one in found] == [oracle.rounded(one, rounding) for one in values]
    assert {type(one) for one in found} == {int}


@pytest.mark.parametrize("mode", list(RoundingMode))
@pytest.mark.parametrize(
    "rule", [HarmonicMean(basis=ASSUMED), PowerMean(basis=ASSUMED, exponent=2)]
)
def test_a_mean_is_rounded_as_the_definition_says(
    rule: mi.definition.Rule, mode: RoundingMode
) -> None:
    rounding = Rounding(digits=2, basis=ASSUMED, mode=mode)
    parts = [indicator(code, levels=levels(*range(1, 9))) for code in ("i", "j")]
    root = dimension("total_points", *parts, rule=rule, rounding=rounding)
    answers = np.array([[a, b] for a in range(8) for b in range(8)], dtype=np.uint8)
    scores = mi.plan(instrument(root=root)).score_levels(answers)
    for (first, second), total in zip(answers.tolist(), scores.total, strict=True):
        mean = rule.combine([Fraction(1)] * 2, [Fraction(first + 1), Fraction(second + 1)])
        assert total == rounding.round(mean)
    assert scores.total.exact is rule.exact


def test_a_double_is_rounded_as_its_shortest_decimal() -> None:
    # 0.285 as a double lies below 285/1000, and yet is what 0.285 stands for.
    scale = mi.definition.GoalpostScale(
        low=1, high=10, logarithmic=True, points_at_low="0.285", points_at_high=2, basis=ASSUMED
    )
    root = dimension(
        "total_points",
        measure("m", maximum=Fraction(10), scale=scale),
        rounding=Rounding(digits=2, basis=ASSUMED),
        decimals=2,
    )
    scores = mi.plan(instrument(root=root)).score_levels(np.zeros((1, 0), np.uint8), {"m": [1]})
    assert scores.total[0] == Fraction("0.29")
