"""Totals of mixtures, where it is left open on one side what counts."""

from __future__ import annotations

import meritindex as mi
from builders import ASSUMED, dimension, gate, indicator, instrument, measure, when
from meritindex.analysis.reconciling import reconcile

# A cap looks at an indicator that may wait for a gate; its dimension counts zero meanwhile.
RULES = instrument(
    root=dimension(
        "total_points",
        dimension(
            "d",
            indicator("i", conditions=(when("g"),)),
            indicator("j", conditions=(when("g"),)),
            missing="zero",
            missing_basis=ASSUMED,
        ),
        indicator("x"),
        caps=(mi.Cap(maximum=2, basis=ASSUMED, shortfall=mi.Shortfall(code="i", below=2)),),
    ),
    gates=(gate("g"),),
)

CUT = measure("cut", None, maximum=4, decimals=0)


def one(x: int, **gates: str) -> mi.Assessment:
    return mi.Assessment(
        agency=mi.Agency(name="A"), instrument=RULES, levels={"i": 1, "j": 2, "x": x}, gates=gates
    )


def test_what_waits_for_a_gate_waits_as_on_the_side_that_is_taken() -> None:
    answered, waiting = one(3, g="yes"), one(4)
    for claim, finding in ((answered, waiting), (waiting, answered)):
        card = reconcile(claim, finding)
        assert [item.codes for item in card.items] == [("g",), ("x",)]
        for item in card.items:
            assert item.total_if_accepted_alone == mi.score(card.accept([item.code])).total
            others = [other.code for other in card.items if other is not item]
            assert item.total_if_granted == mi.score(card.accept(others)).total
    # While the gate is open, nobody knows whether the cap holds.
    assert mi.score(waiting).total is None
    assert mi.score(answered).total == 2


def test_of_rows_that_are_refused_the_others_keep_their_totals() -> None:
    part = dimension("part", indicator("i"), deductions=(CUT,))
    rules = instrument(
        root=dimension("root", part, indicator("j"), rule=mi.GeometricMean(basis=ASSUMED))
    )
    sides = [
        [
            mi.Assessment(
                agency=mi.Agency(name=name),
                instrument=rules,
                levels={"i": i, "j": 1},
                measures={"cut": cut},
            )
            for name, i, cut in rows
        ]
        for rows in ([("A", 4, 3), ("B", 4, 1)], [("A", 1, 0), ("B", 3, 1)])
    ]
    first, second = reconcile(*sides)
    # A finding of 1 less a claimed deduction of 3 is below zero.
    assert [item.total_if_accepted_alone for item in first.items] == [None, 2]
    assert [[item.code for item in step.items] for step in first.waterfall] == [["i", "cut"]]
    assert [step.total for step in first.waterfall] == [1]
    assert [item.points for item in second.items] == [second.difference]
