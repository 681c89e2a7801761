"""A document as a whole HTML page: one file to open, print or send, which needs nothing else.

The page has no script and asks no network for anything; its Content-Security-Policy has browsers
hold it to that. It follows the light or dark setting of the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from meritindex.language import Language, Text
from meritindex.layout.as_html import element, html_text
from meritindex.layout.graphic_parts import Contents, Facts, Scale
from meritindex.layout.levels import levelled
from meritindex.layout.page_graphics import page_cell, page_contents, page_facts, page_scale
from meritindex.layout.page_style import STYLE
from meritindex.layout.page_tables import page_table
from meritindex.layout.parts import BasicPart, Document, Heading, Listing, Paragraph, Table

# Cells of tables say their alignment in a style of their own.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_SKIP = Text("Langsung ke isi", "Skip to the content")
_MAIN = "content"
# What stands in the page itself; an index stands above it.
_Shown = BasicPart | Facts | Scale


def to_page(document: Document, language: Language, title: str) -> str:
    """Return a document as a whole HTML page, which ends in a line break.

    A table that is wider than a phone becomes cards there, or is scrolled by itself, by hand or by
    keyboard. An index stands above everything else, wherever the document has it.

    Args:
        document: what the page shows.
        language: in which its texts are; browsers and screen readers are told.
        title: of the page, escaped here. The heading that opens the document becomes the main one;
            where none opens it, the title does. The others follow without leaving out a level.

    Examples:
        >>> from meritindex.layout import Document, Paragraph, to_page
        >>> page = to_page(Document((Paragraph("a < b"),)), "id", "R&D")
        >>> page.splitlines()[:2]
        ['<!DOCTYPE html>', '<html lang="id">']
        >>> "<h1>R&amp;D</h1>" in page, "<p>a &lt; b</p>" in page
        (True, True)
    """
    shown = html_text(title)
    indexes = [part for part in document.parts if isinstance(part, Contents)]
    parts: list[_Shown] = [part for part in document.parts if not isinstance(part, Contents)]
    if parts and isinstance(parts[0], Heading):
        parts[0] = attrs.evolve(parts[0], level=1)
    first = next((part for part in parts if isinstance(part, Heading)), None)
    has_top = first is not None and first.level == 1
    skip = f'<a class="skip" href="#{_MAIN}">{html_text(_SKIP.in_language(language))}</a>'
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{shown}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        *([skip] if indexes else []),
        *map(page_contents, indexes),
        f'<main id="{_MAIN}">' if indexes else "<main>",
        *([] if has_top else [f"<h1>{shown}</h1>"]),
        *_written(levelled(parts, has_top=has_top), language),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _written(parts: Iterable[_Shown], language: Language) -> Iterator[str]:
    named: str | None = None  # the heading that a table stands under
    for part in parts:
        match part:
            case Heading():
                named = part.text
                yield _heading(part)
            case Table():
                yield page_table(part, named, language, page_cell)
            case Paragraph() if part.tone is not None:
                yield f'<p class="{part.tone}" role="note">{page_cell(part.text)}</p>'
            case Listing() if part.anchors:
                yield _listing(part)
            case Facts():
                yield page_facts(part)
            case Scale():
                yield page_scale(part)
            case _:
                yield element(part, page_cell)


def _heading(heading: Heading) -> str:
    anchor = "" if heading.anchor is None else f' id="{heading.anchor}"'
    tone = "" if heading.tone is None else f' class="{heading.tone}"'
    level = f"h{heading.level}"
    return f"<{level}{anchor}{tone}>{html_text(heading.text)}</{level}>"


def _listing(listing: Listing) -> str:
    items = (
        f'<li id="{anchor}">{page_cell(item)}</li>'
        for item, anchor in zip(listing.items, listing.anchors, strict=True)
    )
    return "\n".join(["<ul>", *items, "</ul>"])
