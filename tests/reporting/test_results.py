from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, indicator, instrument, levels
from meritindex.assessment import AssessmentSet, RowFacts, sample
from meritindex.definition import Agency, Band, Bands, Rounding
from meritindex.language import Text
from meritindex.reporting.results import json_text, table_csv, table_json
from meritindex.scoring import GroupBy


def table_of(*rows, under="ism-2019", **options):
    made = [mi.Assessment(instrument=mi.instrument(under), **row) for row in rows]
    return mi.score(made, **options)


@pytest.fixture(scope="module")
def table():
    points = {"a1": "37.5", "a2": 30, "a3": 100, "a4": 30, "a5": 60, "a6": 30, "a7": 10}
    return table_of(
        {"agency": "Kota Malang", "year": 2023, "points": points | {"a8": "20.5"}},
        {"agency": "Kota Batu", "year": 2023, "points": points},
        {"agency": "Sleman", "year": 2023, "points": {"total": "326.5"}, "stage": "determined"},
        {"agency": "BKN", "year": 2023, "points": {"total": 250}},
    )


@pytest.fixture(scope="module")
def sampled():
    return mi.score(sample().where(lambda facts: facts.agency.kind == "province"))


def test_json_of_a_table(table):
    data = json.loads(json_text(table_json(table)))
    assert list(data) == [
        "instrument",
        "weighting",
        "missing",
        "standing",
        "reasons",
        "synthetic",
        "scores",
        "left_out",
    ]
    assert data["instrument"] == "ism-2019"
    assert data["weighting"] == "stated"
    assert data["standing"] == str(table.standing)
    assert data["missing"] is None
    assert data["synthetic"] is False
    assert data["left_out"] == []
    assert all(reason.startswith(f"{data['standing']}: ") for reason in data["reasons"])
    malang, batu, sleman, bkn = data["scores"]
    assert malang["agency"] == "Kota Malang"
    assert malang["total"] == {"exact": "318", "decimal": "318"}
    assert (malang["band"], malang["rank"]) == ("Baik", 2)
    assert malang["dimensions"]["a1"] == {"exact": "75/2", "decimal": "37.5", "max": "40"}
    assert list(malang["dimensions"]) == [f"a{place}" for place in range(1, 9)]
    assert (batu["total"], batu["band"], batu["rank"]) == (None, None, None)
    assert batu["dimensions"]["a8"] is None
    assert (batu["missing"], malang["missing"]) == (["a8"], [])
    assert malang["dimension_bands"] == {}  # no aspect has bands under ism-2019
    assert batu["dimensions"]["a2"]["exact"] == "30"
    assert sleman["total"] == {"exact": "653/2", "decimal": "326.5"}
    assert (sleman["stage"], sleman["code"], sleman["band"]) == (
        "determined",
        "34.04",
        "Sangat Baik",
    )
    assert set(sleman["dimensions"].values()) == {None}
    assert bkn["code"] is None


def test_json_says_what_was_made_up_and_chosen(sampled):
    data = table_json(sampled)
    assert data["synthetic"] is True
    assert all(score["synthetic"] for score in data["scores"])
    chosen = mi.score(sampled.assessments, missing="zero")
    assert table_json(chosen)["missing"] == "zero"


@pytest.mark.parametrize("by", [*GroupBy, "province"])
def test_groups(table, by):
    written = list(csv.DictReader(io.StringIO(table_csv(table, by))))
    data = table_json(table, by)
    for row, (score, cells) in enumerate(zip(data["scores"], written, strict=True)):
        group = GroupBy(by).of(table.agencies[row])
        assert score["group"] == group
        assert cells["group"] == (score["group"] or "")
        assert score["rank_in_group"] == table.ranks_within(by)[row]
        assert cells["rank_in_group"] == str(score["rank_in_group"] or "")


def test_csv_is_the_table(table, sampled):
    for each in (table, sampled):
        written = list(csv.DictReader(io.StringIO(table_csv(each))))
        assert "group" not in written[0]
        for cells, row in zip(written, each.to_rows(), strict=True):
            assert cells["agency"] == row["agency"]
            assert cells["code"] == (row["code"] or "")
            assert cells["synthetic"] == ("yes" if row["synthetic"] else "no")
            assert cells["band"] == (row["band"] or "")
            assert cells["rank"] == str(row["rank"] or "")
            total = row["total"]
            assert cells["total_exact"] == ("" if total is None else str(total))
            assert bool(cells["total"]) == (total is not None)
            for code in each.dimensions:
                assert bool(cells[code]) == (row[code] is not None)
                if row[code] is not None:
                    assert abs(Fraction(cells[code]) - row[code]) <= Fraction(1, 2 * 10**6)


def test_csv_runs_nothing_in_a_spreadsheet():
    bands = Bands(items=(Band(name=Text("=1+1", "sum"), lower=None, upper=None),))
    mine = instrument(dimension("first"), root=dimension("total_points", bands=bands))
    facts = RowFacts(agency=Agency(name="@cmd"))
    made = mi.Assessment(instrument=mine, agency="BKN", points={"total": 5})
    renamed = attrs.evolve(AssessmentSet.of([made]), facts=(facts,))
    (row,) = csv.DictReader(io.StringIO(table_csv(mi.score(renamed))))
    assert (row["agency"], row["band"]) == ("'@cmd", "'=1+1")


def test_json_is_for_people_too():
    assert json_text({"name": "Ñ"}) == '{\n "name": "Ñ"\n}\n'


def test_doubles_are_not_said_to_be_exact() -> None:
    mean = mi.GeometricMean(basis=ASSUMED)
    plain = dimension("x", indicator("a", levels=levels(1, 2)), indicator("b", levels=levels(1, 2)))
    inner = attrs.evolve(plain, rule=mean)
    rounding = Rounding(digits=3, basis=ASSUMED)
    one = instrument(root=dimension("t", inner, rule=MEAN, weight=None, rounding=rounding))
    free = attrs.evolve(one, root=attrs.evolve(one.root, rounding=None, decimals=4))
    answered = {"agency": mi.Agency(name="A"), "levels": {"a": 0, "b": 1}}
    rounded, unrounded = (
        mi.score([mi.Assessment(instrument=each, **answered)]) for each in (one, free)
    )
    (row,) = table_json(rounded)["scores"]
    assert row["total"] == {"exact": "707/500", "decimal": "1.414", "approximate": True}
    (row,) = table_json(unrounded)["scores"]
    assert row["total"] == {
        "exact": None,
        "decimal": "1.414214",
        "double": pytest.approx(2**0.5),
        "approximate": True,
    }
    assert row["dimensions"]["x"]["max"] == "2"
    assert "1.414,707/500" in table_csv(rounded)
    assert "1.414214,," in table_csv(unrounded)
