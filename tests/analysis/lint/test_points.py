"""Points that are entered, refused, not given, or not exact."""

from __future__ import annotations

import pytest

from builders import (
    ASSUMED,
    MEAN,
    OFFICIAL,
    SUM,
    band,
    dimension,
    figure,
    gate,
    levels,
    limit,
    measure,
    when,
)
from lint_looking import check, found, only, share, top
from meritindex.definition import (
    Bands,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rounding,
    WeightedMean,
)

GEOMETRIC = GeometricMean(basis=ASSUMED)
LOG = GoalpostScale(low=1, high=2, logarithmic=True, basis=ASSUMED)
ROUNDING = Rounding(digits=2, basis=ASSUMED)


# Entered


def test_entries_beyond_what_answers_reach():
    finding = only(top(share("a"), entry_maximum=figure(2)), "entry-maximum-unreachable")
    check(finding, "note", "top", "up to 2", "reach 1 at most")


@pytest.mark.parametrize("maximum", [1, "0.5"])
def test_an_entry_maximum_without_effect(maximum):
    definition = top(share("a"), entry_maximum=figure(maximum))
    check(only(definition, "entry-maximum-without-effect"), "warning", "top", "answers reach 1")
    assert found(definition, "entry-maximum-unreachable") == []


def test_entries_beyond_what_incomplete_answers_reach():
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    children = share("a", **dropped), share("b", levels=levels(0, 4))
    beyond = top(*children, rule=MEAN, entry_maximum=figure(5))
    check(only(beyond, "entry-maximum-unreachable"), "note", "top", "reach 4 at most")
    within = top(*children, rule=MEAN, entry_maximum=figure(4))
    check(only(within, "entry-maximum-without-effect"), "warning", "top", "answers reach 4")


def test_no_entry_maximum():
    for code in ("entry-maximum-unreachable", "entry-maximum-without-effect"):
        assert found(top(share("a")), code) == []


# Refused


@pytest.mark.parametrize("rule", [GEOMETRIC, HarmonicMean(basis=ASSUMED)])
def test_a_level_of_which_no_mean_can_be_taken(rule):
    finding = only(top(share("a"), share("b"), rule=rule), "zero-refused")
    check(finding, "error", "top", rule.label.en, "zero or less", "a and b")


def test_a_power_mean_with_positive_exponent_minds_negative_points_only():
    rule = PowerMean(exponent=2, basis=ASSUMED)
    assert found(top(share("a"), rule=rule), "zero-refused") == []
    negative = top(share("a", levels=levels(-1, 1)), rule=rule)
    check(only(negative, "zero-refused"), "error", "top", "less than zero")


def test_a_value_from_elsewhere_may_be_refused():
    children = (measure("m"), share("a", levels=levels(1, 2)))
    check(only(top(*children, rule=GEOMETRIC), "zero-refused"), "warning", "top", "of m is")
    both = found(top(share("b"), *children, rule=GEOMETRIC), "zero-refused")
    assert [(each.severity, each.where) for each in both] == [("error", "top"), ("warning", "top")]


def test_a_dimension_that_may_be_zero():
    inner = dimension("inner", share("b"))
    check(only(top(inner, rule=GEOMETRIC), "zero-refused"), "warning", "top", "inner")
    open_ = dimension("inner", share("b", levels=levels(1, 2)), rule=GEOMETRIC)
    assert found(top(open_, rule=GEOMETRIC), "zero-refused") == []  # not decided, so not said


@pytest.mark.parametrize(
    "definition",
    [
        top(share("a"), rule=GeometricMean(basis=ASSUMED, floor="0.01")),
        top(share("a", levels=levels("0.01", 1)), rule=GEOMETRIC),
        top(share("a", 0), share("b", levels=levels(1, 2)), rule=GEOMETRIC),
        top(share("a"), rule=MEAN),
    ],
)
def test_what_is_not_refused(definition):
    assert found(definition, "zero-refused") == []


# Silence

DROP = {"missing": "drop", "missing_basis": ASSUMED}
ZERO = {"missing": "zero", "missing_basis": ASSUMED}
LOWEST = {"missing": "lowest", "missing_basis": ASSUMED}


