"""Reading and writing whole files, within limits.

A file is read once, whole, and refused before any parser sees it when it is too large, not text,
or nested too deep. A file is written to a temporary name beside its place and moved there, so that
it is complete or absent.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import secrets
import stat
from pathlib import Path

from meritindex.errors import Fault, FileError
from meritindex.language import Text

MAX_BYTES = 256 * 2**20
MAX_NESTING = 64

# What matters for nesting: strings (which hide the rest), comments, brackets, the dots of a key,
# and what ends an entry. The quantifiers are possessive, so that no text makes this slow.
_NESTING = re.compile(
    r'''"""(?:[^"\\]++|\\.|(?!""")")*+(?:"{3,5})?'''
    r"""|'''(?:[^']++|(?!''')')*+(?:'{3,5})?"""
    r"""|"(?:[^"\\\n]++|\\[^\n])*+"?"""
    r"""|'[^'\n]*+'?|#[^\n]*+|[\[{(]|[\]})]|\.|[,\n]+""",
    re.DOTALL,
)

# What the system's errors mean, in words that don't depend on the system's language.
_REASONS = {
    errno.ENOENT: Text("berkas atau foldernya tidak ada", "no such file or folder"),
    errno.ENOTDIR: Text("bagian dari jalurnya bukan folder", "a part of its path is not a folder"),
    errno.EISDIR: Text("itu sebuah folder", "it is a folder"),
    errno.EEXIST: Text("nama itu sudah dipakai", "the name is taken already"),
    errno.EACCES: Text("akses ditolak", "access is denied"),
    errno.EPERM: Text("akses ditolak", "access is denied"),
    errno.EROFS: Text("medianya hanya dapat dibaca", "the disk can only be read"),
    errno.ENOSPC: Text("ruang penyimpanan habis", "no space is left on the disk"),
    errno.ENAMETOOLONG: Text("namanya terlalu panjang", "its name is too long"),
}
_NOT_REGULAR = Text("bukan berkas biasa", "it is not a regular file")
_NOT_A_NAME = Text("nama seperti itu tidak mungkin ada", "no file can have such a name")


