"""Cells made harmless: the same cleaning for every form, and the addresses that may be followed."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from meritindex.layout.graphic_parts import Bar, Shade
from meritindex.layout.parts import Cell, Link

# Joiners shape letters in several scripts and change nothing else.
_JOINERS = "\u200c\u200d"
_REPLACEMENT = "\ufffd"
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s].*", re.IGNORECASE)
# Everything that has a meaning in an address, and the percent sign of what is encoded already.
_ADDRESS_SAFE = "%:/?#[]@!$&'()*+,;=~-._"


def clean(text: str) -> str:
    r"""Return `text` without characters that act instead of showing.

    Line breaks and tabs become spaces. Other controls, escape sequences' first characters, marks
    that reverse the direction of reading, invisible characters and halves of surrogate pairs
    become a visible replacement.

    Examples:
        >>> from meritindex.layout.cells import clean
        >>> clean("Kota\nSurabaya"), clean("\x1b[2J")
        ('Kota Surabaya', '�[2J')
    """
    if text.isprintable():
        return text
    return "".join(map(_harmless, text))


def _harmless(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        if character.isspace():
            return " "
        if character not in _JOINERS:
            return _REPLACEMENT
    return character


def plain(cell: Cell) -> str:
    """Return a cell as one harmless text; the address of a link stands after its text."""
    if isinstance(cell, str):
        return clean(cell)
    text = clean(cell.text)
    if not isinstance(cell, Link) or cell.url is None:
        return text
    url = clean(cell.url)
    return url if text in {"", url} else f"{text} <{url}>"


def web_address(cell: Link | Bar | Shade) -> str | None:
    """Return the address that a cell leads to, percent-encoded, if it is one of the web."""
    url = cell.url if isinstance(cell, Link) else None
    url = "" if url is None else clean(url).strip()
    return quote(url, safe=_ADDRESS_SAFE) if _WEB_ADDRESS.fullmatch(url) else None
