"""Many numbers in one array: integers over a common denominator, where they are exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, overload

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.definition.rules import from_double
from meritindex.numbers import decimal_text, exact_text, least_integer

# Integers of up to this size are doubles.
_DOUBLES = 2**53


@attrs.frozen(eq=False, repr=False)
class ExactColumn:
    """A column of numbers, some of which may be unknown.

    Element `i` is `numerators[i] / denominator` where `known[i]`, and None elsewhere. The arrays
    are read-only.

    Attributes:
        numerators: integers, shape `[n]`; `object` (Python integers) where 64 bits don't hold them,
            and `object` (Fractions, over 1) where a rule leaves them no common denominator. Doubles
            (over 1) where a rule is not rational; each stands for its shortest decimal. Zero where
            unknown.
        denominator: a positive integer, common to the column.
        known: bool, shape `[n]`.
        exact: whether the numbers are what the rules say, to the last digit; not so where a rule
            that is not rational stands below, rounded or not.

    Examples:
        >>> import numpy as np
        >>> column = ExactColumn(np.array([1, 2, 0]), 3, np.array([True, True, False]))
        >>> list(column)
        [Fraction(1, 3), Fraction(2, 3), None]
    """

    numerators: npt.NDArray[Any]
    denominator: int
    known: npt.NDArray[np.bool_]
    exact: bool = True

    def __attrs_post_init__(self) -> None:
        self.numerators.setflags(write=False)
        self.known.setflags(write=False)

    @property
    def is_double(self) -> bool:
        """Whether the numbers are doubles, that no rounding has made decimals of."""
        return self.numerators.dtype.kind == "f"

    def __len__(self) -> int:
        return len(self.numerators)

    @overload
    def __getitem__(self, place: int) -> Fraction | None: ...

    @overload
    def __getitem__(self, place: slice | npt.NDArray[Any]) -> ExactColumn: ...

    def __getitem__(self, place: int | slice | npt.NDArray[Any]) -> Fraction | ExactColumn | None:
        """Return one number, or a column of several."""
        if isinstance(place, slice | np.ndarray):
            return ExactColumn(
                self.numerators[place], self.denominator, self.known[place], self.exact
            )
        if not self.known[place]:
            return None
        return worth(self.numerators[place], Fraction(1, self.denominator))

    def __iter__(self) -> Iterator[Fraction | None]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Say whether both hold the same numbers, whatever their denominators."""
        if not isinstance(other, ExactColumn):
            return NotImplemented
        if self.exact != other.exact or not np.array_equal(self.known, other.known):
            return False
        if self.denominator == other.denominator:
            return np.array_equal(self.numerators, other.numerators)
        ours, theirs = self.numerators.astype(object), other.numerators.astype(object)
        return np.array_equal(ours * other.denominator, theirs * self.denominator)

    __hash__ = None  # type: ignore[assignment]

    # Unpickled arrays could be written to; the constructor closes them again.
    def __reduce__(self) -> tuple[Any, ...]:
        return ExactColumn, (self.numerators, self.denominator, self.known, self.exact)

    def __repr__(self) -> str:
        shown = ["None" if value is None else decimal_text(value) for value in self[:6]]
        more = ", …" if len(self) > len(shown) else ""
        kind = f"over {self.denominator}" if self.exact else "not exact"
        return f"<ExactColumn of {len(self)} {kind}: {', '.join(shown)}{more}>"

    def to_floats(self) -> npt.NDArray[np.float64]:
        """Return the nearest doubles, NaN where unknown: for plots, never for comparing.

        Returns:
            float64, shape `[n]`.
        """
        floats = doubles(self.numerators, Fraction(1, self.denominator))
        floats[~self.known] = np.nan
        return floats

    def texts(self) -> list[str | None]:
        """Return the numbers as exact text, `653/2`, and None where unknown.

        Of a column that is not exact, each is the shortest decimal of its double, as a fraction.
        """
        return [None if value is None else exact_text(value) for value in self]


def worth(number: object, unit: Fraction) -> Fraction:
    """Return what one number of an array is worth: an integer or Fraction of units, or a double."""
    if isinstance(number, float):
        return from_double(float(number))
    return (number if isinstance(number, Fraction) else int(number)) * unit  # type: ignore[call-overload]


def doubles(numbers: npt.NDArray[Any], unit: Fraction) -> npt.NDArray[np.float64]:
    """Return the nearest doubles to numbers of an array, each worth `unit`, in a new array."""
    if numbers.dtype.kind == "f":
        return numbers.astype(np.float64)
    # The quotient of two integers that are doubles themselves is the nearest double.
    if unit.denominator >= _DOUBLES or _has_beyond(numbers, _DOUBLES // unit.numerator):
        return np.array([float(worth(number, unit)) for number in numbers], dtype=np.float64)
    return numbers * np.float64(unit.numerator) / np.float64(unit.denominator)


def reaches(
    numbers: npt.NDArray[Any], limit: Fraction, *, inclusive: bool = True
) -> npt.NDArray[np.bool_]:
    """Say which numbers reach a limit, given in the same units: exactly, for doubles too.

    A double stands for its shortest decimal, and these are in the order of the doubles.
    """
    if numbers.dtype.kind == "f":
        nearest = float(limit)
        own = from_double(nearest)
        if own > limit or (own == limit and inclusive):
            return np.asarray(numbers >= nearest)
        return np.asarray(numbers > nearest)
    if numbers.dtype != object:
        # An integer beyond every type compares as what it is.
        return np.asarray(numbers >= least_integer(limit, inclusive=inclusive))
    return np.asarray(numbers >= limit if inclusive else numbers > limit, dtype=np.bool_)


def _has_beyond(integers: npt.NDArray[Any], limit: int) -> bool:
    """Say whether any of the integers is larger than `limit` in size."""
    if integers.dtype == object or integers.dtype.itemsize < np.int64().itemsize:
        return integers.dtype == object
    return bool(len(integers)) and max(int(integers.max()), -int(integers.min())) > limit
