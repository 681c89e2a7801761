"""Rows of data, typed, on a sheet."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from meritindex.reporting.csv_text import csv_text
from meritindex.reporting.workbooks import csv_workbook, rows_workbook
from workbook_cases import opened


def sheet_of(content: bytes) -> Any:
    (sheet,) = opened(content).worksheets
    return sheet


def test_rows_are_typed() -> None:
    rows = [
        ("Kota Bima", 3, Fraction(1, 8), True, None, 10**16),
        ("=1+1", -2, Fraction(2, 3), False, None, 1),
    ]
    header = ("instansi", "peringkat", "nilai", "sintetis", "kosong", "besar")
    sheet = sheet_of(rows_workbook(header, iter(rows), "en", "Nilai"))
    assert sheet.title == "Nilai"
    assert [cell.value for cell in sheet[1]] == list(header)
    assert [cell.value for cell in sheet[2]] == ["Kota Bima", 3, 0.125, "yes", None, "1" + "0" * 16]
    assert [cell.value for cell in sheet[3]] == ["=1+1", -2, 2 / 3, "no", None, 1]
    assert sheet["A3"].data_type == "s"
    assert [sheet[f"{letter}2"].number_format for letter in "BCF"] == ["0", "0.000000", "0"]
    assert sheet["C1"].alignment.horizontal == "right"
    assert sheet["A1"].alignment.horizontal is None
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.page_setup.orientation == "landscape"


def test_no_rows_are_a_header() -> None:
    sheet = sheet_of(rows_workbook(("a", "b"), [], "id", "Kosong"))
    assert [cell.value for cell in sheet[1]] == ["a", "b"]
    assert sheet.auto_filter.ref == "A1:B1"


def test_csv_text_is_typed_by_its_columns() -> None:
    header = ("agency", "code", "total", "total_exact", "agency.code", "mixed", "=x", "empty")
    rows = [
        ("=Kota", "35.07", Fraction(1, 2), "1/2", "1.5", 3, "'x", None),
        ("Bali", "51", None, "12", None, "x", "b", None),
    ]
    sheet = sheet_of(csv_workbook(csv_text(header, rows), "id", "Data"))
    assert [cell.value for cell in sheet[1]] == list(header)
    first, second = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert first == ["=Kota", "35.07", 0.5, "1/2", "1.5", "3", "'x", None]
    assert second == ["Bali", "51", None, "12", None, "x", "b", None]
    assert sheet["C2"].number_format == "0.0"


def test_what_is_no_plain_decimal_stays_a_text() -> None:
    for text in ("007", "1e5", "0x1", "12,5", "-", "1234567890.1234567", "nan", "٣"):
        sheet = sheet_of(csv_workbook(f'n\n"{text}"\n', "id", "Data"))
        assert sheet["A2"].value == text
    sheet = sheet_of(csv_workbook("n\n-0.25\n301\n", "id", "Data"))
    assert [sheet["A2"].value, sheet["A3"].value] == [-0.25, 301]
    assert sheet["A3"].number_format == "0.00"
