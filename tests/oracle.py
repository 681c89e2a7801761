"""What every node of an assessment is worth, worked out the slow and obvious way.

This is the second opinion that the scoring is compared with. It takes nothing from the library but
the types of a definition: how children combine, how points are rounded, which band they fall in and
what the least is that a node can be worth are all written out here again, from their meaning, one
node and one `Fraction` at a time. It is not for use outside the tests.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import attrs

from meritindex.definition import (
    Band,
    Bands,
    Dimension,
    Indicator,
    Instrument,
    Limit,
    Measure,
    MissingPolicy,
    Node,
    Rounding,
    RoundingMode,
    WeightedMean,
    WeightedSum,
)

ZERO = Fraction(0)


@attrs.frozen(kw_only=True)
class Answers:
    """One agency's answers; what is not among the keys was not answered.

    `levels` is by indicator, `gates` by gate, `measures` by measure; `points` are the entries, by
    dimension. Nothing below an entered dimension is answered or entered.
    """

    levels: dict[str, int] = attrs.field(factory=dict)
    gates: dict[str, str] = attrs.field(factory=dict)
    measures: dict[str, Fraction] = attrs.field(factory=dict)
    points: dict[str, Fraction] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Result:
    """What follows from the answers.

    Attributes:
        points: of every dimension; None where they are not known, where the dimension does not
            apply, and below an entry.
        band: the official name, for every dimension that has bands; None where it has no points.
        missing: the codes of what was not answered and is under no entry: indicators that apply,
            measures, dimensions without children, and gates that an indicator waits for.
    """

    points: dict[str, Fraction | None]
    band: dict[str, str | None]
    missing: frozenset[str]


class Mark(enum.Enum):
    """What a parent sees of a child that has no points for it."""

    ABSENT = "does not apply"
    UNDETERMINED = "an indicator that may apply or not, for want of a gate's answer"
    UNKNOWN = "missing, and nothing counts in its place"
    DROPPED = "missing, and left out"


def evaluate(
    instrument: Instrument,
    weights: Mapping[str, Fraction],
    answers: Answers,
    override: MissingPolicy | None = None,
) -> Result:
    """Work out every dimension.

    Args:
        instrument: the definition.
        weights: the weight of every child of every dimension, by its code.
        answers: one agency's.
        override: the policy that stands in place of that of every node but the root.

    Raises:
        ValueError: `override` is `drop`, and the instrument has a sum.
    """
    if override is MissingPolicy.DROP and any(
        isinstance(dimension.rule, WeightedSum) for dimension in _dimensions(instrument.root)
    ):
        raise ValueError("a sum does not weigh the rest anew")
    evaluation = _Evaluation(instrument, weights, answers, override)
    evaluation.worth(instrument.root)
    points = {
        dimension.code: evaluation.points.get(dimension.code)
        for dimension in _dimensions(instrument.root)
    }
    band = {
        dimension.code: None
        if (value := points[dimension.code]) is None
        else band_name(dimension.bands, value)
        for dimension in _dimensions(instrument.root)
        if dimension.bands is not None
    }
    missing = frozenset(_missing(instrument.root, answers))
    return Result(points=points, band=band, missing=missing)


class _Evaluation:
    """One walk over the tree; `points` fills up on the way."""

    def __init__(
        self,
        instrument: Instrument,
        weights: Mapping[str, Fraction],
        answers: Answers,
        override: MissingPolicy | None,
    ) -> None:
        self.instrument = instrument
        self.weights = weights
        self.answers = answers
        self.override = override
        self.points: dict[str, Fraction] = {}

    def worth(self, node: Node) -> Fraction | Mark:
        """Return what the parent of `node` counts for it."""
        if isinstance(node, Indicator):
            return self._indicator(node)
        if isinstance(node, Measure):
            value = self.answers.measures.get(node.code)
            return self._by_policy(node) if value is None else value
        result = self._dimension(node)
        if isinstance(result, Fraction):
            self.points[node.code] = result
        return result

    def _indicator(self, indicator: Indicator) -> Fraction | Mark:
        does_apply = indicator_applies(indicator, self.answers.gates)
        if does_apply is None:
            return Mark.UNDETERMINED
        if not does_apply:
            return Mark.ABSENT
        if indicator.code not in self.answers.levels:
            return self._by_policy(indicator)
        answer = self.answers.levels[indicator.code]
        (points,) = (level.points for level in indicator.levels if level.value == answer)
        return points

    def _dimension(self, dimension: Dimension) -> Fraction | Mark:
        if dimension.code in self.answers.points:
            return self.answers.points[dimension.code]
        if not dimension.children:
            return self._by_policy(dimension)
        seen = [(self.weights[child.code], self.worth(child)) for child in dimension.children]
        if any(value is Mark.UNDETERMINED for _, value in seen):
            return self._by_policy(dimension)

        # Whether a dimension applies follows from the gates and the weights alone, so it is asked
        # before what is missing.
        present = [(weight, value) for weight, value in seen if value is not Mark.ABSENT]
        mean = isinstance(dimension.rule, WeightedMean)
        if not present or (mean and sum(weight for weight, _ in present) == 0):
            return Mark.ABSENT
        if any(value is Mark.UNKNOWN for _, value in present):
            return self._by_policy(dimension)
        counted = [(weight, value) for weight, value in present if isinstance(value, Fraction)]
        # Dropping what is missing can leave nothing that has a weight: then nothing is known.
        if mean and sum(weight for weight, _ in counted) == 0:
            return self._by_policy(dimension)
        result = _combined(dimension, counted)

        for deduction in dimension.deductions:
            taken_off = self.worth(deduction)
            if taken_off is Mark.UNKNOWN:
                return self._by_policy(dimension)
            if isinstance(taken_off, Fraction):
                result -= taken_off
        return rounded(result, dimension.rounding)

    def _by_policy(self, node: Node) -> Fraction | Mark:
        """Return what a missing node counts for."""
        root = node.code == self.instrument.root.code
        policy = node.missing if root or self.override is None else self.override
        if policy is MissingPolicy.ZERO:
            return ZERO
        if policy is MissingPolicy.LOWEST:
            return least(node, self.instrument, self.weights)
        return Mark.DROPPED if policy is MissingPolicy.DROP else Mark.UNKNOWN


def indicator_applies(indicator: Indicator, gates: Mapping[str, str]) -> bool | None:
    """Say whether an indicator applies; None where that waits for a gate's answer."""
    answers = [
        gates[condition.gate] in condition.options if condition.gate in gates else None
        for condition in indicator.conditions
    ]
    if False in answers:
        return False
    return None if None in answers else True


