"""How far a long command is: a bar on a terminal, which is gone when the command is done."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TextIO

from meritindex.cli.colours import is_terminal, shows_colours
from meritindex.language import Language, Text

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

Progress = Callable[[int, int], None]

SIMULATING = Text("menyimulasikan", "simulating")
PLANNING = Text("menyusun rencana", "planning")
READING = Text("membaca berkas", "reading files")
RANKING = Text("mencari peringkat", "finding ranks")


@contextlib.contextmanager
def progress_bar(
    language: Language, words: Text, stream: TextIO | None = None
) -> Iterator[Progress | None]:
    """Give what shows how much of all the work is done, and clear the bar at the end.

    The bar is drawn by rich, of the extra `terminal`; where that is not installed there is none.
    Work that is done when it first tells of itself shows none either.

    Args:
        language: that of the words.
        words: what is being done.
        stream: where it stands; None for standard error. One that is no terminal gets nothing.
    """
    stream = sys.stderr if stream is None else stream
    bar = _bar(stream) if is_terminal(stream) else None
    if bar is None:
        yield None
        return
    task = bar.add_task(words.in_language(language), total=None)

    def show(done: int, count: int) -> None:
        bar.update(task, completed=done, total=count)
        if done < count:
            bar.start()

    try:
        yield show
    finally:
        bar.stop()


def _bar(stream: TextIO) -> Bar | None:
    """Return a bar that has not begun; None without rich."""
    try:
        from rich.console import Console  # noqa: PLC0415 - optional
        from rich.progress import (  # noqa: PLC0415 - optional
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeRemainingColumn,
        )
    except ImportError:
        return None
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        # rich has ideas of its own about what a terminal is, which other variables decide.
        console=Console(file=stream, force_terminal=True, no_color=not shows_colours(stream)),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
