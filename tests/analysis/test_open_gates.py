"""The ways to answer open gates: their order, what applies under each, what nobody need know."""

from __future__ import annotations

import attrs
import numpy as np

import meritindex as mi
from builders import dimension, gate, indicator, instrument, when
from meritindex.analysis.open_answers import under_entries
from meritindex.analysis.open_gates import GateWays, ways_to_answer

RULES = instrument(
    dimension(
        "a",
        # Two conditions on one gate, which only the middle option keeps.
        indicator("i", conditions=(when("size", "small", "middle"), when("size", "middle", "big"))),
        indicator("j", conditions=(when("works"),)),
    ),
    dimension("b", indicator("k", conditions=(when("works"), when("big")))),
    gates=(gate("works"), gate("size", "small", "middle", "big"), gate("idle"), gate("big")),
)


def ways_of(**answers: object) -> GateWays:
    one = mi.Assessment(**{"agency": "Kota Medan", "instrument": RULES, **answers})
    many = mi.AssessmentSet.of([one])
    return ways_to_answer(many, under_entries(many))


def test_every_way_and_what_does_not_apply_by_it() -> None:
    ways = ways_of(gates={"works": "yes"}, points={"b": 1})
    assert ways.answers.tolist() == [[0, 0, 255, 255], [0, 1, 255, 255], [0, 2, 255, 255]]
    assert ways.inapplicable.tolist() == [
        [True, False, False],
        [False, False, False],
        [True, False, False],
    ]
    assert ways.open.tolist() == [[False, True, False, False]]
    assert (ways.owners.tolist(), ways.starts.tolist(), ways.counts.tolist()) == ([0] * 3, [0], [3])
    for field in attrs.fields(GateWays):
        assert not getattr(ways, field.name).flags.writeable


def test_the_last_gate_changes_first() -> None:
    ways = ways_of(gates={"size": "small"})
    assert ways.answers.tolist() == [
        [0, 0, 255, 0],
        [0, 0, 255, 1],
        [1, 0, 255, 0],
        [1, 0, 255, 1],
    ]
    assert ways.inapplicable[:, 2].tolist() == [False, True, True, True]


def test_an_answer_under_two_conditions_on_one_gate() -> None:
    ways = ways_of(gates={"works": "no"}, levels={"i": 1})
    assert ways.answers.tolist() == [[1, 1, 255, 255]]
    assert not ways.open.any()


def test_an_answer_settles_a_gate_for_what_lies_under_an_entry_as_well() -> None:
    ways = ways_of(points={"b": 1}, levels={"j": 1}, gates={"size": "big"})
    assert ways.answers.tolist() == [[0, 2, 255, 255]]
    # What waits for a gate that nobody asks is left as it is.
    assert ways.inapplicable.tolist() == [[True, False, False]]


def test_no_gates() -> None:
    plain = instrument(indicator("i"))
    many = mi.AssessmentSet.of([mi.Assessment(agency="Kota Medan", instrument=plain)])
    ways = ways_to_answer(many, {})
    assert ways.answers.shape == ways.open.shape == (1, 0)
    assert np.array_equal(ways.owners, [0])
