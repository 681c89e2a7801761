"""The points of nodes that open weights don't affect, as integers, and whether they count.

The plan's engine gives points of dimensions; a dimension that weighs its children anew needs to
know of each, of indicators and measures too, what it is worth and whether it counts at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_APPLICABLE
from meritindex.definition import Dimension, Indicator, Measure, MissingPolicy, Node
from meritindex.scoring import ExactColumn, Scores
from meritindex.scoring.rows import Inputs

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[Any]

# Integers up to this size are added, multiplied and compared in 64 bits without care.
_NARROW = 2**62


@attrs.frozen(kw_only=True, eq=False)
class NodeColumn:
    """What a node is worth in many rows.

    Attributes:
        numbers: int64, or `object` (Python integers) where 64 bits don't hold them; shape `[n]`;
            zero where the node does not count.
        denominator: what they are divided by.
        present: whether the node counts: gates take it away, and the policy `drop`.
        dropped: whether it would count, but is missing and left out.
        known: whether its points are known; also said of what does not count.
    """

    numbers: Integers
    denominator: int
    present: Mask
    dropped: Mask
    known: Mask

    def over(self, denominator: int) -> Integers:
        """Return the numbers over a multiple of the denominator."""
        return scaled(self.numbers, denominator // self.denominator)

    @property
    def worth(self) -> ExactColumn:
        """The points, where the node counts and they are known."""
        return ExactColumn(self.numbers, self.denominator, self.present & self.known)


def scaled(numbers: Integers, factor: int) -> Integers:
    """Return integers times a factor, in Python integers where 64 bits may not hold them."""
    if factor == 1:
        return numbers
    if numbers.dtype != object and max(largest(numbers), 1) * abs(factor) >= _NARROW:
        numbers = numbers.astype(object)
    return numbers * factor


def added(one: Integers, other: Integers) -> Integers:
    """Return the sum of integers (they broadcast), in Python integers where 64 bits may not do."""
    if "O" not in one.dtype.kind + other.dtype.kind and largest(one) + largest(other) >= _NARROW:
        one = one.astype(object)
    return np.asarray(one + other)


def largest(numbers: Integers) -> int:
    """Return the largest size among integers; 0 of none."""
    if not numbers.size:
        return 0
    return max(abs(int(numbers.max())), abs(int(numbers.min())))


def integers(values: Iterable[int], count: int) -> Integers:
    """Return Python integers as an array of the narrowest type that is used here."""
    found = np.fromiter(values, dtype=object, count=count)
    return found.astype(np.int64) if largest(found) < _NARROW else found


def over_common(values: Sequence[Fraction]) -> tuple[Integers, int]:
    """Return numbers as integers over their least common denominator."""
    denominator = lcm(*(value.denominator for value in values)) if values else 1
    return integers((int(value * denominator) for value in values), len(values)), denominator


def node_columns(nodes: Iterable[Node], inputs: Inputs, scores: Scores) -> dict[str, NodeColumn]:
    """Return the columns of nodes, by code.

    Args:
        nodes: which.
        inputs: rows of answers.
        scores: what the plan made of these rows.
    """
    reader = _Reader(inputs, scores)
    return {node.code: reader.column(node) for node in nodes}


class _Reader:
    """One reading of many rows."""

    def __init__(self, inputs: Inputs, scores: Scores) -> None:
        self.inputs, self.scores, self.plan = inputs, scores, scores.plan
        self.places = {code: place for place, code in enumerate(self.plan.indicators)}
        self.measures = dict(zip(self.plan.measures, inputs.measures, strict=True))
        self.count = len(inputs.levels)

    def column(self, node: Node) -> NodeColumn:
        if isinstance(node, Dimension):
            numbers, denominator = _integral(self.scores.columns[node.code])
            given = self.scores.columns[node.code].known
        elif isinstance(node, Indicator):
            numbers, denominator, given = self._indicator(node)
        else:
            numbers, denominator, given = self._measure(node)
        present = ~self.absent(node)
        dropped = np.zeros(self.count, dtype=np.bool_)
        policy = self.plan.policies[node.code]
        if policy is MissingPolicy.DROP:
            dropped, present = present & ~given, present & given
        elif policy is not MissingPolicy.UNKNOWN and not isinstance(node, Dimension):
            fill = Fraction(0) if policy is MissingPolicy.ZERO else node.lowest
            numbers, denominator = _filled(numbers, denominator, ~given, fill)
            given = np.ones(self.count, dtype=np.bool_)
        numbers = np.where(present & given, numbers, 0)
        return NodeColumn(
            numbers=numbers,
            denominator=denominator,
            present=present,
            dropped=dropped,
            known=given | ~present,
        )

    def _indicator(self, indicator: Indicator) -> tuple[Integers, int, Mask]:
        levels = self.inputs.levels[:, self.places[indicator.code]]
        table, denominator = over_common([level.points for level in indicator.levels])
        given = levels < NOT_APPLICABLE
        first = indicator.levels[0].value
        return table[np.where(given, levels, first).astype(np.intp) - first], denominator, given

    def _measure(self, measure: Measure) -> tuple[Integers, int, Mask]:
        column = self.measures[measure.code]
        unit = 10**measure.decimals
        if measure.scale is None:
            return column.numerators, unit, column.known
        # What is not given may have no points: the least value stands in its place.
        raw = np.where(column.known, column.numerators, int(measure.minimum * unit))
        distinct, places = np.unique(raw, return_inverse=True)
        points = [measure.points_of(Fraction(int(number), unit)) for number in distinct]
        numbers, denominator = over_common(points)
        return numbers[places], denominator, column.known

    def absent(self, node: Node) -> Mask:
        """Return in which rows gates take a node out, as the engine does."""
        if isinstance(node, Indicator):
            return np.asarray(self.inputs.levels[:, self.places[node.code]] == NOT_APPLICABLE)
        nothing = np.zeros(self.count, dtype=np.bool_)
        if isinstance(node, Measure) or node.rule is None:
            return nothing
        weights = self.plan.weight_values
        below = [
            self.absent(child)
            for child in node.children
            if not (node.rule.weighted and node.rule.reweighs) or weights[child.code] > 0
        ]
        entry = self.inputs.entries.get(node.code)
        out = np.logical_and.reduce(below) if below else nothing
        return out if entry is None else out & ~entry.known


def _integral(column: ExactColumn) -> tuple[Integers, int]:
    """Return a column of points as integers."""
    numbers = column.numerators
    if numbers.dtype.kind in "iu":
        return numbers.astype(np.int64), column.denominator
    if not column.is_double and all(isinstance(number, int) for number in numbers):
        return numbers, column.denominator
    # Fractions have no common denominator yet, and doubles stand for their shortest decimals.
    return over_common([value or Fraction(0) for value in column])


def _filled(
    numbers: Integers, denominator: int, holes: Mask, fill: Fraction
) -> tuple[Integers, int]:
    """Return numbers with another in some places."""
    if not holes.any():
        return numbers, denominator
    common = lcm(denominator, fill.denominator)
    return np.where(holes, int(fill * common), scaled(numbers, common // denominator)), common
