"""Covariances and correlations of columns of integers.

Sums of squares and products are integers here, so that what adds up on paper adds up here as well;
only a correlation is a double, for it is not rational.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import Integers, largest

# Integers of up to this size are added and multiplied in 64 bits without care.
NARROW = 2**62


def product(one: Integers, other: Integers) -> Integers:
    """Return the products of integers, in Python integers where 64 bits may not hold them."""
    if largest(one) * largest(other) >= NARROW:
        one = one.astype(object)
    return np.asarray(one * other)


def comoment(one: Integers, other: Integers) -> int:
    """Return `n * sum(x * y) - sum(x) * sum(y)`: the covariance of `n` pairs, times `n**2`."""
    count = len(one)
    if max(largest(one), 1) * max(largest(other), 1) * count >= NARROW:
        one, other = one.astype(object), other.astype(object)
    return count * int((one * other).sum()) - int(one.sum()) * int(other.sum())


def correlations(columns: list[Integers]) -> npt.NDArray[np.float64]:
    """Return the correlations between columns, NaN where one of them is constant.

    Returns:
        float64, shape `[columns, columns]`.
    """
    found = np.full((len(columns), len(columns)), np.nan)
    centred = [_centred(column) for column in columns]
    moving = [place for place, column in enumerate(centred) if column is not None]
    if moving:
        rows = np.array([centred[place] for place in moving])
        found[np.ix_(moving, moving)] = np.corrcoef(rows).reshape(len(moving), len(moving))
        found[moving, moving] = 1
    return found


def correlation(one: Integers, other: Integers) -> float | None:
    """Return the correlation of two columns; None where one of them is constant."""
    found = float(correlations([one, other])[0, 1])
    return None if np.isnan(found) else found


def _centred(numbers: Integers) -> npt.NDArray[np.float64] | None:
    """Return by how much numbers differ from their mean, from -1 to 1; None where none differs.

    What they have in common is taken off before anything becomes a double.
    """
    exact: npt.NDArray[Any] = numbers.astype(object)
    apart = exact * len(exact) - exact.sum() if len(exact) else exact
    size = largest(apart)
    return np.array([number / size for number in apart], dtype=np.float64) if size else None
