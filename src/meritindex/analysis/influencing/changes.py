"""What ranks and bands become when one weight is another, and its siblings make room for it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.influencing.siblings import Siblings
from meritindex.definition import Agency, Given
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.scoring import ScoreTable, score


@attrs.frozen(kw_only=True)
class Move:
    """An agency whose rank or band is another under other weights; None where there is none."""

    agency: Agency
    row: int
    rank_before: int
    rank_after: int | None
    band_before: str | None
    band_after: str | None

    @property
    def shift(self) -> int:
        """By how many places it falls; below zero, by how many it rises; 0 without a rank."""
        return 0 if self.rank_after is None else self.rank_after - self.rank_before


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WeightChange:
    """One weight is another; the others in its dimension share what is left in proportion.

    Attributes:
        code: whose weight.
        name: of that node.
        before: the weight as it was.
        after: the weight that it is; zero where the node is taken out.
        weighting: gives `after` as `mi.score(assessments, weighting)`.
        table_before: the result with the weight as it was; of agencies with a total.
        table_after: the result for the same agencies.
    """

    code: str
    name: Text
    before: Fraction
    after: Fraction
    weighting: Given
    table_before: ScoreTable
    table_after: ScoreTable

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The agencies whose rank or band changes, in their order."""
        before, after = self.table_before, self.table_after
        other = before.scores.ranks != after.scores.ranks
        other |= before.scores.bands != after.scores.bands
        return tuple(
            Move(
                agency=before.agencies[row],
                row=row,
                rank_before=int(before.scores.ranks[row]),
                rank_after=after.ranks[row],
                band_before=before.bands[row],
                band_after=after.bands[row],
            )
            for row in np.flatnonzero(other).tolist()
        )

    @property
    def rank_changes(self) -> int:
        """How many agencies have another rank."""
        return sum(move.rank_before != move.rank_after for move in self.moves)

    @property
    def band_changes(self) -> int:
        """How many agencies have another band."""
        return sum(move.band_before != move.band_after for move in self.moves)

    @property
    def mean_shift(self) -> Fraction:
        """By how many ranks an agency moves up or down on average, of those that have both."""
        ranked = int(self.table_after.totals.known.sum())
        return Fraction(sum(abs(move.shift) for move in self.moves), ranked or 1)

    @property
    def largest_shift(self) -> int:
        """By how many ranks the agency moves that moves the most."""
        return max((abs(move.shift) for move in self.moves), default=0)

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return what changes as text of at most `width` columns."""
        from meritindex.analysis.influencing.change_page import (  # noqa: PLC0415 - it shows this
            change_document,
        )

        return to_text(change_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return what changes as plain semantic HTML, escaped."""
        from meritindex.analysis.influencing.change_page import (  # noqa: PLC0415 - it shows this
            change_document,
        )

        return to_html(change_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return (
            f"<WeightChange of {self.code} from {self.before} to {self.after}: "
            f"{self.rank_changes} ranks, {self.band_changes} bands>"
        )


def changed(table: ScoreTable, siblings: Siblings, weight: Fraction) -> WeightChange:
    """Return what becomes of a table when a weight is another.

    Raises:
        WeightingError: weights of zero let too many gates decide together.
        AssessmentError: points of which a mean can't be taken get a weight.
    """
    weighting = siblings.weighting_at(weight)
    return WeightChange(
        code=siblings.node.code,
        name=siblings.node.name,
        before=siblings.weight,
        after=weight,
        weighting=weighting,
        table_before=table,
        table_after=score(table.assessments, weighting),
    )
