"""Rules and scales with the numbers filled in."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, dimension, figure, indicator, instrument, measure
from meritindex.definition import (
    Cap,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rounding,
    Rule,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
    is_exact,
)
from meritindex.scoring.formulas import Filled, approximate, formula, scale_formula, shown


def written(rule: Rule, pairs: list[tuple[object, object]], **fields: object) -> tuple[str, str]:
    """Return the formula of a dimension with these weights and points in both languages."""
    more = {key: fields.pop(key) for key in ("bonuses", "deductions", "ceilings") if key in fields}
    weights = [Fraction(weight) for weight, _ in pairs]
    points = [None if value is None else Fraction(value) for _, value in pairs]
    parts = [
        indicator(f"i{n}", weight if rule.weighted else None) for n, weight in enumerate(weights)
    ]
    node = dimension("d", *parts, rule=rule, **fields)
    found = None
    if None not in points:
        found = rule.combine(weights, points)
        if node.rounding is not None:
            found = node.rounding.round(found)
    filled = Filled(
        dimension=node,
        children=tuple(zip(weights, points, strict=True)),
        **({"bonuses": (), "deductions": (), "ceilings": ()} | more),
        points=found,
        exact=is_exact(node),
    )
    text = formula(filled)
    assert text is not None
    return text.en, text.id


@pytest.mark.parametrize(
    ("rule", "pairs", "expected"),
    [
        (WeightedSum(basis=ASSUMED), [(2, 3), ("0.5", 4)], "2 × 3 + 0.5 × 4 = 8"),
        (
            WeightedSum(basis=ASSUMED, whole=3),
            [(1, 3), (2, 4)],
            "(1 × 3 + 2 × 4) / 3 = 11/3 ≈ 3.666667",
        ),
        (WeightedMean(basis=ASSUMED), [(1, 3), (1, 4)], "(3 + 4) / 2 = 3.5"),
        (HarmonicMean(basis=ASSUMED), [(1, 3), (2, 4)], "3 / (1/3 + 2/4) = 3.6"),
        (GeometricMean(basis=ASSUMED), [(1, 1), (1, 4)], "(1 × 4)^(1/2) = 2"),
        (GeometricMean(basis=ASSUMED), [(1, 16), (3, 1)], "(16^1 × 1^3)^(1/4) = 2"),
        (PowerMean(basis=ASSUMED, exponent=1), [(1, 2), (1, 4)], "((2^1 + 4^1) / 2)^(1/1) = 3"),
        (
            PowerMean(basis=ASSUMED, exponent=-1),
            [(1, 3), (2, 4)],
            "((1 × 3^(-1) + 2 × 4^(-1)) / 3)^(1/(-1)) = 3.6",
        ),
        # What is below the floor counts as the floor.
        (HarmonicMean(basis=ASSUMED, floor="0.5"), [(1, 0), (1, 2)], "2 / (1/0.5 + 1/2) = 0.8"),
        (HarmonicMean(basis=ASSUMED), [(1, "1/3"), ("2/3", 2)], "5/3 / (1/(1/3) + (2/3)/2) = 0.5"),
        (Minimum(basis=ASSUMED), [(1, 3), (1, "0.5")], "min(3; 0.5) = 0.5"),
        (Median(basis=ASSUMED), [(1, 3), (1, 4)], "median(3; 4) = 3.5"),
        (Minimum(basis=ASSUMED), [(1, None), (1, 4)], "min(?; 4) = ?"),
    ],
)
def test_every_rule_with_its_numbers(
    rule: Rule, pairs: list[tuple[object, object]], expected: str
) -> None:
    assert written(rule, pairs) == (expected, expected.replace(".", ","))


def test_floor_caps_and_rounding_are_steps() -> None:
    rule = WeightedMean(basis=ASSUMED)
    assert written(rule, [(1, 1)], floor=figure(2))[0] == "1 = 1 → at least 2"
    assert written(
        rule, [(1, 4)], caps=(Cap(maximum=3, basis=ASSUMED),), ceilings=(Fraction(3),)
    ) == (
        "4 = 4 → at most 3",
        "4 = 4 → paling banyak 3",
    )
    thirds = [(1, 1), (2, 2)]
    rounding = Rounding(digits=2, basis=ASSUMED)
    assert written(rule, thirds, rounding=rounding, decimals=2)[0] == (
        "(1 × 1 + 2 × 2) / 3 = 5/3 ≈ 1.666667 → 1.67"
    )
    # What is not exact is no fraction of many digits.
    inexact = written(GeometricMean(basis=ASSUMED), [(1, 1), (1, 2)], rounding=rounding, decimals=2)
    assert inexact[0] == "(1 × 2)^(1/2) ≈ 1.414213562 → 1.41"


def test_bonuses_and_deductions_stand_behind_the_rule() -> None:
    text, _ = written(
        WeightedMean(basis=ASSUMED),
        [(1, None)],
        bonuses=(Fraction(1, 2), None),
        deductions=(Fraction(1, 4),),
    )
    assert text == "? + 0.5 + ? − 0.25 = ?"


def test_nothing_has_no_formula() -> None:
    nothing = Filled(
        dimension=dimension("d"),
        children=(),
        bonuses=(),
        deductions=(),
        ceilings=(),
        points=None,
        exact=True,
    )
    assert formula(nothing) is None
    assert scale_formula(measure("m"), Fraction(1), Fraction(1)) is None
    assert shown(None, "en") == approximate(None, "en") == "?"


@pytest.mark.parametrize(
    ("scale", "value", "expected"),
    [
        ({"low": 0, "high": 4}, "1", "(1 − 0) / (4 − 0) = 0.25"),
        ({"low": 0, "high": 4}, "9", "9 → 4; (4 − 0) / (4 − 0) = 1"),
        ({"low": 0, "high": 4, "capped": False}, "9", "(9 − 0) / (4 − 0) = 2.25"),
        (
            {"low": 0, "high": 4, "points_at_low": 1, "points_at_high": 3},
            "1",
            "1 + 2 × (1 − 0) / (4 − 0) = 1.5",
        ),
        ({"low": 1, "high": 100, "logarithmic": True}, "1", "(ln 1 − ln 1) / (ln 100 − ln 1) = 0"),
    ],
)
def test_goalposts_with_their_numbers(scale: dict[str, object], value: str, expected: str) -> None:
    posts = GoalpostScale(**scale, basis=ASSUMED)
    one = measure("m", maximum=Fraction(10), scale=posts)
    text = scale_formula(one, Fraction(value), one.points_of(Fraction(value)))
    assert text is not None
    assert (text.en, text.id) == (expected, expected.replace(".", ","))


def test_thresholds_with_their_numbers() -> None:
    steps = [
        Step(points=0),
        Step(points=1, start="0.7"),
        Step(points=2, start="0.9", inclusive=False),
    ]
    one = measure("m", scale=ThresholdScale(steps=steps, basis=ASSUMED))
    for value, expected in (("0.5", "0.5 → 0"), ("0.7", "0.7 ≥ 0.7 → 1"), ("1", "1 > 0.9 → 2")):
        text = scale_formula(one, Fraction(value), one.points_of(Fraction(value)))
        assert text is not None
        assert text.en == expected


def test_exact_posts_are_shown_exactly() -> None:
    scale = mi.GoalpostScale(low=20, high=85, basis=ASSUMED)
    life = measure("life", minimum=0, maximum=120, scale=scale)
    text = scale_formula(life, Fraction(50), life.points_of(Fraction(50)))
    assert text == mi.Text.same("(50 − 20) / (85 − 20) = 6/13")
    uneven = attrs.evolve(life, scale=attrs.evolve(scale, logarithmic=True))
    text = scale_formula(uneven, Fraction(50), uneven.points_of(Fraction(50)))
    assert text is not None
    assert text.en == "(ln 50 − ln 20) / (ln 85 − ln 20) ≈ 0.63327024"


def test_what_is_below_zero_stands_in_brackets() -> None:
    below = {"minimum": Fraction(-2), "maximum": Fraction(0)}
    one = instrument(
        root=dimension(
            "t",
            measure("a", **below),
            measure("b", **below),
            weight=None,
            bonuses=(measure("c", None, **below),),
            deductions=(measure("d", None, **below),),
        )
    )
    answered = mi.Assessment(
        agency=mi.Agency(name="A"),
        instrument=one,
        measures={"a": "-1", "b": "-2", "c": "-0.5", "d": "-0.5"},
    )
    formula = mi.score(answered).explain().formula
    assert formula is not None
    assert formula.en == "(-1) + (-2) + (-0.5) − (-0.5) = -3"
