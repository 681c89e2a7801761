"""Integers that stay exact however large they are."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from meritindex.analysis.columns import added, integers, largest, over_common, scaled


def test_integers_are_as_wide_as_they_need_to_be() -> None:
    assert integers([1, -2], 2).dtype == np.int64
    wide = integers([2**63, 1], 2)
    assert wide.dtype == object
    assert wide.tolist() == [2**63, 1]


def test_a_factor_never_overflows() -> None:
    small = np.array([3, -5])
    assert scaled(small, 1) is small
    assert scaled(small, 2).tolist() == [6, -10]
    assert scaled(small, 2**61).tolist() == [3 * 2**61, -5 * 2**61]
    assert scaled(np.array([0, 0]), 2**80).tolist() == [0, 0]
    assert scaled(np.zeros(0, dtype=np.int64), 2**80).tolist() == []


def test_the_largest_of_none_is_zero() -> None:
    assert largest(np.zeros(0, dtype=np.int64)) == 0
    assert largest(np.array([3, -7])) == 7


def test_numbers_over_their_least_common_denominator() -> None:
    numbers, denominator = over_common([Fraction(1, 6), Fraction(-3, 4)])
    assert (numbers.tolist(), denominator) == ([2, -9], 12)
    assert over_common([])[1] == 1


def test_a_sum_never_overflows() -> None:
    large = np.array([2**61, 1])
    assert added(large, large).tolist() == [2**62, 2]
    assert added(large, np.array([1])).dtype == np.int64
    assert added(large.astype(object), large).tolist() == [2**62, 2]
