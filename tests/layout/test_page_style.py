"""How a page looks: everything that is read stands out from what lies behind it, everywhere."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from meritindex.layout.page_style import SHADES, STYLE

# WCAG 2.1: for text, and for what is drawn.
TEXT, GRAPHIC = 4.5, 3.0


def settings() -> dict[str, dict[str, str]]:
    """Return the colours of each setting, by name, in the order in which they are written."""
    blocks = re.findall(r":root \{([^}]*)\}", STYLE)
    found = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block)) for block in blocks]
    return dict(zip(("light", "dark", "paper"), found, strict=True))


SETTINGS = settings()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, by WCAG 2.1."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


# What is read upon what.
READ = [
    *(("ink", behind) for behind in ("paper", "shade", *(f"s{n}" for n in range(1, SHADES + 1)))),
    *(("muted", behind) for behind in ("paper", "shade")),
    *(("link", behind) for behind in ("paper", "shade", "s1")),
    ("note-ink", "note"),
    ("fault-ink", "fault"),
]
DRAWN = [("fill", "paper"), ("fill", "shade"), ("note-line", "paper"), ("fault-line", "paper")]


def test_the_measure_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_is_read_stands_out(setting):
    colours = SETTINGS[setting]
    low = {
        pair: contrast(*(colours[name] for name in pair))
        for pair in READ
        if contrast(*(colours[name] for name in pair)) < TEXT
    }
    assert low == {}
    assert all(contrast(colours[one], colours[other]) >= GRAPHIC for one, other in DRAWN)


@pytest.mark.parametrize("setting", SETTINGS)
def test_shades_differ_in_grey(setting):
    lights = [luminance(SETTINGS[setting][f"s{number}"]) for number in range(1, SHADES + 1)]
    lights = [luminance(SETTINGS[setting]["paper"]), *lights]
    steps = [contrast_of(one, other) for one, other in pairwise(lights)]
    assert min(steps) > 1.05
    # All the same way: the further, the more.
    assert lights == sorted(lights, reverse=setting != "dark")


def contrast_of(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_every_colour_is_named_and_given_everywhere():
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", STYLE))
    for colours in SETTINGS.values():
        assert used == set(colours)
    rules = re.sub(r":root \{[^}]*\}", "", STYLE)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", rules)


def test_nothing_is_fetched_and_nothing_moves():
    assert not re.search(
        r"url\(|@import|https?:|//|animation|transition", STYLE.replace('http"', "")
    )


def test_paper_repeats_headings_of_tables_and_cuts_no_row():
    paper = STYLE[STYLE.index("@media print") :]
    for rule in (
        "thead { display: table-header-group; }",
        "tr, li { break-inside: avoid; }",
        "nav, .skip, .hint { display: none; }",
    ):
        assert rule in paper
