"""One agency among its group as a document of plain cells, in either language."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.boards.entry import BoardEntry
from meritindex.analysis.boards.peers import Peers
from meritindex.analysis.boards.peers_page import peers_parts
from meritindex.analysis.boards.words import (
    CELL_NAMES,
    UNKNOWN_SIGN,
    change_text,
    group_standing_parts,
    group_title,
    kind_lines,
    names_text,
    number_text,
    section,
    synthetic_parts,
)
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import UNKNOWN, Sayer, card_title, places_needed

_BEHIND = Text(
    "Ke terbaik: kekurangan terhadap nilai terbaik kelompok pada dimensi itu. Ke tertinggi: "
    "terhadap instansi dengan nilai total tertinggi; tanda minus berarti di atasnya.",
    "To best: what is lacking to the best points of the group in that dimension. To leader: to "
    "those of the agency with the highest total; a minus means above them.",
)


def entry_document(entry: BoardEntry, language: Language, found: Peers | None = None) -> Document:
    """Return one agency: its ranks in and out of its group, and how far it is behind.

    Args:
        entry: the agency.
        language: that of the document.
        found: its peers, where they are to be shown as well.
    """
    say = Sayer(language)
    group = entry.group
    facts = group.board.table.assessments.facts[entry.row]
    parts: list[Part] = [
        Heading(card_title(facts), 2),
        Paragraph(say(group.board.instrument.title)),
        *synthetic_parts(say, synthetic=group.synthetic),
        Listing(tuple(_lines(entry, say))),
    ]
    if entry.gaps.dimensions:
        title = Text("Kekurangan di setiap dimensi", "How far behind in each dimension")
        parts += [section(title, say), _gaps(entry, say)]
    if found is not None:
        title = Text("Instansi sebanding", "Peers")
        parts += [Heading(say(title), 2), *peers_parts(found, say)]
    # Peers may be of any group.
    parts += group_standing_parts(group if found is None else group.board.whole, say)
    return Document(tuple(parts))


def _lines(entry: BoardEntry, say: Sayer) -> Iterator[str]:
    group, root = entry.group, entry.group.board.instrument.root
    total = say(UNKNOWN) if entry.total is None else say.points(entry.total, 6)
    yield f"{say(root.name)}: {total}"
    if root.bands is not None:
        band = say(UNKNOWN) if entry.band is None else say.band(group.board.instrument, entry.band)
        yield f"{say('Kategori', 'Band')}: {band}"
    yield group_title(group, say)
    ranked = Text(
        "Peringkat di kelompok: {inside} dari {known}; di antara semua: {outside} dari {all}",
        "Rank in the group: {inside} of {known}; among all: {outside} of {all}",
    )
    yield say(
        ranked.fill(
            inside=entry.rank_inside or UNKNOWN_SIGN,
            outside=entry.rank_outside or UNKNOWN_SIGN,
            known=group.known,
            all=group.board.whole.known,
        )
    )
    yield from kind_lines(group, say)
    if group.highest is not None:
        leading = Text(
            "Nilai tertinggi di kelompok: {names} ({highest}); selisih {gap}",
            "Leading the group: {names} ({highest}); gap {gap}",
        )
        yield say(
            leading.fill(
                names=names_text(group.leaders),
                highest=say.points(group.highest),
                gap=number_text(entry.gaps.total, 4, say, fixed=False),
            )
        )
    if group.board.before is not None:
        places = 0 if entry.rise is None else places_needed([entry.rise.points])
        yield f"{say('Naik', 'Rise')}: {change_text(entry.rise, places, say)}"
        remarks = () if entry.rise is None else entry.rise.remarks
        yield from (f"{say('Catatan', 'Remark')}: {say(text)}" for text in remarks)


def _gaps(entry: BoardEntry, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("dimensi", "dimension")),
        Column(say("nilai", "points"), "right"),
        Column(say("ke terbaik", "to best"), "right"),
        Column(say("ke tertinggi", "to leader"), "right"),
        Column(say("yang terbaik", "who is best")),
    )
    gaps, bests = entry.gaps.dimensions, entry.group.bests
    places = places_needed(
        value for gap in gaps for value in (gap.points, gap.to_best, gap.to_leader)
    )
    rows = [
        (
            gap.code,
            say(gap.name),
            *(
                number_text(value, places, say)
                for value in (gap.points, gap.to_best, gap.to_leader)
            ),
            say(names_text(best.agencies, CELL_NAMES)),
        )
        for gap, best in zip(gaps, bests, strict=True)
    ]
    return Table(columns, tuple(rows), notes=(say(_BEHIND),), keys=2)
