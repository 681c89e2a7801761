"""The units of a knot side by side, in whole numbers of common units."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

import attrs
import numpy as np

from meritindex.analysis.columns import Integers, scaled
from meritindex.analysis.improving.knots import Fold, Knot
from meritindex.analysis.improving.nearness import Nearness, nearness_of
from meritindex.analysis.improving.offers import Offer
from meritindex.analysis.improving.scenarios import Scenario

# Sums below it can be added up over some dozens of columns in 64 bits.
_WIDE = 2**55


@attrs.frozen(kw_only=True, eq=False)
class Chain:
    """The units of a knot, ready to be put together.

    Attributes:
        knot: the knot.
        offers: what its units offer.
        gains: by unit, what its choices are worth; integers, shape `[choices, columns]`.
        start: what the columns are before any choice; shape `[columns]`.
        columns: by column, the scenarios that it speaks for, and what one of its integers is worth
            under each; empty where the columns are a list.
        nearness: what a list comes to, nearly; None of what is no list, or where that is not known.
    """

    knot: Knot
    offers: tuple[Offer, ...]
    gains: tuple[Integers, ...]
    start: Integers
    columns: tuple[tuple[tuple[int, Fraction], ...], ...] = ()
    nearness: Nearness | None = None


def chain_of(knot: Knot, offers: tuple[Offer, ...], scenarios: Sequence[Scenario]) -> Chain:
    """Return the units of a knot side by side; what is the same in several scenarios once."""
    if knot.fold is Fold.LIST:
        gains = tuple(_distinct(offer) for offer in offers)
        return Chain(
            knot=knot,
            offers=offers,
            gains=gains,
            start=np.zeros(0, dtype=np.int64),
            nearness=nearness_of(knot, offers, scenarios),
        )
    starts = [_start(knot, scenario) for scenario in scenarios]
    dividers = [offer.worths[number][1] for offer in offers for number in range(len(scenarios))]
    dividers += [start.denominator for start in starts if start is not None]
    common = lcm(*dividers)
    found: dict[tuple[object, ...], list[tuple[int, Fraction]]] = {}
    numbers: list[tuple[int | None, list[Integers]]] = []
    for number, start in enumerate(starts):
        columns = [
            scaled(offer.worths[number][0], common // offer.worths[number][1]) for offer in offers
        ]
        unit = 1
        if knot.adds:
            unit = gcd(*(value for column in columns for value in column.tolist())) or 1
            if unit >= _WIDE:  # zeros of 64 bits can't be divided by it
                columns = [column.astype(object) for column in columns]
            columns = [column // unit for column in columns]
        first = None if start is None else int(start * common)
        key = (first, *(tuple(column.tolist()) for column in columns))
        if key not in found:
            numbers.append((first, columns))
        found.setdefault(key, []).append((number, Fraction(unit, common)))
    return _stacked(knot, offers, numbers, tuple(map(tuple, found.values())))


def _stacked(
    knot: Knot,
    offers: tuple[Offer, ...],
    numbers: list[tuple[int | None, list[Integers]]],
    columns: tuple[tuple[tuple[int, Fraction], ...], ...],
) -> Chain:
    most = max(
        sum(max(map(abs, column.tolist()), default=0) for column in columns) + abs(first or 0)
        for first, columns in numbers
    )
    kind = object if most >= _WIDE else np.int64
    gains = tuple(
        np.stack([parts[unit] for _, parts in numbers], axis=1).astype(kind)
        for unit in range(len(offers))
    )
    start = [most if first is None else first for first, _ in numbers]
    if knot.adds:
        start = [0 for _ in numbers]
    return Chain(
        knot=knot,
        offers=offers,
        gains=gains,
        start=np.array(start, dtype=kind),
        columns=columns,
    )


def _start(knot: Knot, scenario: Scenario) -> Fraction | None:
    """Return the least among the children of a knot that don't move; None without any."""
    if knot.fold is not Fold.LEAST:
        return None
    moving = {unit.code for unit in knot.units if isinstance(unit, Knot)}
    moving |= {scenario.plan.indicators[unit] for unit in knot.units if isinstance(unit, int)}
    still = [
        scenario.present[child.code].worth[0]
        for child in knot.dimension.children
        if child.code not in moving
    ]
    return min((points for points in still if points is not None), default=None)


def _distinct(offer: Offer) -> Integers:
    """Return what the choices of a unit are worth as columns, equal ones once."""
    columns: dict[tuple[int, ...], Integers] = {}
    for numbers, _ in offer.worths:
        columns.setdefault(tuple(numbers.tolist()), numbers)
    return np.stack(list(columns.values()), axis=1)
