"""Tests of the tests' own tools: the random examples meet every hard case, and the oracle is right.

The oracle is checked against numbers worked out by hand. The examples come from a fixed seed, so
that "is really generated" means the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

import attrs
import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

import oracle
import strategies
from meritindex.definition import (
    Band,
    Bands,
    Condition,
    Dimension,
    Gate,
    Indicator,
    Instrument,
    Level,
    LevelScale,
    Limit,
    Measure,
    MissingPolicy,
    Node,
    Option,
    Rounding,
    RoundingMode,
    Rule,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.language import Text
from meritindex.numbers import decimals_of
from oracle import Answers, evaluate

EXAMPLES = 500
UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy
BASIS = strategies.BASIS


# What the strategies generate


@cache
def generated() -> Counter[str]:
    """Return in how many examples of one fixed run each hard case stands."""
    found: Counter[str] = Counter()

    @seed(20_260_101)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        instrument = data.draw(strategies.instruments())
        given_answers = data.draw(strategies.answers(instrument))
        found.update(set(_features(instrument)) | set(_answer_features(instrument, given_answers)))

    run()
    return found


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
        deduction = parent is not None and node in parent.deductions
        if deduction:
            yield f"{node.missing} for deduction"
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
    result = evaluate(instrument, weights, given_answers)
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
        size = next(
            (limit for limit in (24, 53, 63) if total.denominator < 2**limit), "any number of"
        )
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


HARD_CASES = [
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
    *(f"denominator of {bits} bits" for bits in (24, 53, 63, "any number of")),
    "dimension that does not apply",
    "entered points at a band limit",
    "scored points at a band limit",
    "scored points at a band limit, not rounded",
]


@pytest.mark.parametrize("case", HARD_CASES)
def test_a_hard_case_is_generated(case: str) -> None:
    assert generated()[case] >= 2


def test_most_instruments_are_small() -> None:
    assert generated()["20 leaves or fewer"] > EXAMPLES / 2


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
    result = evaluate(instrument, weights, row)
    for dimension in instrument.dimensions:
        points = result.points[dimension.code]
        if points is not None and not result.missing:
            low, high = instrument.entry_range(dimension)
            assert low <= oracle.least(dimension, instrument, weights) <= high
            assert low <= points <= high


# The oracle, by hand


def gate(code: str = "g") -> Gate:
    options = tuple(Option(value=value, label=Text.same(value)) for value in ("yes", "no"))
    return Gate(code=code, question=Text.same(code), options=options, basis=BASIS)


def indicator(
    code: str,
    *points: int | str,
    weight: int | None = 1,
    missing: MissingPolicy = UNKNOWN,
    first: int = 0,
    when: tuple[str, ...] = (),
) -> Indicator:
    return Indicator(
        code=code,
        name=Text.same(code),
        scale=LevelScale(
            levels=tuple(
                Level(value=first + place, points=Fraction(value))
                for place, value in enumerate(points or (0, 1, 2, 3, 4))
            ),
            basis=BASIS,
        ),
        basis=BASIS,
        conditions=tuple(Condition(code, ("yes",)) for code in when),
        weight=None if weight is None else strategies.figure(weight),
        missing=missing,
        missing_basis=BASIS,
    )


def measure(
    code: str,
    minimum: int = 0,
    maximum: int = 10,
    weight: int = 1,
    missing: MissingPolicy = UNKNOWN,
) -> Measure:
    return Measure(
        code=code,
        name=Text.same(code),
        minimum=Fraction(minimum),
        maximum=Fraction(maximum),
        decimals=2,
        basis=BASIS,
        weight=strategies.figure(weight),
        missing=missing,
        missing_basis=BASIS,
    )


def mean(whole: int | None = None) -> Rule:
    return WeightedMean(basis=BASIS, whole=None if whole is None else Fraction(whole))


def total_of(whole: int | None = None) -> Rule:
    return WeightedSum(basis=BASIS, whole=None if whole is None else Fraction(whole))


def dimension(
    code: str,
    rule: Rule,
    *children: Node,
    weight: int = 1,
    missing: MissingPolicy = UNKNOWN,
    deductions: tuple[Measure, ...] = (),
    rounding: Rounding | None = None,
    bands: Bands | None = None,
) -> Dimension:
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        children=children,
        rule=rule,
        deductions=deductions,
        rounding=rounding,
        bands=bands,
        decimals=0,
        weight=strategies.figure(weight),
        missing=missing,
        missing_basis=BASIS,
    )


def undivided(code: str, maximum: int = 10, missing: MissingPolicy = UNKNOWN) -> Dimension:
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        maximum=strategies.figure(maximum),
        weight=strategies.figure(1),
        missing=missing,
        missing_basis=BASIS,
    )


def instrument(root: Dimension, *gates: Gate) -> Instrument:
    return Instrument(
        id="by-hand",
        family="by-hand",
        title=Text.same("by hand"),
        root=root,
        sources=(),
        gates=gates,
        default_weighting=Stated(),
    )


def score(
    root: Dimension,
    *gates: Gate,
    override: MissingPolicy | None = None,
    points: dict[str, int] | None = None,
    measures: dict[str, str] | None = None,
    answered: dict[str, str] | None = None,
    **levels: int,
) -> oracle.Result:
    whole = instrument(root, *gates)
    answers = Answers(
        levels=levels,
        gates=answered or {},
        measures={code: Fraction(value) for code, value in (measures or {}).items()},
        points={code: Fraction(value) for code, value in (points or {}).items()},
    )
    return evaluate(whole, strategies.weights_of(whole), answers, override)


def test_a_mean_and_a_sum_of_one_another() -> None:
    root = dimension(
        "r",
        total_of(100),
        dimension("a", mean(), indicator("i", weight=1), indicator("j", weight=2), weight=60),
        indicator("k", 1, 5, 6, first=1, weight=40),
    )
    result = score(root, i=3, j=2, k=2)
    # a = (3 + 2*2) / 3 = 7/3; r = 60/100 * 7/3 + 40/100 * 5 = 7/5 + 2
    assert result.points == {"r": Fraction(17, 5), "a": Fraction(7, 3)}
    assert result.missing == frozenset()


def test_factors_of_a_sum_need_not_add_up() -> None:
    root = dimension("r", total_of(), indicator("i", weight=3), measure("m", weight=2))
    assert score(root, i=4, measures={"m": "0.25"}).points["r"] == Fraction("12.5")


def test_what_does_not_apply_adds_nothing_to_a_sum_and_leaves_a_mean() -> None:
    children = (indicator("i", weight=1), indicator("j", weight=3, when=("g",)))
    no = {"g": "no"}
    assert score(dimension("r", total_of(4), *children), gate(), answered=no, i=4).points["r"] == 1
    assert score(dimension("r", mean(4), *children), gate(), answered=no, i=4).points["r"] == 4


def test_a_dimension_of_which_nothing_applies() -> None:
    inner = dimension("a", mean(), indicator("i", when=("g",)), weight=3, missing=ZERO)
    root = dimension("r", mean(), inner, indicator("j"))
    result = score(root, gate(), answered={"g": "no"}, j=2)
    assert result.points == {"r": Fraction(2), "a": None}
    assert result.missing == frozenset()
    alone = score(dimension("r", mean(), inner), gate(), answered={"g": "no"})
    assert alone.points == {"r": None, "a": None}


def test_a_mean_whose_weights_are_all_zero_does_not_apply() -> None:
    inner = dimension("a", mean(), indicator("i", weight=0), indicator("k", when=("g",)), weight=3)
    root = dimension("r", mean(), inner, indicator("j"))
    assert score(root, gate(), answered={"g": "no"}, i=4, j=2).points["r"] == 2


@pytest.mark.parametrize(("policy", "points"), [(UNKNOWN, None), (ZERO, 2), (LOWEST, 3), (DROP, 4)])
def test_an_unanswered_gate_leaves_only_its_dimension_undetermined(
    policy: MissingPolicy, points: int | None
) -> None:
    # The lowest of a is 2, where i applies and is at its lowest; without i it is 3.
    inner = dimension(
        "a",
        mean(),
        indicator("i", 1, 8, when=("g",)),
        indicator("j", 3, 8),
        missing=policy,
    )
    root = dimension("r", mean(), inner, indicator("k"))
    result = score(root, gate(), i=1, j=1, k=4)
    assert result.points["r"] == points
    assert result.points["a"] == {ZERO: 0, LOWEST: 2}.get(policy)
    assert result.missing == {"g"}


def test_a_gate_that_can_change_nothing_any_more_is_not_missing() -> None:
    root = dimension("r", mean(), indicator("i", when=("g", "h")), indicator("j"))
    result = score(root, gate("g"), gate("h"), answered={"h": "no"}, j=3)
    assert result.points["r"] == 3
    assert result.missing == frozenset()


@pytest.mark.parametrize(
    ("policy", "points"),
    [(UNKNOWN, None), (ZERO, Fraction(3)), (LOWEST, Fraction(7, 2)), (DROP, Fraction(4))],
)
def test_policies_of_an_indicator_in_a_mean(policy: MissingPolicy, points: Fraction | None) -> None:
    def root(declared: MissingPolicy) -> Dimension:
        first = indicator("i", 2, 6, first=1, weight=1, missing=declared)
        return dimension("r", mean(), first, indicator("j", weight=3))

    assert score(root(policy), j=4).points["r"] == points
    assert score(root(UNKNOWN), j=4, override=policy).points["r"] == points
    assert score(root(policy), j=4).missing == {"i"}


def test_all_that_applies_is_dropped() -> None:
    inner = dimension("a", mean(), indicator("i", missing=DROP), missing=ZERO)
    root = dimension("r", mean(), inner, indicator("j"))
    assert score(root, j=4).points == {"r": Fraction(2), "a": Fraction(0)}
    assert score(root, j=4, override=DROP).points == {"r": Fraction(4), "a": None}


def test_an_override_spares_the_root_and_can_not_drop_from_a_sum() -> None:
    root = dimension("r", total_of(), indicator("i"))
    assert score(root, override=LOWEST).points["r"] == 0
    with pytest.raises(ValueError, match="sum"):
        score(root, override=DROP)
    for policy, points in ((ZERO, 0), (LOWEST, 0), (DROP, None), (UNKNOWN, None)):
        declared = dimension("r", total_of(), indicator("i"), missing=policy)
        assert score(declared).points["r"] == points
        assert score(declared, override=UNKNOWN).points["r"] == points


def test_deductions_come_before_rounding() -> None:
    def root(policy: MissingPolicy = UNKNOWN) -> Dimension:
        return dimension(
            "r",
            mean(),
            indicator("i"),
            indicator("j"),
            deductions=(measure("m", minimum=1, missing=policy),),
            rounding=Rounding(digits=0, basis=BASIS),
        )

    # 7/2 - 1.25 = 2.25; 7/2 - 1 = 5/2, a half that goes up
    assert score(root(), i=3, j=4, measures={"m": "1.25"}).points["r"] == 2
    assert score(root(), i=3, j=4, measures={"m": "1"}).points["r"] == 3
    assert score(root(), i=3, j=4).points["r"] is None
    assert score(root(), i=3, j=4).missing == {"m"}
    assert score(root(ZERO), i=3, j=4).points["r"] == 4
    assert score(root(LOWEST), i=3, j=4).points["r"] == 3
    assert score(root(DROP), i=3, j=4).points["r"] == 4


def test_an_entry_stands_for_all_below_it() -> None:
    inner = dimension(
        "a",
        mean(),
        indicator("i", when=("g",)),
        undivided("u"),
        deductions=(measure("m"),),
        rounding=Rounding(digits=0, basis=BASIS),
    )
    root = dimension("r", total_of(), inner, undivided("v", missing=LOWEST))
    result = score(root, gate(), points={"a": 3})
    assert result.points == {"r": Fraction(3), "a": Fraction(3), "u": None, "v": Fraction(0)}
    assert result.missing == {"v"}
    assert score(root, gate(), points={"r": 7}).points["r"] == 7
    assert score(root, gate(), points={"r": 7}).missing == frozenset()
    assert score(root, gate()).missing == {"g", "u", "v", "m"}


@pytest.mark.parametrize(
    ("mode", "steps"),
    [
        (RoundingMode.HALF_UP, "-1 1 2 3 3 2"),
        (RoundingMode.HALF_EVEN, "-2 0 2 2 3 2"),
        (RoundingMode.DOWN, "-2 0 1 2 2 2"),
        (RoundingMode.UP, "-1 1 2 3 3 3"),
    ],
)
def test_rounding_by_hand(mode: RoundingMode, steps: str) -> None:
    rounding = Rounding(digits=1, mode=mode, basis=BASIS)
    values = [Fraction(text) for text in ("-0.15", "0.05", "0.15", "0.25", "0.26", "0.21")]
    expected = [Fraction(int(step), 10) for step in steps.split()]
    assert [oracle.rounded(value, rounding) for value in values] == expected
    assert oracle.rounded(Fraction("0.3"), rounding) == Fraction("0.3")
    assert oracle.rounded(Fraction(1, 3), None) == Fraction(1, 3)


def limit(value: str, *, inclusive: bool = True) -> Limit:
    return Limit(Fraction(value), BASIS, inclusive=inclusive)


def band(name: str, lower: Limit | None, upper: Limit | None) -> Band:
    return Band(name=Text.same(name), lower=lower, upper=upper)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("-9", "low"),
        ("0.4", "low"),
        ("0.404", "low"),
        ("0.405", "mid"),
        ("0.6", "mid"),
        ("9", "top"),
    ],
)
def test_printed_bands_are_read_after_rounding(value: str, name: str) -> None:
    bands = Bands(
        items=(
            band("low", None, limit("0.40")),
            band("mid", limit("0.41"), limit("0.60")),
            band("top", limit("0.61"), None),
        ),
        rounding=Rounding(digits=2, basis=BASIS),
    )
    assert oracle.band_name(bands, Fraction(value)) == name


def test_limits_belong_where_they_say() -> None:
    bands = Bands(
        items=(
            band("low", None, limit("1")),
            band("mid", None, None),
            band("top", limit("2", inclusive=False), None),
        )
    )
    names = [oracle.band_name(bands, Fraction(text)) for text in ("1", "1.01", "2", "2.01")]
    assert names == ["low", "mid", "mid", "top"]


def test_the_band_of_a_dimension_without_points_is_none() -> None:
    bands = Bands(items=(band("low", None, None), band("top", limit("2"), None)))
    root = dimension("r", mean(), indicator("i"), bands=bands)
    assert score(root, i=2).band == {"r": "top"}
    assert score(root, i=1).band == {"r": "low"}
    assert score(root).band == {"r": None}


def test_the_least_is_over_all_answers_to_the_gates() -> None:
    root = dimension(
        "r",
        mean(),
        indicator("i", 4, 5, first=1, when=("g",)),
        indicator("j", 1, 2, weight=2),
        deductions=(measure("m", minimum=-1, maximum=2),),
    )
    whole = instrument(root, gate())
    # With i: (4 + 2) / 3 = 2; without: 1; the most that is deducted: 2.
    assert oracle.least(root, whole, strategies.weights_of(whole)) == -1
    rounding = Rounding(digits=0, mode=RoundingMode.UP, basis=BASIS)
    fine = attrs.evolve(root, children=(indicator("j", "1/2", 2),), rounding=rounding)
    assert oracle.least(fine, whole, {"j": Fraction(1)}) == -1


def test_what_never_applies_is_not_the_least() -> None:
    # Under g = no nothing in r applies; that is not the same as being worth nothing.
    root = dimension("r", total_of(), indicator("i", 2, 3, when=("g",)))
    whole = instrument(root, gate())
    assert oracle.least(root, whole, strategies.weights_of(whole)) == 2


def test_competition_ranks() -> None:
    totals = [Fraction(1, 3), None, Fraction(2), Fraction(1, 3), Fraction(0)]
    assert oracle.ranks(totals) == [2, None, 1, 2, 4]
    assert oracle.ranks([]) == []
