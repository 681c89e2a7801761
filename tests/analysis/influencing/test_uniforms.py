from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import meritindex as mi
from builders import ASSUMED, check_fault, dimension, indicator, only_fault
from meeting import law
from meritindex.analysis.influencing.uniforms import open_codes, weights_of
from meritindex.definition import Region

FREE = dimension(
    "total_points",
    *(indicator(f"i{n}", None) for n in range(3)),
    indicator("i3", 10),
    rule=mi.WeightedMean(basis=ASSUMED, whole=Fraction(100)),
)
FACTORS = dimension("total_points", indicator("i0", 1), indicator("i1", 2))


def region(root: mi.Dimension = FREE, **fields: object) -> Region:
    return mi.Admissible(**fields).regions(root)[0]


@st.composite
def boxes(draw: st.DrawFn) -> Region:
    """Draw intervals around weights that fill the whole."""
    sizes = [draw(st.integers(0, 30)) for _ in range(3)]
    whole = Fraction(90)
    total = sum(sizes) or 1
    weights = [whole * size / total for size in sizes] if any(sizes) else [whole / 3] * 3
    ends = st.sampled_from((0, 0, 1, 7, None))
    intervals = {}
    for place, weight in enumerate(weights):
        below, above = draw(ends), draw(ends)
        low = None if below is None else max(weight - below, 0)
        high = None if above is None else weight + above
        intervals[f"i{place}"] = (low, high)
    return region(weights=intervals)


@law(150)
@given(boxes(), st.integers(0, 2**30))
def test_weights_keep_every_fact(box: Region, seed: int) -> None:
    generator = np.random.default_rng(seed)
    assume(not box.is_point)
    uniforms = generator.random((20, len(open_codes(box))))
    uniforms[0] = 0
    uniforms[1, 1:] = 0
    drawn = weights_of(box, uniforms)
    assert drawn.codes == box.codes
    for draw in range(len(drawn)):
        weights = [drawn.weights(draw)[code] for code in box.codes]
        assert weights in box.polytope
        assert sum(weights) == 100


def test_without_ends_the_weights_are_logarithms() -> None:
    uniforms = np.array([[0.5, 0.75, 0.875]])
    drawn = weights_of(region(), uniforms)
    weights = drawn.weights(0)
    expected = {"i0": 15, "i1": 30, "i2": 45, "i3": 10}
    assert {code: float(weight) for code, weight in weights.items()} == pytest.approx(expected)


def test_they_are_uniform_where_only_the_whole_limits_them() -> None:
    uniforms = np.random.default_rng(5).random((20_000, 3))
    weights = weights_of(region(), uniforms).to_floats()[:, :3] / 90
    # Means, variances and covariances of a flat Dirichlet distribution of three.
    assert weights.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    covariances = np.cov(weights.T)
    assert covariances.diagonal() == pytest.approx(np.full(3, 1 / 18), abs=0.003)
    assert covariances[0, 1:] == pytest.approx(np.full(2, -1 / 36), abs=0.003)


def test_an_end_that_binds_leaves_the_rest_to_the_others() -> None:
    box = region(weights={"i0": (0, 10)})
    drawn = weights_of(box, np.array([[0.999, 0.5, 0.5]])).weights(0)
    assert drawn == {"i0": 10, "i1": 40, "i2": 40, "i3": 10}


def test_plain_factors_lie_between_their_ends() -> None:
    box = region(FACTORS, weights={"i0": (1, 3)})
    assert open_codes(box) == ("i0",)
    drawn = weights_of(box, np.array([[0.0], [0.25], [0.5]]))
    assert [drawn.weights(draw)["i0"] for draw in range(3)] == [1, Fraction(3, 2), 2]
    assert {drawn.weights(draw)["i1"] for draw in range(3)} == {2}


def test_ends_that_are_too_fine_are_refused() -> None:
    fine = {"i0": (Fraction(1, 10**9 + 7), None), "i1": (Fraction(1, 10**9 + 9), None)}
    box = region(weights=fine)
    fault = only_fault(mi.WeightingError, lambda: weights_of(box, np.zeros((1, 3))))
    check_fault(fault, "region-too-fine", "total_points", "total_points")
