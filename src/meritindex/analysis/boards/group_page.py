"""One group of a board as a document of plain cells, in either language."""

from __future__ import annotations

from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.showing import share_text
from meritindex.analysis.boards.words import (
    CELL_NAMES,
    UNKNOWN_SIGN,
    WITHOUT_BAND,
    change_text,
    group_standing_parts,
    group_title,
    names_text,
    number_text,
    section,
    spread_lines,
    synthetic_parts,
)
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import Sayer, left_out_parts, places_needed, remark_parts

_RANKS = Text(
    "Di kelompok, di semua: peringkat di antara yang sudah ada nilainya, dalam kelompok dan dari "
    "semua instansi.",
    "In group, of all: the rank among those with a total, of the group and of all agencies.",
)
_BEHIND = Text(
    "Selisih: kekurangan terhadap nilai tertinggi dalam kelompok.",
    "Gap: what is lacking to the highest total of the group.",
)


def group_document(group: BoardGroup, language: Language) -> Document:
    """Return a group: how its totals are spread, its agencies, and the best in each dimension."""
    say = Sayer(language)
    table = group.table
    parts: list[Part] = [
        Heading(group_title(group, say), 2),
        Paragraph(say(group.board.instrument.title)),
        *synthetic_parts(say, synthetic=group.synthetic),
        Listing(tuple(spread_lines(group, say))),
    ]
    if group.bands:
        parts += [section(Text("Kategori", "Bands"), say), _bands(group, say)]
    parts += [section(Text("Instansi", "Agencies"), say), _agencies(group, say)]
    if group.bests:
        parts += [
            section(Text("Yang terbaik di setiap dimensi", "The best of each dimension"), say)
        ]
        parts.append(_bests(group, say))
    parts += remark_parts(table.instrument, table.assessments.facts, say)
    parts += group_standing_parts(group, say)
    parts += left_out_parts(table.left_out, say)
    return Document(tuple(parts))


def _bands(group: BoardGroup, say: Sayer) -> Table:
    columns = (
        Column(say("kategori", "band")),
        Column(say("instansi", "agencies"), "right"),
        Column(say("kategori ini ke atas", "this band or higher"), "right"),
    )
    rows = [
        (say.band(group.board.instrument, name), str(count), share_text(group, name, say))
        for name, count in group.bands.items()
    ]
    if group.without_band:
        rows.append((say(WITHOUT_BAND), str(group.without_band), UNKNOWN_SIGN))
    return Table(columns, tuple(rows))


def _agencies(group: BoardGroup, say: Sayer) -> Table:
    """Return every agency with its ranks, total, band and gap, the highest first."""
    table, highest = group.table, group.highest
    places = places_needed(table.totals)
    rises = group.board.before is not None
    rise_places = places_needed([None if rise is None else rise.points for rise in group.rises])
    has_bands = bool(group.bands)
    columns = [
        Column(say("di kelompok", "in group"), "right"),
        Column(say("di semua", "of all"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say("nilai", "total"), "right"),
        *([Column(say("kategori", "band"))] if has_bands else []),
        Column(say("selisih", "gap"), "right"),
        *([Column(say("naik", "rise"), "right")] if rises else []),
    ]
    inside, outside = group.ranks_inside, group.ranks_outside
    order = sorted(range(len(group)), key=lambda place: (inside[place] or len(group) + 1, place))
    rows = []
    for place in order:
        total = table.totals[place]
        gap = None if total is None or highest is None else highest - total
        rows.append(
            (
                str(inside[place] or UNKNOWN_SIGN),
                str(outside[place] or UNKNOWN_SIGN),
                group.agencies[place].name,
                number_text(total, places, say),
                *([table.bands[place] or UNKNOWN_SIGN] if has_bands else []),
                number_text(gap, places, say),
                *([change_text(group.rises[place], rise_places, say)] if rises else []),
            )
        )
    return Table(tuple(columns), tuple(rows), notes=(say(_RANKS), say(_BEHIND)), keys=3)


def _bests(group: BoardGroup, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("dimensi", "dimension")),
        Column(say("tertinggi", "highest"), "right"),
        Column(say("maksimum", "maximum"), "right"),
        Column(say("instansi", "agency"), min_width=20),
    )
    ranges = group.board.table.plan.ranges
    places = places_needed([best.points for best in group.bests])
    rows = [
        (
            best.code,
            say(best.name),
            number_text(best.points, places, say),
            say.points(ranges[best.code][1]),
            say(names_text(best.agencies, CELL_NAMES)),
        )
        for best in group.bests
    ]
    return Table(columns, tuple(rows), keys=2)
