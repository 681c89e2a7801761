"""How points are rounded, where an instrument says so."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import assert_never

import attrs

from meritindex.definition.checks import refuse
from meritindex.definition.sources import Basis
from meritindex.language import Text
from meritindex.numbers import round_half_up

# The largest number of decimals, of a measure, of entered points and of a rounding: with it a
# double is given by its shortest decimal without loss.
MAX_DECIMALS = 17


class RoundingMode(enum.StrEnum):
    """What happens between two steps."""

    HALF_UP = "half_up"  # to the nearest; a half goes toward plus infinity
    HALF_EVEN = "half_even"  # to the nearest; a half goes to the even neighbour
    DOWN = "down"  # toward minus infinity
    UP = "up"  # toward plus infinity

    @property
    def label(self) -> Text:
        """The mode for a reader."""
        return _MODE_LABELS[self]


_MODE_LABELS = {
    RoundingMode.HALF_UP: Text("setengah ke atas", "a half goes up"),
    RoundingMode.HALF_EVEN: Text("setengah ke genap", "a half goes to the even neighbour"),
    RoundingMode.DOWN: Text("ke bawah", "down"),
    RoundingMode.UP: Text("ke atas", "up"),
}


@attrs.frozen(kw_only=True)
class Rounding:
    """Rounding to a number of decimals, as an instrument declares it.

    Examples:
        >>> from meritindex import Basis
        >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
        >>> Rounding(digits=2, basis=assumed).round(Fraction("0.605"))
        Fraction(61, 100)
    """

    digits: int
    basis: Basis
    mode: RoundingMode = attrs.field(default=RoundingMode.HALF_UP, converter=RoundingMode)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.digits <= MAX_DECIMALS:
            raise refuse(
                "rounding-digits",
                Text(
                    "pembulatan {digits} desimal tidak diterima: 0 sampai {limit}",
                    "rounding to {digits} decimals is not allowed: 0 to {limit}",
                ).fill(digits=self.digits, limit=MAX_DECIMALS),
            )

    @property
    def unit(self) -> Fraction:
        """One step of the rounded grid."""
        return Fraction(1, 10**self.digits)

    def round(self, value: Fraction) -> Fraction:
        """Return `value` on the grid."""
        steps = value / self.unit
        match self.mode:
            case RoundingMode.HALF_UP:
                return round_half_up(value, self.digits)
            case RoundingMode.HALF_EVEN:
                return round(steps) * self.unit
            case RoundingMode.DOWN:
                return steps.__floor__() * self.unit
            case RoundingMode.UP:
                return steps.__ceil__() * self.unit
        assert_never(self.mode)

    def least_reaching(self, step: int) -> tuple[Fraction, bool]:
        """Return the limit from which a value rounds to `step` units or more.

        The second item says whether the limit itself is among those values.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> Rounding(digits=2, basis=assumed).least_reaching(61)
            (Fraction(121, 200), True)
        """
        match self.mode:
            case RoundingMode.HALF_UP:
                return (step - Fraction(1, 2)) * self.unit, True
            case RoundingMode.HALF_EVEN:
                return (step - Fraction(1, 2)) * self.unit, step % 2 == 0
            case RoundingMode.DOWN:
                return step * self.unit, True
            case RoundingMode.UP:
                return (step - 1) * self.unit, False
        assert_never(self.mode)
