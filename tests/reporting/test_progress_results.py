"""Progress and commitments as data for others."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED
from meritindex.analysis.progressing import ProgressTable, progress
from meritindex.definition.commitments import Milestone
from meritindex.reporting.progress_results import commitments_csv, progress_csv, progress_json
from meritindex.reporting.results import json_text
from progress_cases import NEW, OLD, OTHER, crosswalk, promise, renamed, total, year

AS_OF = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def table() -> ProgressTable:
    given = [
        year(2023, 2, 2, 0, stage="verified"),
        year(dt.date(2025, 3, 1), 4, 4, 2, under=NEW, synthetic=True),
        year(2024, 1, 1, agency=OTHER),
    ]
    promised = [
        promise(
            target="tinggi",
            signatories=["BKN"],
            milestones=[Milestone(date=dt.date(2025, 12, 31), total=2)],
            note="rekaan",
        ),
        promise(agency=OTHER, baseline=None, target=None),
        promise(agency=mi.agency("Kota Jambi"), instrument="lama"),
    ]
    return progress(given, commitments=promised, as_of=AS_OF)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def number(value: str, decimal: str | None = None) -> dict[str, str]:
    return {"exact": value, "decimal": decimal or value}


def test_json(table):
    data = json.loads(json_text(progress_json(table)))
    assert list(data) == [
        "as_of",
        "standing",
        "reasons",
        "synthetic",
        "counts",
        "not_comparable",
        "most_improved",
        "agencies",
        "commitments",
        "left_out",
    ]
    assert (data["as_of"], data["standing"], data["synthetic"]) == ("2026-06-30", "assumed", True)
    assert data["reasons"] == [reason.as_text().en for reason in table.reasons]
    assert data["counts"] == {"rose": 1, "held": 0, "fell": 0}
    assert (data["not_comparable"], data["most_improved"]) == (1, ["A"])
    first, second = data["agencies"]
    assert first["occasions"][0] == {
        "year": 2023,
        "date": None,
        "counts_as_of": "2023-12-31",
        "stage": "verified",
        "instrument": "lama",
        "weighting": "stated",
        "missing": None,
        "total": number("1"),
        "band": "rendah",
        "standing": "assumed",
        "synthetic": False,
    }
    assert first["occasions"][1]["date"] == "2025-03-01"
    assert first["difference"] == number("13/5", "2.6")
    assert first["performance"] == number("2")
    assert first["instrument_effect"] == number("3/5", "0.6")
    assert first["streak"] == first["longest_rise"] == {"direction": "rose", "periods": 1}
    (change,) = first["changes"]
    assert (change["from"], change["to"], change["comparable"]) == ("2023", "2025-03-01", True)
    assert change["bands"] == ["rendah", "tinggi"]
    assert change["dimensions"][0] == {
        "code": "d1",
        "before": number("2"),
        "after": number("4"),
        "difference": number("2"),
    }
    assert change["items"][0] == {"code": "i1", "before": "2", "after": "4", "direction": "rose"}
    assert change["remarks"] == ["the stages differ: verified, then stage not stated"]
    assert (change["reasons"], change["counterparts"]) == ([], [])
    assert (second["changes"], second["difference"], second["streak"]) == ([], None, None)
    assert second["occasions"][0]["total"] is None


def test_json_of_commitments(table):
    first, second, third = progress_json(table)["commitments"]
    assert (first["agency"], first["status"], first["signed"]) == ("A", "met", "2025-01-10")
    assert (first["baseline"], first["target_band"]) == (number("1"), "tinggi")
    assert (first["target"], first["deadline"]) == (number("5/2", "2.5"), "2028-12-31")
    assert first["milestones"] == [
        {"date": "2025-12-31", "total": number("2"), "status": "reached"}
    ]
    assert first["latest"]["total"] == number("18/5", "3.6")
    assert first["pace_needed"] is None
    assert first["pace_kept"]["exact"] == str(Fraction(13, 5) * Fraction(1461, 4) / 60)
    assert (first["note"], first["signatories"], first["source"]) == (
        "rekaan",
        ["BKN"],
        "surat rekaan",
    )
    assert (first["reached_late"], first["remarks"]) == (None, [])
    assert second["not_stated"] == ["the baseline", "the target"]
    assert second["missing"] == ["the total of the assessment of 2024"]
    assert (second["status"], second["baseline"], second["target"]) == ("not-stated", None, None)
    assert (third["latest"], third["line"], third["note"]) == (None, None, None)
    assert third["missing"] == ["an assessment under lama by 30 June 2026"]
    assert (third["code"], third["instrument"]) == ("15.71", "lama")


def test_one_agency_alone(table):
    data = progress_json(table, [table["B"]])
    assert [each["agency"] for each in data["agencies"]] == ["B"]
    assert [each["agency"] for each in data["commitments"]] == ["B"]
    assert [row["agency"] for row in rows(progress_csv(table, [table["B"]]))] == ["B"]
    assert [row["agency"] for row in rows(commitments_csv(table, [table["B"]]))] == ["B"]


def test_reasons_and_counterparts():
    walk = crosswalk((("d1",), ("d1", "d2")))
    found = progress(
        [mi.AssessmentSet.of([year(2023, 2, 2, 0)]), year(2024, 4, under=renamed(OLD))],
        crosswalk=walk,
    )
    data = progress_json(found)
    assert data["as_of"] is None
    (change,) = data["agencies"][0]["changes"]
    assert not change["comparable"]
    assert change["reasons"][0] == "no single counterpart in nama for i1, i2, i3 of lama"
    assert change["counterparts"] == [
        {
            "before": [{"code": "d1", "points": number("2"), "max": "4"}],
            "after": [
                {"code": "d1", "points": None, "max": "4"},
                {"code": "d2", "points": None, "max": "4"},
            ],
        }
    ]
    items = progress_json(progress(mi.AssessmentSet.of([year(2023, 1), year(2024, 1, 2)])))
    (change,) = items["agencies"][0]["changes"]
    assert change["items"] == [{"code": "i2", "before": None, "after": "2", "direction": None}]
    items = progress_json(progress(mi.AssessmentSet.of([year(2023, 1, 2), year(2024, 1)])))
    assert items["agencies"][0]["changes"][0]["items"][0]["after"] is None


def test_csv_of_periods(table):
    first, second = rows(progress_csv(table))
    assert first == {
        "agency": "A",
        "code": "",
        "from": "2023",
        "to": "2025-03-01",
        "stage_from": "verified",
        "stage_to": "",
        "instrument_from": "lama",
        "instrument_to": "baru",
        "synthetic": "yes",
        "total_from": "1",
        "total_from_exact": "1",
        "total_to": "3.6",
        "total_to_exact": "18/5",
        "difference": "2.6",
        "difference_exact": "13/5",
        "performance": "2",
        "performance_exact": "2",
        "instrument_effect": "0.6",
        "instrument_effect_exact": "3/5",
        "band_from": "rendah",
        "band_to": "tinggi",
        "comparable": "yes",
        "standing": "assumed",
    }
    assert (second["from"], second["to"], second["comparable"]) == ("", "2024", "")
    assert (second["total_to"], second["difference"], second["synthetic"]) == ("", "", "no")
    gap = progress(mi.AssessmentSet.of([year(2023, 1), year(2024, 1, 1, 1)]))
    assert rows(progress_csv(gap))[0]["comparable"] == "no"


def test_csv_of_commitments(table):
    first, second, third = rows(commitments_csv(table))
    assert (first["status"], first["as_of"], first["target"]) == ("met", "2026-06-30", "5/2")
    assert (first["target_band"], first["latest"]) == ("tinggi", "2025-03-01")
    assert (first["latest_total"], first["latest_total_exact"]) == ("3.6", "18/5")
    marks = [(each["synthetic"], each["latest_standing"]) for each in (first, second, third)]
    assert marks == [("yes", "assumed"), ("no", "assumed"), ("", "")]
    assert (second["status"], second["target"], second["baseline"]) == ("not-stated", "", "")
    assert second["not_stated"] == "the baseline; the target"
    assert (third["latest"], third["latest_total"], third["deadline"]) == ("", "", "2028-12-31")
    assert third["missing"] == "an assessment under lama by 30 June 2026"
    bare = promise(baseline_date=None, deadline=None)
    found = progress(mi.AssessmentSet.of([total(2025, 2)]), commitments=bare, as_of=AS_OF)
    (row,) = rows(commitments_csv(found))
    assert (row["baseline_date"], row["deadline"], row["target"]) == ("", "", "3")
    assert (row["pace_kept"], row["line"]) == ("", "")
    assert progress_json(found)["commitments"][0]["deadline"] is None


def test_formulas_are_escaped():
    evil = mi.Agency(name="=cmd()")
    given = mi.AssessmentSet.of([year(2023, 1, 1, 1, agency=evil)])
    found = progress(given, commitments=promise(agency=evil), as_of=AS_OF)
    assert rows(progress_csv(found))[0]["agency"] == "'=cmd()"
    assert rows(commitments_csv(found))[0]["agency"] == "'=cmd()"


def test_what_is_not_exact():
    root = attrs.evolve(OLD.root, rule=mi.GeometricMean(basis=ASSUMED, whole=100, floor="0.01"))
    curved = attrs.evolve(OLD, root=root)
    given = [year(2023, 1, 1, 2, under=curved), year(2024, 2, 3, 1, under=curved)]
    found = progress(mi.AssessmentSet.of(given))
    difference = progress_json(found)["agencies"][0]["difference"]
    assert difference["exact"] is None
    assert difference["approximate"] is True
    (row,) = rows(progress_csv(found))
    assert (row["total_to_exact"], row["difference_exact"]) == ("", "")
    assert row["difference"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_difference_is_as_exact_as_the_less_exact_total(turned):
    rule = mi.PowerMean(basis=ASSUMED, whole=100, exponent=2)
    curved = attrs.evolve(OLD, id="baru", root=attrs.evolve(OLD.root, rule=rule))
    under = [OLD, curved][:: -1 if turned else 1]
    given = [year(2023 + place, 2, 3, 1, under=each) for place, each in enumerate(under)]
    (course,) = progress_json(progress([mi.AssessmentSet.of(given[:1]), given[1]]))["agencies"]
    marks = ["approximate" in each["total"] for each in course["occasions"]]
    assert marks == [turned, not turned]
    assert course["difference"]["approximate"]
    assert course["changes"][0]["instrument_effect"]["approximate"]


def test_json_says_which_policy_was_chosen():
    data = progress_json(progress([mi.AssessmentSet.of([year(2024, 1)])], missing="zero"))
    assert data["agencies"][0]["occasions"][0]["missing"] == "zero"
