"""Documents as workbooks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import meritindex as mi
from meritindex.layout import (
    Branch,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Part,
    Table,
)
from meritindex.layout.graphic_parts import Bar, Contents, Fact, Facts, Shade
from meritindex.reporting import instrument_sheet, table_csv
from meritindex.reporting.workbooks import document_workbook
from meritindex.scoring.showing import card_document, table_document
from workbook_cases import opened

_COLUMNS = (Column("kode"), Column("nama"), Column("nilai", "right"))


def book_of(*parts: Part, title: str = "Hasil", data: str | None = None) -> Any:
    return opened(document_workbook(Document(parts), "id", title, data=data))


def texts(sheet: Any) -> list[object]:
    return [row[0].value for row in sheet.iter_rows()]


def rows_of(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((f"35.{number:02}", f"Kota {number}", f"0,{number}5") for number in range(count))


def test_a_document_reads_down_its_first_sheet() -> None:
    book = book_of(
        Heading("Judul", 1),
        Paragraph("=1+1"),
        Heading("Bagian", 2),
        Listing(("satu", Link("dasar", "https://example.org"), Link("lain", "ftp://x"))),
        Branch("akar", ("rinci",), (Branch("cabang"),)),
        Facts((Fact("Kategori", "Tinggi", "resmi"),)),
        Contents("Isi", (("Judul", "judul"),)),
    )
    assert book.sheetnames == ["Hasil"]
    sheet = book["Hasil"]
    assert texts(sheet) == [
        *("Judul", "=1+1", None, "Bagian", "• satu", "dasar", "lain <ftp://x>"),
        *("akar", "rinci", "cabang", "• Kategori: Tinggi (resmi)"),
    ]
    assert sheet["A1"].font.size > sheet["A4"].font.size > sheet["A2"].font.size
    assert sheet["A2"].data_type == "s"
    assert sheet["A6"].hyperlink.target == "https://example.org"
    assert sheet["A7"].hyperlink is None
    assert [sheet.row_dimensions[row].outlineLevel for row in (8, 9, 10)] == [0, 1, 1]
    assert sheet["A10"].alignment.indent == 1
    assert all("A" in str(merged) for merged in sheet.merged_cells.ranges)


def test_a_short_table_stands_where_it_is() -> None:
    table = Table(_COLUMNS, rows_of(2), caption="Nilai", notes=("Catatan.",))
    book = book_of(Heading("Judul"), table, Paragraph("sesudah"))
    assert book.sheetnames == ["Hasil"]
    sheet = book["Hasil"]
    found = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=3, max_row=7)]
    assert found == [
        ["Nilai", None, None],
        ["kode", "nama", "nilai"],
        ["35.00", "Kota 0", 0.05],
        ["35.01", "Kota 1", 0.15],
        ["Catatan.", None, None],
    ]
    assert sheet["C5"].number_format == "0.00"
    assert sheet["A5"].font.bold
    assert not sheet["B5"].font.bold
    assert sheet["A4"].font.bold
    assert sheet["C4"].alignment.horizontal == "right"
    assert texts(sheet)[-1] == "sesudah"


def test_the_last_column_of_texts_takes_the_room_that_is_left() -> None:
    columns = (Column("tingkat", "right"), Column("kriteria"))
    sheet = book_of(Table(columns, (("1", "ada"),)))["Hasil"]
    assert {str(merged)[:2] for merged in sheet.merged_cells.ranges} == {"B1", "B2"}


def test_a_long_table_has_a_sheet_of_its_own() -> None:
    table = Table(_COLUMNS, rows_of(31), notes=(Link("dasar", "https://example.org"),))
    book = book_of(Paragraph("DATA SINTETIS", tone="warning"), Heading("Daftar: A/B"), table)
    assert book.sheetnames == ["Hasil", "Daftar A B"]
    sheet = book["Daftar A B"]
    found = texts(sheet)
    assert found[:4] == ["Daftar: A/B", "DATA SINTETIS", "kode", "35.00"]
    assert found[-1] == "dasar <https://example.org>"
    assert sheet["A2"].fill.fgColor.rgb == book["Hasil"]["A1"].fill.fgColor.rgb
    assert sheet.auto_filter.ref == "A3:C34"
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["C4"].value == 0.05
    link = book["Hasil"]["A5"]
    assert link.value == "Daftar: A/B: 31 baris, di lembar “Daftar A B”"
    assert link.hyperlink.location == "'Daftar A B'!A1"


def test_tables_without_a_name_get_one_each() -> None:
    table = Table(_COLUMNS, rows_of(31))
    assert book_of(table, table).sheetnames == ["Hasil", "Tabel", "Tabel (2)"]


def test_only_columns_of_numbers_hold_numbers() -> None:
    columns = (Column("kode"), Column("nilai", "right"))
    cells = ("12", "1/2", "≈ 0,5", "-", "12%", "+0,5")
    rows = (
        *((cell, cell) for cell in cells),
        ("x", Bar("0,25", Fraction(1, 4))),
        ("x", Shade("0,75", Fraction(3, 4))),
        ("x", Link("3", "https://example.org")),
        ("x", Link("4")),
    )
    sheet = book_of(Table(columns, rows))["Hasil"]
    found = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2, max_row=11)]
    assert [left for left, _ in found[:6]] == list(cells)
    assert [right for _, right in found] == [
        *(12, "1/2", "≈ 0,5", "-", 0.12, 0.5),
        *(0.25, 0.75, "3", "4"),
    ]
    assert sheet["B6"].number_format == "0%"


def test_the_width_of_a_page_is_bounded() -> None:
    wide = Table(tuple(Column(f"kolom {number}") for number in range(6)), (("kata " * 40,) * 6,))
    sheet = book_of(wide)["Hasil"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert sum(widths) == 130
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.row_dimensions[2].height > 100
    many = Table(tuple(Column(f"k{number}") for number in range(40)), ((("x",) * 40),))
    assert book_of(many)["Hasil"].column_dimensions["AA"].width >= 8


def test_an_empty_document_is_a_workbook() -> None:
    assert book_of().sheetnames == ["Hasil"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_result_is_a_workbook(language: Any) -> None:
    table = mi.score(mi.sample()).groups("province")["Jawa Timur"]
    content = document_workbook(
        table_document(table, language), language, "Hasil", data=table_csv(table)
    )
    book = opened(content)
    assert book.sheetnames == ["Hasil", "Tabel" if language == "id" else "Table", "Data"]
    ranked = list(book.worksheets[1].iter_rows(min_row=4, values_only=True))
    best = table.ranks.index(1)
    assert ranked[0][:2] == (1, table.agencies[best].name)
    assert ranked[0][2] == pytest.approx(float(table.totals[best]), abs=1e-4)
    data = book["Data"]
    header = [cell.value for cell in data[1]]
    row = dict(zip(header, (cell.value for cell in data[2]), strict=True))
    assert (row["agency"], row["code"], row["synthetic"]) == ("Jawa Timur", "35", "yes")
    assert Fraction(row["total_exact"]) == table.totals[0]
    assert row["total"] == pytest.approx(float(table.totals[0]), abs=1e-6)
    card = document_workbook(card_document(table[0], language), language, "Kartu")
    assert len(opened(card).sheetnames) == 1
    assert document_workbook(instrument_sheet(table.instrument, language), language, "I")
