from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, band, limit
from meritindex.definition import Bands, Rounding
from meritindex.scoring.ranking import band_numbers, competition_ranks


def column(values: list[int | None], kind: type = np.int64, denominator: int = 1) -> mi.ExactColumn:
    filled = np.array([0 if value is None else value for value in values], dtype=kind)
    return mi.ExactColumn(
        filled, denominator, np.array([value is not None for value in values], dtype=np.bool_)
    )


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.int64, object])
def test_equal_points_share_a_rank_and_the_next_one_skips(kind: type) -> None:
    ranks = competition_ranks(column([5, 9, 5, None, 1, 0], kind))
    assert ranks.dtype == np.int32
    assert ranks.tolist() == [2, 1, 2, 0, 4, 5]
    assert competition_ranks(column([], kind)).tolist() == []
    assert competition_ranks(column([None, None], kind)).tolist() == [0, 0]


@pytest.mark.parametrize("spread", [1, 3, 10**6], ids=["counting", "still counting", "sorting"])
@pytest.mark.parametrize("kind", [np.int32, np.int64, object])
def test_many_rows_are_ranked_as_few_are(kind: type, spread: int) -> None:
    places = np.random.default_rng(1).integers(-900, 900, 5000)
    values = [int(place) * spread for place in places]
    ordered = sorted(values, reverse=True)
    first = {value: place + 1 for place, value in reversed(list(enumerate(ordered)))}
    expected = [first[value] for value in values]
    assert competition_ranks(column(values, kind)).tolist() == expected
    assert competition_ranks(column([*values, None], kind)).tolist() == [*expected, 0]


def test_totals_that_a_float_cannot_tell_apart_are_no_tie() -> None:
    values: list[int | None] = [2**60, 2**60 + 1, 2**60 - 1]
    assert len({float(value or 0) for value in values}) == 1
    for kind in (np.int64, object):
        assert competition_ranks(column(values, kind)).tolist() == [2, 1, 3]
        repeated = competition_ranks(column(values * 2000, kind)).tolist()
        assert repeated == [2001, 1, 4001] * 2000


@pytest.mark.parametrize(
    ("denominator", "limits"),
    [(1, (1, 2)), (2, (1, 3)), (3, (2, 4)), (200, (100, 201))],
)
def test_bands_change_at_the_least_numerators_of_each(
    denominator: int, limits: tuple[int, int]
) -> None:
    bands = Bands(
        items=(
            band("low"),
            band("middle", limit("1/2")),
            band("high", limit(1, inclusive=False)),
        )
    )
    numerators = list(range(limits[0] - 2, limits[1] + 2))
    found = band_numbers(column([*numerators, None], denominator=denominator), bands)
    assert found.dtype == np.uint8
    expected = [
        1 + (Fraction(one, denominator) >= Fraction(1, 2)) + (Fraction(one, denominator) > 1)
        for one in numerators
    ]
    assert found.tolist() == [*expected, 0]


def test_bands_after_rounding() -> None:
    bands = Bands(
        items=(band("low"), band("high", limit("0.41"))),
        rounding=Rounding(digits=2, basis=ASSUMED),
    )
    found = band_numbers(column([404, 405, 406], denominator=1000), bands)
    assert found.tolist() == [1, 2, 2]
    halves = Bands(items=bands.items, rounding=Rounding(digits=2, basis=ASSUMED, mode="half_even"))
    assert band_numbers(column([404, 405, 406], denominator=1000), halves).tolist() == [1, 1, 2]


def test_doubles_and_fractions_are_ranked_and_read_by_bands() -> None:
    known = np.array([True, True, True, False, True])
    double = mi.ExactColumn(np.array([0.3, 0.1 + 0.2, 0.3, 0.0, 0.1]), 1, known, exact=False)
    assert competition_ranks(double).tolist() == [2, 1, 2, 0, 4]
    bands = Bands(
        items=(
            band("low"),
            band("middle", limit("0.3")),
            band("high", limit("0.3", inclusive=False)),
        )
    )
    # "above 0.3" would begin where "from 0.3" does, so one of them is one double further.
    wide = Bands(items=(band("low"), band("high", limit("0.3", inclusive=False))))
    assert band_numbers(double, wide).tolist() == [1, 2, 1, 0, 1]
    assert band_numbers(double, bands).tolist() == [2, 3, 2, 0, 1]
    thirds = np.array([Fraction(1, 3), Fraction(3, 10), Fraction(1, 3), 0, 0], dtype=object)
    exact = mi.ExactColumn(thirds, 1, known)
    assert competition_ranks(exact).tolist() == [1, 3, 1, 0, 4]
    assert band_numbers(exact, bands).tolist() == [3, 2, 3, 0, 1]
