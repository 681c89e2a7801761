"""Scenarios: one row of answers under settled weights, with other levels put in.

With settled weights there is one. Where weights are open, each scenario is an admissible weighting
(and a way to answer the open gates) that has to be reckoned with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import cast

import attrs
import numpy as np

from meritindex.analysis.columns import Mask, NodeColumn, node_columns
from meritindex.analysis.improving.outcomes import Outcome
from meritindex.assessment.many import NOT_APPLICABLE, Levels
from meritindex.definition import (
    Dimension,
    MissingPolicy,
    Node,
    Shortfall,
    WeightedMean,
)
from meritindex.definition.nodes import is_exact
from meritindex.definition.rules import LinearRule, PositiveMean
from meritindex.scoring import Scores, ScoringPlan, plan
from meritindex.scoring.ranking import band_numbers
from meritindex.scoring.rows import Inputs


def with_levels(inputs: Inputs, levels: Levels, moving: Mask) -> Inputs:
    """Return rows of answers with levels put in: all rows with the first levels, and so on.

    Args:
        inputs: rows of answers that differ in what applies, or one row.
        levels: uint8, shape `[n, indicators]`.
        moving: bool, shape `[indicators]`; all others stay as they are, and what does not apply.
    """
    count = len(inputs.levels)
    repeated = inputs.rows(np.tile(np.arange(count), len(levels)))
    own = repeated.levels
    put = levels if count == 1 else levels.repeat(count, axis=0)
    rows = np.where(moving & (own < NOT_APPLICABLE), put, own)
    return attrs.evolve(repeated, levels=rows)


@lru_cache(maxsize=64)
def unbounded(compiled: ScoringPlan, *, root_alone: bool = False) -> ScoringPlan:
    """Return the plan without what follows linear rules: no rounding, no floor and no caps.

    In it, what a dimension gains under a linear rule is the sum of what its children gain. What a
    floor keeps above zero may lie below it here, so means that ask for points above zero become
    plain ones; what they are worth is of no account.

    Args:
        compiled: the plan.
        root_alone: whether only what follows the rule of the root is left out.
    """
    before = compiled.instrument.root
    root = _bare(before) if root_alone else _unbounded(before)
    if root is before:
        return compiled
    instrument = attrs.evolve(compiled.instrument, root=root)
    return plan(instrument, compiled.weighting, missing=compiled.missing)


def _unbounded(dimension: Dimension) -> Dimension:
    children = tuple(
        _unbounded(child) if isinstance(child, Dimension) else child for child in dimension.children
    )
    if any(new is not old for new, old in zip(children, dimension.children, strict=True)):
        dimension = attrs.evolve(dimension, children=children)
    rule = dimension.rule
    if isinstance(rule, PositiveMean):
        plain = WeightedMean(basis=rule.basis, whole=rule.whole)
        return attrs.evolve(dimension, rule=plain)
    return _bare(dimension)


def _bare(dimension: Dimension) -> Dimension:
    bounded = dimension.floor is not None or dimension.caps or dimension.rounding is not None
    linear = dimension.rule is not None and dimension.rule.linear
    if not (bounded and linear):
        return dimension
    return attrs.evolve(dimension, floor=None, caps=(), rounding=None)


@attrs.frozen(kw_only=True, eq=False)
class Scenario:
    """One row of answers under settled weights.

    Attributes:
        plan: scores it.
        inputs: the row.
        moving: which indicators may move; bool, shape `[indicators]`.
    """

    plan: ScoringPlan
    inputs: Inputs
    moving: Mask

    def inputs_of(self, levels: Levels) -> Inputs:
        """Return the row as often as there are levels, with these put in."""
        return with_levels(self.inputs, levels, self.moving)

    def run(self, levels: Levels) -> Scores:
        """Return what the row is worth with these levels; shape `[n, indicators]`."""
        return self.plan.run(self.inputs_of(levels))

    def outcome(self, levels: Levels) -> Outcome:
        """Return the totals and the bands with these levels."""
        scores, root = self.run(levels), self.plan.instrument.root
        limits = scores.band_limits.get(root.code)
        certain = scores.bands
        if limits is not None and root.bands is not None:
            certain = np.minimum(band_numbers(scores.total, root.bands), limits.possible)
        return Outcome(totals=scores.total, bands=scores.bands, certain=certain)

    def unbounded(self, levels: Levels) -> Callable[[Dimension], NodeColumn]:
        """Return what says of a dimension what it is worth without roundings, floors and caps."""
        inputs, compiled = self.inputs_of(levels), unbounded(self.plan)
        scores = compiled.run(inputs)
        return lambda dimension: node_columns([dimension], inputs, scores)[dimension.code]

    def worth(self, node: Node, levels: Levels) -> NodeColumn:
        """Return what a node is worth with these levels, in integers."""
        inputs = self.inputs_of(levels)
        return node_columns([node], inputs, self.plan.run(inputs))[node.code]

    @cached_property
    def before(self) -> Fraction:
        """The present points of the root before floor, caps and rounding, under a linear rule."""
        found = unbounded(self.plan, root_alone=True).run(self.inputs).total[0]
        assert found is not None  # noqa: S101 - no plan is made where the total is not known
        return found

    @cached_property
    def exact(self) -> bool:
        """Whether totals are exact."""
        return is_exact(self.plan.instrument.root)

    @cached_property
    def present(self) -> Mapping[str, NodeColumn]:
        """What every node is worth with the present levels, by code."""
        nodes = self.plan.instrument.nodes
        return node_columns(nodes, self.inputs, self.plan.run(self.inputs))

    def adjustment(self, dimension: Dimension) -> Fraction:
        """Return what is added to the result of a dimension's rule, less what is taken off."""
        added = [self.present[each.code].worth[0] or 0 for each in dimension.bonuses]
        taken = [self.present[each.code].worth[0] or 0 for each in dimension.deductions]
        return Fraction(sum(added) - sum(taken))

    def is_replaced(self, dimension: Dimension) -> bool:
        """Say whether a dimension counts for something else, since something of it is missing."""
        policy = self.plan.policies[dimension.code]
        if policy not in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
            return False
        parts = (*dimension.children, *dimension.adjustments)
        return not all(self.present[node.code].known[0] for node in parts)

    def factor(self, dimension: Dimension, child: Node) -> Fraction:
        """Return by what the points of a child count in a dimension under a linear rule."""
        rule = dimension.rule
        assert rule is not None  # noqa: S101 - as of every dimension with children
        assert rule.linear  # noqa: S101 - asked of no other
        linear = cast("LinearRule", rule)
        counting = [each.code for each in dimension.children if self.present[each.code].present[0]]
        weights = [self.plan.weight_values[code] for code in counting]
        if child.code not in counting or (rule.reweighs and not sum(weights)):
            return Fraction(0)
        return linear.factors(weights)[counting.index(child.code)]

    def falls_short(self, shortfall: Shortfall, levels: Levels) -> Mask:
        """Say with which levels a node falls short, or may do so."""
        node = cast("Node", self.plan.instrument[shortfall.code])
        return self.short(shortfall, self.worth(node, levels))

    def short(self, shortfall: Shortfall, column: NodeColumn) -> Mask:
        """Say in which rows a node that is worth so much falls short, or may do so."""
        limit = (shortfall.below * column.denominator).__ceil__()
        unknown = (column.present & ~column.known) | column.dropped
        for code in self.plan.instrument.path(shortfall.code):
            entry = self.inputs.entries.get(code)
            if entry is not None:  # what lies below it is not given
                unknown = unknown | (entry.known[0] & column.present)
        return np.asarray(column.present & (unknown | (column.numbers < limit).astype(np.bool_)))
