"""Each limit is kept to the one: what it allows is read, and one more is refused."""

from __future__ import annotations

from types import ModuleType

import pytest

from builders import check_fault, only_fault
from meritindex.assessment.workbooks import archive, markup, sheets, strings, styles, workbook_of
from meritindex.assessment.workbooks.styles import look_of
from meritindex.errors import FileError
from workbook_builders import MAIN, packed, parts_of, sheet, sheet_of

TWO_ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
MERGED = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
PARTS = parts_of(
    {"S": sheet_of(TWO_ROWS, MERGED), "T": sheet([])},
    strings="<si><t>a</t></si><si><t>b</t></si>",
)


def read(content: bytes) -> None:
    book = workbook_of("f.xlsx", content)
    for name in book.sheet_names:
        book.sheet(name)


@pytest.mark.parametrize(
    ("module", "name", "needed", "code"),
    [
        (archive, "MAX_ENTRIES", len(PARTS), "workbook-entries"),
        (archive, "MAX_INFLATED_BYTES", sum(map(len, PARTS.values())), "workbook-bomb"),
        (sheets, "MAX_CELLS", 2, "workbook-cells"),
        (sheets, "MAX_ROWS", 2, "workbook-dimensions"),
        (sheets, "MAX_COLUMNS", 2, "workbook-dimensions"),
        (sheets, "MAX_MERGED", 2, "workbook-merged"),
        (strings, "MAX_STRINGS", 2, "workbook-strings"),
        (styles, "MAX_STYLES", 6, "workbook-styles"),
        (markup, "MAX_DEPTH", 5, "workbook-nesting"),
    ],
)
def test_a_limit(monkeypatch, module: ModuleType, name, needed, code):
    content = packed(PARTS)
    monkeypatch.setattr(module, name, needed)
    read(content)
    monkeypatch.setattr(module, name, needed - 1)
    fault = only_fault(FileError, lambda: read(content))
    check_fault(fault, code, None, str(needed - 1))


def test_elements_of_all_parts_together(monkeypatch):
    spent = markup.Budget()
    monkeypatch.setattr("meritindex.assessment.workbooks.opening.Budget", lambda: spent)
    read(packed(PARTS))
    needed = markup.MAX_ELEMENTS - spent.elements
    assert needed > 30
    spent.elements = needed
    read(packed(PARTS))
    spent.elements = needed - 1
    check_fault(only_fault(FileError, lambda: read(packed(PARTS))), "workbook-elements", None)


@pytest.mark.parametrize(("length", "is_refused"), [(2**17, False), (2**19, True)])
def test_a_long_tag(length, is_refused):
    long = PARTS | {"xl/worksheets/sheet1.xml": sheet_of(f'<row><x a="{"y" * length}"/></row>')}
    if is_refused:
        assert only_fault(FileError, lambda: read(packed(long))).code == "workbook-tag"
    else:
        read(packed(long))


def test_a_part_of_very_many_names():
    inside = "".join(f"<x{number}/>" for number in range(markup._MOST_NAMES + 9))
    found = f'<row r="1"><c r="A1"><v>1</v></c>{inside}<c r="B1"><v>2</v></c></row>'
    book = workbook_of("f.xlsx", packed(parts_of({"S": sheet_of(found)})))
    assert book.sheet("S").rows == {1: {1: 1, 2: 2}}


def test_a_part_that_shrinks_too_well(monkeypatch):
    content = packed(PARTS | {"xl/theme.xml": f'<a xmlns="{MAIN}">{" " * 50_000}</a>'})
    read(content)
    monkeypatch.setattr(archive, "RATIO_FROM_BYTES", 40_000)
    assert only_fault(FileError, lambda: read(content)).code == "workbook-bomb"


@pytest.mark.parametrize(
    ("code", "is_date", "is_percent"),
    [
        ("General", False, False),
        ("0.00%", False, True),
        ('0 "%"', False, False),
        (r"0\%", False, False),
        ("0_%", False, False),
        ("0;0%", False, False),
        ("[Red]0", False, False),
        ("[$-421]dd mmmm yyyy", True, False),
        ("[h]:mm", True, False),
        ("[$Rp-421]#,##0", False, False),
        ('0 "dmy"', False, False),
        ("hh:mm:ss", True, False),
    ],
)
def test_formats(code, is_date, is_percent):
    look = look_of(170, code)
    assert (look.date, look.percent) == (is_date, is_percent)


@pytest.mark.parametrize("number", ["14", "22", "27", "36", "45", "47", "50", "58"])
def test_formats_of_dates_that_every_workbook_has(number):
    assert look_of(int(number), None).date


@pytest.mark.parametrize("number", [0, 13, 23, 26, 37, 44, 48, 49, 59, 163, 170])
def test_other_formats_that_every_workbook_has(number):
    assert not look_of(number, None).date


def test_numbers_of_formats_that_are_none():
    formats = '<cellXfs><xf numFmtId="x"/><xf numFmtId="-9"/></cellXfs>'
    odd = f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>'
    inside = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="x"><v>2</v></c></row>'
    parts = parts_of({"S": sheet_of(inside)}, styles=odd)
    assert workbook_of("f.xlsx", packed(parts)).sheet("S").rows == {1: {1: 1, 2: 2}}
