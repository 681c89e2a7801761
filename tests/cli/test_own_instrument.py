"""A ministry's own instrument file goes wherever an instrument of the catalog goes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import meritindex as mi
from meritindex.cli.commands import _COMMANDS

OWN = Path(__file__).parents[1] / "catalog" / "sound.toml"
BROKEN = Path(__file__).parents[1] / "catalog" / "broken" / "weights-99.toml"
ANSWERS = (
    "agency,year,jenis,p1,p2,m1,survei,pelatihan\n"
    'Kota Malang,2030,daerah,2,1,2,"0,8",95\n'
    "Kota Batu,2030,daerah,1,1,0,0.5,50\n"
)

# Each command with such a file; None where a command takes no instrument at all.
WORDS = {
    "instruments": None,  # lists the catalog
    "sample": None,  # is made for one instrument of the catalog
    "show": ("show", "{own}"),
    "lint": ("lint", "{own}"),
    "template": ("template", "{own}"),
    "diff": ("diff", "{own}", "ism-2026"),
    "score": ("score", "{answers}", "--instrument", "{own}"),
    "bounds": ("bounds", "{answers}", "--instrument", "{own}"),
    "robustness": ("robustness", "{answers}", "--instrument", "{own}", "--draws", "9"),
    "influence": ("influence", "{answers}", "--instrument", "{own}"),
    "explain": ("explain", "{answers}", "Kota Batu", "--instrument", "{own}"),
    "improve": ("improve", "{answers}", "--instrument", "{own}"),
    "reconcile": ("reconcile", "{answers}", "{answers}", "--instrument", "{own}"),
    "progress": ("progress", "{answers}", "--instrument", "{own}"),
    "report": ("report", "{answers}", "--by", "kind", "--instrument", "{own}"),
    "board": ("board", "{answers}", "--by", "kind", "--instrument", "{own}"),
    "record": ("record", "{answers}", "Kota Batu", "--instrument", "{own}"),
    "verify": ("verify", "{record}", "--instrument", "{own}"),
}


def test_no_command_is_left_out():
    assert set(WORDS) == set(_COMMANDS)


@pytest.fixture
def files(run, tmp_path):
    """Return the names that the words above hold, each of a file."""
    answers, record = tmp_path / "answers.csv", tmp_path / "record.json"
    answers.write_text(ANSWERS, encoding="utf-8")
    words = ("record", answers, "Kota Malang", "--instrument", OWN, "-o", record)
    assert run(*words).code == 0
    return {"answers": answers, "record": record}


def filled(words, own, files):
    return [word.format(own=own, **files) for word in words]


@pytest.mark.parametrize("command", [name for name, words in WORDS.items() if words])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_command_takes_an_instrument_file(run, files, command, language):
    ended = run(*filled(WORDS[command], OWN, files), "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.strip()


@pytest.mark.parametrize("command", [name for name, words in WORDS.items() if words])
def test_every_command_names_the_fault_of_a_broken_file(run, files, command):
    ended = run(*filled(WORDS[command], BROKEN, files), "--lang", "en")
    assert ended.code == 1
    assert "weights-99.toml" in ended.err + ended.out
    said = " ".join((ended.err + ended.out).split())
    assert "the weights in indeks add up to 99 instead of 100" in said


@pytest.mark.parametrize("command", [name for name, words in WORDS.items() if words])
def test_every_command_names_a_file_that_is_not_there(run, files, command, tmp_path):
    ended = run(*filled(WORDS[command], tmp_path / "absent.toml", files), "--lang", "en")
    assert ended.code == 1
    assert "absent.toml" in ended.err + ended.out


def test_what_comes_out_is_of_that_instrument(run, files):
    own = mi.load_instrument(OWN)
    shown = run("show", OWN, "--lang", "en")
    assert own.title.en in shown.out
    header = run("template", OWN).out.splitlines()[0].split(",")
    assert header[4:] == ["jenis", "p1", "p2", "m1", "survei", "pelatihan"]
    scored = run("score", files["answers"], "--instrument", OWN, "--format", "json")
    result = json.loads(scored.out)
    assert result["instrument"] == own.id
    scored = run("score", files["answers"], "--instrument", OWN, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(scored.out)))
    # (50 × (1 + 1/2) / 2 + 25 × 1 + 12.5 × 0.8 + 12.5 × 1) / 100, and half of the process alone
    assert [(row["total"], row["band"]) for row in found] == [
        ("0.85", "Sangat Baik"),
        ("0.3125", "Kurang"),
    ]
    explained = run("explain", files["answers"], "Kota Batu", "--instrument", OWN, "--lang", "en")
    assert "An example regulation" in explained.out
    record = json.loads(Path(files["record"]).read_text("utf-8"))
    assert own.fingerprint in json.dumps(record)
    assert run("verify", files["record"], "--instrument", OWN).code == 0


def test_a_record_without_its_instrument_asks_for_it(run, files):
    ended = run("verify", files["record"], "--lang", "en")
    assert ended.code == 1


def test_the_ending_of_the_file_may_be_in_capitals(run, tmp_path):
    path = tmp_path / "OWN.TOML"
    path.write_bytes(OWN.read_bytes())
    assert run("template", path).code == 0
