"""The command `lint`: what it prints, in which form, and how it ends."""

from __future__ import annotations

import json

import meritindex as mi
from meritindex.analysis.lint import findings_document
from meritindex.layout import to_markdown

FAULTY = """\
format = 1
id = "mine"
family = "mine"
root = "index"
default_weighting = "stated"
title = "Indeks saya"

[sources.S1]
title = "Peraturan"

[scales.level]
levels = [0, 1, 2]
points = ["0", "1", "1"]
cumulative = true
standing = "official"
sources = ["S1"]

[bands.index]
standing = "official"
sources = ["S1"]
items = [{ name = "Rendah", below = "5" }, { name = "Tinggi", from = "5" }]

[dimensions.index]
name = "Indeks"
children = ["a"]
rule = { type = "weighted-mean", standing = "official", sources = ["S1"] }
bands = "index"
standing = "official"
sources = ["S1"]

[indicators.a]
name = "A"
question = "A?"
scale = "level"
levels.id = ["tidak ada", "ada", "lengkap"]
levels.en = ["none", "some", "all"]
evidence = ["surat"]
weight = { value = "1", standing = "official", sources = ["S1"] }
standing = "official"
sources = ["S1"]
"""


def test_a_sound_instrument_ends_well(run):
    for language in ("id", "en"):
        ended = run("lint", "ism-2026", "--lang", language)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == mi.lint(mi.instrument("ism-2026")).to_text(language) + "\n"
    assert "weight-unpublished (maturity): the weights of a2" in ended.out


def test_an_error_ends_with_1(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FAULTY, encoding="utf-8")
    ended = run("lint", path, "--lang", "en")
    assert (ended.code, ended.err) == (1, "")
    assert "Findings: 1 error, 1 warning and 1 note." in ended.out
    assert "band-unreachable (index)" in ended.out
    path.write_text(FAULTY.replace('"5"', '"1"'), encoding="utf-8")
    assert run("lint", path).code == 0


def test_a_file_that_cannot_be_loaded(run, tmp_path):
    path = tmp_path / "MINE.TOML"
    path.write_text(FAULTY.replace('value = "1"', 'value = "-1"'), encoding="utf-8")
    ended = run("lint", path)
    assert (ended.code, ended.err) == (1, "")
    assert "weight-negative (MINE.TOML" in ended.out
    absent = run("lint", tmp_path / "absent.toml")
    assert (absent.code, absent.err) == (1, "")


def test_what_is_no_instrument_is_refused(run):
    ended = run("lint", "ism-1999")
    assert (ended.code, ended.out) == (1, "")
    assert "ism-1999" in ended.err


def test_as_data(run, tmp_path):
    ended = run("lint", "ism-2019", "--format", "json")
    data = json.loads(ended.out)
    assert (ended.code, data["instrument"]) == (0, "ism-2019")
    assert [each["code"] for each in data["findings"]] == ["source-unused"]
    path = tmp_path / "mine.toml"
    path.write_text(FAULTY, encoding="utf-8")
    assert run("lint", path, "--format", "json").code == 1


def test_into_a_file(run, tmp_path):
    page, data = tmp_path / "findings.md", tmp_path / "findings.json"
    assert run("lint", "ism-2019", "--lang", "en", "-o", page).out == ""
    findings = mi.lint(mi.instrument("ism-2019"))
    assert page.read_text(encoding="utf-8") == to_markdown(findings_document(findings, "en")) + "\n"
    run("lint", "ism-2019", "-o", data)
    assert json.loads(data.read_text(encoding="utf-8"))["instrument"] == "ism-2019"


def test_the_input_is_not_overwritten(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FAULTY, encoding="utf-8")
    assert run("lint", path, "-o", path).code == 2
    assert path.read_text(encoding="utf-8") == FAULTY
