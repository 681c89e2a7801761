"""Workbooks made by hand, part by part, so that every part can be wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from meritindex.assessment.places import column_letters
from meritindex.assessment.workbooks import CellError, Formula

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
    f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/></Types>'
)


def relations(*items: tuple[str, str, str], external: bool = False) -> str:
    """Return where a part leads: an id, a kind and a target each."""
    mode = ' TargetMode="External"' if external else ""
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for name, kind, target in items
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def cell(reference: str, content: object, style: int = 0) -> str:
    """Return the markup of a cell."""
    at = f'<c r="{reference}" s="{style}"'
    if isinstance(content, bool):
        return f'{at} t="b"><v>{int(content)}</v></c>'
    if isinstance(content, int | float):
        return f"{at}><v>{content!r}</v></c>"
    if isinstance(content, Formula):
        return f"{at}><f>1+2</f><v>3</v></c>"
    if isinstance(content, CellError):
        return f'{at} t="e"><v>{content.text}</v></c>'
    text = escape(str(content))
    return f'{at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet(rows: Mapping[int, Mapping[int, object]] | list[list[object]], after: str = "") -> str:
    """Return a sheet; a cell is what it holds, or that and the number of its style."""
    if isinstance(rows, list):
        rows = {
            number: {at: item for at, item in enumerate(cells, 1) if item is not None}
            for number, cells in enumerate(rows, 1)
        }
    inside = "".join(
        f'<row r="{number}">'
        + "".join(
            cell(f"{column_letters(at)}{number}", *(item if isinstance(item, tuple) else (item,)))
            for at, item in sorted(cells.items())
        )
        + "</row>"
        for number, cells in sorted(rows.items())
    )
    return sheet_of(inside, after)


def sheet_of(inside: str, after: str = "") -> str:
    """Return a sheet with this markup as its data."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData>{after}</worksheet>'


# Style 1 is percent, 2 a date, 3 a number of this workbook's own, 4 a date of its own.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0.00 &quot;d&quot;"/>'
    '<numFmt numFmtId="171" formatCode="[$-421]dd mmmm yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf/></cellXfs>'
    "</styleSheet>"
)


def parts_of(
    sheets: Mapping[str, str], *, strings: str = "", styles: str = STYLES
) -> dict[str, str]:
    """Return the parts of a workbook with these sheets, by name.

    Args:
        sheets: their markup by name.
        strings: the markup of the shared texts.
        styles: the markup of the formats.
    """
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="s{at}"/>' for at, name in numbered
    )
    targets = [(f"s{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in numbered]
    targets += [("strings", "sharedStrings", "/xl/sharedStrings.xml")]
    targets += [("styles", "styles", "styles.xml")]
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("w", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": styles,
        **{f"xl/worksheets/sheet{at}.xml": sheets[name] for at, name in numbered},
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the parts as an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(*rows: list[object], **others: str | bytes) -> bytes:
    """Return a workbook with one sheet of these rows, some of its parts replaced or added."""
    return packed(parts_of({"Sheet1": sheet(list(rows))}) | others)
