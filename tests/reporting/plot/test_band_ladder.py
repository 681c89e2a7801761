"""The ladder: limits and total where they are, and what is said of the way to the next band."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from builders import ASSUMED, band, limit
from meritindex.definition import BandCap, Bands, Shortfall
from plot_cases import (
    BANDS,
    BARE,
    BELOW_ZERO,
    CROWDED,
    HELD,
    INEXACT,
    OUT_OF_REACH,
    UNKNOWN,
    rules,
    scored,
    table,
)
from plot_looking import lettering, lines, texts


def said(ax) -> list[str]:
    return [" ".join(text.split()) for text in texts(ax)]


def rungs(ax) -> list[tuple[float, float]]:
    return [
        (patch.get_y(), patch.get_height())
        for patch in ax.patches
        if patch.get_label().startswith("band ")
    ]


def test_limits_and_total_stand_where_they_are():
    card = table()["Kota Metro"]
    ax = mi.plot.ladder(card)
    assert list(ax.get_yticks()) == [0.405, 0.605, 0.805, 1.005]
    assert [bottom for bottom, _ in rungs(ax)] == [0, 0.405, 0.605, 0.805, 1.005]
    assert lines(ax, "total") == [([0.45], [float(card.total)])]
    assert ax.get_ylim()[0] == 0
    shown = said(ax)
    for text in ("≥ 0,405", "≥ 0,605", "≥ 0,805", "≥ 1,005", "0,4273: Lanjutan"):
        assert text in shown
    assert "0,1777 lagi sampai Menengah (≥ 0,605)" in shown
    assert {"Dasar", "Lanjutan", "Menengah", "Tinggi", "Maju"} <= set(shown)
    assert (
        "Nilai terendah yang mungkin adalah -1; bagian di bawah 0 tidak digambar. "
        "Batas kategori digambar pada nilai sebelum pembulatan (2 desimal)."
    ) in shown


def test_what_is_needed_is_enough():
    # A third of a point, rounded to the nearest, would be too little.
    bands = Bands(items=(band("rendah"), band("tinggi", limit(Fraction(7, 3)))))
    ax = mi.plot.ladder(scored(2, 2, rules=rules(bands=bands)))
    assert "0,3334 lagi sampai tinggi (≥ 2,333333)" in said(ax)


def test_english_names_the_official_band_and_its_translation():
    shown = said(mi.plot.ladder(table()["Kota Metro"], language="en"))
    assert "0.4273: Lanjutan (Advancing)" in shown
    assert "0.1777 more to Menengah (Intermediate) (≥ 0.605)" in shown


def test_the_highest_band():
    ax = mi.plot.ladder(scored(4, 4))
    assert "4: tinggi" in said(ax)
    assert "kategori tertinggi" in said(ax)
    assert ax.get_ylim() == (0, 4)
    assert not any(text.startswith("Nilai terendah") for text in said(ax))


def test_a_band_that_is_out_of_reach():
    ax = mi.plot.ladder(scored(4, 4, rules=OUT_OF_REACH))
    assert "tinggi (> 4) tidak dapat dicapai dengan rumus ini" in said(ax)
    assert ax.get_ylim()[1] == pytest.approx(4.28)
    best = max((total, row) for row, total in enumerate(table().totals) if total is not None)[1]
    shown = said(mi.plot.ladder(table()[best]))
    assert "Maju (≥ 1,005) tidak dapat dicapai dengan rumus ini" in shown


def test_a_limit_keeps_its_sign_on_one_line():
    broken = [text for text in texts(mi.plot.ladder(table()["Kota Metro"])) if "lagi" in text]
    assert len(broken) == 1
    assert "(≥\u00a00,605)" in broken[0]


def test_an_unknown_total_is_not_drawn():
    ax = mi.plot.ladder(table()[UNKNOWN])
    assert len(ax.lines) == 0
    assert "tidak diketahui" in said(ax)
    assert any(text.startswith("Nilainya tidak diketahui; belum ada: ") for text in said(ax))
    assert "(satisfaction)" in mi.plot.describe(ax)


def test_no_bands():
    ax = mi.plot.ladder(scored(1, 2, rules=BARE))
    assert rungs(ax) == [(0, 4)]
    assert "1,5: instrumen ini tidak mempunyai kategori" in said(ax)
    assert {"0", "4"} <= set(said(ax))
    assert lines(ax, "total") == [([0.45], [1.5])]


def test_a_scale_below_zero():
    ax = mi.plot.ladder(scored(0, 0, rules=BELOW_ZERO))
    assert ax.get_ylim() == (-2, 2)
    assert lines(ax, "total") == [([0.45], [-2])]
    assert "1 lagi sampai untung (≥ -1)" in said(ax)


def test_a_total_that_is_not_exact_is_marked():
    ax = mi.plot.ladder(scored(0, 1, rules=INEXACT))
    assert "≈ 1,4142: tengah" in said(ax)
    assert lines(ax, "total")[0][1] == [pytest.approx(math.sqrt(2))]


def test_names_in_narrow_bands_keep_apart():
    ax = mi.plot.ladder(scored(2, 2, rules=CROWDED))
    places = sorted(box.y0 for text, box in lettering(ax) if text in {f"b{n}" for n in range(9)})
    assert len(places) == 9
    assert min(after - before for before, after in pairwise(places)) > 10
    assert "0,01 lagi sampai b1 (≥ 2,01)" in said(ax)


def test_a_band_that_is_held_back():
    ax = mi.plot.ladder(scored(4, 3, rules=HELD))
    assert "3,5: rendah" in said(ax)
    assert "kategorinya ditahan: ada syarat selain nilai yang belum terpenuhi" in said(ax)
    assert "3,5: rendah. kategorinya ditahan" in mi.plot.describe(ax)


def test_a_band_that_is_not_known_though_the_total_is():
    cap = BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="i2", below=4))
    open_band = rules(bands=BANDS, band_caps=(cap,), entry_maximum=None)
    card = mi.score(
        mi.Assessment(agency=mi.Agency(name="A"), instrument=open_band, points={"d1": 4, "d2": 3})
    )
    assert card.total == Fraction(7, 2)
    assert card.band is None
    ax = mi.plot.ladder(card)
    assert "3,5: kategori tidak diketahui" in said(ax)
