"""The result for many agencies as a workbook: a row an agency, computed in the row.

Everything that a row needs stands in it, so that sorting and filtering leave the formulas right.
"""

from __future__ import annotations

from meritindex.language import Language
from meritindex.layout import Document, Heading, Table
from meritindex.reporting.sheet_formulas import SheetProgram, sheet_program
from meritindex.reporting.workbooks.band_sheet import band_sheet
from meritindex.reporting.workbooks.book import Book
from meritindex.reporting.workbooks.documents import write_document
from meritindex.reporting.workbooks.given import answered, entered_in
from meritindex.reporting.workbooks.grounds import (
    instrument_sheets,
    options_sheet,
    using_parts,
    weights_sheet,
)
from meritindex.reporting.workbooks.table_sheet import TableSheet
from meritindex.reporting.workbooks.words import (
    OF_MANY,
    RESULTS,
    SUMMARY,
)
from meritindex.scoring import GroupBy, ScoreTable
from meritindex.scoring.saying import Sayer
from meritindex.scoring.showing import table_document


def table_workbook(table: ScoreTable, language: Language, by: GroupBy | str | None = None) -> bytes:
    """Return the result for many agencies as the bytes of a workbook.

    Args:
        table: the result.
        language: of its texts.
        by: also give each agency its group and the rank within it.

    Raises:
        MissingExtraError: openpyxl is not installed.
        FileError: there are more agencies or columns than a sheet has room for.
    """
    say = Sayer(language)
    entered = entered_in(table.plan, table.assessments.entries)
    found = sheet_program(table.plan, entered)
    program = found if isinstance(found, SheetProgram) else None
    title = say(table.instrument.title)
    # The table itself is on the sheet of results.
    told = [part for part in table_document(table, language).parts if not isinstance(part, Table)]
    using = using_parts(found, RESULTS, OF_MANY, say)
    grouping = None if by is None else GroupBy(by)
    with Book(language, title) as book:
        write_document(book, Document((Heading(title), *told[1:], *using)), say(SUMMARY))
        codes = answered(table.instrument, entered)
        sheet = TableSheet(book, table, program, codes, by=grouping)
        sheet.write()
        band_sheet(book, sheet)
        weights_sheet(book, table.plan)
        options_sheet(book, table.instrument)
        instrument_sheets(book, table.instrument)
        return book.saved()
