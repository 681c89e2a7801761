"""Where a cell is, in words: on a line of a file, or in one of several assessments."""

from __future__ import annotations

from meritindex.language import Text, listed
from meritindex.numbers import quoted

LINE = Text("baris", "line")
ASSESSMENT = Text("penilaian", "assessment")

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