def least(node: Node, instrument: Instrument, weights: Mapping[str, Fraction]) -> Fraction:
    """Return the least that a node can be worth where everything is answered.

    For every way to answer the gates, each child that applies is taken at its own least, and each
    deduction at its most.
    """
    if isinstance(node, Indicator):
        return min(level.points for level in node.levels)
    if isinstance(node, Measure):
        return node.minimum
    if not node.children:
        return ZERO
    lowest = {child.code: least(child, instrument, weights) for child in node.children}
    options = {
        gate.code: [option.value for option in gate.options]
        for gate in instrument.gates
        if gate.code in _gates_that_matter(node, weights)
    }
    found: list[Fraction] = []
    for choice in product(*options.values()):
        gates = dict(zip(options, choice, strict=True))
        present = [child for child in node.children if _stands(child, gates, weights)]
        if present and (
            isinstance(node.rule, WeightedSum)
            or sum((weights[child.code] for child in present), ZERO) != 0
        ):
            found.append(
                _combined(node, [(weights[child.code], lowest[child.code]) for child in present])
            )
    result = min(found, default=ZERO)
    result -= sum((deduction.maximum for deduction in node.deductions), ZERO)
    return rounded(result, node.rounding)


def rounded(value: Fraction, rounding: Rounding | None) -> Fraction:
    """Return `value` on the grid of the rounding, found among its two neighbours."""
    if rounding is None:
        return value
    step = Fraction(1, 10**rounding.digits)
    below = value - value % step
    if below == value:
        return value
    above = below + step
    if rounding.mode is RoundingMode.DOWN:
        return below
    if rounding.mode is RoundingMode.UP:
        return above
    if value - below != above - value:
        return below if value - below < above - value else above
    if rounding.mode is RoundingMode.HALF_UP:
        return above
    return below if (below / step) % 2 == 0 else above


