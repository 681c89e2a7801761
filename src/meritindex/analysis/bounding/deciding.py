"""Which open question decides most: by how much the interval of a total narrows with its answer.

All open items of all assessments are looked at together: each gives rows in which it alone is
settled, at the end that is worth least or most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs
import numpy as np

from meritindex.analysis.bounding.card import Decision
from meritindex.analysis.bounding.extremes import side
from meritindex.analysis.bounding.relation import Pairs
from meritindex.analysis.bounding.table import BoundsTable
from meritindex.analysis.columns import Integers
from meritindex.analysis.completions import OpenItem
from meritindex.assessment import NOT_APPLICABLE, NumberColumn
from meritindex.scoring import ExactColumn
from meritindex.scoring.rows import Inputs

# Between what ends a total lies.
_Interval = tuple[Fraction, Fraction]

_ZERO = Fraction(0)


@attrs.frozen(kw_only=True)
class _Settled:
    """What is left when one item is settled: an interval for each end or option of it.

    Attributes:
        intervals: between what ends the total lies.
        bands: the numbers of the lowest and the highest band.
        effect: how far the item moves the total at most.
    """

    intervals: tuple[_Interval, ...]
    bands: tuple[tuple[int, int], ...]
    effect: Fraction


def decisions(table: BoundsTable, rows: Sequence[int]) -> tuple[tuple[Decision, ...], ...]:
    """Return how much each open item of some assessments decides.

    What is settled by an answer is the part of the interval that the answer rules out, at the end
    where that is more; a gate is settled by its option. The items of an assessment are ordered by
    that, then by how much they can move the total, then as they are listed.
    """
    items = [(row, item) for row in rows for item in table.completions.open_items(row)]
    known = [(row, item) for row, item in items if table.lower.known[row]]
    gates = {gate.code for gate in table.instrument.gates}
    leaves = [(row, item.code) for row, item in known if item.code not in gates]
    settled = dict(zip(leaves, _leaves(table, leaves), strict=True)) if leaves else {}
    found: dict[int, list[Decision]] = {row: [] for row in rows}
    for row, item in items:
        one = settled.get((row, item.code))
        if one is None and table.lower.known[row]:
            one = _gate(table, row, item)
        found[row].append(_decision(table, row, item, one))
    for each in found.values():
        each.sort(key=lambda decision: (-decision.width, -decision.effect))
    return tuple(tuple(found[row]) for row in rows)


def _decision(table: BoundsTable, row: int, item: OpenItem, one: _Settled | None) -> Decision:
    lower, upper = table.lower[row], table.upper[row]
    if one is None or lower is None or upper is None:
        return Decision(item=item, width=_ZERO, effect=_ZERO, can_settle=False)
    return Decision(
        item=item,
        width=upper - lower - min(high - low for low, high in one.intervals),
        effect=one.effect,
        can_settle=any(0 < low == high for low, high in one.bands),
    )


def _gate(table: BoundsTable, row: int, item: OpenItem) -> _Settled:
    """Return what is left of the interval by each option of a gate."""
    rows = np.flatnonzero(table.completions.owners == row)
    codes = [gate.code for gate in table.instrument.gates]
    answers = table.completions.gate_answers[rows, codes.index(item.code)]
    low, high = table.low.total.worth, table.high.total.worth
    lowest, highest = table.low.bands, table.high.bands
    by_option = [rows[answers == option] for option in np.unique(answers)]
    intervals = [(min(_numbers(low, some)), max(_numbers(high, some))) for some in by_option]
    ends = [end for interval in intervals for end in interval]
    return _Settled(
        intervals=tuple(intervals),
        bands=tuple((int(lowest[some].min()), int(highest[some].max())) for some in by_option),
        effect=max(ends) - min(ends),
    )


def _leaves(table: BoundsTable, leaves: Sequence[tuple[int, str]]) -> Iterator[_Settled]:
    """Yield what is left of the interval at both ends of an answer, one a pair of row and code."""
    completions = table.completions
    sizes = np.bincount(completions.owners)[[row for row, _ in leaves]]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    # The extreme rows of each item's assessment, one after the other, and the item of each.
    which = np.repeat(np.arange(len(leaves)), sizes)
    own = np.repeat(completions.starts[[row for row, _ in leaves]], sizes)
    own += np.arange(len(which)) - starts[which]
    codes = [code for _, code in leaves]
    low, high = completions.low.rows(own), completions.high.rows(own)
    lowered, raised = _mixed(table, high, low, codes, which), _mixed(table, low, high, codes, which)
    top, bottom = side(table.tree, lowered, most=True), side(table.tree, raised, most=False)
    tops, bottoms = top.total.worth, bottom.total.worth
    highest, lowest = top.bands, bottom.bands
    first, last = table.band_numbers
    effects = np.maximum(_effects(table, high, lowered), _effects(table, raised, low))
    for place, (row, _) in enumerate(leaves):
        rows = np.arange(starts[place], starts[place + 1])
        lower, upper = table.lower[row], table.upper[row]
        assert lower is not None and upper is not None  # noqa: S101, PT018 - of those that are known
        yield _Settled(
            intervals=(
                (lower, max(_numbers(tops, rows))),
                (min(_numbers(bottoms, rows)), upper),
            ),
            bands=(
                (int(first[row]), int(highest[rows].max())),
                (int(lowest[rows].min()), int(last[row])),
            ),
            effect=max(effects[rows]),
        )


def _effects(table: BoundsTable, ones: Inputs, others: Inputs) -> Integers:
    """Return how far the totals of rows can be above those of others, row by row, as Fractions.

    That is the least that the others can be above them, turned round.
    """
    count = len(ones.levels)
    both = Inputs.stacked([others, ones])
    least, most = (side(table.tree, both, most=most) for most in (False, True))
    pairs = Pairs(table.tree, least, most, np.arange(2 * count))
    numbers, denominator = pairs.least(np.arange(count), np.arange(count, 2 * count))
    return np.array([Fraction(-number, denominator) for number in numbers.tolist()], dtype=object)


def _mixed(
    table: BoundsTable, ours: Inputs, theirs: Inputs, codes: Sequence[str], which: Integers
) -> Inputs:
    """Return rows in which one answer each, that of the row's item, is that of other rows."""
    plan = table.tree.plan
    place_of = {code: place for place, code in enumerate(plan.indicators)}
    levels = ours.levels.copy()
    numbers = dict(zip(plan.measures, ours.measures, strict=True)) | dict(ours.entries)
    others = dict(zip(plan.measures, theirs.measures, strict=True)) | dict(theirs.entries)
    by_code: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        by_code.setdefault(code, []).append(place)
    for code, places in by_code.items():
        rows = np.flatnonzero(np.isin(which, places))
        if code in place_of:
            column = place_of[code]
            own, other = levels[rows, column], theirs.levels[rows, column]
            levels[rows, column] = np.where(own < NOT_APPLICABLE, other, own)
        else:
            changed = numbers[code].numerators.copy()
            changed[rows] = others[code].numerators[rows]
            numbers[code] = NumberColumn(changed, numbers[code].known)
    return attrs.evolve(
        ours,
        levels=levels,
        measures=tuple(numbers[code] for code in plan.measures),
        entries={code: numbers[code] for code in ours.entries},
    )


def _numbers(column: ExactColumn, rows: Integers) -> list[Fraction]:
    """Return totals of some rows, all of which are known."""
    return [total for total in column[rows] if total is not None]
