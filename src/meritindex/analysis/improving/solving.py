"""Plans under weights that are settled, and under all admissible ones.

Where weights are open, the least total over all of them decides. A plan is sought that holds under
a few of them; if under others it does not, those that make its total the least join the few, and
the search begins anew. What holds under all and is the cheapest under some is the cheapest.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import cached_property
from itertools import count

import attrs
import numpy as np

from meritindex.analysis.improving.case import Case
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.outcomes import Goal
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.analysis.improving.searching import Found, Search
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.assessment.many import Levels
from meritindex.definition import Given
from meritindex.scoring import plan

Key = tuple[int, tuple[tuple[str, object], ...]]


@attrs.frozen(kw_only=True, eq=False)
class Solver:
    """Finds plans for one assessment.

    Attributes:
        case: the assessment.
        clock: how much time is left.
    """

    case: Case
    clock: Stopwatch

    @cached_property
    def _pool(self) -> dict[Key, Scenario]:
        """The scenarios that have been met."""
        return {}

    def cheapest(self, moves: Moves, goal: Goal) -> Found:
        """Return the cheapest plan; all moves together must reach the goal."""
        if self.case.tree is None:
            return self._search(moves, (self.case.settled,)).cheapest(goal)
        if not self._pool:
            self._meet(moves.base, goal)
        while True:
            search = self._search(moves, tuple(self._pool.values()))
            found = search.cheapest(goal)
            if self.case.reach(found.levels[np.newaxis], goal)[0]:
                return found
            if self.clock.is_over or not self._meet(found.levels, goal):
                # What is the least is not attained under any weights, or the time is over.
                levels = search.taken_back(moves.upper, lambda rows: self.case.reach(rows, goal))
                price = search.price(levels)
                return Found(levels, price, min(found.least, price))

    def best(self, moves: Moves, most_price: int) -> tuple[Levels, bool]:
        """Return the levels with the highest (least) total for a price, and whether that is so."""
        if self.case.tree is None:
            return self._search(moves, (self.case.settled,)).best(most_price)
        self._meet(moves.base, Goal(None))
        while True:
            search = self._search(moves, tuple(self._pool.values()))
            levels, proven = search.best(most_price)
            promised = search.totals(levels[np.newaxis])[0]
            if self.case.outcome(levels[np.newaxis]).totals[0] == promised or not proven:
                return levels, proven
            if not self._meet(levels, Goal(None)):
                return levels, False

    def plans(self, moves: Moves, goal: Goal) -> Iterator[Found]:
        """Yield all plans of which no step can be left out, from the cheapest.

        Every plan but the first rises less than it somewhere; so what comes next is sought among
        those that don't rise as far in one of the indicators, for each of them.
        """
        order = count()
        seen: set[bytes] = set()
        tried: set[bytes] = {moves.upper.tobytes()}
        first = self.cheapest(moves, goal)
        heap = [(first.price, next(order), first, moves)]
        while heap:
            _, _, found, allowed = heapq.heappop(heap)
            if found.levels.tobytes() not in seen:
                seen.add(found.levels.tobytes())
                yield found
            for place in np.flatnonzero(found.levels != moves.base).tolist():
                less = allowed.below(place, int(found.levels[place]) - 1)
                if less.upper.tobytes() in tried:
                    continue
                tried.add(less.upper.tobytes())
                if self.case.reach(less.upper[np.newaxis], goal)[0]:
                    other = self.cheapest(less, goal)
                    heapq.heappush(heap, (other.price, next(order), other, less))

    def _search(self, moves: Moves, scenarios: tuple[Scenario, ...]) -> Search:
        return Search(scenarios=scenarios, moves=moves, pricing=self.case.pricing, clock=self.clock)

    def _meet(self, levels: Levels, goal: Goal) -> bool:
        """Add the scenario in which levels are worth least; say whether it is a new one."""
        case = self.case
        assert case.tree is not None  # noqa: S101 - asked only where weights are open
        found = case.least(levels[np.newaxis])
        totals = found.total.worth
        # Of the ways to answer open gates: those with too low a band, then the least total.
        order = sorted(
            range(len(totals)),
            key=lambda way: (found.bands[way] >= goal.band, totals[way]),
        )
        way = order[0]
        weights = {**case.tree.settled_weights, **dict(found.weights(way))}
        key: Key = (way, tuple(weights.items()))
        compiled = plan(case.assessments.instrument, Given(weights))
        if key in self._pool:
            # Weights of zero can take away what a cap looks at, while the least is that with the
            # cap; in the middle of the region everything has a weight.
            key, compiled = (way, ()), case.tree.plan
        if key in self._pool:
            return False
        self._pool[key] = case.scenario(compiled, way)
        return True
