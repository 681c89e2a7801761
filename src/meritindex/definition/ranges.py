"""What a node can be worth: the least and the most, over all answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import compress

from meritindex.definition.applicability import WeightOf, presence_patterns
from meritindex.definition.nodes import Dimension, Gate, MissingPolicy, Node
from meritindex.definition.rules import Rule

Range = tuple[Fraction, Fraction]
PolicyOf = Callable[[Node], MissingPolicy]

_ZERO = Fraction(0)


def points_range(node: Node, gates: Sequence[Gate], weight_of: WeightOf) -> Range:
    """Return the least and the most that a node can be worth, over all complete answers."""
    return points_ranges(node, gates, weight_of)[node.code]


def points_ranges(
    root: Node, gates: Sequence[Gate], weight_of: WeightOf, policy_of: PolicyOf | None = None
) -> Mapping[str, Range]:
    """Return the least and the most that each node at or below `root` can be worth, by code.

    Without policies, over all complete answers. With them, over incomplete ones as well: a node
    that counts zero when it is missing can be worth zero, and a mean that drops what is missing
    lies somewhere between its children (these ends need not be attained).

    Where `weight_of` does not know a weight, the range is the widest that weights allow which are
    at least zero and, with those that are known, make up the whole of the rule. (No dimension has
    open weights under a rule without a whole; there, they would count for nothing.)

    A cap that depends on a shortfall widens the range downward as if it could always hold where the
    shortfall is possible at all.
    """
    found: dict[str, Range] = {}
    _collect(root, gates, weight_of, policy_of, found)
    return found


def _collect(
    node: Node,
    gates: Sequence[Gate],
    weight_of: WeightOf,
    policy_of: PolicyOf | None,
    found: dict[str, Range],
) -> Range:
    """Find the range of a node after those below it, and put it down."""
    policy = MissingPolicy.UNKNOWN if policy_of is None else policy_of(node)
    if not isinstance(node, Dimension):
        ends = node.lowest, node.highest
        silent = {MissingPolicy.ZERO}
    elif node.maximum is not None:
        ends = _ZERO, node.maximum.value
        silent = set()
    else:
        for below in (*node.children, *node.adjustments):
            _collect(below, gates, weight_of, policy_of, found)
        ends = _combined(node, gates, weight_of, found)
        if policy_of is not None:
            ends = _with_gaps(node, ends, weight_of, policy_of, found)
        ends = _bounded(node, *_adjusted(node, *ends, policy_of, found), found)
        silent = {MissingPolicy.ZERO}
    if policy in silent:
        ends = min(ends[0], _ZERO), max(ends[1], _ZERO)
    found[node.code] = ends
    return ends


def _combined(
    dimension: Dimension, gates: Sequence[Gate], weight_of: WeightOf, found: Mapping[str, Range]
) -> Range:
    """Return the ends of what the rule gives, over all answers to the gates."""
    rule = dimension.rule
    assert rule is not None  # noqa: S101  (as of every dimension with children)
    ranges = [found[child.code] for child in dimension.children]
    corners = _corners(rule, [weight_of(child) for child in dimension.children])
    ends: list[Fraction] = []
    for pattern in presence_patterns(dimension.children, gates, weight_of):
        for corner in corners:
            weights = list(compress(corner, pattern))
            # What does not apply has no points, nor has a mean of what weighs nothing.
            if any(weights) or (any(pattern) and not rule.reweighs):
                for side in (0, 1):
                    points = [ends_of[side] for ends_of in compress(ranges, pattern)]
                    ends.append(rule.combine(weights, points))
    return min(ends, default=_ZERO), max(ends, default=_ZERO)


def _with_gaps(
    dimension: Dimension,
    ends: Range,
    weight_of: WeightOf,
    policy_of: PolicyOf,
    found: Mapping[str, Range],
) -> Range:
    """Widen the ends of a mean that can drop children to those of the children that weigh."""
    rule = dimension.rule
    if all(policy_of(child) is not MissingPolicy.DROP for child in dimension.children):
        return ends
    weighed = [
        found[child.code]
        for child in dimension.children
        if rule is None or not rule.weighted or weight_of(child) != 0
    ]
    floor = getattr(rule, "floor", None)
    lows = [low if floor is None else max(low, floor) for low, _ in weighed]
    highs = [high if floor is None else max(high, floor) for _, high in weighed]
    return min([ends[0], *lows]), max([ends[1], *highs])


def _adjusted(
    dimension: Dimension,
    low: Fraction,
    high: Fraction,
    policy_of: PolicyOf | None,
    found: Mapping[str, Range],
) -> Range:
    """Return the ends with bonuses and deductions; one that is dropped counts nothing."""
    for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions)):
        for measure in measures:
            least, most = found[measure.code]
            if policy_of is not None and policy_of(measure) is MissingPolicy.DROP:
                least, most = min(least, _ZERO), max(most, _ZERO)
            low += min(sign * least, sign * most)
            high += max(sign * least, sign * most)
    return low, high


def _bounded(
    dimension: Dimension, low: Fraction, high: Fraction, found: Mapping[str, Range]
) -> Range:
    """Return the ends after floor, caps and rounding."""
    if dimension.floor is not None:
        low, high = max(low, dimension.floor.value), max(high, dimension.floor.value)
    for cap in dimension.caps:
        if cap.shortfall is None:
            low, high = min(low, cap.maximum), min(high, cap.maximum)
        elif found[cap.shortfall.code][0] < cap.shortfall.below:
            low = min(low, cap.maximum)
    if dimension.rounding is not None:
        low, high = dimension.rounding.round(low), dimension.rounding.round(high)
    return low, high


def _corners(rule: Rule, weights: Sequence[Fraction | None]) -> list[tuple[Fraction, ...]]:
    """Return the weights between which all lie that the open ones may take.

    A corner gives one open child all that is left of the whole. Every rule is extreme at corners,
    whichever children apply: it is a quotient of linear functions of the open weights, or a rising
    function of one. Without weights, all children count alike.
    """
    if not rule.weighted:
        return [tuple(Fraction(1) for _ in weights)]
    known = [weight or Fraction(0) for weight in weights]
    places = [place for place, weight in enumerate(weights) if weight is None]
    if not places or rule.whole is None:
        return [tuple(known)]
    rest = rule.whole - sum(known, Fraction(0))
    return [(*known[:place], rest, *known[place + 1 :]) for place in places]
