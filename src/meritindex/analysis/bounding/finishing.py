"""What is done to a dimension after its rule: bonuses, caps, rounding, its policy, an entry."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import attrs
import numpy as np

from meritindex.analysis.bounding.sides import Side
from meritindex.analysis.columns import NodeColumn, added, over_common, scaled
from meritindex.definition import Dimension, MissingPolicy


def finished(found: Side, dimension: Dimension, column: NodeColumn) -> NodeColumn:
    """Return a column of what the rule gives as that of the dimension, in the order of steps."""
    column = _adjusted(found, dimension, column)
    if dimension.floor is not None or dimension.caps or dimension.rounding is not None:
        column = _bounded(found, dimension, column)
    silent = ~(column.present & column.known)
    column = attrs.evolve(column, numbers=np.where(silent, 0, column.numbers))
    return _entered(found, dimension, _by_policy(found, dimension, column))


def _adjusted(found: Side, dimension: Dimension, column: NodeColumn) -> NodeColumn:
    """Add bonuses and take deductions off."""
    numbers, denominator, known = column.numbers, column.denominator, column.known
    for measures, sign in ((dimension.bonuses, 1), (dimension.deductions, -1)):
        for measure in measures:
            other = found.nodes[measure.code].column
            common = lcm(denominator, other.denominator)
            numbers = added(scaled(numbers, common // denominator), sign * other.over(common))
            denominator, known = common, known & other.known
    return attrs.evolve(column, numbers=numbers, denominator=denominator, known=known)


def _bounded(found: Side, dimension: Dimension, column: NodeColumn) -> NodeColumn:
    """Keep to the floor and the caps, then round."""
    known = column.known
    values = [Fraction(number, column.denominator) for number in column.numbers.tolist()]
    if dimension.floor is not None:
        floor = dimension.floor.value
        values = [max(value, floor) for value in values]
    for cap in dimension.caps:
        held = [True] * len(values)
        if cap.shortfall is not None:
            holds, unknown = found.falls_short(cap.shortfall)
            known, held = known & ~unknown, holds.tolist()
        values = [
            min(value, cap.maximum) if holds else value
            for value, holds in zip(values, held, strict=True)
        ]
    if dimension.rounding is not None:
        values = [dimension.rounding.round(value) for value in values]
    numbers, denominator = over_common(values)
    return attrs.evolve(column, numbers=numbers, denominator=denominator, known=known)


def _by_policy(found: Side, dimension: Dimension, column: NodeColumn) -> NodeColumn:
    """Apply the policy of the dimension where its points are not known.

    What the least is that it can be worth depends on weights that are open, so under `lowest` they
    stay unknown.
    """
    policy = found.tree.plan.policies[dimension.code]
    missing = column.present & ~column.known
    if policy is MissingPolicy.ZERO:
        return attrs.evolve(column, known=column.known | missing)
    if policy is MissingPolicy.DROP:
        return attrs.evolve(
            column,
            present=column.present & ~missing,
            dropped=missing,
            known=column.known | missing,
        )
    return column


def _entered(found: Side, dimension: Dimension, column: NodeColumn) -> NodeColumn:
    """Put points that were entered for the dimension in the place of its own."""
    entry = found.inputs.entries.get(dimension.code)
    if entry is None:
        return column
    unit = 10**dimension.decimals
    common = lcm(column.denominator, unit)
    entered = scaled(entry.numerators, common // unit)
    return NodeColumn(
        numbers=np.where(entry.known, entered, column.over(common)),
        denominator=common,
        present=column.present | entry.known,
        dropped=column.dropped & ~entry.known,
        known=column.known | entry.known,
    )
