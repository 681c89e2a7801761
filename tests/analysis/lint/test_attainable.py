"""What answers reach, compared with every answer there is, one after the other."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    MEAN,
    SUM,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from meritindex import catalog
from meritindex.analysis.lint import attainable
from meritindex.analysis.lint.attainable import Reach, measured, reached_steps
from meritindex.analysis.lint.lattice import UndecidedError
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import (
    Cap,
    Dimension,
    GeometricMean,
    GoalpostScale,
    Indicator,
    Measure,
    Median,
    Minimum,
    Rounding,
    RoundingMode,
    Shortfall,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from oracle import Answers, evaluate, indicator_applies

MINIMUM = Minimum(basis=ASSUMED)
MEDIAN = Median(basis=ASSUMED)
LOG = GoalpostScale(low=1, high=2, logarithmic=True, basis=ASSUMED)
FALLING = ThresholdScale(
    steps=(Step(points=1), Step(points=3, start=0), Step(points=2, start=0, inclusive=False)),
    basis=ASSUMED,
)
POSTS = GoalpostScale(low="-1.5", high="0.5", basis=ASSUMED, points_at_low=2, points_at_high=-1)


def everything(definition):
    """Yield the points of the root and of all dimensions for all complete answers."""
    weights = {
        code: weight.value for code, weight in definition.default_weighting.resolve(definition.root)
    }
    for options in product(*(each.values for each in definition.gates)):
        gates = dict(zip((each.code for each in definition.gates), options, strict=True))
        asked = [each for each in definition.indicators if indicator_applies(each, gates)]
        chosen = product(*([level.value for level in each.levels] for each in asked))
        ranges = [
            [each.minimum + Fraction(place, 10**each.decimals) for place in range(steps(each))]
            for each in definition.measures
        ]
        childless = [each for each in definition.dimensions if not each.children]
        entered = [
            [
                Fraction(place, 10**each.decimals)
                for place in range(int(each.maximum.value * 10**each.decimals) + 1)
            ]
            for each in childless
        ]
        measures, points = list(product(*ranges)), list(product(*entered))
        for answers in chosen:
            for values in measures:
                for entries in points:
                    yield evaluate(
                        definition,
                        weights,
                        Answers(
                            gates=gates,
                            levels={
                                each.code: value for each, value in zip(asked, answers, strict=True)
                            },
                            measures={
                                each.code: value
                                for each, value in zip(definition.measures, values, strict=True)
                            },
                            points={
                                each.code: value
                                for each, value in zip(childless, entries, strict=True)
                            },
                        ),
                    ).points


def steps(each: Measure) -> int:
    return int((each.maximum - each.minimum) * 10**each.decimals) + 1


@st.composite
def leaves(draw, code, gated):
    kind = draw(st.sampled_from(("indicator", "indicator", "indicator", "measure", "childless")))
    if kind == "measure":
        return measure(
            code,
            draw(weights),
            minimum=-1,
            maximum=1,
            decimals=0,
            scale=draw(st.sampled_from((None, FALLING, POSTS, attrs.evolve(POSTS, capped=False)))),
        )
    if kind == "childless":
        return dimension(code, weight=draw(weights), maximum=figure("1.5"), decimals=0)
    return indicator(
        code,
        draw(weights),
        levels=levels(*draw(st.sampled_from(((0, 1), (0, "1/2", 2), ("-1/3", 1))))),
        conditions=draw(st.sampled_from(gated)),
    )


weights = st.sampled_from((1, 1, 2, "1/3", 0))
CONDITIONS = ((), (), (when("g1"),), (when("g1", "no"),), (when("g1"), when("g2")))


@st.composite
def dimensions(draw, code, depth):
    children = [
        draw(dimensions(f"{code}{place}", depth - 1))
        if depth and draw(st.booleans())
        else draw(leaves(f"{code}{place}", CONDITIONS))
        for place in range(draw(st.integers(1, 2)))
    ]
    rules = [SUM, WeightedSum(basis=ASSUMED, whole=3), MEAN, MINIMUM, MEDIAN]
    rule = draw(st.sampled_from(rules))
    if rule.whole is not None:
        children = [
            attrs.evolve(child, weight=figure(Fraction(3, len(children)))) for child in children
        ]
    elif not rule.weighted:
        children = [attrs.evolve(child, weight=None) for child in children]
    elif not any(child.weight.value for child in children):
        children = [attrs.evolve(child, weight=figure(1)) for child in children]
    fields = {}
    if draw(st.booleans()):
        digits = draw(st.integers(0, 1))
        mode = draw(st.sampled_from(RoundingMode))
        fields["rounding"] = Rounding(digits=digits, mode=mode, basis=ASSUMED)
    if draw(st.booleans()):
        fields["floor"] = figure(0)
    if draw(st.booleans()):
        fields["caps"] = draw(st.lists(caps(children), min_size=1, max_size=2))
    if draw(st.sampled_from((False, False, True))):
        adjusted = measure(f"{code}x", None, minimum=0, maximum=1, decimals=0)
        fields[draw(st.sampled_from(("bonuses", "deductions")))] = (adjusted,)
    return dimension(code, *children, rule=rule, weight=draw(weights), **fields)


@st.composite
def caps(draw, children):
    below = [code for child in children for code in codes(child)]
    shortfall = draw(
        st.none()
        | st.builds(Shortfall, code=st.sampled_from(below), below=st.sampled_from(("1/2", 1)))
    )
    return Cap(maximum=draw(st.sampled_from((0, 1))), basis=ASSUMED, shortfall=shortfall)


def codes(node):
    return [each.code for each in node.walk()] if isinstance(node, Dimension) else [node.code]


@st.composite
def small_instruments(draw):
    root = draw(dimensions("d", 2))
    if root.weight is not None:
        root = attrs.evolve(root, weight=None)
    definition = instrument(root=root, gates=(gate("g1"), gate("g2")))
    size = 1
    for node in definition.nodes:
        if isinstance(node, Indicator):
            size *= len(node.levels)
        elif isinstance(node, Measure):
            size *= steps(node)
        elif not node.children:
            size *= 2
    return definition if size <= 100 else instrument(indicator("a"))


@given(small_instruments())
def test_it_is_what_all_answers_reach(definition):
    reach = Subject(definition).reach
    found = list(everything(definition))
    for node in definition.dimensions:
        expected = {points[node.code] for points in found} - {None}
        reached = reach.of(node)
        if expected:
            assert reached is not None
            assert reached.values() == expected
            assert (reached.lowest, reached.highest) == (min(expected), max(expected))
            for value in (*list(expected)[:5], Fraction(1, 2)):
                assert (value in reached) == (value in expected)
                above = [each for each in expected if each >= value]
                below = [each for each in expected if each < value]
                assert reached.next_from(value) == min(above, default=None)
                assert reached.last_to(value, inclusive=False) == max(below, default=None)
        else:
            assert reached is None


def reach_of(*children, gates=(), **fields):
    root = dimension("top", *children, weight=None, **fields)
    definition = instrument(root=root, gates=gates)
    return Subject(definition).attainable(definition.root)


def test_the_weakest_of_nothing_and_of_some():
    low = indicator("a", None, levels=levels(0, 2))
    middle = indicator("b", None, levels=levels(1, 3))
    assert reach_of(low, middle, rule=MINIMUM).values() == {0, 1, 2}
    assert reach_of(low, middle, rule=MEDIAN).values() == {
        Fraction(1, 2),
        Fraction(3, 2),
        Fraction(5, 2),
    }


def test_of_a_cap_on_what_lies_deep():
    deep = dimension("deep", indicator("a", levels=levels(0, 4)), indicator("b"))
    top = dimension(
        "top",
        deep,
        weight=None,
        caps=(Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code="a", below=4)),),
    )
    definition = instrument(root=top)
    assert Subject(definition).attainable(top).values() == {0, 1, 4, 5, 6, 7, 8}


def test_the_limit_itself_is_no_shortfall():
    cap = Cap(maximum="1/2", basis=ASSUMED, shortfall=Shortfall(code="a", below=1))
    assert reach_of(indicator("a", levels=levels(0, 1)), caps=(cap,)).values() == {0, 1}


def test_what_falls_short_may_lie_in_what_does_not_apply():
    gated = dimension(
        "gated",
        indicator("a", levels=levels(0, 1), conditions=(when("g"),)),
        deductions=(measure("off", None, decimals=0),),
    )
    # 0 is below both limits, and 1 below neither; no value is below 1 alone.
    shortfalls = [Shortfall(code="off", below=below) for below in ("1/2", 1)]
    capped = [
        Cap(maximum=maximum, basis=ASSUMED, shortfall=shortfall)
        for maximum, shortfall in zip((2, 1), shortfalls, strict=True)
    ]
    top = dimension("top", gated, indicator("b", 2), weight=None, caps=capped, floor=figure(-1))
    definition = instrument(root=top, gates=(gate("g"),))
    found = {points["top"] for points in everything(definition)}
    assert Subject(definition).attainable(top).values() == found


@pytest.mark.parametrize(
    "root",
    [
        dimension("top", indicator("a"), rule=GeometricMean(basis=ASSUMED), weight=None),
        dimension("top", *(indicator(f"a{n}", None) for n in range(3)), rule=MEDIAN, weight=None),
        dimension("top", measure("a", minimum=1, maximum=2, scale=LOG), weight=None),
        dimension("top", measure("a", decimals=9), weight=None),
        dimension(
            "top",
            indicator("a"),
            weight=None,
            caps=[
                Cap(maximum=n, basis=ASSUMED, shortfall=Shortfall(code="a", below=n))
                for n in range(1, 5)
            ],
        ),
        dimension(
            "top",
            indicator("a", None),
            indicator("b", None),
            rule=WeightedMean(basis=ASSUMED, whole=100),
            weight=None,
        ),
    ],
)
def test_what_is_left_undecided(root):
    subject = Subject(instrument(root=root))
    assert subject.attainable(root) is None
    assert subject.attainable(root) is None  # and again, from memory
    if root.rule is not None:
        with pytest.raises(UndecidedError):
            subject.reach.under(root, subject.reach.patterns[0])


def test_too_many_patterns_are_undecided(monkeypatch):
    gates = [gate(f"g{n}") for n in range(9)]
    many = [indicator(f"a{n}", conditions=(when(f"g{n}"),)) for n in range(9)]
    assert reach_of(indicator("a"), *many[:8], gates=gates[:8]) is not None
    assert reach_of(indicator("a"), *many, gates=gates) is None
    monkeypatch.setattr(attainable, "MAX_COMBINATIONS", 128)
    assert reach_of(indicator("a"), *many[:8], gates=gates[:8]) is None


def test_a_weight_that_is_not_known_leaves_the_rest_decided():
    known = dimension("known", indicator("a"), weight=None)
    root = dimension("top", known, rule=WeightedMean(basis=ASSUMED, whole=1), weight=None)
    definition = instrument(root=root)
    reach = Reach(definition, lambda node: None if node.code == "known" else Fraction(1))
    assert reach.of(known).values() == set(range(5))
    assert reach.of(root) is None


def test_values_of_a_measure():
    plain = measure("m", minimum=0, maximum=1, decimals=1)
    assert list(measured(plain)) == [Fraction(n, 10) for n in range(11)]
    posts = GoalpostScale(low="0.25", high="0.75", basis=ASSUMED)
    inside = [Fraction(n, 10) for n in (1, 3, 5, 7, 9)]
    assert list(measured(attrs.evolve(plain, scale=posts))) == [0, *inside, 1]
    beyond = GoalpostScale(low=2, high=3, basis=ASSUMED)
    assert list(measured(attrs.evolve(plain, scale=beyond))) == [0]
    narrow = GoalpostScale(low="0.41", high="0.42", basis=ASSUMED)
    assert list(measured(attrs.evolve(plain, scale=narrow))) == [0, 1]


def test_steps_that_values_reach():
    scale = ThresholdScale(
        steps=(
            Step(points=0),
            Step(points=1, start="0.5"),
            Step(points=2, start="0.5", inclusive=False),
            Step(points=3, start="0.55"),
            Step(points=4, start="0.58"),
            Step(points=5, start=1, inclusive=False),
        ),
        basis=ASSUMED,
    )
    # One decimal: 0.51 and 0.55 to 0.58 are between 0.5 and 0.6.
    assert reached_steps(measure("m", decimals=1), scale) == [0, 1, 4]
    assert reached_steps(measure("m", decimals=2), scale) == [0, 1, 2, 3, 4]
    assert reached_steps(measure("m", minimum="0.5", decimals=2), scale) == [1, 2, 3, 4]


@pytest.mark.parametrize("name", ["ism-2026", "ism-2019"])
def test_the_catalog_is_decided(name):
    definition = catalog.instrument(name)
    reach = Subject(definition).reach
    assert all(reach.of(node) is not None for node in definition.nodes)


def test_the_catalog_reaches():
    definition = catalog.instrument("ism-2026")
    total = Subject(definition).attainable(definition.root)
    assert (total.lowest, total.highest) == (-1, 1)
    assert Fraction("0.605") in total
