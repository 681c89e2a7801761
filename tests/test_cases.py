"""Published indices of another kind, reproduced by instruments that are written as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, figure, indicator, instrument
from meritindex.definition import Rounding

CASES = Path(__file__).parent / "cases"
RULES = {
    "weighted-mean": ('type = "weighted-mean"', True),
    "geometric-mean": ('type = "geometric-mean"', False),
    "harmonic-mean": ('type = "harmonic-mean"', True),
    "power-mean 2": ('type = "power-mean", exponent = "2"', False),
    "power-mean -1": ('type = "power-mean", exponent = "-1"', True),
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(one: mi.Instrument, rows: list[dict[str, str]]) -> mi.scoring.Scores:
    """Score rows of measures, by their codes."""
    plan = mi.plan(one)
    levels = np.zeros((len(rows), 0), dtype=np.uint8)
    return plan.score_levels(levels, {code: [row[code] for row in rows] for code in plan.measures})


def test_the_human_development_index_of_all_countries() -> None:
    rows = rows_of("hdi-2022.csv")
    assert len(rows) == 193
    found = score(mi.load_instrument(CASES / "hdi-2022.toml"), rows)
    assert list(found.total) == [Fraction(row["value"]) for row in rows]
    assert found.ranks.tolist() == [int(row["rank"]) for row in rows]
    assert [found.total.exact, found.dimensions["education"].exact] == [False, True]
    # Where less than 0.001 tells two apart, they share a rank.
    assert len(set(found.ranks.tolist())) < len(rows)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("weights", ["equal", "uneven"])
def test_the_index_of_sustainable_connectivity_at_every_level(
    weights: str, rule: str, tmp_path: Path
) -> None:
    written, exact = RULES[rule]
    text = (CASES / f"asem-{weights}.toml").read_text(encoding="utf-8")
    path = tmp_path / "asem.toml"
    path.write_text(text.replace('type = "weighted-mean"', written), encoding="utf-8")
    found = score(mi.load_instrument(path), rows_of("asem-values.csv"))
    expected = [
        row
        for row in rows_of("asem-results.csv")
        if (row["rule"], row["weights"]) == (rule, weights)
    ]
    assert len(expected) == 12
    assert len(found.columns) == 11
    for code, column in found.columns.items():
        assert column.exact is exact
        for value, row in zip(column, expected, strict=True):
            published = Fraction(row[code])
            assert value is not None
            assert abs(value - published) <= published / 10**12


# An index that rounds at every level


def half_up(value: Fraction) -> Fraction:
    """Round to two decimals by hand: the nearest, and the upper of two that are as near."""
    hundredths = value * 100
    below = hundredths.numerator // hundredths.denominator
    return Fraction(below + (hundredths - below >= Fraction(1, 2)), 100)


@st.composite
def four_levels(draw: st.DrawFn, depth: int = 4) -> mi.Dimension:
    """Draw a dimension that rounds to two decimals, as all below it do."""
    places = iter(range(1000))

    def build(depth: int) -> mi.Dimension:
        children: list[mi.Dimension | mi.Indicator] = []
        for _ in range(draw(st.integers(1, 3))):
            if depth > 1:
                children.append(build(depth - 1))
            else:
                weight = Fraction(draw(st.integers(1, 9)), draw(st.integers(1, 3)))
                children.append(indicator(f"i{next(places)}", weight))
        return dimension(
            f"d{next(places)}",
            *children,
            rule=MEAN,
            weight=figure(Fraction(draw(st.integers(1, 9)), draw(st.integers(1, 3)))),
            rounding=Rounding(digits=2, basis=ASSUMED),
        )

    return build(depth)


def by_hand(
    node: mi.Dimension | mi.Indicator, levels: dict[str, int]
) -> Iterator[tuple[str, Fraction]]:
    """Yield every dimension with its points, children first."""
    if isinstance(node, mi.Indicator):
        return
    total = weight = Fraction(0)
    for child in node.children:
        below = dict(by_hand(child, levels))
        yield from below.items()
        points = Fraction(levels[child.code]) if child.code in levels else below[child.code]
        total += child.weight.value * points
        weight += child.weight.value
    yield node.code, half_up(total / weight)


@given(four_levels(), st.data())
def test_an_index_of_four_levels_that_rounds_at_each(root: mi.Dimension, data) -> None:
    one = instrument(root=root)
    codes = [node.code for node in one.indicators]
    answers = data.draw(
        st.lists(
            st.fixed_dictionaries(dict.fromkeys(codes, st.integers(0, 4))), min_size=1, max_size=5
        )
    )
    levels = np.array([[answer[code] for code in codes] for answer in answers], dtype=np.uint8)
    found = mi.plan(one).score_levels(levels)
    for place, answer in enumerate(answers):
        expected = dict(by_hand(root, answer))
        assert {code: column[place] for code, column in found.columns.items()} == expected
    assert found.total.exact


def test_a_half_goes_up_at_every_level() -> None:
    rounding = Rounding(digits=2, basis=ASSUMED)
    # 0.125 becomes 0.13, and then (0.13 + 0) / 2 = 0.065 becomes 0.07; unrounded it would be 0.06.
    inner = dimension("inner", indicator("i"), indicator("j", 7), rule=MEAN, rounding=rounding)
    root = dimension("total_points", inner, indicator("k"), rule=MEAN, rounding=rounding)
    levels = np.array([[1, 0, 0]], dtype=np.uint8)
    found = mi.plan(instrument(root=root)).score_levels(levels)
    assert [column[0] for column in found.columns.values()] == [Fraction("0.13"), Fraction("0.07")]
