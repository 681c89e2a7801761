"""How often something happened in so many draws: counts, and exact shares of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment.values import closed


def _closed(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return closed(counts)


@attrs.frozen(eq=False, repr=False)
class Shares:
    """A matrix of shares of draws: `shares[row, column]` is a `Fraction`.

    Attributes:
        counts: how many draws; int64, shape `[rows, columns]`, read-only.
        draws: of how many.

    Examples:
        >>> shares = Shares(np.array([[1, 2]]), 3)
        >>> shares[0, 1], shares.shape
        (Fraction(2, 3), (1, 2))
    """

    counts: npt.NDArray[np.int64] = attrs.field(converter=_closed)
    draws: int

    @property
    def shape(self) -> tuple[int, ...]:
        """The numbers of rows and columns."""
        return self.counts.shape

    def __getitem__(self, place: tuple[int, int]) -> Fraction:
        """Return one share."""
        row, column = place
        return Fraction(int(self.counts[row, column]), self.draws)

    def row(self, row: int) -> tuple[Fraction, ...]:
        """Return the shares of a row."""
        return tuple(Fraction(count, self.draws) for count in self.counts[row].tolist())

    def to_floats(self) -> npt.NDArray[np.float64]:
        """Return the nearest doubles, for plots; float64, shape `[rows, columns]`."""
        return self.counts / self.draws

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shares):
            return NotImplemented
        return self.draws == other.draws and np.array_equal(self.counts, other.counts)

    __hash__ = None  # type: ignore[assignment]

    # An unpickled array could be written to; the constructor closes it again.
    def __reduce__(self) -> tuple[Any, ...]:
        return Shares, (self.counts, self.draws)

    def __repr__(self) -> str:
        rows, columns = self.shape
        return f"<Shares of {self.draws} draws, {rows} × {columns}>"
