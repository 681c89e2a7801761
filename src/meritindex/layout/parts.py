"""What a document is made of: headings, paragraphs, listings, tables and trees of cells.

The types say what is shown, not how; the forms (`as_text`, `as_html`, `as_markdown`) decide that.
"""

from __future__ import annotations

from typing import Literal

import attrs


@attrs.frozen
class Link:
    """A text that may lead to a page.

    Only an http or https address becomes a link that can be followed; any other address is shown
    beside the text.
    """

    text: str
    url: str | None = None


Cell = str | Link


@attrs.frozen
class Column:
    """One column of a table.

    `align="right"` is for numbers: their cells are never wrapped or cut. A left column may be
    wrapped in the text form, down to `min_width` places or its longest word, whichever is wider.
    """

    title: str
    align: Literal["left", "right"] = "left"
    min_width: int = 12


@attrs.frozen
class Table:
    """Rows of cells under columns.

    The first `keys` columns name the row: they are row headers, and are repeated where a table
    is too wide for the text form and goes on below. `notes` stand under the table.

    Raises:
        ValueError: no columns, `keys` outside of them, or a row of another length.
    """

    columns: tuple[Column, ...] = attrs.field()
    rows: tuple[tuple[Cell, ...], ...] = attrs.field()
    caption: str | None = None
    notes: tuple[Cell, ...] = ()
    keys: int = attrs.field(default=1, kw_only=True)

    @columns.validator
    def _has_columns(
        self, _: attrs.Attribute[tuple[Column, ...]], columns: tuple[Column, ...]
    ) -> None:
        if not columns:
            raise ValueError("a table needs a column")

    @rows.validator
    def _rows_fit(
        self, _: attrs.Attribute[tuple[tuple[Cell, ...], ...]], rows: tuple[tuple[Cell, ...], ...]
    ) -> None:
        for number, row in enumerate(rows):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {number} has {len(row)} cells for {len(self.columns)} columns"
                )

    @keys.validator
    def _keys_are_columns(self, _: attrs.Attribute[int], keys: int) -> None:
        if not 1 <= keys <= len(self.columns):
            raise ValueError(f"keys is {keys}, but there are {len(self.columns)} columns")


@attrs.frozen
class Branch:
    """A node of a tree: its text, `lines` of detail below it, and its children."""

    text: str
    lines: tuple[Cell, ...] = ()
    children: tuple[Branch, ...] = ()


@attrs.frozen
class Heading:
    """A heading of level 1 (the highest) to 6."""

    text: str
    level: int = attrs.field(default=1, validator=attrs.validators.in_(range(1, 7)))


@attrs.frozen
class Paragraph:
    """A text that flows."""

    text: Cell


@attrs.frozen
class Listing:
    """An unordered list."""

    items: tuple[Cell, ...]


Part = Heading | Paragraph | Listing | Table | Branch


@attrs.frozen
class Document:
    """Parts, one after the other."""

    parts: tuple[Part, ...]
