from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import law
from meritindex.analysis.influencing.moments import (
    comoment,
    correlation,
    correlations,
    product,
)

sizes = st.sampled_from((4, 2**20, 2**40, 2**61, 2**80))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size, count = draw(sizes), draw(st.integers(1, 6))
    numbers = st.lists(st.integers(-size, size), min_size=count, max_size=count)
    return draw(numbers), draw(numbers)


def array(numbers: list[int]) -> np.ndarray:
    narrow = all(abs(number) < 2**62 for number in numbers)
    return np.array(numbers, dtype=np.int64 if narrow else object)


@law(100)
@given(pairs())
def test_moments_are_exact(pair: tuple[list[int], list[int]]) -> None:
    one, other = pair
    count = len(one)
    expected = [a * b for a, b in zip(one, other, strict=True)]
    assert product(array(one), array(other)).tolist() == expected
    assert comoment(array(one), array(other)) == count * sum(expected) - sum(one) * sum(other)


@law(100)
@given(pairs())
def test_a_correlation_is_the_root_of_an_exact_square(pair: tuple[list[int], list[int]]) -> None:
    one, other = map(array, pair)
    found = correlation(one, other)
    spreads = comoment(one, one) * comoment(other, other)
    if not spreads:
        assert found is None
    else:
        square = Fraction(comoment(one, other) ** 2, spreads)
        assert found**2 == pytest.approx(float(square), abs=1e-9)
        assert (found > 1e-9) <= (comoment(one, other) > 0)
        assert -1 <= found <= 1


def test_what_numbers_have_in_common_is_no_difference() -> None:
    far = array([2**70, 2**70 + 1, 2**70 + 2])
    assert correlation(far, array([0, 1, 2])) == pytest.approx(1)
    assert correlation(far, array([2**61] * 3)) is None


def test_correlations_of_nothing() -> None:
    nothing = array([])
    assert np.isnan(correlations([nothing, nothing])).all()
    assert correlation(array([1]), array([2])) is None
    one = correlations([array([1, 2]), array([3, 3])])
    assert one[0, 0] == 1
    assert np.isnan(one[1]).all()
