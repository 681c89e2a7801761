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
from meritindex.analysis.simulating.ordering import MOST_OFF, Numbers, cells_of
from meritindex.definition import Rounding
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
        """Return totals by where they lie; the best possible total of a draw lies at 0."""
        shares = [
            divided(form.coefficients, form.divisors[:, np.newaxis]) for _, form in self.parts
        ]
        best, worst, most = self._ends(shares)
        # To each summand belong some roundings of its own and one for every other; each is by
        # 2**-53 of a size, and sizes add up to `most` or less, before the best is taken off.
        error = 2 * most * (shares[0].shape[1] + 20) * 2.0**-53
        width = np.maximum((best - worst) / self.cells, max(error / MOST_OFF, np.finfo(float).tiny))
        near = np.empty(self.shape)
        for (group, _), each in zip(self.parts, shares, strict=True):
            coefficients = np.column_stack([each / -width[:, np.newaxis], best / width])
            found = group.sums(coefficients, group.extended)
            if group.draws is None and len(group.rows) == self.shape[1]:
                near = found
            else:
                group.put(near, found)
        cells = near.astype(np.int32)
        reached = [
            self._reached(cells, (best - float(value)) / width, value, inclusive=inclusive)
            for value, inclusive in self.thresholds or ()
        ]
        numbers = (
            Numbers(cells=cells, kinds=self.kinds, exact=self._exact_numbers)
            if self.is_narrow
            else Numbers(
                cells=cells,
                kinds=self.kinds,
                near=near,
                settle=self.exactly.settle,
                worth=self.exactly.worth,
            )
        )
        return Totals(numbers=numbers, known=self.known, bands=self._bands(reached))

    def _reached(
        self,
        cells: npt.NDArray[np.int32],
        limits: Doubles,
        value: Fraction,
        *,
        inclusive: bool,
    ) -> Mask:
        """Say which totals reach a value, by the cells in which they and the value lie."""
        # A limit of many cells is off by less than one for every 2**50 of them.
        edges = np.clip(limits, -2, self.cells + 4).astype(np.int32)[:, np.newaxis]
        mask = cells < edges - 1
        unsure = (cells <= edges + 1) ^ mask
        if self.known is not None:
            unsure &= self.known
        if unsure.any():
            draws, rows = np.nonzero(unsure)
            mask[draws, rows] = self.exactly.reaches(draws, rows, value, inclusive=inclusive)
        return mask

    def _ends(self, shares: Sequence[Doubles]) -> tuple[Doubles, Doubles, float]:
        """Return what no total of a draw is above and below, and what no sum of sizes is above."""
        best, worst = np.full(self.shape[0], -np.inf), np.full(self.shape[0], np.inf)
        most = 0.0
        for (group, _), each in zip(self.parts, shares, strict=True):
            high, low = group.ends
            rising, falling = np.maximum(each, 0), np.minimum(each, 0)
            best = np.maximum(best, rising @ high + falling @ low)
            worst = np.minimum(worst, rising @ low + falling @ high)
            most = max(most, float((np.abs(each) @ np.maximum(np.abs(high), np.abs(low))).max()))
        return best, worst, most

    # In whole numbers of 64 bits

    @cached_property
    def is_narrow(self) -> bool:
        """Whether all totals of a draw have a divisor in common, and 64 bits hold them."""
        return self._bound is not None and self._have_one_divisor

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
    def _have_one_divisor(self) -> bool:
        known = [np.where(form.known, form.divisors, 1) for _, form in self.parts]
        shared = np.maximum.reduce(known)
        return not any((form.known & (form.divisors != shared)).any() for _, form in self.parts)

    def _exact_numbers(self, draws: Places, rows: Places) -> Integers:
        """Return totals of rows, each in a draw, over what all totals of the draw have."""
        if len(draws) < _MANY * self.shape[0] * self.shape[1]:
            return self.exactly.narrow(draws, rows)
        return np.asarray(self._all_numbers[draws, rows])

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
        best, worst = numbers.max(axis=1, keepdims=True), numbers.min(axis=1, keepdims=True)
        width = np.maximum((best - worst) / self.cells, 2.0**-40)
        reached: list[Mask] = []
        for value, inclusive in self.thresholds or ():
            reached.append(reaches(numbers, value * unit, inclusive=inclusive))
        return Totals(
            numbers=Numbers(
                cells=((best - numbers) / width).astype(np.int32),
                exact=lambda draws, rows: numbers[draws, rows],
                kinds=self.kinds,
            ),
            known=self.known,
            bands=self._bands(reached),
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
