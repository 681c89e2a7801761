"""The influence of elements as CSV text: decimals with a point, and exact numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from meritindex.analysis.influencing import (
    BandChange,
    Influence,
    SobolIndices,
    Swap,
    VerifyFirst,
    WeightChange,
)
from meritindex.definition.rules import from_double
from meritindex.numbers import exact_text
from meritindex.reporting.csv_text import PREMISES, Value, csv_text, exact_cell, premises
from meritindex.scoring import ScoreTable


def influence_csv(influence: Influence) -> str:
    """Return how much each element weighs, a row an element."""
    return _rows(
        influence.scored,
        (
            *("code", "parent", "nominal", "nominal_exact", "effective", "effective_exact"),
            *("correlation", "agencies", "reason"),
        ),
        (
            (
                each.code,
                each.parent,
                each.nominal,
                exact_cell(each.nominal),
                each.effective,
                exact_cell(each.effective) if each.exact else None,
                _double(each.correlation),
                each.agencies,
                None if each.reason is None else each.reason.en,
            )
            for each in influence.elements
        ),
    )


def weight_change_csv(change: WeightChange) -> str:
    """Return who moves under another weight, a row an agency."""
    return _rows(
        change.table_after,
        (
            *("agency", "code", "rank_before", "rank_after", "band_before", "band_after"),
            *("element", "weight_before", "weight_after"),
        ),
        (
            (
                move.agency.name,
                move.agency.code,
                move.rank_before,
                move.rank_after,
                move.band_before,
                move.band_after,
                change.code,
                exact_text(change.before),
                exact_text(change.after),
            )
            for move in change.moves
        ),
    )


def swap_csv(swap: Swap, table: ScoreTable) -> str:
    """Return at which weights two agencies swap places, a row a weight."""
    return _rows(
        table,
        (
            *("code", "agency", "other", "weight", "weight_exact", "low", "high"),
            *("ahead_below", "ahead_above"),
        ),
        (
            (
                swap.code,
                swap.one.name,
                swap.other.name,
                each.weight,
                exact_cell(each.weight) if each.exact else None,
                exact_text(each.low),
                exact_text(each.high),
                None if each.ahead_below is None else each.ahead_below.name,
                None if each.ahead_above is None else each.ahead_above.name,
            )
            for each in swap.crossings
        ),
    )


def band_changes_csv(code: str, row: int, changes: Sequence[BandChange], table: ScoreTable) -> str:
    """Return at which weights an agency changes its band, a row a weight."""
    return _rows(
        table,
        ("code", "agency", "weight", "weight_exact", "below", "at", "above"),
        (
            (
                code,
                table.agencies[row].name,
                each.weight,
                exact_text(each.weight),
                each.below,
                each.at,
                each.above,
            )
            for each in changes
        ),
    )


def verify_first_csv(found: VerifyFirst) -> str:
    """Return how likely each open answer changes a band, a row an answer of an agency."""
    return _rows(
        found.table,
        (
            *("agency", "code", "item", "state", "answered", "low", "high"),
            *("chance", "error", "draws", "seed"),
        ),
        (
            (
                each.agency.name,
                each.agency.code,
                chance.item.code,
                None if chance.item.state is None else chance.item.state.value,
                chance.item.answered,
                _end(chance.item.low),
                _end(chance.item.high),
                chance.chance,
                _double(chance.error),
                found.draws,
                found.seed,
            )
            for each in found.agencies
            for chance in each.items
        ),
    )


def sobol_csv(found: SobolIndices) -> str:
    """Return the Sobol indices, a row an open weight."""
    return _rows(
        found.table,
        ("code", "first", "first_error", "total", "total_error", "samples", "seed"),
        (
            (
                each.code,
                *map(_double, (each.first, each.first_error, each.total, each.total_error)),
                found.samples,
                found.seed,
            )
            for each in found.indices
        ),
    )


def _rows(table: ScoreTable, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return rows with what they rest on behind them."""
    behind = premises(table)
    return csv_text((*header, *PREMISES), ((*row, *behind) for row in rows))


def _double(value: float | None) -> Fraction | None:
    """Return a double as the shortest decimal that stands for it."""
    return None if value is None else from_double(value)


def _end(value: Fraction | int | None) -> str | None:
    return None if value is None else exact_text(Fraction(value))
