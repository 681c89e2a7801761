"""One dimension at its extreme: its children side by side, weighed as is best for them.

Where gates take children out of a mean, rows are taken by which children apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

import attrs
import numpy as np

from meritindex.analysis.bounding.choosing import (
    Chosen,
    most_mean,
    most_sum,
    product,
    settled,
    vanishing,
)
from meritindex.analysis.bounding.sides import Extreme
from meritindex.analysis.columns import Integers, Mask, integers, over_common, scaled
from meritindex.definition import Region, Rule


@attrs.frozen(kw_only=True, eq=False)
class Children:
    """The children of a dimension side by side; all arrays have the shape `[n, children]`.

    The masks are those of `NodeColumn` and `Extreme`.
    """

    numbers: Integers
    denominator: int
    present: Mask
    dropped: Mask
    optional: Mask
    known: Mask

    @classmethod
    def of(cls, extremes: Sequence[Extreme]) -> Children:
        """Put the children side by side."""
        common = lcm(*(each.column.denominator for each in extremes))
        return cls(
            numbers=np.column_stack([each.column.over(common) for each in extremes]),
            denominator=common,
            present=np.column_stack([each.column.present for each in extremes]),
            dropped=np.column_stack([each.column.dropped for each in extremes]),
            optional=np.column_stack([each.optional for each in extremes]),
            known=np.column_stack([each.column.known for each in extremes]),
        )


@attrs.frozen(kw_only=True, eq=False)
class Pattern:
    """Rows in which the same children apply; all masks have the shape `[children]`.

    Attributes:
        rows: which rows.
        present: which children apply, or may.
        optional: which of them may also not apply.
        sure: which count for sure, or would if they were not left out.
    """

    rows: Integers
    present: Mask
    optional: Mask
    sure: Mask

    @property
    def there(self) -> Mask:
        """Which children count for sure and are not left out."""
        return self.sure & self.present

    @property
    def leaves_out(self) -> bool:
        """Whether any child is left out."""
        return bool((self.sure & ~self.present).any())


@attrs.frozen(kw_only=True, eq=False)
class Weighing:
    """The rule of a dimension and its weights, open or settled.

    Attributes:
        rule: how children combine.
        region: the admissible weights; None where they are settled.
        weights: settled ones; of open ones those in the middle.
        sign: 1 for the most, -1 for the least.
    """

    rule: Rule
    region: Region | None
    weights: tuple[Fraction, ...]
    sign: int

    @property
    def weighing(self) -> Mask:
        """Which children can make the dimension apply: in a mean, those that can weigh anything."""
        highest = self.weights if self.region is None else self.region.upper
        return np.array([not self.rule.reweighs or bool(weight) for weight in highest])

    def sum(self, children: Children) -> tuple[Chosen, Integers, int]:
        """Return a weighted sum at its extreme; what does not apply adds nothing.

        Where all children may be left out, one stays: without any, the sum does not apply either.
        """
        adds = children.present & ~(children.optional & (self.sign * children.numbers < 0))
        chosen, total = self._sum_of(children.numbers, adds)
        bare = children.present.any(axis=1) & ~adds.any(axis=1)
        for row in np.flatnonzero(bare).tolist():
            places = np.flatnonzero(children.present[row])
            alone = np.zeros((len(places), adds.shape[1]), dtype=np.bool_)
            alone[np.arange(len(places)), places] = True
            numbers = np.broadcast_to(children.numbers[row], alone.shape)
            kept, totals = self._sum_of(numbers, alone)
            best = int((self.sign * totals).argmax())
            chosen = chosen.with_row(row, kept.of(best), alone[best])
        if bare.any():
            numbers = np.where(chosen.counted, children.numbers, 0)
            total = product(chosen.numbers, numbers).sum(axis=1)
        whole = self.rule.whole or Fraction(1)
        denominator = chosen.denominator * children.denominator * whole.numerator
        return chosen, scaled(total, whole.denominator), denominator

    def _sum_of(self, numbers: Integers, adds: Mask) -> tuple[Chosen, Integers]:
        """Return the weights that make the most of what adds, and the sums."""
        numbers = np.where(adds, numbers, 0)
        if self.region is None:
            chosen = settled(self.weights, adds)
        else:
            chosen = attrs.evolve(most_sum(self.region, self.sign * numbers), counted=adds)
        return chosen, product(chosen.numbers, numbers).sum(axis=1)

    def vanishing(self, sure: Mask) -> tuple[Fraction, ...] | None:
        """Return admissible weights under which nothing that is sure to count weighs anything."""
        if self.region is not None:
            return vanishing(self.region, sure.tolist())
        return None if (sure & self.weighing).any() else self.weights

    def patterns(self, children: Children) -> Iterator[Pattern]:
        """Yield the rows by which children apply, where any does that can weigh anything."""
        codes = children.present.astype(np.uint8) + 2 * (children.optional & children.present)
        codes += 4 * children.dropped.astype(np.uint8)
        patterns, which = np.unique(codes, axis=0, return_inverse=True)
        for place, code in enumerate(patterns):
            optional = (code & 2).astype(np.bool_)
            found = Pattern(
                rows=np.flatnonzero(which.ravel() == place),
                present=(code & 1).astype(np.bool_),
                optional=optional,
                sure=(code > 0) & ~optional,
            )
            if (found.present & self.weighing).any():
                yield found

    def mean(self, pattern: Pattern, numbers: Integers) -> Chosen:
        """Return the weights under which a mean is at its extreme, in the rows of a pattern.

        Args:
            pattern: which children apply.
            numbers: the points of these rows, shape `[rows, children]`.
        """
        every = np.broadcast_to(pattern.present, numbers.shape)
        if self.region is None:
            chosen = settled(self.weights, every)
            if not pattern.optional.any():
                return chosen
            return self._without_the_worse(chosen, numbers, pattern.optional)
        if pattern.sure.all() and pattern.present.all() and self.region.whole is not None:
            return most_sum(self.region, self.sign * numbers)
        return most_mean(self.region, self.sign * numbers, pattern.present, pattern.optional)

    def worth(self, chosen: Chosen, numbers: Integers, denominator: int) -> tuple[Integers, int]:
        """Return what a mean is worth under chosen weights: integers over a denominator."""
        if self.rule.linear:
            weights = np.where(chosen.counted, chosen.numbers, 0)
            return mean_of(weights, numbers, denominator)
        values: list[Fraction] = []
        for row, points in enumerate(numbers.tolist()):
            counts = np.flatnonzero(chosen.counted[row]).tolist()
            weights_of_row = chosen.of(row)
            values.append(
                self.rule.combine(
                    [weights_of_row[place] for place in counts],
                    [Fraction(points[place], denominator) for place in counts],
                )
            )
        return over_common(values)

    def _without_the_worse(self, chosen: Chosen, numbers: Integers, optional: Mask) -> Chosen:
        """Leave out, under settled weights, each child that need not apply and makes it worse.

        Every mean rises when a child below it is left out; the worst goes first.
        """
        counted = chosen.counted.copy()
        weights = chosen.of(0)
        for row, points in enumerate(numbers.tolist()):

            def mean_of_places(places: list[int], points: list[int] = points) -> Fraction:
                return self.sign * self.rule.combine(
                    [weights[place] for place in places],
                    [Fraction(points[place]) for place in places],
                )

            left = np.flatnonzero(counted[row]).tolist()
            for place in sorted(
                np.flatnonzero(optional).tolist(), key=lambda each: self.sign * points[each]
            ):
                others = [each for each in left if each != place]
                weighs = any(weights[each] for each in others)
                if weighs and mean_of_places(others) > mean_of_places(left):
                    counted[row, place] = False
                    left = others
        return attrs.evolve(chosen, counted=counted)


def mean_of(weights: Integers, numbers: Integers, denominator: int) -> tuple[Integers, int]:
    """Return weighted means of rows of integers over a denominator, over a common one.

    The weights of each row must not all be zero.
    """
    above = product(weights, numbers).sum(axis=1)
    below = np.broadcast_to(weights.sum(axis=-1), above.shape)
    if (below == below[:1]).all():
        return above, int(below[0]) * denominator
    quotients = (
        Fraction(one, other * denominator)
        for one, other in zip(above.tolist(), below.tolist(), strict=True)
    )
    return over_common(list(quotients))


def chosen_together(
    parts: Sequence[tuple[Integers, Chosen]], shape: tuple[int, ...], weights: Sequence[Fraction]
) -> Chosen:
    """Return the weights of all rows as one; rows that are in no part have `weights`."""
    if len(parts) == 1 and len(parts[0][0]) == shape[0]:
        return parts[0][1]
    common = lcm(
        *(weight.denominator for weight in weights), *(chosen.denominator for _, chosen in parts)
    )
    plain = integers((int(weight * common) for weight in weights), len(weights))
    numbers = np.broadcast_to(plain.astype(object), shape).copy()
    counted = np.zeros(shape, dtype=np.bool_)
    for rows, chosen in parts:
        numbers[rows] = scaled(chosen.numbers.astype(object), common // chosen.denominator)
        counted[rows] = chosen.counted
    return Chosen(numbers=numbers, denominator=common, counted=counted)


def numbers_together(
    parts: Sequence[tuple[Integers, Integers, int]], count: int
) -> tuple[Integers, int]:
    """Return the numbers of all rows over a common denominator; zero in rows of no part."""
    common = lcm(*(denominator for _, _, denominator in parts)) if parts else 1
    brought = [scaled(numbers, common // denominator) for _, numbers, denominator in parts]
    wide = any(numbers.dtype == object for numbers in brought)
    merged = np.zeros(count, dtype=object if wide else np.int64)
    for (rows, _, _), numbers in zip(parts, brought, strict=True):
        merged[rows] = numbers
    return merged, common
