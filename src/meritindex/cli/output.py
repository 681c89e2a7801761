"""Where the text of a command goes: to a file or to standard output, and remarks to standard error.

What a person reads is fitted to what the terminal can show. Data (CSV, JSON, pages, workbooks) are
bytes, the same wherever they go, so that what is sent into a file reads back as the same data.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import attrs

from meritindex import files
from meritindex.cli.colours import style_of
from meritindex.errors import Fault, FileError
from meritindex.language import Language, Text
from meritindex.layout import Role
from meritindex.layout.cells import clean

# What a terminal in an older encoding is shown for the characters that it may not have.
_PLAIN = str.maketrans(
    {
        "─": "-",
        "–": "-",
        "═": "=",
        "│": "|",
        "├": "+",
        "└": "+",
        "•": "*",
        "·": ".",
        "≈": "~",
        "≥": ">=",
        "≤": "<=",
        "−": "-",
        "×": "x",
        "…": "...",
    }
)


@attrs.frozen(kw_only=True)
class Output:
    """What a command writes: its result, remarks beside it, and how it ends.

    Attributes:
        content: the result: text for a reader, or the bytes of data.
        remarks: what is told beside it.
        code: the exit code.
    """

    content: str | bytes
    remarks: tuple[str, ...] = ()
    code: int = 0

    def send(self, path: str | None) -> None:
        """Write the result to the file, or to standard output, and the remarks to standard error.

        Raises:
            FileError: the result can't be written.
            BrokenPipeError: the reader of standard output has gone.
        """
        if path is None:
            try:
                self._print()
            except OSError as error:
                _detach()
                if isinstance(error, BrokenPipeError):
                    raise
                raise _unwritable(error) from None
        elif isinstance(self.content, bytes):
            files.write_bytes(path, self.content)
        else:
            files.write_text(path, self.content)
        for remark in self.remarks:
            report(remark, "warning")

    def _print(self) -> None:
        if isinstance(self.content, str):
            sys.stdout.write(_fitted(self.content, sys.stdout.encoding or "utf-8"))
        elif takes_bytes(sys.stdout):
            sys.stdout.flush()
            sys.stdout.buffer.write(self.content)
        else:
            sys.stdout.write(self.content.decode())
        sys.stdout.flush()


def takes_bytes(stream: TextIO) -> bool:
    """Say whether a stream of text stands above one of bytes; a notebook's doesn't."""
    return hasattr(stream, "buffer")


def report(message: str, role: Role = "fault") -> None:
    """Write a message to standard error, without characters that act on a terminal.

    Args:
        message: one line or more.
        role: in what style a terminal shows it.
    """
    style = style_of(sys.stderr)
    for line in message.split("\n"):
        print(style(clean(line), role), file=sys.stderr)


def left_out_remarks(faults: Sequence[Fault], language: Language) -> tuple[str, ...]:
    """Return the faults of rows that were left out, for results that don't hold them."""
    left_out = Text("dikeluarkan: {fault}", "left out: {fault}").in_language(language)
    return tuple(left_out.format(fault=fault.in_language(language)) for fault in faults)


def _fitted(text: str, encoding: str) -> str:
    """Return a text with what its encoding can't show replaced."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, errors="replace").decode(encoding)
    return text


def _detach() -> None:
    """Point standard output nowhere, so that closing it at the end of the program is silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(error: OSError) -> FileError:
    message = Text(
        "keluaran tidak dapat ditulis ({why})", "the output can't be written ({why})"
    ).fill(why=files.reason_of(error))
    return FileError(Fault(code="output-unwritable", message=message))
