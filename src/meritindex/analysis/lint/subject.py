"""The instrument that is looked at, with what several checks need of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.analysis.lint.attainable import Attainable, Reach
from meritindex.definition import Dimension, Instrument, Node
from meritindex.definition.applicability import points_range, stated_weight
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

    def widest(self, node: Node) -> tuple[Fraction, Fraction]:
        """Return the least and the most of a node over all answers and all admissible weights."""
        return points_range(node, self.instrument.gates, stated_weight)

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


def enters_beyond(node: Node) -> bool:
    """Say whether points beyond what answers reach may be entered somewhere below a node."""
    return any(
        isinstance(each, Dimension) and each.entry_maximum is not None for each in nodes_below(node)
    )
