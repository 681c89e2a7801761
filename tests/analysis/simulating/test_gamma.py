"""Dirichlet draws in whole numbers, by arithmetic that is the same everywhere."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.gamma import dirichlet, exponential, logarithm


def test_logarithms_are_right() -> None:
    random = np.random.default_rng(0)
    values = np.concatenate([random.random(5000), 10 ** random.uniform(-300, 300, 5000), [1.0]])
    true = np.log(values)
    assert (np.abs(logarithm(values) - true) <= 1e-15 * np.maximum(np.abs(true), 1e-3)).all()
    assert logarithm(np.array([1.0])).tolist() == [0.0]


def test_exponentials_are_right() -> None:
    values = -np.random.default_rng(0).random(5000) * 690
    assert np.abs(exponential(values) / np.exp(values) - 1).max() < 1e-15
    assert exponential(np.array([0.0, -701.0, -np.inf])).tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "parameters", [("8", "30", "1/2", "1"), ("0.02", "3", "1"), ("1", "1"), ("200", "50", "0.7")]
)
def test_moments_are_those_of_a_dirichlet_distribution(parameters: tuple[str, ...]) -> None:
    count, whole = 40_000, 2**24
    numbers = [Fraction(each) for each in parameters]
    found = dirichlet(Chance(1), numbers, whole, count)
    assert (found.sum(axis=1) == whole).all()
    assert (found >= 0).all()
    shares, total = found / whole, float(sum(numbers))
    means = np.array([float(each) / total for each in numbers])
    variances = means * (1 - means) / (total + 1)
    assert (np.abs(shares.mean(axis=0) - means) < 5 * np.sqrt(variances / count)).all()
    covariances = np.diag(variances) - (1 - np.eye(len(means))) * np.outer(means, means) / (
        total + 1
    )
    assert np.abs(np.cov(shares.T) - covariances).max() < 0.05 * variances.max()


def test_what_has_no_weight_gets_nothing() -> None:
    found = dirichlet(Chance(1), [Fraction(0), Fraction(3), Fraction(0), Fraction(1)], 100, 50)
    assert not found[:, [0, 2]].any()
    assert (found.sum(axis=1) == 100).all()


def test_streams_are_the_same_on_every_machine() -> None:
    """A change of these numbers changes every result that has been published with a seed."""
    found = dirichlet(Chance(0), [Fraction(8), Fraction(1, 2), Fraction(3)], 1000, 3)
    assert found.tolist() == [[845, 19, 136], [697, 39, 264], [750, 0, 250]]
