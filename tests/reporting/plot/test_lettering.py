"""Texts on a plot: harmless, measured, broken into lines."""

from __future__ import annotations

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from meritindex.reporting.plot.lettering import (
    drawable,
    fitted,
    height_of,
    legend_text,
    settle,
    widest,
    width_of,
)
from plot_cases import HOSTILE


def test_what_can_not_be_drawn_is_replaced():
    assert drawable("Kota\nBatu\x1b\u202e\u6f22 → ≥ é") == "Kota Batu\ufffd\ufffd\ufffd → ≥ é"
    assert drawable("$x$ \\input") == "$x$ \\input"


def test_a_text_is_as_wide_as_it_is_drawn():
    for text in ("Perencanaan Kebutuhan", "0,4273 Lanjutan", "WWWiii", HOSTILE):
        figure = Figure(dpi=72)
        drawn = figure.text(0, 0, drawable(text), fontsize=9, parse_math=False)
        box = (
            drawn.get_window_extent(figure.canvas.get_renderer())
            if hasattr(figure.canvas, "get_renderer")
            else drawn.get_window_extent()
        )
        assert box.width <= width_of(drawable(text), 9) * 1.02 + 1
    assert width_of("a\nWWW", 9) == width_of("WWW", 9)
    assert width_of("WWW", 9, bold=True) > width_of("WWW", 9)
    assert widest([], 9) == 0
    assert widest(["i", "WW"], 9) == width_of("WW", 9)


@given(st.text("abc WM$\\", max_size=60), st.integers(20, 200))
def test_lines_fit_and_nothing_is_lost(text, width):
    found = fitted(text, float(width), 8.0)
    assert found.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    if width >= 50:
        assert width_of(found, 8.0) <= width


def test_a_width_that_holds_no_letters():
    assert fitted("Perencanaan", 1.0, 8.0) == "Pere\nncan\naan"
    assert fitted("Perencanaan", 1.0, 8.0, hanging=2) == "Perenc\n  anaa\n  n"


def test_heights():
    assert height_of("", 10) == 0
    assert height_of("a", 10) == 13
    assert height_of("a\nb", 10) == 26


def test_what_begins_with_an_underscore_is_in_the_key_all_the_same():
    assert legend_text("nilai") == "nilai"
    assert legend_text("_a").endswith("_a")
    assert not legend_text("_a").startswith("_")


def test_no_text_is_mathematics_or_tex():
    figure = Figure()
    ax = figure.add_subplot()
    ax.set_title("$\\frac{1}{0}$", usetex=True)
    ax.text(0, 0, "$x$")
    settle(ax)
    for text in (ax.title, *ax.texts):
        assert not text.get_parse_math()
        assert not text.get_usetex()
        assert text.get_fontfamily() == ["DejaVu Sans"]
