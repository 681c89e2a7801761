"""What an answer may be by itself: the ends of measures, wide numbers, what lies under entries."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

import meritindex as mi
from builders import dimension, indicator, instrument, measure
from meritindex.analysis.lint.attainable import measured
from meritindex.analysis.open_answers import (
    LevelEnds,
    entry_ends,
    measure_ends,
    under_entries,
    worst_and_best,
)
from meritindex.assessment.trust import AnswerPolicy
from meritindex.definition import GoalpostScale, Measure, Step, ThresholdScale
from meritindex.testing.parts import BASIS, measure_forms

ANY = AnswerPolicy()


def steps(*pairs: tuple[int, int | str | None], inclusive: bool = True) -> ThresholdScale:
    """Return a scale of steps, each with its points and its start."""
    return ThresholdScale(
        steps=[Step(points=worth, start=start, inclusive=inclusive) for worth, start in pairs],
        basis=BASIS,
    )


SCALES = [
    (None, (0, 100)),
    (GoalpostScale(low=0, high=1, basis=BASIS), (0, 100)),
    (GoalpostScale(low=0, high=1, points_at_low=2, basis=BASIS), (100, 0)),
    (GoalpostScale(low="0.1", high=1, logarithmic=True, basis=BASIS), (0, 100)),
    # Where all are worth the same, the ends are those of the values.
    (GoalpostScale(low=5, high=6, basis=BASIS), (0, 100)),
    (steps((3, None), (3, "0.5")), (0, 100)),
    (steps((0, None), (1, "0.505")), (0, 100)),
    (steps((1, None), (0, "0.505"), (2, "0.7")), (51, 100)),
    (steps((1, None), (0, "0.5"), (2, "0.7")), (50, 100)),
    (steps((1, None), (0, "0.5"), (2, "0.7"), inclusive=False), (51, 100)),
    (steps((1, None), (3, "0.5"), (2, "0.7"), inclusive=False), (0, 70)),
    (
        ThresholdScale(
            steps=[
                Step(points=1),
                Step(points=0, start="0.5", inclusive=False),
                Step(points=2, start="0.7"),
            ],
            basis=BASIS,
        ),
        (51, 100),
    ),
    # No value reaches the step that is worth most.
    (steps((1, None), (3, "0.501"), (2, "0.509")), (0, 100)),
    # Nor one that is worth least: all lie above it.
    (steps((0, None), (1, -1), (2, "0.5")), (0, 50)),
]


@pytest.mark.parametrize(("scale", "ends"), SCALES)
def test_the_values_that_are_worth_least_and_most(scale: object, ends: tuple[int, int]) -> None:
    plain, taken_off = measure("plain", scale=scale), measure("off", None, scale=scale)
    rules_of = instrument(
        dimension("a", plain, deductions=(taken_off,), bonuses=(measure("on", None, scale=scale),))
    )
    found = {each.code: worst_and_best(rules_of, each) for each in rules_of.measures}
    assert found["plain"] == found["on"]
    worth = [plain.points_of(Fraction(value, 100)) for value in found["plain"]]
    assert worth == [plain.points_of(Fraction(value, 100)) for value in ends]
    assert found["off"] == found["plain"][::-1]
    if scale is None or worth[0] == worth[1]:
        assert found["plain"] == ends


@given(measure_forms(logarithms=False))
def test_the_worst_and_the_best_are_attained_and_none_is_beyond(form: object) -> None:
    one: Measure = measure(
        "m",
        minimum=form.minimum,
        maximum=form.maximum,
        decimals=form.decimals,
        scale=form.scale,
    )
    values = [Fraction(value, 10**one.decimals) for value in worst_and_best(instrument(one), one)]
    assert all(one.minimum <= value <= one.maximum for value in values)
    assert values[0] != values[1]
    ends = [one.lowest, one.highest]
    if isinstance(one.scale, ThresholdScale):  # of which no value need reach every step
        reached = measured(one)
        ends = [reached.lowest, reached.highest]
    assert [one.points_of(value) for value in values] == ends


WIDE = [
    # Python's integers, of which 64 bits don't hold the distance, or only the ends; then numpy's.
    (-(10**9), 10**9, 12),
    (10**8, 10**8 + 10, 12),
    (-4, 4, 17),
]


@pytest.mark.parametrize(("low", "high", "decimals"), WIDE)
def test_numbers_beyond_64_bits(low: int, high: int, decimals: int) -> None:
    one = measure("m", minimum=low, maximum=high, decimals=decimals)
    rules_of = instrument(one, indicator("i"))
    many = mi.AssessmentSet.of(
        mi.Assessment(agency=name, instrument=rules_of, measures=measures)
        for name, measures in (("Kota Medan", {}), ("Aceh", {"m": high - 1}))
    )
    (ends,) = measure_ends(many, ANY, {})
    unit = 10**decimals
    assert ends.low.numerators.tolist() == [low * unit, (high - 1) * unit]
    assert ends.high.numerators.tolist() == [high * unit, (high - 1) * unit]
    drawn = ends.draw(np.random.default_rng(5), 4000)
    assert drawn.known.all()
    assert set(drawn.numerators[1::2].tolist()) == {(high - 1) * unit}
    values = drawn.numerators[::2].tolist()
    assert all(type(value) is int and low * unit <= value <= high * unit for value in values)
    quarters = np.bincount([int(4 * (v - low * unit) // ((high - low) * unit)) for v in values])
    assert (abs(quarters[:4] - 1000) < 6 * 750**0.5).all()
    # The last digits are drawn as well.
    assert len({value % 1000 for value in values}) > 900


def test_points_that_can_only_be_entered() -> None:
    rules_of = instrument(
        dimension("top", dimension("a", decimals=0), indicator("i"), decimals=0),
        dimension("b", maximum=mi.Figure("0.5", BASIS), decimals=0),
    )
    many = mi.AssessmentSet.of(
        mi.Assessment(agency=name, instrument=rules_of, points=points)
        for name, points in (("Kota Medan", {}), ("Aceh", {"top": 7}), ("Kota Binjai", {"a": 5}))
    )
    under = under_entries(many)
    assert {code: mask.tolist() for code, mask in under.items()} == {
        "a": [False, True, False],
        "i": [False, True, False],
    }
    found = {ends.node.code: ends for ends in entry_ends(many, ANY, under)}
    assert found.keys() == {"top", "a", "b"}
    assert found["top"].low == found["top"].high == many.entries["top"]
    assert found["a"].low.numerators.tolist() == [0, 0, 5]
    assert found["a"].high.numerators.tolist() == [100, 0, 5]
    assert found["a"].high.known.tolist() == [True, False, True]
    assert found["a"].open.tolist() == [True, False, False]
    # Of whole numbers up to a half there is but one.
    assert found["b"].high.known.all()
    assert not found["b"].open.any()
    assert found["b"].high.numerators.tolist() == [0, 0, 0]


def test_levels_without_what_does_not_apply() -> None:
    rules_of = instrument(indicator("i"), indicator("j"))
    many = mi.AssessmentSet.of(
        [mi.Assessment(agency="Kota Medan", instrument=rules_of, levels={"i": 3})]
    )
    ends = LevelEnds.of(many, ANY, {})
    assert ends.without(np.array([[False, False]])) is ends
    less = ends.without(np.array([[False, True]]))
    assert (less.low.tolist(), less.high.tolist()) == ([[3, 254]], [[3, 254]])
    assert less.without(np.array([[False, True]])) is less
    assert not less.open.any()
    for array in (less.low, less.high, less.open):
        assert not array.flags.writeable
