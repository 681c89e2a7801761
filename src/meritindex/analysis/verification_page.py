"""A verification as a document of plain cells, in either language."""

from __future__ import annotations

from meritindex.analysis.verification import Verification
from meritindex.language import Language, Text
from meritindex.layout import Document, Heading, Listing, Paragraph, Part
from meritindex.numbers import decimal_text, localized

_HOLDS = Text(
    "Rekaman ini sesuai dengan hasil hitung ulang: tidak ada angka yang berbeda.",
    "This record holds: every number was computed anew, and none differs.",
)
_DIFFERS = Text(
    "Rekaman ini TIDAK sesuai; perbedaannya: {count}.",
    "This record does NOT hold; differences: {count}.",
)
_PROVES = Text(
    "Yang diperiksa adalah hitungannya, bukan kebenaran jawabannya; rekaman tidak ditandatangani.",
    "What is checked is the arithmetic, not whether the answers are true; a record is not signed.",
)
_MADE_UP = Text("DATA SINTETIS: jawabannya rekaan.", "SYNTHETIC DATA: the answers are made up.")


def verification_document(found: Verification, language: Language) -> Document:
    """Return a verification: what came of it, what differs, and the result as computed."""
    card = found.card
    facts = card.assessments.facts[card.row]
    lines = [card.instrument.title]
    if card.total is not None:
        total = Text(*(localized(decimal_text(card.total), tongue) for tongue in ("id", "en")))
        band = "" if card.band is None else f" ({card.band})"
        total = Text.same("{name} {total}{band}").fill(
            name=card.instrument.root.name, total=total, band=band
        )
        lines.append(Text("dihitung ulang: {total}", "computed anew: {total}").fill(total=total))
    lines += [_MADE_UP] if card.synthetic else []
    verdict = _DIFFERS.fill(count=len(found.differences)) if found.differences else _HOLDS
    said = [difference.message for difference in found.differences]
    heading = Text("Rekaman {agency}, {when}", "Record of {agency}, {when}")
    parts: list[Part] = [
        Heading(
            heading.fill(agency=card.agency.name, when=facts.occasion).in_language(language), 2
        ),
        Paragraph(verdict.in_language(language), tone="fault" if found.differences else None),
        Listing(tuple(line.in_language(language) for line in (*said, *lines, *found.remarks))),
        Paragraph(_PROVES.in_language(language)),
    ]
    return Document(tuple(parts))
