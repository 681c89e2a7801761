"""The command `progress`: what it prints is what the library says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

import meritindex as mi
from meritindex.analysis.progressing import progress
from meritindex.catalog.commitments import commitments
from meritindex.layout.wrapping import places
from meritindex.reporting.progress_results import commitments_csv, progress_csv, progress_json
from meritindex.reporting.results import json_text

ISM_2019 = ("--instrument", "ism-2019")
PROMISES = """\
format = 1

[[commitments]]
agency = "Kota Jambi"
signed = 2023-09-10
source = "surat rekaan"
standing = "assumed"
baseline = "200"
baseline_date = 2022-12-31
target = "Sangat Baik"
deadline = 2026-12-31
"""


@pytest.fixture
def years(tmp_path):
    """Return three files of one year each, all made up."""
    paths = []
    for year, jambi, bengkulu in ((2022, 200, 260), (2023, "240,5", 255), (2024, 262, 255)):
        path = tmp_path / f"nilai-{year}.csv"
        path.write_text(
            "agency;year;stage;synthetic;total\n"
            f"Kota Jambi;{year};penetapan;ya;{jambi}\n"
            f"Bengkulu;{year};penetapan;ya;{bengkulu}\n",
            encoding="utf-8",
        )
        paths.append(path)
    return paths


@pytest.fixture
def promises(tmp_path):
    path = tmp_path / "komitmen.toml"
    path.write_text(PROMISES, encoding="utf-8")
    return path


def read(paths: list[Path], instrument: str = "ism-2019") -> list[mi.AssessmentSet]:
    return [mi.read_assessments(path, mi.instrument(instrument)) for path in paths]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_table(run, years, language):
    ended = run("progress", *years, *ISM_2019, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == progress(read(years)).to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())


def test_one_file_with_several_years(run, years, tmp_path):
    lines = [path.read_text(encoding="utf-8").splitlines() for path in years]
    path = tmp_path / "semua.csv"
    rows = [lines[0][0], *(line for each in lines for line in each[1:])]
    path.write_text("\n".join(rows), encoding="utf-8")
    for words in (years, [path]):
        ended = run("progress", *words, *ISM_2019, "--agency", "Kota Jambi", "--lang", "en")
        assert ended.out == progress(read(years))["Kota Jambi"].to_text("en") + "\n"


def test_data(run, years):
    found = progress(read(years))
    for more, rows in (((), None), (("--agency", "15.71"), [found["Kota Jambi"]])):
        words = ("progress", *years, *ISM_2019, *more, "--format")
        assert run(*words, "json").out == json_text(progress_json(found, rows))
        assert run(*words, "csv").out == progress_csv(found, rows)


def test_commitments_of_a_file(run, years, promises):
    words = ("progress", *years, *ISM_2019, "--commitments", promises, "--as-of", "31/12/2024")
    ended = run(*words, "--agency", "Kota Jambi")
    assert (ended.code, ended.err) == (0, "")
    assert "Komitmen 10 September 2023, per 31 Desember 2024: berisiko" in ended.out
    assert "Sasaran: Sangat Baik (batas 325)" in ended.out
    data = json.loads(run(*words, "--format", "json").out)
    assert data["commitments"][0]["status"] == "at-risk"
    (row,) = csv.DictReader(io.StringIO(run(*words, "--format", "csv").out))
    assert (row["agency"], row["status"], row["line"]) == ("Kota Jambi", "at-risk", "262.542779")


def test_commitments_of_the_catalog(run, years):
    words = ("--commitments", "catalog", "--as-of", "2025-12-31")
    found = progress(read(years), commitments=commitments(), as_of=dt.date(2025, 12, 31))
    ended = run("progress", *years, *ISM_2019, *words, "--lang", "en")
    assert ended.out == found.to_text("en") + "\n"
    ended = run("progress", *years, *ISM_2019, *words, "--format", "csv")
    assert ended.out == commitments_csv(found)
    early = run("progress", *years, *ISM_2019, "--commitments", "catalog", "--as-of", "2025-01-01")
    assert (early.code, early.out) == (1, "")
    assert early.err.count("mendahului penandatanganan") == 8


def test_a_page(run, years, tmp_path):
    page = tmp_path / "kemajuan.html"
    assert run("progress", *years, *ISM_2019, "-o", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>Kemajuan sistem merit</title>" in text
    assert "DATA SINTETIS" in text
    ended = run(
        *("progress", *years, *ISM_2019, "--agency", "Bengkulu", "--format", "html"),
        *("--lang", "en"),
    )
    assert "<title>Merit-system progress: Bengkulu</title>" in ended.out


def test_an_instrument_for_each_file(run, years, tmp_path):
    sample = mi.sample().where(lambda facts: facts.agency.name in {"Kota Jambi", "Bengkulu"})
    path = tmp_path / "nilai-2026.csv"
    path.write_text(mi.to_csv_text(sample), encoding="utf-8", newline="")
    words = ("progress", years[2], path, *ISM_2019, "--instrument", "ism-2026")
    ended = run(*words, "--lang", "en")
    assert ended.code == 0
    assert "not comparable 2" in ended.out
    assert "totals have different scales: 0 to 410 in ism-2019" in ended.out
    ended = run(*words, "--lang", "en", "--crosswalk", "catalog", "--agency", "Bengkulu")
    assert "these are no differences" in " ".join(ended.out.split())
    walk = Path(mi.__file__).parent / "catalog" / "data" / "crosswalks" / "ism-2019_ism-2026.toml"
    again = run(*words, "--lang", "en", "--crosswalk", walk, "--agency", "Bengkulu")
    assert again.out == ended.out


def test_a_stage_alone(run, tmp_path):
    path = tmp_path / "tahap.csv"
    path.write_text(
        "agency,year,stage,total\nKota Batu,2023,mandiri,300\nKota Batu,2023,penetapan,240\n"
        "Kota Batu,2024,mandiri,310\nKota Batu,2024,penetapan,250\nAceh,2024,mandiri,200\n",
        encoding="utf-8",
    )
    refused = run("progress", path, *ISM_2019, "--lang", "en")
    assert (refused.code, refused.out) == (1, "")
    said = "tahap.csv, line 3, Kota Batu: the assessment of 2023 is there at two stages"
    assert said in refused.err
    assert "--stage" in refused.err
    ended = run("progress", path, *ISM_2019, "--stage", "penetapan", "--lang", "en")
    assert "Rose most: Kota Batu (+10)" in ended.out
    assert "Aceh: there is no assessment at the stage determined" in ended.out
    words = ("progress", path, *ISM_2019, "--stage", "penetapan", "--lang", "en", "--format")
    assert "Aceh: there is no assessment" in run(*words, "csv").err
    data = run(*words, "json")
    assert data.err == ""
    assert len(json.loads(data.out)["left_out"]) == 1


def test_faults_name_the_file_and_the_row(run, tmp_path):
    head = "agency,year,total"
    first, second, third = (tmp_path / name for name in ("a.csv", "b.csv", "c.json"))
    first.write_text(f"{head}\nKota Batu,2023,300\n\nKota Malang,2023,300\n", encoding="utf-8")
    second.write_text(
        f"{head}\nKota Mars,2022,300\nKota Malang,2022,9\nKota Batu,2022,3\n", encoding="utf-8"
    )
    years = [{"agency": "Kota Malang", "year": year, "total": 250} for year in (2024, 2021)]
    mars = {"agency": "Kota Mars", "year": 2024, "total": 250}
    third.write_text(json.dumps([mars, *years]), encoding="utf-8")
    ended = run("progress", first, second, third, *ISM_2019, "--leave-out-faulty", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert [line.partition(": ")[0] for line in ended.err.splitlines()] == [
        "b.csv, line 3, Kota Malang",
        "b.csv, line 4, Kota Batu",
        "c.json, assessment 3, Kota Malang",
    ]
    ended = run("progress", first, second, *ISM_2019, "--leave-out-faulty")
    assert "b.csv, baris 3, Kota Malang: penilaian 2022" in ended.err
    # Without a place, a fault stays as it is.
    ended = run("progress", first, *ISM_2019, "--stage", "mandiri", "--lang", "en")
    assert "Kota Batu: there is no assessment at the stage" in ended.err


def test_weights_and_what_is_missing(run, tmp_path):
    sample = mi.sample().where(lambda facts: facts.agency.name == "Kota Malang")
    path = tmp_path / "nilai.csv"
    path.write_text(mi.to_csv_text(sample), encoding="utf-8", newline="")
    ended = run("progress", path, "--missing", "zero", "--format", "json")
    assert json.loads(ended.out)["agencies"][0]["occasions"][0]["total"] is not None
    ended = run("progress", path, "--weighting", "equal-remainder", "--format", "json")
    assert json.loads(ended.out)["agencies"][0]["occasions"][0]["weighting"] == "equal-remainder"
    refused = run("progress", path, "--weighting", "admissible", "--lang", "en")
    assert refused.code == 1
    assert "use bounds for what" in refused.err


def test_faulty_files_are_refused_with_all_their_faults(run, years, faulty):
    words = ("progress", years[0], faulty, *ISM_2019, "--lang", "en")
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert "999" in ended.err
    assert "Kota Mars" in ended.err
    ended = run(*words, "--leave-out-faulty")
    assert ended.code == 0
    assert "Left out" in ended.out
    ended = run(*words, "--leave-out-faulty", "--agency", "Bengkulu")
    assert ended.err.count("left out: faulty.csv, line ") == 2
    missing = run(*words, "--leave-out-faulty", "--agency", "Kota Malang")
    assert (missing.code, missing.out) == (1, "")
    assert "999" in missing.err


@pytest.mark.parametrize(
    ("words", "indonesian", "english"),
    [
        (
            ("--commitments", "catalog"),
            "--commitments dan --as-of hanya bersama",
            "--commitments and --as-of need each other",
        ),
        (
            ("--as-of", "2025-12-31"),
            "--commitments dan --as-of hanya bersama",
            "--commitments and --as-of need each other",
        ),
        (
            ("--as-of", "2025", "--commitments", "catalog"),
            '--as-of: "2025" bukan tanggal',
            '--as-of: "2025" is not a date',
        ),
        (
            ("--as-of", "besok", "--commitments", "catalog"),
            '--as-of: "besok" bukan tanggal',
            '--as-of: "besok" is not a date',
        ),
        (("--stage", "final"), '"final" bukan tahap', '"final" is not a stage'),
        (
            ("--instrument", "ism-2026"),
            "--instrument ada 2 kali untuk 3 berkas",
            "--instrument is there 2 times for 3 files",
        ),
        (
            ("--crosswalk", "catalog"),
            "--crosswalk memerlukan dua instrumen",
            "--crosswalk needs two instruments",
        ),
    ],
)
def test_wrong_usage(run, years, words, indonesian, english):
    for language, said in (("id", indonesian), ("en", english)):
        ended = run("progress", *years, *ISM_2019, *words, "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err


def test_no_input_is_overwritten(run, years, promises):
    words = ("progress", *years, *ISM_2019, "--commitments", promises, "--as-of", "2024-12-31")
    for path in (years[1], promises):
        before = path.read_bytes()
        ended = run(*words, "-o", path)
        assert (ended.code, path.read_bytes()) == (2, before)
        assert "menimpa masukan" in ended.err


def test_a_crosswalk_from_an_instrument_to_itself_is_refused(run, years):
    # Its name, and its file.
    rules = Path(mi.__file__).parent / "catalog" / "data" / "ism-2019.toml"
    words = (*years[:2], *ISM_2019, "--instrument", rules, "--crosswalk", "catalog")
    for language, said in (("id", "dua instrumen"), ("en", "two instruments")):
        ended = run("progress", *words, "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert said in ended.err
