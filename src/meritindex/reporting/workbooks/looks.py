"""How cells look: a few looks for all workbooks, readable in greyscale and on paper."""

from __future__ import annotations

from typing import Any, Literal

import attrs

# The usual size of letters, the height of a line of them, and an indent in their widths.
SIZE, LINE_HEIGHT, INDENT = 11.0, 15.0, 1.5
# What doesn't count.
GREY, GREY_INK = "D9D9D9", "6B6B6B"
_LINE_COLOUR = "8A94A0"


@attrs.frozen(kw_only=True)
class Look:
    """How a cell looks. Colours are `RRGGBB`; `number` is a number format of a workbook."""

    bold: bool = False
    italic: bool = False
    size: float = SIZE
    ink: str | None = None
    fill: str | None = None
    underlined: bool = False
    line: bool = False
    wrap: bool = True
    across: Literal["left", "right", "center"] | None = None
    upright: Literal["top", "center", "bottom"] = "top"
    indent: int = 0
    number: str | None = None

    def style(self, cell: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        """Give a cell of openpyxl this look."""
        from openpyxl.styles import (  # noqa: PLC0415 - optional
            Alignment,
            Border,
            Font,
            PatternFill,
            Side,
        )

        cell.font = Font(
            name="Calibri",
            size=self.size,
            bold=self.bold,
            italic=self.italic,
            color=self.ink,
            underline="single" if self.underlined else None,
        )
        cell.alignment = Alignment(
            wrap_text=self.wrap,
            horizontal=self.across or ("left" if self.indent else None),
            vertical=self.upright,
            indent=self.indent,
        )
        if self.fill is not None:
            cell.fill = PatternFill("solid", fgColor=self.fill)
        if self.line:
            cell.border = Border(bottom=Side("thin", color=_LINE_COLOUR))
        if self.number is not None:
            cell.number_format = self.number


PLAIN = Look()
BOLD = Look(bold=True)
NUMBER = Look(across="right", indent=1)
NOTE = Look(italic=True, ink="4A525B")
TITLE = Look(bold=True, size=16)
HEADINGS = (TITLE, Look(bold=True, size=14), Look(bold=True, size=12), BOLD, BOLD, BOLD)
HEADER = Look(bold=True, fill="DCE3EA", line=True, upright="center")
NUMBER_HEADER = attrs.evolve(HEADER, across="right", indent=1)
# What may be changed in a workbook, and what is computed from it.
INPUT = Look(fill="FFF6D6", across="center")
COMPUTED = Look(fill="EEF2F6", across="right", indent=1)
# What must not be overlooked: that data is made up.
NOTICE = Look(bold=True, ink="7A1E00", fill="FDEBE3")


def followed(look: Look) -> Look:
    """Return the look of a text that leads somewhere."""
    return attrs.evolve(look, ink="0B4F9E", underlined=True)
