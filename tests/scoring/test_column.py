from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi


def column(*values: int | None, denominator: int = 3, kind: type = np.int64) -> mi.ExactColumn:
    """Return a column of these numerators, None where unknown."""
    filled = np.array([0 if value is None else value for value in values], dtype=kind)
    return mi.ExactColumn(
        filled, denominator, np.array([value is not None for value in values], dtype=np.bool_)
    )


def test_elements_are_fractions_or_none() -> None:
    one = column(1, None, 6)
    assert len(one) == 3
    assert list(one) == [Fraction(1, 3), None, 2]
    assert [one[place] for place in (0, -1, -2)] == [Fraction(1, 3), 2, None]
    assert type(one[2]) is Fraction
    with pytest.raises(IndexError):
        one[3]


def test_parts_are_columns() -> None:
    one = column(1, None, 6, 9)
    assert list(one[1:3]) == [None, 2]
    assert list(one[np.array([3, 0])]) == [3, Fraction(1, 3)]
    assert list(one[np.array([True, False, False, True])]) == [Fraction(1, 3), 3]
    assert one[:0] == column()


def test_equal_are_the_same_numbers_over_any_denominator() -> None:
    assert column(1, None, 6) == column(1, None, 6, kind=np.uint16)
    assert column(1, None, 6) == column(2, None, 12, denominator=6, kind=object)
    assert column(2**62, denominator=2**62) == column(1, denominator=1)
    assert column(1, None) != column(1, 0)
    assert column(1, 2) != column(1, 3)
    assert column(1, 2) != column(1, 2, denominator=4)
    assert column(1) != column(1, 1)
    assert column(1) != [Fraction(1, 3)]
    with pytest.raises(TypeError):
        hash(column(1))


def test_a_column_shows_its_first_numbers() -> None:
    assert repr(column(1, None)) == "<ExactColumn of 2 over 3: 0.333333, None>"
    assert repr(column(*range(0, 21, 3))) == "<ExactColumn of 7 over 3: 0, 1, 2, 3, 4, 5, …>"


def test_texts_are_exact() -> None:
    assert column(1, None, 6).texts() == ["1/3", None, "2"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "kind"),
    [
        (653, 2, np.uint16),
        (1, 840_000, np.int32),
        (2**53 + 1, 3, np.int64),
        (-(2**53) - 1, 3, np.int64),
        (2**62 + 1, 7, np.int64),
        (1, 2**53 + 1, np.int64),
        (2**70 + 1, 3, object),
        (10**30, 10**29, object),
    ],
    ids=str,
)
def test_floats_are_the_nearest(numerator: int, denominator: int, kind: type) -> None:
    floats = column(numerator, None, denominator=denominator, kind=kind).to_floats()
    assert floats.dtype == np.float64
    assert floats[0] == float(Fraction(numerator, denominator))
    assert np.isnan(floats[1])
    assert len(column(kind=kind).to_floats()) == 0


def test_a_column_is_read_only_also_after_pickling() -> None:
    one = column(1, None)
    for same in (one, pickle.loads(pickle.dumps(one))):
        assert same == one
        for array in (same.numerators, same.known):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
