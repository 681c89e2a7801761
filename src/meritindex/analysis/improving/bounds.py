"""What plans cost at least that come of labels at the root."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.columns import Integers
from meritindex.analysis.improving.chains import Chain
from meritindex.analysis.improving.hull import Least, Slopes
from meritindex.analysis.improving.knots import Fold
from meritindex.analysis.improving.labels import Labels


@attrs.frozen(kw_only=True, eq=False)
class RootBound:
    """What is still to be paid at least, from what the units left can do.

    Attributes:
        chain: the units of the root, which adds them up or takes the least of them.
        enough: how much every column must reach; shape `[columns]`.
        never: a price above that of any plan, for what can't be had.
    """

    chain: Chain
    enough: Integers
    never: int

    def of(self, labels: Labels, units: int) -> Integers:
        """Return what plans cost at least that come of labels after so many units."""
        if self.chain.knot.fold is Fold.LEAST:
            enough = (labels.folds >= self.enough).all(axis=1).astype(np.bool_)
            return np.where(enough, labels.prices + self._rests[units], self.never)
        found = labels.prices
        wanted = self.enough - labels.folds
        for place, least in enumerate(self._least(units)):
            if place < wanted.shape[1]:
                column = wanted[:, place]
            else:  # all columns together
                column = np.maximum(wanted, 0).sum(axis=1)
            more, possible = least.of(column)
            found = np.maximum(found, np.where(possible, labels.prices + more, self.never))
        return found

    @cached_property
    def slopes(self) -> Slopes:
        """The parts of all units, for what they gain in all columns together."""
        return Slopes.of(list(self._options(lambda gain: gain.sum(axis=1))))

    @property
    def from_nothing(self) -> bool:
        """Whether doing nothing is a choice of every unit; else something must be done."""
        return all(int(offer.labels.prices[0]) == 0 for offer in self.chain.offers)

    def _options(
        self, worth: Callable[[Integers], Integers]
    ) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """Yield the prices and gains of every unit, from that of doing nothing."""
        for offer, gain in zip(self.chain.offers, self.chain.gains, strict=True):
            prices, gains = offer.labels.prices.tolist(), worth(gain).tolist()
            yield (prices, gains) if prices[0] == 0 else ([0, *prices], [0, *gains])

    def _least(self, units: int) -> tuple[Least, ...]:
        """Return what gains cost at least when so many units are chosen: by column, and of all."""
        if units not in self._leasts:
            left = tuple(slopes.after(units - 1).least() for slopes in self._columns)
            self._leasts[units] = left
        return self._leasts[units]

    @cached_property
    def _leasts(self) -> dict[int, tuple[Least, ...]]:
        """What has been asked for: often all labels are ruled out after a few units."""
        return {}

    @cached_property
    def _columns(self) -> tuple[Slopes, ...]:
        width = len(self.enough)
        columns = [
            Slopes.of(list(self._options(lambda gain, place=place: gain[:, place])))  # type: ignore[misc]
            for place in range(width)
        ]
        return (*columns, *([] if width == 1 else [self.slopes]))

    @cached_property
    def _rests(self) -> tuple[int, ...]:
        """By how many units are chosen, what the others cost at least to be enough."""
        rests = [0]
        for offer, gains in zip(self.chain.offers[::-1], self.chain.gains[::-1], strict=True):
            enough = (gains >= self.enough).all(axis=1).astype(np.bool_)
            prices = offer.labels.prices[enough].tolist()
            rests.append(min(rests[-1] + min(prices, default=self.never), self.never))
        return tuple(rests[::-1])
