"""What points are worth to the sum that a knot forms, and what such a sum must come to.

A mean of points is a sum of them by their weights. The harmonic mean is the inverse of a mean of
inverses: it rises when a sum of negative inverses does.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from meritindex.analysis.improving.knots import Fold, Knot
from meritindex.analysis.improving.needs import Need
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.definition import Dimension, HarmonicMean, Node, PowerMean


def gains(
    scenario: Scenario, dimension: Dimension, child: Node, points: Sequence[Fraction]
) -> list[Fraction]:
    """Return what points of a child add to the sum of its dimension, over the present ones."""
    present = scenario.present[child.code].worth[0]
    if present is None:
        return [Fraction(0)] * len(points)
    if dimension.rule is None or dimension.rule.linear:
        factor = scenario.factor(dimension, child)
        return [(value - present) * factor for value in points]
    now = _term(scenario, dimension, child, present)
    return [_term(scenario, dimension, child, value) - now for value in points]


def folded_need(knot: Knot, need: Need, scenario: Scenario) -> tuple[Fraction, Need]:
    """Return what a knot has now in its own terms, and what it needs there."""
    if knot.fold is Fold.SUM:
        return scenario.before, need
    value = need.value - scenario.adjustment(knot.dimension)
    if knot.fold is Fold.LEAST:
        return Fraction(0), Need(value, need.inclusive)
    counting = [
        (child, points)
        for child in knot.dimension.children
        if (points := scenario.present[child.code].worth[0]) is not None
        and scenario.plan.weight_values[child.code]
    ]
    weights = sum(scenario.plan.weight_values[child.code] for child, _ in counting)
    present = sum(_term(scenario, knot.dimension, *each) for each in counting)
    if _is_inverse(knot.dimension):
        # Of positive points, a mean of no more than zero is passed by every one.
        if value <= 0:
            return Fraction(present), Need(Fraction(present), inclusive=True)
        value = -weights / value
    else:
        value *= weights
    return Fraction(present), Need(value, need.inclusive)


def _is_inverse(dimension: Dimension) -> bool:
    rule = dimension.rule
    return isinstance(rule, HarmonicMean) or (isinstance(rule, PowerMean) and rule.exponent < 0)


def _term(scenario: Scenario, dimension: Dimension, child: Node, points: Fraction) -> Fraction:
    """Return the summand of a child."""
    rule = cast("HarmonicMean | PowerMean", dimension.rule)
    weight = scenario.plan.weight_values[child.code]
    if not weight:
        return Fraction(0)
    counted = points if rule.floor is None else max(points, rule.floor)
    return -weight / counted if _is_inverse(dimension) else weight * counted
