"""How an entry would be written, of what stands in the file in its place.

A drafter who wrote a number alone, or a date in quotation marks, is shown the whole entry to copy.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from meritindex.errors import NumberError
from meritindex.language import Text
from meritindex.numbers import parse_number

TABLE = Text("tabel", "a table")

_UNKNOWN = "…"
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def figure_form(value: object) -> Text:
    """Return what a number with its basis looks like, with the number given if it is one.

    Examples:
        >>> figure_form(40).en
        'a table such as { value = "40", standing = "…", sources = ["…"] }'
    """
    form = f'{{ value = "{_number(value) or _UNKNOWN}", standing = "…", sources = ["…"] }}'
    return Text(f"tabel seperti {form}", f"a table such as {form}")


def weight_form(value: object = None) -> Text:
    """Return what a weight looks like, with the number given if it is one."""
    form = figure_form(value)
    return Text(f'{form.id}, atau "unpublished"', f'{form.en}, or "unpublished"')


def plain_number_form(table: Mapping[str, object], owner: str) -> Text:
    """Return what a number without a basis of its own looks like.

    Args:
        table: what was given in its place.
        owner: the table whose basis is that of the number; empty where there is none.
    """
    number = _number(table.get("value")) or "0.40"
    form = Text(
        f'hanya angka dalam tanda kutip, misalnya "{number}"',
        f'only the number in quotes, such as "{number}"',
    )
    if not owner:
        return form
    return Text(
        f"{form.id}; dasarnya adalah dasar {owner}", f"{form.en}; the basis is that of {owner}"
    )


def _number(value: object) -> str | None:
    """Return the number that a value is, or says; None where it is none."""
    try:
        parse_number(value)
    except NumberError:
        return None
    return str(value).strip()


def day_in(value: object) -> str | None:
    """Return the day that a text says, as a file would write it; None where it says none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        return dt.date.fromisoformat(value.strip()).isoformat()
    except ValueError:  # such as 2025-02-30
        return None


def year_in(value: object) -> str | None:
    """Return the year that a text says; None where it says none."""
    return value.strip() if isinstance(value, str) and _YEAR.fullmatch(value.strip()) else None
