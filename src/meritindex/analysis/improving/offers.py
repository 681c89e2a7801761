"""What single units of a knot offer: the levels of an indicator, or the labels of a knot below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, Mask, NodeColumn, over_common
from meritindex.analysis.improving.folded import gains
from meritindex.analysis.improving.knots import Fold, Knot
from meritindex.analysis.improving.labels import Labels, MarkKey
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.pricing import Pricing
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.assessment.many import Levels
from meritindex.definition import Dimension, Shortfall

Worth = tuple[Integers, int]  # integers and what they are divided by


@attrs.frozen(eq=False)
class Watch:
    """A shortfall on which a cap of the dimension `owner` depends; `required` not to be."""

    shortfall: Shortfall
    owner: str
    required: bool = False


@attrs.frozen(kw_only=True, eq=False)
class Offer:
    """What one unit of a knot offers.

    Attributes:
        labels: its choices, from the cheapest.
        places: of the indicators that they choose.
        worths: by scenario, what each choice adds to a sum, or is worth in itself.
        allowed: which of the choices may be made; the others only help to see what is possible.
    """

    labels: Labels
    places: frozenset[int]
    worths: tuple[Worth, ...]
    allowed: Mask


@attrs.frozen(kw_only=True, eq=False)
class Offers:
    """What the units of one assessment offer under some scenarios.

    Attributes:
        scenarios: under which all must hold.
        moves: what may rise how far.
        pricing: what that costs.
        watches: the shortfalls on which caps depend.
    """

    scenarios: tuple[Scenario, ...]
    moves: Moves
    pricing: Pricing
    watches: tuple[Watch, ...]

    def of_indicator(self, knot: Knot, place: int) -> Offer:
        """Return the levels that an indicator may have."""
        low, high = int(self.moves.base[place]), int(self.moves.upper[place])
        chosen = np.arange(low, high + 1, dtype=np.uint8)
        levels = self.moves.base[np.newaxis].repeat(len(chosen), axis=0)
        levels[:, place] = chosen
        indicator = self.scenarios[0].plan.instrument.indicators[place]
        points = [indicator.level(level).points for level in range(low, high + 1)]
        marks: dict[MarkKey, Integers] = {}
        allowed = np.ones(len(chosen), dtype=np.bool_)
        for watch in self.watches:
            if watch.shortfall.code == indicator.code:
                there = np.array([value >= watch.shortfall.below for value in points])
                if watch.required:
                    allowed &= there
                else:
                    marks[watch.shortfall, 0] = there.astype(np.int64)
        if knot.fold is Fold.SUM:
            worths = tuple(self._added(knot, place))
        elif knot.fold is Fold.POWER:
            worths = tuple(
                over_common(gains(scenario, knot.dimension, indicator, points))
                for scenario in self.scenarios
            )
        else:
            worths = (over_common(points),) * len(self.scenarios)
        labels = Labels(
            prices=self.pricing.between(place, low, high),
            folds=np.zeros((len(chosen), 0), dtype=np.int64),
            levels=levels,
            marks=marks,
        )
        return Offer(labels=labels, places=frozenset((place,)), worths=worths, allowed=allowed)

    def of_knot(self, above: Knot, knot: Knot, labels: Labels) -> Offer:
        """Return the labels of a knot, put together, as what it offers to the knot above."""
        columns = [scenario.worth(knot.dimension, labels.levels) for scenario in self.scenarios]
        marks = dict(self._kept_marks(knot, labels.marks))
        allowed = np.ones(len(labels), dtype=np.bool_)
        for watch in self.watches:
            if watch.shortfall.code == knot.code:
                for number, scenario in enumerate(self.scenarios):
                    there = ~scenario.short(watch.shortfall, columns[number])
                    if watch.required:
                        allowed &= there
                    else:
                        marks[watch.shortfall, number] = there.astype(np.int64)
        worths = tuple((column.numbers, column.denominator) for column in columns)
        if above.adds:
            worths = tuple(
                _gained(worth, scenario, knot)
                for worth, scenario in zip(worths, self.scenarios, strict=True)
            )
        bare = np.zeros((len(labels), 0), dtype=np.int64)
        labels = attrs.evolve(labels, folds=bare, marks=marks, nears=None)
        return Offer(labels=labels, places=knot.places, worths=worths, allowed=allowed)

    def _kept_marks(
        self, knot: Knot, marks: Mapping[MarkKey, Integers]
    ) -> Iterable[tuple[MarkKey, Integers]]:
        """Yield the marks that something above the knot still depends on."""
        needed = {watch.shortfall for watch in self.watches if watch.owner not in knot.below}
        return ((key, column) for key, column in marks.items() if key[0] in needed)

    @cached_property
    def _rows(self) -> tuple[Mapping[int, slice], Levels]:
        """Rows in which one indicator alone is raised, and by place which of them.

        The first row of each indicator is that of the present levels.
        """
        base, upper = self.moves.base, self.moves.upper
        sizes = [int(upper[place]) - int(base[place]) + 1 for place in self.moves.places]
        rows = base[np.newaxis].repeat(sum(sizes), axis=0)
        spans: dict[int, slice] = {}
        end = 0
        for place, size in zip(self.moves.places, sizes, strict=True):
            spans[place] = slice(end, end + size)
            rows[end : end + size, place] += np.arange(size, dtype=np.uint8)
            end += size
        return spans, rows

    @cached_property
    def _unbounded(self) -> tuple[Callable[[Dimension], NodeColumn], ...]:
        """By scenario, what says of a dimension what it is worth in these rows."""
        return tuple(scenario.unbounded(self._rows[1]) for scenario in self.scenarios)

    @cached_property
    def _sums(self) -> dict[str, tuple[NodeColumn, ...]]:
        """What knots are worth in these rows, as far as has been asked for."""
        return {}

    def _added(self, knot: Knot, place: int) -> Iterable[Worth]:
        """Yield what an indicator adds to the sum of a knot at each level, by scenario."""
        if knot.code not in self._sums:
            found = tuple(worth(knot.dimension) for worth in self._unbounded)
            self._sums[knot.code] = found
        for column in self._sums[knot.code]:
            numbers = column.numbers[self._rows[0][place]]
            yield numbers - numbers[0], column.denominator


def _gained(worth: Worth, scenario: Scenario, knot: Knot) -> Worth:
    """Return what the points of a knot add to the sum of the knot above."""
    numbers, denominator = worth
    points = [Fraction(number, denominator) for number in numbers.tolist()]
    *between, last = zip(knot.path, (*knot.path[1:], knot.dimension), strict=True)
    found = gains(scenario, *last, points)
    for dimension, child in between:
        factor = scenario.factor(dimension, child)
        found = [gain * factor for gain in found]
    return over_common(found)
