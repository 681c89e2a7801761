"""Which nodes apply under which answers to the gates, and what a node can be worth.

An indicator applies when every gate it depends on is answered by one of the options it names. A
dimension applies when anything below it does; in a mean, anything that has a weight, for a mean of
nothing else would have no points. What does not apply counts neither for nor against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import compress, product
from math import prod

from meritindex.definition.nodes import Dimension, Gate, Indicator, Node
from meritindex.definition.rules import Rule

# How many combinations of gate answers may decide together; beyond it an instrument is refused.
MAX_COMBINATIONS = 2**14

WeightOf = Callable[[Node], Fraction | None]


def stated_weight(node: Node) -> Fraction | None:
    """Return the weight that the instrument states; None where it is not published."""
    return None if node.weight is None else node.weight.value


def applies(node: Node, answers: Mapping[str, str], weight_of: WeightOf = stated_weight) -> bool:
    """Say whether a node applies, given an answer to each gate that decides about it."""
    test = _test_of(node, weight_of)
    return test is None or test(answers)


def deciding_gates(node: Node, weight_of: WeightOf = stated_weight) -> frozenset[str]:
    """Return the gates that can decide whether a node applies; none if it always does."""
    if isinstance(node, Indicator):
        return frozenset(condition.gate for condition in node.conditions)
    if isinstance(node, Dimension) and node.children:
        below = [deciding_gates(child, weight_of) for child in _carriers(node, weight_of)]
        return frozenset[str]().union(*below) if all(below) else frozenset()
    return frozenset()


def _test_of(node: Node, weight_of: WeightOf) -> Callable[[Mapping[str, str]], bool] | None:
    """Return what says whether a node applies; None where it always does."""
    if isinstance(node, Indicator) and node.conditions:
        conditions = node.conditions
        return lambda answers: all(
            answers[condition.gate] in condition.options for condition in conditions
        )
    if isinstance(node, Dimension) and node.children:
        tests = [_test_of(child, weight_of) for child in _carriers(node, weight_of)]
        deciding = [test for test in tests if test is not None]
        if len(deciding) == len(tests):
            return lambda answers: any(test(answers) for test in deciding)
    return None


def _carriers(dimension: Dimension, weight_of: WeightOf) -> tuple[Node, ...]:
    """Return the children that can make a dimension apply: in a mean, those that weigh anything.

    A weight that is not known is taken to be above zero, unless nothing is left of the whole.
    """
    rule = dimension.rule
    if rule is None or not (rule.weighted and rule.reweighs):
        return dimension.children
    weights = [weight_of(child) for child in dimension.children]
    left = rule.whole is None or sum(weight or 0 for weight in weights) < rule.whole
    return tuple(
        child
        for child, weight in zip(dimension.children, weights, strict=True)
        if (left if weight is None else weight > 0)
    )


def combinations(gates: Sequence[Gate]) -> int:
    """Return how many ways there are to answer these gates."""
    return prod(len(gate.options) for gate in gates)


def answers_to(gates: Sequence[Gate]) -> Iterator[dict[str, str]]:
    """Yield every way to answer these gates."""
    codes = [gate.code for gate in gates]
    for options in product(*(gate.values for gate in gates)):
        yield dict(zip(codes, options, strict=True))


def gates_of(
    nodes: Iterable[Node], gates: Sequence[Gate], weight_of: WeightOf = stated_weight
) -> tuple[Gate, ...]:
    """Return the gates that decide about any of the nodes, in the instrument's order."""
    codes = frozenset[str]().union(*(deciding_gates(node, weight_of) for node in nodes))
    return tuple(gate for gate in gates if gate.code in codes)


def presence_patterns(
    nodes: Sequence[Node], gates: Sequence[Gate], weight_of: WeightOf = stated_weight
) -> tuple[tuple[bool, ...], ...]:
    """Return the patterns of which nodes apply that answers to the gates can produce, sorted."""
    tests = [_test_of(node, weight_of) for node in nodes]
    return tuple(
        sorted(
            {
                tuple(test is None or test(answers) for test in tests)
                for answers in answers_to(gates_of(nodes, gates, weight_of))
            }
        )
    )


def gate_groups(indicators: Sequence[Indicator]) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the gated indicators, grouped so that no gate decides in two groups.

    The masks of a group are independent of those of the others.
    """
    groups: list[tuple[frozenset[str], list[int]]] = []
    for position, indicator in enumerate(indicators):
        codes, members = deciding_gates(indicator), [position]
        if not codes:
            continue
        apart: list[tuple[frozenset[str], list[int]]] = []
        for other_codes, other_members in groups:
            if codes & other_codes:
                codes, members = codes | other_codes, other_members + members
            else:
                apart.append((other_codes, other_members))
        groups = [*apart, (codes, members)]
    return tuple(sorted(tuple(sorted(members)) for _, members in groups))


def points_range(
    node: Node, gates: Sequence[Gate], weight_of: WeightOf
) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a node can be worth, over all answers.

    Where `weight_of` does not know a weight, the range is the widest that weights allow which are
    at least zero and, with those that are known, make up the whole of the rule. (No dimension has
    open weights under a rule without a whole; there, they would count for nothing.)

    A cap that depends on a shortfall widens the range downward as if it could always hold where the
    shortfall is possible at all.
    """
    if not isinstance(node, Dimension):
        return node.lowest, node.highest
    if node.maximum is not None:
        return Fraction(0), node.maximum.value
    ranges = [points_range(child, gates, weight_of) for child in node.children]
    rule = node.rule
    assert rule is not None  # noqa: S101  (as of every dimension with children)
    corners = _corners(rule, [weight_of(child) for child in node.children])
    ends: list[Fraction] = []
    for pattern in presence_patterns(node.children, gates, weight_of):
        for corner in corners:
            weights = list(compress(corner, pattern))
            # What does not apply has no points, nor has a mean of what weighs nothing.
            if any(weights) or (any(pattern) and not rule.reweighs):
                for side in (0, 1):
                    points = [ends_of[side] for ends_of in compress(ranges, pattern)]
                    ends.append(rule.combine(weights, points))
    low, high = min(ends, default=Fraction(0)), max(ends, default=Fraction(0))
    low += sum(item.lowest for item in node.bonuses)
    low -= sum(item.highest for item in node.deductions)
    high += sum(item.highest for item in node.bonuses)
    high -= sum(item.lowest for item in node.deductions)
    return _bounded(node, low, high, gates, weight_of)


def _bounded(
    node: Dimension, low: Fraction, high: Fraction, gates: Sequence[Gate], weight_of: WeightOf
) -> tuple[Fraction, Fraction]:
    """Return the ends of a range after floor, caps and rounding."""
    if node.floor is not None:
        low, high = max(low, node.floor.value), max(high, node.floor.value)
    for cap in node.caps:
        if cap.shortfall is None:
            low, high = min(low, cap.maximum), min(high, cap.maximum)
        else:
            inner = next(below for below in node.walk() if below.code == cap.shortfall.code)
            if points_range(inner, gates, weight_of)[0] < cap.shortfall.below:
                low = min(low, cap.maximum)
    if node.rounding is not None:
        low, high = node.rounding.round(low), node.rounding.round(high)
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
