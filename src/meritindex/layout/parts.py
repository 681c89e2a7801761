"""What a document is made of: headings, paragraphs, listings, tables and trees of cells.

The types say what is shown, not how; the forms (`as_text`, `as_html`, `as_markdown`, `as_page`)
decide that. Parts that only a page can draw are in `graphic_parts`.
"""

from __future__ import annotations

from typing import Any, Literal

import attrs

from meritindex.layout.graphic_parts import (
    Anchor,
    Bar,
    Contents,
    Facts,
    Scale,
    Shade,
    is_anchor,
    is_page,
)


@attrs.frozen
class Link:
    """A text that may lead to a page of the web, to a page beside this one, or within it.

    Only an http or https address becomes a link that can be followed; any other address is shown
    beside the text. A `page` is followed in a page and in Markdown, an `anchor` in a page alone.
    """

    text: str
    url: str | None = None
    page: str | None = attrs.field(default=None, validator=is_page, kw_only=True)
    anchor: Anchor | None = attrs.field(default=None, validator=is_anchor, kw_only=True)


Cell = str | Link | Bar | Shade

# What a reader must not overlook, and what is wrong. Forms may show it; the text says it as well.
Tone = Literal["warning", "fault"]


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
    is too wide for the text form and goes on below. `notes` stand under the table. On a phone, the
    rows of a wide table become cards; one that is to be `compared` down its columns, or has very
    many rows, is scrolled sideways instead.

    Raises:
        ValueError: no columns, `keys` outside of them, or a row of another length.
    """

    columns: tuple[Column, ...] = attrs.field()
    rows: tuple[tuple[Cell, ...], ...] = attrs.field()
    caption: str | None = None
    notes: tuple[Cell, ...] = ()
    keys: int = attrs.field(default=1, kw_only=True)
    compared: bool = attrs.field(default=False, kw_only=True)

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
    """A heading of level 1 (the highest) to 6; links of a page lead to its `anchor`."""

    text: str
    level: int = attrs.field(default=1, validator=attrs.validators.in_(range(1, 7)))
    anchor: Anchor | None = attrs.field(default=None, validator=is_anchor, kw_only=True)
    tone: Tone | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class Paragraph:
    """A text that flows."""

    text: Cell
    tone: Tone | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class Listing:
    """An unordered list; links of a page lead to the `anchors` of its items, if it has any."""

    items: tuple[Cell, ...]
    anchors: tuple[Anchor, ...] = attrs.field(default=(), kw_only=True)

    @anchors.validator
    def _anchors_fit(self, attribute: attrs.Attribute[Any], anchors: tuple[Anchor, ...]) -> None:
        if anchors and len(anchors) != len(self.items):
            raise ValueError(f"{len(anchors)} anchors for {len(self.items)} items")
        for anchor in anchors:
            is_anchor(self, attribute, anchor)


BasicPart = Heading | Paragraph | Listing | Table | Branch
Part = BasicPart | Facts | Scale | Contents


@attrs.frozen
class Document:
    """Parts, one after the other."""

    parts: tuple[Part, ...]
