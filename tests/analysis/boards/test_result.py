"""A board: the order of its groups, and what is asked of it by name."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from board_rules import FLAT, RULES, row, table
from builders import only_fault
from meritindex.analysis.boards import board
from meritindex.language import LANGUAGES

ROWS = (
    row("A", 4, 4, 4),
    row("B", 2, 2, 2, year=2024, stage="verified"),
    row("C", 2, 2, 2),
    row("D", 1),
    row("E", 0, 0, 0),
)
TABLE = table(*ROWS)
BY = {"A": "Utara", "E": "Utara", "B": "barat", "C": "Timur", "D": "kosong"}


def test_groups_are_in_the_order_of_their_means():
    found = board(TABLE, BY)
    assert [(group.name, group.mean) for group in found] == [
        ("Timur", 2),
        ("Utara", 2),
        ("barat", 2),
        ("kosong", None),
    ]
    assert len(found) == 4
    assert found.ungrouped is None


def test_groups_by_name():
    found = board(mi.score(mi.sample()), "kind")
    assert found["city"] is found["kota"] is found[" KOTA "]
    assert found["city"].label.en == "city"
    assert found["city"] in found.groups
    assert found.ungrouped is None
    every = board(TABLE)
    assert every["semua  instansi"] is every["all agencies"]
    assert every["all agencies"] == every.whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_group(language):
    found = board(TABLE, BY)
    fault = only_fault(mi.UnknownNameError, lambda: found["selatan"])
    assert (fault.code, fault.value) == ("board-group-unknown", "selatan")
    said = fault.in_language(language)
    assert '"selatan"' in said
    assert said.endswith("Timur; Utara; barat; kosong")
    fault = only_fault(mi.UnknownNameError, lambda: board(TABLE, {})["x"])
    assert fault.allowed.id == "-"


@pytest.mark.parametrize(
    ("asked", "indonesian", "english"),
    [
        ("Jawa", "Jawa Timur; Jawa Barat; Jawa Tengah", "Jawa Timur; Jawa Barat; Jawa Tengah"),
        ("Jambii", "Jambi", "Jambi"),
        ("Bengkullu", "Bengkulu", "Bengkulu"),
    ],
)
def test_groups_that_are_meant_perhaps(asked, indonesian, english):
    found = board(mi.score(mi.sample()), "province")
    fault = only_fault(mi.UnknownNameError, lambda: found[asked])
    assert fault.allowed == mi.Text(indonesian, english)
    assert fault.message.id.endswith(f"mungkin: {indonesian}")
    assert fault.message.en.endswith(f"perhaps: {english}")


def test_groups_are_named_in_the_language_of_the_reader():
    found = board(mi.score(mi.sample()))
    fault = only_fault(mi.UnknownNameError, lambda: found["semua"])
    assert fault.allowed == mi.Text("semua instansi", "all agencies")
    kinds = board(mi.score(mi.sample()), "kind")
    fault = only_fault(mi.UnknownNameError, lambda: kinds["zzz"])
    assert fault.allowed == mi.Text("provinsi; kabupaten; kota", "province; regency; city")


def test_many_groups_are_counted():
    found = board(mi.score(mi.sample()), "province")
    for asked in ("zzz", ""):
        fault = only_fault(mi.UnknownNameError, lambda asked=asked: found[asked])
        assert fault.allowed.id.endswith("; dan 26 lainnya")
        assert fault.allowed.en.endswith("; and 26 more")
        assert fault.allowed.en.count(";") == 12


def test_who_has_no_group_is_apart():
    found = board(TABLE, {"A": "Utara"})
    assert [group.name for group in found] == ["Utara"]
    assert [agency.name for agency in found.ungrouped.agencies] == ["B", "C", "D", "E"]
    assert found.group_of(1) is found.ungrouped
    assert found.whole.count == 5


def test_rows_have_bounds():
    found = board(TABLE, BY)
    with pytest.raises(IndexError):
        found.group_of(5)
    with pytest.raises(IndexError):
        found.entry(5)
    assert only_fault(mi.UnknownNameError, lambda: found.entry("Z")).value == "Z"


def test_an_entry():
    found = board(TABLE, BY, before=table(row("E", 0, 0, 1), row("A", 4, 4, 3)))
    entry = found.entry("E")
    assert entry.agency.name == entry.card.agency.name == "E"
    assert (entry.total, entry.band) == (0, "rendah")
    assert (entry.rank_inside, entry.rank_outside) == (2, 4)
    assert entry.rise.points == Fraction(-1, 2)
    assert entry.gaps.total == 4
    assert entry.gaps["d1"].to_best == entry.gaps["d1"].to_leader == 4
    assert repr(entry) == "<BoardEntry of E in Utara: 0, rank 2 inside, 4 outside>"
    with pytest.raises(KeyError):
        entry.gaps["d9"]
    unknown = found.entry("D")
    assert (unknown.total, unknown.rank_inside, unknown.rise) == (None, None, None)
    assert repr(unknown).startswith("<BoardEntry of D in kosong: None, rank None inside")


def test_an_empty_table():
    found = board(TABLE.rows(np.array([], dtype=np.intp)))
    assert (len(found), found.whole.count, found.whole.mean) == (0, 0, None)
    assert found.ungrouped is None
    assert found.whole.highest is found.whole.lowest is None
    assert not found.whole.leaders
    assert found.standing is mi.Standing.OFFICIAL
    for language in LANGUAGES:
        assert found.to_text(language)
        assert found.whole.to_text(language)


def test_equality_and_what_it_shows_to_a_programmer():
    found = board(TABLE, BY)
    assert found == board(TABLE, dict(BY))
    assert found != board(TABLE)
    assert found != board(TABLE, BY, before=TABLE)
    assert found != "papan"
    assert found.whole != "papan"
    assert found["barat"] != found["Timur"]
    assert repr(found) == "<Board of 5 in 4 groups under example, stated, assumed>"
    assert repr(found["Utara"]) == "<BoardGroup Utara: 2 of 2 with a total, mean 2, assumed>"
    made_up = board(table(row("A", 1, 1, 1, synthetic=True)))
    assert repr(made_up).endswith("assumed, synthetic>")
    assert repr(made_up.whole).endswith("assumed, synthetic>")
    assert pickle.loads(pickle.dumps(found))["Utara"] == found["Utara"]
    for value in (found, found.whole, found.entry(0)):
        with pytest.raises(TypeError):
            hash(value)


def test_instrument_and_peers():
    found = board(TABLE, BY)
    assert found.instrument == RULES
    assert found.exact
    assert [peer.agency.name for peer in found.peers("A", 2).nearest] == ["B", "C"]
    flat = board(table(row("A", 1, 1, rules=FLAT)))
    assert flat.whole.bests == ()
    assert flat.whole.gaps[0].dimensions == ()
