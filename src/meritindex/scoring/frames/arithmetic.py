"""Integer arithmetic that means the same in every engine.

Engines differ in how they divide negative integers, in what null is equal to, and in whether a
comparison with null is null. So nothing negative is divided, and no condition is ever null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from meritindex.assessment.frames.library import narwhals
from meritindex.definition import Rounding, RoundingMode

if TYPE_CHECKING:
    from meritindex.scoring.program import Step

# An expression of narwhals, whose types mypy knows only where it is installed.
Expression = Any


def surely(condition: Expression) -> Expression:
    """Return a condition that is false where it was null."""
    return condition.fill_null(value=False)


def any_of(conditions: Sequence[Expression]) -> Expression | None:
    """Return the condition that one of these holds; None for none."""
    return reduce(or_, conditions) if conditions else None


def across(combine: Callable[..., Expression], numbers: Sequence[Expression]) -> Expression:
    """Return the greatest or the least of several numbers; Spark takes no list of one."""
    return numbers[0] if len(numbers) == 1 else combine(*numbers)


def literal(value: object) -> Expression:
    """Return a value as an expression; an integer is one of 64 bits, which engines don't guess."""
    nw = narwhals()
    return nw.lit(value, nw.Int64) if isinstance(value, int) else nw.lit(value)


def unless(condition: Expression | None, number: Expression) -> Expression:
    """Return a number, null where a condition holds; a condition of None never does."""
    if condition is None:
        return number
    return narwhals().when(~condition).then(number)


def instead(condition: Expression, number: int, other: Expression) -> Expression:
    """Return a number where a condition holds, and another elsewhere."""
    return narwhals().when(condition).then(literal(number)).otherwise(other)


def chosen(choices: Sequence[tuple[Expression, object]]) -> Expression:
    """Return the value of the first condition that holds, null where none does."""
    nw = narwhals()
    condition, value = choices[-1]
    found = nw.when(condition).then(literal(value))
    for condition, value in reversed(choices[:-1]):
        found = nw.when(condition).then(literal(value)).otherwise(found)
    return found


def times(number: Expression, factor: int) -> Expression:
    """Return a number times a factor."""
    return number if factor == 1 else number * factor


def at_most(number: Expression, limit: int) -> Expression:
    """Return the lesser of a number and a limit; null stays null."""
    return instead(surely(number > limit), limit, number)


def at_least(number: Expression, limit: int) -> Expression:
    """Return the greater of a number and a limit; null stays null."""
    return instead(surely(number < limit), limit, number)


def shift_of(step: Step) -> int:
    """Return what, added before a division, makes every number of a step that rounds positive.

    It is a multiple of four times what is divided by, so that it is taken off again as an even
    number; the peak of a step covers twice its numbers as they are rounded.
    """
    if step.dimension.rounding is None:
        return 0
    _, divisor = _scale(step.dimension.rounding, step.raw_denominator)
    return -(-step.peak // (4 * divisor)) * 4 * divisor


def rounded(step: Step, number: Expression) -> Expression:
    """Round the numbers of a step, where it says so, to integers over `10**rounding.digits`."""
    rounding = step.dimension.rounding
    if rounding is None:
        return number
    numerator, divisor = _scale(rounding, step.raw_denominator)
    shift = shift_of(step)
    scaled = number * numerator
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return (scaled * 2 + (divisor + shift)) // (2 * divisor) - shift // (2 * divisor)
        case RoundingMode.UP:
            return (scaled + (divisor - 1 + shift)) // divisor - shift // divisor
    down = (scaled + shift) // divisor - shift // divisor
    if rounding.mode is RoundingMode.DOWN:
        return down
    # The half that lies above an even number stays there.
    shifted = scaled + shift
    odd = (shifted // divisor) % 2
    return (shifted * 2 + (divisor - 1) + odd) // (2 * divisor) - shift // divisor


def _scale(rounding: Rounding, denominator: int) -> tuple[int, int]:
    return Fraction(10**rounding.digits, denominator).as_integer_ratio()
