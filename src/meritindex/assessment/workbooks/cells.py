"""What a cell of a workbook holds, as Python has it, and what can't be taken for a value.

A number is a number, whatever its format shows; but one shown as a date is that date, and one shown
in percent is marked, because what the person sees is a hundred times what the cell holds.
"""

from __future__ import annotations

import datetime as dt
import math
import re

import attrs

# A workbook knows no double beyond this, and no number of more digits than it shows.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_LONGEST_NUMBER = 400

# `_x000D_` in a text of a workbook is the character of that number.
_SPELLED_OUT = re.compile(r"_x([0-9A-Fa-f]{4})_")

_FIRST_DAY = dt.date(1899, 12, 30)
# The calendar of a workbook has a 29 February 1900, which never was.
_FEBRUARY_1900 = 61
_DAYS_TO_1904 = 1462
_LAST_SERIAL = 2_958_466
_SECONDS_OF_DAY = 86_400


@attrs.frozen
class Formula:
    """A cell that is computed. What it showed last is not what it is, so that it has no value."""


@attrs.frozen
class CellError:
    """A cell that shows an error, such as `#REF!`."""

    text: str


@attrs.frozen
class Percentage:
    """A number that its cell shows in percent: 0.85 as 85%."""

    number: int | float


@attrs.frozen
class Look:
    """What the format of a cell makes of its number."""

    date: bool = False
    percent: bool = False


Plain = str | int | float | bool | dt.date | dt.time | None
Content = Plain | Formula | CellError | Percentage


def number_content(text: str, look: Look, *, from_1904: bool) -> Content:
    """Return what a cell holds that is written as a number.

    What is none stays a text, which whoever reads the cell refuses with its place.
    """
    written = text.strip()
    if len(written) > _LONGEST_NUMBER or not _NUMBER.fullmatch(written):
        return text
    number: int | float = int(written) if _WHOLE.fullmatch(written) else float(written)
    if not math.isfinite(number):
        return text
    if look.date:
        return _moment(number, from_1904=from_1904)
    return Percentage(number) if look.percent else number


def _moment(serial: float, *, from_1904: bool) -> dt.date | dt.time | float:
    """Return the day, and the time of day where there is one, that a number stands for."""
    number = serial + _DAYS_TO_1904 if from_1904 else serial
    if not 0 <= number < _LAST_SERIAL:
        return serial
    whole = int(number)
    seconds = round((number - whole) * _SECONDS_OF_DAY)
    time = dt.timedelta(seconds=seconds)
    if whole == 0:
        midnight = dt.datetime.combine(_FIRST_DAY, dt.time())
        return (midnight + time).time()
    day = _FIRST_DAY + dt.timedelta(days=whole + (whole < _FEBRUARY_1900))
    return dt.datetime.combine(day, dt.time()) + time if seconds else day


def iso_content(text: str) -> Content:
    """Return the day that a cell holds as an ISO text; what is none stays a text."""
    try:
        moment = dt.datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment if moment.time() != dt.time() else moment.date()


def spoken(text: str) -> str:
    """Return a text of a workbook with the characters that it spells out.

    Examples:
        >>> spoken("a_x0041__x005F_x0041_")
        'aA_x0041_'
    """
    return _SPELLED_OUT.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    # Half a pair is no character.
    return match[0] if 0xD800 <= number <= 0xDFFF else chr(number)
