"""Costs as integers: what every step costs, and behind it how many levels are raised.

One integer orders plans as they are to be ordered: by their cost, and of equal costs by how many
levels they raise. All are divided by what they have in common.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, Mask
from meritindex.analysis.improving.costs import Costs
from meritindex.definition import Instrument

# Prices of plans below it can be added to one another in 64 bits.
_WIDE = 2**61


@attrs.frozen(kw_only=True, eq=False)
class Pricing:
    """What levels cost, as integers.

    Attributes:
        table: by indicator and level, the price of all steps up to it; shape
            `[indicators, highest level + 1]`.
        unnamed: whether the cost of the step to it is not said; bool, of the same shape.
        factor: what a price is multiplied by before it is taken apart.
        rises: more than the levels that any plan raises.
        denominator: what the integer of a cost is divided by.
    """

    table: Integers
    unnamed: Mask
    factor: int
    rises: int
    denominator: int

    def between(self, place: int, low: int, high: int) -> Integers:
        """Return the price of raising an indicator to each level from the one to the other."""
        row = self.table[place]
        return np.asarray(row[low : high + 1] - row[low])

    def cost(self, price: int) -> Fraction:
        """Return the cost that a price stands for; of a bound, what costs are at least."""
        return Fraction(price * self.factor // self.rises, self.denominator)

    def of_step(self, place: int, low: int, high: int) -> Fraction:
        """Return the cost of raising an indicator from one level to another."""
        return self.cost(int(self.table[place, high] - self.table[place, low]))

    def dearest_within(self, budget: Fraction) -> int:
        """Return the highest price whose cost is within a budget."""
        whole = (budget * self.denominator).__floor__()
        return (whole * self.rises + self.rises - 1) // self.factor


@lru_cache(maxsize=8)
def pricing_of(costs: Costs, instrument: Instrument) -> Pricing:
    """Return the prices of an instrument's steps."""
    said = {
        (place, level.value): costs.of(indicator.code, level.value)
        for place, indicator in enumerate(instrument.indicators)
        for level in indicator.levels[1:]
    }
    denominator = lcm(*(cost.denominator for cost in said.values() if cost is not None))
    rises = len(said) + 1
    prices = {step: int((cost or 0) * denominator) * rises + 1 for step, cost in said.items()}
    factor = gcd(*prices.values()) or 1
    count = len(instrument.indicators)
    width = 1 + max((level for _, level in said), default=0)
    rows: list[int] = []
    unnamed = np.zeros((count, width), dtype=np.bool_)
    for place in range(count):
        price = 0
        for level in range(width):
            price += prices.get((place, level), 0) // factor
            rows.append(price)
            unnamed[place, level] = said.get((place, level), 0) is None
    # All of them together are the price of some plan.
    kind = object if sum(rows[width - 1 :: width]) >= _WIDE else np.int64
    table = np.array(rows, dtype=kind).reshape(count, width)
    return Pricing(
        table=table, unnamed=unnamed, factor=factor, rises=rises, denominator=denominator
    )
