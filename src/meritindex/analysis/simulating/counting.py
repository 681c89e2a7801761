"""Bands of many rows in many draws, and how often each occurs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from meritindex.scoring.evaluation import BandLimits

Bands = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]

# So many truth values can be counted in a byte.
_BYTE = 255


def limit_bands(bands: Bands, limits: BandLimits) -> Bands:
    """Return numbers of bands that caps hold back; 0 where a cap that may hold would matter."""
    certain = np.minimum(bands, limits.certain)
    return np.where(np.minimum(bands, limits.possible) == certain, certain, 0).astype(np.uint8)


def add_bands(bands: Bands, counts: npt.NDArray[np.int64]) -> None:
    """Add to counts how often each row has each band.

    Args:
        bands: the numbers of bands from 1, 0 for none; shape `[draws, rows]`.
        counts: shape `[rows, bands]`.
    """
    for start in range(0, len(bands), _BYTE):
        block = bands[start : start + _BYTE]
        for number in range(counts.shape[1]):
            # Bytes are added many at a time; there are no more of them than a byte counts.
            has = (block == number + 1).view(np.uint8)
            counts[:, number] += np.add.reduce(has, axis=0, dtype=np.uint8)
