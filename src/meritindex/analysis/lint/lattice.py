"""Exact sets of points: a start, a step, and one bit for each multiple of the step.

The set that two parts of an index reach together holds every sum of a member of the one and a
member of the other. As bits of one large integer, that is a few shifts where the members come in
runs, as those of an index do; a million members take milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import gcd

import attrs

from meritindex.definition import Rounding
from meritindex.numbers import least_integer

# How large a set may get, in bits, and how much may be done to make one.
MAX_BITS = 2**24
_MAX_WORK = 2**33
_MAX_MEMBERS = 2**16  # taken one by one
_MAX_STEPS = 2**20  # of a rounded grid

_ZERO = Fraction(0)


class UndecidedError(Exception):
    """A set is too large to be made, or can't be made exactly."""


@attrs.frozen
class Lattice:
    """The members `start + place * step`, for every place whose bit is set."""

    start: Fraction
    step: Fraction
    bits: int = attrs.field(repr=False)  # of any length

    @classmethod
    def of(cls, values: Iterable[Fraction]) -> Lattice:
        """Return the set of these values."""
        ordered = sorted(set(values))
        if not ordered:
            return EMPTY
        start, step = ordered[0], _ZERO
        for value in ordered:
            step = _common(step, value - start)
        step = step or Fraction(1)
        _check_size((ordered[-1] - start) / step)
        bits = 0
        for value in ordered:
            bits |= 1 << int((value - start) / step)
        return cls(start, step, bits)

    @classmethod
    def progression(cls, start: Fraction, step: Fraction, count: int) -> Lattice:
        """Return `count` values from `start`, each a step above the one before."""
        _check_size(Fraction(count))
        return cls(start, step, (1 << count) - 1)

    def __contains__(self, value: Fraction) -> bool:
        place = (value - self.start) / self.step
        whole = place.denominator == 1 and 0 <= place < self.bits.bit_length()
        return whole and bool(self.bits >> int(place) & 1)

    def __iter__(self) -> Iterator[Fraction]:
        """Yield the members in ascending order."""
        text = self._text
        place = text.find("1")
        while place >= 0:
            yield self.start + place * self.step
            place = text.find("1", place + 1)

    @property
    def lowest(self) -> Fraction:
        """The least member."""
        return self.start + ((self.bits & -self.bits).bit_length() - 1) * self.step

    @property
    def highest(self) -> Fraction:
        """The greatest member."""
        return self.start + (self.bits.bit_length() - 1) * self.step

    @cached_property
    def count(self) -> int:
        """How many members there are."""
        return self.bits.bit_count()

    @cached_property
    def run_count(self) -> int:
        """How many runs of places without a gap there are."""
        return (self.bits & ~(self.bits << 1)).bit_count()

    def next_from(self, value: Fraction, *, inclusive: bool = True) -> Fraction | None:
        """Return the least member that is at least `value`, or above it."""
        left = self.bits >> self._place(value, inclusive=inclusive)
        if not left:
            return None
        place = self._place(value, inclusive=inclusive) + (left & -left).bit_length() - 1
        return self.start + place * self.step

    def last_to(self, value: Fraction, *, inclusive: bool = True) -> Fraction | None:
        """Return the greatest member that is at most `value`, or below it."""
        left = self.bits & ((1 << self._place(value, inclusive=not inclusive)) - 1)
        return self.start + (left.bit_length() - 1) * self.step if left else None

    def below(self, value: Fraction, *, inclusive: bool = False) -> Lattice:
        """Return the members below `value`, or up to it."""
        left = self.bits & ((1 << self._place(value, inclusive=not inclusive)) - 1)
        return attrs.evolve(self, bits=left)

    def above(self, value: Fraction, *, inclusive: bool = True) -> Lattice:
        """Return the members from `value` on, or above it."""
        place = self._place(value, inclusive=inclusive)
        return attrs.evolve(self, bits=self.bits >> place << place)

    def at_least(self, limit: Fraction) -> Lattice:
        """Return the set with every member below `limit` raised to it."""
        kept = self.above(limit)
        return self if kept.bits == self.bits else kept.union(Lattice.of([limit]))

    def at_most(self, limit: Fraction) -> Lattice:
        """Return the set with every member above `limit` lowered to it."""
        kept = self.below(limit, inclusive=True)
        return self if kept.bits == self.bits else kept.union(Lattice.of([limit]))

    def scaled(self, factor: Fraction) -> Lattice:
        """Return every member times a factor."""
        if not factor and self.bits:
            return Lattice.of([_ZERO])
        if factor >= 0:
            return Lattice(self.start * factor, self.step * (factor or 1), self.bits)
        turned = int(self._text or "0", 2)  # the last place becomes the first
        return Lattice(self.highest * factor, self.step * -factor, turned)

    def plus(self, other: Lattice) -> Lattice:
        """Return every sum of a member of each.

        Raises:
            UndecidedError: there would be too many.
        """
        few, many = sorted((self, other), key=lambda values: values.run_count)
        if not few.bits or not many.bits:
            return EMPTY
        for single, rest in ((few, many), (many, few)):
            if single.count == 1:
                return attrs.evolve(rest, start=rest.start + single.lowest)
        step = _common(few.step, many.step)
        stride = int(few.step / step)
        size = (few.bits.bit_length() * few.step + many.bits.bit_length() * many.step) / step
        _check_size(size)
        if size * few.run_count > _MAX_WORK:
            raise UndecidedError
        # repeated[k] is the larger set at 2**k places of the other, one after the other.
        repeated = [_spread(many.bits, int(many.step / step))]
        bits = 0
        for first, length in few.runs():
            power = length.bit_length() - 1
            while len(repeated) <= power:
                last = repeated[-1]
                repeated.append(last | last << (stride << (len(repeated) - 1)))
            bits |= repeated[power] << first * stride
            bits |= repeated[power] << (first + length - (1 << power)) * stride
        return Lattice(few.start + many.start, step, bits)

    def lesser(self, other: Lattice) -> Lattice:
        """Return the lesser of a member of each, for all of them.

        Raises:
            UndecidedError: they are too far apart for their common step.
        """
        if not self.bits or not other.bits:
            return EMPTY
        return self.below(other.highest, inclusive=True).union(
            other.below(self.highest, inclusive=True)
        )

    def union(self, other: Lattice) -> Lattice:
        """Return the members of both.

        Raises:
            UndecidedError: they are too far apart for their common step.
        """
        if not self.bits or not other.bits:
            return self if self.bits else other
        start = min(self.start, other.start)
        step = _common(abs(self.start - other.start), _common(self.own_step, other.own_step))
        step = step or Fraction(1)
        bits = 0
        for values in (self, other):
            offset, factor = (values.start - start) / step, values.own_step / step
            _check_size(offset + values.bits.bit_length() * factor)
            bits |= _spread(values.bits, int(factor)) << int(offset)
        return Lattice(start, step, bits)

    def rounded(self, rounding: Rounding) -> Lattice:
        """Return every member on the grid of a rounding.

        Raises:
            UndecidedError: there are too many members and too many steps of the grid.
        """
        if not self.bits:
            return EMPTY
        first, last = (int(rounding.round(end) / rounding.unit) for end in self._ends)
        steps = last - first + 1
        if self.count <= min(steps, _MAX_MEMBERS):
            return Lattice.of(rounding.round(value) for value in self)
        if steps > _MAX_STEPS:
            raise UndecidedError
        places = [
            self._place(value, inclusive=inclusive)
            for value, inclusive in map(rounding.least_reaching, range(first, last + 2))
        ]
        text = self._text
        marks = ["1" if text.find("1", begin, end) >= 0 else "0" for begin, end in pairwise(places)]
        return Lattice(first * rounding.unit, rounding.unit, int("".join(reversed(marks)), 2))

    @property
    def own_step(self) -> Fraction:
        """The step, or none where it says nothing: of a single member at the start."""
        return self.step if self.bits > 1 else _ZERO

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield the place and the length of every run."""
        text = self._text
        place = text.find("1")
        while place >= 0:
            end = text.find("0", place)
            if end < 0:
                end = len(text)
            yield place, end - place
            place = text.find("1", end)

    @property
    def _ends(self) -> tuple[Fraction, Fraction]:
        return self.lowest, self.highest

    @cached_property
    def _text(self) -> str:
        """The bits as text, the place 0 first."""
        return bin(self.bits)[:1:-1] if self.bits else ""

    def _place(self, value: Fraction, *, inclusive: bool) -> int:
        """Return the first place whose value is at least `value`, or above it; not below 0."""
        place = (value - self.start) / self.step
        first = least_integer(place, inclusive=inclusive)
        return max(0, min(first, self.bits.bit_length()))


EMPTY = Lattice(_ZERO, Fraction(1), 0)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """Return the largest step of which both are multiples; zero is a multiple of all."""
    numerator = gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(numerator, one.denominator * other.denominator)


def _spread(bits: int, factor: int) -> int:
    """Return the bits with every place multiplied."""
    if factor <= 1 or bits <= 1:
        return bits
    return int(("0" * (factor - 1)).join(f"{bits:b}"), 2)


def _check_size(bits: Fraction) -> None:
    if bits > MAX_BITS:
        raise UndecidedError
