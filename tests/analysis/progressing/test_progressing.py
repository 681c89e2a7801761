"""Commitments that can't be judged are refused, with every fault."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex.analysis.progressing import Progress, progress
from meritindex.catalog.commitments import commitments
from meritindex.definition.commitments import Milestone
from progress_cases import NEW, OLD, OTHER, promise, total, year

AS_OF = dt.date(2026, 12, 31)


def test_the_day_is_never_taken_from_the_clock():
    fault = only_fault(mi.DefinitionError, lambda: progress(total(2025, 1), commitments=promise()))
    check_fault(fault, "as-of-missing", "as_of", "as_of")
    with pytest.raises(TypeError, match="expected a date"):
        progress(total(2025, 1), commitments=promise(), as_of="2026-12-31")
    moment = dt.datetime(2026, 12, 31, 23, 0, tzinfo=dt.UTC)
    found = progress(total(2025, 1), commitments=promise(), as_of=moment)
    assert found.commitments[0].as_of == AS_OF
    assert progress(mi.AssessmentSet.of([total(2025, 1)]), as_of=moment).as_of == AS_OF


def test_a_commitment_that_is_signed_later():
    fault = only_fault(
        mi.DefinitionError,
        lambda: progress(total(2024, 1), commitments=promise(), as_of=dt.date(2025, 1, 9)),
    )
    check_fault(fault, "as-of-before-signing", None, "2025-01-09", "2025-01-10")
    assert fault.agency == "A"


def test_the_same_commitment_twice():
    twice = [promise(), promise(target=2), promise(agency=OTHER), promise(instrument="lama")]
    fault = only_fault(
        mi.DefinitionError, lambda: progress(total(2025, 1), commitments=twice, as_of=AS_OF)
    )
    check_fault(fault, "commitment-twice", None, "2025-01-10")
    assert fault.agency == "A"


def test_a_band_that_the_instrument_does_not_have():
    given = [total(2025, 1), total(2026, 2, under=attrs.evolve(NEW))]
    fault = faults_of(
        mi.DefinitionError,
        lambda: progress(given, commitments=promise(target="Unggul"), as_of=AS_OF),
    )[0]
    check_fault(fault, "band-unknown", None, '"Unggul"', "lama")
    assert fault.allowed == mi.Text.same("rendah, tengah, tinggi")
    bandless = attrs.evolve(OLD, root=attrs.evolve(OLD.root, bands=None))
    fault = only_fault(
        mi.DefinitionError,
        lambda: progress(
            total(2025, 1, under=bandless), commitments=promise(target="tinggi"), as_of=AS_OF
        ),
    )
    check_fault(fault, "band-unknown", None, '"tinggi"', "-")


def test_a_band_that_the_baseline_has_reached():
    for target, own in (("tengah", "tengah"), ("rendah", "tengah"), ("Rendah (en)", "tengah")):
        fault = only_fault(
            mi.DefinitionError,
            lambda target=target: progress(
                total(2025, 1),
                commitments=promise(target=target, baseline="1.5"),
                as_of=AS_OF,
            ),
        )
        check_fault(fault, "target-not-above-baseline", None, target, own)


def test_a_milestone_that_reaches_the_band_of_the_target():
    def asked(milestone: object) -> Progress:
        stage = Milestone(date=dt.date(2026, 12, 31), total=milestone)
        promised = promise(target="Tinggi", milestones=[stage])
        return progress(total(2025, "1.5"), commitments=promised, as_of=AS_OF)

    assert asked("2.49").commitments[0].target_total == Fraction(5, 2)
    fault = only_fault(mi.DefinitionError, lambda: asked("2.5"))
    check_fault(
        fault,
        "milestone-total",
        None,
        mi.Text("2,5", "2.5"),
        mi.Text("tinggi", "below the band tinggi"),
    )


def test_numbers_outside_the_scale():
    promised = promise(
        baseline=-1,
        target=80,
        milestones=[Milestone(date=dt.date(2026, 6, 30), total="4.5")],
    )
    faults = faults_of(
        mi.DefinitionError, lambda: progress(total(2025, 1), commitments=promised, as_of=AS_OF)
    )
    assert [(fault.code, fault.value) for fault in faults] == [
        ("commitment-off-scale", "-1"),
        ("commitment-off-scale", "4.5"),
        ("commitment-off-scale", "80"),
    ]
    check_fault(faults[2], "commitment-off-scale", None, "80", mi.Text("0 sampai 4", "0 to 4"))


def test_agencies_are_looked_up_in_the_directory():
    given = total(2025, 250, agency=mi.agency("15.71"), under=mi.instrument("ism-2019"))
    promised = promise(agency=mi.Agency(name="Pemkot Jambi"), baseline=200, target=300)
    found = progress(given, commitments=promised, as_of=AS_OF)
    assert found.commitments[0].agency is mi.agency("Kota Jambi")
    wrong = [promise(agency=mi.Agency(name=name)) for name in ("Malang", "Kota Mars")]
    faults = faults_of(mi.UnknownNameError, lambda: progress(given, commitments=wrong, as_of=AS_OF))
    assert [fault.agency for fault in faults] == ["Malang", "Kota Mars"]
    assert faults[0].place == mi.Text.same("Malang")


def test_all_faults_of_all_commitments():
    promised = [promise(signed=dt.date(2027, 1, 1), target="Unggul"), promise(target=5)]
    faults = faults_of(
        mi.DefinitionError, lambda: progress(total(2025, 1), commitments=promised, as_of=AS_OF)
    )
    assert [fault.code for fault in faults] == [
        "as-of-before-signing",
        "band-unknown",
        "commitment-off-scale",
    ]


def test_several_commitments_of_one_agency():
    promised = [promise(), promise(signed=dt.date(2026, 1, 1), target="tinggi")]
    found = progress(total(2026, "2.5"), commitments=promised, as_of=AS_OF)
    assert [each.status.value for each in found.commitments] == ["on-track", "met"]
    assert found.commitments[0].line < Fraction(5, 2)


def test_the_signers_of_the_catalog_can_be_judged_by_what_they_published():
    given = total(2025, 301, agency=mi.agency("19"), under=mi.instrument("ism-2019"))
    found = progress(given, commitments=commitments(), as_of=dt.date(2025, 12, 31))
    assert found.statuses["not-stated"] == 8
    assert {each.unstated for each in found.commitments} == {found.commitments[0].unstated}
    assert len(found.commitments[0].unstated) == 4
    assert all(each.pace_needed is None and each.pace_kept is None for each in found.commitments)


def test_missing_is_a_choice():
    found = progress([year(2025, 1, 1), year(2026, 1, 1)], missing="zero")
    assert found.difference == 0
    assert found.occasions[0].total == Fraction(1, 2)
