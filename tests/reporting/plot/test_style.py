"""The style: what is told apart in greyscale, what can be read on it, and how labels keep apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.reporting.plot.style import (
    ACCENT,
    CONTRAST,
    FAINT,
    INK,
    LEAST_CONTRAST,
    MUTED,
    PAPER,
    TRACK,
    band_colours,
    contrast,
    ink_on,
    luminance,
    ramp,
    spread,
)


def test_the_ramp_falls_in_luminance_all_the_way():
    steps = [luminance(ramp(step / 64)) for step in range(65)]
    assert all(after < before for before, after in pairwise(steps))
    assert ramp(-1.0) == ramp(0.0)
    assert ramp(2.0) == ramp(1.0)


@pytest.mark.parametrize("count", range(2, 7))
def test_bands_are_told_apart_in_greyscale(count):
    colours = band_colours(count)
    assert len(colours) == count
    for below, above in pairwise(colours):
        assert luminance(above) < luminance(below)
        assert contrast(below, above) > 1.35


def test_one_band_and_none():
    assert band_colours(1) == (ramp(0.0),)
    assert band_colours(0) == ()


def test_letters_can_be_read_on_every_ground():
    grounds = [ramp(step / 255) for step in range(256)]
    assert min(contrast(ink_on(ground), ground) for ground in grounds) >= LEAST_CONTRAST
    assert ink_on(PAPER) == INK
    assert ink_on(ACCENT) == PAPER
    for letters in (INK, MUTED):
        assert contrast(letters, PAPER) >= LEAST_CONTRAST


def test_what_stands_side_by_side_differs_in_luminance():
    assert contrast(ACCENT, CONTRAST) > 3
    assert contrast(ACCENT, TRACK) > 3
    assert contrast(FAINT, PAPER) > 1.35


def test_luminance_is_that_of_the_standard():
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert luminance("#ff0000") == pytest.approx(0.2126)


@given(
    st.lists(st.integers(0, 100), max_size=8).map(sorted),
    st.integers(1, 20),
)
def test_labels_keep_apart(places, gap):
    found = spread([float(place) for place in places], float(gap), 0.0, 100.0)
    assert len(found) == len(places)
    assert all(after - before >= gap - 1e-9 for before, after in pairwise(found))
    if (len(places) - 1) * gap <= 100:
        assert all(-1e-9 <= place <= 100 + 1e-9 for place in found)
    far = all(after - before >= gap for before, after in pairwise(places))
    if far:
        assert found == places
