from __future__ import annotations

from fractions import Fraction
from statistics import variance

import numpy as np
import pytest
from hypothesis import given

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    check_fault,
    dimension,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
    when,
)
from influence_cases import answered, influences, table_of
from meeting import law
from meritindex.analysis.influencing import Influence, influence
from meritindex.scoring import Status

ROWS = {
    "A": {"i1": 1, "i2": 2, "i3": 0},
    "B": {"i1": 2, "i2": 2, "i3": 4},
    "C": {"i1": 4, "i2": 3, "i3": 1},
    "D": {"i1": 3, "i2": 4, "i3": 2},
}


def textbook(items: list[list[Fraction]]) -> Fraction:
    """Return k / (k - 1) * (1 - sum of the variances / variance of the sum)."""
    count = len(items)
    sums = [sum(row) for row in zip(*items, strict=True)]
    return Fraction(count, count - 1) * (
        1 - sum(map(variance, items), Fraction(0)) / variance(sums)
    )


def test_alpha_by_the_textbook() -> None:
    found = influence(table_of((indicator("i1"), indicator("i2", 5), indicator("i3")), ROWS))
    items = [[Fraction(row[code]) for row in ROWS.values()] for code in ("i1", "i2", "i3")]
    alpha = found.alpha()
    assert alpha.value == textbook(items)
    assert alpha == found.alpha("total_points")
    assert (alpha.items, alpha.agencies, alpha.exact) == (("i1", "i2", "i3"), 4, True)
    assert alpha.reason is None
    assert alpha.name.en == "dimension total_points"


def test_parts_that_are_one_have_an_alpha_of_one() -> None:
    same = {name: {"i1": row["i1"], "i2": row["i1"]} for name, row in ROWS.items()}
    found = influence(table_of((indicator("i1"), indicator("i2")), same))
    assert found.alpha().value == 1
    assert found.correlations().matrix == pytest.approx(np.ones((2, 2)))
    assert found.correlations().matrix.diagonal().tolist() == [1, 1]


@law(40)
@given(influences())
def test_alpha_is_what_an_explanation_shows(found: Influence) -> None:
    weights = found.table.plan.weight_values
    explained = [card.explain() for card in found.table]
    for top in found.instrument.dimensions:
        alpha = found.alpha(top.code)
        items = [
            child.code
            for child in top.children
            if weights[child.code]
            and all(node[child.code].status is not Status.NOT_APPLICABLE for node in explained)
        ]
        assert list(alpha.items) == items
        known = [[node[code].points for code in items] for node in explained]
        known = [row for row in known if None not in row]
        assert alpha.agencies == len(known)
        columns = [list(column) for column in zip(*known, strict=True)]
        if len(items) < 2 or len({sum(row) for row in known}) < 2:
            assert alpha.value is None
            assert alpha.reason is not None
        elif alpha.exact:
            assert alpha.value == textbook(columns)
        else:
            assert float(alpha.value) == pytest.approx(float(textbook(columns)), rel=1e-6)


def test_what_a_gate_takes_away_somewhere_is_no_item() -> None:
    children = (*(indicator(f"i{n}") for n in (1, 2)), indicator("i3", conditions=(when("works"),)))
    of = instrument(*children, gates=(gate("works"),))
    rows = [
        answered(of, "A", {"i1": 1, "i2": 2, "i3": 1}, gates={"works": "yes"}),
        answered(of, "B", {"i1": 2, "i2": 3}, gates={"works": "no"}),
    ]
    found = influence(rows)
    assert found.alpha().items == ("i1", "i2")
    assert found.alpha().value == 1
    matrix = found.correlations()
    assert matrix.agencies.tolist() == [[2, 2, 1], [2, 2, 1], [1, 1, 1]]
    assert np.isnan(matrix.matrix[2]).all()
    assert matrix.matrix[0, 1] == pytest.approx(1)


