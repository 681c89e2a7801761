"""Boards, groups and peers as CSV: decimals with a point, and the exact numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meritindex.analysis.boards import Board, BoardGroup, Peers
from meritindex.assessment.formulas import escaped
from meritindex.definition import Agency
from meritindex.numbers import decimal_text
from meritindex.reporting.bounds_results import number_cells
from meritindex.reporting.csv_text import lines_of


def board_csv(board: Board) -> str:
    """Return the groups of a board as CSV text, a row a group, the whole first.

    The column `scope` says whether a row is the `whole`, a `group`, or the agencies without one
    (`ungrouped`). Decimals are to 6 places with a point, and the exact numbers stand beside them;
    one that is a double has none. Several names in a cell are divided by semicolons. Texts that a
    spreadsheet would run as a formula begin with an apostrophe.
    """
    groups = [("whole", board.whole), *(("group", group) for group in board.groups)]
    groups += [] if board.ungrouped is None else [("ungrouped", board.ungrouped)]
    numbers = ("mean", "lower_quartile", "median", "upper_quartile", "lowest", "highest")
    names = list(board.whole.bands)
    header = (
        *("scope", "group", "count", "known"),
        *(cell for name in numbers for cell in (name, f"{name}_exact")),
        *(f"band {name}" for name in names),
        "without_band",
        *(f"at_least {name}" for name in names),
        *("leaders", "most_improved", "rise", "rise_exact"),
        *("standing", "synthetic", "instrument", "weighting"),
    )
    return _written([header, *(_spread_row(scope, group) for scope, group in groups)])


def _spread_row(scope: str, group: BoardGroup) -> tuple[object, ...]:
    board, totals = group.board, group.table.totals
    lower, middle, upper = group.quartiles or (None, None, None)
    shares = [group.share_at_least(name) for name in group.bands]
    rises = group.most_improved
    return (
        scope,
        escaped(group.name),
        group.count,
        group.known,
        *(
            cell
            for value in (group.mean, lower, middle, upper, group.lowest, group.highest)
            for cell in number_cells(value, totals)
        ),
        *group.bands.values(),
        group.without_band,
        *("" if share is None else decimal_text(share) for share in shares),
        _names(group.leaders),
        _names(rise.agency for rise in rises),
        *number_cells(rises[0].points if rises else None, totals),
        group.standing,
        "yes" if group.synthetic else "no",
        board.instrument.id,
        board.table.weighting.name,
    )


def group_csv(group: BoardGroup) -> str:
    """Return the agencies of a group as CSV text, in the order of the table.

    Cells are as in `board_csv`; `to_best` and `to_leader` with the code of a dimension are what the
    points in it lack to the best of the group, and to the agency with the highest total.
    """
    codes = [best.code for best in group.bests]
    header = (
        *("group", "agency", "code", "year", "stage", "synthetic"),
        *("total", "total_exact", "band", "rank_inside", "rank_outside"),
        *("gap", "gap_exact", "rise", "rise_exact"),
        *(f"{name} {code}" for code in codes for name in ("to_best", "to_leader")),
        *("standing", "instrument", "weighting"),
    )
    return _written([header, *_agency_rows(group)])


def _agency_rows(group: BoardGroup) -> Iterator[tuple[object, ...]]:
    table = group.table
    for place, gaps in enumerate(group.gaps):
        facts, rise = table.assessments.facts[place], group.rises[place]
        yield (
            escaped(group.name),
            escaped(facts.agency.name),
            facts.agency.code,
            facts.year,
            facts.stage or "",
            "yes" if facts.synthetic else "no",
            *number_cells(table.totals[place], table.totals),
            escaped(table.bands[place] or ""),
            group.ranks_inside[place],
            group.ranks_outside[place],
            *number_cells(gaps.total, table.totals),
            *number_cells(None if rise is None else rise.points, table.totals),
            *(
                "" if value is None else decimal_text(value)
                for gap in gaps.dimensions
                for value in (gap.to_best, gap.to_leader)
            ),
            table.standings[place],
            table.instrument.id,
            table.weighting.name,
        )


def peers_csv(found: Peers) -> str:
    """Return the peers of an agency as CSV text: a row a peer, those that are ahead after all.

    The column `list` says whether a row is one of the `nearest` or one of `next_better`. Cells are
    as in `board_csv`.
    """
    header = (
        *("agency", "list", "peer", "code", "distance", "distance_exact"),
        *("total", "total_exact", "band", "rank"),
        *("standing", "synthetic", "instrument", "weighting"),
    )
    table = found.table
    rows = [
        (
            escaped(found.agency.name),
            name,
            escaped(peer.agency.name),
            peer.agency.code,
            *number_cells(peer.distance, table.totals),
            *number_cells(peer.total, table.totals),
            escaped(peer.band or ""),
            peer.rank,
            table.standings[peer.row],
            "yes" if table.assessments.facts[peer.row].synthetic else "no",
            table.instrument.id,
            table.weighting.name,
        )
        for name, peers in (("nearest", found.nearest), ("next_better", found.next_better))
        for peer in peers
    ]
    return _written([header, *rows])


def _names(agencies: Iterable[Agency]) -> str:
    return escaped("; ".join(agency.name for agency in agencies))


def _written(rows: Iterable[tuple[object, ...]]) -> str:
    return lines_of(rows)
