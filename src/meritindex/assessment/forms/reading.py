"""Reading filled forms: one file, or a folder of them, as one set of assessments.

Every fault of every file is told at once, with its file, sheet and cell. What stands in the cells
is judged where the answers of all files are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from meritindex.assessment.building import RawRows, build, instrument_of
from meritindex.assessment.forms.filled import FilledForm, filled_form, unread_form
from meritindex.assessment.forms.folder import (
    OTHER_WORKBOOKS,
    WORKBOOK,
    ending_fault,
    forms_in,
    is_folder,
)
from meritindex.assessment.forms.layout import layout
from meritindex.assessment.many import AssessmentSet
from meritindex.assessment.places import place_on_sheet
from meritindex.assessment.workbooks import Workbook, open_workbook
from meritindex.definition import Instrument
from meritindex.errors import FileError
from meritindex.language import Text

_LINK = ".link"


def read_forms(
    path_or_folder: str | os.PathLike[str],
    instrument: Instrument | str = "ism-2026",
    *,
    leave_out_faulty: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> AssessmentSet:
    """Read filled forms: a file gives a set of one assessment, a folder one of all its forms.

    Of a folder every file that ends in .xlsx is read, in the order of their names; hidden files,
    the lock files of open workbooks and what lies in folders of the folder are not. Workbooks of
    other kinds are refused by their ending, whatever they hold. Forms are
    written by `write_form`; to read them, no extra has to be installed. Evidence and the link
    beside it become one text of two lines. Cells that are computed are refused, and so is a
    workbook that holds macros, links to other files, or more than a form can.

    Args:
        path_or_folder: a form, or a folder of forms of one instrument.
        instrument: what was answered, or the id of a catalog instrument.
        leave_out_faulty: keep the forms without fault; the faults of the others are in `left_out`.
        progress: called with how many forms of a folder are read, and how many there are.

    Raises:
        FileError: the file is no workbook that can be read, or the folder has no forms.
        AssessmentError: forms with faults, of another instrument, or two of one agency, year and
            stage; every fault of every file is listed.
        UnknownNameError: the catalog has no such instrument.

    Examples:
        >>> # needs: openpyxl
        >>> import tempfile, pathlib, meritindex as mi
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> mi.write_form("ism-2026", folder / "sleman.xlsx", agency="Kabupaten Sleman", year=2026)
        >>> read_forms(folder).agencies[0].name
        'Kabupaten Sleman'
    """
    rules = instrument_of(instrument)
    place = Path(path_or_folder)
    if is_folder(place):
        rows = rows_of_folder(rules, place, progress)
    else:
        rows = rows_of_file(rules, place)
    return build(rules, rows, leave_out_faulty=leave_out_faulty)


def rows_of_file(instrument: Instrument, path: Path) -> RawRows:
    """Return the answers of one form as a row."""
    return rows_of_form(instrument, _opened(path))


def rows_of_form(instrument: Instrument, workbook: Workbook) -> RawRows:
    """Return the answers of a form that was opened as a row."""
    return _rows(instrument, [filled_form(instrument, workbook)])


def rows_of_folder(
    instrument: Instrument, folder: Path, progress: Callable[[int, int], object] | None = None
) -> RawRows:
    """Return the answers of all forms of a folder, one a row; a form that can't be read is empty.

    Args:
        instrument: what was answered.
        folder: where the forms lie.
        progress: called with how many forms are read, and how many there are.

    Raises:
        FileError: the folder can't be read, has no forms, or too many.
    """
    paths = forms_in(folder)
    forms: list[FilledForm] = []
    for path in paths:
        forms.append(_form(instrument, path))
        if progress is not None:
            progress(len(forms), len(paths))
    return _rows(instrument, forms)


def _opened(path: Path) -> Workbook:
    if path.suffix.lower() in OTHER_WORKBOOKS:
        raise FileError(ending_fault(path, WORKBOOK))
    return open_workbook(path)


def _form(instrument: Instrument, path: Path) -> FilledForm:
    try:
        return filled_form(instrument, _opened(path))
    except FileError as error:
        return unread_form(instrument, path.name, error.faults)


def _rows(instrument: Instrument, forms: Sequence[FilledForm]) -> RawRows:
    names = [name for name in layout(instrument, "id").typed if not name.endswith(_LINK)]
    position = {name: number for number, name in enumerate(names)}

    def place(row: int, column: str | None) -> Text:
        form = forms[row]
        if column is None:
            return Text.same(form.file)
        at = form.layout.typed[column]
        return place_on_sheet(at.sheet, at.row, at.column, form.file)

    return RawRows(
        count=len(forms),
        columns={name: [form.cells.get(name) for form in forms] for name in names},
        place=place,
        faults=[
            (row, -1 if column is None else position[column], fault)
            for row, form in enumerate(forms)
            for column, fault in form.faults
        ],
    )
