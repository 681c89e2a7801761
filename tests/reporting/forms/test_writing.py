"""Writing forms: what is in them, what is filled in, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
import textwrap
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    measured_instrument,
    only_fault,
    rich_instrument,
    when,
)
from meeting import law
from meritindex.assessment.forms.layout import layout
from meritindex.definition import (
    Bands,
    GeometricMean,
    Instrument,
    Level,
    LevelScale,
    Rounding,
    Standing,
    WeightedMean,
)
from meritindex.errors import AssessmentError, FileError, WeightingError
from meritindex.language import LANGUAGES, Text
from meritindex.reporting.forms import form_bytes
from meritindex.reporting.forms.calculation import WAITING
from meritindex.testing import instruments

openpyxl = pytest.importorskip("openpyxl", reason="forms need openpyxl")

NEW = mi.instrument("ism-2026")
# What Excel 2010 and LibreOffice 7 both know.
_FUNCTIONS = {
    "ISLOGICAL",
    *("IF", "AND", "OR", "NOT", "INT", "ROUND", "MIN", "MAX", "MEDIAN", "CHOOSE", "SUM", "TEXT"),
    *(
        "SUMPRODUCT",
        "INDEX",
        "MATCH",
        "COUNTIF",
        "ISNUMBER",
        "ISTEXT",
        "ISLOGICAL",
        "IFERROR",
        "TRIM",
        "LEFT",
        "MID",
    ),
}
_STRINGS = re.compile(r'"[^"]*"|\'[^\']*\'')


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def formulas_of(workbook: Any) -> list[str]:
    return [
        cell.value
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def texts_of(sheet: Any) -> str:
    return "\n".join(
        str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def check_sound(made: Instrument, workbook: Any) -> None:
    """Check what holds for every form."""
    places = layout(made, "en" if "Cover" in workbook.sheetnames else "id")
    typed = {(place.sheet, place.cell) for place in places.typed.values()}
    unlocked = set()
    for sheet in workbook:
        assert sheet.protection.sheet, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked and not _is_hidden(sheet, cell):
                    unlocked.add((sheet.title, cell.coordinate))
    assert unlocked == typed
    formulas = formulas_of(workbook)
    assert formulas
    for formula in formulas:
        assert len(formula) <= 8_192
        bare = _STRINGS.sub("", formula)
        assert set(re.findall(r"([A-Z]+)\(", bare)) <= _FUNCTIONS, formula
        assert "[" not in bare
    for code, place in places.code_cells.items():
        assert workbook[place.sheet][place.cell].value == code


def _is_hidden(sheet: Any, cell: Any) -> bool:
    """Say whether a cell lies under a merged one."""
    return any(
        cell.coordinate in area and (cell.row, cell.column) != (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["ism-2026", "ism-2019"])
def test_forms_of_the_catalog_are_sound(name: str, language: str) -> None:
    made = mi.instrument(name)
    workbook = opened(form_bytes(name, language=language))
    check_sound(made, workbook)
    hidden = workbook["meritindex"]
    assert hidden.sheet_state == "veryHidden"
    facts = {row[0].value: row[1].value for row in hidden.iter_rows(max_row=5)}
    assert facts == {
        "format": "meritindex-form 1",
        "instrument": name,
        "fingerprint": made.fingerprint,
        "language": language,
        "weighting": made.default_weighting.name,
    }
    assert workbook.security.lockStructure
    assert workbook.calculation.fullCalcOnLoad
    cover = texts_of(workbook.worksheets[0])
    for source in made.sources:
        assert source.title.in_language(language) in cover
    for remark in made.remarks:
        assert remark.text.in_language(language) in cover
    everything = "\n".join(texts_of(sheet) for sheet in workbook)
    for node in made.indicators:
        for level in node.levels:
            assert level.criterion is not None
            assert level.criterion.in_language(language) in everything


@law(12)
@given(instruments(max_leaves=20))
def test_every_instrument_has_a_sound_form(made: Instrument) -> None:
    check_sound(made, opened(form_bytes(made)))


def test_instruments_of_every_kind_have_forms() -> None:
    for made in (rich_instrument(), measured_instrument()):
        check_sound(made, opened(form_bytes(made, language="en")))


def test_the_same_form_has_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from meritindex.reporting.forms import form_bytes;"
        "print(hashlib.sha256(form_bytes('ism-2026')).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": number},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for number in ("1", "2")
    }
    assert len(found) == 1


def test_nothing_in_a_form_leads_out_of_it_or_runs() -> None:
    with zipfile.ZipFile(io.BytesIO(form_bytes("ism-2026"))) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]


def test_texts_are_never_formulas() -> None:
    evil = '=HYPERLINK("http://x","y")'
    made = attrs.evolve(
        instrument(
            indicator(
                "a",
                levels=(
                    Level(value=0, points=0, criterion=Text.same("+1")),
                    Level(value=1, points=1, criterion=Text.same("@x")),
                ),
                evidence=(Text.same("=1"),),
                remark=Text.same("-2"),
                conditions=(when("g"),),
            ),
            dimension("d", name=Text.same(evil)),
            measure("m", name=Text.same("#REF!"), remark=Text.same("-3")),
            gates=(gate("g", question=Text.same("=2")),),
        ),
        title=Text.same(evil),
    )
    workbook = opened(form_bytes(made))
    formulas = formulas_of(workbook)
    assert not [formula for formula in formulas if "HYPERLINK" in _STRINGS.sub("", formula)]
    assert workbook["Nilai"]["B5"].value == evil
    assert workbook["Nilai"]["B5"].data_type == "s"
    assert workbook["Nilai"]["B6"].data_type == "s"
    assert workbook["total_points"]["D5"].data_type == "s"


def test_a_form_begins_with_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    mi.write_form("ism-2026", path, agency="Kab. Sleman", year=2026, stage="verified")
    cover = openpyxl.load_workbook(path)["Sampul"]
    assert [cover.cell(row, 3).value for row in range(8, 14)] == [
        "Kabupaten Sleman",
        "34.04",
        "kabupaten",
        2026,
        "verifikasi",
        None,
    ]
    day = opened(form_bytes("ism-2026", year=dt.date(2026, 9, 17)))["Sampul"]
    assert day["C8"].value is None
    assert day["C11"].value == dt.datetime(2026, 9, 17)  # noqa: DTZ001 - as openpyxl reads it
    named = mi.Agency(name="Kementerian Contoh", kind=None)
    plain = opened(form_bytes("ism-2026", agency=named))["Sampul"]
    assert [plain.cell(row, 3).value for row in range(8, 12)] == [
        "Kementerian Contoh",
        None,
        None,
        None,
    ]


def test_what_is_typed_on_the_cover_stands_as_high_as_its_label() -> None:
    cover = opened(form_bytes("ism-2026"))["Sampul"]
    for cell in layout(mi.instrument("ism-2026"), "id").typed.values():
        if cell.sheet == "Sampul":
            heights = [cover.cell(cell.row, column).alignment.vertical for column in (1, 2, 3)]
            assert heights == ["top"] * 3
    assert cover["B10"].value == "pertanyaan pembuka yang bergantung padanya terjawab otomatis"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_of_the_calculation_is_clipped(language: str) -> None:
    book = opened(form_bytes("ism-2026", language=language))
    sheet = book["Hitungan" if language == "id" else "Calculation"]
    headers = [row for row in sheet.iter_rows() if row[0].value in {"kode", "code"}]
    assert len(headers) == 2
    for cells in headers:
        for cell in filter(lambda cell: cell.value, cells):
            room = int(sheet.column_dimensions[cell.column_letter].width)
            lines = textwrap.wrap(cell.value, room)
            assert cell.alignment.wrap_text
            assert max(map(len, lines)) <= room
            assert len(lines) * 15 <= sheet.row_dimensions[cell.row].height <= 110, cell.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_an_assessment_reads_back_as_the_same(tmp_path: Path, language: str) -> None:
    sample = mi.sample()
    given_answers = attrs.evolve(
        sample[7],
        states={"a1q1": mi.AnswerState.CLAIMED},
        evidence={"a1q1": "=cmd()\nhttps://example.org/_x0041_", "a1q2": "SK 1"},
        measures={"satisfaction": Fraction("0.7525"), "correction": 0},
    )
    path = tmp_path / "form.xlsx"
    mi.write_form("ism-2026", path, assessment=given_answers, language=language)
    assert mi.read_forms(path, "ism-2026")[0] == given_answers


def test_an_assessment_of_another_instrument_is_refused() -> None:
    other = mi.Assessment(agency="Mahkamah Konstitusi", instrument="ism-2019")
    fault = only_fault(AssessmentError, lambda: form_bytes("ism-2026", assessment=other))
    assert (fault.code, fault.value) == ("instruments-differ", "ism-2019")


def test_points_without_a_cell_are_refused() -> None:
    total = mi.Assessment(agency="Kota Malang", instrument="ism-2026", points={"a1": "0.5"})
    fault = only_fault(AssessmentError, lambda: form_bytes("ism-2026", assessment=total))
    assert (fault.code, fault.item, fault.value) == ("form-without-place", "a1", "0.5")
    assert fault.message.id != fault.message.en


def test_points_with_a_cell_read_back(tmp_path: Path) -> None:
    entered = mi.Assessment(agency="Kota Malang", instrument="ism-2019", points={"a1": 10})
    path = tmp_path / "form.xlsx"
    mi.write_form("ism-2019", path, assessment=entered)
    assert mi.read_forms(path, "ism-2019")[0] == entered


def test_standings_are_refused_with_all_else_that_a_form_can_not_keep() -> None:
    known = mi.Assessment(
        agency="Kota Malang",
        instrument="ism-2026",
        points={"a1": "0.5"},
        standing="reported",
        standings={"a1": "official"},
    )
    faults = faults_of(AssessmentError, lambda: form_bytes("ism-2026", assessment=known))
    assert [(fault.code, fault.item, fault.value) for fault in faults] == [
        ("form-without-place", "a1", "0.5"),
        ("form-without-place", "agency.standing", "reported"),
        ("form-without-place", "a1.standing", "official"),
    ]
    check_fault(faults[1], "form-without-place", "agency.standing", Standing.REPORTED.label)


def test_a_number_that_no_double_holds_is_written_as_a_text() -> None:
    fine = instrument(measure("m", decimals=17))
    number = Fraction("0.12345678901234567")
    answers = mi.Assessment(
        agency=mi.Agency(name="Instansi contoh"), instrument=fine, measures={"m": number}
    )
    assert (
        opened(form_bytes(fine, assessment=answers))["Nilai"]["D5"].value == "0.12345678901234567"
    )


def test_wrong_facts_and_places_are_refused(tmp_path: Path) -> None:
    assert only_fault(AssessmentError, lambda: form_bytes("ism-2026", year=1)).item == "year"
    assert only_fault(AssessmentError, lambda: form_bytes("ism-2026", stage="x")).item == "stage"
    with pytest.raises(mi.UnknownNameError):
        form_bytes("ism-2027")
    with pytest.raises(FileError):
        mi.write_form("ism-2019", tmp_path / "none" / "form.xlsx")


def test_weights_that_are_missing_leave_the_summary_without_an_index() -> None:
    with pytest.raises(WeightingError):
        form_bytes("ism-2026", weighting=mi.Stated())
    root = dimension(
        "total_points",
        dimension("a", indicator("i1"), weight=None),
        dimension("b", indicator("i2"), weight=None),
        rule=WeightedMean(basis=ASSUMED, whole=1),
    )
    made = instrument(root=root)
    workbook = opened(form_bytes(made, language="en"))
    check_sound(made, workbook)
    assert "weights are missing" in texts_of(workbook["Summary"])
    assert "not published" in texts_of(workbook["Summary"])
    assert "The weights of a, b have not been published." in texts_of(workbook["Cover"])
    assert workbook["meritindex"]["B5"].value == "-"


def test_a_rule_that_is_no_ratio_is_left_to_the_library() -> None:
    made = instrument(
        root=dimension(
            "total_points",
            indicator("a"),
            rule=GeometricMean(basis=ASSUMED),
            bands=Bands(items=(band("low"), band("high", limit(1)))),
        )
    )
    workbook = opened(form_bytes(made))
    check_sound(made, workbook)
    assert "pustaka menghitungnya" in texts_of(workbook["Ringkasan"])
    # Of level 0 no such mean can be taken, so only the highest levels say how firm it is.
    assert workbook["Ringkasan"]["C9"].value == "asumsi"
    refusing = instrument(
        root=dimension(
            "total_points",
            indicator("a", levels=levels(0)),
            rule=GeometricMean(basis=ASSUMED),
        )
    )
    assert opened(form_bytes(refusing))["Ringkasan"]["C9"].value == "–"


def test_long_scales_are_typed_and_short_ones_picked() -> None:
    def rules(count: int) -> list[tuple[str, str]]:
        made = instrument(indicator("a", levels=levels(*range(count))))
        sheet = opened(form_bytes(made))["total_points"]
        return [
            (rule.type, rule.formula1)
            for rule in sheet.data_validations.dataValidation
            if "E5" in str(rule.sqref)
        ]

    assert rules(3) == [("list", '"0,1,2"')]
    assert rules(60) == [("custom", "AND(ISNUMBER(E5),E5=INT(E5),E5>=0,E5<=59)")]


def test_a_rounding_too_fine_for_a_spreadsheet_has_no_row() -> None:
    bands = Bands(
        items=(band("low"), band("high", limit(1))), rounding=Rounding(digits=14, basis=ASSUMED)
    )
    made = instrument(root=dimension("total_points", indicator("a"), rule=MEAN, bands=bands))
    assert opened(form_bytes(made))["Ringkasan"]["A6"].value is None


def test_a_gate_of_very_many_indicators_has_a_short_formula() -> None:
    many = (indicator(f"i{number}", conditions=(when("g"),)) for number in range(501))
    scale = LevelScale(levels=levels(0, 1), basis=ASSUMED)
    made = instrument(*(attrs.evolve(each, scale=scale) for each in many), gates=(gate("g"),))
    workbook = opened(form_bytes(made))
    assert all(len(formula) < 8_192 for formula in formulas_of(workbook))
    assert "SUM(" in workbook["Hitungan"].cell(6, WAITING + 3).value
