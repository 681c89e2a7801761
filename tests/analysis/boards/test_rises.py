"""What rose since an earlier table, and when that can't be told."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from board_rules import FLAT, RULES, row, table
from builders import faults_of, only_fault
from meritindex.analysis.boards import board

NOW = table(
    row("A", 4, 4, 4), row("B", 2, 2, 2), row("C", 3, 3, 3), row("D", 1, 1), row("E", 0, 0, 0)
)
THEN = table(
    row("A", 4, 4, 2), row("B", 2, 2, 0), row("C", 4, 4, 4), row("D", 1, 1, 1), row("X", 1)
)


def test_rises():
    found = board(NOW, before=THEN)
    assert [rise and rise.points for rise in found.rises] == [1, 1, -1, None, None]
    best = found.whole.most_improved
    assert [(rise.agency.name, rise.before, rise.after) for rise in best] == [
        ("A", 3, 4),
        ("B", 1, 2),
    ]
    assert [agency.name for agency in found.only_before] == ["X"]
    assert found.earlier_rows == (0, 1, 2, 3, None)


def test_who_fell_is_not_most_improved():
    found = board(NOW, {"C": "turun", "D": "turun"}, before=THEN)
    assert found["turun"].most_improved == ()
    assert board(NOW).whole.most_improved == ()
    assert board(NOW).rises == (None,) * 5
    assert board(NOW).only_before == ()


@pytest.mark.parametrize(
    ("before", "code", "said"),
    [
        (
            lambda: table(row("A", 1, 1, rules=FLAT)),
            "board-before-instrument",
            "is called example too, but it is not the same",
        ),
        (
            lambda: table(row("A", 1, 1, rules=attrs.evolve(RULES, id="lain"))),
            "board-before-instrument",
            "the instrument of the earlier table is lain, not example",
        ),
        (
            lambda: mi.score(THEN.assessments, mi.EqualRemainder()),
            "board-before-weighting",
            "the weighting of the earlier table is equal-remainder, not stated",
        ),
        (
            lambda: mi.score(THEN.assessments, missing="zero"),
            "board-before-missing",
            "the policy for what is missing of the earlier table is zero, not -",
        ),
    ],
)
def test_what_can_not_be_compared(before, code, said):
    fault = only_fault(mi.AssessmentError, lambda: board(NOW, before=before()))
    assert fault.code == code
    assert "what rose can't be told" in fault.in_language("en")
    assert said in fault.in_language("en")
    assert "kenaikan tidak dapat dinyatakan" in fault.in_language("id")
    assert fault.value is not None
    assert fault.allowed is not None


@pytest.mark.parametrize(
    ("then", "now", "refused"),
    [
        ({"year": 2025}, {"year": 2024}, True),
        ({"year": 2024}, {"year": 2024}, False),
        ({"year": 2025}, {}, False),
        ({"date": dt.date(2024, 6, 1)}, {"date": dt.date(2024, 5, 1)}, True),
        ({"date": dt.date(2024, 5, 1)}, {"date": dt.date(2024, 6, 1)}, False),
        ({"date": dt.date(2024, 6, 1)}, {"year": 2024}, False),
    ],
)
def test_the_earlier_table_is_not_later(then, now, refused):
    before, after = table(row("A", 1, 1, 1, **then)), table(row("A", 2, 2, 2, **now))
    if not refused:
        assert board(after, before=before).whole.most_improved[0].points == 1
        return
    fault = only_fault(mi.AssessmentError, lambda: board(after, before=before))
    assert (fault.code, fault.agency) == ("board-before-later", "A")
    assert "is later than the present one" in fault.in_language("en")
    assert "lebih baru daripada yang sekarang" in fault.in_language("id")
    assert fault.allowed.en.startswith("no later than 2024")


def test_all_faults_at_once():
    twice = [row("A", 1, 1, 1, year=2020), row("A", 1, 1, 1, year=2021)]
    before = mi.score([*twice, row("B", 1, 1, 1, year=2022)], mi.EqualRemainder())
    now = table(*twice, row("B", 2, 2, 2, year=2021))
    faults = faults_of(mi.MeritIndexError, lambda: board(now, "provinsi", before=before))
    assert [fault.code for fault in faults] == [
        "board-agency-twice",
        "board-before-weighting",
        "board-agency-twice",
        "board-before-later",
        "grouping-unknown",
    ]
    assert faults[0].message != faults[2].message
    faults = faults_of(mi.AssessmentError, lambda: board(now, "province", before=before))
    assert len(faults) == 4


def test_the_standing_is_that_of_both():
    now, then = (
        table(row("A", 1, 1, 1, standing=standing), row("B", 1, 1, 1))
        for standing in (None, "assumed")
    )
    alone = board(now, {"A": "a", "B": "b"})
    both = board(now, {"A": "a", "B": "b"}, before=then)
    assert alone.standing is both.standing is mi.Standing.ASSUMED
    answers = [reason for reason in both["a"].reasons if reason.what.en == "answers"]
    assert len(answers) == 1
    assert not any(reason.what.en == "answers" for reason in both["b"].reasons)
    assert not any(reason.what.en == "answers" for reason in alone.reasons)
    # What rests on one basis then and now is told once.
    assert len(both.reasons) == len(alone.reasons) + 1


def test_made_up_answers_then_are_told_now():
    now = table(row("A", 1, 1, 1))
    then = table(row("A", 1, 1, 1, synthetic=True), row("B", 1, 1, 1))
    assert not board(now).synthetic
    assert board(now, before=then).synthetic
    assert board(now, before=then).whole.rises[0].points == Fraction(0)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ({"year": 2023}, {"year": 2024}, []),
        ({"year": 2023, "stage": "verified"}, {"year": 2024, "stage": "verified"}, []),
        (
            {"year": 2023, "stage": "self-assessed"},
            {"year": 2024, "stage": "verified"},
            ["(self-assessed before, verified now): the difference need not be progress"],
        ),
        (
            {"year": 2023, "stage": "determined"},
            {"year": 2024, "stage": "verified"},
            ["(determined before, verified now): perhaps the two tables are swapped"],
        ),
        (
            {"year": 2023},
            {"year": 2024, "stage": "verified"},
            ["(stage not stated before, verified now): the difference need not"],
        ),
        ({"year": 2024}, {"year": 2024}, ["of the same time, 2024"]),
        ({"year": 2024}, {"date": dt.date(2024, 5, 1)}, ["of the same time, 2024"]),
        ({"date": dt.date(2024, 5, 1)}, {"date": dt.date(2024, 5, 1)}, ["of the same time"]),
        ({"date": dt.date(2024, 4, 1)}, {"date": dt.date(2024, 5, 1)}, []),
        ({}, {}, []),
    ],
)
def test_what_may_be_no_rise(then, now, said):
    after = table(row("A", 2, 2, 2, **now), row("B", 2, 2, 2, year=2020), row("C", 2, **now))
    before = table(row("A", 1, 1, 1, **then), row("C", 1, 1, 1, **then))
    found = board(after, before=before)
    remarks = found.rises[0].remarks
    assert len(remarks) == len(said)
    for remark, text in zip(remarks, said, strict=True):
        assert text in remark.en
        assert remark.id != remark.en
    # Who has no rise has nothing to be minded.
    assert dict(found.whole.rise_remarks) == dict.fromkeys(remarks, 1)
    lines = [line for line in found.to_text("en").splitlines() if "Remark: " in line]
    assert len(lines) == len(said)
    assert "(1 agency)" in found.to_text("en") or not said
