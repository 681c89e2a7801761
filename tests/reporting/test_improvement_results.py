"""Improvement plans as data for others."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, levels, limit
from meritindex.analysis.improving import (
    Costs,
    ImprovementStatus,
    ImprovementTable,
    Prerequisite,
    RankTarget,
    best_within,
    improve,
)
from meritindex.assessment import AssessmentSet
from meritindex.definition import Bands
from meritindex.language import Text
from meritindex.reporting.improvement_results import (
    improvement_json,
    improvements_csv,
    improvements_json,
    target_text,
)
from meritindex.reporting.results import json_text

BANDS = Bands(items=(band("rendah"), band("tengah", limit("1.5")), band("tinggi", limit("2.5"))))
RULES = instrument(
    root=dimension(
        "indeks",
        indicator(
            "i1",
            50,
            levels=tuple(
                attrs.evolve(each, criterion=Text(f"=kriteria {each.value}", "criterion"))
                for each in levels(0, 1, 2, 3, 4)
            ),
            evidence=(Text("surat keputusan", "decree"), Text("laporan", "report")),
        ),
        indicator("i2", 30),
        indicator("i3", 20),
        rule=mi.WeightedMean(basis=ASSUMED, whole=100),
        bands=BANDS,
    )
)
KEYS_OF_A_PLAN = ["cost", "steps", "total", "band", "slack"]


def row(name: str, *given: int, rules: mi.Instrument = RULES, **fields: object) -> mi.Assessment:
    codes = [each.code for each in rules.indicators]
    answers = dict(zip(codes, given, strict=False))
    return mi.Assessment(agency=mi.Agency(name=name), instrument=rules, levels=answers, **fields)


LOW = row("Instansi A", 1, 1, 1, year=2026, stage="verified")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def table() -> ImprovementTable:
    return improve(
        [LOW, row("=B", 4, 4, 4, synthetic=True), row("C", 1, 1), row("D", 0, 0, 0)],
        to="tengah",
        budget=2,
        costs=Costs(default="0.5", unit="bulan"),
        most_levels=1,
    )


def test_json_of_one_agency():
    first = Prerequisite(item="i1", needs="i2", from_level=2, level=2)
    found = improve(
        LOW,
        to=Fraction(9, 5),
        costs={"i1": {2: "1/3", 3: 2, 4: 2}, "i2": 2, "i3": 9},
        prerequisites=[first],
        ready={"i1": date(2026, 9, 30)},
    )
    data = json.loads(json_text(improvement_json(found, 1)))
    assert data["agency"] == "Instansi A"
    assert (data["code"], data["year"], data["stage"]) == (None, 2026, "verified")
    assert (data["target"], data["status"]) == ("total 9/5", "planned")
    assert data["limit"] == {"exact": "9/5", "decimal": "1.8", "inclusive": True}
    assert data["cost"] == "7/3"
    assert data["cost_at_least"] == "7/3"
    assert data["proven"] is True
    assert data["total"] == {"exact": "9/5", "decimal": "1.8"}
    assert data["total_before"] == {"exact": "1", "decimal": "1"}
    assert (data["band_before"], data["band"]) == ("rendah", "tengah")
    assert data["slack"] == {"exact": "0", "decimal": "0"}
    assert data["steps"] == [
        {
            "indicator": "i2",
            "from": 1,
            "to": 2,
            "cost": 2,
            "points": {"exact": "3/10", "decimal": "0.3"},
            "name": "indikator i2",
            "dimension": "indeks",
            "criteria": {"2": None},
            "evidence": [],
            "needs": [],
            "ready": None,
        },
        {
            "indicator": "i1",
            "from": 1,
            "to": 2,
            "cost": "1/3",
            "points": {"exact": "1/2", "decimal": "0.5"},
            "name": "indikator i1",
            "dimension": "indeks",
            "criteria": {"2": "=kriteria 2"},
            "evidence": ["surat keputusan", "laporan"],
            "needs": ["i2"],
            "ready": "2026-09-30",
        },
    ]
    assert [list(each) for each in data["alternatives"]] == [KEYS_OF_A_PLAN]
    assert {each["indicator"] for each in data["single_steps"]} == {"i2", "i3"}
    assert data["single_steps"][0].keys() == {
        *("indicator", "from", "to", "cost", "points", "band", "changes_band")
    }
    assert data["instrument"] == "example"
    assert data["weighting"]["name"] == "stated"
    assert data["standing"] == "assumed"
    assert data["reasons"] == [reason.as_text().en for reason in found.reasons]
    assert data["synthetic"] is False


def test_a_band_is_named_officially_and_alternatives_are_asked_for():
    data = improvement_json(improve(LOW))
    assert (data["target"], data["cost"], data["alternatives"]) == ("tengah", 1, [])


def test_what_is_out_of_reach():
    found = improve(LOW, to="tinggi", budget="1/2")
    data = json.loads(json_text(improvement_json(found)))
    assert (data["status"], data["cost"], data["steps"]) == ("unreachable", None, [])
    assert (data["total"], data["band"], data["slack"], data["budget"]) == (None, None, None, "1/2")
    assert data["highest"] == {"exact": "4", "decimal": "4"}
    assert data["hindrances"] == [
        {"kind": each.kind, "items": list(each.items), "message": each.message.en}
        for each in found.hindrances
    ]
    assert "budget" in {each["kind"] for each in data["hindrances"]}


def test_targets_have_a_name():
    assert target_text(improve(LOW, to="2").target) == "total 2"
    group = mi.score([row("A", 1, 1, 1), row("B", 3, 1, 1)])
    assert target_text(improve(LOW, to=RankTarget(rank=1, among=group)).target) == "rank 1"
    assert target_text(best_within(LOW, 1).target) == "most"


def test_json_of_many(table):
    data = json.loads(json_text(improvements_json(table)))
    assert list(data) == [
        "instrument",
        "weighting",
        "missing",
        "standing",
        "reasons",
        "synthetic",
        "improvements",
        "common_steps",
        "left_out",
    ]
    assert data["synthetic"] is True
    assert [each["status"] for each in data["improvements"]] == [
        *("planned", "reached", "unknown", "unreachable")
    ]
    planned, reached, unknown, _ = data["improvements"]
    assert (planned["cost"], planned["unit"]) == ("1/2", "bulan")
    assert (reached["cost"], reached["band_before"]) == (None, "tinggi")
    assert (unknown["total_before"], unknown["not_answered"]) == (None, ["i3"])
    assert data["common_steps"] == [{"indicator": "i1", "plans": 1}]
    assert "single_steps" not in planned
    alone = improvement_json(table[0])
    assert {key: alone[key] for key in planned} == planned


def test_a_policy_that_was_chosen_is_told():
    for missing in (None, "zero"):
        one = improvement_json(improve(LOW, missing=missing))
        many = improvements_json(improve(AssessmentSet.of([LOW]), missing=missing))
        assert one["missing"] == many["missing"] == missing


def test_rows_that_were_left_out_are_listed():
    table = improve(attrs.evolve(AssessmentSet.of([LOW]), left_out=()))
    assert improvements_json(table)["left_out"] == []


def test_csv_has_a_row_for_each_step(table):
    found = rows(improvements_csv(improve([LOW, row("D", 0, 0, 0)], to="tinggi")))
    assert [each["agency"] for each in found[:1]] == ["Instansi A"]
    plan = improve(LOW, to="tinggi")
    mine = [each for each in found if each["agency"] == "Instansi A"]
    assert [(each["step"], each["indicator"], each["from"], each["to"]) for each in mine] == [
        (str(number), step.indicator, str(step.from_level), str(step.to_level))
        for number, step in enumerate(plan.steps, 1)
    ]
    assert sum(Fraction(each["points_exact"]) for each in mine) == plan.after - plan.before
    assert sum(Fraction(each["cost"]) for each in mine) == plan.cost
    assert {each["total_cost"] for each in mine} == {str(plan.cost)}
    assert {(each["band_before"], each["band"]) for each in mine} == {("rendah", "tinggi")}
    assert {each["proven"] for each in mine} == {"yes"}


def test_csv_has_a_row_for_who_has_no_plan(table):
    found = rows(improvements_csv(table))
    assert [(each["agency"], each["status"], each["step"]) for each in found] == [
        ("Instansi A", "planned", "1"),
        ("'=B", "reached", ""),
        ("C", "unknown", ""),
        ("D", "unreachable", ""),
    ]
    assert found[0]["criteria"] == "2: =kriteria 2"
    assert found[0]["evidence"] == "surat keputusan; laporan"
    assert (found[1]["total_cost"], found[1]["synthetic"]) == ("", "yes")
    assert found[2]["total"] == ""


def test_what_a_spreadsheet_would_run_is_escaped(table):
    text = improvements_csv(table)
    assert "\n=B" not in text
    assert "\n'=B" in text


def test_open_weights_give_the_least_totals():
    rules = instrument(
        root=dimension(
            "indeks",
            indicator("i1", None),
            indicator("i2", None),
            rule=mi.WeightedMean(basis=ASSUMED, whole=100),
            bands=BANDS,
        )
    )
    found = improve(row("A", 1, 1, rules=rules), weighting=mi.Admissible())
    data = improvement_json(found)
    assert data["weighting"]["name"] == "admissible"
    assert data["total_before"] == {"exact": "1", "decimal": "1"}
    assert data["band"] == "tengah"
    (first, *_) = rows(improvements_csv([found]))
    assert first["weighting"] == "admissible"


def test_what_is_computed_in_double_precision_is_marked():
    rules = instrument(
        root=dimension(
            "indeks",
            indicator("i1", levels=levels(1, 2, 3, 4)),
            indicator("i2", levels=levels(1, 2, 3, 4)),
            rule=mi.GeometricMean(basis=ASSUMED),
            bands=Bands(items=(band("rendah"), band("tinggi", limit(2)))),
        )
    )
    found = improve(row("A", 0, 1, rules=rules))
    assert found.status is ImprovementStatus.PLANNED
    data = improvement_json(found)
    assert data["total"]["approximate"] is True
    assert rows(improvements_csv([found]))[0]["total_exact"] == ""
