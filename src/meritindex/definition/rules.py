"""How a dimension combines its children, and how points are rounded.

A rule is an object with one method: given the weights of the children that count, it returns the
factor with which each child's points enter the dimension's. Both rules here are linear and exact.
They are compensatory (a strong child makes up for a weak one) and monotone.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from meritindex.definition.checks import refuse
from meritindex.definition.sources import Basis
from meritindex.language import Text
from meritindex.numbers import parse_number, round_half_up, shortest_text

# The largest number of decimals, of a measure, of entered points and of a rounding.
MAX_DECIMALS = 9


@attrs.frozen(kw_only=True)
class WeightedSum:
    """Points add up: `sum(weight * points)`, over `whole` where weights are shares of one.

    A child that does not apply adds nothing, and the rest is not weighed anew.

    Attributes:
        whole: what the weights of the children add up to (1 or 100); None where they are plain
            factors and need not add up to anything.

    Raises:
        DefinitionError: a whole that is not above 0.
    """

    basis: Basis
    whole: Fraction | None = attrs.field(
        default=None, converter=attrs.converters.optional(parse_number)
    )

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)

    def factors(self, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Return the factor of each child, from the weights of those that count.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> WeightedSum(basis=assumed, whole=Fraction(4)).factors([Fraction(1), Fraction(3)])
            (Fraction(1, 4), Fraction(3, 4))
        """
        return tuple(weight / (self.whole or 1) for weight in weights)


@attrs.frozen(kw_only=True)
class WeightedMean:
    """The mean of the children that count: `sum(weight * points) / sum(weight)`.

    A child that does not apply is left out above and below the line. With equal weights it is the
    plain mean.

    Attributes:
        whole: what the weights of all children add up to, where the rule says so (100 for
            percentages); None where they are only relative to one another.

    Raises:
        DefinitionError: a whole that is not above 0.
    """

    basis: Basis
    whole: Fraction | None = attrs.field(
        default=None, converter=attrs.converters.optional(parse_number)
    )

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)

    def factors(self, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Return the factor of each child, from the weights of those that count.

        Their sum must not be zero.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> WeightedMean(basis=assumed).factors([Fraction(1), Fraction(2)])
            (Fraction(1, 3), Fraction(2, 3))
        """
        divisor = sum(weights, Fraction(0))
        return tuple(weight / divisor for weight in weights)


Rule = WeightedSum | WeightedMean


def _check_whole(whole: Fraction | None) -> None:
    if whole is not None and whole <= 0:
        raise refuse(
            "rule-whole",
            Text(
                "jumlah seluruh bobot {whole} tidak di atas 0",
                "the whole {whole} is not above 0",
            ).fill(whole=shortest_text(whole)),
        )


def weight_sum_faults(
    rule: Rule | None, code: str, total: Fraction, *, some_open: bool
) -> Iterator[tuple[str, Text]]:
    """Yield what is wrong with what the weights of a dimension add up to: a code and a message.

    Args:
        rule: the dimension's.
        code: the dimension's.
        total: what the weights that are known add up to.
        some_open: whether there are others, that are not known.
    """
    whole = None if rule is None else rule.whole
    if whole is not None and (total > whole if some_open else total != whole):
        message = Text(
            "bobot dalam {code} berjumlah {total}, seharusnya {whole}",
            "the weights in {code} add up to {total} instead of {whole}",
        )
        yield (
            "weights-dont-add-up",
            message.fill(code=code, total=shortest_text(total), whole=shortest_text(whole)),
        )
    if isinstance(rule, WeightedMean) and not (some_open or total):
        message = Text(
            "rata-rata tertimbang {code} memerlukan bobot di atas 0",
            "the weighted mean of {code} needs a weight above 0",
        )
        yield "weights-all-zero", message.fill(code=code)


class RoundingMode(enum.StrEnum):
    """What happens between two steps."""

    HALF_UP = "half_up"  # to the nearest; a half goes toward plus infinity
    HALF_EVEN = "half_even"  # to the nearest; a half goes to the even neighbour
    DOWN = "down"  # toward minus infinity
    UP = "up"  # toward plus infinity


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
