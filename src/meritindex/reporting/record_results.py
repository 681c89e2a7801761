"""A record for a reader, and as rows; the record itself is its bytes alone."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.records import LIBRARY, record_data
from meritindex.language import Language, Text
from meritindex.layout import Document, Heading, Listing, Paragraph
from meritindex.reporting.csv_text import Value, csv_text
from meritindex.scoring import ScoreCard
from meritindex.scoring.showing import card_document

_NOT_THE_RECORD = Text(
    "Ini salinan untuk dibaca. Rekaman yang dapat diperiksa adalah berkas JSON-nya.",
    "This is a copy to read. The record that can be verified is its JSON file.",
)


def record_document(card: ScoreCard, language: Language) -> Document:
    """Return the result that a record keeps, with what tells the record from any other."""
    data = record_data(card)
    lines = (
        Text("Checksum rekaman (SHA-256): {value}", "Checksum of the record (SHA-256): {value}"),
        Text("Sidik jari instrumen (SHA-256): {print}", "Fingerprint of the instrument: {print}"),
        Text("Dihitung dengan {library} {version}", "Computed by {library} {version}"),
    )
    library = data["library"]
    assert isinstance(library, dict)  # noqa: S101 - the form of a record
    said = (
        line.fill(
            value=data["checksum"],
            print=card.instrument.fingerprint,
            library=LIBRARY,
            version=library["version"],
        )
        for line in lines
    )
    return Document(
        (
            *card_document(card, language).parts,
            Heading(Text("Rekaman", "Record").in_language(language), 3),
            Listing(tuple(line.in_language(language) for line in said)),
            Paragraph(_NOT_THE_RECORD.in_language(language)),
        )
    )


def record_csv(card: ScoreCard) -> str:
    """Return the entries of a record as CSV text, a row each: its path, as `verify` names it."""
    return csv_text(("where", "recorded"), _entries("", record_data(card)))


def _entries(path: str, value: object) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _entries(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _entries(f"{path}[{place}]", each)
    else:
        assert value is None or isinstance(value, str | int)  # noqa: S101 - the leaves of a record
        yield path, value
