"""Rows from a CSV text, as Excel in either language writes it; no cell is judged here.

The delimiter (comma, semicolon or tab) is recognised in the header. Blank lines are skipped, and
lines are counted as an editor counts them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import partial

import attrs

from meritindex.assessment.building import RawRows, check_columns, column_name
from meritindex.assessment.formulas import unescaped
from meritindex.assessment.places import LINE, place_of
from meritindex.assessment.values import make_fault
from meritindex.definition import Instrument
from meritindex.errors import AssessmentError, Fault, FileError
from meritindex.language import Text
from meritindex.numbers import quoted

# Excel writes the delimiter into a first line of its own where it isn't the usual one.
_DELIMITER_LINE = re.compile(r"sep=([,;\t])[ ,;\t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ",;\t"

RowFault = tuple[int, int, Fault]


@attrs.frozen
class _Record:
    """The cells of a row, and the line on which it begins."""

    line: int
    cells: list[str]


def rows_from_csv(instrument: Instrument, name: str, text: str) -> RawRows:
    """Return the rows of a CSV text.

    Args:
        instrument: whose codes the columns are named by, in any case.
        name: what the file is called in messages.
        text: the content of the file.

    Raises:
        FileError: the text is not CSV, or has no header.
        AssessmentError: columns that are unknown, occur twice or are missing; no rows.
    """
    records = list(csv_records(name, text))
    if not records:
        no_header = Text("tidak ada kepala kolom", "there is no header with columns")
        raise FileError(Fault(code="no-header", message=no_header, place=Text.same(name)))
    header, *rows = records
    columns = [column_name(instrument, cell) for cell in header.cells]
    _check_header(instrument, name, header.line, columns, rows)
    while not columns[-1]:
        columns.pop()
    lines = [row.line for row in rows]

    def place(row: int, column: str | None) -> Text:
        return place_of(LINE, lines[row], column, name)

    faults: list[RowFault] = []
    plain = len(columns) if all(columns) else -1
    for number, row in enumerate(rows):
        if len(row.cells) != plain:
            faults += _misplaced(number, row, columns, partial(place_of, LINE, row.line, file=name))
            del row.cells[len(columns) :]
            row.cells.extend([""] * (len(columns) - len(row.cells)))
    by_position = zip(columns, zip(*(row.cells for row in rows), strict=True), strict=True)
    return RawRows(
        count=len(rows),
        columns={column: cells for column, cells in by_position if column},
        place=place,
        faults=faults,
    )


def _check_header(
    instrument: Instrument, name: str, line: int, columns: list[str], rows: list[_Record]
) -> None:
    faults = check_columns(
        instrument,
        [column for column in columns if column],
        partial(place_of, LINE, line, file=name),
    )
    if not rows:
        message = Text(
            "tidak ada baris di bawah kepala kolom", "there are no rows below the header"
        )
        faults.append(Fault(code="no-rows", message=message, place=place_of(LINE, line, file=name)))
    if faults:
        raise AssessmentError(faults)


def csv_records(name: str, text: str) -> Iterator[_Record]:
    """Yield the rows that hold anything, the header first."""
    if "\0" in text:
        message = Text(
            "memuat karakter NUL, sehingga bukan berkas CSV",
            "it has NUL characters, so that it is no CSV file",
        )
        raise FileError(Fault(code="csv-nul", message=message, place=Text.same(name)))
    first_line = 1
    delimiter: str | None = None
    if said := _DELIMITER_LINE.match(text):
        text, first_line, delimiter = text[said.end() :], 2, said[1]
    apostrophes = "'" in text
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
    )
    while True:
        line = first_line + reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _broken(name, line, error) from None
        if cells is None:
            return
        if any(map(str.strip, cells)):
            yield _Record(line, list(map(unescaped, cells)) if apostrophes else cells)


def _delimiter(text: str) -> str:
    """Return the delimiter that occurs most often in the header, outside of quotation marks."""
    header = next(
        (line for line in io.StringIO(text, newline=None) if line.strip(_DELIMITERS + " \n")), ""
    )
    return max(_DELIMITERS, key=_QUOTED.sub("", header).count)


def _broken(name: str, line: int, error: csv.Error) -> FileError:
    if "field limit" in str(error):
        code = "csv-cell-too-long"
        message = Text(
            "sel lebih panjang dari {limit} karakter", "a cell is longer than {limit} characters"
        ).fill(limit=csv.field_size_limit())
    else:
        code = "csv-quotes"
        message = Text(
            "tanda kutip tidak ditutup, atau diikuti teks lain di sel yang sama",
            "a quotation mark is not closed, or other text follows it in the same cell",
        )
    return FileError(Fault(code=code, message=message, place=place_of(LINE, line, file=name)))


def _misplaced(
    number: int, row: _Record, columns: list[str], place: Callable[[str | None], Text]
) -> Iterator[RowFault]:
    """Yield what is wrong with a row that has other cells than the header has names."""
    given, expected = len(row.cells), len(columns)
    for position, cell in enumerate(row.cells):
        if (position >= expected or not columns[position]) and cell.strip():
            fault = make_fault(
                "cell-without-column",
                Text(
                    "{value} berada di kolom ke-{position}, yang tidak bernama",
                    "{value} is in column {position}, which has no name",
                ),
                place=place(str(position + 1)),
                value=quoted(cell),
                allowed=Text("kosong", "empty"),
                position=position + 1,
            )
            yield number, sum(map(bool, columns[:position])), fault
    if given < expected:
        fault = make_fault(
            "row-too-short",
            Text(
                "baris berisi {value} sel; yang diterima: {allowed}",
                "the row has {value} cells; allowed: {allowed}",
            ),
            place=place(None),
            value=str(given),
            allowed=Text.same(str(expected)),
        )
        yield number, sum(map(bool, columns[:given])), fault
