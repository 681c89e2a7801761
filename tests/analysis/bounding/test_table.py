"""What a table of bounds offers: bands, rows by name, equality, what it calls itself."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, limit, only_fault
from meritindex.definition import WeightedMean

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))
BANDS = mi.Bands(items=[band("low", None, None), band("mid", limit(1)), band("top", limit(3))])


def under(root: mi.Dimension) -> mi.Instrument:
    return mi.Instrument(
        id="example", family="examples", title=mi.Text("contoh", "example"), root=root, sources=()
    )


def of(instrument: mi.Instrument, *rows: dict[str, int], **fields: object) -> mi.BoundsTable:
    return mi.bounds(
        [
            mi.Assessment(
                agency=mi.Agency(name=f"A{place}"), instrument=instrument, levels=row, **fields
            )
            for place, row in enumerate(rows)
        ]
    )


def test_bands_between_the_ends_are_possible() -> None:
    one = under(dimension("d", indicator("a", None), indicator("b", None), rule=TEN, bands=BANDS))
    table = of(one, {"a": 0, "b": 4}, {"a": 3, "b": 4}, {"a": 1, "b": 2}, {"a": 0, "b": 0})
    assert table.possible_bands == (("low", "mid", "top"), ("top",), ("mid",), ("low",))
    assert table.certain_bands == (None, "top", "mid", "low")
    assert [numbers.tolist() for numbers in table.band_numbers] == [[1, 3, 2, 1], [3, 3, 2, 1]]


def test_caps_of_bands_hold_at_the_end_at_which_there_is_a_shortfall() -> None:
    cap = mi.BandCap(band="low", basis=ASSUMED, shortfall=mi.Shortfall(code="e", below=Fraction(2)))
    below = dimension("e", indicator("a", None), indicator("b", None), rule=TEN, weight=1)
    one = under(dimension("d", below, rule=MEAN, bands=BANDS, band_caps=[cap]))
    table = of(one, {"a": 1, "b": 4}, {"a": 1, "b": 1}, {"a": 2, "b": 2})
    assert table.possible_bands == (("low", "mid", "top"), ("low",), ("mid",))
    given = mi.Assessment(agency=mi.Agency(name="B"), instrument=one, points={"total": 2})
    # Whether there is a shortfall is not known: the band is any up to that of the points.
    assert mi.bounds(given).possible_bands == ("low", "mid")
    assert mi.score(given, mi.EqualRemainder()).band is None


def test_caps_of_bands_where_no_weight_is_open() -> None:
    cap = mi.BandCap(band="low", basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=Fraction(2)))
    one = under(
        dimension(
            "d", indicator("a", 1), indicator("b", 1), rule=MEAN, bands=BANDS, band_caps=[cap]
        )
    )
    table = of(one, {"b": 4}, {"a": 2, "b": 2}, {"a": 1, "b": 4})
    assert table.possible_bands == (("low", "mid", "top"), ("mid",), ("low",))


def test_without_bands_there_are_none() -> None:
    one = under(dimension("d", indicator("a", None), indicator("b", None), rule=TEN))
    table = of(one, {"a": 0, "b": 4})
    assert table.possible_bands == ((),)
    assert table.certain_bands == (None,)
    assert repr(table[0]).startswith("<BoundsCard of A0 under example: 0 to 4, None,")


def test_rows_are_found_by_number_and_by_name() -> None:
    table = mi.bounds(mi.sample())
    card = table["Kota Pangkal Pinang"]
    assert card.agency.name == "Kota Pangkal Pinang"
    assert table[card.row] == card
    assert table[-1].row == 545
    assert [card.row for card in table][:3] == [0, 1, 2]
    assert len(table) == 546
    with pytest.raises(IndexError):
        table[546]
    fault = only_fault(mi.UnknownNameError, lambda: table["Mahkamah Konstitusi"])
    assert fault.code == "agency-not-in-table"


def test_one_is_a_row_of_many() -> None:
    many = mi.sample()
    table = mi.bounds(many)
    for row in (0, 50, 200):
        card = mi.bounds(many[row])
        assert (card.lower, card.upper) == (table.lower[row], table.upper[row])
        assert card.possible_bands == table.possible_bands[row]
        assert card.certain_band == table.certain_bands[row]
        assert card.standing == table.standings[row]
        assert card == table[row]
        assert card.rank_range == (None if table.rank_ranges[row] is None else (1, 1))
    assert mi.bounds(list(many)[:2]) == mi.bounds(many.rows(np.arange(2)))


def test_equal_are_those_of_equal_answers_facts_and_policy() -> None:
    many = mi.sample().rows(np.arange(3))
    table = mi.bounds(many)
    assert table == mi.bounds(many, mi.Admissible())
    assert table != mi.bounds(many, mi.Admissible({"a2": 10}))
    assert table != mi.bounds(many, policy=mi.AnswerPolicy(claimed="any"))
    assert table != mi.bounds(many.rows(np.arange(2)))
    assert table != "table"
    assert table[0] != "card"
    assert table[0] != table[1]
    for unhashable in (table, table[0]):
        with pytest.raises(TypeError):
            hash(unhashable)


def test_frozen_and_picklable() -> None:
    table = mi.bounds(mi.sample().rows(np.arange(5)))
    _ = table.differences
    assert pickle.loads(pickle.dumps(table)) == table
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        table.tree = None  # type: ignore[misc]
    maturity = table.low.nodes["maturity"]
    arrays = [table.differences, table.lower.numerators, *table.band_numbers, table.ranked]
    arrays += [table.certainly_above, table.never_above, maturity.column.numbers]
    for mapping in (table.tree.regions, table.exact_ranks, table.low.nodes):
        with pytest.raises(TypeError):
            mapping["a"] = 1  # type: ignore[index]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_standing_does_not_rest_on_open_weights() -> None:
    table = mi.bounds(mi.sample().rows(np.arange(5)))
    what = {reason.what.en for card in table for reason in card.reasons}
    assert "weights" not in what
    known = mi.bounds(mi.sample().rows(np.arange(5)), mi.Admissible({"a2": (5, 20)}))
    assert ("weights", ("a2",)) in {(reason.what.en, reason.codes) for reason in known.reasons}
    assert table.standing is mi.Standing.ASSUMED
    assert table.policy == mi.AnswerPolicy()
    assert table.weighting == mi.Admissible()
    assert table.synthetic
    assert table[0].synthetic


def test_what_a_table_calls_itself() -> None:
    table = mi.bounds(mi.sample())
    certain = sum(band is not None for band in table.certain_bands)
    assert repr(table) == (
        f"<BoundsTable of 546 under ism-2026, admissible: {certain} bands certain, assumed, "
        "synthetic>"
    )
    court = mi.Assessment(agency="Kota Malang", instrument="ism-2019", points={"total": 250})
    assert repr(mi.bounds([court])) == (
        "<BoundsTable of 1 under ism-2019, admissible: 1 bands certain, reported>"
    )
    assert repr(mi.bounds(court)) == (
        "<BoundsCard of Kota Malang under ism-2019: 250 to 250, Baik, reported>"
    )


def test_certainties_have_labels() -> None:
    assert [certainty.label.en for certainty in mi.Certainty] == [
        "certainly above",
        "certainly not above",
        "not certain",
    ]


def test_scores_refuse_a_region() -> None:
    fault = only_fault(mi.WeightingError, lambda: mi.score(mi.sample(), mi.Admissible()))
    assert fault.code == "weights-are-a-region"
