"""How far an agency is from the best of its group, and from the leader, dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.boards.averages import ends
from meritindex.definition import Agency
from meritindex.language import Text
from meritindex.scoring import ExactColumn, ScoreTable


@attrs.frozen(kw_only=True)
class DimensionBest:
    """The best of a group in one dimension.

    Attributes:
        code: of the dimension.
        name: of the dimension.
        points: the highest in the group; None where no points are known.
        agencies: who has them, all that tie.
        of_leader: the points of the group's leader by total, the highest if several lead; None
            where they are not known.
    """

    code: str
    name: Text
    points: Fraction | None
    agencies: tuple[Agency, ...]
    of_leader: Fraction | None


@attrs.frozen(kw_only=True)
class DimensionGap:
    """How far an agency is behind in one dimension, on the dimension's own scale.

    Attributes:
        code: of the dimension.
        name: of the dimension.
        points: the agency's own; None where they are not known.
        to_best: what it lacks to the best of the group in this dimension; None where not known.
        to_leader: what it lacks to the leader of the total; below zero where it is ahead of it.
    """

    code: str
    name: Text
    points: Fraction | None
    to_best: Fraction | None
    to_leader: Fraction | None


@attrs.frozen(kw_only=True)
class AgencyGaps:
    """How far an agency is behind its group.

    Attributes:
        agency: who.
        row: in the table.
        total: what its total lacks to the leader's; None where either is not known.
        dimensions: the gap in every dimension below the total, in the instrument's order.
    """

    agency: Agency
    row: int
    total: Fraction | None
    dimensions: tuple[DimensionGap, ...]

    def __getitem__(self, code: str) -> DimensionGap:
        """Return the gap in the dimension with this code.

        Raises:
            KeyError: there is no such dimension.
        """
        for gap in self.dimensions:
            if gap.code == code:
                return gap
        raise KeyError(code)


def bests_of(table: ScoreTable) -> tuple[DimensionBest, ...]:
    """Return the best of a table in every dimension below the total."""
    leading = np.flatnonzero(table.scores.ranks == 1)
    names = {dimension.code: dimension.name for dimension in table.instrument.dimensions}
    found = []
    for code, column in table.dimensions.items():
        best = _highest(column)
        rows = () if best is None else np.flatnonzero(_at(column, best)).tolist()
        of_leaders = column[leading]
        leader = _highest(of_leaders)
        found.append(
            DimensionBest(
                code=code,
                name=names[code],
                points=None if best is None else column[best],
                agencies=tuple(table.agencies[row] for row in rows),
                of_leader=None if leader is None else of_leaders[leader],
            )
        )
    return tuple(found)


def _highest(column: ExactColumn) -> int | None:
    """Return a row with the highest points; None where none are known."""
    known = np.flatnonzero(column.known)
    return int(known[np.argmax(column.numerators[known])]) if len(known) else None


def _at(column: ExactColumn, row: int) -> npt.NDArray[np.bool_]:
    return np.asarray(column.known & (column.numerators == column.numerators[row]), dtype=np.bool_)


def gaps_of(
    table: ScoreTable, bests: tuple[DimensionBest, ...], rows: tuple[int, ...]
) -> Iterator[AgencyGaps]:
    """Yield how far every agency of a group's table is behind.

    Args:
        table: of the group alone.
        bests: its best in every dimension.
        rows: which rows of the whole table they are.
    """
    columns = [list(table.dimensions[best.code]) for best in bests]
    totals = list(table.totals)
    extremes = ends(table.totals)
    for place, row in enumerate(rows):
        yield AgencyGaps(
            agency=table.agencies[place],
            row=row,
            total=_lacking(totals[place], None if extremes is None else extremes[1]),
            dimensions=tuple(
                DimensionGap(
                    code=best.code,
                    name=best.name,
                    points=column[place],
                    to_best=_lacking(column[place], best.points),
                    to_leader=_lacking(column[place], best.of_leader),
                )
                for best, column in zip(bests, columns, strict=True)
            ),
        )


def _lacking(own: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if own is None or other is None else other - own
