"""Which points the answers to an instrument can reach, exactly.

For each way in which answers to the gates decide what applies, the set of a node is made from
those of the nodes below it, for every leaf occurs once in the tree and is answered by itself.
Everything that applies counts as answered. What no exact and finite set can be made of (rules that
are not rational, medians of three or more, sets beyond 2**24 places, more than 256 patterns) is
left undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, reduce
from itertools import product
from typing import Literal, assert_never

import attrs

from meritindex.analysis.lint.lattice import EMPTY, Lattice, UndecidedError
from meritindex.definition import (
    Dimension,
    GoalpostScale,
    Indicator,
    Instrument,
    Measure,
    Median,
    Minimum,
    Node,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.applicability import (
    WeightOf,
    answers_to,
    applies,
    combinations,
    gates_of,
)

MAX_COMBINATIONS = 2**10
MAX_PATTERNS = 2**8
_MAX_CONDITIONS = 3  # of the caps of one dimension


@attrs.frozen
class Pattern:
    """One way in which answers to the gates decide, and the gated indicators that then apply."""

    answers: Mapping[str, str] = attrs.field(eq=False)
    applying: frozenset[str]


@attrs.frozen
class Restriction:
    """Points that a node is held to: below a value, up to it, or from it on."""

    code: str
    side: Literal["below", "to", "from"]
    value: Fraction

    def of(self, values: Lattice) -> Lattice:
        """Return the values that are allowed."""
        match self.side:
            case "below":
                return values.below(self.value)
            case "to":
                return values.below(self.value, inclusive=True)
            case "from":
                return values.above(self.value)
        assert_never(self.side)


Restrictions = frozenset[Restriction]
_FREE: Restrictions = frozenset()


@attrs.frozen
class Attainable:
    """The points of a node that complete answers reach: one set for each pattern of the gates."""

    sets: tuple[Lattice, ...]

    def __contains__(self, value: Fraction) -> bool:
        return any(value in values for values in self.sets)

    def values(self) -> set[Fraction]:
        """Return all of them; there may be many."""
        return {value for values in self.sets for value in values}

    @property
    def lowest(self) -> Fraction:
        """The least points."""
        return min(values.lowest for values in self.sets)

    @property
    def highest(self) -> Fraction:
        """The most points."""
        return max(values.highest for values in self.sets)

    def next_from(self, value: Fraction, *, inclusive: bool = True) -> Fraction | None:
        """Return the least points that are at least `value`, or above it."""
        found = [values.next_from(value, inclusive=inclusive) for values in self.sets]
        return min((each for each in found if each is not None), default=None)

    def last_to(self, value: Fraction, *, inclusive: bool = True) -> Fraction | None:
        """Return the most points that are at most `value`, or below it."""
        found = [values.last_to(value, inclusive=inclusive) for values in self.sets]
        return max((each for each in found if each is not None), default=None)


class Reach:
    """What the nodes of one instrument can reach under one set of weights; remembers its work.

    Args:
        instrument: the definition.
        weight_of: gives the weight of a node, or None where it is not known; what rests on it is
            then undecided.
    """

    def __init__(self, instrument: Instrument, weight_of: WeightOf) -> None:
        self.instrument = instrument
        self.weight_of = weight_of
        self._below = {node.code: frozenset(_codes(node)) for node in instrument.nodes}
        self._known: dict[tuple[str, frozenset[str], Restrictions], Lattice | None] = {}
        self._found: dict[str, Attainable | None] = {}
        self._applying: dict[tuple[str, frozenset[str]], bool] = {}

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns that answers to the gates produce.

        Raises:
            UndecidedError: there are too many.
        """
        gated = [indicator for indicator in self.instrument.indicators if indicator.conditions]
        gates = gates_of(gated, self.instrument.gates)
        if combinations(gates) > MAX_COMBINATIONS:
            raise UndecidedError
        found: dict[frozenset[str], Pattern] = {}
        for answers in answers_to(gates):
            applying = frozenset(each.code for each in gated if applies(each, answers))
            found.setdefault(applying, Pattern(answers, applying))
        if len(found) > MAX_PATTERNS:
            raise UndecidedError
        return tuple(found.values())

    def of(self, node: Node) -> Attainable | None:
        """Return what a node can reach; None where that is undecided, or it never applies."""
        if node.code not in self._found:
            try:
                sets = [
                    self.under(node, pattern)
                    for pattern in self.patterns
                    if self.applies(node, pattern)
                ]
            except UndecidedError:
                sets = []
            self._found[node.code] = Attainable(tuple(dict.fromkeys(sets))) if sets else None
        return self._found[node.code]

    def applies(self, node: Node, pattern: Pattern) -> bool:
        """Say whether a node applies under a pattern."""
        key = node.code, pattern.applying & self._below[node.code]
        if key not in self._applying:
            self._applying[key] = applies(node, pattern.answers, self.weight_of)
        return self._applying[key]

    def under(self, node: Node, pattern: Pattern, held: Restrictions = _FREE) -> Lattice:
        """Return what a node that applies can reach under a pattern, with some nodes held.

        Raises:
            UndecidedError: that can't be decided.
        """
        below = self._below[node.code]
        held = frozenset(each for each in held if each.code in below)
        key = node.code, pattern.applying & below, held
        if key not in self._known:
            try:
                self._known[key] = self._made(node, pattern, held)
            except UndecidedError:
                self._known[key] = None
        values = self._known[key]
        if values is None:
            raise UndecidedError
        return values

    def _made(self, node: Node, pattern: Pattern, held: Restrictions) -> Lattice:
        if isinstance(node, Indicator):
            values = Lattice.of(level.points for level in node.levels)
        elif isinstance(node, Measure):
            values = measured(node)
        else:
            values = self._dimension(node, pattern, held)
        for restriction in held:
            if restriction.code == node.code:
                values = restriction.of(values)
        return values

    def _dimension(self, node: Dimension, pattern: Pattern, held: Restrictions) -> Lattice:
        if node.maximum is not None:
            steps = node.maximum.value * 10**node.decimals
            return Lattice.progression(Fraction(0), Fraction(1, 10**node.decimals), int(steps) + 1)
        shortfalls = {
            cap.shortfall
            for cap in node.caps
            if cap.shortfall is not None and self.applies(self._node(cap.shortfall.code), pattern)
        }
        if len(shortfalls) > _MAX_CONDITIONS:
            raise UndecidedError
        ordered = sorted(shortfalls, key=lambda each: (each.code, each.below))
        found = EMPTY
        # Where caps hang on a shortfall, the answers are parted into those with and without it.
        for short in product((True, False), repeat=len(ordered)):
            parted = held | {
                Restriction(each.code, "below" if is_short else "from", each.below)
                for each, is_short in zip(ordered, short, strict=True)
            }
            # No answers may fall into a part. Where the node lies in a dimension that does not
            # apply, the combined points would not show that.
            if not all(self.under(self._node(each.code), pattern, parted).bits for each in ordered):
                continue
            values = self._combined(node, pattern, parted)
            if node.floor is not None:
                values = values.at_least(node.floor.value)
            holding = {
                None,
                *(each for each, is_short in zip(ordered, short, strict=True) if is_short),
            }
            for cap in node.caps:
                if cap.shortfall in holding:
                    values = values.at_most(cap.maximum)
            found = found.union(values)
        return found if node.rounding is None else found.rounded(node.rounding)

    def _node(self, code: str) -> Node:
        return next(node for node in self.instrument.nodes if node.code == code)

    def _combined(self, node: Dimension, pattern: Pattern, held: Restrictions) -> Lattice:
        """Return what the rule makes of the children, with bonuses and deductions."""
        present = [child for child in node.children if self.applies(child, pattern)]
        sets = [self.under(child, pattern, held) for child in present]
        match node.rule:
            case WeightedSum() | WeightedMean() as rule:
                factors = rule.factors(self.weights(present))
                parts = [
                    values.scaled(factor) for values, factor in zip(sets, factors, strict=True)
                ]
                # From small to large, so that the large ones are touched least often.
                parts.sort(key=lambda values: values.bits.bit_length())
                values = reduce(Lattice.plus, parts)
            case Minimum():
                values = reduce(Lattice.lesser, sets)
            case Median() if len(sets) <= 2:
                values = reduce(Lattice.plus, sets).scaled(Fraction(1, len(sets)))
            case _:
                raise UndecidedError
        for bonus in node.bonuses:
            values = values.plus(self.under(bonus, pattern, held))
        for deduction in node.deductions:
            values = values.plus(self.under(deduction, pattern, held).scaled(Fraction(-1)))
        return values

    def weights(self, nodes: Sequence[Node]) -> list[Fraction]:
        """Return the weights of nodes.

        Raises:
            UndecidedError: one is not known.
        """
        weights = [self.weight_of(node) for node in nodes]
        known = [weight for weight in weights if weight is not None]
        if len(known) < len(weights):
            raise UndecidedError
        return known


