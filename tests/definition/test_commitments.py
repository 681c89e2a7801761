from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex.definition.commitments import Commitment, Milestone, as_day, names_a_band
from progress_cases import promise


def milestone(date: dt.date, total: object) -> Milestone:
    return Milestone(date=date, total=total)


def test_what_is_not_stated_is_none():
    signed = Commitment(
        agency=mi.agency("Kota Jambi"),
        signed=dt.datetime(2025, 9, 10, 14, 30, tzinfo=dt.UTC),
        source=mi.Text("berita", "news"),
        standing="reported",
    )
    assert signed.signed == dt.date(2025, 9, 10)
    assert type(signed.signed) is dt.date
    stated = (signed.baseline, signed.baseline_date, signed.target, signed.deadline)
    assert stated == (None,) * 4
    assert (signed.signatories, signed.milestones, signed.note, signed.host) == ((), (), None, None)
    assert signed.standing is mi.Standing.REPORTED


def test_numbers_bands_and_texts():
    one = promise(
        baseline="1,25",
        target=" Baik ",
        note="catatan",
        signatories=["Kantor Regional VII BKN"],
        milestones=[milestone(dt.date(2026, 6, 30), "1 1/2")],
    )
    assert one.baseline == Fraction(5, 4)
    assert one.target == "Baik"
    assert one.note == one.source.same("catatan")
    assert one.milestones[0].total == Fraction(3, 2)
    assert promise(target="250,5").target == Fraction(501, 2)
    assert [names_a_band(each) for each in ("Baik", "250", 250, None)] == [True] + [False] * 3
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))


@pytest.mark.parametrize("field", ["baseline", "target"])
def test_what_is_no_number(field):
    fault = only_fault(mi.NumberError, lambda: promise(**{field: "2..5"}))
    assert fault.code == "not-a-number"


def test_what_is_no_date():
    for field in ("signed", "baseline_date", "deadline"):
        with pytest.raises(TypeError, match="expected a date, not str"):
            promise(**{field: "2025-01-10"})
    with pytest.raises(TypeError, match="expected several values"):
        promise(signatories="Kantor Regional")
    assert as_day(dt.date(2025, 1, 1)) == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("fields", "code", "named"),
    [
        ({"deadline": dt.date(2025, 1, 10)}, "deadline-before-signing", ("2025-01-10",)),
        (
            {"baseline_date": dt.date(2028, 12, 31)},
            "deadline-before-baseline",
            ("2028-12-31",),
        ),
        ({"target": 1}, "target-not-above-baseline", ("1",)),
        ({"target": "0"}, "target-not-above-baseline", ("0", "1")),
        (
            {
                "milestones": [
                    milestone(dt.date(2026, 1, 1), "1.5"),
                    milestone(dt.date(2026, 1, 1), 2),
                ]
            },
            "milestones-out-of-order",
            ("2026-01-01",),
        ),
        (
            {
                "milestones": [
                    milestone(dt.date(2026, 1, 1), 2),
                    milestone(dt.date(2027, 1, 1), 2),
                ]
            },
            "milestones-not-rising",
            ("2",),
        ),
        (
            {"milestones": [milestone(dt.date(2024, 12, 31), 2)]},
            "milestone-date",
            ("2024-12-31", "2028-12-31"),
        ),
        (
            {"milestones": [milestone(dt.date(2028, 12, 31), 2)]},
            "milestone-date",
            ("2028-12-31", "2024-12-31"),
        ),
        ({"milestones": [milestone(dt.date(2026, 1, 1), 1)]}, "milestone-total", ("1", "3")),
        ({"milestones": [milestone(dt.date(2026, 1, 1), 3)]}, "milestone-total", ("3", "1")),
        ({"source": mi.Text("surat", " ")}, "source-missing", ()),
        ({"source": ""}, "source-missing", ()),
    ],
)
def test_a_fault(fields, code, named):
    fault = only_fault(mi.DefinitionError, lambda: promise(**fields))
    check_fault(fault, code, None, *named)
    assert fault.agency == "A"
    assert fault.place == mi.Text.same("A")
    if named:
        assert fault.value == named[0]
        assert all(name in fault.allowed.en for name in named[1:])


def test_numbers_of_a_fault_are_written_in_each_language():
    fault = only_fault(mi.DefinitionError, lambda: promise(baseline="0.47", target="0.45"))
    assert fault.message == mi.Text(
        "sasaran 0,45 tidak diterima; yang diterima: di atas nilai awal 0,47",
        "the target 0.45 is not allowed; allowed: above the baseline 0.47",
    )
    assert fault.value == "0.45"
    late = [milestone(dt.date(2026, 1, 1), "4.5")]
    fault = only_fault(mi.DefinitionError, lambda: promise(baseline="1.5", milestones=late))
    assert fault.message.id.endswith("4,5 tidak diterima; yang diterima: di antara 1,5 dan 3")


def test_without_some_ends_the_others_are_checked_all_the_same():
    late = [milestone(dt.date(2020, 1, 1), 2)]
    for fields in (
        {"baseline_date": None, "baseline": None, "target": None, "deadline": None},
        {"baseline_date": None, "baseline": None, "target": "Baik"},
    ):
        fault = only_fault(mi.DefinitionError, lambda f=fields: promise(milestones=late, **f))
        check_fault(fault, "milestone-date", None, "2020-01-01", "2025-01-10")
    assert (
        "…"
        in only_fault(
            mi.DefinitionError, lambda: promise(milestones=late, deadline=None, baseline_date=None)
        ).allowed.id
    )


def test_all_faults_at_once():
    faults = faults_of(
        mi.DefinitionError,
        lambda: promise(
            deadline=dt.date(2024, 6, 1),
            target=1,
            source="",
            milestones=[
                milestone(dt.date(2025, 5, 1), 2),
                milestone(dt.date(2025, 4, 1), "1.5"),
            ],
        ),
    )
    assert [fault.code for fault in faults] == [
        "deadline-before-signing",
        "deadline-before-baseline",
        "target-not-above-baseline",
        "milestones-out-of-order",
        "milestones-not-rising",
        "milestone-date",
        "milestone-total",
        "milestone-date",
        "milestone-total",
        "source-missing",
    ]
