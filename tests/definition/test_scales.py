"""How an answer becomes points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASSUMED, check_fault, faults_of, levels, only_fault, unhurried
from meritindex.definition import Level, LevelScale
from meritindex.errors import DefinitionError


class TestLevelScale:
    @unhurried
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
