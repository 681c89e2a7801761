"""The report on a region or on all agencies: what it holds, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Mapping

import attrs

from meritindex.analysis.boards import Board, board
from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.words import group_title
from meritindex.language import Language
from meritindex.layout import Document, to_markdown, to_page, to_text
from meritindex.reporting.reports.writing import TITLE, write_report
from meritindex.scoring import GroupBy, ScoreTable
from meritindex.scoring.saying import Sayer


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BoardReport:
    """Agencies side by side on one page. Made by `board_report`.

    Attributes:
        board: the groups of agencies.
        group: the one group that it is about; None for all.
        pages: by row of the board's table, the name of a page beside this one that is about the
            agency; empty where there are none.
    """

    board: Board
    group: BoardGroup | None = None
    pages: Mapping[int, str] = attrs.field(factory=dict)

    @property
    def scope(self) -> BoardGroup:
        """All agencies that the report is about, as one group."""
        return self.board.whole if self.group is None else self.group

    @property
    def groups(self) -> tuple[BoardGroup, ...]:
        """The groups that it shows one by one, those without a group last."""
        if self.group is not None:
            return (self.group,)
        apart = self.board.ungrouped
        return self.board.groups if apart is None else (*self.board.groups, apart)

    def title(self, language: Language = "id") -> str:
        """Return what the page is called."""
        return f"{TITLE.in_language(language)}: {group_title(self.scope, Sayer(language))}"

    def document(self, language: Language = "id") -> Document:
        """Return the report as a document of parts."""
        from meritindex.reporting.reports.board_page import board_document  # noqa: PLC0415

        return board_document(self, language)

    def to_html(self, language: Language = "id") -> str:
        """Return the report as a whole page, which needs nothing else and runs nothing."""
        return to_page(self.document(language), language, self.title(language))

    def to_markdown(self, language: Language = "id") -> str:
        """Return the report as Markdown, with the same content."""
        return to_markdown(self.document(language)) + "\n"

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the report as text of at most `width` columns."""
        return to_text(self.document(language), width)

    def write(self, path: str | os.PathLike[str], language: Language = "id") -> None:
        """Write the report in the form that the name ends in: `.html`, `.md` or `.txt`.

        Raises:
            FileError: another ending, or the file can't be written.
        """
        write_report(self, path, language)

    def __repr__(self) -> str:
        return f"<BoardReport on {self.scope.count} agencies, {self.board!r}>"


def board_report(what: ScoreTable | Board | BoardGroup) -> BoardReport:
    """Return the report on many agencies: how they are spread, who stands where, and who can't.

    Args:
        what: a board; one group of it, for a report on a region alone; or the results of many
            agencies, which are grouped by province.

    Raises:
        AssessmentError: results of which several are of one agency.

    Examples:
        >>> import meritindex as mi
        >>> table = mi.score(mi.sample())
        >>> report = mi.board_report(table)
        >>> report.scope.count, len(report.groups)
        (546, 38)
        >>> jambi = mi.board_report(mi.board(table, by="province")["Jambi"])
        >>> jambi.title("en"), jambi.scope.count
        ('Merit-system report: Province: Jambi', 12)
    """
    if isinstance(what, BoardGroup):
        return BoardReport(board=what.board, group=None if what is what.board.whole else what)
    if isinstance(what, ScoreTable):
        what = board(what, GroupBy.PROVINCE)
    return BoardReport(board=what)
