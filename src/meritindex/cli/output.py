"""Where the text of a command goes: to a file or to standard output, and remarks to standard error.

What a person reads is fitted to what the terminal can show. Data (CSV, JSON) is UTF-8 wherever it
goes, with its own line ends, so that what is sent into a file reads back as the same data.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import attrs

from meritindex import files
from meritindex.errors import Fault, FileError
from meritindex.language import Language, Text
from meritindex.layout import Document, to_page, to_text
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
    """What a command gives: its result, whether that is data, remarks beside it, how it ends."""

    text: str
    is_data: bool = False
    remarks: tuple[str, ...] = ()
    code: int = 0

    def send(self, path: str | None) -> None:
        """Write the result to the file, or to standard output, and the remarks to standard error.

        Raises:
            FileError: the result can't be written.
            BrokenPipeError: the reader of standard output has gone.
        """
        if path is not None:
            files.write_text(path, self.text)
        else:
            try:
                self._print()
            except OSError as error:
                _detach()
                if isinstance(error, BrokenPipeError):
                    raise
                raise _unwritable(error) from None
        for remark in self.remarks:
            report(remark)

    def _print(self) -> None:
        encoding = sys.stdout.encoding or "utf-8"
        binary = getattr(sys.stdout, "buffer", None)
        if self.is_data and binary is not None:
            sys.stdout.flush()
            binary.write(self.text.encode())
            binary.flush()
        else:
            sys.stdout.write(_fitted(self.text, encoding))
            sys.stdout.flush()


def document_output(  # noqa: PLR0913 - what is read, and how it is given
    document: Document,
    language: Language,
    form: str | None,
    title: Text,
    *,
    whose: str | None = None,
    remarks: tuple[str, ...] = (),
) -> Output:
    """Return what a person reads: a page for the form `html`, else text.

    Args:
        document: what is read.
        language: in which its texts are.
        form: what was asked for.
        title: of the page.
        whose: who or what the page is about, at the end of its title; None for everybody.
        remarks: what is told beside it.
    """
    if form != "html":
        return Output(text=to_text(document) + "\n", remarks=remarks)
    said = title.in_language(language)
    page = to_page(document, language, said if whose is None else f"{said}: {whose}")
    return Output(text=page, is_data=True, remarks=remarks)


def report(message: str) -> None:
    """Write a message to standard error, without characters that act on a terminal."""
    for line in message.split("\n"):
        print(clean(line), file=sys.stderr)


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
    ).fill(why=errno.errorcode.get(error.errno or 0, type(error).__name__))
    return FileError(Fault(code="output-unwritable", message=message))