def read_text(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.

    Raises:
        FileError: absent, not a regular file, larger than `max_bytes`, or not in these encodings.
    """
    place = Path(path)
    content = read_bytes(place, max_bytes)
    try:
        return _decoded(content)
    except UnicodeDecodeError as error:
        raise _fault(
            place,
            "file-encoding",
            Text(
                id="bukan teks UTF-8 (byte ke-{position}); simpan sebagai UTF-8 (di Excel: "
                "CSV UTF-8)",
                en="not UTF-8 text (byte {position}); save it as UTF-8 (in Excel: CSV UTF-8)",
            ).fill(position=error.start + 1),
        ) from None


def read_bytes(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> bytes:
    """Return what a file holds.

    Raises:
        FileError: absent, not a regular file, or larger than `max_bytes`.
    """
    place = Path(path)
    try:
        # Opening a pipe that nobody writes to would wait for ever.
        mode = place.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _unreadable(place, _NOT_REGULAR)
        with place.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise _unreadable(place, reason_of(error)) from None
    if len(content) > max_bytes:
        raise _fault(
            place,
            "file-too-large",
            Text(
                id="berkas lebih besar dari {limit} byte",
                en="the file is larger than {limit} bytes",
            ).fill(limit=max_bytes),
        )
    return content


def _decoded(content: bytes) -> str:
    # The little-endian mark of UTF-32, which no spreadsheet writes, begins with that of UTF-16.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not content.startswith(
        codecs.BOM_UTF32_LE
    ):
        return content.decode("utf-16")
    return content.decode("utf-8").removeprefix("\ufeff")


def check_nesting(path: str | os.PathLike[str], text: str, limit: int = MAX_NESTING) -> None:
    """Refuse a text that nests deeper than `limit`, before a recursive parser sees it.

    It is meant for TOML and for JSON. Brackets nest, and so do the parts of a dotted key in TOML,
    on which its parser spends time and memory that grow with the square of their number. JSON
    knows neither comments nor strings in other quotation marks, but its parser stops where one
    begins: what stands behind it can't nest.

    Raises:
        FileError: nested too deep.
    """
    depth = dots = 0
    levels: list[int] = []  # how many each open bracket added, with the key in front of it
    for match in _NESTING.finditer(text):
        mark = match[0]
        if mark == ".":
            dots += 1
        elif mark in "[{(":
            levels.append(1 + dots)
            depth += 1 + dots
            dots = 0
        elif mark in "]})":
            depth -= levels.pop() if levels else 0
            dots = 0
        elif mark[0] in ",\n":
            dots = 0
        if depth > limit or dots > limit:
            raise _fault(
                Path(path),
                "file-nesting",
                Text(
                    id="bersarang lebih dari {limit} tingkat",
                    en="nested deeper than {limit} levels",
                ).fill(limit=limit),
            )


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file as UTF-8, complete or not at all.

    Where `path` is a link, what it leads to is written; a pipe or a device takes the text as it is.

    Raises:
        FileError: the place can't be written, or the text is none that UTF-8 can hold.
    """
    place = Path(path)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _unwritable(place, error) from None
    write_bytes(place, content)


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file, complete or not at all; links, pipes and devices as `write_text` does.

    Raises:
        FileError: the place can't be written.
    """
    place = Path(path)
    try:
        _write(place, content)
    except (OSError, ValueError) as error:
        raise _unwritable(place, error) from None


def _write(place: Path, content: bytes) -> None:
    mode = _mode(place)
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if mode is not None and not stat.S_ISREG(mode):  # a pipe or a device is written as it stands
        with place.open("wb") as stream:
            stream.write(content)
        return
    # Not `Path.resolve`, which tells of links in a circle by another error in every version.
    target = Path(os.path.realpath(place))
    # A short name of its own: one made from the file's might be longer than a name can be.
    temporary = target.with_name(f".meritindex-{secrets.token_hex(8)}")
    # Made by the system's own default, so that the system applies the umask of this moment.
    temporary.touch(exist_ok=False)
    try:
        if mode is not None:  # closed to others before it holds anything, but not to the writer
            _set_mode(temporary, mode | stat.S_IWUSR)
        temporary.write_bytes(content)
        if mode is not None:
            _set_mode(temporary, mode)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _set_mode(place: Path, mode: int) -> None:
    """Give a file the permissions of the one that it replaces, on a disk that knows such."""
    with contextlib.suppress(OSError):
        place.chmod(mode & 0o777)


def _mode(place: Path) -> int | None:
    """Return of what kind the file is that stands at a place; None where there is none."""
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def reason_of(error: OSError | ValueError) -> Text:
    """Say why the system refused; where there are no words for it, by the error's name."""
    if isinstance(error, UnicodeEncodeError):
        return Text(
            "karakter ke-{place} tidak dapat ditulis sebagai UTF-8",
            "character {place} can't be written as UTF-8",
        ).fill(place=error.start + 1)
    if isinstance(error, ValueError):
        return _NOT_A_NAME
    number = error.errno or 0
    return _REASONS.get(number) or Text.same(errno.errorcode.get(number, type(error).__name__))


def _unwritable(place: Path, error: OSError | ValueError) -> FileError:
    message = Text(id="berkas tidak dapat ditulis ({why})", en="the file can't be written ({why})")
    return _fault(place, "file-unwritable", message.fill(why=reason_of(error)))


def unreadable(path: str | os.PathLike[str], error: OSError | ValueError) -> FileError:
    """Return what is said of a file or folder that the system doesn't let anybody read."""
    return _unreadable(Path(path), reason_of(error))


def _unreadable(place: Path, why: Text) -> FileError:
    message = Text(id="berkas tidak dapat dibaca ({why})", en="the file can't be read ({why})")
    return _fault(place, "file-unreadable", message.fill(why=why))


def _fault(place: Path, code: str, message: Text) -> FileError:
    return FileError(Fault(code=code, message=message, place=Text.same(place.name or str(place))))
