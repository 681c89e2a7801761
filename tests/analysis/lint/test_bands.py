"""Bands out of reach, limits that nothing equals, and roundings that don't fit."""

from __future__ import annotations

import attrs
import pytest

from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    figure,
    gate,
    indicator,
    levels,
    limit,
    measure,
    when,
)
from lint_looking import check, found, only, share, top
from meritindex.analysis.lint import lattice
from meritindex.definition import (
    BandCap,
    Bands,
    EqualRemainder,
    GeometricMean,
    Rounding,
    Shortfall,
    WeightedMean,
)

PERCENT = WeightedMean(basis=ASSUMED, whole=100)


def rounding(digits, mode="half_up"):
    return Rounding(digits=digits, mode=mode, basis=ASSUMED)


def bands(*limits, before=None, inclusive=True):
    """Return bands that begin at these limits, named b1, b2 and so on."""
    items = [
        band(f"b{place + 1}", limit(value, inclusive=inclusive) if place else None)
        for place, value in enumerate((0, *limits))
    ]
    return Bands(items=items, rounding=before)


# Out of reach


def test_a_band_that_nothing_reaches():
    definition = top(share("a"), bands=bands("0.5", "1.2"))
    finding = only(definition, "band-unreachable")
    check(finding, "error", "top", "b3", "from 0 to 1", "can't get there either")
    assert found(top(share("a"), bands=bands("0.5", "1")), "band-unreachable") == []


def test_a_band_that_begins_above_its_limit():
    assert found(top(share("a"), bands=bands("0.5", inclusive=False)), "band-unreachable") == []
    definition = top(share("a"), bands=bands("1", inclusive=False))
    check(only(definition, "band-unreachable"), "error", "top", "b2")


def test_a_band_below_everything():
    definition = top(share("a", levels=levels(1, 2, first=1)), bands=bands("0.5", "1.5"))
    check(only(definition, "band-unreachable"), "error", "top", "b1", "from 1 to 2")


def test_a_band_between_two_totals_is_left_to_entries():
    definition = top(share("a"), bands=bands("0.3", "0.4"))
    check(only(definition, "band-unreachable"), "warning", "top", "b2", "points that are entered")


def test_a_band_that_only_entries_reach():
    definition = top(share("a"), bands=bands("1.2"), entry_maximum=figure(2))
    check(only(definition, "band-unreachable"), "warning", "top", "entered, up to 2,")
    short = top(share("a"), bands=bands("3"), entry_maximum=figure(2))
    check(only(short, "band-unreachable"), "error", "top", "b2")


def test_what_may_be_entered_below_or_left_open_may_reach_further():
    inner = dimension("inner", share("a"), entry_maximum=figure(3))
    check(only(top(inner, bands=bands(2)), "band-unreachable"), "warning", "top", "missing")
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    mean = top(
        share("a", levels=levels(0, 0), **dropped), share("b"), rule=MEAN, bands=bands("0.75")
    )
    check(only(mean, "band-unreachable"), "warning", "top", "from 0 to 0.5")
    zero = top(
        share("a", levels=levels(2, 3), missing="zero", missing_basis=ASSUMED), bands=bands(1)
    )
    check(only(zero, "band-unreachable"), "warning", "top", "b1")
    harmless = top(share("a", missing="zero", missing_basis=ASSUMED), bands=bands(2))
    check(only(harmless, "band-unreachable"), "error", "top", "b2")


def test_a_band_that_entries_reach_where_nothing_applies():
    one = dimension("one", share("a", conditions=(when("g"),)))
    other = dimension("other", share("b", conditions=(when("g", "no"),)))
    definition = top(one, other, bands=bands(2), gates=(gate("g"),))
    check(only(definition, "band-unreachable"), "warning", "top", "b2", "missing, can get there")


def test_a_band_that_a_cap_leaves():
    short = Shortfall(code="a", below="0.5")
    held = {"band_caps": (BandCap(band="b1", basis=ASSUMED, shortfall=short),)}
    children = share("a"), share("b", levels=levels(1, 2))
    assert found(top(*children, bands=bands(1), **held), "band-unreachable") == []
    check(only(top(*children, bands=bands(1)), "band-unreachable"), "error", "top", "b1")


def test_a_band_that_only_missing_answers_reach():
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    definition = top(
        share("a", **dropped),
        share("b", levels=levels(0, 4)),
        rule=MEAN,
        bands=bands(3),
        entry_maximum=figure(8),
    )
    check(only(definition, "band-unreachable"), "warning", "top", "or answers that are missing")


def test_bands_that_dimensions_share():
    same = bands("0.5", "1.5")
    inner = [dimension(code, share(f"{code}1"), bands=same) for code in ("c", "d")]
    finding = only(top(*inner, bands=same), "band-unreachable")
    check(finding, "warning", "c", "b3 (en) of c and d", "top, which uses the same bands")
    other = only(top(*inner, bands=bands("0.5")), "band-unreachable")
    check(other, "error", "c", "b3 (en) of c and d")


