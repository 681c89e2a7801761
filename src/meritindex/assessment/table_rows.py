"""Rows from a plain table in a workbook: the first sheet, with the header that a CSV file has.

Rows without any content are skipped; hidden ones are rows like all others.
"""

from __future__ import annotations

import attrs

from meritindex.assessment.building import RawRows, check_columns, column_name
from meritindex.assessment.places import column_letters, place_on_sheet
from meritindex.assessment.sheet_cells import cell_value, merged_fault, shown_content
from meritindex.assessment.values import is_empty, make_fault
from meritindex.assessment.workbooks import Content, Sheet, Workbook
from meritindex.definition import Instrument
from meritindex.errors import AssessmentError, Fault, FileError
from meritindex.language import Text
from meritindex.numbers import quoted

RowFault = tuple[int, int, Fault]


def rows_from_table(instrument: Instrument, workbook: Workbook) -> RawRows:
    """Return the rows of the first sheet of a workbook.

    Args:
        instrument: whose codes the columns are named by, in any case.
        workbook: what was opened.

    Raises:
        FileError: the sheet can't be read, or is empty.
        AssessmentError: columns that are unknown, occur twice or are missing; no rows.
    """
    if not workbook.sheet_names:
        raise _no_header(workbook.file)
    sheet = workbook.sheet(workbook.sheet_names[0])
    numbers = [row for row, cells in sheet.rows.items() if not all(map(is_empty, cells.values()))]
    if not numbers:
        raise _no_header(workbook.file)
    header, *rows = numbers
    columns = _header(instrument, workbook.file, sheet, header, rows)
    of_name = {name: column for column, name in columns.items()}

    def place(row: int, column: str | None) -> Text:
        at = None if column is None else of_name[column]
        return place_on_sheet(sheet.name, rows[row], at, workbook.file)

    faults: list[RowFault] = []
    cells: dict[str, list[object]] = {name: [None] * len(rows) for name in columns.values()}
    for position, (column, name) in enumerate(columns.items()):
        merged = [area for area in sheet.merged if area.left <= column <= area.right]
        for row, number in enumerate(rows):
            value = cell_value(instrument, name, sheet.at(number, column))
            if any(area.hides(number, column) for area in merged):
                value = merged_fault(name)
            if isinstance(value, Fault):
                faults.append((row, position, attrs.evolve(value, place=place(row, name))))
            else:
                cells[name][row] = value
    for row, number in enumerate(rows):
        for column, content in sheet.rows[number].items():
            if column not in columns and not is_empty(content):
                before = sum(other < column for other in columns)
                at = place_on_sheet(sheet.name, number, column, workbook.file)
                faults.append((row, before, _without_column(content, column, at)))
    return RawRows(count=len(rows), columns=cells, place=place, faults=faults)


def _header(
    instrument: Instrument, file: str, sheet: Sheet, header: int, rows: list[int]
) -> dict[int, str]:
    """Return the names of the columns by their numbers."""
    columns = {
        column: column_name(instrument, shown_content(content))
        for column, content in sorted(sheet.rows[header].items())
        if not is_empty(content)
    }
    of_name = {name: column for column, name in columns.items()}

    def place(name: str | None) -> Text:
        return place_on_sheet(sheet.name, header, None if name is None else of_name[name], file)

    faults = check_columns(instrument, tuple(columns.values()), place)
    if not rows:
        message = Text(
            "tidak ada baris di bawah kepala kolom", "there are no rows below the header"
        )
        faults.append(make_fault("no-rows", message, place=place(None)))
    if faults:
        raise AssessmentError(faults)
    return columns


def _no_header(file: str) -> FileError:
    message = Text("tidak ada kepala kolom", "there is no header with columns")
    return FileError(make_fault("no-header", message, place=Text.same(file)))


def _without_column(content: Content, column: int, place: Text) -> Fault:
    return make_fault(
        "cell-without-column",
        Text(
            "{value} berada di kolom {letters}, yang tidak bernama",
            "{value} is in column {letters}, which has no name",
        ),
        place=place,
        value=quoted(shown_content(content)),
        allowed=Text("kosong", "empty"),
        letters=column_letters(column),
    )
