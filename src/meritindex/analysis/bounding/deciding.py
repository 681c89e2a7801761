"""Which open question decides most: by how much the interval of a total narrows with its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np

from meritindex.analysis.bounding.card import BoundsCard, Decision
from meritindex.analysis.bounding.extremes import side
from meritindex.analysis.columns import Integers
from meritindex.analysis.completions import OpenItem
from meritindex.assessment import NOT_APPLICABLE, NumberColumn
from meritindex.definition import Bands
from meritindex.scoring.rows import Inputs

# Between what ends a total lies.
_Interval = tuple[Fraction, Fraction]


def decisions(card: BoundsCard) -> tuple[Decision, ...]:
    """Return how much each open item of an agency decides.

    What is settled by an answer is the part of the interval that the answer rules out, at the end
    where that is more; a gate is settled by its option. Ordered by that, then as they are listed.
    """
    items = card.table.completions.open_items(card.row)
    lower, upper = card.lower, card.upper
    if lower is None or upper is None:
        nothing = Fraction(0)
        return tuple(Decision(item=item, width=nothing, can_settle=False) for item in items)
    found: list[Decision] = []
    left = dict(_left(card, items, (lower, upper)))
    for item in items:
        intervals = left[item.code]
        narrowest = min(high - low for low, high in intervals)
        bands = card.instrument.root.bands
        found.append(
            Decision(
                item=item,
                width=upper - lower - narrowest,
                can_settle=bands is not None and any(_certain(bands, each) for each in intervals),
            )
        )
    return tuple(sorted(found, key=lambda decision: -decision.width))


def _certain(bands: Bands, interval: _Interval) -> bool:
    low, high = interval
    return bands.number_of(low) == bands.number_of(high)


def _left(
    card: BoundsCard, items: Sequence[OpenItem], ends: _Interval
) -> Iterator[tuple[str, list[_Interval]]]:
    """Yield what each item leaves of the interval, at each of its ends or options."""
    table, (lower, upper) = card.table, ends
    completions = table.completions
    rows = np.flatnonzero(completions.owners == card.row)
    gates = [gate.code for gate in card.instrument.gates]
    leaves = [item.code for item in items if item.code not in gates]
    if leaves:
        least = _totals(card, rows, leaves, most=False)
        most = _totals(card, rows, leaves, most=True)
        for code in leaves:
            yield code, [(lower, max(most[code])), (min(least[code]), upper)]
    low, high = table.low.total.worth, table.high.total.worth
    for item in items:
        if item.code in gates:
            answers = completions.gate_answers[rows, gates.index(item.code)]
            yield (
                item.code,
                [
                    (
                        min(_known(low[int(row)]) for row in rows[answers == option]),
                        max(_known(high[int(row)]) for row in rows[answers == option]),
                    )
                    for option in np.unique(answers)
                ],
            )


def _totals(
    card: BoundsCard, rows: Integers, codes: Sequence[str], *, most: bool
) -> Mapping[str, list[Fraction]]:
    """Return the greatest totals with one answer each at its least, or the other way round."""
    completions = card.table.completions
    ours, theirs = completions.low, completions.high
    if most:
        ours, theirs = theirs, ours
    count = len(codes)
    mixed = _mixed(card, _taken(ours, np.tile(rows, count)), _taken(theirs, rows), codes)
    tree = card.table.tree
    total = side(tree, mixed, most=most).total.worth
    return {
        code: [_known(total[place * len(rows) + each]) for each in range(len(rows))]
        for place, code in enumerate(codes)
    }


def _mixed(card: BoundsCard, ours: Inputs, theirs: Inputs, codes: Sequence[str]) -> Inputs:
    """Return rows in which one answer each, that of `codes` in turn, is that of other rows."""
    size = len(theirs.levels)
    plan = card.table.tree.plan
    levels = ours.levels.copy()
    numbers = dict(zip(plan.measures, ours.measures, strict=True)) | dict(ours.entries)
    others = dict(zip(plan.measures, theirs.measures, strict=True)) | dict(theirs.entries)
    for place, code in enumerate(codes):
        rows = slice(place * size, (place + 1) * size)
        if code in plan.indicators:
            column = plan.indicators.index(code)
            own, other = levels[rows, column], theirs.levels[:, column]
            levels[rows, column] = np.where(own < NOT_APPLICABLE, other, own)
        else:
            column_of = numbers[code]
            changed = column_of.numerators.copy()
            changed[rows] = others[code].numerators
            numbers[code] = NumberColumn(changed, column_of.known)
    return attrs.evolve(
        ours,
        levels=levels,
        measures=tuple(numbers[code] for code in plan.measures),
        entries={code: numbers[code] for code in ours.entries},
    )


def _taken(inputs: Inputs, rows: Integers) -> Inputs:
    """Return some rows, in an order and as often as asked for."""
    return Inputs(
        levels=inputs.levels[rows],
        measures=tuple(column.rows(rows) for column in inputs.measures),
        entries={code: column.rows(rows) for code, column in inputs.entries.items()},
        undetermined={},
        marked=inputs.marked,
    )


def _known(total: Fraction | None) -> Fraction:
    """Return a total of a row that is complete, as are all rows of an assessment with bounds."""
    assert total is not None  # noqa: S101 - see above
    return total
