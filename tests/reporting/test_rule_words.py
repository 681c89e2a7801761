"""Rules and scales of an instrument in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    band,
    dimension,
    figure,
    indicator,
    instrument,
    limit,
    measure,
    measured_instrument,
)
from meritindex.layout import to_text
from meritindex.reporting import instrument_sheet
from meritindex.reporting.rule_words import Words


def words_of(**fields: object) -> str:
    children = [indicator("a", fields.pop("weight", 1)), measure("m", fields.pop("other", 1))]
    return Words("en").rule(dimension("d", *children, **fields)).en


def test_a_power_mean_says_its_exponent_and_its_floor() -> None:
    rule = mi.PowerMean(exponent=2, floor="0.5", whole=2, basis=ASSUMED)
    assert words_of(rule=rule) == (
        "power mean of what applies, exponent 2, points below 0.5 count 0.5, weights add up to 2"
    )


def test_what_comes_after_the_rule_is_said_in_its_order() -> None:
    bands = mi.Bands(items=(band("low"), band("high", limit(1))))
    shortfall = mi.Shortfall(code="a", below=2)
    said = words_of(
        bonuses=(measure("p", None),),
        deductions=(measure("q", None),),
        floor=figure(0),
        caps=(
            mi.Cap(maximum=3, basis=ASSUMED),
            mi.Cap(maximum=1, basis=ASSUMED, shortfall=shortfall),
        ),
        bands=bands,
        band_caps=(mi.BandCap(band="low", basis=ASSUMED, shortfall=shortfall),),
    )
    known = "assumed (example)"
    assert said == "; ".join(
        [
            "weighted sum",
            "plus p",
            "less q",
            f"at least 0: {known}",
            f"at most 3: {known}",
            f"at most 1 while a is below 2: {known}",
            f"at best the band low while a is below 2: {known}",
        ]
    )


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        (None, "the number itself"),
        (
            mi.ThresholdScale(
                steps=[
                    mi.Step(points=0),
                    mi.Step(points=1, start=70),
                    mi.Step(points=2, start=90, inclusive=False),
                ],
                basis=ASSUMED,
            ),
            "0; ≥ 70 → 1; > 90 → 2: assumed (example)",
        ),
        (mi.GoalpostScale(low=20, high=85, basis=ASSUMED), "20 → 0; 85 → 1: assumed (example)"),
        (
            mi.GoalpostScale(low=1, high=9, capped=False, logarithmic=True, basis=ASSUMED),
            "1 → 0; 9 → 1; logarithmic; beyond the posts too: assumed (example)",
        ),
    ],
)
def test_scales(scale: object, said: str) -> None:
    one = measure("m", minimum=Fraction(1), maximum=Fraction(100), scale=scale)
    assert Words("en").scale(one) == said


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sheet_shows_all_of_it(language: mi.language.Language) -> None:
    text = to_text(instrument_sheet(measured_instrument(), language), 200)
    assert ("ditambahkan" if language == "id" else "added") in text
    unweighted = instrument(
        root=dimension("t", indicator("a", None), rule=mi.Minimum(basis=ASSUMED), weight=None)
    )
    text = to_text(instrument_sheet(unweighted, language), 200)
    assert ("tanpa bobot" if language == "id" else "no weight") in text
