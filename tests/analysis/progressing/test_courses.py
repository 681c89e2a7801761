"""Streaks and setbacks."""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.progressing import Direction, Progress, progress
from progress_cases import total, year


def course(*totals: object) -> Progress:
    """Return the course of an agency through these totals; None for one that is not known."""
    return progress(
        [
            year(2020 + place) if value is None else total(2020 + place, value)
            for place, value in enumerate(totals)
        ]
    )


def test_the_latest_streak():
    found = course(1, 2, "1.5", "1.6", "1.7")
    assert found.streak.direction is Direction.ROSE
    assert found.streak.periods == 2
    assert found.streak.difference == Fraction(1, 5)
    assert found.streak.label.en == "rose for 2 periods in a row (2022–2024)"
    assert repr(found.streak) == "<Streak: rose for 2 periods in a row (2022–2024)>"
    fell = course(1, 2, "1.5").streak
    assert (fell.direction, fell.periods) == (Direction.FELL, 1)
    assert fell.label.id == "turun dalam satu periode (2021–2022)"
    held = course(1, 2, 2, 2).streak
    assert (held.direction, held.periods, held.difference) == (Direction.HELD, 2, 0)


def test_ever_so_little_is_a_rise():
    found = course("1.0000", "1.0001")
    assert found.streak.direction is Direction.ROSE


def test_without_a_period_or_without_a_total_there_is_no_streak():
    assert course(1).streak is None
    assert course(1, 2, None).streak is None
    # What is not known ends a streak.
    assert course(1, None, 2, 3).streak.periods == 1


def test_the_longest_rise():
    assert course(3, 2, 1).longest_rise is None
    found = course(1, 2, 1, 2, 3, 2, "2.5").longest_rise
    assert (found.periods, found.label.en) == (2, "rose for 2 periods in a row (2022–2024)")
    # Of several that are as long, the latest.
    found = course(1, 2, 1, 2).longest_rise
    assert found.label.en == "rose for one period (2022–2023)"


def test_setbacks():
    found = progress([year(2023, 2, 2, 2), year(2024, 3, 0, 2), year(2025, 3, 1, 1)])
    assert [
        (each.change.label.en, each.code, each.is_dimension, each.before, each.after)
        for each in found.setbacks
    ] == [
        ("2023–2024", "d1", True, 2, Fraction(3, 2)),
        ("2023–2024", "i2", False, 2, 0),
        ("2024–2025", "d2", True, 2, 1),
        ("2024–2025", "i3", False, 2, 1),
    ]
    assert repr(found.setbacks[1]) == "<Setback of i2, 2023–2024: 2 to 0>"
    assert found.setbacks[0].name.en == "dimension d1"
    # What nobody answers any more has not fallen.
    assert progress([year(2023, 2, 2, 2), year(2024, 2, 2)]).setbacks == ()
