"""Parts as Markdown that GitHub and Python-Markdown (with its tables) read alike.

What both read as an escape is escaped with a backslash, everything else with a character
reference, so that any text is shown literally. Nested lists are indented by four spaces, as
Python-Markdown needs.
"""

from __future__ import annotations

import re
from typing import assert_never

from meritindex.layout.basic import basic_parts
from meritindex.layout.cells import clean, plain, web_address
from meritindex.layout.parts import (
    BasicPart,
    Branch,
    Cell,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Part,
    Table,
)

_RULES = {"left": ":---", "right": "---:"}

_ESCAPED = re.compile(
    r"""
      (?P<backslash> [\\`*_{}\]|\#] | (?<=\+)\+ | \+(?=\+) )
    | (?P<reference> [&<>~^$]           # tags, references, struck, raised, formulas
        | (?<==)= | =(?==)              # marked
        | :(?=//|\w+:)                  # addresses, pictures by name
        | \[                           # a backslash before it would open a formula
      )
    """,
    re.VERBOSE,
)
# What opens a list, a rule, a definition, an admonition or another block at the start of a line.
_OPENING = re.compile(r"([0-9]+)[.)](?= |$)|(?:[-+](?=[-+ ]|$)|:|!!!|///|\?\?\?)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def to_markdown(part: Part | Document) -> str:
    r"""Return a part or document as Markdown; it does not end in a line break.

    Examples:
        >>> from meritindex.layout import Column, Table, to_markdown
        >>> print(to_markdown(Table((Column("Kode"), Column("Nilai", "right")), (("a_1", "3"),))))
        | Kode | Nilai |
        | :--- | ---: |
        | a\_1 | 3 |
    """
    blocks: list[str] = []
    list_before = False
    for each in basic_parts(part):
        block = _block(each)
        if not block:
            continue
        is_list = isinstance(each, (Listing, Branch))
        if is_list and list_before:
            # Two lists with nothing between them would become one.
            blocks.append("<!-- -->")
        blocks.append(block)
        list_before = is_list
    return "\n\n".join(blocks)


def _block(part: BasicPart) -> str:
    match part:
        case Heading():
            text = _text(part.text)
            return f"{'#' * part.level} {text}" if text else ""
        case Paragraph():
            return _opened(_cell(part.text))
        case Listing():
            return "\n".join(_item(_cell(item), "") for item in part.items)
        case Table():
            return _table(part)
        case Branch():
            return "\n".join(_branch(part, ""))
        case _:
            assert_never(part)


def _text(text: str) -> str:
    """Return `text` so that it is shown literally within a line."""
    words = " ".join(filter(None, clean(text).split(" "))).strip()
    return _ESCAPED.sub(_escape, words)


def _opened(escaped: str) -> str:
    """Return an escaped text so that it is shown literally at the start of a line, too."""
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    place = opening.end(1) if opening[1] else 0
    return escaped[:place] + _reference(escaped[place]) + escaped[place + 1 :]


def _escape(match: re.Match[str]) -> str:
    return _reference(match[0]) if match["reference"] else "\\" + match[0]


def _reference(character: str) -> str:
    return _NAMED.get(character, f"&#{ord(character)};")


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link) and cell.page is not None:
        return f"[{_text(cell.text)}]({cell.page})"
    address = None if isinstance(cell, str) else web_address(cell)
    if isinstance(cell, str) or address is None:
        return _text(plain(cell))
    # `&copy=1` in an address would be read as a reference to a character.
    return f"[{_text(cell.text) or _text(address)}](<{address.replace('&', '&amp;')}>)"


def _item(text: str, indent: str) -> str:
    # A dash alone would underline the line above it.
    return f"{indent}- {_opened(text) or '&nbsp;'}"


def _table(table: Table) -> str:
    lines = [
        _row([_text(column.title) for column in table.columns]),
        _row([_RULES[column.align] for column in table.columns]),
        *(_row([_cell(cell) for cell in row]) for row in table.rows),
    ]
    caption = _text(table.caption or "")
    blocks = [
        f"**{caption}**" if caption else "",
        "\n".join(lines),
        *(_opened(_cell(note)) for note in table.notes),
    ]
    return "\n\n".join(block for block in blocks if block)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _branch(branch: Branch, indent: str) -> list[str]:
    text = "<br>".join(filter(None, [_text(branch.text), *map(_cell, branch.lines)]))
    lines = [_item(text, indent)]
    for child in branch.children:
        lines += _branch(child, indent + "    ")
    return lines
