"""The order of time: what is taken, and what is refused."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex.analysis.progressing import Direction, progress
from meritindex.analysis.progressing.occasions import period, tables_of
from progress_cases import AGENCY, NEW, OLD, OTHER, occasion, year

STAGES = (mi.Stage.SELF_ASSESSED, mi.Stage.VERIFIED, mi.Stage.DETERMINED)


def test_an_occasion():
    one = occasion(2024, 4, 2, 1, stage="verified")
    assert (one.agency, one.year, one.date, one.stage) == (AGENCY, 2024, None, STAGES[1])
    assert (one.day, one.when) == (dt.date(2024, 12, 31), "2024")
    assert (one.total, one.band, one.band_number) == (Fraction(2), "tengah", 2)
    assert (one.instrument, one.standing) == (OLD, mi.Standing.ASSUMED)
    assert one.scale == (0, 4)
    assert one.stage_label == STAGES[1].label
    assert repr(one).startswith("<Occasion 2024: <ScoreCard of A under lama: 2, tengah")
    dated = occasion(dt.date(2024, 3, 1), 4, 2)
    assert (dated.day, dated.when, dated.year) == (dt.date(2024, 3, 1), "2024-03-01", 2024)
    assert (dated.total, dated.band, dated.band_number) == (None, None, 0)
    assert one == occasion(2024, 4, 2, 1, stage="verified")
    assert one != dated


def test_periods_are_short_where_they_are_years():
    one, two, dated = occasion(2023), occasion(2024), occasion(dt.date(2024, 3, 1))
    assert [period(*each) for each in ((one, two), (one, dated), (two, two))] == [
        "2023–2024",
        "2023 – 2024-03-01",
        "2024",
    ]


@pytest.mark.parametrize(
    ("difference", "direction"),
    [(Fraction(1, 10**30), "rose"), (Fraction(0), "held"), (Fraction(-1, 10**30), "fell")],
)
def test_directions_are_exact(difference, direction):
    assert Direction.of(difference) is Direction(direction)
    assert Direction(direction).label.id != Direction(direction).label.en


# What is taken


def test_several_days_of_one_year():
    days = [dt.date(2024, 3, 1), dt.date(2024, 3, 2), dt.date(2024, 12, 31), 2025]
    found = progress([year(day, 1, 1, 1) for day in days])
    assert [each.day for each in found.occasions] == [*days[:3], dt.date(2025, 12, 31)]


def test_agencies_in_the_order_in_which_they_come():
    first = mi.AssessmentSet.of([year(2024, 1, 1, 1, agency=OTHER), year(2023, 1, 1, 1)])
    found = progress([year(2023, 0, 0, 0, agency=OTHER), first, year(2025, 2, 2, 2)])
    assert found.agencies == (OTHER, AGENCY)
    assert [[each.when for each in row.occasions] for row in found] == [
        ["2023", "2024"],
        ["2023", "2025"],
    ]
    # Those of one set are scored together.
    assert [len(table) for table in found.tables] == [1, 2, 1]
    assert sum(map(len, tables_of(found[0].occasions))) == 2


def test_stages_of_different_years_may_differ():
    found = progress([year(2023, 1, 1, 1, stage=STAGES[2]), year(2024, 2, 2, 2, stage=STAGES[0])])
    assert [each.stage for each in found.occasions] == [STAGES[2], STAGES[0]]


def test_one_stage_alone():
    given = [year(2023, 1, 1, 1, stage=stage) for stage in STAGES]
    given += [year(2024, 2, 2, 2, stage=stage) for stage in STAGES]
    given.append(year(2024, 3, 3, 3, agency=OTHER))
    found = progress(given, stage="verifikasi")
    assert [each.stage for each in found[0].occasions] == [STAGES[1]] * 2
    assert len(found) == 1
    (left_out,) = found.left_out
    check_fault(left_out, "stage-not-there", None, "verifikasi")
    assert left_out.agency == "B"
    assert "B: tidak ada penilaian pada tahap verifikasi" in found.to_text()


def test_rows_that_a_file_left_out_stay_told():
    one = mi.AssessmentSet.of([year(2023, 1, 1, 1)])
    fault = mi.Fault(code="x", message=mi.Text("salah", "wrong"))
    found = progress(attrs.evolve(one, left_out=(fault,)))
    assert found.left_out == (fault,)
    assert "• salah" in found.to_text()


def test_weightings_by_instrument():
    given = [year(2023, 4, 4, 0), year(2024, 4, 4, 0, under=NEW)]
    found = progress(given, weighting={"baru": mi.Given({"d1": 10, "d2": 90})})
    assert [each.total for each in found.occasions] == [Fraction(2), Fraction(2, 5)]
    found = progress(given, weighting=mi.Given({"d1": 25, "d2": 75}))
    assert [each.total for each in found.occasions] == [1, 1]


# What is refused


def test_years_out_of_order_missing_and_twice_all_at_once():
    given = [
        year(2024, 1, 1, 1),
        year(2023, 1, 1, 1),
        year(None, 1, 1, 1),
        year(2024, 2, 2, 2),
        year(2025, 1, 1, 1, agency=OTHER),
        year(2025, 1, 1, 1, stage=STAGES[0]),
        year(2025, 1, 1, 1, stage=STAGES[1]),
    ]
    faults = faults_of(mi.AssessmentError, lambda: progress(given))
    assert [(fault.code, fault.agency, fault.place.en) for fault in faults] == [
        ("years-out-of-order", "A", "assessment 2, A"),
        ("year-missing", "A", "assessment 3, A"),
        ("occasion-twice", "A", "assessment 4, A"),
        ("stages-in-a-year", "A", "assessment 7, A"),
    ]
    check_fault(faults[0], "years-out-of-order", "year", "2023", "2024")
    check_fault(faults[1], "year-missing", "year")
    check_fault(faults[2], "occasion-twice", "year", "2024")
    check_fault(faults[3], "stages-in-a-year", "stage", "2025", STAGES[0].label, "stage=")
    assert faults[2].allowed.en == "one assessment a year, or a date after 2024"


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (2024, dt.date(2024, 12, 31), "occasion-twice"),
        (dt.date(2024, 3, 1), 2024, "occasion-twice"),
        (dt.date(2024, 3, 1), dt.date(2024, 3, 1), "occasion-twice"),
        (dt.date(2024, 3, 2), dt.date(2024, 3, 1), "years-out-of-order"),
        (dt.date(2024, 3, 2), 2023, "years-out-of-order"),
    ],
)
def test_the_same_time_and_the_order_of_days(first, second, code):
    given = [year(first, 1, 1, 1), year(second, 1, 1, 1)]
    assert only_fault(mi.AssessmentError, lambda: progress(given)).code == code


def test_the_place_counts_through_all_that_is_given():
    pair = mi.AssessmentSet.of([year(2024, 1, 1, 1), year(2024, 1, 1, 1, agency=OTHER)])
    fault = only_fault(
        mi.AssessmentError, lambda: progress([pair, year(2020, 1, 1, 1, agency=OTHER)])
    )
    assert fault.place == mi.Text("penilaian 3, B", "assessment 3, B")


def test_a_stage_that_there_is_not():
    fault = only_fault(mi.AssessmentError, lambda: progress([year(2024, 1, 1, 1)], stage="final"))
    check_fault(fault, "stage-not-allowed", "stage", '"final"')


def test_nothing_at_all():
    assert only_fault(mi.AssessmentError, lambda: progress([])).code == "no-assessments"
    empty = mi.AssessmentSet.of([year(2024, 1, 1, 1)]).where(lambda _: False)
    assert only_fault(mi.AssessmentError, lambda: progress(empty)).code == "no-assessments"
    fault = only_fault(mi.AssessmentError, lambda: progress([year(2024, 1, 1, 1)], stage=STAGES[0]))
    check_fault(fault, "stage-not-there", None, "self-assessed")


def test_a_weighting_for_another_instrument():
    stated = mi.Stated()
    faults = faults_of(
        mi.WeightingError,
        lambda: progress(
            [year(2024, 1, 1, 1)], weighting={"x": stated, "lama": stated, "y": stated}
        ),
    )
    assert [fault.value for fault in faults] == ['"x"', '"y"']
    check_fault(faults[0], "weighting-instrument", None, '"x"', "lama")
