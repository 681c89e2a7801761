"""The command `reconcile`: what it prints is what the library says."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import attrs
import numpy as np
import pytest

import meritindex as mi
from meritindex.analysis.improving import Costs, improve
from meritindex.analysis.improving.showing import improvement_document
from meritindex.analysis.reconciling import ReconciliationTable, reconcile
from meritindex.layout import to_text
from meritindex.layout.wrapping import places
from meritindex.reporting.improvement_results import improvement_json
from meritindex.reporting.reconciliation_results import reconciliation_csv, reconciliation_json
from meritindex.reporting.results import json_text

ISM_2019 = ("--instrument", "ism-2019")
CITY = "Kota Pangkal Pinang"


def lowered(assessments: mi.AssessmentSet) -> mi.AssessmentSet:
    """Return findings: every third level is one lower."""
    levels = assessments.levels.copy()
    marked = (levels > 0) & (levels < 254)
    marked[:, np.arange(levels.shape[1]) % 3 != 0] = False
    levels[marked] -= 1
    facts = tuple(attrs.evolve(each, stage=mi.Stage.VERIFIED) for each in assessments.facts)
    return attrs.evolve(assessments, levels=levels, facts=facts)


CLAIMS = mi.sample().where(lambda facts: facts.agency.province == "Kepulauan Bangka Belitung")


@pytest.fixture(scope="module")
def table() -> ReconciliationTable:
    return reconcile(CLAIMS, lowered(CLAIMS))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Return a file of claims and a file of findings."""
    paths = tmp_path / "klaim.csv", tmp_path / "temuan.csv"
    for path, side in zip(paths, (CLAIMS, lowered(CLAIMS)), strict=True):
        path.write_text(mi.to_csv_text(side), encoding="utf-8", newline="")
    return paths


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_table(run, files, table, language):
    ended = run("reconcile", *files, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == table.to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())


