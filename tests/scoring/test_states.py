from __future__ import annotations

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, gate, indicator, instrument, measure, when
from meritindex.language import LANGUAGES
from meritindex.scoring import MissingItem, Status
from meritindex.scoring.states import statuses

TREE = instrument(
    dimension(
        "first",
        indicator("i1", conditions=(when("g"),)),
        indicator("i2", conditions=(when("h"), when("g"))),
        rule=MEAN,
    ),
    dimension("second", indicator("i3"), measure("m1", 1), deductions=(measure("m2", None),)),
    dimension("third", missing="zero", missing_basis=ASSUMED),
    gates=(gate("g"), gate("h")),
)


def found(**answers: object) -> dict[str, str]:
    table = mi.score([mi.Assessment(agency=mi.Agency(name="A"), instrument=TREE, **answers)])
    states = statuses(table.plan, table.assessments, 0)
    assert list(states) == [node.code for node in TREE.nodes]
    return {code: status.value for code, status in states.items()}


def missing(**answers: object) -> list[tuple[str, str]]:
    card = mi.score(mi.Assessment(agency=mi.Agency(name="A"), instrument=TREE, **answers))
    return [(item.code, item.policy.value) for item in card.missing]


NO = {"g": "no", "h": "no"}


def test_every_node_has_a_status() -> None:
    states = found(gates=NO, levels={"i3": 1}, measures={"m1": 1, "m2": 0})
    assert states == {
        "total_points": "computed",
        "first": "not applicable",
        "i1": "not applicable",
        "i2": "not applicable",
        "second": "computed",
        "i3": "answered",
        "m1": "answered",
        "m2": "answered",
        "third": "missing",
    }


def test_what_is_entered_stands_for_what_is_below() -> None:
    states = found(gates=NO, points={"second": 1, "third": 2})
    assert (states["second"], states["i3"], states["m1"], states["m2"]) == (
        "entered",
        *["not given"] * 3,
    )
    assert states["third"] == "entered"
    assert set(found(points={"total": 1}).values()) == {"entered", "not given"}


def test_a_gate_that_is_not_answered_leaves_its_dimension_missing() -> None:
    states = found(gates={"g": "yes"}, levels={"i1": 3, "i2": 2})
    assert (states["first"], states["i1"], states["i2"]) == ("missing", "answered", "answered")
    assert missing(gates={"g": "yes"}, levels={"i1": 3, "i3": 0}) == [
        ("m1", "unknown"),
        ("m2", "unknown"),
        ("third", "zero"),
        ("h", "unknown"),
    ]


def test_the_gate_is_missing_and_not_what_waits_for_it() -> None:
    below = [("i3", "unknown"), ("m1", "unknown"), ("m2", "unknown"), ("third", "zero")]
    assert missing() == [*below, ("g", "unknown"), ("h", "unknown")]
    assert missing(gates={"g": "no"}) == below
    assert missing(gates={"g": "yes", "h": "no"}) == [("i1", "unknown"), *below]


def test_a_deduction_that_is_missing_leaves_its_dimension_missing() -> None:
    states = found(gates=NO, levels={"i3": 1}, measures={"m1": 1})
    assert (states["second"], states["m2"], states["total_points"]) == ("missing",) * 3


def test_all_that_is_dropped_leaves_nothing() -> None:
    means = instrument(
        root=dimension("total_points", dimension("a", indicator("i"), rule=MEAN), rule=MEAN)
    )
    one = mi.Assessment(agency=mi.Agency(name="A"), instrument=means)
    card = mi.score(one, missing="drop")
    assert card.total is None
    assert {node.code: node.status for node in card.explain().walk()} == dict.fromkeys(
        ("total_points", "a", "i"), Status.MISSING
    )
    (item,) = card.missing
    assert item == MissingItem("i", means["i"].name, mi.MissingPolicy.DROP)


def test_every_status_has_a_label_in_both_languages() -> None:
    for language in LANGUAGES:
        labels = {status.label.in_language(language) for status in Status}
        assert len(labels) == len(Status)
        assert all(labels)


CAPPED = instrument(
    root=dimension(
        "t",
        dimension("x", indicator("a", conditions=(when("g"),)), indicator("b"), rule=MEAN),
        rule=MEAN,
        weight=None,
        caps=(mi.Cap(maximum=3, basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=2)),),
    ),
    gates=(gate("g"),),
)


def capped(**answers: object) -> mi.ScoreCard:
    return mi.score(mi.Assessment(agency=mi.Agency(name="A"), instrument=CAPPED, **answers))


def test_what_a_cap_depends_on_is_needed_where_it_is_not_given() -> None:
    for gates in ({"g": "yes"}, {}):
        card = capped(gates=gates, points={"x": 4})
        assert card.total is None
        assert card.needed == ("a",)
        limits = card.explain().limits
        assert [line.en for line in limits] == [
            "at most 3, if a is below 2; its points are not known"
        ]


def test_what_a_cap_depends_on_is_needed_where_it_is_dropped() -> None:
    dropped = indicator("a", missing="drop", missing_basis=ASSUMED)
    one = instrument(
        root=dimension(
            "t",
            dropped,
            indicator("b"),
            rule=MEAN,
            weight=None,
            caps=(mi.Cap(maximum=3, basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=2)),),
        )
    )
    card = mi.score(mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"b": 4}))
    assert (card.total, card.needed) == (None, ("a",))


def test_a_cap_on_what_does_not_apply_holds_nothing_back() -> None:
    card = capped(gates={"g": "no"}, points={"x": 4})
    assert (card.total, card.needed) == (4, ())
    assert card.explain().limits == ()


def test_a_gate_that_a_cap_waits_for_is_what_is_needed() -> None:
    card = capped(levels={"b": 4})
    assert (card.total, card.needed) == (None, ("g",))
