"""The archive that a workbook is: taken apart by its directory, and inflated within limits.

What the archive says of itself is checked and not believed: names, sizes, places and checksums. No
entry is ever written to a disk.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

import attrs

from meritindex.assessment.workbooks.limits import (
    MAX_ENTRIES,
    MAX_INFLATED_BYTES,
    MAX_RATIO,
    RATIO_FROM_BYTES,
    broken,
    refused,
    too_much,
)
from meritindex.errors import FileError
from meritindex.language import Text
from meritindex.numbers import quoted

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_ENTRY = b"PK\x03\x04"
_LOCAL_SIZE = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1
# A name is a relative path of plain parts; the folders of a package have names too.
_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]+(?:/[^/\\:\x00-\x1f\x7f]+)*/?")

_ENCRYPTED = Text(
    "buku kerja dilindungi kata sandi untuk membukanya; simpan tanpa kata sandi",
    "the workbook is encrypted by a password; save it without one",
)
_OLD = Text(
    "ini buku kerja Excel lama (.xls) atau berkas Office lain; simpan sebagai .xlsx",
    "this is an old Excel workbook (.xls) or another Office file; save it as .xlsx",
)
_EMPTY = Text("berkas kosong", "the file is empty")
_NO_ARCHIVE = Text(
    "bukan buku kerja .xlsx, melainkan {what}", "this is no .xlsx workbook, but {what}"
)
_BOMB = Text(
    "isi buku kerja mengembang melewati {limit} byte, atau lebih dari {ratio} kali",
    "the content of the workbook grows beyond {limit} bytes, or more than {ratio} times",
)
_OTHER = Text("berkas jenis lain", "a file of another kind")
# How files begin that are given the name of a workbook by mistake.
_BEGINNINGS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("berkas PDF", "a PDF file")),
    (b"{\\rtf", Text("dokumen RTF", "an RTF document")),
    (b"\x89PNG", Text("gambar", "a picture")),
    (b"\xff\xd8", Text("gambar", "a picture")),
    (b"\x1f\x8b", Text("arsip terkompresi", "a compressed archive")),
    (b"Rar!", Text("arsip terkompresi", "a compressed archive")),
    (b"7z", Text("arsip terkompresi", "a compressed archive")),
)
_MARKUP = Text("halaman HTML atau berkas XML", "an HTML page or an XML file")
_PLAIN_TEXT = Text("teks biasa, mungkin CSV", "plain text, perhaps CSV")
_LOOKED_AT = 4096


@attrs.frozen(eq=False)
class Archive:
    """The entries of an archive whose directory was checked; each is inflated when it is asked for.

    Attributes:
        file: the name of the file, for messages.
    """

    file: str
    _content: bytes
    _entries: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def read(self, name: str) -> bytes:
        """Return what an entry holds.

        Raises:
            FileError: there is none of this name, or it is not what the directory says.
        """
        entry = self._entries.get(name)
        if entry is None:
            missing = Text("bagian {name} tidak ada", "the part {name} is missing")
            raise broken(self.file, missing.fill(name=quoted(name)))
        return _inflated(self.file, self._content, entry)


def open_archive(file: str, content: bytes) -> Archive:
    """Check the directory of an archive.

    Args:
        file: the name of the file, for messages.
        content: all of it.

    Raises:
        FileError: no archive, an encrypted or damaged one, or one that holds too much.
    """
    if not content.startswith(_LOCAL_ENTRY):
        raise _no_archive(file, content)
    # Every entry of the directory begins so, also those that the end of the file doesn't count.
    if content.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise too_much("workbook-entries", Text("bagian", "parts"), MAX_ENTRIES, file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            end = archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
        raise broken(file, Text("arsip tidak lengkap", "the archive is not complete")) from None
    _check_names(file, entries)
    for entry in entries:
        _check_entry(file, entry)
    _check_sizes(file, entries)
    _check_places(file, entries, end)
    return Archive(file, content, {entry.filename: entry for entry in entries})


def _no_archive(file: str, content: bytes) -> FileError:
    """Return what is wrong with a file that is no archive at all."""
    if content.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            return refused("workbook-encrypted", _ENCRYPTED, file)
        return refused("workbook-old", _OLD, file)
    if not content.strip():
        return refused("workbook-empty", _EMPTY, file)
    return refused("workbook-not-an-archive", _NO_ARCHIVE, file, what=_kind(content))


def _kind(content: bytes) -> Text:
    for beginning, what in _BEGINNINGS:
        if content.startswith(beginning):
            return what
    start = content[:_LOOKED_AT]
    if b"\0" in start:
        return _OTHER
    return _MARKUP if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else _PLAIN_TEXT


def _check_names(file: str, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        # `filename` is cut at a NUL, and has other separators on other systems.
        name = entry.orig_filename
        if not _NAME.fullmatch(name) or {".", ".."} & set(name.split("/")):
            message = Text(
                "buku kerja memuat bagian dengan nama {name}, yang bukan nama bagian buku kerja",
                "the workbook has a part by the name of {name}, which no part of one can have",
            )
            raise refused("workbook-entry-name", message, file, name=quoted(name))
        if name.casefold() in seen:
            message = Text(
                "buku kerja memuat bagian {name} lebih dari satu kali",
                "the workbook has the part {name} more than once",
            )
            raise refused("workbook-entry-twice", message, file, name=quoted(name))
        seen.add(name.casefold())


def _check_entry(file: str, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise refused("workbook-encrypted", _ENCRYPTED, file)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        message = Text(
            "bagian {name} dikompresi dengan cara yang tidak dipakai buku kerja",
            "the part {name} is compressed in a way that no workbook uses",
        )
        raise refused("workbook-compression", message, file, name=quoted(entry.filename))
    if stat.S_ISLNK(entry.external_attr >> 16):
        message = Text(
            "bagian {name} adalah tautan ke berkas lain", "the part {name} is a link to a file"
        )
        raise refused("workbook-entry-link", message, file, name=quoted(entry.filename))


def _check_sizes(file: str, entries: list[zipfile.ZipInfo]) -> None:
    swollen = any(
        entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * entry.compress_size
        for entry in entries
    )
    if swollen or sum(entry.file_size for entry in entries) > MAX_INFLATED_BYTES:
        raise refused("workbook-bomb", _BOMB, file, limit=MAX_INFLATED_BYTES, ratio=MAX_RATIO)


def _check_places(file: str, entries: list[zipfile.ZipInfo], end: int) -> None:
    """Refuse entries that share bytes, by which a small file holds the same bomb many times."""
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in in_order] + [end]
    for entry, (start, following) in zip(in_order, pairwise(starts), strict=True):
        if start + _LOCAL_SIZE + entry.compress_size > following:
            message = Text(
                "bagian-bagian buku kerja saling menindih ({name})",
                "parts of the workbook overlap ({name})",
            )
            raise refused("workbook-overlap", message, file, name=quoted(entry.filename))


def _inflated(file: str, content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return an entry inflated; never more than its directory says, and exactly that."""
    header = content[entry.header_offset : entry.header_offset + _LOCAL_SIZE]
    if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL_ENTRY):
        raise _not_as_said(file, entry)
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    start = entry.header_offset + _LOCAL_SIZE + name_length + extra_length
    # A view: many entries would copy the file many times.
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        inflated = bytes(packed)
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more shows that there is more than was said; no limit is written as 0.
            inflated = inflater.decompress(packed, entry.file_size + 1)
        except zlib.error:
            raise _not_as_said(file, entry) from None
    if len(inflated) != entry.file_size or zlib.crc32(inflated) != entry.CRC:
        raise _not_as_said(file, entry)
    return inflated


def _not_as_said(file: str, entry: zipfile.ZipInfo) -> FileError:
    message = Text(
        "bagian {name} tidak sesuai dengan daftar isi arsipnya; buka dengan Excel atau LibreOffice "
        "lalu simpan kembali",
        "the part {name} is not what the directory of the archive says; open it in Excel or "
        "LibreOffice and save it again",
    )
    return refused("workbook-sizes", message, file, name=quoted(entry.filename))
