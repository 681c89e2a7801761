"""The oracle against numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import oracle
import strategies
from meritindex.definition import (
    Band,
    BandCap,
    Bands,
    Cap,
    Condition,
    Dimension,
    Gate,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Indicator,
    Instrument,
    Level,
    LevelScale,
    Limit,
    Measure,
    MeasureScale,
    Median,
    Minimum,
    MissingPolicy,
    Node,
    Option,
    PowerMean,
    Rounding,
    RoundingMode,
    Rule,
    Shortfall,
    Stated,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.language import Text
from oracle import Answers, evaluate

UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy
BASIS = strategies.BASIS


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
    weight: int | None = 1,
    missing: MissingPolicy = UNKNOWN,
    scale: MeasureScale | None = None,
) -> Measure:
    return Measure(
        code=code,
        name=Text.same(code),
        minimum=Fraction(minimum),
        maximum=Fraction(maximum),
        decimals=2,
        basis=BASIS,
        scale=scale,
        weight=None if weight is None else strategies.figure(weight),
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
    weight: int | None = 1,
    missing: MissingPolicy = UNKNOWN,
    **fields: object,
) -> Dimension:
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        children=children,
        rule=rule,
        decimals=0,
        weight=None if weight is None else strategies.figure(weight),
        missing=missing,
        missing_basis=BASIS,
        **fields,
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
    assert oracle.least(root, whole, strategies.weights_of(whole)).value == -1
    rounding = Rounding(digits=0, mode=RoundingMode.UP, basis=BASIS)
    fine = attrs.evolve(root, children=(indicator("j", "1/2", 2),), rounding=rounding)
    assert oracle.least(fine, whole, {"j": Fraction(1)}).value == -1


def test_what_never_applies_is_not_the_least() -> None:
    # Under g = no nothing in r applies; that is not the same as being worth nothing.
    root = dimension("r", total_of(), indicator("i", 2, 3, when=("g",)))
    whole = instrument(root, gate())
    assert oracle.least(root, whole, strategies.weights_of(whole)).value == 2


def test_competition_ranks() -> None:
    totals = [Fraction(1, 3), None, Fraction(2), Fraction(1, 3), Fraction(0)]
    assert oracle.ranks(totals) == [2, None, 1, 2, 4]
    assert oracle.ranks([]) == []


# Rules that are no plain sum


ODD = (indicator("i", 1, 8), indicator("j", 2, 8, weight=3), indicator("k", 4, 8, weight=0))
PLAIN = tuple(attrs.evolve(child, weight=None) for child in ODD)


def lowest_of(rule: Rule, *children: Node) -> oracle.Result:
    """Score children that are all at their lowest level."""
    return score(dimension("r", rule, *children), **dict.fromkeys("ijk"[: len(children)], 0))


@pytest.mark.parametrize(
    ("rule", "children", "points"),
    [
        (HarmonicMean(basis=BASIS), ODD, Fraction(8, 5)),  # 4 / (1/1 + 3/2)
        (PowerMean(basis=BASIS, exponent=-1), ODD, Fraction(8, 5)),
        (PowerMean(basis=BASIS, exponent=1), ODD, Fraction(7, 4)),
        (WeightedMean(basis=BASIS), ODD, Fraction(7, 4)),
        (HarmonicMean(basis=BASIS, floor=2), ODD, 2),
        (Minimum(basis=BASIS), PLAIN, 1),
        (Median(basis=BASIS), PLAIN, 2),
        (Median(basis=BASIS), PLAIN[:2], Fraction(3, 2)),
    ],
)
def test_rules_that_are_rational(rule: Rule, children: tuple[Node, ...], points: Fraction) -> None:
    result = lowest_of(rule, *children)
    assert result.points == {"r": points}
    assert result.exact == {"r": True}
    assert result.spans["r"].exact


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        # (1 * 2**3) ** (1/4) = 8 ** (1/4)
        (GeometricMean(basis=BASIS), "1.681792830507429086062250952466429790080"),
        # ((1 + 3 * 4) / 4) ** (1/2) = sqrt(13) / 2
        (PowerMean(basis=BASIS, exponent=2), "1.802775637731994646559610633735247973125"),
        # the inverse square of (1 + 3 / sqrt(2)) / 4, which is (88 - 48 * sqrt(2)) / 12.25
        (PowerMean(basis=BASIS, exponent="-1/2"), "1.64226522498705613530766867248444834519"),
    ],
)
def test_rules_that_are_not_rational(rule: Rule, points: str) -> None:
    result = lowest_of(rule, *ODD)
    digits = len(points.split(".")[1])
    assert abs(result.points["r"] - Fraction(points)) < Fraction(1, 10 ** (digits - 1))
    assert result.exact == {"r": False}
    span = result.spans["r"]
    assert span.low < span.value < span.high
    assert (span.high - span.low) / span.value < Fraction(1, 10**12)


def test_powers_without_end_come_near_the_extremes() -> None:
    for exponent, limit in ((100, 2), (-100, 1)):
        points = lowest_of(PowerMean(basis=BASIS, exponent=exponent), *ODD[:2]).points["r"]
        assert abs(points - limit) < Fraction(3, 100)


def test_what_is_not_rational_spreads_upward_and_is_rounded_like_the_rest() -> None:
    inner = dimension("a", GeometricMean(basis=BASIS), indicator("i", 1), indicator("j", 2))
    down = Rounding(digits=2, mode="down", basis=BASIS)
    root = dimension("r", total_of(), inner, indicator("k", 1), rounding=down)
    result = score(root, i=0, j=0, k=0)
    assert result.points["r"] == Fraction("2.41")
    assert result.exact == {"r": False, "a": False}
    assert result.spans["r"].exact
    # Of the root of 4 doubles can't tell whether it is 2 or a little less.
    four = attrs.evolve(inner, children=(indicator("i", 1), indicator("j", 4)), weight=None)
    span = score(attrs.evolve(four, rounding=down), i=0, j=0).spans["a"]
    assert (span.low, span.high) == (Fraction("1.99"), 2)


def test_what_does_not_count_is_left_out_of_every_mean() -> None:
    children = (indicator("i", 4, missing=DROP), indicator("j", 9), indicator("k", when=("g",)))
    plain = tuple(attrs.evolve(child, weight=None) for child in children)
    no = {"g": "no"}
    for rule in (HarmonicMean(basis=BASIS), PowerMean(basis=BASIS, exponent=1)):
        assert score(dimension("r", rule, *children), gate(), answered=no, j=0).points["r"] == 9
    for rule in (Minimum(basis=BASIS), Median(basis=BASIS)):
        assert score(dimension("r", rule, *plain), gate(), answered=no, j=0).points["r"] == 9
        absent = dimension("a", rule, plain[2], weight=None)
        both = dimension("r", rule, absent, plain[1])
        assert score(both, gate(), answered=no, j=0).points == {"r": 9, "a": None}


# Points that a mean refuses


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        (GeometricMean(basis=BASIS), {"i", "j"}),
        (HarmonicMean(basis=BASIS), {"i", "j"}),
        (PowerMean(basis=BASIS, exponent=-2), {"i", "j"}),
        (PowerMean(basis=BASIS, exponent="1/2"), {"j"}),
        (GeometricMean(basis=BASIS, floor=1), set()),
        (WeightedMean(basis=BASIS), set()),
    ],
)
def test_a_mean_of_what_is_not_positive_is_refused(rule: Rule, refused: set[str]) -> None:
    children = (indicator("i", 0), indicator("j", -1), indicator("k", 1))
    result = lowest_of(rule, *children)
    assert result.refused == {("r", code) for code in refused}
    assert result.firm is not bool(refused)
    # What weighs nothing is not looked at.
    idle = (*(attrs.evolve(one, weight=strategies.figure(0)) for one in children[:2]), children[2])
    assert lowest_of(rule, *idle).firm


def test_what_is_refused_means_nothing_above() -> None:
    inner = dimension("a", HarmonicMean(basis=BASIS), indicator("i", 0), missing=ZERO)
    root = dimension("r", HarmonicMean(basis=BASIS), inner, indicator("j", 1))
    assert score(root, i=0, j=0).refused == {("a", "i")}
    assert score(root, j=0).refused == {("r", "a")}  # nothing there counts zero
    assert score(root, j=0, points={"a": 3}).points["r"] == Fraction(3, 2)


def test_doubles_can_not_tell_a_zero() -> None:
    log = GoalpostScale(low=1, high=2, points_at_low=-1, basis=BASIS, logarithmic=True)
    root = dimension("r", HarmonicMean(basis=BASIS), measure("m", 1, 4, scale=log))
    # ln(m) / ln(2) = 1/2 at the root of 2, which has no end.
    assert score(root, measures={"m": "1.41"}).refused == {("r", "m")}
    near = dimension(
        "r",
        HarmonicMean(basis=BASIS),
        dimension("a", mean(), measure("m", 1, 4, scale=log), deductions=(measure("n", 0, 4),)),
    )
    result = score(near, measures={"m": "2", "n": "1"})
    assert result.perhaps_refused == {("r", "a")}
    assert not result.refused
    assert not result.firm


# Scales of measures


STEPS = ThresholdScale(
    steps=[
        Step(points=0),
        Step(points=1, start=2),
        Step(points=5, start=2, inclusive=False),
        Step(points=3, start=7),
    ],
    basis=BASIS,
)


@pytest.mark.parametrize(
    ("scale", "value", "points"),
    [
        (STEPS, "1.99", "0"),
        (STEPS, "2", "1"),
        (STEPS, "2.01", "5"),
        (STEPS, "7", "3"),
        (GoalpostScale(low=2, high=6, basis=BASIS), "1", "0"),
        (GoalpostScale(low=2, high=6, basis=BASIS), "5", "3/4"),
        (GoalpostScale(low=2, high=6, basis=BASIS), "7", "1"),
        (GoalpostScale(low=2, high=6, basis=BASIS, capped=False), "1", "-1/4"),
        (GoalpostScale(low=2, high=6, basis=BASIS, points_at_low=4, points_at_high=2), "3", "7/2"),
    ],
)
def test_scales_by_hand(scale: MeasureScale, value: str, points: str) -> None:
    result = score(dimension("r", total_of(), measure("m", scale=scale)), measures={"m": value})
    assert result.points["r"] == Fraction(points)
    assert result.exact["r"]


def test_a_logarithm_by_hand() -> None:
    scale = GoalpostScale(low=1, high=8, points_at_high=3, basis=BASIS, logarithmic=True)
    root = dimension("r", total_of(), measure("m", 0, 10, scale=scale))
    for value, points in (("4", 2), ("0", 0), ("9", 3)):
        result = score(root, measures={"m": value})
        assert abs(result.points["r"] - points) < Fraction(1, 10**50)
        assert points in result.spans["r"]
        assert not result.exact["r"]


def test_the_least_of_a_scale() -> None:
    def least(scale: MeasureScale, minimum: int, maximum: int) -> Fraction:
        return oracle.least(measure("m", minimum, maximum, scale=scale), whole, {}).value

    whole = instrument(dimension("r", total_of(), measure("m")))
    assert least(STEPS, 0, 10) == 0
    assert least(STEPS, 3, 10) == 3
    assert least(STEPS, 3, 6) == 5
    assert least(STEPS, 1, 2) == 0
    assert least(GoalpostScale(low=2, high=6, points_at_low=4, basis=BASIS), 0, 5) == Fraction(7, 4)


# Bonuses, floors and caps


def adjusted(**fields: object) -> Dimension:
    return dimension("r", mean(), indicator("i"), indicator("j"), **fields)


def test_the_order_is_adjustments_then_floor_then_caps_then_rounding() -> None:
    fields = {
        "bonuses": (measure("up", weight=None),),
        "deductions": (measure("down", weight=None),),
        "floor": strategies.figure(1),
        "caps": (Cap(maximum=3, basis=BASIS),),
        "rounding": Rounding(digits=0, basis=BASIS),
    }
    root = adjusted(**fields)

    def points(up: str, down: str) -> Fraction:
        return score(root, i=2, j=2, measures={"up": up, "down": down}).points["r"]

    assert [points(*pair) for pair in (("0.5", "0"), ("0", "9"), ("9", "1"), ("2", "1.6"))] == [
        3,
        1,
        3,
        2,
    ]
    assert score(root, i=2, j=2, measures={"up": "9", "down": "0"}).capped == {"r"}
    assert score(root, i=2, j=2, measures={"up": "1"}).missing == {"down"}
    assert score(root, i=2, j=2, measures={"down": "1"}).points["r"] is None
    dropped = attrs.evolve(root, bonuses=(measure("up", weight=None, missing=DROP),))
    assert score(dropped, i=2, j=2, measures={"down": "1"}).points["r"] == 1
    # An entry is taken as it is.
    assert score(root, points={"r": 9}).points["r"] == 9


def capped(below: int | str = 3, **fields: object) -> Dimension:
    """Return a sum of a and j that is at most 2 while a falls short."""
    inner = dimension("a", mean(), indicator("i", when=("g",)), indicator("k", when=("g",)))
    cap = Cap(maximum=2, basis=BASIS, shortfall=Shortfall(code="a", below=below))
    return dimension("r", total_of(), attrs.evolve(inner, **fields), indicator("j"), caps=(cap,))


YES, NO = {"g": "yes"}, {"g": "no"}


def test_a_cap_waits_for_its_shortfall() -> None:
    assert score(capped(), gate(), answered=YES, i=3, k=3, j=4).points["r"] == 7
    assert score(capped(), gate(), answered=YES, i=3, k=2, j=4).points["r"] == 2
    assert score(capped(), gate(), answered=NO, j=4).points["r"] == 4
    assert score(capped(), gate(), answered=NO, points={"r": 8}).points["r"] == 8
    assert score(capped(), gate(), points={"a": 1}, j=4).points["r"] == 2


@pytest.mark.parametrize(("policy", "points"), [(UNKNOWN, None), (ZERO, 2), (LOWEST, 2)])
def test_a_shortfall_sees_what_the_parent_sees(policy: MissingPolicy, points: int | None) -> None:
    root = capped(missing=policy)
    assert score(root, gate(), answered=YES, j=4).points["r"] == points
    assert score(root, gate(), j=4).points["r"] == points
    assert score(root, gate(), answered=YES, i=2, j=4).points["r"] == points


def test_a_shortfall_that_is_dropped_or_not_given_is_not_known() -> None:
    inner = dimension("a", mean(), indicator("i"), indicator("k"), missing=DROP)
    cap = Cap(maximum=2, basis=BASIS, shortfall=Shortfall(code="a", below=3))
    root = dimension("r", mean(), inner, indicator("j"), caps=(cap,), missing=LOWEST)
    assert score(root, j=4).points["r"] == 0
    deeper = attrs.evolve(root, caps=(attrs.evolve(cap, shortfall=Shortfall(code="i", below=1)),))
    assert score(deeper, j=4, points={"a": 4}).points == {"r": 0, "a": 4}
    assert score(deeper, j=4, i=2, k=3).points["r"] == Fraction(13, 4)
    assert score(deeper, j=4, i=0, k=3).points["r"] == 2


def test_what_does_not_apply_falls_not_short_below_an_entry() -> None:
    inner = dimension("a", mean(), indicator("i", when=("g",)), indicator("k"))
    cap = Cap(maximum=2, basis=BASIS, shortfall=Shortfall(code="i", below=3))
    root = dimension("r", mean(), inner, indicator("j"), caps=(cap,))
    for answered, points in ((NO, 4), (YES, None), ({}, None)):
        result = score(root, gate(), answered=answered, j=4, points={"a": 4})
        assert result.points["r"] == points
        assert result.awaited == result.missing == (set() if points else {"i"})


def test_the_least_minds_floor_and_caps() -> None:
    def least(root: Dimension) -> Fraction:
        whole = instrument(root, gate())
        return oracle.least(root, whole, strategies.weights_of(whole)).value

    below = dimension("a", mean(), indicator("i", 3, 4))
    cap = Cap(maximum=2, basis=BASIS, shortfall=Shortfall(code="i", below=3))
    root = dimension("r", total_of(), below, bonuses=(measure("m", 1, 2),), caps=(cap,))
    assert least(root) == 4
    possible = attrs.evolve(cap, shortfall=Shortfall(code="i", below="3.01"))
    assert least(attrs.evolve(root, caps=(possible,))) == 2
    assert least(attrs.evolve(root, caps=(attrs.evolve(cap, shortfall=None),))) == 2
    assert least(attrs.evolve(root, caps=(), floor=strategies.figure(9))) == 9
    zero = dimension("r", GeometricMean(basis=BASIS), indicator("i"), indicator("j", 3))
    assert least(zero) == 0
    assert least(attrs.evolve(zero, rule=HarmonicMean(basis=BASIS))) == 0
    assert least(attrs.evolve(zero, rule=PowerMean(basis=BASIS, exponent=1))) == Fraction(3, 2)
    assert least(attrs.evolve(zero, rule=HarmonicMean(basis=BASIS, floor=1))) == Fraction(3, 2)


# Caps of bands


THREE = Bands(
    items=(band("low", None, None), band("mid", limit("2"), None), band("top", limit("4"), None))
)


def with_band_caps(*caps: tuple[str, str, int]) -> Dimension:
    """Return a sum of a (of i) and j in three bands; a cap is a band, a node and a limit."""
    inner = dimension("a", mean(), indicator("i"), missing=ZERO)
    band_caps = tuple(
        BandCap(band=name, basis=BASIS, shortfall=Shortfall(code=code, below=below))
        for name, code, below in caps
    )
    return dimension(
        "r", total_of(), inner, indicator("j", missing=ZERO), bands=THREE, band_caps=band_caps
    )


@pytest.mark.parametrize(
    ("levels", "name"),
    [
        ({"i": 1, "j": 4}, "mid"),
        ({"i": 2, "j": 4}, "top"),
        ({"i": 0, "j": 1}, "low"),
        ({"j": 2}, "mid"),  # what is not known would leave it as it is
        ({"j": 4}, None),
    ],
)
def test_a_band_is_held_back_by_a_shortfall(levels: dict[str, int], name: str | None) -> None:
    result = score(with_band_caps(("mid", "i", 2)), **levels)
    assert result.band["r"] == name
    assert result.points["r"] == levels.get("i", 0) + levels["j"]


def test_a_certain_cap_settles_what_an_uncertain_one_leaves_open() -> None:
    root = with_band_caps(("mid", "i", 2), ("low", "j", 9))
    assert score(root, j=4).band["r"] == "low"
    assert score(root, points={"a": 4}, j=4).band["r"] == "low"
    other = with_band_caps(("low", "i", 2), ("mid", "j", 9))
    assert score(other, j=4).band["r"] is None
    assert score(with_band_caps(("mid", "i", 2)), points={"r": 8}).band["r"] is None
    assert score(with_band_caps(("mid", "i", 2)), points={"r": 3}).band["r"] == "mid"


def test_doubles_can_not_tell_a_band_or_a_shortfall() -> None:
    geometric = dimension("a", GeometricMean(basis=BASIS), indicator("i", 1), indicator("j", 4))
    cap = BandCap(band="low", basis=BASIS, shortfall=Shortfall(code="a", below=2))
    points = Cap(maximum=1, basis=BASIS, shortfall=Shortfall(code="a", below=2))
    root = dimension("r", total_of(), geometric, bands=THREE)
    assert score(root, i=0, j=0).doubtful == {"r"}
    lifted = dimension("r", total_of(), geometric, indicator("k", 1), bands=THREE)
    assert not score(lifted, i=0, j=0, k=0).doubtful
    assert score(attrs.evolve(lifted, band_caps=(cap,)), i=0, j=0, k=0).doubtful == {"r"}
    span = score(attrs.evolve(lifted, caps=(points,)), i=0, j=0, k=0).spans["r"]
    assert span.low < 1 + Fraction(1, 10**9)
    assert span.high >= 3
