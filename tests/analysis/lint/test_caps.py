"""Floors and caps without effect, and those that always hold."""

from __future__ import annotations

import pytest

from builders import ASSUMED, band, dimension, figure, limit, measure
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


def test_what_is_rounded_is_looked_at_before():
    rounding = Rounding(digits=0, basis=ASSUMED)
    inner = top(share("a", "1.4"), rounding=rounding, caps=(cap(1),))
    check_none(inner)


def test_entries_below_may_pass_a_cap():
    inner = dimension("inner", share("a"), entry_maximum=figure(9))
    check_none(top(inner, caps=(cap(5),), floor=figure(0)))
    check_none(top(inner, bands=BANDS, band_caps=(band_cap("high", "0.5"),)))
