"""What the affected dimensions can be worth at the most or the least, row by row, bottom up.

The weights of each dimension are chosen by themselves: those of different dimensions are not tied
to one another, and no weight is negative, so the most of a dimension comes of the most of its
children. A dimension in which weights of zero leave nothing to weigh does not apply under them;
where that is possible, its parent counts it or not, as is best.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import attrs
import numpy as np

from meritindex.analysis.bounding.choosing import Chosen
from meritindex.analysis.bounding.finishing import finished
from meritindex.analysis.bounding.sides import Extreme, Side
from meritindex.analysis.bounding.weighing import (
    Children,
    Weighing,
    chosen_together,
    numbers_together,
)
from meritindex.analysis.columns import Integers, Mask, NodeColumn, node_columns
from meritindex.analysis.open_tree import OpenTree
from meritindex.definition import Dimension, MissingPolicy
from meritindex.scoring.rows import Inputs


def side(tree: OpenTree, inputs: Inputs, *, most: bool) -> Side:
    """Return every affected dimension at its most, or at its least.

    Args:
        tree: where weights are open.
        inputs: complete rows of answers.
        most: whether the most is asked for.
    """
    nothing = np.zeros(len(inputs.levels), dtype=np.bool_)
    columns = node_columns(tree.outside, inputs, tree.plan.run(inputs))
    nodes = {
        code: Extreme(column=column, optional=nothing, fleeting=nothing, by_policy=nothing)
        for code, column in columns.items()
    }
    found = Side(tree=tree, inputs=inputs, most=most, nodes=MappingProxyType(nodes))
    for dimension in tree.affected:
        nodes[dimension.code] = _extreme(found, dimension)
    for extreme in nodes.values():
        extreme.close()
    return found


def _extreme(found: Side, dimension: Dimension) -> Extreme:
    """Return one dimension, its children being there."""
    assert dimension.rule is not None  # noqa: S101 - as of every dimension with children
    settled = found.tree.plan.weight_values
    weighing = Weighing(
        rule=dimension.rule,
        region=found.tree.regions.get(dimension.code),
        weights=tuple(settled[child.code] for child in dimension.children),
        sign=found.sign,
    )
    extremes = [found.nodes[child.code] for child in dimension.children]
    children = Children.of(extremes)
    counting = children.present & weighing.weighing
    applies = _any(counting)
    # Where all that would count is left out, nothing is known.
    would = applies | _any(children.dropped & weighing.weighing)
    known = ~_any(children.present & ~children.known) & (applies | ~would)
    optional = applies & ~_any(counting & ~children.optional)
    fleeting = _any(np.column_stack([each.fleeting & each.column.present for each in extremes]))
    empty: dict[int, tuple[Fraction, ...]] = {}
    if dimension.rule.reweighs:
        parts: list[tuple[Integers, Chosen]] = []
        worths: list[tuple[Integers, Integers, int]] = []
        for pattern in weighing.patterns(children):
            numbers = children.numbers[pattern.rows]
            chosen = weighing.mean(pattern, numbers)
            parts.append((pattern.rows, chosen))
            worths.append((pattern.rows, *weighing.worth(chosen, numbers, children.denominator)))
            for sure, without in ((pattern.sure, optional), (pattern.there, fleeting)):
                point = weighing.vanishing(sure)
                if point is not None and (without is optional or pattern.leaves_out):
                    without[pattern.rows] = True
                    empty |= dict.fromkeys(pattern.rows.tolist(), point)
        chosen = chosen_together(parts, children.numbers.shape, weighing.weights)
        numbers, denominator = numbers_together(worths, len(known))
    else:
        chosen, numbers, denominator = weighing.sum(children)
    column = NodeColumn(
        numbers=numbers,
        denominator=denominator,
        present=would,
        dropped=np.zeros(len(known), dtype=np.bool_),
        known=known,
    )
    entry = found.inputs.entries.get(dimension.code)
    if entry is not None:
        optional, fleeting = optional & ~entry.known, fleeting & ~entry.known
    extreme = Extreme(
        column=finished(found, dimension, column),
        optional=optional,
        fleeting=fleeting,
        by_policy=would & ~known,
        chosen=chosen,
        empty=empty,
    )
    return _by_policy(found, dimension, extreme)


def _by_policy(found: Side, dimension: Dimension, extreme: Extreme) -> Extreme:
    """Apply the policy of a dimension where its points are not known under some weights alone.

    Weights that give what is counted instead are only named where they are the dimension's own.
    """
    policy, fleeting = found.tree.plan.policies[dimension.code], extreme.fleeting
    column, nothing = extreme.column, np.zeros_like(fleeting)
    if policy is MissingPolicy.UNKNOWN or not fleeting.any():
        return extreme
    if policy is MissingPolicy.DROP:
        return attrs.evolve(extreme, optional=extreme.optional | fleeting, fleeting=nothing)
    if policy is MissingPolicy.LOWEST:
        # What the least is depends on weights that are open.
        known = column.known & ~fleeting
        return attrs.evolve(extreme, column=attrs.evolve(column, known=known), fleeting=nothing)
    better = fleeting & (found.sign * column.numbers < 0)
    chosen = extreme.chosen
    for row in np.flatnonzero(better).tolist():
        if chosen is not None and row in extreme.empty:
            chosen = chosen.with_row(row, extreme.empty[row], chosen.counted[row])
    return attrs.evolve(
        extreme,
        column=attrs.evolve(column, numbers=np.where(better, 0, column.numbers)),
        fleeting=nothing,
        by_policy=extreme.by_policy | fleeting,
        chosen=chosen,
    )


def _any(mask: Mask) -> Mask:
    """Say in which rows a mask of children holds for any."""
    return np.asarray(mask.any(axis=1))
