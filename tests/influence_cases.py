"""Random and small cases for the influence of elements, and a second opinion on contributions.

What a node adds to a total is worked out here one row and one `Fraction` at a time, from the
statuses that an explanation gives and from the meaning of a weighted sum and mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
from hypothesis import assume
from hypothesis import strategies as st

import meritindex as mi
import strategies
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    when,
)
from meritindex.analysis.influencing import Influence, influence
from meritindex.scoring import Explanation, Status
from meritindex.testing.answers import assessment_sets
from meritindex.testing.parts import RuleType

PLAIN = (mi.WeightedSum, mi.WeightedMean)


def answered(
    of: mi.Instrument, name: str, levels: Mapping[str, int] | None = None, **fields: object
) -> mi.Assessment:
    """Return the assessment of an agency outside the directory."""
    return mi.Assessment(agency=mi.Agency(name=name), instrument=of, levels=levels or {}, **fields)


def table_of(
    children: tuple[mi.Indicator | mi.Measure | mi.Dimension, ...],
    rows: Mapping[str, Mapping[str, int]],
    **fields: object,
) -> mi.AssessmentSet:
    """Return the answers of some agencies to an instrument over these nodes."""
    of = instrument(**fields) if "root" in fields else instrument(*children, **fields)
    return mi.AssessmentSet.of(answered(of, name, levels) for name, levels in rows.items())


@st.composite
def influences(
    draw: st.DrawFn, *, rule: RuleType | None = None, entries: bool = True, complete: bool = False
) -> Influence:
    """Draw the influence in a set of some agencies that differ."""
    of = draw(strategies.instruments(rule=rule, refusals=False))
    assume(len(of.nodes) > 1)
    drawn = draw(assessment_sets(of, max_size=6, entries=entries, complete=complete))
    try:
        return influence(drawn)
    except mi.AssessmentError:
        assume(False)
        raise


@st.composite
def plain_influences(draw: st.DrawFn) -> Influence:
    """Draw the influence in a set under sums and means alone, most of them with bands and gates."""
    gates = (gate("g1"), gate("g2", "a", "b", "c"))
    codes = iter(f"n{number}" for number in range(99))
    root = _plain_dimension(draw, codes, "total_points", draw(st.integers(1, 3)))
    limits = sorted(draw(st.sets(st.sampled_from([Fraction(n, 7) for n in range(28)]), max_size=3)))
    ends = [limit(end, inclusive=draw(st.booleans())) for end in limits]
    names = [f"band {place}" for place in range(len(ends) + 1)]
    bands = [band(name, lower) for name, lower in zip(names, [None, *ends], strict=True)]
    digits = draw(st.sampled_from((None, None, 1)))
    rounding = None if digits is None else mi.Rounding(digits=digits, basis=ASSUMED)
    root = attrs.evolve(
        root,
        bands=mi.Bands(items=bands),
        rounding=rounding,
        decimals=4 if digits is None else digits,
    )
    of = instrument(root=root, gates=gates)
    try:
        return influence(draw(assessment_sets(of, max_size=5)))
    except mi.AssessmentError:
        assume(False)
        raise


def _plain_dimension(
    draw: st.DrawFn, codes: Iterator[str], code: str, depth: int, weight: Fraction | int = 1
) -> mi.Dimension:
    count = draw(st.integers(2, 4))
    sizes = draw(st.lists(st.integers(0, 4), min_size=count, max_size=count).filter(any))
    rule = draw(st.sampled_from((MEAN, MEAN, SUM, mi.WeightedMean, mi.WeightedSum)))
    if isinstance(rule, type):
        rule = rule(basis=ASSUMED, whole=Fraction(sum(sizes)))
    policies = ("unknown", "unknown", "zero", "lowest") + ("drop",) * (rule.reweighs)
    children = []
    for place, size in enumerate(sizes):
        missing = {"missing": draw(st.sampled_from(policies)), "missing_basis": ASSUMED}
        if depth > 1 and place < 2:
            child = _plain_dimension(draw, codes, next(codes), depth - 1, size)
            children.append(attrs.evolve(child, **missing))
            continue
        kind = draw(st.sampled_from(("plain", "plain", "gated", "measure")))
        if kind == "measure":
            children.append(measure(next(codes), size, maximum=Fraction(3), **missing))
            continue
        asked = draw(st.sampled_from((when("g1"), when("g1", "no"), when("g2", "a", "b"))))
        conditions = (asked,) if kind == "gated" else ()
        children.append(indicator(next(codes), size, conditions=conditions, **missing))
    zero = {"missing": "zero", "missing_basis": ASSUMED}
    beside = draw(st.sampled_from(((), (), ("bonuses",), ("deductions",))))
    extras = {name: (measure(next(codes), None, **zero),) for name in beside}
    return dimension(code, *children, rule=rule, weight=weight, **extras)


def contributions(found: Influence, row: int) -> dict[str, Fraction]:
    """Return what every node of a row adds to the total, where that can be told."""
    card = found.table[row]
    result: dict[str, Fraction] = {}
    _add(found, card.explain(), Fraction(1), result)
    return result


def _add(
    found: Influence, node: Explanation, factor: Fraction, result: dict[str, Fraction]
) -> None:
    result[node.code] = factor * (node.points or 0)
    top = found.instrument[node.code]
    if not isinstance(top, mi.Dimension):
        return
    weights = found.table.plan.weight_values
    counted = [child for child in top.children if _counts(found, node[child.code])]
    shares = {child.code: weights[child.code] for child in counted}
    rule = top.rule
    if isinstance(rule, mi.WeightedMean):
        divisor = sum(shares.values())
    else:
        divisor = getattr(rule, "whole", None) or 1
    # Nothing is shared out of a dimension that does not count; what is entered is not made of it.
    for child in top.children:
        share = shares.get(child.code, Fraction(0)) / divisor if shares and divisor else 0
        _add(found, node[child.code], factor * share, result)
    for sign, measures in ((1, top.bonuses), (-1, top.deductions)):
        for each in measures:
            counts = _counts(found, node[each.code])
            _add(found, node[each.code], factor * sign * counts, result)


def _counts(found: Influence, node: Explanation) -> bool:
    dropped = found.table.plan.policies[node.code] is mi.MissingPolicy.DROP
    missing = node.status is Status.MISSING and dropped
    return node.status is not Status.NOT_APPLICABLE and not missing


def parts_of(found: Influence) -> Iterator[tuple[mi.Dimension, list[str]]]:
    """Yield the dimensions that have children, each with the codes of what makes it up."""
    for top in found.instrument.dimensions:
        if top.children:
            yield top, [node.code for node in (*top.children, *top.adjustments)]
