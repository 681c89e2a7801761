"""Reading files of assessments, and the empty file that an agency fills in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from meritindex import files
from meritindex.assessment.building import RawRows, build, instrument_of
from meritindex.assessment.csv_rows import rows_from_csv
from meritindex.assessment.forms.filled import is_form
from meritindex.assessment.forms.folder import WORKBOOK, ending_fault, is_folder
from meritindex.assessment.forms.reading import rows_of_folder, rows_of_form
from meritindex.assessment.json_rows import rows_from_json
from meritindex.assessment.many import AssessmentSet
from meritindex.assessment.table_rows import rows_from_table
from meritindex.assessment.values import make_fault
from meritindex.assessment.workbooks import open_workbook
from meritindex.definition import Instrument
from meritindex.errors import FileError
from meritindex.language import Text

_READERS: dict[str, Callable[[Instrument, str, str], RawRows]] = {
    ".csv": rows_from_csv,
    ".txt": rows_from_csv,
    ".tsv": rows_from_csv,
    ".json": rows_from_json,
}
# How a workbook begins, whatever its name is.
_ZIP = "PK\x03\x04"
_RENAME = Text(
    "isinya buku kerja; beri nama yang berakhiran .xlsx, atau simpan sebagai CSV UTF-8",
    "it is a workbook; give it a name that ends in .xlsx, or save it as CSV UTF-8",
)


def read_assessments(
    path: str | os.PathLike[str],
    instrument: Instrument | str = "ism-2026",
    *,
    leave_out_faulty: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> AssessmentSet:
    """Read the assessments of a CSV, JSON or Excel file, or of a folder of forms.

    A CSV file has one row for an assessment, with the columns of `template`: `agency` or `code`,
    `year`, `stage`, and answers by their codes; an empty cell is not answered. In place of a year a
    date may stand: `2026-08-05` or, the day always first, `05/08/2026`. The file may also have
    `synthetic`, points of dimensions, `total`, and `CODE.state`, `CODE.evidence` and
    `CODE.standing`. Commas, semicolons and tabs are recognised as delimiters, points and commas as
    decimal marks. A JSON file has a list of objects with the same keys, or
    `{"instrument": ..., "assessments": [...]}`. An Excel workbook is a filled form, or has on its
    first sheet a table with the columns of a CSV file. A folder is read as `read_forms` does.

    Args:
        path: ends in .csv, .tsv, .txt, .json or .xlsx, or is a folder.
        instrument: what was answered, or the id of a catalog instrument.
        leave_out_faulty: keep the rows without fault; those of the others are in `left_out`.
        progress: called with how many forms of a folder are read, and how many there are.

    Raises:
        FileError: the file can't be read at all.
        AssessmentError: columns or rows with faults; every one is listed, in the order of the file.
        UnknownNameError: the catalog has no such instrument.
    """
    rules = instrument_of(instrument)
    return build(rules, raw_rows(rules, path, progress), leave_out_faulty=leave_out_faulty)


def raw_rows(
    instrument: Instrument,
    path: str | os.PathLike[str],
    progress: Callable[[int, int], object] | None = None,
) -> RawRows:
    """Return the cells of a file or folder by column, none of them judged; with their places.

    Raises:
        FileError: it can't be read at all.
        AssessmentError: columns that are unknown, occur twice or are missing; no rows.
    """
    place = Path(path)
    if is_folder(place):
        return rows_of_folder(instrument, place, progress)
    suffix = place.suffix.lower()
    if suffix == WORKBOOK:
        workbook = open_workbook(place)
        of_workbook = rows_of_form if is_form(workbook) else rows_from_table
        return of_workbook(instrument, workbook)
    reader = _READERS.get(suffix)
    if reader is None:
        # A folder or file that isn't there is wrong before its ending is.
        try:
            place.stat()
        except (OSError, ValueError) as error:
            raise files.unreadable(place, error) from None
        raise FileError(ending_fault(place, ", ".join((*_READERS, WORKBOOK))))
    text = files.read_text(place)
    if text.startswith(_ZIP):
        shown = Text.same(place.name)
        raise FileError(make_fault("file-workbook", _RENAME, place=shown))
    return reader(instrument, place.name, text)


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
