"""Boards and peers as JSON for others."""

from __future__ import annotations

import json

import meritindex as mi
from board_rules import FLAT, row, table
from builders import GeometricMean, dimension, indicator, instrument, levels
from meritindex.analysis.boards import board
from meritindex.reporting.board_results import board_json, entry_json
from meritindex.reporting.results import json_text

NOW = table(
    row("A", 4, 4, 4, year=2026, stage="verified"),
    row("B", 2, 2, 1),
    row("C", 1),
    row("D", 0, 0, 0),
)
THEN = table(row("B", 0, 0, 0), row("X", 1, 1, 1))
FOUND = board(NOW, {"A": "x", "B": "x", "C": "y", "Kota Malang": "y"}, before=THEN)


def test_a_board():
    data = json.loads(json_text(board_json(FOUND)))
    assert list(data) == [
        *("instrument", "weighting", "standing", "reasons", "synthetic", "left_out", "missing"),
        *("grouping", "whole", "groups", "ungrouped", "not_in_table", "only_before"),
    ]
    assert (data["instrument"], data["weighting"], data["missing"]) == ("example", "stated", None)
    assert data["grouping"] == "groups as given"
    assert (data["not_in_table"], data["only_before"]) == (["Kota Malang"], ["X"])
    whole = data["whole"]
    assert (whole["count"], whole["known"], whole["without_total"]) == (4, 3, ["C"])
    assert whole["bands"] == {"rendah": 1, "tengah": 1, "tinggi": 1}
    assert whole["without_band"] == 1
    assert whole["at_least"]["tengah"] == {"exact": "2/3", "decimal": "0.666667"}
    assert whole["mean"] == {"exact": "11/6", "decimal": "1.833333"}
    assert [whole[name]["exact"] for name in ("lower_quartile", "median", "upper_quartile")] == [
        *("3/4", "3/2", "11/4")
    ]
    assert (whole["lowest"]["exact"], whole["highest"]["exact"]) == ("0", "4")
    assert whole["leaders"] == ["A"]
    rise = {"agency": "B", "points": {"exact": "3/2", "decimal": "1.5"}}
    assert whole["most_improved"] == [rise]
    assert [group["name"] for group in data["groups"]] == ["x", "y"]
    assert data["groups"][1]["mean"] is data["groups"][1]["at_least"]["rendah"] is None
    assert [each["agency"] for each in data["ungrouped"]["agencies"]] == ["D"]
    first, second = data["groups"][0]["agencies"]
    assert (first["year"], first["stage"], first["rise"]) == (2026, "verified", None)
    assert (first["rise_remarks"], second["rise_remarks"]) == ([], [])
    assert second["gap"] == second["rise"] | {"exact": "5/2", "decimal": "2.5"}
    assert (second["before"]["exact"], second["band"]) == ("0", "tengah")
    assert (second["rank_inside"], second["rank_outside"]) == (2, 2)
    assert "dimensions" not in second
    (third,) = data["groups"][1]["agencies"]
    assert (third["total"], third["gap"], third["rank_inside"]) == (None, None, None)


def test_one_group_has_the_gaps():
    data = json.loads(json_text(board_json(FOUND, (FOUND["x"],))))
    assert data["ungrouped"] is None
    (group,) = data["groups"]
    assert group["agencies"][1]["dimensions"]["d2"] == {
        "points": {"exact": "1", "decimal": "1"},
        "to_best": {"exact": "3", "decimal": "3"},
        "to_leader": {"exact": "3", "decimal": "3"},
        "best": ["A"],
    }
    whole = board_json(FOUND, (FOUND.whole,))["groups"][0]
    assert whole["agencies"][2]["dimensions"]["d2"]["points"] is None


def test_one_agency():
    data = json.loads(json_text(entry_json(FOUND.entry("B"), FOUND.peers("B"))))
    assert data["group"]["name"] == "x"
    assert (data["agency"], data["rank_inside"]) == ("B", 2)
    peers = data["peers"]
    assert peers["dimensions"] == ["d1", "d2"]
    assert (peers["same_kind"], peers["lacking"]) == (True, [])
    assert [peer["agency"] for peer in peers["nearest"]] == ["D", "A"]
    (ahead,) = peers["next_better"]
    assert ahead["distance"] == {"exact": "5/4", "decimal": "1.25"}
    assert (ahead["total"]["exact"], ahead["band"], ahead["rank"]) == ("4", "tinggi", 1)
    assert peers["left_out"] == [{"agency": "C", "lacking": ["d1", "d2"]}]
    assert peers["what_they_do"][0] == {
        "indicator": "i1",
        "own": {"level": 2, "criterion": {"id": "i1 langkah 2", "en": "i1 step 2"}},
        "reached": {"level": 4, "criterion": {"id": "i1 langkah 4", "en": "i1 step 4"}},
        "count": 1,
        "levels": {"A": 4},
    }
    assert peers["what_they_do"][2]["own"] == {"level": 1, "criterion": None}


def test_without_an_earlier_table_and_with_a_policy():
    found = board(mi.score(NOW.assessments, missing="zero"))
    data = board_json(found)
    assert data["missing"] == "zero"
    assert data["only_before"] == data["whole"]["most_improved"] == []


def test_what_is_not_exact_says_so():
    rules = instrument(
        root=dimension(
            "indeks",
            indicator("i1", levels=levels(1, 2, 3)),
            indicator("i2", levels=levels(1, 2, 3)),
            rule=GeometricMean(basis=FLAT.root.basis),
        )
    )
    found = board(table(row("A", 1, 2, rules=rules), row("B", 0, 0, rules=rules)))
    mean = board_json(found)["whole"]["mean"]
    assert (mean["exact"], mean["approximate"]) == (None, True)
    distance = entry_json(found.entry("A"), found.peers("A"))["peers"]["nearest"][0]["distance"]
    assert distance["approximate"] is True