@pytest.mark.parametrize("word", [CITY, "19.71", "kota pangkal pinang"])
def test_one_agency(run, files, table, word):
    ended = run("reconcile", *files, "--agency", word, "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == table[CITY].to_text("en") + "\n"


def test_data(run, files, table, tmp_path):
    row = table.row_of(CITY)
    for words, rows in (((), None), (("--agency", CITY), (row,))):
        path = tmp_path / "result.json"
        assert run("reconcile", *files, *words, "-o", path).code == 0
        assert path.read_text(encoding="utf-8") == json_text(reconciliation_json(table, rows))
        ended = run("reconcile", *files, *words, "--format", "csv")
        assert (ended.out, ended.err) == (reconciliation_csv(table, rows), "")


def test_a_page(run, files, tmp_path):
    path = tmp_path / "halaman.html"
    assert run("reconcile", *files, "-o", path).code == 0
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>Klaim dan temuan</title>" in page
    assert "Menurut indikator" in page
    ended = run("reconcile", *files, "--agency", CITY, "--format", "html", "--lang", "en")
    assert f"<title>Claims and findings: {CITY}, 2026</title>" in ended.out
    assert "From the claim to the finding" in ended.out


def test_the_only_agency_is_shown_in_detail(run, files, table, tmp_path):
    rows = files[0].read_text(encoding="utf-8").splitlines(keepends=True)
    alone = tmp_path / "satu.csv"
    city = next(line for line in rows if CITY in line)
    alone.write_text(rows[0] + city, encoding="utf-8", newline="")
    ended = run("reconcile", alone, files[1])
    assert "klaim dan temuan\n" in ended.out.splitlines(keepends=True)[0]
    as_data = run("reconcile", alone, files[1], "--format", "csv")
    assert as_data.err.splitlines()[0] == "tanpa klaim: Kepulauan Bangka Belitung, 2026"
    assert len(as_data.err.splitlines()) == len(table) - 1


# Plans


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_to_do_next(run, files, table, language):
    ended = run("reconcile", *files, "--agency", CITY, "--plan", "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    card = table[CITY]
    plan = improve(card.verified_card.assessment)
    shown = to_text(improvement_document(plan, language))
    assert ended.out == f"{card.to_text(language)}\n\n{shown}\n"
    words = ("--agency", CITY, "--plan", "--to", "Maju", "--format", "json")
    data = json.loads(run("reconcile", *files, *words).out)
    further = improve(card.verified_card.assessment, to="Maju")
    assert data["plan"] == json.loads(json_text(improvement_json(further)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_to_plan_is_said(run, files, language):
    words = ("reconcile", *files, "--agency", CITY, "--plan", "--to", "Dasar", "--lang", language)
    ended = run(*words)
    assert ended.code == 0
    headings = {"id": "Langkah berikutnya", "en": "What to do next"}
    assert headings[language] in ended.out
    data = json.loads(run(*words, "--format", "json").out)["plan"]
    assert data["steps"] == []
    assert "has reached band Dasar (Basic) already" in data["reason"]
    assert ended.out.count(CITY) == 2  # in the title, and once in the reason


def test_a_plan_has_costs_and_limits(run, files, table, tmp_path):
    path = tmp_path / "biaya.csv"
    path.write_text("code,level,cost,ready\na7q1,,30,2027-01-31\n", encoding="utf-8")
    words = ("--agency", CITY, "--plan", "--format", "json", "--costs", path, "--cost", "2")
    words = (*words, "--unit", "bulan", "--budget", "90", "--fixed", "a6", "--most-levels", "2")
    words = (*words, "--before", "a4q1_kabkota<a4q2", "--by", "2026-12-31")
    data = json.loads(run("reconcile", *files, *words).out)["plan"]
    plan = improve(
        table[CITY].verified_card.assessment,
        costs=Costs(by_indicator={"a7q1": 30}, default=2, unit="bulan"),
        ready={"a7q1": date(2027, 1, 31)},
        budget=90,
        fixed=["a6"],
        most_levels=2,
        prerequisites=[("a4q1_kabkota", "a4q2")],
        by=date(2026, 12, 31),
    )
    assert data == json.loads(json_text(improvement_json(plan)))
    assert plan.steps


def test_a_survey_that_is_missing_is_named(run, files, tmp_path):
    rows = [line.split(",") for line in files[1].read_text(encoding="utf-8").splitlines()]
    place = rows[0].index("satisfaction")
    for cells in rows[1:]:
        cells[place] = ""
    path = tmp_path / "tanpa-survei.csv"
    path.write_text("\n".join(",".join(cells) for cells in rows) + "\n", encoding="utf-8")
    ended = run("reconcile", files[0], path, "--agency", CITY, "--plan")
    assert ended.code == 0
    survey = "Kepuasan dan keterikatan pegawai ASN (survei) (satisfaction)"
    text = " ".join(ended.out.split())
    assert f"{CITY}: nilainya belum diketahui, karena belum ada: {survey}; isi dahulu" in text
    assert f"Indeks Sistem Merit tidak diketahui, karena belum ada: {survey}" in text
    assert "bounds(" not in text


def test_a_plan_that_makes_no_sense_is_refused(run, files):
    ended = run("reconcile", *files, "--agency", CITY, "--plan", "--to", "Emas")
    assert (ended.code, ended.out) == (1, "")
    assert "Emas" in ended.err
    for language, said in (("id", "pilih dengan --agency"), ("en", "choose with --agency")):
        ended = run("reconcile", *files, "--plan", "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert said in ended.err
        assert "8" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "Tinggi"), ("hanya bersama --plan", "goes with --plan alone")),
        (("--cost", "2"), ("hanya bersama --plan", "go with --plan alone")),
        (("--fixed", "a1"), ("hanya bersama --plan", "go with --plan alone")),
        (("--by", "2026-12-31", "--plan"), ("hanya bersama --costs", "goes with --costs alone")),
        (("--agency", "A", "--agency", "B"), ("hanya boleh satu kali", "may be given once")),
        (("--plan", "--format", "csv"), ("tidak dapat ditulis", "can't be written")),
        (("--plan", "-o", "x.csv"), ("tidak dapat ditulis", "can't be written")),
    ],
)
def test_wrong_usage(run, files, words, said):
    for language, part in zip(("id", "en"), said, strict=True):
        ended = run("reconcile", *files, *words, "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert part in ended.err


# Which assessments


def test_stages_of_one_file(run, tmp_path):
    path = tmp_path / "nilai.csv"
    path.write_text(
        "agency,year,stage,a1,total\n"
        "Kota Batu,2022,mandiri,,250\nKota Batu,2022,penetapan,,240\n"
        "Kota Batu,2021,mandiri,,230\nKota Batu,2021,penetapan,,230\n",
        encoding="utf-8",
    )
    words = ("reconcile", path, path, *ISM_2019)
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("ada lebih dari satu kali untuk tahun") == 4
    words = (*words, "--claimed-stage", "mandiri", "--verified-stage", "penetapan")
    assert "Dibandingkan: 2 penilaian" in run(*words).out
    ended = run(*words, "--year", "2022")
    assert "Kota Batu, 2022: klaim dan temuan" in ended.out
    assert "Selisih: -10" in ended.out
    ended = run(*words, "--agency", "Kota Batu", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "2 times" in ended.err
    ended = run(*words, "--year", "2020", "--lang", "en")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "claims: there are no assessments",
        "verified answers: there are no assessments",
    ]


def test_weights_and_policies(run, files, tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text("code,weight\na2,20\na3,15\na4,10\na5,10\na6,15\na7,10\n", encoding="utf-8")
    words = ("reconcile", *files, "--format", "json")
    data = json.loads(run(*words, "--weighting", f"given:{path}", "--missing", "zero").out)
    assert (data["weighting"]["name"], data["missing"]) == ("given", "zero")
    ended = run(*words, "--weighting", "admissible", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "use bounds" in ended.err


# Faults


def test_both_files_are_refused_with_all_their_faults(run, faulty, tmp_path):
    ended = run("reconcile", faulty, tmp_path / "none.csv", *ISM_2019, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("faulty.csv, line ") == 2
    assert "none.csv" in ended.err
    # Of one file for both sides, every fault is told once.
    ended = run("reconcile", faulty, faulty, *ISM_2019, "--lang", "en")
    assert ended.err.count("faulty.csv, line ") == 2


def test_faulty_rows_left_out_are_told(run, faulty):
    words = ("reconcile", faulty, faulty, *ISM_2019, "--leave-out-faulty", "--lang", "en")
    ended = run(*words)
    assert ended.code == 0
    assert ended.err.count("left out: ") == 4
    assert "left out: claims, faulty.csv, line " in ended.err
    assert "Kota Batu, 2023: claim and finding" in ended.out
    data = run(*words, "--format", "json")
    assert data.err == ""
    assert len(json.loads(data.out)["left_out"]) == 4
    missing = run(*words, "--agency", "Kota Malang")
    assert (missing.code, missing.out) == (1, "")
    assert "999" in missing.err


def test_inputs_are_not_overwritten(run, files):
    for path in files:
        before = path.read_bytes()
        ended = run("reconcile", *files, "-o", path)
        assert (ended.code, path.read_bytes()) == (2, before)
        assert "menimpa masukan" in ended.err


def test_agencies_on_one_side_are_told(run, files, tmp_path):
    rows = files[1].read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = tmp_path / "sebagian.csv"
    fewer.write_text("".join(rows[:-1]), encoding="utf-8", newline="")
    ended = run("reconcile", files[0], fewer, "--lang", "en")
    assert "Only in the claims, not in the verified answers" in ended.out
    ended = run("reconcile", files[0], fewer, "--format", "csv", "--lang", "en")
    (remark,) = ended.err.splitlines()
    assert remark.startswith("without verified answers: ")
    assert len(list(csv.DictReader(io.StringIO(ended.out)))) > 0
    name = remark.removeprefix("without verified answers: ").partition(",")[0]
    ended = run("reconcile", files[0], fewer, "--agency", name, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "is in the claims alone" in ended.err


def test_agencies_on_one_side_are_told_beside_the_only_one_that_is_matched(run, files, tmp_path):
    rows = files[1].read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = tmp_path / "satu.csv"
    fewer.write_text("".join(rows[:2]), encoding="utf-8", newline="")
    others = [agency.name for agency in CLAIMS.agencies[1:]]
    for form in ("table", "html", "csv"):
        ended = run("reconcile", files[0], fewer, "--format", form, "--lang", "en")
        assert ended.code == 0
        told = [line.removeprefix("without verified answers: ") for line in ended.err.splitlines()]
        assert [line.partition(",")[0] for line in told] == others
        # Who was not asked for is not missed.
        ended = run(
            *("reconcile", files[0], fewer, "--format", form, "--agency", CLAIMS.agencies[0].name)
        )
        assert (ended.code, ended.err) == (0, "")
