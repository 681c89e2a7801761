"""Texts that a spreadsheet would run as a formula, written so that it shows them as they are.

A cell that begins with `=`, `+`, `-`, `@`, a tab or the end of a line gets an apostrophe in front,
and reading takes exactly that one off again. Apostrophes that stood there already are counted, so
that every text comes back as it was.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def escaped(text: str) -> str:
    """Return a text as it is written into a cell.

    Examples:
        >>> escaped("=1+1"), escaped("Sleman")
        ("'=1+1", 'Sleman')
    """
    return "'" + text if _FORMULA.match(text) else text


def unescaped(cell: str) -> str:
    """Return the text that `escaped` wrote into a cell.

    Examples:
        >>> unescaped("'=1+1"), unescaped("'Sleman'")
        ('=1+1', "'Sleman'")
    """
    return cell[1:] if _ESCAPED.match(cell) else cell
