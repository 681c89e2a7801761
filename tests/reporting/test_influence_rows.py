from __future__ import annotations

import csv
import io
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, indicator, instrument
from influence_cases import answered
from meritindex.analysis.influencing import influence
from meritindex.numbers import exact_text
from meritindex.reporting.csv_text import PREMISES
from meritindex.reporting.influence_rows import (
    band_changes_csv,
    influence_csv,
    sobol_csv,
    swap_csv,
    verify_first_csv,
    weight_change_csv,
)


def rows(text):
    """Return rows, each of which says what it rests on."""
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in found:
        assert all(row[name] for name in PREMISES)
    return found


@pytest.fixture(scope="module")
def found():
    return influence(mi.sample().rows(np.arange(60)))


def test_elements(found):
    written = rows(influence_csv(found))
    for row, element in zip(written, found.elements, strict=True):
        assert (row["code"], row["parent"]) == (element.code, element.parent or "")
        effective = element.effective
        assert row["effective_exact"] == ("" if effective is None else exact_text(effective))
        correlation = element.correlation
        assert row["correlation"] == "" or float(row["correlation"]) == pytest.approx(
            correlation, abs=1e-6
        )
    assert {row["synthetic"] for row in written} == {"yes"}


def test_what_rests_on_doubles_has_no_exact_number():
    inner = dimension(
        "d",
        indicator("i1"),
        indicator("i2"),
        rule=mi.GeometricMean(basis=ASSUMED, floor=1),
    )
    made = instrument(root=dimension("total_points", inner, indicator("i3", 3), rule=MEAN))
    levels = {"A": (4, 4, 1), "B": (1, 4, 2), "C": (1, 0, 4)}
    answers = [
        answered(made, name, dict(zip(("i1", "i2", "i3"), given, strict=True)))
        for name, given in levels.items()
    ]
    written = {row["code"]: row for row in rows(influence_csv(influence(answers)))}
    assert (written["d"]["effective"] != "", written["d"]["effective_exact"]) == (True, "")


def test_moves(found):
    change = found.shifted("a2", to=40)
    written = rows(weight_change_csv(change))
    assert [row["agency"] for row in written] == [move.agency.name for move in change.moves]
    assert {(row["element"], row["weight_after"]) for row in written} == {
        ("a2", exact_text(change.after))
    }


def test_crossings():
    one, other = "Kabupaten Nagan Raya", "Kabupaten Aceh Tamiang"
    found = influence(mi.sample())
    swap = found.swap("a2", one, other)
    (row,) = rows(swap_csv(swap, found.scored))
    assert (row["agency"], row["other"], row["weight_exact"]) == (one, other, "5072/175")
    assert {row["ahead_below"], row["ahead_above"]} == {one, other}


def test_crossings_without_end():
    from meritindex.analysis.influencing import Crossing, Swap

    found = influence(mi.sample().rows(np.arange(3)))
    one, other = found.scored.agencies[:2]
    crossing = Crossing(
        weight=Fraction(1, 3),
        low=Fraction(0),
        high=Fraction(1),
        exact=False,
        ahead_below=None,
        ahead_above=None,
    )
    swap = Swap(
        code="a2",
        one=one,
        other=other,
        weight=Fraction(1),
        whole=Fraction(100),
        crossings=(crossing,),
        always=None,
        before_rounding=False,
    )
    (row,) = rows(swap_csv(swap, found.scored))
    assert (row["weight"], row["weight_exact"]) == ("0.333333", "")
    assert (row["low"], row["high"]) == ("0", "1")
    assert (row["ahead_below"], row["ahead_above"]) == ("", "")


def test_bands():
    found = influence(mi.sample())
    row = next(
        place
        for place in range(len(found.scored))
        if found.scored.totals[place] is not None and found.band_changes("a7", place)
    )
    changes = found.band_changes("a7", row)
    written = rows(band_changes_csv("a7", row, changes, found.scored))
    assert [each["weight_exact"] for each in written] == [exact_text(c.weight) for c in changes]
    assert {each["agency"] for each in written} == {found.scored.agencies[row].name}


def test_open_answers(found):
    chances = mi.verify_first(found.scored, draws=20)
    written = rows(verify_first_csv(chances))
    expected = [
        (each.agency.name, chance.item.code) for each in chances.agencies for chance in each.items
    ]
    assert [(row["agency"], row["item"]) for row in written] == expected
    assert {row["answered"] for row in written} <= {"yes", "no"}
    assert {row["draws"] for row in written} == {"20"}


def test_sobol():
    pytest.importorskip("SALib", reason="Sobol indices need SALib (extra sobol)")
    few = influence(mi.sample().rows(np.arange(6)))
    indices = few.sobol(samples=2)
    written = rows(sobol_csv(indices))
    for row, index in zip(written, indices.indices, strict=True):
        assert row["code"] == index.code
        assert row["total"] == "" or float(row["total"]) == pytest.approx(index.total, abs=1e-6)
