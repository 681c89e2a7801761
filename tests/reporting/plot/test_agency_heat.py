"""The heat map: the order, the shares, what is unknown, and how many are drawn."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from builders import ASSUMED, MEAN, SUM, dimension, indicator, instrument
from meritindex.errors import UnknownNameError
from plot_cases import BELOW_ZERO, FLAT, NOBODY, TIES, UNKNOWN, many, one, table
from plot_looking import hatched, key, rows, texts


def shares(ax) -> np.ndarray:
    (mesh,) = ax.collections
    return np.ma.filled(mesh.get_array(), np.nan)


def test_cells_are_where_points_lie_on_their_range():
    ax = mi.plot.heat_map(table(), most=5)
    order = np.argsort([rank or 9999 for rank in table().ranks], kind="stable")[:5]
    expected = [[float(column[row]) for column in table().dimensions.values()] for row in order]
    assert np.array_equal(shares(ax), expected)
    assert rows(ax)[0] == "1 Kalimantan Utara"
    assert [label.get_text() for label in ax.get_xticklabels()] == list(table().dimensions)
    assert "5 dari 546 instansi digambar" in texts(ax)
    assert "0,9326 Tinggi" in texts(ax)
    assert key(ax) == ["paling rendah", "tengah", "paling tinggi"]


def test_all_agencies_and_those_without_total_last():
    ax = mi.plot.heat_map(table(), most=None)
    labels = rows(ax)
    assert len(labels) == 546
    assert all(label.startswith("- ") for label in labels[-27:])
    assert not any("dari 546" in text.get_text() for text in ax.texts)
    assert shares(ax).shape == (546, 9)


def test_the_agencies_that_are_asked_for_in_their_order():
    ax = mi.plot.heat_map(table(), agencies=["Kota Metro", UNKNOWN, 0], language="en")
    assert rows(ax) == ["235 Kota Metro", f"- {UNKNOWN}", f"{table().ranks[0]} Aceh"]
    assert "3 of 546 agencies are drawn" in texts(ax)
    assert "unknown" in texts(ax)
    with pytest.raises(UnknownNameError):
        mi.plot.heat_map(table(), agencies=["Kota Nanas"])
    with pytest.raises(IndexError):
        mi.plot.heat_map(table(), agencies=[546])
    with pytest.raises(ValueError, match="most is at least 1, not 0"):
        mi.plot.heat_map(table(), most=0)


def test_unknown_points_are_hatched_and_nothing_is_written():
    ax = mi.plot.heat_map(many(one(0, name="A"), one(4, 4, name="B")))
    assert rows(ax) == ["1 B", "- A"]
    assert hatched(ax) == 1
    assert [patch.get_label() for patch in ax.patches] == ["unknown 1 d2"]
    assert np.array_equal(shares(ax), [[1, 1], [0, np.nan]], equal_nan=True)
    assert key(ax)[-1] == "tidak diketahui"
    assert texts(ax).count("0") == 1


def test_ties_share_a_rank():
    ax = mi.plot.heat_map(TIES)
    assert rows(ax) == ["1 C", "2 B", "2 A", "- D"]


def test_a_range_below_zero_and_one_of_nothing():
    ax = mi.plot.heat_map(many(one(1, 4, rules=BELOW_ZERO)))
    assert np.array_equal(shares(ax), [[0.25, 1]])
    flat = dimension("d1", indicator("i1"), rule=SUM, caps=(mi.Cap(maximum=0, basis=ASSUMED),))
    root = dimension("indeks", flat, dimension("d2", indicator("i2"), rule=SUM), rule=MEAN)
    ax = mi.plot.heat_map(many(one(3, 2, rules=instrument(root=root))))
    assert np.array_equal(shares(ax), [[1, 0.5]])


def test_nobody_and_no_dimensions():
    ax = mi.plot.heat_map(NOBODY)
    assert "tidak ada instansi" in texts(ax)
    assert len(ax.collections) == 0
    flat = mi.plot.heat_map(many(one(1, rules=FLAT)))
    assert len(flat.collections) == 0
    assert rows(flat) == ["1 Lembaga X"]


def test_codes_stand_upright_where_they_would_meet():
    ax = mi.plot.heat_map(table(), most=2)
    assert {label.get_rotation() for label in ax.get_xticklabels()} == {0}
    narrow = mi.plot.heat_map(many(_wide()))
    assert {label.get_rotation() for label in narrow.get_xticklabels()} == {90}
    assert all(len(text) < 4 or not text.startswith("0,") for text in _cells(narrow))


def _wide() -> mi.Assessment:
    children = [
        dimension(f"dimensi_panjang_{place}", indicator(f"i{place}"), rule=SUM)
        for place in range(30)
    ]
    root = dimension("indeks", *children, rule=MEAN)
    return one(*[1] * 30, rules=instrument(root=root))


def _cells(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_transform() == ax.transData]


def test_years_and_stages_tell_assessments_of_one_agency_apart():
    ax = mi.plot.heat_map(many(one(1, 2, year=2025), one(2, 2, year=2026)))
    assert rows(ax) == [
        "1 Lembaga X (2026, tahap tidak dinyatakan)",
        "2 Lembaga X (2025, tahap tidak dinyatakan)",
    ]
