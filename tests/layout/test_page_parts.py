"""What a page draws: summaries, an index, a scale, bars, shades, and tables on a phone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meeting import law
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
    to_page,
)
from meritindex.layout.page_style import SHADES
from meritindex.layout.page_tables import shade_number
from pages import check_page

WIDE = tuple(Column(title, "right") for title in ("Kolom satu", "Kolom dua", "Kolom tiga"))
ROW = ("Kabupaten Kepulauan Siau Tagulandang Biaro", "0,123456789", "0,123456789", "0,5")


def page_of(*parts, language="id"):
    return check_page(to_page(Document(parts), language, "Judul"))


def test_a_summary_is_a_list_of_descriptions():
    page = page_of(Facts((Fact("Nilai", "0,5", "dari <1>", leads=True), Fact("Kategori", "B"))))
    assert [each.text for each in page.all("dt")] == ["Nilai", "Kategori"]
    assert [each.text for each in page.of_class("value")] == ["0,5", "B"]
    assert [each.text for each in page.of_class("note")] == ["dari <1>"]
    assert len(page.of_class("leads")) == 1


@pytest.mark.parametrize(
    ("language", "skip"), [("id", "Langsung ke isi"), ("en", "Skip to the content")]
)
def test_an_index_stands_above_and_can_be_skipped(language, skip):
    index = Contents("Isi", (("Satu & dua", "one"),))
    page = page_of(
        Heading("T"), Paragraph("p"), index, Heading("Satu", 2, anchor="one"), language=language
    )
    assert [each.text for each in page.of_class("skip")] == [skip]
    order = [each.tag for each in page.elements if each.tag in {"a", "nav", "main", "h1"}]
    assert order == ["a", "nav", "a", "main", "h1"]
    assert page.all("main")[0].given == {"id": "content"}
    assert page.all("nav")[0].given["aria-label"] == "Isi"
    # Without an index there is nothing to skip.
    assert not page_of(Paragraph("p")).of_class("skip")


def test_links_within_and_beside_a_page():
    page = page_of(
        Paragraph(Link("ke sana", anchor="there")),
        Listing(("a", Link("b", page="b.html")), anchors=("there", "here")),
    )
    assert [each.given["href"] for each in page.all("a")] == ["#there", "b.html"]
    assert [each.given for each in page.all("li")] == [{"id": "there"}, {"id": "here"}]


def test_headings_leave_out_no_level():
    levels = [
        level
        for level, _ in page_of(*(Heading("x", level) for level in (2, 3, 5, 3, 2, 4))).headings
    ]
    assert levels == [1, 2, 3, 2, 2, 3]
    levels = [
        level for level, _ in page_of(Heading("x", 1), Heading("x", 1), Heading("x", 3)).headings
    ]
    assert levels == [1, 2, 3]
    untitled = page_of(Paragraph("p"), Heading("x", 3), Heading("x", 2)).headings
    assert untitled == [(1, "Judul"), (2, "x"), (2, "x")]


@law(60)
@given(st.lists(st.integers(1, 6), max_size=9), st.booleans())
def test_any_headings_make_a_sound_outline(levels, opens):
    parts = [Heading("x", level) for level in levels]
    page_of(*(parts if opens else [Paragraph("p"), *parts]))


def test_tones_are_notes():
    page = page_of(Heading("T"), Paragraph("awas", tone="warning"), Heading("x", 2, tone="fault"))
    assert [each.text for each in page.of_class("warning")] == ["awas"]
    assert page.of_class("fault")[0].tag == "h2"


def scale(**fields):
    return Scale(
        **{
            "title": "Tangga <1>",
            "description": "a, lalu <b> & c",
            "stretches": (
                Stretch(label="A", start=Fraction(0), end=Fraction(9, 10), holds=True),
                Stretch(label="Sangat panjang", start=Fraction(9, 10), end=Fraction(1)),
            ),
            "marks": tuple(
                Mark(label=str(place), place=Fraction(place, 10)) for place in (0, 5, 10)
            ),
            **fields,
        }
    )


def test_a_scale_is_a_picture_with_words():
    page = page_of(scale())
    assert page.all("svg")[0].text.startswith("\nTangga <1>\na, lalu <b> & c\n")
    assert [each.text for each in page.all("desc")] == ["a, lalu <b> & c"]
    rects = page.all("rect")
    assert [(each.given["x"], each.given["width"]) for each in rects] == [
        ("0.0%", "90.0%"),
        ("90.0%", "10.0%"),
    ]
    assert [each.given.get("class") for each in rects] == ["holds", None]
    texts = [(each.text, each.given["text-anchor"]) for each in page.all("text")]
    # A name that has no room on a phone stands below its stretch.
    assert texts == [
        *(("A", "middle"), ("Sangat panjang", "end")),
        *(("0", "start"), ("5", "middle"), ("10", "end")),
    ]
    found = page.all("line")
    assert [each.given["x1"] for each in found[::2]] == ["0.0%", "50.0%", "100.0%"]
    # No line goes through the names in the stretches, which stand from 39 to 52, or below at 78.
    ends = [(float(each.given["y1"]), float(each.given["y2"])) for each in found]
    assert all(last <= 38 or (first >= 53 and last <= 66) for first, last in ends)


def test_names_below_keep_apart():
    narrow = [
        Stretch(label="Panjang sekali", start=Fraction(a, 20), end=Fraction(a + 1, 20))
        for a in range(20)
    ]
    page = page_of(scale(stretches=tuple(narrow), marks=()))
    rights = [float(each.given["x"].rstrip("%")) for each in page.all("text")]
    assert rights[0] == 100.0
    width = 100 * 14 / 46
    assert 1 < len(rights) < 20
    assert all(left <= right - width for right, left in pairwise(rights))
    assert rights[-1] >= width - 0.1


def test_a_bar_is_as_long_as_its_share_and_says_its_number():
    table = Table((Column("A"), Column("B", "right")), (("x", Bar("1 & 2", Fraction(1, 3))),))
    page = page_of(table)
    assert [each.given for each in page.all("i")] == [{"style": "width:33.3%"}]
    assert page.all("td")[0].text == "1 & 2"


@law(60)
@given(st.fractions(0, 1))
def test_a_shade_is_the_darker_the_greater_the_share(share):
    number = shade_number(Shade("x", share))
    assert 0 <= number <= SHADES
    assert share * (SHADES + 1) - 1 <= number <= share * (SHADES + 1)
    table = Table((Column("A"), Column("B")), (("x", Shade("y", share)),))
    (cell,) = page_of(table).all("td")
    assert cell.given.get("class") == (f"s{number}" if number else None)


def test_a_wide_table_becomes_cards_on_a_phone():
    table = Table((Column("Instansi"), *WIDE), (ROW,), "Hasil", ("Catatan.",))
    page = page_of(table)
    (box,) = page.of_class("cards")
    assert box.given["aria-label"] == "Hasil"
    # The name heads the card; every other cell says its column.
    assert [each.given.get("data-label") for each in page.all("th") if "tbody" in each.inside] == [
        None
    ]
    assert [each.given["data-label"] for each in page.all("td")] == [each.title for each in WIDE]
    assert all("pair" in (each.given["class"] or "") for each in page.all("td"))
    # A browser takes what is laid out as cards for no table, unless it is told.
    roles = {each.tag: each.given["role"] for each in page.elements if "tbody" in each.inside}
    assert roles == {"tr": "row", "th": "rowheader", "td": "cell"}
    assert page.all("table")[0].given["role"] == "table"
    assert not page.of_class("hint")
    bare = attrs.evolve(table, caption=None, keys=2)
    assert "caption" not in {each.tag for each in page_of(bare).elements}


def test_a_long_text_stands_below_its_title_on_a_card():
    columns = (Column("Kode"), Column("Uraian"), Column("Catatan"), Column("Nilai", "right"))
    table = Table(columns, (("k" * 20, "kata " * 20, "singkat", "1" * 20),))
    page = page_of(table)
    assert [each.given.get("class") for each in page.all("td")] == [None, "pair", "pair"]


@pytest.mark.parametrize(
    ("language", "hint"), [("id", "geser ke samping"), ("en", "scroll sideways")]
)
def test_a_table_to_be_compared_is_scrolled_and_says_so(language, hint):
    table = Table((Column("Instansi"), *WIDE), (ROW,), compared=True)
    page = page_of(Heading("T"), Heading("Semua", 2), table, language=language)
    (box,) = page.of_class("compared")
    # What has no caption is called as the heading above it.
    assert box.given["aria-label"] == "Semua"
    assert hint in page.of_class("hint")[0].text
    many = attrs.evolve(table, rows=(ROW,) * 41, compared=False)
    assert page_of(many, language=language).of_class("compared")
    few = attrs.evolve(many, rows=(ROW,) * 40)
    assert page_of(few, language=language).of_class("cards")
    narrow = page_of(Table((Column("A"),), (("x",),), compared=True))
    assert not narrow.of_class("hint")
    assert not narrow.of_class("compared")


def test_a_table_without_rows_is_as_wide_as_its_titles():
    assert not page_of(Table((Column("A"), Column("B")), ())).of_class("cards")
    assert page_of(Table(tuple(Column("x" * 12) for _ in range(5)), ())).of_class("cards")


@law(60)
@given(st.text(max_size=40), st.text(max_size=40))
@example('"><script>', "</desc><!--")
def test_whatever_is_said_is_shown_literally(text, other):
    if not text.strip() or not other.strip():
        return
    table = Table(
        (Column(text), *WIDE), ((other, Bar(text, Fraction(1)), Shade(other, Fraction(1)), text),)
    )
    check_page(
        to_page(
            Document(
                (
                    Heading(text, anchor="a"),
                    Facts((Fact(text, other, text),)),
                    Contents(text, ((other, "a"),)),
                    scale(title=text, description=f"d {other}", marks=()),
                    table,
                    attrs.evolve(table, caption=other, notes=(text,), compared=True),
                )
            ),
            "id",
            other,
        )
    )
