"""Ranks in a frame, by the integers of the totals.

Frames in memory are ranked by the library's own ranking. In an engine, rows are grouped by their
total and counted; what is cumulated and joined back is that one small table, so that no row is
sorted. Engines don't agree on ranks of their own, nor does Dask have any.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.frames.arithmetic import Expression
from meritindex.scoring.frames.checking import OWN_PREFIX, Frame
from meritindex.scoring.ranking import competition_ranks

_COUNT, _KEY = f"{OWN_PREFIX}count", f"{OWN_PREFIX}key"
_NO_TOTAL = -(2**62)


def with_ranks(frame: Frame, total: str, rank: str, by: str | None) -> Frame:
    """Return a frame with competition ranks (1, 2, 2, 4); null without a total or a group.

    Args:
        frame: what is ranked.
        total: the column of the totals, as integers of one denominator.
        rank: what the column of ranks is called.
        by: the column within whose groups is ranked; None for all together.
    """
    nw = narwhals()
    if isinstance(frame, nw.DataFrame):
        return _ranked(frame, total, rank, by)
    # No total is a key too, below all others. To join by a column that may be null, Spark would
    # first reason about everything that makes it null, for longer than anybody waits.
    frame = frame.with_columns(nw.col(total).fill_null(_NO_TOTAL).alias(_KEY))
    keys = [_KEY] if by is None else [by, _KEY]
    counted = frame.group_by(*keys).agg(nw.len().alias(_COUNT))
    if frame.implementation.is_dask():
        ranked = _looked_up(frame, counted.collect(), keys, rank)
    else:
        # One more than how many are above.
        up_to = nw.col(_COUNT).cum_sum(reverse=True)
        up_to = up_to.over(order_by=_KEY) if by is None else up_to.over(by, order_by=_KEY)
        place = (up_to - nw.col(_COUNT) + 1).cast(nw.Int64)
        ranked = frame.join(counted.select(*keys, place.alias(rank)), on=keys, how="left")
    known = ~nw.col(total).is_null()
    if by is not None:
        known &= _in_group(frame, by)
    return ranked.with_columns(nw.when(known).then(nw.col(rank)).alias(rank))


def _in_group(frame: Frame, by: str) -> Expression:
    """Return which rows have a group: NaN, the gap of columns of floats, is none either."""
    nw = narwhals()
    there = ~nw.col(by).is_null()
    return there & ~nw.col(by).is_nan() if frame.collect_schema()[by].is_float() else there


def _ranked(frame: Frame, total: str, rank: str, by: str | None) -> Frame:
    nw = narwhals()
    numbers = frame[total]
    known = ~numbers.is_null().to_numpy()
    integers = numbers.fill_null(0).to_numpy().astype(np.int64)
    groups = [np.arange(len(integers))]
    if by is not None:
        known &= frame.select(in_group=_in_group(frame, by))["in_group"].to_numpy()
        members: dict[object, list[int]] = {}
        for row, key in enumerate(frame[by].to_list()):
            members.setdefault(key, []).append(row)
        groups = [np.array(rows) for rows in members.values()]
    found = np.zeros(len(integers), dtype=np.int64)
    for rows in groups:
        found[rows] = competition_ranks(ExactColumn(integers[rows], 1, known[rows]))
    column = nw.new_series(rank, found, nw.Int64, backend=frame.implementation)
    ranked = frame.with_columns(column)
    return ranked.with_columns(nw.when(nw.col(rank) > 0).then(nw.col(rank)).alias(rank))


def _looked_up(frame: Frame, counted: Frame, keys: list[str], rank: str) -> Frame:
    """Join the small table to every partition of a Dask frame, whose index stays what it is."""
    nw = narwhals()
    table = counted.to_native().dropna()
    totals = table[keys[-1]].to_numpy(dtype=np.int64)
    groups = None if len(keys) == 1 else table[keys[0]].to_numpy()
    ranks = np.ones(len(totals), dtype=np.int64)
    counts = table[_COUNT].to_numpy(dtype=np.int64)
    for group in [None] if groups is None else dict.fromkeys(groups):
        rows = np.arange(len(totals)) if groups is None else np.flatnonzero(groups == group)
        order = rows[np.argsort(-totals[rows])]
        ranks[order] = np.cumsum(counts[order]) - counts[order] + 1
    small = table[keys].assign(**{rank: ranks})
    native = frame.to_native()
    meta = native._meta.assign(**{rank: small[rank].iloc[:0].astype("Int64")})  # noqa: SLF001
    return nw.from_native(native.map_partitions(_joined, small, keys, rank, meta=meta))


def _joined(part: Any, small: Any, keys: list[str], rank: str) -> Any:  # noqa: ANN401 - of pandas
    found = part[keys].merge(small, how="left", on=keys)[rank].astype("Int64")
    return part.assign(**{rank: found.set_axis(part.index)})
