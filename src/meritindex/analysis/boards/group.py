"""One group of a board: who is in it, how its totals are spread, who leads, and who rose most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import numpy as np

from meritindex.analysis.boards.averages import Quartiles, ends, mean, quartiles
from meritindex.analysis.boards.gaps import AgencyGaps, DimensionBest, bests_of, gaps_of
from meritindex.analysis.boards.rises import Rise
from meritindex.definition import Agency, Band, Standing, weakest
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import Reason, ScoreTable
from meritindex.scoring.formulas import brief
from meritindex.scoring.standing import weakest_reasons

if TYPE_CHECKING:
    from meritindex.analysis.boards.result import Board


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BoardGroup:
    """One group of a board. Made by `board`.

    What is said of totals is said of those that are known; `known` is how many. Two groups are
    equal if they hold the same results, ranks and rises, whatever they are called: the board of one
    group equals the whole.

    Attributes:
        board: the board that it is a group of.
        name: as the data have it: "Jambi", "city", "VII".
        label: the name for a reader.
        rows: which rows of the board's table, in their order.
    """

    board: Board
    name: str
    label: Text
    rows: tuple[int, ...]

    @cached_property
    def table(self) -> ScoreTable:
        """The results of the group alone; ranks in it are ranks inside the group."""
        whole = self.board.table
        if len(self.rows) == len(whole):
            return whole
        return whole.rows(np.array(self.rows, dtype=np.intp))

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who is in the group, in the order of the table."""
        return self.table.agencies

    @property
    def count(self) -> int:
        """How many agencies are in the group."""
        return len(self.rows)

    @cached_property
    def known(self) -> int:
        """How many of them have a total."""
        return int(self.table.totals.known.sum())

    @cached_property
    def without_total(self) -> tuple[Agency, ...]:
        """The agencies whose total is not known."""
        places = np.flatnonzero(~self.table.totals.known)
        return tuple(self.agencies[place] for place in places)

    @cached_property
    def bands(self) -> Mapping[str, int]:
        """How many agencies are in each band, by its official name, the lowest first.

        Who has no total, or none whose band is certain, is in none of them: `without_band`.
        """
        counts = np.bincount(self.table.scores.bands, minlength=len(self._bands) + 1).tolist()
        names = (band.name.id for band in self._bands)
        return MappingProxyType(dict(zip(names, counts[1:], strict=True)))

    @property
    def without_band(self) -> int:
        """How many agencies have no band that is known."""
        return self.count - sum(self.bands.values())

    def share_at_least(self, band: str) -> Fraction | None:
        """Return the share of agencies in a band or a higher one, of those that have a band.

        Args:
            band: the name of a band in either language, in any case.

        Returns:
            from 0 to 1, exactly; None where no agency has a band.

        Raises:
            UnknownNameError: the instrument has no such band.

        Examples:
            >>> import meritindex as mi
            >>> whole = mi.board(mi.score(mi.sample())).whole
            >>> whole.share_at_least("Menengah"), whole.share_at_least("Basic")
            (Fraction(30, 173), Fraction(1, 1))
        """
        names = {
            name.casefold(): place
            for place, each in enumerate(self._bands)
            for name in (each.name.en, each.name.id)
        }
        place = names.get(band.strip().casefold())
        if place is None:
            raise UnknownNameError(self._unknown_band(band))
        counts = list(self.bands.values())
        known = sum(counts)
        return Fraction(sum(counts[place:]), known) if known else None

    @cached_property
    def mean(self) -> Fraction | None:
        """The mean of the totals, exactly; None where none is known."""
        return mean(self.table.totals)

    @cached_property
    def quartiles(self) -> Quartiles | None:
        """The lower quartile, the median and the upper quartile; None where no total is known.

        A quartile between two totals lies on the line between them: the `linear` of numpy and the
        inclusive quartile of spreadsheets, computed exactly.
        """
        return quartiles(self.table.totals)

    @property
    def median(self) -> Fraction | None:
        """The median of the totals; None where none is known."""
        return None if self.quartiles is None else self.quartiles[1]

    @property
    def highest(self) -> Fraction | None:
        """The highest total; None where none is known."""
        return None if self._ends is None else self._ends[1]

    @property
    def lowest(self) -> Fraction | None:
        """The lowest total; None where none is known."""
        return None if self._ends is None else self._ends[0]

    @cached_property
    def _ends(self) -> tuple[Fraction, Fraction] | None:
        return ends(self.table.totals)

    @cached_property
    def leaders(self) -> tuple[Agency, ...]:
        """Who has the highest total: all that tie exactly."""
        places = np.flatnonzero(self.table.scores.ranks == 1)
        return tuple(self.agencies[place] for place in places)

    @cached_property
    def rises(self) -> tuple[Rise | None, ...]:
        """The total then and now of every agency; None where either is not known."""
        return tuple(self.board.rises[row] for row in self.rows)

    @cached_property
    def rise_remarks(self) -> Mapping[Text, int]:
        """Why differences may be no rises, and of how many agencies it is true.

        Where the stages of the two assessments differ, or both are of one time.
        """
        rises = (rise for rise in self.rises if rise is not None)
        return MappingProxyType(Counter(text for rise in rises for text in rise.remarks))

    @cached_property
    def most_improved(self) -> tuple[Rise, ...]:
        """Who rose most since the earlier table: all that tie exactly; empty where nobody rose."""
        found = [rise for rise in self.rises if rise is not None and rise.points > 0]
        most = max((rise.points for rise in found), default=None)
        return tuple(rise for rise in found if rise.points == most)

    @property
    def ranks_inside(self) -> tuple[int | None, ...]:
        """The competition rank of every agency among the group; None without a total."""
        return self.table.ranks

    @cached_property
    def ranks_outside(self) -> tuple[int | None, ...]:
        """The competition rank of every agency among the whole table; None without a total."""
        ranks = self.board.table.ranks
        return tuple(ranks[row] for row in self.rows)

    @cached_property
    def bests(self) -> tuple[DimensionBest, ...]:
        """The best of the group in every dimension below the total."""
        return bests_of(self.table)

    @cached_property
    def gaps(self) -> tuple[AgencyGaps, ...]:
        """How far every agency is behind the best and behind the leader, dimension by dimension."""
        return tuple(gaps_of(self.table, self.bests, self.rows))

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up, then or now."""
        return any(table.synthetic for table in self._tables)

    @cached_property
    def standing(self) -> Standing:
        """The weakest standing of any total of the group, then or now."""
        now = self.board.table.standings
        standings = [now[row] for row in self.rows]
        if self.board.before is not None:
            then = self.board.before.standings
            standings += [then[row] for row in self._earlier_rows]
        return weakest(standings)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing of the group no firmer."""
        return weakest_reasons(reason for table in self._tables for reason in table.reasons)

    @property
    def _earlier_rows(self) -> list[int]:
        rows = (self.board.earlier_rows[row] for row in self.rows)
        return [row for row in rows if row is not None]

    @cached_property
    def _tables(self) -> tuple[ScoreTable, ...]:
        """The results of the group, and those of its agencies in the earlier table."""
        before = self.board.before
        if before is None:
            return (self.table,)
        return self.table, before.rows(np.array(self._earlier_rows, dtype=np.intp))

    @property
    def _bands(self) -> tuple[Band, ...]:
        return tuple(self.board.instrument.root.bands or ())

    def _unknown_band(self, band: str) -> Fault:
        names = ", ".join(each.name.id for each in self._bands)
        allowed = Text.same(names) if names else Text("tidak ada kategori", "there are no bands")
        message = Text(
            "tidak ada kategori {value}; yang diterima: {allowed}",
            "there is no band {value}; allowed: {allowed}",
        ).fill(value=quoted(band), allowed=allowed)
        return Fault(code="board-band-unknown", message=message, value=band, allowed=allowed)

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BoardGroup):
            return NotImplemented
        return (
            self.table == other.table
            and self.ranks_outside == other.ranks_outside
            and self.rises == other.rises
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = brief(self.mean, exact=self.board.exact)
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<BoardGroup {self.name}: {self.known} of {self.count} with a total, mean {shown}, "
            f"{self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the group as text of at most `width` columns."""
        from meritindex.analysis.boards.group_page import group_document  # noqa: PLC0415

        return to_text(group_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the group as plain semantic HTML, escaped."""
        from meritindex.analysis.boards.group_page import group_document  # noqa: PLC0415

        return to_html(group_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()
