"""How an answer becomes points."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASSUMED, check_fault, faults_of, levels, only_fault
from meritindex.definition import GoalpostScale, Level, LevelScale, Step, ThresholdScale
from meritindex.errors import DefinitionError
from meritindex.language import LANGUAGES


class TestLevelScale:
    @given(st.integers(0, 200), st.integers(1, 51))
    def test_a_level_is_found_by_its_number(self, first: int, count: int) -> None:
        scale = LevelScale(levels=levels(*range(count), first=first), basis=ASSUMED)
        for level in scale.levels:
            assert scale.level(level.value) is level

    @pytest.mark.parametrize("numbers", [[], [0, 2], [1, 0], [1, 1], [0, 1, 2, 4]])
    def test_levels_that_are_none_or_not_consecutive(self, numbers: list[int]) -> None:
        steps = tuple(Level(value=number, points=Fraction(1)) for number in numbers)
        fault = only_fault(DefinitionError, lambda: LevelScale(levels=steps, basis=ASSUMED))
        check_fault(fault, "levels-not-consecutive", None, ", ".join(map(str, numbers)) or "-")

    @pytest.mark.parametrize(("first", "last"), [(-1, 1), (250, 251), (-1, 251)])
    def test_levels_outside_the_scale(self, first: int, last: int) -> None:
        steps = levels(*range(last - first + 1), first=first)
        fault = only_fault(DefinitionError, lambda: LevelScale(levels=steps, basis=ASSUMED))
        check_fault(fault, "levels-outside-scale", None, str(first), str(last), "250")

    def test_levels_may_fill_the_scale(self) -> None:
        assert len(LevelScale(levels=levels(*range(251)), basis=ASSUMED).levels) == 251

    def test_every_level_that_is_worth_less_than_the_one_below(self) -> None:
        steps = levels("2.5", "1.25", "1.25", 0, first=1)
        first, second = faults_of(DefinitionError, lambda: LevelScale(levels=steps, basis=ASSUMED))
        check_fault(first, "levels-fall", None, "1", "2", "2.5", "1.25")
        check_fault(second, "levels-fall", None, "3", "4", "1.25", "0")

    def test_levels_are_compared_however_fine_their_points_are(self) -> None:
        steps = levels("2/3", "0.66666666")
        fault = only_fault(DefinitionError, lambda: LevelScale(levels=steps, basis=ASSUMED))
        check_fault(fault, "levels-fall", None, "2/3", "0.66666666")


SHARES = ThresholdScale(
    steps=[Step(points=0), Step(points=1, start=70), Step(points=3, start=70, inclusive=False)],
    basis=ASSUMED,
)


class TestThresholdScale:
    @pytest.mark.parametrize(
        ("value", "points"), [("-5", 0), ("69.99", 0), ("70", 1), ("70.01", 3), ("1000", 3)]
    )
    def test_a_value_is_worth_the_last_step_that_it_reaches(self, value: str, points: int) -> None:
        assert SHARES.points_of(Fraction(value)) == points
        assert SHARES.step_of(Fraction(value)).points == points
        assert SHARES.exact

    def test_its_ends_are_those_of_the_steps_that_can_be_reached(self) -> None:
        assert SHARES.ends(Fraction(0), Fraction(69)) == (0, 0)
        assert SHARES.ends(Fraction(0), Fraction(100)) == (0, 3)
        assert SHARES.ends(Fraction(70), Fraction(71)) == (1, 3)
        falling = ThresholdScale(
            steps=[Step(points=5), Step(points=9, start=1), Step(points=2, start=2)], basis=ASSUMED
        )
        assert falling.ends(Fraction(0), Fraction(2)) == (2, 9)

    @pytest.mark.parametrize(
        "steps", [[], [Step(points=0)], [Step(points=0, start=1), Step(points=1, start=2)]]
    )
    def test_two_steps_are_needed_and_the_lowest_is_open(self, steps: list[Step]) -> None:
        fault = only_fault(DefinitionError, lambda: ThresholdScale(steps=steps, basis=ASSUMED))
        check_fault(fault, "thresholds-form", None)

    def test_every_start_that_does_not_rise(self) -> None:
        steps = [
            Step(points=0),
            Step(points=1, start="2.5"),
            Step(points=1, start="2.5"),
            Step(points=2, start=1),
            Step(points=3),
            Step(points=4, start=9),
        ]
        faults = faults_of(DefinitionError, lambda: ThresholdScale(steps=steps, basis=ASSUMED))
        for fault, named in zip(faults, ("2.5", "1", "-"), strict=True):
            check_fault(fault, "thresholds-order", None, named)

    def test_above_a_value_comes_after_from_the_same_value(self) -> None:
        steps = [
            Step(points=0),
            Step(points=1, start=70, inclusive=False),
            Step(points=3, start=70),
        ]
        fault = only_fault(DefinitionError, lambda: ThresholdScale(steps=steps, basis=ASSUMED))
        check_fault(fault, "thresholds-order", None, "70")


class TestGoalpostScale:
    @pytest.mark.parametrize(
        ("value", "capped", "open_points"),
        [("-10", "0.2", "-0.8"), ("0", "0.2", "0.2"), ("5", "0.7", "0.7"), ("20", "1.2", "2.2")],
    )
    def test_between_the_posts_points_are_in_proportion(
        self, value: str, capped: str, open_points: str
    ) -> None:
        posts = {"low": 0, "high": 10, "points_at_low": "0.2", "points_at_high": "1.2"}
        scale = GoalpostScale(**posts, basis=ASSUMED)
        assert scale.points_of(Fraction(value)) == Fraction(capped)
        wide = GoalpostScale(**posts, capped=False, basis=ASSUMED)
        assert wide.points_of(Fraction(value)) == Fraction(open_points)
        assert scale.exact
        assert scale.slope == Fraction(1, 10)

    def test_where_less_is_better(self) -> None:
        scale = GoalpostScale(low=2, high=6, points_at_low=1, points_at_high=0, basis=ASSUMED)
        assert [scale.points_of(Fraction(value)) for value in (1, 3, 9)] == [1, Fraction(3, 4), 0]
        assert scale.ends(Fraction(3), Fraction(100)) == (0, Fraction(3, 4))

    def test_of_logarithms(self) -> None:
        scale = GoalpostScale(low=100, high=75000, logarithmic=True, basis=ASSUMED)
        assert not scale.exact
        assert [scale.points_of(Fraction(one)) for one in (1, 100, 75000, 10**6)] == [0, 0, 1, 1]
        found = float(scale.points_of(Fraction(5000)))
        assert found == pytest.approx(math.log(50) / math.log(750), rel=1e-15)
        turned = GoalpostScale(
            low=100,
            high=75000,
            points_at_low=3,
            points_at_high=1,
            logarithmic=True,
            capped=False,
            basis=ASSUMED,
        )
        assert float(turned.points_of(Fraction(5000))) == pytest.approx(3 - 2 * found, rel=1e-14)
        assert turned.points_of(Fraction(50)) > 3

    @pytest.mark.parametrize(
        "posts",
        [
            {"low": 5, "high": 5},
            {"low": "5.5", "high": 5},
        ],
    )
    def test_posts_that_are_not_in_order(self, posts: dict[str, object]) -> None:
        fault = only_fault(DefinitionError, lambda: GoalpostScale(**posts, basis=ASSUMED))
        check_fault(fault, "goalposts-form", None, str(posts["low"]), "5")
        # Only who turned them round may have meant that less is better.
        turned = posts["low"] != posts["high"]
        for language in LANGUAGES:
            assert ("points_at_low" in fault.message.in_language(language)) is turned

    def test_posts_that_are_worth_the_same(self) -> None:
        posts = {"low": 1, "high": 5, "points_at_low": "2.5", "points_at_high": "2.5"}
        fault = only_fault(DefinitionError, lambda: GoalpostScale(**posts, basis=ASSUMED))
        check_fault(fault, "goalposts-form", None, "2.5", "points_at_low", "points_at_high")

    def test_posts_that_are_both(self) -> None:
        posts = {"low": 9, "high": 5, "points_at_low": 1}
        faults = faults_of(DefinitionError, lambda: GoalpostScale(**posts, basis=ASSUMED))
        assert [fault.code for fault in faults] == ["goalposts-form", "goalposts-form"]

    @pytest.mark.parametrize("low", ["0", "-1"])
    def test_a_post_without_a_logarithm(self, low: str) -> None:
        fault = only_fault(
            DefinitionError,
            lambda: GoalpostScale(low=low, high=5, logarithmic=True, basis=ASSUMED),
        )
        check_fault(fault, "goalposts-logarithm", None, low)

    @given(st.fractions(-50, 50), st.fractions(-50, 50), st.booleans(), st.booleans())
    def test_is_monotone(
        self, one: Fraction, other: Fraction, capped: bool, logarithmic: bool
    ) -> None:
        low, high = sorted((one, other))
        if logarithmic and not capped:
            low, high = low + 51, high + 51
        scale = GoalpostScale(low=3, high=20, capped=capped, logarithmic=logarithmic, basis=ASSUMED)
        assert scale.points_of(low) <= scale.points_of(high)
