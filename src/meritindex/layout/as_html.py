"""Parts as plain semantic HTML: a fragment without scripts, ids, classes or outside resources."""

from __future__ import annotations

from html import escape
from typing import assert_never

from meritindex.layout.cells import clean, plain, web_address
from meritindex.layout.parts import (
    Branch,
    Cell,
    Document,
    Heading,
    Listing,
    Paragraph,
    Part,
    Table,
)


def to_html(part: Part | Document) -> str:
    """Return a part or document as an HTML fragment, everything in it escaped.

    Examples:
        >>> from meritindex.layout import Paragraph, to_html
        >>> to_html(Paragraph("R&D <b>"))
        '<p>R&amp;D &lt;b&gt;</p>'
    """
    parts = part.parts if isinstance(part, Document) else (part,)
    return "\n".join(map(_element, parts))


def _element(part: Part) -> str:
    match part:
        case Heading():
            return f"<h{part.level}>{_text(part.text)}</h{part.level}>"
        case Paragraph():
            return f"<p>{_cell(part.text)}</p>"
        case Listing():
            return "\n".join(["<ul>", *(f"<li>{_cell(item)}</li>" for item in part.items), "</ul>"])
        case Table():
            return _table(part)
        case Branch():
            return f"<ul>\n{_branch(part)}\n</ul>"
        case _:
            assert_never(part)


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _text(cell)
    address = web_address(cell)
    if address is None:
        return _text(plain(cell))
    return f'<a href="{escape(address, quote=True)}">{_text(cell.text or address)}</a>'


def _table(table: Table) -> str:
    # Each cell says its alignment: notebooks and browsers have other defaults than left.
    styles = [f'style="text-align:{column.align}"' for column in table.columns]
    lines = ["<table>"]
    if table.caption is not None:
        lines.append(f"<caption>{_text(table.caption)}</caption>")
    lines += ["<thead>", "<tr>"]
    for column, style in zip(table.columns, styles, strict=True):
        lines.append(f'<th scope="col" {style}>{_text(column.title)}</th>')
    lines += ["</tr>", "</thead>", "<tbody>"]
    for row in table.rows:
        lines.append("<tr>")
        for index, (cell, style) in enumerate(zip(row, styles, strict=True)):
            if index < table.keys:
                lines.append(f'<th scope="row" {style}>{_cell(cell)}</th>')
            else:
                lines.append(f"<td {style}>{_cell(cell)}</td>")
        lines.append("</tr>")
    lines += ["</tbody>", "</table>"]
    lines += [f"<p>{_cell(note)}</p>" for note in table.notes]
    return "\n".join(lines)


def _branch(branch: Branch) -> str:
    lines = [f"<li>{_text(branch.text)}"]
    lines += [f"<div>{_cell(line)}</div>" for line in branch.lines]
    if branch.children:
        lines += ["<ul>", *map(_branch, branch.children), "</ul>"]
    return "\n".join(lines) + "</li>"
