"""The tree of what may move: where sums end."""

from __future__ import annotations

import attrs
import pytest

from builders import ASSUMED, MEAN, dimension, figure, indicator, instrument
from meritindex.analysis.improving.knots import Fold, Knot, knots, watched_codes
from meritindex.definition import (
    Cap,
    Dimension,
    GeometricMean,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rounding,
    Shortfall,
)

CAP = Cap(maximum=3, basis=ASSUMED)
ROUNDED = Rounding(digits=0, basis=ASSUMED)


def shape(knot: Knot) -> object:
    """Return a tree of knots by their codes, and of places."""
    return [
        (unit.code, [each.code for each in unit.path], shape(unit))
        if isinstance(unit, Knot)
        else unit
        for unit in knot.units
    ]


def tree(*children: object, moving: object = range(4), **fields: object) -> Knot:
    return knots(instrument(root=dimension("root", *children, **fields)), moving)


def pair(code: str, first: str, second: str, **fields: object) -> Dimension:
    return dimension(code, indicator(first), indicator(second), **fields)


def test_plain_sums_are_one() -> None:
    found = tree(pair("x", "a", "b", rule=MEAN), dimension("y", pair("z", "c", "d")))
    assert (found.code, found.fold, shape(found)) == ("root", Fold.SUM, [0, 1, 2, 3])
    assert found.places == frozenset(range(4))
    assert found.adds
    assert not found.has_lists


@pytest.mark.parametrize("fields", [{"caps": (CAP,)}, {"floor": figure(1)}, {"rounding": ROUNDED}])
def test_a_sum_ends_where_it_is_bounded(fields: dict[str, object]) -> None:
    found = tree(dimension("y", pair("z", "a", "b", **fields)), indicator("c"), indicator("d"))
    assert shape(found) == [("z", ["root", "y"], [0, 1]), 2, 3]
    assert found.places == frozenset(range(4))
    assert found.below == {"root", "y", "z", "a", "b", "c", "d"}


def test_a_sum_ends_where_a_cap_looks() -> None:
    cap = Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code="z", below=1))
    children = dimension("y", pair("z", "a", "b")), indicator("c"), indicator("d")
    root = dimension("root", *children, caps=(cap, CAP))
    assert watched_codes(instrument(root=root)) == {"z"}
    assert shape(tree(*children, caps=(cap,))) == [("z", ["root", "y"], [0, 1]), 2, 3]


def test_a_sum_ends_where_something_else_counts() -> None:
    children = dimension("y", pair("z", "a", "b")), indicator("c"), indicator("d")
    found = knots(instrument(root=dimension("root", *children)), range(4), {"y"})
    assert shape(found) == [("y", ["root"], [0, 1]), 2, 3]


@pytest.mark.parametrize(
    ("rule", "fold"),
    [
        (MEAN, Fold.SUM),
        (HarmonicMean(basis=ASSUMED), Fold.POWER),
        (PowerMean(basis=ASSUMED, exponent=1), Fold.POWER),
        (PowerMean(basis=ASSUMED, exponent=-1), Fold.POWER),
        (PowerMean(basis=ASSUMED, exponent=2), Fold.LIST),
        (GeometricMean(basis=ASSUMED), Fold.LIST),
        (Minimum(basis=ASSUMED), Fold.LEAST),
        (Median(basis=ASSUMED), Fold.LIST),
    ],
)
def test_every_rule_puts_its_parts_together_in_its_own_way(rule: object, fold: Fold) -> None:
    weight = None if isinstance(rule, Minimum | Median) else figure(1)
    children = [
        attrs.evolve(each, weight=weight)
        for each in (pair("x", "a", "b"), indicator("c"), indicator("d"))
    ]
    found = tree(*children, rule=rule)
    assert found.fold is fold
    assert found.has_lists == (fold is Fold.LIST)
    assert found.adds == (fold in {Fold.SUM, Fold.POWER})
    if fold is not Fold.SUM:
        assert shape(found) == [("x", ["root"], [0, 1]), 2, 3]
    inner = tree(dimension("w", *children, rule=rule), indicator("e"), moving=range(5))
    assert inner.has_lists == found.has_lists


def test_what_does_not_move_is_left_out() -> None:
    found = tree(pair("x", "a", "b", caps=(CAP,)), indicator("c"), indicator("d"), moving={2})
    assert shape(found) == [2]
    assert knots(instrument(root=dimension("root")), ()).fold is Fold.LIST
