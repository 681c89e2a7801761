"""Labels: partial plans with what they cost and what they are worth; which of them matter.

A label is a choice of levels for some of the indicators. It matters unless another one costs no
more and is worth at least as much in every column. All columns are such that more is better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import Integers
from meritindex.assessment.many import Levels
from meritindex.definition import Shortfall

Doubles = npt.NDArray[np.float64]

# What a mark says: that a node does not fall short, under one of the scenarios.
MarkKey = tuple[Shortfall, int]

# So many rows are compared at a time with those that are kept.
_BLOCK = 128
_KEPT_AT_A_TIME = 4096


@attrs.frozen(kw_only=True, eq=False)
class Labels:
    """Choices of levels.

    Attributes:
        prices: integers, shape `[n]`.
        folds: what they are worth so far; integers, shape `[n, columns]`.
        levels: uint8, shape `[n, indicators]`; where nothing is chosen yet, the present levels.
        marks: further columns by what they say, integers, shape `[n]` each.
        nears: what lists come to, nearly; shape `[n, scenarios]`; None where that is not known.
    """

    prices: Integers
    folds: Integers
    levels: Levels
    marks: Mapping[MarkKey, Integers]
    nears: Doubles | None = None

    def __len__(self) -> int:
        return len(self.prices)

    def take(self, places: Integers) -> Labels:
        """Return some of the labels."""
        return Labels(
            prices=self.prices[places],
            folds=self.folds[places],
            levels=self.levels[places],
            marks={key: column[places] for key, column in self.marks.items()},
            nears=None if self.nears is None else self.nears[places],
        )

    @classmethod
    def joined(cls, parts: list[Labels]) -> Labels:
        """Return labels of several parts, which have the same columns."""
        nears = [part.nears for part in parts if part.nears is not None]
        return cls(
            prices=np.concatenate([part.prices for part in parts]),
            folds=np.concatenate([part.folds for part in parts]),
            levels=np.concatenate([part.levels for part in parts]),
            marks={
                key: np.concatenate([part.marks[key] for part in parts]) for key in parts[0].marks
            },
            nears=np.concatenate(nears) if nears else None,
        )


def undominated(
    prices: Integers, columns: Integers, pause: Callable[[], None] = lambda: None
) -> Integers:
    """Return which labels matter, from the cheapest; of equal ones the first.

    Args:
        prices: integers, shape `[n]`.
        columns: integers, shape `[n, k]`; more is better.
        pause: called now and then; what it raises ends the work.
    """
    count, width = columns.shape
    if not count:
        return np.zeros(0, dtype=np.intp)
    if not width:
        return np.array([prices.argmin()], dtype=np.intp)
    # The cheapest first; of those the best, so that none is dominated by one that comes later.
    order = np.lexsort((*(-columns[:, place] for place in range(width - 1, -1, -1)), prices))
    sorted_columns = columns[order]
    if width == 1:
        only = sorted_columns[:, 0]
        best = np.maximum.accumulate(only)
        kept = np.ones(count, dtype=np.bool_)
        kept[1:] = only[1:] > best[:-1]
        return order[kept]
    return order[_undominated(sorted_columns, pause)]


def _undominated(columns: Integers, pause: Callable[[], None]) -> Integers:
    """Return which rows no earlier row equals or exceeds in every column."""
    kept = np.empty_like(columns)
    places: list[Integers] = []
    count = 0
    for start in range(0, len(columns), _BLOCK):
        pause()
        block = columns[start : start + _BLOCK]
        left = np.arange(len(block))
        for first in range(0, count, _KEPT_AT_A_TIME):
            others = kept[first : min(first + _KEPT_AT_A_TIME, count)]
            left = left[~_exceeded(others, block[left])]
        within = block[left]
        worse = _pairs(within, within)
        np.fill_diagonal(worse, val=False)
        # Of two that are equal the first stands.
        left = left[~np.triu(worse).any(axis=0)]
        kept[count : count + len(left)] = block[left]
        count += len(left)
        places.append(left + start)
    return np.concatenate(places)


def _pairs(others: Integers, rows: Integers) -> Integers:
    """Say of each pair whether the one is at least the other in every column."""
    found = np.ones((len(others), len(rows)), dtype=np.bool_)
    for place in range(rows.shape[1]):
        found &= (others[:, place, np.newaxis] >= rows[np.newaxis, :, place]).astype(np.bool_)
    return found


def _exceeded(others: Integers, rows: Integers) -> Integers:
    return np.asarray(_pairs(others, rows).any(axis=0))


def not_exceeded(
    prices: Integers, ends: tuple[Doubles, Doubles], columns: Integers, pause: Callable[[], None]
) -> Integers:
    """Return which labels may be worth more than any other that costs no more, for certain or not.

    Args:
        prices: integers, ascending, shape `[n]`.
        ends: what each comes to at the least and at the most; doubles, shape `[n, k]` each.
        columns: what must be no less besides; integers, shape `[n, m]`.
        pause: called now and then; what it raises ends the work.
    """
    low, high = ends
    left = np.zeros(len(prices), dtype=np.bool_)
    for start in range(0, len(prices), _BLOCK):
        pause()
        rows = slice(start, start + _BLOCK)
        # Those that cost no more than a row stand before the first that costs more.
        cheaper = np.searchsorted(prices, prices[rows], side="right")
        exceeded = np.zeros(len(high[rows]), dtype=np.bool_)
        for first in range(0, int(cheaper[-1]), _KEPT_AT_A_TIME):
            others = slice(first, min(first + _KEPT_AT_A_TIME, int(cheaper[-1])))
            pairs = _pairs(low[others], high[rows]) & _pairs(columns[others], columns[rows])
            pairs &= np.arange(others.start, others.stop)[:, np.newaxis] < cheaper
            exceeded |= pairs.any(axis=0)
        left[rows] = ~exceeded
    return np.flatnonzero(left)
