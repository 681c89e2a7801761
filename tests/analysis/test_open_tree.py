"""Where weights are open, and what stands above them."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, SUM, dimension, figure, indicator
from meritindex.analysis.open_tree import is_plain, open_tree
from meritindex.definition import WeightedMean

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))


def test_the_instrument_in_force_is_open_at_its_maturity() -> None:
    tree = open_tree(mi.instrument("ism-2026"), mi.Admissible())
    assert list(tree.regions) == ["maturity"]
    assert [one.code for one in tree.affected] == ["maturity", "index"]
    assert [node.code for node in tree.outside] == [
        *(f"a{number}" for number in range(1, 9)),
        "satisfaction",
        "correction",
    ]
    assert tree.is_linear
    assert tree.plan.weighting.name == "admissible"
    assert tree.plan.weighting.label == mi.Admissible().label


def test_settled_weights_leave_nothing_open() -> None:
    tree = open_tree(mi.instrument("ism-2026"), mi.EqualRemainder())
    assert (dict(tree.regions), tree.affected) == ({}, ())
    assert [node.code for node in tree.outside] == ["index"]
    settled = mi.Admissible({f"a{number}": Fraction(40, 3) for number in range(2, 8)})
    assert not open_tree(mi.instrument("ism-2026"), settled).regions


@pytest.mark.parametrize(
    ("fields", "plain"),
    [
        ({}, True),
        ({"floor": figure(0)}, False),
        ({"caps": (mi.Cap(maximum=Fraction(3), basis=ASSUMED),)}, False),
        ({"rounding": mi.Rounding(digits=1, basis=ASSUMED)}, False),
        ({"rule": mi.Median(basis=ASSUMED)}, False),
        ({"rule": SUM}, True),
    ],
)
def test_what_adds_up_and_no_more_is_plain(fields: dict[str, object], *, plain: bool) -> None:
    weight = None if isinstance(fields.get("rule"), mi.Median) else 1
    one = dimension("d", indicator("a", weight), **{"rule": MEAN, **fields})
    assert is_plain(one) is plain
    assert is_plain(one, but_rounded=True) is (plain or "rounding" in fields)
    assert not is_plain(dimension("e"))
