"""Every command in every form, by the ending of the file and by `--format`."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from meritindex import assessment
from meritindex.assessment import read_assessments
from meritindex.cli import reading
from meritindex.cli.answer import Answer
from meritindex.cli.colours import plain_style
from meritindex.cli.commands import _COMMANDS
from meritindex.cli.forms import ENDINGS, Form
from meritindex.files import write_text
from meritindex.language import Text

WHO = ("Kota Surabaya", "Kota Malang", "Kota Batu")
# Commands of results, with words for the files that the fixture makes.
RESULTS = {
    "score": ("score", "few.csv"),
    "score by": ("score", "few.csv", "--by", "province"),
    "bounds": ("bounds", "few.csv"),
    "bounds of one": ("bounds", "few.csv", "--agency", "Kota Batu"),
    "robustness": ("robustness", "few.csv", "--draws", "9"),
    "robustness of one": ("robustness", "few.csv", "--draws", "9", "--agency", "Kota Batu"),
    "influence": ("influence", "few.csv"),
    "influence without": ("influence", "few.csv", "--without", "a7"),
    "influence shift": ("influence", "few.csv", "--shift", "a7", "20"),
    "influence swap": ("influence", "few.csv", "--swap", "a2", "Kota Surabaya", "Kota Batu"),
    "influence bands": ("influence", "few.csv", "--band-changes", "a7", "Kota Batu"),
    "influence verify": ("influence", "few.csv", "--verify-first", "--draws", "9"),
    "explain": ("explain", "few.csv", "Kota Batu"),
    "board": ("board", "few.csv", "--by", "province"),
    "board of a group": ("board", "few.csv", "--by", "kind", "--group", "city"),
    "board of one": ("board", "few.csv", "--agency", "Kota Batu"),
    "improve": ("improve", "few.csv"),
    "improve of one": ("improve", "few.csv", "Kota Batu", "--alternatives", "1"),
    "progress": ("progress", "earlier.csv", "few.csv"),
    "progress of one": ("progress", "earlier.csv", "few.csv", "--agency", "Kota Batu"),
    "reconcile": ("reconcile", "few.csv", "found.csv"),
    "reconcile of one": ("reconcile", "few.csv", "found.csv", "--agency", "Kota Batu"),
    "report": ("report", "few.csv"),
    "report of a group": ("report", "few.csv", "--group", "Jawa Timur"),
    "report of one": ("report", "few.csv", "Kota Batu"),
    "record": ("record", "few.csv", "Kota Batu"),
}
OTHERS = {
    "instruments": ("instruments",),
    "show": ("show", "ism-2019"),
    "lint": ("lint", "ism-2019"),
    "diff": ("diff", "ism-2019", "ism-2026"),
    "sample": ("sample",),
    "template": ("template", "ism-2019"),
    "verify": ("verify", "batu.json"),
}
COMMANDS = RESULTS | OTHERS


def test_no_command_is_left_out():
    assert {name.split()[0] for name in COMMANDS} == set(_COMMANDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with answers of three agencies, earlier ones, what was found, a record."""
    place = tmp_path_factory.mktemp("forms")
    few = assessment.sample().where(lambda facts: facts.agency.name in WHO)
    text = assessment.to_csv_text(few)
    write_text(place / "few.csv", text)
    write_text(place / "earlier.csv", text.replace(",2026,", ",2025,"))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    lower = [
        [str(int(cell) - 1) if cell in {"2", "3", "4"} else cell for cell in row]
        for row in rows[1:]
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([rows[0], *lower])
    write_text(place / "found.csv", stream.getvalue().replace("self-assessed", "verified"))
    from meritindex import record, score

    (place / "batu.json").write_bytes(record(score(few)[WHO.index("Kota Batu")]))
    return place


@pytest.fixture
def there(folder, monkeypatch):
    monkeypatch.chdir(folder)


def rows_of(text):
    """Return the rows of a CSV text, each as long as the header."""
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert all(header)
    assert len(set(header)) == len(header)
    assert {len(row) for row in rows} <= {len(header)}
    return [dict(zip(header, row, strict=True)) for row in rows]


def no_constant(word):
    raise AssertionError(word)


def workbook_of(content):
    openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl (extra excel)")
    return openpyxl.load_workbook(io.BytesIO(content))


def check(form, content):
    """Look whether what was written is of a form; return its text."""
    if form is Form.XLSX:
        book = workbook_of(content)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value is not None for cell in cells)
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    text = content.decode()
    assert text.endswith("\n")
    assert "\x1b" not in text
    if form is Form.CSV:
        rows_of(text)
    elif form is Form.JSON:
        assert isinstance(json.loads(text, parse_constant=no_constant), dict)
    elif form is Form.HTML:
        assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
        assert re.search(r"<title>[^<]+</title>", text)
        assert not re.search(r"<script|<link|<img|\bsrc=|@import|url\(", text)
    else:
        assert text.strip()
        # A heading or a title of a column is there, in the way of the form.
        assert re.search(r"^#|^\|" if form is Form.MARKDOWN else r"[─═]|\w", text, re.MULTILINE)
    return text


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        (name, ending)
        for name in COMMANDS
        for ending in ENDINGS
        if (name, ending) != ("sample", ".xlsx")  # it is read back below
    ],
)
def test_every_command_in_every_form(run, there, tmp_path, name, ending):
    form = ENDINGS[ending]
    if form is Form.XLSX:
        pytest.importorskip("openpyxl", reason="workbooks need openpyxl (extra excel)")
    path = tmp_path / f"out{ending}"
    ended = run(*COMMANDS[name], "-o", path)
    if name == "template" and form not in {Form.CSV, Form.XLSX}:
        assert (ended.code, path.exists()) == (2, False)
        return
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    text = check(form, path.read_bytes())
    if name in RESULTS:
        assert re.search("sintetis|synthetic", text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["instruments", "explain"])
