"""What people read: in both languages, within 80 columns, with everything that is not known."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import attrs
import pytest

import meritindex as mi
from builders import MEAN, dimension, gate, indicator, instrument, when
from meritindex.analysis.progressing import Progress, ProgressTable, progress
from meritindex.definition.commitments import Milestone
from meritindex.language import LANGUAGES
from meritindex.layout.wrapping import places
from progress_cases import NEW, OLD, OTHER, crosswalk, plain, promise, renamed, total, year

HERE = Path(__file__).resolve().parent


def signers() -> ProgressTable:
    spec = importlib.util.spec_from_file_location("signers", HERE / "signers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.signers()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signers_of_the_catalog(language):
    text = signers().to_text(language) + "\n"
    assert text == (HERE / f"signers.{language}.txt").read_text(encoding="utf-8")
    assert all(places(line) <= 80 for line in text.splitlines())


def in_both(found: Progress | ProgressTable, indonesian: str, english: str) -> None:
    """Check that both texts are there, each in its language, and that every line fits."""
    for language, said in (("id", indonesian), ("en", english)):
        text = found.to_text(language)
        assert said in " ".join(text.split())
        assert all(places(line) <= 80 for line in text.splitlines())


def test_one_assessment_alone():
    found = progress(year(2024, 1, 1, 1))
    in_both(found, "Baru satu penilaian", "One assessment alone")
    assert "Rentetan" not in found.to_text()
    table = progress(mi.AssessmentSet.of([year(2024, 1, 1, 1), year(2024, 1, 1, 1, agency=OTHER)]))
    in_both(table, "Baru satu penilaian: 2", "One assessment alone: 2")
    assert "2024" in table.to_text()
    assert "Dari penilaian pertama" not in table.to_text()


def test_streaks_and_setbacks():
    given = [year(2021, 0, 0, 0), year(2022, 1, 1, 1), year(2023, 2, 2, 2), year(2024, 3, 1, 2)]
    found = progress([*given, year(2025, 1, 1, 2)])
    in_both(found, "Kenaikan terpanjang: naik 2 periode", "Longest rise: rose for 2 periods")
    in_both(found, "Rentetan terakhir: turun dalam satu", "Latest streak: fell for one period")
    in_both(found, "Kemunduran", "Setbacks")
    in_both(found, "2023–2024: jawaban i2 (2 → 1)", "2023–2024: answers i2 (2 → 1)")
    in_both(
        found,
        "2024–2025: dimensi d1 (2 → 1); jawaban i1 (3 → 1)",
        "2024–2025: dimensions d1 (2 → 1); answers i1 (3 → 1)",
    )
    rising = progress(given[:3])
    assert "Kenaikan terpanjang" not in rising.to_text()
    assert "Kemunduran" not in rising.to_text()
    # Of a single period, the tables say it all.
    assert "Kemunduran" not in progress([year(2023, 2, 2, 2), year(2024, 1, 1, 1)]).to_text()


def test_answers_that_come_and_go():
    found = progress([year(2023, 1, 1), year(2024, 1, points={}, measures={})])
    in_both(found, "tidak ada lagi", "gone")
    in_both(found, "Nilai: tidak dapat dibandingkan", "Total: not comparable")
    in_both(
        found,
        "Sebabnya: nilai 2023 tidak diketahui: belum ada i3",
        "Because: the total of 2023 is not known: i3 missing",
    )
    in_both(progress([year(2023, 1), year(2024, 1, 1)]), "baru ada", "new")
    assert "Kategori" not in found.to_text().split("Periode")[1]


def test_the_split_and_both_instruments():
    given = [year(2023, 2, 2, 0, stage="verified"), year(2024, 4, 4, 2, under=NEW)]
    found = progress(given)
    in_both(
        found,
        "Dari kinerja: +2; dari perubahan instrumen: +0,6",
        "From performance: +2; from the new instrument: +0.6",
    )
    in_both(found, "Catatan: tahapnya berbeda: verifikasi", "Remark: the stages differ: verified")
    assert found.to_text("en").count("Why assumed") == 2
    others = [year(2023, 1, 1, 1, agency=OTHER), year(2024, 1, 1, 1, agency=OTHER)]
    table = progress([*given, *others])
    in_both(table, "Kinerja dan perubahan instrumen", "Performance and the new instrument")
    in_both(table, "Catatan tentang periode", "Remarks on periods")
    in_both(table, "tahap tidak dinyatakan (1 instansi)", "stage not stated (1 agency)")
    assert table.to_text("en").split("Performance and")[1].count("\nA ") == 1
    assert "\nB " not in table.to_text("en").split("Performance and")[1]
    assert "Performance and" not in progress(others).to_text("en")


def test_counterparts_stand_side_by_side():
    walk = crosswalk((("d1",), ("d1", "d2")))
    given = [year(2023, 2, 2, 0), year(2024, 4, 4, points={}, under=renamed(OLD))]
    found = progress(given, crosswalk=walk)
    in_both(found, "ini bukan selisih", "these are no differences")
    in_both(found, "2 dari 4", "2 of 4")
    in_both(found, "4 dari 4; - dari 4", "4 of 4; - of 4")


def test_synthetic_and_variants_are_said():
    found = progress([year(2023, 1, 1, 1, synthetic=True), year(2024, 1, 1, 1)])
    in_both(found, "DATA SINTETIS", "SYNTHETIC DATA")
    in_both(found, "tidak termasuk dalam katalog", "is not one of the library's catalog")
    in_both(
        progress(mi.AssessmentSet.of([year(2023, 1, 1, 1, synthetic=True)])), "DATA SINT", "SYN"
    )


def test_reasons_of_all_years_are_told_together():
    leaves = [indicator("i1"), indicator("i2", conditions=(when("g"),))]
    under = instrument(root=dimension("indeks", *leaves, rule=MEAN), gates=(gate("g"),))
    answered = year(2023, 1, 1, under=under, gates={"g": "yes"})
    found = progress([answered, year(2024, 1, under=under, gates={"g": "no"})])
    in_both(found, "nilai tingkat i1, i2 (contoh)", "points of the levels i1, i2 (example)")
    assert found.to_text("en").count("points of the levels") == 1


def test_years_outside_of_the_instrument_are_remarked():
    given = [
        total(when, 200, agency=mi.agency("17"), under=mi.instrument("ism-2019"))
        for when in (2018, 2019)
    ]
    in_both(progress(given), "penilaian tahun 2018", "assessment of 2018")


def test_without_bands():
    bandless = attrs.evolve(OLD, root=attrs.evolve(OLD.root, bands=None))
    given = [year(when, 1, 1, 1, under=bandless) for when in (2023, 2024)]
    assert "Kategori" not in progress(given).to_text()
    assert "kategori" not in progress(mi.AssessmentSet.of(given)).to_text()


def test_many_that_fell_are_counted():
    agencies = [mi.Agency(name=f"instansi {number}") for number in range(15)]
    given = [year(2023, 2, 2, 2, agency=agency) for agency in agencies]
    given += [year(2024, 1, 1, 1, agency=agency) for agency in agencies]
    table = progress(given)
    in_both(table, "… (3 lagi)", "… (3 more)")
    assert "Kenaikan terbesar" not in table.to_text()


def test_a_table_with_what_does_not_compare():
    tall = plain(
        id="tinggi", root=attrs.evolve(OLD.root, rule=mi.WeightedSum(basis=OLD.root.basis))
    )
    given = [year(2023, 1, 1, 1), year(2024, 1, 1, 1, under=tall), year(2024, 1, agency=OTHER)]
    table = progress(given)
    in_both(table, "tidak dapat dibandingkan 1", "not comparable 1")
    in_both(table, "Baru satu penilaian: 1", "One assessment alone: 1")
    in_both(table, "Mengapa tidak dapat dibandingkan", "Why totals can't be compared")
    in_both(table, "Tanda -:", "The sign -:")
    # A band of another scale is neither higher nor lower.
    in_both(table, "rendah; tinggi", "rendah; tinggi")
    in_both(
        table["A"],
        "Kategori: rendah (2023, lama); tinggi (2024, tinggi)",
        "Band: rendah (2023, lama); tinggi (2024, tinggi)",
    )


def test_what_is_true_of_several_periods_is_counted_by_agency():
    stages = ("self-assessed", "verified", "self-assessed", "verified")
    given = [year(2021 + at, 1, 1, 1, stage=stage) for at, stage in enumerate(stages)]
    given += [
        year(2021 + at, 1, 1, 1, stage=stage, agency=OTHER) for at, stage in enumerate(stages[:2])
    ]
    table = progress(given)
    in_both(
        table,
        "penilaian mandiri, kemudian verifikasi (2 instansi, 3 periode)",
        "self-assessed, then verified (2 agencies, 3 periods)",
    )
    in_both(table, "kemudian penilaian mandiri (1 instansi)", "then self-assessed (1 agency)")


def test_days_in_prose_are_written_out():
    days = [dt.date(2024, 3, 1), dt.date(2024, 9, 30), dt.date(2025, 3, 1)]
    found = progress([year(day, level, 1, 1) for level, day in enumerate(days)])
    in_both(found, "Periode 1 Maret 2024 – 30 September 2024", "Period 1 March 2024 – 30 Sept")
    in_both(found, "berturut-turut (1 Maret 2024 – 1 Maret 2025)", "row (1 March 2024 – 1 March")
    # Cells of tables stay as files write them.
    in_both(found, "2024-03-01", "2024-03-01")


# Commitments


FULL = promise(
    place="Palembang",
    host="Kantor Regional VII BKN",
    signatories=["Kota Malang", "BKN"],
    target="tinggi",
    milestones=[Milestone(date=dt.date(2025, 12, 31), total="1.5")],
    note="rekaan",
)


def test_a_commitment_in_full():
    found = progress(
        [total(2025, "1.25"), total(2026, "1.5")], commitments=FULL, as_of=dt.date(2027, 6, 30)
    )
    for indonesian, english in (
        ("Komitmen 10 Januari 2025, per 30 Juni 2027: berisiko", "as of 30 June 2027: at risk"),
        ("Ditandatangani di: Palembang, Kantor Reg", "Signed in: Palembang, Kantor Reg"),
        ("Penanda tangan lain: Kota Malang, BKN", "Signed with: Kota Malang, BKN"),
        ("Sasaran: tinggi (batas 2,5)", "Target: tinggi (limit 2.5)"),
        ("Tenggat: 31 Desember 2028", "Deadline: 31 December 2028"),
        ("Nilai awal: 1 (31 Desember 2024)", "Baseline: 1 (31 December 2024)"),
        ("yang dihitung: 1,5, tengah (2026)", "that counts: 1.5, tengah (2026)"),
        ("dihitung per 31 Desember", "counts as of 31 December"),
        ("ke sasaran pada 31 Desember 2026: 1,83", "to the target on 31 December 2026: 1.83"),
        ("Laju sejak nilai awal: +0,25", "Pace kept since the baseline: +0.25"),
        ("diperlukan sampai tenggat: +0,49", "needed until the deadline: +0.49"),
        (
            "Tahap antara 31 Desember 2025, 1,5: tidak tercapai",
            "Milestone 31 December 2025, 1.5: not reached",
        ),
        ("Sumber: surat rekaan (asumsi)", "Source: surat rekaan (assumed)"),
        ("Catatan: rekaan", "Remark: rekaan"),
    ):
        in_both(found, indonesian, english)
    assert "Tidak dinyatakan" not in found.to_text()
    named = attrs.evolve(FULL, target="TINGGI (en)")
    again = progress(total(2025, "1.25"), commitments=named, as_of=dt.date(2027, 6, 30))
    in_both(again, "Sasaran: tinggi (batas 2,5)", "Target: tinggi (limit 2.5)")


def test_a_commitment_of_which_little_is_known():
    bare = promise(baseline_date=None, target=None, deadline=None)
    found = progress(total(dt.date(2027, 1, 1), 2), commitments=bare, as_of=dt.date(2026, 6, 30))
    in_both(found, "per 30 Juni 2026: tidak dapat dinilai", "as of 30 June 2026: can't be told")
    in_both(
        found,
        "Tidak dinyatakan: tanggal nilai awal, sasaran, tenggat",
        "Not stated: the day of the baseline, the target, the deadline",
    )
    in_both(found, "Belum ada: penilaian sampai 30 Juni 2026", "an assessment by 30 June 2026")
    in_both(found, "Laju hanya disebutkan bila", "A pace is given only where")
    for said in ("Sasaran:", "Tenggat:", "Ditandatangani", "Laju sejak", "Penanda", "Jalur"):
        assert said not in found.to_text()
    in_both(found, "Nilai awal: 1 •", "Baseline: 1 •")
    no_baseline = promise(baseline=None)
    found = progress(
        total(dt.date(2026, 1, 1), 2), commitments=no_baseline, as_of=dt.date(2026, 6, 30)
    )
    in_both(found, "2, tengah (1 Januari 2026)", "that counts: 2, tengah (1 January 2026)")
    for said in ("Nilai awal:", "dihitung per 31 Desember", "Jalur"):
        assert said not in found.to_text()
    number = progress(total(2025, 2), commitments=promise(), as_of=dt.date(2025, 12, 31))
    in_both(number, "Sasaran: 3 •", "Target: 3 •")


def test_commitments_of_many():
    promised = [FULL, promise(agency=OTHER, target=None), promise(agency=mi.agency("Kota Jambi"))]
    found = progress(
        mi.AssessmentSet.of([total(2025, "1.5"), total(2025, 2, agency=OTHER)]),
        commitments=promised,
        as_of=dt.date(2025, 12, 31),
    )
    for indonesian, english in (
        ("Komitmen per 31 Desember 2025", "Commitments as of 31 December 2025"),
        ("tercapai 0, sesuai jalur 1, berisiko 0", "met 0, on track 1, at risk 0"),
        ("Tidak dinyatakan: sasaran (1)", "Not stated: the target (1)"),
        ("sampai 31 Desember 2025 (Kota Jambi)", "by 31 December 2025 (Kota Jambi)"),
        ("Sumber: surat rekaan (asumsi; 3)", "Source: surat rekaan (assumed; 3)"),
        ("Laju: nilai setahun (365,25 hari)", "Pace: points a year (of 365.25 days)"),
    ):
        in_both(found, indonesian, english)
    # Where nobody has a pace, there are no columns for it.
    bare = promise(baseline=None, deadline=None)
    found = progress(
        mi.AssessmentSet.of([total(dt.date(2025, 6, 30), "1.5")]),
        commitments=[bare],
        as_of=dt.date(2025, 12, 31),
    )
    assert "laju" not in found.to_text()
    assert "dihitung per 31 Desember" not in found.to_text()
    known = progress(
        mi.AssessmentSet.of([total(2025, "1.5")]),
        commitments=[promise()],
        as_of=dt.date(2026, 1, 1),
    )
    assert "Tidak dinyatakan" not in known.to_text()


def test_a_baseline_that_the_own_assessment_contradicts():
    given = [total(2024, "1.25"), total(2025, "1.5")]
    promised = {"commitments": [promise()], "as_of": dt.date(2025, 12, 31)}
    said = (
        "nilai awal 1 (31 Desember 2024) berbeda dari penilaian 2024 instansi itu sendiri: 1,25",
        "the baseline 1 (31 December 2024) is not the total of the agency's own assessment",
    )
    in_both(progress(given, **promised), f"Catatan: {said[0]}", f"Remark: {said[1]}")
    in_both(progress(mi.AssessmentSet.of(given), **promised), "1 komitmen:", "1 commitment:")
    in_both(progress(mi.AssessmentSet.of(given), **promised), *(f"A: {text}" for text in said))


def test_a_target_that_was_reached_after_the_deadline():
    given = [total(2028, 2), total(2029, 3)]
    promised = {"commitments": [promise()], "as_of": dt.date(2030, 1, 1)}
    said = ("tercapai 2029, sesudah tenggat", "reached 2029, after the deadline")
    in_both(progress(given, **promised), f"Catatan: {said[0]}", f"Remark: {said[1]}")
    for found in (progress(given, **promised), progress(mi.AssessmentSet.of(given), **promised)):
        in_both(found, "tidak tercapai", "missed")
    in_both(progress(mi.AssessmentSet.of(given), **promised), *(f"A: {text}" for text in said))
