"""Levels and steps without effect, and values that lower what they rise in."""

from __future__ import annotations

import pytest

from builders import ASSUMED, OFFICIAL, levels, measure
from lint_looking import check, found, only, share, top
from meritindex.definition import GoalpostScale, Step, ThresholdScale

UP = GoalpostScale(low=0, high=1, basis=ASSUMED)
DOWN = GoalpostScale(low=0, high=1, points_at_low=1, points_at_high=0, basis=ASSUMED)
CITED = GoalpostScale(low=0, high=1, points_at_low=1, points_at_high=0, basis=OFFICIAL)


def thresholds(*steps, basis=ASSUMED):
    """Return a scale of these pairs of start and points."""
    return ThresholdScale(
        steps=[Step(points=points, start=start) for start, points in steps], basis=basis
    )


# Without effect


def test_a_level_worth_the_same():
    definition = top(share("a", levels=levels(0, 1, 1, 2)), share("b"))
    finding = only(definition, "level-without-effect")
    check(finding, "warning", "a", "level 2 of a", "as level 1 (1)")
    assert found(top(share("a"), share("b")), "level-without-effect") == []


def test_indicators_of_one_scale_share_a_finding():
    alike = [share(code, levels=levels(0, 1, 1)) for code in ("a", "b", "c")]
    check(only(top(*alike), "level-without-effect"), "warning", "a", "of a, b and c")


def test_steps_worth_the_same():
    scale = thresholds((None, 0), ("0.5", 1), ("0.9", 1))
    finding = only(top(measure("m", scale=scale)), "level-without-effect")
    check(finding, "warning", "m", "step 3 of m", "as step 2 (1)")


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        (((None, 0), (70, 1)), "step 2"),  # percent on a share
        (((None, 0), (0, 1)), "step 1"),
        (((None, 0), ("0.501", 1), ("0.509", 2)), "step 2"),  # between two decimals
    ],
)
def test_steps_that_no_value_gets(steps, named):
    finding = only(top(measure("m", scale=thresholds(*steps))), "level-without-effect")
    check(finding, "warning", "m", named, "from 0 to 1, with 2 decimals")


def test_steps_that_are_all_needed():
    scale = thresholds((None, 0), ("0.5", 1), (1, 2))
    assert found(top(measure("m", scale=scale)), "level-without-effect") == []


@pytest.mark.parametrize(("low", "high"), [(1, 2), (20, 85), (-2, 0)])
def test_posts_beyond_all_values(low, high):
    scale = GoalpostScale(low=low, high=high, basis=ASSUMED)
    finding = only(top(measure("m", scale=scale)), "level-without-effect")
    check(finding, "warning", "m", f"posts {low} and {high}", "the same")


def test_posts_that_values_pass():
    near = GoalpostScale(low="0.9", high=2, basis=ASSUMED)
    open_ = GoalpostScale(low=20, high=85, capped=False, basis=ASSUMED)
    for scale in (near, open_, UP):
        assert found(top(measure("m", scale=scale)), "level-without-effect") == []


# Falling


def test_a_deduction_lowers():
    definition = top(share("a"), deductions=(measure("off", None),))
    check(only(definition, "breaks-monotony"), "warning", "off", "taken off", "assumed: example")
    cited = top(share("a"), deductions=(measure("off", None, basis=OFFICIAL),))
    check(only(cited, "breaks-monotony"), "note", "off", "taken off", "rests on law")
    bonus = top(share("a"), bonuses=(measure("on", None),))
    assert found(bonus, "breaks-monotony") == []


def test_reversed_posts_lower():
    check(only(top(measure("m", scale=DOWN)), "breaks-monotony"), "warning", "m", "is reversed")
    check(only(top(measure("m", scale=CITED)), "breaks-monotony"), "note", "m", "rests on law")
    assert found(top(measure("m", scale=UP)), "breaks-monotony") == []
    assert found(top(measure("m")), "breaks-monotony") == []


def test_what_falls_and_is_taken_off_raises():
    definition = top(share("a"), deductions=(measure("off", None, scale=DOWN),))
    assert found(definition, "breaks-monotony") == []
    rising = top(share("a"), deductions=(measure("off", None, scale=UP),))
    check(only(rising, "breaks-monotony"), "warning", "off", "taken off")


def test_steps_that_fall():
    both = thresholds((None, 0), ("0.5", 2), ("0.9", 1))
    finding = only(top(measure("m", scale=both)), "breaks-monotony")
    check(finding, "warning", "m", "rise at one threshold and fall at another")
    falling = thresholds((None, 2), ("0.5", 1), basis=OFFICIAL)
    check(only(top(measure("m", scale=falling)), "breaks-monotony"), "note", "m", "is reversed")
    taken = top(share("a"), deductions=(measure("off", None, scale=both),))
    check(only(taken, "breaks-monotony"), "warning", "off", "taken off")


def test_a_fall_that_no_value_gets_to():
    scale = thresholds((None, 0), ("0.5", 2), (70, 1))
    assert found(top(measure("m", scale=scale)), "breaks-monotony") == []
