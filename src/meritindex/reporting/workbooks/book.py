"""A workbook being written, sheet after sheet and row after row, in the looks of this library.

Rows are streamed, so that a sheet of many thousands takes little memory. Every cell is typed when
it is written: a text is stored as a text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Self

import attrs

from meritindex.assessment.formulas import escaped
from meritindex.assessment.places import column_letters
from meritindex.errors import Fault, FileError
from meritindex.extras import needing
from meritindex.language import Language, Text
from meritindex.layout import Link
from meritindex.layout.cells import clean, plain, web_address
from meritindex.layout.wrapping import wrapped
from meritindex.numbers import quoted
from meritindex.reporting.workbooks.cells import cell_text, number_format, sheet_name
from meritindex.reporting.workbooks.looks import (
    GREY,
    GREY_INK,
    INDENT,
    LINE_HEIGHT,
    PLAIN,
    SIZE,
    Look,
    followed,
)
from meritindex.reporting.workbooks.saving import Value, saved

# Excel opens no longer address.
_LONGEST_ADDRESS = 2_079
# What Excel allows of a row: its height in points, and how deep it can be folded.
_HIGHEST = 409.0
_DEEPEST_OUTLINE = 7
# Rows and columns of a sheet.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_A4 = "9"
_SHEET = Text("Lembar", "Sheet")
_YES, _NO = Text("ya", "yes"), Text("tidak", "no")


@attrs.frozen
class Formula:
    """A formula, without the sign of equality in front, and what comes of it (None: not known).

    `longest` is the longest text that may come of it, for which its row has room.
    """

    text: str
    value: Content = None
    longest: str = ""


@attrs.frozen
class Place:
    """A text that leads to a sheet of the same workbook."""

    text: str
    sheet: str


Content = str | int | Fraction | Formula | Link | Place | None
"""What a cell holds; a `bool` is shown as a word."""


@attrs.frozen
class Filled:
    """What a cell holds, and how it looks."""

    content: Content
    look: Look = PLAIN


class Book:
    """A workbook being written, within a `with`.

    Args:
        language: in which it is.
        title: what it is called in its properties.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """

    def __init__(self, language: Language, title: str) -> None:
        with needing("excel", Text("Buku kerja", "A workbook")):
            from openpyxl import Workbook  # noqa: PLC0415 - optional
        self.language: Language = language
        self._workbook = Workbook(write_only=True)
        self._workbook.properties.title = cell_text(title, language)
        self._workbook.properties.language = language
        self._values: dict[str, dict[str, Value]] = {}
        self._templates: dict[Look, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Leave no file of a workbook behind that was not finished."""
        if kind is not None:
            for sheet in self._workbook.worksheets:
                sheet.close()
                sheet._writer.cleanup()  # noqa: SLF001 - openpyxl does it when it saves

    def name(self, wanted: str) -> str:
        """Return the name that a sheet gets which begins now."""
        return sheet_name(wanted, self._workbook.sheetnames, _SHEET.in_language(self.language))

    def sheet(
        self,
        wanted: str,
        widths: Sequence[float],
        *,
        frozen: str | None = None,
        repeated: str | None = None,
        landscape: bool = False,
    ) -> Sheet:
        """Begin a sheet.

        Args:
            wanted: its name, as near as a workbook allows.
            widths: of its columns, in characters.
            frozen: the first cell that moves when the sheet is moved.
            repeated: the rows (`1:3`) that stand on every printed page.
            landscape: how it is printed.

        Raises:
            FileError: it has more columns than a sheet can have.
        """
        if len(widths) > MAX_COLUMNS:
            raise _too_large(wanted, Text("kolom", "columns"), MAX_COLUMNS)
        made = self._workbook.create_sheet(self.name(wanted))
        for number, width in enumerate(widths, 1):
            made.column_dimensions[column_letters(number)].width = width
        made.freeze_panes = frozen
        made.sheet_properties.outlinePr.summaryBelow = False
        made.sheet_properties.pageSetUpPr.fitToPage = True
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.page_setup.paperSize = _A4
        made.page_setup.orientation = "landscape" if landscape else "portrait"
        made.oddFooter.center.text = "&P / &N"
        if repeated is not None:
            made.print_title_rows = repeated
        values = self._values[made.title] = {}
        return Sheet(self, made, widths, values)

    def cell(self, sheet: Any, filled: Filled) -> Any:  # noqa: ANN401 - openpyxl has no types
        """Return a cell of openpyxl that holds and looks as it should."""
        content, look = filled.content, filled.look
        if isinstance(content, bool):
            content = (_YES if content else _NO).in_language(self.language)
        if isinstance(content, int | Fraction):
            return self._number(sheet, content, look)
        if isinstance(content, Formula):
            made = self._styled(sheet, look)
            made.value = "=" + content.text
            return made
        if isinstance(content, Link | Place):
            return self._link(sheet, content, look)
        if content:
            return self._text(sheet, content, look)
        return self._styled(sheet, look)

    def _styled(self, sheet: Any, look: Look) -> Any:  # noqa: ANN401
        from openpyxl.cell import Cell  # noqa: PLC0415 - optional

        if look not in self._templates:
            template = Cell(sheet, 1, 1)
            look.style(template)
            self._templates[look] = template._style  # noqa: SLF001 - styling each anew is slow
        return Cell(sheet, 1, 1, style_array=self._templates[look])

    def _number(self, sheet: Any, number: int | Fraction, look: Look) -> Any:  # noqa: ANN401
        shown = number_format(number)
        if shown is None:  # a workbook would lose its last digits
            return self._text(sheet, str(number), look)
        made = self._styled(sheet, attrs.evolve(look, number=look.number or shown))
        made.value = number if isinstance(number, int) else float(number)
        return made

    def _text(self, sheet: Any, text: str, look: Look) -> Any:  # noqa: ANN401
        made = self._styled(sheet, look)
        made.value = cell_text(text, self.language)
        # Openpyxl would make a formula or an error of some texts.
        made.data_type = "s"
        # A cell that is edited is read anew, unless it bears the mark of a text.
        if text[0].isdigit() or escaped(text) != text:
            made.quotePrefix = True
        return made

    def _link(self, sheet: Any, link: Link | Place, look: Look) -> Any:  # noqa: ANN401
        from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415 - optional

        if isinstance(link, Place):
            made = self._text(sheet, link.text, followed(look))
            quoted = link.sheet.replace("'", "''")
            made.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!A1")
            return made
        address = web_address(link)
        if address is None or len(address) > _LONGEST_ADDRESS:
            return self._text(sheet, plain(link), look)
        made = self._text(sheet, link.text or address, followed(look))
        made.hyperlink = address
        return made

    def saved(self) -> bytes:
        """Return the bytes of the file; the workbook can't be written on afterwards."""
        return saved(self._workbook, self._values)


