"""A whole page: well formed, everything escaped, nothing that runs or is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.layout import (
    Branch,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Table,
    to_html,
    to_page,
)
from meritindex.layout.cells import clean

VOID = {"meta"}
TABLE = Table(
    (Column("Instansi"), Column("Indeks", "right")),
    (("Kota <A>", "0,7"),),
    'Hasil "1" & 2',
    ("Catatan <satu>.", "Catatan dua."),
)
DOCUMENT = Document(
    (
        Heading("Rencana", 2),
        Paragraph(Link("Dasar", "https://example.org/?a=1&b=2")),
        Listing(("satu", "<script>alert(1)</script>")),
        TABLE,
        Branch("Indeks", ("= 1/2",), (Branch("a1"),)),
    )
)


class Reader(HTMLParser):
    """Reads a page, insisting on balanced elements; keeps elements, attributes and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.declarations: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.append((self.open[-1], data))

    def handle_decl(self, decl):
        self.declarations.append(decl)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["id", "en"]))
def test_every_text_is_shown_literally_in_a_well_formed_page(title, text, language):
    document = Document((Paragraph(text), Table((Column(text),), ((text,),), text, (text,))))
    found = read(to_page(document, language, title))
    assert found.declarations == ["DOCTYPE html"]
    names = [tag for tag, _ in found.elements]
    assert names[:2] == ["html", "head"]
    assert set(names) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1"),
        *("p", "div", "table", "caption", "thead", "tbody", "tr", "th"),
    }
    shown = [data for tag, data in found.texts if tag in {"title", "h1"} and data.strip()]
    assert shown == ([clean(title)] * 2 if clean(title).strip() else [])
    cells = [data for tag, data in found.texts if tag in {"p", "caption", "th"} and data.strip()]
    assert cells == ([clean(text)] * 5 if clean(text).strip() else [])


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_says_its_language_and_fits_a_phone(language):
    found = read(to_page(DOCUMENT, language, "Rencana"))
    attributes = dict(found.elements)
    assert attributes["html"] == {"lang": language}
    metas = [given for tag, given in found.elements if tag == "meta"]
    assert metas[0] == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas


def test_a_page_needs_nothing_else_and_runs_nothing():
    page = to_page(DOCUMENT, "id", "Rencana")
    found = read(page)
    names = {tag for tag, _ in found.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    given = {name for _, attributes in found.elements for name in attributes}
    assert not {name for name in given if name.startswith("on")} | (given & {"src", "srcset"})
    style = next(data for tag, data in found.texts if tag == "style")
    assert not re.search(r"url\(|@import|https?:|//", style)
    # Only a link of the document leads elsewhere, and only when it is followed.
    assert re.findall(r"https?://[^\"]*", page) == ["https://example.org/?a=1&amp;b=2"]


def test_the_policy_comes_before_what_it_governs_and_allows_styles_alone():
    found = read(to_page(DOCUMENT, "id", "Rencana"))
    places = {
        attributes.get("http-equiv") or tag: (place, attributes)
        for place, (tag, attributes) in reversed(list(enumerate(found.elements)))
    }
    place, policy = places["Content-Security-Policy"]
    assert place < places["style"][0]
    assert policy["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )


def test_the_title_is_the_main_heading_unless_the_document_has_one():
    assert "<h1>R&amp;D</h1>\n<p>" in to_page(Document((Paragraph("a"),)), "id", "R&D")
    assert "<h1>R&amp;D</h1>" in to_page(Document(()), "id", "R&D")
    later = to_page(Document((Paragraph("a"), Heading("Hasil"))), "id", "R&D")
    assert re.findall("<h1>.*</h1>", later) == ["<h1>Hasil</h1>"]


@pytest.mark.parametrize("level", [1, 2])
def test_a_heading_that_opens_the_document_is_the_main_one(level):
    own = to_page(Document((Heading("Hasil", level), Heading("Lagi", 2))), "id", "R&D")
    assert re.findall("<h.>.*</h.>", own) == ["<h1>Hasil</h1>", "<h2>Lagi</h2>"]


def test_a_table_scrolls_by_itself_and_its_notes_stand_below():
    lines = to_page(Document((TABLE,)), "id", "Hasil").split("\n")
    start = lines.index(
        '<div class="table" tabindex="0" role="group" aria-label="Hasil &quot;1&quot; &amp; 2">'
    )
    end = lines.index("</table>")
    assert lines[start + 1] == "<table>"
    assert lines[end:-4] == [
        "</table>",
        "</div>",
        '<div class="notes">',
        "<p>Catatan &lt;satu&gt;.</p>",
        "<p>Catatan dua.</p>",
        "</div>",
    ]


def test_a_table_without_caption_and_notes_is_only_wrapped():
    table = Table((Column("A"),), (("x",),))
    page = to_page(Document((table,)), "id", "Hasil")
    wrapped = f'<div class="table" tabindex="0" role="group">\n{to_html(table)}\n</div>\n</main>'
    assert wrapped in page


def test_parts_are_those_of_the_fragment():
    parts = tuple(part for part in DOCUMENT.parts[1:] if part is not TABLE)
    assert to_html(Document(parts)) in to_page(Document(parts), "id", "Rencana")


def test_a_page_is_the_same_every_time_and_ends_in_one_line_break():
    page = to_page(DOCUMENT, "id", "Rencana")
    assert page == to_page(DOCUMENT, "id", "Rencana")
    assert page.endswith("</html>\n")