@pytest.mark.parametrize("form", [*Form, "text"])
def test_the_word_of_a_form_gives_the_same(there, capfdbinary, monkeypatch, tmp_path, name, form):
    if form is Form.XLSX:
        pytest.importorskip("openpyxl", reason="workbooks need openpyxl (extra excel)")
    from meritindex.cli import main

    ending = {form: ending for ending, form in ENDINGS.items()}[
        Form.TABLE if form == "text" else Form(form)
    ]
    path = tmp_path / f"out{ending}"
    assert main([*COMMANDS[name], "-o", str(path)]) == 0
    # Standard output of the process, which has bytes below it.
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main([*COMMANDS[name], "--format", str(form)]) == 0
        assert stream.buffer.getvalue() == path.read_bytes()


def test_both_languages(run, there):
    for name in ("explain", "instruments", "record"):
        for form in ("table", "csv", "html", "markdown"):
            one, other = (
                run(*COMMANDS[name], "--format", form, "--lang", language).out
                for language in ("id", "en")
            )
            # The entries of a record have no language.
            assert (one != other) is ((name, form) != ("record", "csv")), (name, form)


# What is in the forms that are new


def test_instruments_as_data(run):
    listed = json.loads(run("instruments", "--format", "json").out)["instruments"]
    assert [each["id"] for each in listed] == ["ism-2026", "ism-2019"]
    assert listed[0]["from"] == "2025-12-31"
    assert listed[0]["until_before"] is None
    rows = rows_of(run("instruments", "--format", "csv", "--lang", "en").out)
    assert [row["id"] for row in rows] == ["ism-2026", "ism-2019"]
    assert rows[0]["fingerprint"] == listed[0]["fingerprint"]


def test_the_instrument_as_data_is_what_its_file_says(run):
    from meritindex import instrument

    shown = json.loads(run("show", "ism-2019", "--format", "json").out)
    assert shown["fingerprint"] == instrument("ism-2019").fingerprint
    assert shown["instrument"]["id"] == "ism-2019"


def test_the_sample_reads_back_from_every_form_of_data(run, tmp_path):
    sample = assessment.sample()
    for ending in (".csv", ".json", ".xlsx"):
        if ending == ".xlsx":
            pytest.importorskip("openpyxl", reason="workbooks need openpyxl (extra excel)")
        path = tmp_path / f"sample{ending}"
        assert run("sample", "-o", path).code == 0
        assert read_assessments(path) == sample


def test_the_record_is_the_json_alone(run, there, tmp_path):
    path = tmp_path / "batu.json"
    assert run("record", "few.csv", "Kota Batu", "-o", path).code == 0
    assert path.read_bytes() == Path("batu.json").read_bytes()
    assert run("record", "few.csv", "Kota Batu").out.encode() == path.read_bytes()
    kept = json.loads(path.read_text(encoding="utf-8"))
    page = run("record", "few.csv", "Kota Batu", "--format", "html", "--lang", "en").out
    assert kept["checksum"] in page
    assert "This is a copy to read" in page
    rows = rows_of(run("record", "few.csv", "Kota Batu", "--format", "csv").out)
    assert {"where": "result.total", "recorded": kept["result"]["total"]} in rows


def test_a_verification_as_data(run, there, tmp_path):
    held = json.loads(run("verify", "batu.json", "--format", "json").out)
    assert (held["holds"], held["differences"]) == (True, [])
    text = Path("batu.json").read_text(encoding="utf-8")
    changed = tmp_path / "changed.json"
    write_text(changed, text.replace('"year":2026', '"year":2025'))
    for form in ("json", "csv", "html", "table"):
        ended = run("verify", changed, "--format", form, "--lang", "en")
        assert ended.code == 1
        assert "changed after it was made" in ended.out
    (row,) = rows_of(run("verify", changed, "--format", "csv").out)
    assert row["where"] == "checksum"


