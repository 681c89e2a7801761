"""The agencies of a report: who leads, each with its dimensions, and who has no total, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.words import UNKNOWN_SIGN, change_text, number_text
from meritindex.analysis.premises import named_codes
from meritindex.definition import Dimension
from meritindex.language import Text
from meritindex.layout import Cell, Column, Link, Listing, Paragraph, Part, Shade, Table
from meritindex.reporting.reports.board import BoardReport
from meritindex.reporting.reports.dimensions import share_of
from meritindex.reporting.reports.stages import stage_notes
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import Sayer, places_needed

# So many agencies lead a report on many.
_LEADING = 10
# More columns than this are no table that anybody reads; then the highest dimensions stand there.
_MOST_DIMENSIONS = 16
_PLACES = 2


def shown_dimensions(table: ScoreTable) -> tuple[Dimension, ...]:
    """Return the dimensions that a table of agencies has columns for.

    They are those that hold no other dimension; of an instrument with very many, the children of
    the root.
    """
    root = table.instrument.root
    below = table.instrument.dimensions[1:]
    lowest = tuple(
        each for each in below if not any(isinstance(child, Dimension) for child in each.children)
    )
    if len(lowest) <= _MOST_DIMENSIONS:
        return lowest
    highest = tuple(child for child in root.children if isinstance(child, Dimension))
    return highest[:_MOST_DIMENSIONS]


def agency_cell(report: BoardReport, row: int) -> Cell:
    """Return the name of an agency of the board; a link where it has a page of its own."""
    name = report.board.table.agencies[row].name
    page = report.pages.get(row)
    return name if page is None else Link(name, page=page)


def leading_table(report: BoardReport, say: Sayer) -> Table:
    """Return who has the highest totals: the first ranks, and all that share the last of them."""
    scope, table = report.scope, report.scope.table
    ranks = scope.ranks_inside
    first = [place for place, rank in enumerate(ranks) if rank is not None and rank <= _LEADING]
    first.sort(key=lambda place: (ranks[place] or 0, place))
    places = places_needed(table.totals)
    bands = bool(scope.bands)
    columns = (
        Column(say("peringkat", "rank"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say("nilai", "total"), "right"),
        *([Column(say("kategori", "band"))] if bands else []),
    )
    rows = tuple(
        (
            str(ranks[place]),
            agency_cell(report, scope.rows[place]),
            number_text(table.totals[place], places, say),
            *([table.bands[place] or UNKNOWN_SIGN] if bands else []),
        )
        for place in first
    )
    note = Text("Yang nilainya persis sama berbagi peringkat.", "Equal totals share a rank.")
    notes = (say(note), *stage_notes(table, say))
    return Table(columns, rows, say("Nilai tertinggi", "Highest totals"), notes, keys=2)


def legend(dimensions: Sequence[Dimension], say: Sayer) -> list[Part]:
    """Return what the columns of the tables of agencies stand for."""
    words = Text(
        "Setiap tabel berisi peringkat di kelompok dan di antara semua, nilai, kategori, dan nilai "
        "setiap dimensi. Makin gelap sebuah sel (di layar gelap: makin terang), makin dekat "
        "nilainya ke maksimum; tanda {sign} berarti tidak diketahui.",
        "Each table has the rank in the group and among all, the total, the band, and the points "
        "of each dimension. The darker a cell (on a dark screen: the lighter), the nearer it is to "
        "the maximum; the sign {sign} means not known.",
    )
    items = tuple(f"{each.code}: {say(each.name)}" for each in dimensions)
    return [Paragraph(say(words.fill(sign=UNKNOWN_SIGN))), *([Listing(items)] if items else [])]


def agencies_table(report: BoardReport, group: BoardGroup, say: Sayer) -> Table:
    """Return the agencies of a group, the highest first, each with its dimensions."""
    table, board = group.table, report.board
    dimensions = shown_dimensions(board.table)
    places = places_needed(table.totals)
    bands, rises = bool(group.bands), board.before is not None
    rise_places = places_needed([None if rise is None else rise.points for rise in group.rises])
    columns = (
        Column(say("instansi", "agency"), min_width=24),
        Column(say("di kelompok", "in group"), "right"),
        Column(say("di semua", "of all"), "right"),
        Column(say("nilai", "total"), "right"),
        *([Column(say("kategori", "band"))] if bands else []),
        *([Column(say("naik", "rise"), "right")] if rises else []),
        *(Column(each.code, "right") for each in dimensions),
    )
    inside, outside = group.ranks_inside, group.ranks_outside
    order = sorted(range(len(group)), key=lambda place: (inside[place] or len(group) + 1, place))
    rows: list[tuple[Cell, ...]] = [
        (
            agency_cell(report, group.rows[place]),
            str(inside[place] or UNKNOWN_SIGN),
            str(outside[place] or UNKNOWN_SIGN),
            number_text(table.totals[place], places, say),
            *([table.bands[place] or UNKNOWN_SIGN] if bands else []),
            *([change_text(group.rises[place], rise_places, say)] if rises else []),
            *(_dimension_cell(table, each, place, say) for each in dimensions),
        )
        for place in order
    ]
    caption = Text("Instansi di {group}", "Agencies of {group}").fill(group=group.label)
    return Table(columns, tuple(rows), say(caption), compared=True)


def _dimension_cell(table: ScoreTable, dimension: Dimension, place: int, say: Sayer) -> Cell:
    points = table.dimensions[dimension.code][place]
    if points is None:
        return UNKNOWN_SIGN
    low, high = table.plan.ranges[dimension.code]
    return Shade(say.points(points, _PLACES), share_of(points, low, high))


def unknown_parts(report: BoardReport, say: Sayer) -> Iterator[Part]:
    """Yield who has no total, and what is missing of each."""
    board, scope = report.board, report.scope
    columns = (
        Column(say("instansi", "agency"), min_width=20),
        Column(say(board.grouping.heading), min_width=12),
        Column(say("yang belum ada", "what is missing"), min_width=24),
    )
    rows: list[tuple[Cell, ...]] = []
    for place in range(len(scope)):
        if scope.table.totals[place] is None:
            row = scope.rows[place]
            needed = scope.table.card(place).needed
            rows.append(
                (
                    agency_cell(report, row),
                    say(board.group_of(row).label),
                    say(named_codes(board.instrument, needed)) or UNKNOWN_SIGN,
                )
            )
    if not rows:
        yield Paragraph(say("Semua instansi ada nilainya.", "All agencies have a total."))
        return
    words = Text(
        "{count} instansi belum ada nilainya. Tidak ada angka yang dibuat untuk menggantikannya, "
        "dan instansi itu tidak berperingkat.",
        "{count} agencies have no total. No number is made up in its place, and they are not "
        "ranked.",
    )
    yield Paragraph(say(words.fill(count=len(rows))))
    caption = Text("Instansi tanpa nilai, dan sebabnya", "Agencies without a total, and why")
    yield Table(columns, tuple(rows), say(caption))
