"""Who is most like an agency, and what those do that are ahead."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

import meritindex as mi
from board_rules import FLAT, row, table
from builders import MEAN, dimension, faults_of, indicator, instrument, only_fault
from meritindex.analysis.boards import peers
from meritindex.definition import WeightedSum
from meritindex.language import LANGUAGES

TABLE = table(
    row("A", 1, 1, 1),
    row("B", 2, 2, 1),
    row("C", 1, 1, 2),
    row("D", 0, 0, 1),
    row("E", 4, 4, 4, kind="ministry"),
    row("F", 3, 3),
    row("G", 1, 1, 1, kind=None),
)


def names(found):
    return [peer.agency.name for peer in found]


def test_the_nearest_with_ties():
    found = peers(TABLE, "A", 1)
    assert names(found.nearest) == ["B", "C", "D"]
    assert {peer.distance for peer in found.nearest} == {Fraction(1, 4)}
    assert names(found.next_better) == ["B", "C"]
    assert [(each.agency.name, each.lacking) for each in found.left_out] == [("F", ("d2",))]
    peer = found.nearest[0]
    assert (peer.total, peer.band, peer.rank, peer.row) == (Fraction(3, 2), "tengah", 2, 1)


def test_any_kind():
    assert names(peers(TABLE, "A", 9, same_kind=False).nearest) == ["G", "B", "C", "D", "E"]
    assert names(peers(TABLE, "G", 1, same_kind=False).nearest) == ["A"]
    found = peers(TABLE, "E")
    assert found.nearest == found.next_better == found.what_they_do == ()


def test_without_a_profile_of_its_own():
    found = peers(TABLE, "F")
    assert found.lacking == ("d2",)
    assert found.nearest == found.next_better == found.what_they_do == ()
    assert found.left_out == ()


def test_without_a_total_of_its_own_nobody_is_ahead():
    rules = instrument(
        root=dimension(
            "indeks", dimension("d1", indicator("i1"), rule=MEAN), indicator("i2"), rule=MEAN
        )
    )
    found = peers(table(row("A", 1, rules=rules), row("B", 2, 2, rules=rules)), "A")
    assert names(found.nearest) == ["B"]
    assert found.next_better == ()


@pytest.mark.parametrize("count", [0, -3])
def test_a_count_that_is_none(count):
    fault = only_fault(mi.MeritIndexError, lambda: peers(TABLE, "A", count))
    assert (fault.code, fault.value) == ("peers-count", str(count))
    assert all(str(count) in fault.in_language(language) for language in LANGUAGES)


def test_a_kind_that_is_not_known():
    faults = faults_of(mi.MeritIndexError, lambda: peers(TABLE, "G", 0))
    assert [fault.code for fault in faults] == ["peers-count", "peers-kind-unknown"]
    assert faults[1].agency == "G"
    assert "compare with all kinds" in faults[1].in_language("en")
    assert "bandingkan dengan semua jenis" in faults[1].in_language("id")


def test_an_agency_twice_in_the_table():
    many = table(row("A", 1, 1, 1), row("B", 1, 1, 1, year=2024), row("B", 2, 2, 2, year=2025))
    fault = only_fault(mi.MeritIndexError, lambda: peers(many, "A"))
    assert (fault.code, fault.agency) == ("board-agency-twice", "B")


def test_who_is_not_there():
    assert only_fault(mi.UnknownNameError, lambda: peers(TABLE, "Z")).value == "Z"
    with pytest.raises(IndexError):
        peers(TABLE, 99)


def test_a_flat_instrument_compares_totals():
    found = peers(table(*(row(name, level, rules=FLAT) for name, level in (("A", 1), ("B", 2)))), 0)
    assert found.lacking == ("indeks",)
    found = peers(table(row("A", 1, 0, rules=FLAT), row("B", 4, 1, rules=FLAT)), 0)
    assert [each.code for each in found.dimensions] == ["indeks"]
    assert found.nearest[0].distance == Fraction(1, 2)


def test_what_is_always_worth_the_same_does_not_count():
    rules = instrument(
        root=dimension(
            "indeks",
            dimension("d1", indicator("i1", 0), indicator("i2", 1), rule=MEAN),
            dimension("d2", indicator("i3", 0), rule=WeightedSum(basis=MEAN.basis)),
            rule=MEAN,
        )
    )
    found = peers(table(row("A", 1, 1, 1, rules=rules), row("B", 4, 1, 4, rules=rules)), 0)
    assert found.nearest[0].distance == 0


def test_wide_numbers_are_exact():
    small = Fraction(1, 3**45)
    rules = instrument(
        root=dimension(
            "indeks",
            dimension("d1", indicator("i1", small), indicator("i2", 1 - small), rule=MEAN),
            rule=MEAN,
        )
    )
    many = table(
        row("A", 1, 1, rules=rules), row("B", 2, 1, rules=rules), row("C", 0, 1, rules=rules)
    )
    found = peers(many, 0, 1)
    assert names(found.nearest) == ["B", "C"]
    assert found.nearest[0].distance == small / 4


def test_what_most_do():
    many = table(
        row("A", 1, 2, 0),
        row("B", 4, 2, 1),
        row("C", 3, 1, 1),
        row("D", 0, 4, 4),
        row("E", 4, 4, 0),
        row("F", 2, 1),
    )
    found = peers(many, "A", 4)
    assert sorted(names(found.next_better)) == ["B", "C", "D", "E"]
    first, second = found.what_they_do
    assert (first.code, first.own.value, first.reached.value, first.higher) == ("i1", 1, 3, 3)
    assert first.count_at_least(4) == 2
    assert first.reached.criterion.id == "i1 langkah 3"
    assert first.name.en == "indicator i1"
    assert (second.code, second.reached.value, second.higher) == ("i3", 1, 3)
    assert {agency.name: level for agency, level in first.levels}["D"] == 0


def test_half_are_not_most():
    many = table(row("A", 1, 1, 1), row("B", 4, 1, 1), row("C", 1, 4, 1))
    assert peers(many, "A").what_they_do == ()


def test_what_is_not_answered_is_not_compared():
    rules = instrument(
        root=dimension(
            "indeks",
            dimension(
                "d1",
                indicator("i1"),
                indicator("i2", missing="zero", missing_basis=MEAN.basis),
                rule=MEAN,
            ),
            rule=MEAN,
        )
    )
    many = table(row("A", 1, rules=rules), row("B", 2, 4, rules=rules), row("C", 2, rules=rules))
    found = peers(many, "A")
    assert [each.code for each in found.what_they_do] == ["i1"]
    # One of two has an answer there at all, which is not most of them.
    assert [each.code for each in peers(many, "C").what_they_do] == []


def test_equality_and_what_it_shows_to_a_programmer():
    found = peers(TABLE, "A", 1)
    assert found == peers(TABLE, 0, 1)
    assert found != peers(TABLE, 0, 2)
    assert found != "A"
    assert repr(found) == "<Peers of A: B, C, D>"
    assert repr(peers(TABLE, "E")) == "<Peers of E: none>"
    assert (
        repr(peers(table(row("A", 1, 1, 1, synthetic=True)), 0)) == "<Peers of A: none, synthetic>"
    )
    assert pickle.loads(pickle.dumps(found)).nearest == found.nearest
    assert found.card.agency.name == "A"
    with pytest.raises(TypeError):
        hash(found)
