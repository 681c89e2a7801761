"""Running the command line inside the test's own process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from meritindex.cli import main


@attrs.frozen
class Run:
    """How a command ended, and what it wrote."""

    code: int | str | None
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the words it is given, at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words: str | Path) -> Run:
        try:
            code: int | str | None = main([str(word) for word in words])
        except SystemExit as end:
            code = end.code
        written = capsys.readouterr()
        return Run(code, written.out, written.err)

    return command


@pytest.fixture
def points_2023(tmp_path: Path) -> Path:
    """Return a file for ism-2019: points of all aspects, of seven of them, and a total alone."""
    path = tmp_path / "points-2023.csv"
    path.write_text(
        "agency;year;stage;a1;a2;a3;a4;a5;a6;a7;a8;total\n"
        "Kota Malang;2023;verified;37,5;30;100;30;60;30;10;20;\n"
        "Kabupaten Malang;2023;verified;;30;100;30;60;30;10;20;\n"
        "Kota Surabaya;2023;determined;;;;;;;;;326,5\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a file for ism-2019 of which two rows have faults."""
    path = tmp_path / "faulty.csv"
    path.write_text(
        "agency,year,total\nKota Malang,2023,999\nKota Mars,2023,200\nKota Batu,2023,300\n",
        encoding="utf-8",
    )
    return path
