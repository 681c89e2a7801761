"""A report is written in the form that the name of its file ends in."""

from __future__ import annotations

import pytest

import meritindex as mi
from builders import only_fault


@pytest.fixture(scope="module")
def report(sampled):
    return mi.agency_report(sampled["Kota Batu"])


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.md", "a.txt"])
def test_by_the_ending(report, tmp_path, name):
    path = tmp_path / name
    report.write(path, "en")
    made = {
        "html": report.to_html,
        "htm": report.to_html,
        "md": report.to_markdown,
        "txt": lambda language: report.to_text(language) + "\n",
    }[name.rpartition(".")[2].lower()]
    assert path.read_text(encoding="utf-8") == made("en")


def test_indonesian_is_the_usual_language(report, sampled, tmp_path):
    report.write(tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == report.to_markdown("id")
    assert report.document() == report.document("id")
    board = mi.board_report(mi.board(sampled, by="province")["Jambi"])
    board.write(str(tmp_path / "b.md"))
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == board.to_markdown("id")
    assert board.to_text() == board.to_text("id")


@pytest.mark.parametrize("name", ["a.pdf", "laporan"])
def test_other_endings_are_refused(report, tmp_path, name):
    fault = only_fault(mi.FileError, lambda: report.write(tmp_path / name))
    assert fault.code == "report-form"
    assert fault.allowed.id == ".html, .htm, .md, .txt"
    for language in ("id", "en"):
        assert ".html" in fault.in_language(language)
    assert not (tmp_path / name).exists()
