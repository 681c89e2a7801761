"""What another weight changes, as a document of plain cells, in either language."""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.influencing.changes import WeightChange
from meritindex.analysis.influencing.page import decimal, grounds_of
from meritindex.language import LANGUAGES, Language, Text
from meritindex.layout import Column, Document, Heading, Paragraph, Part, Table
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import SYNTHETIC, UNKNOWN, Sayer

_TITLE = Text(
    "Bila bobot {code} {after}, bukan {before}", "If the weight of {code} is {after}, not {before}"
)
_SUMMARY = Text(
    "{name}. Bobot yang lain dalam dimensi yang sama mengikuti menurut perbandingannya, juga yang "
    "dipublikasikan. Dari "
    "{count} instansi, {ranks} berganti peringkat dan {bands} berganti kategori; rata-rata "
    "bergeser {mean} peringkat, paling banyak {largest}.",
    "{name}. The other weights in its dimension follow in proportion, published ones too. Of "
    "{count} agencies, {ranks} change rank and {bands} change band; they move by {mean} ranks on "
    "average, and by {largest} at most.",
)


def change_document(change: WeightChange, language: Language) -> Document:
    """Return what ranks and bands become, the farthest moves first."""
    say = Sayer(language)
    before, after = change.table_before, change.table_after
    title = _TITLE.fill(code=change.code, before=_shown(change.before), after=_shown(change.after))
    summary = say(_SUMMARY).format(
        name=say(change.name),
        count=len(before),
        ranks=change.rank_changes,
        bands=change.band_changes,
        mean=decimal(change.mean_shift, say),
        largest=change.largest_shift,
    )
    parts: list[Part] = [Heading(say(title), 2), Paragraph(say(before.instrument.title))]
    parts += [Paragraph(say(SYNTHETIC), tone="warning")] if before.synthetic else []
    parts.append(Paragraph(summary))
    if change.moves:
        parts.append(_moves_table(change, say))
    return Document((*parts, *grounds_of(after, say)))


def _moves_table(change: WeightChange, say: Sayer) -> Table:
    columns = [
        Column(say("instansi", "agency"), min_width=20),
        Column(say("dari", "from"), "right"),
        Column(say("ke", "to"), "right"),
    ]
    bands = change.table_before.instrument.root.bands is not None
    columns += [Column(say("kategori", "band"))] if bands else []
    rows = []
    for move in sorted(change.moves, key=lambda move: -abs(move.shift)):
        names = [name or say(UNKNOWN) for name in (move.band_before, move.band_after)]
        cells = [move.agency.name, str(move.rank_before), str(move.rank_after or "-")]
        cells += [" → ".join(dict.fromkeys(names))] if bands else []
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows))


def _shown(value: Fraction) -> Text:
    return Text(*(shown(value, language) for language in LANGUAGES))
