"""What lists come to, nearly: what is clearly more is no less when it is scored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import ASSUMED, SUM, dimension, figure, gate, indicator, instrument, levels, when
from improve_builders import answered, case, check_cheapest
from meeting import law
from meritindex.analysis.improving.chains import Chain
from meritindex.analysis.improving.folding import Folding
from meritindex.analysis.improving.knots import knots
from meritindex.analysis.improving.labels import not_exceeded
from meritindex.analysis.improving.moving import Moves
from meritindex.analysis.improving.offers import Offers
from meritindex.analysis.improving.stopwatch import Stopwatch
from meritindex.definition import GeometricMean, HarmonicMean, Median, PowerMean, Rounding

RULES = {
    "geometric": GeometricMean(basis=ASSUMED),
    "geometric with a floor": GeometricMean(basis=ASSUMED, floor=2),
    "a root": PowerMean(basis=ASSUMED, exponent="0.01"),
    "quadratic": PowerMean(basis=ASSUMED, exponent=2),
    "quadratic with a floor": PowerMean(basis=ASSUMED, exponent=2, floor=2),
    "steep": PowerMean(basis=ASSUMED, exponent=100),
    "inverse squares": PowerMean(basis=ASSUMED, exponent=-2),
    "steep inverses": PowerMean(basis=ASSUMED, exponent=-100),
}
DOUBLES = GeometricMean(basis=ASSUMED)


def chain(root: mi.Dimension, **answers: object) -> tuple[Chain, Folding]:
    """Return the units of the root side by side, and what put those below it together."""
    given_levels = {"levels": dict.fromkeys("abc", 0), **answers}
    of = case(answered(instrument(root=root, gates=(gate("works"),)), **given_levels))
    moves = Moves.of(of)
    offers = Offers(scenarios=(of.settled,), moves=moves, pricing=of.pricing, watches=())
    folding = Folding(offers=offers, clock=Stopwatch(None))
    return folding.chain(knots(of.plan.instrument, frozenset(moves.places))), folding


def pairs(found: Chain, folding: Folding) -> Iterator[tuple[float, mi.ScoreCard]]:
    """Yield what every choice comes to, nearly, and what it is worth."""
    choices = [range(len(offer.labels)) for offer in found.offers]
    rows = np.array(list(product(*choices)))
    put = folding.offers.moves.base[np.newaxis].repeat(len(rows), axis=0)
    nears = np.zeros(len(rows))
    for unit, offer in enumerate(found.offers):
        places = sorted(offer.places)
        put[:, places] = offer.labels.levels[rows[:, unit]][:, places]
        nears += found.nearness.terms[unit][rows[:, unit], 0]
    scored = folding.offers.scenarios[0].outcome(put).totals
    yield from zip(nears.tolist(), list(scored), strict=True)


def check_order(found: Chain, folding: Folding) -> None:
    """Check that what is clearly more is worth no less, and that most of it is told apart."""
    told = 0
    all_pairs = list(pairs(found, folding))
    for (near, worth), (other, less) in product(all_pairs, repeat=2):
        if near - found.nearness.margins[0] >= other:
            assert worth >= less
            told += 1
    distinct = {worth for _, worth in all_pairs}
    assert told >= len(distinct) - 1


@pytest.mark.parametrize("name", RULES)
def test_what_is_clearly_more_is_worth_no_less(name: str) -> None:
    scales = levels(1, 2, 3, 5), levels("1.5", 3, "4.5"), levels(3, 3, 4)
    leaves = [
        indicator(code, weight, levels=scale)
        for code, weight, scale in zip("abc", (2, "1.5", 1), scales, strict=True)
    ]
    check_order(*chain(dimension("total_points", *leaves, rule=RULES[name])))


@pytest.mark.parametrize(
    "rule", [SUM, HarmonicMean(basis=ASSUMED), PowerMean(basis=ASSUMED, exponent=1)]
)
def test_of_what_is_computed_in_doubles_sums_are_lists_as_well(rule: mi.Rule) -> None:
    part = dimension(
        "x",
        indicator("a", levels=levels(1, 2, 3)),
        indicator("b", levels=levels(1, 2, 5)),
        rule=DOUBLES,
        weight=2,
    )
    found, folding = chain(
        dimension("total_points", part, indicator("c", 3, levels=levels(1, 3)), rule=rule)
    )
    assert found.nearness is not None
    check_order(found, folding)


def test_what_does_not_count_or_weighs_nothing_adds_nothing() -> None:
    leaves = (
        indicator("a", levels=levels(1, 2, 3)),
        indicator("b", 0, levels=levels(0, 1)),
        indicator("c", conditions=(when("works"),), levels=levels(0, 1, 2)),
    )
    root = dimension("total_points", *leaves, rule=DOUBLES)
    found, _ = chain(root, levels={"a": 0, "b": 0}, gates={"works": "no"})
    assert [each.any() for each in found.nearness.terms] == [True, False]
    # Where all points are zero there is nothing in proportion to which powers could be taken.
    flat = dimension("total_points", indicator("d", levels=levels(0, 0)), rule=RULES["quadratic"])
    found, _ = chain(flat, levels={"d": 0})
    assert found.nearness.terms[0].tolist() == [[0], [0]]


def test_of_a_median_nothing_is_known() -> None:
    leaves = [indicator(code, None) for code in "abc"]
    assert chain(dimension("total_points", *leaves, rule=Median(basis=ASSUMED)))[0].nearness is None
    leaves = [indicator(code) for code in "abc"]
    assert chain(dimension("total_points", *leaves, rule=SUM))[0].nearness is None


@law(60)
@given(st.data())
def test_law_a_label_is_left_unless_one_that_costs_no_more_is_more_for_certain(
    data: st.DataObject,
) -> None:
    few = st.integers(0, 3)
    rows = data.draw(st.lists(st.tuples(few, few, few, few), min_size=1, max_size=12))
    rows.sort()
    table = np.array(rows)
    high, others = table[:, 1:3].astype(np.float64), table[:, 3:]
    ends = high - 0.5, high
    kept = not_exceeded(table[:, 0], ends, others, lambda: None)
    expected = [
        place
        for place, row in enumerate(rows)
        if not any(
            other[0] <= row[0] and other[1] > row[1] and other[2] > row[2] and other[3] >= row[3]
            for other in rows
        )
    ]
    assert kept.tolist() == expected


def test_a_geometric_mean_of_many_is_proven() -> None:
    # As wide as an instrument in force: eight parts of three, of which no two plans are alike.
    rounded = Rounding(digits=3, basis=ASSUMED)
    parts = [
        dimension(
            f"x{place}",
            *(
                indicator(f"i{place}{leaf}", leaf + 1, levels=levels(1, 2, 3, 4))
                for leaf in range(3)
            ),
            rule=mi.WeightedMean(basis=ASSUMED),
            weight=figure(place + 1),
            rounding=rounded,
        )
        for place in range(8)
    ]
    root = dimension("total_points", *parts, rule=GeometricMean(basis=ASSUMED))
    rules = instrument(root=root)
    of = answered(rules, levels={one.code: 0 for one in rules.indicators})
    found = mi.improve(of, to="2.5", time_limit=120)
    assert found.proven
    assert mi.score(found.assessment).total >= found.target.limit
    less = mi.improve(of, to="2.5", budget=found.cost - 1, time_limit=120)
    assert (less.status, less.proven) == ("unreachable", True)
    check_cheapest(small(), found.target.limit, dict.fromkeys("abcd", 2))


def small() -> mi.Assessment:
    """Return answers under a geometric mean of four, few enough to try every way to raise them."""
    leaves = [
        indicator(code, place + 1, levels=levels(1, 2, 3, 4)) for place, code in enumerate("abcd")
    ]
    rules = instrument(root=dimension("total_points", *leaves, rule=GeometricMean(basis=ASSUMED)))
    return answered(rules, levels=dict.fromkeys("abcd", 0))
