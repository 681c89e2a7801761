"""Opening a workbook: what it must be, which sheets it has, and their cells when asked for.

A workbook comes from anybody. It is read by this project's own small reader and not by openpyxl,
which reads far more than cells and leaves it to its callers to keep it from doing too much.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath

import attrs

from meritindex import files
from meritindex.assessment.workbooks.archive import Archive, open_archive
from meritindex.assessment.workbooks.contents import check_contents
from meritindex.assessment.workbooks.limits import (
    MAX_FILE_BYTES,
    MAX_SHEETS,
    broken,
    refused,
    too_much,
)
from meritindex.assessment.workbooks.markup import Attributes, Budget, parse, relation_id
from meritindex.assessment.workbooks.sheets import Counter, Shared, Sheet, read_sheet
from meritindex.assessment.workbooks.strings import read_strings
from meritindex.assessment.workbooks.styles import read_looks
from meritindex.language import Text
from meritindex.numbers import quoted

_WORKSHEET, _STRINGS, _STYLES = "/worksheet", "/sharedStrings", "/styles"
_DOCUMENT = "/officeDocument"
_WORKBOOK_TYPES = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")

_NOT_A_WORKBOOK = Text("arsip ini bukan buku kerja .xlsx", "this archive is no .xlsx workbook")


@attrs.frozen
class _Relation:
    """Where a part leads: by which id, to what kind of part, of which name."""

    id: str
    kind: str
    target: str


@attrs.frozen(kw_only=True, eq=False)
class Workbook:
    """A workbook that was found harmless; its sheets are read when they are asked for.

    Attributes:
        file: the name of the file.
        sheet_names: in the order of the tabs, hidden ones among them; sheets of charts are not.
    """

    file: str
    sheet_names: tuple[str, ...]
    _parts: dict[str, str]
    _archive: Archive
    _shared: Shared
    _budget: Budget
    _counter: Counter = attrs.field(factory=Counter)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def sheet(self, name: str) -> Sheet:
        """Return the cells of a sheet.

        Raises:
            FileError: the sheet is malformed, or holds too much.
            KeyError: there is no such sheet.
        """
        part = self._parts[name]
        content = self._archive.read(part)
        return read_sheet(self.file, name, part, content, self._shared, self._budget, self._counter)


def open_workbook(path: str | os.PathLike[str]) -> Workbook:
    """Open a workbook (.xlsx) within limits of time and memory, and refuse what none should hold.

    Nothing is run, followed, or written anywhere. Formulas are not computed.

    Raises:
        FileError: the file can't be read, is no workbook, is damaged or encrypted, holds too much,
            or holds macros, links to other files, data connections or embedded objects.
    """
    place = Path(path)
    return workbook_of(place.name, files.read_bytes(place, MAX_FILE_BYTES))


def workbook_of(file: str, content: bytes) -> Workbook:
    """Open the content of a workbook; as `open_workbook` does.

    Args:
        file: the name of the file, for messages.
        content: all of it.
    """
    shown = quoted(file, 200)[1:-1]
    archive, budget = open_archive(shown, content), Budget()
    types = check_contents(archive, budget)
    main = _main_part(archive, types, budget)
    sheets, from_1904 = _sheets(archive, main, budget)
    relations = _relations(archive, main, budget)
    of_id = {relation.id: relation for relation in relations}
    parts: dict[str, str] = {}
    for name, sheet_id in sheets:
        relation = of_id.get(sheet_id)
        if relation is None or name in parts:
            why = Text("lembar {name} tidak ditemukan", "the sheet {name} can't be found")
            raise broken(shown, why.fill(name=quoted(name)))
        if relation.kind.endswith(_WORKSHEET):
            parts[name] = relation.target
    strings = [relation.target for relation in relations if relation.kind.endswith(_STRINGS)]
    styles = [relation.target for relation in relations if relation.kind.endswith(_STYLES)]
    shared = Shared(
        strings=[
            text
            for part in strings[:1]
            for text in read_strings(shown, part, archive.read(part), budget)
        ],
        looks=[
            look
            for part in styles[:1]
            for look in read_looks(shown, part, archive.read(part), budget)
        ],
        from_1904=from_1904,
    )
    return Workbook(
        file=shown,
        sheet_names=tuple(parts),
        parts=parts,
        archive=archive,
        shared=shared,
        budget=budget,
    )


def _main_part(archive: Archive, types: dict[str, str], budget: Budget) -> str:
    """Return the name of the part that lists the sheets."""
    for relation in _relations(archive, "", budget):
        kind = types.get(relation.target, types.get(".xml", ""))
        if relation.kind.endswith(_DOCUMENT) and kind.endswith(_WORKBOOK_TYPES):
            return relation.target
    raise refused("workbook-not-a-workbook", _NOT_A_WORKBOOK, archive.file)


def _sheets(archive: Archive, part: str, budget: Budget) -> tuple[list[tuple[str, str]], bool]:
    """Return the sheets by name and id, and whether days are counted from 1904."""
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if name == "sheet":
            sheets.append((attributes.get("name", ""), relation_id(attributes) or ""))
            if len(sheets) > MAX_SHEETS:
                what = Text("lembar", "sheets")
                raise too_much("workbook-sheets", what, MAX_SHEETS, archive.file)
        elif name == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in {"1", "true"}

    parse(archive.file, part, archive.read(part), budget, start=start)
    if not sheets:
        raise broken(archive.file, Text("tidak ada lembar", "there are no sheets"))
    return sheets, from_1904


def _relations(archive: Archive, part: str, budget: Budget) -> list[_Relation]:
    """Return where a part leads; the package itself is the part without a name."""
    folder, _, name = part.rpartition("/")
    listing = join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return []
    return list(_relations_in(archive, listing, folder, budget))


def _relations_in(
    archive: Archive, listing: str, folder: str, budget: Budget
) -> Iterator[_Relation]:
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            found.append(attributes)

    parse(archive.file, listing, archive.read(listing), budget, start=start)
    for attributes in found:
        target = attributes.get("Target", "")
        # A name from the root of the package, or from the folder of the part.
        whole = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        yield _Relation(attributes.get("Id", ""), attributes.get("Type", ""), whole)
