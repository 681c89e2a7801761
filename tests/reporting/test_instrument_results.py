from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest

import meritindex as mi
from builders import ASSUMED, dimension, figure, indicator, instrument, measure, rich_instrument
from meritindex.catalog.dumping import instrument_to_text
from meritindex.catalog.loading import instrument_from_text
from meritindex.definition import WeightedMean
from meritindex.reporting.instrument_results import (
    instrument_csv,
    instrument_json,
    instruments_csv,
    instruments_json,
    period_of,
)
from meritindex.reporting.results import json_text


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("code", ["ism-2019", "ism-2026"])
def test_the_data_are_the_entries_of_the_own_file(code):
    made = mi.instrument(code)
    data = json.loads(json_text(instrument_json(made)))
    assert (data["id"], data["fingerprint"]) == (code, made.fingerprint)
    # JSON has no days; otherwise it says the same.
    assert instrument_from_text(instrument_to_text(made), "x.toml") == made
    # A year is a number there, a day a text.
    assert str(data["instrument"]["in_force"]["from"]) == period_of(made)[0]
    assert set(data["instrument"]["indicators"] if code == "ism-2026" else {}) == {
        each.code for each in made.indicators
    }


def test_every_node_is_a_row():
    made = rich_instrument()
    found = rows(instrument_csv(made, "en"))
    assert [row["code"] for row in found] == [node.code for node in made.nodes]
    for row, node in zip(found, made.nodes, strict=True):
        parent = made.parent(node.code)
        assert row["parent"] == ("" if parent is None else parent.code)
        assert row["name"].removeprefix("'") == node.name.en
        assert row["instrument"] == made.id


def test_weights_roles_and_levels():
    parts = dimension(
        "parts",
        indicator("i", weight=20),
        measure("m", weight=1),
        dimension("open", maximum=figure(3), rule=None, weight=None),
        rule=WeightedMean(basis=ASSUMED, whole=100),
        bonuses=(measure("b", weight=None),),
        deductions=(measure("c", weight=None),),
    )
    made = instrument(root=parts)
    found = {row["code"]: row for row in rows(instrument_csv(made, "id"))}
    kinds = {code: (row["kind"], row["role"]) for code, row in found.items()}
    assert kinds == {
        made.root.code: ("dimension", ""),
        "i": ("indicator", "part"),
        "m": ("measure", "part"),
        "open": ("dimension", "part"),
        "b": ("measure", "bonus"),
        "c": ("measure", "deduction"),
    }
    assert (found["i"]["weight"], found["i"]["weight_standing"]) == ("20", "assumed")
    assert (found["open"]["weight"], found["open"]["weight_standing"]) == ("", "unpublished")
    assert (found["b"]["weight"], found["b"]["weight_standing"]) == ("", "")
    assert (found["open"]["minimum"], found["open"]["maximum"]) == ("0", "3")
    levels = dict(part.split("=") for part in found["i"]["levels"].split("; "))
    assert {int(level): Fraction(worth) for level, worth in levels.items()} == {
        level.value: level.points for level in made.indicators[0].levels
    }
    assert found["m"]["levels"] == ""


def test_the_list():
    made = (mi.instrument("ism-2019"), instrument(indicator("i")))
    data = instruments_json(made)["instruments"]
    assert [(each["from"], each["until_before"]) for each in data] == [
        ("2019", "2025-12-31"),
        (None, None),
    ]
    assert set(data[0]["title"]) == {"id", "en"}
    found = rows(instruments_csv(made, "en"))
    assert [row["until_before"] for row in found] == ["2025-12-31", ""]
    assert [row["fingerprint"] for row in found] == [each.fingerprint for each in made]


def test_what_is_deducted_has_no_share_that_could_be_published():
    found = {row["code"]: row for row in rows(instrument_csv(mi.instrument("ism-2026"), "id"))}
    assert (found["correction"]["role"], found["correction"]["weight_standing"]) == (
        "deduction",
        "",
    )
    assert (found["a2"]["weight"], found["a2"]["weight_standing"]) == ("", "unpublished")
