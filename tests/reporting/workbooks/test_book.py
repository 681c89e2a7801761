"""Cells and sheets: everything is typed when it is written, and nothing runs."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from builders import check_fault, only_fault
from meritindex.errors import FileError
from meritindex.extras import MissingExtraError
from meritindex.layout import Link
from meritindex.reporting.workbooks import book as books
from meritindex.reporting.workbooks.book import Book, Content, Filled, Formula, Place
from meritindex.reporting.workbooks.looks import HEADER, NOTE, PLAIN, Look
from workbook_cases import opened


def cell_of(content: Content, look: Look = PLAIN) -> Any:
    book = Book("id", "Judul")
    book.sheet("Lembar", (20,)).append([Filled(content, look)])
    return opened(book.saved())["Lembar"]["A1"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=", '=HYPERLINK("http://x")', "#N/A", "#REF!", "'", "TRUE"],
)
def test_a_text_stays_a_text(text: str) -> None:
    cell = cell_of(text)
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_text_that_is_edited_stays_one() -> None:
    assert cell_of("=1+1").quotePrefix
    assert cell_of("35.07").quotePrefix
    assert not cell_of("Bali").quotePrefix


def test_numbers_are_numbers() -> None:
    assert (cell_of(301).value, cell_of(301).number_format) == (301, "0")
    third = cell_of(Fraction(1, 3))
    assert (third.value, third.number_format) == (1 / 3, "0.000000")
    assert cell_of(Fraction(1, 2), attrs.evolve(PLAIN, number="0.0000")).number_format == "0.0000"
    whole = cell_of(12345678901234567)
    assert (whole.value, whole.data_type) == ("12345678901234567", "s")


def test_words_and_nothing() -> None:
    assert cell_of(True).value == "ya"
    assert cell_of(False).value == "tidak"
    assert cell_of(None).value is None
    assert cell_of("", HEADER).value is None
    assert cell_of("", HEADER).font.bold


def test_a_formula_is_one_and_its_value_is_kept() -> None:
    book = Book("id", "Judul")
    sheet = book.sheet("Lembar", (20,))
    sheet.append(
        [None, Filled(Formula("1+1", 2)), Filled(Formula("2+2")), Filled(Formula('"a"', "_x0041_"))]
    )
    content = book.saved()
    assert [cell.value for cell in opened(content)["Lembar"][1]] == [None, "=1+1", "=2+2", '="a"']
    shown = opened(content, values=True)["Lembar"][1]
    assert [cell.value for cell in shown] == [None, 2, None, "_x005F_x0041_"]


def test_links_lead_to_the_web_only() -> None:
    cell = cell_of(Link("dasar", "https://example.org/a b"))
    assert (cell.value, cell.hyperlink.target) == ("dasar", "https://example.org/a%20b")
    assert cell.font.underline == "single"
    assert cell_of(Link("", "http://example.org")).value == "http://example.org"
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://x.org/" + "a" * 3000):
        other = cell_of(Link("dasar", url))
        assert other.hyperlink is None
        assert other.value.startswith("dasar <")
    assert cell_of(Link("dasar")).value == "dasar"


def test_a_place_leads_to_its_sheet() -> None:
    cell = cell_of(Place("lihat", "Bali's"))
    assert cell.value == "lihat"
    assert cell.hyperlink.location == "'Bali''s'!A1"


def test_rows_are_as_high_as_their_texts_need() -> None:
    book = Book("id", "Judul")
    sheet = book.sheet("Lembar", (12, 12, 12), landscape=True, repeated="1:1", frozen="B2")
    sheet.append([Filled("pendek"), Filled(3)])
    sheet.append([Filled("satu dua tiga empat lima enam")])
    sheet.append([Filled("satu dua tiga empat lima enam")], across=3)
    sheet.append([Filled("satu dua tiga empat lima enam", attrs.evolve(NOTE, wrap=False))])
    sheet.append([Filled("a" * 20_000)])
    sheet.append([Filled(Formula("A1", "x", "satu dua tiga empat lima enam"))], outline=9)
    sheet.append([Filled(Place("satu dua tiga empat lima enam", "Lembar"))])
    made = opened(book.saved())["Lembar"]
    heights = [made.row_dimensions[row].height for row in range(1, 8)]
    assert heights == [None, 45, None, None, 409, 45, 45]
    assert [str(merged) for merged in made.merged_cells.ranges] == ["A3:C3"]
    assert made.row_dimensions[6].outlineLevel == 7
    assert made.freeze_panes == "B2"
    assert made.print_title_rows == "$1:$1"
    assert made.page_setup.orientation == "landscape"
    assert made.page_setup.fitToHeight == 0
    assert made.oddFooter.center.text == "&P / &N"


def test_a_sheet_that_has_no_room_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(books, "MAX_ROWS", 2)
    monkeypatch.setattr(books, "MAX_COLUMNS", 3)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def too_wide() -> None:
        with Book("id", "Judul") as book:
            book.sheet("Kosong", (9,))
            book.sheet("Lebar", (9,) * 4)

    check_fault(only_fault(FileError, too_wide), "sheet-too-large", None, '"Lebar"', "3")

    def too_long() -> None:
        with Book("id", "Judul") as book:
            book.sheet("Lain", (9,)).append([Filled(1)])
            sheet = book.sheet("Panjang", (9,) * 3)
            for number in range(3):
                sheet.append([Filled(number)])

    check_fault(only_fault(FileError, too_long), "sheet-too-large", None, '"Panjang"', "2")
    # Nothing that was begun is left behind.
    assert not list(tmp_path.iterdir())


def test_without_openpyxl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as caught:
        Book("id", "Judul")
    assert caught.value.extra == "excel"
    assert "Buku kerja" in caught.value.in_language("id")


def test_the_properties_say_what_it_is() -> None:
    book = Book("en", "A _x0041_ title")
    book.sheet("s", (9,)).append([Filled(1)])
    properties = opened(book.saved()).properties
    assert properties.title == "A _x005F_x0041_ title"
    assert properties.language == "en"
