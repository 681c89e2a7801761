"""Compiling an instrument and its weights into a program.

Compiling walks the tree once, children before parents. Bounds on every intermediate number choose
the narrowest carrier that holds it exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

import attrs

from meritindex.definition import (
    Dimension,
    HarmonicMean,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    Node,
    PowerMean,
    Shortfall,
    ThresholdScale,
    is_exact,
)
from meritindex.definition.applicability import deciding_gates
from meritindex.definition.ranges import points_ranges
from meritindex.scoring.combining import Operand, combine, divisors_of, take
from meritindex.scoring.program import (
    BandCeiling,
    Ceiling,
    Column,
    Domain,
    MeasureColumn,
    Program,
    Step,
    Term,
    Watch,
)


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
        column.indicator.code: Operand(place, column.unit, column.largest, signed=column.signed)
        for place, column in enumerate(columns)
    }
    measures = tuple(_measure_column(measure, policies) for measure in instrument.measures)
    for place, measure_column in enumerate(measures):
        measure = measure_column.measure
        operands[measure.code] = Operand(
            place,
            measure_column.unit,
            measure_column.bound,
            signed=measure.lowest < 0,
            domain=measure_column.domain,
        )

    def weight_of(node: Node) -> Fraction:
        return weights[node.code]

    # What the policy "lowest" puts in place of a dimension; without it, nobody asks.
    lowest = dict.fromkeys(policies, Fraction(0))
    if MissingPolicy.LOWEST in policies.values():
        ranges = points_ranges(instrument.root, instrument.gates, weight_of)
        lowest = {code: low for code, (low, _) in ranges.items()}
    steps: list[Step] = []
    for dimension in reversed(instrument.dimensions):
        extra = () if divisors is None else divisors.get(dimension.code, ())
        domain = _domain(dimension, operands)
        step = _build_step(
            dimension,
            operands,
            weights,
            divisors_of(dimension, instrument, weights, extra) if domain is Domain.INTEGER else (),
            domain,
            place=len(steps),
            gated=bool(deciding_gates(dimension, weight_of)),
            below=tuple(
                operands[node.code].place
                for node in tuple(dimension.walk())[1:]
                if isinstance(node, Dimension)
            ),
            policy=policies[dimension.code],
            lowest=lowest[dimension.code],
            entry_range=instrument.entry_range(dimension) if dimension.code in entered else None,
        )
        steps.append(step)
        operands[dimension.code] = Operand(
            step.place,
            Fraction(1, step.denominator),
            step.bound,
            signed=step.signed,
            domain=step.result,
        )
    return Program(columns=columns, measures=measures, steps=tuple(steps))


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


def _domain(dimension: Dimension, operands: Mapping[str, Operand]) -> Domain:
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
    operands: Mapping[str, Operand],
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
        combined = combine(dimension, operands, weights, divisors)
    else:
        combined = take(dimension, operands, weights, domain)

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
    dimension: Dimension, operands: Mapping[str, Operand], domain: Domain, denominator: int
) -> tuple[Term, ...]:
    """Return bonuses and deductions as summands; a sign, where numbers stand for themselves."""
    signs = [1] * len(dimension.bonuses) + [-1] * len(dimension.deductions)

    def factor(operand: Operand) -> int:
        if domain is not Domain.INTEGER:
            return 1
        # What is always zero needs no factor, which might be too wide for the carrier.
        return int(operand.unit * denominator) if operand.bound else 0

    return tuple(
        Term(operands[item.code].place, sign * factor(operands[item.code]), 0)
        for sign, item in zip(signs, dimension.adjustments, strict=True)
    )


def _watch(
    dimension: Dimension,
    shortfall: Shortfall,
    operands: Mapping[str, Operand],
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
    dimension: Dimension, operands: Mapping[str, Operand]
) -> tuple[BandCeiling, ...]:
    names = [] if dimension.bands is None else [band.name.id for band in dimension.bands]
    return tuple(
        BandCeiling(
            number=names.index(cap.band) + 1,
            watch=_watch(dimension, cap.shortfall, operands, covers_itself=True),
        )
        for cap in dimension.band_caps
    )
