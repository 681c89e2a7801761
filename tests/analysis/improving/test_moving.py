"""Which indicators may move, how far, and what one asks of another."""

from __future__ import annotations

import datetime as dt

import numpy as np

import meritindex as mi
from builders import gate, indicator, instrument, when
from improve_builders import TWO, answered, case
from meritindex.analysis.improving import Prerequisite
from meritindex.analysis.improving.moving import LIMITS, Demand, Moves

THREE = instrument(indicator("a"), indicator("b"), indicator("c"))
LATE, BY = dt.date(2026, 7, 1), dt.date(2026, 6, 1)


def upper(of: mi.Assessment, without: tuple[str, ...] = (), **wishes: object) -> list[int]:
    return Moves.of(case(of, **wishes), without).upper.tolist()


def after(item: str, from_level: int, needs: str, level: int) -> Prerequisite:
    return Prerequisite(item=item, needs=needs, from_level=from_level, level=level)


def test_what_is_answered_may_rise_to_the_top() -> None:
    rules = instrument(
        indicator("a"),
        indicator("b"),
        indicator("c", conditions=(when("works"),)),
        gates=(gate("works"),),
    )
    of = answered(rules, levels={"a": 2}, gates={"works": "no"})
    moves = Moves.of(case(of))
    assert moves.places == (0,)
    assert moves.upper.tolist()[0] == 4
    assert moves.answered.tolist() == [True, False, False]
    assert moves.upper.tolist()[1:] == moves.base.tolist()[1:]


def test_limits_bound_how_far_each_may_rise() -> None:
    of = answered(THREE)
    wishes = {
        "fixed": ("a",),
        "most_levels": {"b": 1},
        "ready": {"c": {2: BY, 4: LATE, 1: LATE}, "b": {1: LATE}},
        "by": BY,
    }
    assert upper(of, **wishes) == [1, 2, 3]
    assert upper(of, ("fixed",), **wishes) == [4, 2, 3]
    assert upper(of, ("most-levels",), **wishes) == [1, 4, 3]
    assert upper(of, ("ready",), **wishes) == [1, 2, 4]
    assert upper(of, LIMITS, **wishes) == [4, 4, 4]


def test_what_is_asked_for_in_vain_bounds_as_well() -> None:
    asked = [after("a", 3, "b", 2), after("b", 2, "c", 3)]
    of = answered(THREE)
    assert upper(of, prerequisites=asked, fixed=("c",)) == [2, 1, 1]
    assert upper(of, ("prerequisites",), prerequisites=asked, fixed=("c",)) == [4, 4, 1]
    assert upper(of, prerequisites=asked, most_levels={"c": 2}) == [4, 4, 3]
    # What stands above a level already asks for all that is needed there when it is raised.
    assert upper(answered(THREE, "A", 3, 1, 1), prerequisites=asked, fixed="c") == [3, 1, 1]


def test_only_demands_that_may_matter_are_kept() -> None:
    asked = [after("a", 2, "b", 1), after("a", 4, "b", 3), after("b", 4, "c", 2)]
    moves = Moves.of(case(answered(THREE), prerequisites=asked, most_levels={"b": 2}))
    assert moves.demands == (Demand(0, 4, 1, 3),)
    below = moves.below(1, 2)
    assert below.upper.tolist() == [3, 2, 4]
    assert below.demands == ()


def test_rows_are_allowed_where_every_raise_has_what_it_asks_for() -> None:
    moves = Moves.of(case(answered(TWO, "A", 2, 1), prerequisites=[after("a", 2, "b", 3)]))
    rows = np.array([[2, 1], [3, 1], [3, 2], [3, 3], [2, 4]], dtype=np.uint8)
    assert moves.allows(rows).tolist() == [True, False, False, True, True]
