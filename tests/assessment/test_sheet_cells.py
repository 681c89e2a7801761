"""What a cell of a workbook is taken for."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import check_fault, dimension, indicator, instrument, measure
from meritindex.assessment.sheet_cells import cell_value, merged_fault, shown_content
from meritindex.assessment.workbooks import CellError, Formula, Percentage
from meritindex.errors import Fault

RULES = instrument(
    dimension("a", indicator("a1")),
    dimension("b", measure("share"), measure("wide", maximum=100)),
)


def fault_of(column: str, content: object) -> Fault:
    fault = cell_value(RULES, column, content)
    assert isinstance(fault, Fault)
    return fault


def test_values_are_handed_over_as_they_are():
    for content in (None, 3, 3.5, "3", True, dt.date(2026, 8, 5)):
        assert cell_value(RULES, "a1", content) is content
    assert cell_value(RULES, "share", Percentage(0.85)) == 0.85


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, None),
        ("  x ", "  x "),
        (800, "800"),
        (12.5, "12.5"),
        (dt.date(2026, 8, 5), "2026-08-05"),
        (dt.time(12, 30), "12:30:00"),
    ],
)
def test_texts(content, text):
    for column in ("a1.evidence", "a1.link"):
        assert cell_value(RULES, column, content) == text
    assert fault_of("a1.evidence", True).code == "text-not-allowed"


def test_faults():
    check_fault(fault_of("a1", Formula()), "cell-formula", "a1")
    check_fault(fault_of("a1", CellError("#REF!")), "cell-error", "a1", "#REF!")
    check_fault(merged_fault("a1"), "cell-merged", "a1")
    fault = fault_of("wide", Percentage(0.855))
    check_fault(fault, "number-in-percent", "wide", "85.5%")
    assert (fault.allowed.id, fault.allowed.en) == (
        "85,5 atau 0,855 dengan format angka biasa",
        "85.5 or 0.855 in the format of a plain number",
    )
    assert fault_of("b", Percentage(0.5)).code == "number-in-percent"
    check_fault(fault_of("wide", Percentage(1e300)), "number-in-percent", "wide", "1e+300 × 100%")


def test_what_a_cell_shows():
    shown = [shown_content(content) for content in (3, "x", Formula(), CellError("#N/A"))]
    assert shown == ["3", "x", "=…", "#N/A"]
