"""Ranks of random numbers, against counting."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import unhurried
from meritindex.analysis.simulating.ordering import Numbers, write_ranks


def counted(numbers: list[int], ranked: list[int], known: list[bool]) -> list[int]:
    """Return competition ranks by counting who is above."""
    there = [row for row in ranked if known[row]]
    return [
        1 + sum(numbers[other] > numbers[row] for other in there) if row in there else 0
        for row in range(len(numbers))
    ]


def ranks(numbers: Numbers, ranked: list[int], known: np.ndarray | None) -> np.ndarray:
    into = np.zeros(numbers.near.shape, dtype=np.uint16)
    write_ranks(numbers, np.array(ranked, dtype=np.intp), known, into)
    return into


@st.composite
def blocks(draw: st.DrawFn) -> tuple[np.ndarray, list[int], np.ndarray | None]:
    """Draw whole numbers with ties and near ties, the rows that are ranked, and what is known."""
    rows = draw(st.integers(1, 9))
    size = draw(st.sampled_from((2, 5, 1000, 2**40, 2**52, 2**61)))
    middle = draw(st.integers(-size, size))
    value = st.integers(-size, size) | st.integers(-2, 2).map(
        lambda step: max(-size, min(size, middle + step))
    )
    row = st.lists(value, min_size=rows, max_size=rows)
    numbers = draw(st.lists(row, min_size=1, max_size=4))
    ranked = sorted(draw(st.sets(st.integers(0, rows - 1))))
    if draw(st.booleans()):
        ranked = list(range(rows))
    known = None
    if draw(st.booleans()):
        mask = st.lists(st.booleans(), min_size=rows, max_size=rows)
        known = np.array(draw(st.lists(mask, min_size=len(numbers), max_size=len(numbers))))
    return np.array(numbers, dtype=np.int64), ranked, known


@unhurried
@given(blocks())
def test_exact_numbers_are_ranked_as_by_counting(
    block: tuple[np.ndarray, list[int], np.ndarray | None],
) -> None:
    numbers, ranked, known = block
    found = ranks(Numbers(near=numbers.astype(np.float64), exact=numbers), ranked, known)
    there = np.ones(numbers.shape, dtype=bool) if known is None else known
    for draw, row in enumerate(numbers.tolist()):
        assert found[draw].tolist() == counted(row, ranked, there[draw].tolist())


@unhurried
@given(blocks(), st.data())
def test_near_numbers_are_ranked_as_what_they_stand_for(
    block: tuple[np.ndarray, list[int], np.ndarray | None], data: st.DataObject
) -> None:
    numbers, ranked, known = block
    error = data.draw(st.sampled_from((0.5, 3.0, float(np.abs(numbers).max()) + 1)))
    steps = st.integers(-(2**20), 2**20).map(lambda step: step / 2**20)
    off = data.draw(st.lists(steps, min_size=numbers.size, max_size=numbers.size))
    wide = float(np.abs(numbers).max()) * 2.0**-52
    near = numbers.astype(np.float64) + np.reshape(off, numbers.shape) * error

    def settle(draws: np.ndarray, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        first, second = numbers[draws, ones], numbers[draws, others]
        return (first > second).astype(np.int8) - (first < second).astype(np.int8)

    def worth(draw: int, rows: np.ndarray) -> list[Fraction]:
        return [Fraction(int(number)) for number in numbers[draw, rows]]

    found = ranks(
        Numbers(near=near, exact=None, error=error + wide, settle=settle, worth=worth),
        ranked,
        known,
    )
    there = np.ones(numbers.shape, dtype=bool) if known is None else known
    for draw, row in enumerate(numbers.tolist()):
        assert found[draw].tolist() == counted(row, ranked, there[draw].tolist())


@pytest.mark.parametrize("count", [2, 1023, 1024, 1025, 4096])
def test_many_rows_are_told_apart(count: int) -> None:
    numbers = np.random.default_rng(0).integers(0, 3 * count, (3, count))
    found = ranks(Numbers(near=numbers.astype(np.float64), exact=numbers), list(range(count)), None)
    for draw in range(3):
        ordered = np.sort(numbers[draw])
        above = count - np.searchsorted(ordered, numbers[draw], side="right")
        assert (found[draw] == above + 1).all()


def test_numbers_a_cell_apart_are_not_mixed_up() -> None:
    """Two numbers that differ in the last place only, next to others that are far away."""
    numbers = np.array([[0, 2**52, 2**52 - 1, 2**52 - 2, 2**52 - 1]])
    found = ranks(Numbers(near=numbers.astype(np.float64), exact=numbers), list(range(5)), None)
    assert found.tolist() == [[5, 1, 2, 4, 2]]


def test_near_numbers_that_can_be_told_apart_are_not_asked_about() -> None:
    near = np.array([[0.0, 1.0, 1.0 - 2.0**-31, 0.5]])
    numbers = Numbers(near=near, exact=None, error=2.0**-45)
    assert ranks(numbers, [0, 1, 2, 3], None).tolist() == [[4, 1, 2, 3]]


def test_without_rows_there_is_nothing_to_rank() -> None:
    numbers = Numbers(near=np.zeros((2, 3)), exact=np.zeros((2, 3)))
    assert not ranks(numbers, [], None).any()
