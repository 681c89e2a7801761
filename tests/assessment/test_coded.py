"""Cells by their place among the distinct ones."""

from __future__ import annotations

import numpy as np
import pytest

from meritindex.assessment.coded import CodedCells


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.uint64, np.float32, np.float64])
def test_cells_are_what_they_were(kind) -> None:
    numbers = np.array([3, 1, 3, 0, 2], dtype=kind)
    cells = CodedCells.of(numbers, np.array([False, False, False, True, False]))
    assert list(cells) == [3, 1, 3, None, 2]
    assert len(cells) == 5
    assert cells[-1] == 2
    assert list(cells[1:3]) == [1, 3]
    assert cells.distinct == (0, 1, 2, 3, None)


def test_numbers_far_apart_and_none_at_all() -> None:
    far = np.array([2**62, -5, 2**62])
    none = np.zeros(3, dtype=np.bool_)
    assert list(CodedCells.of(far, none)) == [2**62, -5, 2**62]
    assert CodedCells.of(far, none).distinct == (-5, 2**62)
    assert list(CodedCells.of(far[:0], none[:0])) == []


def test_short_floats_keep_their_shortest_decimal() -> None:
    cells = CodedCells.of(np.array([0.8], dtype=np.float32), np.array([False]))
    assert str(cells[0]) == "0.8"


def test_integers_beyond_those_with_a_sign() -> None:
    numbers = np.array([2**63, 2**63 + 2, 2**63], dtype=np.uint64)
    cells = CodedCells.of(numbers, np.zeros(3, dtype=np.bool_))
    assert list(cells) == [2**63, 2**63 + 2, 2**63]
