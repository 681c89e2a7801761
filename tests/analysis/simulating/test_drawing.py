"""Draws from regions: within them, exactly uniform where that can be, and refused with a reason."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    check_fault,
    dimension,
    indicator,
    only_fault,
)
from meritindex.analysis.simulating import Around, DrawMethod
from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.drawing import draw_weights
from meritindex.analysis.simulating.limits import inside, limits_of
from meritindex.definition import Admissible, Dimension, Region, WeightedMean
from meritindex.errors import NumberError, WeightingError

WHOLE = WeightedMean(basis=ASSUMED, whole=100)


def root(*weights: object, rule: object = WHOLE) -> Dimension:
    codes = "abcdefgh"
    children = (indicator(code, weight) for code, weight in zip(codes, weights, strict=False))
    return dimension("r", *children, rule=rule)


def region(of: Dimension, **facts: object) -> Region:
    (found,) = Admissible(**facts).regions(of)
    return found


def check_within(found: Region, count: int = 2000, **arguments: object) -> np.ndarray:
    draws = draw_weights(Chance(3), found, count, **arguments)
    assert len(draws) == count
    assert inside(limits_of(found), draws.numbers, draws.unit).all()
    # Also by the exact arithmetic of the region itself.
    for draw in range(0, count, 500):
        assert tuple(draws.weights(draw).values()) in found.polytope
    return draws


def test_what_is_left_of_the_whole_is_shared_by_spacings() -> None:
    draws = check_within(region(root(10, None, None, None, 30)), 30_000)
    assert draws.method is DrawMethod.SPACINGS
    assert (draws.to_floats()[:, [0, 4]] == [10, 30]).all()
    shares = (draws.to_floats()[:, 1:4]) / 60
    assert np.abs(shares.mean(axis=0) - 1 / 3).max() < 0.01
    assert np.abs(shares.var(axis=0) - 1 / 18).max() < 0.002  # (1 / 3) * (2 / 3) / 4


def test_lower_ends_and_ends_that_bind_nothing_leave_spacings() -> None:
    draws = check_within(
        region(root(None, None, None), weights={"a": (10, None), "b": (None, 90)}), 20_000
    )
    assert draws.method is DrawMethod.SPACINGS
    assert np.abs(draws.to_floats().mean(axis=0) - [40, 30, 30]).max() < 1


def test_the_grid_is_fine_however_little_is_left() -> None:
    draws = check_within(region(root(Fraction("33.3"), Fraction("66.69"), None, None)))
    assert len(set(draws.numbers[:, 2].tolist())) > 1990


def test_without_a_whole_each_weight_is_drawn_by_itself() -> None:
    found = region(root(1, 1, 2, rule=MEAN), weights={"a": (1, 3), "b": (0, "0.5")})
    draws = check_within(found, 20_000)
    assert draws.method is DrawMethod.INDEPENDENT
    floats = draws.to_floats()
    assert (floats[:, 2] == 2).all()
    assert abs(floats[:, 0].mean() - 2) < 0.02
    assert abs(floats[:, 1].mean() - 0.25) < 0.01
    assert abs(np.corrcoef(floats[:, :2].T)[0, 1]) < 0.03


def test_facts_that_are_often_kept_are_kept_by_rejection() -> None:
    found = region(root(None, None, None), order=[("a", "b")])
    draws = check_within(found, 20_000)
    assert draws.method is DrawMethod.REJECTION
    assert np.abs(draws.to_floats().mean(axis=0) - [50, 50 / 3, 100 / 3]).max() < 0.6
    without = region(root(1, 1, rule=SUM), weights={"a": (0, 2), "b": (0, 2)}, order=[("a", "b")])
    draws = check_within(without, 20_000)
    assert draws.method is DrawMethod.REJECTION
    assert np.abs(draws.to_floats().mean(axis=0) - [4 / 3, 2 / 3]).max() < 0.02


def test_facts_that_are_rarely_kept_are_walked() -> None:
    found = region(root(*[None] * 6), order=[tuple("abcdef")])
    assert check_within(found).method is DrawMethod.WALK


@given(st.data())
def test_draws_keep_every_fact(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 5))
    true = data.draw(st.lists(st.integers(0, 20), min_size=size, max_size=size).filter(any))
    codes = "abcdefgh"[:size]
    weights = {
        code: (
            data.draw(st.none() | st.integers(0, value)),
            data.draw(st.none() | st.integers(value, 40)),
        )
        for code, value in zip(codes, true, strict=True)
        if data.draw(st.booleans())
    }
    ordered = sorted(codes, key=lambda code: -true[codes.index(code)])
    orders = [tuple(ordered[:2])] if data.draw(st.booleans()) else []
    sums = {}
    if size > 2 and data.draw(st.booleans()):
        total = true[0] + true[1]
        sums = {
            ("a", "b"): (data.draw(st.integers(0, total)), total + data.draw(st.integers(0, 3)))
        }
    rule = WeightedMean(basis=ASSUMED, whole=sum(true))
    found = region(root(*[None] * size, rule=rule), weights=weights, order=orders, sums=sums)
    if not found.is_point:
        check_within(found, 50)


# Around given weights


def around(weighting: object, concentration: object, **facts: object) -> Around:
    return Around(weighting, concentration, Admissible(**facts))


def test_draws_lie_around_given_weights() -> None:
    of = root(10, None, None, None)
    given_weights = mi.Given({"b": 20, "c": 25, "d": 45})
    found = around(given_weights, 50)
    draws = check_within(region(of), 30_000, around=found.centred(of))
    assert draws.method is DrawMethod.DIRICHLET
    floats = draws.to_floats()
    assert (floats[:, 0] == 10).all()
    assert np.abs(floats.mean(axis=0) - [10, 20, 25, 45]).max() < 0.3
    shares, total = np.array([20, 25, 45]) / 90, 45  # what is settled takes its part of 50
    deviations = 90 * np.sqrt(shares * (1 - shares) / (total + 1))
    assert np.abs(floats[:, 1:].std(axis=0) / deviations - 1).max() < 0.03


def test_draws_around_weights_keep_what_is_known() -> None:
    of = root(None, None, None)
    found = around(mi.Given({"a": 50, "b": 30, "c": 20}), 10, order=[("a", "b")])
    draws = check_within(region(of, order=[("a", "b")]), around=found.centred(of))
    assert (draws.numbers[:, 0] >= draws.numbers[:, 1]).all()


def test_without_a_whole_draws_add_up_to_what_is_given() -> None:
    of = root(1, 3, 1, rule=MEAN)
    facts = {"weights": {"a": (0, 9), "b": (1, 9)}}
    found = around(mi.Stated(), 20, **facts)
    draws = check_within(region(of, **facts), around=found.centred(of))
    assert (draws.numbers.sum(axis=1) * draws.unit == 5).all()
    assert (draws.to_floats()[:, 2] == 1).all()


def test_weights_far_from_what_is_known_are_refused() -> None:
    of = root(None, None, None)
    found = around(mi.Given({"a": 98, "b": 1, "c": 1}), 1000, weights={"a": (0, 5)})
    refused = only_fault(
        WeightingError,
        lambda: draw_weights(Chance(0), region(of, weights={"a": (0, 5)}), 10, found.centred(of)),
    )
    check_fault(refused, "around-outside", "r", "r", "1000")


@pytest.mark.parametrize(
    ("weights", "given_weights"),
    [
        ((None, None, 100), {"a": 0, "b": 0, "c": 100}),  # nothing to lie around
        ((1, 1, 5), {"a": 0, "b": 0, "c": 1}),
    ],
)
def test_around_nothing_there_are_no_weights(
    weights: tuple[object, ...], given_weights: dict[str, int]
) -> None:
    whole = weights[0] is None
    of = root(*weights, rule=WHOLE if whole else MEAN)
    facts = (
        {"weights": {"c": (0, 100), "a": (0, 9), "b": (1, 9)}}
        if whole
        else {"weights": {"a": (0, 9), "b": (1, 9)}}
    )
    found = around(mi.Given(given_weights), 5, **facts)
    refused = only_fault(
        WeightingError,
        lambda: draw_weights(Chance(0), region(of, **facts), 10, found.centred(of)),
    )
    check_fault(refused, "around-outside", "r", "r")


def test_concentrations_must_be_above_zero() -> None:
    refused = only_fault(WeightingError, lambda: Around(mi.EqualRemainder(), 0))
    check_fault(refused, "concentration-not-positive", "0", "0")
    assert only_fault(NumberError, lambda: Around(mi.EqualRemainder(), "x")).code == "not-a-number"


def test_a_distribution_around_weights_has_a_label() -> None:
    found = Around(mi.EqualRemainder(), "12,5")
    assert found.name == "around"
    assert "12.5" in found.label.en
    assert mi.EqualRemainder().label.id in found.label.id
    assert Admissible().label.en in found.label.en


@pytest.mark.parametrize(
    ("scattered", "digits"), [(False, 15), (False, 16), (True, 14), (True, 16)]
)
def test_limits_that_are_too_fine_are_refused(*, scattered: bool, digits: int) -> None:
    of = root(None, None, None)
    facts = {"weights": {"a": (10, Fraction(20 * 10**digits + 1, 10**digits))}}
    found = around(mi.EqualRemainder(), 5, **facts).centred(of) if scattered else None
    refused = only_fault(
        WeightingError, lambda: draw_weights(Chance(0), region(of, **facts), 10, found)
    )
    check_fault(refused, "region-too-fine", "r", "r")


def test_seeds_decide() -> None:
    found = region(root(None, None, None))
    one, other = (draw_weights(Chance(seed), found, 10) for seed in (1, 2))
    assert one == draw_weights(Chance(1), found, 10)
    assert one != other
