"""The parts of an instrument as the entries of an instrument file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from meritindex.catalog.toml_text import Value
from meritindex.catalog.words import MEASURE_SCALES, RULES, WEIGHTINGS, word_for
from meritindex.definition import (
    BandCap,
    Basis,
    Cap,
    Dimension,
    Figure,
    Gate,
    Given,
    GoalpostScale,
    InForce,
    LevelScale,
    MeasureScale,
    MissingPolicy,
    Node,
    Rounding,
    Source,
    ThresholdScale,
    Weighting,
)
from meritindex.language import Text
from meritindex.numbers import MAX_DIGITS, exact_text, quoted, shortest_text

Entries = dict[str, Value]


def number_text(value: Fraction) -> str:
    """Return a number in the form that needs no more than 18 digits, if there is one.

    Examples:
        >>> number_text(Fraction("0.40")), number_text(Fraction(1, 2**18))
        ('0.4', '1/262144')
    """
    if max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
        return quoted(value, 4000)  # to be refused where it is read again
    whole, rest = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    forms = (shortest_text(value), exact_text(value), f"{sign}{whole} {exact_text(rest)}")
    return next((form for form in forms if sum(map(str.isdigit, form)) <= MAX_DIGITS), forms[1])


def text_value(text: Text) -> Value:
    """Return a text: one where both languages read the same."""
    return text.id if text.id == text.en else {"id": text.id, "en": text.en}


def basis_entries(basis: Basis) -> Entries:
    """Return on what something rests."""
    entries: Entries = {"standing": basis.standing.value}
    if basis.sources:
        entries["sources"] = basis.sources
    if basis.reason is not None:
        entries["reason"] = text_value(basis.reason)
    return entries


def figure_entries(figure: Figure) -> Entries:
    """Return a number with its basis."""
    return {"value": number_text(figure.value), **basis_entries(figure.basis)}


def source_entries(source: Source) -> Entries:
    """Return a source."""
    url: Entries = {} if source.url is None else {"url": source.url}
    return {"title": text_value(source.title), **url}


def in_force_entries(in_force: InForce) -> Entries:
    """Return from when to when an instrument is in force."""
    until: Entries = {} if in_force.until is None else {"until": in_force.until}
    return {"from": in_force.start, **until, **basis_entries(in_force.basis)}


def rounding_entries(rounding: Rounding) -> Entries:
    """Return a rounding."""
    return {
        "digits": rounding.digits,
        "mode": rounding.mode.value,
        **basis_entries(rounding.basis),
    }


def weighting_value(weighting: Weighting) -> Value:
    """Return a weighting: a word, or a table of numbers."""
    if not isinstance(weighting, Given):
        return next(word for word, known in WEIGHTINGS.items() if weighting == known)
    weights = {code: number_text(weight) for code, weight in weighting.weights}
    entries: Entries = {"type": "given", "weights": weights}
    if weighting.source is not None:
        entries["source"] = weighting.source
    if weighting.standing is not None:
        entries["standing"] = weighting.standing.value
    return entries


def gate_entries(gate: Gate) -> Entries:
    """Return a gate."""
    entries: Entries = {
        "question": text_value(gate.question),
        "options": [
            {"value": option.value, "id": option.label.id, "en": option.label.en}
            for option in gate.options
        ],
    }
    if gate.by_kind:
        entries["by_kind"] = {kind.value: values for kind, values in gate.by_kind}
    return {**entries, **basis_entries(gate.basis)}


def level_scale_entries(scale: LevelScale) -> Entries:
    """Return a scale of levels; the criteria stand with the indicators."""
    return {
        "levels": [level.value for level in scale.levels],
        "points": [number_text(level.points) for level in scale.levels],
        "cumulative": scale.cumulative,
        **basis_entries(scale.basis),
    }


def criteria_entries(scale: LevelScale) -> Entries:
    """Return the criteria of a scale: lists where every level has one, else by number."""
    found = {level.value: level.criterion for level in scale.levels if level.criterion is not None}
    if len(found) < len(scale.levels):
        return {str(number): text_value(text) for number, text in found.items()}
    return {
        "id": [text.id for text in found.values()],
        "en": [text.en for text in found.values()],
    }


def measure_scale_entries(scale: MeasureScale) -> Entries:
    """Return the scale of a measure; what is as usual is left out."""
    entries: Entries = {"type": word_for(scale, MEASURE_SCALES)}
    if isinstance(scale, GoalpostScale):
        for key, value in attrs.asdict(scale, recurse=False, filter=_unusual).items():
            entries[key] = number_text(value) if isinstance(value, Fraction) else value
    else:
        entries["steps"] = _steps(scale)
    return {**entries, **basis_entries(scale.basis)}


def _unusual(attribute: attrs.Attribute[Any], value: object) -> bool:
    return attribute.name != "basis" and value != attribute.default


def _steps(scale: ThresholdScale) -> Value:
    steps: list[Entries] = []
    for step in scale.steps:
        entries: Entries = {}
        if step.start is not None:
            entries["from" if step.inclusive else "above"] = number_text(step.start)
        entries["points"] = number_text(step.points)
        if step.criterion is not None:
            entries["criterion"] = text_value(step.criterion)
        steps.append(entries)
    return steps


def has_equal_weights(dimension: Dimension) -> bool:
    """Say whether every child weighs one, on the basis of the rule."""
    rule = dimension.rule
    if rule is None or not rule.weighted:
        return False
    one = Figure(Fraction(1), rule.basis)
    return all(child.weight == one for child in dimension.children)


def rule_entries(dimension: Dimension) -> Entries:
    """Return the rule of a dimension, if it has one."""
    rule = dimension.rule
    if rule is None:
        return {}
    entries: Entries = {"type": word_for(rule, RULES)}
    for key in ("exponent", "whole", "floor"):
        value = getattr(rule, key, None)
        if value is not None:
            entries[key] = number_text(value)
    if has_equal_weights(dimension):
        entries["equal_weights"] = True
    return {"rule": {**entries, **basis_entries(rule.basis)}}


def cap_entries(cap: Cap | BandCap) -> Entries:
    """Return a cap of points, or of the band."""
    entries: Entries = (
        {"maximum": number_text(cap.maximum)} if isinstance(cap, Cap) else {"band": cap.band}
    )
    if cap.shortfall is not None:
        below = number_text(cap.shortfall.below)
        entries["while"] = {"node": cap.shortfall.code, "below": below}
    return {**entries, **basis_entries(cap.basis)}


def missing_entries(node: Node) -> Entries:
    """Return what a node counts for where it is not answered, unless it says nothing about that."""
    if node.missing is MissingPolicy.UNKNOWN and node.missing_basis is None:
        return {}
    basis = {} if node.missing_basis is None else basis_entries(node.missing_basis)
    return {"missing": {"policy": node.missing.value, **basis}}
