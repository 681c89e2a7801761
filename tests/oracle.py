"""What every node of an assessment is worth, worked out the slow and obvious way.

This is the second opinion that the scoring is compared with. It takes nothing from the library but
the types of a definition: how children combine, how points are rounded, which band they fall in and
what the least is that a node can be worth are all written out here again, from their meaning, one
node and one number at a time. It is not for use outside the tests.

A number is a `Span`: its value, and between what ends a computation in doubles may end up. Of what
is rational the three are one `Fraction`; roots and logarithms are taken to 60 digits.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product

import attrs

from meritindex.definition import (
    Band,
    BandCap,
    Bands,
    Dimension,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Indicator,
    Instrument,
    Limit,
    Measure,
    Median,
    Minimum,
    MissingPolicy,
    Node,
    PowerMean,
    Rounding,
    RoundingMode,
    Rule,
    Shortfall,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)

ZERO = Fraction(0)
ONE = Fraction(1)
# How far one step in doubles may be off, in proportion to the largest number that it meets: a sum
# of a hundred numbers is off by less.
SLACK = Fraction(2, 10**14)
_DIGITS = Context(prec=60)


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


@attrs.frozen
class Span:
    """A number, and between what ends it may be where doubles compute it."""

    low: Fraction
    value: Fraction
    high: Fraction

    @classmethod
    def of(cls, value: Fraction) -> Span:
        """Return a number that is what it is."""
        return cls(value, value, value)

    @property
    def exact(self) -> bool:
        """Whether all three are one."""
        return self.low == self.high

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value <= self.high

    def wider(self, slack: Fraction) -> Span:
        """Return the span with ends that are farther off."""
        return Span(self.low - slack, self.value, self.high + slack)


@attrs.frozen(kw_only=True)
class Result:
    """What follows from the answers.

    Attributes:
        points: of every dimension; None where they are not known, where the dimension does not
            apply, and below an entry.
        spans: between what ends they may be where they are not exact; of all that are known.
        exact: whether the points of a dimension are rational, whatever the answers.
        band: the official name, for every dimension that has bands; None where it has no points,
            and where a cap of it depends on what is not known.
        doubtful: the dimensions of which doubles can't tell the band for sure.
        missing: the codes of what was not answered and is under no entry: indicators that apply,
            measures, dimensions without children, and gates that an indicator waits for; and what
            is awaited.
        awaited: the nodes that a cap waits for, though they lie below an entry or are left out.
        refused: a dimension and a child, where the mean can't be taken of the child's points. Where
            there are any, the assessment is refused, and the rest means nothing.
        perhaps_refused: the same, where doubles can't tell.
        capped: the dimensions whose points a cap has lowered, and those whose band one has.
    """

    points: dict[str, Fraction | None]
    spans: dict[str, Span]
    exact: dict[str, bool]
    band: dict[str, str | None]
    doubtful: frozenset[str]
    awaited: frozenset[str]
    missing: frozenset[str]
    refused: frozenset[tuple[str, str]]
    perhaps_refused: frozenset[tuple[str, str]]
    capped: frozenset[str]

    @property
    def firm(self) -> bool:
        """Whether it is certain that the assessment is scored."""
        return not (self.refused or self.perhaps_refused)


class Mark(enum.Enum):
    """What a parent sees of a child that has no points for it."""

    ABSENT = "does not apply"
    UNDETERMINED = "an indicator that may apply or not, for want of a gate's answer"
    UNKNOWN = "missing, and nothing counts in its place"
    DROPPED = "missing, and left out"
    REFUSED = "means nothing, for a mean at or below it can't be taken"


class Falls(enum.Enum):
    """Whether a node falls short of what a cap asks for."""

    YES = "it does"
    NO = "it does not"
    DOUBTFUL = "it is so close that doubles can't tell"
    UNKNOWN = "its points are not known"


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
    dimensions = list(_dimensions(instrument.root))
    if override is MissingPolicy.DROP and any(
        isinstance(dimension.rule, WeightedSum) for dimension in dimensions
    ):
        raise ValueError("a sum does not weigh the rest anew")
    evaluation = _Evaluation(instrument, weights, answers, override)
    evaluation.worth(instrument.root)
    spans = evaluation.spans
    bands: dict[str, str | None] = {}
    for dimension in dimensions:
        if dimension.bands is not None:
            bands[dimension.code] = evaluation.band(dimension)
    return Result(
        points={
            one.code: spans[one.code].value if one.code in spans else None for one in dimensions
        },
        spans=spans,
        exact={dimension.code: is_rational(dimension) for dimension in dimensions},
        band=bands,
        doubtful=frozenset(evaluation.doubtful),
        awaited=frozenset(evaluation.awaited),
        missing=frozenset(_missing(instrument.root, answers)) | evaluation.awaited,
        refused=frozenset(evaluation.refused),
        perhaps_refused=frozenset(evaluation.perhaps_refused),
        capped=frozenset(evaluation.capped),
    )


class _Evaluation:
    """One walk over the tree; what was found fills up on the way."""

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
        self.seen: dict[str, Span | Mark] = {}
        self.spans: dict[str, Span] = {}
        self.doubtful: set[str] = set()
        self.refused: set[tuple[str, str]] = set()
        self.perhaps_refused: set[tuple[str, str]] = set()
        self.awaited: set[str] = set()
        self.capped: set[str] = set()

    def worth(self, node: Node) -> Span | Mark:
        """Return what the parent of `node` counts for it."""
        if isinstance(node, Indicator):
            result = self._indicator(node)
        elif isinstance(node, Measure):
            value = self.answers.measures.get(node.code)
            result = self._by_policy(node) if value is None else measured(node, value)
        else:
            result = self._dimension(node)
            if isinstance(result, Span):
                self.spans[node.code] = result
        self.seen[node.code] = result
        return result

    def _indicator(self, indicator: Indicator) -> Span | Mark:
        does_apply = indicator_applies(indicator, self.answers.gates)
        if does_apply is None:
            return Mark.UNDETERMINED
        if not does_apply:
            return Mark.ABSENT
        if indicator.code not in self.answers.levels:
            return self._by_policy(indicator)
        answer = self.answers.levels[indicator.code]
        (points,) = (level.points for level in indicator.levels if level.value == answer)
        return Span.of(points)

    def _dimension(self, dimension: Dimension) -> Span | Mark:
        if dimension.code in self.answers.points:
            return Span.of(self.answers.points[dimension.code])
        if not dimension.children:
            return self._by_policy(dimension)
        rule = dimension.rule
        assert rule is not None
        seen = [
            (child.code, weight_in(rule, child, self.weights), self.worth(child))
            for child in dimension.children
        ]
        beside = [
            (sign, self.worth(measure))
            for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions))
            for measure in measures
        ]
        refused = self._refuse(dimension, seen)
        if refused or any(value is Mark.REFUSED for _, _, value in seen):
            return Mark.REFUSED
        if any(value is Mark.UNDETERMINED for _, _, value in seen):
            self._await(dimension)
            return self._by_policy(dimension)

        # Whether a dimension applies follows from the gates and the weights alone, so it is asked
        # before what is missing.
        present = [(weight, value) for _, weight, value in seen if value is not Mark.ABSENT]
        mean = not isinstance(rule, WeightedSum)
        if not present or (mean and sum(weight for weight, _ in present) == 0):
            return Mark.ABSENT
        self._await(dimension)
        if any(value is Mark.UNKNOWN for _, value in present):
            return self._by_policy(dimension)
        counted = [(weight, value) for weight, value in present if isinstance(value, Span)]
        # Dropping what is missing can leave nothing that has a weight: then nothing is known.
        if mean and sum(weight for weight, _ in counted) == 0:
            return self._by_policy(dimension)
        rational = is_rational(dimension)
        result = combined(rule, counted, rational=rational)
        return self._adjusted(dimension, result, beside, rational=rational)

    def _adjusted(
        self,
        dimension: Dimension,
        result: Span,
        beside: Sequence[tuple[int, Span | Mark]],
        *,
        rational: bool,
    ) -> Span | Mark:
        """Add bonuses, take deductions off, keep to the floor and the caps, and round."""
        for sign, value in beside:
            if value is Mark.UNKNOWN:
                return self._by_policy(dimension)
            if isinstance(value, Span):
                result = _plus(result, value, sign, rational=rational)
        if dimension.floor is not None:
            result = _at_least_of(result, dimension.floor.value)
        for cap in dimension.caps:
            falls = Falls.YES if cap.shortfall is None else self.falls_short(cap.shortfall)
            if falls is Falls.UNKNOWN:
                return self._by_policy(dimension)
            held = _at_most_of(result, cap.maximum)
            if falls is Falls.YES:
                if held.value < result.value:
                    self.capped.add(dimension.code)
                result = held
            elif falls is Falls.DOUBTFUL:
                result = Span(held.low, result.value, result.high)
        return _rounded_span(result, dimension.rounding, rational=rational)

    def _refuse(
        self, dimension: Dimension, seen: Sequence[tuple[str, Fraction, Span | Mark]]
    ) -> bool:
        """Note the children of which the mean can't be taken; say whether there are any."""
        rule = dimension.rule
        if not isinstance(rule, GeometricMean | HarmonicMean | PowerMean) or rule.floor is not None:
            return False
        zero_allowed = isinstance(rule, PowerMean) and rule.exponent > 0
        found = False
        for code, weight, value in seen:
            if not isinstance(value, Span) or weight == 0:
                continue
            bad = [
                end < 0 or (end == 0 and not zero_allowed)
                for end in (value.low, value.value, value.high)
            ]
            if all(bad):
                self.refused.add((dimension.code, code))
                found = True
            elif any(bad):
                self.perhaps_refused.add((dimension.code, code))
                found = True
        return found

    def _await(self, dimension: Dimension) -> None:
        """Note what the caps of a dimension wait for and nobody else asks for."""
        for cap in dimension.caps:
            if cap.shortfall is not None and self.falls_short(cap.shortfall) is Falls.UNKNOWN:
                code = cap.shortfall.code
                if self.seen.get(code, Mark.DROPPED) is Mark.DROPPED:
                    self.awaited.add(code)

    def falls_short(self, shortfall: Shortfall) -> Falls:
        """Say whether the node of a shortfall has less points than it asks for."""
        code, limit = shortfall.code, shortfall.below
        if code not in self.seen:  # something above it was entered
            (node,) = (node for node in _nodes(self.instrument.root) if node.code == code)
            applies = does_stand(node, self.answers.gates, self.weights)
            return Falls.NO if applies is False else Falls.UNKNOWN
        value = self.seen[code]
        if value is Mark.ABSENT:
            return Falls.NO
        if isinstance(value, Mark):
            return Falls.UNKNOWN
        if (value.low < limit) != (value.high < limit):
            return Falls.DOUBTFUL
        return Falls.YES if value.value < limit else Falls.NO

    def band(self, dimension: Dimension) -> str | None:
        """Return the name of the band that a dimension has, all its caps minded."""
        bands, points = dimension.bands, self.spans.get(dimension.code)
        assert bands is not None
        if points is None:
            return None
        names = [band.name.id for band in bands.items]
        low, value, high = (
            names.index(band_name(bands, end)) for end in (points.low, points.value, points.high)
        )
        falls = [self.falls_short(cap.shortfall) for cap in dimension.band_caps]
        # Every way in which what doubles can't tell may come out.
        ways = list(
            product(*((Falls.YES, Falls.NO) if one is Falls.DOUBTFUL else (one,) for one in falls))
        )
        found = {
            _held_back(names, place, dimension.band_caps, way)
            for place in range(low, high + 1)
            for way in ways
        }
        if len(found) > 1:
            self.doubtful.add(dimension.code)
        result = _held_back(names, value, dimension.band_caps, ways[0])
        if result is None or names.index(result) < value:
            self.capped.add(f"band of {dimension.code}")
        return result

    def _by_policy(self, node: Node) -> Span | Mark:
        """Return what a missing node counts for."""
        root = node.code == self.instrument.root.code
        policy = node.missing if root or self.override is None else self.override
        if policy is MissingPolicy.ZERO:
            return Span.of(ZERO)
        if policy is MissingPolicy.LOWEST:
            return least(node, self.instrument, self.weights)
        return Mark.DROPPED if policy is MissingPolicy.DROP else Mark.UNKNOWN


