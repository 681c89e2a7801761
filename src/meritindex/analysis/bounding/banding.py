"""The band of every row at its least or at its most, as the caps of bands leave it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from meritindex.analysis.bounding.sides import Side
from meritindex.scoring.ranking import band_numbers

Numbers = npt.NDArray[np.uint8]


def bands_at(side: Side) -> Numbers:
    """Return the number of the band of every row, 1 for the lowest; 0 for none.

    A cap that waits for what is not known holds at the least, and does not at the most.

    Returns:
        uint8, shape `[rows]`.
    """
    bands = side.tree.root.bands
    if bands is None:
        return np.zeros(len(side.inputs.levels), dtype=np.uint8)
    numbers = band_numbers(side.total.worth, bands)
    names = [band.name.id for band in bands]
    for cap in side.tree.root.band_caps:
        holds, unknown = side.falls_short(cap.shortfall)
        capped = holds if side.most else holds | unknown
        limit = np.uint8(names.index(cap.band) + 1)
        numbers = np.where(capped, np.minimum(numbers, limit), numbers)
    return numbers
