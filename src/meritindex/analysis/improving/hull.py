"""What it costs at least to gain so much: the hull of what single indicators offer.

If levels could be raised by parts, the steps that cost least for what they gain would come first,
whatever the indicator. That is a lower bound of what whole levels cost, and a good one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, integers

# Sums and products below it fit into 64 bits.
_WIDE = 2**61


def hull(prices: Sequence[int], gains: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the corners of the lower hull of options: place, price and gain more than before.

    Args:
        prices: of the options, ascending; the first costs nothing.
        gains: of the options; the first gains nothing.

    Examples:
        >>> hull([0, 3, 4], [0, 1, 2])
        [(2, 4, 2)]
    """
    corners = [0]
    for place in range(1, len(prices)):
        if gains[place] <= gains[corners[-1]]:
            continue
        while len(corners) > 1:
            one, two = corners[-2], corners[-1]
            # The corner before is none if the way past it is no dearer.
            first = (prices[two] - prices[one]) * (gains[place] - gains[two])
            second = (prices[place] - prices[two]) * (gains[two] - gains[one])
            if first < second:
                break
            corners.pop()
        corners.append(place)
    return [
        (two, prices[two] - prices[one], gains[two] - gains[one]) for one, two in pairwise(corners)
    ]


@attrs.frozen(eq=False)
class Slopes:
    """The parts of all units, those that cost least for their gain first.

    Attributes:
        units: of which unit each part is; shape `[parts]`.
        places: which of its options it leads to.
        prices: what it costs.
        gains: what it gains, above zero.
    """

    units: Integers
    places: Integers
    prices: Integers
    gains: Integers

    @classmethod
    def of(cls, options: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Slopes:
        """Return the parts of units, each given by the prices and gains of its options."""
        parts = [
            (unit, *part)
            for unit, (prices, gains) in enumerate(options)
            for part in hull(prices, gains)
        ]
        # Two quotients of which one is greater differ by more than one part in this many.
        finest = max((part[3] for part in parts), default=1) ** 2 + 1
        parts.sort(key=lambda part: part[2] * finest // part[3])
        count = len(parts)
        return cls(
            np.array([part[0] for part in parts], dtype=np.intp),
            np.array([part[1] for part in parts], dtype=np.intp),
            integers((part[2] for part in parts), count),
            integers((part[3] for part in parts), count),
        )

    def after(self, unit: int) -> Slopes:
        """Return the parts of the units after this one."""
        left = self.units > unit
        return Slopes(self.units[left], self.places[left], self.prices[left], self.gains[left])

    def least(self) -> Least:
        """Return what it costs at least to gain so much by these parts."""
        kind = object if "O" in self.prices.dtype.kind + self.gains.dtype.kind else np.int64
        count = len(self.prices)
        gained, paid = np.zeros(count + 1, dtype=kind), np.zeros(count + 1, dtype=kind)
        gained[1:], paid[1:] = self.gains, self.prices
        if kind is object or _is_wide(self.prices, self.gains):
            gained, paid = gained.astype(object), paid.astype(object)
        return Least(gained.cumsum(), paid.cumsum(), gained[1:], paid[1:])


def _is_wide(prices: Integers, gains: Integers) -> bool:
    """Say whether products and sums of these might not fit into 64 bits."""
    if not len(prices):
        return False
    return bool(sum(prices.tolist()) + max(prices.tolist()) * max(gains.tolist()) >= _WIDE)


@attrs.frozen(eq=False)
class Least:
    """What it costs at least to gain so much.

    Attributes:
        gained: by so many parts, the first none; ascending, shape `[parts + 1]`.
        paid: for them.
        gains: of each part, shape `[parts]`.
        prices: of each part.
    """

    gained: Integers
    paid: Integers
    gains: Integers
    prices: Integers

    def of(self, wanted: Integers) -> tuple[Integers, Integers]:
        """Return what the gains cost at least, rounded up, and which can be had at all."""
        places = np.searchsorted(self.gained, wanted)
        possible = places < len(self.gained)
        if not len(self.gains):
            return np.zeros(len(wanted), dtype=self.paid.dtype), possible
        parts = np.minimum(places, len(self.gains)) - 1
        first = parts < 0
        parts[first] = 0
        rest = wanted - self.gained[parts]
        costs = self.paid[parts] - (-rest * self.prices[parts]) // self.gains[parts]
        return np.where(first | ~possible, 0, costs), possible
