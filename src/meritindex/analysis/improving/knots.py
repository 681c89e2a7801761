"""The tree as the search sees it: knots, and between them nothing but sums.

Where the rules are linear and nothing rounds or bounds, what indicators far below add to a
dimension is a plain sum. So only those dimensions matter, the knots, at which such a sum ends: the
root, what is rounded or bounded or under another rule, what counts for something else as long as
something is missing, and what a cap looks at.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator
from functools import cached_property

import attrs

from meritindex.definition import Dimension, HarmonicMean, Indicator, Instrument, Minimum, PowerMean
from meritindex.definition.nodes import is_exact


class Fold(enum.Enum):
    """How a knot puts together what stands below it."""

    SUM = enum.auto()  # into one number that adds up
    POWER = enum.auto()  # into a sum as well, of the points or of what they are the inverse of
    LEAST = enum.auto()  # into the least so far
    LIST = enum.auto()  # not at all: every part is kept as it is


@attrs.frozen(kw_only=True, eq=False)
class Knot:
    """A dimension at which sums end.

    Attributes:
        dimension: the dimension.
        fold: how it puts its units together.
        units: the indicators that may move, by their places, and the knots below, in order.
        path: the dimensions between the knot above and this one, from above; the last holds it.
    """

    dimension: Dimension
    fold: Fold
    units: tuple[int | Knot, ...]
    path: tuple[Dimension, ...] = ()

    @property
    def code(self) -> str:
        """The code of the dimension."""
        return self.dimension.code

    @cached_property
    def places(self) -> frozenset[int]:
        """The places of all indicators below that may move."""
        found: set[int] = set()
        for unit in self.units:
            found |= unit.places if isinstance(unit, Knot) else {unit}
        return frozenset(found)

    @cached_property
    def has_lists(self) -> bool:
        """Whether this knot or one below puts nothing together, so that labels may be many."""
        below = [unit for unit in self.units if isinstance(unit, Knot)]
        return self.fold is Fold.LIST or any(knot.has_lists for knot in below)

    @property
    def adds(self) -> bool:
        """Whether it puts its units together into a sum."""
        return self.fold in {Fold.SUM, Fold.POWER}

    @cached_property
    def below(self) -> frozenset[str]:
        """The codes of this dimension and of all below it."""
        return frozenset(node.code for node in self.dimension.walk())


def watched_codes(instrument: Instrument) -> frozenset[str]:
    """Return the codes of what caps look at: those of points, and those of the total's band."""
    caps = [cap.shortfall for dimension in instrument.dimensions for cap in dimension.caps]
    caps += [cap.shortfall for cap in instrument.root.band_caps]
    return frozenset(shortfall.code for shortfall in caps if shortfall is not None)


def knots(instrument: Instrument, moving: Collection[int], replaced: Collection[str] = ()) -> Knot:
    """Return the tree of knots.

    Args:
        instrument: whose tree it is.
        moving: the places of the indicators that may move.
        replaced: the codes of dimensions that do not count for what their rules give.
    """
    places = {
        indicator.code: place
        for place, indicator in enumerate(instrument.indicators)
        if place in moving
    }
    return _knot(instrument.root, places, watched_codes(instrument).union(replaced), ())


def _knot(
    dimension: Dimension,
    places: dict[str, int],
    ends: frozenset[str],
    path: tuple[Dimension, ...],
) -> Knot:
    fold = _fold(dimension)
    units = tuple(_units(dimension, fold, places, ends, (dimension,)))
    return Knot(dimension=dimension, fold=fold, units=units, path=path)


def _fold(dimension: Dimension) -> Fold:
    # What is computed in doubles is rounded in every sum, so no sum of its parts is the same.
    if dimension.rule is None or not is_exact(dimension):
        return Fold.LIST
    if dimension.rule.linear:
        return Fold.SUM
    if isinstance(dimension.rule, HarmonicMean | PowerMean):
        return Fold.POWER
    return Fold.LEAST if isinstance(dimension.rule, Minimum) else Fold.LIST


def _units(
    dimension: Dimension,
    fold: Fold,
    places: dict[str, int],
    ends: frozenset[str],
    path: tuple[Dimension, ...],
) -> Iterator[int | Knot]:
    for child in dimension.children:
        if isinstance(child, Indicator) and child.code in places:
            yield places[child.code]
        elif isinstance(child, Dimension):
            plain = child.floor is None and not child.caps and child.rounding is None
            if fold is Fold.SUM is _fold(child) and plain and child.code not in ends:
                yield from _units(child, fold, places, ends, (*path, child))
                continue
            knot = _knot(child, places, ends, path)
            if knot.units:
                yield knot
