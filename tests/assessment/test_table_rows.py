"""Plain tables in workbooks: the same rows as in CSV, each fault with its sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
)
from meeting import law
from meritindex.assessment import AssessmentSet, read_assessments
from meritindex.assessment.places import place_on_sheet
from meritindex.assessment.workbooks import CellError, Formula, Sheet
from meritindex.assessment.workbooks.sheets import Range
from meritindex.errors import AssessmentError, Fault, FileError
from meritindex.language import Text
from meritindex.testing.answers import assessment_sets
from workbook_builders import packed, parts_of, sheet, workbook

RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2")),
    dimension("b", decimals=9),
    measure("survey"),
    gates=(gate("works"),),
)
HEADER = ["agency", "year", "a1", "a2", "survey", "works"]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., AssessmentSet]:
    def read(*rows: list[object] | bytes, **options: bool) -> AssessmentSet:
        path = tmp_path / "table.xlsx"
        path.write_bytes(rows[0] if isinstance(rows[0], bytes) else workbook(*rows))
        return read_assessments(path, RULES, **options)

    return read


def at(cell: str, name: str = "Sheet1") -> Text:
    return Text(
        f"table.xlsx, lembar '{name}', sel {cell}", f"table.xlsx, sheet '{name}', cell {cell}"
    )


def fault_in(read: Callable[..., AssessmentSet], *rows: list[object] | bytes) -> Fault:
    return only_fault(AssessmentError, lambda: read(*rows))


def test_a_table_is_read_as_its_csv_is(read, tmp_path):
    found = read(
        [*HEADER[:4], "SURVEY", "works", "a1.evidence"],
        ["Kota Medan", 2026, 3, "2", (0.85, 1), "yes", 12],
        [None, " "],
        ["Kota Binjai", (46239, 2), None, 4.0, "0,5", " NO ", "=1+1"],
    )
    path = tmp_path / "table.csv"
    path.write_text(
        "agency,year,a1,a2,survey,works,a1.evidence\n"
        "Kota Medan,2026,3,2,0.85,yes,12\nKota Binjai,2026-08-05,,4,0.5,no,'=1+1\n",
        encoding="utf-8",
    )
    assert found == read_assessments(path, RULES)


def test_the_header_is_the_first_row_that_holds_anything(read):
    rows = {3: {2: "agency", 4: "a1"}, 7: {2: "Kota Medan", 4: 9}}
    parts = parts_of({"Tabel": sheet(rows), "Lain": sheet([["x"]])})
    fault = fault_in(read, packed(parts))
    check_fault(fault, "level-not-allowed", "a1", "9")
    assert fault.place == at("D7", "Tabel")


def test_all_faults_with_their_cells(read):
    found = faults_of(
        AssessmentError,
        lambda: read(
            [*HEADER, None],
            ["Kota Medn", 2026, 5, Formula()],
            ["Kota Binjai", 2026, CellError("#N/A"), (1, 1), (0.851, 1), None, "extra"],
            [None, 2026, 1, None, None, None, None, Formula()],
        ),
    )
    assert [(fault.code, fault.place) for fault in found] == [
        ("agency-unknown", at("A2")),
        ("level-not-allowed", at("C2")),
        ("cell-formula", at("D2")),
        ("cell-error", at("C3")),
        ("number-in-percent", at("D3")),
        ("number-too-fine", at("E3")),
        ("cell-without-column", at("G3")),
        ("agency-missing", at("A4")),
        ("cell-without-column", at("H4")),
    ]
    check_fault(found[6], "cell-without-column", None, '"extra"', "G")
    assert found[6].agency == "Kota Binjai"
    assert found[8].value == '"=…"'


def test_rows_without_fault_are_kept(read):
    rows = (HEADER, ["Kota Medan", 2026, 9], ["Kota Binjai", 2026, 3], ["Kota Binjai", 2026, 2])
    kept = read(*rows, leave_out_faulty=True)
    assert [agency.name for agency in kept.agencies] == ["Kota Binjai"]
    second = kept.left_out[1]
    assert second.place == Text(
        "table.xlsx, lembar 'Sheet1', baris 4", "table.xlsx, sheet 'Sheet1', row 4"
    )
    assert "row 3" in second.message.en


def test_merged_cells(read):
    merged = (
        '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="H1:J9"/><mergeCell ref="A1:B1"/>'
        "</mergeCells>"
    )
    content = sheet([["agency", "a1"], ["Kota Medan", 3], [None, 2]], merged)
    fault = fault_in(read, packed(parts_of({"S": content})))
    check_fault(fault, "cell-merged", "agency")
    assert fault.place == at("A3", "S")


@law(300)
@given(
    st.lists(st.integers(1, 6), unique=True).map(sorted),
    st.lists(st.builds(Range, *[st.integers(1, 6)] * 4), max_size=8),
    st.integers(1, 6),
)
def test_a_cell_is_hidden_where_some_rectangle_hides_it(rows, areas, column):
    made = Sheet(name="S", rows={}, merged=tuple(areas))
    expected = [any(area.hides(row, column) for area in areas) for row in rows]
    assert made.hidden(rows, column) == expected


def test_many_merged_cells_below_the_table_hide_nothing(read):
    areas = "".join(f'<mergeCell ref="A{row}:C{row}"/>' for row in range(190_000, 200_000))
    rows = [["Kota Medan", year % 100 + 2000, 3] for year in range(4_000)]
    content = sheet([["agency", "year", "a1"], *rows], f"<mergeCells>{areas}</mergeCells>")
    found = faults_of(AssessmentError, lambda: read(packed(parts_of({"S": content}))))
    assert {fault.code for fault in found} == {"assessment-twice"}


def test_a_column_without_a_name_is_one_fault(read):
    rows = [["agency", "a1", None, "a2"], ["Kota Medan", 1, "x", 2], ["Kota Binjai", 3]]
    rows += [["Kota Malang", 2, "y"], ["Kota Batu", 1, None, None, 7], ["Kota Kediri", 1, 5]]
    found = faults_of(AssessmentError, lambda: read(*rows))
    assert [(fault.place, fault.value) for fault in found] == [(at("C2"), '"x"'), (at("E5"), '"7"')]
    assert found[0].message.en == (
        '"x" is in column C, which has no name; cells below it that hold something: 2'
    )
    assert "di bawahnya ada 2 sel lain yang berisi" in found[0].message.id
    assert found[1].message.en == '"7" is in column E, which has no name'
    # Each of these rows says something that was not read.
    kept = read(*rows, leave_out_faulty=True)
    assert [agency.name for agency in kept.agencies] == ["Kota Binjai"]


def test_equal_contents_of_different_kinds_have_faults_of_their_own(read):
    rows = [["agency", "a1.evidence"], ["Kota Medan", True], ["Kota Binjai", 1]]
    fault = fault_in(read, *rows)
    assert fault.place == at("B2")


class TestHeaders:
    def test_columns_that_are_wrong(self, read):
        found = faults_of(
            AssessmentError,
            lambda: read(["a1", "a1", "b1", 5, Formula(), CellError("#REF!"), (0.5, 1)]),
        )
        assert [(fault.code, fault.place) for fault in found] == [
            ("column-twice", at("B1")),
            ("column-unknown", at("C1")),
            ("column-unknown", at("D1")),
            ("column-unknown", at("E1")),
            ("column-unknown", at("F1")),
            ("column-unknown", at("G1")),
            ("column-missing", place_on_sheet("Sheet1", 1, None, "table.xlsx")),
            ("no-rows", place_on_sheet("Sheet1", 1, None, "table.xlsx")),
        ]
        assert [fault.value for fault in found[2:6]] == ['"5"', '"=…"', '"#REF!"', '"0.5 × 100%"']

    def test_an_empty_sheet(self, read):
        for content in (workbook(), workbook([" "])):
            fault = only_fault(FileError, lambda content=content: read(content))
            check_fault(fault, "no-header", None)
            assert fault.place == Text.same("table.xlsx")

    def test_charts_alone(self, read):
        parts = parts_of({"Chart": "<chartsheet/>"})
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace("/worksheet", "/chartsheet")
        assert only_fault(FileError, lambda: read(packed(parts))).code == "no-header"


@law(25)
@given(assessment_sets("ism-2026"))
def test_what_openpyxl_writes_reads_back(tmp_path_factory, many):
    openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, of the extra excel")
    import csv

    rows = list(csv.reader(io.StringIO(mi.to_csv_text(many))))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([_as_typed(cell) for cell in row])
    path = tmp_path_factory.mktemp("tables") / "table.xlsx"
    book.save(path)
    assert read_assessments(path) == many


def _as_typed(cell: str) -> object:
    """Return a number as a number, as a spreadsheet makes it of what is typed."""
    try:
        return int(cell) if cell.isdigit() else float(cell)
    except ValueError:
        return cell or None