def test_bands_under_weights_that_are_not_published():
    children = (share("a", None), share("b", None, levels=levels(0, 0)))
    definition = top(*children, rule=PERCENT, bands=bands("0.75"))
    assert found(definition, "band-unreachable") == []  # by the widest range
    shared = attrs.evolve(definition, default_weighting=EqualRemainder())
    check(only(shared, "band-unreachable"), "warning", "top", "from 0 to 0.5", "other weights")
    never = attrs.evolve(shared, root=top(*children, rule=PERCENT, bands=bands(2)).root)
    check(only(never, "band-unreachable"), "error", "top", "b2")


def test_where_the_points_are_not_exact_the_range_decides():
    mean = GeometricMean(basis=ASSUMED)
    children = [share(code, levels=levels(1, 2, first=1)) for code in "ab"]
    assert found(top(*children, rule=mean, bands=bands("1.5")), "band-unreachable") == []
    check(
        only(top(*children, rule=mean, bands=bands("1.5", 3)), "band-unreachable"), "error", "top"
    )


def test_a_band_that_one_answer_to_a_gate_reaches():
    children = (
        share("a", levels=levels(0, 1)),
        share("b", levels=levels(0, 1), conditions=(when("g"),)),
    )
    definition = top(*children, bands=bands(1, 2), gates=(gate("g"),))
    assert found(definition, "band-unreachable") == []


# Limits that nothing equals


def test_a_limit_between_two_totals():
    definition = top(share("a"), bands=bands("0.6", "0.75"))
    finding = only(definition, "threshold-unattained")
    check(finding, "note", "top", "0.6 (0.5, then 0.75)")
    assert "0.75 (" not in finding.message.en
    assert "0,6 (0,5 lalu 0,75)" in finding.message.id
    assert found(top(share("a"), bands=bands("0.5", "0.75")), "threshold-unattained") == []


def test_a_limit_beyond_all_totals_is_no_limit_between_two():
    assert found(top(share("a"), bands=bands(2)), "threshold-unattained") == []


def test_a_limit_is_met_after_the_rounding_of_the_bands():
    thirds = share("a", levels=levels(0, "1/3", "2/3", 1))
    definition = top(thirds, bands=bands("0.33", "0.5", before=rounding(2)))
    check(only(definition, "threshold-unattained"), "note", "top", "0.5 (0.33, then 0.67)")


def test_a_limit_that_belongs_to_the_band_below():
    up_to = Bands(items=(band("low", None, limit("0.6")), band("high")))
    check(only(top(share("a"), bands=up_to), "threshold-unattained"), "note", "top", "0.6 (0.5")


def test_what_is_too_fine_to_be_rounded_is_not_decided(monkeypatch):
    fine = measure("m", decimals=6)
    definition = top(fine, share("a"), bands=bands("0.3333333", before=rounding(7)))
    monkeypatch.setattr(lattice, "_MAX_STEPS", 10)
    monkeypatch.setattr(lattice, "_MAX_MEMBERS", 10)
    assert found(definition, "threshold-unattained") == []


def test_what_is_not_decided_has_no_limit():
    mean = GeometricMean(basis=ASSUMED)
    definition = top(share("a", levels=levels(1, 2)), rule=mean, bands=bands("1.5"))
    assert found(definition, "threshold-unattained") == []


# Rounded twice


def both(own, before, *limits):
    return top(measure("m", decimals=4), rounding=own, bands=bands(*limits, before=before))


@pytest.mark.parametrize(
    ("own", "before"),
    [
        (rounding(3), rounding(2)),
        (rounding(3, "up"), rounding(2)),
        (rounding(3), rounding(2, "down")),
        (rounding(2), rounding(2, "up")),
        (rounding(2, "down"), rounding(2, "half_even")),
    ],
)
def test_rounded_twice_to_another_band(own, before):
    finding = only(both(own, before, "0.41", "0.60"), "rounded-twice")
    check(finding, "warning", "top", f"to {own.digits} and then to {before.digits}", "falls in")


def test_the_example_is_right():
    finding = only(both(rounding(3), rounding(2), "0.41"), "rounded-twice")
    assert "0.4045 becomes 0.405 and so falls in b2" in finding.message.en
    assert "one rounding gives b1" in finding.message.en


def test_a_second_rounding_that_does_nothing():
    finding = only(both(rounding(1), rounding(2), "0.41"), "rounded-twice")
    check(finding, "note", "top", "rounded to 1 decimals already", "no effect")


@pytest.mark.parametrize(
    ("own", "before"),
    [
        (None, rounding(2)),
        (rounding(2), None),
        (rounding(2), rounding(2)),
        (rounding(3, "down"), rounding(2, "down")),
        (rounding(3, "up"), rounding(2, "up")),
    ],
)
def test_roundings_that_fit(own, before):
    assert found(both(own, before, "0.41"), "rounded-twice") == []


def test_without_bands_there_is_nothing_to_look_at():
    definition = top(indicator("a"), rounding=rounding(0))
    for code in ("band-unreachable", "threshold-unattained", "rounded-twice"):
        assert found(definition, code) == []
