"""The oracle of boards, on cases that were worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import board_oracle as oracle

F = Fraction
TOTALS = [F(3), None, F(1), F(3), F(2)]


def test_spread():
    assert oracle.mean(TOTALS) == F(9, 4)
    assert oracle.quartiles(TOTALS) == (F(7, 4), F(5, 2), F(3))
    assert oracle.quartiles([F(1), None]) == (1, 1, 1)
    assert oracle.mean([None]) is oracle.quartiles([None]) is None
    assert oracle.ranks(TOTALS) == [1, None, 4, 1, 3]
    assert oracle.leaders(TOTALS) == [0, 3]
    assert oracle.leaders([None]) == []


def test_quartiles_are_those_of_numpy():
    numbers = [3, 14, 15, 92, 65, 35]
    found = oracle.quartiles(list(map(F, numbers)))
    expected = np.quantile(numbers, [0.25, 0.5, 0.75], method="linear")
    assert [float(each) for each in found] == expected.tolist()


def test_shares():
    names = ["rendah", "tengah", "tinggi"]
    bands = ["tinggi", None, "rendah", "tengah"]
    assert [oracle.share_at_least(bands, names, name) for name in names] == [1, F(2, 3), F(1, 3)]
    assert oracle.share_at_least([None], names, "rendah") is None


def test_gaps_and_rises():
    assert oracle.lacking(F(1), F(3)) == 2
    assert oracle.lacking(None, F(3)) is oracle.lacking(F(1), None) is None
    assert oracle.best([None, F(2), F(1)]) == 2
    assert oracle.best([None]) is None
    assert oracle.most_improved([F(1), F(0), None, F(2)], [F(2), F(1), F(9), F(1)]) == [0, 1]
    assert oracle.most_improved([F(1)], [F(1)]) == []


def test_peers():
    assert oracle.distance([F(1), F(2)], [F(3), F(2)], [F(4), F(0)]) == F(1, 2)
    far = {5: F(1), 2: F(1), 3: F(0), 4: F(2)}
    assert oracle.nearest(far, 2) == [3, 2, 5]
    assert oracle.nearest(far, 9) == [3, 2, 5, 4]
    assert oracle.nearest({}, 1) == []


def test_what_most_have_reached():
    assert oracle.reached(1, [4, 3, 0, None, 3]) == 3
    assert oracle.reached(1, [4, 0]) is None
    assert oracle.reached(3, [3, 3]) is None
    assert oracle.reached(None, [3, 3]) is None
