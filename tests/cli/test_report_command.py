"""The command `report`: what it writes is what the library makes."""

from __future__ import annotations

import json

import pytest

import meritindex as mi
from meritindex.language import LANGUAGES
from meritindex.reporting.board_cells import board_csv, group_csv
from meritindex.reporting.explanation_results import explanation_csv
from pages import check_page

HEAD = "agency,year,stage,total\n"


@pytest.fixture
def answers(tmp_path):
    """Return a file for ism-2019: two agencies, one of them of two years."""
    path = tmp_path / "nilai.csv"
    path.write_text(
        HEAD
        + "Kota Malang,2022,verified,250\n"
        + "Kota Malang,2023,verified,300\n"
        + "Kota Batu,2023,verified,200\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def sampled():
    return mi.score(mi.sample())


OLD = ("--instrument", "ism-2019")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency(run, sampled, tmp_path, language):
    path = tmp_path / "batu.html"
    ended = run("report", "--sample", "Kota Batu", "--lang", language, "-o", path)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    report = mi.agency_report(sampled["Kota Batu"], among=sampled)
    assert path.read_text(encoding="utf-8") == report.to_html(language)


def test_other_forms_of_an_agency(run, sampled, tmp_path):
    report = mi.agency_report(sampled["Kota Batu"], among=sampled)
    words = ("report", "--sample", "Kota Batu", "--lang", "en")
    assert run(*words).out == report.to_html("en")
    path = tmp_path / "batu.md"
    assert run(*words, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == report.to_markdown("en")
    assert run(*words, "--format", "table").out == report.to_text("en") + "\n"
    assert run(*words, "--format", "csv").out == explanation_csv(sampled["Kota Batu"], "en")
    assert json.loads(run(*words, "--format", "json").out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_and_all(run, sampled, tmp_path, language):
    board = mi.board(sampled, by="province")
    path = tmp_path / "a.html"
    assert run("report", "--sample", "--group", "jambi", "--lang", language, "-o", path).code == 0
    made = mi.board_report(board["Jambi"])
    assert path.read_text(encoding="utf-8") == made.to_html(language)
    ended = run("report", "--sample", "--group", "jambi", "--format", "csv", "--lang", language)
    assert ended.out == group_csv(board["Jambi"])
    refused = run("report", "--sample", "--group", "Atlantis", "--lang", language)
    assert (refused.code, refused.out) == (1, "")


def test_all_by_another_grouping(run, sampled, tmp_path):
    path = tmp_path / "a.md"
    assert run("report", "--sample", "--by", "jenis", "--lang", "en", "-o", path).code == 0
    board = mi.board(sampled, by="kind")
    assert path.read_text(encoding="utf-8") == mi.board_report(board).to_markdown("en")
    assert run("report", "--sample", "--by", "jenis", "--format", "csv").out == board_csv(board)


def test_a_folder(run, answers, tmp_path):
    ended = run("report", answers, *OLD, "--year", "2023", "-o", f"{tmp_path / 'laporan'}/")
    assert (ended.code, ended.err) == (0, "")
    folder = tmp_path / "laporan"
    assert "".join(ended.out.split()).endswith("laporan/index.html")
    assert ended.out.startswith("2 laporan instansi ditulis")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["35-73-kota-malang.html", "35-79-kota-batu.html", "index.html"]
    for name in names:
        check_page((folder / name).read_text(encoding="utf-8"))
    # A folder that is there needs no slash.
    words = ("report", answers, *OLD, "--year", "2023", "--format", "markdown", "--lang", "en")
    ended = run(*words, "-o", folder)
    assert ended.out.startswith("2 reports on agencies written")
    assert "[Kota Batu](35-79-kota-batu.md)" in (folder / "index.md").read_text(encoding="utf-8")


def test_which_of_several_assessments(run, answers, tmp_path):
    refused = run("report", answers, "Kota Malang", *OLD)
    assert refused.code == 1
    assert "2022" in refused.err
    assert run("report", answers, *OLD).code == 1
    ended = run("report", answers, "Kota Malang", *OLD, "--year", "2022", "--format", "markdown")
    assert ended.out.startswith("# Kota Malang, 2022\n")


def test_what_was_left_out_is_told(run, faulty, tmp_path):
    words = ("report", faulty, *OLD, "--leave-out-faulty", "-o")
    told = run("report", faulty, "Kota Batu", *words[2:], tmp_path / "a.html")
    assert "Kota Mars" in told.err
    ended = run(*words, f"{tmp_path / 'x'}/")
    assert "Kota Mars" in ended.err
    # The list of all says it itself.
    assert run(*words, tmp_path / "b.html").err == ""
    assert "Kota Mars" in (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "Kota Mars" in run(*words[:-1], "--format", "csv").err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("Kota Batu", "--group", "Jambi"), "--group"),
        (("Kota Batu", "--by", "kind"), "--by"),
        (("Kota Batu", "-o", "x/"), "FOLDER"),
        (("--group", "Jambi", "-o", "x/"), "FOLDER"),
        (("-o", "x/", "--format", "csv"), "--format"),
        (("--by", "warna"), "kanreg"),
    ],
)
def test_wrong_usage(run, tmp_path, monkeypatch, words, named, language):
    monkeypatch.chdir(tmp_path)
    ended = run("report", "--sample", *words, "--lang", language)
    assert (ended.code, ended.out) == (2, "")
    assert named in ended.err
    assert list(tmp_path.iterdir()) == []
