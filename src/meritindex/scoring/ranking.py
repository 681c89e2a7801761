"""Ranks and bands of a column of points, decided in integers where the points are exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from meritindex.definition import Bands
from meritindex.scoring.column import ExactColumn, reaches

# Measured: below this many rows sorting is faster than counting.
_FEW_ROWS = 4096
# Counting needs an entry a possible value; so many times the rows still pays.
_COUNTING_RANGE = 4


def competition_ranks(column: ExactColumn) -> npt.NDArray[np.int32]:
    """Return the rank of every row, highest points first.

    Equal points share a rank and the next one skips (1, 2, 2, 4). A row without points has rank 0
    and is not counted among the others.

    Returns:
        int32, shape `[n]`.
    """
    if column.known.all():
        return _ranks(column.numerators)
    ranks = np.zeros(len(column), dtype=np.int32)
    ranks[column.known] = _ranks(column.numerators[column.known])
    return ranks


def _ranks(values: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    count = len(values)
    if values.dtype.kind in "iu" and count >= _FEW_ROWS:
        lowest, highest = int(values.min()), int(values.max())
        if highest - lowest < _COUNTING_RANGE * count:
            places = values.astype(np.intp)
            places -= lowest
            frequencies = np.bincount(places)
            # The rank of a value is one more than the number of rows above it.
            rank_of = np.cumsum(frequencies[::-1])[::-1] - frequencies + 1
            # Every place is in range by construction; mode="clip" only skips the check.
            return rank_of.astype(np.int32).take(places, mode="clip")
    if count and isinstance(values[0], Fraction):
        # Sorting by the nearest doubles first compares few Fractions, which is slow.
        order = {value: place for place, value in enumerate(sorted(set(values), key=_nearest))}
        return _ranks(np.array([order[value] for value in values], dtype=np.int64))
    ordered = np.sort(values)
    above = count - np.searchsorted(ordered, values, side="right")
    return (above + 1).astype(np.int32)


def _nearest(value: Fraction) -> tuple[float, Fraction]:
    return float(value), value


def band_numbers(column: ExactColumn, bands: Bands) -> npt.NDArray[np.uint8]:
    """Return the number of the band of every row, 1 for the lowest and 0 without points.

    Returns:
        uint8, shape `[n]`.
    """
    numbers = np.ones(len(column), dtype=np.uint8)
    for value, inclusive in bands.thresholds:
        limit = value * column.denominator
        numbers += reaches(column.numerators, limit, inclusive=inclusive).view(np.uint8)
    if not column.known.all():
        numbers[~column.known] = 0
    return numbers
