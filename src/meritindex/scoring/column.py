"""Many exact numbers in one array: integers over a common denominator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, overload

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.numbers import decimal_text, exact_text

# Integers of up to this size are doubles.
_DOUBLES = 2**53


@attrs.frozen(eq=False, repr=False)
class ExactColumn:
    """A column of exact numbers, some of which may be unknown.

    Element `i` is `numerators[i] / denominator` where `known[i]`, and None elsewhere. The arrays
    are read-only.

    Attributes:
        numerators: integers, shape `[n]`; `object` (Python integers) where 64 bits don't hold them.
            Zero where unknown.
        denominator: a positive integer, common to the column.
        known: bool, shape `[n]`.

    Examples:
        >>> import numpy as np
        >>> column = ExactColumn(np.array([1, 2, 0]), 3, np.array([True, True, False]))
        >>> list(column)
        [Fraction(1, 3), Fraction(2, 3), None]
    """

    numerators: npt.NDArray[Any]
    denominator: int
    known: npt.NDArray[np.bool_]

    def __attrs_post_init__(self) -> None:
        self.numerators.setflags(write=False)
        self.known.setflags(write=False)

    def __len__(self) -> int:
        return len(self.numerators)

    @overload
    def __getitem__(self, place: int) -> Fraction | None: ...

    @overload
    def __getitem__(self, place: slice | npt.NDArray[Any]) -> ExactColumn: ...

    def __getitem__(self, place: int | slice | npt.NDArray[Any]) -> Fraction | ExactColumn | None:
        """Return one number, or a column of several."""
        if isinstance(place, slice | np.ndarray):
            return ExactColumn(self.numerators[place], self.denominator, self.known[place])
        if not self.known[place]:
            return None
        return Fraction(int(self.numerators[place]), self.denominator)

    def __iter__(self) -> Iterator[Fraction | None]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Say whether both hold the same numbers, whatever their denominators."""
        if not isinstance(other, ExactColumn):
            return NotImplemented
        if not np.array_equal(self.known, other.known):
            return False
        if self.denominator == other.denominator:
            return np.array_equal(self.numerators, other.numerators)
        ours, theirs = self.numerators.astype(object), other.numerators.astype(object)
        return np.array_equal(ours * other.denominator, theirs * self.denominator)

    __hash__ = None  # type: ignore[assignment]

    # Unpickled arrays could be written to; the constructor closes them again.
    def __reduce__(self) -> tuple[Any, ...]:
        return ExactColumn, (self.numerators, self.denominator, self.known)

    def __repr__(self) -> str:
        shown = ["None" if value is None else decimal_text(value) for value in self[:6]]
        more = ", …" if len(self) > len(shown) else ""
        return f"<ExactColumn of {len(self)} over {self.denominator}: {', '.join(shown)}{more}>"

    def to_floats(self) -> npt.NDArray[np.float64]:
        """Return the nearest doubles, NaN where unknown: for plots, never for comparing.

        Returns:
            float64, shape `[n]`.
        """
        # The quotient of two integers that are doubles themselves is the nearest double.
        if self.denominator >= _DOUBLES or _has_beyond(self.numerators, _DOUBLES):
            values = [Fraction(int(value), self.denominator) for value in self.numerators]
            floats = np.array([float(value) for value in values], dtype=np.float64)
        else:
            floats = self.numerators / np.float64(self.denominator)
        floats[~self.known] = np.nan
        return floats

    def texts(self) -> list[str | None]:
        """Return the numbers as exact text, `653/2`, and None where unknown."""
        return [None if value is None else exact_text(value) for value in self]


def _has_beyond(integers: npt.NDArray[Any], limit: int) -> bool:
    """Say whether any of the integers is larger than `limit` in size."""
    if integers.dtype == object or integers.dtype.itemsize < np.int64().itemsize:
        return integers.dtype == object
    return bool(len(integers)) and max(int(integers.max()), -int(integers.min())) > limit
