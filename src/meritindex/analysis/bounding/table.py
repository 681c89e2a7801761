"""Between what ends the totals of many agencies lie, and what is certain all the same."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.bounding.card import BoundsCard, Decision
from meritindex.analysis.bounding.relation import least_signs
from meritindex.analysis.bounding.sides import Side
from meritindex.analysis.columns import Mask
from meritindex.analysis.completions import Completions
from meritindex.analysis.open_tree import OpenTree
from meritindex.assessment import AnswerPolicy, AssessmentSet, RowFacts
from meritindex.assessment.values import closed
from meritindex.definition import Admissible, Agency, Instrument, Standing, Weighting, weakest
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.scoring import ExactColumn, Reason, ScoreTable

RankRange = tuple[int, int]


class Certainty(enum.StrEnum):
    """Whether one agency is above another: under every admissible weighting, or not."""

    ALWAYS = "always"
    NEVER = "never"
    DEPENDS = "depends"

    @property
    def label(self) -> Text:
        """The certainty for a reader."""
        return _CERTAINTIES[self]


_CERTAINTIES = {
    Certainty.ALWAYS: Text("pasti di atas", "certainly above"),
    Certainty.NEVER: Text("pasti tidak di atas", "certainly not above"),
    Certainty.DEPENDS: Text("belum pasti", "not certain"),
}


def _read_only(ranks: Mapping[int, RankRange]) -> Mapping[int, RankRange]:
    return MappingProxyType(dict(ranks))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BoundsTable:
    """Between what ends the totals of many agencies lie. Made by `bounds`.

    Indexing by a number or by a name (or code) of an agency gives its `BoundsCard`.

    Attributes:
        tree: the instrument, and where its weights are open.
        completions: the answers, and what each of them may really be.
        table: the scores under one admissible weighting; only who is ranked is taken from it.
        low: every row at its least.
        high: every row at its most.
        exact_ranks: ranges of ranks found exactly, by row; empty where that was not asked for.
    """

    tree: OpenTree
    completions: Completions
    table: ScoreTable
    low: Side
    high: Side
    exact_ranks: Mapping[int, RankRange] = attrs.field(factory=dict, converter=_read_only)

    @property
    def assessments(self) -> AssessmentSet:
        """The answers."""
        return self.completions.assessments

    @property
    def instrument(self) -> Instrument:
        """The instrument under which they were given."""
        return self.tree.instrument

    @property
    def weighting(self) -> Weighting | Admissible:
        """What is known of the weights."""
        return self.tree.weighting

    @property
    def policy(self) -> AnswerPolicy:
        """What an answer of each state may be worth."""
        return self.completions.policy

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was assessed; one a row."""
        return self.assessments.agencies

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return self.assessments.synthetic

    @property
    def exact(self) -> bool:
        """Whether the bounds are exact; not so where a rule that is not rational has a part."""
        return self.table.totals.exact

    @cached_property
    def lower(self) -> ExactColumn:
        """The least that every total can be; None where nothing is known of it."""
        return self._ends[0]

    @cached_property
    def upper(self) -> ExactColumn:
        """The most that every total can be."""
        return self._ends[1]

    @cached_property
    def _ends(self) -> tuple[ExactColumn, ExactColumn]:
        known = np.logical_and.reduceat(
            self.low.total.worth.known & self.high.total.worth.known, self.completions.starts
        )
        least, most = self.low.total, self.high.total
        lower = np.minimum.reduceat(least.numbers, self.completions.starts)
        upper = np.maximum.reduceat(most.numbers, self.completions.starts)
        return (
            ExactColumn(np.where(known, lower, 0), least.denominator, known, self.exact),
            ExactColumn(np.where(known, upper, 0), most.denominator, known, self.exact),
        )

    def extreme_row(self, row: int, *, most: bool) -> int:
        """Return which of the completed rows of an assessment has its greatest or least total."""
        rows = np.flatnonzero(self.completions.owners == row)
        numbers = (self.high if most else self.low).total.numbers[rows]
        return int(rows[numbers.argmax() if most else numbers.argmin()])

    @cached_property
    def band_numbers(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        """The numbers of the lowest and of the highest band that is possible; 0 for none.

        Returns:
            two arrays, uint8, shape `[n]`.
        """
        known, starts = self.lower.known, self.completions.starts
        if not len(self):
            nothing = closed(np.zeros(0, dtype=np.uint8))
            return nothing, nothing
        lowest = np.minimum.reduceat(self.low.bands, starts)
        highest = np.maximum.reduceat(self.high.bands, starts)
        return closed(np.where(known, lowest, 0)), closed(np.where(known, highest, 0))

    @cached_property
    def possible_bands(self) -> tuple[tuple[str, ...], ...]:
        """The official names of the bands that each total may fall in, the lowest first.

        They are those from the band of the least total to that of the greatest. Where answers are
        open, or gates, a band between the two may be passed over by all of them.
        """
        names = tuple(band.name.id for band in self.instrument.root.bands or ())
        lowest, highest = (numbers.tolist() for numbers in self.band_numbers)
        return tuple(
            names[max(first, 1) - 1 : last] for first, last in zip(lowest, highest, strict=True)
        )

    @cached_property
    def certain_bands(self) -> tuple[str | None, ...]:
        """The official name of the only band that is possible; None where there are several."""
        return tuple(names[0] if len(names) == 1 else None for names in self.possible_bands)

    @property
    def ranked(self) -> Mask:
        """Which rows have a rank: those that `score` ranks; bool, shape `[n]`."""
        return closed(self.table.totals.known & self.lower.known)

    @cached_property
    def differences(self) -> npt.NDArray[np.int8]:
        """The sign of the least difference of two totals under common weights, one a row.

        Returns:
            int8, shape `[n, n]`: 1 where the total of the row is above that of the column whatever
            the weights and the open answers are, 0 where it is never below, -1 else, and where
            either is not known.
        """
        if not len(self):
            return np.zeros((0, 0), dtype=np.int8)
        signs = least_signs(self.tree, self.low, self.high, self.completions.owners)
        known = self.lower.known
        signs[~known, :] = -1
        signs[:, ~known] = -1
        np.fill_diagonal(signs, 0)
        signs.setflags(write=False)
        return signs

    @property
    def certainly_above(self) -> Mask:
        """Whether the row is above the column under every admissible weighting.

        Returns:
            bool, shape `[n, n]`.
        """
        return closed(np.asarray(self.differences > 0))

    @property
    def never_above(self) -> Mask:
        """Whether the row is above the column under no admissible weighting.

        Returns:
            bool, shape `[n, n]`.
        """
        return closed(np.asarray(self.differences.T >= 0))

    def relation(self, one: int | str, other: int | str) -> Certainty:
        """Say whether one agency is above another.

        Args:
            one: a row, or the name or code of an agency.
            other: another.

        Raises:
            UnknownNameError: an agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        first, second = self.row_of(one), self.row_of(other)
        if self.differences[first, second] > 0:
            return Certainty.ALWAYS
        return Certainty.NEVER if self.differences[second, first] >= 0 else Certainty.DEPENDS

    @property
    def attained(self) -> bool:
        """Whether both ends of every range of ranks are the rank under some weights and answers.

        So it is where the weights are settled, and where the ranges were found exactly. Else a rank
        in the range may be no weighting's; none is outside it.
        """
        return not self.tree.regions or len(self.exact_ranks) == int(self.ranked.sum())

    @cached_property
    def rank_ranges(self) -> tuple[RankRange | None, ...]:
        """The best and the worst rank that each agency can have; None where it has no rank.

        The best is one more than the agencies that are certainly above, the worst the number of all
        that are ranked less those that are certainly not above.
        """
        ranked = self.ranked
        signs = self.differences
        count = int(ranked.sum())
        above = (signs[ranked, :] > 0).sum(axis=0)  # by column: how many rows are always above it
        not_above = (signs[:, ranked] >= 0).sum(axis=1) - ranked  # itself apart
        found = [
            (int(best) + 1, count - int(others)) if there else None
            for there, best, others in zip(ranked, above, not_above, strict=True)
        ]
        for row, ends in self.exact_ranks.items():
            found[row] = ends
        return tuple(found)

    def exact_rank_range(self, who: int | str) -> RankRange | None:
        """Return the best and the worst rank that an agency has under some weights and answers.

        Args:
            who: a row, or the name or code of an agency.

        Returns:
            ranks that are attained, also among hundreds of agencies; None where it has no rank.

        Raises:
            WeightingError: totals are not linear in the open weights.
            AssessmentError: opening questions are not answered.
            UnknownNameError: the agency is not in the table, or is there more than once.
            ImportError: scipy is not installed (extra `scipy`).
        """
        from meritindex.analysis.bounding.exact_ranks import Search  # noqa: PLC0415 - needs scipy

        row = self.row_of(who)
        return (
            Search(self).range(row)
            if self.ranked[row] and self.tree.regions
            else self.rank_ranges[row]
        )

    @cached_property
    def decisions(self) -> tuple[tuple[Decision, ...], ...]:
        """How much each open item of every row decides; what decides most comes first."""
        from meritindex.analysis.bounding.deciding import decisions  # noqa: PLC0415 - it bounds

        return decisions(self, range(len(self)))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How firmly every pair of bounds is known; open weights are not assumed by it."""
        return self.table.standings

    @property
    def standing(self) -> Standing:
        """The weakest standing of any row."""
        return weakest(self.standings)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing of the table no firmer."""
        return self.table.reasons

    def __len__(self) -> int:
        return len(self.assessments)

    def __iter__(self) -> Iterator[BoundsCard]:
        return (self.card(row) for row in range(len(self)))

    def row_of(self, who: int | str, keep: Callable[[RowFacts], bool] | None = None) -> int:
        """Return the row of an agency by its name or code, or check a row.

        Raises:
            UnknownNameError: as `ScoreTable.card_of`.
            IndexError: there is no such row.
        """
        if isinstance(who, str):
            return self.table.card_of(who, keep).row
        return range(len(self))[who]

    def card(self, row: int) -> BoundsCard:
        """Return the card of a row, from 0."""
        return BoundsCard(table=self, row=row)

    def __getitem__(self, who: int | str) -> BoundsCard:
        """Return the card of a row, or of the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        return self.card(self.row_of(who))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BoundsTable):
            return NotImplemented
        return (
            self.assessments == other.assessments
            and self.weighting == other.weighting
            and self.policy == other.policy
            and dict(self.exact_ranks) == dict(other.exact_ranks)
        )

    __hash__ = None  # type: ignore[assignment]

    # What follows from the answers is worked out anew, so that nothing unpickled can be written to.
    def __reduce__(self) -> tuple[Any, ...]:
        from meritindex.analysis.bounding.bounding import rebuilt  # noqa: PLC0415 - it builds this

        kept = self.assessments, self.weighting, self.policy, dict(self.exact_ranks)
        return rebuilt, kept

    def __repr__(self) -> str:
        settled = sum(band is not None for band in self.certain_bands)
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<BoundsTable of {len(self)} under {self.instrument.id}, {self.weighting.name}: "
            f"{settled} bands certain, {self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the table as text of at most `width` columns."""
        from meritindex.analysis.bounding.showing import table_document  # noqa: PLC0415

        return to_text(table_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the table as plain semantic HTML, escaped."""
        from meritindex.analysis.bounding.showing import table_document  # noqa: PLC0415

        return to_html(table_document(self, language))

    def relation_text(
        self, agencies: Iterable[int | str], language: Language = "id", width: int = 80
    ) -> str:
        """Return who of a group is certainly above whom, as text: agencies by agencies.

        Args:
            agencies: rows, or names or codes of agencies, in the order in which they are shown.
            language: that of the text.
            width: of the text, in columns.

        Raises:
            UnknownNameError: an agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        from meritindex.analysis.bounding.relation_page import relation_document  # noqa: PLC0415

        rows = [self.row_of(who) for who in agencies]
        return to_text(relation_document(self, rows, language), width)

    def _repr_html_(self) -> str:
        return self.to_html()