def test_findings_and_changes_as_rows(run, there, tmp_path):
    text = run("show", "ism-2019", "--format", "json").out
    assert json.loads(text)
    mine = tmp_path / "mine.toml"
    mine.write_text("not an instrument", encoding="utf-8")
    ended = run("lint", mine, "--format", "csv")
    assert ended.code == 1
    assert rows_of(ended.out)[0]["severity"] == "error"
    rows = rows_of(run("diff", "ism-2019", "ism-2026", "--format", "csv").out)
    data = json.loads(run("diff", "ism-2019", "ism-2026", "--format", "json").out)
    assert [row["field"] for row in rows] == [change["field"] for change in data["changes"]]


def test_every_step_of_an_explanation(run, there):
    data = json.loads(run(*COMMANDS["explain"], "--format", "json").out)
    rows = rows_of(run(*COMMANDS["explain"], "--format", "csv").out)

    def walk(node):
        yield node
        for child in node["children"]:
            yield from walk(child)

    nodes = list(walk(data["explanation"]))
    assert [node["code"] for node in nodes] == [row["code"] for row in rows]
    for node, row in zip(nodes, rows, strict=True):
        points = node["points"]
        assert row["points_exact"] == ("" if points is None else points["exact"])
    named = {code for node in nodes for code in node["sources"]}
    assert {source["code"] for source in data["sources"]} == named


def test_half_of_a_pair_is_an_escape():
    answer = Answer(title=Text.same("t"), rows=lambda: "\ud800\n", data=lambda: {"a": "\ud800"})
    assert answer.output(Form.CSV, "id", plain_style).content == b"\\ud800\n"
    content = answer.output(Form.JSON, "id", plain_style).content
    assert json.loads(content) == {"a": "\ud800"}


def test_a_file_has_no_colours_though_the_command_stands_on_a_terminal(
    run, there, tmp_path, monkeypatch
):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    path = tmp_path / "out.txt"
    assert run("score", "few.csv", "-o", path).code == 0
    shown = run("score", "few.csv").out
    assert "\x1b[30;43mDATA SINTETIS" in shown
    assert "\x1b" not in path.read_text(encoding="utf-8")


def test_a_folder_of_forms_is_read_and_says_how_far_it_is(run, tmp_path, monkeypatch):
    pytest.importorskip("openpyxl", reason="forms need openpyxl (extra excel)")
    form = tmp_path / "batu.xlsx"
    assert run("template", "ism-2026", "-o", form).code == 0
    assert run("template", "ism-2026", "-o", form).code == 2
    folder = tmp_path / "forms"
    folder.mkdir()
    book = workbook_of(form.read_bytes())
    for name in ("Kota Batu", "Kota Malang"):
        book.worksheets[0]["C8"] = name
        book.worksheets[0]["C11"] = 2026
        book.save(folder / f"{name}.xlsx")
    told = []

    @contextlib.contextmanager
    def bar(*_):
        yield lambda done, count: told.append((done, count))

    monkeypatch.setattr(reading, "progress_bar", bar)
    ended = run("score", folder, "--format", "csv")
    assert (ended.code, ended.err) == (0, "")
    assert [row["agency"] for row in rows_of(ended.out)] == ["Kota Batu", "Kota Malang"]
    assert told == [(1, 2), (2, 2)]


# Where a workbook can't go


def test_a_workbook_is_not_shown_on_a_terminal(run, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ended = run("instruments", "--format", "xlsx", "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert "a workbook can't be shown on a screen; name a file with -o" in ended.err


def test_nor_where_there_are_no_bytes(run, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert run("instruments", "--format", "xlsx").code == 2


def test_without_openpyxl_a_workbook_names_the_extra(run, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    ended = run("instruments", "-o", tmp_path / "x.xlsx")
    assert ended.code == 1
    assert "meritindex[excel]" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_result_is_not_put_among_the_forms_that_are_read(run, there, tmp_path):
    before = set(tmp_path.iterdir())
    for place in (tmp_path / "x.xlsx", tmp_path / "." / "x.XLSX"):
        ended = run("score", tmp_path, "-o", place, "--lang", "en")
        assert (ended.code, ended.out) == (2, "")
        assert "would stand in the folder" in ended.err
    assert set(tmp_path.iterdir()) == before
    # Other endings are not read, nor is what lies in a folder of the folder.
    for place in (tmp_path / "x.html", tmp_path / "none" / "x.xlsx"):
        assert "would stand" not in run("score", tmp_path, "-o", place, "--lang", "en").err


def test_the_workbook_of_scores_has_groups_where_they_were_asked_for(run, folder, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl")

    def columns(*words):
        path = tmp_path / f"{len(words)}.xlsx"
        assert run("score", folder / "few.csv", *words, "-o", path).code == 0
        return max(sheet.max_column for sheet in openpyxl.load_workbook(path))

    # The group, and the rank within it.
    assert columns("--by", "province") == columns() + 2
