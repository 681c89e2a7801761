"""Who is best in a dimension, and what the others lack."""

from __future__ import annotations

import pytest

from board_rules import row, table
from meritindex.analysis.boards import board


def test_what_is_not_known_is_not_best_where_the_best_is_nothing():
    group = board(table(row("A", 0, 0, 0), row("B"), row("C", 0, 0, 0))).whole
    best = group.bests[0]
    assert (best.points, best.of_leader) == (0, 0)
    assert [agency.name for agency in best.agencies] == ["A", "C"]
    assert group.gaps[1]["d1"].to_best is None


def test_the_leader_is_not_always_the_best():
    group = board(table(row("A", 4, 4, 1), row("B", 0, 0, 2), row("C", 0, 0, 0))).whole
    first, second = group.bests
    assert (first.of_leader, second.of_leader) == (4, 1)
    gaps = group.gaps[1]
    assert (gaps.total, gaps["d2"].to_best, gaps["d2"].to_leader) == (1.5, 0, -1)
    assert gaps["d1"].name.en == first.name.en == "dimension d1"
    with pytest.raises(KeyError):
        gaps["d3"]


def test_of_several_leaders_the_highest_points_count():
    group = board(table(row("A", 4, 4, 0), row("B", 0, 0, 4), row("C", 1, 1, 1))).whole
    assert [best.of_leader for best in group.bests] == [4, 4]
    assert [gap.to_leader for gap in group.gaps[2].dimensions] == [3, 3]
