from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import pytest

from meritindex.assessment import RowFacts
from meritindex.cli.selection import stage_of, year_of
from meritindex.definition import Agency, Stage
from meritindex.language import LANGUAGES

AGENCY = Agency(name="Kota Malang")
EARLY = RowFacts(agency=AGENCY, year=2025, date=dt.date(2025, 3, 1), stage=Stage.SELF_ASSESSED)
LATE = RowFacts(agency=AGENCY, year=2025, stage=Stage.DETERMINED)
UNSTATED = RowFacts(agency=AGENCY)
ALL = (EARLY, LATE, UNSTATED)


@pytest.fixture
def several(tmp_path: Path) -> Path:
    path = tmp_path / "several.csv"
    path.write_text(
        "agency,year,stage,total\n"
        "Kota Malang,2021,mandiri,250\n"
        "Kota Malang,2021,penetapan,240\n"
        "Kota Malang,2022-05-03,penetapan,260\n"
        "Kota Malang,2022-09-30,penetapan,270\n"
        "Kota Malang,,,280\n"
        "Kota Batu,2021,,290\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("keep", "word", "kept"),
    [
        (year_of, "2025", (EARLY, LATE)),
        (year_of, "2025-03-01", (EARLY,)),
        (year_of, "1/3/2025", (EARLY,)),
        (year_of, "-", (UNSTATED,)),
        (year_of, "2024", ()),
        (stage_of, "mandiri", (EARLY,)),
        (stage_of, "determined", (LATE,)),
        (stage_of, "-", (UNSTATED,)),
        (stage_of, "verifikasi", ()),
    ],
)
def test_words_that_choose(keep, word, kept):
    for language in LANGUAGES:
        assert tuple(facts for facts in ALL if keep(word, language)(facts)) == kept


@pytest.mark.parametrize(("keep", "word"), [(year_of, "25"), (year_of, ""), (stage_of, "final")])
def test_words_that_choose_nothing(keep, word):
    said = []
    for language in LANGUAGES:
        with pytest.raises(argparse.ArgumentTypeError) as caught:
            keep(word, language)
        said.append(str(caught.value))
        assert f'"{word}"' in said[-1]
    assert said[0] != said[1]


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (("--year", "2021", "--stage", "mandiri"), "250"),
        (("--year", "2021", "--stage", "determined"), "240"),
        (("--year", "2022-05-03"), "260"),
        (("--year", "30/09/2022", "--stage=penetapan"), "270"),
        (("--stage", "-"), "280"),
        (("--year", "-"), "280"),
    ],
)
def test_one_of_several_is_explained(run, several, words, total):
    ended = run("explain", several, "Kota Malang", "--instrument", "ism-2019", *words)
    assert (ended.code, ended.err) == (0, "")
    assert f"{total} (dari 410)" in ended.out


def test_what_can_be_chosen_is_listed(run, several):
    words = ("explain", several, "Kota Malang", "--instrument", "ism-2019")
    later = "2022-05-03, penetapan; 2022-09-30, penetapan"
    choices = f"2021, penilaian mandiri; 2021, penetapan; {later}; -, tahap tidak dinyatakan"
    for more, said in (
        ((), f'"Kota Malang" ada 5 kali dalam tabel: {choices}'),
        (("--year", "2022"), f'"Kota Malang" ada 2 kali dalam tabel: {later}'),
        (
            ("--year", "2020"),
            f'penilaian "Kota Malang" itu tidak ada dalam tabel; yang ada: {choices}',
        ),
    ):
        ended = run(*words, *more)
        assert (ended.code, ended.out, ended.err) == (1, "", f"{said}\n")


def test_wrong_words_are_wrong_usage(run, several):
    for more, said in (
        (("--year", "25"), '--year: "25" bukan tahun'),
        (("--stage", "final"), '--stage: "final" bukan tahap penilaian'),
    ):
        ended = run("explain", several, "Kota Malang", *more)
        assert ended.code == 2
        assert said in ended.err


@pytest.mark.parametrize("command", ["explain", "improve", "report"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", '"Rejang" tidak ada dalam tabel; mungkin: Kabupaten Rejang Lebong\n'),
        ("en", '"Rejang" is not in the table; perhaps: Kabupaten Rejang Lebong\n'),
    ],
)
def test_an_agency_that_is_meant_perhaps(run, command, language, said):
    ended = run(command, "--sample", "Rejang", "--lang", language)
    assert (ended.code, ended.out, ended.err) == (1, "", said)
