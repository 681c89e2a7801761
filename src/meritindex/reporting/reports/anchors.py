"""Where the links within a report lead to: fixed names and numbers, never words of the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from meritindex.definition import Source
from meritindex.language import Text
from meritindex.layout import Contents, Heading, Link, Listing
from meritindex.scoring.saying import Sayer

SOURCES = "sources"


@attrs.frozen
class Section:
    """A section of a report: its heading, what the index calls it, and where links lead."""

    title: Text
    short: Text
    anchor: str

    def heading(self, say: Sayer) -> Heading:
        """Return the heading of the section."""
        return Heading(say(self.title), 2, anchor=self.anchor)


def contents(sections: Iterable[Section], say: Sayer) -> Contents:
    """Return the index of a report."""
    items = tuple((say(each.short), each.anchor) for each in sections)
    return Contents(say("Isi laporan", "Contents of the report"), items)


def sources_link(sources: Sequence[Source], listed: Sequence[Source]) -> Link | str:
    """Return codes of sources as one link: to the source, or to the list where they are several.

    Args:
        sources: which.
        listed: those of the list at the end of the report, in its order.
    """
    if not sources:
        return "–"
    codes = ", ".join(source.code for source in sources)
    if len(sources) == 1:
        return Link(codes, anchor=_anchor(listed.index(sources[0])))
    return Link(codes, anchor=SOURCES)


def source_line(source: Source, listed: Sequence[Source], say: Sayer) -> Link:
    """Return a source with its title as a link to where it is listed."""
    text = f"{say('Dasar', 'Source')} {source.code}: {say(source.title)}"
    return Link(text, anchor=_anchor(listed.index(source)))


def sources_list(listed: Sequence[Source], say: Sayer) -> Listing:
    """Return the sources, each with its title and where it is read."""
    return Listing(
        tuple(Link(f"{source.code}: {say(source.title)}", source.url) for source in listed),
        anchors=tuple(map(_anchor, range(len(listed)))),
    )


def _anchor(place: int) -> str:
    return f"source-{place + 1}"