def _held_back(
    names: Sequence[str], by_points: int, caps: Sequence[BandCap], falls: Sequence[Falls]
) -> str | None:
    """Return the band that the caps leave; None where one that may hold would make it another."""
    certain = possible = by_points
    for cap, one in zip(caps, falls, strict=True):
        if one is Falls.YES:
            certain = min(certain, names.index(cap.band))
        if one in {Falls.YES, Falls.UNKNOWN}:
            possible = min(possible, names.index(cap.band))
    return names[certain] if certain == possible else None


def indicator_applies(indicator: Indicator, gates: Mapping[str, str]) -> bool | None:
    """Say whether an indicator applies; None where that waits for a gate's answer."""
    answers = [
        gates[condition.gate] in condition.options if condition.gate in gates else None
        for condition in indicator.conditions
    ]
    if False in answers:
        return False
    return None if None in answers else True


def is_rational(node: Node) -> bool:
    """Say whether the points of a node are rational, whatever the answers."""
    if isinstance(node, Indicator):
        return True
    if isinstance(node, Measure):
        return not (isinstance(node.scale, GoalpostScale) and node.scale.logarithmic)
    rule = node.rule
    own = not isinstance(rule, GeometricMean) and not (
        isinstance(rule, PowerMean) and rule.exponent not in {1, -1}
    )
    return own and all(map(is_rational, (*node.children, *node.bonuses, *node.deductions)))


