"""The units of a knot side by side."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, dimension, indicator, instrument, levels
from improve_builders import answered, case
from meritindex.analysis.improving.bounds import RootBound
from meritindex.analysis.improving.chains import Chain
from meritindex.analysis.improving.folding import Folding
from meritindex.analysis.improving.knots import knots
from meritindex.analysis.improving.labels import Labels
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.offers import Offers
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.definition import Minimum


def chain(root: mi.Dimension, **wishes: object) -> Chain:
    """Return the units of a root, all answers at their lowest."""
    rules = instrument(root=root)
    of = answered(rules, levels={each.code: 0 for each in rules.indicators})
    one = case(of, **wishes)
    moves = Moves.of(one)
    offers = Offers(scenarios=(one.settled,), moves=moves, pricing=one.pricing, watches=())
    folding = Folding(offers=offers, clock=Stopwatch(None))
    return folding.chain(knots(rules, frozenset(moves.places)))


def test_gains_are_counted_in_what_they_have_in_common() -> None:
    found = chain(
        dimension(
            "total_points",
            indicator("a", 3, levels=levels(0, 2)),
            indicator("b", "1/2", levels=levels(0, 3, 4)),
        )
    )
    assert [gain[:, 0].tolist() for gain in found.gains] == [[0, 12], [0, 3, 4]]
    assert found.columns == (((0, Fraction(1, 2)),),)
    assert found.start.tolist() == [0]
    assert found.gains[0].dtype == np.int64


@pytest.mark.parametrize(("power", "kind"), [(12, "i"), (18, "O")])
def test_gains_that_64_bits_may_not_hold_are_python_integers(power: int, kind: str) -> None:
    found = chain(
        dimension(
            "total_points",
            indicator("a", levels=levels(0, 1)),
            *(indicator(code, levels=levels(0, 10**power)) for code in "bc"),
        )
    )
    assert found.gains[1].dtype.kind == kind
    assert found.gains[1][:, 0].tolist() == [0, 10**power]


def test_the_least_of_what_does_not_move_comes_first() -> None:
    least = Minimum(basis=ASSUMED)
    parts = [indicator("a", None, levels=levels(1, 2)), indicator("b", None, levels=levels(3, 5))]
    assert chain(dimension("total_points", *parts, rule=least), fixed="b").start.tolist() == [3]
    free = chain(dimension("total_points", *parts, rule=least))
    assert free.start.tolist()[0] >= 5


def test_a_bound_says_what_plans_cost_at_least() -> None:
    one = chain(
        dimension("total_points", indicator("a", 3), indicator("b", 2)), costs={"a": 3, "b": 1}
    )
    bound = RootBound(chain=one, enough=np.array([11]), never=1000)
    nothing = Labels(
        prices=np.zeros(1, dtype=np.int64),
        folds=one.start[np.newaxis],
        levels=np.zeros((1, 2), dtype=np.uint8),
        marks={},
    )
    # Four of b for 4, and one of a for 3, at so much a level raised.
    (least,) = bound.of(nothing, 0).tolist()
    cheapest = one.offers[1].labels.prices[4] + one.offers[0].labels.prices[1]
    assert 0 < least <= cheapest
    # Without a, b alone is not enough.
    assert bound.of(nothing, 1).tolist() == [1000]
    assert bound.from_nothing
