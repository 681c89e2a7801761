"""One sheet of a form being written: cells and their looks, what may be typed, what is locked."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

import attrs

from meritindex.assessment.forms.layout import Place
from meritindex.assessment.formulas import escaped
from meritindex.assessment.places import column_letters
from meritindex.layout.wrapping import wrapped
from meritindex.reporting.workbooks.cells import cell_text
from meritindex.reporting.workbooks.looks import (
    BOLD,
    HEADER,
    INPUT,
    LINE_HEIGHT,
    PLAIN,
    TITLE,
    Look,
)
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING = Look(bold=True, size=13)
TYPED = attrs.evolve(INPUT, wrap=True, upright="center")
TYPED_TEXT = attrs.evolve(TYPED, across="left")
NOTE_SIZE = 10.0
SMALL = attrs.evolve(PLAIN, size=NOTE_SIZE)
BOLD_SMALL = attrs.evolve(BOLD, size=NOTE_SIZE)
CENTRED = attrs.evolve(BOLD_SMALL, across="center")
FRAME_COLOUR = "B8C0C8"
# What does not count, what is wrong, and what was chosen; each differs in more than its colour.
GREY_FILL, GREY_INK = "E4E6E8", "6B7278"
WRONG_FILL, WRONG_INK = "FDE0D6", "7A1E00"
CHOSEN_FILL = "DDF0DD"
WAITING_FILL = "FFF1C2"

_A4 = 9
_LINE = 1.32  # the height of a line, in sizes of its letters
# Letters are of different widths; so many more than the width of a column go into a line.
_LETTERS_PER_WIDTH = 1.05
_BOLD_ROOM = 0.9
_TALLEST = 409.0
# What a workbook would read as another character.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TITLE_LENGTH, _MESSAGE_LENGTH = 32, 225


@attrs.frozen(kw_only=True)
class Formula:
    """What a cell computes, without the `=` in front."""

    text: str


Content = str | int | float | dt.date | Formula | None


class FormSheet:
    """A sheet of a form, in one language.

    Args:
        made: the sheet of openpyxl.
        say: the language.
        widths: of its columns, in characters.
    """

    def __init__(self, made: Worksheet, say: Sayer, widths: Iterable[float]) -> None:
        self.made, self.say = made, say
        self.widths = tuple(widths)
        for number, width in enumerate(self.widths, 1):
            made.column_dimensions[column_letters(number)].width = width
        made.sheet_view.showGridLines = False
        self._styles: dict[tuple[Look, bool, bool], Any] = {}
        self._merged: list[str] = []

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return str(self.made.title)

    def put(  # noqa: PLR0913 - where, what, and how it looks
        self,
        row: int,
        column: int,
        content: Content,
        look: Look = PLAIN,
        *,
        to_row: int | None = None,
        to_column: int | None = None,
        framed: bool = False,
        typed: bool = False,
    ) -> None:
        """Write a cell, merged with those down to another row and across to another column.

        Args:
            row: of the cell.
            column: of the cell.
            content: a text is written as a text, whatever it begins with.
            look: how it looks.
            to_row: the last row of the merged cell.
            to_column: the last column of the merged cell.
            framed: whether it has lines around it.
            typed: whether it is for typing.
        """
        last_row, last_column = to_row or row, to_column or column
        style = self._style(look, framed=framed, typed=typed)
        for below in range(row, last_row + 1):
            for beside in range(column, last_column + 1):
                self.made.cell(below, beside)._style = copy(style)  # noqa: SLF001
        self._fill(self.made.cell(row, column), content, typed=typed)
        if (last_row, last_column) != (row, column):
            first = self.place(row, column).cell
            self._merged.append(f"{first}:{self.place(last_row, last_column).cell}")

    def _style(self, look: Look, *, framed: bool, typed: bool) -> Any:  # noqa: ANN401
        """Return a style of openpyxl; making it anew for each cell is slow."""
        from openpyxl.cell import Cell  # noqa: PLC0415 - optional
        from openpyxl.styles import Border, Protection, Side  # noqa: PLC0415 - optional

        key = (look, framed, typed)
        if key not in self._styles:
            template = Cell(self.made, 1, 1)
            look.style(template)
            if framed:
                line = Side("thin", color=FRAME_COLOUR)
                template.border = Border(left=line, right=line, top=line, bottom=line)
            if typed:
                template.protection = Protection(locked=False)
            self._styles[key] = template._style  # noqa: SLF001
        return self._styles[key]

    def _fill(self, cell: Any, content: Content, *, typed: bool) -> None:  # noqa: ANN401 - openpyxl has no types
        if isinstance(content, Formula):
            cell.value = "=" + content.text
        elif isinstance(content, str) and content:
            # Lines are the writer's own; within one, nothing acts instead of showing. What a
            # person typed stays as it was.
            lines = (cell_text(line, self.say.language) for line in content.split("\n"))
            cell.value = _ESCAPE.sub("_x005F_", content) if typed else "\n".join(lines)
            # Openpyxl would make a formula or an error of some texts.
            cell.data_type = "s"
            if content[0].isdigit() or escaped(content) != content:
                cell.quotePrefix = True
        elif content != "":
            cell.value = content

    def heading(self, row: int, content: str, look: Look = HEADING) -> None:
        """Write a heading across the sheet."""
        self.put(row, 1, content, look, to_column=len(self.widths))
        self.made.row_dimensions[row].height = self.height(content, look, len(self.widths))

    def title(self, content: str) -> None:
        """Write the title of the sheet in its first row."""
        self.heading(1, content, TITLE)

    def note(self, row: int, content: str, look: Look = SMALL) -> None:
        """Write a text across the sheet."""
        self.heading(row, content, look)

    def header(self, row: int, names: Iterable[str]) -> None:
        """Write the header of a table."""
        lines = 2
        for column, name in enumerate(names, 1):
            self.put(row, column, name, HEADER, framed=True)
            # Bold letters are wide, and a column is seldom filled to its edge by whole words.
            room = max(int(self.widths[column - 1] * _BOLD_ROOM), 2)
            lines = max(lines, len(wrapped(name, room)))
        self.made.row_dimensions[row].height = lines * LINE_HEIGHT + 2

    def place(self, row: int, column: int) -> Place:
        """Return a cell of the sheet."""
        return Place(self.name, row, column)

    def height(self, content: str, look: Look, columns: int = 1, first: int = 1) -> float:
        """Return how high a row must be for a text in some neighbouring columns."""
        width = sum(self.widths[first - 1 : first - 1 + columns])
        return lines_of(content, width * PLAIN.size / look.size) * look.size * _LINE + 3

    def set_height(self, row: int, height: float) -> None:
        """Make a row so high, as far as it can be."""
        self.made.row_dimensions[row].height = min(math.ceil(height), _TALLEST)

    def choices(self, place: Place, source: str, message: str) -> None:
        """Let a cell take one of a list only: a range of cells, or values in quotation marks."""
        self._validate(place, message, type="list", formula1=source)

    def condition(self, place: Place, formula: str, message: str) -> None:
        """Let a cell take only what makes a formula true."""
        self._validate(place, message, type="custom", formula1=formula)

    def _validate(self, place: Place, message: str, **rule: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - optional

        made = DataValidation(
            allow_blank=True, showErrorMessage=True, showInputMessage=True, **rule
        )
        made.errorTitle = self.say("Isian tidak diterima", "Not accepted")[:_TITLE_LENGTH]
        made.error = message[:_MESSAGE_LENGTH]
        made.prompt = message[:_MESSAGE_LENGTH]
        made.add(place.cell)
        self.made.add_data_validation(made)

    def colour(self, cells: str, formula: str, fill: str, ink: str | None = None) -> None:
        """Give cells a colour where a formula of this sheet holds."""
        from openpyxl.formatting.rule import FormulaRule  # noqa: PLC0415 - optional
        from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - optional

        font = None if ink is None else Font(color=ink)
        filled = PatternFill("solid", bgColor=fill)
        self.made.conditional_formatting.add(
            cells, FormulaRule(formula=[formula], fill=filled, font=font)
        )

    def finish(self, *, frozen: str | None, repeated: str | None, landscape: bool = True) -> None:
        """Lock what is not for typing, and say how the sheet is seen and printed.

        Args:
            frozen: the first cell that moves when the sheet is moved.
            repeated: the rows (`1:3`) that stand on every printed page.
            landscape: how it is printed.
        """
        made = self.made
        # Openpyxl's own collection is a set, which would change its order from run to run.
        made.merged_cells = self._merged
        made.freeze_panes = frozen
        made.sheet_properties.pageSetUpPr.fitToPage = True
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.page_setup.paperSize = _A4
        made.page_setup.orientation = "landscape" if landscape else "portrait"
        made.page_margins.left = made.page_margins.right = 0.4
        made.page_margins.top, made.page_margins.bottom = 0.5, 0.8
        made.page_margins.header = made.page_margins.footer = 0.35
        made.oddFooter.left.text = "&A"
        made.oddFooter.center.text = "&P / &N"
        if repeated is not None:
            made.print_title_rows = repeated
        made.protection.sheet = True
        # Rows and columns may be made larger, to read what was typed.
        made.protection.formatRows = made.protection.formatColumns = False


def lines_of(content: str, width: float) -> int:
    """Return about how many lines a text takes in a column of this width."""
    letters = max(width * _LETTERS_PER_WIDTH, 1)
    return sum(max(1, math.ceil(len(line) / letters)) for line in content.split("\n"))
