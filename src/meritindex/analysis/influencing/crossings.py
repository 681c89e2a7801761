"""Where a function of one weight meets another: roots of polynomials of degree two, exactly.

Along one weight a total is a quotient of two linear functions. Where two such are equal is a root
of a polynomial of degree two at most: rational, and then it is that number; or not, and then it
lies in a bracket as narrow as one likes.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import attrs

from meritindex.definition.rules import from_double

# So many more binary digits a root gets at each attempt to tell it apart from its neighbours.
_DIGITS = 128


@attrs.frozen
class Quotient:
    """The function `(a + b * w) / (c + d * w)` of a weight `w`."""

    a: Fraction
    b: Fraction = Fraction(0)
    c: Fraction = Fraction(1)
    d: Fraction = Fraction(0)

    def times(self, factor: Fraction, summand: Fraction) -> Quotient:
        """Return `factor` times the function, plus `summand`."""
        return Quotient(
            factor * self.a + summand * self.c, factor * self.b + summand * self.d, self.c, self.d
        )

    def at(self, weight: Fraction) -> Fraction:
        """Return its value, where the divisor is not zero."""
        return (self.a + self.b * weight) / (self.c + self.d * weight)

    def difference(self, other: Quotient) -> tuple[Fraction, Fraction, Fraction]:
        """Return the polynomial that is zero where both are equal, constant term first."""
        return (
            self.a * other.c - other.a * self.c,
            self.a * other.d + self.b * other.c - other.a * self.d - other.b * self.c,
            self.b * other.d - other.b * self.d,
        )


@attrs.frozen(kw_only=True)
class Root:
    """A weight at which something changes.

    Attributes:
        weight: the weight; where it is not rational, the shortest decimal of the nearest double.
        exact: whether it is rational, and so exactly this.
        low: where it is not, the lower end of a narrow bracket around it; else the weight.
        high: the upper end.
    """

    weight: Fraction
    exact: bool
    low: Fraction
    high: Fraction

    @classmethod
    def at(cls, weight: Fraction) -> Root:
        """Return a weight that is exactly this."""
        return cls(weight=weight, exact=True, low=weight, high=weight)


def roots_between(
    polynomial: tuple[Fraction, Fraction, Fraction], low: Fraction, high: Fraction
) -> tuple[Root, ...]:
    """Return the roots of a polynomial strictly between two numbers, ascending.

    Args:
        polynomial: its coefficients, that of the constant term first; not all of them zero.
        low: the lower number.
        high: the upper one.

    Examples:
        >>> third = (Fraction(-1), Fraction(3), Fraction(0))
        >>> [str(root.weight) for root in roots_between(third, Fraction(0), Fraction(1))]
        ['1/3']
        >>> half = (Fraction(-1), Fraction(0), Fraction(2))
        >>> root, = roots_between(half, Fraction(0), Fraction(1))
        >>> float(root.weight), root.exact, root.low**2 < Fraction(1, 2) < root.high**2
        (0.7071067811865476, False, True)
    """
    constant, linear, square = polynomial
    if not square:
        found = [Root.at(-constant / linear)] if linear else []
    else:
        discriminant = linear**2 - 4 * square * constant
        middle = -linear / (2 * square)
        spread = _square_root(discriminant / (4 * square**2))
        if discriminant < 0:
            found = []
        elif spread is not None:
            found = [Root.at(weight) for weight in sorted({middle - spread, middle + spread})]
        else:
            found = _brackets(middle, discriminant / (4 * square**2), (low, high))
    return tuple(root for root in found if low < root.low and root.high < high)


def _square_root(number: Fraction) -> Fraction | None:
    """Return the root of a number where it is rational."""
    if number < 0:
        return None
    root = Fraction(isqrt(number.numerator), isqrt(number.denominator))
    return root if root**2 == number else None


def _brackets(
    middle: Fraction, square: Fraction, apart_from: tuple[Fraction, Fraction]
) -> list[Root]:
    """Return the roots `middle ± sqrt(square)`, which are not rational, in brackets.

    The brackets hold no number of `apart_from`, and don't meet.
    """
    digits = 0
    while True:
        digits += _DIGITS
        unit = 2**digits
        step = isqrt(square.numerator * unit**2 // square.denominator)
        near, far = Fraction(step, unit), Fraction(step + 1, unit)
        ends = [(middle - far, middle - near), (middle + near, middle + far)]
        clear = all(not low <= number <= high for low, high in ends for number in apart_from)
        if near and clear:
            return [
                Root(weight=from_double(float((low + high) / 2)), exact=False, low=low, high=high)
                for low, high in ends
            ]
