"""Rounding arrays as an instrument declares it, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

import numpy as np

from meritindex.definition import Rounding, RoundingMode
from meritindex.definition.rules import from_double
from meritindex.scoring.program import (
    Domain,
    Step,
)
from meritindex.scoring.rows import Integers
from meritindex.scoring.taking import mapped


def round_step(step: Step, numbers: Integers) -> Integers:
    """Round the numbers of a step, where it says so, to integers over `10**rounding.digits`."""
    rounding = step.dimension.rounding
    if rounding is None:
        return numbers
    if step.domain is not Domain.DOUBLE:
        return rounded(numbers, step.raw_denominator, rounding)
    scale = 10**rounding.digits
    return mapped(numbers, lambda number: int(rounding.round(from_double(number)) * scale))


def rounded(numerators: Integers, denominator: int, rounding: Rounding) -> Integers:
    """Round integers or Fractions over `denominator` to integers over `10**rounding.digits`.

    The type of integers must hold `2 * size * 10**digits + 2 * denominator`.
    """
    numerator, divisor = Fraction(10**rounding.digits, denominator).as_integer_ratio()
    scaled: Integers = numerators * numerator
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return (2 * scaled + divisor) // (2 * divisor)
        case RoundingMode.HALF_EVEN:
            down = scaled // divisor
            rest = 2 * (scaled - down * divisor)
            up = (rest > divisor) | ((rest == divisor) & (down % 2 == 1))
            return np.asarray(down + up.astype(down.dtype))
        case RoundingMode.DOWN:
            return scaled // divisor
        case RoundingMode.UP:
            if scaled.dtype.kind == "u":  # there is no -x
                return (scaled + (divisor - 1)) // divisor
            return -(-scaled // divisor)
    assert_never(rounding.mode)
