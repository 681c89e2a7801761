"""Totals of many rows in a block of draws, from linear forms: where they lie, and their bands.

Matrix products in doubles say where on a grid of cells each total lies, with a bound on their
error; so they do whatever the size of the numbers. Whatever lies too close to tell is compared in
whole numbers: of 64 bits, where all totals of a draw have a common denominator that these hold, in
Python's integers else.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.exactly import Exactly
from meritindex.analysis.simulating.forms import Form
from meritindex.analysis.simulating.groups import Group, divided, product
from meritindex.analysis.simulating.ordering import APART, MOST_OFF, Numbers, cells_of
from meritindex.definition import Rounding
from meritindex.numbers import least_integer
from meritindex.scoring.column import reaches
from meritindex.scoring.rounded import rounded

Integers = npt.NDArray[Any]
Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Bands = npt.NDArray[np.uint8]
Thresholds = Sequence[tuple[Fraction, bool]]

_NARROW = 2**62
# Of more rows than this share of a block, all totals are computed exactly at once.
_MANY = 0.02


@attrs.frozen(kw_only=True, eq=False)
class Totals:
    """The totals of a block of draws; arrays have the shape `[draws, rows]`.

    Attributes:
        numbers: by which to rank.
        known: where there is a total; None for everywhere.
        bands: the numbers of their bands, 0 for none.
    """

    numbers: Numbers
    known: Mask | None
    bands: Bands


class Block:
    """One block of draws: groups of rows, each with the form of its totals.

    Args:
        parts: groups; in every draw each row is in one.
        shape: how many draws and rows.
        ranked: how many rows will be ranked.
        kinds: of the rows; see `Numbers`.
        thresholds: from where each band but the lowest begins; None without bands.
        rounding: of the total; None where there is none.
    """

    def __init__(  # noqa: PLR0913 - each is one fact about the block
        self,
        parts: Sequence[tuple[Group, Form]],
        shape: tuple[int, int],
        *,
        ranked: int,
        kinds: npt.NDArray[np.int64] | None,
        thresholds: Thresholds | None,
        rounding: Rounding | None,
    ) -> None:
        self.parts, self.shape, self.kinds = parts, shape, kinds
        self.thresholds, self.rounding = thresholds, rounding
        self.cells = cells_of(ranked)
        self.common = lcm(*(each for group, _ in parts for each in group.points.denominators))
        self.exactly = Exactly(parts, shape, self.common)

    def totals(self) -> Totals | None:
        """Return the totals; None where they are to be rounded and too wide for that."""
        if self.rounding is not None:
            return self._rounded(self.rounding)
        return self._placed()

    @cached_property
    def known(self) -> Mask | None:
        """Where there is a total; None for everywhere."""
        if all(form.known.all() for _, form in self.parts):
            return None
        found = np.zeros(self.shape, dtype=np.bool_)
        for group, form in self.parts:
            group.put(found, group.spread(form.known))
        return found

    def _placed(self) -> Totals:
        """Return totals by where they lie, on one grid for all draws of the block."""
        shares = [
            divided(form.coefficients, form.divisors[:, np.newaxis]) for _, form in self.parts
        ]
        best, worst, most = self._ends(shares)
        # To each summand belong some roundings of its own and one for every other; each is by
        # 2**-53 of a size, and sizes add up to `most` or less, before the best is taken off.
        error = 2 * most * (shares[0].shape[1] + 20) * 2.0**-53
        width = max((best - worst) / self.cells, error / MOST_OFF, 2.0**-900)
        near = np.empty(self.shape)
        for (group, _), each in zip(self.parts, shares, strict=True):
            ones = np.full((self.shape[0], 1), best / width)
            found = group.sums(np.hstack([each / -width, ones]), group.extended)
            if group.draws is None and len(group.rows) == self.shape[1]:
                near = found
            else:
                group.put(near, found)
        cells = near.astype(np.int32)
        reached = [
            self._reached(cells, (best - float(value)) / width, value, inclusive=inclusive)
            for value, inclusive in self.thresholds or ()
        ]
        return Totals(
            numbers=Numbers(
                cells=cells,
                near=near,
                off=error / width,
                apart=self._unit >= APART * width,
                settle=self._settle,
                worth=self.exactly.worth,
                kinds=self.kinds,
            ),
            known=self.known,
            bands=self._bands(reached),
        )

    def _reached(
        self, cells: npt.NDArray[np.int32], limit: float, value: Fraction, *, inclusive: bool
    ) -> Mask:
        """Say which totals reach a value, by the cells in which they and the value lie."""
        # A limit of many cells is off by less than one for every 2**50 of them.
        edge = int(min(max(limit, -2), self.cells + 4))
        mask = cells < edge - 1
        unsure = (cells <= edge + 1) ^ mask
        if self.known is not None:
            unsure &= self.known
        if unsure.any():
            draws, rows = np.nonzero(unsure)
            mask[draws, rows] = self._reaches(draws, rows, value, inclusive=inclusive)
        return mask

    def _ends(self, shares: Sequence[Doubles]) -> tuple[float, float, float]:
        """Return what no total is above and below, and what no sum of sizes is above."""
        best, worst, most = -np.inf, np.inf, 0.0
        for (group, _), each in zip(self.parts, shares, strict=True):
            high, low = group.ends
            rising, falling = np.maximum(each, 0), np.minimum(each, 0)
            best = max(best, float((rising @ high + falling @ low).max()))
            worst = min(worst, float((rising @ low + falling @ high).min()))
            most = max(most, float((np.abs(each) @ np.maximum(np.abs(high), np.abs(low))).max()))
        return best, worst, most

    def _settle(self, draws: Places, ones: Places, others: Places) -> npt.NDArray[np.int8]:
        """Say which of two rows of a draw is above: 1 the first, 0 none, -1 the second."""
        if not self.is_narrow:
            return self.exactly.settle(draws, ones, others)
        return _signs(self._narrow(draws, ones) - self._narrow(draws, others))

    def _reaches(self, draws: Places, rows: Places, value: Fraction, *, inclusive: bool) -> Mask:
        """Say which rows reach a value, each in a draw."""
        if not self.is_narrow:
            return self.exactly.reaches(draws, rows, value, inclusive=inclusive)
        return self._narrow(draws, rows) >= self._least(value, inclusive=inclusive)[draws]

    # In whole numbers of 64 bits

    @cached_property
    def is_narrow(self) -> bool:
        """Whether all totals of a draw have a divisor in common, and 64 bits hold them."""
        return self._bound is not None and self._divisors is not None

    @cached_property
    def _bound(self) -> int | None:
        """What no total is above in size; None where numbers are wider than words."""
        found = 0.0
        for group, form in self.parts:
            matrix = group.matrix(self.common)
            if matrix is None or form.coefficients.dtype == object:
                return None
            sizes = np.abs(matrix).max(axis=1).astype(np.float64)
            found = max(found, float((np.abs(form.coefficients) @ sizes).max()))
        # Doubles may be off by much less than that.
        bound = int(found * (1 + 2.0**-40)) + 1
        return bound if bound < _NARROW else None

    @cached_property
    def _divisors(self) -> Integers | None:
        """The divisor that all totals of each draw share; None where they don't."""
        known = [np.where(form.known, form.divisors, 1) for _, form in self.parts]
        shared = np.maximum.reduce(known)
        apart = [(form.known & (form.divisors != shared)).any() for _, form in self.parts]
        return None if any(apart) else np.asarray(shared)

    @property
    def _unit(self) -> float:
        """By how much totals of a draw differ at least where they do; 0 where that is not known."""
        if not self.is_narrow or self._divisors is None:
            return 0.0
        return 1 / (int(self._divisors.max()) * self.common)

    def _narrow(self, draws: Places, rows: Places) -> npt.NDArray[np.int64]:
        """Return totals of rows, each in a draw, times divisor and common denominator."""
        if len(draws) < _MANY * self.shape[0] * self.shape[1]:
            return self.exactly.narrow(draws, rows)
        return np.asarray(self._all_numbers[draws, rows])

    def _least(self, value: Fraction, *, inclusive: bool) -> npt.NDArray[np.int64]:
        """Return the least total of each draw that reaches a value; int64, shape `[draws]`."""
        assert self._bound is not None  # noqa: S101 - asked of narrow blocks
        assert self._divisors is not None  # noqa: S101
        distinct, places = np.unique(self._divisors, return_inverse=True)
        limits: list[int] = []
        for divisor in distinct.tolist():
            limit = value * (divisor * self.common)
            least = least_integer(limit, inclusive=inclusive)
            # Beyond what any total reaches, it does not matter by how much.
            limits.append(min(max(least, -self._bound), self._bound))
        return np.array(limits, dtype=np.int64)[places.reshape(-1)]

    @cached_property
    def _all_numbers(self) -> npt.NDArray[np.int64]:
        """All totals times divisor and common denominator."""
        assert self._bound is not None  # noqa: S101 - asked of narrow blocks
        numbers = np.empty(self.shape, dtype=np.int64)
        for group, form in self.parts:
            matrix = group.matrix(self.common)
            assert matrix is not None  # noqa: S101 - else there were no bound
            if group.draws is None:
                group.put(numbers, product(form.coefficients, matrix, self._bound))
            else:
                group.put(numbers, group.sums(form.coefficients, matrix))
        return numbers

    def _rounded(self, rounding: Rounding) -> Totals | None:
        """Return totals that are rounded, and so have a denominator in common."""
        unit = 10**rounding.digits
        widest = max(int(form.divisors.max()) for _, form in self.parts) * self.common
        if self._bound is None or 2 * self._bound * unit + 2 * widest >= _NARROW:
            return None
        numbers = self._all_numbers
        divisors = np.ones(self.shape, dtype=np.int64)
        for group, form in self.parts:
            group.put(divisors, group.spread(form.divisors))
        for divisor in np.unique(divisors).tolist():
            places = divisors == divisor
            numbers[places] = rounded(numbers[places], divisor * self.common, rounding)
        best, worst = int(numbers.max()), int(numbers.min())
        width = max((best - worst) / self.cells, 2.0**-20)
        near = (best - numbers) / width

        def settle(draws: Places, ones: Places, others: Places) -> npt.NDArray[np.int8]:
            return _signs(numbers[draws, ones] - numbers[draws, others])

        return Totals(
            numbers=Numbers(
                cells=near.astype(np.int32),
                near=near,
                off=MOST_OFF,
                apart=width <= 1 / APART,
                settle=settle,
                worth=lambda draw, rows: [Fraction(each) for each in numbers[draw, rows].tolist()],
                kinds=self.kinds,
            ),
            known=self.known,
            bands=self._bands(
                [
                    reaches(numbers, value * unit, inclusive=inclusive)
                    for value, inclusive in self.thresholds or ()
                ]
            ),
        )

    def _bands(self, reached: list[Mask]) -> Bands:
        """Return the numbers of bands from which thresholds are reached."""
        if self.thresholds is None:
            return np.zeros(self.shape, dtype=np.uint8)
        bands = np.ones(self.shape, dtype=np.uint8)
        for mask in reached:
            bands += mask.view(np.uint8)
        if self.known is not None:
            bands *= self.known
        return bands


def _signs(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    return np.asarray(np.sign(numbers), dtype=np.int8)
