"""When a total is high enough."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from meritindex.analysis.improving.outcomes import Goal, Outcome
from meritindex.scoring import ExactColumn

OUTCOME = Outcome(
    totals=ExactColumn(np.array([4, 5, 6, 9]), 2, np.array([True, True, True, False])),
    bands=np.array([1, 2, 2, 0], dtype=np.uint8),
    certain=np.array([1, 1, 2, 0], dtype=np.uint8),
)


def test_a_goal_asks_for_a_total_and_a_band() -> None:
    assert OUTCOME.reach(Goal(None)).tolist() == [True, True, True, False]
    assert OUTCOME.reach(Goal(Fraction(5, 2))).tolist() == [False, True, True, False]
    assert OUTCOME.reach(Goal(Fraction(5, 2), inclusive=False)).tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert OUTCOME.reach(Goal(Fraction(2), band=2)).tolist() == [False, False, True, False]


def test_the_last_row_stands_alone() -> None:
    last = OUTCOME.last
    assert (list(last.totals), last.bands.tolist(), last.certain.tolist()) == ([None], [0], [0])
