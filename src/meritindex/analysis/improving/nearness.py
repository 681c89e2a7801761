"""What lists come to, nearly: sums in doubles that tell what is clearly more from what is less.

A mean that is computed in doubles is rounded at every step, so no sum of its parts orders plans
exactly. Yet where the terms of one list add up to more than those of another by far more than any
such rounding, the mean of the one is no less, whatever is added to both. That much is certain, and
leaves few lists out of many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import log

import attrs
import numpy as np

from meritindex.analysis.improving.knots import Fold, Knot
from meritindex.analysis.improving.labels import Doubles
from meritindex.analysis.improving.offers import Offer
from meritindex.analysis.improving.scenarios import Scenario
from meritindex.definition import GeometricMean, HarmonicMean, PowerMean
from meritindex.definition.rules import PositiveMean

# Some millions of times what the roundings of all terms, of their sum and of its root come to.
_CLEARLY = 1e-9


@attrs.frozen(kw_only=True, eq=False)
class Nearness:
    """What the choices of the units of a list come to, nearly.

    Attributes:
        terms: by unit, what its choices add; shape `[choices, scenarios]`.
        margins: by how much more than another a sum must be so that the mean is no less for
            certain; shape `[scenarios]`.
    """

    terms: tuple[Doubles, ...]
    margins: Doubles


def nearness_of(
    knot: Knot, offers: Sequence[Offer], scenarios: Sequence[Scenario]
) -> Nearness | None:
    """Return what a list of choices comes to, nearly; None where no sum says anything about it."""
    rule = knot.dimension.rule
    if knot.fold is not Fold.LIST or rule is None or not rule.weighted:
        return None
    found = [_terms(knot, offers, scenario, place) for place, scenario in enumerate(scenarios)]
    return Nearness(
        terms=tuple(
            np.stack([terms[unit] for terms, _ in found], axis=1) for unit in range(len(offers))
        ),
        margins=np.array([margin for _, margin in found]),
    )


def _terms(
    knot: Knot, offers: Sequence[Offer], scenario: Scenario, place: int
) -> tuple[list[Doubles], float]:
    """Return what the choices of every unit add under a scenario, and the margin."""
    indicators = scenario.plan.instrument.indicators
    codes = [indicators[unit].code if isinstance(unit, int) else unit.code for unit in knot.units]
    values = {
        code: [Fraction(number, offer.worths[place][1]) for number in _listed(offer, place)]
        for code, offer in zip(codes, offers, strict=True)
    }
    weights: dict[str, float] = {}
    for child in knot.dimension.children:
        present, weight = (
            scenario.present[child.code].worth[0],
            scenario.plan.weight_values[child.code],
        )
        if present is not None and weight:
            weights[child.code] = float(weight)
            values.setdefault(child.code, [present])
    term = _term(knot, [value for code in weights for value in values[code]])
    added = {
        code: np.array([weight * term(value) for value in values[code]])
        for code, weight in weights.items()
    }
    most = sum(float(np.abs(each).max()) for each in added.values())
    rule = knot.dimension.rule
    steep = abs(float(rule.exponent)) if isinstance(rule, PowerMean) else 1.0
    margin = _CLEARLY * (most + sum(weights.values())) * max(1.0, steep)
    # What does not count, or weighs nothing, adds nothing.
    return [added.get(code, np.zeros(len(values[code]))) for code in codes], margin


def _listed(offer: Offer, place: int) -> list[int]:
    numbers: list[int] = offer.worths[place][0].tolist()
    return numbers


def _term(knot: Knot, values: Sequence[Fraction]) -> Callable[[Fraction], float]:
    """Return what points add to a sum that rises with the mean, before they are weighted.

    Args:
        knot: the knot.
        values: all points that there may be; powers are taken in proportion to one of them, so
            that none leaves the range of doubles.
    """
    rule = knot.dimension.rule
    if not isinstance(rule, PositiveMean):
        return float
    floor = rule.floor
    counted = [value if floor is None else max(value, floor) for value in values]
    if isinstance(rule, GeometricMean):
        return lambda value: log(value if floor is None else max(value, floor))
    power = -1.0 if isinstance(rule, HarmonicMean) else float(rule.exponent)
    unit = (max if power > 0 else min)(counted, default=Fraction(0))
    sign = 1.0 if power > 0 else -1.0

    def term(value: Fraction) -> float:
        held = value if floor is None else max(value, floor)
        return sign * float(held / unit) ** power if unit else 0.0

    return term
