"""Weights that make sums and means the most, against every corner of the region."""

from __future__ import annotations

from fractions import Fraction
from itertools import product as every

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import builders
from meritindex.analysis.bounding.choosing import (
    most_mean,
    most_sum,
    product,
    scaled_weights,
    settled,
    vanishing,
)
from meritindex.definition import Admissible, Region, WeightedMean, WeightedSum

PERCENT = WeightedMean(basis=builders.ASSUMED, whole=Fraction(10))
FACTORS = WeightedSum(basis=builders.ASSUMED)


def region(facts: Admissible, rule: object = PERCENT, count: int = 4) -> Region:
    """Return the region of the weights of so many indicators."""
    weight = None if rule is PERCENT else 1
    children = [builders.indicator(f"i{place}", weight) for place in range(count)]
    (found,) = facts.regions(builders.dimension("d", *children, rule=rule))
    return found


REGIONS = {
    "all open": region(Admissible()),
    "intervals": region(Admissible({"i0": (1, 4), "i1": (None, 3), "i3": 2})),
    "order": region(Admissible(order=[("i0", "i1", "i2", "i3")])),
    "sums": region(Admissible(sums={("i0", "i1"): (2, 5), ("i1", "i2"): 4})),
    "mixed": region(
        Admissible({"i1": (1, None)}, order=[("i3", "i0")], sums={("i2", "i3"): (3, None)})
    ),
    "factors": region(Admissible({"i0": (0, 3), "i2": (1, 2)}), FACTORS),
}
POINTS = st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=1, max_size=6)
MASKS = st.lists(st.booleans(), min_size=4, max_size=4)


def corners(one: Region) -> set[tuple[Fraction, ...]]:
    """Return corners of a region: where it is extreme in many directions."""
    return {
        one.polytope.maximum(list(direction)).point
        for direction in every((-3, -1, 0, 2), repeat=len(one.codes))
    }


CORNERS = {name: corners(one) for name, one in REGIONS.items()}


def total(weights: tuple[Fraction, ...], points: list[int]) -> Fraction:
    return sum((weight * value for weight, value in zip(weights, points, strict=True)), Fraction(0))


@given(st.sampled_from(sorted(REGIONS)), POINTS)
def test_no_corner_has_a_greater_sum(name: str, rows: list[list[int]]) -> None:
    one = REGIONS[name]
    chosen = most_sum(one, np.array(rows))
    assert chosen.counted.all()
    for row, points in enumerate(rows):
        weights = chosen.of(row)
        assert weights in one.polytope
        assert total(weights, points) == max(total(each, points) for each in CORNERS[name])


@given(st.sampled_from(sorted(REGIONS)), POINTS, MASKS, MASKS)
def test_no_corner_has_a_greater_mean(
    name: str, rows: list[list[int]], here: list[bool], maybe: list[bool]
) -> None:
    one = REGIONS[name]
    present = np.array(here) & np.array([weight > 0 for weight in one.centre])
    if not present.any():
        return
    optional = np.array(maybe) & present
    chosen = most_mean(one, np.array(rows), present, optional)
    for row, points in enumerate(rows):
        weights, counted = chosen.of(row), chosen.counted[row].tolist()
        assert weights in one.polytope
        assert all(here or not counts for here, counts in zip(present, counted, strict=True))
        assert all(
            counts or not here or may
            for here, may, counts in zip(present, optional, counted, strict=True)
        )
        means = [
            total(part, points) / sum(part)
            for each in CORNERS[name]
            for out in every((False, True), repeat=4)
            if all(may or not left for may, left in zip(optional, out, strict=True))
            for part in [
                tuple(
                    weight if counts and not left else Fraction(0)
                    for weight, counts, left in zip(each, present, out, strict=True)
                )
            ]
            if any(part)
        ]
        part = tuple(
            weight if counts else Fraction(0)
            for weight, counts in zip(weights, counted, strict=True)
        )
        assert total(part, points) / sum(part) == max(means)


def test_wide_numbers_are_python_integers() -> None:
    wide = 10**30
    one = REGIONS["order"]
    rows = np.array([[wide, 0, -wide, 1], [0, 0, 0, wide]], dtype=object)
    chosen = most_sum(one, rows)
    assert chosen.of(0) == (10, 0, 0, 0)
    assert chosen.of(1) == (Fraction(5, 2),) * 4
    narrow = np.array([2**40, 3])
    assert product(narrow, narrow).tolist() == [2**80, 9]
    assert product(narrow.astype(object), narrow).dtype == object
    assert product(np.array([2, 3]), np.array([4, 5])).dtype == np.int64


def test_of_no_rows_nothing_is_chosen() -> None:
    chosen = most_sum(REGIONS["all open"], np.zeros((0, 4), dtype=np.int64))
    assert chosen.numbers.shape == (0, 4)


def test_settled_weights_are_those_of_every_row() -> None:
    chosen = settled([Fraction(1, 2), Fraction(1, 3)], np.ones((2, 2), dtype=np.bool_))
    assert chosen.denominator == 6
    assert chosen.of(1) == (Fraction(1, 2), Fraction(1, 3))
    numbers, denominator = scaled_weights([Fraction(3)])
    assert (numbers.tolist(), denominator) == ([3], 1)


def test_what_is_sure_to_count_may_weigh_nothing() -> None:
    assert vanishing(REGIONS["all open"], [True, True, False, False]) is not None
    assert vanishing(REGIONS["all open"], [True, True, True, True]) is None
    assert vanishing(REGIONS["intervals"], [True, False, False, False]) is None
