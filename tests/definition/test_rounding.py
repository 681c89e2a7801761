"""How points are rounded."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import ASSUMED, check_fault, only_fault
from meritindex.definition import Rounding, RoundingMode
from meritindex.errors import DefinitionError
from meritindex.numbers import round_half_up

roundings = st.builds(
    Rounding, digits=st.integers(0, 9), basis=st.just(ASSUMED), mode=st.sampled_from(RoundingMode)
)


@pytest.mark.parametrize("digits", [-1, 18])
def test_digits_outside_0_to_17_are_refused(digits: int) -> None:
    fault = only_fault(DefinitionError, lambda: Rounding(digits=digits, basis=ASSUMED))
    check_fault(fault, "rounding-digits", None, str(digits))


def test_a_half_goes_up_unless_said_otherwise() -> None:
    assert Rounding(digits=2, basis=ASSUMED).mode is RoundingMode.HALF_UP
    assert Rounding(digits=2, basis=ASSUMED, mode="down").mode is RoundingMode.DOWN
    with pytest.raises(ValueError, match="sideways"):
        Rounding(digits=2, basis=ASSUMED, mode="sideways")


def test_every_mode_has_a_label_in_both_languages() -> None:
    assert len({mode.label.id for mode in RoundingMode}) == len(RoundingMode)
    assert len({mode.label.en for mode in RoundingMode}) == len(RoundingMode)


@pytest.mark.parametrize(("digits", "unit"), [(0, "1"), (2, "1/100"), (9, "1/1000000000")])
def test_the_unit_is_one_step(digits: int, unit: str) -> None:
    assert Rounding(digits=digits, basis=ASSUMED).unit == Fraction(unit)


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("half_up", ["-3", "-2", "-1", "0", "0", "1", "1", "2", "3"]),
        ("half_even", ["-3", "-2", "-2", "0", "0", "0", "1", "2", "2"]),
        ("down", ["-3", "-2", "-2", "-1", "0", "0", "1", "1", "2"]),
        ("up", ["-3", "-2", "-1", "0", "0", "1", "1", "2", "3"]),
    ],
)
def test_each_mode_at_the_halves_on_both_sides_of_zero(mode: str, rounded: list[str]) -> None:
    values = ["-3", "-2", "-3/2", "-1/2", "0", "1/2", "1", "3/2", "5/2"]
    rounding = Rounding(digits=0, basis=ASSUMED, mode=mode)
    assert [rounding.round(Fraction(value)) for value in values] == [
        Fraction(value) for value in rounded
    ]


@given(st.integers(-(10**8), 10**8), st.integers(0, 6), roundings)
@example(-5, 1, Rounding(digits=0, basis=ASSUMED))
@example(-125, 3, Rounding(digits=2, basis=ASSUMED))
def test_agrees_with_the_decimal_module(units: int, places: int, rounding: Rounding) -> None:
    # "Half up" of the decimal module is away from zero; ours is toward plus infinity.
    mode = {
        RoundingMode.HALF_UP: ROUND_HALF_UP if units >= 0 else ROUND_HALF_DOWN,
        RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
        RoundingMode.DOWN: ROUND_FLOOR,
        RoundingMode.UP: ROUND_CEILING,
    }[rounding.mode]
    expected = (
        Decimal(units)
        .scaleb(-places)
        .quantize(Decimal(1).scaleb(-rounding.digits), rounding=mode, context=Context(prec=60))
    )
    assert rounding.round(Fraction(units, 10**places)) == Fraction(expected)


@given(st.fractions(), roundings)
def test_lands_on_the_grid_less_than_a_step_away_and_stays_there(
    value: Fraction, rounding: Rounding
) -> None:
    rounded = rounding.round(value)
    assert (rounded / rounding.unit).denominator == 1
    assert abs(rounded - value) < rounding.unit
    assert rounding.round(rounded) == rounded


@given(st.fractions(), st.fractions(), roundings)
def test_is_monotone(one: Fraction, other: Fraction, rounding: Rounding) -> None:
    low, high = sorted((one, other))
    assert rounding.round(low) <= rounding.round(high)


@given(st.fractions(), st.integers(0, 9))
def test_half_up_is_the_half_up_of_numbers(value: Fraction, digits: int) -> None:
    rounding = Rounding(digits=digits, basis=ASSUMED)
    assert rounding.round(value) == round_half_up(value, digits)


@given(st.integers(-50, 50), st.integers(-220, 220), st.sampled_from([1, 2, 3, 4]), roundings)
@example(61, 242, 4, Rounding(digits=2, basis=ASSUMED, mode="half_even"))
def test_least_reaching_is_the_limit_of_what_rounds_to_a_step_or_more(
    step: int, part: int, parts: int, rounding: Rounding
) -> None:
    value = Fraction(part, parts) * rounding.unit
    limit, inclusive = rounding.least_reaching(step)
    reaches = value >= limit if inclusive else value > limit
    assert reaches == (rounding.round(value) >= step * rounding.unit)
    assert inclusive == (rounding.round(limit) >= step * rounding.unit)
