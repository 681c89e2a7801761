"""Reconciliations as data for others."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, gate, indicator, instrument, limit, measure, when
from meritindex.analysis.reconciling import ReconciliationTable, reconcile
from meritindex.reporting.reconciliation_results import reconciliation_csv, reconciliation_json
from meritindex.reporting.results import json_text

BANDS = mi.Bands(items=(band("rendah"), band("=tinggi", limit(4))))
RULES = instrument(
    root=dimension(
        "total_points",
        indicator("a"),
        indicator("b", conditions=(when("g"),)),
        measure("m"),
        bands=BANDS,
    ),
    gates=(gate("g"),),
)


def one(
    name: str, levels: dict[str, int], m: str | None = "0.5", **fields: object
) -> mi.Assessment:
    chosen = {"gates": {"g": "yes" if "b" in levels else "no"}, **fields}
    given = {} if m is None else {"m": m}
    return mi.Assessment(
        agency=mi.Agency(name=name), instrument=RULES, levels=levels, measures=given, **chosen
    )


@pytest.fixture(scope="module")
def table() -> ReconciliationTable:
    claimed = [
        one("=A", {"a": 3, "b": 2}, states={"a": "claimed"}, evidence={"a": "=1+1"}, year=2026),
        one("B", {"a": 2, "b": 1}, states={"a": "claimed"}),
        one("C", {"a": 2, "b": 1}),
        one("D", {"a": 1}),
    ]
    verified = [
        one("=A", {"a": 1}, "0.25", stage="verified", synthetic=True),
        one("B", {"a": 2, "b": 1}, states={"a": "verified"}, evidence={"a": "ok"}),
        one("C", {"a": 3, "b": 1}, None),
        one("E", {"a": 1}),
    ]
    return reconcile(claimed, verified)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def number(value: str) -> dict[str, str]:
    fraction = Fraction(value)
    return {"exact": str(fraction), "decimal": str(float(fraction)).removesuffix(".0")}


def test_json_of_a_table(table: ReconciliationTable) -> None:
    data = json.loads(json_text(reconciliation_json(table)))
    assert list(data) == [
        *("instrument", "weighting", "missing", "standing", "reasons", "synthetic", "compared"),
        *("kappa", "indicators", "reconciliations", "only_claimed", "only_verified", "left_out"),
    ]
    assert (data["instrument"], data["weighting"]["name"]) == ("example", "stated")
    assert (data["missing"], data["standing"], data["synthetic"]) == (None, "assumed", True)
    assert (data["compared"], len(data["reconciliations"]), data["left_out"]) == (3, 3, [])
    assert set(data["kappa"]) == {"linear", "quadratic"}
    assert data["only_claimed"] == [{"agency": "D", "code": None, "year": None, "stage": None}]
    assert [each["agency"] for each in data["only_verified"]] == ["E"]
    assert data["indicators"][0] == {
        "code": "a",
        "compared": 3,
        "over_claimed": 1,
        "under_claimed": 1,
        "one_sided": 0,
        "mean_difference": {"exact": "-1/3", "decimal": "-0.333333"},
        "most": 2,
        "most_by": ["=A"],
        "kappa": {"exact": "-2/7", "decimal": "-0.285714"},
    }


def test_json_of_an_agency(table: ReconciliationTable) -> None:
    data = json.loads(json_text(reconciliation_json(table, (0,))))
    (found,) = data["reconciliations"]
    assert data["compared"] == 3
    assert found["claimed"] == {
        "year": 2026,
        "stage": None,
        "total": number("5.5"),
        "band": "=tinggi",
        "missing": [],
    }
    assert found["verified"]["stage"] == "verified"
    assert found["difference"] == number("-4.25")
    assert (found["over_claimed"], found["under_claimed"]) == (["a"], [])
    assert (found["deciding"], found["synthetic"], found["standing"]) == (
        ["g", "a"],
        True,
        "assumed",
    )
    assert found["items"][0] == {
        "code": "g",
        "answers": [
            {
                "code": "g",
                "claim": {"option": "yes"},
                "finding": {"option": "no"},
                "difference": None,
                "unmet": [],
                "claim_state": None,
                "claim_evidence": "",
                "finding_state": None,
                "finding_evidence": "",
            },
            {
                "code": "b",
                "claim": {"level": 2},
                "finding": {"absent": "not applicable"},
                "difference": None,
                "unmet": [],
                "claim_state": None,
                "claim_evidence": "",
                "finding_state": None,
                "finding_evidence": "",
            },
        ],
        "points": number("-2"),
        "total_if_accepted_alone": number("3.5"),
        "band_if_accepted_alone": "rendah",
        "alone_changes_band": True,
        "total_if_granted": number("3.25"),
        "band_if_granted": "rendah",
        "granting_changes_band": False,
    }
    answer = found["items"][1]["answers"][0]
    assert (answer["difference"], answer["unmet"]) == (-2, [2, 3])
    assert (answer["claim_state"], answer["claim_evidence"]) == ("claimed", "=1+1")
    assert found["items"][2]["answers"][0]["finding"] == {"value": "0.25"}
    assert [step["items"] for step in found["waterfall"]] == [["g"], ["a"], ["m"]]
    added = sum(Fraction(step["points"]["exact"]) for step in found["waterfall"])
    assert added == Fraction(found["difference"]["exact"])
    assert found["waterfall"][-1]["total"] == number("1.25")
    assert found["remarks"] == []


def test_json_of_what_is_not_known(table: ReconciliationTable) -> None:
    data = reconciliation_json(table, (1, 2))
    same, unknown = data["reconciliations"]
    assert (same["items"], same["waterfall"], same["difference"]) == ([], [], number("0"))
    assert same["same_level_other_state"] == [
        {
            "code": "a",
            "level": 2,
            "claim_state": "claimed",
            "claim_evidence": "",
            "finding_state": "verified",
            "finding_evidence": "ok",
        }
    ]
    assert unknown["verified"]["total"] is None
    assert unknown["verified"]["missing"] == ["m"]
    assert unknown["difference"] is None
    assert unknown["waterfall"] == []
    assert unknown["items"][1]["answers"][0]["finding"] == {"absent": "not answered"}
    assert unknown["items"][0]["points"] is None
    alone = reconciliation_json(
        reconcile([one("A", {"a": 1})], [one("A", {"a": 1})], missing="zero")
    )
    assert alone["missing"] == "zero"
    assert alone["kappa"] == {"linear": None, "quadratic": None}
    assert alone["indicators"][1]["mean_difference"] is None


def test_csv(table: ReconciliationTable) -> None:
    found = rows(reconciliation_csv(table))
    assert [(row["agency"], row["item"], row["answer"]) for row in found] == [
        ("'=A", "g", "g"),
        ("'=A", "g", "b"),
        ("'=A", "a", "a"),
        ("'=A", "m", "m"),
        ("B", "", ""),
        ("C", "a", "a"),
        ("C", "m", "m"),
    ]
    first, second, third, fourth = found[:4]
    assert {
        key: first[key] for key in ("claimed_total", "claimed_total_exact", "claimed_band")
    } == {
        "claimed_total": "5.5",
        "claimed_total_exact": "11/2",
        "claimed_band": "'=tinggi",
    }
    assert (first["year"], first["synthetic"], first["standing"]) == ("2026", "yes", "assumed")
    assert (first["claim"], first["finding"], first["difference"]) == ("yes", "no", "")
    assert (first["points"], first["points_exact"]) == ("-2", "-2")
    assert (first["band_if_accepted_alone"], first["alone_changes_band"]) == ("rendah", "yes")
    # Of the others of a unit, only what was answered.
    assert (second["claim"], second["finding"]) == ("2", "not applicable")
    assert (second["points"], second["alone_changes_band"]) == ("", "")
    assert (third["difference"], third["claim_state"], third["claim_evidence"]) == (
        "-2",
        "claimed",
        "'=1+1",
    )
    assert (fourth["claim"], fourth["finding"]) == ("0.5", "0.25")
    assert found[6]["finding"] == ""
    assert (found[6]["points"], found[6]["verified_total"]) == ("", "")
    assert {row["weighting"] for row in found} == {"stated"}
    assert [row["agency"] for row in rows(reconciliation_csv(table, (1,)))] == ["B"]


def test_doubles_have_no_exact_number() -> None:
    rules = instrument(
        root=dimension(
            "total_points",
            indicator("a"),
            indicator("b"),
            rule=mi.GeometricMean(basis=ASSUMED, floor="0.1"),
        )
    )
    sides = [
        [mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, levels={"a": 3, "b": level})]
        for level in (2, 1)
    ]
    table = reconcile(*sides)
    (found,) = reconciliation_json(table)["reconciliations"]
    assert found["difference"]["exact"] is None
    assert found["difference"]["approximate"] is True
    (row,) = rows(reconciliation_csv(table))
    assert row["points_exact"] == row["claimed_total_exact"] == ""
    assert row["points"]
