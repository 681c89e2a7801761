"""Which indicators may move, how far, and what one asks of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Literal

import attrs
import numpy as np

from meritindex.analysis.columns import Mask
from meritindex.analysis.improving.case import Case
from meritindex.analysis.improving.pricing import Pricing
from meritindex.assessment.many import NOT_APPLICABLE, Levels

Limit = Literal["fixed", "most-levels", "ready", "prerequisites"]
LIMITS: tuple[Limit, ...] = ("fixed", "most-levels", "ready", "prerequisites")


@attrs.frozen
class Demand:
    """An indicator raised to a level or above asks that another stands at a level then.

    Both are places.
    """

    item: int
    from_level: int
    needs: int
    level: int


@attrs.frozen(kw_only=True, eq=False)
class Moves:
    """How far the indicators of one assessment may move.

    Attributes:
        base: the present levels; uint8, shape `[indicators]`.
        upper: how far each may rise; the present level, or its mark, where it may not.
        demands: what raises ask for that is not there yet, and can be had.
    """

    base: Levels
    upper: Levels
    demands: tuple[Demand, ...]

    @classmethod
    def of(cls, case: Case, without: Collection[Limit] = ()) -> Moves:
        """Return what the wishes allow, or would allow without some kinds of limits."""
        demands = () if "prerequisites" in without else tuple(_demands(case))
        upper = _upper(case, without)
        return cls(base=case.base, upper=upper, demands=demands).settled()

    def settled(self) -> Moves:
        """Return the same with nothing above what demands allow, and no demand without a use.

        What is allowed can be joined: where two ways to raise are allowed, so is raising to the
        higher of both everywhere. So all upper ends together are allowed.
        """
        upper = self.upper.copy()
        changed = True
        while changed:
            changed = False
            for demand in self.demands:
                least = self.asking(demand)
                if upper[demand.item] >= least and not self._stands(upper, demand):
                    upper[demand.item] = least - 1
                    changed = True
        useful = tuple(
            demand
            for demand in self.demands
            if upper[demand.item] >= self.asking(demand) and not self._stands(self.base, demand)
        )
        upper.setflags(write=False)
        return attrs.evolve(self, upper=upper, demands=useful)

    def below(self, place: int, level: int) -> Moves:
        """Return the same with an indicator that does not rise beyond a level."""
        upper = self.upper.copy()
        upper[place] = level
        return attrs.evolve(self, upper=upper).settled()

    def asking(self, demand: Demand) -> int:
        """Return from which level on an indicator asks: only what is raised asks for anything."""
        return max(demand.from_level, int(self.base[demand.item]) + 1)

    def _stands(self, levels: Levels, demand: Demand) -> bool:
        return bool(self.answered[demand.needs] and levels[demand.needs] >= demand.level)

    @cached_property
    def answered(self) -> Mask:
        """Which indicators have a level."""
        return np.asarray(self.base < NOT_APPLICABLE)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The places of the indicators that may rise."""
        return tuple(np.flatnonzero(self.upper != self.base).tolist())

    def unpriced(self, pricing: Pricing) -> Iterator[tuple[int, int]]:
        """Yield the steps that may be taken and have no cost: a place, and the level reached."""
        for place in self.places:
            for level in range(int(self.base[place]) + 1, int(self.upper[place]) + 1):
                if pricing.unnamed[place, level]:
                    yield place, level

    def allows(self, levels: Levels) -> Mask:
        """Say which rows of levels meet all demands; uint8, shape `[n, indicators]`."""
        found = np.ones(len(levels), dtype=np.bool_)
        for demand in self.demands:
            asked = levels[:, demand.item] >= self.asking(demand)
            found &= ~asked | (levels[:, demand.needs] >= demand.level)
        return found


def _upper(case: Case, without: Collection[Limit]) -> Levels:
    wishes, instrument = case.wishes, case.plan.instrument
    upper = case.base.copy()
    fixed = frozenset(() if "fixed" in without else wishes.fixed)
    most = dict(() if "most-levels" in without else wishes.most_levels)
    late: dict[str, list[int]] = {}
    if wishes.by is not None and "ready" not in without:
        for code, level, day in wishes.ready:
            if day > wishes.by:
                late.setdefault(code, []).append(level)
    for place in np.flatnonzero(case.answered).tolist():
        indicator, level = instrument.indicators[place], int(case.base[place])
        if indicator.code not in fixed:
            ends = [indicator.levels[-1].value]
            if indicator.code in most:
                ends.append(level + most[indicator.code])
            ends += [step - 1 for step in late.get(indicator.code, ()) if step > level]
            upper[place] = min(ends)
    return upper


def _demands(case: Case) -> list[Demand]:
    """Return what the prerequisites ask of an assessment: nothing of what does not apply."""
    places = {code: place for place, code in enumerate(case.plan.indicators)}
    levels, found = case.base, []
    for each in case.wishes.prerequisites:
        item, needs = places[each.item], places[each.needs]
        if levels[needs] != NOT_APPLICABLE and case.answered[item]:
            found.append(Demand(item, each.from_level, needs, each.level))
    return found
