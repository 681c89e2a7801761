"""Workbooks recalculated by LibreOffice, one process for all of them, and what their cells hold."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="recalculating a workbook needs LibreOffice (soffice)"
)

# Every sheet as CSV: a semicolon between cells, texts quoted, UTF-8, and numbers as they are and
# not as they are shown.
_AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
_MOST_SECONDS = 600

Sheet = list[list[str]]


def recalculated(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Sheet]]:
    """Return the cells of every sheet of every workbook, after LibreOffice has calculated them.

    Args:
        workbooks: by name; a name is letters, digits and `_`.
        folder: an empty one, to work in.
    """
    assert SOFFICE is not None
    given, made = folder / "given", folder / "made"
    given.mkdir()
    made.mkdir()
    for name, content in workbooks.items():
        (given / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", _AS_CSV, "--outdir", str(made)),
            *sorted(map(str, given.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=_MOST_SECONDS,
    )
    found: dict[str, dict[str, Sheet]] = {name: {} for name in workbooks}
    for path in made.iterdir():
        name, _, sheet = path.stem.partition("-")
        with path.open(encoding="utf-8", newline="") as stream:
            found[name][sheet] = list(csv.reader(stream, delimiter=";"))
    return found


def at(sheet: Sheet, row: int, column: int) -> str:
    """Return a cell, counted from 1; an empty text where the sheet has ended."""
    cells = sheet[row - 1] if row <= len(sheet) else []
    return cells[column - 1] if column <= len(cells) else ""
