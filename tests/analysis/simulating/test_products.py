"""Totals of blocks where numbers are wide: by doubles, by words, by quotients."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    indicator,
    instrument,
    levels,
    limit,
)
from meritindex.analysis.simulating import Robustness, robustness, running
from meritindex.analysis.simulating.groups import divided, product
from meritindex.analysis.simulating.products import Block
from meritindex.definition import Bands, Rounding, WeightedMean

PRIMES = (999_979, 999_983, 1_000_003, 1_000_033)


@given(
    st.integers(1, 5),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 2**32),
)
def test_products_are_exact(sources: int, left: int, right: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    right = min(right, 58 - left)
    if right < 0:
        return
    ones = random.integers(-(2**left), 2**left, (4, sources), endpoint=True)
    others = random.integers(-(2**right), 2**right, (sources, 3), endpoint=True)
    bound = sources << (left + right)
    found = product(ones, others, bound)
    assert found.dtype == np.int64
    assert found.tolist() == (ones.astype(object) @ others.astype(object)).tolist()


def test_quotients_are_near() -> None:
    big = np.array([10**30, 3], dtype=object)
    assert divided(big, 3).tolist() == [10**30 / 3, 1.0]
    assert divided(np.array([2**62]), 2**62 + 1).tolist() == [2**62 / (2**62 + 1)]
    assert divided(np.array([[1], [2]]), np.array([[3], [4]])).tolist() == [[1 / 3], [0.5]]
    assert divided(np.array([1]), np.array([10**30], dtype=object)).tolist() == [1e-30]


def tall(
    *fractions: Fraction, rounding: Rounding | None = None, thresholds: Sequence[object] = ()
) -> mi.Instrument:
    """Return an instrument of indicators that are worth a fraction at level 1, weights open."""
    children = (
        indicator(f"i{place}", None, levels=levels(0, value, 2 * value))
        for place, value in enumerate(fractions)
    )
    bands = Bands(
        items=(band("b0"), *(band(f"b{n}", limit(value)) for n, value in enumerate(thresholds, 1)))
    )
    root = dimension(
        "r",
        *children,
        rule=WeightedMean(basis=ASSUMED, whole=1),
        rounding=rounding,
        bands=bands,
    )
    return instrument(root=root)


def answered(of: mi.Instrument, *rows: tuple[int, ...]) -> mi.AssessmentSet:
    codes = [each.code for each in of.indicators]
    return mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=of,
            levels=dict(zip(codes, row, strict=True)),
        )
        for place, row in enumerate(rows)
    )


def slowly(assessments: mi.AssessmentSet, **arguments: object) -> Robustness:
    with patch.object(running, "is_fast", lambda _: False):
        return robustness(assessments, **arguments)


ROWS = ((1, 0, 2, 1), (1, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 0, 0), (2, 2, 2, 2))


@pytest.mark.parametrize(
    ("primes", "numbers", "narrow"),
    [
        (0, 4, True),
        (1, 2**20, True),
        (1, 2**36, True),
        (2, 2**40, False),
        (4, 2**40, False),
        (4, 4, False),
    ],
)
def test_numbers_of_any_width_are_compared_exactly(
    *, primes: int, numbers: int, narrow: bool
) -> None:
    values = [Fraction(1, prime) for prime in PRIMES[:primes]]
    values += [Fraction(1, 2)] * (4 - primes)
    of = tall(*values, thresholds=sorted({Fraction(1, 10**6), values[0], Fraction(1, 2)}))
    assessments = answered(of, *ROWS)
    draws = np.random.default_rng(0).integers(1, numbers, (60, 4), endpoint=True)
    met: list[bool] = []
    totals = Block.totals

    def noted(block: Block) -> object:
        met.append(block.is_narrow)
        return totals(block)

    with patch.object(Block, "totals", noted):
        fast = robustness(assessments, draws=draws)
    assert set(met) == {narrow}
    assert fast == slowly(assessments, draws=draws)
    assert (fast.draw_ranks[:, 0] == fast.draw_ranks[:, 1]).all()


def test_limits_that_are_hit_are_reached_exactly() -> None:
    """All indicators at level 1 are worth the same, whatever the weights; that is the limit."""
    value = Fraction(1, PRIMES[0])
    of = tall(value, value, value, thresholds=(value, 2 * value))
    assessments = answered(of, (1, 1, 1), (2, 2, 2), (0, 0, 0), (1, 2, 1))
    with patch.object(Block, "is_narrow", False):
        found = robustness(assessments, draws=500)
    assert found == robustness(assessments, draws=500)
    assert found.band_counts[:3].tolist() == [[0, 500, 0], [0, 0, 500], [500, 0, 0]]


@pytest.mark.parametrize("digits", [2, 9, 12])
@pytest.mark.parametrize("mode", ["half_up", "half_even", "down", "up"])
def test_rounded_totals_are_those_of_plans(digits: int, mode: str) -> None:
    rounding = Rounding(digits=digits, basis=ASSUMED, mode=mode)
    of = tall(Fraction(1), Fraction(1, 3), Fraction(1, 2), rounding=rounding, thresholds=("0.5",))
    assessments = answered(of, *(row[:3] for row in ROWS))
    draws = np.random.default_rng(0).integers(1, 7, (40, 3))
    assert robustness(assessments, draws=draws) == slowly(assessments, draws=draws)


def test_rounded_totals_that_are_too_wide_are_left_to_plans() -> None:
    rounding = Rounding(digits=17, basis=ASSUMED)
    of = tall(Fraction(1), Fraction(1, 3), Fraction(1, 7), rounding=rounding)
    assessments = answered(of, *(row[:3] for row in ROWS))
    fast = robustness(assessments, draws=5)
    assert fast == slowly(assessments, draws=5)
    wide = tall(
        *(Fraction(1, prime) for prime in PRIMES), rounding=Rounding(digits=2, basis=ASSUMED)
    )
    assessments = answered(wide, *ROWS)
    assert robustness(assessments, draws=5) == slowly(assessments, draws=5)


def test_forms_may_be_wider_than_words() -> None:
    """Weights of three dimensions above one another, each of many digits."""
    shares = WeightedMean(basis=ASSUMED, whole=1)
    inner = dimension("p", indicator("x", None), indicator("y", None), rule=shares, weight=None)
    middle = dimension("q", inner, indicator("z", None), rule=shares, weight=None)
    root = dimension("r", middle, indicator("w", None), rule=shares)
    of = instrument(root=root)
    assessments = answered(of, (1, 2, 3, 4), (4, 3, 2, 1), (2, 2, 2, 2), (2, 2, 2, 2), (1, 4, 2, 2))
    random = np.random.default_rng(0)
    draws = {code: random.integers(1, 2**40, (30, 2)) for code in "pqr"}
    assert robustness(assessments, draws=draws) == slowly(assessments, draws=draws)


def test_settled_weights_may_be_wide_too() -> None:
    shares = WeightedMean(basis=ASSUMED, whole=1)
    heavy = dimension(
        "q",
        dimension("p", indicator("x", None), indicator("y", None), rule=shares, weight=2**61 + 1),
        indicator("z", 2**62 - 1),
        rule=MEAN,
    )
    of = instrument(root=dimension("r", heavy, rule=SUM))
    assessments = answered(of, (1, 2, 3), (3, 2, 1), (2, 2, 2))
    assert robustness(assessments, draws=20) == slowly(assessments, draws=20)


def test_differences_that_doubles_do_not_see_are_seen() -> None:
    """Two totals that differ by less than the last place of a double, the one way or the other."""
    little = Fraction(1, PRIMES[0] * PRIMES[1] * PRIMES[2] * PRIMES[3])
    third = Fraction(1, 3)
    for more, rows in ((third + little, ((1, 0), (0, 1))), (third - little, ((1, 0), (0, 1)))):
        of = tall(third, more, thresholds=(third / 2,))
        assessments = answered(of, *rows, (1, 1), (0, 0), *rows)
        draws = np.array([[1, 1], [2, 2], [2, 1], [1, 2]])
        found = robustness(assessments, draws=draws)
        assert found == slowly(assessments, draws=draws)
        first, second = (4, 2) if more > third else (2, 4)
        assert found.draw_ranks[0].tolist() == [first, second, 1, 6, first, second]


def test_answers_that_are_drawn_may_be_wide_too() -> None:
    of = tall(Fraction(1, PRIMES[0]), Fraction(1, 2), Fraction(1, 2))
    codes = [each.code for each in of.indicators]
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=of,
            levels=dict(zip(codes, row, strict=True)),
            states=dict.fromkeys(codes[:place], "claimed"),
        )
        for place, row in enumerate(((1, 2, 0), (2, 1, 1), (2, 2, 2)))
    )
    for numbers in (2**36, 2**42):  # in words, and in quotients
        draws = np.random.default_rng(0).integers(1, numbers, (40, 3))
        assert robustness(assessments, draws=draws) == slowly(assessments, draws=draws)
