"""Random whole numbers: right on the nose, and the same on every machine."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.analysis.simulating.chance import Chance


def test_words_are_those_of_the_bit_generator() -> None:
    assert Chance(7).words(5).tolist() == np.random.PCG64(7).random_raw(5).tolist()


def test_a_generator_goes_on_where_it_stands() -> None:
    generator = np.random.Generator(np.random.PCG64(7))
    generator.bit_generator.random_raw(3)
    assert Chance(generator).words(2).tolist() == np.random.PCG64(7).random_raw(5)[3:].tolist()


def test_streams_are_the_same_on_every_machine() -> None:
    """A change of these numbers changes every result that has been published with a seed."""
    assert Chance(0).words(2).tolist() == [11749869230777074271, 4976686463289251617]
    assert Chance(0).below(1000, 6).tolist() == [652, 276, 41, 16, 832, 934]
    assert Chance(0).parts(1000, 4, 2).tolist() == [[41, 234, 375, 350], [16, 815, 101, 68]]


@given(st.integers(1, 2**62), st.integers(0, 20), st.integers(0, 2**64))
def test_numbers_are_below_their_limit(limit: int, count: int, seed: int) -> None:
    found = Chance(seed).below(limit, count)
    assert found.dtype == np.int64
    assert found.shape == (count,)
    assert ((found >= 0) & (found < limit)).all()


@given(st.lists(st.integers(1, 2**62), max_size=20), st.integers(0, 2**64))
def test_each_number_is_below_its_own_limit(limits: list[int], seed: int) -> None:
    found = Chance(seed).below_each(np.array(limits, dtype=np.int64))
    assert ((found >= 0) & (found < np.array(limits, dtype=np.int64))).all()


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 11])
def test_numbers_are_as_likely_as_each_other(limit: int) -> None:
    count = 20_000
    for found in (
        Chance(1).below(limit, count),
        Chance(2).below_each(np.full(count, limit)),
    ):
        counts = np.bincount(found, minlength=limit)
        assert len(counts) == limit
        assert abs(counts - count / limit).max() < 5 * (count / limit) ** 0.5


def test_large_limits_are_reached_evenly() -> None:
    limit = 3 * 2**59
    found = Chance(1).below(limit, 20_000)
    thirds = np.bincount(found // 2**59, minlength=3)
    assert abs(thirds - 20_000 / 3).max() < 400


@given(
    st.integers(0, 40),
    st.integers(1, 6),
    st.integers(0, 30),
    st.integers(0, 2**32),
)
def test_parts_sum_to_the_whole(whole: int, parts: int, count: int, seed: int) -> None:
    found = Chance(seed).parts(whole, parts, count)
    assert found.shape == (count, parts)
    assert (found >= 0).all()
    assert (found.sum(axis=1) == whole).all()


def test_every_way_to_part_a_whole_is_as_likely() -> None:
    count = 60_000
    found = Counter(map(tuple, Chance(4).parts(4, 3, count).tolist()))
    ways = [way for way in product(range(5), repeat=3) if sum(way) == 4]
    assert set(found) == set(ways)
    expected = count / len(ways)
    assert max(abs(each - expected) for each in found.values()) < 5 * expected**0.5
