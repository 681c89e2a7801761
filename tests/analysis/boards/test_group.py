"""One group of a board."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from board_rules import FLAT, row, table
from builders import only_fault
from meritindex.analysis.boards import board
from meritindex.language import LANGUAGES

TABLE = table(row("A", 4, 4, 4), row("B", 4, 4, 4), row("C", 2, 2, 1), row("D", 0, 0, 0), row("E"))
GROUP = board(TABLE).whole


def test_shares_by_either_name():
    for name in ("tengah", "TENGAH", " tengah (en)"):
        assert GROUP.share_at_least(name) == Fraction(3, 4)
    assert GROUP.share_at_least("rendah") == 1
    assert board(TABLE, {"E": "x"})["x"].share_at_least("rendah") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_band(language):
    fault = only_fault(mi.UnknownNameError, lambda: GROUP.share_at_least("Maju"))
    assert (fault.code, fault.value) == ("board-band-unknown", "Maju")
    assert '"Maju"' in fault.in_language(language)
    assert fault.in_language(language).endswith("rendah, tengah, tinggi")
    flat = board(table(row("A", 1, 1, rules=FLAT))).whole
    fault = only_fault(mi.UnknownNameError, lambda: flat.share_at_least("Maju"))
    assert fault.allowed.en == "there are no bands"
    assert dict(flat.bands) == {}
    assert flat.without_band == 1


def test_ties_are_all_named():
    assert [agency.name for agency in GROUP.leaders] == ["A", "B"]
    assert GROUP.ranks_inside == (1, 1, 3, 4, None)
    assert [agency.name for agency in GROUP.bests[0].agencies] == ["A", "B"]


def test_ranks_inside_and_outside():
    found = board(TABLE, {"C": "x", "D": "x", "E": "x"})["x"]
    assert found.ranks_inside == (1, 2, None)
    assert found.ranks_outside == (3, 4, None)
    assert len(found) == found.count == 3
    assert found.known == 2


def test_of_an_even_number_the_median_lies_between():
    assert GROUP.quartiles == (Fraction(9, 8), Fraction(11, 4), Fraction(4))
    assert GROUP.median == Fraction(11, 4)
    assert (GROUP.lowest, GROUP.highest) == (0, 4)


def test_a_tie_that_doubles_would_split():
    # 0.1 + 0.2 and 0.3 are one total, and one rank.
    points = {"a1": "0.5", "a2": "1", "a3": "0.5"}
    other = {"a1": "1", "a2": "0.5", "a3": "0.5"}
    rest = dict.fromkeys(("a4", "a5", "a6", "a7", "a8"), 1)
    many = [
        mi.Assessment(agency=name, instrument="ism-2019", points={**each, **rest})
        for name, each in (("Jambi", points), ("Bengkulu", other))
    ]
    assert len(board(mi.score(many)).whole.leaders) == 2
