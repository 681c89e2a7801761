"""Laws of any report: sound, in both forms the same, and harmless whatever the data say."""

from __future__ import annotations

import html
import re
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, instrument, limit, measure
from meeting import law
from meritindex.definition import Bands, Indicator, LevelScale
from meritindex.language import LANGUAGES
from meritindex.layout import basic_parts
from meritindex.layout.cells import clean
from meritindex.scoring.saying import SYNTHETIC
from meritindex.testing import assessment_sets, instruments
from pages import ELEMENTS, Page, check_page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' style='x' onclick='alert(1)",
    "javascript:alert(1)",
    "</style><h1>x</h1>",
    "]]><!-- -->",
    "| a | b |\n|---|---|",
    "[x](javascript:alert(1)) ![x](http://example.org/a.png)",
    "<https://example.org/>",
    "# Judul\n\n- satu",
    "=cmd|' /C calc'!A0",
    "\x1b[2J\u202e\u0000\ud800",
    "&lt;b&gt;&#60;",
    "../../etc/passwd",
    "{value}",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
# The layout tells what is empty from what is not; names are not.
names = texts.map(lambda text: text.strip() or "x")
# Names of agencies are refused that can't be seen, or have no letter.
agency_names = texts.map(
    lambda text: "A" + " ".join("".join(filter(str.isprintable, text)).split())
).filter(lambda text: text.isprintable())


@st.composite
def hostile_reports(draw):
    """Draw a report on an agency, and one on several, of which every text is hostile."""

    def said():
        return mi.Text(draw(names), draw(names))

    levels = tuple(
        mi.Level(value=value, points=Fraction(value, 4), criterion=said()) for value in range(5)
    )
    basis = mi.Basis(standing="assumed", reason=said())
    items = [
        Indicator(
            code=f"i{number}",
            name=said(),
            scale=LevelScale(levels=levels, basis=basis, cumulative=False),
            basis=mi.Basis(standing="reported", sources=("page",)),
            weight=None if number else mi.Figure(1, basis),
            evidence=(said(),),
            remark=said(),
        )
        for number in range(2)
    ]
    parts = dimension("part", *items, rule=mi.WeightedMean(basis=ASSUMED, whole=2), name=said())
    bands = Bands(items=(band(draw(names) + "1"), band(draw(names) + "2", limit("0.5"))))
    root = dimension("root", parts, measure("m", name=said()), rule=MEAN, name=said(), bands=bands)
    rules = instrument(
        id="hostile",
        title=said(),
        root=root,
        sources=(mi.Source(code="page", title=said(), url=draw(texts)),),
        remarks=(mi.Remark(text=said(), basis=basis),),
        default_weighting=mi.EqualRemainder(),
    )
    agencies = draw(st.lists(agency_names, min_size=2, max_size=3, unique_by=str.casefold))
    answers = [
        mi.Assessment(
            agency=mi.Agency(name=name, province=draw(st.none() | agency_names)),
            instrument=rules,
            levels={"i0": draw(st.integers(0, 4)), "i1": draw(st.integers(0, 3))},
            measures={"m": draw(st.sampled_from(["0", "0.5", "1"]))} if draw(st.booleans()) else {},
            evidence={"i0": draw(agency_names)},
            states={"i0": "claimed"},
            synthetic=True,
        )
        for name in agencies
    ]
    table = mi.score(answers)
    return mi.agency_report(table.card(0), among=table), mi.board_report(table)


@law(15)
@given(hostile_reports(), st.sampled_from(LANGUAGES))
def test_nothing_of_the_data_acts(reports, language):
    for report in reports:
        page = check_page(report.to_html(language))
        # What a hostile text says is there, literally.
        words = report.board.table.agencies if hasattr(report, "board") else [report.agency]
        shown = "".join(page.main.split())
        assert all("".join(clean(each.name).split()) in shown for each in words)


@law(10)
@given(hostile_reports(), st.sampled_from(LANGUAGES))
def test_nothing_of_the_data_acts_in_markdown(reports, language):
    markdown = pytest.importorskip("markdown", reason="the documentation tools are not installed")
    for report in reports:
        check_markdown(markdown, report.to_markdown(language))


