"""Intervals of totals and of ranks: their ends, their order, what is certain, what is unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from builders import ASSUMED, GeometricMean
from plot_cases import BARE, INEXACT, NOBODY, UNKNOWN, all_bounds, bounds, one, robustness, rules
from plot_looking import key, lines, rows, texts


def line(ax, place: int) -> list[list[float]]:
    return [across for across, up in lines(ax, f"line {place}") if up == [place, place]]


def test_totals_lie_between_their_ends():
    table = bounds()
    ax = mi.plot.total_intervals(table)
    order = sorted(range(len(table)), key=lambda row: -table.lower[row])
    assert rows(ax) == [table.agencies[row].name for row in order]
    for place, row in enumerate(order):
        assert line(ax, place) == [[float(table.lower[row]), float(table.upper[row])]]
    assert key(ax) == ["kategori pasti", "kategori belum pasti"]
    certain = [len(table.possible_bands[row]) == 1 for row in order]
    drawn = [artist.get_color() for artist in ax.lines if artist.get_label().startswith("line ")]
    assert [colour == drawn[0] for colour in drawn] == [each == certain[0] for each in certain]
    assert "Batas kategori: Lanjutan ≥ 0,405" in mi.plot.describe(ax)
    assert "Indeks Sistem Merit" in texts(ax)
    limits = [artist.get_xdata()[0] for artist in ax.lines if artist.get_label()[:4] != "line"]
    assert limits == [0.405, 0.605]


def test_written_ends_hold_what_is_so():
    table = bounds()
    ax = mi.plot.total_intervals(table, language="en")
    written = [text.get_text() for text in ax.texts if " – " in text.get_text()]
    assert len(written) == 12
    for name, text in zip(rows(ax), written, strict=True):
        card = table[name]
        low, high = map(Fraction, text.split(" – "))
        assert low <= card.lower <= card.upper <= high
        assert max(card.lower - low, high - card.upper) < Fraction(1, 10_000)


def test_one_agency_of_many():
    ax = mi.plot.total_intervals(all_bounds()[UNKNOWN])
    assert rows(ax) == [UNKNOWN]
    assert "1 dari 546 instansi digambar" in texts(ax)
    other = mi.plot.total_intervals(all_bounds()[UNKNOWN], agencies=["Kota Metro"])
    assert rows(other) == ["Kota Metro"]
    assert len(rows(mi.plot.total_intervals(all_bounds()))) == 40
    assert len(rows(mi.plot.total_intervals(bounds(), most=3))) == 3
    assert len(rows(mi.plot.rank_intervals(bounds(), most=None))) == 12


def test_a_settled_total_is_a_point():
    ax = mi.plot.total_intervals(mi.bounds([one(1, 2)]))
    assert line(ax, 0) == []
    assert lines(ax, "point 0") == [([1.5], [0])]
    assert key(ax) == ["kategori pasti"]
    assert "1,5" in texts(ax)


def test_without_bands_the_total_is_certain_or_not():
    ax = mi.plot.total_intervals(
        mi.bounds([one(1, 2, name="A", rules=BARE), one(1, name="B", rules=BARE)])
    )
    assert key(ax) == ["nilai pasti", "nilai belum pasti"]
    assert line(ax, 1) == [[0.5, 2.5]]


def test_nothing_is_known_of_a_total():
    # The cap waits for what stands under the entry.
    cap = mi.Cap(maximum=1, basis=ASSUMED, shortfall=mi.Shortfall(code="i1", below=2))
    lost = rules(caps=(cap,))
    given = [
        mi.Assessment(agency=mi.Agency(name="A"), instrument=lost, points={"d1": 3, "d2": 3}),
        one(1, 2, name="B", rules=lost),
    ]
    ax = mi.plot.total_intervals(mi.bounds(given))
    assert rows(ax) == ["B", "A"]
    assert lines(ax, "point 0") == [([1], [0])]
    assert line(ax, 1) == lines(ax, "point 1") == []
    assert "tidak diketahui" in texts(ax)
    alone = mi.plot.total_intervals(mi.bounds(given[0]))
    assert key(alone) == []
    assert rows(alone) == ["A"]


def test_nobody():
    assert "tidak ada instansi" in texts(mi.plot.total_intervals(mi.bounds(NOBODY.assessments)))
    assert "tidak ada instansi" in texts(mi.plot.rank_intervals(mi.bounds(NOBODY.assessments)))


def test_inexact_bounds_say_so():
    ax = mi.plot.total_intervals(mi.bounds([one(0, 1, rules=INEXACT)]))
    assert "presisi ganda" in mi.plot.describe(ax)
    assert isinstance(INEXACT.root.rule, type(GeometricMean(basis=ASSUMED)))


def test_ranks_lie_between_their_ends():
    table = bounds()
    ax = mi.plot.rank_intervals(table)
    order = sorted(range(len(table)), key=lambda row: (*table.rank_ranges[row], row))
    assert rows(ax) == [table.agencies[row].name for row in order]
    for place, row in enumerate(order):
        best, worst = table.rank_ranges[row]
        if best == worst:
            assert lines(ax, f"point {place}") == [([best], [place])]
        else:
            assert line(ax, place) == [[best, worst]]
    assert key(ax) == ["peringkat pasti", "peringkat belum pasti"]
    assert "apakah kedua ujungnya tercapai tidak dipastikan" in mi.plot.describe(ax)
    low, high = ax.get_xlim()
    assert low < 1 < 12 < high
    assert all(float(tick).is_integer() for tick in ax.get_xticks())
    assert ax.get_xticks()[0] == 1


def test_ranks_under_settled_weights_are_attained():
    found = mi.bounds([one(1, 2, name="A"), one(3, 3, name="B"), one(1, name="C")])
    ax = mi.plot.rank_intervals(found, language="en")
    assert rows(ax) == ["B", "A", "C"]
    assert "both of its ends are attained" in mi.plot.describe(ax)
    assert key(ax) == ["rank certain"]
    assert "no rank" in texts(ax)
    assert line(ax, 2) == []


def test_ranks_over_draws():
    found = robustness()
    ax = mi.plot.rank_intervals(found)
    order = sorted(
        range(len(found)), key=lambda row: (found.mean_ranks[row], found[row].worst_rank)
    )
    assert rows(ax) == [found.agencies[row].name for row in order]
    for place, row in enumerate(order):
        each = found[row]
        inner = [float(each.percentile(5)), float(each.percentile(95))]
        assert line(ax, place) == [[each.best_rank, each.worst_rank], inner]
        assert lines(ax, f"point {place}") == [([float(each.mean_rank)], [place])]
    assert key(ax) == ["persentil 5 sampai 95", "semua tarikan", "rata-rata"]
    assert ax.get_title(loc="left") == "Peringkat dalam 40 tarikan"
    assert "bukan peluang" in mi.plot.describe(ax)


def test_who_has_no_rank_in_a_draw():
    found = mi.robustness([one(1, 2, name="A"), one(1, name="B")], draws=3, seed=1)
    ax = mi.plot.rank_intervals(found)
    assert rows(ax) == ["A", "B"]
    assert "tanpa peringkat" in texts(ax)


def test_nobody_has_a_rank():
    ax = mi.plot.rank_intervals(mi.bounds([one(1, name="C", rules=rules())]))
    assert "tanpa peringkat" in texts(ax)
    assert key(ax) == []
