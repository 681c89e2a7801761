"""Writing a report in the form that the name of its file ends in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from meritindex import files
from meritindex.errors import Fault, FileError
from meritindex.language import Language, Text

TITLE = Text("Laporan sistem merit", "Merit-system report")

FORMS = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text"}


class Report(Protocol):
    """What can be written as a page, as Markdown and as text."""

    def to_html(self, language: Language = "id") -> str:
        """Return a whole page."""

    def to_markdown(self, language: Language = "id") -> str:
        """Return Markdown."""

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return text."""


def write_report(report: Report, path: str | os.PathLike[str], language: Language) -> None:
    """Write a report, complete or not at all.

    Raises:
        FileError: the name ends in none of `FORMS`, or the file can't be written.
    """
    form = FORMS.get(Path(path).suffix.lower())
    if form is None:
        raise FileError(_unknown_form(path))
    if form == "html":
        text = report.to_html(language)
    elif form == "markdown":
        text = report.to_markdown(language)
    else:
        text = report.to_text(language) + "\n"
    files.write_text(path, text)


def _unknown_form(path: str | os.PathLike[str]) -> Fault:
    allowed = Text.same(", ".join(FORMS))
    message = Text(
        "laporan tidak dapat ditulis sebagai {ending}; yang dapat: {allowed}",
        "a report can't be written as {ending}; it can as: {allowed}",
    ).fill(ending=Path(path).suffix or "–", allowed=allowed)
    name = Path(path).name
    return Fault(
        code="report-form",
        message=message,
        place=Text.same(name),
        value=Path(path).suffix,
        allowed=allowed,
    )