def check_markdown(markdown: ModuleType, text: str) -> None:
    """Check that Markdown makes no element that the layout does not, and links to the web alone."""
    made = markdown.markdown(text, extensions=["tables"])
    assert {
        tag for tag in re.findall(r"<([a-zA-Z!/][a-zA-Z0-9]*)", made) if tag[0] not in "/!"
    } <= {*ELEMENTS, "strong", "br", "em"} - {"script", "style", "svg"}
    assert not re.search(r"<!--(?! -->)", made)
    assert "<img" not in made
    for address in re.findall(r'href="([^"]*)"', made):
        assert re.match(r"https?://|[a-z0-9-]+\.(?:html|md)$", html.unescape(address))


@law(12)
@given(st.data())
def test_a_report_on_any_result_is_sound(data):
    rules = data.draw(instruments(max_leaves=5))
    assessments = data.draw(assessment_sets(rules, max_size=3))
    table = mi.score(assessments)
    language = data.draw(st.sampled_from(LANGUAGES))
    check_page(mi.agency_report(table.card(0), among=table).to_html(language))
    check_page(mi.board_report(table).to_html(language))


@pytest.fixture(scope="module")
def reports(sampled):
    old = mi.Assessment(
        agency="Kota Malang", instrument="ism-2019", year=2023, points={"total": 250}
    )
    jambi = mi.board(sampled, by="province")["Jambi"]
    return {
        "known": mi.agency_report(sampled["Kota Batu"], among=sampled),
        "unknown": mi.agency_report(sampled["Kota Binjai"], among=sampled),
        "total alone": mi.agency_report(mi.score(old)),
        "group": mi.board_report(jambi),
        "board": mi.board_report(mi.board(jambi.table, by="kind")),
        "not grouped": mi.board_report(mi.board(jambi.table)),
    }


NAMES = ("known", "unknown", "total alone", "group", "board", "not grouped")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_of_the_catalog_is_sound(reports, name, language):
    page = check_page(reports[name].to_html(language))
    assert page.all("html")[0].given["lang"] == language
    assert page.all("title")[0].text == reports[name].title(language)
    # What is made up says so before anything else; what is not, doesn't.
    said = [each.text for each in page.of_class("warning")]
    assert (SYNTHETIC.in_language(language) in said[:1]) is (name != "total alone")
    assert all(len(each.text) < 400 for each in page.all("th"))
    # Every table says what it is, but for those that stand under a heading of their own.
    named = [box.given.get("aria-label") for box in page.of_class("table")]
    assert all(named)


@pytest.mark.parametrize("name", NAMES)
def test_the_two_languages_have_the_same_build(reports, name):
    first, second = (Page(reports[name].to_html(language)) for language in LANGUAGES)
    assert [level for level, _ in first.headings] == [level for level, _ in second.headings]
    assert [each.given.get("id") for each in first.elements if "id" in each.given] == [
        each.given.get("id") for each in second.elements if "id" in each.given
    ]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_markdown_and_page_say_the_same(reports, name, language):
    markdown = pytest.importorskip("markdown", reason="the documentation tools are not installed")
    report = reports[name]
    made = markdown.markdown(report.to_markdown(language), extensions=["tables"])
    page = Page(report.to_html(language))
    hints = {word for each in page.of_class("hint") for word in words_of(each.text)}
    said = words_of(html.unescape(re.sub("<[^>]*>", " ", made)))
    shown = {
        word
        for each in page.elements
        if each.tag
        in {"h1", "h2", "h3", "p", "li", "dt", "dd", "caption", "th", "td", "desc", "title", "div"}
        for word in words_of(each.text)
    }
    said |= words_of(report.title(language))
    assert said - shown == set()
    assert (
        shown
        - said
        - hints
        - {word for each in page.all("text", "nav", "a") for word in words_of(each.text)}
        == set()
    )


def test_a_text_has_the_same_parts(reports):
    for report in reports.values():
        document = report.document("en")
        assert len(list(basic_parts(document))) >= 10
        assert report.to_text("en").count("\n") > 40
