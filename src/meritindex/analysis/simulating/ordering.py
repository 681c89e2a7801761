"""The order of many rows in many draws, with every tie decided exactly.

Each number lies in a cell of a grid; cells are sorted, packed with their row into one word of 32
bits: more than twice as fast as sorting the numbers, and several times as fast as sorting places.
Rows that lie in one cell or in two beside one another, which are few, are then compared by
themselves, exactly. Nothing here knows what the numbers are.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.uint16]
Places = npt.NDArray[np.intp]
Words = npt.NDArray[np.uint32]

# Rows are told apart by so many bits at most, so that enough are left for cells.
MOST_ROW_BITS = 12
_WORD_BITS = 32
# The last cells are kept for what rounding may bring there, and for rows without a number.
_SPARE = 4
# Numbers so many cells from one another are never taken to be close.
APART = 4
# By so much of a cell a number may be off where it is said to lie.
MOST_OFF = 0.25


def cells_of(count: int) -> int:
    """Return how many cells there are where so many rows are to be told apart."""
    return (1 << (_WORD_BITS - _row_bits(count))) - _SPARE


def _row_bits(count: int) -> int:
    return max(1, (count - 1).bit_length())


@attrs.frozen(kw_only=True, eq=False)
class Numbers:
    """The numbers of rows in a block of draws; the larger, the better.

    Attributes:
        cells: in which cell of the grid each lies, the best in cell 0; int32, shape
            `[draws, rows]`, below `cells_of` the rows that are ranked.
        near: where on the grid each lies; doubles.
        off: by how much that may be off, at most `MOST_OFF`.
        settle: says of two rows, each pair in a draw, which is above: 1 the first, 0 none, -1 the
            second; asked where they lie too close to tell.
        worth: what rows are worth in a draw; asked where they lie the wrong way round.
        apart: whether numbers that differ lie at least `APART` cells from one another.
        kinds: a number for each row; rows of one kind have the same number in every draw, and a
            row of the kind -1 has nothing to do with any other. None where no two are alike.
    """

    cells: npt.NDArray[np.int32]
    near: npt.NDArray[np.float64]
    off: float
    settle: Callable[[Places, Places, Places], npt.NDArray[np.int8]]
    worth: Callable[[int, Places], list[Fraction]]
    apart: bool = False
    kinds: npt.NDArray[np.int64] | None = None


@attrs.frozen(kw_only=True, eq=False)
class Order:
    """Rows in their order, in each draw of a block.

    A row has the rank of its place, from 1, but for those that are named.

    Attributes:
        rows: unsigned integers, shape `[draws, ranked rows]`, the best first; rows without a number
            come last.
        places: flat places of rows that have another rank than that of their place, ascending.
        ranks: theirs; 0 for none; uint16.
    """

    rows: npt.NDArray[np.unsignedinteger[Any]]
    places: Places
    ranks: Ranks

    @classmethod
    def of_ranks(cls, ranks: Ranks, ranked: Places) -> Order:
        """Return the order of the rows that are ranked, from ranks by row; 0 for none."""
        chosen = ranks.take(ranked, axis=1)
        last = np.where(chosen > 0, chosen, np.iinfo(np.uint16).max)
        order = np.argsort(last, axis=1, kind="stable")
        found = np.take_along_axis(chosen, order, axis=1).ravel()
        places = np.flatnonzero(found != _plain(*chosen.shape))
        return cls(rows=ranked[order].astype(np.uint16), places=places, ranks=found[places])

    def write(self, into: Ranks) -> None:
        """Write ranks by row; `into` is uint16, shape `[draws, rows]`."""
        draws, count = self.rows.shape
        ranks = _plain(draws, count)
        ranks[self.places] = self.ranks
        places = self.rows + np.arange(draws)[:, np.newaxis] * into.shape[1]
        into.ravel()[places.ravel()] = ranks


def _plain(draws: int, count: int) -> Ranks:
    """Return the ranks of rows in their order without any tie, draw after draw."""
    return np.tile(np.arange(1, count + 1, dtype=np.uint16), draws)


def order_of(numbers: Numbers, ranked: Places, known: Mask | None) -> Order:
    """Return the order of some of the rows.

    Args:
        numbers: of every row in every draw.
        ranked: the rows among which to rank, ascending.
        known: where there is a number; None for everywhere. Without, there is no rank.
    """
    count = len(ranked)
    cells = numbers.cells
    if count < cells.shape[1]:
        # Not by indexing, which may store columns.
        cells = cells.take(ranked, axis=1)
        known = None if known is None else known.take(ranked, axis=1)
    bits = _row_bits(count)
    last = cells_of(count) + _SPARE - 1
    if known is not None:
        cells = np.where(known, cells, last).astype(np.uint32)
    words = cells.view(np.uint32) << np.uint32(bits)
    words |= np.arange(count, dtype=np.uint32)
    words.sort(axis=1)
    # Cells that are the same or lie beside one another; some that don't do no harm.
    together = words[:, 1:] - words[:, :-1] < np.uint32(2 << bits)
    if known is not None:
        together &= words[:, 1:] < np.uint32(last << bits)
    later = np.flatnonzero(together)
    # From places in an array that lacks the first of each draw to places in one that has it.
    later += later // max(count - 1, 1) + 1
    words &= np.uint32(2**bits - 1)
    places, ranks = later[:0], np.zeros(0, dtype=np.uint16)
    if len(later):
        compared = _Compared(numbers, ranked, words, known)
        places, ranks = compared.ranks(later)
    if known is not None:
        silent = np.flatnonzero(np.arange(count) >= known.sum(axis=1)[:, np.newaxis])
        places, ranks = (
            np.append(places, silent),
            np.append(ranks, np.zeros_like(ranks, shape=len(silent))),
        )
        order = np.argsort(places, kind="stable")
        places, ranks = places[order], ranks[order]
    rows = words if count == numbers.cells.shape[1] else ranked[words].astype(np.uint32)
    return Order(rows=rows, places=places, ranks=ranks)


class _Compared:
    """Rows that lie close to one another, compared and put into their order."""

    def __init__(self, numbers: Numbers, ranked: Places, rows: Words, known: Mask | None) -> None:
        self.numbers, self.ranked, self.known = numbers, ranked, known
        self.kinds = None if numbers.kinds is None else numbers.kinds[ranked]
        self.rows, self.count = rows.ravel(), rows.shape[1]
        self.misled = np.zeros(0, dtype=np.intp)

    def ranks(self, later: Places) -> tuple[Places, Ranks]:
        """Return the places of rows that have not the rank of their place, and their ranks.

        Args:
            later: the places of all rows that lie close to the one before, ascending.
        """
        tied = self._tied(later)
        first = _firsts(tied)
        shared = (tied[first] - 1) % self.count + 1
        ranks = shared[np.cumsum(first) - 1].astype(np.uint16)
        if not len(self.misled):
            return tied, ranks
        kept = ~np.isin(tied // self.count, self.misled)
        found = [(tied[kept], ranks[kept]), *map(self._sorted, self.misled.tolist())]
        places, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.argsort(places)
        return places[order], values[order]

    def _tied(self, later: Places) -> Places:
        """Return the places of rows that equal the one before; sort the rows of every run."""
        if self.numbers.apart:
            return later
        if self.kinds is None:
            return later[self._equal(later)]
        alike = self._alike(self.rows[later - 1], self.rows[later])
        if alike.all():
            return later
        # Runs in which all rows are of one kind are settled; the others are compared.
        runs = np.cumsum(_firsts(later)) - 1
        mixed = np.zeros(runs[-1] + 1, dtype=np.bool_)
        mixed[runs[~alike]] = True
        compared = mixed[runs]
        alike[compared] = self._equal(later[compared])
        return later[alike]

    def _alike(self, above: Words, below: Words) -> Mask:
        """Say which pairs of rows have the same number in every draw."""
        if self.kinds is None:
            return np.zeros(len(above), dtype=np.bool_)
        first, second = self.kinds[above], self.kinds[below]
        return np.asarray((first == second) & (first >= 0))

    def _equal(self, later: Places) -> Mask:
        """Sort every run by where its rows lie; say which rows then equal the one before."""
        first = _firsts(later)
        starts = later[first] - 1
        places = np.sort(np.concatenate([starts, later]))
        later_ones = np.ones(len(places), dtype=np.bool_)
        later_ones[np.searchsorted(places, starts)] = False
        draws, rows = places // self.count, self.rows[places]
        near = self.numbers.near[draws, self.ranked[rows]]
        order = np.lexsort((near, np.cumsum(~later_ones)))
        near, rows = near[order], rows[order]
        self.rows[places] = rows
        second = np.flatnonzero(later_ones)
        equal = self._alike(rows[second - 1], rows[second])
        close = near[second] - near[second - 1] <= 2 * self.numbers.off
        asked = np.flatnonzero(close & ~equal)
        if len(asked):
            pairs = second[asked]
            above, below = (self.ranked[rows[each]] for each in (pairs - 1, pairs))
            signs = self.numbers.settle(draws[pairs], above, below)
            equal[asked] = signs == 0
            self.misled = np.unique(draws[pairs[signs < 0]])
        return equal

    def _sorted(self, draw: int) -> tuple[Places, Ranks]:
        """Sort all rows of a draw by what they are worth; return places and ranks of ties."""
        count = self.count if self.known is None else int(self.known[draw].sum())
        rows = self.rows[draw * self.count : draw * self.count + count]
        worth = self.numbers.worth(draw, self.ranked[rows])
        order = sorted(range(count), key=lambda place: -worth[place])
        rows[:] = rows[order]
        ranks = list(range(1, count + 1))
        for place in range(1, count):
            if worth[order[place]] == worth[order[place - 1]]:
                ranks[place] = ranks[place - 1]
        found = np.array(ranks, dtype=np.uint16)
        places = np.flatnonzero(found != np.arange(1, count + 1))
        return places + draw * self.count, found[places]


def _firsts(places: Places) -> Mask:
    """Return which of ascending places do not follow the one before."""
    first = np.ones(len(places), dtype=np.bool_)
    np.not_equal(places[1:], places[:-1] + 1, out=first[1:])
    return first
