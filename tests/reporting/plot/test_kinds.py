"""A plot refuses at once what it does not draw."""

from __future__ import annotations

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from plot_cases import scored, table


@pytest.mark.parametrize(
    ("plot", "given", "said"),
    [
        ("waterfall", "card", "Reconciliation or Improvement or PeriodChange, not a ScoreCard"),
        ("dimensions", "table", "ScoreCard, not a ScoreTable"),
        ("ladder", "table", "ScoreCard, not a ScoreTable"),
    ],
)
def test_another_kind_is_named_with_what_is_taken(plot, given, said):
    wrong = scored(1, 2) if given == "card" else table()
    with pytest.raises(TypeError, match=f"mi.plot.{plot} draws a {said}"):
        getattr(mi.plot, plot)(wrong)
