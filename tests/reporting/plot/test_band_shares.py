"""The distribution: shares and counts of bands by group, and who has none."""

from __future__ import annotations

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

from matplotlib.figure import Figure

import meritindex as mi
from meritindex.errors import UnknownNameError
from plot_cases import BARE, NOBODY, TIES, many, one, table
from plot_looking import bars, hatched, key, rows, texts


def test_lengths_are_shares_and_numbers_counts():
    ax = mi.plot.distribution(table(), by="kind")
    assert rows(ax) == ["provinsi", "kabupaten", "kota"]
    board = mi.board(table(), by="kind")
    for place, group in enumerate(board.groups):
        start = 0
        for name, count in group.bands.items():
            expected = [(start / group.count, count / group.count)] if count else []
            assert bars(ax, f"{place} {name}") == expected
            start += count
        assert bars(ax, f"{place} ") == [(start / group.count, group.without_band / group.count)]
    assert ax.get_xlim() == (0, 1)
    assert {"38 instansi", "415 instansi", "93 instansi", "213"} <= set(texts(ax))
    assert key(ax) == [
        "Dasar",
        "Lanjutan",
        "Menengah",
        "Tinggi",
        "Maju",
        "kategori tidak diketahui",
    ]
    assert hatched(ax) == 3
    assert ax.get_title(loc="left") == "Kategori menurut jenis instansi"
    assert "provinsi: Dasar 8, Lanjutan 11" in mi.plot.describe(ax)


def test_a_board_gives_the_same():
    board = mi.board(table(), by="kind")
    ours, theirs = (mi.plot.distribution(each) for each in (board, mi.board(table(), by="kind")))
    assert mi.plot.to_svg(ours) == mi.plot.to_svg(theirs)
    assert mi.plot.describe(ours) == mi.plot.describe(mi.plot.distribution(table(), by="kind"))
    with pytest.raises(ValueError, match="a board has its groups already"):
        mi.plot.distribution(board, by="kind")


def test_one_group_of_all():
    ax = mi.plot.distribution(table(), language="en")
    assert rows(ax) == ["all agencies"]
    assert ax.get_title(loc="left") == "Bands of all agencies"
    assert "546 agencies" in texts(ax)


def test_groups_of_a_mapping_and_who_has_none_comes_last():
    ax = mi.plot.distribution(TIES, by={"A": "x", "C": "y"}, language="en")
    assert rows(ax) == ["y", "x", "no group"]
    assert texts(ax).count("1 agency") == 2
    assert "2 agencies" in texts(ax)
    assert bars(ax, "2 tengah") == [(0, 0.5)]
    assert bars(ax, "2 ") == [(0.5, 0.5)]
    assert key(ax)[-1] == "band unknown"


def test_an_instrument_without_bands():
    ax = mi.plot.distribution(many(one(1, 2, rules=BARE)))
    assert bars(ax, "0 ") == [(0, 1)]
    assert key(ax) == ["tanpa kategori"]
    assert "semua instansi: tanpa kategori 1" in mi.plot.describe(ax)


def test_nobody():
    ax = mi.plot.distribution(NOBODY)
    assert "tidak ada instansi" in texts(ax)
    assert rows(ax) == []


def test_a_number_stands_only_where_it_fits():
    ax = mi.plot.distribution(table(), by="province")
    assert len(rows(ax)) == 38
    written = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert len(written) == len(ax.patches)
    figure = Figure(figsize=(4, 4))
    narrow = mi.plot.distribution(table(), figure.add_subplot(), by="kanreg")
    written = [text.get_text() for text in narrow.texts if text.get_text().isdigit()]
    assert 0 < len(written) < len(narrow.patches)


def test_an_unknown_grouping():
    with pytest.raises(UnknownNameError):
        mi.plot.distribution(table(), by="island")
