"""What a workbook must not hold: macros, links to elsewhere, data connections, embedded objects.

Nothing of it would be run or followed here. It is refused all the same: a form or a table has no
use for it, and who sent it should know before somebody opens the file in a program that would.
"""

from __future__ import annotations

import re

from meritindex.assessment.workbooks.archive import Archive
from meritindex.assessment.workbooks.limits import refused
from meritindex.assessment.workbooks.markup import Attributes, Budget, parse
from meritindex.language import Text
from meritindex.numbers import quoted

CONTENT_TYPES = "[Content_Types].xml"

_MACROS = Text(
    "buku kerja memuat makro ({name}); simpan sebagai .xlsx tanpa makro",
    "the workbook has macros ({name}); save it as .xlsx without macros",
)
_LINKS = Text(
    "buku kerja memuat tautan ke berkas atau alamat lain ({name}); putuskan tautannya",
    "the workbook has links to other files or addresses ({name}); break them",
)
_CONNECTIONS = Text(
    "buku kerja memuat koneksi data ({name}); hapus koneksinya",
    "the workbook has data connections ({name}); delete them",
)
_EMBEDDED = Text(
    "buku kerja memuat objek atau berkas yang disisipkan ({name}); hapus objeknya",
    "the workbook has embedded objects or files ({name}); delete them",
)
_BINARY = Text(
    "ini buku kerja biner (.xlsb); simpan sebagai .xlsx",
    "this is a binary workbook (.xlsb); save it as .xlsx",
)

# By the names that the programs give to parts, and by the types that a package says they are.
_BY_NAME: tuple[tuple[str, Text, re.Pattern[str]], ...] = tuple(
    (code, message, re.compile(pattern, re.IGNORECASE))
    for code, message, pattern in (
        ("workbook-macros", _MACROS, r"vba(project|data)|/(macro|dialog)sheets/"),
        ("workbook-links", _LINKS, r"/externallinks/"),
        ("workbook-connections", _CONNECTIONS, r"/connections\.|/querytables/|/model/"),
        ("workbook-embedded", _EMBEDDED, r"/(embeddings|activex|webextensions)/"),
        (
            "workbook-embedded",
            _EMBEDDED,
            r"\.(zip|7z|rar|gz|xls[xmb]?|docx?|docm|pptx?|pptm|exe|dll|js|vbs|hta|lnk|jar|msi|ps1)$",
        ),
        ("workbook-binary", _BINARY, r"/workbook\.bin$"),
    )
)
_BY_TYPE: tuple[tuple[str, Text, re.Pattern[str]], ...] = tuple(
    (code, message, re.compile(pattern, re.IGNORECASE))
    for code, message, pattern in (
        ("workbook-binary", _BINARY, r"sheet\.binary\.macroenabled"),
        ("workbook-macros", _MACROS, r"macroenabled|vbaproject|macrosheet|dialogsheet"),
        ("workbook-links", _LINKS, r"externallink"),
        ("workbook-connections", _CONNECTIONS, r"\.connections\+|querytable"),
        ("workbook-embedded", _EMBEDDED, r"oleobject|activex"),
    )
)
# What a cell that holds an address becomes by itself; nobody follows it.
_HYPERLINK = "/hyperlink"
_PACKED = b"PK\x03\x04"


def check_contents(archive: Archive, budget: Budget) -> dict[str, str]:
    """Refuse a workbook that holds what none needs, and return the types of its parts by name.

    Raises:
        FileError: it has macros, links to elsewhere, connections, or embedded objects or archives.
    """
    names = list(archive)
    for code, message, pattern in _BY_NAME:
        for name in names:
            if pattern.search(f"/{name}"):
                raise refused(code, message, archive.file, name=quoted(name))
    types = _types(archive, budget)
    for code, message, pattern in _BY_TYPE:
        for part, kind in types.items():
            if pattern.search(kind):
                raise refused(code, message, archive.file, name=quoted(part))
    for name in names:
        if name.lower().endswith(".rels"):
            _check_relations(archive, name, budget)
        elif not name.lower().endswith((".xml", "/")) and archive.read(name).startswith(_PACKED):
            raise refused("workbook-embedded", _EMBEDDED, archive.file, name=quoted(name))
    return types


def _types(archive: Archive, budget: Budget) -> dict[str, str]:
    """Return the types that a package gives to its parts, and to endings of names."""
    types: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Override":
            types[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
        elif name == "Default":
            types["." + attributes.get("Extension", "")] = attributes.get("ContentType", "")

    if CONTENT_TYPES not in archive:
        message = Text("arsip ini bukan buku kerja .xlsx", "this archive is no .xlsx workbook")
        raise refused("workbook-not-a-workbook", message, archive.file)
    parse(archive.file, CONTENT_TYPES, archive.read(CONTENT_TYPES), budget, start=start)
    return types


def _check_relations(archive: Archive, part: str, budget: Budget) -> None:
    def start(name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") != "External":
            return
        if not attributes.get("Type", "").endswith(_HYPERLINK):
            target = quoted(attributes.get("Target", ""))
            raise refused("workbook-links", _LINKS, archive.file, name=target)

    parse(archive.file, part, archive.read(part), budget, start=start)
