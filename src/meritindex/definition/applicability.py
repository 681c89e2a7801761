"""Which nodes apply under which answers to the gates.

An indicator applies when every gate it depends on is answered by one of the options it names. A
dimension applies when anything below it does; in a mean, anything that has a weight, for a mean of
nothing else would have no points. What does not apply counts neither for nor against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from meritindex.definition.nodes import Dimension, Gate, Indicator, Node

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
