"""A column of cells in which each distinct cell stands once, and rows say which one they hold.

A column of levels has a handful of distinct cells, however many rows there are: each is read once,
and a million rows go through numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import attrs
import numpy as np
import numpy.typing as npt

# Distinct integers are found by counting, where they lie in a range of at most this width.
_COUNTED = 2**16
# The first integer that 64 bits with a sign don't hold.
_BEYOND = 2**63


@attrs.frozen(eq=False)
class CodedCells(Sequence[object]):
    """Cells by their place among the distinct ones.

    Attributes:
        distinct: the distinct cells.
        places: the place of each row's cell among them, shape `[n]`.
    """

    distinct: tuple[object, ...]
    places: npt.NDArray[np.intp]

    @classmethod
    def of(cls, numbers: npt.NDArray[np.number], empty: npt.NDArray[np.bool_]) -> CodedCells:
        """Return the cells of an array of numbers.

        Args:
            numbers: shape `[n]`.
            empty: where nothing stands, shape `[n]`.
        """
        values, places = _distinct(numbers)
        cells = tuple(values if values.dtype == np.float32 else values.tolist())
        if empty.any():
            places = np.where(empty, len(cells), places)
            cells = (*cells, None)
        return cls(cells, places.astype(np.intp, copy=False))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, row: int) -> object: ...

    @overload
    def __getitem__(self, row: slice) -> CodedCells: ...

    def __getitem__(self, row: int | slice) -> object:
        """Return the cell of a row, or the cells of some."""
        if isinstance(row, slice):
            return CodedCells(self.distinct, self.places[row])
        return self.distinct[self.places[row]]


def _distinct(
    numbers: npt.NDArray[np.number],
) -> tuple[npt.NDArray[np.number], npt.NDArray[np.intp]]:
    """Return the distinct numbers, ascending, and the place of each among them."""
    if numbers.dtype.kind in "iu" and len(numbers):
        lowest = int(numbers.min())
        highest = int(numbers.max())
        if highest - lowest < _COUNTED and highest < _BEYOND:
            offsets = (numbers.astype(np.int64) - lowest).astype(np.intp)
            there = np.bincount(offsets) > 0
            values = (np.flatnonzero(there) + lowest).astype(numbers.dtype)
            return values, (np.cumsum(there) - 1)[offsets]
    values, places = np.unique(numbers, return_inverse=True)
    return values, places.reshape(-1)
