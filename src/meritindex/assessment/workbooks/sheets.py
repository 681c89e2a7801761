"""The cells of one sheet: where each is, what it holds, and which are merged."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

import attrs

from meritindex.assessment.places import column_letters
from meritindex.assessment.workbooks.cells import (
    CellError,
    Content,
    Formula,
    Look,
    iso_content,
    number_content,
    spoken,
)
from meritindex.assessment.workbooks.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    LimitedText,
    broken,
    refused,
    too_much,
)
from meritindex.assessment.workbooks.markup import Attributes, Budget, parse
from meritindex.assessment.workbooks.styles import PLAIN
from meritindex.errors import FileError
from meritindex.language import Text
from meritindex.numbers import quoted

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ALPHABET = 26


@attrs.frozen
class Range:
    """A rectangle of cells that were merged into one."""

    top: int
    left: int
    bottom: int
    right: int

    def hides(self, row: int, column: int) -> bool:
        """Say whether a cell is part of it and not the one that is seen."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@attrs.frozen(kw_only=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: as its tab shows it.
        rows: by the number of the row and then of the column, both from 1, what cells hold.
        merged: the rectangles that were merged.
    """

    name: str
    rows: Mapping[int, Mapping[int, Content]]
    merged: tuple[Range, ...] = ()

    def at(self, row: int, column: int) -> Content:
        """Return what a cell holds; None where it is empty."""
        return self.rows.get(row, {}).get(column)

    def hidden(self, rows: Sequence[int], column: int) -> Sequence[bool]:
        """Say of some cells of a column whether each vanished when cells were merged.

        Args:
            rows: the numbers of their rows, ascending.
            column: the number of their column.
        """
        # How many rectangles begin to hide cells at a place of `rows`, less those that end before.
        changes = [0] * (len(rows) + 1)
        for area in self.merged:
            if area.left <= column <= area.right and area.top <= area.bottom:
                # The one cell that is seen is the first of its rectangle.
                top = area.top + 1 if column == area.left else area.top
                changes[bisect_left(rows, top)] += 1
                changes[bisect_right(rows, area.bottom)] -= 1
        return [hiding > 0 for hiding in accumulate(changes[:-1])]


@attrs.frozen(kw_only=True)
class Shared:
    """What the sheets of a workbook have in common: texts, formats, and where days begin."""

    strings: Sequence[str] = ()
    looks: Sequence[Look] = ()
    from_1904: bool = False


@attrs.define
class Counter:
    """How many cells were read of one workbook."""

    cells: int = 0


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, 1 for A."""
    number = 0
    for letter in letters:
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    return number


