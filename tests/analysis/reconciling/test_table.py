"""What a table of reconciliations offers."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import band, dimension, indicator, instrument, levels, limit, measure, only_fault
from meritindex.analysis.reconciling import KappaWeights, reconcile

BANDS = mi.Bands(items=(band("rendah"), band("tinggi", limit(4))))
RULES = instrument(
    root=dimension("total_points", indicator("a"), indicator("b"), indicator("c"), bands=BANDS)
)


def one(name: str, *given: int, rules: mi.Instrument = RULES, **fields: object) -> mi.Assessment:
    answers = dict(zip("abc", given, strict=False))
    return mi.Assessment(agency=mi.Agency(name=name), instrument=rules, levels=answers, **fields)


CLAIMED = [one("A", 3, 1, 2), one("B", 4, 0, 0), one("C", 2, 2), one("Only", 1, 1, 1)]
VERIFIED = [one("A", 1, 1, 1), one("B", 3, 1, 0), one("C", 2, 1, 1), one("Extra", 0, 0, 0)]


def test_indicators_over_claimed_most_come_first() -> None:
    table = reconcile(CLAIMED, VERIFIED)
    shown = [
        (
            item.code,
            item.compared,
            item.over_claimed,
            item.under_claimed,
            item.one_sided,
            item.mean_difference,
            item.most,
            [facts.agency.name for facts in item.most_by],
        )
        for item in table.items
    ]
    assert shown == [
        ("a", 3, 2, 0, 0, Fraction(-1), 2, ["A"]),
        ("c", 2, 1, 0, 1, Fraction(-1, 2), 1, ["A"]),
        ("b", 3, 1, 1, 0, Fraction(0), 1, ["C"]),
    ]
    assert table.items[0].name == RULES["a"].name
    assert "indicator=a" in repr(table.items[0])


def test_agencies_row_by_row() -> None:
    table = reconcile(CLAIMED, VERIFIED)
    shown = [
        (
            each.agency.name,
            each.over_claimed,
            each.over_claimed_levels,
            each.under_claimed,
            each.under_claimed_levels,
            each.points,
            each.band_before,
            each.band_after,
            each.moved,
        )
        for each in table.by_agency
    ]
    assert shown == [
        ("A", 2, 3, 0, 0, -3, "tinggi", "rendah", -1),
        ("B", 1, 1, 1, 1, 0, "tinggi", "tinggi", 0),
        ("C", 1, 1, 0, 0, None, None, "tinggi", None),
    ]
    assert [each.agency.name for each in table.moved] == ["A"]


def test_kappa_by_indicator_and_of_all() -> None:
    table = reconcile(CLAIMED, VERIFIED)
    assert {item.code: item.kappa for item in table.items} == table.kappas()
    assert set(table.kappas("quadratic")) == {"a", "b", "c"}
    for weights in KappaWeights:
        assert -1 <= table.kappa(weights) <= 1
        assert table.kappa(weights) != table[0].kappa(weights)
    with pytest.raises(ValueError, match="cubic"):
        table.kappa("cubic")
    with pytest.raises(TypeError):
        table.kappas()["a"] = None  # type: ignore[index]


def test_levels_of_other_scales_are_not_pooled() -> None:
    rules = instrument(indicator("a"), indicator("b", levels=levels(0, 1)))
    claimed = [one("A", 1, 1, rules=rules), one("B", 0, rules=rules)]
    verified = [one("A", 2, 1, rules=rules), one("B", 1, 0, rules=rules)]
    table = reconcile(claimed, verified)
    assert table.kappa() is None
    assert table[0].kappa() is None
    # Of B only the one scale is compared.
    assert table[1].kappa() == 0
    assert table.kappas()["a"] is not None


def test_an_instrument_without_indicators() -> None:
    rules = instrument(measure("m"), measure("n"))
    sides = [
        [mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, measures=given)]
        for given in ({"m": 1, "n": 0}, {"m": "0.5", "n": 0})
    ]
    table = reconcile(*sides)
    assert table.items == ()
    assert table.kappa() is table[0].kappa() is None
    assert [(item.code, item.points) for item in table[0].items] == [("m", Fraction(-1, 2))]


def test_rows_are_found_by_number_and_by_name() -> None:
    table = reconcile(CLAIMED, VERIFIED)
    assert table["b"].row == 1
    assert table[-1].agency.name == "C"
    assert [card.row for card in table] == [0, 1, 2]
    with pytest.raises(IndexError):
        table[3]
    assert only_fault(mi.UnknownNameError, lambda: table["Nobody"]).code == "agency-not-in-table"


@pytest.mark.parametrize(
    ("name", "said"),
    [("only", "in the claims alone"), ("EXTRA", "in the verified answers alone")],
)
def test_who_is_on_one_side_alone_is_said_to_be_so(name: str, said: str) -> None:
    table = reconcile(CLAIMED, VERIFIED)
    with pytest.raises(mi.UnknownNameError) as caught:
        table[name]
    assert [fault.code for fault in caught.value.faults] == [
        "agency-not-in-table",
        "agency-on-one-side",
    ]
    assert said in caught.value.faults[1].message.en


def test_several_years_are_chosen_by_facts() -> None:
    years = [one("A", 3, 1, 2, year=2025), one("A", 3, 2, 2, year=2026)]
    table = reconcile(years, years)
    assert table.row_of("A", lambda facts: facts.year == 2026) == 1


def test_equality_pickling_and_what_it_calls_itself() -> None:
    table = reconcile(CLAIMED, VERIFIED)
    assert table == reconcile(CLAIMED, VERIFIED)
    assert table != reconcile(CLAIMED, CLAIMED)
    assert table != reconcile(CLAIMED[:3], VERIFIED)
    assert table != reconcile(CLAIMED, VERIFIED[:3])
    assert table != "table"
    with pytest.raises(TypeError):
        hash(table)
    assert repr(table) == (
        "<ReconciliationTable of 3 under example, stated: 1 bands moved, assumed>"
    )
    again = pickle.loads(pickle.dumps(table))
    assert again == table
    assert again.items == table.items
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        table.claimed = None  # type: ignore[misc]
    for array in (table.levels.compared, table.levels.differences):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert table.exact
    assert not table.synthetic
    assert {reason.what.en for reason in table.reasons} >= {"rule"}


def test_all_agencies_of_the_sample() -> None:
    sample = mi.sample()
    lower = np.where((sample.levels < 254) & (sample.levels > 0), sample.levels - 1, sample.levels)
    table = reconcile(sample, attrs.evolve(sample, levels=lower))
    assert len(table) == 546
    assert table.synthetic
    assert all(item.under_claimed == 0 for item in table.items)
    known = [each for each in table.by_agency if each.points is not None]
    assert len(known) == 519
    for card in (table["Kota Malang"], table["Kabupaten Bangka"]):
        assert sum(step.points for step in card.waterfall) == (card.difference or 0)
        assert {item.difference for item in card.items} == {-1}
