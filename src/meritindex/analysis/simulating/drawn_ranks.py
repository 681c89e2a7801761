"""The ranks of all draws, kept as the order of rows: fast to fill and to count."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.ordering import Order
from meritindex.assessment.values import closed

Ranks = npt.NDArray[np.uint16]
Places = npt.NDArray[np.intp]

# So many draws are counted at a time.
_COUNTED = 1024


@attrs.frozen(kw_only=True, eq=False)
class DrawnRanks:
    """The ranks of rows in every draw.

    A row has the rank of its place in the order, from 1, but for those that are named.

    Attributes:
        rows: rows in their order, the best first; uint16, shape `[draws, ranked rows]`, read-only.
        places: flat places of rows that have another rank, ascending; read-only.
        ranks: theirs; 0 for none; uint16, read-only.
        count: how many rows there are, with those that are not ranked.
    """

    rows: Ranks
    places: Places
    ranks: Ranks
    count: int

    def __attrs_post_init__(self) -> None:
        for name in ("rows", "places", "ranks"):
            object.__setattr__(self, name, closed(getattr(self, name)))

    def by_row(self) -> Ranks:
        """Return the rank of each row in each draw, 0 for none; uint16, shape `[draws, count]`."""
        found = np.zeros((len(self.rows), self.count), dtype=np.uint16)
        Order(rows=self.rows, places=self.places, ranks=self.ranks).write(found)
        return found

    def counts(self) -> npt.NDArray[np.int64]:
        """Return in how many draws each row has each rank, from 1; int64, `[count, count]`."""
        draws, ranked = self.rows.shape
        # Cells of ranks and rows; those without a rank have one of their own behind the others.
        nowhere = ranked * self.count
        counts = np.zeros(nowhere + 1, dtype=np.int64)
        first = np.arange(ranked, dtype=np.intp) * self.count
        cells = np.empty((_COUNTED, ranked), dtype=np.intp)
        for start in range(0, draws, _COUNTED):
            rows = self.rows[start : start + _COUNTED]
            here = np.add(rows, first, out=cells[: len(rows)]).ravel()
            # Those with another rank than that of their place.
            ends = (start * ranked, (start + len(rows)) * ranked)
            others = slice(*np.searchsorted(self.places, ends).tolist())
            places, ranks = self.places[others] - ends[0], self.ranks[others].astype(np.intp)
            moved = rows.ravel()[places] + (ranks - 1) * self.count
            here[places] = np.where(ranks > 0, moved, nowhere)
            counts += np.bincount(here, minlength=len(counts))
        found = np.zeros((self.count, self.count), dtype=np.int64)
        found[:, :ranked] = counts[:nowhere].reshape(ranked, self.count).T
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DrawnRanks):
            return NotImplemented
        return np.array_equal(self.by_row(), other.by_row())

    __hash__ = None  # type: ignore[assignment]

    # Unpickled arrays could be written to; the constructor closes them again.
    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.rows, self.places, self.ranks, self.count)


def _rebuilt(rows: Ranks, places: Places, ranks: Ranks, count: int) -> DrawnRanks:
    return DrawnRanks(rows=rows, places=places, ranks=ranks, count=count)


class Filling:
    """The ranks of all draws while they are found, block by block.

    Args:
        draws: how many there will be.
        ranked: how many rows have a rank.
        count: how many rows there are.
    """

    def __init__(self, draws: int, ranked: int, count: int) -> None:
        self._rows = np.empty((draws, ranked), dtype=np.uint16)
        self._others: list[tuple[Places, Ranks]] = []
        self._count = count

    def put(self, block: slice, order: Order) -> None:
        """Keep the order of a block of draws; blocks come in their order."""
        self._rows[block] = order.rows
        self._others.append((order.places + block.start * self._rows.shape[1], order.ranks))

    def done(self) -> DrawnRanks:
        """Return the ranks of all draws."""
        places, ranks = (np.concatenate(parts) for parts in zip(*self._others, strict=True))
        return DrawnRanks(rows=self._rows, places=places, ranks=ranks, count=self._count)
