"""Assessments as CSV: they read back as the same, and no cell is a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import dimension, gate, indicator, instrument, measure, when
from meritindex import catalog
from meritindex.assessment import (
    AnswerState,
    Assessment,
    AssessmentSet,
    RowFacts,
    sample,
    to_csv_text,
)
from meritindex.assessment.building import build
from meritindex.assessment.csv_rows import rows_from_csv
from meritindex.assessment.formulas import escaped, unescaped
from meritindex.assessment.values import MAX_TEXT_LENGTH
from meritindex.definition import Agency, AgencyKind, Gate, Instrument, Option, Stage, Standing
from meritindex.language import Text
from strategies import BASIS, answers, instruments

RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2", conditions=(when("works"),))),
    dimension("b"),
    measure("survey", maximum=5, minimum=-5),
    gates=(gate("works", by_kind=((AgencyKind.CITY, ("yes",)),)),),
)


def read(rules: Instrument, text: str) -> AssessmentSet:
    return build(rules, rows_from_csv(rules, "f.csv", text))


def check_round_trip(made: AssessmentSet) -> None:
    text = to_csv_text(made)
    again = read(made.instrument, text)
    assert again == made
    assert to_csv_text(again) == text


def assessed(**fields: object) -> Assessment:
    return Assessment(**{"agency": "Kota Medan", "instrument": RULES, **fields})


def test_only_what_occurs_has_a_column():
    assert to_csv_text(assessed(levels={"a1": 3}, year=2026).alone) == (
        "agency,code,year,stage,a1\r\nKota Medan,12.71,2026,,3\r\n"
    )


def test_everything_that_can_be_said():
    made = AssessmentSet.of(
        [
            assessed(
                levels={"a1": 0, "a2": 4},
                date=dt.date(2026, 8, 5),
                stage="verified",
                synthetic=True,
                standing="reported",
                states={"a2": "claimed"},
                evidence={"a1": "=SUM(1,2)", "a2": 'dua\r\n"baris"; \n'},
                measures={"survey": "-0.25"},
            ),
            assessed(agency="Sleman", gates={"works": "no"}, points={"b": "37,5"}),
            assessed(
                agency=Agency(name="Badan X", kind="body"),
                points={"total": "12.25"},
                standings={"total": "draft"},
            ),
        ]
    )
    text = to_csv_text(made)
    assert text.splitlines()[0] == (
        "agency,code,agency.kind,year,stage,synthetic,agency.standing,works,a1,a2,survey,"
        "total_points,b,a2.state,a1.evidence,a2.evidence,total_points.standing"
    )
    assert ",-0.25," in text
    check_round_trip(made)


def test_the_sample():
    check_round_trip(sample())


def test_all_published_results():
    results = catalog.published_results()
    rules = catalog.instrument("ism-2019")
    check_round_trip(
        AssessmentSet.of(
            Assessment(
                agency=result.agency,
                instrument=rules,
                points={"total": result.total},
                year=result.year,
                stage=result.stage,
                standing=result.standing,
            )
            for result in results
        )
    )


@pytest.mark.parametrize("code", ["99.99", "12.71", None])
def test_an_agency_that_is_not_the_directorys_is_written_by_its_name(code):
    facts = (RowFacts(agency=Agency(name="Badan X", code=code)),)
    made = attrs.evolve(assessed().alone, facts=facts)
    assert to_csv_text(made).splitlines()[1] == "Badan X,,,"


def test_an_agency_of_which_more_is_said_is_written_with_its_code():
    medan = attrs.evolve(catalog.agency("12.71"), regional_office="VI")
    assert to_csv_text(assessed(agency=medan).alone).splitlines()[1].startswith("Kota Medan,12.71")


def test_an_empty_set_has_a_header_only():
    made = sample().where(lambda facts: False)
    assert to_csv_text(made) == "agency,code,year,stage\r\n"


@given(st.text(alphabet="'=+-@\t\r\n \"x,;") | st.text())
def test_escaping_comes_back_and_leaves_no_formula(text):
    cell = escaped(text)
    assert unescaped(cell) == text
    assert cell[:1] not in tuple("=+-@\t\r\n")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "'=1", "''@"])
def test_formulas_get_one_apostrophe(text):
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "Kota 'Baru'", "'x", "a=b", " =1", "0.5"])
def test_other_texts_stay(text):
    assert escaped(text) == unescaped(text) == text


def test_no_cell_of_a_file_is_a_formula():
    option = Option(value="=yes", label=Text.same("yes"))
    rules = instrument(
        dimension("a", indicator("a1")),
        gates=(Gate(code="g", question=Text("?", "?"), options=(option,), basis=BASIS),),
    )
    made = Assessment(
        agency=Agency(name="@Badan"),
        instrument=rules,
        gates={"g": "=yes"},
        evidence={"a1": "-2+3"},
    ).alone
    text = to_csv_text(made)
    (row,) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert row == ["'@Badan", "", "", "", "'=yes", "'-2+3"]
    assert read(rules, text) == made


TEXTS = st.text(
    alphabet=st.characters(
        codec="utf-8",
        exclude_characters=[chr(code) for code in range(32) if code not in {9, 10, 13}],
    ),
    max_size=20,
) | st.text(alphabet="'=+-@\t\r\n \",;x", max_size=8)
AGENCIES = st.sampled_from([*catalog.agencies()[:60], *catalog.agencies()[-20:]]) | st.builds(
    Agency,
    name=st.sampled_from(["BKN", "Badan Contoh", "=Lembaga", "+X", "'@Y", 'Badan "Q", R; S']),
    # A region that the directory doesn't have is not read back.
    kind=st.none() | st.sampled_from(list(AgencyKind)[:3]),
)


def dates(year: int | None) -> st.SearchStrategy[dt.date | None]:
    if year is None:
        return st.none()
    return st.none() | st.dates(dt.date(year, 1, 1), dt.date(year, 12, 31))


@st.composite
def assessment_sets(draw: st.DrawFn) -> AssessmentSet:
    rules = draw(instruments())
    codes = [found.code for found in rules.indicators]
    nodes = [found.code for found in rules.nodes]
    said = st.dictionaries(st.sampled_from(codes), st.sampled_from(AnswerState), max_size=3)
    ones = []
    years = draw(st.lists(st.none() | st.integers(2000, 2030), min_size=1, max_size=4, unique=True))
    for year in years:
        answer = draw(answers(rules))
        inapplicable = {
            found.code
            for found in rules.indicators
            for condition in found.conditions
            if answer.gates.get(condition.gate, condition.options[0]) not in condition.options
        }
        ones.append(
            Assessment(
                agency=draw(AGENCIES),
                instrument=rules,
                levels={
                    code: level for code, level in answer.levels.items() if code not in inapplicable
                },
                gates=answer.gates,
                measures=answer.measures,
                points=answer.points,
                year=year,
                date=draw(dates(year)),
                stage=draw(st.sampled_from((None, *Stage))),
                synthetic=draw(st.booleans()),
                standing=draw(st.none() | st.sampled_from(Standing)),
                standings=draw(
                    st.dictionaries(st.sampled_from(nodes), st.sampled_from(Standing), max_size=2)
                ),
                states=draw(said) if codes else {},
                evidence=draw(st.dictionaries(st.sampled_from(codes), TEXTS, max_size=3))
                if codes
                else {},
            )
        )
    return AssessmentSet.of(ones)


@given(assessment_sets())
def test_whatever_is_written_reads_back_as_the_same(made):
    check_round_trip(made)


def test_the_longest_text_fits_into_a_file():
    check_round_trip(assessed(evidence={"a1": '"' * MAX_TEXT_LENGTH}).alone)
