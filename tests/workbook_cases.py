"""Workbooks of results for tests: without their stored values, edited, and read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest

import meritindex as mi
from meritindex.definition import Dimension, Indicator, Instrument

openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl")

_STORED = re.compile(
    r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?: t="[a-z]+")?><f>([^<]*)</f><v>[^<]*</v>'
)


def opened(content: bytes, *, values: bool = False) -> Any:
    """Return a workbook as openpyxl reads it: with its formulas, or with the values they have."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def saved(workbook: Any) -> bytes:
    """Return a workbook of openpyxl as bytes; the values of its formulas are lost."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def without_values(content: bytes) -> bytes:
    """Return a workbook with its formulas, but without what came of them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = _STORED.sub(r'<c r="\1"\2><f>\3</f><v/>', text.decode()).encode()
            target.writestr(name, text)
    return stream.getvalue()


def header_row(rows: Sequence[Sequence[object]], first: str) -> int:
    """Return the place of the header of columns, which begins with a title."""
    return next(place for place, row in enumerate(rows) if row and row[0] == first)


def records(rows: Sequence[Sequence[Any]], first: str) -> list[dict[str, Any]]:
    """Return the rows under a header as dictionaries."""
    place = header_row(rows, first)
    titles = [title for title in rows[place] if title not in {"", None}]
    return [dict(zip(titles, row, strict=False)) for row in rows[place + 1 :] if any(row)]


def edited(content: bytes, sheet: str, edit: Callable[[Any], None]) -> bytes:
    """Return a workbook after a sheet of it was edited, as a person would."""
    workbook = opened(content)
    edit(workbook[sheet])
    return saved(workbook)


def cells_of(sheet: Any, first: str) -> Iterator[dict[str, Any]]:
    """Yield the cells of every row under a header, by its titles."""
    rows = list(sheet.iter_rows())
    place = next(number for number, row in enumerate(rows) if row[0].value == first)
    titles = [cell.value for cell in rows[place]]
    for row in rows[place + 1 :]:
        yield dict(zip(titles, row, strict=True))


def assessment_of(
    agency: mi.Agency, instrument: Instrument, cells: dict[str, Any], year: int | None
) -> mi.Assessment:
    """Return the assessment that the answers in a row are; what gates take out is not read."""
    entered = " (jawaban)"
    typed = {title.removesuffix(entered): value for title, value in cells.items() if title}
    for dimension in instrument.dimensions:
        typed[dimension.code] = cells.get(dimension.code + entered)
    gates = {gate.code: str(typed[gate.code]) for gate in instrument.gates if typed.get(gate.code)}
    levels, measures, points = {}, {}, {}
    for node in instrument.nodes:
        value = typed.get(node.code)
        if value is None or value == "–":
            continue
        if isinstance(node, Indicator):
            if all(gates.get(each.gate) in each.options for each in node.conditions):
                levels[node.code] = value
        elif isinstance(node, Dimension):
            points[node.code] = Fraction(str(value))
        else:
            measures[node.code] = Fraction(str(value))
    return mi.Assessment(
        agency=agency,
        instrument=instrument,
        levels=levels,
        gates=gates,
        measures=measures,
        points=points,
        year=year,
    )
