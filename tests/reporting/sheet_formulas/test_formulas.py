"""The formulas of random instruments and answers, against the library, in one workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

import meritindex as mi
from meeting import meet
from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE
from meritindex.assessment.places import column_letters
from meritindex.definition import Instrument, Median, MissingPolicy
from meritindex.language import Text
from meritindex.numbers import round_half_up
from meritindex.reporting.sheet_formulas import Answer, SheetProgram, sheet_program
from meritindex.testing import assessment_sets, instruments
from recalculating import at, needs_libreoffice, recalculated

openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl")

_ROWS = 6
_EXPRESSED = (mi.WeightedSum, mi.WeightedMean, mi.Minimum, mi.Median)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Instrument, Any, MissingPolicy | None]:
    """Draw an instrument with answers of a few agencies, and a policy chosen over its own."""
    rules = draw(st.sampled_from((_EXPRESSED, _EXPRESSED, _EXPRESSED, None)))
    instrument = draw(instruments(rules=rules, exact=True, max_leaves=12))
    rows = draw(assessment_sets(instrument, max_size=_ROWS))
    return instrument, rows, draw(st.sampled_from((None, None, *MissingPolicy)))


class Bench:
    """A workbook in which every case has a sheet, with a row for each agency."""

    def __init__(self) -> None:
        self.workbook = openpyxl.Workbook()
        self.cases: list[tuple[str, SheetProgram, Any, dict[tuple[str, str], int]]] = []

    def add(self, program: SheetProgram, table: Any) -> None:
        name = f"c{len(self.cases)}"
        sheet = self.workbook.create_sheet(name)
        columns: dict[tuple[str, str], int] = {}

        def column(code: str, part: str) -> int:
            return columns.setdefault((code, part), len(columns) + 1)

        for row in range(1, len(table) + 1):

            def cell(code: str, part: str, row: int = row) -> str:
                return f"{column_letters(column(code, part))}{row}"

            answers = {}
            for code, number, absent, waiting in _answers(program, table.assessments, row - 1):
                sheet[cell(code, "number")] = number
                sheet[cell(code, "absent")] = int(absent)
                sheet[cell(code, "waiting")] = int(waiting)
                answers[code] = Answer(
                    number=cell(code, "number"),
                    given=f"ISNUMBER({cell(code, 'number')})",
                    absent=f"{cell(code, 'absent')}=1",
                    waiting=f"{cell(code, 'waiting')}=1",
                )
            for code in program.codes:
                formulas = program.formulas(code, answers, cell)
                assert tuple(formulas) == program.parts(code)
                assert all(len(formula) < 8000 for formula in formulas.values())
                formulas["points"] = program.points(code, cell)
                if program.plan.instrument.dimension(code).bands is not None:
                    formulas["name"] = program.band_name(code, cell, "id")
                for part, formula in formulas.items():
                    sheet[cell(code, part)] = f"={formula}"
        self.cases.append((name, program, table, columns))

    def content(self) -> bytes:
        stream = io.BytesIO()
        self.workbook.save(stream)
        return stream.getvalue()


def _answers(
    program: SheetProgram,
    rows: Any,
    row: int,
) -> Iterator[tuple[str, int | None, bool, bool]]:
    instrument = rows.instrument
    for place, indicator in enumerate(instrument.indicators):
        level = int(rows.levels[row, place])
        waiting = rows.undetermined.get(indicator.code)
        yield (
            indicator.code,
            level if level not in {NOT_ANSWERED, NOT_APPLICABLE} else None,
            level == NOT_APPLICABLE,
            waiting is not None and bool(waiting[row]),
        )
    columns = {**rows.measures, **{code: rows.entries[code] for code in program.entered}}
    for code, column in columns.items():
        yield code, int(column.numerators[row]) if column.known[row] else None, False, False


def _ways(program: SheetProgram, table: Any) -> Iterator[str]:
    """Yield what a case has of what is hard."""
    for step in program.program.steps:
        dimension = step.dimension
        for name, holds in (
            ("median", isinstance(dimension.rule, Median)),
            ("minimum", bool(step.inputs) and not isinstance(dimension.rule, Median)),
            ("open divisors", program.program.has_open_divisors(step, waiting=True)),
            ("several divisors", len(step.divisors) > 1),
            ("floor", step.floor is not None),
            ("cap", bool(step.ceilings)),
            ("shortfall", any(each.watch is not None for each in step.ceilings)),
            ("band cap", bool(step.band_ceilings)),
            ("adjusted", bool(step.adjustments)),
            ("bands", dimension.bands is not None),
            ("entered above", bool(dimension.children) and dimension.code in program.entered),
            ("table", any(column.table is not None for column in program.program.columns)),
            ("scaled", any(each.measure.scale is not None for each in program.program.measures)),
        ):
            if holds:
                yield name
        if dimension.rounding is not None:
            yield f"rounded {dimension.rounding.mode.value}"
        yield f"policy {step.policy.value}"
        column = table.scores.columns[dimension.code]
        yield "known" if column.known.all() else "unknown"


_WANTED = (
    *("median", "minimum", "open divisors", "several divisors", "floor", "cap", "shortfall"),
    *("band cap", "adjusted", "bands", "entered above", "table", "scaled", "known", "unknown"),
    *(f"rounded {mode}" for mode in ("half_up", "half_even", "down", "up")),
    *(f"policy {policy.value}" for policy in MissingPolicy),
)


@needs_libreoffice
def test_formulas_compute_what_the_library_computes(tmp_path: Path) -> None:
    bench = Bench()

    def check(case: tuple[Instrument, Any, MissingPolicy | None]) -> list[str]:
        _, rows, policy = case
        try:
            table = mi.score(rows, missing=policy)
        except (mi.AssessmentError, mi.WeightingError):
            return ["refused"]
        program = sheet_program(table.plan, tuple(rows.entries))
        if isinstance(program, Text):
            return ["not expressed"]
        bench.add(program, table)
        return list(_ways(program, table))

    meet(check, (60, cases()), wanted=_WANTED)
    found = recalculated({"bench": bench.content()}, tmp_path)["bench"]
    for name, program, table, columns in bench.cases:
        sheet = found[name]
        for code in program.codes:
            column = table.scores.columns[code]
            bands = table.plan.instrument.dimension(code).bands
            for row in range(len(table)):
                state, numerator, points = (
                    at(sheet, row + 1, columns[code, part])
                    for part in ("state", "numerator", "points")
                )
                place = (name, code, row)
                expected = column[row]
                assert (int(state) > 0) == (expected is not None), place
                if expected is None:
                    assert (numerator, points) == ("0", ""), place
                else:
                    exact = Fraction(int(numerator), program.denominator(code))
                    assert exact == expected, place
                    shown = round_half_up(expected, program.decimals(code))
                    assert Fraction(points) == shown, place
                if bands is not None:
                    number = int(table.scores.bands_of(code)[row])
                    assert int(at(sheet, row + 1, columns[code, "band"])) == number, place
                    shown_name = at(sheet, row + 1, columns[code, "name"])
                    names = ["", *(band.name.id for band in bands)]
                    assert shown_name == names[number], place
