"""Labels that are many: in parts, and ruled out by what can be reached at best."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, SUM, dimension, indicator, instrument, levels
from improve_builders import answered, check_all, check_cheapest, raised
from meritindex.analysis.improving import folding
from meritindex.definition import Median, Minimum

SHORT = levels(0, 1, 3)
COSTS = {"a": 3, "b": 2, "c": 4, "d": 1}


def one(code: str, weight: object = 1) -> mi.Indicator:
    return indicator(code, weight, levels=SHORT)


ADDED = dimension("root", *(one(code, len(code)) for code in COSTS), rule=SUM)
LISTED = dimension(
    "root",
    dimension("x", *(one(code, None) for code in "abc"), rule=Median(basis=ASSUMED)),
    one("d"),
    rule=SUM,
)


def low(root: mi.Dimension) -> mi.Assessment:
    return answered(instrument(root=root), levels=dict.fromkeys(COSTS, 0))


@pytest.mark.parametrize("root", [ADDED, LISTED])
def test_labels_are_put_together_in_parts(
    root: mi.Dimension, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "_PAIRS", 6)
    check_all(low(root), COSTS)


@pytest.mark.parametrize("many", [0, 1, 4])
def test_what_is_hopeless_is_left_out(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_MANY", many)
    check_all(low(LISTED), COSTS)
    part = attrs.evolve(LISTED.children[0], weight=None)
    rules = dimension("root", part, one("d", None), rule=Minimum(basis=ASSUMED))
    check_all(low(rules), COSTS)


def test_the_first_plan_stands_where_nothing_else_is_hopeful(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folding, "_MANY", 0)
    found = check_cheapest(low(LISTED), Fraction(6), COSTS)
    assert raised(found) == {"a": 2, "b": 2, "d": 2}
