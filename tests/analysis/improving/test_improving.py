"""Improving one, many, and what a budget buys."""

from __future__ import annotations

import numpy as np
import pytest

import meritindex as mi
from improve_builders import BANDED, TWO, answered, raised
from meritindex.analysis.improving import ImprovementTable
from meritindex.analysis.improving import best_within as best_of_package
from meritindex.analysis.improving import improve as improve_of_package

ROWS = [answered(TWO, "A"), answered(TWO, "B", 2, 2), answered(TWO, "C", 4, 4)]


def test_one_gives_an_improvement_and_many_a_table() -> None:
    assert mi.improve is improve_of_package
    assert mi.best_within is best_of_package
    assert isinstance(mi.improve(ROWS[0], to=8), mi.Improvement)
    for many in (ROWS, iter(ROWS), mi.AssessmentSet.of(ROWS)):
        table = mi.improve(many, to=8)
        assert isinstance(table, ImprovementTable)
        assert [found.agency.name for found in table] == ["A", "B", "C"]
    assert isinstance(mi.improve(ROWS[:1], to=8), ImprovementTable)


def test_a_table_holds_what_each_alone_gives() -> None:
    table = mi.improve(ROWS, to=12, costs={"a": 2, "b": 1})
    for found, row in zip(table, ROWS[:2], strict=False):
        assert found == mi.improve(row, to=12, costs={"a": 2, "b": 1})


def test_progress_counts_agencies() -> None:
    told: list[tuple[int, int]] = []
    mi.improve(ROWS, to=8, progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]
    told.clear()
    mi.improve(ROWS[0], to=8, progress=lambda *done: told.append(done))
    assert told == [(1, 1)]


def test_no_agencies_have_no_plans() -> None:
    none = mi.AssessmentSet.of(ROWS).rows(np.zeros(0, dtype=np.intp))
    told: list[tuple[int, int]] = []
    table = mi.improve(none, to=8, progress=lambda *done: told.append(done))
    assert (len(table), table.statuses, table.common_steps, told) == (0, (), (), [])
    assert table.weighting == TWO.default_weighting


def test_the_same_question_has_the_same_answer() -> None:
    assert mi.improve(ROWS[0], to=12) == mi.improve(ROWS[0], to=12)


@pytest.mark.parametrize("missing", [mi.MissingPolicy.ZERO, "zero"])
def test_a_policy_may_be_chosen(missing: object) -> None:
    of = answered(TWO, levels={"a": 1})
    assert raised(mi.improve(of, to=8, missing=missing)) == {"a": 3}
    with pytest.raises(ValueError, match="none such"):
        mi.improve(of, to=8, missing="none such")


def test_a_budget_needs_no_target() -> None:
    top = answered(BANDED, "A", 4, 2)
    best = mi.best_within(top, 1)
    assert (raised(best), best.band_before, best.band_after) == ({"b": 3}, "tinggi", "tinggi")
    assert mi.best_within(answered(BANDED, "A", 4, 4), 9).steps == ()
    found = mi.best_within(
        answered(), 3, fixed=("a",), most_levels={"b": 2}, prerequisites=[("a", "b")]
    )
    assert found.steps == ()
    free = mi.best_within(answered(), 0, costs={"a": 0, "b": 1})
    assert (raised(free), free.cost, free.after) == ({"a": 4}, 0, 14)


def test_a_budget_buys_as_few_levels_as_it_must() -> None:
    found = mi.best_within(answered(), 100, costs=0)
    assert raised(found) == {"a": 4, "b": 4}
    capped = mi.best_within(answered(), 2, most_levels=1)
    assert (raised(capped), capped.cost) == ({"a": 2, "b": 2}, 2)
