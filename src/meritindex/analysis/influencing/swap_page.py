"""Where two agencies swap and where one changes its band, as documents, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meritindex.analysis.influencing.page import grounds_of
from meritindex.analysis.influencing.swaps import BandChange, Swap
from meritindex.analysis.influencing.words import weight_text
from meritindex.language import Language, Text, listed
from meritindex.layout import Document, Heading, Listing, Paragraph, Part
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import SYNTHETIC, UNKNOWN, Sayer, card_title

_SWAP = Text(
    "Pada bobot {code} berapa {one} dan {other} bertukar tempat",
    "At which weight of {code} {one} and {other} swap places",
)
_BAND = Text(
    "Pada bobot {code} berapa kategori {name} berubah",
    "At which weight of {code} the band of {name} changes",
)
_FOLLOW = Text(
    "Bobot yang lain dalam dimensi yang sama mengikuti menurut perbandingannya, juga yang "
    "dipublikasikan; jadi bobot itu dapat berada di luar yang mungkin menurut yang dipublikasikan.",
    "The other weights in its dimension follow in proportion, published ones too; so the weight "
    "may lie outside what is possible by what is published.",
)
_NOW = Text(
    "Bobot {code} kini {weight}, dan kategorinya {band}.",
    "The weight of {code} is {weight} now, and the band is {band}.",
)
_NEVER = Text(
    "Kategori itu tidak berubah, berapa pun bobot {code}.",
    "The band is the same whatever the weight of {code}.",
)


def swap_document(swap: Swap, table: ScoreTable, language: Language) -> Document:
    """Return where two agencies swap, and what the scores rest on.

    Args:
        swap: of which agencies, and where.
        table: the scores of all agencies.
        language: that of the document.
    """
    say = Sayer(language)
    title = _SWAP.fill(code=swap.code, one=swap.one.name, other=swap.other.name)
    return _page(title, [Paragraph(say(swap.as_text()))], table, say)


def band_changes_document(
    code: str, row: int, changes: Sequence[BandChange], table: ScoreTable, language: Language
) -> Document:
    """Return where an agency changes its band, and what the scores rest on.

    Args:
        code: of the element whose weight changes.
        row: the agency's, in the table.
        changes: where its band changes.
        table: the scores of all agencies.
        language: that of the document.
    """
    say = Sayer(language)
    now = _NOW.fill(
        code=code,
        weight=weight_text(table.plan.weight_values[code]),
        band=table.bands[row] or UNKNOWN,
    )
    sentences = [now] if changes else [now, _NEVER.fill(code=code)]
    parts: list[Part] = [Paragraph(say(listed(sentences, " ")))]
    if changes:
        parts.append(Listing(tuple(say(change.as_text()) for change in changes)))
    title = _BAND.fill(code=code, name=card_title(table.assessments.facts[row]))
    return _page(title, parts, table, say)


def _page(title: Text, parts: Iterable[Part], table: ScoreTable, say: Sayer) -> Document:
    head: list[Part] = [Heading(say(title), 2), Paragraph(say(table.instrument.title))]
    head += [Paragraph(say(SYNTHETIC), tone="warning")] if table.synthetic else []
    return Document((*head, *parts, Paragraph(say(_FOLLOW)), *grounds_of(table, say)))
