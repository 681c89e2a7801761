"""Result workbooks, recalculated by LibreOffice without any stored value, against the library."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import meritindex as mi
from builders import dimension, gate, indicator, instrument, when
from meritindex.definition import MissingPolicy
from meritindex.numbers import round_half_up
from meritindex.reporting.sheet_formulas import SheetProgram, sheet_program
from meritindex.reporting.workbooks import result_workbook
from meritindex.reporting.workbooks.given import entered_in
from meritindex.testing import assessment_sets, instruments
from recalculating import Sheet, needs_libreoffice, recalculated
from workbook_cases import (
    assessment_of,
    cells_of,
    edited,
    opened,
    records,
    without_values,
)

pytestmark = needs_libreoffice

_SEED = 20_261_128
_EXPRESSED = (mi.WeightedSum, mi.WeightedMean, mi.Minimum, mi.Median)


def program_of(plan: Any, entries: Any) -> SheetProgram:
    found = sheet_program(plan, entered_in(plan, entries))
    assert isinstance(found, SheetProgram)
    return found


def check_points(
    record: dict[str, str], program: SheetProgram, columns: dict[str, Fraction | None]
) -> None:
    """Check the integers of every dimension in a row, and what is shown of them."""
    for code, exact in columns.items():
        state = int(record[f"{code}: keadaan"])
        numerator = int(record[f"{code}: pembilang"])
        assert (state > 0) == (exact is not None), (code, record)
        assert Fraction(numerator, program.denominator(code)) == (exact or 0), (code, record)
        shown = "–" if exact is None else round_half_up(exact, program.decimals(code))
        assert record[code] == "–" if exact is None else Fraction(record[code]) == shown


def check_table(
    sheets: dict[str, Sheet], table: mi.ScoreTable, by: mi.GroupBy | None = None
) -> None:
    """Check a recalculated workbook of many agencies against the library."""
    program = program_of(table.plan, table.assessments.entries)
    rows = records(sheets["Hasil"], "peringkat")
    order = sorted(range(len(table)), key=lambda row: (table.ranks[row] or len(table) + 1, row))
    check_rows(rows, table, program, order, by)
    bands = table.instrument.root.bands
    if bands is not None:
        counted = {
            row["kategori"]: row["jumlah"] for row in records(sheets["Kategori"], "kategori")
        }
        expected = {band.name.id: str(table.bands.count(band.name.id)) for band in bands}
        expected |= {"tidak diketahui": str(table.bands.count(None)), "semua": str(len(table))}
        assert counted == expected


def check_rows(
    rows: list[dict[str, str]],
    table: mi.ScoreTable,
    program: SheetProgram,
    order: list[int],
    by: mi.GroupBy | None,
) -> None:
    """Check the rows of a sheet, which are in this order, against those of a table."""
    within = None if by is None else table.ranks_within(by)
    assert len(rows) == len(order) == len(table)
    for record, row in zip(rows, order, strict=True):
        assert record["instansi"] == table.agencies[row].name
        check_points(record, program, {code: c[row] for code, c in table.scores.columns.items()})
        assert record["peringkat"] == str(table.ranks[row] or "–")
        if table.instrument.root.bands is not None:
            assert record["kategori"] == (table.bands[row] or "–")
        if within is not None:
            assert record["peringkat dalam kelompok"] == str(within[row] or "–")


def check_card(sheets: dict[str, Sheet], card: mi.ScoreCard) -> None:
    """Check a recalculated workbook of one agency against the library."""
    program = program_of(card.plan, card.assessments.entries)
    steps = {
        (row["kode"], row["langkah"]): row["hasil"] for row in records(sheets["Hitungan"], "kode")
    }
    shown = {row["kode"]: row for row in records(sheets["Ringkasan"], "kode")}
    for code, column in card.scores.columns.items():
        exact = column[card.row]
        assert (int(steps[code, "keadaan"]) > 0) == (exact is not None)
        assert Fraction(int(steps[code, "pembilang"]), program.denominator(code)) == (exact or 0)
        expected = "–" if exact is None else round_half_up(exact, program.decimals(code))
        assert (
            shown[code]["nilai"] == "–"
            if exact is None
            else Fraction(shown[code]["nilai"]) == expected
        )
    for code, value in card.derived.items():
        assert abs(float(shown[code]["nilai"]) - float(value)) < 1e-9
    if card.instrument.root.bands is not None:
        assert shown[card.instrument.root.code]["kategori"] == (card.band or "–")
    for code, score in card.dimensions.items():
        if card.instrument.dimension(code).bands is not None:
            assert shown[code]["kategori"] == (score.band or "–")


def sample_table(count: int = 546) -> mi.ScoreTable:
    return mi.score(mi.sample()).rows(np.arange(count))


def change_sample(sheet: Any) -> None:
    """Change answers of the sample as a person would: levels, gates, and the survey."""
    chance = random.Random(_SEED)
    instrument = mi.instrument("ism-2026")
    codes = [each.code for each in instrument.indicators]
    for cells in cells_of(sheet, "peringkat"):
        for code in chance.sample(codes, 6):
            cells[code].value = chance.choice((0, 1, 2, 3, 4, 4, None))
        gate_code = chance.choice(("a6q4_kecelakaan_gate", "a6q4_kematian_gate"))
        cells[gate_code].value = chance.choice(("ya", "tidak"))
        if chance.random() < 0.7:
            cells["satisfaction"].value = chance.randrange(10_001) / 10_000


def published() -> mi.ScoreTable:
    """Return published results, and one that is known by its dimensions."""
    rows, seen = [], set()
    for result in mi.published_results():
        if (result.agency, result.year) not in seen:
            seen.add((result.agency, result.year))
            rows.append(
                mi.Assessment(
                    agency=result.agency,
                    instrument="ism-2019",
                    points={"total": result.total},
                    year=result.year,
                    standing=result.standing,
                )
            )
    points = {
        "a1": "37.5",
        "a2": 38,
        "a3": 75,
        "a4": 25,
        "a5": "77.5",
        "a6": 35,
        "a7": 16,
        "a8": 23,
    }
    for number, name in enumerate(("Aceh", "Bali", "Papua")):
        rows.append(
            mi.Assessment(
                agency=name, instrument="ism-2019", points=points | {"a2": 30 + number}, year=2030
            )
        )
    return mi.score(mi.AssessmentSet.of(rows))


def change_published(sheet: Any) -> None:
    """Change points of dimensions and totals; take a total away, and one that others need."""
    for number, cells in enumerate(cells_of(sheet, "peringkat")):
        if cells["a1 (jawaban)"].value is not None:
            cells["a1 (jawaban)"].value = None if number % 2 else 12.5
        elif number % 5 == 0:
            cells["points (jawaban)"].value = None if number % 10 else 250 + number / 4


def typed_table(content: bytes, table: mi.ScoreTable) -> mi.ScoreTable:
    """Return what the library makes of the answers that stand on the sheet of results."""
    agencies = {facts.agency.name: facts.agency for facts in table.assessments.facts}
    sheet = opened(content)["Hasil"]
    rows = []
    for cells in cells_of(sheet, "peringkat"):
        values = {title: cell.value for title, cell in cells.items()}
        agency = agencies[values["instansi"]]
        rows.append(assessment_of(agency, table.instrument, values, values["waktu"]))
    return mi.score(
        mi.AssessmentSet.of(rows), weighting=table.weighting, missing=table.plan.missing
    )


def wide_table() -> mi.ScoreTable:
    """Return a table of a dimension as wide as formulas allow, half of it behind a gate."""
    children = [
        indicator(f"i{place}", place + 1, conditions=(when("open"),) if place % 2 else ())
        for place in range(60)
    ]
    wide = instrument(
        dimension("wide", *children, rule=mi.WeightedMean(basis=children[0].basis)),
        gates=(gate("open"),),
    )
    rows = []
    for number, answer in enumerate(("yes", "no")):
        levels = {
            child.code: (place + number) % 5
            for place, child in enumerate(children)
            if answer == "yes" or not child.conditions
        }
        agency = mi.Agency(name=f"agency {number}", kind="body")
        rows.append(
            mi.Assessment(agency=agency, instrument=wide, levels=levels, gates={"open": answer})
        )
    return mi.score(mi.AssessmentSet.of(rows))


def random_tables() -> list[mi.ScoreTable]:
    """Return tables of random instruments and answers that can be formulas."""
    found: list[mi.ScoreTable] = []

    @seed(_SEED)
    @settings(
        max_examples=40,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        drawn = data.draw(instruments(rules=_EXPRESSED, exact=True, max_leaves=10))
        rows = data.draw(assessment_sets(drawn, max_size=5))
        policy = data.draw(st.sampled_from((None, None, MissingPolicy.ZERO)))
        try:
            table = mi.score(rows, missing=policy)
        except (mi.AssessmentError, mi.WeightingError):
            return
        if isinstance(
            sheet_program(table.plan, entered_in(table.plan, rows.entries)), SheetProgram
        ):
            found.append(table)

    collect()
    return found[-12:]


class Recalculated:
    """Every case of this module, recalculated in one go."""

    def __init__(self, folder: Any) -> None:
        self.books: dict[str, bytes] = {}
        self.tables: dict[str, mi.ScoreTable] = {}
        sample, published_results = sample_table(), published()
        self._add("sample", sample, without_values(result_workbook(sample, by="province")))
        few = sample_table(80)
        self._add_edited("edited", few, change_sample)
        self._add("published", published_results)
        self._add_edited("published_edited", published_results, change_published)
        self._add("wide", wide_table())
        self.random = random_tables()
        for number, table in enumerate(self.random):
            self._add(f"random{number}", table)
            self.books[f"card{number}"] = without_values(result_workbook(table.card(0)))
        self.card = sample["Kota Surabaya"]
        self.books["card"] = edited(result_workbook(self.card), "Jawaban", change_card)
        self.sheets = recalculated(self.books, folder)

    def _add(self, name: str, table: mi.ScoreTable, content: bytes | None = None) -> None:
        self.tables[name] = table
        self.books[name] = content or without_values(result_workbook(table))

    def _add_edited(self, name: str, table: mi.ScoreTable, edit: Any) -> None:
        content = edited(result_workbook(table), "Hasil", edit)
        self._add(name, typed_table(content, table), content)


def change_card(sheet: Any) -> None:
    changes = {"a1q1": 4, "a2q3": None, "a8q2": 0, "satisfaction": 0.8125, "correction": 0.05}
    for cells in cells_of(sheet, "kode"):
        code = cells["kode"].value
        if code in changes:
            cells["jawaban"].value = changes[code]
        if code == "a2q3":
            cells["jawaban"].value = 3


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    return Recalculated(tmp_path_factory.mktemp("workbooks"))


def test_all_agencies_of_the_sample(found: Recalculated) -> None:
    table = found.tables["sample"]
    assert len(table) == 546
    assert None in table.ranks
    check_table(found.sheets["sample"], table, mi.GroupBy.PROVINCE)


def test_a_changed_sample(found: Recalculated) -> None:
    table = found.tables["edited"]
    before = sample_table(80)
    changed = sum(a != b for a, b in zip(table.totals, before.totals, strict=True))
    assert changed > 60
    rows = records(found.sheets["edited"]["Hasil"], "peringkat")
    program = program_of(table.plan, table.assessments.entries)
    # The rows of the sheet keep their order; the library scored them in that order.
    check_rows(rows, table, program, list(range(len(table))), None)


def test_published_results(found: Recalculated) -> None:
    table = found.tables["published"]
    assert len(table) > 30
    check_table(found.sheets["published"], table)


def test_changed_published_results(found: Recalculated) -> None:
    table = found.tables["published_edited"]
    assert None in table.totals
    rows = records(found.sheets["published_edited"]["Hasil"], "peringkat")
    program = program_of(table.plan, found.tables["published"].assessments.entries)
    check_rows(rows, table, program, list(range(len(table))), None)


def test_a_wide_dimension(found: Recalculated) -> None:
    check_table(found.sheets["wide"], found.tables["wide"])


def test_random_instruments(found: Recalculated) -> None:
    assert len(found.random) == 12
    assert any(each.instrument.gates for each in found.random)
    assert any(each.assessments.entries for each in found.random)
    assert any(
        dimension.rounding is not None
        for each in found.random
        for dimension in each.instrument.dimensions
    )
    for number, table in enumerate(found.random):
        check_table(found.sheets[f"random{number}"], table)
        check_card(found.sheets[f"card{number}"], table.card(0))


def test_a_changed_card(found: Recalculated) -> None:
    card, sheets = found.card, found.sheets["card"]
    answers = {row["kode"]: row["jawaban"] for row in records(sheets["Jawaban"], "kode")}
    assert answers["a1q1"] == "4"
    typed = {code: _number(text) for code, text in answers.items() if text}
    changed = mi.score(assessment_of(card.agency, card.instrument, typed, 2026))
    assert changed.total is not None
    assert changed.total != card.total
    check_card(sheets, changed)
    meanings = {row["kode"]: row["arti jawaban"] for row in records(sheets["Jawaban"], "kode")}
    criterion = card.instrument["a1q1"].level(4).criterion
    assert meanings["a1q1"] == criterion.id


def _number(text: str) -> object:
    try:
        return Fraction(text) if "." in text else int(text)
    except ValueError:
        return text
