"""Parts as text for a terminal, a log or an e-mail: aligned, wrapped, drawn with box characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Literal, assert_never

import attrs

from meritindex.layout.basic import basic_parts
from meritindex.layout.cells import clean, plain
from meritindex.layout.parts import (
    BasicPart,
    Branch,
    Cell,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Part,
    Table,
    Tone,
)
from meritindex.layout.wrapping import longest_word, places, wrapped

# Narrower than this nothing can be laid out; a smaller width is taken as this one.
MIN_WIDTH = 20

_GAP = "  "
_HANGING = 2
_LONGEST_WORD = 24  # a longer word is broken rather than widening its column
_LONGEST_TITLE_WORD = 16
_LEAST_TREE_WIDTH = 10  # what a text gets however deep it stands
_UNDERLINES = {1: "═", 2: "─"}

# What a line is, where that is worth showing: titles of any kind, or the tone of a part.
Role = Literal["heading"] | Tone
# Puts marks around a finished line, which is cut and aligned already.
Style = Callable[[str, Role], str]


def _unstyled(line: str, _: Role) -> str:
    return line


def to_text(part: Part | Document, width: int = 80, style: Style = _unstyled) -> str:
    """Return a part or document as text whose lines are at most `width` places long.

    Left columns are wrapped, the widest first. A table whose columns still don't fit is continued
    below, repeating its key columns. A line is longer than `width` only where a number is: numbers
    are never cut. No line ends in a space, and the text does not end in a line break.

    Args:
        part: what to show.
        width: in places of a terminal; less than `MIN_WIDTH` is taken as that.
        style: puts marks around the lines of headings, titles of columns and parts with a tone,
            such as the codes that a terminal shows as colours; without it, there are none.

    Examples:
        >>> from meritindex.layout import Column, Table, to_text
        >>> print(to_text(Table((Column("Instansi"), Column("Indeks", "right")), (("A", "0,7"),))))
        Instansi  Indeks
        ────────  ──────
        A            0,7
    """
    width = max(width, MIN_WIDTH)
    blocks = (
        "\n".join(line.rstrip() for line in _lines(each, width, style))
        for each in basic_parts(part)
    )
    return "\n\n".join(block for block in blocks if block)


def _styled(lines: Iterable[str], role: Role | None, style: Style) -> list[str]:
    """Return lines in the style of their role; the spaces at their ends are not part of it."""
    if role is None:
        return list(lines)
    return [style(line, role) if line else line for line in map(str.rstrip, lines)]


def _lines(part: BasicPart, width: int, style: Style) -> list[str]:
    match part:
        case Heading():
            return _heading(part, width, style)
        case Paragraph():
            return _styled(wrapped(plain(part.text), width), part.tone, style)
        case Listing():
            return [line for item in part.items for line in _item(item, width)]
        case Table():
            return _table(part, width, style)
        case Branch():
            return _branch(part, width, "", "")
        case _:
            assert_never(part)


def _heading(heading: Heading, width: int, style: Style) -> list[str]:
    lines = wrapped(clean(heading.text), width)
    underline = _UNDERLINES.get(heading.level, "") * max(map(places, lines))
    shown = _styled(lines, heading.tone or "heading", style)
    return [*shown, underline] if underline else shown


def _item(item: Cell, width: int) -> list[str]:
    first, *others = wrapped(plain(item), width - 2)
    return [f"• {first}", *(f"  {line}" for line in others)]


# Trees


def _branch(branch: Branch, width: int, lead: str, rest: str) -> list[str]:
    """Return a node and what is below it; `lead` opens its first line, `rest` all others."""
    room = max(width - len(rest), _LEAST_TREE_WIDTH)
    below = rest + ("│  " if branch.children else "   ")
    room_below = max(width - len(below), _LEAST_TREE_WIDTH)
    # A wrapped text goes on deeper than the details do, so that the two can be told apart.
    first, *others = wrapped(clean(branch.text), room, len("│  ") + _HANGING)
    lines = [lead + first, *(below + line[len("│  ") :] for line in others)]
    for detail in branch.lines:
        lines += [below + line for line in wrapped(plain(detail), room_below, _HANGING)]
    for number, child in enumerate(branch.children, 1):
        last = number == len(branch.children)
        lines += _branch(
            child, width, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  ")
        )
    return lines


# Tables


@attrs.frozen
class _Sized:
    """A column with its cells, and how wide it would like to be and can be.

    `natural` shows every cell on one line; `floor` breaks no word of normal length; `least` is
    what there has to be.
    """

    column: Column
    cells: tuple[str, ...]
    natural: int
    floor: int
    least: int

    @property
    def is_left(self) -> bool:
        return self.column.align == "left"


def _table(table: Table, width: int, style: Style) -> list[str]:
    sized = [
        _sized(column, tuple(plain(row[index]) for row in table.rows))
        for index, column in enumerate(table.columns)
    ]
    pieces = _pieces(sized[: table.keys], sized[table.keys :], width)
    lines: list[str] = []
    for number, piece in enumerate(pieces, 1):
        if number > 1:
            lines.append("")
        if table.caption is not None:
            count = f" ({number}/{len(pieces)})" if len(pieces) > 1 else ""
            caption = wrapped(clean(table.caption) + count, width)
            lines += [*_styled(caption, "heading", style), ""]
        lines += _grid(piece, _widths(piece, width), style)
    if table.notes:
        lines.append("")
    for note in table.notes:
        lines += wrapped(plain(note), width, _HANGING)
    return lines


def _sized(column: Column, cells: tuple[str, ...]) -> _Sized:
    title = clean(column.title)
    texts = tuple(" ".join(filter(None, cell.split(" "))) for cell in cells)
    widest = max(map(places, texts), default=0)
    natural = max(widest, places(title), 1)
    if column.align == "right":
        # The numbers stay whole; only the title above them can be broken.
        floor = max(widest, min(longest_word(title), _LONGEST_TITLE_WORD), 2)
        return _Sized(column, texts, natural, min(floor, natural), floor)
    word = max(map(longest_word, (*texts, title)))
    floor = min(natural, max(column.min_width, min(word, _LONGEST_WORD) + _HANGING))
    return _Sized(column, texts, natural, floor, min(natural, 2))


def _total(widths: list[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _pieces(keys: list[_Sized], others: list[_Sized], width: int) -> list[list[_Sized]]:
    """Return the columns of each of the tables that are stacked, as few and as even as can be."""
    pieces = _filled(keys, others, width)
    # The tightest limit that needs no more tables leaves each of them the same room.
    for limit in range(width - 1, 0, -1):
        evener = _filled(keys, others, limit)
        if len(evener) > len(pieces):
            break
        pieces = evener
    return pieces


def _filled(keys: list[_Sized], others: list[_Sized], width: int) -> list[list[_Sized]]:
    pieces = [list(keys)]
    for column in others:
        full = _total([each.floor for each in (*pieces[-1], column)]) > width
        if full and len(pieces[-1]) > len(keys):
            pieces.append(list(keys))
        pieces[-1].append(column)
    return pieces


def _widths(piece: list[_Sized], width: int) -> list[int]:
    """Return the width of each column, taken from the widest left ones where there isn't room."""
    # No column needs more than the whole width, unless it is of numbers; this bounds the loop.
    widths = [min(each.natural, max(width, each.least)) for each in piece]
    floors = [each.floor for each in piece]
    leasts = [each.least for each in piece]
    lefts = [index for index, each in enumerate(piece) if each.is_left]
    rights = [index for index, each in enumerate(piece) if not each.is_left]
    for candidates, limits in ((lefts, floors), (rights, floors), (lefts, leasts)):
        while _total(widths) > width:
            shrinkable = [index for index in candidates if widths[index] > limits[index]]
            if not shrinkable:
                break
            widths[max(shrinkable, key=widths.__getitem__)] -= 1
    return widths


def _grid(piece: list[_Sized], widths: list[int], style: Style) -> list[str]:
    titles = [
        wrapped(clean(each.column.title), width) for each, width in zip(piece, widths, strict=True)
    ]
    height = max(map(len, titles))
    # Titles stand on the line below them.
    heads = _row(piece, widths, [[""] * (height - len(title)) + title for title in titles])
    lines = _styled(heads, "heading", style)
    lines.append(_GAP.join("─" * width for width in widths))
    for cells in zip(*(each.cells for each in piece), strict=True):
        lines += _row(
            piece,
            widths,
            [
                wrapped(cell, width, _HANGING if width >= 4 * _HANGING else 0)
                for cell, width in zip(cells, widths, strict=True)
            ],
        )
    return lines


def _row(piece: list[_Sized], widths: list[int], cells: list[list[str]]) -> list[str]:
    return [
        _GAP.join(
            _padded(text, width, left=each.is_left)
            for each, width, text in zip(piece, widths, texts, strict=True)
        )
        for texts in zip_longest(*cells, fillvalue="")
    ]


def _padded(text: str, width: int, *, left: bool) -> str:
    padding = " " * (width - places(text))
    return text + padding if left else padding + text
