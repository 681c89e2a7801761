"""Boards, groups and peers as CSV for others."""

from __future__ import annotations

import csv
import io

import meritindex as mi
from board_rules import row, table
from meritindex.analysis.boards import board
from meritindex.reporting.board_cells import board_csv, group_csv, peers_csv

NOW = table(
    row("A", 4, 4, 4, year=2026, stage="verified"),
    row("B", 2, 2, 1),
    row("C", 1),
    row("=D", 0, 0, 0, synthetic=True),
    row("E", 4, 4, 4),
)
THEN = table(row("B", 0, 0, 0), row("E", 4, 4, 4))
FOUND = board(NOW, {"A": "x", "B": "x", "C": "+y", "E": "x"}, before=THEN)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_groups():
    whole, first, second, none = rows(board_csv(FOUND))
    assert [each["scope"] for each in (whole, first, second, none)] == [
        *("whole", "group", "group", "ungrouped")
    ]
    assert (whole["group"], second["group"], none["group"]) == ("all agencies", "'+y", "no group")
    assert (first["count"], first["known"], first["mean_exact"]) == ("3", "3", "19/6")
    assert (first["mean"], first["leaders"], first["most_improved"]) == ("3.166667", "A; E", "B")
    assert (first["rise"], first["rise_exact"]) == ("1.5", "3/2")
    assert (first["band tinggi"], first["at_least tinggi"]) == ("2", "0.666667")
    assert (second["mean"], second["at_least rendah"], second["without_band"]) == ("", "", "1")
    assert (none["leaders"], none["synthetic"], first["synthetic"]) == ("'=D", "yes", "no")
    assert (whole["instrument"], whole["weighting"]) == ("example", "stated")


def test_a_group():
    first, second, third = rows(group_csv(FOUND["x"]))
    assert (first["agency"], first["year"], first["stage"]) == ("A", "2026", "verified")
    assert (second["total"], second["total_exact"], second["band"]) == ("1.5", "3/2", "tengah")
    assert (second["rank_inside"], second["rank_outside"]) == ("3", "3")
    assert (second["gap_exact"], second["rise_exact"]) == ("5/2", "3/2")
    assert (second["to_best d2"], second["to_leader d2"]) == ("3", "3")
    assert (third["gap"], third["rise"], first["rise"]) == ("0", "0", "")
    (unknown,) = rows(group_csv(FOUND["+y"]))
    assert (unknown["group"], unknown["total"], unknown["rank_inside"]) == ("'+y", "", "")
    assert (unknown["to_best d1"], unknown["band"]) == ("", "")


def test_peers():
    found = rows(peers_csv(FOUND.peers("B", 1)))
    assert [(each["list"], each["peer"]) for each in found] == [
        ("nearest", "'=D"),
        ("next_better", "A"),
        ("next_better", "E"),
    ]
    assert (found[1]["distance"], found[1]["distance_exact"]) == ("1.25", "5/4")
    assert (found[1]["total_exact"], found[1]["band"], found[1]["rank"]) == ("4", "tinggi", "1")
    assert found[0]["agency"] == "B"


def test_the_sample_has_a_row_for_every_province():
    found = board(mi.score(mi.sample()), "province")
    assert len(rows(board_csv(found))) == 39
    assert len(rows(group_csv(found["Bali"]))) == found["Bali"].count
