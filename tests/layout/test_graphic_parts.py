"""Parts and cells that a page draws: what they refuse, and what other forms show of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from meritindex.layout import (
    Bar,
    Column,
    Contents,
    Document,
    Fact,
    Facts,
    Heading,
    Link,
    Listing,
    Mark,
    Paragraph,
    Scale,
    Shade,
    Stretch,
    Table,
    basic_parts,
    to_html,
    to_markdown,
    to_text,
)

HALF = Fraction(1, 2)
FACTS = Facts((Fact("Nilai", "0,5", "dari 1", leads=True), Fact("Kategori", "<b>")))
SCALE = Scale(
    title="Tangga",
    description="a, lalu b",
    stretches=(
        Stretch(label="a", start=Fraction(0), end=HALF),
        Stretch(label="b", start=HALF, end=Fraction(1)),
    ),
    marks=(Mark(label="0,5", place=HALF),),
)
TABLE = Table((Column("A"), Column("B", "right")), ((Bar("x", HALF), Shade("0,5", HALF)),))
DOCUMENT = Document((Heading("H", 1), FACTS, Contents("Isi", (("H", "h"),)), SCALE, TABLE))


def test_other_forms_show_the_words():
    assert list(basic_parts(DOCUMENT)) == [
        Heading("H", 1),
        Listing(("Nilai: 0,5 (dari 1)", "Kategori: <b>")),
        Paragraph("Tangga: a, lalu b"),
        TABLE,
    ]
    assert list(basic_parts(SCALE)) == [Paragraph("Tangga: a, lalu b")]
    assert list(basic_parts(Contents("Isi", (("H", "h"),)))) == []
    plain = Document(tuple(basic_parts(DOCUMENT)))
    for form in (to_text, to_html, to_markdown):
        assert form(DOCUMENT) == form(plain)
        assert "0,5 (dari 1)" in form(DOCUMENT)


def test_a_link_within_or_beside_a_page_is_one_where_it_leads_somewhere():
    within, beside = Link("a_1", anchor="x-1"), Link("a_1", page="b-2.html")
    for link in (within, beside):
        assert to_text(Paragraph(link)) == "a_1"
        assert to_html(Paragraph(link)) == "<p>a_1</p>"
    assert to_markdown(Paragraph(within)) == r"a\_1"
    assert to_markdown(Paragraph(beside)) == r"[a\_1](b-2.html)"


@pytest.mark.parametrize("kind", [Bar, Shade])
@pytest.mark.parametrize("share", [Fraction(-1, 9), Fraction(10, 9)])
def test_a_share_is_from_0_to_1(kind, share):
    with pytest.raises(ValueError, match=r"share is .*, but must be from 0 to 1"):
        kind("x", share)


@pytest.mark.parametrize("anchor", ["", "A", "a b", "-a", "a--b", 'a"', "1a", "a\n"])
def test_an_anchor_is_never_a_word_of_the_data(anchor):
    for make in (
        lambda: Link("x", anchor=anchor),
        lambda: Heading("x", anchor=anchor),
        lambda: Listing(("x",), anchors=(anchor,)),
    ):
        with pytest.raises(ValueError, match="must be small letters and digits"):
            make()


@pytest.mark.parametrize(
    "page", ["", "a", "../a.html", "a/b.html", "a.htm", "A.html", "javascript:a.html", "a.html#b"]
)
def test_a_page_is_one_beside_this(page):
    with pytest.raises(ValueError, match="must be the name of a page"):
        Link("x", page=page)


def test_every_item_has_an_anchor_or_none():
    with pytest.raises(ValueError, match="1 anchors for 2 items"):
        Listing(("a", "b"), anchors=("x",))
