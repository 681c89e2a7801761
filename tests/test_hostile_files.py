"""Files made to do harm: each is refused with its reason, or read as what it says and no more.

Every case is a file that somebody could send. What it must be called is in the table beside it; an
empty code means that it is harmless and read.
"""

from __future__ import annotations

import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import faults_of
from hostile.names import NAMES
from hostile.texts import CSV_CASES, JSON_CASES
from hostile.workbooks import ARCHIVE_CASES, CELL_CASES, PART_CASES, TEXT_CASES
from meritindex.assessment import AssessmentSet, read_assessments, read_forms, to_csv_text
from meritindex.assessment.workbooks import workbook_of
from meritindex.cli import main
from meritindex.errors import FileError, MeritIndexError
from workbook_builders import workbook

CASES = {
    f"{ending} {name}": (ending, *case)
    for ending, cases in (
        ("xlsx", {**TEXT_CASES, **ARCHIVE_CASES, **PART_CASES, **CELL_CASES}),
        ("csv", CSV_CASES),
        ("json", JSON_CASES),
    )
    for name, case in cases.items()
}

# What takes memory or time where nothing bounds it; read in a process that may not have much.
BOUNDED = (
    *("xlsx a flat bomb", "xlsx a bomb of many parts", "xlsx a bomb that says it is small"),
    *("xlsx nested bombs", "xlsx overlapping bombs", "xlsx very many entries"),
    *("xlsx a billion laughs", "xlsx an entity from the network", "xlsx an entity in UTF-16"),
    *("xlsx deep markup", "xlsx a tag without end", "xlsx millions of elements"),
    *("xlsx a million cells", "xlsx very many texts", "xlsx very many formats"),
    *("xlsx a text without end", "xlsx much text of large letters"),
    *("xlsx dimensions that lie", "xlsx a cell far down", "xlsx a number without end"),
    *("csv a million columns", "csv a number without end", "csv a cell without end"),
    *("json deep lists", "json deep objects", "json a number without end"),
)
ALONE = {
    *("xlsx millions of elements", "xlsx a million cells", "xlsx very many texts"),
    "xlsx much text of large letters",
}
HARMLESS_MARKS = ("\x1b", "\0", "\u202e", "\x07")


def test_there_are_more_than_fifty():
    assert len(CASES) > 50
    assert set(BOUNDED) <= set(CASES)


@pytest.mark.parametrize("name", sorted(set(CASES) - ALONE))
def test_a_hostile_file_is_refused_with_its_reason(name, tmp_path, monkeypatch, capsys):
    ending, build, code = CASES[name]
    path = tmp_path / f"file.{ending}"
    path.write_bytes(build())
    monkeypatch.chdir(tmp_path)
    if code:
        faults = faults_of_any(lambda: read_assessments(path))
        assert [fault.code for fault in faults] == [code]
        assert faults[0].place is not None
        assert faults[0].place.en.startswith(path.name)
    else:
        assert len(read_assessments(path)) == 1
    for language in ("id", "en"):
        assert main(["score", str(path), "--lang", language]) == (1 if code else 0)
        written = capsys.readouterr()
        assert (written.out == "") is bool(code)
        assert (written.err == "") is not bool(code)
        assert "Traceback" not in written.err
        assert not any(mark in written.out + written.err for mark in HARMLESS_MARKS)
    assert list(tmp_path.iterdir()) == [path]


def faults_of_any(action: Callable[[], object]) -> tuple:
    with pytest.raises(MeritIndexError) as caught:
        action()
    return caught.value.faults


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is limited on Linux alone"
)
def test_what_swells_is_refused_within_little_memory_and_time(tmp_path):
    """Each takes less than 400 MiB, and all together less time than a person waits."""
    paths = []
    for name in BOUNDED:
        ending, build, _ = CASES[name]
        path = tmp_path / f"{name}.{ending}"
        path.write_bytes(build())
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-m", "hostile.worker", *paths],
        cwd=Path(__file__).parent,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    codes = {line["name"].rpartition(".")[0]: line["codes"] for line in told}
    assert codes == {name: [code] if (code := CASES[name][2]) else [] for name in BOUNDED}


