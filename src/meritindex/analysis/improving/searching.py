"""The search for a plan under scenarios: the cheapest that reaches a goal, or the best for a price.

A first plan is made by hand: the steps that cost least for what they gain, then whatever is too
much is taken back. It bounds the search, which then puts labels together exactly and keeps only
those that may still lead to something better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.columns import Mask
from meritindex.analysis.improving.bounds import RootBound
from meritindex.analysis.improving.chains import Chain
from meritindex.analysis.improving.folded import folded_need
from meritindex.analysis.improving.folding import Folding, own_prices
from meritindex.analysis.improving.knots import Fold, Knot, knots
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.needs import Need, need_of, required
from meritindex.analysis.improving.offers import Offers, Watch
from meritindex.analysis.improving.outcomes import Goal
from meritindex.analysis.improving.pricing import Pricing
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.analysis.improving.stopwatch import OutOfTime, Stopwatch
from meritindex.assessment.many import Levels
from meritindex.definition import Dimension

Reach = Callable[[Levels], Mask]

# Beyond all sums of 64 bits.
_FAR = 2**62


@attrs.frozen(eq=False)
class Found:
    """A plan: levels, their price, and what any such plan costs at least, as far as is proven."""

    levels: Levels
    price: int
    least: int


@attrs.frozen(kw_only=True, eq=False)
class Search:
    """The search among the plans of one assessment.

    Attributes:
        scenarios: under all of which a plan must hold.
        moves: what may rise how far; all of it together reaches the goal.
        pricing: what that costs.
        clock: how much time is left.
    """

    scenarios: tuple[Scenario, ...]
    moves: Moves
    pricing: Pricing
    clock: Stopwatch

    @property
    def root(self) -> Dimension:
        """The dimension of the total."""
        return self.scenarios[0].plan.instrument.root

    @cached_property
    def tree(self) -> Knot:
        """The tree of what may move."""
        instrument = self.scenarios[0].plan.instrument
        replaced = {
            dimension.code
            for dimension in instrument.dimensions
            if any(scenario.is_replaced(dimension) for scenario in self.scenarios)
        }
        return knots(instrument, frozenset(self.moves.places), replaced)

    def price(self, levels: Levels) -> int:
        """Return what levels cost."""
        places = list(self.moves.places)
        table = self.pricing.table
        paid = table[places, levels[places]] - table[places, self.moves.base[places]]
        return sum(paid.tolist())

    def reach(self, levels: Levels, goal: Goal) -> Mask:
        """Say which rows of levels reach a goal under every scenario."""
        found = np.ones(len(levels), dtype=np.bool_)
        for scenario in self.scenarios:
            found &= scenario.outcome(levels).reach(goal)
        return found

    def cheapest(self, goal: Goal) -> Found:
        """Return the cheapest plan that reaches a goal; of equal ones one with the fewest levels.

        Not proven to be that where the time runs out.
        """

        def reach(levels: Levels) -> Mask:
            return self.reach(levels, goal)

        folding = self._folding(self._watches(goal))
        start: Levels | None = None
        if self.tree.has_lists:
            # Labels may be many, so that it is worth much to know what is too dear, or hopeless.
            start = self.taken_back(self.moves.upper, reach)
            folding = attrs.evolve(folding, most_price=self.price(start) - 1, hopeful=reach)
        try:
            chain = folding.chain(self.tree)
        except OutOfTime:
            levels = self.taken_back(self.moves.upper, reach) if start is None else start
            return Found(levels, self.price(levels), 0)
        if not all(len(offer.labels) for offer in chain.offers):
            assert start is not None  # noqa: S101 - else doing nothing is among the labels
            return Found(start, self.price(start), self.price(start))
        bound = self._bound(chain, need_of(self.root, goal))
        if start is None:
            test = reach if bound is None else _quick(chain, bound, self.moves) or reach
            start = self.taken_back(self._first(bound, test), test)
        price = self.price(start)
        # The first plan is as good as any of its price, so only cheaper ones are looked for.
        folding = attrs.evolve(folding, most_price=price - 1)
        try:
            labels = folding.labels(
                chain, *((own_prices, None) if bound is None else (bound.of, bound.enough))
            )
        except OutOfTime as out:
            return Found(start, price, min(out.price, price))
        if bound is None:
            labels = labels.take(np.flatnonzero(reach(labels.levels)))
        if not len(labels):
            return Found(start, price, price)
        price = int(labels.prices[0])
        return Found(labels.levels[0], price, price)

    def best(self, most_price: int) -> tuple[Levels, bool]:
        """Return the levels with the highest total for a price; of several the cheapest.

        The total is the least of all scenarios. The second item says whether that is proven.
        """
        most_price = min(most_price, self.price(self.moves.upper))
        folding = self._folding(self._watches(None), most_price)
        base = self.moves.base
        try:
            chain = folding.chain(self.tree)
        except OutOfTime:
            return base, False
        start = base
        bound = self._bound(chain, None)
        if bound is not None:
            start = self._filled(bound, most_price)
            total = self.totals(start[np.newaxis])[0]
            need = need_of(self.root, Goal(total))
            bound = None if need is None else self._bound(chain, need)
        try:
            labels = folding.labels(chain, None if bound is None else bound.of)
        except OutOfTime:
            return start, False
        totals = self.totals(labels.levels)
        # Labels come from the cheapest, and of equal ones the first is taken.
        return labels.levels[max(range(len(totals)), key=totals.__getitem__)], True

    def totals(self, levels: Levels) -> list[Fraction]:
        """Return the least totals of rows of levels under all scenarios."""
        columns = [scenario.run(levels).total for scenario in self.scenarios]
        return [min(row) for row in zip(*columns, strict=True)]

    def taken_back(self, levels: Levels, reach: Reach) -> Levels:
        """Return levels of which nothing can be taken back, the dearest having been tried first."""
        found = levels.copy()
        while True:
            rows: list[Levels] = []
            saved: list[int] = []
            for place in self.moves.places:
                low, high = int(self.moves.base[place]), int(found[place])
                prices = self.pricing.between(place, low, high).tolist()
                for level in range(low, high):
                    row = found.copy()
                    row[place] = level
                    rows.append(row)
                    saved.append(prices[-1] - prices[level - low])
            if not rows:
                return found
            stacked = np.array(rows, dtype=np.uint8)
            possible = np.flatnonzero(self.moves.allows(stacked) & reach(stacked)).tolist()
            if not possible:
                return found
            found = rows[max(possible, key=saved.__getitem__)]

    def _first(self, bound: RootBound | None, reach: Reach) -> Levels:
        """Return a plan that reaches the goal, made of the steps that cost least for their gain."""
        if bound is None or not (bound.chain.knot.adds and bound.from_nothing):
            return self.moves.upper
        chain, slopes = bound.chain, bound.slopes
        levels, gained = self.moves.base.copy(), chain.start
        chosen = [0] * len(chain.offers)
        for unit, choice in zip(slopes.units.tolist(), slopes.places.tolist(), strict=True):
            if (gained >= bound.enough).all():
                break
            gained = gained + chain.gains[unit][choice] - chain.gains[unit][chosen[unit]]
            chosen[unit] = choice
            places = sorted(chain.offers[unit].places)
            levels[places] = chain.offers[unit].labels.levels[choice][places]
        self._support(levels)
        return levels if reach(levels[np.newaxis])[0] else self.moves.upper

    def _support(self, levels: Levels) -> None:
        """Raise what raises ask for."""
        changed = True
        while changed:
            changed = False
            for demand in self.moves.demands:
                asked = levels[demand.item] >= self.moves.asking(demand)
                if asked and levels[demand.needs] < demand.level:
                    levels[demand.needs] = demand.level
                    changed = True

    def _filled(self, bound: RootBound, most_price: int) -> Levels:
        """Return a plan within a price, made of the steps that cost least for their gain."""
        chain, slopes = bound.chain, bound.slopes
        levels, price = self.moves.base.copy(), 0
        chosen, full = [0] * len(chain.offers), [False] * len(chain.offers)
        for unit, choice in zip(slopes.units.tolist(), slopes.places.tolist(), strict=True):
            labels = chain.offers[unit].labels
            more = int(labels.prices[choice] - labels.prices[chosen[unit]])
            places = sorted(chain.offers[unit].places)
            tried = levels.copy()
            tried[places] = labels.levels[choice][places]
            fits = price + more <= most_price and self.moves.allows(tried[np.newaxis])[0]
            if full[unit] or not fits:
                full[unit] = True
                continue
            levels, price, chosen[unit] = tried, price + more, choice
        return levels

    def _bound(self, chain: Chain, need: Need | None) -> RootBound | None:
        """Return what bounds the search at the root; None where its units can't be bounded."""
        knot = chain.knot
        if knot.fold is Fold.LIST or (need is None and not knot.adds):
            return None
        enough = [0] * len(chain.columns)
        if need is not None:
            asked = [folded_need(knot, need, scenario) for scenario in self.scenarios]
            for place, column in enumerate(chain.columns):
                steps = max(
                    asked[scenario][1].steps(asked[scenario][0], unit) for scenario, unit in column
                )
                # Whatever is far below all that there is asks for nothing.
                least = 0 if knot.adds else -_FAR if chain.start.dtype == np.int64 else steps
                enough[place] = max(steps, least)
        # Not only above all that the units offer: what is too dear has been left out of them.
        never = self.price(self.moves.upper) + 1
        asked_for = np.array(enough, dtype=chain.start.dtype)
        return RootBound(chain=chain, enough=asked_for, never=never)

    def _folding(self, watches: Sequence[Watch], most_price: int | None = None) -> Folding:
        offers = Offers(
            scenarios=self.scenarios,
            moves=self.moves,
            pricing=self.pricing,
            watches=tuple(watches),
        )
        return Folding(offers=offers, clock=self.clock, most_price=most_price)

    def _watches(self, goal: Goal | None) -> list[Watch]:
        """Return the shortfalls on which something depends; without a goal the total itself.

        Caps of the total either stand in the way of a goal, and then must not hold, or don't.
        """
        dimensions = self.scenarios[0].plan.instrument.dimensions
        found = [
            Watch(cap.shortfall, dimension.code)
            for dimension in dimensions[1:]
            for cap in dimension.caps
            if cap.shortfall is not None
        ]
        root = self.root
        if goal is not None and self.tree.fold is not Fold.LIST:
            return found + [Watch(each, root.code, required=True) for each in required(root, goal)]
        caps = [cap.shortfall for cap in root.caps]
        caps += [cap.shortfall for cap in root.band_caps if goal is not None and goal.band]
        return found + [Watch(each, root.code) for each in caps if each is not None]


def _quick(chain: Chain, bound: RootBound, moves: Moves) -> Reach | None:
    """Return what says by adding up which levels are enough; None where that does not do."""
    knot = chain.knot
    if not knot.adds or any(isinstance(unit, Knot) for unit in knot.units):
        return None
    if not all(offer.allowed.all() for offer in chain.offers):
        return None
    width = max(len(gain) for gain in chain.gains)
    units = np.arange(len(chain.gains))
    places = np.array([place for offer in chain.offers for place in offer.places], dtype=np.intp)
    table = np.zeros((len(units), width, len(bound.enough)), dtype=chain.start.dtype)
    for unit, gain in enumerate(chain.gains):
        table[unit, : len(gain)] = gain

    def reach(levels: Levels) -> Mask:
        chosen = levels[:, places].astype(np.intp) - moves.base[places]
        gained = table[units, chosen].sum(axis=1)
        return np.asarray((gained >= bound.enough).all(axis=1), dtype=np.bool_)

    return reach
