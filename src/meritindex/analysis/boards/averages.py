"""The mean, the quartiles and the ends of exact numbers, exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from meritindex.scoring import ExactColumn
from meritindex.scoring.column import worth

Quartiles = tuple[Fraction, Fraction, Fraction]

_SHARES = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


def mean(column: ExactColumn) -> Fraction | None:
    """Return the mean of the numbers that are known; None without any.

    Of a column of doubles, each stands for its shortest decimal.
    """
    numbers = column.numerators[column.known].tolist()  # Python's, which have no end
    if not numbers:
        return None
    if column.is_double:
        numbers = [worth(number, Fraction(1)) for number in numbers]
    return Fraction(sum(numbers)) / (column.denominator * len(numbers))


def quartiles(column: ExactColumn) -> Quartiles | None:
    """Return the lower quartile, the median and the upper quartile; None without numbers.

    The quantile of a share `p` of `n` ordered numbers `x[0] <= ... <= x[n-1]` lies at the place
    `h = (n - 1) * p`, on the line between its two neighbours: `x[i] + (h - i) * (x[i+1] - x[i])`
    with `i` the whole part of `h`. It is definition 7 of Hyndman and Fan ("Sample quantiles in
    statistical packages", *The American Statistician* 50, 1996), and numpy's `linear`.

    Examples:
        >>> numbers = ExactColumn(np.array([4, 1, 3, 2]), 1, np.ones(4, dtype=np.bool_))
        >>> quartiles(numbers)
        (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))
    """
    ordered = np.sort(column.numerators[column.known])
    if not len(ordered):
        return None
    unit = Fraction(1, column.denominator)
    found = []
    for share in _SHARES:
        place = (len(ordered) - 1) * share
        below = int(place)
        low = worth(ordered[below], unit)
        if place > below:
            low += (place - below) * (worth(ordered[below + 1], unit) - low)
        found.append(low)
    lower, middle, upper = found
    return lower, middle, upper


def ends(column: ExactColumn) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and the highest of the numbers that are known; None without any."""
    numbers = column.numerators[column.known]
    if not len(numbers):
        return None
    unit = Fraction(1, column.denominator)
    return worth(numbers.min(), unit), worth(numbers.max(), unit)
