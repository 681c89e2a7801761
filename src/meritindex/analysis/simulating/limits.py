"""What a region of weights demands of whole numbers, for many rows of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.definition import Region
from meritindex.language import Text
from meritindex.numbers import shortest_text

Integers = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

_NARROW = 2**62


@attrs.frozen(kw_only=True)
class WholeLimit:
    """A limit of a region with whole coefficients: `low <= sum(coefficients * weights) <= high`."""

    coefficients: tuple[int, ...]
    low: Fraction | None
    high: Fraction | None

    @property
    def fixes(self) -> bool:
        """Whether it leaves only one value."""
        return self.low is not None and self.low == self.high

    def values(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the sums of many rows; int64, shape `[rows]`.

        The numbers are such that no sum passes 64 bits.
        """
        found = np.zeros(len(numbers), dtype=np.int64)
        for place, coefficient in enumerate(self.coefficients):
            if coefficient:
                found += coefficient * numbers[:, place]
        return found

    def outside(self, values: Integers, worth: Fraction, parts: Integers | int = 1) -> Mask:
        """Say which sums break the limit.

        Args:
            values: the sums in whole numbers.
            worth: what one of them is worth;
            parts: divided by this number, above zero, for all or for each.
        """
        out = np.zeros(len(values), dtype=np.bool_)
        for end, sign in ((self.low, -1), (self.high, 1)):
            if end is not None:
                # values * worth / parts against end, in whole numbers; both sides times a number.
                ratio = end / worth
                ours = _times(values, ratio.denominator)
                theirs = _times(np.atleast_1d(parts), ratio.numerator)
                if object in (ours.dtype, theirs.dtype):
                    ours, theirs = ours.astype(object), theirs.astype(object)
                # Of Python integers, a comparison gives an array of Python's truth values.
                out |= np.asarray(ours > theirs if sign > 0 else ours < theirs, dtype=np.bool_)
        return out

    def words(self, codes: tuple[str, ...]) -> Text:
        """Return the sum of weights that is limited."""
        terms = ""
        for code, coefficient in zip(codes, self.coefficients, strict=True):
            if coefficient:
                sign = "−" if coefficient < 0 else "+"
                size = "" if abs(coefficient) == 1 else f"{abs(coefficient)}·"
                terms += f" {sign} {size}{code}"
        return Text.same(terms.removeprefix(" + ").strip())

    @property
    def allowed(self) -> Text:
        """Return what is allowed."""
        low = None if self.low is None else shortest_text(self.low)
        high = None if self.high is None else shortest_text(self.high)
        if self.fixes:
            return Text.same(f"{low}")
        if high is None:
            return Text("paling sedikit {low}", "at least {low}").fill(low=low)
        if low is None:
            return Text("paling banyak {high}", "at most {high}").fill(high=high)
        return Text("{low} sampai {high}", "{low} to {high}").fill(low=low, high=high)


def _times(numbers: Integers, factor: int) -> Integers:
    """Return integers times a factor, in Python integers where 64 bits may not hold them."""
    if factor == 1:
        return numbers
    size = max(abs(int(numbers.max())), abs(int(numbers.min()))) if numbers.size else 0
    if size * abs(factor) >= _NARROW:
        numbers = numbers.astype(object)
    return numbers * factor


def limits_of(region: Region) -> tuple[WholeLimit, ...]:
    """Return everything that limits the weights of a region, also that none is below zero."""
    return tuple(_limits(region))


def _limits(region: Region) -> Iterator[WholeLimit]:
    size = len(region.codes)
    for place in range(size):
        unit = tuple(int(other == place) for other in range(size))
        yield WholeLimit(coefficients=unit, low=Fraction(0), high=None)
    for constraint in region.polytope.constraints:
        scale = lcm(*(coefficient.denominator for coefficient in constraint.coefficients))
        yield WholeLimit(
            coefficients=tuple(int(each * scale) for each in constraint.coefficients),
            low=None if constraint.low is None else constraint.low * scale,
            high=None if constraint.high is None else constraint.high * scale,
        )


def inside(limits: tuple[WholeLimit, ...], numbers: npt.NDArray[np.int64], unit: Fraction) -> Mask:
    """Say which rows of whole numbers, each worth a unit, keep all limits."""
    out = np.zeros(len(numbers), dtype=np.bool_)
    for limit in limits:
        out |= limit.outside(limit.values(numbers), unit)
    return ~out
