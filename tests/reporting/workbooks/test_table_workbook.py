"""The workbook of many agencies: what stands where."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, limit
from meritindex.reporting.workbooks import result_workbook
from workbook_cases import opened, records


def table_of(province: str = "Nusa Tenggara Barat") -> mi.ScoreTable:
    return mi.score(mi.sample()).groups("province")[province]


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return the stored values of every sheet."""
    book = opened(content, values=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_row_an_agency_with_its_values_stored() -> None:
    table = table_of()
    sheets = sheets_of(result_workbook(table, by="kind"))
    assert list(sheets) == [
        *("Ringkasan", "Hasil", "Kategori", "Bobot yang dipakai", "Pilihan", "Instrumen"),
        "Susunan dan bobot",
    ]
    rows = records(sheets["Hasil"], "peringkat")
    assert [row["peringkat"] for row in rows][:2] == [1, 2]
    assert len(rows) == len(table) == 11
    within = table.ranks_within("kind")
    for row in rows:
        card = table[row["instansi"]]
        place = card.row
        assert row["sintetis"] == "ya"
        assert row["kode"] == card.agency.code
        assert row["kelompok"] == card.agency.kind.label.id
        assert row["peringkat dalam kelompok"] == (within[place] or "–")
        assert row["status (saat ditulis)"] == card.standing.label.id
        assert row["kategori"] == (card.band or "–")
        if card.total is None:
            assert (row["index"], row["peringkat"]) == ("–", "–")
            assert row["nilai eksak (saat ditulis)"] is None
            assert row["belum ada (saat ditulis)"] == ", ".join(card.needed)
        else:
            assert row["index"] == pytest.approx(float(card.total), abs=1e-4)
            assert row["nilai eksak (saat ditulis)"] == str(card.total)
        levels = dict(card.assessment.levels)
        for indicator_ in table.instrument.indicators:
            absent = card.scores.plan.instrument[indicator_.code].conditions
            assert row[indicator_.code] == levels.get(indicator_.code, "–" if absent else None)
    counts = {row["kategori"]: row["jumlah"] for row in records(sheets["Kategori"], "kategori")}
    assert counts["Dasar"] == table.bands.count("Dasar")
    assert counts["semua"] == 11
    assert counts["tidak diketahui"] == 1


def test_the_sheet_of_results_is_for_reading_and_changing() -> None:
    sheet = opened(result_workbook(table_of()))["Hasil"]
    texts = [row[0].value for row in sheet.iter_rows(max_row=4)]
    assert texts[1].startswith("DATA SINTETIS")
    assert texts[3] == "peringkat"
    assert sheet.freeze_panes == "C5"
    header = {cell.value: cell for cell in sheet[4]}
    assert sheet.auto_filter.ref == f"A4:{sheet[4][-1].column_letter}15"
    assert header["a1q1"].offset(1).fill.fgColor.rgb.endswith("FFF6D6")
    assert "Analisis Jabatan" in header["a1q1"].offset(-1).value
    folded = header["a1: pembilang"]
    assert sheet.column_dimensions[folded.column_letter].hidden
    assert folded.offset(-1).value == "per 12"
    assert folded.offset(1).data_type == "f"
    assert not sheet.column_dimensions[header["a8"].column_letter].hidden
    assert sheet.print_area.endswith(f"${header['a8'].column_letter}$15")
    assert header["index"].offset(1).number_format == "0.0000"
    greyed = [str(found.sqref) for found in sheet.conditional_formatting]
    gated = [each.code for each in mi.instrument("ism-2026").indicators if each.conditions]
    expected = {f"{header[code].column_letter}5:{header[code].column_letter}15" for code in gated}
    assert set(greyed) == expected


def test_the_summary_says_how_firm_it_is_and_how_to_use_it() -> None:
    sheets = sheets_of(result_workbook(table_of(), "en"))
    told = [row[0] for row in sheets["Summary"] if row[0]]
    assert any(text.startswith("SYNTHETIC DATA") for text in told)
    assert "Why assumed" in told
    assert any("yellow cells on the sheet “Results”" in text for text in told)
    assert any(text.startswith("11 assessments") for text in told)
    (high,) = {row["band"] for row in records(sheets["Results"], "rank") if "Tinggi" in row["band"]}
    assert high == "Tinggi (High)"


def test_weights_that_were_used_stand_with_their_basis() -> None:
    sheets = sheets_of(result_workbook(table_of()))
    weights = {row["kode"]: row for row in records(sheets["Bobot yang dipakai"], "kode")}
    assert weights["a1"]["bobot"] == 10
    assert weights["a1"]["eksak"] is None
    assert weights["a2"]["bobot"] == pytest.approx(40 / 3)
    assert weights["a2"]["eksak"] == "40/3"
    assert weights["a2"]["status dan dasar bobot"].startswith("asumsi")
    assert weights["index"].get("bobot") is None
    assert weights["correction"].get("bobot") is None
    options = records(sheets["Pilihan"], "kode")
    assert [row["pilihan"] for row in options if row["kode"] == "a6q4_kematian_gate"] == [
        "ya",
        "tidak",
    ]


def test_real_data_bear_no_mark() -> None:
    rows = mi.AssessmentSet.of(
        [
            mi.Assessment(
                agency="Bali",
                instrument="ism-2019",
                points={"total": 301},
                date=dt.date(2021, 5, 4),
            )
        ]
    )
    sheets = sheets_of(result_workbook(mi.score(rows)))
    assert "SINTETIS" not in str(sheets).replace("sintetis", "")
    (row,) = records(sheets["Hasil"], "peringkat")
    assert (row["waktu"], row["tahap"], row["sintetis"]) == ("2021-05-04", None, "tidak")
    assert (row["points"], row["points (jawaban)"], row["a1"]) == (301, 301, "–")
    assert "Pilihan" not in sheets


def test_what_is_not_rational_is_written_as_numbers() -> None:
    root = dimension(
        "total_points",
        dimension(
            "part", indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED, floor=1)
        ),
        dimension("bare", decimals=2),
        bands=mi.Bands(items=(band("low"), band("high", limit(5)))),
    )
    example = instrument(id="curved", root=root)
    rows = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=name, kind="body"),
            instrument=example,
            levels=answers,
            points={"bare": 2},
        )
        for name, answers in (("=A", {"i1": 2, "i2": 3}), ("B", {"i1": 4}))
    )
    table = mi.score(rows)
    content = result_workbook(table, by="province")
    assert not [
        cell.coordinate
        for cell in (cell for row in opened(content)["Hasil"].iter_rows() for cell in row)
        if cell.data_type == "f"
    ]
    sheets = sheets_of(content)
    told = [row[0] for row in sheets["Ringkasan"] if row[0]]
    assert any("angka, bukan rumus: part memakai rumus" in text for text in told)
    first, second = records(sheets["Hasil"], "peringkat")
    assert (first["instansi"], first["peringkat"]) == ("=A", 1)
    assert first["total_points"] == pytest.approx(2 + 6**0.5, abs=1e-4)
    assert first["nilai eksak (saat ditulis)"] is None
    assert (first["kelompok"], first["peringkat dalam kelompok"]) == (None, "–")
    assert (second["instansi"], second["total_points"]) == ("B", "–")
    assert second["belum ada (saat ditulis)"] == "i2"
    assert (first["kategori"], second["kategori"]) == ("low", "–")
    counts = {row["kategori"]: row["jumlah"] for row in records(sheets["Kategori"], "kategori")}
    assert counts == {"low": 1, "high": 0, "tidak diketahui": 1, "semua": 2}


def test_a_total_without_bands_is_formulas_too() -> None:
    example = instrument(indicator("i1"), indicator("i2", 2))
    rows = mi.AssessmentSet.of(
        mi.Assessment(agency=mi.Agency(name="A", kind="body"), instrument=example, levels=answers)
        for answers in ({"i1": 2, "i2": 3},)
    )
    sheets = sheets_of(result_workbook(mi.score(rows)))
    assert "Kategori" not in sheets
    (row,) = records(sheets["Hasil"], "peringkat")
    assert row["total_points"] == 8
    assert row["total_points: pembilang"] == 8
