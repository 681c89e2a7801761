"""Which of two agencies is above the other whatever the weights: least differences of totals.

The weights are the same for both, the answers are each agency's own. Where two totals add up
linearly over the same children, the least difference is exact. Where they don't, because gates take
out other children of a mean with open weights, or something is rounded or capped above them, it is
bounded from below, so that what is called certain is certain, and a pair that is called open may
not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.bounding.choosing import most_mean, most_sum, product, scaled_weights
from meritindex.analysis.bounding.sides import Side
from meritindex.analysis.bounding.weighing import mean_of
from meritindex.analysis.columns import Integers, Mask, added, integers, scaled
from meritindex.analysis.open_tree import OpenTree
from meritindex.definition import Dimension, Node, RoundingMode
from meritindex.linear import Corner

# So many numbers of pairs are held at a time: measured, a quarter of it is slower by a fifth.
_NUMBERS_A_BLOCK = 2**20


@attrs.frozen(kw_only=True, eq=False)
class Owned:
    """A node by assessment: between what numbers it lies, over all ways to answer open gates.

    Attributes:
        low: the least, integers over `denominator`, shape `[n]`.
        high: the most.
        denominator: what both are divided by.
        pattern: which children of a dimension apply, as a number; -1 where that differs between the
            rows of an assessment, depends on weights, or does not matter.
    """

    low: Integers
    high: Integers
    denominator: int
    pattern: Integers


def least_signs(tree: OpenTree, low: Side, high: Side, owners: Integers) -> npt.NDArray[np.int8]:
    """Return the sign of the least that one total can be above another, for all pairs.

    Args:
        tree: where weights are open.
        low: all rows at their least.
        high: all rows at their most.
        owners: the assessment of each row, ascending.

    Returns:
        int8, shape `[n, n]`: one assessment a row, the other a column. On the diagonal stands what
        an assessment is above another one of the same answers. Of a total that is not known it says
        nothing.
    """
    pairs = Pairs(tree, low, high, owners)
    count = pairs.count
    if not tree.affected:  # nothing to weigh: the ends say all
        root = pairs.nodes[tree.root.code]
        return np.asarray(np.sign(root.low[:, np.newaxis] - root.high), dtype=np.int8)
    size = max(len(dimension.children) for dimension in tree.affected) * count
    flat = np.empty(count * count, dtype=np.int8)
    step = max(1, _NUMBERS_A_BLOCK // size) * count
    for start in range(0, count * count, step):
        block = np.arange(start, min(start + step, count * count))
        least, _ = pairs.least(block // count, block % count)
        flat[block] = np.sign(least)
    signs = flat.reshape(count, count)
    alone = pairs.sometimes_alone()
    signs[alone] = np.minimum(signs[alone], 0)
    return signs


class Pairs:
    """Assessments to be compared two by two.

    Attributes:
        count: how many there are.
        nodes: all nodes by assessment.
    """

    def __init__(self, tree: OpenTree, low: Side, high: Side, owners: Integers) -> None:
        self.tree = tree
        self.low, self.high = low, high
        self.starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        self.count = len(self.starts)
        self.nodes = {code: self._owned(code) for code in low.nodes}
        self.pools: dict[str, list[Corner]] = {}  # corners that have been found, by dimension

    def least(self, ones: Integers, others: Integers) -> tuple[Integers, int]:
        """Return the least that the totals of some can be above those of others, pair by pair.

        Args:
            ones: assessments, shape `[pairs]`.
            others: as many others.

        Returns:
            integers, shape `[pairs]`, and what they are divided by. Where the least can't be found,
            what it is not below.
        """
        return self._node(self.tree.root, ones, others)

    def sometimes_alone(self) -> Mask:
        """Say of which pairs the second may have a total under weights that leave the first none.

        Nobody is above another for certain whose total is sometimes none, unless the same weights
        leave the other none as well.

        Returns:
            bool, shape `[count, count]`.
        """
        root = self.low.nodes[self.tree.root.code]
        fleeting = np.logical_or.reduceat(root.optional | root.fleeting, self.starts)
        pattern = self.nodes[self.tree.root.code].pattern
        together = (pattern[:, np.newaxis] == pattern) & (pattern >= 0)
        return np.asarray(fleeting[:, np.newaxis] & ~together)

    def _owned(self, code: str) -> Owned:
        least, most = self.low.nodes[code].column, self.high.nodes[code].column
        common = lcm(least.denominator, most.denominator)
        return Owned(
            low=np.minimum.reduceat(least.over(common), self.starts),
            high=np.maximum.reduceat(most.over(common), self.starts),
            denominator=common,
            pattern=self._pattern(code),
        )

    def _pattern(self, code: str) -> Integers:
        """Number the patterns of the children that count, for a dimension that weighs them."""
        nothing = np.full(self.count, -1, dtype=np.intp)
        if code not in self.tree.affected_codes:
            return nothing
        dimension = self.tree.instrument.dimension(code)
        if dimension.rule is None or not dimension.rule.linear:
            return nothing
        extreme = self.low.nodes[code]
        children = [self.low.nodes[child.code] for child in dimension.children]
        sound = extreme.column.known & extreme.column.present
        sound &= ~(extreme.by_policy | extreme.fleeting)
        entry = self.low.inputs.entries.get(code)
        sound = sound if entry is None else sound & ~entry.known
        present = np.column_stack([child.column.present for child in children])
        if dimension.rule.reweighs:
            for child in children:
                sound = sound & ~child.optional
        else:
            # In a sum, what does not apply is worth nothing, and that is all.
            present = np.ones_like(present)
            for child in children:
                sound = sound & ~(child.optional & child.column.present)
        _, numbers = np.unique(present, axis=0, return_inverse=True)
        numbers = np.where(sound, numbers.ravel(), -1)
        low, high = (each.reduceat(numbers, self.starts) for each in (np.minimum, np.maximum))
        return np.asarray(np.where(low == high, low, -1))

    def _node(self, node: Node, ones: Integers, others: Integers) -> tuple[Integers, int]:
        """Return the least differences of a node."""
        owned = self.nodes[node.code]
        numbers, denominator = added(owned.low[ones], -owned.high[others]), owned.denominator
        if not isinstance(node, Dimension) or node.code not in self.tree.affected_codes:
            return numbers, denominator
        if any(cap.shortfall is not None for cap in node.caps):
            return numbers, denominator
        for alike, least, below in self._alike(node, ones, others):
            common = lcm(denominator, below)
            numbers, denominator = scaled(numbers, common // denominator), common
            brought = scaled(least, common // below)
            if "O" in brought.dtype.kind:
                numbers = numbers.astype(object)
            numbers[alike] = np.maximum(numbers[alike], brought)
        return numbers, denominator

    def _alike(
        self, node: Dimension, ones: Integers, others: Integers
    ) -> Iterator[tuple[Integers, Integers, int]]:
        """Yield the pairs of which the same children count, with their least differences."""
        pattern = self.nodes[node.code].pattern
        same = np.where(pattern[ones] == pattern[others], pattern[ones], -1)
        for number in np.unique(same[same >= 0]):
            alike = np.flatnonzero(same == number)
            first, second = ones[alike], others[alike]
            children = [self._node(child, first, second) for child in node.children]
            common = lcm(*(denominator for _, denominator in children))
            points = np.column_stack(
                [scaled(numbers, common // denominator) for numbers, denominator in children]
            )
            least, below = self._least(node, self._present(node, number), points)
            yield alike, *self._finished(node, first, second, least, below * common)

    def _present(self, node: Dimension, number: int) -> Mask:
        """Return which children count in a pattern."""
        assert node.rule is not None  # noqa: S101 - as of every dimension with children
        if not node.rule.reweighs:
            return np.ones(len(node.children), dtype=np.bool_)
        owner = int(np.flatnonzero(self.nodes[node.code].pattern == number)[0])
        row = self.starts[owner]
        columns = [self.low.nodes[child.code].column for child in node.children]
        return np.array([column.present[row] for column in columns])

    def _least(self, node: Dimension, present: Mask, points: Integers) -> tuple[Integers, int]:
        """Return the least of the rule over all admissible weights."""
        rule, region = node.rule, self.tree.regions.get(node.code)
        assert rule is not None  # noqa: S101 - as of every dimension with children
        if region is None:
            settled = [self.tree.plan.weight_values[child.code] for child in node.children]
            weights, denominator = scaled_weights(settled)
        else:
            plain = not rule.reweighs or (bool(present.all()) and rule.whole is not None)
            nothing = np.zeros(len(present), dtype=np.bool_)
            chosen = (
                most_sum(region, -points, self.pools.setdefault(node.code, []))
                if plain
                else most_mean(region, -points, present, nothing)
            )
            weights, denominator = chosen.numbers, chosen.denominator
        weights = np.where(present, weights, 0)
        if rule.reweighs:
            return mean_of(weights, points, 1)
        whole = rule.whole or Fraction(1)
        numbers = scaled(product(weights, points).sum(axis=1), whole.denominator)
        return numbers, denominator * whole.numerator

    def _finished(
        self,
        node: Dimension,
        ones: Integers,
        others: Integers,
        numbers: Integers,
        denominator: int,
    ) -> tuple[Integers, int]:
        """Return differences after bonuses, deductions, floor, caps and rounding.

        What is kept between a floor and a cap draws nearer, and keeps its order. Two numbers that
        are so many steps of a rounding apart are as many apart when rounded; where a half goes to
        the even neighbour, that is so of an even number of steps.
        """
        for measures, sign in ((node.bonuses, 1), (node.deductions, -1)):
            for measure in measures:
                least, most, below = self._adjustment(measure.code, sign)
                common = lcm(denominator, below)
                numbers = scaled(numbers, common // denominator)
                apart = added(least[ones], -most[others])
                numbers = added(numbers, scaled(apart, common // below))
                denominator = common
        if node.floor is not None or node.caps:
            numbers = np.minimum(numbers, 0)
        if node.rounding is not None:
            unit = node.rounding.unit
            even = 2 if node.rounding.mode is RoundingMode.HALF_EVEN else 1
            steps = (
                Fraction(number, denominator) // (even * unit) * even for number in numbers.tolist()
            )
            return scaled(integers(steps, len(numbers)), unit.numerator), unit.denominator
        return numbers, denominator

    def _adjustment(self, code: str, sign: int) -> tuple[Integers, Integers, int]:
        """Return what a measure adds at the least and at the most; its low rows hold its worst."""
        least, most = self.low.nodes[code].column, self.high.nodes[code].column
        common = self.nodes[code].denominator
        return (
            np.minimum.reduceat(sign * least.over(common), self.starts),
            np.maximum.reduceat(sign * most.over(common), self.starts),
            common,
        )
