"""The peers of an agency as a document of plain cells, in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from meritindex.analysis.boards.peers import Peer, Peers
from meritindex.analysis.boards.practices import Practice
from meritindex.analysis.boards.words import (
    UNKNOWN_SIGN,
    names_text,
    number_text,
    section,
    synthetic_parts,
)
from meritindex.definition import Level
from meritindex.language import Language, Text, listed
from meritindex.layout import Branch, Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import Sayer, card_title, places_needed, score_standing_parts

_DISTANCE = Text(
    "Jarak: jumlah selisih nilai {codes}, masing-masing dibagi panjang rentangnya; 0 berarti sama.",
    "Distance: the differences in {codes}, each divided by the length of its range, added up; 0 is "
    "the same.",
)
_TIES = Text(
    "Semua yang sejauh yang terakhir ikut disebut.", "All that are as far as the last are named."
)


def peers_document(found: Peers, language: Language) -> Document:
    """Return who is nearest, who of the others is ahead, and what these do."""
    say = Sayer(language)
    table = found.table
    title = Text("Instansi sebanding dengan {agency}", "Peers of {agency}")
    name = card_title(table.assessments.facts[found.row])
    parts: list[Part] = [
        Heading(say(title.fill(agency=name)), 2),
        Paragraph(say(table.instrument.title)),
        *synthetic_parts(say, synthetic=table.synthetic),
        *peers_parts(found, say),
    ]
    exact = table.totals.exact
    parts += score_standing_parts(table.standing, table.reasons, table.plan, say, exact=exact)
    return Document(tuple(parts))


def peers_parts(found: Peers, say: Sayer) -> list[Part]:
    """Return what is said of peers, without a heading and without their standing."""
    parts: list[Part] = [Listing(tuple(_lines(found, say)))]
    codes = ", ".join(dimension.code for dimension in found.dimensions)
    notes = (say(_DISTANCE.fill(codes=codes)), say(_TIES))
    if found.nearest:
        near = Text("Yang paling dekat", "The nearest")
        parts += [section(near, say), _peer_table(found, found.nearest, notes, say)]
    if found.next_better:
        ahead = Text("Yang paling dekat dengan nilai lebih tinggi", "The nearest that are ahead")
        parts += [section(ahead, say), _peer_table(found, found.next_better, (), say)]
        parts += _practice_parts(found, say)
    return parts


def _lines(found: Peers, say: Sayer) -> Iterator[str]:
    kind = found.agency.kind
    if found.same_kind and kind is not None:
        compared = Text("Dibandingkan dengan: instansi sejenis ({kind})", "Compared with: {kind}")
        yield say(compared.fill(kind=kind.label))
    else:
        yield say(
            "Dibandingkan dengan: semua jenis instansi", "Compared with: agencies of any kind"
        )
    if found.lacking:
        lacking = Text(
            "Tidak ada yang dapat dibandingkan: nilai {codes} instansi ini tidak diketahui",
            "Nobody can be compared: this agency's points in {codes} are not known",
        )
        yield say(lacking.fill(codes=", ".join(found.lacking)))
    elif not found.nearest:
        yield say(
            "Tidak ada instansi lain yang dapat dibandingkan",
            "There is no other agency that can be compared",
        )
    elif found.card.total is None:
        yield say(
            "Yang nilainya lebih tinggi tidak dapat disebut: nilai instansi ini belum diketahui",
            "Who is ahead can't be told: this agency's total is not known",
        )
    elif not found.next_better:
        yield say("Tidak ada yang nilainya lebih tinggi", "Nobody is ahead")
    reasons = Counter(each.lacking for each in found.left_out)
    for codes, count in reasons.items():
        agencies = [each.agency for each in found.left_out if each.lacking == codes]
        without = Text(
            "Tidak dibandingkan, karena nilai {codes} tidak diketahui: {count} ({names})",
            "Not compared, since points in {codes} are not known: {count} ({names})",
        )
        yield say(without.fill(codes=", ".join(codes), count=count, names=names_text(agencies)))


def _peer_table(found: Peers, peers: Sequence[Peer], notes: tuple[str, ...], say: Sayer) -> Table:
    has_bands = found.table.instrument.root.bands is not None
    columns = [
        Column(say("jarak", "distance"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say("nilai", "total"), "right"),
        Column(say("peringkat", "rank"), "right"),
        *([Column(say("kategori", "band"))] if has_bands else []),
    ]
    places = places_needed([peer.total for peer in peers])
    apart = places_needed([peer.distance for peer in peers])
    rows = [
        (
            number_text(peer.distance, apart, say),
            peer.agency.name,
            number_text(peer.total, places, say),
            str(peer.rank or UNKNOWN_SIGN),
            *([peer.band or UNKNOWN_SIGN] if has_bands else []),
        )
        for peer in peers
    ]
    return Table(tuple(columns), tuple(rows), notes=notes, keys=2)


def _practice_parts(found: Peers, say: Sayer) -> list[Part]:
    title = Text(
        "Yang sudah dilakukan sebagian besar dari mereka, dan belum di sini",
        "What most of these do that this one does not",
    )
    parts: list[Part] = [section(title, say)]
    if not found.what_they_do:
        none = Text(
            "Tidak ada pertanyaan yang dijawab lebih tinggi oleh sebagian besar dari mereka.",
            "There is no question in which most of them stand higher.",
        )
        return [*parts, Paragraph(say(none))]
    return [*parts, *(_practice(practice, say) for practice in found.what_they_do)]


def _practice(practice: Practice, say: Sayer) -> Branch:
    reached = Text(
        "{count} dari {all} sedikitnya di tingkat {level}{criterion}",
        "{count} of {all} are at level {level} at least{criterion}",
    )
    own = Text("di sini tingkat {level}{criterion}", "here level {level}{criterion}")
    levels = listed(
        [
            Text.same(f"{agency.name} {UNKNOWN_SIGN if level is None else level}")
            for agency, level in practice.levels
        ]
    )
    lines = (
        own.fill(level=practice.own.value, criterion=_criterion(practice.own)),
        reached.fill(
            count=practice.count_at_least(practice.reached.value),
            all=len(practice.levels),
            level=practice.reached.value,
            criterion=_criterion(practice.reached),
        ),
        levels,
    )
    return Branch(f"{practice.code} {say(practice.name)}", tuple(map(say, lines)))


def _criterion(level: Level) -> Text:
    if level.criterion is None:
        return Text.same("")
    return Text(f": {level.criterion.id}", f": {level.criterion.en}")
