"""What a goal asks of the total before it is bounded and rounded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from meritindex.analysis.improving.outcomes import Goal
from meritindex.definition import Dimension, Shortfall
from meritindex.numbers import least_integer


@attrs.frozen
class Need:
    """The least that points must be before floor, caps and rounding; `inclusive` of itself."""

    value: Fraction
    inclusive: bool

    def met_by(self, points: Fraction) -> bool:
        """Say whether points are enough."""
        return points >= self.value if self.inclusive else points > self.value

    def steps(self, present: Fraction, unit: Fraction) -> int:
        """Return how many units must be gained over the present points, at least."""
        units = (self.value - present) / unit
        return least_integer(units, inclusive=self.inclusive)


def need_of(root: Dimension, goal: Goal) -> Need | None:
    """Return what a goal asks of the points before floor, caps and rounding; None for nothing."""
    if goal.limit is None:
        return None
    need = Need(goal.limit, goal.inclusive)
    if root.rounding is not None:
        units = goal.limit / root.rounding.unit
        step = least_integer(units, inclusive=goal.inclusive)
        need = Need(*root.rounding.least_reaching(step))
    if root.floor is not None and need.met_by(root.floor.value):
        return None
    return need


def required(root: Dimension, goal: Goal) -> Iterator[Shortfall]:
    """Yield the shortfalls that must not be, or a cap keeps the total or its band too low."""
    need = need_of(root, goal)
    for cap in root.caps:
        if cap.shortfall is not None and need is not None and not need.met_by(cap.maximum):
            yield cap.shortfall
    names = [band.name.id for band in root.bands or ()]
    for band_cap in root.band_caps:
        if names.index(band_cap.band) + 1 < goal.band:
            yield band_cap.shortfall
