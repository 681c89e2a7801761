"""Workbooks made to do harm, by what must be said of each."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable

from hostile.archives import (
    OLE,
    deflate,
    deflated_zeros,
    entry,
    finished,
    lying,
    nested,
    overlapping,
    stored,
)
from meritindex.assessment.workbooks import CellError, Formula
from workbook_builders import (
    CONTENT_TYPES,
    MAIN,
    SHEET_TYPE,
    packed,
    parts_of,
    relations,
    sheet,
    sheet_of,
    workbook,
)

ROWS: list[list[object]] = [["agency", "a1q1"], ["BKN", 3]]
PARTS = parts_of({"Sheet1": sheet(ROWS)})
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)
BILLION_LAUGHS = f'<!DOCTYPE sst [{LAUGHS}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'
OUTSIDE = (
    '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row>'
    "</sheetData></worksheet>"
)
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:9/x.dtd"> %x;]><a/>'


def of(*rows: list[object], **parts: str | bytes) -> Callable[[], bytes]:
    """Return what builds a workbook of these rows with other parts."""
    return lambda: workbook(*(rows or ROWS), **parts)


def with_part(name: str, content: str | bytes = "x") -> Callable[[], bytes]:
    """Return what builds a workbook that has one part more, or another one."""
    return lambda: packed(PARTS | {name: content})


def typed(kind: str) -> Callable[[], bytes]:
    """Return what builds a workbook that says that one of its parts is of this type."""
    more = f'<Override PartName="/xl/harmless.xml" ContentType="application/{kind}"/></Types>'
    return with_part("[Content_Types].xml", CONTENT_TYPES.replace("</Types>", more))


def data(inside: str, after: str = "") -> Callable[[], bytes]:
    """Return what builds a workbook with this markup in its sheet, not compressed."""
    return lambda: stored(PARTS | {SHEET: sheet_of(inside, after)})


def external(kind: str, target: str) -> Callable[[], bytes]:
    """Return what builds a workbook that leads elsewhere."""
    links = relations(("x", kind, target), external=True)
    return with_part("xl/worksheets/_rels/sheet1.xml.rels", links)


def damaged(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """Return what builds a workbook and spoils it."""
    return lambda: change(workbook(*ROWS))


def encrypted_entries(content: bytes) -> bytes:
    """Set the mark of an encrypted entry in the whole directory."""
    spoiled = bytearray(content)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        spoiled[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(spoiled)


def linked() -> bytes:
    """Return a workbook of which a part is a symbolic link."""
    info = zipfile.ZipInfo("xl/media/image1.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO(workbook(*ROWS))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def twice() -> bytes:
    """Return a workbook that has a sheet twice, in other cases."""
    return packed(PARTS | {"XL/worksheets/SHEET1.xml": PARTS[SHEET]})


def many_entries(count: int, claimed: int | None) -> bytes:
    """Return an archive of very many empty entries."""
    names = {f"xl/{number}.xml": b"" for number in range(count)}
    content = stored(PARTS | names)
    at, end = content.find(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    return finished(content[:at], [content[at:end]], count if claimed is None else claimed)


def swollen() -> bytes:
    """Return a workbook of parts that each shrink as data does, and together are far too much."""
    block = b"".join(f"{n * n % 65_537:x}".encode() + bytes(300) for n in range(30_000))
    deflated, crc = deflate(block), zlib.crc32(block)
    body, directory = b"", []
    for number in range(12):
        facts = {"size": len(block), "crc": crc, "offset": len(body)}
        local, central = entry(f"xl/part{number}.xml", deflated, **facts)
        body += local + deflated
        directory.append(central)
    return finished(body, directory)


def bomb(size: int) -> bytes:
    """Return an archive that inflates to a gigabyte and says that it is so large."""
    deflated = deflated_zeros(1_024)
    local, central = entry("[Content_Types].xml", deflated, size=size, crc=0)
    return finished(local + deflated, [central])


def wide_texts() -> bytes:
    """Return a workbook of texts that take four times as much in memory as in the file."""
    text = "".join(f"{number:06}{'x' * 194}" for number in range(5_000))
    texts = "".join(f"<si><t>{text[at:] + text[:at]}\U0001f600</t></si>" for at in range(60))
    return packed(PARTS | {STRINGS: f'<sst xmlns="{MAIN}">{texts}</sst>'})


def damaged_data() -> bytes:
    """Return a workbook in which the data of the sheet can't be inflated."""
    content = lying(PARTS, "none")
    at = content.find(SHEET.encode()) + len(SHEET)
    return content[:at] + b"\xff" * 8 + content[at + 8 :]