def measured(measure: Measure) -> Lattice:
    """Return the points of every value that a measure can have.

    Raises:
        UndecidedError: its scale is logarithmic, or there are too many values.
    """
    step = Fraction(1, 10**measure.decimals)
    scale = measure.scale
    if scale is None:
        count = int((measure.maximum - measure.minimum) / step) + 1
        return Lattice.progression(measure.minimum, step, count)
    if isinstance(scale, ThresholdScale):
        return Lattice.of(scale.steps[place].points for place in reached_steps(measure, scale))
    if scale.logarithmic:
        raise UndecidedError
    return _between_posts(measure, scale, step)


def reached_steps(measure: Measure, scale: ThresholdScale) -> list[int]:
    """Return the places of the steps that a value of the measure reaches, in their order."""
    unit = 10**measure.decimals
    found: list[int] = []
    for place, each in enumerate(scale.steps):
        least = measure.minimum
        if each.start is not None:
            first = (each.start * unit).__ceil__()
            if not each.inclusive and first == each.start * unit:
                first += 1
            least = max(least, Fraction(first, unit))
        if least <= measure.maximum and scale.step_of(least) is each:
            found.append(place)
    return found


def _between_posts(measure: Measure, scale: GoalpostScale, step: Fraction) -> Lattice:
    low, high = measure.minimum, measure.maximum
    ends: list[Fraction] = []
    if scale.capped:
        # Values at and beyond a post are worth what the post is.
        ends += [scale.points_of(end) for end in (low, high) if not scale.low < end < scale.high]
        low = max(low, (scale.low / step).__ceil__() * step)
        high = min(high, (scale.high / step).__floor__() * step)
    values = Lattice.of(ends)
    if low <= high:
        lowest = min(scale.points_of(low), scale.points_of(high))
        count = int((high - low) / step) + 1
        values = values.union(Lattice.progression(lowest, abs(scale.slope) * step, count))
    return values


def _codes(node: Node) -> Iterator[str]:
    yield from (each.code for each in node.walk()) if isinstance(node, Dimension) else (node.code,)