class Sheet:
    """A sheet being written, from its first row down. Made by `Book.sheet`.

    Attributes:
        name: what it is called.
        rows: how many rows have been written.
        made: the sheet of openpyxl.
    """

    def __init__(
        self,
        book: Book,
        made: Any,  # noqa: ANN401 - openpyxl has no types
        widths: Sequence[float],
        values: dict[str, Value],
    ) -> None:
        self.made = made
        self.name: str = made.title
        self.rows = 0
        self._book, self._widths, self._values = book, widths, values
        self._merged: list[str] = []

    def append(
        self, cells: Iterable[Filled | None], *, across: int | None = None, outline: int = 0
    ) -> None:
        """Write the next row, as high as its texts need.

        Args:
            cells: one a column, None for one that is left alone.
            across: up to which column the last cell reaches; None for its own.
            outline: how deep the row lies in what can be folded.

        Raises:
            FileError: the sheet is full.
        """
        if self.rows == MAX_ROWS:
            raise _too_large(self.name, Text("baris", "rows"), MAX_ROWS)
        self.rows += 1
        row = list(cells)
        for column, filled in enumerate(row, 1):
            content = None if filled is None else filled.content
            value = content.value if isinstance(content, Formula) else None
            if isinstance(value, str):
                value = cell_text(value, self._book.language)
            if isinstance(value, str | int | Fraction):
                self._values[f"{column_letters(column)}{self.rows}"] = value
        height = self._height(row, across)
        if height is not None:
            self.made.row_dimensions[self.rows].height = height
        if outline:
            self.made.row_dimensions[self.rows].outlineLevel = min(outline, _DEEPEST_OUTLINE)
        self.made.append(
            [None if filled is None else self._book.cell(self.made, filled) for filled in row]
        )
        if across is not None and across > len(row):
            last, end = column_letters(len(row)), column_letters(across)
            self._merged.append(f"{last}{self.rows}:{end}{self.rows}")
            # Openpyxl's own collection is a set, which would change its order from run to run.
            self.made.merged_cells = self._merged

    def _height(self, row: Sequence[Filled | None], across: int | None) -> float | None:
        """Return how high a row has to be; None where one line of the usual size is enough."""
        highest = LINE_HEIGHT
        for place, filled in enumerate(row):
            content = None if filled is None else filled.content
            if filled is None or not isinstance(content, str | Link | Place | Formula):
                continue
            text = content if isinstance(content, str) else content.text
            if isinstance(content, Formula):
                text = content.longest
            look = filled.look
            end = across if across is not None and place == len(row) - 1 else place + 1
            width = sum(self._widths[place:end]) * SIZE / look.size
            room = int(width - INDENT * look.indent)
            long = look.wrap and len(text) > room
            lines = len(wrapped(clean(text), max(room, 2))) if long else 1
            highest = max(highest, lines * LINE_HEIGHT * look.size / SIZE)
        return None if highest == LINE_HEIGHT else min(highest, _HIGHEST)

    def filter(self, first_row: int, columns: int) -> None:
        """Let the rows from the header in `first_row` down to the last be filtered."""
        self.made.auto_filter.ref = f"A{first_row}:{column_letters(columns)}{self.rows}"

    def print_columns(self, last: str) -> None:
        """Print the columns up to this one only; after the last row is written."""
        self.made.print_area = f"A1:{last}{self.rows}"

    def fold(self, letter: str) -> None:
        """Fold a column away; before the first row is written."""
        column = self.made.column_dimensions[letter]
        column.outlineLevel, column.hidden = 1, True

    def check(self, cells: str, rule: dict[str, Any], title: str, message: str) -> None:
        """Let a range of cells take only what a rule of openpyxl's `DataValidation` allows."""
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - optional

        made = DataValidation(
            sqref=cells, allow_blank=True, errorTitle=title, error=message, **rule
        )
        made.showErrorMessage = True
        self.made.data_validations.append(made)

    def grey_out(self, cells: str, condition: str) -> None:
        """Show the cells of a range grey where a condition of the first of them holds."""
        from openpyxl.formatting.rule import FormulaRule  # noqa: PLC0415 - optional
        from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - optional

        rule = FormulaRule(
            formula=[condition],
            fill=PatternFill("solid", bgColor=GREY),
            font=Font(color=GREY_INK),
        )
        self.made.conditional_formatting.add(cells, rule)


def _too_large(sheet: str, what: Text, limit: int) -> FileError:
    message = Text(
        "lembar {sheet} memerlukan lebih dari {limit} {what}; yang dapat dimuat lembar kerja: "
        "{limit}",
        "the sheet {sheet} needs more than {limit} {what}; a spreadsheet has room for {limit}",
    ).fill(sheet=quoted(sheet), limit=limit, what=what)
    return FileError(Fault(code="sheet-too-large", message=message, value=quoted(sheet)))