TEXT_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing at all": (lambda: b"", "workbook-empty"),
    "blanks": (lambda: b" \r\n\t", "workbook-empty"),
    "a PDF file": (lambda: b"%PDF-1.7\n%...", "workbook-not-an-archive"),
    "a CSV file": (lambda: b"agency,a1q1\nBKN,3\n", "workbook-not-an-archive"),
    "an HTML page": (lambda: b"\n<!doctype html><script>x</script>", "workbook-not-an-archive"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "workbook-not-an-archive"),
    "a compressed stream": (lambda: b"\x1f\x8b\x08" + bytes(99), "workbook-not-an-archive"),
    "bytes of any kind": (lambda: bytes(range(256)) * 40, "workbook-not-an-archive"),
    "an old workbook": (lambda: OLE, "workbook-old"),
    "an encrypted workbook": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "workbook-encrypted",
    ),
}

ARCHIVE_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted entries": (damaged(encrypted_entries), "workbook-encrypted"),
    "half an archive": (damaged(lambda content: content[: len(content) // 2]), "workbook-broken"),
    "no directory": (
        damaged(lambda content: content[: content.find(b"PK\x01")]),
        "workbook-broken",
    ),
    "a damaged directory": (
        damaged(lambda content: content.replace(b"PK\x01\x02", b"PK\x01\x03", 1)),
        "workbook-broken",
    ),
    "a flat bomb": (lambda: bomb(2**30), "workbook-bomb"),
    "a bomb that says it is small": (lambda: bomb(4_000), "workbook-sizes"),
    "a bomb of many parts": (swollen, "workbook-bomb"),
    "nested bombs": (with_part("xl/media/image1.png", nested(6)), "workbook-embedded"),
    "overlapping bombs": (
        lambda: overlapping([f"xl/{n}.xml" for n in range(40)], bytes(range(256)) * 4096),
        "workbook-overlap",
    ),
    "more than it says": (lambda: lying(PARTS, SHEET, size=-1), "workbook-sizes"),
    "less than it says": (lambda: lying(PARTS, SHEET, size=1), "workbook-sizes"),
    "another checksum": (lambda: lying(PARTS, SHEET, crc=1), "workbook-sizes"),
    "no local header": (
        damaged(
            lambda content: content.replace(b"PK\x03\x04", b"PK\x03\x05").replace(
                b"PK\x03\x05", b"PK\x03\x04", 1
            )
        ),
        "workbook-sizes",
    ),
    "damaged data": (damaged_data, "workbook-sizes"),
    "very many entries": (lambda: many_entries(3_000, None), "workbook-entries"),
    "more entries than it says": (lambda: many_entries(3_000, 8), "workbook-entries"),
    "a path upwards": (with_part("../../etc/passwd"), "workbook-entry-name"),
    "a path from the root": (with_part("/etc/passwd"), "workbook-entry-name"),
    "a path of Windows": (with_part("C:\\Windows\\x.xml"), "workbook-entry-name"),
    "a path with a control character": (with_part("xl/\x1b[31m.xml"), "workbook-entry-name"),
    "a part twice": (twice, "workbook-entry-twice"),
    "a symbolic link": (linked, "workbook-entry-link"),
    "another compression": (lambda: stored(PARTS, zipfile.ZIP_LZMA), "workbook-compression"),
}

PART_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (with_part("xl/vbaProject.bin"), "workbook-macros"),
    "macros by another name": (typed("vnd.ms-office.vbaProject"), "workbook-macros"),
    "a workbook of macros": (typed("vnd.ms-excel.sheet.macroEnabled.main+xml"), "workbook-macros"),
    "old macros": (with_part("xl/macrosheets/sheet1.xml"), "workbook-macros"),
    "links to workbooks": (with_part("xl/externalLinks/externalLink1.xml"), "workbook-links"),
    "links by another name": (typed(f"{SHEET_TYPE[12:]}.externalLink+xml"), "workbook-links"),
    "a picture from elsewhere": (external("image", "http://localhost:9/x"), "workbook-links"),
    "a share of files": (external("externalLinkPath", r"\\host\share\x"), "workbook-links"),
    "data connections": (with_part("xl/connections.xml"), "workbook-connections"),
    "queries": (with_part("xl/queryTables/queryTable1.xml"), "workbook-connections"),
    "a data model": (with_part("xl/model/item.data"), "workbook-connections"),
    "embedded objects": (with_part("xl/embeddings/oleObject1.bin"), "workbook-embedded"),
    "controls": (with_part("xl/activeX/activeX1.xml"), "workbook-embedded"),
    "a program": (with_part("xl/media/setup.exe"), "workbook-embedded"),
    "a binary workbook": (with_part("xl/workbook.bin"), "workbook-binary"),
    "a text document": (
        with_part(
            "[Content_Types].xml",
            CONTENT_TYPES.replace("spreadsheetml.sheet", "wordprocessingml.document"),
        ),
        "workbook-not-a-workbook",
    ),
    "an open document": (
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "workbook-not-a-workbook",
    ),
    "a billion laughs": (with_part(STRINGS, BILLION_LAUGHS), "workbook-dtd"),
    "an entity from a file": (with_part(SHEET, OUTSIDE), "workbook-dtd"),
    "an entity from the network": (with_part("xl/workbook.xml", PARAMETER), "workbook-dtd"),
    "an entity in UTF-16": (with_part(SHEET, OUTSIDE.encode("utf-16")), "workbook-dtd"),
    "an entity in the list of types": (with_part("[Content_Types].xml", PARAMETER), "workbook-dtd"),
    "UTF-7": (with_part(SHEET, "<?xml version='1.0' encoding='UTF-7'?><a/>"), "workbook-broken"),
    "half a pair": (data('<row r="1"><c t="str"><v>&#xD800;</v></c></row>'), "workbook-broken"),
    "deep markup": (data("<x>" * 100_000), "workbook-nesting"),
    "a tag without end": (
        data("<x " + " ".join(f'a{n}=""' for n in range(200_000)) + "/>"),
        "workbook-tag",
    ),
    "millions of elements": (data("<x/>" * 3_000_001), "workbook-elements"),
    "a million cells": (data('<row r="1">' + "<c/>" * 1_000_001 + "</row>"), "workbook-cells"),
    "very many texts": (
        lambda: stored(PARTS | {STRINGS: f'<sst xmlns="{MAIN}">{"<si/>" * 400_001}</sst>'}),
        "workbook-strings",
    ),
    "a text without end": (
        data(f'<row r="1"><c t="str"><v>{"x" * 2_000_000}\U0001f600</v></c></row>'),
        "workbook-text",
    ),
    "a text without end for all": (
        lambda: stored(
            PARTS | {STRINGS: f'<sst xmlns="{MAIN}"><si><t>{"x" * 2_000_000}</t></si></sst>'}
        ),
        "workbook-text",
    ),
    "much text of large letters": (wide_texts, ""),
    "very many formats": (
        lambda: stored(
            PARTS
            | {
                STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 65_537}</cellXfs>'
                "</styleSheet>"
            }
        ),
        "workbook-styles",
    ),
    "very many merged cells": (
        data("", "<mergeCells>{}</mergeCells>".format('<mergeCell ref="A1:B2"/>' * 10_001)),
        "workbook-merged",
    ),
    "very many sheets": (
        lambda: packed(parts_of({f"s{n}": sheet([]) for n in range(257)})),
        "workbook-sheets",
    ),
    "a cell far down": (data('<row r="1048576"><c><v>1</v></c></row>'), "workbook-dimensions"),
    "a cell far right": (data('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "workbook-dimensions"),
    "a text that is not there": (
        data('<row r="1"><c t="s"><v>4294967295</v></c></row>'),
        "workbook-broken",
    ),
}

CELL_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a formula for a name": (of(ROWS[0], [Formula(), 3]), "cell-formula"),
    "a formula for an answer": (of(ROWS[0], ["BKN", Formula()]), "cell-formula"),
    "an error for an answer": (of(ROWS[0], ["BKN", CellError("#REF!")]), "cell-error"),
    "a truth value": (of(ROWS[0], ["BKN", True]), "level-not-allowed"),
    "a number for a name": (of(ROWS[0], [12, 3]), "text-not-allowed"),
    "no number": (
        data(
            '<row r="1"><c t="str"><v>agency</v></c><c t="str"><v>a1q1</v></c></row>'
            '<row r="2"><c t="str"><v>BKN</v></c><c><v>NaN</v></c></row>'
        ),
        "level-not-allowed",
    ),
    "a number without end": (
        data(
            '<row r="1"><c t="str"><v>agency</v></c><c t="str"><v>a1q1</v></c></row>'
            f'<row r="2"><c t="str"><v>BKN</v></c><c><v>{"9" * 100_000}</v></c></row>'
        ),
        "level-not-allowed",
    ),
    "escapes of a terminal": (of(ROWS[0], ["BKN_x001B_[2J", 3]), "agency-name-characters"),
    "a text that is too long": (
        of(["agency", "a1q1.evidence"], ["BKN", "x" * 40_000]),
        "text-not-allowed",
    ),
    "dimensions that lie": (
        with_part(
            SHEET,
            sheet(ROWS).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        ),
        "",
    ),
}
