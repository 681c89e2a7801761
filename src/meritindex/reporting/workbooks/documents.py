"""A document as a workbook: it reads down its first sheet, and long tables have their own sheets.

Headings, paragraphs, listings and trees stand under one another with the short tables between
them, as on the page. A long table is for sorting and filtering: it has a sheet of its own, and
where it would stand a link leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import assert_never

import attrs

from meritindex.language import Language, Text
from meritindex.layout import (
    Branch,
    Cell,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Table,
)
from meritindex.layout.basic import basic_parts
from meritindex.layout.cells import plain
from meritindex.layout.parts import BasicPart
from meritindex.reporting.workbooks.book import Book, Filled, Place
from meritindex.reporting.workbooks.looks import BOLD, HEADINGS, NOTE, NOTICE, PLAIN, Look
from meritindex.reporting.workbooks.rows import data_sheet
from meritindex.reporting.workbooks.tables import (
    header_cells,
    row_cells,
    table_sheet,
    table_widths,
)

# A table of more rows is looked through with a filter, rather than read.
_LONG = 30
# The first sheet is as wide as a page.
_PAGE_WIDTH, _WIDEST_PAGE = 96.0, 130.0
_EXTRA_WIDTH = 16.0
_LANDSCAPE_WIDTH = 112.0
_TABLE = Text("Tabel", "Table")
_DATA = Text("Data", "Data")
_ON_ITS_SHEET = Text(
    "{title}: {count} baris, di lembar “{sheet}”", "{title}: {count} rows, on the sheet “{sheet}”"
)
_ITEM = attrs.evolve(PLAIN, indent=1)


def document_workbook(
    document: Document, language: Language, title: str, *, data: str | None = None
) -> bytes:
    r"""Return a document as the bytes of a workbook.

    Args:
        document: what is written.
        language: in which its texts are; numbers are read back by it.
        title: what the workbook is called; the name of its first sheet.
        data: the same result as CSV text, for a last sheet on which every number is one.

    Raises:
        MissingExtraError: openpyxl is not installed.

    Examples:
        >>> # needs: openpyxl
        >>> from meritindex.layout import Document, Heading
        >>> from meritindex.reporting.workbooks import document_workbook
        >>> document_workbook(Document((Heading("Hasil"),)), "id", "Hasil")[:4]
        b'PK\x03\x04'
    """
    with Book(language, title) as book:
        write_document(book, document, title)
        if data is not None:
            data_sheet(book, data, _DATA.in_language(language))
        return book.saved()


def write_document(book: Book, document: Document, title: str) -> None:
    """Write a document on a sheet with this name, and its long tables on sheets of their own."""
    parts = tuple(basic_parts(document))
    page = Page(book, title, _grid(_short_tables(parts)), notices_of(parts))
    for part in parts:
        page.write(part)


def notices_of(parts: Iterable[BasicPart]) -> list[str]:
    """Return what must not be overlooked: it stands on every sheet, for each may be read alone."""
    return [
        plain(part.text) for part in parts if isinstance(part, Paragraph) and part.tone == "warning"
    ]


class Page:
    """A sheet that reads like a page.

    Args:
        book: the workbook.
        title: the name of the sheet.
        widths: of the columns; texts reach over all of them.
        notices: what sheets of long tables repeat.

    Attributes:
        sheet: for rows of another kind between the parts.
        columns: how many there are.
    """

    def __init__(
        self, book: Book, title: str, widths: Sequence[float], notices: Sequence[str]
    ) -> None:
        self._book, self._notices = book, notices
        self._heading = _TABLE.in_language(book.language)
        self.columns = len(widths)
        self.sheet = book.sheet(title, widths, landscape=sum(widths) > _LANDSCAPE_WIDTH)

    def write(self, part: BasicPart) -> None:
        """Write a part below what stands there."""
        match part:
            case Heading():
                self._heading = part.text
                self.space()
                self._line(part.text, HEADINGS[part.level - 1])
            case Paragraph():
                self._line(part.text, PLAIN if part.tone is None else NOTICE)
            case Listing():
                for item in part.items:
                    self._item(item)
            case Table():
                self._table(part)
            case Branch():
                self._branch(part, 0)
            case _:
                assert_never(part)

    def space(self) -> None:
        """Leave a row empty, unless it is the first."""
        if self.sheet.rows:
            self.sheet.append([])

    def _line(self, cell: Cell, look: Look, outline: int = 0) -> None:
        """Write a text over the whole width."""
        content = cell if isinstance(cell, Link) else plain(cell)
        self.sheet.append([Filled(content, look)], across=self.columns, outline=outline)

    def _item(self, item: Cell) -> None:
        if isinstance(item, Link):
            self._line(item, _ITEM)
        else:
            self._line(f"• {plain(item)}", _ITEM)

    def _table(self, table: Table) -> None:
        self.space()
        title = table.caption or self._heading
        if _is_long(table):
            name = table_sheet(self._book, table, title, self._notices)
            said = _ON_ITS_SHEET.in_language(self._book.language)
            leading = Place(said.format(title=title, count=len(table.rows), sheet=name), name)
            self.sheet.append([Filled(leading)], across=self.columns)
        else:
            if table.caption is not None:
                self._line(table.caption, BOLD)
            # The last column of texts takes what room is left.
            across = self.columns if table.columns[-1].align == "left" else None
            self.sheet.append(header_cells(table.columns), across=across)
            for row in table.rows:
                self.sheet.append(row_cells(table, row, self._book.language), across=across)
            for note in table.notes:
                self._line(note, NOTE)
        self.space()

    def _branch(self, branch: Branch, depth: int) -> None:
        """Write a tree; what lies below a node can be folded."""
        self._line(branch.text, attrs.evolve(BOLD, indent=depth), depth)
        for line in branch.lines:
            self._line(line, attrs.evolve(NOTE, indent=depth + 1), depth + 1)
        for child in branch.children:
            self._branch(child, depth + 1)


def _short_tables(parts: Iterable[BasicPart]) -> list[Table]:
    return [part for part in parts if isinstance(part, Table) and not _is_long(part)]


def _is_long(table: Table) -> bool:
    return len(table.rows) > _LONG


def _grid(tables: list[Table]) -> list[float]:
    """Return the widths of the columns that tables under one another share.

    Together they are at least as wide as a page, and where texts can be wrapped, not much wider.
    """
    found = [table_widths(table) for table in tables]
    widths = [max(column) for column in zip_longest(*found, fillvalue=0.0)]
    while sum(widths) < _PAGE_WIDTH:
        widths.append(_EXTRA_WIDTH)
    while sum(widths) > _WIDEST_PAGE and max(widths) > _EXTRA_WIDTH:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths
