"""The instrument that is looked at, with what several checks need of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.analysis.lint.attainable import Attainable, Reach
from meritindex.definition import Dimension, Instrument, Node
from meritindex.definition.applicability import deciding_gates, stated_weight
from meritindex.definition.ranges import Range, points_range, points_ranges
from meritindex.errors import WeightingError


@attrs.frozen
class Subject:
    """One instrument under its default weighting."""

    instrument: Instrument

    @cached_property
    def weights(self) -> dict[str, Fraction] | None:
        """The weights by code; None where the default weighting can't give them all."""
        try:
            resolved = self.instrument.default_weighting.resolve(self.instrument.root)
        except WeightingError:
            return None
        return {code: figure.value for code, figure in resolved}

    def weight_of(self, node: Node) -> Fraction | None:
        """Return the weight of a node, as far as it is known."""
        return stated_weight(node) if self.weights is None else self.weights.get(node.code)

    @cached_property
    def reach(self) -> Reach:
        """What the nodes can reach under these weights."""
        return Reach(self.instrument, self.weight_of)

    def attainable(self, node: Node) -> Attainable | None:
        """Return what complete answers reach at a node; None where that is not decided."""
        return self.reach.of(node)

    def widest(self, node: Node) -> Range:
        """Return the least and the most over all complete answers and all admissible weights."""
        return points_range(node, self.instrument.gates, stated_weight)

    def with_gaps(self, node: Node) -> Mapping[str, Range]:
        """Return the same for a node and those below it, with answers that are missing as well.

        What is missing counts as the instrument says; the ends need not be attained.
        """
        return points_ranges(
            node, self.instrument.gates, stated_weight, lambda below: below.missing
        )

    def enters_beyond(self, node: Node) -> bool:
        """Say whether points entered below a node may carry it beyond the range of its answers.

        Points may be entered up to an entry maximum, and where a dimension does not apply by the
        gates: beside others that never apply together with it.
        """
        return any(
            each.entry_maximum is not None
            or (each.children and deciding_gates(each, self.weight_of))
            for each in nodes_below(node)
            if isinstance(each, Dimension)
        )

    @cached_property
    def shortfalls(self) -> frozenset[str]:
        """The nodes on which a cap depends."""
        dimensions = self.instrument.dimensions
        found = [cap.shortfall for each in dimensions for cap in each.caps]
        found += [cap.shortfall for each in dimensions for cap in each.band_caps]
        return frozenset(shortfall.code for shortfall in found if shortfall is not None)

    @cached_property
    def holders(self) -> tuple[Dimension, ...]:
        """The dimensions that have children."""
        return tuple(each for each in self.instrument.dimensions if each.children)


def nodes_below(node: Node) -> Iterator[Node]:
    """Yield all nodes below a node."""
    if isinstance(node, Dimension):
        nodes = node.walk()
        next(nodes)
        yield from nodes


def has_open_weights(node: Node) -> bool:
    """Say whether a weight that nobody has published stands somewhere below a node."""
    return any(
        child.weight is None
        for each in (node, *nodes_below(node))
        if isinstance(each, Dimension) and each.rule is not None and each.rule.weighted
        for child in each.children
    )
