"""What steps cost, and what is no cost."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, faults_of, indicator, levels
from improve_builders import TWO, answered, raised, refused
from meritindex.analysis.improving.costs import Costs, is_step
from meritindex.errors import AssessmentError
from meritindex.language import Text

PLACE = Text("biaya", "costs")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, 1),
        (3, 3),
        (0, 0),
        ("2,5", Fraction(5, 2)),
        ("1 1/3", Fraction(4, 3)),
        (0.1, Fraction(1, 10)),
        (Fraction(7, 3), Fraction(7, 3)),
    ],
)
def test_one_number_is_what_every_step_costs(given: object, expected: Fraction | int) -> None:
    costs = Costs.read(given)
    assert costs == Costs(default=expected)
    assert type(costs.default) is Fraction
    found = mi.improve(answered(), to=8, costs=given)
    assert (found.cost, found.costs) == (expected, costs)


def test_a_mapping_says_what_steps_of_an_indicator_cost() -> None:
    costs = Costs.read({"a": "0,5", "b": {2: 3, 4: "1/4"}})
    assert costs.by_indicator == (
        ("a", Fraction(1, 2)),
        ("b", ((2, Fraction(3)), (4, Fraction(1, 4)))),
    )
    assert costs.default is None
    assert [costs.of("a", level) for level in (1, 4)] == [Fraction(1, 2)] * 2
    assert [costs.of("b", level) for level in (2, 3, 4)] == [3, None, Fraction(1, 4)]
    assert costs.of("c", 1) is None
    assert Costs.read(costs) is costs


def test_the_default_is_for_what_is_not_named() -> None:
    costs = Costs(by_indicator={"b": {2: 3}, "c": 0}, default=2, unit="bulan")
    assert [costs.of(*step) for step in (("a", 1), ("b", 2), ("b", 3), ("c", 1))] == [2, 3, 2, 0]
    assert costs == Costs(
        by_indicator=[("b", {2: "3"}), ("c", "0")], default=Fraction(2), unit="bulan"
    )
    assert costs != Costs(by_indicator={"b": {2: 3}, "c": 0}, default=2)


def test_costs_are_values() -> None:
    costs = Costs(by_indicator={"a": 1, "b": {2: 3}}, default="0,5", unit="bulan")
    assert costs.of("a", 1) == 1
    again = pickle.loads(pickle.dumps(costs))
    assert again == costs
    assert hash(again) == hash(costs)
    assert again.of("b", 2) == 3


@pytest.mark.parametrize(
    ("costs", "code", "item", "value"),
    [
        (-1, "number-negative", None, "-1"),
        ({"a": "-0,5", "b": 1}, "number-negative", "a", "-0.5"),
        ({"a": 1, "b": {3: -2}}, "number-negative", "b 3", "-2"),
        ("murah", "not-a-number", None, '"murah"'),
        (True, "not-a-number", None, "True"),
        (float("nan"), "not-a-number", None, "nan"),
        ({"a": [1], "b": 1}, "not-a-number", "a", "[1]"),
        ({"a": None, "b": 1}, "not-a-number", "a", "None"),
        ({"a": 1, "b": {2: "?"}}, "not-a-number", "b 2", '"?"'),
        ("1" * 19, "too-many-digits", None, "1" * 19),
    ],
)
def test_what_is_no_cost_is_refused(costs: object, code: str, item: str | None, value: str) -> None:
    fault = refused(lambda: mi.improve(answered(), to=8, costs=costs))
    check_fault(fault, code, item)
    assert fault.place == PLACE
    assert value in fault.value
    assert fault.allowed is not None
    for language in ("id", "en"):
        assert fault.value in fault.message.in_language(language)


@pytest.mark.parametrize(
    ("costs", "code", "item", "value", "allowed"),
    [
        ({"c": 1}, "item-unknown", "c", '"c"', "a, b"),
        ({5: 1}, "item-unknown", None, "5", "a, b"),
        ({"total_points": 1}, "item-unknown", "total_points", '"total_points"', "a, b"),
        ({"a": {5: 1}}, "step-unknown", "a", "5", "1 to 4"),
        ({"a": {0: 1}}, "step-unknown", "a", "0", "1 to 4"),
        ({"a": {True: 1}}, "step-unknown", "a", "True", "1 to 4"),
        ({"a": {"2": 1}}, "step-unknown", "a", '"2"', "1 to 4"),
    ],
)
def test_what_the_instrument_does_not_have_costs_nothing(
    costs: dict[object, object], code: str, item: str | None, value: str, allowed: str
) -> None:
    given = Costs(by_indicator=costs, default=1)
    fault = refused(lambda: mi.improve(answered(), to=8, costs=given))
    check_fault(fault, code, item, value)
    assert (fault.place, fault.value, fault.allowed.en) == (PLACE, value, allowed)


def test_everything_that_is_wrong_with_costs_is_said_at_once() -> None:
    bad = {"a": "x", "b": {2: -1, 3: "y"}}
    faults = faults_of(AssessmentError, lambda: Costs(by_indicator=bad, default="z"))
    assert [(fault.code, fault.item) for fault in faults] == [
        ("not-a-number", "a"),
        ("number-negative", "b 2"),
        ("not-a-number", "b 3"),
        ("not-a-number", None),
    ]
    unknown = {"c": 1, "a": {9: 1, 2: 1, 8: 1}}
    faults = faults_of(AssessmentError, lambda: mi.improve(answered(), to=8, costs=unknown))
    assert [(fault.code, fault.value) for fault in faults] == [
        ("item-unknown", '"c"'),
        ("step-unknown", "9"),
        ("step-unknown", "8"),
    ]


def test_a_step_that_may_be_taken_must_have_a_cost() -> None:
    costs = {"a": {2: 1, 4: 1}, "b": {2: 1, 3: 1, 4: 1}}
    fault = refused(lambda: mi.improve(answered(), to=8, costs=costs))
    check_fault(fault, "cost-missing", "a", "a", "3")
    assert (fault.place, fault.value) == (PLACE, "3")
    assert "default" in fault.allowed.en
    with pytest.raises(AssessmentError):
        mi.best_within(answered(), 3, costs=costs)


def test_steps_without_a_cost_are_named_once_for_all_agencies() -> None:
    rows = [answered(TWO, "A", 1, 3), answered(TWO, "B", 2, 4), answered(TWO, "C", 4, 2)]
    faults = faults_of(AssessmentError, lambda: mi.improve(rows, to=8, costs={}))
    assert [(fault.item, fault.value) for fault in faults] == [
        ("a", "2, 3, 4"),
        ("b", "3, 4"),
    ]
    # What lacks the same levels is said together.
    rows = [answered(TWO, "A", 1, 1), answered(TWO, "B", 2, 2)]
    fault = refused(lambda: mi.improve(rows, to=8, costs={}))
    check_fault(fault, "cost-missing", None, "a, b", "2, 3, 4", "--cost")


def test_what_may_not_move_needs_no_cost() -> None:
    found = mi.improve(answered(), to=7, costs={"b": 2}, fixed=("a",))
    assert (raised(found), found.cost) == ({"b": 2}, 2)
    found = mi.improve(answered(), to=7, costs={"a": 9, "b": {2: 1}}, most_levels={"b": 1})
    assert (raised(found), found.cost) == ({"b": 2}, 1)


def test_a_step_leads_to_a_level_above_the_lowest() -> None:
    one = indicator("a", levels=levels(0, 1, 2, first=1))
    assert [level for level in (0, 1, 2, 3, 4) if is_step(one, level)] == [2, 3]
    assert not any(is_step(one, level) for level in (True, "2", 2.0, None))
