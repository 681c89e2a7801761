"""Bounds as data for others."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit
from meritindex.assessment import AssessmentSet, RowFacts
from meritindex.definition import Bands
from meritindex.language import Text
from meritindex.reporting.bounds_results import bounds_csv, bounds_json, weighting_json
from meritindex.reporting.results import json_text

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(items=(band("rendah"), band("tengah", limit("1.5")), band("tinggi", limit("2.5"))))
OPEN = instrument(
    root=dimension(
        "indeks",
        indicator("i1", None),
        indicator("i2", None),
        indicator("i3", 20),
        rule=HUNDRED,
        bands=BANDS,
    )
)


def row(name: str, *levels: int, **fields: object) -> mi.Assessment:
    given = dict(zip(("i1", "i2", "i3"), levels, strict=False))
    return mi.Assessment(agency=mi.Agency(name=name), instrument=OPEN, levels=given, **fields)


ROWS = (
    row("A", 4, 0, 2, year=2026, stage="verified"),
    row("B", 0, 0, 3, states={"i3": "claimed"}),
    row("C", 4, synthetic=True),
)


@pytest.fixture(scope="module")
def table() -> mi.BoundsTable:
    return mi.bounds(ROWS)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_of_a_table(table: mi.BoundsTable) -> None:
    data = json.loads(json_text(bounds_json(table)))
    assert list(data) == [
        "instrument",
        "weighting",
        "open_weights",
        "policy",
        "standing",
        "reasons",
        "synthetic",
        "attained",
        "scores",
        "left_out",
    ]
    assert data["instrument"] == "example"
    assert data["open_weights"] == {
        "indeks": {"i1": {"from": "0", "to": "80"}, "i2": {"from": "0", "to": "80"}}
    }
    assert data["policy"] == {
        "verified": "as-given",
        "evidenced": "as-given",
        "claimed": "at-most",
        "unstated": "as-given",
        "unanswered": "any",
    }
    assert (data["standing"], data["synthetic"], data["attained"]) == ("assumed", True, False)
    assert all(reason.startswith("assumed: ") for reason in data["reasons"])
    first, second, third = data["scores"]
    assert first == {
        "agency": "A",
        "code": None,
        "year": 2026,
        "stage": "verified",
        "lower": {"exact": "2/5", "decimal": "0.4"},
        "upper": {"exact": "18/5", "decimal": "3.6"},
        "certain_band": None,
        "possible_bands": ["rendah", "tengah", "tinggi"],
        "best_rank": 1,
        "worst_rank": 2,
        "standing": "assumed",
        "synthetic": False,
        "open_items": [],
    }
    assert (second["certain_band"], second["possible_bands"]) == ("rendah", ["rendah"])
    assert second["open_items"] == [
        {
            "code": "i3",
            "answered": True,
            "width": {"exact": "3/5", "decimal": "0.6"},
            "effect": {"exact": "3/5", "decimal": "0.6"},
            "can_settle": True,
        }
    ]
    assert (second["year"], second["stage"]) == (None, None)
    assert (third["best_rank"], third["worst_rank"], third["synthetic"]) == (None, None, True)
    assert [item["code"] for item in third["open_items"]] == ["i2", "i3"]


def test_some_rows_are_ranked_among_all(table: mi.BoundsTable) -> None:
    whole, one = bounds_json(table), bounds_json(table, (1,))
    assert one["scores"] == whole["scores"][1:2]
    assert one["attained"] is False
    known = attrs.evolve(table, exact_ranks={1: (1, 2)})
    assert bounds_json(known, (1,))["attained"] is True
    assert bounds_json(known)["attained"] is False
    assert [cells["agency"] for cells in rows(bounds_csv(table, (2, 0)))] == ["C", "A"]


def test_csv_is_the_table(table: mi.BoundsTable) -> None:
    written = rows(bounds_csv(table))
    assert list(written[0]) == [
        "agency",
        "code",
        "year",
        "stage",
        "synthetic",
        "lower",
        "lower_exact",
        "upper",
        "upper_exact",
        "certain_band",
        "possible_bands",
        "best_rank",
        "worst_rank",
        "standing",
        "open_items",
        "instrument",
        "weighting",
    ]
    for card, cells in zip(table, written, strict=True):
        assert Fraction(cells["lower_exact"]) == card.lower == Fraction(cells["lower"])
        assert Fraction(cells["upper_exact"]) == card.upper == Fraction(cells["upper"])
        assert cells["certain_band"] == (card.certain_band or "")
        assert cells["possible_bands"] == "; ".join(card.possible_bands)
        assert (cells["best_rank"], cells["worst_rank"]) == tuple(
            map(str, card.rank_range or ("", ""))
        )
    assert written[0]["stage"] == "verified"
    assert [cells["open_items"] for cells in written] == ["", "i3", "i2; i3"]
    assert [cells["synthetic"] for cells in written] == ["no", "no", "yes"]
    assert {cells["weighting"] for cells in written} == {"admissible"}


def test_what_is_not_known_is_null() -> None:
    short = mi.Shortfall(code="i1", below=2)
    cap = mi.Cap(maximum=Fraction(1), basis=ASSUMED, shortfall=short)
    inner = dimension("inner", indicator("i1"), decimals=1)
    rules = instrument(root=dimension("indeks", inner, caps=(cap,)))
    lost = mi.bounds([mi.Assessment(agency="KPK", instrument=rules, points={"inner": 3})])
    (score,) = bounds_json(lost)["scores"]
    assert (score["lower"], score["upper"]) == (None, None)
    assert (score["certain_band"], score["possible_bands"]) == (None, [])
    (cells,) = rows(bounds_csv(lost))
    assert {cells[name] for name in ("lower", "upper_exact", "best_rank", "certain_band")} == {""}


def test_doubles_are_not_said_to_be_exact() -> None:
    mean = mi.GeometricMean(basis=ASSUMED)
    inner = dimension("x", indicator("a"), indicator("b"), rule=mean)
    rules = instrument(root=dimension("t", inner, rule=MEAN, weight=None))
    one = mi.Assessment(agency="KPK", instrument=rules, levels={"a": 1, "b": 2})
    table = mi.bounds([one])
    (score,) = bounds_json(table)["scores"]
    assert score["lower"] == {
        "exact": None,
        "decimal": "1.414214",
        "double": pytest.approx(2**0.5),
        "approximate": True,
    }
    (cells,) = rows(bounds_csv(table))
    assert (cells["lower"], cells["lower_exact"]) == ("1.414214", "")


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    bands = Bands(items=(mi.Band(name=Text("=1+1", "sum"), lower=None, upper=None),))
    rules = instrument(root=dimension("indeks", indicator("i1"), bands=bands))
    made = mi.Assessment(agency="BKN", instrument=rules, levels={"i1": 1})
    facts = RowFacts(agency=mi.Agency(name="@cmd"))
    renamed = attrs.evolve(AssessmentSet.of([made]), facts=(facts,))
    (cells,) = rows(bounds_csv(mi.bounds(renamed)))
    assert (cells["agency"], cells["certain_band"]) == ("'@cmd", "'=1+1")


def test_weightings_with_their_facts() -> None:
    assert weighting_json(mi.EqualRemainder()) == {"name": "equal-remainder"}
    assert weighting_json(mi.Given({"i1": "1/3"}, source="law", standing="official")) == {
        "name": "given",
        "weights": {"i1": "1/3"},
        "source": "law",
        "standing": "official",
    }
    nothing = {"name": "admissible", "weights": {}, "order": [], "sums": []}
    assert weighting_json(mi.Admissible()) == {**nothing, "source": None, "standing": None}
    facts = mi.Admissible(
        {"i1": (None, 20), "i2": 7}, order=[("i1", "i3")], sums={("i1", "i2"): (10, None)}
    )
    assert weighting_json(facts) == {
        "name": "admissible",
        "weights": {"i1": {"from": None, "to": "20"}, "i2": {"from": "7", "to": "7"}},
        "order": [["i1", "i3"]],
        "sums": [{"codes": ["i1", "i2"], "from": "10", "to": None}],
        "source": None,
        "standing": "assumed",
    }


def test_a_policy_is_written_in_words_that_are_read(table: mi.BoundsTable) -> None:
    policy = mi.AnswerPolicy(verified="within-1", claimed="any", unanswered="lowest")
    data = bounds_json(mi.bounds(ROWS, policy=policy))
    assert mi.AnswerPolicy(**data["policy"]) == policy


def test_rows_that_were_left_out(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("agency,year,total\nKota Batu,2023,300\nKota Malang,2023,999\n", "utf-8")
    table = mi.bounds(mi.read_assessments(path, "ism-2019", leave_out_faulty=True))
    (fault,) = bounds_json(table)["left_out"]
    assert fault.startswith("a.csv, line 3")
