"""A board as a document of plain cells, in either language: the whole, then group by group."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.grouping import WHOLE
from meritindex.analysis.boards.result import Board
from meritindex.analysis.boards.words import (
    CELL_NAMES,
    UNKNOWN_SIGN,
    WITHOUT_BAND,
    change_text,
    group_standing_parts,
    names_text,
    number_text,
    section,
    spread_lines,
    spread_places,
    synthetic_parts,
)
from meritindex.analysis.influencing.page import percent
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import Sayer, left_out_parts, places_needed, remark_parts

_QUARTILES = Text(
    "Kuartil: di antara dua nilai dihitung pada garis lurus di antara keduanya.",
    "Quartiles: between two totals, on the straight line between them.",
)
_ORDER = Text(
    "Kelompok diurutkan menurut rata-ratanya. Yang belum ada nilainya tidak ikut dihitung.",
    "Groups are in the order of their means. Who has no total is not counted in them.",
)
_AT_LEAST = Text(
    "Bagian instansi dalam kategori itu atau yang lebih tinggi, dari yang berkategori.",
    "The share of agencies in that band or a higher one, of those that have a band.",
)
_TIES = Text(
    "Semua yang nilainya persis sama disebut.", "All whose totals are exactly the same are named."
)


def board_document(board: Board, language: Language) -> Document:
    """Return a board: the whole in words, then the groups beside one another."""
    say = Sayer(language)
    parts: list[Part] = [
        Heading(say(_title(board)), 2),
        Paragraph(say(board.instrument.title)),
        *synthetic_parts(say, synthetic=board.synthetic),
        Listing((*spread_lines(board.whole, say), *_missed_lines(board, say))),
    ]
    groups = [*board.groups, *(() if board.ungrouped is None else (board.ungrouped,))]
    if groups:
        parts += [section(Text("Nilai", "Totals"), say), _totals_table(board, groups, say)]
        if board.instrument.root.bands is not None:
            parts += [section(Text("Kategori", "Bands"), say), *_band_tables(board, groups, say)]
        parts += [section(Text("Nilai tertinggi", "Who leads"), say), _leaders(board, groups, say)]
    parts += remark_parts(board.instrument, board.table.assessments.facts, say)
    parts += group_standing_parts(board.whole, say)
    parts += left_out_parts(board.table.left_out, say)
    return Document(tuple(parts))


def _title(board: Board) -> Text:
    title = board.grouping.title
    if title == WHOLE:
        return Text("Papan perbandingan semua instansi", "Board of all agencies")
    return Text("Papan perbandingan menurut {title}", "Board by {title}").fill(title=title)


def _missed_lines(board: Board, say: Sayer) -> Iterator[str]:
    """Yield who is named somewhere and not in the table."""
    if board.not_in_table:
        named = Text(
            "Disebut dalam pengelompokan, tetapi tidak ada dalam tabel: {names}",
            "Named by the grouping, but not in the table: {names}",
        )
        yield say(named.fill(names=names_text(board.not_in_table)))
    if board.only_before:
        gone = Text(
            "Hanya ada dalam tabel sebelumnya: {names}", "Only in the earlier table: {names}"
        )
        yield say(gone.fill(names=names_text(board.only_before)))


def _group_column(board: Board, say: Sayer) -> Column:
    return Column(say(board.grouping.heading), min_width=16)


def _totals_table(board: Board, groups: list[BoardGroup], say: Sayer) -> Table:
    places = spread_places(groups)
    columns = (
        _group_column(board, say),
        Column(say("instansi", "agencies"), "right"),
        Column(say("ada nilai", "with total"), "right"),
        Column(say("rata-rata", "mean"), "right"),
        Column(say("kuartil 1", "quartile 1"), "right"),
        Column(say("median", "median"), "right"),
        Column(say("kuartil 3", "quartile 3"), "right"),
    )
    rows = [
        (
            say(group.label),
            str(group.count),
            str(group.known),
            *(
                number_text(value, places, say)
                for value in (group.mean, *(group.quartiles or (None, None, None)))
            ),
        )
        for group in groups
    ]
    return Table(columns, tuple(rows), notes=(say(_ORDER), say(_QUARTILES)))


def _band_tables(board: Board, groups: list[BoardGroup], say: Sayer) -> list[Part]:
    """Return how many agencies are in each band, and the share in each or a higher one."""
    names = list(board.whole.bands)
    counts = Table(
        (
            _group_column(board, say),
            *(Column(name, "right") for name in names),
            Column(say(WITHOUT_BAND), "right"),
        ),
        tuple(
            (say(group.label), *map(str, group.bands.values()), str(group.without_band))
            for group in groups
        ),
    )
    at_least = Text("{name} ke atas", "{name} or higher")
    shares = Table(
        (
            _group_column(board, say),
            *(Column(say(at_least.fill(name=name)), "right") for name in names[1:]),
        ),
        tuple(
            (say(group.label), *(share_text(group, name, say) for name in names[1:]))
            for group in groups
        ),
        notes=(say(_AT_LEAST),),
    )
    return [counts, shares] if names[1:] else [counts]


def share_text(group: BoardGroup, band: str, say: Sayer) -> str:
    """Return the share of a group in a band or a higher one, in percent."""
    share = group.share_at_least(band)
    return UNKNOWN_SIGN if share is None else percent(share, say)


def _leaders(board: Board, groups: list[BoardGroup], say: Sayer) -> Table:
    places = places_needed([group.highest for group in groups])
    columns = [
        _group_column(board, say),
        Column(say("instansi", "agency"), min_width=20),
        Column(say("nilai", "total"), "right"),
    ]
    if board.before is not None:
        columns += [
            Column(say("kenaikan terbesar", "rose most"), min_width=20),
            Column(say("naik", "rise"), "right"),
        ]
    rises = [group.most_improved for group in groups]
    rise_places = places_needed([found[0].points for found in rises if found])
    rows = []
    for group, found in zip(groups, rises, strict=True):
        cells = [
            say(group.label),
            say(names_text(group.leaders, CELL_NAMES)),
            number_text(group.highest, places, say),
            say(names_text([rise.agency for rise in found], CELL_NAMES)),
            change_text(found[0] if found else None, rise_places, say),
        ]
        rows.append(tuple(cells[: len(columns)]))
    return Table(tuple(columns), tuple(rows), notes=(say(_TIES),))
