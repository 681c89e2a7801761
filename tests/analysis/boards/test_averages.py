"""Means, quartiles and ends of columns of every type."""

from __future__ import annotations

import statistics
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meritindex.analysis.boards.averages import ends, mean, quartiles
from meritindex.scoring import ExactColumn


def column(numbers, denominator=1, known=None, **fields):
    array = np.array(numbers, **fields)
    mask = np.ones(len(array), dtype=np.bool_) if known is None else np.array(known)
    return ExactColumn(array, denominator, mask, array.dtype.kind != "f")


@given(
    st.lists(st.integers(-(2**70), 2**70), min_size=2, max_size=12),
    st.integers(1, 60),
    st.booleans(),
)
def test_quartiles_are_those_of_the_standard_library(numbers, denominator, wide):
    if not wide:
        numbers = [number % 2**15 for number in numbers]
    found = column(numbers, denominator, dtype=object if wide else np.int16)
    values = [Fraction(number, denominator) for number in numbers]
    assert quartiles(found) == tuple(statistics.quantiles(values, n=4, method="inclusive"))
    assert mean(found) == statistics.mean(values)
    assert ends(found) == (min(values), max(values))


def test_what_is_not_known_does_not_count():
    found = column([0, 4, 0, 1], 2, [False, True, False, True], dtype=np.uint16)
    assert (mean(found), quartiles(found), ends(found)) == (
        Fraction(5, 4),
        (Fraction(7, 8), Fraction(5, 4), Fraction(13, 8)),
        (Fraction(1, 2), Fraction(2)),
    )


def test_of_nothing_and_of_one():
    nothing = column([0], 1, [False], dtype=np.int64)
    assert (mean(nothing), quartiles(nothing), ends(nothing)) == (None, None, None)
    one = column([3], 2, dtype=np.int64)
    half = Fraction(3, 2)
    assert (mean(one), quartiles(one), ends(one)) == (half, (half,) * 3, (half,) * 2)


def test_fractions_and_doubles():
    thirds = column([Fraction(1, 3), Fraction(1, 7)], dtype=object)
    assert mean(thirds) == Fraction(5, 21)
    assert quartiles(thirds)[1] == Fraction(5, 21)
    # Each double stands for its shortest decimal.
    doubles = column([0.1, 0.2, 0.4])
    assert mean(doubles) == Fraction(7, 30)
    assert quartiles(doubles) == (Fraction(3, 20), Fraction(1, 5), Fraction(3, 10))
    assert ends(doubles) == (Fraction(1, 10), Fraction(2, 5))


def test_sums_have_no_end():
    found = column([60_000] * 100_000, dtype=np.uint16)
    assert mean(found) == 60_000
