"""Steps in order, and single ones."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

import meritindex as mi
from builders import dimension, indicator, instrument, levels
from improve_builders import BANDED, OPEN, answered
from meritindex.analysis.improving import Prerequisite
from meritindex.language import Text

WORDED = tuple(
    attrs.evolve(level, criterion=Text(f"kriteria {level.value}", f"criterion {level.value}"))
    for level in levels(0, 1, 2, 3, 4)
)
RULES = instrument(
    dimension("d", indicator("a", 3, levels=WORDED, evidence=(Text("surat", "letter"),)), weight=2),
    indicator("b"),
    indicator("c"),
)


def test_a_step_says_what_is_to_be_done() -> None:
    day = dt.date(2026, 5, 1)
    found = mi.improve(answered(RULES), to=20, costs=2, ready={"a": {3: day}})
    (step,) = found.steps
    assert (step.indicator, step.from_level, step.to_level) == ("a", 1, 3)
    assert (step.cost, step.points, step.dimension) == (4, 12, "d")
    assert [level.value for level in step.criteria] == [2, 3]
    assert step.criteria[0].criterion == Text("kriteria 2", "criterion 2")
    assert (step.name, step.evidence) == (RULES["a"].name, (Text("surat", "letter"),))
    assert (step.needs, step.ready) == ((), day)


def test_steps_stand_in_the_order_of_the_instrument_unless_one_needs_another() -> None:
    found = mi.improve(answered(RULES), to=32)
    assert [step.indicator for step in found.steps] == ["a", "b", "c"]
    found = mi.improve(answered(RULES), to=32, prerequisites=[("c", "a")])
    assert [(step.indicator, step.needs) for step in found.steps] == [
        ("b", ()),
        ("c", ()),
        ("a", ("c",)),
    ]
    assert [step.points for step in found.steps] == [3, 3, 18]


def test_steps_that_need_one_another_go_hand_in_hand() -> None:
    asked = [
        Prerequisite(item="a", needs="b", from_level=4, level=2),
        Prerequisite(item="b", needs="a", from_level=3, level=2),
    ]
    found = mi.improve(answered(RULES), to=32, prerequisites=asked)
    # Either waits for some level of the other: the first of them in the instrument stands first.
    assert [(step.indicator, step.needs) for step in found.steps] == [
        ("c", ()),
        ("a", ("b",)),
        ("b", ("a",)),
    ]
    assert sum(step.points for step in found.steps) == 24


def test_an_indicator_may_need_itself() -> None:
    asked = [Prerequisite(item="a", needs="a", from_level=4, level=2)]
    (step,) = mi.improve(answered(RULES), to=26, prerequisites=asked).steps
    assert (step.to_level, step.needs) == (4, ())


# Single steps


def test_single_steps_bring_the_most_points_for_the_cost_first() -> None:
    found = mi.improve(answered(BANDED, "A", 2, 1), costs={"a": 2, "b": 1})
    # Of b 2 for 1, of a 3 for 2.
    first, second = found.single_steps
    assert (first.indicator, first.from_level, first.to_level) == ("b", 1, 2)
    assert (first.cost, first.points, first.band, first.changes_band) == (1, 2, "tengah", True)
    assert (second.indicator, second.cost, second.points) == ("a", 2, 3)
    assert second.changes_band
    assert first.name == BANDED["b"].name


def test_what_is_free_and_adds_stands_before_all() -> None:
    rules = instrument(
        indicator("a", 9), indicator("b"), indicator("c", levels=levels(0, 0, 0, 1)), indicator("d")
    )
    of = answered(rules)
    found = mi.improve(of, to=20, costs={"a": 1, "b": 0, "c": 0, "d": 1})
    assert [step.indicator for step in found.single_steps] == ["b", "a", "d", "c"]


def test_only_steps_that_are_allowed_now_are_single_steps() -> None:
    asked = [("b", "a")]
    found = mi.improve(answered(BANDED), prerequisites=asked)
    assert [step.indicator for step in found.single_steps] == ["b"]
    found = mi.improve(answered(BANDED, "A", 1, 4), to="tinggi", most_levels={"a": 2})
    assert [step.indicator for step in found.single_steps] == ["a"]
    (reached,) = mi.improve([answered(BANDED, "A", 4, 2)])
    assert [step.indicator for step in reached.single_steps] == ["b"]


def test_single_steps_add_to_the_least_total_where_weights_are_open() -> None:
    region = mi.Admissible()
    of = answered(OPEN)
    found = mi.improve(of, to=2, weighting=region)
    for step in found.single_steps:
        levels_after = {**dict(of.levels), step.indicator: 2}
        after = mi.bounds(attrs.evolve(of, levels=levels_after), region).lower
        assert step.points == after - 1
        assert step.band is None
        assert not step.changes_band
    assert {step.points for step in found.single_steps} == {Fraction(0), Fraction(1, 5)}
