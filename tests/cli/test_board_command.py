"""The command `board`: what it prints is what the library says."""

from __future__ import annotations

import json

import pytest

import meritindex as mi
from meritindex.analysis.boards import Board, board
from meritindex.analysis.boards.entry_page import entry_document
from meritindex.language import LANGUAGES
from meritindex.layout import to_text
from meritindex.layout.wrapping import places
from meritindex.reporting.board_cells import board_csv, group_csv, peers_csv
from meritindex.reporting.board_results import board_json, entry_json
from meritindex.reporting.results import json_text

ISM_2019 = ("--instrument", "ism-2019")
BOARD = {"id": "Papan perbandingan sistem merit", "en": "Merit-system board"}


@pytest.fixture(scope="module")
def sampled() -> Board:
    return board(mi.score(mi.sample()), "kanreg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board(run, sampled, language):
    ended = run("board", "--sample", "--by", "kanreg", "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == sampled.to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())
    alone = run("board", "--sample", "--lang", language)
    assert alone.out == board(sampled.table).to_text(language) + "\n"


def test_data(run, sampled, tmp_path):
    path = tmp_path / "papan.json"
    assert run("board", "--sample", "--by", "kanreg", "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == json_text(board_json(sampled))
    ended = run("board", "--sample", "--by", "kanreg", "--format", "csv")
    assert ended.out == board_csv(sampled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group(run, sampled, language):
    words = ("board", "--sample", "--by", "kanreg", "--group", "vii", "--lang", language)
    assert run(*words).out == sampled["VII"].to_text(language) + "\n"
    assert run(*words, "--format", "csv").out == group_csv(sampled["VII"])
    expected = json_text(board_json(sampled, (sampled["VII"],)))
    assert run(*words, "--format", "json").out == expected
    refused = run(*words[:-4], "--group", "VIII", "--lang", language)
    assert (refused.code, refused.out) == (1, "")
    assert '"VIII"' in refused.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency(run, sampled, language):
    words = ("board", "--sample", "--by", "kanreg", "--agency", "19.71", "--lang", language)
    entry, found = sampled.entry("Kota Pangkal Pinang"), sampled.peers("Kota Pangkal Pinang")
    ended = run(*words)
    assert ended.out == to_text(entry_document(entry, language, found)) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())
    assert run(*words, "--format", "csv").out == peers_csv(found)
    assert run(*words, "--format", "json").out == json_text(entry_json(entry, found))
    more = ("--count", "2", "--any-kind", "--format", "csv")
    few = sampled.peers("Kota Pangkal Pinang", 2, same_kind=False)
    assert run(*words, *more).out == peers_csv(few)


@pytest.mark.parametrize(("language", "title"), [("id", "Papan perbandingan"), ("en", "board")])
def test_a_page(run, tmp_path, language, title):
    for more, named in (
        ((), f"<title>{BOARD[language]}</title>"),
        (("--group", "bali"), ": Bali</title>"),
        (("--agency", "51.71"), ": Kota Denpasar</title>"),
    ):
        path = tmp_path / "papan.html"
        words = ("board", "--sample", "--by", "province", *more, "--lang", language, "-o", path)
        assert run(*words).code == 0
        page = path.read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert f'<html lang="{language}">' in page
        assert title in page
        assert named in page
        assert "SYNTHETIC" in page or "SINTETIS" in page


# Files of groups


def test_groups_from_a_file(run, sampled, tmp_path):
    path = tmp_path / "wilayah.csv"
    path.write_text("agency,group\nKota Jambi,Satu\n16.71,Dua\nBali,\n", encoding="utf-8")
    ended = run("board", "--sample", "--by", path, "--format", "json")
    found = board(sampled.table, {"Kota Jambi": "Satu", "16.71": "Dua", "Bali": None})
    assert ended.out == json_text(board_json(found))
    before = path.read_bytes()
    ended = run("board", "--sample", "--by", path, "-o", path)
    assert (ended.code, path.read_bytes()) == (2, before)
    assert "menimpa masukan" in ended.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_faults_of_a_file_name_their_line(run, tmp_path, language):
    path = tmp_path / "wilayah.csv"
    text = "agency,group\nKota Mars,Satu\nKota Jambi,Satu\n15.71,Dua\n"
    path.write_text(text, encoding="utf-8")
    ended = run("board", "--sample", "--by", path, "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    first, second = ended.err.splitlines()
    line = "baris" if language == "id" else "line"
    assert first.startswith(f"wilayah.csv, {line} 2: ")
    assert second.startswith(f"wilayah.csv, {line} 4: Kota Jambi")
    absent = run("board", "--sample", "--by", tmp_path / "lain.csv", "--lang", language)
    assert (absent.code, absent.out) == (1, "")


# Several assessments of an agency


@pytest.fixture
def several(tmp_path):
    path = tmp_path / "nilai.csv"
    path.write_text(
        "agency,year,stage,total\nKota Batu,2021,mandiri,250\nKota Batu,2022,penetapan,240\n"
        "Kota Malang,2022,mandiri,300\n",
        encoding="utf-8",
    )
    return path


def test_one_of_several_assessments(run, several):
    refused = run("board", several, *ISM_2019, "--lang", "en")
    assert (refused.code, refused.out) == (1, "")
    assert "Kota Batu is in the table 2 times" in refused.err
    assert "choose one assessment (--year, --stage; in Python: where)" in refused.err
    assert "(--year, --stage; dalam Python: where)" in run("board", several, *ISM_2019).err
    ended = run("board", several, *ISM_2019, "--year", "2022", "--format", "json")
    assert [each["agency"] for each in json.loads(ended.out)["groups"][0]["agencies"]] == [
        *("Kota Batu", "Kota Malang")
    ]
    words = ("board", several, *ISM_2019, "--stage", "mandiri", "--agency", "Kota Batu")
    assert "250" in run(*words).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_assessment_of_that_time(run, several, faulty, language):
    ended = run("board", several, *ISM_2019, "--year", "2019", "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    assert "2021" in ended.err
    assert "2022" in ended.err
    words = ("board", faulty, *ISM_2019, "--leave-out-faulty", "--year", "2019")
    assert "999" in run(*words, "--lang", language).err


def test_an_earlier_file(run, several, tmp_path):
    before = tmp_path / "sebelumnya.csv"
    before.write_text("agency,year,total\nKota Batu,2020,200\n", encoding="utf-8")
    words = ("board", several, *ISM_2019, "--year", "2022", "--before", before, "--lang", "en")
    assert "Rose most: Kota Batu (+40)" in run(*words).out
    later = tmp_path / "nanti.csv"
    later.write_text("agency,year,total\nKota Batu,2023,200\n", encoding="utf-8")
    refused = run(*words[:-3], later, "--lang", "en")
    assert (refused.code, refused.out) == (1, "")
    assert "is later than the present one" in refused.err


def test_faulty_rows_left_out_are_told(run, faulty, tmp_path):
    before = tmp_path / "sebelumnya.csv"
    before.write_text("agency,year,total\nKota Batu,2020,200\nKota Mars,2020,1\n", "utf-8")
    words = ("board", faulty, *ISM_2019, "--lang", "en", "--leave-out-faulty", "--before", before)
    table = run(*words)
    assert "Left out" in table.out
    assert table.err.count("left out: ") == 1
    assert run(*words, "--format", "json").err.count("left out: ") == 1
    for more in (("--format", "csv"), ("--agency", "Kota Batu")):
        assert run(*words, *more).err.count("left out: ") == 3
    as_json = run(*words, "--agency", "Kota Batu", "--format", "json")
    assert as_json.err.count("left out: ") == 1
    assert len(json.loads(as_json.out)["left_out"]) == 2
    assert run("board", faulty, *ISM_2019).code == 1


# Agencies of some kinds alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_alone(run, sampled, language):
    regencies = mi.sample().where(lambda facts: facts.agency.kind == "regency")
    found = board(mi.score(regencies), "province")
    words = ("board", "--sample", "--by", "provinsi", "--kind", "kabupaten", "--lang", language)
    assert run(*words).out == found.to_text(language) + "\n"
    ended = run(*words, "--group", "Jambi")
    assert ended.out == found["Jambi"].to_text(language) + "\n"
    said = "di papan ini: kabupaten" if language == "id" else "on this board: regency"
    assert said in ended.out
    assert said in run(*words, "--agency", "15.01").out
    both = run(*words, "--kind", "kota")
    assert (said + (", kota" if language == "id" else ", city")) in both.out
    every = run("board", "--sample", "--lang", language).out
    assert "papan ini" not in every
    assert "this board" not in every


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_agency_of_a_kind(run, several, faulty, language):
    ended = run("board", several, *ISM_2019, "--kind", "provinsi", "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    said = "jenis provinsi; yang ada: kota" if language == "id" else "province; there are: city"
    assert said in ended.err
    words = ("board", faulty, *ISM_2019, "--leave-out-faulty", "--kind", "ministry")
    assert "999" in run(*words, "--lang", language).err


def test_kinds_of_the_earlier_file(run, tmp_path):
    text = "agency,year,stage,total\nKota Batu,{0},{1},{2}\nJawa Timur,{0},{1},{2}\n"
    now, then, others = (tmp_path / f"{name}.csv" for name in ("kini", "dulu", "lain"))
    now.write_text(text.format(2023, "mandiri", 250), encoding="utf-8")
    then.write_text(text.format(2022, "mandiri", 200), encoding="utf-8")
    others.write_text("agency,year,total\nJawa Timur,2022,200\n", encoding="utf-8")
    words = ("board", now, *ISM_2019, "--kind", "kota", "--lang", "en", "--before")
    ended = run(*words, then)
    assert "Rose most: Kota Batu (+50)" in ended.out
    assert "Jawa Timur" not in ended.out
    assert "Remark: " not in ended.out
    ended = run(*words, others)
    assert "Rose most: nobody has risen" in ended.out
    assert "Jawa Timur" not in ended.out


# Differences that may be no rises


def test_a_claim_against_its_verification_is_remarked(run, tmp_path):
    text = "agency,year,stage,total\nKota Batu,2023,{},{}\nKota Malang,2023,{},{}\n"
    claim, found = tmp_path / "mandiri.csv", tmp_path / "verifikasi.csv"
    claim.write_text(text.format("mandiri", 300, "mandiri", 280), encoding="utf-8")
    found.write_text(text.format("verifikasi", 250, "verifikasi", 240), encoding="utf-8")
    words = ("board", claim, *ISM_2019, "--before", found)
    swapped = "the stages differ (verified before, self-assessed now): perhaps the two tables are"
    same = "both assessments are of the same time, 2023"
    said = " ".join(run(*words, "--lang", "en").out.split())
    assert f"Remark: {swapped} swapped (2 agencies)" in said
    assert f"Remark: {same} (2 agencies)" in said
    assert "mungkin tertukar (2 instansi)" in " ".join(run(*words).out.split())
    entry = " ".join(run(*words, "--agency", "Kota Batu", "--lang", "en").out.split())
    assert f"Remark: {swapped} swapped" in entry
    for form in ("csv", "json"):
        assert (
            f"{swapped} swapped (2 agencies)" in run(*words, "--lang", "en", "--format", form).err
        )
    alone = run(*words, "--agency", "Kota Batu", "--lang", "en", "--format", "json")
    assert swapped in alone.err
    new = tmp_path / "baru.csv"
    new.write_text("agency,year,total\nKota Batu,2022,200\nAceh,2022,1\n", encoding="utf-8")
    alone = run(
        "board", claim, *ISM_2019, "--before", new, "--agency", "Kota Malang", "--format", "json"
    )
    assert alone.err == ""


def test_what_is_known_of_weights_gives_no_board(run):
    ended = run("board", "--sample", "--weighting", "admissible", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "use bounds for what" in ended.err


# A group that is named without a grouping


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_without_a_grouping(run, language):
    words = ("board", "--sample", "--group", "Bengkulu", "--lang", language)
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert ("--by provinsi" if language == "id" else "--by province") in ended.err
    every = "semua instansi" if language == "id" else "all agencies"
    assert every in ended.err
    assert run(*words, "--by", "provinsi").code == 0
    refused = run(*words, "--by", "jenis")
    assert refused.code == 1
    assert "--by" not in refused.err
