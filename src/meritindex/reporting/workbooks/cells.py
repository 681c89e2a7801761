"""Texts and numbers as cells of a workbook can hold them: what a text says is shown, never run.

A workbook knows rules of its own: a text has at most 32,767 characters, `_x0041_` in it would be
read as the letter A, a number has 15 digits, and the name of a sheet 31 characters of which some
are forbidden. All of that is met here, once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

from meritindex.language import Language, Text
from meritindex.layout.cells import clean
from meritindex.numbers import decimals_of

MAX_TEXT = 32_767
MAX_SHEET_NAME = 31
# A workbook counts with doubles and shows 15 digits; what has more is written as a text.
MAX_DIGITS = 15
SHOWN_DECIMALS = 6

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# No form of XML can hold these two.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
# A name that Excel keeps for itself.
_RESERVED = "history"
_CUT = Text(" … [dipotong: {count} karakter]", " … [cut: {count} characters]")
_NUMBERS: dict[Language, re.Pattern[str]] = {
    "id": re.compile(r"([+-]?)(0|[1-9][0-9]*)(?:,([0-9]+))?(%?)"),
    "en": re.compile(r"([+-]?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(%?)"),
}


def cell_text(text: str, language: Language) -> str:
    r"""Return a text as it is stored in a cell, so that the cell shows it as it is.

    Controls are made harmless as in every other form. A text that is longer than a cell can hold
    is cut, and says so at its end.

    Examples:
        >>> cell_text("Kota\nBima", "id"), cell_text("_x0041_", "id")
        ('Kota Bima', '_x005F_x0041_')
        >>> cell_text("a" * 40_000, "en")[-32:]
        'aaaaaa … [cut: 40000 characters]'
    """
    stored = _stored(text)
    if _length(stored) <= MAX_TEXT:
        return stored
    mark = _CUT.in_language(language).format(count=len(text))
    room = MAX_TEXT - len(mark)
    # Cutting what is stored might leave half of what is spelled out.
    low, high = 0, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        fits = _length(_stored(text[:middle])) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return _stored(text[:low]) + mark


def _stored(text: str) -> str:
    return _ESCAPE.sub("_x005F_", _NO_CHARACTERS.sub("\ufffd", clean(text)))


def _length(text: str) -> int:
    """Return how many places a text takes: Excel counts in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _within(text: str, places: int) -> str:
    """Return the beginning of a text that takes no more places."""
    return text.encode("utf-16-le")[: 2 * places].decode("utf-16-le", errors="ignore")


def shown_number(text: str, language: Language) -> tuple[Fraction, str] | None:
    """Return the number that a localized text is, and the format that shows it the same.

    None where the text is no number, or has more digits than a workbook counts with.

    Examples:
        >>> shown_number("0,650", "id"), shown_number("+3", "en")
        ((Fraction(13, 20), '0.000'), (Fraction(3, 1), '+0;-0;0'))
        >>> shown_number("12,5%", "id"), shown_number("≈ 0,5", "id")
        ((Fraction(1, 8), '0.0%'), None)
    """
    match = _NUMBERS[language].fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, percent = match[1], match[2], match[3] or "", match[4]
    if len(whole) + len(decimals) > MAX_DIGITS:
        return None
    value = Fraction(int(sign + whole + decimals), 10 ** len(decimals))
    shown = decimals_format(len(decimals)) + percent
    return value / (100 if percent else 1), f"+{shown};-{shown};{shown}" if sign == "+" else shown


def number_format(value: Fraction | int) -> str | None:
    """Return the format for a number, with as many decimals as it needs, up to six.

    None for a whole number of more digits than a workbook counts with.

    Examples:
        >>> number_format(301), number_format(Fraction(75, 2)), number_format(Fraction(1, 3))
        ('0', '0.0', '0.000000')
    """
    value = Fraction(value)
    if abs(value) >= 10**MAX_DIGITS:
        return None
    needed = decimals_of(value)
    return decimals_format(SHOWN_DECIMALS if needed is None else min(needed, SHOWN_DECIMALS))


def decimals_format(decimals: int) -> str:
    """Return the format that shows a number with so many decimals."""
    return "0." + "0" * decimals if decimals else "0"


def open_format(needed: int, most: int) -> str:
    """Return the format with the decimals that are needed now, and up to `most` after a change.

    Examples:
        >>> open_format(2, 4), open_format(0, 4)
        ('0.00##', 'General')
    """
    # `0.####` would leave the point of a whole number.
    return decimals_format(needed) + "#" * (most - needed) if needed else "General"


def sheet_name(wanted: str, taken: Collection[str], otherwise: str) -> str:
    """Return a name that a sheet can have, as near to the wanted one as that allows.

    Args:
        wanted: any text.
        taken: the names that the workbook has already; capitals make no other name.
        otherwise: for a text that leaves nothing, such as `Tabel`.

    Examples:
        >>> sheet_name("Bobot: a/b", (), "Tabel"), sheet_name("bobot", ("Bobot",), "Tabel")
        ('Bobot a b', 'bobot (2)')
    """
    legal = _FORBIDDEN_IN_NAMES.sub(" ", _NO_CHARACTERS.sub("\ufffd", clean(wanted)))
    base = _within(" ".join(legal.split()), MAX_SHEET_NAME).strip("' ") or otherwise
    used = {name.casefold() for name in taken} | {_RESERVED}
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = _within(base, MAX_SHEET_NAME - len(ending)).rstrip() + ending
    return name
