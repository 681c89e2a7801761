"""The three forms of a table or tree: what they show, and that nothing in a cell acts."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import example, given
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
    to_markdown,
    to_text,
)
from meritindex.layout.cells import clean, plain, web_address
from meritindex.layout.wrapping import longest_word, places, wrapped

AGENCIES = (
    "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Kementerian Keuangan",
    "Badan Kepegawaian Negara",
    "Badan Pengawasan Keuangan dan Pembangunan",
    "Pemerintah Provinsi Jawa Barat",
    "Pemerintah Kota Surabaya",
    "Kabupaten Mojokerto",
    "Kabupaten Kutai Timur",
    "Kabupaten Sukoharjo",
    "Kabupaten Ogan Komering Ilir",
    "Kabupaten Sekadau",
    "Kabupaten Rokan Hulu",
)
# Invented numbers: these tests look at the layout only.
RANKING = Table(
    columns=(
        Column("Peringkat", "right"),
        Column("Instansi"),
        Column("Indeks", "right"),
        Column("Kategori"),
        *(Column(f"a{number}", "right") for number in range(1, 9)),
    ),
    rows=tuple(
        (
            str(rank),
            name,
            f"0,{9400 - 200 * rank}",
            "Sangat Baik" if rank < 5 else "Baik",
            *(f"0,{99 - rank - aspect}" for aspect in range(8)),
        )
        for rank, name in enumerate(AGENCIES, 1)
    ),
    caption="Peringkat contoh",
    notes=("Contoh sintetis.",),
    keys=2,
)
TREE = Branch(
    "Indeks: 0,71 (Baik)",
    ("= 65/100 × 3/4 + 25/100 × 0,82 + 10/100 × 0,2",),
    (
        Branch(
            "Kematangan: 3/4",
            ("= rata-rata aspek",),
            (
                Branch(
                    "a1 Perencanaan kebutuhan pegawai: 1/2",
                    ("tingkat 2 dari 4",),
                    (Branch("a1q1: 1/2", ("tingkat 2", Link("Dasar", "https://example.org/a"))),),
                ),
                Branch("a2 Pengadaan: 1"),
            ),
        ),
        Branch("Kepuasan: 0,82"),
    ),
)

# Text

anything = st.text(max_size=60)
names = st.text(
    st.one_of(st.sampled_from(list(" |\\`*_<>[]#&\"'-+=.:/\n\t\x1b")), st.characters()),
    max_size=60,
)
numbers = st.decimals(-999, 999, places=2).map(str)
urls = st.one_of(
    st.none(),
    anything,
    names.map("https://example.org/".__add__),
    st.sampled_from(["javascript:alert(1)", "HTTP://example.org", "https://", "data:text/html,x"]),
)
cells = st.one_of(names, st.builds(Link, names, urls))


@st.composite
def tables(draw: st.DrawFn, left=cells) -> Table:
    columns = draw(
        st.lists(
            st.builds(Column, names, st.sampled_from(["left", "right"])), min_size=1, max_size=9
        )
    )
    row = st.tuples(*(left if column.align == "left" else numbers for column in columns))
    return Table(
        tuple(columns),
        tuple(draw(st.lists(row, max_size=4))),
        draw(st.none() | names),
        tuple(draw(st.lists(cells, max_size=2))),
        keys=draw(st.integers(1, min(2, len(columns)))),
    )


details = st.lists(cells, max_size=2).map(tuple)
trees = st.recursive(
    st.builds(Branch, names, details),
    lambda below: st.builds(Branch, names, details, st.lists(below, max_size=3).map(tuple)),
    max_leaves=8,
)
parts = st.one_of(
    st.builds(Heading, names, st.integers(1, 6)),
    st.builds(Paragraph, cells),
    st.builds(Listing, st.lists(cells, max_size=3).map(tuple)),
    tables(),
    trees,
)
documents = st.builds(Document, st.lists(parts, max_size=4).map(tuple))


def depth(branch: Branch) -> int:
    return 1 + max(map(depth, branch.children), default=0)


def test_ranking_at_80_columns_is_stacked_and_names_the_agency_in_each_piece():
    text = to_text(RANKING)
    first, second = text.split("\n\nPeringkat contoh (2/2)\n\n")
    assert first.split("\n")[:6] == [
        "Peringkat contoh (1/2)",
        "",
        "Peringkat  Instansi                              Indeks  Kategori       a1    a2",
        "─────────  ────────────────────────────────────  ──────  ───────────  ────  ────",
        "        1  Kementerian Pendayagunaan Aparatur    0,9200  Sangat Baik  0,98  0,97",
        "             Negara dan Reformasi Birokrasi",
    ]
    assert second.split("\n")[0].split() == [
        "Peringkat",
        "Instansi",
        *(f"a{n}" for n in range(3, 9)),
    ]
    assert "Pemerintah Kota Surabaya" in first
    assert "Pemerintah Kota Surabaya" in second
    assert text.endswith("\n\nContoh sintetis.")


def test_ranking_that_fits_is_one_table_without_a_count():
    text = to_text(RANKING, 160)
    assert text.startswith("Peringkat contoh\n\n")
    assert AGENCIES[0] in text


def test_tree_is_drawn_with_its_details_under_each_node():
    assert to_text(TREE, 40).split("\n") == [
        "Indeks: 0,71 (Baik)",
        "│  = 65/100 × 3/4 + 25/100 × 0,82 +",
        "│    10/100 × 0,2",
        "├─ Kematangan: 3/4",
        "│  │  = rata-rata aspek",
        "│  ├─ a1 Perencanaan kebutuhan pegawai:",
        "│  │  │    1/2",
        "│  │  │  tingkat 2 dari 4",
        "│  │  └─ a1q1: 1/2",
        "│  │        tingkat 2",
        "│  │        Dasar",
        "│  │          <https://example.org/a>",
        "│  └─ a2 Pengadaan: 1",
        "└─ Kepuasan: 0,82",
    ]


@pytest.mark.parametrize("width", range(48, 160, 4))
def test_no_word_of_a_ranking_is_broken(width):
    words = set(to_text(RANKING, width).split())
    assert {word for name in AGENCIES for word in name.split()} <= words


def test_document_in_text():
    document = Document(
        (
            Heading("Hasil", 1),
            Heading("Rincian", 2),
            Heading("Catatan", 3),
            Paragraph("Satu dua tiga empat lima."),
            Listing(()),
            Listing(("Satu dua tiga empat lima.", Link("Dua"), Link("Tiga", "https://x.id"))),
        )
    )
    assert to_text(document, 20) == (
        "Hasil\n═════\n\nRincian\n───────\n\nCatatan\n\nSatu dua tiga empat\nlima.\n\n"
        "• Satu dua tiga\n  empat lima.\n• Dua\n• Tiga\n  <https://x.id>"
    )


def test_heading_that_wraps_is_underlined_as_wide_as_its_widest_line():
    assert to_text(Heading("Hasil penilaian sistem merit"), 20) == (
        "Hasil penilaian\nsistem merit\n═══════════════"
    )


def test_title_of_a_number_column_wraps_where_there_is_no_room():
    table = Table(
        (Column("Instansi"), Column("Nilai indeks", "right"), Column("Nilai survei", "right")),
        (("Kota A", "1", "2"),),
    )
    assert to_text(table, 24) == (
        "           Nilai   Nilai\nInstansi  indeks  survei\n────────  ──────  ──────\n"
        "Kota A         1       2"
    )


def test_table_without_caption_is_stacked_with_an_empty_line_between():
    table = Table(
        (Column("A"), Column("B", "right"), Column("C", "right")), (("x", "1" * 12, "2" * 12),)
    )
    assert to_text(table, 20) == (
        "A             B\n─  ────────────\nx  111111111111\n\n"
        "A             C\n─  ────────────\nx  222222222222"
    )


def test_a_number_is_never_cut_even_where_it_is_wider_than_the_text():
    table = Table((Column("Instansi"), Column("Nilai", "right")), (("Kota Surabaya", "1" * 30),))
    assert "1" * 30 in to_text(table, 20)


def test_left_column_gives_way_below_its_words_before_a_line_is_too_long():
    table = Table((Column("Instansi"), Column("Nilai", "right")), (("Kepegawaian", "1" * 12),))
    assert to_text(table, 20) == (
        "Instan\nsi             Nilai\n──────  ────────────\nKepega  111111111111\nwaian"
    )


def test_wide_and_combining_characters_keep_columns_aligned():
    table = Table((Column("N"), Column("Nilai", "right")), (("日本", "1"), ("e\u0301", "2")))
    assert to_text(table) == "N     Nilai\n────  ─────\n日本      1\ne\u0301         2"


def test_empty_table_shows_its_columns():
    assert to_text(Table((Column("A"), Column("")), ())) == "A\n─  ─"


@pytest.mark.parametrize(
    ("text", "width", "hanging", "lines"),
    [
        ("", 5, 0, [""]),
        ("   ", 5, 0, [""]),
        ("  a   b ", 5, 0, ["a b"]),
        ("abcdefgh", 5, 2, ["abcde", "  fgh"]),
        ("ab cdefghijk l", 5, 2, ["ab", "  cde", "  fgh", "  ijk", "  l"]),
        ("abc/defgh", 6, 0, ["abc/", "defgh"]),
        ("a/cdefgh", 6, 0, ["a/cdef", "gh"]),
        ("日本語", 3, 0, ["日", "本", "語"]),
        ("1\u00a0000 x", 5, 0, ["1\u00a0000", "x"]),
    ],
)
def test_wrapped(text, width, hanging, lines):
    assert wrapped(text, width, hanging) == lines


@given(anything, st.integers(0, 4), st.integers(2, 30))
def test_wrapped_loses_nothing_and_fits(text, hanging, room):
    text = clean(text)
    lines = wrapped(text, hanging + room, hanging)
    assert all(places(line) <= hanging + room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(documents, st.integers(0, 100))
def test_text_is_harmless_and_has_no_trailing_spaces(document, width):
    for line in to_text(document, width).split("\n"):
        assert line == line.rstrip()
        assert line == clean(line)


@given(tables(), st.integers(60, 120))
def test_no_line_of_a_table_is_longer_than_the_width_when_its_numbers_fit(table, width):
    assert all(places(line) <= width for line in to_text(table, width).split("\n"))


@given(trees, st.integers(40, 100))
def test_no_line_of_a_tree_is_longer_than_the_width(tree, width):
    width = max(width, 3 * depth(tree) + 10)
    assert all(places(line) <= width for line in to_text(tree, width).split("\n"))


@given(tables(), st.integers(0, 100))
def test_every_number_stands_whole_in_the_text(table, width):
    words = to_text(table, width).split()
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            if column.align == "right":
                assert cell in words


# Cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kota Surabaya", "Kota Surabaya"),
        ("a\r\n\tb\u2028c\x85d", "a   b c d"),
        ("\x1b[2J\x07\x9b", "\ufffd[2J\ufffd\ufffd"),
        ("a\u202eb\ufeff", "a\ufffdb\ufffd"),
        ("\ud800", "\ufffd"),
        ("1\u00a0000 \u200d\u0645", "1\u00a0000 \u200d\u0645"),
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("link", "shown", "address"),
    [
        (Link("S1"), "S1", None),
        (Link("S1", "https://a.id/x y"), "S1 <https://a.id/x y>", "https://a.id/x%20y"),
        (Link("", "http://a.id"), "http://a.id", "http://a.id"),
        (Link("http://a.id", "http://a.id"), "http://a.id", "http://a.id"),
        (Link("x", "javascript:alert(1)"), "x <javascript:alert(1)>", None),
        (Link("x", "https://"), "x <https://>", None),
        (
            Link("x", " https://a.id/%20?q=<é>"),
            "x < https://a.id/%20?q=<é>>",
            "https://a.id/%20?q=%3C%C3%A9%3E",
        ),
        (Link("x", "https://a.id/\ud800"), "x <https://a.id/\ufffd>", "https://a.id/%EF%BF%BD"),
    ],
)
def test_links(link, shown, address):
    assert plain(link) == shown
    assert web_address(link) == address


def test_longest_word():
    assert longest_word("Kota 日本語") == 6


def test_parts_refuse_what_makes_no_sense():
    with pytest.raises(ValueError, match="needs a column"):
        Table((), ())
    with pytest.raises(ValueError, match="row 1 has 2 cells for 1 columns"):
        Table((Column("A"),), (("x",), ("x", "y")))
    with pytest.raises(ValueError, match="keys is 2, but there are 1 columns"):
        Table((Column("A"),), (), keys=2)
    with pytest.raises(ValueError, match="level"):
        Heading("A", 7)


def test_parts_are_hashable_and_frozen():
    assert hash(Document((RANKING, TREE))) == hash(Document((attrs.evolve(RANKING), TREE)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        RANKING.caption = ""


# HTML

ELEMENTS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "div", "a"}
ELEMENTS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "scope": re.compile("col|row"),
    "style": re.compile("text-align:(left|right)"),
    "href": re.compile("https?://.+", re.IGNORECASE),
}


class Reader(HTMLParser):
    """Reads a fragment, insisting on balanced and known elements; collects their texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attributes):
        assert tag in ELEMENTS
        assert all(ATTRIBUTES[name].fullmatch(value) for name, value in attributes)
        self.open.append(tag)
        self.texts.append((tag, ""))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            tag, text = self.texts[-1]
            self.texts[-1] = (tag, text + data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(fragment: str) -> list[tuple[str, str]]:
    reader = Reader()
    reader.feed(fragment)
    reader.close()
    assert not reader.open
    return reader.texts


@given(documents)
def test_html_is_balanced_and_has_only_known_elements(document):
    read(to_html(document))


@given(tables(left=names))
def test_html_gives_every_cell_back(table):
    fragment = to_html(attrs.evolve(table, caption=None, notes=()))
    found = re.findall("<t[hd] [^<>]*>([^<>]*)</t[hd]>", fragment)
    expected = [column.title for column in table.columns]
    expected += [cell for row in table.rows for cell in row]
    assert [html.unescape(text) for text in found] == [clean(text) for text in expected]


def test_html_of_a_table():
    table = Table(
        (Column("Instansi"), Column("Indeks", "right")),
        ((Link("R&D", "https://a.id/?a=1&b='2'"), "0,7"), (Link('"x"', "javascript:x"), "<b>")),
        "Hasil <1>",
        ("Catatan.",),
    )
    assert to_html(table).split("\n") == [
        "<table>",
        "<caption>Hasil &lt;1&gt;</caption>",
        "<thead>",
        "<tr>",
        '<th scope="col" style="text-align:left">Instansi</th>',
        '<th scope="col" style="text-align:right">Indeks</th>',
        "</tr>",
        "</thead>",
        "<tbody>",
        "<tr>",
        (
            '<th scope="row" style="text-align:left">'
            '<a href="https://a.id/?a=1&amp;b=&#x27;2&#x27;">R&amp;D</a></th>'
        ),
        '<td style="text-align:right">0,7</td>',
        "</tr>",
        "<tr>",
        '<th scope="row" style="text-align:left">&quot;x&quot; &lt;javascript:x&gt;</th>',
        '<td style="text-align:right">&lt;b&gt;</td>',
        "</tr>",
        "</tbody>",
        "</table>",
        "<p>Catatan.</p>",
    ]


def test_html_of_a_document():
    document = Document(
        (
            Heading("Hasil", 2),
            Paragraph("a < b"),
            Listing(("satu", Link("", "https://a.id"))),
            Branch("Indeks", ("= 1/2",), (Branch("a1"), Branch("a2"))),
        )
    )
    assert to_html(document).split("\n") == [
        "<h2>Hasil</h2>",
        "<p>a &lt; b</p>",
        "<ul>",
        "<li>satu</li>",
        '<li><a href="https://a.id">https://a.id</a></li>',
        "</ul>",
        "<ul>",
        "<li>Indeks",
        "<div>= 1/2</div>",
        "<ul>",
        "<li>a1</li>",
        "<li>a2</li>",
        "</ul></li>",
        "</ul>",
    ]


# Markdown


def bare_pipes(line: str) -> int:
    return re.sub(r"\\.", "", line).count("|")


@given(tables())
def test_markdown_table_has_a_pipe_around_each_cell(table):
    lines = to_markdown(attrs.evolve(table, caption=None, notes=())).split("\n")
    assert len(lines) == 2 + len(table.rows)
    assert {bare_pipes(line) for line in lines} == {len(table.columns) + 1}


@given(names)
@example("<b>&copy;")
def test_markdown_leaves_no_bare_mark(text):
    shown = to_markdown(Paragraph(text))
    rest = re.sub(r"\\.|&(?:amp|lt|gt|#[0-9]+);", "", shown)
    assert not set(rest) & set("\\`*_{}[]|#&<>~^$")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kabupaten 50 Kota (Sumatera Barat)", "Kabupaten 50 Kota (Sumatera Barat)"),
        ("-0.5", "-0.5"),
        ("= 1/2 + 1/4", "= 1/2 + 1/4"),
        ("- a", "&#45; a"),
        ("---", "&#45;--"),
        ("+", "&#43;"),
        ("1. a", "1&#46; a"),
        ("12) a", "12&#41; a"),
        ("2026.", "2026&#46;"),
        ("# a", r"\# a"),
        ("::: a", "&#58;:: a"),
        ("!!! note", "&#33;!! note"),
        ("===", "&#61;&#61;&#61;"),
        ("++a++", r"\+\+a\+\+"),
        ("[TOC]", "&#91;TOC\\]"),
        ("http://a.id", "http&#58;//a.id"),
        (":a:", "&#58;a:"),
        ("a\n    b", "a b"),
        ("H~2~O x^2 $y$", "H&#126;2&#126;O x&#94;2 &#36;y&#36;"),
        (Link("a_1", "https://a.id/(a_1)|b?x=1&y"), r"[a\_1](<https://a.id/(a_1)%7Cb?x=1&amp;y>)"),
        (Link("", "https://a.id/_"), r"[https&#58;//a.id/\_](<https://a.id/_>)"),
        (Link("a", "file:b"), "a &lt;file:b&gt;"),
    ],
)
def test_markdown_of_a_text(text, shown):
    assert to_markdown(Paragraph(text)) == shown


