from __future__ import annotations

import json
from pathlib import Path

import pytest

import meritindex as mi

ISM_2019 = ("--instrument", "ism-2019")


@pytest.fixture
def kept(run, points_2023, tmp_path) -> Path:
    path = tmp_path / "malang.json"
    ended = run("record", points_2023, "Kota Malang", *ISM_2019, "-o", path)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    return path


def test_a_record_is_that_of_the_library(run, points_2023, kept):
    table = mi.score(mi.read_assessments(points_2023, "ism-2019"))
    assert kept.read_bytes() == mi.record(table["Kota Malang"])
    ended = run("record", points_2023, "35.73", *ISM_2019)
    assert ended.out.encode() == kept.read_bytes()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_record_does_not_overwrite_another(run, points_2023, kept, language):
    before = kept.read_bytes()
    words = ("record", points_2023, "Kota Surabaya", *ISM_2019, "--lang", language)
    ended = run(*words, "-o", kept)
    assert (ended.code, ended.out, kept.read_bytes()) == (2, "", before)
    said = {"id": "malang.json sudah ada", "en": "malang.json exists already"}
    assert said[language] in ended.err
    assert "diisi" not in ended.err


def test_a_record_of_the_sample_and_of_chosen_weights(run, tmp_path):
    path = tmp_path / "surabaya.json"
    assert run("record", "--sample", "Kota Surabaya", "--missing", "zero", "-o", path).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["missing"] == "zero"
    assert run("verify", path).code == 0


def test_a_record_is_of_the_year_and_stage_that_were_asked_for(run, tmp_path):
    path = tmp_path / "several.csv"
    path.write_text(
        "agency,year,stage,total\nKota Batu,2021,mandiri,250\nKota Batu,2021,penetapan,240\n",
        encoding="utf-8",
    )
    words = ("record", path, "Kota Batu", *ISM_2019, "--year", "2021")
    assert run(*words).code == 1
    ended = run(*words, "--stage", "penetapan")
    assert json.loads(ended.out)["result"]["total"] == "240"


def test_rows_that_were_left_out_are_told(run, faulty):
    words = ("--leave-out-faulty", *ISM_2019)
    ended = run("record", faulty, "Kota Batu", *words)
    assert ended.code == 0
    assert json.loads(ended.out)["agency"]["name"] == "Kota Batu"
    assert ended.err.count("dikeluarkan: ") == 2
    missing = run("record", faulty, "Kota Malang", *words)
    assert (missing.code, missing.out) == (1, "")
    assert "999" in missing.err


@pytest.mark.parametrize(
    ("language", "holds", "differs"),
    [("id", "Rekaman ini sesuai", "TIDAK sesuai"), ("en", "This record holds", "does NOT hold")],
)
def test_verify(run, kept, tmp_path, language, holds, differs):
    ended = run("verify", kept, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert holds in ended.out
    assert run("verify", kept, *ISM_2019).code == 0
    forged = tmp_path / "forged.json"
    forged.write_bytes(kept.read_bytes().replace(b'"band":"', b'"band":"x'))
    ended = run("verify", forged, "--lang", language)
    assert (ended.code, ended.err) == (1, "")
    assert differs in ended.out
    assert "result.band: " in ended.out
    written = tmp_path / "report.txt"
    assert run("verify", forged, "--lang", language, "-o", written).code == 1
    assert written.read_text(encoding="utf-8") == ended.out


def test_verify_with_another_instrument(run, kept):
    ended = run("verify", kept, "--instrument", "ism-2026")
    assert (ended.code, ended.out) == (1, "")
    ended = run("verify", kept, "--instrument", "ism-1999")
    assert (ended.code, ended.out) == (1, "")
    assert "ism-1999" in ended.err


def test_verify_what_is_no_record(run, kept, points_2023):
    ended = run("verify", points_2023)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("rekaman: bukan JSON yang benar")
    ended = run("verify", kept.with_name("none.json"))
    assert (ended.code, ended.out) == (1, "")
    ended = run("verify", kept, "-o", kept)
    assert ended.code == 2
