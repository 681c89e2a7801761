"""Putting together what units offer, one after another, and leaving out what can't matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, Mask
from meritindex.analysis.improving.chains import Chain, chain_of
from meritindex.analysis.improving.knots import Fold, Knot
from meritindex.analysis.improving.labels import Labels, not_exceeded, undominated
from meritindex.analysis.improving.offers import Offers
from meritindex.analysis.improving.stopwatch import OutOfTime, Stopwatch
from meritindex.assessment.many import Levels

# No more pairs of labels than this are looked at together.
_PAIRS = 1 << 15
# Of so many labels it is worth while to score them.
_MANY = 64

# What plans that come of labels cost at least, after so many units; more than any where none does.
Bound = Callable[[Labels, int], Integers]


def own_prices(labels: Labels, units: int) -> Integers:  # noqa: ARG001 - as of every bound
    """Return the prices of labels: what comes of them costs no less."""
    return labels.prices


@attrs.frozen(kw_only=True, eq=False)
class Folding:
    """The labels of one assessment.

    Attributes:
        offers: what its units offer.
        clock: how much time is left.
        most_price: above which no label matters; None for any price.
        hopeful: says of rows of levels whether they are enough; labels that are not, even with all
            else at its highest, are left out where they are many. None where that is not asked.
    """

    offers: Offers
    clock: Stopwatch
    most_price: int | None = None
    hopeful: Callable[[Levels], Mask] | None = None

    def chain(self, knot: Knot) -> Chain:
        """Return the units of a knot, those below it put together.

        Raises:
            OutOfTime: the time is over.
        """
        offers = tuple(
            self.offers.of_knot(knot, unit, self.labels(self.chain(unit)))
            if isinstance(unit, Knot)
            else self.offers.of_indicator(knot, unit)
            for unit in knot.units
        )
        return chain_of(knot, offers, self.offers.scenarios)

    def labels(
        self, chain: Chain, bound: Bound | None = None, enough: Integers | None = None
    ) -> Labels:
        """Return the labels of a knot that matter, from the cheapest.

        Args:
            chain: the units of the knot.
            bound: what whole plans cost at least that come of labels; None where it is not known.
            enough: beyond which columns are all the same.

        Raises:
            OutOfTime: the time is over; it says what plans cost at least, where a bound is known.
        """
        found = Labels(
            prices=np.zeros(1, dtype=np.int64),
            folds=chain.start[np.newaxis],
            levels=self.offers.moves.base[np.newaxis],
            marks={},
            nears=None if chain.nearness is None else np.zeros((1, len(chain.nearness.margins))),
        )

        def fitting(joined: Labels, units: int) -> Labels:
            if enough is not None:
                joined = attrs.evolve(joined, folds=np.minimum(joined.folds, enough))
            if self.most_price is None:
                return joined
            least = (bound or own_prices)(joined, units)
            return joined.take(np.flatnonzero(least <= self.most_price))

        for unit in range(len(chain.offers)):
            try:
                found = self._with_unit(chain, found, unit, fitting)
            except OutOfTime:
                least = 0 if bound is None else int(bound(found, unit).min())
                raise OutOfTime(least) from None
            if not len(found):
                break
        return found

    def _with_unit(
        self, chain: Chain, found: Labels, unit: int, fitting: Callable[[Labels, int], Labels]
    ) -> Labels:
        """Return the labels that matter when one unit more is chosen."""
        places = frozenset[int]().union(*(offer.places for offer in chain.offers[: unit + 1]))
        size = max(1, _PAIRS // max(1, len(chain.offers[unit].labels)))
        parts: list[Labels] = []
        for first in range(0, len(found), size):
            self.clock.check()
            some = found if len(found) <= size else found.take(_span(first, size, len(found)))
            joined = fitting(self._joined(chain, some, unit), unit + 1)
            parts.append(self._pruned(chain, joined, places))
        if len(parts) > 1:
            return self._pruned(chain, Labels.joined(parts), places)
        return parts[0]

    def _joined(self, chain: Chain, left: Labels, unit: int) -> Labels:
        """Return every label with every choice of a unit."""
        offer, gains = chain.offers[unit], chain.gains[unit]
        right = offer.labels
        if chain.nearness is not None:
            right = attrs.evolve(right, nears=chain.nearness.terms[unit])
        if not offer.allowed.all():
            kept = np.flatnonzero(offer.allowed)
            right, gains = right.take(kept), gains[kept]
        count = len(right)
        prices = (left.prices[:, np.newaxis] + right.prices).ravel()
        if chain.knot.fold is Fold.LIST:
            folds = np.hstack([left.folds.repeat(count, axis=0), np.tile(gains, (len(left), 1))])
        else:
            pair = left.folds[:, np.newaxis, :], gains[np.newaxis, :, :]
            both = pair[0] + pair[1] if chain.knot.adds else np.minimum(*pair)
            folds = both.reshape(len(prices), both.shape[2])
        levels = left.levels.repeat(count, axis=0)
        places = sorted(offer.places)
        levels[:, places] = np.tile(right.levels[:, places], (len(left), 1))
        marks = {key: column.repeat(count) for key, column in left.marks.items()}
        marks |= {key: np.tile(column, len(left)) for key, column in right.marks.items()}
        nears = None
        if left.nears is not None and right.nears is not None:
            sums = left.nears[:, np.newaxis, :] + right.nears
            nears = sums.reshape(len(prices), sums.shape[2])
        return Labels(prices=prices, folds=folds, levels=levels, marks=marks, nears=nears)

    def _pruned(self, chain: Chain, labels: Labels, places: frozenset[int]) -> Labels:
        """Return the labels that matter, when these indicators have been chosen."""
        if self.offers.moves.demands:
            labels = labels.take(np.flatnonzero(self._allowed(labels.levels, places)))
        others = [column[:, np.newaxis] for column in labels.marks.values()]
        others += self._open(labels.levels, places)
        stacked = np.hstack([labels.folds, *others]) if others else labels.folds
        kept = undominated(labels.prices, stacked, self.clock.check)
        labels = labels.take(kept)
        if chain.nearness is not None and labels.nears is not None:
            ends = labels.nears - chain.nearness.margins, labels.nears
            rest = stacked[kept, labels.folds.shape[1] :]
            labels = labels.take(not_exceeded(labels.prices, ends, rest, self.clock.check))
        if self.hopeful is None or len(labels) < _MANY:
            return labels
        chosen = np.zeros(labels.levels.shape[1], dtype=np.bool_)
        chosen[list(places)] = True
        highest = np.where(chosen, labels.levels, self.offers.moves.upper)
        return labels.take(np.flatnonzero(self.hopeful(highest)))

    def _allowed(self, levels: Levels, places: frozenset[int]) -> Mask:
        """Say which labels meet the demands between indicators that have been chosen."""
        moves = self.offers.moves
        demands = tuple(
            demand for demand in moves.demands if demand.item in places and demand.needs in places
        )
        return attrs.evolve(moves, demands=demands).allows(levels)

    def _open(self, levels: Levels, places: frozenset[int]) -> Iterator[Integers]:
        """Yield what must be known of labels while one end of a demand is not chosen yet.

        How low the level is that is asked for, and how many of the levels that may be asked for
        have been reached: of both, more is better.
        """
        moves = self.offers.moves
        asked: dict[int, Integers] = {}
        offered: dict[int, set[int]] = {}
        for demand in moves.demands:
            if demand.item in places and demand.needs not in places:
                asks = levels[:, demand.item] >= moves.asking(demand)
                level = -demand.level * asks.astype(np.int64)
                asked[demand.needs] = np.minimum(asked.get(demand.needs, level), level)
            elif demand.needs in places and demand.item not in places:
                offered.setdefault(demand.needs, set()).add(demand.level)
        yield from (column[:, np.newaxis] for column in asked.values())
        for place, limits in offered.items():
            steps = np.searchsorted(sorted(limits), levels[:, place].astype(np.int64), side="right")
            yield steps.astype(np.int64)[:, np.newaxis]


def _span(first: int, size: int, count: int) -> Integers:
    return np.arange(first, min(first + size, count))
