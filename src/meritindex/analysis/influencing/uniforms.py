"""Weights made of independent uniform numbers, one for each open weight, as whole numbers.

A global sensitivity analysis asks for factors that know nothing of one another, and weights that
share a whole do. So each weight gets a factor of its own, and the weights follow from all of them.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating import DrawMethod, WeightDraws
from meritindex.definition import Region
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# So many steps at least make up what is shared out, and so many bits hold the weights of a draw.
_GRID_BITS, _MOST_BITS = 24, 58
# Less than any logarithm that occurs, so that a factor of zero has a share.
_LEAST = 1e-200


def weights_of(region: Region, uniforms: Doubles) -> WeightDraws:
    """Return the weights of one dimension that uniform numbers stand for.

    Where the weights make up a whole, each is its least plus a multiple of `-log(1 - u)`, but not
    above its most; the multiple is the one that fills the whole. Where only the whole limits them,
    that is uniform on all weights that fill it. Without a whole, each lies between its ends in
    proportion to `u`. All are rounded to a fine grid that has the ends and the whole on it.

    Args:
        region: nothing but intervals, and perhaps a whole.
        uniforms: from 0 to below 1, shape `[draws, open weights]`, in the order of the codes.

    Raises:
        WeightingError: the ends of the region have no common grid that 64 bits hold.
    """
    grid = _grid(region)
    low, high = (
        np.array([int(end * grid) for end in ends], dtype=np.int64)
        for ends in (region.lower, region.upper)
    )
    numbers: Integers = np.repeat(low[np.newaxis], len(uniforms), axis=0)
    opened = np.flatnonzero(low != high)
    room = (high - low)[opened]
    if region.whole is None:
        added = np.rint(uniforms * room).astype(np.int64)
    else:
        added = _filled(uniforms, room, int(region.whole * grid) - int(low.sum()))
    numbers[:, opened] += added
    return WeightDraws(
        dimension=region.dimension,
        codes=region.codes,
        whole=region.whole,
        numbers=numbers,
        unit=Fraction(1, grid),
        method=DrawMethod.GIVEN,
    )


def open_codes(region: Region) -> tuple[str, ...]:
    """Return the codes whose weights have more than one value."""
    ends = zip(region.codes, region.lower, region.upper, strict=True)
    return tuple(code for code, low, high in ends if low != high)


def _grid(region: Region) -> int:
    """Return how many steps of the grid make up a weight of one."""
    ends = [*region.lower, *region.upper, region.whole or Fraction(1)]
    common = lcm(*(end.denominator for end in ends))
    size = max(ends)
    narrowest = min(
        high - low for low, high in zip(region.lower, region.upper, strict=True) if low != high
    )
    grid = common << max(0, _GRID_BITS - (narrowest * common).__floor__().bit_length())
    if (size * grid).__ceil__() * len(region.codes) >= 2**_MOST_BITS:
        message = Text(
            "batas bobot dalam {code} terlalu halus; bulatkan batasnya",
            "the limits of the weights in {code} are too fine; round them",
        )
        raise WeightingError(
            Fault(
                code="region-too-fine",
                message=message.fill(code=region.dimension),
                item=region.dimension,
            )
        )
    return grid


def _filled(uniforms: Doubles, room: Integers, rest: int) -> Integers:
    """Return whole numbers up to `room` that add up to `rest`, in proportion to logarithms."""
    sizes = np.maximum(-np.log1p(-uniforms), _LEAST)
    full = np.zeros(sizes.shape, dtype=np.bool_)
    shares = np.zeros(sizes.shape)
    for _ in room:
        left = rest - np.where(full, room, 0).sum(axis=1)
        over = np.where(full, 0.0, sizes).sum(axis=1)
        scale = np.divide(left, over, out=np.zeros(len(over)), where=over > 0)
        shares = np.where(full, room, sizes * scale[:, np.newaxis])
        full |= shares >= room
    found: npt.NDArray[Any] = np.minimum(np.rint(shares).astype(np.int64), room)
    # What rounding left goes where there is room.
    left = rest - found.sum(axis=1)
    for place, most in enumerate(room.tolist()):
        step = np.clip(left, -found[:, place], most - found[:, place])
        found[:, place] += step
        left = left - step
    return found
