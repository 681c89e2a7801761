from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from meritindex.analysis.simulating import DrawMethod, Shares, WeightDraws

SHARES = Shares(np.array([[1, 2], [3, 0]]), 3)


def test_shares_are_exact() -> None:
    assert SHARES[0, 1] == Fraction(2, 3)
    assert SHARES.row(1) == (Fraction(1), Fraction(0))
    assert SHARES.shape == (2, 2)
    assert SHARES.to_floats().tolist() == [[1 / 3, 2 / 3], [1.0, 0.0]]
    assert repr(SHARES) == "<Shares of 3 draws, 2 × 2>"


def test_shares_can_be_compared_and_not_changed() -> None:
    assert Shares(np.array([[1, 2], [3, 0]]), 3) == SHARES
    assert Shares(np.array([[1, 2], [3, 0]]), 4) != SHARES
    assert Shares(np.array([[1, 2], [2, 1]]), 3) != SHARES
    assert SHARES != 3
    again = pickle.loads(pickle.dumps(SHARES))
    assert again == SHARES
    for shares in (SHARES, again):
        with pytest.raises(ValueError, match="read-only"):
            shares.counts[0, 0] = 9


def draws(**fields: object) -> WeightDraws:
    return WeightDraws(
        **{
            "dimension": "d",
            "codes": ("a", "b"),
            "whole": Fraction(100),
            "numbers": np.array([[1, 3], [2, 2]]),
            "unit": None,
            "method": DrawMethod.GIVEN,
            **fields,
        }
    )


def test_weights_are_brought_to_the_whole() -> None:
    found = draws()
    assert found.weights(0) == {"a": Fraction(25), "b": Fraction(75)}
    assert found.unit_of(1) == 25
    assert found.to_floats().tolist() == [[25.0, 75.0], [50.0, 50.0]]
    assert len(found) == 2
    assert repr(found) == "<WeightDraws of 2 in d: given>"


def test_weights_may_have_a_unit() -> None:
    found = draws(whole=None, unit=Fraction(1, 4))
    assert found.weights(0) == {"a": Fraction(1, 4), "b": Fraction(3, 4)}
    assert found.to_floats().tolist() == [[0.25, 0.75], [0.5, 0.5]]


def test_draws_can_be_compared_and_not_changed() -> None:
    assert draws() == draws()
    assert draws() != draws(numbers=np.array([[1, 3], [3, 1]]))
    assert draws() != draws(unit=Fraction(1))
    assert draws() != 1
    again = pickle.loads(pickle.dumps(draws()))
    assert again == draws()
    with pytest.raises(ValueError, match="read-only"):
        again.numbers[0, 0] = 9


def test_every_method_has_a_label() -> None:
    labels = {method.label for method in DrawMethod}
    assert len(labels) == len(DrawMethod)
