"""Reading and writing whole files, within limits.

A file is read once, whole, and refused before any parser sees it when it is too large, not text,
or nested too deep. A file is written to a temporary name beside its place and moved there, so that
it is complete or absent.
"""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from pathlib import Path

from meritindex.errors import Fault, FileError
from meritindex.language import Text

MAX_BYTES = 256 * 2**20
MAX_NESTING = 64

_BRACKETS_OR_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[\[{(]|[\]})]')


def read_text(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.

    Raises:
        FileError: absent, not a file, larger than `max_bytes`, or not in these encodings.
    """
    place = Path(path)
    try:
        with place.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        raise _fault(
            place,
            "file-unreadable",
            Text(id="berkas tidak dapat dibaca ({why})", en="the file can't be read ({why})").fill(
                why=error.strerror or type(error).__name__
            ),
        ) from None
    if len(content) > max_bytes:
        raise _fault(
            place,
            "file-too-large",
            Text(
                id="berkas lebih besar dari {limit} byte",
                en="the file is larger than {limit} bytes",
            ).fill(limit=max_bytes),
        )
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(
            place,
            "file-encoding",
            Text(
                id="bukan teks UTF-8 (byte ke-{position}); simpan sebagai CSV UTF-8",
                en="not UTF-8 text (byte {position}); save it as CSV UTF-8",
            ).fill(position=error.start + 1),
        ) from None


def check_nesting(path: str | os.PathLike[str], text: str, limit: int = MAX_NESTING) -> None:
    """Refuse a text whose brackets nest deeper than `limit`, before a recursive parser sees it.

    Raises:
        FileError: nested too deep.
    """
    depth = 0
    for match in _BRACKETS_OR_STRING.finditer(text):
        mark = match[0]
        if mark in "[{(":
            depth += 1
            if depth > limit:
                raise _fault(
                    Path(path),
                    "file-nesting",
                    Text(
                        id="tanda kurung bersarang lebih dari {limit} tingkat",
                        en="brackets nest deeper than {limit} levels",
                    ).fill(limit=limit),
                )
        elif mark in "]})":
            depth = max(0, depth - 1)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file as UTF-8, complete or not at all.

    Raises:
        FileError: the place can't be written.
    """
    place = Path(path)
    temporary: str | None = None
    try:
        descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(place)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise _fault(
            place,
            "file-unwritable",
            Text(
                id="berkas tidak dapat ditulis ({why})", en="the file can't be written ({why})"
            ).fill(why=error.strerror or type(error).__name__),
        ) from None


def _fault(place: Path, code: str, message: Text) -> FileError:
    return FileError(Fault(code=code, message=message, place=Text.same(place.name)))
