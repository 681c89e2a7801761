"""Boards and peers as JSON, exact and in one form for everybody."""

from __future__ import annotations

from collections.abc import Iterable

from meritindex.analysis.boards import (
    AgencyGaps,
    Board,
    BoardEntry,
    BoardGroup,
    Peer,
    Peers,
    Practice,
    Rise,
)
from meritindex.definition import Agency, Level
from meritindex.reporting.influence_results import head_json
from meritindex.reporting.results import Json, exact_json, number_json
from meritindex.scoring import ScoreTable


def board_json(board: Board, groups: Iterable[BoardGroup] | None = None) -> Json:
    """Return a board as plain data for JSON.

    A band is named by its official Indonesian name, and what is not known is null. `exact` is a
    fraction as text, `decimal` the same rounded half up to 6 places for display; what is computed
    in double precision is `approximate`, as in the results of scores. `gap` is what a total lacks
    to the highest of its group, `rise` what it rose since the earlier table. Reasons and faults are
    in English.

    Args:
        board: what to write.
        groups: which of its groups, with the gaps of their agencies in every dimension; None for
            all groups, and the agencies without one, without these gaps.
    """
    detailed = groups is not None
    ungrouped = board.ungrouped if groups is None else None
    return {
        **_head(board.whole),
        "grouping": board.grouping.title.en,
        "whole": _spread(board.whole),
        "groups": [
            _group(group, detailed=detailed)
            for group in (board.groups if groups is None else groups)
        ],
        "ungrouped": None if ungrouped is None else _group(ungrouped, detailed=False),
        "not_in_table": _names(board.not_in_table),
        "only_before": _names(board.only_before),
    }


def entry_json(entry: BoardEntry, found: Peers) -> Json:
    """Return one agency among its group, and its peers, as plain data for JSON.

    Numbers are written as in `board_json`. `to_best` is what the points in a dimension lack to the
    best of the group, `to_leader` what they lack to the agency with the highest total. Of
    `what_they_do`, `own` is the agency's level and `reached` the highest that most of
    `next_better` have reached, `count` of them.

    Args:
        entry: the agency.
        found: its peers.
    """
    group = entry.group
    return {
        **_head(group.board.whole),
        "group": {"name": group.name, **_spread(group)},
        **_agency(group, group.rows.index(entry.row), detailed=True),
        "peers": _peers(found),
    }


def _head(whole: BoardGroup) -> Json:
    """Return what was scored and how, and how firmly it is known, the earlier table with it."""
    missing = whole.board.table.plan.missing
    return {
        **head_json(whole.board.table),
        "missing": None if missing is None else missing.value,
        "standing": whole.standing.value,
        "reasons": [reason.as_text().en for reason in whole.reasons],
        "synthetic": whole.synthetic,
    }


def _group(group: BoardGroup, *, detailed: bool) -> Json:
    return {
        "name": group.name,
        **_spread(group),
        "agencies": [_agency(group, place, detailed=detailed) for place in range(len(group))],
    }


def _spread(group: BoardGroup) -> Json:
    """Return what is said of a group as one."""
    table = group.table
    lower, middle, upper = group.quartiles or (None, None, None)
    numbers = {
        "mean": group.mean,
        "lower_quartile": lower,
        "median": middle,
        "upper_quartile": upper,
        "lowest": group.lowest,
        "highest": group.highest,
    }
    return {
        "count": group.count,
        "known": group.known,
        "without_total": _names(group.without_total),
        "bands": dict(group.bands),
        "without_band": group.without_band,
        "at_least": {name: exact_json(group.share_at_least(name)) for name in group.bands},
        **{name: number_json(value, table.totals) for name, value in numbers.items()},
        "leaders": _names(group.leaders),
        "most_improved": [_rise(rise, table) for rise in group.most_improved],
        "standing": group.standing.value,
        "synthetic": group.synthetic,
    }


def _agency(group: BoardGroup, place: int, *, detailed: bool) -> Json:
    """Return one agency of a group."""
    table, rise = group.table, group.rises[place]
    facts, total = table.assessments.facts[place], table.totals[place]
    gap = None if total is None or group.highest is None else group.highest - total
    found: Json = {
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "total": number_json(total, table.totals),
        "band": table.bands[place],
        "rank_inside": group.ranks_inside[place],
        "rank_outside": group.ranks_outside[place],
        "gap": number_json(gap, table.totals),
        "before": None if rise is None else number_json(rise.before, table.totals),
        "rise": None if rise is None else number_json(rise.points, table.totals),
        "rise_remarks": [] if rise is None else [text.en for text in rise.remarks],
        "standing": table.standings[place].value,
    }
    if detailed:
        found["dimensions"] = _gaps(group, group.gaps[place])
    return found


def _gaps(group: BoardGroup, gaps: AgencyGaps) -> Json:
    columns = group.table.dimensions
    return {
        gap.code: {
            name: number_json(value, columns[gap.code])
            for name, value in (
                ("points", gap.points),
                ("to_best", gap.to_best),
                ("to_leader", gap.to_leader),
            )
        }
        | {"best": _names(best.agencies)}
        for gap, best in zip(gaps.dimensions, group.bests, strict=True)
    }


def _peers(found: Peers) -> Json:
    return {
        "same_kind": found.same_kind,
        "dimensions": [dimension.code for dimension in found.dimensions],
        "lacking": list(found.lacking),
        "nearest": [_peer(peer, found.table) for peer in found.nearest],
        "next_better": [_peer(peer, found.table) for peer in found.next_better],
        "what_they_do": [_practice(practice) for practice in found.what_they_do],
        "left_out": [
            {"agency": each.agency.name, "lacking": list(each.lacking)} for each in found.left_out
        ],
    }


def _peer(peer: Peer, table: ScoreTable) -> Json:
    return {
        "agency": peer.agency.name,
        "code": peer.agency.code,
        "distance": number_json(peer.distance, table.totals),
        "total": number_json(peer.total, table.totals),
        "band": peer.band,
        "rank": peer.rank,
    }


def _practice(practice: Practice) -> Json:
    return {
        "indicator": practice.code,
        "own": _level(practice.own),
        "reached": _level(practice.reached),
        "count": practice.count_at_least(practice.reached.value),
        "levels": {agency.name: level for agency, level in practice.levels},
    }


def _level(level: Level) -> Json:
    criterion = level.criterion
    said = None if criterion is None else {"id": criterion.id, "en": criterion.en}
    return {"level": level.value, "criterion": said}


def _rise(rise: Rise, table: ScoreTable) -> Json:
    return {"agency": rise.agency.name, "points": number_json(rise.points, table.totals)}


def _names(agencies: Iterable[Agency]) -> list[str]:
    return [agency.name for agency in agencies]
