"""One agency among its group: its ranks, what it rose, and how far it is behind."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from meritindex.analysis.boards.gaps import AgencyGaps
from meritindex.analysis.boards.rises import Rise
from meritindex.definition import Agency
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.scoring import ScoreCard
from meritindex.scoring.formulas import brief

if TYPE_CHECKING:
    from meritindex.analysis.boards.group import BoardGroup


@attrs.frozen(kw_only=True, repr=False)
class BoardEntry:
    """One agency on a board. Made by `Board.entry`.

    Attributes:
        group: the group that it belongs to.
        row: its row in the board's table.
    """

    group: BoardGroup
    row: int

    @property
    def card(self) -> ScoreCard:
        """Its result."""
        return self.group.board.table.card(self.row)

    @property
    def agency(self) -> Agency:
        """Who it is."""
        return self.card.agency

    @property
    def total(self) -> Fraction | None:
        """Its total; None where it is not known."""
        return self.card.total

    @property
    def band(self) -> str | None:
        """The official name of its band; None where it is not known."""
        return self.card.band

    @property
    def rank_inside(self) -> int | None:
        """Its rank among the group; None without a total."""
        return self.group.ranks_inside[self._place]

    @property
    def rank_outside(self) -> int | None:
        """Its rank among the whole table; None without a total."""
        return self.group.ranks_outside[self._place]

    @property
    def rise(self) -> Rise | None:
        """Its total then and now; None where either is not known."""
        return self.group.rises[self._place]

    @property
    def gaps(self) -> AgencyGaps:
        """How far it is behind the best of the group and behind the leader."""
        return self.group.gaps[self._place]

    @property
    def _place(self) -> int:
        return self.group.rows.index(self.row)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        total = brief(self.total, exact=self.group.board.exact)
        return (
            f"<BoardEntry of {self.agency.name} in {self.group.name}: {total}, rank "
            f"{self.rank_inside} inside, {self.rank_outside} outside>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the entry as text of at most `width` columns."""
        from meritindex.analysis.boards.entry_page import entry_document  # noqa: PLC0415

        return to_text(entry_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the entry as plain semantic HTML, escaped."""
        from meritindex.analysis.boards.entry_page import entry_document  # noqa: PLC0415

        return to_html(entry_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()
