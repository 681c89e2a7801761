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
    for more in ((), ("--group", "Bali"), ("--agency", "Kota Denpasar")):
        path = tmp_path / "papan.html"
        words = ("board", "--sample", "--by", "province", *more, "--lang", language, "-o", path)
        assert run(*words).code == 0
        page = path.read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert f'<html lang="{language}">' in page
        assert title in page
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


def test_what_is_known_of_weights_gives_no_board(run):
    ended = run("board", "--sample", "--weighting", "admissible", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "use bounds for what" in ended.err
