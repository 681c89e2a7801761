"""What openpyxl and LibreOffice write is read as they read it."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_builders import form, typed_values
from meeting import law
from meritindex import instrument
from meritindex.assessment import Assessment, read_forms
from meritindex.assessment.workbooks import Formula, Percentage, workbook_of

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, of the extra excel")

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_"), max_size=9)
VALUES = (
    st.none()
    | st.integers(-(10**14), 10**14)
    | st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 6))
    | st.booleans()
    | TEXTS.filter(lambda text: not text.startswith("="))
    | st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1))
)


@law(60)
@given(st.dictionaries(st.tuples(st.integers(1, 60), st.integers(1, 60)), VALUES, max_size=12))
def test_cells_that_openpyxl_writes(cells):
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    found = workbook_of("f.xlsx", stream.getvalue()).sheet("Sheet")
    expected = {place: value for place, value in cells.items() if value not in {None, ""}}
    held = {
        (row, column): item for row, line in found.rows.items() for column, item in line.items()
    }
    assert held == expected
    assert {place: type(item) is bool for place, item in held.items()} == {
        place: type(value) is bool for place, value in expected.items()
    }


def test_what_openpyxl_says_besides_values():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "=1+1"
    sheet["B1"] = 0.85
    sheet["B1"].number_format = "0.0%"
    sheet["C1"] = "=text"
    sheet["C1"].data_type = "s"
    sheet.merge_cells("A3:B4")
    book.create_sheet("hidden").sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    read = workbook_of("f.xlsx", stream.getvalue())
    assert read.sheet_names == ("Sheet", "hidden")
    found = read.sheet("Sheet")
    assert found.rows == {1: {1: Formula(), 2: Percentage(0.85), 3: "=text"}}
    assert found.merged[0].hides(4, 2)


def test_a_form_that_libreoffice_saved(tmp_path: Path):
    """It writes texts, formats and empty rows in ways of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    rules = instrument("ism-2026")
    one = Assessment(
        agency="Kabupaten Sleman",
        instrument=rules,
        year=2026,
        stage="verified",
        synthetic=True,
        gates={gate.code: gate.options_of("regency")[0] for gate in rules.gates},
        levels={"a1q1": 3, "a2q1": 0},
        measures={"satisfaction": "0.8123"},
        states={"a1q1": "verified"},
        evidence={"a1q1": "=SK 12 <b>&\nbaris kedua", "a2q1": "  kosong  "},
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(form(rules, typed_values(one)))
    assert list(read_forms(path)) == [one]
    folder = tmp_path / "saved"
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            *("--convert-to", "xlsx", "--outdir", str(folder), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert list(read_forms(folder / "form.xlsx")) == [one]
