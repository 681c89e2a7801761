"""What keeps a target from being reached."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import meritindex as mi
from builders import ASSUMED, band, dimension, gate, indicator, instrument, limit, measure, when
from improve_builders import TWO, answered
from meritindex.analysis.improving import Prerequisite
from meritindex.definition import BandCap, Bands, Cap, GoalpostScale, Shortfall

LATE, BY = {"a": dt.date(2026, 7, 1)}, dt.date(2026, 6, 1)
LIMITS = {
    "fixed": {"fixed": ("a",)},
    "most-levels": {"most_levels": {"a": 1}},
    "ready": {"ready": LATE, "by": BY},
    "prerequisites": {
        "prerequisites": [Prerequisite(item="a", from_level=2, needs="c", level=2)],
        "missing": "zero",
    },
}
THREE = instrument(indicator("a", 3), indicator("b", 2), indicator("c", 0))


def three(name: str = "A") -> mi.Assessment:
    return answered(THREE, name, levels={"a": 1, "b": 1})


def kinds(found: mi.Improvement) -> dict[str, tuple[str, ...]]:
    """Return what hinders, by its kind; both languages must name every code."""
    assert found.status == "unreachable"
    assert found.proven
    for each in found.hindrances:
        for language in ("id", "en"):
            message = each.message.in_language(language)
            assert "{" not in message
            assert all(code in message for code in each.items)
    return {each.kind: each.items for each in found.hindrances}


def test_a_limit_that_alone_keeps_the_target_away_is_named() -> None:
    for kind, options in LIMITS.items():
        found = mi.improve(three(), to=15, **{"missing": "zero", **options})
        assert kinds(found) == {kind: ("a",)}
        assert "could be reached" in found.hindrances[0].message.en


def test_of_two_limits_each_is_named_that_alone_keeps_it_away() -> None:
    found = mi.improve(answered(), to=17, fixed=("a",), most_levels={"b": 1})
    assert kinds(found) == {"fixed": ("a",), "most-levels": ("b",)}
    assert "may not" in found.hindrances[0].message.en
    # Without either of them it could be reached.
    found = mi.improve(answered(), to=12, fixed=("a",), most_levels={"b": 1})
    assert kinds(found) == {"fixed": ("a",)}


def test_limits_that_only_together_keep_it_away_are_all_named() -> None:
    found = mi.improve(answered(), to=20, fixed=("a",), ready={"b": LATE["a"]}, by=BY)
    assert kinds(found) == {"fixed": ("a",), "ready": ("b",)}
    assert "can't be done in time" in found.hindrances[1].message.en


def test_the_highest_levels_may_not_be_enough() -> None:
    found = mi.improve(answered(), to="20,5", fixed=("a",))
    assert kinds(found) == {"scale": ()}
    assert "20" in found.hindrances[0].message.en
    assert found.highest == 11


def test_what_is_not_answered_can_not_be_raised() -> None:
    found = mi.improve(answered(TWO, levels={"a": 1}), to=13, missing="zero")
    assert kinds(found) == {"scale": (), "not-answered": ("b",)}
    assert found.not_answered == ("b",)


def test_points_that_were_entered_can_not_be_raised() -> None:
    rules = instrument(dimension("d", indicator("a"), measure("m")), indicator("b"), dimension("e"))
    of = answered(rules, levels={"b": 1}, points={"d": 2, "e": 50})
    found = mi.improve(of, to=70)
    assert kinds(found) == {"scale": (), "entries": ("d", "e")}
    assert found.not_answered == ()


def test_measures_could_be_better() -> None:
    scaled = GoalpostScale(low=20, high=85, basis=ASSUMED)
    rules = instrument(
        root=dimension(
            "total_points",
            indicator("a"),
            measure("full"),
            measure("half"),
            measure("open", missing="zero", missing_basis=ASSUMED),
            measure("long", maximum=Fraction(120), scale=scaled),
            measure("short", maximum=Fraction(120), scale=scaled),
            deductions=(
                measure("none", None),
                measure("some", None),
                measure("unsaid", None, missing="zero", missing_basis=ASSUMED),
            ),
            bonuses=(measure("bonus", None),),
        )
    )
    measures = {
        "full": 1,
        "half": "0.5",
        "long": 100,
        "short": 80,
        "none": 0,
        "some": "0.25",
        "bonus": 0,
    }
    found = mi.improve(answered(rules, measures=measures), to=20)
    assert set(kinds(found)["measures"]) == {"half", "open", "short", "some", "bonus"}


def test_a_cap_may_hold_the_total_back() -> None:
    capped = Cap(maximum=3, basis=ASSUMED)
    rules = instrument(dimension("d", indicator("a"), caps=(capped,)), indicator("b"))
    assert kinds(mi.improve(answered(rules), to=8)) == {"scale": (), "caps": ("d",)}
    # The cap is not reached.
    assert kinds(mi.improve(answered(rules), to=8, fixed=("a",)))["scale"] == ()


def test_a_cap_of_what_falls_short_may_hold_the_total_back() -> None:
    capped = Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code="b", below=3))
    rules = instrument(
        root=dimension("total_points", indicator("a"), indicator("b"), caps=(capped,))
    )
    found = mi.improve(answered(rules, levels={"a": 1}), to=4, missing="zero")
    assert kinds(found) == {"scale": (), "not-answered": ("b",), "caps": ("total_points",)}
    assert found.highest == 3
    assert kinds(mi.improve(answered(rules), to=9)) == {"scale": ()}


def test_a_cap_of_the_band_may_hold_the_band_back() -> None:
    held = BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="c", below=2))
    rules = instrument(
        root=dimension(
            "total_points",
            indicator("a", 3),
            indicator("c", conditions=(when("works"),)),
            bands=Bands(items=(band("rendah"), band("tinggi", limit(10)))),
            band_caps=(held,),
        ),
        gates=(gate("works"),),
    )
    of = answered(rules, levels={"a": 1}, gates={"works": "yes"})
    found = mi.improve(of, missing="zero")
    assert kinds(found) == {
        "scale": (),
        "not-answered": ("c",),
        "caps": ("total_points",),
    }
    assert found.highest == 12
    closed = answered(rules, levels={"a": 1}, gates={"works": "no"})
    assert mi.improve(closed).status == "planned"


def test_what_lies_below_an_entry_may_fall_short() -> None:
    rules = instrument(
        root=dimension(
            "total_points",
            indicator("a"),
            dimension("d", indicator("b")),
            bands=Bands(items=(band("rendah"), band("tinggi", limit(3)))),
            band_caps=(
                BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="b", below=3)),
            ),
        )
    )
    found = mi.improve(answered(rules, levels={"a": 1}, points={"d": 1}))
    assert kinds(found) == {"scale": (), "entries": ("d",), "caps": ("total_points",)}
    assert (found.highest, found.band_before) == (5, "rendah")


def test_a_budget_is_written_with_its_unit() -> None:
    costs = mi.Costs(default="2,5", unit="juta rupiah")
    found = mi.improve(answered(), to=8, costs=costs, budget=2)
    (hindrance,) = found.hindrances
    assert "2,5 juta rupiah" in hindrance.message.id
    assert "2.5 juta rupiah" in hindrance.message.en
