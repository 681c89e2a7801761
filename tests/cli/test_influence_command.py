"""The command `influence`: what it prints is what the library says."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

import meritindex as mi
from meritindex.layout.wrapping import places
from meritindex.reporting.influence_results import (
    band_changes_json,
    influence_json,
    sobol_json,
    swap_json,
    verify_first_json,
    weight_change_json,
)
from meritindex.reporting.results import json_text

ISM_2019 = ("--instrument", "ism-2019")
SAMPLE = ("influence", "--sample")
JSON = ("--format", "json")
PAIR = ("Kota Madiun", "Riau")


@pytest.fixture(scope="module")
def found() -> mi.Influence:
    return mi.influence(mi.sample())


@pytest.fixture
def several(tmp_path):
    """Return a file in which an agency has several assessments."""
    path = tmp_path / "several.csv"
    header = "agency,year,stage,a1,a2,a3,a4,a5,a6,a7,a8"
    rows = (
        "Kota Batu,2021,mandiri,10,20,100,30,60,30,10,20",
        "Kota Batu,2022,penetapan,40,10,90,30,60,30,10,20",
        "Kota Malang,2022,penetapan,20,30,100,30,60,30,10,20",
    )
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


# Each question, and what the library says to it


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_makes_agencies_differ(run, found, language, tmp_path):
    ended = run(*SAMPLE, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == found.to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())
    path = tmp_path / "influence.json"
    assert run(*SAMPLE, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == json_text(influence_json(found))


@pytest.mark.parametrize(
    ("words", "weight"),
    [(("--without", "a7"), 0), (("--shift", "a7", "12,5"), "12.5"), (("--shift", "a7", "0"), 0)],
)
def test_another_weight(run, found, words, weight):
    change = found.shifted("a7", to=weight)
    ended = run(*SAMPLE, *words, "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == change.to_text("en") + "\n"
    assert run(*SAMPLE, *words, *JSON).out == json_text(weight_change_json(change))


def test_where_two_agencies_swap(run, found):
    swap = found.swap("a7", *PAIR)
    ended = run(*SAMPLE, "--swap", "a7", *PAIR, "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    said = " ".join(ended.out.split())
    assert "SYNTHETIC" in said
    assert swap.as_text().en in said
    data = json.loads(run(*SAMPLE, "--swap", "a7", *PAIR, *JSON).out)
    assert (data["instrument"], data["synthetic"]) == ("ism-2026", True)
    assert swap_json(swap).items() <= data.items()


def test_where_a_band_changes(run, found):
    (change,) = changes = found.band_changes("a7", "Kabupaten Maros")
    words = (*SAMPLE, "--band-changes", "a7", "Kabupaten Maros")
    ended = run(*words, "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert change.as_text().en in " ".join(ended.out.split())
    data = json.loads(run(*words, *JSON).out)
    assert (data["weighting"], data["agency"], data["band"]) == (
        "equal-remainder",
        "Kabupaten Maros",
        "Dasar",
    )
    assert data["changes"] == band_changes_json(changes)


def test_what_to_verify_first(run, found):
    words = (*SAMPLE, "--verify-first", "--draws", "50")
    first = mi.verify_first(found.scored, draws=50)
    assert run(*words, "--lang", "en").out == first.to_text("en") + "\n"
    alone = mi.verify_first(
        found.scored, "Aceh", policy=mi.AnswerPolicy(claimed="any"), draws=50, seed=3
    )
    ended = run(*words, "--seed", "3", "--claimed", "any", "--agency", "Aceh", *JSON)
    assert ended.out == json_text(verify_first_json(alone))
    data = json.loads(run(*SAMPLE, "--verify-first", "--agency", "Aceh", *JSON).out)
    assert (data["draws"], data["seed"]) == (1000, 0)


def test_what_to_verify_first_of_one_agency_alone(run, tmp_path):
    path = tmp_path / "one.csv"
    one = mi.sample().rows(np.array([0]))
    path.write_text(mi.to_csv_text(one), encoding="utf-8", newline="")
    assert run("influence", path, "--verify-first").code == 0
    # Of one agency there are no differences.
    ended = run("influence", path, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "at least two" in ended.err


def test_which_open_weights_decide(run, found, tmp_path):
    pytest.importorskip("SALib")
    words = (*SAMPLE, "--sobol", "--samples", "4")
    ended = run(*words, "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == found.sobol(samples=4).to_text("en") + "\n"
    facts = tmp_path / "facts.toml"
    facts.write_text('[weights]\na2 = ["10", "20"]\n', encoding="utf-8")
    words = (*words, "--of", "Aceh", "--seed", "5", "--facts", facts)
    expected = found.sobol(mi.Admissible({"a2": (10, 20)}), "Aceh", samples=4, seed=5)
    assert run(*words, *JSON).out == json_text(sobol_json(expected))
    before = facts.read_bytes()
    ended = run(*words, "-o", facts)
    assert (ended.code, facts.read_bytes()) == (2, before)
    ended = run(*SAMPLE, "--sobol", "--samples", "3", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "powers of two" in ended.err


@pytest.mark.parametrize(("language", "said"), [("id", "memerlukan SALib"), ("en", "needs SALib")])
def test_without_salib_that_is_said(run, monkeypatch, language, said):
    for name in ("SALib", "SALib.analyze", "SALib.sample"):
        monkeypatch.setitem(sys.modules, name, None)
    ended = run(*SAMPLE, "--sobol", "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert "meritindex[sobol]" in ended.err


# What it rests on


def test_weights_of_the_callers(run, tmp_path):
    path = tmp_path / "weights.csv"
    weights = {"a1": 10, "a2": 20, "a3": 15, "a4": 10, "a5": 10, "a6": 15, "a7": 10, "a8": 10}
    lines = [f"{code},{weight}" for code, weight in weights.items() if code not in ("a1", "a8")]
    path.write_text("\n".join(("code,weight", *lines)) + "\n", encoding="utf-8")
    ended = run(*SAMPLE, "--weighting", f"given:{path}", *JSON)
    read = mi.Given({code: weight for code, weight in weights.items() if code not in ("a1", "a8")})
    assert ended.out == json_text(influence_json(mi.influence(mi.sample(), read)))
    ended = run(*SAMPLE, "--verify-first", "--weighting", "admissible", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "use bounds for what" in ended.err


def test_one_of_several_assessments(run, several):
    words = ("influence", several, *ISM_2019)
    asked = ("--band-changes", "a1", "Kota Batu")
    ended = run(*words, *asked, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "2 times" in ended.err
    assert "Kota Batu, 2022" in run(*words, *asked, "--stage", "penetapan").out
    ended = run(*words, "--swap", "a1", "Kota Batu", "Kota Malang", "--year", "2022")
    assert (ended.code, ended.err) == (0, "")
    ended = run(*words, "--verify-first", "--agency", "Kota Batu", "--year", "2021", *JSON)
    assert ended.code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--without", "zz"), "no code zz"),
        (("--without", "a7q1"), "can't be changed"),
        (("--shift", "a7", "-3"), "outside the range"),
        (("--shift", "a7", "much"), "not a number"),
        (("--swap", "a7", "Aceh", "Aceh"), "can't swap with itself"),
        (("--swap", "a7", "Aceh", "Kota Mars"), "Kota Mars"),
        (("--band-changes", "a7", "Kota Malang"), "is not known"),
        (("--verify-first", "--agency", "Kota Mars"), "Kota Mars"),
    ],
)
def test_questions_without_an_answer(run, words, said):
    ended = run(*SAMPLE, *words, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


def test_faulty_rows_left_out_are_told(run, several):
    with several.open("a", encoding="utf-8") as file:
        file.write("Kota Mars,2022,,20,30,100,30,60,30,10,20\n")
    words = ("influence", several, *ISM_2019, "--lang", "en")
    assert run(*words).code == 1
    words = (*words, "--leave-out-faulty")
    for question in ((), ("--without", "a1"), ("--swap", "a1", "Kota Batu", "Kota Malang")):
        asked = (*words, *question, *(("--year", "2022") if "--swap" in question else ()))
        ended = run(*asked)
        assert (ended.code, ended.err) == (0, "")
        assert "Left out" in ended.out
        assert len(json.loads(run(*asked, *JSON).out)["left_out"]) == 1
