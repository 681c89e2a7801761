"""Reading files of assessments, and the empty file that an agency fills in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from meritindex import files
from meritindex.assessment.building import RawRows, build, instrument_of
from meritindex.assessment.csv_rows import rows_from_csv
from meritindex.assessment.json_rows import rows_from_json
from meritindex.assessment.many import AssessmentSet
from meritindex.assessment.values import make_fault
from meritindex.definition import Instrument
from meritindex.errors import FileError
from meritindex.language import Text, listed

_READERS: dict[str, Callable[[Instrument, str, str], RawRows]] = {
    ".csv": rows_from_csv,
    ".txt": rows_from_csv,
    ".tsv": rows_from_csv,
    ".json": rows_from_json,
}


# What spreadsheets save by themselves, and how such a file begins under another name.
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_ZIP = "PK\x03\x04"
_SAVE_AS_CSV = Text(
    "buku kerja tidak dapat dibaca; simpan sebagai CSV UTF-8",
    "a workbook can't be read; save it as CSV UTF-8",
)


def read_assessments(
    path: str | os.PathLike[str],
    instrument: Instrument | str = "ism-2026",
    *,
    leave_out_faulty: bool = False,
) -> AssessmentSet:
    """Read the assessments of a CSV or JSON file.

    A CSV file has one row for an assessment, with the columns of `template`: `agency` or `code`,
    `year`, `stage`, and answers by their codes; an empty cell is not answered. In place of a year a
    date may stand: `2026-08-05` or, the day always first, `05/08/2026`. The file may also have
    `synthetic`, points of dimensions, `total`, and `CODE.state`, `CODE.evidence` and
    `CODE.standing`. Commas, semicolons and tabs are recognised as delimiters, points and commas as
    decimal marks. A JSON file has a list of objects with the same keys, or
    `{"instrument": ..., "assessments": [...]}`.

    Args:
        path: ends in .csv, .tsv, .txt or .json.
        instrument: what was answered, or the id of a catalog instrument.
        leave_out_faulty: keep the rows without fault; those of the others are in `left_out`.

    Raises:
        FileError: the file can't be read at all.
        AssessmentError: columns or rows with faults; every one is listed, in the order of the file.
        UnknownNameError: the catalog has no such instrument.
    """
    rules = instrument_of(instrument)
    place = Path(path)
    reader = _READERS.get(place.suffix.lower())
    shown = Text.same(place.name or str(place))
    if reader is None:
        message = Text(
            "nama berkas harus berakhiran {allowed}",
            "the name of the file must end in {allowed}",
        )
        if place.suffix.lower() in _WORKBOOKS:
            message = listed((message, _SAVE_AS_CSV), "; ")
        allowed, suffix = Text.same(", ".join(_READERS)), place.suffix
        raise FileError(
            make_fault("file-format", message, place=shown, value=suffix, allowed=allowed)
        )
    text = files.read_text(place)
    if text.startswith(_ZIP):
        raise FileError(make_fault("file-workbook", _SAVE_AS_CSV, place=shown))
    return build(rules, reader(rules, place.name, text), leave_out_faulty=leave_out_faulty)


def template(instrument: Instrument | str = "ism-2026") -> str:
    """Return an empty CSV file to fill in: who and when, then everything that is to be answered.

    Examples:
        >>> template("ism-2019").strip()
        'agency,code,year,stage,a1,a2,a3,a4,a5,a6,a7,a8'
    """
    rules = instrument_of(instrument)
    columns = ["agency", "code", "year", "stage"]
    columns += [gate.code for gate in rules.gates]
    columns += [indicator.code for indicator in rules.indicators]
    columns += [measure.code for measure in rules.measures]
    columns += [dimension.code for dimension in rules.dimensions if not dimension.children]
    return ",".join(columns) + "\r\n"
