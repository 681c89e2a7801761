"""Tables of a page: wide ones become cards on a phone, or are scrolled, and say so.

A table that fits a phone is as it is in any fragment. In one that does not, every cell carries the
title of its column, which is shown beside it on a phone; the roles are spelled out, for a browser
takes a table whose rows are laid out as cards for none.
"""

from __future__ import annotations

import attrs

from meritindex.language import Language, Text
from meritindex.layout.as_html import CellWriter, element, html_text
from meritindex.layout.cells import plain
from meritindex.layout.graphic_parts import Bar, Shade
from meritindex.layout.page_style import SHADES
from meritindex.layout.parts import Cell, Column, Paragraph, Table
from meritindex.layout.wrapping import longest_word, places

# So many characters stand beside one another on a phone; a column takes two more than its text.
_PHONE_PLACES = 46
_COLUMN_GAP = 2
# A column of texts may be wrapped down to so many, and a bar takes so many more.
_LEAST_TEXT = 14
_BAR_PLACES = 9
# In a card, a text this short stands beside its title; a longer one stands below it.
_SHORT = 26
# Of more rows than this, cards would make a page that nobody scrolls to the end of.
_MOST_CARDS = 40

_HINT = Text(
    "Tabel ini lebih lebar dari layar: geser ke samping →",
    "This table is wider than the screen: scroll sideways →",
)


def page_table(table: Table, name: str | None, language: Language, cell: CellWriter) -> str:
    """Return a table of a page, in a box of its own that can be scrolled by hand or by keyboard.

    Args:
        table: what is shown.
        name: what it is called where it has no caption; None where nothing names it.
        language: that of the page.
        cell: writes the cells.
    """
    name = table.caption if table.caption is not None else name
    label = "" if name is None else f' aria-label="{html_text(name)}"'
    lines: list[str] = []
    kind = _kind(table)
    if kind == "table compared":
        lines.append(f'<p class="hint">{html_text(_HINT.in_language(language))}</p>')
    lines.append(f'<div class="{kind}" tabindex="0" role="group"{label}>')
    bare = attrs.evolve(table, notes=())
    lines.append(_cards(bare, cell) if kind == "table cards" else _plain(bare, cell))
    lines.append("</div>")
    if table.notes:
        # Notes stay where they are while the table is scrolled.
        notes = (element(Paragraph(note), cell) for note in table.notes)
        lines += ['<div class="notes">', *notes, "</div>"]
    return "\n".join(lines)


def shade_number(shade: Shade) -> int:
    """Return which of the shades a cell has, from 0 (none) to `SHADES`."""
    return min(int(shade.share * (SHADES + 1)), SHADES)


def _kind(table: Table) -> str:
    if _phone_places(table) <= _PHONE_PLACES:
        return "table"
    is_scrolled = table.compared or len(table.rows) > _MOST_CARDS
    return "table compared" if is_scrolled else "table cards"


def _phone_places(table: Table) -> int:
    """Return how many characters a row takes at least beside one another."""
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns)
    return sum(
        _column_places(column, cells) + _COLUMN_GAP
        for column, cells in zip(table.columns, columns, strict=True)
    )


def _column_places(column: Column, cells: tuple[Cell, ...]) -> int:
    texts = [(plain(each), each) for each in cells]
    title = longest_word(column.title)
    widest = max(
        (places(text) + (_BAR_PLACES if isinstance(each, Bar) else 0) for text, each in texts),
        default=0,
    )
    if column.align == "left":
        word = max((longest_word(text) for text, _ in texts), default=0)
        widest = min(widest, max(_LEAST_TEXT, word))
    return max(title, widest)


def _plain(table: Table, cell: CellWriter) -> str:
    if not any(isinstance(each, Shade) for row in table.rows for each in row):
        return element(table, cell)
    return _written(table, cell, cards=False)


def _cards(table: Table, cell: CellWriter) -> str:
    return _written(table, cell, cards=True)


def _written(table: Table, cell: CellWriter, *, cards: bool) -> str:
    def role(name: str) -> str:
        return f' role="{name}"' if cards else ""

    lines = [f"<table{role('table')}>"]
    if table.caption is not None:
        lines.append(f"<caption>{html_text(table.caption)}</caption>")
    heads = (
        f'<th scope="col"{role("columnheader")} {_style(column)}>{html_text(column.title)}</th>'
        for column in table.columns
    )
    lines += [f"<thead{role('rowgroup')}>", f"<tr{role('row')}>", *heads, "</tr>", "</thead>"]
    lines.append(f"<tbody{role('rowgroup')}>")
    short = [_is_short(place, table) for place in range(len(table.columns))]
    for row in table.rows:
        lines.append(f"<tr{role('row')}>")
        for place, (column, content) in enumerate(zip(table.columns, row, strict=True)):
            is_key = place < table.keys
            given = f' scope="row"{role("rowheader")}' if is_key else role("cell")
            kinds = []
            if isinstance(content, Shade) and (number := shade_number(content)):
                kinds.append(f"s{number}")
            # What names the row heads its card, and says itself what it is.
            if cards and not (is_key and column.align == "left"):
                given += f' data-label="{html_text(column.title)}"'
                kinds += ["pair"] if short[place] else []
            given += f' class="{" ".join(kinds)}"' if kinds else ""
            tag = "th" if is_key else "td"
            lines.append(f"<{tag}{given} {_style(column)}>{cell(content)}</{tag}>")
        lines.append("</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _is_short(place: int, table: Table) -> bool:
    """Say whether a column has room beside its title on a card."""
    widest = max((places(plain(row[place])) for row in table.rows), default=0)
    return table.columns[place].align == "right" or widest <= _SHORT


def _style(column: Column) -> str:
    return f'style="text-align:{column.align}"'
