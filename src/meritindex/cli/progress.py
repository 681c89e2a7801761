"""How far a long command is: one line of a terminal, which is gone when the command is done."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from meritindex.language import Language, Text

Progress = Callable[[int, int], None]

SIMULATING = Text("menyimulasikan: {percent}%", "simulating: {percent}%")


@contextlib.contextmanager
def progress_line(
    language: Language, stream: TextIO | None = None, words: Text = SIMULATING
) -> Iterator[Progress | None]:
    """Give what shows how much of all the work is done, and clear the line at the end.

    Args:
        language: that of the line.
        stream: where it stands; None for standard error. One that is no terminal gets nothing.
        words: what it says; `{percent}` is filled in.
    """
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield None
        return
    shown = ""

    def show(done: int, count: int) -> None:
        nonlocal shown
        line = words.in_language(language).format(percent=done * 100 // count)
        if line != shown:
            stream.write(f"\r{line}")
            stream.flush()
            shown = line

    try:
        yield show
    finally:
        if shown:
            # Percentages only grow, so that the last line is as long as any.
            stream.write(f"\r{' ' * len(shown)}\r")
            stream.flush()
