"""The command `improve`: what it prints is what the library says."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from fractions import Fraction

import pytest

import meritindex as mi
from meritindex.analysis.improving import (
    Costs,
    ImprovementTable,
    RankTarget,
    best_within,
    improve,
)
from meritindex.analysis.improving.showing import improvement_document
from meritindex.layout import to_text
from meritindex.layout.wrapping import places
from meritindex.reporting.improvement_results import (
    improvement_json,
    improvements_csv,
    improvements_json,
)
from meritindex.reporting.results import json_text

NAME = "Kota Batu"
ONE = ("improve", "--sample", NAME)
LEVELS = ",".join(f"a{aspect}q1" for aspect in (2, 3, 7))


@pytest.fixture(scope="module")
def sample():
    return mi.sample()


@pytest.fixture(scope="module")
def batu(sample) -> mi.Assessment:
    return sample[mi.score(sample).card_of(NAME).row]


@pytest.fixture
def few(tmp_path):
    """Return a file of a few agencies of the sample."""
    rows = list(csv.reader(io.StringIO(mi.to_csv_text(mi.sample()))))
    wanted = {NAME, "Kota Madiun", "Kota Blitar", "Kota Malang"}
    path = tmp_path / "nilai.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *(row for row in rows if wanted & set(row))])
    return path


# One agency


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_plan(run, batu, language):
    for word in (NAME, "35.79"):
        ended = run("improve", "--sample", word, "--lang", language)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == improve(batu).to_text(language) + "\n"
    assert all(places(line) <= 80 for line in ended.out.splitlines())


def test_json_csv_and_a_page(run, batu, tmp_path):
    plan = improve(batu)
    path = tmp_path / "rencana.json"
    assert run(*ONE, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == json_text(improvement_json(plan))
    data = json.loads(path.read_text(encoding="utf-8"))
    assert {"agency", "target", "cost", "steps", "total", "band"} <= set(data)
    assert {"indicator", "from", "to", "cost"} <= set(data["steps"][0])
    assert run(*ONE, "--format", "csv").out == improvements_csv([plan])
    page = tmp_path / "rencana.html"
    assert run(*ONE, "-o", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert "<h1>Rencana perbaikan: Kota Batu, 2026</h1>" in text
    assert run(*ONE, "--format", "html", "--lang", "en").out.startswith(
        '<!DOCTYPE html>\n<html lang="en">'
    )


def test_other_plans(run, batu):
    ended = run(*ONE, "--alternatives", "2", "--lang", "en")
    assert ended.out == to_text(improvement_document(improve(batu), "en", 2)) + "\n"
    data = json.loads(run(*ONE, "--alternatives", "2", "--format", "json").out)
    assert len(data["alternatives"]) == 2
    rows = list(
        csv.DictReader(io.StringIO(run(*ONE, "--alternatives", "1", "--format", "csv").out))
    )
    assert sum(row["step"] == "1" for row in rows) == 2


def told(run, *words):
    """Return what the command says of the plan, as data."""
    ended = run(*ONE, *words, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def test_what_is_to_be_reached(run, batu, sample):
    assert told(run, "--to", "menengah") == json.loads(
        json_text(improvement_json(improve(batu, to="Menengah")))
    )
    assert told(run, "--to", "0,5")["target"] == "total 1/2"
    group = RankTarget(rank=100, among=mi.score(sample))
    assert told(run, "--to", "rank:100") == json.loads(
        json_text(improvement_json(improve(batu, to=group)))
    )
    found = best_within(batu, 3)
    assert told(run, "--most", "--budget", "3") == json.loads(json_text(improvement_json(found)))


def test_what_may_move(run, batu):
    expected = improve(
        batu,
        to="Lanjutan",
        fixed=["a6", "a7q1", "a8"],
        most_levels=2,
        prerequisites=[("a4q1_kabkota", "a4q2", "a2q1"), ("a3q1", "a3q2")],
        time_limit=60,
    )
    data = told(
        run,
        *("--to", "Lanjutan", "--fixed", "a6, a7q1", "--fixed", "a8", "--most-levels", "2"),
        *("--before", "a4q1_kabkota<a4q2<a2q1", "--before", "a3q1 < a3q2", "--time-limit", "60"),
    )
    assert data == json.loads(json_text(improvement_json(expected)))


def test_costs(run, batu, tmp_path):
    path = tmp_path / "biaya.csv"
    path.write_text(
        "code,level,cost,ready\na1q1,,10,2026-12-31\na2q1,3,2.5,\na2q1,4,7,2027-05-01\n",
        encoding="utf-8",
    )
    costs = Costs(
        by_indicator={"a1q1": 10, "a2q1": {3: "2.5", 4: 7}}, default=4, unit="juta rupiah"
    )
    expected = improve(
        batu,
        costs=costs,
        budget=200,
        ready={"a1q1": date(2026, 12, 31), "a2q1": {4: date(2027, 5, 1)}},
        by=date(2026, 12, 31),
    )
    data = told(
        run,
        *("--costs", path, "--cost", "4", "--unit", "juta rupiah", "--budget", "200"),
        *("--by", "31/12/2026"),
    )
    assert data == json.loads(json_text(improvement_json(expected)))
    assert (
        told(run, "--cost", "2.5")["cost"]
        == json.loads(json_text(improvement_json(improve(batu, costs=Fraction(5, 2)))))["cost"]
    )


def test_a_file_of_costs_that_names_too_few_is_refused(run, tmp_path):
    path = tmp_path / "biaya.csv"
    path.write_text("code,cost\na1q1,10\n", encoding="utf-8")
    ended = run(*ONE, "--costs", path)
    assert (ended.code, ended.out) == (1, "")
    assert "a2q1" in ended.err
    # What lacks the same steps is said in one line, with the way out.
    assert len(ended.err.splitlines()) < 6
    assert ended.err.count("--cost;") == len(ended.err.splitlines())


def test_the_result_does_not_overwrite_the_file_of_costs(run, tmp_path):
    path = tmp_path / "biaya.csv"
    path.write_text("code,cost\na1q1,10\n", encoding="utf-8")
    ended = run(*ONE, "--costs", path, "-o", path)
    assert ended.code == 2
    assert "menimpa masukan" in ended.err
    assert path.read_text(encoding="utf-8").startswith("code")


def test_open_weights(run, batu):
    data = told(run, "--weighting", "admissible", "--to", "Lanjutan")
    expected = improve(batu, to="Lanjutan", weighting=mi.Admissible())
    assert data == json.loads(json_text(improvement_json(expected)))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--to", "Gemilang"), ("Gemilang", "Tinggi")),
        (("--to", "0"), ("0",)),
        (("--fixed", "a99"), ("a99",)),
        (("--before", "a1q1<a1q2", "--before", "a1q2<a1q1"), ("a1q1", "a1q2")),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(run, words, named):
    for language in ("id", "en"):
        ended = run(*ONE, *words, "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert all(name in ended.err for name in named)


def test_an_agency_that_is_not_there(run):
    ended = run("improve", "--sample", "Kota Mars")
    assert (ended.code, ended.out) == (1, "")
    assert "Kota Mars" in ended.err


def test_one_of_several_assessments(run, few):
    text = few.read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    year = header.split(",").index("year")
    doubled = next(row for row in rows if NAME in row).split(",")
    doubled[year] = "2027"
    few.write_text("\n".join([header, *rows, ",".join(doubled)]) + "\n", encoding="utf-8")
    assert run("improve", few, NAME).code == 1
    ended = run("improve", few, NAME, "--year", "2027", "--format", "json")
    assert json.loads(ended.out)["year"] == 2027


# All of a file


@pytest.fixture
def table(few) -> ImprovementTable:
    return improve(mi.read_assessments(few, mi.instrument("ism-2026")))


def test_a_table(run, few, table, tmp_path):
    for language in ("id", "en"):
        ended = run("improve", few, "--lang", language)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == table.to_text(language) + "\n"
    assert run("improve", few, "--format", "json").out == json_text(improvements_json(table))
    assert run("improve", few, "--format", "csv").out == improvements_csv(table)
    page = tmp_path / "semua.html"
    assert run("improve", few, "-o", page).code == 0
    assert "<table>" in page.read_text(encoding="utf-8")


def test_a_rank_for_all(run, few):
    data = json.loads(run("improve", few, "--to", "rank:1", "--format", "json").out)
    assert {each["target"] for each in data["improvements"]} == {"rank 1"}
    assert any(each["status"] == "reached" for each in data["improvements"])


@pytest.mark.parametrize("who", [(), (NAME,)])
def test_a_rank_beyond_the_last_is_refused(run, few, who):
    assert run("improve", few, *who, "--to", "rank:3").code in {0, 1}
    said = {"id": "hanya 3 nilai", "en": "3 known totals; allowed: rank:1 to rank:3"}
    for language, part in said.items():
        ended = run("improve", few, *who, "--to", "rank:4", "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert part in ended.err
        assert "4" in ended.err


def test_a_code_that_is_not_there_is_taken_for_one_that_is_near(run):
    ended = run(*ONE, "--fixed", "a4q1", "--before", "a4q<a2q11", "--lang", "en")
    assert ended.code == 1
    assert '"a4q1" is no indicator or dimension' in ended.err
    assert "perhaps: a4q1_pusat_prov, a4q1_kabkota; there are:" in ended.err
    assert "perhaps: a2q1" in ended.err


def test_a_total_that_is_not_known_is_said_for_people(run, sample):
    unknown = next(card for card in mi.score(sample) if card.total is None)
    name, who = unknown.agency.name, unknown.assessment
    words = ("improve", "--sample", name, "--to", "Tinggi")
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    survey = "Kepuasan dan keterikatan pegawai ASN (survei) (satisfaction)"
    assert ended.err == (
        f"{name}: nilainya belum diketahui, karena belum ada: {survey}; isi dahulu, atau hitung "
        "yang belum ada sebagai nol (--missing zero)\n"
    )
    assert run(*words, "--missing", "zero").code == 0
    # While weights are open there is no such choice.
    ended = run(*words, "--weighting", "admissible", "--lang", "en")
    assert ended.err.endswith("(satisfaction); fill that in first\n")
    assert who.instrument.id == "ism-2026"


def test_rows_that_are_left_out_are_named(run, few):
    few.write_text(
        few.read_text(encoding="utf-8").replace("Kota Blitar", "Kota Mars"), encoding="utf-8"
    )
    words = ("improve", few, "--leave-out-faulty", "--lang", "en")
    assert "Kota Mars" in run(*words).out
    assert json.loads(run(*words, "--format", "json").out)["left_out"]
    for more in (
        ("--format", "csv"),
        (NAME,),
        (NAME, "--format", "json"),
        (NAME, "--format", "csv"),
    ):
        assert "left out: " in run(*words[:2], *more, *words[2:]).err


def test_progress_is_on_terminals_alone(run, few, monkeypatch):
    pytest.importorskip("rich", reason="the bar is drawn by rich (extra terminal)")
    assert run("improve", few).err == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    shown = run("improve", few).err
    assert "menyusun rencana" in shown
    assert "100%" in shown
