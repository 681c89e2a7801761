"""Rows whose totals have the same form, as matrices to multiply."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import scaled
from meritindex.analysis.simulating.forms import Points

Integers = npt.NDArray[Any]
Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_DOUBLES = 2**53
# Bits of the significand of a double, but for one.
_DOUBLE_BITS = 52


@attrs.frozen(kw_only=True, eq=False)
class Group:
    """Rows whose totals have the same form.

    Attributes:
        points: what their sources are worth.
        rows: which rows they are.
        draws: to which draw of the block each belongs; None where they are the same in all draws.
    """

    points: Points
    rows: Places
    draws: Places | None = None

    @cached_property
    def _matrices(self) -> dict[int, npt.NDArray[np.int64] | None]:
        """The points over common denominators."""
        return {}

    def matrix(self, common: int) -> npt.NDArray[np.int64] | None:
        """Return the points over a common denominator; None where 64 bits don't hold them.

        Returns:
            int64, shape `[sources, rows]`.
        """
        if common not in self._matrices:
            columns = [
                scaled(numbers, common // denominator)
                for numbers, denominator in zip(
                    self.points.numbers, self.points.denominators, strict=True
                )
            ]
            wide = any(column.dtype == object for column in columns)
            self._matrices[common] = None if wide else np.stack(columns)
        return self._matrices[common]

    @cached_property
    def quotients(self) -> Doubles:
        """The points as doubles; shape `[sources, rows]`."""
        points = zip(self.points.numbers, self.points.denominators, strict=True)
        return np.stack([divided(numbers, denominator) for numbers, denominator in points])

    @cached_property
    def extended(self) -> Doubles:
        """The points as doubles, with a last row of ones; shape `[sources + 1, rows]`."""
        return np.vstack([self.quotients, np.ones(len(self.rows))])

    @cached_property
    def ends(self) -> tuple[Doubles, Doubles]:
        """The largest and the least of the points of each source among the rows."""
        return self.quotients.max(axis=1), self.quotients.min(axis=1)

    @cached_property
    def kinds(self) -> npt.NDArray[np.int64]:
        """A number for each row; rows with the same points have the same."""
        columns = zip(*(numbers.tolist() for numbers in self.points.numbers), strict=True)
        found: dict[tuple[int, ...], int] = {}
        numbers = (found.setdefault(column, len(found)) for column in columns)
        return np.fromiter(numbers, dtype=np.int64, count=len(self.rows))

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return a value of each draw as those of the rows; see `put`."""
        return values[:, np.newaxis] if self.draws is None else values[self.draws]

    def put(self, into: npt.NDArray[Any], values: npt.ArrayLike) -> None:
        """Write values of the rows.

        Args:
            into: shape `[draws, rows]`.
            values: shape `[draws, rows of the group]` where they are the same in all draws, else
                `[rows of the group]`; or anything that is repeated to be of that shape.
        """
        if self.draws is not None:
            into[self.draws, self.rows] = values
        elif len(self.rows) == into.shape[1]:  # all of them, in their order
            into[:] = values
        else:
            into[:, self.rows] = values

    def sums(self, coefficients: npt.NDArray[Any], matrix: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return sums of coefficients times a matrix of points, for `put`.

        Args:
            coefficients: shape `[draws, sources]`.
            matrix: shape `[sources, rows of the group]`, of the same type.
        """
        if self.draws is None:
            return np.asarray(coefficients @ matrix)
        found = np.zeros(len(self.rows), dtype=matrix.dtype)
        for place, points in enumerate(matrix):
            found += coefficients[self.draws, place] * points
        return found


def divided(numbers: Integers, divisors: Integers | int) -> Doubles:
    """Return quotients of whole numbers as doubles, right to some units in the last place."""
    wide = numbers.dtype == object or (
        divisors >= _DOUBLES if isinstance(divisors, int) else divisors.dtype == object
    )
    quotients = numbers.astype(object) / divisors if wide else numbers / divisors
    return np.asarray(quotients, dtype=np.float64)


def product(
    coefficients: npt.NDArray[np.int64], matrix: npt.NDArray[np.int64], bound: int
) -> npt.NDArray[np.int64]:
    """Return a matrix product of whole numbers.

    Args:
        coefficients: shape `[draws, sources]`.
        matrix: shape `[sources, rows]`.
        bound: what no sum of sizes is above; below 2**62.

    Returns:
        int64, shape `[draws, rows]`.
    """
    # The upper bits of the coefficients and the lower ones, each in doubles.
    sizes = int(np.abs(matrix).max(axis=1).sum())
    bits = _DOUBLE_BITS - sizes.bit_length()
    if bits < 1 or (bound >> bits) + sizes >= _DOUBLES:
        return coefficients @ matrix
    points = matrix.astype(np.float64)
    upper = (coefficients >> bits).astype(np.float64) @ points
    lower = (coefficients & ((1 << bits) - 1)).astype(np.float64) @ points
    return (upper.astype(np.int64) << bits) + lower.astype(np.int64)
