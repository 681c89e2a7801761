"""What the rule of a dimension amounts to: coefficients of a sum, or inputs taken one by one.

Where gates or a policy decide what counts, the divisor of a weighted mean depends on the row; the
rule then knows every divisor that can occur, and the integer factor that brings each to the common
denominator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import attrs

from meritindex.definition import (
    Dimension,
    Instrument,
    Median,
)
from meritindex.definition.applicability import presence_patterns
from meritindex.scoring.program import Domain, Input, Term


@attrs.frozen
class Operand:
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


def integer_weights(dimension: Dimension, weights: Mapping[str, Fraction]) -> tuple[int, ...]:
    """Return the weights of the children as integers in the same proportions.

    A divisor of the dimension is the sum of those that count.
    """
    values = [weights[child.code] for child in dimension.children]
    scale = lcm(*(value.denominator for value in values))
    scaled = [int(value * scale) for value in values]
    common = gcd(*scaled) or 1
    return tuple(value // common for value in scaled)


def divisors_of(
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


@attrs.frozen(kw_only=True)
class Combination:
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
        self, dimension: Dimension, kind: type[Any], operands: Mapping[str, Operand]
    ) -> tuple[Term, ...]:
        """Return the summands whose child is of this kind."""
        return tuple(
            Term(operands[child.code].place, coefficient, share)
            for child, coefficient, share in zip(
                dimension.children, self.coefficients, self.shares, strict=True
            )
            if isinstance(child, kind)
        )


def combine(
    dimension: Dimension,
    operands: Mapping[str, Operand],
    weights: Mapping[str, Fraction],
    divisors: tuple[int, ...],
) -> Combination:
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
    return Combination(
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


def take(
    dimension: Dimension,
    operands: Mapping[str, Operand],
    weights: Mapping[str, Fraction],
    domain: Domain,
) -> Combination:
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
    return Combination(
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
        sum_bound=bound,
        bound=bound,
        # What does not count is set to the bound, above all others (see `taking`).
        signed=any(child.signed for child in children),
    )
