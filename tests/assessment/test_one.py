"""One assessment, typed: what it accepts, what it becomes, and what it refuses."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

from builders import (
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
    when,
)
from meritindex import catalog
from meritindex.assessment import AnswerState, Assessment, AssessmentSet
from meritindex.definition import Agency, AgencyKind, Stage, Standing
from meritindex.errors import AssessmentError, Fault, UnknownNameError
from meritindex.language import Text

RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2", conditions=(when("works"),))),
    dimension("b"),
    measure("survey"),
    gates=(gate("works", by_kind=((AgencyKind.CITY, ("yes",)),)),),
)


def assessed(**fields: object) -> Assessment:
    return Assessment(**{"agency": "Kota Medan", "instrument": RULES, **fields})


def refused(**fields: object) -> Fault:
    return only_fault(AssessmentError, lambda: assessed(**fields))


def test_everything_that_can_be_said():
    one = assessed(
        levels={"a2": 3.0, "a1": " 4 "},
        measures={"survey": "0,5"},
        points=[("b", 37)],
        date=dt.datetime(2026, 8, 5, 10, 30),  # noqa: DTZ001
        stage="verified",
        synthetic=True,
        standing="reported",
        standings={"b": "draft", "a1": Standing.OFFICIAL},
        states={"a1": "berbukti"},
        evidence={"a1": "surat"},
    )
    assert one.agency == catalog.agency("12.71")
    assert one.levels == (("a1", 4), ("a2", 3))
    assert one.gates == ()
    assert one.derived_gates == (("works", "yes"),)
    assert one.measures == (("survey", Fraction(1, 2)),)
    assert one.points == (("b", Fraction(37)),)
    assert (one.year, one.date) == (2026, dt.date(2026, 8, 5))
    assert type(one.date) is dt.date
    assert (one.stage, one.synthetic, one.standing) == (Stage.VERIFIED, True, Standing.REPORTED)
    assert one.standings == (("a1", Standing.OFFICIAL), ("b", Standing.DRAFT))
    assert one.states == (("a1", AnswerState.EVIDENCED),)
    assert one.evidence == (("a1", "surat"),)


def test_almost_nothing_has_to_be_said():
    one = assessed()
    assert one.levels == one.measures == one.points == one.states == one.evidence == ()
    assert (one.year, one.date, one.standing, one.synthetic) == (None, None, None, False)
    # What nobody has stated is not taken for a self-assessment.
    assert one.stage is None


def test_only_a_total():
    one = assessed(points={"total": "101"})
    assert one.points == (("total_points", Fraction(101)),) == one.alone[0].points


def test_gates_that_were_answered_are_told_from_those_that_follow():
    asked = assessed(gates={"works": "YES"})
    assert (asked.gates, asked.derived_gates) == ((("works", "yes"),), ())
    assert asked != assessed()
    unknown = assessed(agency=Agency(name="Badan X"))
    assert (unknown.gates, unknown.derived_gates) == ((), ())


def test_the_agency_and_the_instrument_may_be_named():
    one = Assessment(agency="Babel", instrument="ism-2019", points={"a1": "37,5"})
    assert one.agency.code == "19"
    assert one.instrument is catalog.instrument("ism-2019")
    fault = only_fault(UnknownNameError, lambda: assessed(agency="Kota X"))
    assert fault.code == "agency-unknown"
    fault = only_fault(UnknownNameError, lambda: assessed(instrument="ism-1999"))
    assert fault.code == "instrument-unknown"


def test_equal_pickled_hashed_and_frozen():
    one = assessed(levels={"a1": 3}, year="2026")
    assert one == assessed(levels=[("a1", 3)], year=2026)
    assert len({one, assessed(levels={"a1": Fraction(3)}, year=2026)}) == 1
    assert one != assessed(levels={"a1": 2}, year=2026)
    for copied in (pickle.loads(pickle.dumps(one)), attrs.evolve(one)):
        assert copied == one
        assert copied.alone == one.alone
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.year = 2027  # type: ignore[misc]


def test_a_set_of_one_gives_it_back():
    one = assessed(levels={"a1": 3}, standing="draft", standings={"a1": "official"}, year=2026)
    assert one.alone[0] == one
    assert AssessmentSet.of([one]) == one.alone


def test_every_fault_is_listed_and_placed():
    faults = faults_of(
        AssessmentError, lambda: assessed(levels={"a1": 5, "a2": "tiga"}, measures={"survey": 2})
    )
    assert [(fault.code, fault.item, fault.place) for fault in faults] == [
        ("level-not-allowed", "a1", Text("penilaian 1, a1", "assessment 1, a1")),
        ("level-not-allowed", "a2", Text("penilaian 1, a2", "assessment 1, a2")),
        ("number-out-of-range", "survey", Text("penilaian 1, survey", "assessment 1, survey")),
    ]
    assert {fault.agency for fault in faults} == {"Kota Medan"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"levels": {"a11": 3}}, "a11"),
        ({"levels": {"year": 3}}, "year"),
        ({"levels": {"code": "16.10"}}, "code"),
        ({"points": {"a1.state": "claimed"}}, "a1.state"),
        ({"states": {"b": "claimed"}}, "b.state"),
        ({"evidence": {"x": "surat"}}, "x.evidence"),
        ({"standings": {"works": "draft"}}, "works.standing"),
    ],
)
def test_what_the_instrument_does_not_ask(fields, name):
    fault = refused(**fields)
    check_fault(fault, "column-unknown", None, f'"{name}"', "example", fault.allowed)
    assert (fault.value, fault.agency) == (f'"{name}"', "Kota Medan")
    assert fault.place == Text(f"penilaian 1, {name}", f"assessment 1, {name}")


def test_an_answer_twice():
    fault = refused(levels=[("a1", 3), ("a1", 3)])
    check_fault(fault, "answer-twice", "a1")
    assert fault.place == Text("penilaian 1, a1", "assessment 1, a1")
    assert (fault.agency, fault.value) == ("Kota Medan", None)
    assert fault.allowed == Text("satu jawaban saja", "one answer only")


@pytest.mark.parametrize(
    ("given", "code", "belongs"),
    [
        ("levels", "survey", "measures"),
        ("levels", "total", "points"),
        ("gates", "a1", "levels"),
        ("measures", "b", "points"),
        ("points", "works", "gates"),
        ("points", "a1", "levels"),
    ],
)
def test_an_answer_in_the_argument_of_another_kind(given, code, belongs):
    fault = refused(**{given: {code: 1}})
    check_fault(fault, "answer-misplaced", code, given, belongs)
    assert (fault.value, fault.allowed) == (given, Text.same(belongs))
    assert fault.place == Text(f"penilaian 1, {code}", f"assessment 1, {code}")
    assert fault.agency == "Kota Medan"


def test_a_stage_and_a_standing_that_there_are_not_are_told_with_the_other_faults():
    faults = faults_of(
        AssessmentError, lambda: assessed(stage="final", standing="pasti", levels={"a1": 9})
    )
    assert [(fault.code, fault.item) for fault in faults] == [
        ("stage-not-allowed", "stage"),
        ("standing-not-allowed", "agency.standing"),
        ("level-not-allowed", "a1"),
    ]
    assert assessed(stage="mandiri").stage is Stage.SELF_ASSESSED


def test_an_agency_made_by_hand_is_looked_up():
    assert assessed(agency=Agency(name="Kota Malang")).agency is catalog.agency("35.73")
    for agency, code in (
        (catalog.agency("31.74"), "agency-not-assessed"),
        (Agency(name="Malang"), "agency-ambiguous"),
    ):
        fault = only_fault(UnknownNameError, lambda agency=agency: assessed(agency=agency))
        assert fault.code == code


def test_a_year_that_is_not_that_of_the_date():
    fault = refused(year=2025, date=dt.date(2026, 1, 1))
    check_fault(fault, "year-contradicts-date", "year", "2025", "2026-01-01")
    assert fault.place == Text("penilaian 1, year", "assessment 1, year")
    assert (fault.agency, fault.value, fault.allowed) == ("Kota Medan", "2025", Text.same("2026"))
    assert assessed(year=2026, date=dt.date(2026, 1, 1)).year == 2026
