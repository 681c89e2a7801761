"""Ranks of random numbers, against counting."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.analysis.simulating.drawn_ranks import Filling
from meritindex.analysis.simulating.ordering import (
    APART,
    MOST_OFF,
    Numbers,
    Order,
    cells_of,
    order_of,
)


def counted(numbers: list[int], ranked: list[int], known: list[bool]) -> list[int]:
    """Return competition ranks by counting who is above."""
    there = [row for row in ranked if known[row]]
    return [
        1 + sum(numbers[other] > numbers[row] for other in there) if row in there else 0
        for row in range(len(numbers))
    ]


def ranks(
    numbers: np.ndarray,
    ranked: list[int],
    known: np.ndarray | None = None,
    *,
    off: np.ndarray | float = 0.0,
    kinds: np.ndarray | None = None,
    apart: bool = False,
) -> np.ndarray:
    """Return ranks of whole numbers that lie on the grid so much off where they should."""
    best, worst = int(numbers.max()), int(numbers.min())
    width = max((best - worst) / cells_of(len(ranked)), 2.0**-20)
    exact = [
        [Fraction(best - number) / Fraction(width) for number in row] for row in numbers.tolist()
    ]
    near = np.array(exact, dtype=np.float64) + off

    def settle(draws: np.ndarray, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        first, second = numbers[draws, ones], numbers[draws, others]
        return (first > second).astype(np.int8) - (first < second).astype(np.int8)

    def worth(draw: int, rows: np.ndarray) -> list[Fraction]:
        return [Fraction(number) for number in numbers[draw, rows].tolist()]

    order = order_of(
        Numbers(
            cells=np.maximum(near, 0).astype(np.int32),
            near=near,
            off=float(np.abs(off).max()) + 2.0**-20,
            settle=settle,
            worth=worth,
            apart=apart and 1 / width >= APART,
            kinds=kinds,
        ),
        np.array(ranked, dtype=np.intp),
        known,
    )
    into = np.zeros(numbers.shape, dtype=np.uint16)
    order.write(into)
    assert (np.diff(order.places) > 0).all()
    assert (order.ranks != order.places % max(len(ranked), 1) + 1).all()
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


@given(blocks(), st.data())
def test_ranks_are_those_of_counting(
    block: tuple[np.ndarray, list[int], np.ndarray | None], data: st.DataObject
) -> None:
    """However far off numbers lie, as long as it is said how far."""
    numbers, ranked, known = block
    off: np.ndarray | float = 0.0
    if data.draw(st.booleans()):
        size = data.draw(st.sampled_from((2.0**-20, MOST_OFF)))
        steps = st.integers(-(2**20), 2**20).map(lambda step: step / 2**20 * size)
        drawn = data.draw(st.lists(steps, min_size=numbers.size, max_size=numbers.size))
        off = np.reshape(drawn, numbers.shape)
    kinds = None
    if data.draw(st.booleans()):
        # Rows that are alike in all draws may be said to be; they need not.
        columns: dict[tuple[int, ...], int] = {}
        said = [columns.setdefault(tuple(column), len(columns)) for column in numbers.T.tolist()]
        open_rows = data.draw(st.sets(st.integers(0, numbers.shape[1] - 1)))
        kinds = np.array([-1 if row in open_rows else kind for row, kind in enumerate(said)])
    apart = data.draw(st.booleans())
    found = ranks(numbers, ranked, known, off=off, kinds=kinds, apart=apart)
    there = np.ones(numbers.shape, dtype=bool) if known is None else known
    for draw, row in enumerate(numbers.tolist()):
        assert found[draw].tolist() == counted(row, ranked, there[draw].tolist())


@pytest.mark.parametrize("count", [2, 1023, 1024, 1025, 4096])
def test_many_rows_are_told_apart(count: int) -> None:
    numbers = np.random.default_rng(0).integers(0, 3 * count, (3, count))
    found = ranks(numbers, list(range(count)))
    for draw in range(3):
        ordered = np.sort(numbers[draw])
        above = count - np.searchsorted(ordered, numbers[draw], side="right")
        assert (found[draw] == above + 1).all()


def test_numbers_of_one_cell_are_not_mixed_up() -> None:
    """Numbers that differ in the last place only, next to one that is far away."""
    numbers = np.array([[0, 2**52, 2**52 - 1, 2**52 - 2, 2**52 - 1]])
    assert ranks(numbers, list(range(5))).tolist() == [[5, 1, 2, 4, 2]]


def test_numbers_that_lie_the_wrong_way_round_are_sorted_by_their_worth() -> None:
    numbers = np.array([[0, 2**60, 2**60 - 1, 2**60 - 2, 2**60 - 2], [5, 4, 3, 2, 1]])
    off = np.array([[0, 0.2, 0.1, 0.0, 0.15], [0, 0, 0, 0, 0]])
    assert ranks(numbers, list(range(5)), off=off).tolist() == [[5, 1, 2, 3, 3], [1, 2, 3, 4, 5]]
    known = np.array([[True, True, False, True, True], [True] * 5])
    found = ranks(numbers, list(range(5)), known, off=off)
    assert found.tolist() == [[4, 1, 0, 2, 2], [1, 2, 3, 4, 5]]


def test_rows_of_one_kind_are_not_asked_about() -> None:
    def never(*_: object) -> np.ndarray:
        raise AssertionError

    near = np.array([[0.0, 5.0, 5.0, 9.0]])
    numbers = Numbers(
        cells=near.astype(np.int32),
        near=near,
        off=0.1,
        settle=never,
        worth=never,
        kinds=np.array([0, 1, 1, 2]),
    )
    order = order_of(numbers, np.arange(4), None)
    into = np.zeros((1, 4), dtype=np.uint16)
    order.write(into)
    assert into.tolist() == [[1, 2, 2, 4]]


def test_without_rows_there_is_nothing_to_rank() -> None:
    assert not ranks(np.zeros((2, 3), dtype=np.int64), []).any()


@given(blocks())
def test_an_order_is_read_from_ranks(
    block: tuple[np.ndarray, list[int], np.ndarray | None],
) -> None:
    numbers, ranked, known = block
    found = ranks(numbers, ranked, known)
    order = Order.of_ranks(found, np.array(ranked, dtype=np.intp))
    again = np.zeros_like(found)
    order.write(again)
    assert np.array_equal(found, again)


# Ranks of all draws


@given(blocks(), st.integers(1, 4))
def test_ranks_of_all_draws_are_kept_and_counted(
    block: tuple[np.ndarray, list[int], np.ndarray | None], size: int
) -> None:
    numbers, ranked, known = block
    found = ranks(numbers, ranked, known)
    filling = Filling(len(found), len(ranked), found.shape[1])
    for start in range(0, len(found), size):
        part = slice(start, min(start + size, len(found)))
        filling.put(part, Order.of_ranks(found[part], np.array(ranked, dtype=np.intp)))
    kept = filling.done()
    assert np.array_equal(kept.by_row(), found)
    counts = [
        [int((found[:, row] == rank).sum()) for rank in range(1, found.shape[1] + 1)]
        for row in range(found.shape[1])
    ]
    assert kept.counts().tolist() == counts
    again = pickle.loads(pickle.dumps(kept))
    assert again == kept
    assert kept != 1
    for name in ("rows", "places", "ranks"):
        assert not getattr(again, name).flags.writeable


def test_many_draws_are_counted() -> None:
    random = np.random.default_rng(0)
    numbers = random.integers(0, 9, (2500, 6))
    found = ranks(numbers, list(range(6)))
    filling = Filling(2500, 6, 6)
    filling.put(slice(0, 2500), Order.of_ranks(found, np.arange(6)))
    counts = filling.done().counts()
    for row in range(6):
        assert counts[row].tolist() == np.bincount(found[:, row], minlength=7)[1:].tolist()
