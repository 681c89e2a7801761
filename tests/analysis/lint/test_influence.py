"""What can never change the band of the total, compared with every answer there is."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    MEAN,
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
from meritindex.analysis.lint import influence
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    GeometricMean,
    Median,
    Minimum,
    Rounding,
    Shortfall,
    WeightedMean,
)
from oracle import Answers, evaluate

CODE = "never-decides"


def bands(*limits):
    return Bands(
        items=[
            band(f"b{place}", limit(value) if place else None)
            for place, value in enumerate((0, *limits))
        ]
    )


def above(*limits):
    """Return bands that begin above their limits."""
    return Bands(
        items=[
            band(f"b{place}", limit(value, inclusive=False) if place else None)
            for place, value in enumerate((0, *limits))
        ]
    )


def test_without_weight():
    inner = dimension("inner", share("b"), weight=0)
    definition = top(share("a"), share("c", 0), inner, bands=bands("0.5"))
    check(only(definition, CODE), "warning", "c", "the weight of c and inner is zero")
    # and without bands too, for the total does not change either
    assert found(top(share("a"), share("c", 0)), CODE)[0].where == "c"
    assert found(top(share("a"), bands=bands("0.5")), CODE) == []


def test_indicators_that_are_alike_but_for_a_cap_are_told_apart():
    cap = Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code="b", below="1/2"))
    definition = top(share("a", 0), share("b", 0), share("c", 2), caps=(cap,), bands=bands("0.5"))
    check(only(definition, CODE), "warning", "a", "the weight of a is zero")


def test_always_the_same():
    definition = top(share("a"), share("b", levels=levels(1, 1)), bands=bands("1.5"))
    check(only(definition, CODE), "warning", "b", "worth the same (1)")


def test_never_applying():
    definition = top(
        share("a"),
        share("b", conditions=(when("g", "yes"), when("g", "no"))),
        gates=(gate("g"),),
        bands=bands("0.5"),
    )
    check(only(definition, CODE), "warning", "b", "no answers to the gates")


def test_too_small():
    # Totals are multiples of a half and up to 0.1 more; the limit lies beyond all those.
    halves = share("a", levels=levels(0, "1/2", 1))
    small = share("b", "1/10")
    definition = top(halves, small, bands=bands("0.7", "0.8"))
    check(only(definition, CODE), "warning", "b", "by 0.1 at most")
    assert found(top(halves, small, bands=bands("0.6", "0.8")), CODE) == []


@pytest.mark.parametrize(
    ("made", "value", "decides"),
    [(bands, "0.6", True), (bands, "0.5", False), (above, "0.6", False), (above, "0.5", True)],
)
def test_whether_the_limit_itself_is_across(made, value, decides):
    halves = share("a", levels=levels(0, "1/2", 1))
    definition = top(halves, share("b", "1/10"), bands=made(value))
    assert (found(definition, CODE) == []) is decides


def test_what_is_taken_off_counts_from_its_most():
    whole = share("a", levels=levels(0, 1))
    small = measure("off", None, minimum=0, maximum="0.2")
    for value, decides in (("0.75", False), ("0.8", False), ("0.9", True), ("1", True)):
        definition = top(whole, deductions=(small,), bands=bands(value))
        assert (found(definition, CODE) == []) is decides, value


def test_bonuses_count():
    small = measure("on", None, minimum=0, maximum="0.2")
    whole = share("a", levels=levels(0, 1))
    assert found(top(whole, bonuses=(small,), bands=bands("1.1")), CODE) == []
    check(only(top(whole, bonuses=(small,), bands=bands("0.5")), CODE), "warning", "on")


def test_what_lies_below_is_not_told_again():
    inner = dimension("inner", share("b"), share("c"), weight="1/100")
    definition = top(share("a"), inner, bands=bands("0.4"))
    check(only(definition, CODE), "warning", "inner", "by 0.02")


def test_the_rounding_on_the_way_is_taken_at_its_largest():
    rounding = Rounding(digits=0, basis=ASSUMED)
    inner = dimension("inner", share("b"), share("c", "1/10"), rounding=rounding)
    assert found(top(inner, bands=bands(1)), CODE) == []
    # c carries inner from 0.5 on to 1 at most; the limit at 5 is far from all that.
    far = top(inner, share("a", 10, levels=levels(0, 1)), bands=bands(5))
    assert [each.where for each in found(far, CODE)] == ["inner"]


def test_dimensions_that_do_not_apply_are_passed_over():
    inner = dimension(
        "inner",
        share("b", conditions=(when("g"),)),
        share("c", 0),
        rule=MEAN,
        weight=1,
    )
    definition = top(inner, share("a"), rule=MEAN, gates=(gate("g"),), bands=bands("0.5"))
    assert [each.where for each in found(definition, CODE)] == ["c"]


def test_where_all_totals_have_one_band_nothing_is_said():
    assert found(top(share("a"), bands=bands(7)), CODE) == []


def test_what_a_cap_depends_on_has_an_influence():
    key = share("key", 0)
    cap = BandCap(band="b1", basis=ASSUMED, shortfall=Shortfall(code="key", below="1/2"))
    definition = top(share("a"), key, bands=bands("0.5", "0.75"), band_caps=(cap,))
    assert found(definition, CODE) == []
    inner = dimension("inner", key, share("b", "1/100"))
    cap = attrs.evolve(cap, shortfall=Shortfall(code="inner", below="1/2"))
    held = top(share("a", levels=levels(0, 1)), inner, bands=bands("0.5", "0.75"), band_caps=(cap,))
    assert [each.where for each in found(held, CODE)] == ["key"]


def test_a_cap_of_the_points_leaves_it_undecided():
    key = dimension("key", share("k", "1/10"), share("o"))
    cap = Cap(maximum="1/2", basis=ASSUMED, shortfall=Shortfall(code="o", below="1/2"))
    inner = dimension("inner", key, share("b", "1/10"), caps=(cap,))
    assert found(top(inner, share("a"), bands=bands("1.5")), CODE) == []


@pytest.mark.parametrize("rule", [Minimum(basis=ASSUMED), Median(basis=ASSUMED)])
def test_other_rules_leave_it_undecided(rule):
    inner = dimension("inner", share("b", None), share("c", None), rule=rule, weight="1/100")
    definition = top(share("a", levels=levels(0, 1)), inner, bands=bands("0.5"))
    assert [each.where for each in found(definition, CODE)] == ["inner"]
    assert found(top(inner, bands=bands("0.005")), CODE) == []


def test_what_is_not_exact_is_left_undecided():
    mean = GeometricMean(basis=ASSUMED)
    children = [share(code, levels=levels(1, 2)) for code in "ab"]
    inner = dimension("inner", *children, rule=mean, weight="1/1000")
    assert found(top(inner, share("c"), bands=bands("0.5")), CODE) == []


def test_without_weights_nothing_is_said():
    rule = WeightedMean(basis=ASSUMED, whole=100)
    definition = top(share("a", None), share("b", None), rule=rule, bands=bands("0.5"))
    assert found(definition, CODE) == []


def test_a_large_instrument_is_looked_at_by_all_totals(monkeypatch):
    monkeypatch.setattr(influence, "_MAX_PLACES", 0)
    halves = share("a", levels=levels(0, "1/2", 1))
    definition = top(halves, share("b", "1/10"), bands=bands("0.75", "0.8"))
    check(only(definition, CODE), "warning", "b")
    # 0.6 is among all totals, though not where b is at its least: less is found, nothing wrong.
    assert found(top(halves, share("b", "1/10"), bands=bands("0.7")), CODE) == []


LEAVES = ("x1", "x2", "x3")
SMALL = st.sampled_from((0, "1/10", "1/4", 1))


@given(
    st.tuples(SMALL, SMALL, SMALL),
    st.sampled_from(("0.2", "0.55", "0.8", "1.1")),
    st.sampled_from((bands, above)),
    st.sampled_from((SUM, MEAN)),
)
def test_it_is_what_all_answers_say(weights, value, made, rule):
    """Linear all the way up, it is decided exactly."""
    children = [
        share(code, weight, levels=levels(0, "1/2", 1))
        for code, weight in zip(LEAVES, weights, strict=True)
    ]
    if not any(child.weight.value for child in children):
        children[0] = attrs.evolve(children[0], weight=figure(1))
    definition = top(*children, rule=rule, bands=made(value))
    stated = {child.code: child.weight.value for child in children}

    def band_with(a, b, c):
        answers = Answers(levels=dict(zip(LEAVES, (a, b, c), strict=True)))
        return evaluate(definition, stated, answers).band["top"]

    every = [(a, b, c) for a in range(3) for b in range(3) for c in range(3)]
    decides = set()
    for place, code in enumerate(LEAVES):
        for answers in every:
            low = (*answers[:place], 0, *answers[place + 1 :])
            if band_with(*low) != band_with(*answers):
                decides.add(code)
    named = {code for each in found(definition, CODE) for code in LEAVES if code in each.message.en}
    if decides:
        assert named == set(LEAVES) - decides
    else:  # all totals have one band: only what has no weight is named
        assert named == {code for code in LEAVES if not stated[code]}
