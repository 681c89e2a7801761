"""The levels of the headings of a page or file: one is the main, and none leaves out a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs

from meritindex.layout.graphic_parts import Contents
from meritindex.layout.parts import Document, Heading, Part

_LOWEST = 6

_Shown = TypeVar("_Shown", bound=Part)


def titled(document: Document, title: str) -> Document:
    """Return a document with one main heading, as a page has it.

    Args:
        document: what is shown.
        title: the main heading where no heading opens the document; one that does becomes it.

    Examples:
        >>> from meritindex.layout import Document, Heading, Paragraph, titled
        >>> titled(Document((Heading("Batu", 2), Heading("Sumber", 3))), "Nilai").parts[1].level
        2
        >>> titled(Document((Paragraph("a"),)), "Nilai").parts[0].text
        'Nilai'
    """
    parts = [part for part in document.parts if not isinstance(part, Contents)]
    if parts and isinstance(parts[0], Heading):
        parts[0] = attrs.evolve(parts[0], level=1)
    first = next((part for part in parts if isinstance(part, Heading)), None)
    if first is None or first.level > 1:
        parts.insert(0, Heading(title))
    return Document(tuple(levelled(parts, has_top=True)))


def levelled(parts: Iterable[_Shown | Heading], *, has_top: bool) -> Iterator[_Shown | Heading]:
    """Yield the parts with headings of which one alone is the highest, and none leaves out a level.

    Args:
        parts: of the page.
        has_top: whether one of them is the main heading; else the title of the page is.
    """
    above = [] if has_top else [1]
    for part in parts:
        if not isinstance(part, Heading):
            yield part
            continue
        # Of several that are as high as the main one, the later stand under it.
        level = max(part.level, 2) if above else part.level
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield attrs.evolve(part, level=min(len(above), _LOWEST))
