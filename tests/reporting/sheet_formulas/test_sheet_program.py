"""What a spreadsheet can compute exactly, and why not the rest."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    indicator,
    instrument,
    levels,
    limit,
    measure,
)
from meritindex.definition import (
    Bands,
    Dimension,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Rounding,
)
from meritindex.language import Text
from meritindex.reporting.sheet_formulas import Answer, SheetProgram, sheet_program
from meritindex.reporting.sheet_formulas.sheet_program import LIMIT, MOST_PARTS


def made(root: Dimension) -> SheetProgram | Text:
    return sheet_program(mi.plan(instrument(root=root)))


def cell(code: str, part: str) -> str:
    return f"{code}_{part}"


def test_the_published_instruments_are_computed() -> None:
    new, old = sheet_program(mi.plan("ism-2026")), sheet_program(mi.plan("ism-2019"), ("a1",))
    assert isinstance(new, SheetProgram)
    assert isinstance(old, SheetProgram)
    assert new.denominator("index") == 840_000
    assert old.codes[-1] == "points"
    assert old.parts("points") == ("state", "numerator", "band")


@pytest.mark.parametrize(
    ("root", "why"),
    [
        (
            dimension("top", indicator("a"), rule=GeometricMean(basis=ASSUMED, floor="0.01")),
            "top has a rule that can't be computed in integers",
        ),
        (
            dimension("top", indicator("a"), rule=HarmonicMean(basis=ASSUMED, floor="0.01")),
            "top has a rule that can't be computed in integers",
        ),
        (
            dimension(
                "top",
                measure(
                    "m",
                    minimum=Fraction(1),
                    maximum=Fraction(10),
                    scale=GoalpostScale(low=1, high=10, logarithmic=True, basis=ASSUMED),
                ),
            ),
            "m has a rule that can't be computed in integers",
        ),
        (
            dimension("top", *(indicator(f"i{n}") for n in range(MOST_PARTS + 1))),
            "top has more than 60 parts",
        ),
        (
            dimension("top", measure("m", decimals=15)),
            "the numbers of its calculation are too large for a spreadsheet",
        ),
        (
            dimension(
                "top",
                *(
                    indicator(f"i{n}", 2**n, missing="drop", missing_basis=ASSUMED)
                    for n in range(14)
                ),
                rule=MEAN,
            ),
            "the numbers of its calculation are too large for a spreadsheet",
        ),
        (
            dimension(
                "top",
                *(
                    indicator(f"i{n}", 2**n + 1, missing="drop", missing_basis=ASSUMED)
                    for n in range(7)
                ),
                rule=MEAN,
            ),
            "the numbers of its calculation are too large for a spreadsheet",
        ),
    ],
)
def test_the_rest_says_why_not(root: Dimension, why: str) -> None:
    reason = made(root)
    assert isinstance(reason, Text)
    assert reason.en == why
    assert reason.id != reason.en


def test_the_largest_numbers_stay_below_the_limit() -> None:
    # 10 * 10**13 is the limit; with 12 decimals it is a tenth of it.
    assert isinstance(made(dimension("top", measure("m", decimals=14))), Text)
    fine = made(dimension("top", measure("m", decimals=12)))
    assert isinstance(fine, SheetProgram)
    assert LIMIT > 10**12


def test_points_are_shown_to_as_many_decimals_as_fit() -> None:
    wide = made(dimension("top", measure("m", decimals=12)))
    assert isinstance(wide, SheetProgram)
    assert wide.decimals("top") == 1
    assert wide.points("top", cell) == (
        'IF(top_state>0,INT((20*top_numerator+1000000000000)/2000000000000)/10,"")'
    )
    assert wide.rounded("top", Rounding(digits=2, basis=ASSUMED), cell) is None
    whole = made(dimension("top", indicator("a", levels=levels(*(10**12 * n for n in range(5))))))
    assert isinstance(whole, SheetProgram)
    assert whole.decimals("top") == 1
    widest = made(dimension("top", indicator("a", levels=levels(0, 1, 4 * 10**13))))
    assert isinstance(widest, SheetProgram)
    assert widest.points("top", cell) == 'IF(top_state>0,top_numerator,"")'


def test_a_band_is_named_as_in_the_language() -> None:
    bands = Bands(
        items=(band("rendah"), attrs.evolve(band("tinggi", limit(2)), name=Text.same('A "1"')))
    )
    program = made(dimension("top", indicator("a"), bands=bands))
    assert isinstance(program, SheetProgram)
    assert program.band_name("top", cell, "id") == (
        'IF(top_band>0,CHOOSE(top_band,"rendah","A ""1"""),"")'
    )
    assert '"rendah (rendah (en))"' in program.band_name("top", cell, "en")


def test_a_value_can_be_kept_in_a_cell() -> None:
    program = made(
        dimension("top", indicator("a", levels=levels(1, "3/2", 4, first=1)), measure("m"))
    )
    assert isinstance(program, SheetProgram)
    answer = Answer(number="A1", given="B1=1")
    assert program.value("a", answer) == "IF(B1=1,CHOOSE(A1,2,3,8),0)"
    assert program.value("m", answer) == "IF(B1=1,A1,0)"
    kept = {"a": attrs.evolve(answer, value="C1"), "m": attrs.evolve(answer, value="D1")}
    assert program.formulas("top", kept, cell)["numerator"] == "IF(top_state=1,50*C1+D1,0)"
