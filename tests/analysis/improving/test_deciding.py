"""What becomes of a target: planned, reached, out of reach, or not to be said."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, faults_of
from improve_builders import BANDED, OPEN, TWO, answered, raised, refused
from meritindex.errors import AssessmentError
from meritindex.language import Text

OPEN_WEIGHTS = mi.Admissible()


def test_a_plan_says_what_it_comes_to() -> None:
    found = mi.improve(answered(), to=11, costs={"a": "2,5", "b": 2})
    # Two levels of a cost 5; one of a and two of b 6.5; three of b 6.
    assert (found.status, raised(found)) == ("planned", {"a": 3})
    assert (found.cost, found.cost_at_least, found.proven) == (5, 5, True)
    assert (found.before, found.after, found.slack, found.highest) == (5, 11, 0, 20)
    assert found.hindrances == ()
    assert found.budget is None


def test_of_plans_that_cost_the_same_the_one_with_the_fewest_levels_is_taken() -> None:
    found = mi.improve(answered(), to=11, costs={"a": 3, "b": 2})
    assert (raised(found), found.cost) == ({"a": 3}, 6)
    free = mi.improve(answered(), to=11, costs=0)
    assert (raised(free), free.cost) == ({"a": 3}, 0)


def test_a_budget_that_suffices_changes_nothing() -> None:
    found = mi.improve(answered(), to=11, budget=2)
    assert (found.cost, found.budget) == (2, 2)


@pytest.mark.parametrize("weighting", [None, OPEN_WEIGHTS])
def test_a_budget_that_does_not_suffice_is_named(weighting: mi.Admissible | None) -> None:
    of = answered() if weighting is None else answered(OPEN)
    cheapest = mi.improve(of, to=2 if weighting else 11, weighting=weighting)
    less = cheapest.cost - Fraction(1, 3)
    found = mi.improve(of, to=2 if weighting else 11, weighting=weighting, budget=less)
    assert (found.status, found.steps, found.cost) == ("unreachable", (), 0)
    assert (found.proven, found.cost_at_least) == (True, cheapest.cost)
    assert (found.after, found.slack, found.band_after) == (None, None, None)
    (hindrance,) = found.hindrances
    assert (hindrance.kind, hindrance.items) == ("budget", ())
    assert str(cheapest.cost) in hindrance.message.en
    assert found.assessment == of


def test_what_is_missing_is_named() -> None:
    for of, options in (
        (answered(TWO, levels={"a": 1}), {"to": 11}),
        (answered(BANDED, levels={"a": 1}), {}),
        (answered(OPEN, levels={"a": 1, "c": 2}), {"to": 3, "weighting": OPEN_WEIGHTS}),
    ):
        for action in (
            lambda of=of, options=options: mi.improve(of, **options),
            lambda of=of, options=options: mi.best_within(
                of, 3, weighting=options.get("weighting")
            ),
        ):
            fault = refused(action)
            check_fault(fault, "total-unknown", None, "b")
            assert (fault.place, fault.agency, fault.value) == (Text.same("A"), "A", "b")
            assert fault.allowed.en in fault.message.en


def test_the_lower_assessment_has_a_plan() -> None:
    lowest = mi.bounds(answered(TWO, levels={"a": 1})).lower_assessment
    assert raised(mi.improve(lowest, to=6)) == {"a": 2}


def test_a_target_that_is_reached_is_refused() -> None:
    fault = refused(lambda: mi.improve(answered(BANDED, "A", 3, 1), to="tengah"))
    check_fault(fault, "target-reached", None, "11", "tengah")
    assert (fault.place, fault.agency) == (Text.same("A"), "A")
    assert "11" in fault.value
    fault = refused(lambda: mi.improve(answered(), to=5))
    check_fault(fault, "target-reached", None, "5")
    half = answered(OPEN)
    fault = refused(lambda: mi.improve(half, to=1, weighting=OPEN_WEIGHTS))
    check_fault(fault, "target-reached", None, "1")


def test_there_is_no_band_above_the_highest() -> None:
    fault = refused(lambda: mi.improve(answered(BANDED, "A", 4, 2)))
    check_fault(fault, "no-higher-band", None, "16", "tinggi")
    assert fault.agency == "A"
    assert fault.allowed.en == "a target above the present total"


def test_the_total_is_written_as_each_language_writes_it() -> None:
    of = answered(OPEN, "A", 1, 2, 1)
    fault = refused(lambda: mi.improve(of, to=1, weighting=mi.EqualRemainder()))
    assert "1,4" in fault.message.id
    assert "1.4" in fault.message.en


def test_many_agencies_are_refused_nothing() -> None:
    rows = [
        answered(BANDED, "A", 1, 1),
        answered(BANDED, "B", 4, 4),
        answered(BANDED, "C", levels={"b": 1}),
        answered(BANDED, "D", 3, 1),
    ]
    table = mi.improve(rows)
    assert table.statuses == ("planned", "reached", "unknown", "planned")
    unknown = table["C"]
    assert (unknown.before, unknown.after, unknown.band_before) == (None, None, None)
    assert (unknown.highest, unknown.single_steps, unknown.slack) == (None, (), None)
    assert unknown.target.label == Text("kategori berikutnya", "the next band")
    asked = mi.improve(rows, to="tinggi")
    assert asked["C"].target.band == "tinggi"
    reached = table["B"]
    assert (reached.before, reached.after, reached.cost, reached.steps) == (20, None, 0, ())
    assert reached.band_before == reached.target.band == "tinggi"
    assert (asked["A"].status, asked["B"].status) == ("planned", "reached")


def test_a_number_of_agencies_is_wrong_only_once() -> None:
    rows = [answered(TWO, "A"), answered(TWO, "B")]
    (fault,) = faults_of(AssessmentError, lambda: mi.improve(rows, to="x"))
    assert fault.agency is None
