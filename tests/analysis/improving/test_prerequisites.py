"""What must stand before something else can be raised."""

from __future__ import annotations

import pickle

import pytest

import meritindex as mi
from builders import check_fault, faults_of, gate, indicator, instrument, levels, when
from improve_builders import TWO, answered, raised, refused
from meritindex.analysis.improving import Prerequisite
from meritindex.analysis.improving.prerequisites import read_prerequisites
from meritindex.errors import AssessmentError
from meritindex.language import Text

PLACE = Text("prasyarat", "prerequisites")
THREE = instrument(indicator("a"), indicator("b", 2), indicator("c", 5))


def after(item: str, from_level: int, needs: str, level: int) -> Prerequisite:
    return Prerequisite(item=item, needs=needs, from_level=from_level, level=level)


def test_a_prerequisite_is_a_value() -> None:
    one = after("a", 2, "b", 3)
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(after("a", 2, "b", 3))


def test_a_raise_asks_for_what_must_stand() -> None:
    asked = [after("a", 3, "b", 2)]
    assert raised(mi.improve(answered(), to=8, prerequisites=asked)) == {"a": 2}
    assert raised(mi.improve(answered(), to=11, costs={"a": 1, "b": 9}, prerequisites=asked)) == {
        "a": 3,
        "b": 2,
    }


def test_what_stands_already_is_not_put_in_question() -> None:
    asked = [after("a", 2, "b", 4)]
    rows = answered(TWO, "A", 3, 1)
    costs = {"a": 1, "b": 5}
    for total, expected in ((13, {"b": 2}), (14, {"b": 3}), (20, {"a": 4, "b": 4})):
        found = mi.improve(rows, to=total, costs=costs, prerequisites=asked)
        assert raised(found) == expected


def test_a_chain_asks_level_by_level() -> None:
    short = instrument(indicator("a", 1, levels=levels(0, 1, 2)), indicator("b"), indicator("c"))
    found, faults = read_prerequisites([("a", "b", "c")], short)
    assert faults == []
    assert found == (
        *(after("b", level, "a", min(level, 2)) for level in (1, 2, 3, 4)),
        *(after("c", level, "b", level) for level in (1, 2, 3, 4)),
    )
    assert read_prerequisites([["a", "b"]], short)[0] == found[:4]


def test_a_chain_asks_for_nothing_that_always_stands() -> None:
    high = instrument(indicator("a", 1, levels=levels(0, 1, first=3)), indicator("b"))
    found, _ = read_prerequisites([("a", "b")], high)
    assert found == (after("b", 4, "a", 4),)


def test_what_comes_first_stands_first() -> None:
    costs = {"a": 5, "b": 5, "c": 1}
    found = mi.improve(answered(THREE), to=18, costs=costs, prerequisites=[("c", "b", "a")])
    steps = [(step.indicator, step.needs) for step in found.steps]
    assert steps == [("c", ())]
    rows = answered(THREE, "A", 1, 1, 4)
    found = mi.improve(rows, to=29, costs={"a": 1, "b": 4, "c": 1}, prerequisites=[("b", "a")])
    assert [(step.indicator, step.needs) for step in found.steps] == [
        ("b", ()),
        ("a", ("b",)),
    ]
    assert sum(step.points for step in found.steps) == found.after - found.before


def test_what_does_not_apply_asks_for_nothing() -> None:
    rules = instrument(
        indicator("a", conditions=(when("works"),)),
        indicator("b"),
        indicator("c"),
        gates=(gate("works"),),
    )
    asked = [after("b", 2, "a", 3)]
    closed = answered(rules, levels={"b": 1, "c": 1}, gates={"works": "no"})
    assert raised(mi.improve(closed, to=5, prerequisites=asked, fixed=("c",))) == {"b": 4}
    waiting = answered(rules, levels={"b": 1, "c": 1}, gates={"works": "yes"})
    zero = mi.improve(waiting, to=5, missing="zero", prerequisites=asked)
    assert raised(zero) == {"c": 4}
    zero = mi.improve(waiting, to=7, missing="zero", prerequisites=asked)
    assert zero.status == "unreachable"
    # What asks does not apply: it is never raised.
    other = [after("a", 2, "b", 3)]
    assert raised(mi.improve(closed, to=5, prerequisites=other, fixed=("c",))) == {"b": 4}


@pytest.mark.parametrize(
    ("given", "code", "item", "value"),
    [
        (after("x", 2, "b", 2), "item-unknown", "x", '"x"'),
        (after("a", 2, "x", 2), "item-unknown", "x", '"x"'),
        (after("a", 0, "b", 2), "step-unknown", "a", "0"),
        (after("a", 2, "b", 5), "step-unknown", "b", "5"),
        (("a", "x"), "item-unknown", "x", '"x"'),
        (("a", 3), "item-unknown", None, "3"),
        ("a", "prerequisite-form", None, '"a"'),
        (("a",), "prerequisite-form", None, '"a"'),
        ((), "prerequisite-form", None, "()"),
        (7, "item-unknown", None, "7"),
    ],
)
def test_what_is_no_prerequisite_is_refused(
    given: object, code: str, item: str | None, value: str
) -> None:
    fault = refused(lambda: mi.improve(answered(), to=8, prerequisites=[("a", "b"), given]))
    check_fault(fault, code, item, value)
    assert (fault.place, fault.value) == (PLACE, value)
    assert fault.allowed is not None


def test_all_that_is_wrong_is_named_before_circles() -> None:
    given = [after("x", 9, "b", 9), ("a", "b"), ("b", "a")]
    faults = faults_of(AssessmentError, lambda: mi.improve(answered(), to=8, prerequisites=given))
    assert [fault.code for fault in faults] == ["item-unknown", "step-unknown"]


@pytest.mark.parametrize(
    ("given", "ring"),
    [
        ([("a", "a")], ("a 1", "a 1")),
        ([("a", "b"), ("b", "a")], ("b 1", "a 1", "b 1")),
        ([("a", "b", "c", "a")], ("b 1", "a 1", "c 1", "b 1")),
        ([after("a", 2, "b", 3), after("b", 2, "a", 2)], ("b 3", "b 2", "a 2")),
        ([after("a", 2, "a", 3)], ("a 2", "a 3")),
    ],
)
def test_circles_are_refused(given: list[object], ring: tuple[str, ...]) -> None:
    fault = refused(lambda: mi.improve(answered(THREE), to=9, prerequisites=given))
    check_fault(fault, "prerequisites-circular", fault.item, *ring)
    assert fault.place == PLACE
    shown = fault.value.split(" → ")
    assert shown[0] == shown[-1]
    assert set(ring) == set(shown)
    assert shown[0].split()[0] == fault.item


@pytest.mark.parametrize(
    "given",
    [
        [after("a", 3, "b", 2), after("b", 3, "a", 2)],
        [after("a", 2, "b", 1), after("b", 2, "a", 1)],
        [after("a", 3, "a", 2)],
        [("a", "c"), ("b", "c"), ("a", "b")],
    ],
)
def test_levels_that_go_hand_in_hand_are_no_circle(given: list[object]) -> None:
    found = mi.improve(answered(THREE), to=32, prerequisites=given)
    assert raised(found) == {"a": 4, "b": 4, "c": 4}
    assert {step.indicator for step in found.steps} == {"a", "b", "c"}
