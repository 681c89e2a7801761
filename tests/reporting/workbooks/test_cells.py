"""Texts, numbers and names of sheets as a workbook can hold them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import law
from meritindex.layout.cells import clean
from meritindex.numbers import decimal_text, localized
from meritindex.reporting.workbooks.cells import (
    MAX_SHEET_NAME,
    MAX_TEXT,
    cell_text,
    number_format,
    open_format,
    sheet_name,
    shown_number,
)


def read_back(stored: str) -> str:
    """Return the text that a spreadsheet shows of a stored one, which spells nothing else out."""
    return stored.replace("_x005F_", "_")


@given(st.text())
@law(200)
def test_a_cell_shows_the_text_as_other_forms_do(text: str) -> None:
    assert read_back(cell_text(text, "id")) == clean(text).replace("\uffff", "�").replace(
        "\ufffe", "�"
    )


def test_what_a_workbook_would_read_otherwise_is_spelled_out() -> None:
    assert cell_text("a_x0041_b_x000d__y", "id") == "a_x005F_x0041_b_x005F_x000d__y"
    assert cell_text("\x00\x1b\ufffe\uffff\ud800", "id") == "�" * 5
    assert cell_text("_x00_", "id") == "_x00_"


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "_x0041_" * 5_000, "_" * 40_000])
def test_a_text_that_is_too_long_says_so(text: str) -> None:
    for language, word in (("id", "dipotong"), ("en", "cut")):
        stored = cell_text(text, language)
        assert len(stored.encode("utf-16-le")) // 2 <= MAX_TEXT
        assert len(stored.encode("utf-16-le")) // 2 > MAX_TEXT - 20
        assert stored.endswith(
            f" … [{word}: {len(text)} {'karakter' if word[0] == 'd' else 'characters'}]"
        )
        kept = read_back(stored).rpartition(" … ")[0]
        assert text.startswith(kept)


def test_a_text_that_just_fits_is_kept() -> None:
    assert cell_text("a" * MAX_TEXT, "id") == "a" * MAX_TEXT


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("301", Fraction(301), "0"),
        ("0,650", Fraction(13, 20), "0.000"),
        ("-1,5", Fraction(-3, 2), "0.0"),
        ("+0,25", Fraction(1, 4), "+0.00;-0.00;0.00"),
        ("12,5%", Fraction(1, 8), "0.0%"),
        ("+1%", Fraction(1, 100), "+0%;-0%;0%"),
        ("123456789012,345", Fraction(123456789012345, 1000), "0.000"),
    ],
)
def test_a_number_is_read_as_it_is_shown(text: str, value: Fraction, shown: str) -> None:
    assert shown_number(text, "id") == (value, shown)
    assert shown_number(text.replace(",", "."), "en") == (value, shown)


@pytest.mark.parametrize(
    "text",
    ["", "-", "1/2", "≈ 0,5", "35.07", "007", "1 2", "1e5", "1234567890123456", "٣", "0,5 - 0,6"],
)
def test_what_is_no_number_stays_a_text(text: str) -> None:
    assert shown_number(text, "id") is None


@given(st.integers(-(10**8), 10**8), st.integers(0, 6))
@law(100)
def test_reading_undoes_writing(units: int, places: int) -> None:
    value = Fraction(units, 10**places)
    for language in ("id", "en"):
        text = localized(decimal_text(value, places, fixed=True), language)
        found = shown_number(text, language)
        assert found is not None
        assert found[0] == value


def test_a_number_shows_the_decimals_that_it_has() -> None:
    assert number_format(Fraction(1, 8)) == "0.000"
    assert number_format(Fraction(1, 10**9)) == "0.000000"
    assert number_format(10**15 - 1) == "0"
    assert number_format(-(10**15)) is None
    assert open_format(4, 4) == "0.0000"


@given(st.text(), st.lists(st.text(max_size=40), max_size=4))
@law(200)
def test_a_sheet_has_a_legal_name_of_its_own(wanted: str, others: list[str]) -> None:
    taken: list[str] = []
    for text in (*others, wanted, wanted, wanted):
        taken.append(sheet_name(text, taken, "Tabel"))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= MAX_SHEET_NAME
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_names_stay_as_near_as_they_can() -> None:
    assert sheet_name("Hasil penilaian", (), "x") == "Hasil penilaian"
    assert sheet_name("'Aceh'", (), "x") == "Aceh"
    assert sheet_name("??", (), "Tabel") == "Tabel"
    assert sheet_name("History", (), "x") == "History (2)"
    assert sheet_name("a" * 40, ("a" * 31,), "x") == "a" * 27 + " (2)"
