"""The program of a plan: what each dimension adds up, and over which denominator.

Compiling walks the tree once, children before parents. Every dimension becomes a step: integer
coefficients for its indicators' levels, its measures and the dimensions below, and a denominator.
A rule that is no plain sum, such as a minimum or a geometric mean, takes its children one by one
instead (`Step.inputs`), in the numbers that it needs: integers, Fractions or doubles.

Where gates or a policy decide what counts, the divisor of a weighted mean depends on the row; the
step then knows every divisor that can occur, and the integer factor that brings each to the common
denominator. Bounds on every intermediate number choose the narrowest carrier that holds it exactly.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import attrs
import numpy as np

from meritindex.definition import (
    Dimension,
    HarmonicMean,
    Indicator,
    Instrument,
    Measure,
    Median,
    MissingPolicy,
    Node,
    PowerMean,
    Shortfall,
    ThresholdScale,
    is_exact,
)
from meritindex.definition.applicability import deciding_gates, points_range, presence_patterns

# Carriers of a step: the first whose limit is above every number that it can meet.
UINT16_LIMIT = 2**16
INT32_LIMIT = 2**31
INT64_LIMIT = 2**63


class Domain(enum.Enum):
    """In what numbers a node is computed."""

    INTEGER = enum.auto()  # integers, each worth the unit of the node
    FRACTION = enum.auto()  # Fractions, where a rule leaves rows no common denominator
    DOUBLE = enum.auto()  # doubles, where a rule is not rational


@attrs.frozen(kw_only=True)
class Column:
    """How the levels of one indicator become integers, each worth `unit` points.

    Where `table` is None, points are proportional to the level and the level itself is the integer;
    else the table holds the integer of each level. `largest` bounds their size.
    """

    indicator: Indicator
    policy: MissingPolicy
    unit: Fraction
    table: tuple[int, ...] | None
    largest: int
    signed: bool

    @property
    def is_narrow(self) -> bool:
        """Whether 64 bits hold its integers."""
        return self.largest < INT64_LIMIT

    @property
    def numbers(self) -> tuple[int, ...]:
        """The integer of each level, from the lowest."""
        return self.table or tuple(level.value for level in self.indicator.levels)

    @property
    def lowest(self) -> int:
        """The number of the lowest level."""
        return self.indicator.levels[0].value

    @property
    def highest(self) -> int:
        """The number of the highest level."""
        return self.indicator.levels[-1].value


@attrs.frozen(kw_only=True)
class MeasureColumn:
    """A measure: what its numbers, which are integers over `10**decimals`, are worth.

    Its points are integers, each worth `unit`, or doubles; `bound` is their largest size. `fill` is
    what a policy puts in place of a missing one.
    """

    measure: Measure
    policy: MissingPolicy
    domain: Domain
    unit: Fraction
    bound: int

    def number(self, raw: int) -> int | float:
        """Return the points of a value, as a number of the column."""
        return self._number(self.measure.points_of(Fraction(raw, 10**self.measure.decimals)))

    @property
    def fill(self) -> int | float:
        """The number of a missing value under `zero` or `lowest`."""
        if self.policy is MissingPolicy.ZERO:
            return 0
        return self._number(self.measure.lowest)

    def _number(self, points: Fraction) -> int | float:
        return float(points) if self.domain is Domain.DOUBLE else int(points / self.unit)


@attrs.frozen
class Term:
    """A summand of a step: the number at `place` times `coefficient`; `share` is its weight."""

    place: int
    coefficient: int
    share: int


@attrs.frozen(kw_only=True)
class Input:
    """A child of a step that takes its children one by one.

    Attributes:
        node: the child.
        place: among the columns, measures or steps, by the kind of the child.
        weight: its weight.
        unit: what one of its numbers is worth.
        factor: brings its integers to the denominator of a step that is computed in integers.
    """

    node: Node
    place: int
    weight: Fraction
    unit: Fraction
    factor: int


@attrs.frozen(kw_only=True)
class Watch:
    """A shortfall that a cap depends on: the number at `place` is below `limit`, in its own units.

    Points entered at one of the dimensions `covers`, between it and the cap, leave it unknown.
    """

    node: Node
    place: int
    limit: Fraction
    covers: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Ceiling:
    """The most that a step can be, in its own numbers; `watch` is None where that always holds."""

    number: Any
    watch: Watch | None


@attrs.frozen(kw_only=True)
class BandCeiling:
    """The number of the best band that a step can have while `watch` holds."""

    number: int
    watch: Watch


@attrs.frozen(kw_only=True)
class Step:
    """How one dimension is computed, in this order.

    The sum of its terms, times the factor of the row's divisor (`divisors` is empty where there is
    but one, already in the coefficients); or, where there are `inputs`, what the rule makes of
    them, in the numbers of `domain`. Times `adjustment_factor`, with the adjustments: points over
    `raw_denominator`. Not below `floor`, not above the `ceilings`. Rounded, where the dimension
    says so. Times `final_factor`: points over `denominator`, in the numbers of `result`. A number
    entered for it, times `entry_factor`, takes its place.

    What lies below an entered number is not given: `below` are the places of those steps. A step is
    `gated` where gates decide whether its dimension applies.

    `sum_bound`, `bound` and `peak` bound the size of the sum, the result, and every number between.
    """

    dimension: Dimension
    place: int
    below: tuple[int, ...]
    gated: bool
    policy: MissingPolicy
    columns: tuple[Term, ...]
    measures: tuple[Term, ...]
    children: tuple[Term, ...]
    inputs: tuple[Input, ...]
    divisors: tuple[int, ...]
    factors: tuple[int, ...]
    adjustments: tuple[Term, ...]
    adjustment_factor: int
    floor: Any
    ceilings: tuple[Ceiling, ...]
    band_ceilings: tuple[BandCeiling, ...]
    raw_denominator: int
    final_factor: int
    entry_factor: int
    lowest: Any
    denominator: int
    domain: Domain
    result: Domain
    exact: bool
    sum_bound: int
    bound: int
    peak: int
    signed: bool

    @cached_property
    def total_share(self) -> int:
        """The divisor where every child counts."""
        return sum(term.share for term in (*self.columns, *self.measures, *self.children))

    @cached_property
    def carrier(self) -> type[Any]:
        """The narrowest type that holds every number of the step."""
        if self.result is Domain.DOUBLE:
            return np.float64
        if self.result is Domain.FRACTION:
            return object
        if not self.signed and self.peak < UINT16_LIMIT:
            return np.uint16
        if self.peak < INT32_LIMIT:
            return np.int32
        return np.int64 if self.peak < INT64_LIMIT else object


@attrs.frozen(kw_only=True, eq=False)
class Program:
    """The steps of all dimensions, children before parents; the root is the last."""

    columns: tuple[Column, ...]
    measures: tuple[MeasureColumn, ...]
    steps: tuple[Step, ...]

    def has_open_divisors(self, step: Step, *, waiting: bool) -> bool:
        """Say whether the data decide which divisors of a mean occur, not the gates alone.

        So it is where something missing drops out of the mean, and where a dimension that may not
        apply stands in it all the same: because points are entered at or below it, or because its
        gates are not all answered (`waiting`: whether any are not).
        """
        if step.inputs or step.dimension.rule is None or not step.dimension.rule.reweighs:
            return False
        below = [self.steps[term.place] for term in step.children]
        policies = (
            *(self.columns[term.place].policy for term in step.columns),
            *(self.measures[term.place].policy for term in step.measures),
            *(child.policy for child in below),
        )
        return MissingPolicy.DROP in policies or any(
            child.gated and (waiting or self._has_entries(child)) for child in below
        )

    def _has_entries(self, step: Step) -> bool:
        return any(self.steps[place].entry_factor for place in (step.place, *step.below))

    @property
    def root(self) -> Step:
        """The step of the total."""
        return self.steps[-1]


@attrs.frozen
class _Operand:
    """A child as its parent sees it: numbers of at most `bound` in size, each worth `unit`."""

    place: int
    unit: Fraction
    bound: int
    signed: bool
    domain: Domain = Domain.INTEGER

    @property
    def size(self) -> Fraction:
        """The largest size of its points."""
        return self.bound * self.unit


def build_program(
    instrument: Instrument,
    weights: Mapping[str, Fraction],
    policies: Mapping[str, MissingPolicy],
    entered: frozenset[str] = frozenset(),
    divisors: Mapping[str, tuple[int, ...]] | None = None,
) -> Program:
    """Compile the integer program of an instrument.

    Args:
        instrument: what to compile.
        weights: the weight of every node below the root.
        policies: what each node counts for when it is missing.
        entered: dimensions for which points are entered in the data at hand.
        divisors: for dimensions that drop what is missing, the divisors that occur in the data at
            hand (see `integer_weights`); those that gates alone can produce need not be given.
    """
    columns = tuple(_column(indicator, policies) for indicator in instrument.indicators)
    operands = {
        column.indicator.code: _Operand(place, column.unit, column.largest, signed=column.signed)
        for place, column in enumerate(columns)
    }
    measures = tuple(_measure_column(measure, policies) for measure in instrument.measures)
    for place, measure_column in enumerate(measures):
        measure = measure_column.measure
        operands[measure.code] = _Operand(
            place,
            measure_column.unit,
            measure_column.bound,
            signed=measure.lowest < 0,
            domain=measure_column.domain,
        )

    def weight_of(node: Node) -> Fraction:
        return weights[node.code]

    steps: list[Step] = []
    for dimension in reversed(instrument.dimensions):
        extra = () if divisors is None else divisors.get(dimension.code, ())
        domain = _domain(dimension, operands)
        step = _build_step(
            dimension,
            operands,
            weights,
            _divisors(dimension, instrument, weights, extra) if domain is Domain.INTEGER else (),
            domain,
            place=len(steps),
            gated=bool(deciding_gates(dimension, weight_of)),
            below=tuple(
                operands[node.code].place
                for node in tuple(dimension.walk())[1:]
                if isinstance(node, Dimension)
            ),
            policy=policies[dimension.code],
            lowest=points_range(dimension, instrument.gates, weight_of)[0],
            entry_range=instrument.entry_range(dimension) if dimension.code in entered else None,
        )
        steps.append(step)
        operands[dimension.code] = _Operand(
            step.place,
            Fraction(1, step.denominator),
            step.bound,
            signed=step.signed,
            domain=step.result,
        )
    return Program(columns=columns, measures=measures, steps=tuple(steps))


def integer_weights(dimension: Dimension, weights: Mapping[str, Fraction]) -> tuple[int, ...]:
    """Return the weights of the children as integers in the same proportions.

    A divisor of the dimension is the sum of those that count.
    """
    values = [weights[child.code] for child in dimension.children]
    scale = lcm(*(value.denominator for value in values))
    scaled = [int(value * scale) for value in values]
    common = gcd(*scaled) or 1
    return tuple(value // common for value in scaled)


def _divisors(
    dimension: Dimension,
    instrument: Instrument,
    weights: Mapping[str, Fraction],
    extra: tuple[int, ...],
) -> tuple[int, ...]:
    """Return every divisor that can occur, ascending, without zero; empty for a sum."""
    rule = dimension.rule
    if rule is None or not (rule.linear and rule.reweighs):
        return ()
    shares = integer_weights(dimension, weights)
    sums = {
        sum(share for share, present in zip(shares, pattern, strict=True) if present)
        for pattern in presence_patterns(
            dimension.children, instrument.gates, lambda node: weights[node.code]
        )
    }
    return tuple(sorted((sums | set(extra)) - {0})) or (1,)


def _column(indicator: Indicator, policies: Mapping[str, MissingPolicy]) -> Column:
    top = indicator.levels[-1]
    each = top.points / top.value if top.value else Fraction(0)
    # Of points that are all zero, no unit can be made.
    if each and all(level.points == level.value * each for level in indicator.levels):
        unit, numbers, table = each, [top.value], None
    else:
        unit = Fraction(1, lcm(*(level.points.denominator for level in indicator.levels)))
        numbers = [int(level.points / unit) for level in indicator.levels]
        table = tuple(numbers)
    return Column(
        indicator=indicator,
        policy=policies[indicator.code],
        unit=unit,
        table=table,
        largest=max(map(abs, numbers)),
        signed=min(numbers) < 0,
    )


def _measure_column(measure: Measure, policies: Mapping[str, MissingPolicy]) -> MeasureColumn:
    domain = Domain.INTEGER if is_exact(measure) else Domain.DOUBLE
    unit = Fraction(1) if domain is Domain.DOUBLE else _measure_unit(measure)
    size = max(abs(measure.lowest), abs(measure.highest))
    return MeasureColumn(
        measure=measure,
        policy=policies[measure.code],
        domain=domain,
        unit=unit,
        bound=(size / unit).__ceil__(),
    )


def _measure_unit(measure: Measure) -> Fraction:
    """Return a unit of which all points are multiples."""
    scale, step = measure.scale, Fraction(1, 10**measure.decimals)
    if scale is None:
        return step
    if isinstance(scale, ThresholdScale):
        worth = [step.points for step in scale.steps]
    else:
        # Points rise evenly from value to value; at a post they are those of the post.
        zero = scale.points_at_low - scale.slope * scale.low
        worth = [scale.slope * step, zero, scale.points_at_low, scale.points_at_high]
    return Fraction(1, lcm(*(points.denominator for points in worth)))


def _domain(dimension: Dimension, operands: Mapping[str, _Operand]) -> Domain:
    """Return in what numbers a dimension is computed."""
    rule = dimension.rule
    below = {operands[item.code].domain for item in (*dimension.children, *dimension.adjustments)}
    if Domain.DOUBLE in below or not (rule is None or rule.exact):
        return Domain.DOUBLE
    if Domain.FRACTION in below or isinstance(rule, HarmonicMean | PowerMean):
        return Domain.FRACTION
    return Domain.INTEGER


def _build_step(  # noqa: PLR0913 - each is one fact about the dimension
    dimension: Dimension,
    operands: Mapping[str, _Operand],
    weights: Mapping[str, Fraction],
    divisors: tuple[int, ...],
    domain: Domain,
    *,
    place: int,
    below: tuple[int, ...],
    gated: bool,
    policy: MissingPolicy,
    lowest: Fraction,
    entry_range: tuple[Fraction, Fraction] | None,
) -> Step:
    """Compile one dimension: its rule, what adjusts and bounds it, its rounding, its entries."""
    rule = dimension.rule
    if domain is Domain.INTEGER and (rule is None or rule.linear):
        combined = _combine(dimension, operands, weights, divisors)
    else:
        combined = _take(dimension, operands, weights, domain)

    limits = [cap.maximum for cap in dimension.caps]
    limits += [] if dimension.floor is None else [dimension.floor.value]
    raw_denominator = combined.denominator
    if domain is Domain.INTEGER:
        units = [operands[item.code].unit for item in dimension.adjustments]
        finest = [*(unit.denominator for unit in units), *(value.denominator for value in limits)]
        raw_denominator = lcm(raw_denominator, *finest)
    adjustment_factor = raw_denominator // combined.denominator
    adjustments = _adjustments(dimension, operands, domain, raw_denominator)
    size = Fraction(combined.bound, combined.denominator)
    size += sum(operands[item.code].size for item in dimension.adjustments)
    size = max([size, *map(abs, limits)])
    bound = (size * raw_denominator).__ceil__()
    peak = max(bound, combined.sum_bound)

    denominator, result = raw_denominator, domain
    if dimension.rounding is not None:
        denominator, result = 10**dimension.rounding.digits, Domain.INTEGER
        numerator, divisor = Fraction(denominator, raw_denominator).as_integer_ratio()
        rounded_bound = bound * numerator // divisor + 1
        # Fractions and doubles are rounded before they meet the carrier.
        before_carrier = 2 * bound * numerator + 2 * divisor
        peak = max(peak, before_carrier) if domain is Domain.INTEGER else rounded_bound
        bound = rounded_bound

    ends = [] if entry_range is None else list(entry_range)
    if policy is MissingPolicy.LOWEST:
        ends.append(lowest)
    before = denominator
    if result is Domain.INTEGER:
        if entry_range is not None:
            denominator = lcm(denominator, 10**dimension.decimals)
        if policy is MissingPolicy.LOWEST:
            denominator = lcm(denominator, lowest.denominator)
    entry_factor = 0 if entry_range is None else max(denominator // 10**dimension.decimals, 1)
    bound = max(
        bound * (denominator // before),
        entry_factor,
        *((abs(end) * denominator).__ceil__() for end in ends),
    )
    numbers = _Numbers(result, denominator)
    raw_numbers = _Numbers(domain, raw_denominator)
    return Step(
        dimension=dimension,
        place=place,
        below=below,
        gated=gated,
        policy=policy,
        columns=combined.terms(dimension, Indicator, operands),
        measures=combined.terms(dimension, Measure, operands),
        children=combined.terms(dimension, Dimension, operands),
        inputs=combined.inputs,
        divisors=combined.divisors,
        factors=combined.factors,
        adjustments=adjustments,
        adjustment_factor=adjustment_factor,
        floor=None if dimension.floor is None else raw_numbers.of(dimension.floor.value),
        ceilings=tuple(
            Ceiling(
                number=raw_numbers.of(cap.maximum),
                watch=None
                if cap.shortfall is None
                else _watch(dimension, cap.shortfall, operands, covers_itself=False),
            )
            for cap in dimension.caps
        ),
        band_ceilings=_band_ceilings(dimension, operands),
        raw_denominator=raw_denominator,
        final_factor=denominator // before,
        entry_factor=entry_factor,
        lowest=numbers.of(lowest) if policy is MissingPolicy.LOWEST else 0,
        denominator=denominator,
        domain=domain,
        result=result,
        exact=is_exact(dimension),
        sum_bound=combined.sum_bound,
        bound=bound,
        peak=max(peak, bound),
        signed=combined.signed
        or bool(dimension.deductions)
        or any(operands[item.code].signed for item in dimension.bonuses)
        or any(end < 0 for end in (*ends, *limits)),
    )


@attrs.frozen
class _Numbers:
    """The numbers of a step: integers over a denominator, Fractions or doubles."""

    domain: Domain
    denominator: int

    def of(self, points: Fraction) -> int | Fraction | float:
        """Return points as such a number."""
        if self.domain is Domain.DOUBLE:
            return float(points)
        return points if self.domain is Domain.FRACTION else int(points * self.denominator)


def _adjustments(
    dimension: Dimension, operands: Mapping[str, _Operand], domain: Domain, denominator: int
) -> tuple[Term, ...]:
    """Return bonuses and deductions as summands; a sign, where numbers stand for themselves."""
    signs = [1] * len(dimension.bonuses) + [-1] * len(dimension.deductions)
    return tuple(
        Term(
            operands[item.code].place,
            sign * int(operands[item.code].unit * denominator)
            if domain is Domain.INTEGER
            else sign,
            0,
        )
        for sign, item in zip(signs, dimension.adjustments, strict=True)
    )


def _watch(
    dimension: Dimension,
    shortfall: Shortfall,
    operands: Mapping[str, _Operand],
    *,
    covers_itself: bool,
) -> Watch:
    """Find the node of a shortfall below a dimension, and the dimensions on the way to it."""
    nodes = list(dimension.walk())
    node = next(node for node in nodes if node.code == shortfall.code)
    covers = [
        above.code
        for above in nodes
        if isinstance(above, Dimension)
        and (covers_itself or above is not dimension)
        and above is not node
        and any(below is node for below in above.walk())
    ]
    operand = operands[node.code]
    return Watch(
        node=node,
        place=operand.place,
        limit=shortfall.below / operand.unit,
        covers=tuple(covers),
    )


def _band_ceilings(
    dimension: Dimension, operands: Mapping[str, _Operand]
) -> tuple[BandCeiling, ...]:
    names = [] if dimension.bands is None else [band.name.id for band in dimension.bands]
    return tuple(
        BandCeiling(
            number=names.index(cap.band) + 1,
            watch=_watch(dimension, cap.shortfall, operands, covers_itself=True),
        )
        for cap in dimension.band_caps
    )


@attrs.frozen(kw_only=True)
class _Combination:
    """What the rule of a dimension amounts to."""

    coefficients: tuple[int, ...]
    shares: tuple[int, ...]
    inputs: tuple[Input, ...] = ()
    divisors: tuple[int, ...]
    factors: tuple[int, ...]
    denominator: int
    sum_bound: int
    bound: int
    signed: bool

    def terms(
        self, dimension: Dimension, kind: type[Any], operands: Mapping[str, _Operand]
    ) -> tuple[Term, ...]:
        """Return the summands whose child is of this kind."""
        return tuple(
            Term(operands[child.code].place, coefficient, share)
            for child, coefficient, share in zip(
                dimension.children, self.coefficients, self.shares, strict=True
            )
            if isinstance(child, kind)
        )


def _combine(
    dimension: Dimension,
    operands: Mapping[str, _Operand],
    weights: Mapping[str, Fraction],
    divisors: tuple[int, ...],
) -> _Combination:
    """Compile a rule that is a sum of integers."""
    children = [operands[child.code] for child in dimension.children]
    rule = dimension.rule
    shares = _shares(dimension, weights)
    factors: Sequence[Fraction] = ()
    if rule is not None and rule.reweighs:
        only = divisors[0] if len(divisors) == 1 else 1
        factors = [Fraction(share, only) for share in shares]
    elif rule is not None:
        factors = [weights[child.code] / (rule.whole or 1) for child in dimension.children]
    units = [factor * child.unit for factor, child in zip(factors, children, strict=True)]
    denominator = lcm(*(unit.denominator for unit in units))
    # A child that is always zero needs no coefficient, which might be too wide for the carrier.
    coefficients = [
        int(unit * denominator) if child.bound else 0
        for unit, child in zip(units, children, strict=True)
    ]
    multipliers: tuple[int, ...] = ()
    if len(divisors) > 1:
        common = gcd(*coefficients) or 1
        coefficients = [coefficient // common for coefficient in coefficients]
        # What one unit of the sum is worth under each divisor.
        worth = [Fraction(common, denominator * divisor) for divisor in divisors]
        denominator = lcm(*(value.denominator for value in worth))
        multipliers = tuple(int(value * denominator) for value in worth)
    sum_bound = sum(
        coefficient * child.bound for coefficient, child in zip(coefficients, children, strict=True)
    )
    return _Combination(
        coefficients=tuple(coefficients),
        shares=shares,
        divisors=divisors if multipliers else (),
        factors=multipliers,
        denominator=denominator,
        sum_bound=sum_bound,
        bound=max(sum_bound, 1) * max(multipliers, default=1),
        signed=any(child.signed for child in children),
    )


def _shares(dimension: Dimension, weights: Mapping[str, Fraction]) -> tuple[int, ...]:
    """Return the weights as integers; of a sum ones, as only matters whether anything applies."""
    if dimension.rule is None or not dimension.rule.reweighs:
        return (1,) * len(dimension.children)
    return integer_weights(dimension, weights)


def _take(
    dimension: Dimension,
    operands: Mapping[str, _Operand],
    weights: Mapping[str, Fraction],
    domain: Domain,
) -> _Combination:
    """Compile a rule that takes its children one by one."""
    children = [operands[child.code] for child in dimension.children]
    rule = dimension.rule
    sizes = [child.size for child in children]
    if rule is not None and not rule.reweighs:
        sizes = [
            weights[node.code] / (rule.whole or 1) * size
            for node, size in zip(dimension.children, sizes, strict=True)
        ]
        largest = sum(sizes, Fraction(0))
    else:  # a mean lies between its children
        floor = getattr(rule, "floor", None) or Fraction(0)
        largest = max([floor, *sizes])
    # Integers meet over a common denominator; the middle of two needs half of its unit.
    common = lcm(*(child.unit.denominator for child in children))
    halves = 2 if isinstance(rule, Median) else 1
    integer = domain is Domain.INTEGER
    denominator = common * halves if integer else 1
    bound = (largest * denominator).__ceil__() + 1
    return _Combination(
        coefficients=(0,) * len(children),
        shares=_shares(dimension, weights),
        inputs=tuple(
            Input(
                node=node,
                place=child.place,
                weight=weights[node.code],
                unit=child.unit,
                factor=int(child.unit * common) if integer else 1,
            )
            for node, child in zip(dimension.children, children, strict=True)
        ),
        divisors=(),
        factors=(),
        denominator=denominator,
        sum_bound=bound if integer else 0,
        bound=bound,
        # What does not count stands above all others (see `taking`), so that the bound has a place.
        signed=any(child.signed for child in children),
    )