class _Reading:
    """The state of reading one sheet; its methods are told what is in the markup."""

    def __init__(self, file: str, name: str, shared: Shared, counter: Counter) -> None:
        self.file, self.name, self.shared, self.counter = file, name, shared, counter
        self.rows: dict[int, dict[int, Content]] = {}
        self.merged: list[Range] = []
        self.row = self.column = 0
        self.in_data = self.in_cell = self.in_inline = self.listening = False
        # How deep in a cell, and how deep in what says how it is pronounced.
        self.depth = self.aside = 0
        self.kind, self.look, self.computed = "n", PLAIN, False
        self.said = LimitedText(file)

    def start(self, name: str, attributes: Attributes) -> None:
        if self.in_cell:
            self._in_cell(name)
        elif self.in_data and name == "row":
            self._begin_row(attributes.get("r"))
        elif self.in_data and name == "c":
            self._begin_cell(attributes)
        elif name == "sheetData":
            self.in_data = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _in_cell(self, name: str) -> None:
        self.depth += 1
        if self.depth == 1:
            self.computed = self.computed or name == "f"
            self.in_inline = name == "is"
        if name == "rPh":
            self.aside += 1
        elif name == "t":
            self.listening = self.in_inline and not self.aside
        else:
            self.listening = name == "v" and self.depth == 1

    def _begin_row(self, said: str | None) -> None:
        number = self.row + 1 if said is None else _whole(said)
        if number <= self.row:
            raise self._contradiction(f"row {said}")
        self.row, self.column = number, 0

    def _begin_cell(self, attributes: Attributes) -> None:
        said = attributes.get("r")
        row, column = (self.row, self.column + 1) if said is None else _place(said)
        if row != self.row or column <= self.column:
            raise self._contradiction(f"{said}")
        self.column = column
        self.counter.cells += 1
        if self.counter.cells > MAX_CELLS:
            raise too_much("workbook-cells", Text("sel", "cells"), MAX_CELLS, self.file)
        self.in_cell, self.in_inline, self.computed = True, False, False
        self.kind = attributes.get("t", "n")
        self.said.clear()
        style = _whole(attributes.get("s", "0"))
        self.look = self.shared.looks[style] if 0 <= style < len(self.shared.looks) else PLAIN

    def end(self, name: str) -> None:
        self.listening = False
        if self.depth:
            self.depth -= 1
            self.aside -= name == "rPh"
        elif self.in_cell:
            self.in_cell = False
            self._keep(self._content())
        elif name == "sheetData":
            self.in_data = False

    def text(self, piece: str) -> None:
        if self.listening:
            self.said.add(piece)

    def _content(self) -> Content:
        if self.computed:
            return Formula()
        text = str(self.said)
        if not text:
            return None
        if self.kind == "n":
            return number_content(text, self.look, from_1904=self.shared.from_1904)
        return self._shared_text(text) if self.kind == "s" else _other_content(self.kind, text)

    def _shared_text(self, text: str) -> str | None:
        number = _whole(text.strip())
        if not 0 <= number < len(self.shared.strings):
            raise self._contradiction(f"{column_letters(self.column)}{self.row}")
        return self.shared.strings[number] or None

    def _keep(self, content: Content) -> None:
        if content is None:
            return
        if self.row > MAX_ROWS or self.column > MAX_COLUMNS:
            message = Text(
                "lembar {sheet} berisi sel di {cell}, di luar {rows} baris dan {columns} kolom "
                "pertama",
                "the sheet {sheet} has a cell at {cell}, beyond the first {rows} rows and "
                "{columns} columns",
            )
            raise refused(
                "workbook-dimensions",
                message,
                self.file,
                sheet=quoted(self.name),
                cell=f"{column_letters(self.column)}{self.row}",
                rows=MAX_ROWS,
                columns=MAX_COLUMNS,
            )
        self.rows.setdefault(self.row, {})[self.column] = content

    def _merge(self, said: str) -> None:
        match = _RANGE.fullmatch(said)
        if match is None:
            raise self._contradiction(said)
        left, top, right, bottom = match.groups()
        if len(self.merged) >= MAX_MERGED:
            what = Text("sel gabungan", "merged cells")
            raise too_much("workbook-merged", what, MAX_MERGED, self.file)
        self.merged.append(Range(int(top), column_number(left), int(bottom), column_number(right)))

    def _contradiction(self, what: str) -> FileError:
        why = Text(
            "lembar {sheet} bertentangan dengan dirinya sendiri di {what}",
            "the sheet {sheet} contradicts itself at {what}",
        ).fill(sheet=quoted(self.name), what=quoted(what))
        return broken(self.file, why)


def read_sheet(  # noqa: PLR0913, PLR0917 - where it is, and what bounds it
    file: str,
    name: str,
    part: str,
    content: bytes,
    shared: Shared,
    budget: Budget,
    counter: Counter,
) -> Sheet:
    """Return the cells of a sheet that hold anything.

    Args:
        file: the name of the file, for messages.
        name: of the sheet.
        part: the name of the part of the archive.
        content: all of the part.
        shared: what its cells refer to.
        budget: how many elements may still be read of the workbook.
        counter: of the cells of the workbook.

    Raises:
        FileError: malformed, too many cells, or a cell far out.
    """
    reading = _Reading(file, name, shared, counter)
    parse(file, part, content, budget, start=reading.start, end=reading.end, text=reading.text)
    return Sheet(name=name, rows=reading.rows, merged=tuple(reading.merged))


def _other_content(kind: str, text: str) -> Content:
    """Return what a cell holds that is neither a number nor a shared text."""
    if kind == "b":
        return {"0": False, "1": True}.get(text.strip(), text)
    if kind == "e":
        return CellError(text)
    return iso_content(text) if kind == "d" else spoken(text)


def _whole(text: str) -> int:
    """Return a whole number of few digits; of anything else one that nothing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _place(said: str) -> tuple[int, int]:
    match = _CELL.fullmatch(said)
    return (0, 0) if match is None else (int(match[2]), column_number(match[1]))