# What an answer is worth


def measured(measure: Measure, value: Fraction) -> Span:
    """Return what a measured number is worth."""
    scale = measure.scale
    if scale is None:
        return Span.of(value)
    if isinstance(scale, ThresholdScale):
        reached = scale.steps[0].points
        for step in scale.steps[1:]:
            if value > step.start or (step.inclusive and value == step.start):
                reached = step.points
        return Span.of(reached)
    if scale.capped and value < scale.low:
        value = scale.low
    if scale.capped and value > scale.high:
        value = scale.high
    first, last = scale.points_at_low, scale.points_at_high
    if not scale.logarithmic:
        share = (value - scale.low) / (scale.high - scale.low)
        return Span.of(first * (1 - share) + last * share)
    at, low, high = (_logarithm(number) for number in (value, scale.low, scale.high))
    share = (at - low) / (high - low)
    size = abs(first) + abs(last - first) * (1 + (abs(at) + abs(low) + abs(high)) / (high - low))
    return Span.of(first * (1 - share) + last * share).wider(SLACK * size)


# How children combine


def weight_in(rule: Rule, child: Node, weights: Mapping[str, Fraction]) -> Fraction:
    """Return the weight of a child: alike for all, where the rule knows no weights."""
    return ONE if isinstance(rule, Minimum | Median) else weights[child.code]


