"""How what is wrong with a wish is said."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, faults_of, indicator, instrument
from improve_builders import answered, refused
from meritindex.analysis.improving.faults import read_number, unknown_item, wish_fault
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text

PLACE = Text("tempat", "place")


@pytest.mark.parametrize("given", [0, 2, "0", "2,5", Fraction(1, 3), 0.25])
def test_numbers_from_zero_are_read_exactly(given: object) -> None:
    number = read_number(given, PLACE)
    assert type(number) is Fraction
    assert number >= 0


@pytest.mark.parametrize("item", ["a", None])
def test_what_is_no_number_names_its_place(item: str | None) -> None:
    fault = read_number("x", PLACE, item)
    assert isinstance(fault, Fault)
    check_fault(fault, "not-a-number", item, "x")
    assert fault.place == PLACE
    fault = read_number(Fraction(-1, 2), PLACE, item)
    assert isinstance(fault, Fault)
    check_fault(fault, "number-negative", item, "-0.5")
    assert (fault.place, fault.value) == (PLACE, "-0.5")


def test_many_codes_are_not_all_listed() -> None:
    codes = tuple(f"i{number}" for number in range(9))
    fault = unknown_item("x", PLACE, Text("hal", "thing"), codes)
    assert fault.allowed.en == "i0, i1, i2, i3, i4, i5, i6, i7, … (9)"
    assert unknown_item("x", PLACE, Text("hal", "thing"), codes[:8]).allowed.en.endswith("i7")
    wide = instrument(*(indicator(code) for code in codes))
    fault = refused(lambda: mi.improve(answered(wide), to=20, fixed=("x",)))
    check_fault(fault, "item-unknown", "x", "x", "(9)")


def test_a_fault_shows_what_it_is_given() -> None:
    message = Text("{item}: {value} {agency} {other}", "{other} {agency} {value}: {item}")
    fault = wish_fault(
        "some", message, place=PLACE, item="a\nb", value="v", agency="Kota", other="o"
    )
    check_fault(fault, "some", fault.item, fault.item, "v", "Kota", "o")
    assert "\n" not in fault.item
    assert fault.agency == "Kota"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    def action() -> object:
        return mi.improve(
            answered(),
            to=8,
            costs={"a": -1, "b": 1},
            budget="banyak",
            fixed=("x",),
            most_levels={"a": -1, "y": 1},
            prerequisites=[("a", "z"), ("b",)],
            ready={"a": "besok", "w": None},
            by="besok",
            time_limit=-1,
        )

    assert [fault.code for fault in faults_of(AssessmentError, action)] == [
        "number-negative",
        "not-a-number",
        "item-unknown",
        "prerequisite-form",
        "item-unknown",
        "most-levels-form",
        "item-unknown",
        "day-form",
        "item-unknown",
        "day-form",
        "time-limit-form",
    ]
