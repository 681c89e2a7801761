"""The waterfall: the steps, their lengths, the totals between them, and why there is none."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from builders import band, limit
from meritindex.definition import Bands
from meritindex.reporting.plot.fall import fall_of
from meritindex.scoring.saying import Sayer
from plot_cases import BARE, INEXACT, course, one, planned, reconciled, rules, table, year
from plot_looking import bars, key, lines, rows, texts


def steps(ax, count: int) -> list[tuple[float, float]]:
    return [bar for place in range(1, count + 1) for bar in bars(ax, f"step {place}")]


def test_from_claim_to_finding():
    result = reconciled()
    ax = mi.plot.waterfall(result)
    before = result.claimed_card.total
    expected = []
    for step in result.waterfall:
        expected.append((float(before), float(step.points)))
        before = step.total
    assert steps(ax, len(expected)) == expected
    assert rows(ax) == [
        "klaim",
        "a6q3_gate: ya → tidak",
        "a2q1 Pemetaan Talenta: 2 → 1",
        "a4q2 Pengukuran Kompetensi: 2 → 1",
        "a7q1 Pembinaan dan Penegakan Disiplin, Pemberhentian, Upaya Administratif: 2 → 1",
        "a8q1 Data Manajemen ASN: 1 → 2",
        "temuan",
    ]
    assert lines(ax, "end 0") == [([float(result.claimed_card.total)], [0])]
    assert lines(ax, "end 6") == [([float(result.verified_card.total)], [6])]
    assert {"0,4273", "+0,0042", "-0,0042", "-0,025", "0,4034"} <= set(texts(ax))
    assert key(ax) == ["menambah", "mengurangi"]
    assert "a6q3_gate: Apakah" in mi.plot.describe(ax)
    assert "klaim: 0,4273." in mi.plot.describe(ax)
    low, high = ax.get_xlim()
    assert 0.39 < low < 0.4
    assert 0.43 < high < 0.44
    assert any(list(line.get_xdata()) == [0.405, 0.405] for line in ax.lines)


def test_falls_are_hatched_and_rises_are_not():
    ax = mi.plot.waterfall(reconciled())
    for patch in ax.patches:
        assert (patch.get_hatch() is not None) is (patch.get_width() < 0)


def test_nothing_differs():
    claim = table()["Kota Metro"].assessment
    ax = mi.plot.waterfall(mi.reconcile(claim, attrs.evolve(claim, stage="verified")))
    assert "klaim dan temuan tidak berbeda" in texts(ax)
    fall = fall_of(mi.reconcile(claim, attrs.evolve(claim, stage="verified")), Sayer("id"))
    assert fall.labels == fall.totals == []
    assert len(ax.patches) == 0
    assert rows(ax) == []
    assert key(ax) == []
    assert "Batas kategori" not in mi.plot.describe(ax)


def test_a_total_is_not_known():
    ax = mi.plot.waterfall(mi.reconcile(one(1, 2), one(1)), language="en")
    assert "unknown; missing: indicator i2 (i2)" in texts(ax)
    assert len(ax.patches) == 0


def test_findings_that_go_together_are_one_step():
    result = mi.reconcile(one(1, 2), one(3, 1))
    ax = mi.plot.waterfall(result)
    assert steps(ax, 2) == [(1.5, 1.0), (2.5, -0.5)]
    assert rows(ax)[1] == "i1 indikator i1: 1 → 3"


def test_a_plan():
    plan = planned()
    ax = mi.plot.waterfall(plan, language="en")
    before = plan.before
    expected = []
    for step in plan.steps:
        expected.append((float(before), float(step.points)))
        before += step.points
    assert steps(ax, 5) == expected
    assert before == plan.after
    assert rows(ax)[0] == "now"
    assert rows(ax)[2] == "a4q2 Measurement of Competencies: 2 → 4"
    assert rows(ax)[-1] == "after all steps"
    assert key(ax) == ["adds"]
    assert ax.get_title(loc="left").startswith("Kabupaten Bangka Tengah, 2026: the plan to reach")


def test_a_plan_that_there_is_not():
    ax = mi.plot.waterfall(planned(to="Tinggi", budget=3))
    shown = [" ".join(text.split()) for text in texts(ax)]
    assert "tidak dapat dicapai; biayanya paling sedikit 42, anggarannya 3" in shown
    given = table()["Kabupaten Bangka Tengah"].assessment
    reached = mi.plot.waterfall(mi.improve([given], to="Dasar")[0])
    assert "sudah tercapai" in texts(reached)


def test_a_plan_under_open_weights_is_of_the_least_totals():
    ax = mi.plot.waterfall(planned(weighting=mi.Admissible()))
    described = mi.plot.describe(ax)
    assert "Nilainya yang terendah di antara semua pembobotan yang mungkin." in described
    assert "setiap pembobotan yang tidak bertentangan" in described


def test_a_change_under_the_same_rules_is_performance():
    ax = mi.plot.waterfall(course().changes[0])
    assert rows(ax) == ["2021", "kinerja", "2022"]
    assert steps(ax, 1) == [(190, 30.5)]
    assert ax.get_title(loc="left") == "Kota Malang, 2021–2022: dari mana perubahannya"


def test_a_change_under_other_rules_is_split():
    before = table()["Kota Surabaya"].assessment
    other = {"a2": 20, "a3": 20, "a4": 10, "a5": 10, "a6": 10, "a7": 10}
    variant = attrs.evolve(
        mi.instrument("ism-2026"), id="variant", default_weighting=mi.Given(other)
    )
    after = attrs.evolve(before, year=2027, instrument=variant)
    change = mi.progress([before, after]).changes[0]
    ax = mi.plot.waterfall(change)
    assert rows(ax) == ["2026", "kinerja", "perubahan instrumen", "2027"]
    assert steps(ax, 2) == [
        (float(change.before.total), 0.0),
        (float(change.before.total), float(change.instrument_effect)),
    ]
    assert "bobot dari pemanggil" in mi.plot.describe(ax)


def test_other_bands_are_no_bands_in_common():
    old = rules(bands=Bands(items=(band("a"), band("b", limit(1)))))
    new = attrs.evolve(rules(bands=Bands(items=(band("a"), band("b", limit("1.6"))))), id="baru")
    change = mi.progress(
        [one(1, 1, rules=old, year=2025), one(2, 2, rules=new, year=2026)]
    ).changes[0]
    assert "Batas kategori" not in mi.plot.describe(mi.plot.waterfall(change))


def test_what_can_not_be_compared_has_its_reasons():
    change = mi.progress([year(2024, 200), year(2025, None)]).changes[0]
    ax = mi.plot.waterfall(change)
    assert "nilai 2025 tidak diketahui" in mi.plot.describe(ax)
    assert len(ax.patches) == 0


def test_inexact_totals_are_marked():
    ax = mi.plot.waterfall(mi.reconcile(one(0, 1, rules=INEXACT), one(1, 1, rules=INEXACT)))
    assert {"≈ 1,4142", "≈ +0,5858", "≈ 2"} <= set(texts(ax))


def test_a_third_is_as_long_as_the_nearest_double():
    ax = mi.plot.waterfall(mi.reconcile(one(0, 0, rules=BARE), one(1, 0, rules=BARE)))
    assert steps(ax, 1) == [(0.0, float(Fraction(1, 2)))]
    assert "Batas kategori" not in mi.plot.describe(ax)
