"""Random walks over the grid points of a region: one walk a draw, all of them step by step.

Each step goes along a line through the region, to any grid point on the line with the same chance.
Such a step leaves the uniform distribution as it is, and steps along lines that span the region
bring any start to it (hit and run: R. L. Smith, "Efficient Monte Carlo procedures for generating
points uniformly distributed over bounded regions", *Operations Research* 32, 1984). Walks know
nothing of one another, so the draws are independent. How near they come after so many steps is
tested, not proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import gcd, lcm

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.limits import WholeLimit, limits_of
from meritindex.definition import Region

Integers = npt.NDArray[np.int64]
Point = tuple[Fraction, ...]
Direction = tuple[int, ...]

# How often a walk goes along every line. Tested: after 3 times, no mean, variance or covariance of
# the regions of the tests can be told from those of exact draws; the rest is for other regions.
SWEEPS = 8
# Lines between corners beyond the edges; more of them take time and mix no better.
_MOST_LINES = 150
# So many grid points at least lie between two corners, and so many make up the largest weight.
_LINE_BITS, _GRID_BITS = 12, 24
# Numbers of more bits than this might pass 64 bits on the way.
MOST_BITS = 58
# So many walks at a time stay in the processor's cache.
_WALKS = 4096


class TooFineError(Exception):
    """The numbers of a region have no common grid that 64 bits hold."""


def walked(
    chance: Chance, region: Region, count: int, sweeps: int = SWEEPS
) -> tuple[Integers, Fraction]:
    """Return draws from a region, nearly uniform, in whole numbers, and what one is worth.

    Args:
        chance: where chance comes from.
        region: from which to draw; more than one point.
        count: how many draws.
        sweeps: how often each walk goes along every line.

    Returns:
        int64, shape `[count, children]`, and the unit.

    Raises:
        TooFineError: the grid is too fine for 64 bits.
    """
    points, edges = _corners(region)
    limits = [limit for limit in limits_of(region) if not limit.fixes]
    unit = _unit(region, points, limits)
    corners = [[int(value / unit) for value in point] for point in points]
    directions = _directions(corners, edges)
    order = np.argsort(chance.words(len(directions)), kind="stable").tolist()
    lines = [_Line(directions[place], limits, unit) for place in order]
    start = np.array(_middle(corners), dtype=np.int64)
    found = np.empty((count, len(start)), dtype=np.int64)
    for first in range(0, count, _WALKS):
        walks = np.repeat(start[:, np.newaxis], min(_WALKS, count - first), axis=1)
        for _ in range(sweeps):
            for line in lines:
                line.step(chance, walks)
        found[first : first + walks.shape[1]] = walks.T
    return found, unit


class _Line:
    """A line in one direction, and the limits that it can meet."""

    def __init__(self, direction: Direction, limits: Sequence[WholeLimit], unit: Fraction) -> None:
        self.moves = [(place, by) for place, by in enumerate(direction) if by]
        self.ends: list[tuple[list[tuple[int, int]], int, int]] = []
        for limit in limits:
            rise = sum(limit.coefficients[place] * by for place, by in self.moves)
            if not rise:
                continue
            terms = [(place, each) for place, each in enumerate(limit.coefficients) if each]
            for end, sign in ((limit.low, -1), (limit.high, 1)):
                if end is not None:
                    # What is left to the end, sign * (end - sum), is used up by sign * rise a step.
                    signed = [(place, -sign * each) for place, each in terms]
                    self.ends.append((signed, int(sign * end / unit), sign * rise))

    def step(self, chance: Chance, walks: Integers) -> None:
        """Move every walk, a column each, to a random grid point on its line."""
        least: Integers | None = None
        most: Integers | None = None
        for terms, end, rise in self.ends:
            left = np.full(walks.shape[1], end, dtype=np.int64)
            for place, coefficient in terms:
                left += walks[place] if coefficient == 1 else coefficient * walks[place]
            steps = left if abs(rise) == 1 else left // abs(rise)
            if rise > 0:
                most = steps if most is None else np.minimum(most, steps)
            else:
                least = steps if least is None else np.minimum(least, steps)
        # A region has an end both ways, and where a walk stands is within it.
        assert least is not None  # noqa: S101
        assert most is not None  # noqa: S101
        steps = chance.below_each(most + least + 1) - least
        for place, by in self.moves:
            walks[place] += by * steps


def _corners(region: Region) -> tuple[list[Point], list[Direction]]:
    """Return corners that are extreme for every weight and every sum that is limited, and edges.

    Their middle touches no limit but those that all of the region touches.
    """
    points: dict[Point, None] = {}
    edges: dict[Direction, None] = {}
    for limit in limits_of(region):
        if not limit.fixes:
            for sign in (1, -1):
                corner = region.polytope.maximum([sign * each for each in limit.coefficients])
                points[corner.point] = None
                edges |= dict.fromkeys(corner.edges)
    return list(points), list(edges)


def _unit(region: Region, points: Sequence[Point], limits: Sequence[WholeLimit]) -> Fraction:
    """Return what one step of the grid is worth: all corners and limits lie on the grid."""
    denominators = [value.denominator for point in points for value in point]
    for limit in limits:
        denominators += [end.denominator for end in (limit.low, limit.high) if end is not None]
    common = lcm(*denominators)
    largest = max(region.upper)
    bits = max(_LINE_BITS, _GRID_BITS - (largest * common).__ceil__().bit_length())
    grid = common << bits
    if (largest * grid).__ceil__() * len(region.codes) >= 2**MOST_BITS:
        raise TooFineError
    return Fraction(1, grid)


def _middle(corners: Sequence[Sequence[int]]) -> list[int]:
    """Return a grid point between all corners: each has a weight, and all are one power of two."""
    bits = (len(corners) - 1).bit_length()
    ends = [(place << bits) // len(corners) for place in range(len(corners) + 1)]
    weights = [after - before for before, after in pairwise(ends)]
    return [
        sum(weight * corner[place] for weight, corner in zip(weights, corners, strict=True)) >> bits
        for place in range(len(corners[0]))
    ]


def _directions(corners: Sequence[Sequence[int]], edges: Sequence[Direction]) -> list[Direction]:
    """Return along what lines to walk: edges, and the lines between corners."""
    found: dict[Direction, None] = dict.fromkeys(map(_primitive, edges))
    between = [
        _primitive([one - other for one, other in zip(first, second, strict=True)])
        for first, second in combinations(corners, 2)
    ]
    every = max(1, -(-len(between) // _MOST_LINES))
    found |= dict.fromkeys(between[::every])
    return list(found)


def _primitive(direction: Sequence[int]) -> Direction:
    """Return a direction in the least whole numbers, the first that is not zero above it."""
    common = gcd(*direction)
    first = next(value for value in direction if value)
    return tuple(value // (common if first > 0 else -common) for value in direction)
