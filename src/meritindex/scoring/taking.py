"""Rules that take their children one by one: minimum, median, and the means that are no plain sum.

The children come as arrays of the step's own numbers (integers over one denominator, Fractions or
doubles). Doubles are added column by column in the order of the children, and functions of them
are Python's own, value by value, so that a row gives the same result alone and among a million.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial, reduce
from math import lcm
from operator import attrgetter
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.definition import (
    GeometricMean,
    HarmonicMean,
    Median,
    Minimum,
    PositiveMean,
    Rule,
    WeightedSum,
)
from meritindex.scoring.column import doubles, worth
from meritindex.scoring.program import Domain, Step

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]


@attrs.frozen(eq=False)
class Taken:
    """One child of a step: its numbers, what weight it has, and the rows where it does not count.

    `out` is None where it counts in every row.
    """

    numbers: Numbers
    weight: Fraction
    out: Mask | None


def converted(numbers: Numbers, own: Domain, unit: Fraction, factor: int, step: Step) -> Numbers:
    """Return the numbers of a child, each worth `unit`, as numbers of the step."""
    if step.domain is Domain.DOUBLE:
        return doubles(numbers, unit)
    if step.domain is Domain.FRACTION:
        return numbers if own is Domain.FRACTION else mapped(numbers, partial(worth, unit=unit))
    wide = numbers.astype(step.carrier)
    return wide if factor == 1 else wide * factor


def mapped(
    numbers: Numbers, function: Callable[[Any], object], kind: npt.DTypeLike = object
) -> Numbers:
    """Apply a function to every number, once for each that is different."""
    values, places = np.unique(numbers, return_inverse=True)
    results = np.empty(len(values), dtype=kind)
    results[:] = [function(value) for value in values.tolist()]
    return results[places.reshape(-1)]


def outside(rule: Rule | None, child: Taken) -> Mask | None:
    """Return the rows in which a mean can't be taken of a child, if there are any.

    These are points of zero or less (below zero, where the rule allows zero) without a floor.
    """
    if not isinstance(rule, PositiveMean) or rule.floor is not None or not child.weight:
        return None
    signs = _signs(child.numbers)
    bad = np.asarray(signs < 0 if rule.zero_allowed else signs <= 0, dtype=np.bool_)
    if child.out is not None:
        bad &= ~child.out
    return bad if bad.any() else None


def combined(step: Step, children: Sequence[Taken]) -> Numbers:
    """Return what the rule of a step makes of its children.

    A row in which nothing counts gets some number that means nothing.
    """
    rule = step.dimension.rule
    if isinstance(rule, Minimum):
        return np.asarray(np.minimum.reduce([_aside(child, step) for child in children]))
    if isinstance(rule, Median):
        return _median(step, children)
    if isinstance(rule, WeightedSum):
        whole = rule.whole or Fraction(1)
        return _added(
            step, [_silent(child, _number(step, child.weight / whole)) for child in children]
        )
    weighed = [child for child in children if child.weight]
    divisor = _divisor(step, weighed)
    if isinstance(rule, PositiveMean):
        return _positive_mean(rule, step, weighed, divisor)
    parts = [_silent(child, _number(step, child.weight)) for child in weighed]
    return np.asarray(_added(step, parts) / divisor)


def _positive_mean(
    rule: PositiveMean, step: Step, children: Sequence[Taken], divisor: Numbers
) -> Numbers:
    one = _number(step, Fraction(1))
    values = []
    for child in children:
        numbers = child.numbers
        if rule.floor is not None:
            numbers = np.maximum(numbers, _number(step, rule.floor))
        # What does not count, or is refused, is out of the way of logarithms and quotients.
        signs = _signs(numbers)
        safe = np.asarray(signs >= 0 if rule.zero_allowed else signs > 0, dtype=np.bool_)
        if child.out is not None:
            safe &= ~child.out
        values.append(np.where(safe, numbers, one))
    weights = [_number(step, child.weight) for child in children]
    if isinstance(rule, GeometricMean):
        logarithms = [mapped(numbers, math.log, np.float64) for numbers in values]
        total = _weighed(step, children, logarithms, weights)
        return _between(children, values, mapped(total / divisor, math.exp, np.float64))
    if isinstance(rule, HarmonicMean) or rule.exponent == -1:
        if step.domain is Domain.FRACTION:
            return _harmonic(children, values, divisor)
        parts = [
            _where_counted(child, weight / numbers, step)
            for child, weight, numbers in zip(children, weights, values, strict=True)
        ]
        return np.asarray(divisor / _nonzero(_added(step, parts), one))
    if rule.exponent == 1:
        return np.asarray(_weighed(step, children, values, weights) / divisor)
    return _power_mean(float(rule.exponent), step, children, values, weights, divisor)


def _harmonic(children: Sequence[Taken], values: Sequence[Numbers], divisor: Numbers) -> Numbers:
    """Return the harmonic mean of Fractions, in integers: one gcd a row instead of one a child.

    With points `p/q`, the sum of `weight * q/p` is that of `weight * q * (product / p)` over the
    product of all `p`.
    """
    scale = lcm(*(child.weight.denominator for child in children))
    numerators = [_NUMERATORS(numbers) for numbers in values]
    product = reduce(np.multiply, numerators)
    total: Any = 0
    for child, numbers, own in zip(children, values, numerators, strict=True):
        part = int(child.weight * scale) * _DENOMINATORS(numbers) * (product // own)
        total = total + (part if child.out is None else np.where(child.out, 0, part))
    total = _nonzero(total, 1)
    above, below = _NUMERATORS(divisor) * product * scale, _DENOMINATORS(divisor) * total
    return np.asarray(_FRACTIONS(above, below))


# Of an array of Fractions, or to one.
_NUMERATORS = np.frompyfunc(attrgetter("numerator"), 1, 1)
_DENOMINATORS = np.frompyfunc(attrgetter("denominator"), 1, 1)
_FRACTIONS = np.frompyfunc(Fraction, 2, 1)


def _signs(numbers: Numbers) -> Numbers:
    """Return numbers of the same signs; of Fractions their numerators, which compare faster."""
    return _NUMERATORS(numbers) if numbers.dtype == object else numbers


def _power_mean(  # noqa: PLR0913, PLR0917 - the parts of one formula
    power: float,
    step: Step,
    children: Sequence[Taken],
    values: Sequence[Numbers],
    weights: Sequence[Any],
    divisor: Numbers,
) -> Numbers:
    """Return a power mean, in proportion to the largest or smallest child, as in `PowerMean`."""
    aside = -np.inf if power > 0 else np.inf
    counted = [
        numbers if child.out is None else np.where(child.out, aside, numbers)
        for child, numbers in zip(children, values, strict=True)
    ]
    unit = (np.maximum if power > 0 else np.minimum).reduce(counted)
    unit = np.where(np.isfinite(unit), unit, 1.0)
    ratio = np.where(unit > 0, unit, 1.0)
    powers = [
        mapped(numbers / ratio, lambda value: math.pow(value, power), np.float64)
        for numbers in (np.where(np.isfinite(n), n, ratio) for n in counted)
    ]
    mean = _weighed(step, children, powers, weights) / divisor
    # The mean is zero where nothing counts, or everything is zero.
    roots = mapped(
        np.where(mean > 0, mean, 1.0), lambda value: math.pow(value, 1 / power), np.float64
    )
    return _between(children, values, unit * roots)


def _between(children: Sequence[Taken], values: Sequence[Numbers], means: Numbers) -> Numbers:
    """Return means that are not beyond their children by a last digit, as in the rules."""
    lows, highs = (
        [
            numbers if child.out is None else np.where(child.out, aside, numbers)
            for child, numbers in zip(children, values, strict=True)
        ]
        for aside in (np.inf, -np.inf)
    )
    low, high = np.minimum.reduce(lows), np.maximum.reduce(highs)
    # Where nothing counts, the ends are the wrong way round, and any number will do.
    return np.where(low <= high, np.minimum(np.maximum(means, low), high), 0.0)


def _median(step: Step, children: Sequence[Taken]) -> Numbers:
    """Return the sum of the two in the middle, which is twice the median, over twice the unit."""
    stack = np.sort(np.stack([_aside(child, step) for child in children]), axis=0)
    count = np.zeros(stack.shape[1], dtype=np.intp)
    for child in children:
        count += 1 if child.out is None else ~child.out
    last = len(children) - 1
    low = ((count - 1) // 2).clip(0, last)
    high = (count // 2).clip(0, last)
    rows = np.arange(stack.shape[1])
    twice = stack[low, rows] + stack[high, rows]
    return np.asarray(twice if step.domain is Domain.INTEGER else twice / 2)


def _aside(child: Taken, step: Step) -> Numbers:
    """Return the numbers of a child, above all others where it does not count."""
    if child.out is None:
        return child.numbers
    above = _number(step, Fraction(step.sum_bound))
    return np.asarray(np.where(child.out, above, child.numbers))


def _number(step: Step, value: Fraction) -> Any:  # noqa: ANN401 - as wide as the step's numbers
    """Return a number as those of the step; integers mean themselves."""
    if step.domain is Domain.DOUBLE:
        return float(value)
    return value if step.domain is Domain.FRACTION else int(value)


def _silent(child: Taken, factor: Any) -> Numbers:  # noqa: ANN401 - as wide as the step's numbers
    """Return the numbers times a factor, zero where the child does not count."""
    product = child.numbers * factor
    return np.asarray(product if child.out is None else np.where(child.out, factor * 0, product))


def _where_counted(child: Taken, numbers: Numbers, step: Step) -> Numbers:
    if child.out is None:
        return numbers
    return np.where(child.out, _number(step, Fraction(0)), numbers)


def _weighed(
    step: Step, children: Sequence[Taken], values: Sequence[Numbers], weights: Sequence[Any]
) -> Numbers:
    """Add up values times weights, without what does not count."""
    parts = [
        _where_counted(child, weight * numbers, step)
        for child, weight, numbers in zip(children, weights, values, strict=True)
    ]
    return _added(step, parts)


def _added(step: Step, parts: Sequence[Numbers]) -> Numbers:
    """Add up column by column, in order."""
    total = np.full(len(parts[0]), _number(step, Fraction(0)), dtype=parts[0].dtype)
    for part in parts:
        total = total + part
    return total


def _divisor(step: Step, children: Sequence[Taken]) -> Numbers:
    """Return the sum of the weights that count in each row; one where none does."""
    count = len(children[0].numbers)
    kind = np.float64 if step.domain is Domain.DOUBLE else object
    if all(child.out is None for child in children):
        weights = [np.array([_number(step, child.weight)], dtype=kind) for child in children]
        return np.repeat(_added(step, weights), count)
    parts = []
    for child in children:
        weight = np.full(count, _number(step, child.weight), dtype=kind)
        parts.append(_where_counted(child, weight, step))
    return _nonzero(_added(step, parts), _number(step, Fraction(1)))


def _nonzero(numbers: Numbers, one: Any) -> Numbers:  # noqa: ANN401 - as wide as the step's numbers
    return np.where(np.asarray(numbers == 0, dtype=np.bool_), one, numbers)
