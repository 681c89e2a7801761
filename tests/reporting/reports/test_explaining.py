"""The parts of a report on one agency: the summary, the explanation, what is open, and the plan."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, LAW, OFFICIAL, band, dimension, indicator, instrument, limit, measure
from meritindex.definition import Bands
from meritindex.language import LANGUAGES
from meritindex.layout import Bar, Facts, Heading, Link, Listing, Paragraph, Table
from pages import check_page

MEAN = mi.WeightedMean(basis=ASSUMED)
BANDS = Bands(items=(band("rendah"), band("tinggi", limit("2.5"))))


def facts_of(report, language="en"):
    (facts,) = (part for part in report.document(language).parts if isinstance(part, Facts))
    return {fact.label: fact for fact in facts.items}


def section(report, title, language="en"):
    """Return the parts of a section."""
    parts = report.document(language).parts
    start = parts.index(next(p for p in parts if isinstance(p, Heading) and p.text == title))
    found = []
    for part in parts[start + 1 :]:
        if isinstance(part, Heading) and part.level <= parts[start].level:
            break
        found.append(part)
    return found


def test_the_first_screen_says_what_a_head_wants_to_know(sampled):
    report = mi.agency_report(sampled["Kota Batu"], among=sampled)
    facts = facts_of(report)
    assert facts["Merit System Index"].value == "0.154375 of 1"
    assert facts["Band"].value == "Dasar (Basic)"
    assert facts["Band"].note == "Next Lanjutan (Advancing), from 0.405: 0.250625 short"
    assert facts["How certain"].value == "Band certain"
    assert "whatever the open weights are" in facts["How certain"].note
    assert facts["What to do next"].value.startswith("To reach band Lanjutan (Advancing): raise 6")
    assert facts["What to do next"].note.startswith("Beginning with: ")
    assert facts["What to do next"].note.endswith(", and 3 more")
    assert facts["Standing of the numbers"].value == "Assumed"
    assert facts["Rank"].value == "473 of 519 with a total"
    # All of it stands before anything else.
    kinds = [type(part).__name__ for part in report.document("en").parts]
    assert kinds[:4] == ["Heading", "Paragraph", "Paragraph", "Facts"]


def test_what_is_not_known_is_said_at_once(sampled):
    report = mi.agency_report(sampled["Kota Binjai"])
    facts = facts_of(report)
    assert facts["Merit System Index"].value == "unknown"
    assert facts["Merit System Index"].note.startswith("Missing: satisfaction")
    assert facts["Band"].value == "unknown"
    assert facts["How certain"].value == "Band not certain"
    assert facts["What to do next"].value == "There is no plan"
    assert "satisfaction" in facts["What to do next"].note
    assert "Rank" not in facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_of_a_time_before_the_instrument_says_so(language):
    early = mi.Assessment(
        agency="Kota Malang",
        instrument="ism-2026",
        date=dt.date(2020, 1, 1),
        points={"index": "0.5"},
    )
    card = mi.score(early)
    assert card.remarks
    page = check_page(mi.agency_report(card).to_html(language))
    warnings = [each.text for each in page.of_class("warning")]
    assert any(card.remarks[0].in_language(language) in text for text in warnings)


def test_points_that_were_entered_are_explained_as_such():
    early = mi.Assessment(agency="Kota Malang", instrument="ism-2026", points={"index": "0.5"})
    parts = section(mi.agency_report(mi.score(early)), "index Merit System Index")
    lines = parts[0].items
    assert "These points were entered; what lies below them was not given." in lines


def rules(**fields):
    part = dimension(
        "part",
        indicator(
            "i",
            1,
            basis=OFFICIAL,
            levels=tuple(
                mi.Level(value=value, points=value, criterion=mi.Text(f"k{value}", f"c{value}"))
                for value in range(3)
            ),
            remark=mi.Text("catatan i", "remark i"),
        ),
        indicator("j", 1, missing="zero", missing_basis=ASSUMED),
        measure("m", 1),
        rule=MEAN,
        remark=mi.Text("catatan part", "remark part"),
    )
    root = dimension("root", part, rule=MEAN, bands=BANDS)
    return instrument(**{"root": root, "sources": (LAW,), **fields})


def test_the_explanation_goes_down_to_answers_and_sources():
    answers = mi.Assessment(
        agency="A",
        instrument=rules(),
        levels={"i": 1},
        measures={"m": "0.5"},
        states={"i": "verified"},
        evidence={"i": "Surat 1"},
    )
    report = mi.agency_report(mi.score(answers))
    parts = section(report, "part dimension part")
    (table,) = (part for part in parts if isinstance(part, Table))
    titles = [column.title for column in table.columns]
    assert titles == [
        *("part", "points", "contribution", "answer", "next level", "evidence", "sources")
    ]
    first, second, third = table.rows
    assert first[0] == "i indicator i"
    assert isinstance(first[1], Bar)
    assert first[3:] == (
        "level 1: c1 [verified]",
        "level 2: c2",
        "Surat 1",
        Link("law", anchor="source-1"),
    )
    assert second[3:] == ("missing", "", "", "–")
    assert third[3] == "0.5"
    assert table.notes == ("i: remark i",)
    assert "Remark: remark part" in parts[0].items
    (listed,) = (p for p in report.document("en").parts if isinstance(p, Listing) and p.anchors)
    assert listed.anchors == ("source-1",)
    assert listed.items[0].text == "law: regulation"


def test_a_weighting_with_a_source_of_its_own_is_listed():
    answers = mi.Assessment(agency="A", instrument=rules(), levels={"i": 1}, measures={"m": 1})
    card = mi.score(answers, mi.Given({"i": 1, "j": 1, "m": 1, "part": 1}, source="rapat"))
    report = mi.agency_report(card)
    (listed,) = (p for p in report.document("en").parts if isinstance(p, Listing) and p.anchors)
    assert [item.text for item in listed.items] == ["law: regulation", "rapat: rapat"]
    check_page(report.to_html("en"))


def test_an_instrument_without_sources_has_no_list():
    root = dimension("root", indicator("i", 1), rule=MEAN)
    answers = mi.Assessment(
        agency="A", instrument=instrument(root=root, sources=()), levels={"i": 1}
    )
    report = mi.agency_report(mi.score(answers))
    assert not [p for p in report.document("en").parts if isinstance(p, Listing) and p.anchors]
    check_page(report.to_html("en"))
    facts = facts_of(report)
    assert "Band" not in facts
    assert facts["How certain"].value == "Total certain"


def test_a_root_without_children_is_explained_by_its_points():
    alone = instrument(root=dimension("root"), sources=())
    answers = mi.Assessment(agency="A", instrument=alone, points={"root": 50})
    report = mi.agency_report(mi.score(answers))
    parts = section(report, "root dimension root")
    assert [type(part) for part in parts] == [Listing]
    check_page(report.to_html("id"))


def test_what_hinders_a_plan_is_said(sampled):
    card = sampled["Kota Batu"]
    poor = mi.improve(card.assessment, to="Tinggi", budget=1)
    report = mi.agency_report(card, plan=poor)
    parts = section(report, "What hinders")
    assert len(parts[0].items) == len(poor.hindrances)
    assert facts_of(report)["What to do next"].note == ""


def test_nothing_is_missing():
    answers = mi.Assessment(
        agency="A", instrument=rules(), levels={"i": 1, "j": 2}, measures={"m": 1}
    )
    report = mi.agency_report(mi.score(answers))
    assert Paragraph("No answer is missing.") in report.document("en").parts
    assert "variant" not in report.to_markdown("en")
    changed = attrs.evolve(report, home="index.html")
    assert "](index.html)" in changed.to_markdown("en")
