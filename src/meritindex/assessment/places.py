"""Where a cell is, in words: on a line of a file, on a sheet, or in one of several assessments."""

from __future__ import annotations

from meritindex.language import Text, listed
from meritindex.numbers import quoted

LINE = Text("baris", "line")
ASSESSMENT = Text("penilaian", "assessment")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A code of an instrument with what is said about its answer is shorter.
_LONGEST_COLUMN = 60


def place_of(unit: Text, number: int, column: str | None = None, file: str | None = None) -> Text:
    """Return the place of a cell, or of a row where no column is given.

    Examples:
        >>> place_of(LINE, 2, "a1", "f.csv").en, place_of(ASSESSMENT, 1, "a1").en
        ('f.csv, line 2, column a1', 'assessment 1, a1')
    """
    parts = [] if file is None else [Text.same(file)]
    parts.append(Text(f"{unit.id} {number}", f"{unit.en} {number}"))
    if column is not None:
        # What stands in a header can be anything; a place is one line that can be read.
        shown = quoted(column, _LONGEST_COLUMN)[1:-1]
        spreadsheet = unit is LINE
        parts.append(Text(f"kolom {shown}", f"column {shown}") if spreadsheet else Text.same(shown))
    return listed(parts)


def place_on_sheet(
    sheet: str, row: int, column: int | None = None, file: str | None = None
) -> Text:
    """Return the place of a cell of a workbook, or of a row where no column is given.

    Examples:
        >>> place_on_sheet("a1", 7, 4, "f.xlsx").en, place_on_sheet("a1", 7).id
        ("f.xlsx, sheet 'a1', cell D7", "lembar 'a1', baris 7")
    """
    parts = [] if file is None else [Text.same(file)]
    shown = quoted(sheet, _LONGEST_COLUMN)[1:-1]
    parts.append(Text(f"lembar '{shown}'", f"sheet '{shown}'"))
    if column is None:
        parts.append(Text(f"{LINE.id} {row}", f"row {row}"))
    else:
        cell = f"{column_letters(column)}{row}"
        parts.append(Text(f"sel {cell}", f"cell {cell}"))
    return listed(parts)


def column_letters(column: int) -> str:
    """Return the letters of a column of a sheet, counted from 1.

    Examples:
        >>> column_letters(1), column_letters(28)
        ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
