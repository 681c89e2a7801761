"""The report on one agency: what it holds, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs
import numpy as np

from meritindex.analysis.bounding import BoundsCard, bounds
from meritindex.analysis.improving import Improvement, improve
from meritindex.analysis.progressing import Progress
from meritindex.analysis.reconciling import Reconciliation
from meritindex.definition import Agency
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.language import Language, Text
from meritindex.layout import Document, to_markdown, to_page, to_text
from meritindex.reporting.reports.writing import TITLE, write_report
from meritindex.scoring import GroupBy, ScoreCard, ScoreTable
from meritindex.scoring.saying import card_title


@attrs.frozen(kw_only=True)
class Ranked:
    """A rank among a group of agencies.

    Attributes:
        group: what the group is called.
        rank: the competition rank; None without a total.
        count: how many of the group have a total.
    """

    group: Text
    rank: int | None
    count: int


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgencyReport:
    """All that is known of one agency's result, on one page. Made by `agency_report`.

    Attributes:
        card: the result.
        among: the results of others, among which it is ranked; None where there are none.
        bounds: what is certain whatever the open weights and answers are; None where that can't be
            said.
        no_bounds: why it can't.
        plan: what to do next; None where there is no plan.
        no_plan: why there is none.
        progress: its course through the years, and its commitments, where that is given.
        reconciliation: its claims beside what was found, where that is given.
        home: the name of a page beside this one that lists all agencies; None where there is none.
    """

    card: ScoreCard
    among: ScoreTable | None = None
    bounds: BoundsCard | None = None
    no_bounds: tuple[Fault, ...] = ()
    plan: Improvement | None = None
    no_plan: tuple[Fault, ...] = ()
    progress: Progress | None = None
    reconciliation: Reconciliation | None = None
    home: str | None = None

    @property
    def agency(self) -> Agency:
        """Whom the report is about."""
        return self.card.agency

    @property
    def ranks(self) -> tuple[Ranked, ...]:
        """The rank among all of the table, then within each of its groups that are known.

        Empty where there is no table.
        """
        table = self.among
        if table is None:
            return ()
        row = _row_in(table, self.card)
        found = [_ranked(table, row, Text("semua", "all"), range(len(table)))]
        for by in GroupBy:
            label = by.label_of(self.agency)
            if label is not None:
                group = by.of(self.agency)
                rows = [
                    place for place, other in enumerate(table.agencies) if by.of(other) == group
                ]
                name = Text("{by} {group}", "{by} {group}").fill(by=by.label, group=label)
                found.append(_ranked(table, row, name, rows))
        return tuple(found)

    def title(self, language: Language = "id") -> str:
        """Return what the page is called."""
        facts = self.card.assessments.facts[self.card.row]
        return f"{TITLE.in_language(language)}: {card_title(facts)}"

    def document(self, language: Language = "id") -> Document:
        """Return the report as a document of parts."""
        from meritindex.reporting.reports.agency_page import report_document  # noqa: PLC0415

        return report_document(self, language)

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
        return f"<AgencyReport on {self.card!r}>"


def agency_report(  # noqa: PLR0913 - each is one thing that a report may hold
    card: ScoreCard,
    *,
    among: ScoreTable | None = None,
    bounds: BoundsCard | None = None,
    plan: Improvement | None = None,
    progress: Progress | None = None,
    reconciliation: Reconciliation | None = None,
) -> AgencyReport:
    """Return the report on one agency: its score, what that rests on, and what to do next.

    What is not given of the bounds and the plan is computed: the bounds over everything that is
    open (`bounds`), and the cheapest plan to the next band (`improve`). Where there can be none,
    the report says why.

    Args:
        card: the result.
        among: results among which it is ranked; they must hold this one.
        bounds: bounds under another policy or with more facts than the default ones.
        plan: a plan with another target, or with costs.
        progress: its course through the years, with its commitments.
        reconciliation: its claims beside what was found.

    Raises:
        AssessmentError: `among` does not hold the card's assessment, or something else that is
            given is about another agency.

    Examples:
        >>> import meritindex as mi
        >>> table = mi.score(mi.sample())
        >>> report = mi.agency_report(table["Kota Batu"], among=table)
        >>> report.card.band, report.bounds.certain_band, report.plan.band_after
        ('Dasar', 'Dasar', 'Lanjutan')
        >>> report.ranks[0].rank, report.ranks[0].count
        (473, 519)
        >>> page = report.to_html("en")
        >>> page.startswith("<!DOCTYPE html>"), "<h1>Kota Batu, 2026</h1>" in page
        (True, True)
    """
    faults = [
        _of_another(card.agency, what, given.agency)
        for what, given in (
            ("bounds", bounds),
            ("plan", plan),
            ("progress", progress),
            ("reconciliation", reconciliation),
        )
        if given is not None and given.agency != card.agency
    ]
    if among is not None and _find_row(among, card) is None:
        faults.append(_not_among(card))
    if faults:
        raise AssessmentError(tuple(faults))
    no_bounds: tuple[Fault, ...] = ()
    no_plan: tuple[Fault, ...] = ()
    if bounds is None:
        bounds, no_bounds = bounds_of(card)
    if plan is None:
        plan, no_plan = plan_of(card)
    return AgencyReport(
        card=card,
        among=among,
        bounds=bounds,
        no_bounds=no_bounds,
        plan=plan,
        no_plan=no_plan,
        progress=progress,
        reconciliation=reconciliation,
    )


def bounds_of(card: ScoreCard) -> tuple[BoundsCard | None, tuple[Fault, ...]]:
    """Return the bounds of a result, or why there are none."""
    try:
        return bounds(card.assessment), ()
    except (AssessmentError, WeightingError) as error:
        return None, error.faults


def plan_of(card: ScoreCard) -> tuple[Improvement | None, tuple[Fault, ...]]:
    """Return the cheapest plan to the next band, or why there is none."""
    try:
        return improve(card.assessment, weighting=card.weighting, missing=card.plan.missing), ()
    except (AssessmentError, WeightingError) as error:
        return None, error.faults


def _find_row(table: ScoreTable, card: ScoreCard) -> int | None:
    if table.scores is card.scores:
        return card.row
    for row, facts in enumerate(table.assessments.facts):
        if facts.agency == card.agency and table.card(row) == card:
            return row
    return None


def _row_in(table: ScoreTable, card: ScoreCard) -> int:
    row = _find_row(table, card)
    assert row is not None  # noqa: S101 - a report is refused otherwise
    return row


def _ranked(table: ScoreTable, row: int, group: Text, rows: Sequence[int]) -> Ranked:
    """Return the rank of a row of a table among some of its rows."""
    some = table.rows(np.array(rows, dtype=np.intp))
    return Ranked(group=group, rank=some.ranks[rows.index(row)], count=int(some.totals.known.sum()))


def _of_another(agency: Agency, what: str, other: Agency) -> Fault:
    message = Text(
        "{what} yang diberikan adalah milik {other}, bukan {agency}",
        "the {what} given is of {other}, not of {agency}",
    )
    return Fault(
        code="report-of-another",
        message=message.fill(what=what, other=other.name, agency=agency.name),
        place=Text.same(agency.name),
        agency=agency.name,
        item=what,
        value=other.name,
        allowed=Text.same(agency.name),
    )


def _not_among(card: ScoreCard) -> Fault:
    message = Text(
        "hasil {agency} ini tidak ada dalam tabel tempat peringkatnya dicari",
        "this result of {agency} is not in the table in which its rank is looked up",
    )
    return Fault(
        code="report-not-among",
        message=message.fill(agency=card.agency.name),
        place=Text.same(card.agency.name),
        agency=card.agency.name,
        item="among",
    )
