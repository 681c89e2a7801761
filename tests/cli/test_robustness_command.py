"""The command `robustness`: what it prints is what the library says."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

import meritindex as mi
from meritindex.layout.wrapping import places
from meritindex.reporting.results import json_text
from meritindex.reporting.robustness_results import robustness_csv, robustness_json

ISM_2019 = ("--instrument", "ism-2019")
SAMPLE = ("robustness", "--sample", "--draws", "40")


@pytest.fixture(scope="module")
def sampled() -> mi.Robustness:
    return mi.robustness(mi.sample(), draws=40)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_table(run, sampled, language):
    ended = run(*SAMPLE, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == sampled.to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())


def test_ten_thousand_draws_are_the_default(run, points_2023):
    ended = run("robustness", points_2023, *ISM_2019, "--format", "json")
    data = json.loads(ended.out)
    assert (data["draws"], data["seed"]) == (10_000, 0)


def test_json_and_csv(run, sampled, tmp_path):
    path = tmp_path / "robustness.json"
    assert run(*SAMPLE, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == json_text(robustness_json(sampled))
    ended = run(*SAMPLE, "--format", "csv")
    assert (ended.out, ended.err) == (robustness_csv(sampled), "")
    assert len(list(csv.DictReader(io.StringIO(ended.out)))) == 546


def test_one_agency(run, sampled):
    for word, language in (("Kota Malang", "id"), ("35.73", "en")):
        ended = run(*SAMPLE, "--agency", word, "--lang", language)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == sampled["Kota Malang"].to_text(language) + "\n"
    row = sampled.row_of("Aceh")
    words = (*SAMPLE, "--agency", "Aceh", "--format")
    assert run(*words, "json").out == json_text(robustness_json(sampled, (row,)))
    assert run(*words, "csv").out == robustness_csv(sampled, (row,))
    ended = run(*SAMPLE, "--agency", "Kota Mars")
    assert (ended.code, ended.out) == (1, "")
    assert "Kota Mars" in ended.err


def test_one_of_several_assessments(run, tmp_path):
    path = tmp_path / "several.csv"
    path.write_text(
        "agency,year,stage,total\nKota Batu,2021,mandiri,250\nKota Batu,2022,penetapan,240\n",
        encoding="utf-8",
    )
    words = ("robustness", path, *ISM_2019, "--draws", "9", "--agency", "Kota Batu")
    assert run(*words).code == 1
    for more, rank in ((("--year", "2021"), 1), (("--stage", "penetapan"), 2)):
        (score,) = json.loads(run(*words, *more, "--format", "json").out)["scores"]
        assert (score["best_rank"], score["worst_rank"]) == (rank, rank)


# What is drawn


def test_seed_and_policy(run):
    words = ("--seed", "7", "--claimed", "any", "--unanswered", "lowest", "--format", "json")
    ended = run(*SAMPLE, *words)
    policy = mi.AnswerPolicy(claimed="any", unanswered="lowest")
    result = mi.robustness(mi.sample(), draws=40, seed=7, policy=policy)
    assert ended.out == json_text(robustness_json(result))


def test_settled_weights_leave_the_answers_open(run):
    data = json.loads(run(*SAMPLE, "--weighting", "equal-remainder", "--format", "json").out)
    assert data["weighting"]["name"] == "equal-remainder"
    assert (data["open_weights"], data["assessments_with_drawn_answers"]) == ({}, 27)
    ended = run(*SAMPLE, "--weighting", "stated", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "has not been published" in ended.err


def test_around_given_weights(run, tmp_path):
    words = (*SAMPLE, "--around", "equal-remainder", "--concentration", "80,5", "--format", "json")
    around = mi.Around(mi.EqualRemainder(), "80.5")
    result = mi.robustness(mi.sample(), around, draws=40)
    assert run(*words).out == json_text(robustness_json(result))
    facts = tmp_path / "facts.toml"
    facts.write_text('[weights]\na2 = ["10", "20"]\n', encoding="utf-8")
    around = mi.Around(mi.EqualRemainder(), "80.5", within=mi.Admissible({"a2": (10, 20)}))
    result = mi.robustness(mi.sample(), around, draws=40)
    ended = run(*words, "--weighting", f"admissible:{facts}")
    assert ended.out == json_text(robustness_json(result))
    ended = run(*SAMPLE, "--around", "stated", "--concentration", "-1", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "must be above 0" in ended.err


def test_no_input_is_overwritten(run, tmp_path):
    weights = tmp_path / "weights.csv"
    weights.write_text("code,weight\n", encoding="utf-8")
    words = ("--around", f"given:{weights}", "--concentration", "8")
    ended = run(*SAMPLE, *words, "-o", weights)
    assert (ended.code, weights.read_text(encoding="utf-8")) == (2, "code,weight\n")
    assert "menimpa masukan" in ended.err


# Progress


def test_a_terminal_sees_how_far_it_is(run, monkeypatch):
    pytest.importorskip("rich", reason="the bar is drawn by rich (extra terminal)")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ended = run("robustness", "--sample", "--draws", "512", "--agency", "Aceh")
    assert "menyimulasikan" in ended.err
    assert "50%" in ended.err
    assert ended.err.endswith("\x1b[2K")
    assert "\x1b" not in ended.out


# Faulty rows


def test_faulty_rows_left_out_are_told(run, faulty):
    words = ("robustness", faulty, *ISM_2019, "--draws", "9", "--lang", "en")
    assert run(*words).code == 1
    words = (*words, "--leave-out-faulty")
    table = run(*words)
    assert (table.code, table.err) == (0, "")
    assert "Left out" in table.out
    for more in (("--format", "csv"), ("--agency", "Kota Batu")):
        ended = run(*words, *more)
        assert ended.code == 0
        assert ended.err.count("left out: faulty.csv, line ") == 2
    as_json = run(*words, "--format", "json")
    assert as_json.err == ""
    assert len(json.loads(as_json.out)["left_out"]) == 2
