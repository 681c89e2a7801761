"""The workbook of one agency: what stands where."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, levels, limit, rich_instrument
from meritindex.errors import FileError
from meritindex.reporting.workbooks import result_workbook
from workbook_cases import opened, records


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = opened(content, values=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_summary_holds_the_score() -> None:
    card = mi.score(mi.sample())["Aceh"]
    assert card.total is not None
    sheets = sheets_of(result_workbook(card))
    assert list(sheets) == [
        *("Ringkasan", "Jawaban", "Hitungan", "Bobot yang dipakai", "Pilihan", "Instrumen"),
        "Susunan dan bobot",
    ]
    rows = {row["kode"]: row for row in records(sheets["Ringkasan"], "kode") if row["dimensi"]}
    total = rows["index"]
    assert total["nilai"] == pytest.approx(float(card.total), abs=1e-4)
    assert total["nilai eksak (saat ditulis)"] == str(card.total)
    assert (total["kategori"], total["maksimum"]) == (card.band, 1)
    assert total["status (saat ditulis)"] == "asumsi"
    for code, score in card.dimensions.items():
        assert rows[code]["nilai"] == pytest.approx(float(score.points), abs=1e-4)
        assert rows[code]["kategori"] == score.band
    told = [row[0] for row in sheets["Ringkasan"] if row[0]]
    assert told[0] == "Aceh, 2026"
    assert told[2].startswith("DATA SINTETIS")
    assert "• Status kategori (saat ditulis): asumsi" in told
    assert "• Tahap: penilaian mandiri" in told
    assert "Mengapa berstatus asumsi" in told
    assert any(
        "sel kuning di lembar “Jawaban”: nilai dan kategori dihitung" in text for text in told
    )
    for name in ("Jawaban", "Hitungan"):
        assert [row[0] for row in sheets[name][:3]] == ["Aceh, 2026", told[2], "kode"]


def test_answers_stand_with_what_they_mean() -> None:
    card = mi.score(mi.sample())["Kota Malang"]
    content = result_workbook(card)
    rows = {row["kode"]: row for row in records(sheets_of(content)["Jawaban"], "kode")}
    assert list(rows)[:5] == [*(gate.code for gate in card.instrument.gates), "a1q1"]
    level = dict(card.assessment.levels)["a1q1"]
    criterion = card.instrument["a1q1"].level(level).criterion
    assert (rows["a1q1"]["jawaban"], rows["a1q1"]["arti jawaban"]) == (level, criterion.id)
    assert rows["a1q1"]["bagian dari"] == "a1"
    assert rows["a1q1"]["kriteria tingkat 0"] == card.instrument["a1q1"].level(0).criterion.id
    assert rows["a1q1"]["kriteria tingkat 4"] == card.instrument["a1q1"].level(4).criterion.id
    assert "status jawaban" in rows["a1q1"]
    assert rows["a4q1_pusat_prov"]["jawaban"] == "–"
    assert rows["a4q1_pusat_prov"]["arti jawaban"] == "tidak berlaku"
    assert rows["a4q0_jenis_instansi"]["jawaban"] == "kabkota"
    assert rows["a4q0_jenis_instansi"]["arti jawaban"] == "pemerintah kabupaten/kota"
    assert rows["satisfaction"]["jawaban"] is None
    assert rows["satisfaction"]["arti jawaban"] == "0 sampai 1, paling banyak 4 desimal"
    sheet = opened(content)["Jawaban"]
    answer = sheet["D8"]
    assert answer.fill.fgColor.rgb.endswith("FFF6D6")
    assert sheet["E8"].data_type == "f"
    assert sheet.freeze_panes == "C4"
    assert sheet.column_dimensions["H"].hidden
    checked = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert len(checked) == len(rows)
    (greyed,) = sheet.conditional_formatting
    assert greyed.rules[0].formula == ['$E4="tidak berlaku"']


def test_a_level_stands_in_front_of_its_criterion_where_scales_differ() -> None:
    scales = {
        "i1": levels(0, 1),
        "i2": tuple(
            mi.Level(value=value, points=value, criterion=mi.Text(f"ada {value}", f"has {value}"))
            for value in (1, 2)
        ),
    }
    example = instrument(*(indicator(code, levels=scale) for code, scale in scales.items()))
    for one, meant in (({"i1": 1, "i2": 2}, "2: ada 2"), ({"i1": 0}, "belum dijawab")):
        made = mi.Assessment(
            agency=mi.Agency(name="A", kind="body"), instrument=example, levels=one
        )
        content = result_workbook(mi.score(made))
        rows = {row["kode"]: row for row in records(sheets_of(content)["Jawaban"], "kode")}
        assert (rows["i2"]["kriteria ke-1"], rows["i2"]["kriteria ke-2"]) == (
            "1: ada 1",
            "2: ada 2",
        )
        assert rows["i1"]["kriteria ke-1"] is None
        assert rows["i2"]["arti jawaban"] == meant


@pytest.mark.parametrize("language", ["id", "en"])
def test_weights_have_room_and_rows_of_one_line(language: str) -> None:
    book = opened(result_workbook(mi.score(mi.sample())["Aceh"], language))
    sheet = book[{"id": "Bobot yang dipakai", "en": "Weights used"}[language]]
    width = sheet.column_dimensions["C"].width
    weights = [cell for cell in sheet["C"][1:] if cell.value is not None]
    # A number of so many decimals, with an indent beside it.
    assert max(len(f"{cell.value:.6f}") for cell in weights) + 3 <= width
    for cell in weights:
        name, basis = sheet.cell(cell.row, 2).value, sheet.cell(cell.row, 5).value
        assert len(basis) <= sheet.column_dimensions["E"].width, basis
        one_line = len(name) <= sheet.column_dimensions["B"].width
        assert (sheet.row_dimensions[cell.row].height is None) == one_line, name


def test_support_and_figures_that_follow_stand_beside() -> None:
    rich = rich_instrument()
    one = mi.Assessment(
        agency=mi.Agency(name="=A", kind="body"),
        instrument=rich,
        levels={"a1": 2, "a2": 3},
        gates={"works": "yes", "size": "big"},
        measures={"survey": "0.75", "correction": "0.25"},
        points={"second": 1},
        states={"a1": "verified", "a2": "claimed"},
        evidence={"a1": "=surat"},
        date=dt.date(2024, 2, 3),
    )
    card = mi.score(one)
    assert card.total is not None
    sheets = sheets_of(result_workbook(card, "en"))
    rows = {row["code"]: row for row in records(sheets["Answers"], "code")}
    assert (rows["a1"]["state of the answer"], rows["a1"]["evidence"]) == ("verified", "=surat")
    assert rows["a1"]["what it means"] in {None, ""}
    assert rows["second"]["answer"] == 1
    shown = {row["code"]: row for row in records(sheets["Summary"], "code")}
    assert shown["share"]["points"] == pytest.approx(float(card.derived["share"]))
    assert shown["share"]["exact points (as written)"] == str(card.derived["share"])
    assert shown["total_points"]["band"] == f"{card.band} ({card.band} (en))"
    told = [row[0] for row in sheets["Summary"] if row[0]]
    assert told[0] == "=A, 2024-02-03"
    assert any(text.startswith("• Remark: ") for text in told)
    assert [row[0] for row in sheets["Calculation"][:2]] == ["=A, 2024-02-03", "code"]


def test_what_is_not_known_is_not_made_up() -> None:
    rich = rich_instrument()
    one = mi.Assessment(agency=mi.Agency(name="A", kind="body"), instrument=rich)
    card = mi.score(one)
    assert card.total is None
    sheets = sheets_of(result_workbook(card))
    shown = {row["kode"]: row for row in records(sheets["Ringkasan"], "kode")}
    for code in ("total_points", "first", "share"):
        assert shown[code]["nilai"] == "–"
        assert shown[code]["nilai eksak (saat ditulis)"] is None
    assert shown["total_points"]["kategori"] == "–"
    rows = {row["kode"]: row for row in records(sheets["Jawaban"], "kode")}
    assert rows["works"]["arti jawaban"] == "belum dijawab"
    assert rows["a2"]["arti jawaban"] == "belum dijawab"
    assert [row["jawaban"] for row in rows.values()] == [None] * len(rows)


def test_what_is_not_rational_is_written_as_numbers() -> None:
    part = dimension(
        "part", indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED, floor=1)
    )
    figure = mi.DerivedFigure(
        code="share", name=mi.Text("bagian", "share"), factor=mi.Figure(2, ASSUMED)
    )
    example = instrument(
        root=dimension(
            "total_points", part, bands=mi.Bands(items=(band("low"), band("high", limit(2))))
        ),
        derived=(figure,),
    )
    one = mi.Assessment(
        agency=mi.Agency(name="A", kind="body"), instrument=example, levels={"i1": 2, "i2": 3}
    )
    content = result_workbook(mi.score(one))
    sheets = sheets_of(content)
    assert "Hitungan" not in sheets
    shown = {row["kode"]: row for row in records(sheets["Ringkasan"], "kode")}
    assert shown["total_points"]["nilai"] == pytest.approx(6**0.5, abs=1e-4)
    assert shown["total_points"]["kategori"] == "high"
    assert shown["total_points"]["nilai eksak (saat ditulis)"] is None
    assert shown["share"]["nilai"] == pytest.approx(2 * 6**0.5)
    assert shown["share"]["nilai eksak (saat ditulis)"] is None
    told = [row[0] for row in sheets["Ringkasan"] if row[0]]
    assert any("angka, bukan rumus" in text for text in told)
    book = opened(content)
    assert not book["Jawaban"].data_validations.dataValidation
    assert not list(book["Jawaban"].conditional_formatting)
    assert book["Jawaban"]["D3"].value == 2


def test_an_instrument_of_entries_alone_has_no_criteria() -> None:
    example = instrument(dimension("bare"))
    one = mi.Assessment(
        agency=mi.Agency(name="A", kind="body"), instrument=example, points={"bare": "37.5"}
    )
    sheets = sheets_of(result_workbook(mi.score(one)))
    (row,) = records(sheets["Jawaban"], "kode")
    assert (row["kode"], row["jawaban"]) == ("bare", 37.5)
    shown = {row["kode"]: row for row in records(sheets["Ringkasan"], "kode")}
    assert shown["bare"]["nilai"] == 37.5
    assert shown["bare"]["kategori"] is None


def test_a_workbook_is_written_complete_or_not_at_all(tmp_path: Path) -> None:
    table = mi.score(mi.sample())
    path = tmp_path / "kartu.xlsx"
    mi.write_workbook(table["Aceh"], path)
    assert path.read_bytes() == result_workbook(table["Aceh"], "id")
    few = table.groups("province")["Bali"]
    mi.write_workbook(few, path, language="en", by="kind")
    assert path.read_bytes() == result_workbook(few, "en", by="kind")
    with pytest.raises(FileError):
        mi.write_workbook(few, tmp_path / "absent" / "kartu.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["kartu.xlsx"]