def test_markdown_of_a_document():
    document = Document(
        (
            Heading("Hasil", 2),
            Heading(" "),
            Listing(()),
            Listing(("satu", "")),
            Branch(
                "Indeks",
                ("= 1/2", "- a"),
                (Branch("a1", (), (Branch("a1q1"),)), Branch("", ("b",))),
            ),
            Paragraph("- x"),
            Table((Column("Kode"), Column("Nilai", "right")), (("a|1", "-3"),), "R*", ("1. x",)),
            Table((Column("A"),), ()),
        )
    )
    assert to_markdown(document).split("\n") == [
        "## Hasil",
        "",
        "- satu",
        "- &nbsp;",
        "",
        "<!-- -->",
        "",
        "- Indeks<br>= 1/2<br>- a",
        "    - a1",
        "        - a1q1",
        "    - b",
        "",
        "&#45; x",
        "",
        r"**R\***",
        "",
        "| Kode | Nilai |",
        "| :--- | ---: |",
        r"| a\|1 | -3 |",
        "",
        "1&#46; x",
        "",
        "| A |",
        "| :--- |",
    ]


def spaced(text: str) -> str:
    return " ".join(text.split())


def shown_by(markdown_html: str) -> str:
    return spaced(html.unescape(re.sub("<[^>]*>", " ", markdown_html)))


@given(names)
@example("a|`b\\|`c")
@example("[a]: b")
def test_python_markdown_shows_every_text_literally(text):
    markdown = pytest.importorskip("markdown", reason="the documentation tools are not installed")
    literal = spaced(clean(text))
    for part in (Paragraph(text), Heading(text), Branch(text)):
        page = markdown.markdown(to_markdown(Document((part,))), extensions=["tables"])
        assert shown_by(page) == literal
    table = Table((Column(text), Column("b")), ((text, text),))
    page = markdown.markdown(to_markdown(table), extensions=["tables"])
    found = re.findall("<t[hd][^>]*>(.*?)</t[hd]>", page)
    assert [shown_by(cell) for cell in found] == [literal, "b", literal, literal]
