"""How much of a workbook is read at most, and the fault of what can't be read.

A workbook is a compressed archive of markup, in which a small file can stand for terabytes. Each
limit is far above what a form or a table of all agencies needs, and small enough that a file made
to do harm is refused within some hundred megabytes of memory and some seconds.
"""

from __future__ import annotations

from meritindex.errors import Fault, FileError
from meritindex.language import Text

MAX_FILE_BYTES = 32 * 2**20
MAX_ENTRIES = 2_000
# In memory a letter may take four times as much as in the file.
MAX_INFLATED_BYTES = 64 * 2**20
MAX_SHEETS = 256
MAX_ROWS, MAX_COLUMNS = 200_000, 2_000
MAX_CELLS = 1_000_000
# Of all markup together: a cell has two or three, and a text one or two.
MAX_ELEMENTS = 3_000_000
MAX_STRINGS = 400_000
MAX_TEXT_LENGTH = 2**20
MAX_STYLES = 65_536
MAX_MERGED = 10_000
MAX_DEPTH = 64
# The longest tag, with all that it says; a text between tags may be longer.
MAX_TAG_BYTES = 2**18

# Data that repeats itself shrinks to a hundredth, but not a megabyte of it to nearly nothing.
MAX_RATIO, RATIO_FROM_BYTES = 250, 2**20


def refused(code: str, message: Text, file: str, **fields: object) -> FileError:
    """Return the error of a workbook that is not read, or not further."""
    return FileError(Fault(code=code, message=message.fill(**fields), place=Text.same(file)))


def too_much(code: str, what: Text, limit: int, file: str) -> FileError:
    """Return the error of a workbook that holds more of something than is read."""
    message = Text(
        "buku kerja memuat terlalu banyak {what}; paling banyak {limit}",
        "the workbook has too many {what}; at most {limit}",
    )
    return refused(code, message, file, what=what, limit=limit)


def broken(file: str, why: Text) -> FileError:
    """Return the error of a workbook that is damaged, or contradicts itself."""
    message = Text(
        "buku kerja rusak ({why}); buka dengan Excel atau LibreOffice lalu simpan kembali",
        "the workbook is damaged ({why}); open it in Excel or LibreOffice and save it again",
    )
    return refused("workbook-broken", message, file, why=why)


class LimitedText:
    """A text that is put together from pieces, and refused when it grows beyond any cell's."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        """Begin anew."""
        self._pieces.clear()
        self._length = 0

    def add(self, piece: str) -> None:
        """Add a piece at the end.

        Raises:
            FileError: the text is too long.
        """
        self._length += len(piece)
        if self._length > MAX_TEXT_LENGTH:
            what = Text("huruf dalam satu teks", "letters in one text")
            raise too_much("workbook-text", what, MAX_TEXT_LENGTH, self._file)
        self._pieces.append(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)
