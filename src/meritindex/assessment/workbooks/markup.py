"""Reading markup within limits: no document type, no entity, nothing deep, nothing endless.

The parser is the one of Python's standard library, spoken to directly. A document type is refused
when it begins, so that no entity is ever declared, and nothing outside is ever asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

import attrs

from meritindex.assessment.workbooks.limits import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_TAG_BYTES,
    broken,
    refused,
    too_much,
)
from meritindex.errors import FileError
from meritindex.language import Text
from meritindex.numbers import quoted

Attributes = Mapping[str, str]

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
# Each vocabulary has two names: of the usual form of a workbook, and of the strict one.
_MAIN = (f"{_TRANSITIONAL}/spreadsheetml/2006/main ", f"{_STRICT}/spreadsheetml/main ")
_RELATION = (
    f"{_TRANSITIONAL}/officeDocument/2006/relationships ",
    f"{_STRICT}/officeDocument/relationships ",
)
_PACKAGE = (
    f"{_TRANSITIONAL}/package/2006/relationships ",
    f"{_TRANSITIONAL}/package/2006/content-types ",
)
# Those that the parser knows by itself; a workbook has the first two.
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
_CHUNK_BYTES = 2**16
# A part may make up a new name for each element.
_MOST_NAMES = 1_000

_DOCUMENT_TYPE = Text(
    "bagian {part} memuat definisi jenis dokumen (DTD), yang tidak dipakai buku kerja",
    "the part {part} has a document type definition (DTD), which no workbook uses",
)
_DEEP = Text(
    "bagian {part} bersarang lebih dari {limit} tingkat",
    "the part {part} is nested deeper than {limit} levels",
)
_LONG_TAG = Text(
    "bagian {part} memuat tanda yang lebih panjang dari {limit} byte",
    "the part {part} has a tag longer than {limit} bytes",
)
_MALFORMED = Text(
    "bagian {part} bukan XML yang benar (baris {line})",
    "the part {part} is not valid XML (line {line})",
)
_ENCODING = Text(
    "bagian {part} memakai penyandian yang tidak dikenal",
    "the part {part} is in an unknown encoding",
)


@attrs.define
class Budget:
    """How many elements may still be read of one workbook."""

    elements: int = MAX_ELEMENTS


def local_name(name: str, vocabularies: tuple[str, ...] = (*_MAIN, *_PACKAGE)) -> str:
    """Return the name of an element within the vocabularies of a workbook; of others, nothing."""
    for vocabulary in vocabularies:
        if name.startswith(vocabulary):
            return name[len(vocabulary) :]
    return ""


def relation_id(attributes: Attributes) -> str | None:
    """Return the id of the relation by which a part is found."""
    found = (attributes.get(f"{vocabulary}id") for vocabulary in _RELATION)
    return next((value for value in found if value is not None), None)


def parse(  # noqa: PLR0913 - where it is, its limit, and what is told of it
    file: str,
    part: str,
    content: bytes,
    budget: Budget,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a part of a workbook and tell what is in it.

    Args:
        file: the name of the file, for messages.
        part: the name of the part, for messages.
        content: all of the part.
        budget: how many elements may still be read; it is drawn upon.
        start: told of the beginning of each element, by its local name and attributes.
        end: told of the end of each element.
        text: told of text, in pieces.

    Raises:
        FileError: malformed, too deep, too much, or with a document type.
    """
    _Reading(file, part, budget, start, end, text).read(content)


class _Reading:
    """The state of reading one part."""

    def __init__(  # noqa: PLR0913, PLR0917 - those of `parse`
        self,
        file: str,
        part: str,
        budget: Budget,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None,
        text: Callable[[str], None] | None,
    ) -> None:
        self.file, self.part, self.budget, self.start, self.end = file, part, budget, start, end
        self.names: dict[str, str] = {}
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._on_declaration
        self.parser.StartDoctypeDeclHandler = self._on_doctype
        self.parser.StartElementHandler = self._on_start
        self.parser.EndElementHandler = self._on_end
        self.parser.CharacterDataHandler = text

    def read(self, content: bytes) -> None:
        view = memoryview(content)
        try:
            for begin in range(0, len(content), _CHUNK_BYTES):
                self._feed(bytes(view[begin : begin + _CHUNK_BYTES]), last=False)
                # Where the parser waits for the end of a tag, it holds all of it.
                if begin - self.parser.CurrentByteIndex > MAX_TAG_BYTES:
                    raise self._refused("workbook-tag", _LONG_TAG, limit=MAX_TAG_BYTES)
            self._feed(b"", last=True)
        except expat.ExpatError as error:
            why = _MALFORMED.fill(part=quoted(self.part), line=error.lineno)
            raise broken(self.file, why) from None

    def _feed(self, piece: bytes, *, last: bool) -> None:
        self.parser.Parse(piece, last)

    def _refused(self, code: str, message: Text, **fields: object) -> FileError:
        return refused(code, message, self.file, part=quoted(self.part), **fields)

    def _on_declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise broken(self.file, _ENCODING.fill(part=quoted(self.part)))

    def _on_doctype(self, *_: object) -> None:
        raise self._refused("workbook-dtd", _DOCUMENT_TYPE)

    def _on_start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        self.budget.elements -= 1
        if self.budget.elements < 0:
            raise too_much("workbook-elements", Text("unsur", "elements"), MAX_ELEMENTS, self.file)
        if self.depth > MAX_DEPTH:
            raise self._refused("workbook-nesting", _DEEP, limit=MAX_DEPTH)
        local = self.names.get(name)
        if local is None:
            local = local_name(name)
            if len(self.names) < _MOST_NAMES:
                self.names[name] = local
        self.start(local, attributes)

    def _on_end(self, name: str) -> None:
        self.depth -= 1
        if self.end is not None:
            self.end(self.names.get(name) or local_name(name))
