"""Colours, on terminals alone: codes around finished lines, which change nothing of the text.

They are the few that every terminal knows. Bold and red stand on any background; a warning brings
its own, black on yellow, since yellow letters can't be read on white. A program for it (rich) would
lay out the lines anew, and by other rules than those of pipes and files.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from meritindex.layout import Role, Style

_CODES: dict[Role, str] = {"heading": "1", "warning": "30;43", "fault": "1;31"}
# By these a terminal of Windows says that it knows the codes; the old console doesn't.
_KNOWING = ("WT_SESSION", "TERM", "ANSICON")


def is_terminal(stream: TextIO) -> bool:
    """Say whether someone watches a stream on a terminal that can move its cursor."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def shows_colours(stream: TextIO) -> bool:
    """Say whether a stream is a terminal with colours, and nobody has asked for none.

    `NO_COLOR` with anything in it asks for none (no-color.org). Nothing brings colours to pipes and
    files, where they would be read as data.
    """
    if not is_terminal(stream) or os.environ.get("NO_COLOR"):
        return False
    return sys.platform != "win32" or any(map(os.environ.get, _KNOWING))


def style_of(stream: TextIO) -> Style:
    """Return how lines of a role are written to a stream."""
    return _coloured if shows_colours(stream) else plain_style


def _coloured(line: str, role: Role) -> str:
    return f"\x1b[{_CODES[role]}m{line}\x1b[0m"


def plain_style(line: str, _: Role) -> str:
    """Return a line as it is: the style of pipes and files."""
    return line
