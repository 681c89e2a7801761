"""Making an improvement of a plan that was found: steps in order, points, totals and bands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from meritindex.analysis.improving.case import Case
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.outcomes import Outcome
from meritindex.analysis.improving.steps import ImprovementStep, SingleStep
from meritindex.assessment.many import Levels


def band_name(case: Case, number: int) -> str | None:
    """Return the official name of a band by its number; None for 0."""
    bands = case.plan.instrument.root.bands
    return None if bands is None or not number else bands.items[number - 1].name.id


def in_order(levels: Levels, moves: Moves) -> list[int]:
    """Return the places of what is raised, in an order in which it can be done.

    What others ask for comes before them; else the order is that of the instrument. Where two ask
    for one another, level by level, the first of them stands first, and they go hand in hand.
    """
    left = np.flatnonzero(levels != moves.base).tolist()
    asked = _asked(levels, moves)
    found: list[int] = []
    while left:
        free = [place for place in left if asked.get(place, set()).isdisjoint(left)]
        found.append((free or left)[0])
        left.remove(found[-1])
    return found


def _asked(levels: Levels, moves: Moves) -> dict[int, set[int]]:
    """Return by place what must be raised before it."""
    found: dict[int, set[int]] = {}
    for demand in moves.demands:
        if levels[demand.item] >= moves.asking(demand) and demand.needs != demand.item:
            found.setdefault(demand.item, set()).add(demand.needs)
    return found


def steps_of(
    case: Case, levels: Levels, moves: Moves
) -> tuple[tuple[ImprovementStep, ...], Outcome]:
    """Return the steps to levels, each with what it adds after those before it.

    The second item is what all steps come to, as a single row.
    """
    order = in_order(levels, moves)
    rows = moves.base[np.newaxis].repeat(len(order) + 1, axis=0)
    for number, place in enumerate(order, 1):
        rows[number:, place] = levels[place]
    outcome = case.outcome(rows)
    totals = [_known(total) for total in outcome.totals]
    asked = _asked(levels, moves)
    days = _days(case, levels, moves, asked)
    instrument = case.plan.instrument
    found = []
    for number, place in enumerate(order):
        indicator = instrument.indicators[place]
        parent = instrument.parent(indicator.code)
        assert parent is not None  # noqa: S101 - every indicator stands in a dimension
        low, high = int(moves.base[place]), int(levels[place])
        found.append(
            ImprovementStep(
                indicator=indicator.code,
                from_level=low,
                to_level=high,
                cost=case.pricing.of_step(place, low, high),
                points=totals[number + 1] - totals[number],
                name=indicator.name,
                dimension=parent.code,
                criteria=tuple(indicator.level(level) for level in range(low + 1, high + 1)),
                evidence=indicator.evidence,
                needs=tuple(
                    instrument.indicators[each].code for each in sorted(asked.get(place, ()))
                ),
                ready=days.get(place),
            )
        )
    return tuple(found), outcome.last


def _days(
    case: Case, levels: Levels, moves: Moves, asked: Mapping[int, set[int]]
) -> dict[int, dt.date]:
    """Return by place the day by which a step can be done, where one is stated.

    It is not before that of any step that must come first.
    """
    places = {code: place for place, code in enumerate(case.plan.indicators)}
    found: dict[int, dt.date] = {}
    for code, level, day in case.wishes.ready:
        place = places[code]
        if moves.base[place] < level <= levels[place]:
            found[place] = max(day, found.get(place, day))
    waiting = list(found)
    while waiting:
        first = waiting.pop()
        for place, needs in asked.items():
            if first in needs and found.get(place, dt.date.min) < found[first]:
                found[place] = found[first]
                waiting.append(place)
    return found


def single_steps(case: Case, moves: Moves) -> tuple[SingleStep, ...]:
    """Return every step of one level that is allowed now; the most points for the cost first."""
    places = moves.places
    rows = moves.base[np.newaxis].repeat(len(places) + 1, axis=0)
    for number, place in enumerate(places, 1):
        rows[number, place] += 1
    outcome = case.outcome(rows)
    allowed = moves.allows(rows).tolist()
    before = _known(outcome.totals[0])
    found = [
        SingleStep(
            indicator=case.plan.indicators[place],
            name=case.plan.instrument.indicators[place].name,
            from_level=int(moves.base[place]),
            to_level=int(moves.base[place]) + 1,
            cost=case.pricing.of_step(place, int(moves.base[place]), int(moves.base[place]) + 1),
            points=_known(outcome.totals[number]) - before,
            band=band_name(case, int(outcome.bands[number])),
            changes_band=bool(outcome.bands[number] != outcome.bands[0]),
        )
        for number, place in enumerate(places, 1)
        if allowed[number]
    ]
    return tuple(sorted(found, key=_worth))


def _worth(step: SingleStep) -> tuple[bool, Fraction, Fraction]:
    """Return what sorts the most points for the cost first; what is free and adds, before all."""
    free = step.points > 0 and not step.cost
    return not free, -step.points / (step.cost or 1), -step.points


def _known(total: Fraction | None) -> Fraction:
    assert total is not None  # noqa: S101 - no plan is made where the total is not known
    return total
