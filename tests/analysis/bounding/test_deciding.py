"""Open items ordered by how much they decide, against settling each by hand."""

from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, gate, indicator, limit, measure, when
from meritindex.definition import WeightedMean

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))
BANDS = mi.Bands(items=[band("low", None, None), band("top", limit(2))])


def under(root: mi.Dimension, **fields: object) -> mi.Instrument:
    return mi.Instrument(
        id="example",
        family="examples",
        title=mi.Text("contoh", "example"),
        root=root,
        sources=(),
        **fields,
    )


def card_of(instrument: mi.Instrument, **answers: object) -> mi.BoundsCard:
    return mi.bounds(mi.Assessment(agency=mi.Agency(name="A"), instrument=instrument, **answers))


def widths(card: mi.BoundsCard) -> dict[str, Fraction]:
    return {decision.item.code: decision.width for decision in card.decisions}


def test_what_weighs_more_decides_more() -> None:
    number = measure("m", 2, decimals=1, maximum=Fraction(4))
    one = under(
        dimension(
            "d",
            indicator("a", 1),
            indicator("b", 5),
            number,
            indicator("c", 2),
            rule=TEN,
            bands=BANDS,
        )
    )
    card = card_of(one, levels={"a": 4, "b": 2, "c": 3}, states={"b": "claimed", "c": "claimed"})
    # b from 0 to 2 of weight 5, m from 0 to 4 of weight 2, c from 0 to 3 of weight 2
    assert widths(card) == {"b": 1, "m": Fraction(8, 10), "c": Fraction(6, 10)}
    assert [item.code for item in card.open_items] == ["b", "m", "c"]
    # From 0.4 to 2.8: without b not above 1.8, which is below 2; with it from 1.4 to 2.8
    assert [decision.can_settle for decision in card.decisions] == [True, False, False]


def test_settling_an_item_leaves_what_is_said() -> None:
    table = mi.bounds(mi.sample())
    row = int(table.completions.is_open.argmax())
    card = table[row]
    (decision,) = card.decisions
    given = table.assessments[row]
    for value, ends in (
        (0, (card.lower, card.upper - decision.width)),
        (1, (card.lower + decision.width, card.upper)),
    ):
        settled = mi.bounds(
            attrs.evolve(given, measures=dict(given.measures) | {"satisfaction": value})
        )
        assert (settled.lower, settled.upper) == ends


@pytest.mark.parametrize("weighting", [None, mi.EqualRemainder()])
def test_a_gate_decides_by_its_options(weighting: mi.EqualRemainder | None) -> None:
    one = under(
        dimension(
            "d", indicator("a", None), indicator("b", None, conditions=[when("g")]), rule=TEN
        ),
        gates=(gate("g"),),
    )
    assessment = mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 3})
    card = mi.bounds(assessment, weighting)
    # Without b it is 3; with it anything from 0 to 4, or with equal weights from 1.5 to 3.5
    whole = Fraction(4) if weighting is None else Fraction(2)
    assert card.upper - card.lower == whole
    assert widths(card) == {"g": whole, "b": Fraction(3, 2) if weighting else 3}
    assert not any(decision.can_settle for decision in card.decisions)


def test_an_item_that_does_not_apply_by_every_option_is_settled_where_it_does() -> None:
    one = under(
        dimension(
            "d",
            indicator("a", 1),
            indicator("b", 1, conditions=[when("g")]),
            rule=MEAN,
            bands=BANDS,
        ),
        gates=(gate("g"),),
    )
    card = card_of(one, levels={"a": 1})
    # no: 1; yes: from 0.5 to 2.5. If b is 4 it is 1 or 2.5, if it is 0 it is 0.5 or 1
    assert (card.lower, card.upper) == (Fraction(1, 2), Fraction(5, 2))
    assert widths(card) == {"g": 2, "b": Fraction(3, 2)}
    assert {decision.item.code: decision.can_settle for decision in card.decisions} == {
        "g": True,
        "b": True,
    }


def test_entries_that_are_not_there_decide() -> None:
    one = mi.Assessment(agency="Kota Malang", instrument="ism-2019", points={"a1": 30, "a2": 40})
    card = mi.bounds(one)
    rest = {node.code: node.maximum.value for node in one.instrument.dimensions[3:]}
    assert (card.lower, card.upper) == (70, 70 + sum(rest.values()))
    assert widths(card) == rest
    assert rest[card.open_items[0].code] == max(rest.values())


def test_where_nothing_is_known_nothing_decides() -> None:
    cap = mi.Cap(
        maximum=Fraction(1), basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=Fraction(2))
    )
    below = dimension("e", indicator("a", None), indicator("b", None), rule=TEN, weight=1)
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN, caps=[cap]))
    card = card_of(one, points={"e": 3})
    assert (card.lower, card.upper) == (None, None)
    assert widths(card) == {"c": 0}
    assert dict(card.lower_weights) == {"e": 1, "c": 1, "a": 5, "b": 5}


def effects(card: mi.BoundsCard) -> dict[str, Fraction]:
    return {decision.item.code: decision.effect for decision in card.decisions}


def test_an_item_that_weighs_nothing_at_the_ends_may_still_move_the_total() -> None:
    one = under(dimension("d", *(indicator(code, None) for code in "abc"), rule=TEN))
    card = card_of(one, levels={"a": 0, "b": 3, "c": 4}, states={"b": "claimed"})
    # The ends are where all weighs on a, or on c; the claim moves the total by 3 where b is all.
    assert (card.lower, card.upper) == (0, 4)
    assert widths(card) == {"b": 0}
    assert effects(card) == {"b": 3}
    half = mi.bounds(card.table.assessments, mi.Admissible({"b": (None, 5)}))[0]
    assert effects(half) == {"b": Fraction(3, 2)}


def test_what_moves_more_comes_first_where_the_ends_say_nothing() -> None:
    one = under(dimension("d", *(indicator(code, None) for code in "abcx"), rule=TEN))
    levels = {"a": 0, "b": 2, "c": 3, "x": 4}
    card = card_of(one, levels=levels, states={"b": "claimed", "c": "claimed"})
    assert effects(card) == {"c": 3, "b": 2}
    assert [item.code for item in card.open_items] == ["c", "b"]


def test_decisions_of_all_are_those_of_each() -> None:
    many = mi.sample().rows(np.arange(0, 546, 30))
    policy = mi.AnswerPolicy(unstated="at-most")
    table = mi.bounds(many, policy=policy)
    one_by_one = [mi.bounds(many, policy=policy)[row].decisions for row in range(len(many))]
    assert list(table.decisions) == one_by_one
    assert sum(map(len, one_by_one)) > 300
    for card in table:
        for decision in card.decisions:
            assert 0 <= decision.width <= card.upper - card.lower
            assert decision.width <= decision.effect


def test_caps_of_bands_count_for_what_can_settle() -> None:
    cap = mi.BandCap(band="low", basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=Fraction(2)))
    one = under(
        dimension(
            "d", indicator("a", 1), indicator("b", 1), rule=MEAN, bands=BANDS, band_caps=[cap]
        )
    )
    card = card_of(one, levels={"a": 4, "b": 3}, states={"a": "claimed", "b": "evidenced"})
    policy = mi.AnswerPolicy(evidenced="within-1")
    card = mi.bounds(card.table.assessments, policy=policy)[0]
    # Whatever b is, a decides by its cap; at 0 the band is low, at 4 it is top.
    settles = {decision.item.code: decision.can_settle for decision in card.decisions}
    assert settles == {"a": True, "b": False}