class TestPlaces:
    """Paths that are no files, or lead somewhere else."""

    @pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
    @pytest.mark.parametrize(
        "kind", ["pipe", "circle", "device", "nowhere", "too large", "no name"]
    )
    def test_what_is_no_file(self, tmp_path, ending, kind, capsys):
        path = tmp_path / f"file.{ending}"
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "circle":
            path.symlink_to(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        elif kind == "nowhere":
            path.symlink_to(tmp_path / "none")
        else:
            path = Path(f"{path}\0.{ending}")
        (fault,) = faults_of(FileError, lambda: read_assessments(path))
        assert fault.code == "file-unreadable"
        assert main(["score", str(path)]) == 1
        assert "Traceback" not in capsys.readouterr().err

    def test_a_workbook_of_a_terabyte(self, tmp_path):
        path = tmp_path / "file.xlsx"
        with path.open("wb") as stream:
            stream.truncate(2**40)
        (fault,) = faults_of(FileError, lambda: read_assessments(path))
        assert fault.code == "file-too-large"

    def test_a_folder_by_the_name_of_a_workbook(self, tmp_path):
        folder = tmp_path / "file.xlsx"
        folder.mkdir()
        for read in (read_assessments, read_forms):
            (fault,) = faults_of(FileError, lambda read=read: read(folder))
            assert fault.code == "folder-empty"

    def test_a_folder_of_very_many_workbooks(self, tmp_path):
        for number in range(5_001):
            (tmp_path / f"{number}.xlsx").touch()
        (fault,) = faults_of(FileError, lambda: read_assessments(tmp_path))
        assert fault.code == "folder-too-many"


def as_csv() -> bytes:
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow(["agency", "a1q1", "a1q1.evidence"])
    # An apostrophe in front is taken off where a formula follows, so that there is one more.
    guarded = ["'" + name if name.startswith("'=") else name for name in NAMES]
    rows.writerows([name, 3, name] for name in guarded)
    return stream.getvalue().encode()


def as_json() -> bytes:
    return json.dumps(
        [{"agency": name, "a1q1": 3, "a1q1.evidence": name} for name in NAMES]
    ).encode()


def as_workbook() -> bytes:
    shown = [name.replace("_x003D_", "_x005F_x003D_") for name in NAMES]
    return workbook(["agency", "a1q1", "a1q1.evidence"], *([name, 3, name] for name in shown))


class TestNames:
    """What names and texts say is shown wherever they go, and never run."""

    @pytest.fixture(params=["csv", "json", "xlsx"])
    def given(self, request, tmp_path) -> Path:
        path = tmp_path / f"given.{request.param}"
        build = {"csv": as_csv, "json": as_json, "xlsx": as_workbook}[request.param]
        path.write_bytes(build())
        return path

    @pytest.fixture
    def score(self, given, tmp_path) -> Callable[[str], bytes]:
        def score(ending: str) -> bytes:
            path = tmp_path / f"result.{ending}"
            assert main(["score", str(given), "-o", str(path)]) == 0
            return path.read_bytes()

        return score

    def test_they_are_read_as_they_are(self, given):
        found = read_assessments(given)
        assert [agency.name for agency in found.agencies] == list(NAMES)
        assert [facts.evidence[0][1] for facts in found.facts] == list(NAMES)
        assert read_again(to_csv_text(found), given.parent) == found

    def test_csv_has_no_formulas(self, score, given):
        for text in (score("csv").decode(), to_csv_text(read_assessments(given))):
            rows = list(csv.DictReader(io.StringIO(text)))
            assert len(rows) == len(NAMES)
            for row in rows:
                assert not row["agency"].startswith(("=", "+", "-", "@", "\t", "\r"))
                assert not row.get("a1q1.evidence", "").startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_json_holds_them_as_they_are(self, score):
        text = score("json").decode()
        assert all(name in _strings(json.loads(text)) for name in NAMES)

    def test_a_page_has_no_tags_of_theirs(self, score):
        page = Page()
        page.feed(score("html").decode())
        page.close()
        page.check()
        assert page.unsaid() == set()

    def test_markdown_has_no_tags_of_theirs(self, score):
        markdown = pytest.importorskip("markdown", reason="needs markdown, which the docs bring")
        page = Page()
        page.feed(markdown.markdown(score("md").decode(), extensions=["tables"]))
        page.close()
        page.check()
        assert page.unsaid() == set()

    def test_a_workbook_has_no_formulas_of_theirs(self, score):
        pytest.importorskip("openpyxl", reason="needs openpyxl, of the extra excel")
        content = score("xlsx")
        book = workbook_of("result.xlsx", content)
        sheets = [book.sheet(name) for name in book.sheet_names]
        held = {cell for sheet in sheets for row in sheet.rows.values() for cell in row.values()}
        assert set(NAMES) <= held
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            markup = "".join(archive.read(name).decode() for name in archive.namelist())
        targets = re.findall(r'Target="([^"]*)"', markup)
        assert not any("localhost" in target or "script" in target for target in targets)
        formulas = [part.partition("</f>")[0] for part in markup.split("<f>")[1:]]
        assert not any("cmd" in text or "SUM(A1)" in text or "HYPER" in text for text in formulas)


def _strings(data: object) -> set[str]:
    """Return all texts of a JSON value."""
    if isinstance(data, dict):
        return {text for item in data.values() for text in _strings(item)}
    if isinstance(data, list):
        return {text for item in data for text in _strings(item)}
    return {data} if isinstance(data, str) else set()


def read_again(text: str, folder: Path) -> AssessmentSet:
    path = folder / "again.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_assessments(path)


class Page(html.parser.HTMLParser):
    """What a browser makes of a page: its tags and their attributes, and what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.said: list[str] = []
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag in {"td", "th", "p", "h1", "h2", "h3", "li"}:
            self.said.append("")

    def handle_data(self, data: str) -> None:
        self.said[-1:] = ["".join(self.said[-1:]) + data]

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def unsaid(self) -> set[str]:
        """Return the names that the page doesn't say as they are."""
        return set(NAMES) - {" ".join(text.split()) for text in self.said}

    def check(self) -> None:
        """Check that nothing on the page runs or leads to where a name says."""
        assert not self.tags & {"script", "img", "svg", "iframe", "object", "embed", "form", "link"}
        assert not [name for name, _ in self.attributes if name.startswith("on")]
        assert not [value for _, value in self.attributes if value and "localhost" in value]
        assert not [value for _, value in self.attributes if value and "javascript" in value]
        assert not [text for text in self.comments if "Badan" in text]
