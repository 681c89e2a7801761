"""The random examples meet every hard case, and are what the instrument allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
import strategies
from meeting import meet
from meritindex.definition import (
    Dimension,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    Node,
    RoundingMode,
)
from meritindex.definition.ranges import points_range
from meritindex.numbers import decimals_of
from meritindex.testing.answers import Answers
from oracle import evaluate

# What the strategies generate


def features(data: st.DataObject) -> Iterator[str]:
    """Yield what is hard about a random instrument and answers to it."""
    instrument = data.draw(strategies.instruments())
    yield from _features(instrument)
    yield from _answer_features(instrument, data.draw(strategies.answers(instrument)))


def _nesting(dimension: Dimension) -> int:
    below = [_nesting(child) for child in dimension.children if isinstance(child, Dimension)]
    return 1 + max(below, default=0)


def _shape(indicator: Indicator) -> str:
    gaps = {above.points - below.points for below, above in pairwise(indicator.levels)}
    if len(gaps) > 1:
        return "scale bent"
    (gap,) = gaps
    first = indicator.levels[0]
    return "scale proportional" if first.points == first.value * gap else "scale offset"


def _features(instrument: Instrument) -> Iterator[str]:
    leaves = [node for node in instrument.nodes if not getattr(node, "children", ())]
    yield "an instrument"
    yield f"nesting {_nesting(instrument.root)}"
    yield f"gates {len(instrument.gates)}"
    if len(leaves) >= 50:
        yield "50 leaves"
    if len(leaves) <= 20:
        yield "20 leaves or fewer"
    if not instrument.root.children:
        yield "root without children"
    if instrument.root.bands is not None:
        yield "bands at the root"
    for gate in instrument.gates:
        yield f"gate with {len(gate.options)} options"
    for node in instrument.nodes:
        yield from _node_features(instrument, node)


def _node_features(instrument: Instrument, node: Node) -> Iterator[str]:
    name = type(node).__name__.lower()
    yield f"{node.missing} for {'root' if node is instrument.root else name}"
    if node is not instrument.root:
        parent = instrument.parent(node.code)
        if parent is not None and node in parent.adjustments:
            yield f"{node.missing} for {'deduction' if node in parent.deductions else 'bonus'}"
        elif node.weight is None:
            yield f"unpublished weight in {type(parent.rule).__name__}" if parent else "never"
        elif node.weight.value == 0:
            yield "weight of zero"
    if isinstance(node, Indicator):
        yield _shape(node)
        yield f"scale from {node.levels[0].value}"
        yield f"{len(node.levels)} levels"
        yield f"{len(node.conditions)} conditions"
    elif isinstance(node, Measure):
        yield f"measure of {node.decimals} decimals"
        yield f"measure worth {type(node.scale).__name__}"
        if node.minimum < 0:
            yield "measure below zero"
    else:
        yield from _dimension_features(instrument, node)


def _dimension_features(instrument: Instrument, node: Dimension) -> Iterator[str]:
    if node.rule is None:
        yield "dimension without children"
    else:
        whole = "without" if node.rule.whole is None else "with"
        yield f"{type(node.rule).__name__} {whole} whole"
    if node.rounding is not None:
        yield f"rounding {node.rounding.mode}"
        if node is instrument.root:
            yield "rounding of the root"
    if node.bands is not None:
        grid = node.bands.rounding
        yield "bands without rounding" if grid is None else f"bands rounded {grid.mode}"
        if node is not instrument.root:
            yield "bands below the root"


def _answer_features(instrument: Instrument, given_answers: Answers) -> Iterator[str]:
    weights = strategies.weights_of(instrument)
    result = evaluate(instrument, weights, strategies.asked(given_answers))
    total = result.points[instrument.root.code]
    entered = {code for code in given_answers.points if instrument.dimension(code).children}
    if entered - {instrument.root.code}:
        yield "entry at a dimension"
    if instrument.root.code in given_answers.points:
        yield "only a total"
    if len(given_answers.gates) < len(instrument.gates):
        yield "unanswered gate"
    for indicator in instrument.indicators:
        if oracle.indicator_applies(indicator, given_answers.gates) is None:
            answered = indicator.code in given_answers.levels
            yield "waiting indicator answered" if answered else "waiting indicator"
    if not result.missing:
        yield "complete"
    yield "total known" if total is not None else "total unknown"
    if result.missing and total is not None:
        yield "total known for all that is missing"
    if total is not None and instrument.root.code not in given_answers.points:
        size = next((limit for limit in (24, 53) if total.denominator < 2**limit), "any number of")
        yield f"denominator of {size} bits"
        if total.denominator > 1:
            yield "total that is a fraction"
    for dimension in instrument.dimensions:
        yield from _result_features(dimension, result, given_answers)


def _result_features(
    dimension: Dimension, result: oracle.Result, given_answers: Answers
) -> Iterator[str]:
    points = result.points[dimension.code]
    if points is None and _is_absent(dimension, given_answers.gates):
        yield "dimension that does not apply"
    if points is not None and dimension.bands is not None:
        value = oracle.rounded(points, dimension.bands.rounding)
        limits = [
            limit.value
            for band in dimension.bands
            for limit in (band.lower, band.upper)
            if limit is not None
        ]
        if value in limits:
            how = "entered" if dimension.code in given_answers.points else "scored"
            yield f"{how} points at a band limit"
            if dimension.bands.rounding is None:
                yield f"{how} points at a band limit, not rounded"


def _is_absent(node: Node, gates: dict[str, str]) -> bool:
    if isinstance(node, Indicator):
        return oracle.indicator_applies(node, gates) is False
    if isinstance(node, Dimension) and node.children:
        return all(_is_absent(child, gates) for child in node.children)
    return False


HARD_CASES = {
    *(f"nesting {depth}" for depth in (1, 2, 3, 4)),
    *(f"gates {count}" for count in (0, 1, 2, 3, 8)),
    "50 leaves",
    "root without children",
    "bands at the root",
    "bands below the root",
    "rounding of the root",
    *(f"gate with {count} options" for count in (2, 3)),
    *(f"rounding {mode}" for mode in RoundingMode),
    "bands without rounding",
    *(f"bands rounded {mode}" for mode in RoundingMode),
    *(
        f"{policy} for {kind}"
        for policy in MissingPolicy
        for kind in ("indicator", "measure", "dimension", "deduction", "root")
    ),
    *(
        f"{rule} {whole} whole"
        for rule in ("WeightedSum", "WeightedMean")
        for whole in ("with", "without")
    ),
    *(f"unpublished weight in {rule}" for rule in ("WeightedSum", "WeightedMean")),
    "weight of zero",
    *(f"scale {shape}" for shape in ("proportional", "offset", "bent")),
    *(f"scale from {first}" for first in (0, 1)),
    *(f"{count} levels" for count in (2, 3, 4, 5, 6)),
    *(f"{count} conditions" for count in (0, 1, 2)),
    *(f"measure worth {scale}" for scale in ("NoneType", "ThresholdScale", "GoalpostScale")),
    *(f"{policy} for bonus" for policy in MissingPolicy),
    *(
        f"{rule} {whole} whole"
        for rule in ("GeometricMean", "HarmonicMean", "PowerMean")
        for whole in ("with", "without")
    ),
    "Minimum without whole",
    "Median without whole",
    *(f"measure of {decimals} decimals" for decimals in (0, 1, 2, 4, 6)),
    "measure below zero",
    "dimension without children",
    "entry at a dimension",
    "only a total",
    "unanswered gate",
    "waiting indicator",
    "waiting indicator answered",
    "complete",
    "total known",
    "total unknown",
    "total known for all that is missing",
    "total that is a fraction",
    *(f"denominator of {bits} bits" for bits in (24, 53, "any number of")),
    "dimension that does not apply",
    "entered points at a band limit",
    "scored points at a band limit",
    "scored points at a band limit, not rounded",
}


def test_hard_cases_are_generated_and_most_instruments_are_small() -> None:
    found = meet(features, (600, st.data()), wanted=HARD_CASES)
    assert found["20 leaves or fewer"] > found["an instrument"] / 2


@settings(deadline=None)
@given(st.data())
def test_answers_are_allowed(data: st.DataObject) -> None:
    instrument = data.draw(strategies.instruments())
    for row in data.draw(strategies.answer_lists(instrument)):
        below_entries = {
            node.code
            for code in row.points
            for node in instrument.dimension(code).walk()
            if node.code != code
        }
        assert not below_entries & {*row.levels, *row.measures, *row.points}
        for code, value in row.points.items():
            low, high = instrument.entry_range(instrument.dimension(code))
            assert low <= value <= high
            assert (decimals_of(value) or 0) <= instrument.dimension(code).decimals
        for measure in instrument.measures:
            if measure.code in row.measures:
                value = row.measures[measure.code]
                assert measure.minimum <= value <= measure.maximum
                assert (value * 10**measure.decimals).denominator == 1
        for indicator in instrument.indicators:
            if indicator.code in row.levels:
                assert oracle.indicator_applies(indicator, row.gates) is not False
                assert row.levels[indicator.code] in [level.value for level in indicator.levels]


@settings(deadline=None)
@given(st.data())
def test_complete_answers_lie_within_the_entry_range(data: st.DataObject) -> None:
    # The definition says between what ends a node can be worth; the oracle says what it is worth.
    instrument = data.draw(strategies.instruments())
    weights = strategies.weights_of(instrument)
    if 0 in weights.values():
        return  # in a mean without weight nothing applies, which the range knows nothing of
    row = data.draw(strategies.answers(instrument))
    result = evaluate(instrument, weights, strategies.asked(row))
    for dimension in instrument.dimensions:
        if result.points[dimension.code] is not None and not result.missing and result.firm:
            low, high = instrument.entry_range(dimension)
            least = oracle.least(dimension, instrument, weights)
            span = result.spans[dimension.code]
            assert low <= least.high
            assert least.low <= high
            assert low <= span.high
            assert span.low <= high


@settings(deadline=None)
@given(strategies.instruments())
def test_the_least_is_that_of_the_definition(instrument: Instrument) -> None:
    weights = strategies.weights_of(instrument)
    for node in instrument.nodes:
        low, _ = points_range(node, instrument.gates, lambda below: weights[below.code])
        assert low in oracle.least(node, instrument, weights)
