from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from meritindex.numbers import parse_number
from meritindex.scoring.saying import Sayer, places_needed


@given(st.fractions(-100, 100), st.integers(0, 6))
def test_bounds_that_are_shown_are_bounds(value: Fraction, places: int) -> None:
    say = Sayer("id")
    low, high = (parse_number(write(value, places)) for write in (say.at_least, say.at_most))
    assert low <= value <= high
    assert high - low < Fraction(2, 10**places)
    assert (low == high) is ((value * 10**places).denominator == 1)


def test_what_is_said_is_in_one_language() -> None:
    assert Sayer("id")("satu", "one") == "satu"
    assert Sayer("en")("satu", "one") == "one"
    assert Sayer("id").at_least(Fraction(2, 3), 2) == "0,66"
    assert Sayer("en").at_most(Fraction(1, 2), 3, fixed=True) == "0.500"


def test_as_many_decimals_as_are_needed() -> None:
    assert places_needed([]) == 0
    assert places_needed([None, Fraction(1, 2)]) == 1
    assert places_needed([Fraction(1, 3), Fraction(1)]) == 4
    assert places_needed([Fraction("0.123456")]) == 4


def test_where_nothing_is_left_to_share_nothing_is_shared() -> None:
    one = mi.Assessment(agency="KPK", instrument="ism-2019", points={"total": 300})
    assert "Weighting: the published weights" in mi.score(one, mi.EqualRemainder()).to_text("en")


def test_a_difference_has_a_sign() -> None:
    say = Sayer("id")
    values = (Fraction(3, 2), Fraction(-3, 2), Fraction(0))
    assert [say.signed(value) for value in values] == ["+1,5", "-1,5", "0"]
    assert say.signed(Fraction(1), 2, fixed=True) == "+1,00"