def combined(rule: Rule, counted: Sequence[tuple[Fraction, Span]], *, rational: bool) -> Span:
    """Return what the rule makes of pairs of weight and points.

    All rules are monotone, so what they make of the ends are the ends.
    """
    weights = [weight for weight, _ in counted]
    spans = [span for _, span in counted]
    value = _combined(rule, weights, [span.value for span in spans])
    if rational:
        return Span.of(value)
    low = _combined(rule, weights, [span.low for span in spans])
    high = _combined(rule, weights, [span.high for span in spans])
    largest = max(abs(end) for span in spans for end in (span.low, span.high))
    size = largest
    if isinstance(rule, WeightedSum):
        size = largest * sum(weights) / (rule.whole or 1)
    elif isinstance(rule, GeometricMean | HarmonicMean | PowerMean):
        # Of positive numbers nothing cancels, and what is lost is in proportion to the result.
        size = high
        if isinstance(rule, PowerMean):
            size *= 1 + 1 / abs(rule.exponent)
        if isinstance(rule, GeometricMean) and value > 0:
            size *= 1 + max(abs(_logarithm(_raised(rule, span.high) or ONE)) for span in spans)
    return Span(low, value, high).wider(SLACK * size)


def _combined(rule: Rule, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
    if isinstance(rule, Minimum):
        return min(points)
    if isinstance(rule, Median):
        ordered = sorted(points)
        half = len(ordered) // 2
        if len(ordered) % 2 == 1:
            return ordered[half]
        return (ordered[half - 1] + ordered[half]) / 2
    pairs = [(weight, value) for weight, value in zip(weights, points, strict=True) if weight != 0]
    if isinstance(rule, WeightedSum):
        return sum((weight * value for weight, value in pairs), ZERO) / (rule.whole or 1)
    total = sum(weight for weight, _ in pairs)
    if isinstance(rule, WeightedMean):
        return sum(weight * value for weight, value in pairs) / total
    pairs = [(weight / total, _raised(rule, value)) for weight, value in pairs]
    if isinstance(rule, GeometricMean):
        return _power_mean(ZERO, pairs)
    return _power_mean(-ONE if isinstance(rule, HarmonicMean) else rule.exponent, pairs)


def _raised(rule: Rule, value: Fraction) -> Fraction:
    """Return points as a positive mean counts them: not below its floor, nor below zero."""
    floor = rule.floor if isinstance(rule, GeometricMean | HarmonicMean | PowerMean) else None
    return max(value, ZERO if floor is None else floor)


def _power_mean(power: Fraction, pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the mean of pairs of share and points with this exponent; 0 is the geometric one.

    Of a zero it is the limit.
    """
    if power <= 0 and any(value == 0 for _, value in pairs):
        return ZERO
    if all(value == 0 for _, value in pairs):
        return ZERO
    if power == 1:
        return sum(share * value for share, value in pairs)
    if power == -1:
        return 1 / sum(share / value for share, value in pairs)
    if power == 0:
        logarithm = sum(share * _logarithm(value) for share, value in pairs)
        return _exponential(logarithm)
    total = sum(share * _raise(value, power) for share, value in pairs)
    return _raise(total, 1 / power)


def _raise(value: Fraction, power: Fraction) -> Fraction:
    return ZERO if value == 0 else _exponential(power * _logarithm(value))


def _logarithm(value: Fraction) -> Fraction:
    return Fraction(_DIGITS.ln(_decimal(value)))


def _exponential(value: Fraction) -> Fraction:
    return Fraction(_DIGITS.exp(_decimal(value)))


def _decimal(value: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def _each(function: Callable[[Fraction], Fraction], span: Span) -> Span:
    """Return what a rising function makes of a span."""
    return Span(function(span.low), function(span.value), function(span.high))


def _plus(one: Span, other: Span, sign: int, *, rational: bool) -> Span:
    """Return a sum, or with a negative sign a difference."""
    low, high = (other.low, other.high) if sign > 0 else (other.high, other.low)
    result = Span(one.low + sign * low, one.value + sign * other.value, one.high + sign * high)
    if rational:
        return result
    return result.wider(SLACK * max(abs(one.high), abs(one.low), abs(low), abs(high)))


def _rounded_span(span: Span, rounding: Rounding | None, *, rational: bool) -> Span:
    if not rational:
        # A floor or cap is not always a double.
        span = span.wider(SLACK * max(abs(span.low), abs(span.high)))
    return _each(lambda value: rounded(value, rounding), span)


def _at_least_of(span: Span, floor: Fraction) -> Span:
    return _each(lambda value: max(value, floor), span)


def _at_most_of(span: Span, cap: Fraction) -> Span:
    return _each(lambda value: min(value, cap), span)


# The least


def least(node: Node, instrument: Instrument, weights: Mapping[str, Fraction]) -> Span:
    """Return the least that a node can be worth where everything is answered.

    For every way to answer the gates, each child that applies is taken at its own least, and so is
    each bonus; each deduction is taken at its most. A cap that waits for a shortfall is taken to
    hold where the shortfall is possible at all.
    """
    if isinstance(node, Indicator):
        return Span.of(min(level.points for level in node.levels))
    if isinstance(node, Measure):
        return min(_worths(node), key=lambda span: span.value)
    if not node.children:
        return Span.of(ZERO)
    rule = node.rule
    assert rule is not None
    rational = is_rational(node)
    lowest = {child.code: least(child, instrument, weights) for child in node.children}
    options = {
        gate.code: [option.value for option in gate.options]
        for gate in instrument.gates
        if gate.code in _gates_that_matter(node, weights)
    }
    found: list[Span] = []
    for choice in product(*options.values()):
        gates = dict(zip(options, choice, strict=True))
        present = [
            (weight_in(rule, child, weights), lowest[child.code])
            for child in node.children
            if does_stand(child, gates, weights)
        ]
        if present and (
            isinstance(rule, WeightedSum) or sum((weight for weight, _ in present), ZERO) != 0
        ):
            found.append(combined(rule, present, rational=rational))
    result = min(found, key=lambda span: span.value, default=Span.of(ZERO))
    for bonus in node.bonuses:
        result = _plus(result, least(bonus, instrument, weights), 1, rational=rational)
    for deduction in node.deductions:
        most = max(_worths(deduction), key=lambda span: span.value)
        result = _plus(result, most, -1, rational=rational)
    if node.floor is not None:
        result = _at_least_of(result, node.floor.value)
    for cap in node.caps:
        if cap.shortfall is not None:
            code = cap.shortfall.code
            (below,) = (other for other in _nodes(node) if other.code == code)
            if least(below, instrument, weights).value >= cap.shortfall.below:
                continue
        result = _at_most_of(result, cap.maximum)
    return _rounded_span(result, node.rounding, rational=rational)


def _worths(measure: Measure) -> list[Span]:
    """Return what the values of a measure are worth, the least and the most among them."""
    ends = [measured(measure, measure.minimum), measured(measure, measure.maximum)]
    if isinstance(measure.scale, ThresholdScale):
        ends += [
            Span.of(step.points)
            for step in measure.scale.steps[1:]
            if measure.minimum <= step.start <= measure.maximum
            and (step.inclusive or step.start < measure.maximum)
        ]
    return ends


# Rounding, bands and ranks


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


# The tree


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Dimension):
        for below in (*node.children, *node.bonuses, *node.deductions):
            yield from _nodes(below)


def _dimensions(dimension: Dimension) -> Iterator[Dimension]:
    return (node for node in _nodes(dimension) if isinstance(node, Dimension))


def does_stand(
    node: Node, gates: Mapping[str, str], weights: Mapping[str, Fraction]
) -> bool | None:
    """Say whether a node applies by the gates; None where that waits for an answer."""
    if isinstance(node, Indicator):
        return indicator_applies(node, gates)
    if isinstance(node, Measure) or not node.children:
        return True
    found = [
        does_stand(child, gates, weights)
        for child in node.children
        if _can_carry(node, child, weights)
    ]
    if True in found:
        return True
    return None if None in found else False


def _always_stands(node: Node, weights: Mapping[str, Fraction]) -> bool:
    """Say whether a node applies without a look at the gates."""
    return does_stand(node, {}, weights) is True


def _can_carry(parent: Dimension, child: Node, weights: Mapping[str, Fraction]) -> bool:
    """Say whether a child makes its parent apply: in a mean, one without weight does not."""
    rule = parent.rule
    assert rule is not None
    return isinstance(rule, WeightedSum) or weight_in(rule, child, weights) > 0


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
        for child in (*node.children, *node.bonuses, *node.deductions):
            yield from _missing(child, answers)
