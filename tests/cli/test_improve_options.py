"""The words of the command `improve`: what is wrong usage, and what words stand for."""

from __future__ import annotations

import pytest

from meritindex.cli.improve_options import codes_of, rank_of

HERE = ("improve", "--sample")
ONE = (*HERE, "Kota Batu")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((*HERE, "--year", "2026"), ("--year", "--stage")),
        ((*HERE, "--stage", "mandiri"), ("--year", "--stage")),
        ((*HERE, "--alternatives", "2"), ("--alternatives",)),
        ((*HERE, "--most", "--budget", "3"), ("--most",)),
        ((*ONE, "--most"), ("--most", "--budget")),
        ((*ONE, "--most", "--budget", "3", "--to", "Tinggi"), ("--most", "--to")),
        ((*ONE, "--by", "2026-12-31"), ("--by", "--costs")),
        ((*ONE, "--by", "besok", "--costs", "x.csv"), ("--by", "besok", "2026-12-31")),
        ((*ONE, "--budget", "mahal"), ("--budget", "mahal")),
        ((*ONE, "--budget", "-1"), ("--budget", "-1")),
        ((*ONE, "--cost", "1e3"), ("--cost", "1e3")),
        ((*ONE, "--cost", "1.500"), ("--cost", "1.500", "1500")),
        ((*ONE, "--budget", "25,000"), ("--budget", "25,000", "25000")),
        ((*ONE, "--to", "rank:satu"), ("--to", '"satu"', "rank:1")),
        ((*ONE, "--to", "rank:0"), ("--to", '"0"', "rank:1")),
        ((*ONE, "--time-limit", "-2"), ("--time-limit", "-2")),
        ((*ONE, "--most-levels", "0"), ("--most-levels", "0")),
        ((*ONE, "--alternatives", "21"), ("--alternatives", "21")),
        ((*ONE, "--before", "a4q2"), ("--before", "a4q2<a2q1")),
        ((*ONE, "--before", "a4q2<"), ("--before", "a4q2<")),
        ((*ONE, "--weighting", "equal"), ("--weighting", "admissible")),
        ((*ONE, "--format", "pdf"), ("--format", "html")),
    ],
)
def test_wrong_usage_is_refused_with_the_reason(run, words, named):
    messages = []
    for language in ("id", "en"):
        ended = run(*words, "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert all(name in ended.err for name in named)
        messages.append(ended.err)
    assert messages[0] != messages[1]


def test_a_file_must_be_named(run):
    for language, name in (("id", "BERKAS"), ("en", "FILE")):
        ended = run("improve", "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert name in ended.err


@pytest.mark.parametrize("language", ["id", "en"])
def test_help_names_every_option(run, language):
    ended = run("improve", "--help", "--lang", language)
    assert ended.code == 0
    for option in (
        *("--to", "--most", "--alternatives", "--time-limit"),
        *("--cost", "--costs", "--unit", "--budget"),
        *("--fixed", "--most-levels", "--before", "--by"),
    ):
        assert f"  {option}" in ended.out
    assert all(len(line) <= 80 for line in ended.out.splitlines())


def test_ranks():
    assert [
        rank_of(word) for word in ("rank:3", "RANK: 12", "rank:x", "rank:", "rank:1234567890")
    ] == [
        3,
        12,
        0,
        0,
        0,
    ]
    assert rank_of("Tinggi") is None
    assert rank_of(None) is None


def test_codes():
    assert codes_of("a1, a2q3,,") == ["a1", "a2q3"]
    assert codes_of("") == []
