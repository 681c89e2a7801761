"""The points of indicators and measures, as integers of their columns in a program."""

from __future__ import annotations

from fractions import Fraction

import attrs

from meritindex.definition import GoalpostScale, MissingPolicy, ThresholdScale
from meritindex.numbers import least_integer
from meritindex.scoring.frames.answers import Answers
from meritindex.scoring.frames.arithmetic import Expression, chosen, instead
from meritindex.scoring.program import Column, MeasureColumn

_FILLED = (MissingPolicy.ZERO, MissingPolicy.LOWEST)


@attrs.frozen(kw_only=True)
class Child:
    """A node as its parent sees it.

    Attributes:
        number: its integers; null where it has no points.
        absent: where it does not apply; None where it always does.
        policy: what it counts for where it has no points and yet applies.
    """

    number: Expression
    absent: Expression | None
    policy: MissingPolicy

    @property
    def missing(self) -> Expression:
        """Where it has no points, and yet applies."""
        empty = self.number.is_null()
        return empty if self.absent is None else empty & ~self.absent

    @property
    def counted(self) -> Expression:
        """Its integers, zero where it does not count; null where that leaves the sum unknown."""
        if self.policy is MissingPolicy.DROP:
            return self.number.fill_null(0)
        return self.number if self.absent is None else instead(self.absent, 0, self.number)


def indicator_child(answers: Answers, column: Column) -> Child:
    """Return the points of an indicator."""
    level = answers.levels[column.indicator.code]
    number = level
    if column.table is not None:
        number = chosen(
            [
                (level == item.value, value)
                for item, value in zip(column.indicator.levels, column.table, strict=True)
            ]
        )
    if column.policy in _FILLED:
        lowest = column.numbers[0] if column.policy is MissingPolicy.LOWEST else 0
        number = number.fill_null(lowest)
    absent = answers.inapplicable(column.indicator)
    return Child(number=number, absent=absent, policy=column.policy)


def measure_child(answers: Answers, column: MeasureColumn) -> Child:
    """Return the points of a measure."""
    number = _points(column, answers.raw(column.measure))
    if column.policy in _FILLED:
        number = number.fill_null(int(column.fill))
    return Child(number=number, absent=None, policy=column.policy)


def _points(column: MeasureColumn, raw: Expression) -> Expression:
    """Return what integers over `10**decimals` are worth, in units of the column."""
    scale, unit = column.measure.scale, 10**column.measure.decimals
    if isinstance(scale, ThresholdScale):
        return chosen(
            [
                (
                    _reaches(raw, step.start, unit, inclusive=step.inclusive),
                    _number(column, step.points),
                )
                for step in reversed(scale.steps)
            ]
        )
    if isinstance(scale, GoalpostScale):
        line = raw * _number(column, scale.slope / unit)
        line += _number(column, scale.points_at_low - scale.slope * scale.low)
        if not scale.capped:
            return line
        low, high = _number(column, scale.points_at_low), _number(column, scale.points_at_high)
        line = instead(raw >= (scale.high * unit).__ceil__(), high, line)
        return instead(raw <= (scale.low * unit).__floor__(), low, line)
    return raw


def _reaches(raw: Expression, start: Fraction | None, unit: int, *, inclusive: bool) -> Expression:
    if start is None:
        return ~raw.is_null()
    return raw >= least_integer(start * unit, inclusive=inclusive)


def _number(column: MeasureColumn, points: Fraction) -> int:
    return int(points / column.unit)
