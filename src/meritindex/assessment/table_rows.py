"""Rows from a plain table in a workbook: the first sheet, with the header that a CSV file has.

Rows without any content are skipped; hidden ones are rows like all others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

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
        hidden = sheet.hidden(rows, column)
        faulty: dict[object, Fault] = {}  # a sheet may have a million cells with one fault
        for row, number in enumerate(rows):
            content = sheet.at(number, column)
            key = (type(content), content)  # 1, 1.0 and True are equal
            value = faulty.get(key) or cell_value(instrument, name, content)
            if hidden[row]:
                value = merged_fault(name)
            elif isinstance(value, Fault):
                faulty[key] = value
            if isinstance(value, Fault):
                faults.append((row, position, value))
            else:
                cells[name][row] = value
    nameless, also_faulty = _without_columns(workbook.file, sheet, columns, rows)
    return RawRows(
        count=len(rows),
        columns=cells,
        place=place,
        faults=[*faults, *nameless],
        also_faulty=also_faulty,
    )


def _without_columns(
    file: str, sheet: Sheet, columns: Mapping[int, str], rows: Sequence[int]
) -> tuple[list[RowFault], set[int]]:
    """Return a fault for each column that has no name but cells, and the rows of these cells."""
    first: dict[int, int] = {}
    count: Counter[int] = Counter()
    faulty: set[int] = set()
    for row, number in enumerate(rows):
        for column, content in sheet.rows[number].items():
            if column not in columns and not is_empty(content):
                first.setdefault(column, row)
                count[column] += 1
                faulty.add(row)
    names = tuple(columns)
    faults = []
    for column, row in first.items():
        place = place_on_sheet(sheet.name, rows[row], column, file)
        content = sheet.at(rows[row], column)
        fault = _without_column(content, column, place, count[column] - 1)
        faults.append((row, bisect_left(names, column), fault))
    return faults, faulty


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


def _without_column(content: Content, column: int, place: Text, others: int) -> Fault:
    message = Text(
        "{value} berada di kolom {letters}, yang tidak bernama",
        "{value} is in column {letters}, which has no name",
    )
    if others:
        message = Text(
            message.id + "; di bawahnya ada {others} sel lain yang berisi",
            message.en + "; cells below it that hold something: {others}",
        )
    return make_fault(
        "cell-without-column",
        message,
        place=place,
        value=quoted(shown_content(content)),
        allowed=Text("kosong", "empty"),
        letters=column_letters(column),
        others=others,
    )
