"""Parts as plain semantic HTML: a fragment without scripts, ids, classes or outside resources."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import assert_never

from meritindex.layout.basic import basic_parts
from meritindex.layout.cells import clean, plain, web_address
from meritindex.layout.parts import (
    BasicPart,
    Branch,
    Cell,
    Document,
    Heading,
    Listing,
    Paragraph,
    Part,
    Table,
)

# How a cell is written; a page draws more than a fragment can.
CellWriter = Callable[[Cell], str]


def to_html(part: Part | Document) -> str:
    """Return a part or document as an HTML fragment, everything in it escaped.

    Examples:
        >>> from meritindex.layout import Paragraph, to_html
        >>> to_html(Paragraph("R&D <b>"))
        '<p>R&amp;D &lt;b&gt;</p>'
    """
    return "\n".join(element(each, html_cell) for each in basic_parts(part))


def element(part: BasicPart, cell: CellWriter) -> str:
    """Return a part as HTML, with cells as `cell` writes them."""
    match part:
        case Heading():
            return f"<h{part.level}>{html_text(part.text)}</h{part.level}>"
        case Paragraph():
            return f"<p>{cell(part.text)}</p>"
        case Listing():
            return "\n".join(["<ul>", *(f"<li>{cell(item)}</li>" for item in part.items), "</ul>"])
        case Table():
            return _table(part, cell)
        case Branch():
            return f"<ul>\n{_branch(part, cell)}\n</ul>"
        case _:
            assert_never(part)


def html_text(text: str) -> str:
    """Return a text so that it is shown literally, in an element or in an attribute."""
    return escape(clean(text), quote=True)


def html_cell(cell: Cell) -> str:
    """Return a cell as a fragment shows it: a text, or a link to a page of the web."""
    address = None if isinstance(cell, str) else web_address(cell)
    if isinstance(cell, str) or address is None:
        return html_text(plain(cell))
    return f'<a href="{escape(address, quote=True)}">{html_text(cell.text or address)}</a>'


def _table(table: Table, cell: CellWriter) -> str:
    # Each cell says its alignment: notebooks and browsers have other defaults than left.
    styles = [f'style="text-align:{column.align}"' for column in table.columns]
    lines = ["<table>"]
    if table.caption is not None:
        lines.append(f"<caption>{html_text(table.caption)}</caption>")
    lines += ["<thead>", "<tr>"]
    for column, style in zip(table.columns, styles, strict=True):
        lines.append(f'<th scope="col" {style}>{html_text(column.title)}</th>')
    lines += ["</tr>", "</thead>", "<tbody>"]
    for row in table.rows:
        lines.append("<tr>")
        for index, (content, style) in enumerate(zip(row, styles, strict=True)):
            if index < table.keys:
                lines.append(f'<th scope="row" {style}>{cell(content)}</th>')
            else:
                lines.append(f"<td {style}>{cell(content)}</td>")
        lines.append("</tr>")
    lines += ["</tbody>", "</table>"]
    lines += [f"<p>{cell(note)}</p>" for note in table.notes]
    return "\n".join(lines)


def _branch(branch: Branch, cell: CellWriter) -> str:
    lines = [f"<li>{html_text(branch.text)}"]
    lines += [f"<div>{cell(line)}</div>" for line in branch.lines]
    if branch.children:
        lines += ["<ul>", *(_branch(child, cell) for child in branch.children), "</ul>"]
    return "\n".join(lines) + "</li>"