def test_leaving_out_can_beat_a_low_answer():
    definition = top(share("a", **DROP), share("b"), rule=MEAN)
    finding = only(definition, "silence-rewarded")
    check(finding, "warning", "a", "silence can beat a low answer")
    cited = top(share("a", missing="drop", missing_basis=OFFICIAL), share("b"), rule=MEAN)
    check(only(cited, "silence-rewarded"), "note", "a")


@pytest.mark.parametrize("rule", [Minimum(basis=ASSUMED), Median(basis=ASSUMED)])
def test_under_rules_without_weights_too(rule):
    definition = top(share("a", None, **DROP), share("b", None), rule=rule)
    assert [each.where for each in found(definition, "silence-rewarded")] == ["a"]


@pytest.mark.parametrize(
    "children",
    [
        (share("a", **DROP),),  # nothing else to weigh
        (share("a", 0, **DROP), share("b")),
        (share("a", **DROP), share("b", 0)),
        (share("a", levels=levels(1, 2), **DROP), share("b")),  # no less than the others
        (share("a", conditions=(when("g"),), **DROP), share("b", conditions=(when("g", "no"),))),
        (share("a", **ZERO), share("b", **LOWEST)),
    ],
)
def test_silence_that_does_not_pay(children):
    definition = top(*children, rule=MEAN, gates=(gate("g"),))
    assert found(definition, "silence-rewarded") == []


def test_nothing_taken_off_for_silence():
    for fields in (ZERO, LOWEST):
        definition = top(share("a"), deductions=(measure("off", None, **fields),))
        check(only(definition, "silence-rewarded"), "warning", "off", "silence costs nothing")
    mean = top(share("a"), deductions=(measure("off", None, **DROP),), rule=MEAN)
    check(only(mean, "silence-rewarded"), "warning", "off", "nothing is taken off top")
    harmless = measure("off", None, minimum=-1, maximum=0, **ZERO)
    assert found(top(share("a"), deductions=(harmless,)), "silence-rewarded") == []
    unknown = measure("off", None)
    assert found(top(share("a"), deductions=(unknown,)), "silence-rewarded") == []


def test_zero_that_is_more_than_the_lowest():
    definition = top(share("a", levels=levels(-1, 1), **ZERO), rule=SUM)
    check(only(definition, "silence-rewarded"), "warning", "a", "more than its lowest")
    bonus = top(share("a"), bonuses=(measure("on", None, minimum=-1, **ZERO),))
    check(only(bonus, "silence-rewarded"), "warning", "on", "more than its lowest")
    plain = top(share("a"), bonuses=(measure("on", None, **DROP),), rule=MEAN)
    assert found(plain, "silence-rewarded") == []


# Not exact


def inexact(**fields):
    return top(share("a", levels=levels(1, 2)), rule=GEOMETRIC, **fields)


def test_a_total_that_is_neither_exact_nor_rounded():
    check(only(inexact(), "inexact-unrounded"), "warning", "top", "double precision")
    bands = Bands(items=(band("low"), band("high", limit(1))))
    check(only(inexact(bands=bands), "inexact-unrounded"), "warning", "top")
    scale = top(measure("m", minimum=1, maximum=2, scale=LOG))
    check(only(scale, "inexact-unrounded"), "warning", "top")


def test_rounded_somewhere_before_it_is_compared():
    bands = Bands(items=(band("low"), band("high", limit(1))), rounding=ROUNDING)
    assert found(inexact(rounding=ROUNDING), "inexact-unrounded") == []
    assert found(inexact(bands=bands), "inexact-unrounded") == []
    assert found(top(share("a"), bands=bands), "inexact-unrounded") == []


def test_a_dimension_that_is_not_compared():
    inner = dimension("inner", share("a", levels=levels(1, 2)), rule=GEOMETRIC)
    assert found(top(inner, rounding=ROUNDING), "inexact-unrounded") == []
    bands = Bands(items=(band("low"), band("high", limit(1))))
    compared = dimension("inner", share("a", levels=levels(1, 2)), rule=GEOMETRIC, bands=bands)
    check(only(top(compared, rounding=ROUNDING), "inexact-unrounded"), "warning", "inner")


def test_open_weights_are_no_hindrance():
    rule = WeightedMean(basis=ASSUMED, whole=100)
    definition = top(share("a", None, **DROP), share("b", None), rule=rule)
    assert [each.where for each in found(definition, "silence-rewarded")] == ["a"]
