"""Rows of data as a sheet: the numbers of a result, typed, to be calculated with elsewhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from meritindex.assessment.formulas import unescaped
from meritindex.language import Language, Text
from meritindex.numbers import decimal_text
from meritindex.reporting.workbooks.book import Book, Filled
from meritindex.reporting.workbooks.cells import MAX_DIGITS, SHOWN_DECIMALS, number_format
from meritindex.reporting.workbooks.looks import HEADER, NUMBER, NUMBER_HEADER, PLAIN, Look
from meritindex.reporting.workbooks.tables import width_for

TypedCell = int | Fraction | str | None
"""A number, a text, or nothing; a `bool` is shown as a word."""

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
# Codes such as 35.07 and exact fractions are texts, though some look like numbers.
_TEXT_COLUMN = re.compile(r"(?:^|[._ ])(?:code|codes|exact)$")
_UNWRAPPED = attrs.evolve(PLAIN, wrap=False)
_DATA = Text("Data", "Data")


def rows_workbook(
    header: Sequence[str], rows: Iterable[Sequence[TypedCell]], language: Language, title: str
) -> bytes:
    r"""Return rows of data as the bytes of a workbook of one sheet.

    Args:
        header: the names of the columns.
        rows: of as many cells each. A whole number or a `Fraction` is a number (shown with up to
            six decimals), a text is a text, None is empty.
        language: for the words in which a `bool` is shown.
        title: what the workbook and the sheet are called.

    Raises:
        MissingExtraError: openpyxl is not installed.

    Examples:
        >>> # needs: openpyxl
        >>> from fractions import Fraction
        >>> from meritindex.reporting.workbooks import rows_workbook
        >>> rows = [("Kota Bima", Fraction(61, 80)), ("=1+1", None)]
        >>> rows_workbook(("instansi", "nilai"), rows, "id", "Nilai")[:4]
        b'PK\x03\x04'
    """
    with Book(language, title) as book:
        typed_sheet(book, title, header, list(rows))
        return book.saved()


def csv_workbook(data: str, language: Language, title: str) -> bytes:
    """Return the CSV text of a result as the bytes of a workbook of one sheet.

    Args:
        data: a header and rows, as this library writes them. A column of decimals is one of
            numbers, unless its name says that it holds codes or exact fractions.
        language: of the workbook.
        title: what the workbook and the sheet are called.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    with Book(language, title) as book:
        data_sheet(book, data, title)
        return book.saved()


def data_sheet(book: Book, data: str, title: str | None = None) -> None:
    """Write CSV text on a sheet of its own; see `csv_workbook`."""
    header, *rows = csv.reader(io.StringIO(data, newline=""))
    columns = [
        _typed(name, [unescaped(row[place]) for row in rows]) for place, name in enumerate(header)
    ]
    typed_sheet(
        book,
        _DATA.in_language(book.language) if title is None else title,
        [unescaped(name) for name in header],
        list(zip(*columns, strict=True)),
    )


def typed_sheet(
    book: Book, title: str, header: Sequence[str], rows: Sequence[Sequence[TypedCell]]
) -> None:
    """Write typed rows on a sheet of its own, with a filter, below a header that stays in sight."""
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    looks = [_look(column) for column in columns]
    sheet = book.sheet(
        title,
        [width_for(name, map(_said, column)) for name, column in zip(header, columns, strict=True)],
        frozen="B2",
        repeated="1:1",
        landscape=len(header) > 5,
    )
    sheet.append(
        [
            Filled(name, HEADER if look.number is None else NUMBER_HEADER)
            for name, look in zip(header, looks, strict=True)
        ]
    )
    for row in rows:
        sheet.append([Filled(cell, look) for cell, look in zip(row, looks, strict=True)])
    sheet.filter(1, len(header))


def _typed(name: str, cells: Sequence[str]) -> Sequence[TypedCell]:
    """Return a column of texts as numbers, where all that is filled is one."""
    if _TEXT_COLUMN.search(name) or not all(map(_is_decimal, filter(None, cells))):
        return [cell or None for cell in cells]
    return [Fraction(cell) if cell else None for cell in cells]


def _is_decimal(cell: str) -> bool:
    match = _DECIMAL.fullmatch(cell)
    return match is not None and sum(map(str.isdigit, cell)) <= MAX_DIGITS


def _look(column: Sequence[TypedCell]) -> Look:
    """Return how a column looks: numbers with as many decimals as any of them needs."""
    numbers = [cell for cell in column if cell is not None]
    if not numbers or any(isinstance(cell, str | bool) for cell in numbers):
        return _UNWRAPPED
    formats = [number_format(number) for number in numbers]  # type: ignore[arg-type]
    return attrs.evolve(NUMBER, number=max(filter(None, formats), key=len, default=None))


def _said(cell: TypedCell) -> str:
    if isinstance(cell, Fraction):
        return decimal_text(cell, SHOWN_DECIMALS)
    return "" if cell is None else str(cell)
