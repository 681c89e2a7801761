"""The admissible weights that make a sum or a mean of given points the most, row by row, exactly.

Everything is in integers: points of a row may be on any common scale, since only their order and
proportions decide which weights are chosen. The least is the most of the negative points.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, Mask, integers, largest
from meritindex.definition import Region
from meritindex.linear import Corner

# Products and sums below it need no care in 64 bits.
_NARROW = 2**62
_DOUBLES = 2**53


@attrs.frozen(kw_only=True, eq=False)
class Chosen:
    """Weights chosen for every row.

    Attributes:
        numbers: integers over `denominator`, shape `[n, children]`.
        denominator: what they are divided by.
        counted: bool, shape `[n, children]`, which children count; those that need not apply are
            left out where that gives more.
    """

    numbers: Integers
    denominator: int
    counted: Mask

    def of(self, row: int) -> tuple[Fraction, ...]:
        """Return the weights of one row."""
        return tuple(Fraction(int(number), self.denominator) for number in self.numbers[row])

    def with_row(self, row: int, weights: Sequence[Fraction], counted: Mask) -> Chosen:
        """Return the same with other weights, and other children that count, in one row."""
        common = lcm(self.denominator, *(weight.denominator for weight in weights))
        numbers = self.numbers.astype(object) * (common // self.denominator)
        numbers[row] = [int(weight * common) for weight in weights]
        counts = self.counted.copy()
        counts[row] = counted
        return Chosen(numbers=numbers, denominator=common, counted=counts)


def product(left: Integers, right: Integers) -> Integers:
    """Return `left * right` (they broadcast), in Python integers where 64 bits may not do.

    There is room for adding up some dozens of the products.
    """
    if "O" not in left.dtype.kind + right.dtype.kind:
        if largest(left) * largest(right) < _NARROW >> 6:
            return np.asarray(left * right)
        left = left.astype(object)
    return np.asarray(left * right)


def scaled_weights(weights: Sequence[Fraction]) -> tuple[Integers, int]:
    """Return weights as integers over a common denominator; shape `[children]`."""
    denominator = lcm(*(weight.denominator for weight in weights))
    return integers((int(weight * denominator) for weight in weights), len(weights)), denominator


def settled(weights: Sequence[Fraction], counted: Mask) -> Chosen:
    """Return weights that are the same in every row."""
    numbers, denominator = scaled_weights(weights)
    return Chosen(
        numbers=np.broadcast_to(numbers, counted.shape), denominator=denominator, counted=counted
    )


def most_sum(region: Region, points: Integers, pool: list[Corner] | None = None) -> Chosen:
    """Return the weights of which the sum of weights times points is the most.

    Args:
        region: the admissible weights.
        points: integers, shape `[n, children]`; a child that does not count has zero.
        pool: corners of the region that have been found before; those found now are added. Which
            of several weightings is found depends on it, the sum does not.
    """
    every = np.ones(points.shape, dtype=np.bool_)
    if not len(points):
        return settled(region.centre, every)
    if region.is_box:
        return _filled(region, points, every)
    return _cornered(region, points, every, [] if pool is None else pool)


def _filled(region: Region, points: Integers, every: Mask) -> Chosen:
    """Choose from intervals: a fractional knapsack, filled from the child with the most points."""
    ends, denominator = scaled_weights([*region.lower, *region.upper])
    size = len(region.codes)
    if 4 * size * largest(ends) >= _NARROW:  # sums of them need room
        ends = ends.astype(object)
    low, room = ends[:size], ends[size:] - ends[:size]
    if region.whole is None:
        numbers = low + np.where(points > 0, room, 0)
        return Chosen(numbers=numbers, denominator=denominator, counted=every)
    rest = int(region.whole * denominator) - int(low.sum())
    order = np.argsort(-points, axis=1, kind="stable")
    rooms = room[order]
    before = rooms.cumsum(axis=1) - rooms
    taken = np.minimum(np.maximum(rest - before, 0), rooms)
    numbers = np.empty_like(taken)
    np.put_along_axis(numbers, order, taken, axis=1)
    return Chosen(numbers=numbers + low, denominator=denominator, counted=every)


def _cornered(region: Region, points: Integers, every: Mask, pool: list[Corner]) -> Chosen:
    """Choose among the corners of the region.

    A corner that is the best of those known is proven by its edges: the sum rises along none of
    them. (At a corner where more edges meet than there are dimensions, that takes the right ones,
    so that it may be known several times.) Where nothing is proven, a linear program finds the
    corner of a row, which joins the others and proves what it can. Rows share few corners.
    """
    choice = np.zeros(len(points), dtype=np.intp)
    left = np.arange(len(points))
    if pool:
        sums = _products(points, _table(pool)[0])
        best = sums.max(axis=1)
        for place, corner in enumerate(pool):
            rows = left[sums[left, place] == best[left]]
            proven = rows[_along(points[rows], corner.edges)]
            choice[proven] = place
            left = np.setdiff1d(left, proven, assume_unique=True)
    while left.size:
        corner = region.polytope.maximum([int(value) for value in points[left[0]]])
        proves = _along(points[left], corner.edges)
        proves[0] = True
        choice[left[proves]] = len(pool)
        pool.append(corner)
        left = left[~proves]
    numbers, denominator = _table(pool)
    return Chosen(numbers=numbers[choice], denominator=denominator, counted=every)


def _table(pool: Sequence[Corner]) -> tuple[Integers, int]:
    """Return corners as integers over a denominator, one a row."""
    numbers, denominator = scaled_weights([weight for corner in pool for weight in corner.point])
    return numbers.reshape(len(pool), -1), denominator


def _along(points: Integers, edges: Sequence[Sequence[int]]) -> Mask:
    """Say of which rows the sum of weights times points rises along none of the edges."""
    directions = np.array(edges, dtype=object).reshape(len(edges), points.shape[1])
    return np.asarray((_products(points, directions) <= 0).all(axis=1), dtype=np.bool_)


def _products(points: Integers, others: Integers) -> Integers:
    """Return the matrix product of rows with other rows, exactly."""
    most = largest(points) * largest(others) * points.shape[1]
    # Sums of integers in doubles are exact as long as they are doubles themselves.
    kind = np.float64 if most < _DOUBLES else object
    return np.asarray(points.astype(kind) @ others.T.astype(kind))


def most_mean(region: Region, points: Integers, present: Mask, optional: Mask) -> Chosen:
    """Return the weights of which the mean over the children that count is the most.

    A quotient of two sums is at its most, t, where the most of `sum(weight * (points - t))` is
    zero; from any t below, that sum leads to a better one (W. Dinkelbach, *On nonlinear fractional
    programming*, Management Science 13, 1967). Each step ends in a corner, so there are few.

    Args:
        region: the admissible weights.
        points: integers, shape `[n, children]`.
        present: bool, shape `[children]`: which children apply in these rows, one at least with a
            weight above zero in the middle of the region.
        optional: bool, shape `[children]`: which of them may also not apply, by weights of their
            own.
    """
    count = len(points)
    points = points.astype(object)
    above = points[:, present].min(axis=1)
    below = np.ones(count, dtype=object)
    middle = settled(region.centre, np.broadcast_to(present, points.shape))
    numbers = middle.numbers.astype(object)
    denominators = np.full(count, middle.denominator, dtype=object)
    counted = middle.counted.copy()
    left = np.arange(count)
    while left.size:
        gains = points[left] * below[left, np.newaxis] - above[left, np.newaxis]
        gains[:, ~present] = 0
        worthwhile = present & (~optional | (gains > 0).astype(np.bool_))
        gains = np.where(worthwhile, gains, 0)
        chosen = most_sum(region, gains)
        weights = np.where(worthwhile, chosen.numbers.astype(object), 0)
        better = ((weights * gains).sum(axis=1) > 0).astype(np.bool_)
        left, weights = left[better], weights[better]
        numbers[left] = chosen.numbers[better]
        denominators[left] = chosen.denominator
        counted[left] = worthwhile[better]
        above[left] = (weights * points[left]).sum(axis=1)
        below[left] = weights.sum(axis=1)
    common = lcm(*map(int, set(denominators)))
    factors = np.array([common // each for each in denominators], dtype=object)
    return Chosen(numbers=numbers * factors[:, np.newaxis], denominator=common, counted=counted)


def vanishing(region: Region, sure: Sequence[bool]) -> tuple[Fraction, ...] | None:
    """Return admissible weights under which nothing that is sure to count weighs anything."""
    point = region.polytope.minimum([int(counts) for counts in sure]).point
    return (
        None if any(weight for weight, counts in zip(point, sure, strict=True) if counts) else point
    )
