"""The words of the command `board`."""

from __future__ import annotations

import pytest

from meritindex.cli.parser import build_parser
from meritindex.definition import AgencyKind
from meritindex.language import LANGUAGES
from meritindex.scoring import GroupBy


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("province", GroupBy.PROVINCE),
        ("kind", GroupBy.KIND),
        ("provinsi", GroupBy.PROVINCE),
        ("Jenis", GroupBy.KIND),
        ("kanreg", GroupBy.KANREG),
        ("wilayah.CSV", "wilayah.CSV"),
    ],
)
def test_groupings(word, read):
    given = build_parser("id", sampled=True).parse_args(["board", "--sample", "--by", word])
    assert given.grouping == read
    assert isinstance(given.grouping, GroupBy) == (word != "wilayah.CSV")


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("provinsi", GroupBy.PROVINCE),
        ("Province", GroupBy.PROVINCE),
        ("jenis", GroupBy.KIND),
        ("kind", GroupBy.KIND),
        ("kanreg", GroupBy.KANREG),
    ],
)
def test_scores_have_the_same_groupings(word, read):
    given = build_parser("id", sampled=True).parse_args(["score", "--sample", "--by", word])
    assert given.by is read


def test_scores_have_no_groups_of_a_file(run):
    ended = run("score", "--sample", "--by", "wilayah.csv")
    assert (ended.code, ended.out) == (2, "")
    assert '"wilayah.csv" tidak ada; yang ada: provinsi, jenis, atau kanreg' in ended.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_grouping(run, language):
    ended = run("board", "--sample", "--by", "pulau", "--lang", language)
    assert (ended.code, ended.out) == (2, "")
    said = "tidak ada" if language == "id" else "there is no"
    assert f'"pulau" {said}' in ended.err or f'{said} "pulau"' in ended.err
    named = "provinsi, jenis, kanreg" if language == "id" else "province, kind, kanreg"
    assert named in ended.err


def test_kinds():
    words = ("board", "--sample", "--kind", "kabupaten", "--kind", "city")
    given = build_parser("id", sampled=True).parse_args(words)
    assert given.kinds == [AgencyKind.REGENCY, AgencyKind.CITY]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_kind(run, language):
    ended = run("board", "--sample", "--kind", "kecamatan", "--lang", language)
    assert (ended.code, ended.out) == (2, "")
    said = "bukan jenis instansi" if language == "id" else "is not a kind of agency"
    assert f'"kecamatan" {said}' in ended.err
    assert "kabupaten" in ended.err


@pytest.mark.parametrize("words", [("--count", "3"), ("--any-kind",)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_with_an_agency_alone(run, language, words):
    ended = run("board", "--sample", *words, "--lang", language)
    assert (ended.code, ended.out) == (2, "")
    said = "hanya bersama --agency" if language == "id" else "go with --agency alone"
    assert said in ended.err


@pytest.mark.parametrize("word", ["0", "1001", "x"])
def test_how_many_peers(run, word):
    ended = run("board", "--sample", "--agency", "Kota Batu", "--count", word)
    assert (ended.code, ended.out) == (2, "")


def test_a_group_or_an_agency(run):
    words = ("--group", "Bali", "--agency", "Kota Batu")
    assert run("board", "--sample", *words).code == 2
