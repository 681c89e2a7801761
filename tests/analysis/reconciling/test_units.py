"""What belongs together, and what does not: by hand, one bond at a time."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, gate, indicator, instrument, measure, when
from meritindex.analysis.reconciling import Absence, Reconciliation, reconcile


def gated(**missing: object) -> mi.Instrument:
    """Return an instrument with gates; `missing` says what gated indicators count for."""
    return instrument(
        dimension(
            "d",
            indicator("a", conditions=(when("g"),), **missing),
            indicator("b", conditions=(when("g"), when("h")), **missing),
            indicator("c"),
            rule=MEAN,
        ),
        dimension("e", indicator("x"), indicator("y"), dimension("f", indicator("z")), rule=MEAN),
        measure("m"),
        dimension("given", rule=None),
        gates=(gate("g"), gate("h"), gate("lone", "yes", "no", "maybe")),
    )


GATED = gated()
WHOLE = {
    "levels": {"a": 1, "b": 2, "c": 3, "x": 1, "y": 2, "z": 3},
    "gates": {"g": "yes", "h": "yes", "lone": "yes"},
    "measures": {"m": "0.5"},
    "points": {"given": 10},
}


def side(rules: mi.Instrument = GATED, **changes: dict[str, object]) -> mi.Assessment:
    """Return the whole of the answers with some changed; None takes one out."""
    fields = {
        name: {
            code: value
            for code, value in {**given, **changes.get(name, {})}.items()
            if value is not None
        }
        for name, given in WHOLE.items()
    }
    return mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, **fields)


def units(card: Reconciliation) -> list[tuple[str, ...]]:
    return [item.codes for item in card.items]


def test_answers_that_do_not_touch_are_units_of_their_own() -> None:
    found = side(
        levels={"c": 0, "z": 4},
        gates={"lone": "maybe"},
        measures={"m": "0.25"},
        points={"given": None},
    )
    card = reconcile(side(), found)
    # Gates first, then the order of the tree.
    assert units(card) == [("lone",), ("c",), ("z",), ("m",), ("given",)]
    claims = [(item.claim, item.finding, item.difference) for item in card.items]
    assert claims == [
        ("yes", "maybe", None),
        (3, 0, -3),
        (3, 4, 1),
        (Fraction(1, 2), Fraction(1, 4), None),
        (10, Absence.NOT_ANSWERED, None),
    ]


def test_a_gate_comes_with_what_its_answer_lets_apply() -> None:
    found = side(levels={"a": None, "b": None, "c": 0}, gates={"g": "no"})
    card = reconcile(side(), found)
    assert units(card) == [("g", "a", "b"), ("c",)]
    unit = card.items[0]
    assert [answer.finding for answer in unit.answers] == ["no", *[Absence.NOT_APPLICABLE] * 2]
    assert unit.name == GATED.gates[0].question
    assert unit.difference is None
    back = reconcile(found, side())
    assert units(back) == [("g", "a", "b"), ("c",)]


def test_a_gate_that_was_left_open_comes_with_the_answers_that_waited_for_it() -> None:
    # Answered all the same while the gate was open: the level may be the same, and is no part.
    claim = side(levels={"a": 4, "b": None}, gates={"g": None})
    assert units(reconcile(claim, side())) == [("g", "a", "b")]
    assert units(reconcile(side(gates={"g": None}), side())) == [("g",)]


def test_gates_that_decide_about_one_indicator_are_one_unit() -> None:
    # On either side one of them keeps b out; mixed, both would let it apply, without an answer.
    claim = side(levels={"b": None}, gates={"h": "no"})
    found = side(levels={"a": None, "b": None}, gates={"g": "no"})
    assert units(reconcile(claim, found)) == [("g", "h", "a")]


def test_points_of_a_dimension_come_with_the_answers_below_it() -> None:
    entered = {"levels": {"x": None, "y": None, "z": None}, "points": {"e": 2}}
    card = reconcile(side(), side(**entered))
    assert units(card) == [("e", "x", "y", "z")]
    assert card.items[0].claim is Absence.NOT_ANSWERED
    assert card.items[0].finding == 2
    # Points on both sides are a unit alone.
    other = {**entered, "points": {"e": 3}}
    assert units(reconcile(side(**entered), side(**other))) == [("e",)]


def test_nested_entries_are_one_unit() -> None:
    outer = side(levels={"x": None, "y": None, "z": None}, points={"e": 2})
    inner = side(levels={"z": None}, points={"f": 1})
    card = reconcile(inner, outer)
    assert units(card) == [("e", "x", "y", "f")]
    assert units(reconcile(inner, side())) == [("f", "z")]


def test_an_entry_goes_with_a_gate_that_its_answers_wait_for() -> None:
    entered = side(levels={"a": None, "b": None, "c": None}, gates={"g": None}, points={"d": 2})
    card = reconcile(entered, side())
    # It is called after the dimension, though the gate comes first in the instrument.
    assert units(card) == [("d", "g", "a", "b", "c")]
    assert card.items[0].code == "d"
    # What is not answered below it on either side waits for the gate all the same.
    rules = gated(missing="zero", missing_basis=ASSUMED)
    open_gate = side(
        rules, levels={"a": None, "b": None, "c": None}, gates={"g": None}, points={"d": 2}
    )
    answered = side(rules, levels={"a": None, "b": None})
    card = reconcile(open_gate, answered)
    assert units(card) == [("d", "g", "c")]
    assert len(card.waterfall) == 1


@pytest.mark.parametrize("code", ["a", "c"])
def test_an_answer_on_one_side_only(code: str) -> None:
    card = reconcile(side(levels={code: None}), side())
    (item,) = card.items
    assert item.claim is Absence.NOT_ANSWERED
    assert (item.difference, item.points) == (None, None)
    assert card.waterfall == ()
    assert card.missing == ((code,), ())