def test_what_is_missing_somewhere_leaves_the_agency_out() -> None:
    drop = {"missing": "drop", "missing_basis": ASSUMED}
    root = dimension("total_points", indicator("i1", **drop), indicator("i2"), rule=MEAN)
    rows = {"A": {"i1": 1, "i2": 2}, "B": {"i1": 2, "i2": 4}, "C": {"i2": 0}}
    alpha = influence(table_of((), rows, root=root)).alpha()
    assert (alpha.agencies, alpha.value) == (
        2,
        textbook([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(4)]]),
    )


@pytest.mark.parametrize(
    ("children", "reason"),
    [
        ((indicator("i1"),), "fewer than two parts"),
        ((indicator("i1"), indicator("i2", 0)), "fewer than two parts"),
    ],
)
def test_there_is_no_alpha_of_one_part(children: tuple[mi.Indicator, ...], reason: str) -> None:
    codes = {child.code for child in children}
    rows = {
        name: {code: level for code, level in row.items() if code in codes}
        for name, row in ROWS.items()
    }
    alpha = influence(table_of(children, rows)).alpha()
    assert alpha.value is None
    assert alpha.reason.en.startswith(reason)
    assert alpha.reason.id.startswith("kurang dari dua unsur")


def test_there_is_no_alpha_where_the_sum_never_changes() -> None:
    inner = dimension("d", indicator("i1"), indicator("i2"))
    rows = {"A": {"i1": 1, "i2": 2, "i3": 1}, "B": {"i1": 2, "i2": 1, "i3": 2}}
    found = influence(table_of((inner, indicator("i3")), rows))
    alpha = found.alpha("d")
    assert alpha.value is None
    assert alpha.reason.en.startswith("their sum is the same")
    assert alpha.reason.id.startswith("jumlahnya sama")
    assert found.correlations("d").matrix[0, 1] == pytest.approx(-1)


def test_an_alpha_of_doubles_is_not_exact() -> None:
    inner = dimension(
        "d", indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED, floor=1)
    )
    found = influence(table_of((inner, indicator("i3")), ROWS))
    alpha = found.alpha()
    assert alpha.exact is False
    assert alpha.value == Fraction(repr(float(alpha.value)))
    assert found.alpha("d").exact is True


@law(20)
@given(influences(complete=True, entries=False))
def test_correlations_are_those_of_numpy(found: Influence) -> None:
    for top in found.instrument.dimensions:
        result = found.correlations(top.code)
        codes = [child.code for child in top.children]
        assert list(result.codes) == codes
        size = len(codes)
        assert result.matrix.shape == result.agencies.shape == (size, size)
        assert np.array_equal(result.matrix, result.matrix.T, equal_nan=True)
        for place, child in enumerate(top.children):
            if not isinstance(child, mi.Dimension):
                continue
            points = found.table.dimensions[child.code]
            assert result.agencies[place, place] == points.known.sum()
            spread = len({points[row] for row in np.flatnonzero(points.known)}) > 1
            assert np.isnan(result.matrix[place, place]) == (not spread)


def test_correlations_by_hand() -> None:
    found = influence(
        table_of(
            (indicator("i1"), indicator("i2"), measure("m", missing="zero", missing_basis=ASSUMED)),
            ROWS2,
        )
    )
    result = found.correlations("total_points")
    expected = np.corrcoef([1, 2, 4, 3], [2, 2, 3, 4])[0, 1]
    assert result.matrix[0, 1] == pytest.approx(expected)
    assert np.isnan(result.matrix[2]).all()
    assert not result.matrix.flags.writeable
    assert not result.agencies.flags.writeable


ROWS2 = {name: {"i1": row["i1"], "i2": row["i2"]} for name, row in ROWS.items()}


@pytest.mark.parametrize("name", ["alpha", "correlations"])
def test_only_a_dimension_has_parts(name: str) -> None:
    found = influence(table_of((indicator("i1"), indicator("i2")), ROWS2))
    ask = getattr(found, name)
    check_fault(only_fault(mi.UnknownNameError, lambda: ask("i1")), "not-a-dimension", "i1", "i1")
    check_fault(only_fault(mi.UnknownNameError, lambda: ask("zz")), "unknown-code", "zz", "zz")
