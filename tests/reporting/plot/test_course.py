"""The course: totals at their days, what is connected, and commitments as far as stated."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

from matplotlib.dates import date2num
from matplotlib.figure import Figure

import meritindex as mi
from meritindex.definition import Bands
from meritindex.reporting.plot.course_labels import Label, write_labels
from plot_cases import FULL_PROMISE, INEXACT, JUDGED, YEARS, course, one, promise, table, year
from plot_looking import key, lines, texts


def day(*parts: int) -> float:
    return float(date2num(dt.date(*parts)))


def end(when: int) -> float:
    return day(when, 12, 31)


def test_totals_stand_at_their_days_and_are_connected():
    ax = mi.plot.progress(course())
    totals = [190, 220.5, 250, 268]
    assert lines(ax, "total") == [
        ([end(2021 + place)], [total]) for place, total in enumerate(totals)
    ]
    assert lines(ax, "way") == [
        ([end(2021 + place), end(2022 + place)], totals[place : place + 2]) for place in range(3)
    ]
    assert {"190", "220,5", "250", "268"} <= set(texts(ax))
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        f"akhir {when}" for when in range(2021, 2028)
    ]
    assert ax.get_title(loc="left") == "Kota Malang: nilai dari waktu ke waktu"
    assert "Baik ≥ 250" in texts(ax)
    assert "Penilaian yang hanya menyebut tahunnya" in mi.plot.describe(ax)
    assert "2021: 190." in mi.plot.describe(ax)


def test_a_commitment_is_a_way_to_its_target():
    ax = mi.plot.progress(course())
    assert lines(ax, "promise") == [([end(2022), end(2024), end(2027)], [220.5, 260, 325])]
    assert lines(ax, "baseline") == [([end(2022)], [220.5])]
    assert lines(ax, "milestone") == [([end(2024)], [260])]
    assert lines(ax, "target") == [([end(2027)], [325])]
    assert {"nilai awal 220,5", "tahap antara 260", "sasaran Sangat Baik (325)"} <= set(texts(ax))
    assert key(ax) == ["nilai", "komitmen"]
    assert (
        "Komitmen 1 Februari 2023: sesuai jalur, dinilai pada 30 Juni 2025; "
        "tenggat 31 Desember 2027."
    ) in mi.plot.describe(ax)


def test_what_a_commitment_does_not_state_is_named_and_not_drawn():
    bare = promise(target=300)
    ax = mi.plot.progress(mi.progress(YEARS, commitments=bare, as_of=JUDGED), language="en")
    (target,) = (line for line in ax.lines if line.get_label() == "target")
    assert list(target.get_ydata()) == [300, 300]
    assert lines(ax, "promise") == []
    assert "target 300" in texts(ax)
    assert "not stated: the baseline, the day of the baseline, the deadline" in mi.plot.describe(ax)
    day_alone = promise(
        baseline_date=dt.date(2022, 12, 31), target=300, deadline=dt.date(2027, 12, 31)
    )
    ax = mi.plot.progress(mi.progress(YEARS, commitments=day_alone, as_of=JUDGED))
    assert lines(ax, "target") == [([end(2027)], [300])]
    assert lines(ax, "promise") == lines(ax, "baseline") == []
    nothing = mi.progress(YEARS, commitments=promise(baseline=100), as_of=JUDGED)
    ax = mi.plot.progress(nothing)
    assert lines(ax, "promise") == lines(ax, "target") == lines(ax, "baseline") == []
    assert key(ax) == ["nilai"]
    assert "tidak dinyatakan" in mi.plot.describe(ax)


def test_an_unknown_total_is_a_cross_at_the_edge_and_not_connected():
    ax = mi.plot.progress(mi.progress([*YEARS, year(2025, None)]))
    ((at, (height,)),) = lines(ax, "unknown")
    assert at == [end(2025)]
    low, high = ax.get_ylim()
    assert low < height < low + (high - low) * 0.1
    assert len(lines(ax, "way")) == 3
    assert "tidak diketahui" in texts(ax)
    assert "2025: nilainya tidak diketahui; belum ada: " in mi.plot.describe(ax)
    assert "2024–2025: tidak dapat dibandingkan" in mi.plot.describe(ax)


def test_only_an_unknown_total():
    ax = mi.plot.progress(mi.progress([year(2025, None)]))
    low, high = ax.get_ylim()
    assert low < 0 < 410 < high
    assert len(lines(ax, "unknown")) == 1


def test_a_total_on_another_scale_is_named_and_not_drawn():
    now = attrs.evolve(table()["Kota Malang"].assessment, year=2026)
    found = mi.progress(
        [*YEARS, now], commitments=[FULL_PROMISE, promise(target=300)], as_of=dt.date(2026, 12, 31)
    )
    ax = mi.plot.progress(found, language="en")
    assert len(lines(ax, "total")) + len(lines(ax, "unknown")) == 1
    assert lines(ax, "way") == lines(ax, "promise") == []
    assert "2024: 268 under ism-2019; not drawn, for it has another scale." in mi.plot.describe(ax)
    assert "Merit System Index under PermenPANRB 40/2018" in mi.plot.describe(ax)


def test_a_dated_assessment_stands_at_its_day():
    found = mi.progress(
        [
            year(2024, 200),
            mi.Assessment(
                agency="Kota Malang",
                instrument="ism-2019",
                date=dt.date(2025, 3, 1),
                points={"total": 210},
            ),
        ]
    )
    ax = mi.plot.progress(found)
    assert lines(ax, "total")[1] == ([day(2025, 3, 1)], [210])
    alone = mi.progress(
        [
            mi.Assessment(
                agency="Kota Malang",
                instrument="ism-2019",
                date=dt.date(2025, 3, 1),
                points={"total": 210},
            )
        ]
    )
    assert "hanya menyebut tahunnya" not in mi.plot.describe(mi.plot.progress(alone))


def test_many_years_have_fewer_numbers():
    found = mi.progress([year(1990 + place, 100 + 7 * place) for place in range(30)])
    ax = mi.plot.progress(found)
    years = [label.get_text() for label in ax.get_xticklabels()]
    assert years[-1] == "akhir 2019"
    assert 3 < len(years) < 12
    assert len(lines(ax, "total")) == 30
    assert "…" in mi.plot.describe(ax)


def test_bands_near_to_one_another_are_all_named():
    from builders import band, limit
    from plot_cases import rules

    near = Bands(
        items=(
            band("a"),
            band("b", limit("1.5")),
            band("c", limit("1.52")),
            band("d", limit("1.54")),
        )
    )
    levels = [
        one(1, 2, rules=rules(bands=near), year=2025),
        one(4, 2, rules=rules(bands=near), year=2026),
    ]
    ax = mi.plot.progress(mi.progress(levels))
    assert {"b ≥ 1,5", "c ≥ 1,52", "d ≥ 1,54"} <= set(texts(ax))


def test_no_bands_and_inexact_totals():
    from plot_cases import BARE

    ax = mi.plot.progress(mi.progress([one(1, 2, rules=BARE, year=2025)]))
    assert not any("≥" in text for text in texts(ax))
    ax = mi.plot.progress(mi.progress([one(0, 1, rules=INEXACT, year=2025)]))
    assert "≈ 1,4142" in texts(ax)


def test_texts_go_where_there_is_room():
    figure = Figure(figsize=(3, 3))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    spots = [(0.5, 0.5), (0.5, 0.52), (0.5, 0.48), (0.99, 0.01)]
    write_labels(ax, [Label(place=spot, text="sasaran", below=spot[1] < 0.5) for spot in spots])
    from plot_looking import check_lettering

    check_lettering(ax)
    crowd = figure.add_axes((0, 0, 0.1, 0.1))
    write_labels(crowd, [Label(place=(0.5, 0.5), text="panjang sekali") for _ in range(9)])
    assert len(crowd.texts) == 9
