"""One assessment, what may be done about it, and what comes of that."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import gate, indicator, instrument, when
from improve_builders import OPEN, TWO, answered, case
from meritindex.analysis.improving.outcomes import Goal

REGION = mi.Admissible({"a": (10, 40)})
ROWS = np.array([[1, 1], [4, 1], [4, 4]], dtype=np.uint8)
OPEN_ROWS = np.array([[1, 1, 1], [1, 1, 4], [4, 0, 1]], dtype=np.uint8)


def test_levels_are_worth_what_the_library_scores() -> None:
    one = case(answered())
    assert list(one.outcome(ROWS).totals) == [5, 14, 20]
    assert one.outcome(ROWS).bands.tolist() == [0, 0, 0]
    assert one.reach(ROWS, Goal(Fraction(14))).tolist() == [False, True, True]


def test_under_open_weights_levels_are_worth_the_least() -> None:
    of = answered(OPEN)
    one = case(of, REGION)
    rows = [
        attrs.evolve(of, levels=dict(zip("abc", levels, strict=True)))
        for levels in OPEN_ROWS.tolist()
    ]
    assert list(one.outcome(OPEN_ROWS).totals) == [mi.bounds(row, REGION).lower for row in rows]


def test_what_is_not_answered_is_not_raised() -> None:
    rules = instrument(
        indicator("a", missing="zero", missing_basis=TWO.root.basis),
        indicator("b", conditions=(when("works"),)),
        indicator("c"),
        gates=(gate("works"),),
    )
    one = case(answered(rules, levels={"c": 2}, gates={"works": "no"}))
    assert one.answered.tolist() == [False, False, True]
    every = np.full((1, 3), 4, dtype=np.uint8)
    assert list(one.outcome(every).totals) == [4]


@pytest.mark.parametrize(("of", "weighting"), [(answered(), None), (answered(OPEN), REGION)])
def test_a_case_is_a_value(of: mi.Assessment, weighting: object) -> None:
    one = case(of, weighting, costs=2, budget=9)
    again = pickle.loads(pickle.dumps(one))
    assert again == one
    assert again.pricing.table.tolist() == one.pricing.table.tolist()
    assert one != case(of, weighting, costs=2, budget=8)
    assert one != case(attrs.evolve(of, year=2026), weighting, costs=2, budget=9)
    assert one != "a case"
    with pytest.raises(TypeError):
        hash(one)
