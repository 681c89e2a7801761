"""The bars of dimensions: as long as the points are, and none where they are not known."""

from __future__ import annotations

from fractions import Fraction

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from builders import SUM, dimension, gate, indicator, instrument, when
from plot_cases import BELOW_ZERO, FLAT, INEXACT, one, scored, table, year
from plot_looking import bars, hatched, key, rows, texts


def test_bars_are_as_long_as_the_points():
    card = table()["Kota Metro"]
    ax = mi.plot.dimensions(card)
    for code, score in card.dimensions.items():
        assert bars(ax, f"points {code}") == [(0, float(score.points))]
        assert bars(ax, f"range {code}") == [(0, 1)]
    assert ax.get_xlim() == (0, 1)
    assert hatched(ax) == 0
    assert key(ax) == ["nilai", "rentang yang mungkin"]
    assert "0,4583 dari 1, Lanjutan" in texts(ax)
    assert "0.4583 of 1, Lanjutan (Advancing)" in texts(mi.plot.dimensions(card, language="en"))


def test_names_stand_in_the_order_of_the_instrument_and_within_their_dimension():
    ax = mi.plot.dimensions(table()["Kota Metro"], language="en")
    labels = [label.get_text() for label in ax.get_yticklabels()]
    names = [score.name.en for score in table()["Kota Metro"].dimensions.values()]
    assert rows(ax) == names
    assert [label.startswith("\u2002") for label in labels] == [False, *[True] * 8]
    assert ax.get_ylim() == (8.5, -0.5)


def test_maxima_are_those_of_each_dimension():
    entered = {"a1": 30, "a2": 28, "a3": 80, "a4": 25, "a5": 50, "a6": 25, "a7": 12}
    card = mi.score(
        mi.Assessment(agency="Kota Malang", instrument="ism-2019", year=2020, points=entered)
    )
    ax = mi.plot.dimensions(card)
    assert bars(ax, "range a3") == [(0, 130)]
    assert bars(ax, "points a3") == [(0, 80)]
    assert bars(ax, "points a8") == []
    assert hatched(ax) == 1
    assert texts(ax).count("tidak diketahui") == 2  # once in the key
    assert key(ax) == ["nilai", "rentang yang mungkin", "tidak diketahui"]
    assert ax.get_title(loc="left") == "Kota Malang, 2020: nilai setiap dimensi"


def test_unknown_is_not_zero():
    zero, unknown = (mi.plot.dimensions(card) for card in (scored(0, 0), scored()))
    assert bars(zero, "points d1") == [(0, 0)]
    assert bars(unknown, "points d1") == []
    assert hatched(zero) == 0
    assert hatched(unknown) == 2
    assert key(unknown) == ["tidak diketahui"]
    assert "0 dari 4" in texts(zero)
    assert "0 dari 4" not in texts(unknown)
    assert "dimensi d1: tidak diketahui" in mi.plot.describe(unknown)


def test_entered_totals_leave_all_dimensions_unknown():
    assert hatched(mi.plot.dimensions(mi.score(year(2020, 100)))) == 8


def test_points_below_zero_go_to_the_left():
    ax = mi.plot.dimensions(scored(0, 4, rules=BELOW_ZERO))
    assert bars(ax, "points d1") == [(0, -2)]
    assert bars(ax, "points d2") == [(0, 2)]
    assert bars(ax, "range d1") == [(-2, 4)]
    assert ax.get_xlim() == (-2, 2)
    assert [line.get_xdata() for line in ax.lines] == [[0, 0]]


def test_what_is_not_exact_is_marked():
    root = dimension("dalam", INEXACT.root, rule=SUM)
    deeper = instrument(root=root)
    ax = mi.plot.dimensions(scored(0, 1, rules=deeper))
    assert any(text.startswith("≈ 1,4142 dari") for text in texts(ax))
    assert bars(ax, "points indeks")[0][1] == pytest.approx(2**0.5)
    assert any("presisi ganda" in text for text in texts(ax))


def test_no_dimensions():
    ax = mi.plot.dimensions(scored(1, rules=FLAT))
    assert "tidak ada dimensi di bawah nilai total" in texts(ax)
    assert len(ax.patches) == 0


def test_what_does_not_apply_is_not_unknown():
    first = dimension("d1", indicator("i1", conditions=(when("g"),)), rule=SUM)
    gated = instrument(first, dimension("d2", indicator("i2")), gates=(gate("g"),))
    ax = mi.plot.dimensions(
        mi.score(
            mi.Assessment(
                agency=mi.Agency(name="A"), instrument=gated, levels={"i2": 1}, gates={"g": "no"}
            )
        )
    )
    assert "tidak berlaku" in texts(ax)


def test_a_third_is_as_long_as_the_nearest_double():
    third = mi.score(
        one(1, 2, rules=instrument(root=_thirds())),
    )
    ax = mi.plot.dimensions(third)
    assert bars(ax, "points d")[0][1] == float(Fraction(4, 3))
    assert "1,3333 dari 4" in texts(ax)


def _thirds() -> mi.Dimension:
    from builders import MEAN

    below = dimension("d", indicator("i1", 2), indicator("i2", 1), rule=MEAN)
    return dimension("indeks", below, rule=SUM)
