"""The total as a linear form of points that open weights don't affect, for every draw of weights.

What counts is the same in all rows of one pattern: which nodes apply, are dropped, missing or
entered. For a pattern, a block of draws turns into whole coefficients and a divisor each, bottom up
and exactly; what the forms are worth for whom is worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import node_columns
from meritindex.analysis.open_tree import OpenTree
from meritindex.analysis.simulating.draws import WeightDraws
from meritindex.definition import Dimension, MissingPolicy, Node
from meritindex.scoring import Scores
from meritindex.scoring.rows import Inputs

Integers = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
States = npt.NDArray[np.uint8]

# What became of a node below an affected dimension.
COUNTS, ABSENT, DROPPED, MISSING = range(4)
# What became of an affected dimension, where its own weights don't decide.
COMPUTED, ENTERED, UNDETERMINED = range(3)

_NARROW = 2**62


@attrs.frozen(kw_only=True, eq=False)
class Points:
    """What the sources of totals are worth in many rows.

    Attributes:
        numbers: whole numbers, one array of shape `[rows]` a source.
        denominators: what they are divided by, one a source.
        states: what became of each node, and of each affected dimension; uint8, shape
            `[rows, nodes + affected]`.
    """

    numbers: tuple[Integers, ...]
    denominators: tuple[int, ...]
    states: States

    def rows(self, rows: npt.NDArray[np.intp]) -> Points:
        """Return some of the rows."""
        return attrs.evolve(
            self,
            numbers=tuple(numbers[rows] for numbers in self.numbers),
            states=self.states[rows],
        )

    def by_pattern(self) -> list[tuple[States, npt.NDArray[np.intp]]]:
        """Return each pattern of states that occurs, and its rows."""
        if not len(self.states):
            return []
        places = np.zeros(len(self.states), dtype=np.int64)
        for column in self.states.T:
            if (column != column[0]).any():
                places = np.unique(places * 4 + column, return_inverse=True)[1].reshape(-1)
        order = np.argsort(places, kind="stable")
        ends = np.flatnonzero(np.diff(places[order])) + 1
        return [(self.states[rows[0]], rows) for rows in np.split(order, ends)]


@attrs.frozen(kw_only=True, eq=False)
class Layout:
    """The order of sources and of states: of the nodes that affected dimensions rest on.

    Attributes:
        tree: where weights are open; the total is linear in them.
        entered: the affected dimensions for which points are entered anywhere.
    """

    tree: OpenTree
    entered: tuple[str, ...]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that are sources."""
        needed: dict[str, Node] = {}
        for dimension in self.tree.affected:
            for node in (*dimension.children, *dimension.adjustments):
                if node.code not in self.tree.affected_codes:
                    needed[node.code] = node
        return tuple(needed.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each source, by the code of the node, or of the dimension entered."""
        codes = [*(node.code for node in self.nodes), *self.entered]
        return {code: place for place, code in enumerate(codes)}

    def points(self, inputs: Inputs, scores: Scores) -> Points:
        """Return what the sources are worth in these rows, and what counts.

        Args:
            inputs: rows of answers.
            scores: what the plan of the tree made of them.
        """
        columns = node_columns(self.nodes, inputs, scores)
        numbers = [columns[node.code].numbers for node in self.nodes]
        denominators = [columns[node.code].denominator for node in self.nodes]
        states: list[npt.NDArray[Any]] = []
        for node in self.nodes:
            column = columns[node.code]
            state = np.where(column.present, np.where(column.known, COUNTS, MISSING), ABSENT)
            states.append(np.where(column.dropped, DROPPED, state))
        count = len(inputs.levels)
        for dimension in self.tree.affected:
            entry = inputs.entries.get(dimension.code)
            unsure = inputs.undetermined.get(dimension.code)
            state = np.full(count, COMPUTED)
            if unsure is not None:
                state[unsure] = UNDETERMINED
            if entry is not None:
                state[entry.known] = ENTERED
            states.append(state)
            if dimension.code in self.entered:
                nothing = np.zeros(count, dtype=np.int64)
                numbers.append(nothing if entry is None else entry.numerators)
                denominators.append(10**dimension.decimals)
        # Entries come in the order of the affected dimensions; so do their places.
        return Points(
            numbers=tuple(numbers),
            denominators=tuple(denominators),
            states=np.stack(states, axis=1).astype(np.uint8),
        )


def layout_of(tree: OpenTree, entries: Iterable[str]) -> Layout:
    """Return the layout for a tree and the dimensions for which points are entered."""
    given = frozenset(entries)
    entered = tuple(dimension.code for dimension in tree.affected if dimension.code in given)
    return Layout(tree=tree, entered=entered)


@attrs.frozen(kw_only=True, eq=False)
class Form:
    """The total of every draw as a form: `sum(coefficients * points) / divisor`.

    Attributes:
        coefficients: whole numbers, shape `[draws, sources]`.
        divisors: whole numbers above zero, shape `[draws]`.
        known: whether there is a total; bool, shape `[draws]`.
    """

    coefficients: Integers
    divisors: Integers
    known: Mask

    def draws(self, draws: slice) -> Form:
        """Return the form for some of the draws."""
        return Form(
            coefficients=self.coefficients[draws],
            divisors=self.divisors[draws],
            known=self.known[draws],
        )


@attrs.frozen(kw_only=True, eq=False)
class _Shares:
    """The weights of the children of a dimension in a block of draws.

    `numbers` has the shape `[draws, children]`, or `[1, children]` where they are settled; `over`
    is what a sum is divided by.
    """

    numbers: Integers
    over: Integers


class Weights:
    """The weights of every affected dimension in a block of draws."""

    def __init__(self, layout: Layout, draws: Mapping[str, WeightDraws], block: slice) -> None:
        self.layout = layout
        self.count = block.stop - block.start
        weights = layout.tree.plan.weight_values
        found: dict[str, _Shares] = {}
        for dimension in layout.tree.affected:
            drawn = draws.get(dimension.code)
            if drawn is None:
                values = [weights[child.code] for child in dimension.children]
                found[dimension.code] = _settled(dimension, values)
            else:
                numbers = drawn.numbers[block]
                over = numbers.sum(axis=1)
                if drawn.whole is None and drawn.unit is not None:
                    over = np.full(self.count, drawn.unit.denominator)
                found[dimension.code] = _Shares(numbers=numbers, over=over)
        self.shares = found
        if self._bound(layout.tree.root) >= _NARROW:
            self.shares = {
                code: _Shares(numbers=each.numbers.astype(object), over=each.over.astype(object))
                for code, each in found.items()
            }

    def _bound(self, dimension: Dimension) -> int:
        """Return what no coefficient and no divisor of a dimension is above."""
        shares = self.shares[dimension.code]
        bound = max(int(shares.numbers.sum(axis=1).max()), int(shares.over.max()))
        for child in dimension.children:
            if isinstance(child, Dimension) and child.code in self.shares:
                bound *= self._bound(child)
        return bound

    def form(self, pattern: States) -> Form:
        """Return the form of the total for rows of this pattern."""
        part = _Former(self, pattern).dimension(self.layout.tree.root)
        known = ~(part.missing | part.absent | part.dropped)
        coefficients = part.coefficients
        if part.source is not None:  # entered
            coefficients = np.zeros((self.count, len(self.layout.places)), dtype=np.int64)
            coefficients[:, part.source] = 1
        return Form(
            coefficients=coefficients * known[:, np.newaxis],
            divisors=np.where(known, part.divisors, 1),
            known=known,
        )


def _settled(dimension: Dimension, values: list[Fraction]) -> _Shares:
    """Return weights that are the same in all draws."""
    rule = dimension.rule
    scale = lcm(*(value.denominator for value in values))
    numbers = [int(value * scale) for value in values]
    if rule is not None and rule.whole is None and not rule.reweighs:
        over = scale
    else:
        common = gcd(*numbers)
        numbers = [number // common for number in numbers]
        over = sum(numbers)
    wide = max(sum(numbers), over) >= _NARROW
    kind = object if wide else np.int64
    return _Shares(numbers=np.array([numbers], dtype=kind), over=np.array([over], dtype=kind))


@attrs.frozen(kw_only=True, eq=False)
class _Part:
    """A node in a block of draws: its form, and whether it counts; shapes `[draws, ...]`.

    What is worth the points of a source has no coefficients, but the place of that source.
    """

    coefficients: Integers
    divisors: Integers
    absent: Mask
    dropped: Mask
    missing: Mask
    source: int | None = None


class _Former:
    """The forms of all dimensions for one pattern."""

    def __init__(self, weights: Weights, pattern: States) -> None:
        layout = weights.layout
        self.weights, self.places = weights, layout.places
        codes = [node.code for node in layout.nodes]
        codes += [dimension.code for dimension in layout.tree.affected]
        self.states = dict(zip(codes, pattern.tolist(), strict=True))
        self.policies = layout.tree.plan.policies
        self.kind = weights.shares[layout.tree.root.code].numbers.dtype
        self.never = np.zeros(weights.count, dtype=np.bool_)

    def dimension(self, dimension: Dimension) -> _Part:
        """Return a dimension, as the engine combines its children for a row."""
        state = self.states[dimension.code]
        if state == ENTERED:
            return self._source(dimension.code)
        part = self._combined(dimension)
        missing, absent = part.missing, part.absent
        for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions)):
            for measure in measures:
                if self.states[measure.code] == COUNTS:
                    part.coefficients[:, self.places[measure.code]] += sign * part.divisors
                elif self.states[measure.code] == MISSING:
                    missing = ~self.never
        if state == UNDETERMINED:
            missing, absent = ~self.never, self.never
        missing = missing & ~absent
        coefficients, dropped = part.coefficients, self.never
        policy = self.policies[dimension.code]
        if policy is MissingPolicy.ZERO:
            coefficients, missing = coefficients * ~missing[:, np.newaxis], self.never
        elif policy is MissingPolicy.DROP:
            dropped, missing = missing, self.never
        return attrs.evolve(
            part, coefficients=coefficients, absent=absent, dropped=dropped, missing=missing
        )

    def _combined(self, dimension: Dimension) -> _Part:
        """Return what the rule makes of the children that count."""
        rule = dimension.rule
        assert rule is not None  # noqa: S101 - as of every dimension with children
        shares = self.weights.shares[dimension.code]
        children = [
            self.dimension(child)
            if isinstance(child, Dimension) and child.code in self.weights.shares
            else self._node(child)
            for child in dimension.children
        ]
        common = np.ones(self.weights.count, dtype=self.kind)
        for child in children:
            common = np.lcm(common, child.divisors)
        size = (self.weights.count, len(self.places))
        coefficients = np.zeros(size, dtype=self.kind)
        there = np.zeros(self.weights.count, dtype=self.kind)  # shares of what applies
        counted = np.zeros(self.weights.count, dtype=self.kind)  # and is not dropped
        missing = self.never
        for place, child in enumerate(children):
            weight = shares.numbers[:, place]
            share = weight if rule.reweighs else np.ones_like(weight)
            there = there + share * ~child.absent
            counts = ~(child.absent | child.dropped)
            counted = counted + share * counts
            missing = missing | child.missing
            factor = weight * (common // child.divisors) * counts
            if child.source is None:
                coefficients += factor[:, np.newaxis] * child.coefficients
            else:
                coefficients[:, child.source] += factor
        absent = np.asarray(there == 0, dtype=np.bool_)
        nothing = np.asarray(counted == 0, dtype=np.bool_)
        over = np.where(nothing, 1, counted) if rule.reweighs else shares.over
        return _Part(
            coefficients=coefficients,
            divisors=over * common,
            absent=absent,
            dropped=self.never,
            missing=missing | (nothing & ~absent),
        )

    def _node(self, node: Node) -> _Part:
        """Return a node whose points are a source."""
        state = self.states[node.code]
        always = ~self.never
        return attrs.evolve(
            self._source(node.code),
            absent=always if state == ABSENT else self.never,
            dropped=always if state == DROPPED else self.never,
            missing=always if state == MISSING else self.never,
        )

    def _source(self, code: str) -> _Part:
        """Return what is worth the points of a source."""
        return _Part(
            coefficients=np.zeros((0, 0), dtype=self.kind),
            divisors=np.ones(self.weights.count, dtype=self.kind),
            absent=self.never,
            dropped=self.never,
            missing=self.never,
            source=self.places[code],
        )
