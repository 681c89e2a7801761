from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from meritindex.definition.rules import from_double
from meritindex.scoring.column import doubles, reaches, worth


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


def doubled(*values: float) -> mi.ExactColumn:
    """Return a column of doubles, as a rule leaves it that is not rational."""
    return mi.ExactColumn(np.array(values), 1, np.ones(len(values), np.bool_), exact=False)


def fractional(*values: Fraction | int) -> mi.ExactColumn:
    """Return a column of Fractions, as a harmonic mean leaves it."""
    return mi.ExactColumn(np.array(values, dtype=object), 1, np.ones(len(values), np.bool_))


def test_a_double_stands_for_its_shortest_decimal() -> None:
    one = doubled(0.1, 0.1 + 0.2, 2.0)
    assert list(one) == [Fraction("0.1"), Fraction("0.30000000000000004"), 2]
    assert one.to_floats().tolist() == [0.1, 0.1 + 0.2, 2.0]
    assert one.texts() == ["1/10", "7500000000000001/25000000000000000", "2"]
    assert repr(one) == "<ExactColumn of 3 not exact: 0.1, 0.3, 2>"
    assert one[1:] == doubled(0.1 + 0.2, 2.0)
    assert not one[1:].exact
    assert pickle.loads(pickle.dumps(one)) == one
    # What is not exact is not the same as what is.
    assert doubled(2.0) != fractional(2)


def test_fractions_in_a_column() -> None:
    one = fractional(Fraction(1, 3), 2, Fraction(2**70, 3))
    assert list(one) == [Fraction(1, 3), 2, Fraction(2**70, 3)]
    assert {type(value) for value in one} == {Fraction}
    assert one.to_floats().tolist() == [1 / 3, 2.0, 2**70 / 3]
    assert one.texts()[0] == "1/3"
    assert fractional(Fraction(1, 3), 2) == column(1, 6)


def test_what_a_number_is_worth() -> None:
    assert worth(np.int64(3), Fraction(1, 2)) == Fraction(3, 2)
    assert worth(3, Fraction(5)) == 15
    assert worth(Fraction(1, 3), Fraction(1)) == Fraction(1, 3)
    assert worth(np.float64(0.1), Fraction(1)) == Fraction(1, 10)


def test_the_nearest_doubles() -> None:
    assert doubles(np.array([1, 3], np.uint16), Fraction(1, 10)).tolist() == [0.1, 0.3]
    assert doubles(np.array([1, 3], np.int64), Fraction(5, 7)).tolist() == [5 / 7, 15 / 7]
    assert doubles(np.array([2**53 + 1]), Fraction(1, 3)).tolist() == [
        float(Fraction(2**53 + 1, 3))
    ]
    assert doubles(np.array([Fraction(1, 3)], object), Fraction(1)).tolist() == [1 / 3]
    given_numbers = np.array([0.1, 0.2])
    found = doubles(given_numbers, Fraction(1))
    found[0] = 7  # a new array, not the one that was given
    assert given_numbers[0] == 0.1


THRESHOLDS = ("0.3", "0.1", "1/3", "0.30000000000000004", "0.3000000000000000444", "2", "0", "-0.3")


@pytest.mark.parametrize("limit", THRESHOLDS)
def test_doubles_reach_a_limit_as_their_decimals_do(limit: str) -> None:
    value = Fraction(limit)
    near = float(value)
    beside = [np.nextafter(near, -np.inf), near, np.nextafter(near, np.inf), 0.1 + 0.2, 0.3, -0.0]
    numbers = np.array(beside)
    for inclusive in (True, False):
        expected = [
            own >= value if inclusive else own > value for own in map(from_double, numbers.tolist())
        ]
        assert reaches(numbers, value, inclusive=inclusive).tolist() == expected


@given(
    st.floats(-1e6, 1e6),
    st.fractions(-2, 2, max_denominator=10**20).map(lambda part: part / 10**16),
    st.booleans(),
)
def test_every_double_reaches_a_limit_as_its_decimal_does(
    value: float, offset: Fraction, inclusive: bool
) -> None:
    own = from_double(value)
    for limit in (own, own + offset, own - offset, Fraction(value)):
        expected = own >= limit if inclusive else own > limit
        assert reaches(np.array([value]), limit, inclusive=inclusive).tolist() == [expected]


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.int64, object])
@pytest.mark.parametrize("limit", ["5", "11/2", "0", "-1/2", "100000000000000000000"])
def test_integers_reach_a_limit(kind: type, limit: str) -> None:
    numbers = np.array([0, 4, 5, 6], dtype=kind)
    for inclusive in (True, False):
        expected = [
            one >= Fraction(limit) if inclusive else one > Fraction(limit) for one in (0, 4, 5, 6)
        ]
        found = reaches(numbers, Fraction(limit), inclusive=inclusive)
        assert found.tolist() == expected
        assert found.dtype == np.bool_


def test_fractions_reach_a_limit() -> None:
    numbers = np.array([Fraction(1, 3), Fraction(1, 2), 1], dtype=object)
    assert reaches(numbers, Fraction(1, 2)).tolist() == [False, True, True]
    assert reaches(numbers, Fraction(1, 2), inclusive=False).tolist() == [False, False, True]


@pytest.mark.parametrize("unit", [Fraction(25), Fraction(3, 7), Fraction(2**60), Fraction(1, 3)])
def test_doubles_are_the_nearest_whatever_the_unit(unit: Fraction) -> None:
    numbers = [0, 1, 2, 3, 5, 2**31, 2**52 + 1, 2**53 - 1, 2**53 + 1, 2**60 + 1]
    found = doubles(np.array(numbers), unit)
    assert found.tolist() == [float(number * unit) for number in numbers]
    few = doubles(np.array(numbers[:5], dtype=np.int32), unit)
    assert few.tolist() == [float(number * unit) for number in numbers[:5]]
