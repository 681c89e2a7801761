"""A dimension's rule with the numbers filled in, for a reader."""

from __future__ import annotations

from fractions import Fraction
from itertools import starmap

import attrs

from meritindex.definition import (
    Dimension,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Measure,
    Minimum,
    PowerMean,
    Rule,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.language import LANGUAGES, Language, Text
from meritindex.numbers import decimal_text, decimals_of, exact_text, localized

# Numbers with more decimals than this are shown as fractions, so that nothing shown is rounded.
_SHOWN_DECIMALS = 6
# What is not exact is shown to so many decimals, marked as rounded.
_INEXACT_DECIMALS = 9


@attrs.frozen(kw_only=True)
class Filled:
    """A dimension of one row, as its formula needs it.

    Attributes:
        dimension: whose formula it is.
        children: weight and points of each child that counts; None where they are not known.
        bonuses: what is added; None where it is not known.
        deductions: what is taken off; None where it is not known.
        ceilings: the caps that hold.
        points: what came of it all.
        exact: whether that is exact.
    """

    dimension: Dimension
    children: tuple[tuple[Fraction, Fraction | None], ...]
    bonuses: tuple[Fraction | None, ...]
    deductions: tuple[Fraction | None, ...]
    ceilings: tuple[Fraction, ...]
    points: Fraction | None
    exact: bool


def formula(filled: Filled) -> Text | None:
    """Return the rule with the numbers filled in, and what comes of it; None without children."""
    if not filled.children or filled.dimension.rule is None:
        return None
    rule = filled.dimension.rule
    return Text(*(_written(filled, rule, language) for language in LANGUAGES))


def scale_formula(measure: Measure, value: Fraction, points: Fraction) -> Text | None:
    """Return how a measured value became points; None without a scale."""
    return (
        None
        if measure.scale is None
        else Text(*(_scaled(measure, value, points, language) for language in LANGUAGES))
    )


def shown(value: Fraction | None, language: Language, *, exact: bool = True) -> str:
    """Write a number without rounding it: as a decimal where few are needed, else as a fraction.

    One that is not exact is written as a decimal in any case, and marked where it is rounded.
    """
    if value is None:
        return "?"
    places = decimals_of(value)
    if places is None or places > _SHOWN_DECIMALS:
        if not exact:
            return approximate(value, language, _INEXACT_DECIMALS)
        return exact_text(value)
    return localized(decimal_text(value, places), language)


def brief(value: Fraction | None, *, exact: bool) -> str:
    """Write a number for a programmer: exactly, or as a decimal where it is not exact."""
    if value is None:
        return "None"
    return exact_text(value) if exact else approximate(value, "en")


def approximate(value: Fraction | None, language: Language, places: int = 6) -> str:
    """Write a number as a decimal; one that does not end is marked as rounded."""
    if value is None:
        return "?"
    exact = decimals_of(value)
    mark = "" if exact is not None and exact <= places else "≈ "
    return mark + localized(decimal_text(value, places), language)


def _written(filled: Filled, rule: Rule, language: Language) -> str:
    exact = filled.exact
    terms = _terms(rule, filled, language)
    for sign, values in (("+", filled.bonuses), ("−", filled.deductions)):
        for value in values:
            terms += f" {sign} {_signed(shown(value, language, exact=exact))}"
    raw = _raw(rule, filled)
    result = f"{terms} = {shown(raw, language, exact=exact)}".replace("= ≈", "≈")
    if raw is None:
        if filled.points is None:
            return result
        # A policy of the dimension itself stands in for what can't be known.
        counted = Text("dihitung", "counted as").in_language(language)
        return f"{result} → {counted} {shown(filled.points, language, exact=exact)}"
    if exact and approximate(raw, language) != shown(raw, language):
        result += f" {approximate(raw, language)}"
    bounded = raw
    if filled.dimension.floor is not None and bounded < filled.dimension.floor.value:
        bounded = filled.dimension.floor.value
        least = Text("paling sedikit", "at least").in_language(language)
        result += f" → {least} {shown(bounded, language)}"
    if filled.ceilings and bounded > min(filled.ceilings):
        bounded = min(filled.ceilings)
        most = Text("paling banyak", "at most").in_language(language)
        result += f" → {most} {shown(bounded, language)}"
    if filled.dimension.rounding is not None:
        result += f" → {approximate(filled.points, language, 9)}"
    return result


def _terms(rule: Rule, filled: Filled, language: Language) -> str:
    """Return what the rule makes of the children, before anything else."""
    weights = [weight for weight, _ in filled.children]
    floor = getattr(rule, "floor", None)
    points = [value for _, value in filled.children]
    if floor is not None:  # as which it counts
        points = [None if value is None else max(value, floor) for value in points]
    worth = [shown(value, language, exact=filled.exact) for value in points]
    total = shown(sum(weights, Fraction(0)), language)
    even = all(weight == 1 for weight in weights)
    weighed = [shown(weight, language) for weight in weights]
    pairs = list(zip(weighed, worth, strict=True))
    if isinstance(rule, WeightedSum | WeightedMean):
        terms = " + ".join(map(_signed, worth if even else starmap("{} × {}".format, pairs)))
        divisor = total if isinstance(rule, WeightedMean) else shown(rule.whole, language)
        plain = divisor == "1" or (isinstance(rule, WeightedSum) and rule.whole is None)
        return terms if plain else f"({terms}) / {divisor}"
    # Where a bare fraction or sign could be read otherwise.
    pairs = [(_enclosed(weight), _enclosed(value)) for weight, value in pairs]
    if isinstance(rule, GeometricMean):
        terms = " × ".join(worth if even else starmap("{1}^{0}".format, pairs))
        return f"({terms})^(1/{total})"
    if isinstance(rule, HarmonicMean):
        return f"{total} / ({' + '.join(starmap('{}/{}'.format, pairs))})"
    if isinstance(rule, PowerMean):
        power = _enclosed(shown(rule.exponent, language))
        terms = " + ".join(
            f"{value}^{power}" if even else f"{weight} × {value}^{power}" for weight, value in pairs
        )
        return f"(({terms}) / {total})^(1/{power})"
    # A semicolon, because in Indonesian the comma is the decimal mark.
    return f"{'min' if isinstance(rule, Minimum) else 'median'}({'; '.join(worth)})"


def _signed(summand: str) -> str:
    """Return a summand in brackets, if it begins with a sign."""
    return f"({summand})" if summand.startswith("-") else summand


def _enclosed(number: str) -> str:
    """Return a number in brackets, unless it is digits alone."""
    return f"({number})" if {"/", "-", " "} & set(number) else number


def _raw(rule: Rule, filled: Filled) -> Fraction | None:
    """Return the points before floor, caps and rounding; None where something is unknown."""
    weights = [weight for weight, _ in filled.children]
    points = [value for _, value in filled.children if value is not None]
    added = [value for value in filled.bonuses if value is not None]
    taken = [value for value in filled.deductions if value is not None]
    known = len(points) + len(added) + len(taken)
    asked = len(weights) + len(filled.bonuses) + len(filled.deductions)
    if known != asked or (rule.reweighs and not any(weights)):
        return None
    dimension = filled.dimension
    bounded = dimension.floor is not None or bool(dimension.caps)
    if not bounded and dimension.rounding is None and filled.points is not None:
        return filled.points
    return rule.combine(weights, points) + sum(added) - sum(taken)


def _scaled(measure: Measure, value: Fraction, points: Fraction, language: Language) -> str:
    """Return the steps from a measured value to its points."""
    scale = measure.scale
    given = shown(value, language)
    exact = scale is None or scale.exact
    result = shown(points, language, exact=exact)
    if isinstance(scale, ThresholdScale):
        step = scale.step_of(value)
        if step.start is None:
            return f"{given} → {result}"
        return f"{given} {'≥' if step.inclusive else '>'} {shown(step.start, language)} → {result}"
    assert isinstance(scale, GoalpostScale)  # noqa: S101 - there is no third kind
    low, high = shown(scale.low, language), shown(scale.high, language)
    near = min(max(value, scale.low), scale.high) if scale.capped else value
    used = shown(near, language)
    parts = (used, low, high)
    if scale.logarithmic:
        parts = (f"ln {used}", f"ln {low}", f"ln {high}")
    share = f"({parts[0]} − {parts[1]}) / ({parts[2]} − {parts[1]})"
    start, rise = scale.points_at_low, scale.points_at_high - scale.points_at_low
    if rise != 1:
        share = f"{shown(rise, language)} × {share}"
    if start:
        share = f"{shown(start, language)} + {share}"
    before = "" if near == value else f"{given} → {used}; "
    return f"{before}{share} = {result}".replace("= ≈", "≈")
