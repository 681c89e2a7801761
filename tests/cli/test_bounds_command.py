"""The command `bounds`: what it prints is what the library says."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys

import pytest

import meritindex as mi
from meritindex.cli import bounds_command
from meritindex.layout.wrapping import places
from meritindex.reporting.bounds_results import bounds_csv, bounds_json
from meritindex.reporting.results import json_text

ISM_2019 = ("--instrument", "ism-2019")


@pytest.fixture(scope="module")
def sampled() -> mi.BoundsTable:
    return mi.bounds(mi.sample())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_table(run, sampled, language):
    ended = run("bounds", "--sample", "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == sampled.to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())


def test_json_is_what_others_rely_on(run, sampled, tmp_path):
    path = tmp_path / "bounds.json"
    assert run("bounds", "--sample", "-o", path).code == 0
    written = path.read_text(encoding="utf-8")
    assert written == json_text(bounds_json(sampled))
    for score in json.loads(written)["scores"]:
        assert {"agency", "lower", "upper", "certain_band", "possible_bands"} <= set(score)
        assert {"exact", "decimal"} == set(score["lower"]) == set(score["upper"])
        assert {"best_rank", "worst_rank"} <= set(score)


def test_csv(run, sampled):
    ended = run("bounds", "--sample", "--format", "csv")
    assert ended.out == bounds_csv(sampled)
    assert len(list(csv.DictReader(io.StringIO(ended.out)))) == 546


def test_one_agency(run, sampled):
    row = sampled.row_of("Kota Malang")
    for word in ("Kota Malang", "35.73", "kota malang"):
        ended = run("bounds", "--sample", "--agency", word, "--lang", "en")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == sampled.card(row).to_text("en") + "\n"
    words = ("bounds", "--sample", "--agency", "Kota Malang", "--format")
    assert run(*words, "json").out == json_text(bounds_json(sampled, (row,)))
    assert run(*words, "csv").out == bounds_csv(sampled, (row,))


def test_one_of_several_assessments(run, points_2023, tmp_path):
    path = tmp_path / "several.csv"
    path.write_text(
        "agency,year,stage,total\nKota Batu,2021,mandiri,250\nKota Batu,2022,penetapan,240\n",
        encoding="utf-8",
    )
    words = ("bounds", path, *ISM_2019, "--agency", "Kota Batu")
    assert run(*words).code == 1
    for more, total in ((("--year", "2021"), "250"), (("--stage", "penetapan"), "240")):
        ended = run(*words, *more)
        assert f"Nilai sistem merit: {total} (dari 410)" in ended.out
    for language, said in (("id", "hanya bersama --agency"), ("en", "go with --agency alone")):
        for more in (("--year", "2021"), ("--stage", "-")):
            ended = run("bounds", points_2023, *ISM_2019, *more, "--lang", language)
            assert (ended.code, ended.out) == (2, "")
            assert said in ended.err


# Weightings


@pytest.mark.parametrize("word", ["stated", "equal-remainder", "admissible"])
def test_every_weighting_is_taken(run, points_2023, word):
    ended = run("bounds", points_2023, *ISM_2019, "--weighting", word, "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["weighting"]["name"] == word
    score = json.loads(ended.out)["scores"][0]
    assert score["lower"] == score["upper"] == {"exact": "635/2", "decimal": "317.5"}


def test_facts_from_a_file_narrow_the_bounds(run, sampled, tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text('[weights]\na2 = ["10", "20"]\na3 = "15"\n', encoding="utf-8")
    words = ("bounds", "--sample", "--weighting", f"admissible:{path}")
    ended = run(*words, "--format", "json")
    facts = mi.Admissible({"a2": (10, 20), "a3": 15})
    assert ended.out == json_text(bounds_json(mi.bounds(mi.sample(), facts)))
    assert "Yang diketahui: a2 dari 10 sampai 20; a3 sama dengan 15" in run(*words).out
    before = path.read_bytes()
    ended = run(*words, "-o", path)
    assert (ended.code, path.read_bytes()) == (2, before)
    assert "menimpa masukan" in ended.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[weights]\na2 = ["20", "10"]\nzz = "1"\n', ("zz has no weight", "above the upper end")),
        ('[weights]\na2 = "90"\n', ("no weights in maturity keep all facts",)),
        ('[weights]\na2 = "x"\ncolor = 1.0\n', ("facts.toml: weights.a2: ", "weights.color: ")),
    ],
)
def test_facts_that_make_no_sense(run, tmp_path, text, said):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    ended = run("bounds", "--sample", "--weighting", f"admissible:{path}", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert all(words in ended.err for words in said)


def test_a_score_needs_numbers(run, tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text('[weights]\na2 = "10"\n', encoding="utf-8")
    for word in ("admissible", f"admissible:{path}"):
        for command in (("score", "--sample"), ("explain", "--sample", "Kota Batu")):
            for language, said in (("id", "pakai bounds untuk"), ("en", "use bounds for what")):
                ended = run(*command, "--weighting", word, "--lang", language)
                assert (ended.code, ended.out) == (1, "")
                assert said in ended.err


# Doubtful answers


def test_a_policy_in_words(run):
    words = ("--verified", "within-1", "--evidenced", "down-1", "--claimed", "any")
    ended = run(
        *("bounds", "--sample", *words, "--unstated", "up-1", "--unanswered", "lowest"),
        *("--agency", "Aceh", "--format", "json"),
    )
    assert json.loads(ended.out)["policy"] == {
        "verified": "within-1",
        "evidenced": "down-1",
        "claimed": "any",
        "unstated": "up-1",
        "unanswered": "lowest",
    }
    policy = mi.AnswerPolicy(
        verified="within-1", evidenced="down-1", claimed="any", unstated="up-1", unanswered="lowest"
    )
    found = mi.bounds(mi.sample(), policy=policy)
    assert json.loads(ended.out)["scores"][0]["upper"]["exact"] == str(found.upper[0])


# Exact ranks


def test_exact_ranks_of_one_agency(run, sampled):
    pytest.importorskip("scipy")
    words = ("bounds", "--sample", "--agency", "Aceh", "--exact", "--format", "json")
    data = json.loads(run(*words).out)
    (score,) = data["scores"]
    assert (score["best_rank"], score["worst_rank"]) == sampled.exact_rank_range("Aceh")
    assert data["attained"] is True
    # Who is not ranked has no exact rank either.
    ended = run("bounds", "--sample", "--agency", "Kota Malang", "--exact", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "Rank: not ranked" in ended.out


def test_exact_ranks_of_a_group(run, tmp_path, monkeypatch):
    pytest.importorskip("scipy")
    few = mi.sample().where(lambda facts: facts.agency.province == "Bali")
    path = tmp_path / "bali.csv"
    path.write_text(mi.to_csv_text(few), encoding="utf-8", newline="")
    data = json.loads(run("bounds", path, "--exact", "--format", "json").out)
    assert data["attained"] is True
    # How far it is goes to a terminal.
    told = []

    @contextlib.contextmanager
    def bar(*_):
        yield lambda done, count: told.append((done, count))

    monkeypatch.setattr(bounds_command, "progress_bar", bar)
    again = json.loads(run("bounds", path, "--exact", "--format", "json").out)
    assert again == data
    ranked = sum(each["best_rank"] is not None for each in data["scores"])
    assert told == [(done, ranked) for done in range(1, ranked + 1)]
    ended = run("bounds", "--sample", "--exact", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    assert "519" in ended.err


@pytest.mark.parametrize(("language", "said"), [("id", "memerlukan scipy"), ("en", "needs scipy")])
def test_without_scipy_that_is_said(run, monkeypatch, language, said):
    monkeypatch.setitem(sys.modules, "scipy", None)
    ended = run("bounds", "--sample", "--exact", "--agency", "Aceh", "--lang", language)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert "meritindex[scipy]" in ended.err


# Faulty rows


def test_faulty_rows_left_out_are_told(run, faulty):
    words = ("bounds", faulty, *ISM_2019, "--lang", "en")
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
    missing = run(*words, "--agency", "Kota Malang")
    assert (missing.code, missing.out) == (1, "")
    assert "999" in missing.err


@pytest.mark.parametrize(
    ("language", "refused"),
    [
        ("en", "facts.toml: a9 has no weight in this instrument\n"),
        ("id", "facts.toml: a9 tidak diboboti dalam instrumen ini\n"),
    ],
)
def test_facts_that_the_instrument_does_not_allow_name_their_file(run, tmp_path, language, refused):
    path = tmp_path / "facts.toml"
    path.write_text('[weights]\na9 = "10"\n', encoding="utf-8")
    ended = run("bounds", "--sample", "--weighting", f"admissible:{path}", "--lang", language)
    assert (ended.code, ended.out, ended.err) == (1, "", refused)
