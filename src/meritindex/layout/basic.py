"""A document in basic parts alone: what a page draws, in words."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.layout.graphic_parts import Contents, Facts, Scale
from meritindex.layout.parts import BasicPart, Document, Listing, Paragraph, Part


def basic_parts(part: Part | Document) -> Iterator[BasicPart]:
    """Yield the content of a part or document as headings, paragraphs, listings, tables and trees.

    Examples:
        >>> from meritindex.layout import Fact, Facts
        >>> list(basic_parts(Facts((Fact("Kategori", "Tinggi", "resmi"),))))
        [Listing(items=('Kategori: Tinggi (resmi)',), anchors=())]
    """
    for each in part.parts if isinstance(part, Document) else (part,):
        match each:
            case Facts():
                yield Listing(
                    tuple(
                        f"{fact.label}: {fact.value}" + (f" ({fact.note})" if fact.note else "")
                        for fact in each.items
                    )
                )
            case Scale():
                yield Paragraph(f"{each.title}: {each.description}")
            case Contents():
                pass
            case _:
                yield each
