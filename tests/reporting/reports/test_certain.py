"""A report on many says of how many agencies the result is certain, and what ranks rest on."""

from __future__ import annotations

import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, limit
from meritindex.definition import Bands, GeometricMean
from meritindex.reporting.reports.certain import certain_facts
from meritindex.scoring.saying import Sayer

BANDS = Bands(items=(band("rendah"), band("tinggi", limit(3))))


MEAN_OF_TWO = mi.WeightedMean(basis=ASSUMED, whole=2)


def rules(*weights, rule=MEAN_OF_TWO, bands=BANDS):
    children = [indicator(f"i{number}", each) for number, each in enumerate(weights)]
    return instrument(
        root=dimension("root", *children, rule=rule, bands=bands),
        default_weighting=mi.EqualRemainder() if None in weights else mi.Stated(),
    )


def facts(of, *rows, language="en"):
    answers = [
        mi.Assessment(
            agency=f"A{number}",
            instrument=of,
            levels={f"i{place}": level for place, level in enumerate(levels) if level is not None},
        )
        for number, levels in enumerate(rows)
    ]
    return list(certain_facts(mi.score(answers), Sayer(language)))


def test_the_count_is_that_of_the_bounds(sampled):
    report = mi.board_report(sampled)
    certain = sum(name is not None for name in mi.bounds(mi.sample()).certain_bands)
    assert f"Kategori pasti untuk {certain} dari 546" in report.to_markdown("id")
    said = report.to_markdown("en")
    assert f"Band certain for {certain} of 546" in said
    assert (
        "Totals, bands and ranks here rest on one weighting alone: the remainder shared equally"
        in said
    )
    assert "meritindex bounds, or mi.bounds" in said
    group = report.board["Bali"]
    few = sum(name is not None for name in mi.bounds(group.table.assessments).certain_bands)
    assert f"Band certain for {few} of {group.count}" in mi.board_report(group).to_markdown("en")


def test_nothing_is_said_where_nothing_is_open():
    assert facts(rules(1, 1), (2, 3), (4, 4)) == []


def test_open_weights_open_answers_and_both():
    weights = facts(rules(None, None), (4, 4), (0, 4))
    assert weights[0].value == "Band certain for 1 of 2"
    assert "Whatever the weights are" in weights[0].note
    assert "one weighting" in weights[0].note
    answers = facts(rules(1, 1), (4, 4), (None, 3))
    assert answers[0].value == "Band certain for 1 of 2"
    assert "Whatever the answers are" in answers[0].note
    assert "one weighting" not in answers[0].note
    both = facts(rules(None, None), (4, 4), (None, 4))
    assert "Whatever the weights and answers are" in both[0].note


def test_without_bands_totals_are_counted():
    found = facts(rules(1, 1, bands=None), (4, 4), (None, 4), language="id")
    assert found[0].value == "Nilai pasti untuk 1 dari 2"


def test_where_there_are_no_bounds_it_says_why():
    of = rules(None, None, rule=GeometricMean(basis=ASSUMED, whole=2))
    found = facts(of, (2, 1))
    assert found[0].value == "unknown"
    assert found[0].note


@pytest.mark.parametrize("language", ["id", "en"])
def test_stages_that_differ_are_said_beside_ranks(language):
    of = rules(2)
    table = mi.score(
        [
            mi.Assessment(
                agency=mi.Agency(name=f"A{number}", province=f"P{number % 2}"),
                instrument=of,
                levels={} if number == 3 else {"i0": number},
                stage=stage,
            )
            for number, stage in enumerate(("self-assessed", "self-assessed", "verified", None))
        ]
    )
    # Who has no total is not ranked, and not counted.
    said = {
        "id": "berbeda: penilaian mandiri 2, verifikasi 1.",
        "en": "different stages: self-assessed 2, verified 1.",
    }[language]
    for text in (
        mi.board_report(table).to_markdown(language),
        mi.agency_report(table["A0"], among=table).to_markdown(language),
    ):
        assert said in text
    alike = mi.agency_report(table["A0"], among=mi.score([table["A0"].assessment]))
    assert said[:8] not in alike.to_markdown(language)
