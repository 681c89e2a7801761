"""The formats of cells, as far as they say what a number is: a date, or a percentage."""

from __future__ import annotations

import re

from meritindex.assessment.workbooks.cells import Look
from meritindex.assessment.workbooks.limits import MAX_STYLES, too_much
from meritindex.assessment.workbooks.markup import Attributes, Budget, parse
from meritindex.language import Text

PLAIN = Look()

# The formats that every workbook has without saying so; the later ones are those of East Asia.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_PERCENT = frozenset({9, 10})
_OWN_FORMATS_FROM = 164

# Texts, single characters after a mark, colours and conditions; but elapsed time stays.
_SAID = re.compile(r'"[^"]*"?|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_LONGEST_FORMAT = 512


def read_looks(file: str, part: str, content: bytes, budget: Budget) -> list[Look]:
    """Return what each format of cells makes of numbers, in the order that cells count them.

    Raises:
        FileError: malformed markup, or too many formats.
    """
    codes: dict[int, str] = {}
    cells: list[int] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            cells.append(_whole(attributes.get("numFmtId")))
            if len(cells) > MAX_STYLES:
                raise too_much("workbook-styles", Text("format", "formats"), MAX_STYLES, file)

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    parse(file, part, content, budget, start=start, end=end)
    looks = {number: look_of(number, codes.get(number)) for number in set(cells)}
    return [looks[number] for number in cells]


def look_of(number: int, code: str | None) -> Look:
    """Return what a format makes of numbers.

    Args:
        number: of the format.
        code: how it is written, where the workbook says so.

    Examples:
        >>> look_of(9, None), look_of(170, 'dd "hari" mmmm').date
        (Look(date=False, percent=True), True)
    """
    if code is None or number < _OWN_FORMATS_FROM:
        return Look(date=number in _BUILT_IN_DATES, percent=number in _BUILT_IN_PERCENT)
    # What follows the first semicolon is for negative numbers.
    shown = _SAID.sub("", code[:_LONGEST_FORMAT]).partition(";")[0]
    return Look(date=bool(_DATE_LETTERS.search(shown)), percent="%" in shown)


def _whole(text: str | None) -> int:
    return (
        int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else 0
    )
