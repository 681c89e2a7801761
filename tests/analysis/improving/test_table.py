"""The improvements of many agencies."""

from __future__ import annotations

import pickle

import pytest

import meritindex as mi
from improve_builders import BANDED, OPEN, TWO, answered, raised

ROWS = [
    answered(BANDED, "A", 1, 1, year=2025),
    answered(BANDED, "B", 4, 4, synthetic=True),
    answered(BANDED, "C", levels={"a": 1}),
    answered(BANDED, "D", 0, 4),
    answered(BANDED, "A", 2, 1, year=2026),
]
TABLE = mi.improve(ROWS, costs={"a": 2, "b": 1}, budget=6)


def test_a_table_lists_statuses_and_costs() -> None:
    assert TABLE.statuses == ("planned", "reached", "unknown", "planned", "planned")
    assert len(TABLE) == 5
    assert TABLE.costs == tuple(
        found.cost if found.status == "planned" else None for found in TABLE
    )
    assert [cost is None for cost in TABLE.costs] == [False, True, True, False, False]
    poor = mi.improve(ROWS, budget=0)
    assert set(poor.statuses) == {"unreachable", "reached", "unknown"}
    assert set(poor.costs) == {None}


def test_a_table_counts_how_often_each_indicator_is_raised() -> None:
    counts = dict(TABLE.common_steps)
    assert counts == {code: sum(code in raised(found) for found in TABLE) for code in counts}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    same = mi.improve([answered(TWO, "A"), answered(TWO, "B", 2, 2)], to=20)
    assert same.common_steps == (("a", 2), ("b", 2))
    assert mi.improve([answered()], to=5).common_steps == ()


def test_rows_go_by_number_and_by_name() -> None:
    assert TABLE[1] == TABLE.improvements[1]
    assert TABLE[-1] == TABLE.improvements[4]
    assert TABLE["D"].agency.name == "D"
    assert TABLE.row_of("D") == 3
    assert TABLE.row_of("A", lambda facts: facts.year == 2026) == 4
    with pytest.raises(IndexError):
        TABLE[5]
    for name in ("X", "A"):
        with pytest.raises(mi.UnknownNameError):
            TABLE[name]


def test_a_table_says_whose_it_is_and_how_firmly() -> None:
    scores = mi.score(ROWS)
    assert TABLE.agencies == scores.agencies
    assert (TABLE.instrument, TABLE.weighting) == (BANDED, BANDED.default_weighting)
    assert (TABLE.synthetic, TABLE.standing, TABLE.reasons, TABLE.left_out) == (
        True,
        scores.standing,
        scores.reasons,
        (),
    )
    assert mi.improve([answered(OPEN)], to=2, weighting=mi.Admissible()).weighting == (
        mi.Admissible()
    )


def test_a_table_is_a_value() -> None:
    again = pickle.loads(pickle.dumps(TABLE))
    assert again == TABLE
    assert again[0].single_steps == TABLE[0].single_steps
    assert mi.improve(ROWS, costs={"a": 2, "b": 1}, budget=5) != TABLE
    with pytest.raises(TypeError):
        hash(TABLE)


def test_a_repr_counts_statuses() -> None:
    assert repr(TABLE) == (
        "<ImprovementTable of 5 under example: 1 reached, 3 planned, 1 unknown, assumed, synthetic>"
    )


def test_a_table_is_shown_as_text_and_as_html() -> None:
    assert TABLE.to_text() == TABLE.to_text("id", 80)
    assert TABLE.to_text("en") != TABLE.to_text("id")
    assert TABLE._repr_html_() == TABLE.to_html() == TABLE.to_html("id")
    assert TABLE.to_html("en") != TABLE.to_html("id")
