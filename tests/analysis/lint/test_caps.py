"""Floors and caps without effect, and those that always hold."""

from __future__ import annotations

import pytest

from builders import (
    ASSUMED,
    MEAN,
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
from meritindex.definition import BandCap, Bands, Cap, Rounding, Shortfall

NEVER, ALWAYS = "cap-without-effect", "cap-always-holds"
BANDS = Bands(items=(band("low"), band("middle", limit("0.5")), band("high", limit(1))))


def cap(maximum, below=None, code="a"):
    shortfall = None if below is None else Shortfall(code=code, below=below)
    return Cap(maximum=maximum, basis=ASSUMED, shortfall=shortfall)


def band_cap(name, below, code="a"):
    return BandCap(band=name, basis=ASSUMED, shortfall=Shortfall(code=code, below=below))


def check_none(definition):
    assert found(definition, NEVER) == []
    assert found(definition, ALWAYS) == []


def two(**fields):
    """Return an instrument whose total goes from 0 to 2."""
    return top(share("a"), share("b"), **fields)


@pytest.mark.parametrize("maximum", [2, 3])
def test_a_cap_above_everything(maximum):
    finding = only(two(caps=(cap(maximum),)), NEVER)
    check(finding, "warning", "top", f"the cap {maximum}", "never above 2")
    check(only(two(caps=(cap(maximum, "0.5"),)), NEVER), "warning", "top", "never above 2")
    check_none(two(caps=(cap("1.9"),)))


def test_a_shortfall_that_never_is():
    finding = only(two(caps=(cap(1, 0),)), NEVER)
    check(finding, "warning", "top", "a is never below 0", "from 0 to 1")
    check_none(two(caps=(cap(1, "0.5"),)))
    check_none(two(caps=(cap(1, 1),)))


def test_a_shortfall_on_another_scale():
    finding = only(two(caps=(cap(1, 2),)), ALWAYS)
    check(finding, "warning", "top", "the cap 1 of top", "a is always below 2", "from 0 to 1")


def test_caps_of_the_band():
    def held(*caps):
        return two(bands=BANDS, band_caps=caps)

    check_none(held(band_cap("middle", "0.5")))
    check(only(held(band_cap("high", "0.5")), NEVER), "warning", "top", "the highest band")
    check(only(held(band_cap("low", 0)), NEVER), "warning", "top", "band low", "never below 0")
    check(only(held(band_cap("low", 2)), ALWAYS), "warning", "top", "band low", "below 2")


def test_a_floor():
    off = measure("off", None)
    check_none(two(deductions=(off,), floor=figure(0)))
    check(only(two(floor=figure(0)), NEVER), "warning", "top", "the floor 0", "never below 0")
    check(only(two(floor=figure(2)), ALWAYS), "warning", "top", "the floor 2", "never pass 2")


def test_what_is_rounded_away_no_cap_takes():
    rounding = Rounding(digits=0, basis=ASSUMED)
    down = top(share("a", "1.4"), rounding=rounding, caps=(cap(1),))
    check(only(down, NEVER), "warning", "top", "the cap 1", "never above 1")
    check_none(top(share("a", "1.5"), rounding=rounding, caps=(cap(1),)))


def test_one_cap_below_the_other():
    check(
        only(two(caps=(cap("1.5", 1), cap(1))), NEVER), "warning", "top", "the cap 1.5", "above 1"
    )
    check_none(two(caps=(cap("1.5"), cap(1, "0.5"))))


def test_a_floor_at_its_cap():
    held = two(caps=(cap(3),), floor=figure(3))
    check(only(held, ALWAYS), "warning", "top", "the floor 3", "never pass 2")
    check(only(held, NEVER), "warning", "top", "the cap 3", "never above 3")


# What is missing


def gap(policy):
    return {"missing": policy, "missing_basis": ASSUMED}


def test_what_is_left_out_may_pass_a_cap():
    children = share("a", **gap("drop")), share("b", levels=levels(0, 4))
    check_none(top(*children, rule=MEAN, caps=(cap(3),)))
    check(only(top(*children, rule=MEAN, caps=(cap(4),)), NEVER), "warning", "top", "above 4")
    dear = share("a", levels=levels(2, 4), **gap("drop")), share("b")
    check_none(top(*dear, rule=MEAN, floor=figure(1)))
    check_none(top(*dear, rule=MEAN, floor=figure(2)))


def test_what_is_left_out_may_fall_short():
    half = dimension(
        "x",
        share("a", levels=levels(3, 4), **gap("drop")),
        share("b", levels=levels(0, 4)),
        rule=MEAN,
    )
    check_none(top(half, share("c", levels=levels(0, 4)), caps=(cap(1, "1.5", "x"),)))


def test_what_counts_zero_may_fall_short_or_not():
    above = top(share("a", levels=levels(2, 3), **gap("zero")), share("b"), caps=(cap(1, 1),))
    check_none(above)
    below = top(share("a", levels=levels(-3, -1), **gap("zero")), share("b"), caps=(cap(-1, 0),))
    check_none(below)
    check_none(top(share("a", levels=levels(2, 3), **gap("zero")), floor=figure(1)))
    check_none(top(share("a", levels=levels(-3, -2), **gap("zero")), caps=(cap(-1),)))


# What does not apply


def test_a_shortfall_where_it_applies():
    gated = share("a", conditions=(when("g"),))
    finding = only(top(gated, share("b"), caps=(cap(1, 2),), gates=(gate("g"),)), ALWAYS)
    check(finding, "warning", "top", "the cap 1 of top", "holds whenever a applies", "below 2")
    alone = only(top(gated, caps=(cap("0.5", 2),), gates=(gate("g"),)), ALWAYS)
    check(alone, "warning", "top", "always holds")
    check_none(top(gated, share("b"), caps=(cap(1, "0.5"),), gates=(gate("g"),)))


@pytest.mark.parametrize("below", [0, 2])
def test_a_shortfall_of_what_never_applies(below):
    never = share("a", conditions=(when("g"), when("g", "no")))
    check_none(top(never, share("b"), caps=(cap("0.5", below),), gates=(gate("g"),)))


# What is entered


def test_entries_where_nothing_applies_may_pass_a_cap():
    one = dimension("one", share("a", conditions=(when("g"),)))
    other = dimension("other", share("b", conditions=(when("g", "no"),)))
    check_none(top(one, other, caps=(cap(1),), gates=(gate("g"),)))
    kept = dimension("kept", share("c"), share("d", conditions=(when("g"),)))
    check(only(top(kept, caps=(cap(2),), gates=(gate("g"),)), NEVER), "warning", "top", "above 2")


def test_entries_below_may_pass_a_cap():
    inner = dimension("inner", share("a"), entry_maximum=figure(9))
    check_none(top(inner, caps=(cap(5),), floor=figure(0)))
    check_none(top(inner, bands=BANDS, band_caps=(band_cap("high", "0.5"),)))
