"""Making a board: what is refused, and that several faults are told at once."""

from __future__ import annotations

import pytest

import meritindex as mi
from board_rules import row, table
from builders import only_fault
from meritindex.analysis.boards import board

TABLE = table(row("A", 4, 4, 4), row("B", 2, 2, 2))


def test_a_wrong_grouping_alone():
    fault = only_fault(mi.UnknownNameError, lambda: board(TABLE, "provinsi"))
    assert fault.code == "grouping-unknown"


def test_an_agency_twice():
    many = table(row("A", 4, 4, 4, year=2024), row("A", 2, 2, 2, year=2025), row("B", 1, 1, 1))
    for by in (None, "province", {"A": "x"}):
        fault = only_fault(mi.AssessmentError, lambda by=by: board(many, by))
        assert (fault.code, fault.agency) == ("board-agency-twice", "A")
        assert "2024" in fault.in_language("id")
        assert "2025" in fault.in_language("en")


@pytest.mark.parametrize(
    "by", [{"A": "x", "B": "x"}, lambda agency: "x", lambda agency: agency.kind.value]
)
def test_any_grouping_into_one_is_the_whole(by):
    found = board(TABLE, by)
    assert found.groups == (found.whole,)
