"""Random walks against exact draws and known moments."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from builders import ASSUMED, dimension, indicator
from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.drawing import draw_weights
from meritindex.analysis.simulating.draws import DrawMethod
from meritindex.analysis.simulating.limits import inside, limits_of
from meritindex.analysis.simulating.walk import TooFineError, walked
from meritindex.definition import Admissible, Region, WeightedMean

COUNT = 20_000
# A quarter of what is done, so that the test says something about more than luck.
SWEEPS = 3


def region(size: int, whole: int | None = 100, **facts: object) -> Region:
    """Return the region of a dimension of so many children, `a` and the following letters."""
    codes = "abcdefghijklmnop"[:size]
    rule = WeightedMean(basis=ASSUMED, whole=whole)
    weight = None if whole else 1
    root = dimension("r", *(indicator(code, weight) for code in codes), rule=rule)
    (found,) = Admissible(**facts).regions(root)
    return found


def check_moments(found: np.ndarray, means: np.ndarray, variances: np.ndarray) -> None:
    """Check means and variances within what chance allows."""
    count = len(found)
    assert (np.abs(found.mean(axis=0) - means) <= 5 * np.sqrt(variances / count) + 1e-6).all()
    # The fourth moment of what is bounded and has one peak is at most some ten variances squared.
    assert (np.abs(found.var(axis=0) - variances) <= 5 * variances * np.sqrt(9 / count)).all()


def of_ordered(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return means and variances of ordered uniform shares, the largest first.

    They are sums of independent exponential variates over k, k from the place to the last, over the
    sum of all (A. Rényi, 1953).
    """
    steps = 1 / np.arange(1, size + 1)
    means = np.cumsum(steps[::-1])[::-1] / size
    squares = np.cumsum(steps[::-1] ** 2)[::-1]
    seconds = (squares + (means * size) ** 2) / (size * (size + 1))
    return means, seconds - means**2


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_ordered_shares_have_the_moments_of_ordered_spacings(size: int) -> None:
    codes = tuple("abcdefgh"[:size])
    numbers, unit = walked(Chance(1), region(size, order=[codes]), COUNT, SWEEPS)
    means, variances = of_ordered(size)
    check_moments(numbers * float(unit) / 100, means, variances)


@pytest.mark.parametrize("size", [2, 4, 10])
def test_shares_have_the_moments_of_spacings(size: int) -> None:
    numbers, unit = walked(Chance(1), region(size), COUNT, SWEEPS)
    means = np.full(size, 1 / size)
    check_moments(numbers * float(unit) / 100, means, means * (1 - means) / (size + 1))


REGIONS = {
    "interval": {"weights": {"a": (10, 20)}},
    "intervals": {"weights": {"a": (10, 30), "b": (None, 15), "c": (20, None)}},
    "order": {"order": [("a", "b")], "weights": {"c": (5, 60)}},
    "orders": {"order": [("a", "b"), ("c", "b")]},
    "narrow sum": {"sums": {("a", "b"): (40, 45)}},
    "sum and order": {"sums": {("a", "b", "c"): (30, 80)}, "order": [("d", "e")]},
}


@pytest.mark.parametrize("name", REGIONS)
def test_walks_end_where_exact_draws_lie(name: str) -> None:
    found = region(5, **REGIONS[name])
    exact = draw_weights(Chance(1), found, COUNT)
    assert exact.method is DrawMethod.REJECTION
    numbers, unit = walked(Chance(2), found, COUNT, SWEEPS)
    assert inside(limits_of(found), numbers, unit).all()
    assert (numbers.sum(axis=1) * unit == 100).all()
    one, other = exact.to_floats(), numbers * float(unit)
    spread = np.sqrt((one.var(axis=0) + other.var(axis=0)) / COUNT)
    assert (np.abs(one.mean(axis=0) - other.mean(axis=0)) < 5 * spread).all()
    size = np.sqrt(np.outer(one.var(axis=0), one.var(axis=0)))
    assert (np.abs(np.cov(one.T) - np.cov(other.T)) < 0.06 * size).all()
    for place in range(5):  # and so do all their parts
        levels = np.quantile(one[:, place], [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98])
        below = (other[:, place, np.newaxis] < levels).mean(axis=0)
        assert np.abs(below - [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98]).max() < 0.02


def test_a_sum_that_is_settled_is_kept() -> None:
    found = region(5, sums={("a", "b"): 30, ("c", "d"): (25, 35)})
    draws = draw_weights(Chance(0), found, 3000)
    assert draws.method is DrawMethod.WALK
    numbers, unit = draws.numbers, draws.unit
    assert inside(limits_of(found), numbers, unit).all()
    assert (numbers[:, :2].sum(axis=1) * unit == 30).all()
    floats = draws.to_floats()
    # One weight of two that make up 30 is uniform between 0 and 30.
    assert abs(floats[:, 0].mean() - 15) < 1
    assert abs(floats[:, 0].std() - 30 / 12**0.5) < 0.5


def test_a_narrow_slanted_region_is_walked() -> None:
    low, high = Fraction("30"), Fraction("30.01")
    found = region(
        6, sums={("a", "b"): (low, high)}, order=[("a", "c", "d")], weights={"e": (5, "20.5")}
    )
    numbers, unit = walked(Chance(0), found, 2000)
    assert inside(limits_of(found), numbers, unit).all()
    sums = numbers[:, :2].sum(axis=1) * float(unit)
    assert abs(sums.mean() - 30.005) < 0.0005
    assert abs(sums.std() - 0.01 / 12**0.5) < 0.0003


def test_weights_without_a_whole_are_walked() -> None:
    ends = dict.fromkeys("abc", (1, 3))
    found = region(3, whole=None, weights=ends, order=[("a", "b", "c")])
    numbers, unit = walked(Chance(0), found, COUNT, SWEEPS)
    assert inside(limits_of(found), numbers, unit).all()
    # Ordered uniform numbers have means at quarters of the interval.
    assert np.abs(numbers.mean(axis=0) * float(unit) - [2.5, 2, 1.5]).max() < 0.02


def test_the_grid_must_fit_into_words() -> None:
    found = region(3, sums={("a", "b"): (10, Fraction(10**17 + 1, 10**16))})
    with pytest.raises(TooFineError):
        walked(Chance(0), found, 10)


def test_walks_take_the_same_steps_from_a_seed() -> None:
    found = region(4, order=[("a", "b", "c", "d")])
    one, other = (walked(Chance(5), found, 5000)[0] for _ in range(2))
    assert np.array_equal(one, other)
    assert not np.array_equal(one[:904], one[4096:])
