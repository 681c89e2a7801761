"""What a caller wants, read and checked."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, dimension, indicator, instrument
from improve_builders import TWO, answered, raised, refused
from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.wishes import Wishes, read_wishes
from meritindex.language import Text

MAY, JUNE, JULY = (dt.date(2026, month, 1) for month in (5, 6, 7))
NESTED = instrument(
    dimension("d", indicator("a"), dimension("e", indicator("b"))), indicator("c"), indicator("f")
)


def test_nothing_is_wanted_unless_it_is_said() -> None:
    assert read_wishes(TWO) == Wishes(costs=Costs(default=1))


def test_wishes_are_values() -> None:
    wishes = read_wishes(
        TWO,
        costs={"a": 1},
        budget="2,5",
        fixed=["b"],
        most_levels=2,
        prerequisites=[("a", "b")],
        ready={"a": MAY},
        by=JUNE,
        time_limit=2,
    )
    again = pickle.loads(pickle.dumps(wishes))
    assert again == wishes
    assert hash(again) == hash(wishes)
    assert wishes.budget == Fraction(5, 2)
    assert wishes.most_levels == (("a", 2), ("b", 2))
    assert wishes.ready == tuple(("a", level, MAY) for level in (1, 2, 3, 4))
    assert (wishes.by, wishes.time_limit) == (JUNE, 2.0)


# Budget


@pytest.mark.parametrize(
    ("budget", "code", "value"),
    [
        (-1, "number-negative", "-1"),
        ("banyak", "not-a-number", '"banyak"'),
        (True, "not-a-number", "True"),
        ("9" * 19, "too-many-digits", "9" * 19),
    ],
)
def test_what_is_no_budget_is_refused(budget: object, code: str, value: str) -> None:
    for action in (
        lambda: mi.improve(answered(), to=8, budget=budget),
        lambda: mi.best_within(answered(), budget),
        lambda: mi.improve(answered(), to=8).best_within(budget),
    ):
        fault = refused(action)
        check_fault(fault, code, None)
        assert value in fault.value
        assert fault.place == Text("anggaran", "budget")


# What may not move


def test_a_dimension_that_is_fixed_stands_for_all_below_it() -> None:
    assert read_wishes(NESTED, fixed=["f", "d", "a"]).fixed == ("a", "b", "f")
    assert read_wishes(NESTED, fixed="e").fixed == ("b",)
    assert read_wishes(NESTED, fixed=("total_points",)).fixed == ("a", "b", "c", "f")
    found = mi.improve(answered(NESTED), to=6, fixed=("d", "f"))
    assert (raised(found), found.fixed) == ({"c": 3}, ("a", "b", "f"))


@pytest.mark.parametrize("code", ["x", "A", 3, None])
def test_what_is_fixed_must_be_there(code: object) -> None:
    fault = refused(lambda: mi.improve(answered(NESTED), to=6, fixed=["a", code]))
    check_fault(fault, "item-unknown", code if isinstance(code, str) else None, str(code))
    assert fault.place == Text("yang tidak boleh berubah", "fixed")
    assert fault.allowed.en == "d, e, a, b, c, f"


# By how many levels


def test_an_indicator_rises_by_no_more_levels_than_it_may() -> None:
    assert raised(mi.improve(answered(), to=10, most_levels=1)) == {"a": 2, "b": 2}
    assert raised(mi.improve(answered(), to=10, most_levels={"a": 0})) == {"b": 4}
    assert mi.improve(answered(), to=12, most_levels={"a": 0}).status == "unreachable"
    assert mi.improve(answered(), to=6, most_levels=0).status == "unreachable"


@pytest.mark.parametrize("count", [-1, True, "2", 1.0])
def test_what_is_no_number_of_levels_is_refused(count: object) -> None:
    for given, item in ((count, None), ({"a": count}, "a")):
        fault = refused(lambda given=given: mi.improve(answered(), to=8, most_levels=given))
        check_fault(fault, "most-levels-form", item, str(count))
        assert fault.place == Text("kenaikan terbanyak", "most_levels")


def test_what_rises_must_be_there() -> None:
    fault = refused(lambda: mi.improve(answered(), to=8, most_levels={"x": 1}))
    check_fault(fault, "item-unknown", "x", "x", "a, b")


# By when


def test_a_step_that_is_ready_too_late_is_not_possible() -> None:
    late = {"a": JULY}
    assert raised(mi.improve(answered(), to=8, ready=late)) == {"a": 2}
    assert raised(mi.improve(answered(), to=8, ready=late, by=JULY)) == {"a": 2}
    assert raised(mi.improve(answered(), to=8, ready=late, by=JUNE)) == {"b": 3}
    by_level = {"a": {3: JULY, 2: MAY}}
    assert raised(mi.improve(answered(), to=8, ready=by_level, by=JUNE)) == {"a": 2}
    found = mi.improve(answered(), to=12, ready=by_level, by=JUNE)
    assert raised(found) == {"a": 2, "b": 3}
    assert [step.ready for step in found.steps] == [MAY, None]


def test_a_moment_is_a_day() -> None:
    noon = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
    wishes = read_wishes(TWO, ready={"a": noon, "b": {2: noon}}, by=noon)
    assert {type(day) for *_, day in wishes.ready} == {dt.date}
    assert wishes.by == JUNE
    assert type(wishes.by) is dt.date


@pytest.mark.parametrize(
    ("options", "code", "item", "value", "place"),
    [
        ({"by": "2026-06-01"}, "day-form", None, '"2026-06-01"', "by"),
        ({"ready": {"a": 5}}, "day-form", "a", "5", "ready"),
        ({"ready": {"a": {2: None}}}, "day-form", "a", "None", "ready"),
        ({"ready": {"a": {5: MAY}}}, "step-unknown", "a", "5", "ready"),
        ({"ready": {"a": {"2": MAY}}}, "step-unknown", "a", '"2"', "ready"),
        ({"ready": {"x": MAY}}, "item-unknown", "x", '"x"', "ready"),
    ],
)
def test_what_is_no_day_or_no_step_is_refused(
    options: dict[str, object], code: str, item: str | None, value: str, place: str
) -> None:
    fault = refused(lambda: mi.improve(answered(), to=8, **options))
    check_fault(fault, code, item, value)
    assert (fault.value, fault.place.en) == (value, place)
    assert fault.allowed is not None


# How long


@pytest.mark.parametrize("seconds", [0, 0.5, 60])
def test_seconds_from_zero_are_a_limit_of_time(seconds: float) -> None:
    assert read_wishes(TWO, time_limit=seconds).time_limit == seconds


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan"), True, "10", Fraction(1, 2)])
def test_what_is_no_limit_of_time_is_refused(seconds: object) -> None:
    fault = refused(lambda: mi.improve(answered(), to=8, time_limit=seconds))
    check_fault(fault, "time-limit-form", None, fault.value)
    assert fault.place == Text("batas waktu", "time_limit")
