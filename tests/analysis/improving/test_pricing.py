"""Costs as integers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from builders import indicator, instrument, levels
from improve_builders import TWO
from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.pricing import pricing_of

COSTS = Costs(by_indicator={"a": "0,5", "b": {1: 0, 2: "1/3", 4: 2}})


def test_a_price_stands_for_a_cost() -> None:
    pricing = pricing_of(COSTS, TWO)
    assert [pricing.of_step(0, 0, level) for level in range(5)] == [
        Fraction(level, 2) for level in range(5)
    ]
    assert pricing.of_step(1, 0, 4) == Fraction(1, 3) + 2
    assert pricing.of_step(1, 2, 2) == 0
    assert np.argwhere(pricing.unnamed).tolist() == [[1, 3]]
    assert pricing.between(1, 2, 4).tolist()[0] == 0
    assert [pricing.cost(price) for price in pricing.between(1, 1, 2).tolist()] == [
        0,
        Fraction(1, 3),
    ]


def test_of_equal_costs_the_fewest_levels_have_the_lowest_price() -> None:
    pricing = pricing_of(Costs(default=0), TWO)
    prices = pricing.between(0, 0, 4).tolist()
    assert prices == sorted(set(prices))
    assert {pricing.cost(price) for price in prices} == {0}


def test_the_dearest_price_is_within_the_budget() -> None:
    pricing = pricing_of(COSTS, TWO)
    for budget in map(Fraction, ("0", "0.5", "5/6", "3", "100")):
        most = pricing.dearest_within(budget)
        assert pricing.cost(most) <= budget
        for low, high in ((0, 1), (0, 4), (1, 3)):
            for place in (0, 1):
                price = int(pricing.table[place, high] - pricing.table[place, low])
                assert (price <= most) == (pricing.of_step(place, low, high) <= budget)


def test_large_costs_are_kept_exactly() -> None:
    large = 10**18 - 1
    pricing = pricing_of(Costs(by_indicator={"a": large}, default=Fraction(1, 7)), TWO)
    assert pricing.of_step(0, 0, 4) == 4 * large
    assert pricing.of_step(1, 0, 4) == Fraction(4, 7)


def test_scales_may_begin_anywhere() -> None:
    rules = instrument(indicator("a", levels=levels(0, 1, first=3)), indicator("b"))
    pricing = pricing_of(Costs(default=2), rules)
    assert pricing.table.shape == (2, 5)
    assert (pricing.of_step(0, 3, 4), pricing.of_step(1, 0, 4)) == (2, 8)
    assert pricing_of(Costs(default=2), rules) is pricing
