"""Which labels matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.analysis.improving.labels import Labels, undominated
from meritindex.definition import Shortfall

MARK = (Shortfall(code="a", below=1), 0)


def labels(*prices: int) -> Labels:
    count = len(prices)
    return Labels(
        prices=np.array(prices),
        folds=np.arange(count * 2).reshape(count, 2),
        levels=np.arange(count, dtype=np.uint8)[:, np.newaxis],
        marks={MARK: np.arange(count)},
    )


def by_hand(prices: list[int], rows: list[tuple[int, ...]]) -> list[int]:
    """Return the places of what matters, from the cheapest, by comparing each with all others."""

    def beaten(place: int) -> bool:
        return any(
            prices[other] <= prices[place]
            and all(one >= two for one, two in zip(rows[other], rows[place], strict=True))
            and ((prices[other], rows[other]) != (prices[place], rows[place]) or other < place)
            for other in range(len(rows))
            if other != place
        )

    found = [place for place in range(len(rows)) if not beaten(place)]
    return sorted(found, key=lambda place: (prices[place], [-value for value in rows[place]]))


@pytest.mark.parametrize("kind", [np.int64, object])
@pytest.mark.parametrize("width", [0, 1, 2, 3])
@given(data=st.data())
def test_what_another_label_equals_or_exceeds_is_left_out(
    width: int, kind: type, data: st.DataObject
) -> None:
    small = st.integers(0, 3)
    count = data.draw(st.integers(0, 12))
    prices = data.draw(st.lists(small, min_size=count, max_size=count))
    rows = data.draw(st.lists(st.tuples(*[small] * width), min_size=count, max_size=count))
    columns = np.array(rows, dtype=kind).reshape(count, width)
    found = undominated(np.array(prices, dtype=kind), columns)
    assert found.tolist() == by_hand(prices, rows)


def test_many_labels_are_compared_block_by_block() -> None:
    generator = np.random.default_rng(5)
    # All on one front, so that nearly all are kept; then copies of them, which are not.
    count = 5_000
    first = generator.permutation(count)
    columns = np.stack([first, count - first], axis=1)
    prices = np.zeros(count, dtype=np.int64)
    twice = np.concatenate([columns, columns])
    found = undominated(np.zeros(2 * count, dtype=np.int64), twice)
    assert len(found) == count
    assert found.max() < count
    assert sorted(columns[found][:, 0].tolist()) == list(range(count))
    assert len(undominated(prices + np.arange(count), columns[::-1])) == count


def test_a_pause_may_end_the_work() -> None:
    class EnoughError(Exception):
        pass

    def pause() -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        undominated(np.zeros(2, dtype=np.int64), np.zeros((2, 2), dtype=np.int64), pause)


def test_labels_are_taken_and_joined_with_all_their_columns() -> None:
    one, two = labels(1, 2, 3), labels(4, 5)
    some = one.take(np.array([2, 0]))
    assert (len(some), some.prices.tolist(), some.folds.tolist()) == (2, [3, 1], [[4, 5], [0, 1]])
    assert some.marks[MARK].tolist() == [2, 0]
    both = Labels.joined([one, two])
    assert both.prices.tolist() == [1, 2, 3, 4, 5]
    assert both.levels[:, 0].tolist() == [0, 1, 2, 0, 1]
    assert both.marks[MARK].tolist() == [0, 1, 2, 0, 1]
    assert both.folds.shape == (5, 2)
