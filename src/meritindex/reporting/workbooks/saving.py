"""A workbook as bytes: the same for the same input, with the values of its formulas beside them.

Openpyxl stores formulas without what comes of them. Programs that calculate do so on opening; a
preview, a phone, or Excel before "Enable Editing" shows what is stored. The library knows the
values, so it stores them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = int | Fraction | str
"""What comes of a formula."""

_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the properties of a workbook have no zone
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_ON_UNIX = 3
_READABLE = 0o644 << 16
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MODIFIED_THEN = rb"\g<1>" + f"{_DAY.isoformat()}Z".encode()
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?><f>([^<]*)</f><v(?: ?/>|></v>)</c>')
_PROPERTIES = "docProps/core.xml"
# A large sheet is not held in memory as a whole.
_BLOCK = 2**20


def saved(workbook: Workbook, values: Mapping[str, Mapping[str, Value]] | None = None) -> bytes:
    """Return a workbook of openpyxl as the bytes of its file.

    It holds no clock and no name of a person or machine, so that the same workbook gives the same
    bytes with the same versions of openpyxl and Python.

    Args:
        workbook: what is saved; it can't be used afterwards.
        values: what comes of its formulas, by sheet and cell (`{"Hasil": {"B5": 301}}`). A formula
            that is not among them is stored without a value.
    """
    workbook.properties.creator = "meritindex"
    workbook.properties.created = _DAY
    workbook.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    workbook.save(stream)
    by_path = {
        sheet.path.lstrip("/"): values[sheet.title]
        for sheet in workbook.worksheets
        if values and sheet.title in values
    }
    target = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _FIRST_DAY_OF_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _ON_UNIX, _READABLE
            entry.file_size = info.file_size
            with source.open(info) as made, archive.open(entry, "w") as kept:
                if info.filename == _PROPERTIES:
                    kept.write(_MODIFIED.sub(_MODIFIED_THEN, made.read()))
                else:
                    _copy(made, kept, by_path.get(info.filename, {}))
    return target.getvalue()


def _copy(made: IO[bytes], kept: IO[bytes], values: Mapping[str, Value]) -> None:
    """Copy a part of a workbook, row by row, with the values of its formulas."""

    def filled(match: re.Match[bytes]) -> bytes:
        cell, style, formula = match.groups(b"")
        if cell.decode() not in values:
            return match[0]
        kind, text = _typed(values[cell.decode()])
        opening = b'<c r="%b"%b%b>' % (cell, style, kind)
        return b"%b<f>%b</f><v>%b</v></c>" % (opening, formula, text.encode())

    rest = b""
    while block := made.read(_BLOCK):
        rows, end, rest = (rest + block).rpartition(b"</row>")
        kept.write(_FORMULA.sub(filled, rows + end))
    kept.write(rest)


def _typed(value: Value) -> tuple[bytes, str]:
    """Return the mark of the type of a value, and the value as it is stored."""
    if isinstance(value, str):
        return b' t="str"', escape(value)
    return b"", str(value) if isinstance(value, int) else repr(float(value))
