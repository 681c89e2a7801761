"""Rows of a table as cells: numbers as numbers, with a filter, and a header that stays in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from meritindex.assessment.places import column_letters
from meritindex.language import Language
from meritindex.layout import Cell, Column, Link, Table
from meritindex.layout.cells import plain
from meritindex.layout.wrapping import longest_word
from meritindex.reporting.workbooks.book import Book, Filled
from meritindex.reporting.workbooks.cells import shown_number
from meritindex.reporting.workbooks.looks import (
    BOLD,
    HEADER,
    HEADINGS,
    NOTE,
    NOTICE,
    NUMBER_HEADER,
    PLAIN,
    Look,
)

NARROWEST, WIDEST = 8, 48
# Beside the text of a header stands the button of its filter.
_BUTTON, _MARGIN = 4, 2


def table_cell(cell: Cell, column: Column, language: Language, look: Look = PLAIN) -> Filled:
    """Return a cell of a layout table; a number in a column of numbers is one.

    The decimals that the text shows are those that the cell shows.
    """
    content = cell if isinstance(cell, Link) else plain(cell)
    if column.align == "left":
        return Filled(content, look)
    look = attrs.evolve(look, across="right", indent=1)
    number = shown_number(content, language) if isinstance(content, str) else None
    if number is None:
        return Filled(content, look)
    value, shown = number
    return Filled(value, attrs.evolve(look, number=shown))


def header_cells(columns: Sequence[Column]) -> list[Filled]:
    """Return the header of a table."""
    return [
        Filled(column.title, NUMBER_HEADER if column.align == "right" else HEADER)
        for column in columns
    ]


def row_cells(table: Table, row: Sequence[Cell], language: Language) -> list[Filled]:
    """Return a row of a table; what names the row is bold."""
    return [
        table_cell(cell, column, language, BOLD if place < table.keys else PLAIN)
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
    ]


def width_for(title: str, texts: Iterable[str]) -> float:
    """Return how wide a column has to be for its header and its cells; longer ones are wrapped."""
    longest = max(map(len, texts), default=0)
    return float(min(max(longest + _MARGIN, longest_word(title) + _BUTTON, NARROWEST), WIDEST))


def table_widths(table: Table) -> list[float]:
    """Return how wide the columns of a table have to be."""
    return [
        width_for(column.title, (_said(row[place]) for row in table.rows))
        for place, column in enumerate(table.columns)
    ]


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def table_sheet(book: Book, table: Table, title: str, notices: Sequence[str]) -> str:
    """Write a table on a sheet of its own and return the name of the sheet.

    Args:
        book: the workbook.
        table: what is written.
        title: what stands above the table; the sheet is named after it.
        notices: what must not be overlooked when the sheet is read alone.
    """
    above = 1 + len(notices)
    header = above + 1
    sheet = book.sheet(
        title,
        table_widths(table),
        frozen=f"{column_letters(table.keys + 1)}{header + 1}",
        repeated=f"{header}:{header}",
        landscape=len(table.columns) > 5,
    )
    unwrapped = attrs.evolve(HEADINGS[2], wrap=False)
    sheet.append([Filled(title, unwrapped)])
    for notice in notices:
        sheet.append([Filled(notice, attrs.evolve(NOTICE, wrap=False))])
    sheet.append(header_cells(table.columns))
    for row in table.rows:
        sheet.append(row_cells(table, row, book.language))
    sheet.filter(header, len(table.columns))
    for note in table.notes:
        sheet.append([Filled(plain(note), attrs.evolve(NOTE, wrap=False))])
    return sheet.name