def band_name(bands: Bands, points: Fraction) -> str:
    """Return the name of the only band that the points are in, by all ends that are printed."""
    value = rounded(points, bands.rounding)
    items = bands.items
    names = [
        band.name.id
        for below, band, above in zip((None, *items), items, (*items[1:], None), strict=False)
        if _is_in(value, below, band, above)
    ]
    (name,) = names
    return name


def _is_in(value: Fraction, below: Band | None, band: Band, above: Band | None) -> bool:
    """Say whether a value is within the ends of a band, and outside those of its neighbours."""
    return (
        (band.lower is None or _at_least(value, band.lower))
        and (band.upper is None or _at_most(value, band.upper))
        and (below is None or below.upper is None or not _at_most(value, below.upper))
        and (above is None or above.lower is None or not _at_least(value, above.lower))
    )


def _at_least(value: Fraction, limit: Limit) -> bool:
    return value > limit.value or (limit.inclusive and value == limit.value)


def _at_most(value: Fraction, limit: Limit) -> bool:
    return value < limit.value or (limit.inclusive and value == limit.value)


def ranks(totals: Sequence[Fraction | None]) -> list[int | None]:
    """Return competition ranks: one more than how many are better; None without a total."""
    known = [total for total in totals if total is not None]
    return [
        None if total is None else 1 + sum(other > total for other in known) for total in totals
    ]


def _combined(dimension: Dimension, counted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return what the rule makes of pairs of weight and points."""
    total = sum((weight * points for weight, points in counted), ZERO)
    rule = dimension.rule
    if isinstance(rule, WeightedMean):
        return total / sum(weight for weight, _ in counted)
    assert isinstance(rule, WeightedSum)
    return total if rule.whole is None else total / rule.whole


def _dimensions(dimension: Dimension) -> Iterator[Dimension]:
    yield dimension
    for child in dimension.children:
        if isinstance(child, Dimension):
            yield from _dimensions(child)


def _stands(node: Node, gates: Mapping[str, str], weights: Mapping[str, Fraction]) -> bool:
    """Say whether a node applies when all gates that matter to it are answered."""
    if isinstance(node, Indicator):
        return all(gates[condition.gate] in condition.options for condition in node.conditions)
    if isinstance(node, Measure) or not node.children:
        return True
    return _always_stands(node, weights) or any(
        _can_carry(node, child, weights) and _stands(child, gates, weights)
        for child in node.children
    )


def _always_stands(node: Node, weights: Mapping[str, Fraction]) -> bool:
    """Say whether a node applies without a look at the gates."""
    if isinstance(node, Indicator):
        return not node.conditions
    if isinstance(node, Measure) or not node.children:
        return True
    return any(
        _can_carry(node, child, weights) and _always_stands(child, weights)
        for child in node.children
    )


def _can_carry(parent: Dimension, child: Node, weights: Mapping[str, Fraction]) -> bool:
    """Say whether a child makes its parent apply: in a mean, one without weight does not."""
    return isinstance(parent.rule, WeightedSum) or weights[child.code] > 0


def _gates_that_matter(dimension: Dimension, weights: Mapping[str, Fraction]) -> set[str]:
    """Return the gates that decide which children of a dimension apply."""
    codes: set[str] = set()
    for child in dimension.children:
        if not _always_stands(child, weights):
            codes |= _gates_named(child)
    return codes


def _gates_named(node: Node) -> set[str]:
    if isinstance(node, Indicator):
        return {condition.gate for condition in node.conditions}
    if isinstance(node, Dimension):
        return {code for child in node.children for code in _gates_named(child)}
    return set()


def _missing(node: Node, answers: Answers) -> Iterator[str]:
    """Yield what is missing at and below a node."""
    if isinstance(node, Indicator):
        does_apply = indicator_applies(node, answers.gates)
        if does_apply and node.code not in answers.levels:
            yield node.code
        if does_apply is None:
            for condition in node.conditions:
                if condition.gate not in answers.gates:
                    yield condition.gate
    elif isinstance(node, Measure):
        if node.code not in answers.measures:
            yield node.code
    elif node.code not in answers.points:
        if not node.children:
            yield node.code
        for child in (*node.children, *node.deductions):
            yield from _missing(child, answers)
