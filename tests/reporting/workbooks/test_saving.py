"""A workbook as bytes: the same ones each time, with the values of its formulas."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from meritindex.reporting.workbooks import saving
from workbook_cases import opened

openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl")


def workbook() -> object:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Hasil"
    sheet.append([2, "=A1*2", '=IF(A1>1,"a<b","c&d")', "=A1/3"])
    sheet["B1"].number_format = "0.00"
    for _ in range(3):
        sheet.append(["=A1", "text"])
    return made


def test_formulas_are_stored_with_their_values() -> None:
    values = {"B1": 4, "C1": "a<b", "D1": Fraction(2, 3), "A9": 1}
    content = saving.saved(workbook(), {"Hasil": values, "absent": {"A1": 1}})
    sheet = opened(content, values=True)["Hasil"]
    assert [cell.value for cell in sheet[1]] == [2, 4, "a<b", 2 / 3]
    assert sheet["A2"].value is None
    assert sheet["B2"].value == "text"
    formulas = opened(content)["Hasil"]
    assert [cell.value for cell in formulas[1]] == [2, "=A1*2", '=IF(A1>1,"a<b","c&d")', "=A1/3"]
    assert formulas["B1"].number_format == "0.00"


@pytest.mark.parametrize("block", [1, 7, 100])
def test_a_sheet_is_copied_in_blocks(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    values = {"Hasil": {"B1": 4, "A2": 2, "A4": ""}}
    whole = saving.saved(workbook(), values)
    monkeypatch.setattr(saving, "_BLOCK", block)
    assert saving.saved(workbook(), values) == whole


def test_the_file_holds_no_clock_and_no_name() -> None:
    content = saving.saved(workbook())
    assert content == saving.saved(workbook())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert {info.create_system for info in archive.infolist()} == {3}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("2000-01-01T00:00:00Z") == 2
    assert ">meritindex<" in properties
    assert opened(content).calculation.fullCalcOnLoad


_ELSEWHERE = """
import hashlib, meritindex as mi
from meritindex.reporting.workbooks import result_workbook
table = mi.score(mi.sample().where(lambda facts: facts.agency.province == "Bali"))
print(hashlib.sha256(result_workbook(table, "id")).hexdigest())
"""


def test_every_process_writes_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for number in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": number, "TZ": f"Etc/GMT+{number}"}
        run = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        found.add(run.stdout)
    assert len(found) == 1
