"""The parts that random instruments are made of: scales, gates, roundings, rules.

Everything is valid by construction; nothing is drawn and thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from meritindex.definition import (
    Basis,
    Figure,
    Gate,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    LevelScale,
    MeasureScale,
    Median,
    Minimum,
    Option,
    PowerMean,
    Rounding,
    RoundingMode,
    Rule,
    Standing,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.scales import Level
from meritindex.language import Text

Item = TypeVar("Item")
RuleType = type[Rule]

BASIS = Basis(standing=Standing.ASSUMED, reason=Text("contoh acak", "random example"))
LINEAR: tuple[RuleType, ...] = (WeightedMean, WeightedSum)
POSITIVE: tuple[RuleType, ...] = (GeometricMean, HarmonicMean, PowerMean)
RULES: tuple[RuleType, ...] = (*LINEAR, *POSITIVE, Minimum, Median)
_EXACT_EXPONENTS = (Fraction(1), Fraction(-1))
# The quadratic mean and its like, roots, negative ones, and the largest and smallest.
_EXPONENTS = tuple(map(Fraction, ("2", "3", "1/2", "-1/2", "-2", "7/3", "100", "-100", "0.01")))


def figure(value: Fraction | int) -> Figure:
    """Return a number with the basis that all examples have."""
    return Figure(Fraction(value), BASIS)


def one_of(draw: st.DrawFn, items: Sequence[Item]) -> Item:
    """Draw one of the items; no choice is spent where there is only one."""
    return items[0] if len(items) == 1 else draw(st.sampled_from(items))


def one_in(count: int) -> st.SearchStrategy[bool]:
    """Return a strategy that is true once in so many draws."""
    return st.sampled_from((*(False,) * (count - 1), True))


@st.composite
def level_scales(draw: st.DrawFn) -> LevelScale:
    """Draw a scale of 2 to 6 levels from 0 or 1, whose points never fall.

    The points are proportional to the level's number, or off by a constant, or follow no line.
    """
    first, steps = draw(st.integers(0, 1)), draw(st.integers(1, 5))
    slope = Fraction(draw(st.integers(1, 12)), draw(st.sampled_from((1, 2, 3, 4, 7, 10))))
    offset = Fraction(0)
    gaps = [slope] * steps
    form = draw(st.sampled_from(("proportional", "offset", "bent")))
    if form != "proportional":
        offset = Fraction(draw(st.integers(-6, 6)), draw(st.sampled_from((1, 2, 5, 9))))
    if form == "bent":
        gaps = [slope * draw(st.integers(0, 4)) for _ in range(steps)]
    points = accumulate(gaps, initial=first * slope + offset)
    return LevelScale(
        levels=tuple(
            Level(value=first + place, points=value) for place, value in enumerate(points)
        ),
        basis=BASIS,
    )


@attrs.frozen(kw_only=True)
class MeasureForm:
    """What a measure can be, and what its values are worth."""

    minimum: Fraction
    maximum: Fraction
    decimals: int
    scale: MeasureScale | None


@st.composite
def measure_forms(draw: st.DrawFn, *, logarithms: bool) -> MeasureForm:
    """Draw the range of a measure, with a scale or without."""
    decimals = draw(st.sampled_from((0, 1, 2, 4, 6)))
    minimum = Fraction(draw(st.sampled_from((0, 0, 1, -5, -100, -1))))
    if decimals and draw(st.booleans()):
        minimum += Fraction(1, 10**decimals)
    maximum = minimum + draw(st.sampled_from((1, 5, 100)))
    scale: MeasureScale | None = None
    kind = draw(st.sampled_from(("none", "thresholds", "none", "goalposts", "logarithm")))
    if kind == "thresholds":
        scale = draw(_threshold_scales(minimum, maximum))
    elif kind != "none":
        logarithmic = kind == "logarithm" and logarithms
        scale = draw(_goalposts(minimum, maximum, logarithmic=logarithmic))
    return MeasureForm(minimum=minimum, maximum=maximum, decimals=decimals, scale=scale)


@st.composite
def _threshold_scales(draw: st.DrawFn, minimum: Fraction, maximum: Fraction) -> ThresholdScale:
    """Draw 2 to 4 steps; now and then one is worth less than the one below."""
    eighth = (maximum - minimum) / 8
    places = sorted(draw(st.sets(st.integers(-1, 9), min_size=1, max_size=3)))
    worth = draw(st.lists(st.integers(-1, 8), min_size=len(places) + 1, max_size=len(places) + 1))
    if not draw(one_in(3)):
        worth.sort()
    steps = [Step(points=Fraction(worth[0], 2))]
    for place, points in zip(places, worth[1:], strict=True):
        steps.append(
            Step(
                points=Fraction(points, 2),
                start=minimum + place * eighth,
                inclusive=draw(st.booleans()),
            )
        )
    return ThresholdScale(steps=tuple(steps), basis=BASIS)


@st.composite
def _goalposts(
    draw: st.DrawFn, minimum: Fraction, maximum: Fraction, *, logarithmic: bool
) -> GoalpostScale:
    """Draw posts at, inside or beyond the ends of a range; now and then less is better."""
    eighth = (maximum - minimum) / 8
    place = draw(st.integers(-1, 6))
    low = minimum + place * eighth
    high = low + draw(st.integers(1, 9)) * eighth
    if logarithmic and low <= 0:
        low, high = Fraction(1, 10), max(high, eighth)
    first, last = draw(st.sampled_from(((0, 1), (1, 0), (0, 100), (1, 2), (5, 1), (-1, 3))))
    return GoalpostScale(
        low=low,
        high=high,
        points_at_low=Fraction(first),
        points_at_high=Fraction(last),
        capped=draw(st.booleans()) or (logarithmic and minimum <= 0),
        logarithmic=logarithmic,
        basis=BASIS,
    )


@st.composite
def gate_sets(draw: st.DrawFn, count: int) -> tuple[Gate, ...]:
    """Draw gates with 2 options, a few of them with 3."""
    three: set[int] = draw(st.sets(st.integers(0, count - 1), max_size=3)) if count else set()
    return tuple(
        Gate(
            code=f"g{number + 1}",
            question=Text("ada?", "any?"),
            options=tuple(
                Option(value=value, label=Text.same(value))
                for value in ("yes", "no", "partly")[: 3 if number in three else 2]
            ),
            basis=BASIS,
        )
        for number in range(count)
    )


@st.composite
def roundings(draw: st.DrawFn, most_digits: int = 4) -> Rounding:
    """Draw a rounding of any mode."""
    return Rounding(
        digits=draw(st.integers(0, most_digits)),
        mode=draw(st.sampled_from(RoundingMode)),
        basis=BASIS,
    )


@st.composite
def rules(draw: st.DrawFn, kind: RuleType, *, floor: bool, exact: bool) -> Rule:
    """Draw a rule of this kind.

    Args:
        draw: given by hypothesis.
        kind: which.
        floor: whether a mean of positive points has a floor.
        exact: whether powers are only those whose mean is rational.
    """
    if kind is Minimum or kind is Median:
        return kind(basis=BASIS)
    number = draw(st.sampled_from((None, 1, 100, 7)))
    whole = None if number is None else Fraction(number)
    if kind is WeightedSum or kind is WeightedMean:
        return kind(basis=BASIS, whole=whole)
    least = Fraction(draw(st.sampled_from(("0.01", "1/2", "2", "1/3")))) if floor else None
    if kind is PowerMean:
        exponents = _EXACT_EXPONENTS if exact else (*_EXPONENTS, *_EXACT_EXPONENTS)
        exponent = draw(st.sampled_from(exponents))
        return PowerMean(basis=BASIS, whole=whole, floor=least, exponent=exponent)
    mean = GeometricMean if kind is GeometricMean else HarmonicMean
    return mean(basis=BASIS, whole=whole, floor=least)
