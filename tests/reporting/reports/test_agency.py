"""The report on one agency: what it holds, and what it refuses."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    band,
    dimension,
    faults_of,
    indicator,
    instrument,
    limit,
    measure,
    only_fault,
)
from meritindex.definition import Bands, GeometricMean, Minimum
from meritindex.language import LANGUAGES
from meritindex.layout import Facts
from pages import Page, check_page

BANDS = Bands(items=(band("rendah"), band("tinggi", limit("0.5"))))


def test_what_is_not_given_is_computed(sampled):
    card = sampled["Kota Batu"]
    report = mi.agency_report(card)
    assert report.bounds == mi.bounds(card.assessment)
    assert report.plan.steps == mi.improve(card.assessment).steps
    assert (report.no_bounds, report.no_plan, report.among, report.ranks) == ((), (), None, ())
    assert report.agency is card.agency
    assert repr(report) == f"<AgencyReport on {card!r}>"


def test_weights_and_policy_of_the_card_are_those_of_the_plan():
    rules = instrument(
        root=dimension(
            "root",
            indicator("i", 1),
            measure("m", 1),
            rule=mi.WeightedMean(basis=ASSUMED),
            bands=BANDS,
        )
    )
    answers = mi.Assessment(agency="A", instrument=rules, levels={"i": 0})
    card = mi.score(answers, mi.Given({"i": 3, "m": 1}), missing="zero")
    plan = mi.agency_report(card).plan
    assert plan.weighting == card.weighting
    assert plan.present.plan.missing is mi.MissingPolicy.ZERO


def test_what_is_given_is_taken(sampled):
    card = sampled["Kota Batu"]
    dear = mi.improve(card.assessment, to="Menengah", costs=3)
    narrow = mi.bounds(card.assessment, mi.EqualRemainder())
    report = mi.agency_report(card, plan=dear, bounds=narrow)
    assert (report.plan, report.bounds) == (dear, narrow)


def test_ranks_are_those_of_the_table(sampled):
    card = sampled["Kota Batu"]
    row = card.row
    ranks = mi.agency_report(card, among=sampled).ranks
    assert [each.rank for each in ranks] == [
        sampled.ranks[row],
        sampled.ranks_within("province")[row],
        sampled.ranks_within("kind")[row],
    ]
    assert [each.count for each in ranks] == [519, 37, 86]
    assert [each.group.en for each in ranks] == [
        "all",
        "province Jawa Timur",
        "kind of agency city",
    ]
    # A card of another table with the same answers is found in it.
    alone = mi.agency_report(mi.score(card.assessment), among=sampled)
    assert alone.ranks == ranks


def test_an_agency_without_a_total_has_no_rank(sampled):
    report = mi.agency_report(sampled["Kota Binjai"], among=sampled)
    assert {each.rank for each in report.ranks} == {None}
    page = Page(report.to_html("en"))
    assert "not ranked" in page.main
    assert [fault.code for fault in report.no_plan] == ["total-unknown"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_there_are_no_bounds_and_no_plan(language):
    # Means that are not linear have no bounds over open weights; without bands there is no plan.
    rules = instrument(
        root=dimension(
            "root",
            indicator("i1", None),
            indicator("i2", None),
            rule=GeometricMean(basis=ASSUMED, whole=2),
        ),
        default_weighting=mi.EqualRemainder(),
    )
    answers = mi.Assessment(agency="A", instrument=rules, levels={"i1": 2, "i2": 1})
    report = mi.agency_report(mi.score(answers))
    assert report.bounds is None
    assert report.plan is None
    page = check_page(report.to_html(language))
    for fault in (*report.no_bounds, *report.no_plan):
        assert fault.message.in_language(language).split("\n")[0] in page.main


def test_the_highest_band_has_no_plan():
    rules = instrument(
        root=dimension("root", indicator("i", None), rule=Minimum(basis=ASSUMED), bands=BANDS)
    )
    answers = mi.Assessment(agency="A", instrument=rules, levels={"i": 4})
    report = mi.agency_report(mi.score(answers))
    assert report.plan is None
    assert "the highest band" in report.to_markdown("en").lower()


def test_what_is_of_another_agency_is_refused(sampled):
    card, other = sampled["Kota Batu"], sampled["Kota Surabaya"]
    few = sampled.rows(np.array([other.row]))
    faults = faults_of(
        mi.AssessmentError,
        lambda: mi.agency_report(
            card,
            among=few,
            bounds=mi.bounds(other.assessment),
            plan=mi.improve(other.assessment),
        ),
    )
    assert [(fault.code, fault.item) for fault in faults] == [
        ("report-of-another", "bounds"),
        ("report-of-another", "plan"),
        ("report-not-among", "among"),
    ]
    for fault in faults:
        assert fault.agency == "Kota Batu"
        for language in LANGUAGES:
            assert "Kota Batu" in fault.in_language(language)
            assert "{" not in fault.in_language(language)


def test_another_result_of_the_agency_is_not_the_one_in_the_table(sampled):
    card = sampled["Kota Batu"]
    changed = attrs.evolve(card.assessment, levels={**dict(card.assessment.levels), "a1q1": 4})
    fault = only_fault(
        mi.AssessmentError, lambda: mi.agency_report(mi.score(changed), among=sampled)
    )
    assert fault.code == "report-not-among"


def test_progress_and_reconciliation_are_shown_where_given():
    claim = mi.Assessment(
        agency="Kota Malang",
        instrument="ism-2019",
        year=2022,
        stage="self-assessed",
        points={"total": 300},
    )
    found = attrs.evolve(
        claim, stage=mi.Stage.VERIFIED, points=(("total", mi.score(claim).total - 40),)
    )
    later = attrs.evolve(found, year=2023)
    course = mi.progress([found, later])
    course = course["Kota Malang"] if isinstance(course, mi.ProgressTable) else course
    settled = mi.reconcile(claim, found)
    settled = settled[0] if isinstance(settled, mi.ReconciliationTable) else settled
    report = mi.agency_report(mi.score(later), progress=course, reconciliation=settled)
    page = check_page(report.to_html("en"))
    titles = [text for level, text in page.headings if level == 2]
    assert titles[-3:-1] == ["Progress and commitments", "Claims and findings"]
    assert "Progress and commitments" not in mi.agency_report(mi.score(later)).to_markdown("en")


def test_the_first_screen_names_what_settles_and_counts_the_rest(sampled):
    report = mi.agency_report(sampled["Kota Malang"], among=sampled)
    said = next(fact for fact in first_facts(report) if fact.label == "Seberapa pasti").note
    assert "Manajemen Talenta (a2), Pengelolaan Kinerja (a3), dan 4 lainnya" in said
    assert "Kepuasan dan keterikatan pegawai ASN (survei) (satisfaction)" in said


def test_a_cost_of_one_a_level_is_not_said_first(sampled):
    card = sampled["Kota Batu"]
    for plan, shown in ((None, False), (mi.improve(card.assessment, costs=3), True)):
        facts = first_facts(mi.agency_report(card, plan=plan))
        (said,) = (fact.value for fact in facts if fact.label == "Langkah berikutnya")
        assert ("dengan biaya" in said) is shown


def test_a_rank_says_among_whom(sampled):
    report = mi.agency_report(sampled["Kota Batu"], among=sampled)
    (rank,) = (fact for fact in first_facts(report) if fact.label == "Peringkat")
    assert rank.value == "473 dari 519 yang ada nilainya"
    assert "34 di antara 37 yang ada nilainya di provinsi Jawa Timur" in rank.note


def first_facts(report):
    return next(part for part in report.document("id").parts if isinstance(part, Facts)).items
