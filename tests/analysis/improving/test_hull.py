"""What it costs at least to gain so much, against all ways to choose whole options."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.analysis.improving.hull import Slopes, hull


@st.composite
def options(draw: st.DrawFn) -> list[tuple[list[int], list[int]]]:
    """Return the prices and gains of some units; the first option of each costs and gains none."""
    units = []
    for _ in range(draw(st.integers(0, 3))):
        more = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 5)), max_size=3))
        prices, gains = [0], [0]
        for price, gain in more:
            prices.append(prices[-1] + price)
            gains.append(gains[-1] + gain)
        units.append((prices, gains))
    return units


def test_corners_are_those_that_nothing_between_others_beats() -> None:
    assert hull([0, 1, 2], [0, 1, 2]) == [(2, 2, 2)]
    assert hull([0, 1, 3], [0, 2, 3]) == [(1, 1, 2), (2, 2, 1)]
    assert hull([0, 3, 4], [0, 1, 2]) == [(2, 4, 2)]
    assert hull([0, 2, 3, 9], [0, 1, 1, 2]) == [(1, 2, 1), (3, 7, 1)]
    assert hull([0, 1], [0, 0]) == []
    assert hull([0], [0]) == []


@pytest.mark.parametrize("factor", [1, 10**12, 10**20])
@given(options(), st.integers(-1, 15))
def test_no_way_to_choose_costs_less(
    factor: int, units: list[tuple[list[int], list[int]]], wanted: int
) -> None:
    large = [([price * factor for price in prices], gains) for prices, gains in units]
    slopes = Slopes.of(large)
    slope = [
        price / gain
        for price, gain in zip(slopes.prices.tolist(), slopes.gains.tolist(), strict=True)
    ]
    assert slope == sorted(slope)
    costs = [
        sum(units[unit][0][choice] for unit, choice in enumerate(choices)) * factor
        for choices in product(*(range(len(prices)) for prices, _ in units))
        if sum(units[unit][1][choice] for unit, choice in enumerate(choices)) >= wanted
    ]
    (least,), (possible,) = slopes.least().of(np.array([wanted]))
    assert bool(possible) == bool(costs)
    if costs:
        assert 0 <= least <= min(costs)
    most = sum(max(gains) for _, gains in units)
    (none,), (never,) = slopes.least().of(np.array([most + 1]))
    assert (int(none), bool(never)) == (0, False)


def test_parts_of_units_that_are_chosen_are_left_out() -> None:
    slopes = Slopes.of([([0, 1], [0, 1]), ([0, 3], [0, 1]), ([0, 2], [0, 1])])
    assert slopes.units.tolist() == [0, 2, 1]
    left = slopes.after(0)
    assert (left.units.tolist(), left.prices.tolist()) == ([2, 1], [2, 3])
    (least,), (possible,) = slopes.after(2).least().of(np.array([1]))
    assert (int(least), bool(possible)) == (0, False)
    (least,), (possible,) = slopes.after(2).least().of(np.array([0]))
    assert (int(least), bool(possible)) == (0, True)


def test_a_part_of_a_step_costs_a_part_of_its_price_rounded_up() -> None:
    slopes = Slopes.of([([0, 10], [0, 3])])
    costs, possible = slopes.least().of(np.array([0, 1, 2, 3, 4]))
    assert costs.tolist() == [0, 4, 7, 10, 0]
    assert possible.tolist() == [True, True, True, True, False]
    costs, possible = slopes.least().of(np.array([2**70], dtype=object))
    assert not possible[0]
