"""Every command takes a form, a table in a workbook, and a folder of forms, as it takes a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import meritindex as mi
from form_builders import form, typed_values
from workbook_builders import workbook

AGENCIES = ("Kota Jambi", "Kota Metro", "Kabupaten Sleman")
COMMANDS = (
    ("score",),
    ("score", "--format", "csv"),
    ("explain", "{file}", "Kota Jambi"),
    ("bounds",),
    ("improve", "{file}", "Kota Jambi"),
    ("influence", "--format", "json"),
    ("robustness", "--seed", "1"),
    ("board", "--by", "kind"),
    ("progress",),
    ("reconcile", "{file}", "{file}"),
)


@pytest.fixture(scope="module")
def given(tmp_path_factory) -> dict[str, Path]:
    """Return the same assessments as a CSV file, a table in a workbook, and a folder of forms."""
    many = mi.sample().where(lambda facts: facts.agency.name in AGENCIES)
    folder = tmp_path_factory.mktemp("given")
    text = mi.to_csv_text(many)
    (folder / "given.csv").write_text(text, encoding="utf-8", newline="")
    rows = list(csv.reader(text.splitlines()))
    (folder / "given.xlsx").write_bytes(workbook(*rows))
    (folder / "forms").mkdir()
    for number, one in enumerate(many):
        (folder / "forms" / f"{number}.xlsx").write_bytes(form(one.instrument, typed_values(one)))
    return {name: folder / name for name in ("given.csv", "given.xlsx", "forms")}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_the_same_of_all(run, given, words):
    said = {}
    for name, path in given.items():
        command, *others = words
        if "{file}" not in words:
            others = ["{file}", *others]
        ended = run(command, *[str(path) if word == "{file}" else word for word in others])
        said[name] = (ended.code, ended.out.replace(name, "file"), ended.err)
    assert said["given.csv"][0] == 0
    assert said["given.xlsx"] == said["given.csv"] == said["forms"]


def test_a_form_alone(run, given):
    ended = run("explain", given["forms"] / "1.xlsx", "Kota Metro")
    assert (ended.code, ended.err) == (0, "")
    assert "Kota Metro" in ended.out


def test_faults_name_sheet_and_cell(run, given, tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook(["agency", "a1q1"], ["Kota Jambi", 9], ["Kota Metro", 3]))
    for language, place in (("id", "lembar 'Sheet1', sel B2"), ("en", "sheet 'Sheet1', cell B2")):
        ended = run("score", path, "--lang", language)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith(f"table.xlsx, {place}: ")
    ended = run("score", path, "--leave-out-faulty", "--lang", "en")
    assert ended.code == 0
    assert "sheet 'Sheet1', cell B2" in ended.out + ended.err
    assert "Kota Metro" in ended.out


def test_two_files_that_contradict_each_other_name_their_rows(run, tmp_path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    first.write_bytes(
        workbook(
            ["agency", "year", "a1q1"],
            ["Kota Metro", 2025, 9],
            ["Kota Jambi", 2025, 1],
        )
    )
    second.write_bytes(workbook(["agency", "year", "a1q1"], ["Kota Jambi", 2025, 3]))
    ended = run("progress", first, second, "--leave-out-faulty", "--lang", "en")
    assert ended.code == 1
    assert ended.err.startswith("second.xlsx, sheet 'Sheet1', row 2, Kota Jambi: ")
    ended = run("progress", second, first, "--leave-out-faulty", "--lang", "en")
    assert ended.err.startswith("first.xlsx, sheet 'Sheet1', row 3, Kota Jambi: ")
