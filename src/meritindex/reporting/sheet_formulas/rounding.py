"""Rounding integers over a denominator in a spreadsheet, exactly as an instrument declares it."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from meritindex.definition import Rounding, RoundingMode
from meritindex.reporting.sheet_formulas.expressions import total


def rounded(number: str, denominator: int, rounding: Rounding) -> str:
    """Return the expression of a number over a denominator, rounded to `10**digits` parts.

    To an even neighbour, `number` stands in the expression several times: it should be a cell.

    Examples:
        >>> from meritindex import Basis, Text
        >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
        >>> rounded("A1", 840, Rounding(digits=2, basis=assumed))
        'INT((10*A1+42)/84)'
    """
    factor, divisor = Fraction(10**rounding.digits, denominator).as_integer_ratio()
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return f"INT(({total([(2 * factor, number)], divisor)})/{2 * divisor})"
        case RoundingMode.HALF_EVEN:
            scaled = total([(factor, number)])
            down = f"INT(({scaled})/{divisor})"
            rest = f"2*({scaled}-{divisor}*{down})"
            odd = f"{down}-2*INT({down}/2)=1"
            return f"{down}+IF(OR({rest}>{divisor},AND({rest}={divisor},{odd})),1,0)"
        case RoundingMode.DOWN:
            return f"INT(({total([(factor, number)])})/{divisor})"
        case RoundingMode.UP:
            return f"-INT(({total([(-factor, number)])})/{divisor})"
    assert_never(rounding.mode)
