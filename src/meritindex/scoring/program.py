"""The integer program of a plan: what each dimension adds up, and over which denominator.

Compiling walks the tree once, children before parents. Every dimension becomes a step: integer
coefficients for its indicators' levels, its measures and the dimensions below, and a denominator.
Where gates or a policy decide what counts, the divisor of a weighted mean depends on the row; the
step then knows every divisor that can occur, and the integer factor that brings each to the common
denominator. Bounds on every intermediate number choose the narrowest carrier that holds it exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import attrs
import numpy as np

from meritindex.definition import (
    Dimension,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    Node,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.applicability import deciding_gates, points_range, presence_patterns

# Carriers of a step: the first whose limit is above every number that it can meet.
UINT16_LIMIT = 2**16
INT32_LIMIT = 2**31
INT64_LIMIT = 2**63


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
    def lowest(self) -> int:
        """The number of the lowest level."""
        return self.indicator.levels[0].value

    @property
    def highest(self) -> int:
        """The number of the highest level."""
        return self.indicator.levels[-1].value


@attrs.frozen(kw_only=True)
class MeasureColumn:
    """A measure, as integers over `10**decimals`; `fill` is what a policy puts in its place."""

    measure: Measure
    policy: MissingPolicy

    @property
    def fill(self) -> int:
        """The integer of a missing value under `zero` or `lowest`."""
        if self.policy is MissingPolicy.ZERO:
            return 0
        return int(self.measure.minimum * 10**self.measure.decimals)


@attrs.frozen
class Term:
    """A summand of a step: the number at `place` times `coefficient`; `share` is its weight."""

    place: int
    coefficient: int
    share: int


@attrs.frozen(kw_only=True)
class Step:
    """How one dimension is computed, in this order.

    The sum of its terms, times the factor of the row's divisor (`divisors` is empty where there is
    but one, already in the coefficients); times `deduction_factor`, less the deductions: points
    over `raw_denominator`. Rounded, where the dimension says so. Times `final_factor`: points over
    `denominator`. A number entered for it, times `entry_factor`, takes its place.

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
    divisors: tuple[int, ...]
    factors: tuple[int, ...]
    deductions: tuple[Term, ...]
    deduction_factor: int
    raw_denominator: int
    final_factor: int
    entry_factor: int
    lowest: int
    denominator: int
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
        """The narrowest type that holds every number of the step exactly."""
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
        if not isinstance(step.dimension.rule, WeightedMean):
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
    """A child as its parent sees it: an integer of at most `bound` in size, each worth `unit`."""

    place: int
    unit: Fraction
    bound: int
    signed: bool


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
    for place, measure in enumerate(instrument.measures):
        size = max(abs(measure.minimum), abs(measure.maximum)) * 10**measure.decimals
        operands[measure.code] = _Operand(
            place, Fraction(1, 10**measure.decimals), int(size), signed=measure.minimum < 0
        )

    def weight_of(node: Node) -> Fraction:
        return weights[node.code]

    steps: list[Step] = []
    for dimension in reversed(instrument.dimensions):
        extra = () if divisors is None else divisors.get(dimension.code, ())
        step = _build_step(
            dimension,
            operands,
            weights,
            _divisors(dimension, instrument, weights, extra),
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
            step.place, Fraction(1, step.denominator), step.bound, signed=step.signed
        )
    measures = tuple(
        MeasureColumn(measure=measure, policy=policies[measure.code])
        for measure in instrument.measures
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
    if not isinstance(dimension.rule, WeightedMean):
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
    if all(level.points == level.value * each for level in indicator.levels):
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


def _build_step(  # noqa: PLR0913 - each is one fact about the dimension
    dimension: Dimension,
    operands: Mapping[str, _Operand],
    weights: Mapping[str, Fraction],
    divisors: tuple[int, ...],
    *,
    place: int,
    below: tuple[int, ...],
    gated: bool,
    policy: MissingPolicy,
    lowest: Fraction,
    entry_range: tuple[Fraction, Fraction] | None,
) -> Step:
    """Compile one dimension: its rule, then deductions, then rounding, then what may be entered."""
    combined = _combine(dimension, operands, weights, divisors)

    units = [operands[item.code].unit for item in dimension.deductions]
    raw_denominator = lcm(combined.denominator, *(unit.denominator for unit in units))
    deduction_factor = raw_denominator // combined.denominator
    deductions = tuple(
        Term(operands[item.code].place, int(unit * raw_denominator), 0)
        for item, unit in zip(dimension.deductions, units, strict=True)
    )
    bound = combined.bound * deduction_factor + sum(
        term.coefficient * operands[item.code].bound
        for term, item in zip(deductions, dimension.deductions, strict=True)
    )
    peak = max(bound, combined.sum_bound)

    denominator = raw_denominator
    if dimension.rounding is not None:
        denominator = 10**dimension.rounding.digits
        numerator, divisor = Fraction(denominator, raw_denominator).as_integer_ratio()
        peak = max(peak, 2 * bound * numerator + 2 * divisor)
        bound = bound * numerator // divisor + 1

    ends = [] if entry_range is None else list(entry_range)
    if policy is MissingPolicy.LOWEST:
        ends.append(lowest)
    before = denominator
    if entry_range is not None:
        denominator = lcm(denominator, 10**dimension.decimals)
    if policy is MissingPolicy.LOWEST:
        denominator = lcm(denominator, lowest.denominator)
    entry_factor = 0 if entry_range is None else denominator // 10**dimension.decimals
    bound = max(
        bound * (denominator // before),
        entry_factor,
        *((abs(end) * denominator).__ceil__() for end in ends),
    )
    return Step(
        dimension=dimension,
        place=place,
        below=below,
        gated=gated,
        policy=policy,
        columns=combined.terms(dimension, Indicator, operands),
        measures=combined.terms(dimension, Measure, operands),
        children=combined.terms(dimension, Dimension, operands),
        divisors=combined.divisors,
        factors=combined.factors,
        deductions=deductions,
        deduction_factor=deduction_factor,
        raw_denominator=raw_denominator,
        final_factor=denominator // before,
        entry_factor=entry_factor,
        lowest=int(lowest * denominator) if policy is MissingPolicy.LOWEST else 0,
        denominator=denominator,
        sum_bound=combined.sum_bound,
        bound=bound,
        peak=max(peak, bound),
        signed=combined.signed or bool(deductions) or any(end < 0 for end in ends),
    )


@attrs.frozen(kw_only=True)
class _Combination:
    """What the rule of a dimension amounts to in integers."""

    coefficients: tuple[int, ...]
    shares: tuple[int, ...]
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
    children = [operands[child.code] for child in dimension.children]
    shares = (1,) * len(children)  # of a sum: only whether anything applies matters
    factors: Sequence[Fraction] = ()
    if isinstance(dimension.rule, WeightedMean):
        shares = integer_weights(dimension, weights)
        only = divisors[0] if len(divisors) == 1 else 1
        factors = [Fraction(share, only) for share in shares]
    elif isinstance(dimension.rule, WeightedSum):
        factors = dimension.rule.factors([weights[child.code] for child in dimension.children])
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
