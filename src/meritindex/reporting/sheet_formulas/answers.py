"""How a sheet knows the answers: for each of them, expressions that say what it is.

What is written here is what the library's own arithmetic makes of levels and measures: an integer
for every level, worth the unit of its indicator, and for every value of a measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

import attrs

from meritindex.definition import (
    Gate,
    GoalpostScale,
    Indicator,
    MissingPolicy,
    ThresholdScale,
)
from meritindex.numbers import least_integer
from meritindex.reporting.sheet_formulas.expressions import (
    FALSE,
    all_of,
    any_of,
    either,
    greatest,
    least,
    negated,
    total,
)
from meritindex.scoring.program import Column, MeasureColumn


@attrs.frozen(kw_only=True)
class Answer:
    """How a sheet knows one answer, by expressions without the `=` in front.

    Attributes:
        number: the level of an indicator; or the number of a measure, or of points entered for a
            dimension, as an integer over `10**decimals`. It is looked at where `given` holds.
        given: the condition that there is an answer, and that it is one that is allowed.
        absent: the condition that gates take the indicator out.
        waiting: the condition that a gate which is not answered leaves open whether it applies.
        value: the integer that the answer is worth, where a cell holds it already (see
            `SheetProgram.value`); else it is worked out wherever it is needed.
    """

    number: str
    given: str
    absent: str = FALSE
    waiting: str = FALSE
    value: str | None = None

    @property
    def missing(self) -> str:
        """The condition that there is none, though there could be."""
        return all_of([negated(self.absent), negated(self.given)])


def gated_by(
    indicator: Indicator, gates: Iterable[Gate], places: Mapping[str, str]
) -> tuple[str, str]:
    """Return the conditions that gates take an indicator out, and that they leave it open.

    Args:
        indicator: the indicator.
        gates: those of the instrument.
        places: by gate, an expression for the place of the option that answers it: 1 for the
            first, 0 where it is not answered.

    Returns:
        What belongs in `Answer.absent` and in `Answer.waiting`.
    """
    values = {gate.code: gate.values for gate in gates}
    out, unanswered = [], []
    for condition in indicator.conditions:
        place = places[condition.gate]
        excluded = [
            f"{place}={number}"
            for number, value in enumerate(values[condition.gate], 1)
            if value not in condition.options
        ]
        out.append(any_of(excluded))
        unanswered.append(f"{place}=0")
    absent = any_of(out)
    return absent, all_of([any_of(unanswered), negated(absent)])


def level_value(column: Column, answer: Answer) -> str:
    """Return the integer of an indicator's level; zero where it counts nothing."""
    if answer.value is not None:
        return answer.value
    number = answer.number
    if column.table is not None:
        chosen = ",".join(map(str, column.table))
        first = total([(1, number)], 1 - column.lowest)
        number = f"CHOOSE({first},{chosen})"
    without = str(column.numbers[0]) if column.policy is MissingPolicy.LOWEST else "0"
    return either(answer.absent, "0", either(answer.given, number, without))


def measure_value(column: MeasureColumn, answer: Answer) -> str:
    """Return the integer of a measure's points; what its policy says where there is none."""
    if answer.value is not None:
        return answer.value
    filled = column.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}
    return either(answer.given, _points(column, answer.number), str(column.fill) if filled else "0")


def _points(column: MeasureColumn, number: str) -> str:
    scale, unit = column.measure.scale, 10**column.measure.decimals
    if isinstance(scale, ThresholdScale):
        worth = [int(step.points / column.unit) for step in scale.steps]
        limits = [
            least_integer(step.start * unit, inclusive=step.inclusive)
            for step in scale.steps
            if step.start is not None
        ]
        rises = [above - below for below, above in pairwise(worth)]
        reached = (
            (rise, f"({number}>={limit})") for rise, limit in zip(rises, limits, strict=True)
        )
        return total(reached, worth[0])
    if isinstance(scale, GoalpostScale):
        rise, start = goalpost_line(column, scale)
        line = total([(rise, number)], start)
        if not scale.capped:
            return line
        ends = sorted(int(end / column.unit) for end in (scale.points_at_low, scale.points_at_high))
        return least([greatest([line, str(ends[0])]), str(ends[1])])
    return number


def goalpost_line(column: MeasureColumn, scale: GoalpostScale) -> tuple[int, int]:
    """Return what one step of a measured number is worth, and what zero would be, in its unit."""
    rise = scale.slope * Fraction(1, 10**column.measure.decimals)
    start = scale.points_at_low - scale.slope * scale.low
    return int(rise / column.unit), int(start / column.unit)
