"""Which claim goes with which finding, and every way in which that is refused."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import check_fault, dimension, faults_of, indicator, instrument, only_fault
from meritindex.analysis.reconciling import reconcile
from meritindex.language import Text

RULES = instrument(dimension("d", indicator("a"), indicator("b")))
OTHER = attrs.evolve(RULES, id="another")
FINDINGS = Text("hasil verifikasi", "verified answers")


def one(
    name: str, year: int | None = None, rules: mi.Instrument = RULES, **fields
) -> mi.Assessment:
    return mi.Assessment(
        agency=mi.Agency(name=name), instrument=rules, year=year, levels={"a": 1, "b": 2}, **fields
    )


def refused(claimed: object, verified: object) -> tuple[mi.Fault, ...]:
    return faults_of(mi.AssessmentError, lambda: reconcile(claimed, verified))


# Two single assessments


def test_two_agencies_are_refused() -> None:
    fault = only_fault(mi.AssessmentError, lambda: reconcile(one("A"), one("B")))
    check_fault(fault, "agencies-differ", None, "A", "B")
    assert (fault.agency, fault.value, fault.allowed) == ("B", "B", Text.same("A"))
    assert fault.place == FINDINGS


def test_two_years_are_refused() -> None:
    fault = only_fault(mi.AssessmentError, lambda: reconcile(one("A", 2025), one("A", 2026)))
    check_fault(fault, "years-differ", "year", "2025", "2026", "A")
    assert reconcile(one("A", 2025), one("A")).is_empty


def test_two_instruments_are_refused() -> None:
    fault = only_fault(mi.AssessmentError, lambda: reconcile(one("A"), one("A", rules=OTHER)))
    check_fault(fault, "instruments-differ", None, "example", "another")
    variant = attrs.evolve(RULES, title=Text("lain", "other"))
    fault = only_fault(mi.AssessmentError, lambda: reconcile(one("A"), one("A", rules=variant)))
    check_fault(fault, "instruments-differ", None, "example")
    assert "another than the" in fault.message.en


def test_all_that_differs_is_told_at_once() -> None:
    faults = refused(one("A", 2025), one("B", 2026, OTHER))
    assert [fault.code for fault in faults] == [
        "instruments-differ",
        "agencies-differ",
        "years-differ",
    ]


def test_names_are_the_same_but_for_case_and_blanks() -> None:
    assert reconcile(one("Badan  X"), one("badan x")).is_empty


# Many


def test_rows_are_matched_by_agency_in_the_order_of_the_claims() -> None:
    claimed = [one("A", 2026), one("B"), one("C", 2026), one("D", 2026)]
    verified = [one("D", 2025), one("C", 2026), one("B", 2026), one("E"), one("A")]
    table = reconcile(claimed, verified)
    assert [agency.name for agency in table.agencies] == ["A", "B", "C"]
    assert [agency.name for agency in table.verified.agencies] == ["A", "B", "C"]
    only = [
        [(facts.agency.name, facts.year) for facts in rows]
        for rows in (table.only_claimed, table.only_verified)
    ]
    assert only == [[("D", 2026)], [("D", 2025), ("E", None)]]


def test_an_agency_of_several_years_is_matched_by_the_year() -> None:
    claimed = [one("A", 2025), one("A", 2026), one("B", 2026)]
    verified = mi.AssessmentSet.of([one("A", 2026), one("B", 2026), one("A", 2025)])
    table = reconcile(claimed, verified)
    years = [
        [facts.year for facts in side.assessments.facts] for side in (table.claimed, table.verified)
    ]
    assert years == [[2025, 2026, 2026]] * 2
    # One against many is a table as well.
    assert len(reconcile(one("A", 2025), verified)) == 1


def test_an_agency_twice_on_a_side_is_refused() -> None:
    twice = [
        one("A", 2026, stage="self-assessed"),
        one("A", 2026, stage="verified"),
        one("B", 2026, stage="verified"),
    ]
    fault = only_fault(mi.AssessmentError, lambda: reconcile(twice, [one("A", 2026)]))
    check_fault(fault, "agency-twice", None, "A", "2026", fault.allowed)
    assert fault.place == Text("klaim", "claims")
    assert "verified" in fault.message.en
    fault = only_fault(mi.AssessmentError, lambda: reconcile([one("A", 2026)], twice))
    assert (fault.code, fault.place) == ("agency-twice", FINDINGS)


def test_of_several_rows_each_needs_a_year() -> None:
    faults = refused([one("A", 2025), one("A", 2026)], [one("A"), one("B")])
    assert [fault.code for fault in faults] == ["year-unstated"]
    check_fault(faults[0], "year-unstated", "year", "A", faults[0].allowed)
    faults = refused([one("A", 2025), one("A")], [one("A", 2025)])
    assert [(fault.code, fault.place.en) for fault in faults] == [("year-unstated", "claims")]


def test_an_empty_side_is_refused() -> None:
    nobody = mi.AssessmentSet.of([one("A")]).rows(np.array([], dtype=np.intp))
    faults = refused(nobody, nobody)
    assert [(fault.code, fault.place.en) for fault in faults] == [
        ("no-assessments", "claims"),
        ("no-assessments", "verified answers"),
    ]
    # So are lists that make no set, both with all their faults.
    faults = refused([], [one("A"), one("A"), one("B", rules=OTHER)])
    assert [fault.code for fault in faults] == ["no-assessments", "instruments-differ"]
    assert faults[0].place == Text("klaim", "claims")
    assert faults[1].place.en.startswith("verified answers, ")


@pytest.mark.parametrize("count", [1, 7])
def test_no_agency_in_common_is_refused(count: int) -> None:
    claimed = [one(f"A{place}") for place in range(count)]
    fault = only_fault(mi.AssessmentError, lambda: reconcile(claimed, [one("B")]))
    check_fault(fault, "nothing-to-reconcile", None, "A0", "B")
    assert ("and 2 more" in fault.message.en) is (count == 7)
    assert ("dan 2 lagi" in fault.message.id) is (count == 7)


def test_all_years_are_named_where_none_is_in_common() -> None:
    claimed = [one("A", 2024), one("A", 2026)]
    fault = only_fault(mi.AssessmentError, lambda: reconcile(claimed, [one("A", 2025)]))
    check_fault(fault, "years-differ", "year", "2025", "2024, 2026", "A")
    fault = only_fault(mi.AssessmentError, lambda: reconcile([one("A", 2025)], claimed))
    check_fault(fault, "years-differ", "year", "2024, 2026", "2025", "A")


def test_no_year_in_common_is_refused_with_the_years() -> None:
    claimed = [one("A", 2025), one("B", 2025), one("C")]
    faults = refused(claimed, [one("A", 2026), one("B", 2026)])
    assert [(fault.code, fault.agency) for fault in faults] == [
        ("years-differ", "A"),
        ("years-differ", "B"),
    ]


def test_what_was_left_out_of_either_file_is_kept() -> None:
    fault = mi.Fault(code="some", message=Text.same("wrong"), place=Text.same("line 3"))
    bare = attrs.evolve(fault, place=None)
    claimed = attrs.evolve(mi.AssessmentSet.of([one("A")]), left_out=(fault,))
    verified = attrs.evolve(mi.AssessmentSet.of([one("A")]), left_out=(bare,))
    table = reconcile(claimed, verified)
    assert [each.in_language("en") for each in table.left_out] == [
        "claims, line 3: wrong",
        "verified answers: wrong",
    ]


def test_a_claim_of_a_later_stage_may_be_swapped() -> None:
    late, early = one("A", stage="determined"), one("A", stage="self-assessed")
    (remark,) = reconcile(late, early).remarks
    assert "determined" in remark.en
    assert "tertukar" in remark.id
    assert reconcile(early, late).remarks == reconcile(one("A"), late).remarks == ()
    (remark,) = reconcile(late, late).remarks
    assert remark.en == "the claim and the finding are both at the stage determined"
    assert "sama-sama bertahap penetapan" in remark.id
