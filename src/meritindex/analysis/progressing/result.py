"""The course of one agency, and of many: `Progress` and `ProgressTable`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import attrs

from meritindex import catalog
from meritindex.analysis.progressing.changes import PeriodChange
from meritindex.analysis.progressing.courses import Setback, Streak, setbacks, streaks
from meritindex.analysis.progressing.occasions import Direction, Occasion, tables_of
from meritindex.analysis.progressing.pacing import CommitmentProgress
from meritindex.analysis.progressing.statuses import CommitmentStatus
from meritindex.assessment.values import make_fault
from meritindex.definition import Agency, Crosswalk, Standing, weakest
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import Reason, ScoreTable
from meritindex.scoring.standing import weakest_reasons


@attrs.frozen(kw_only=True, repr=False)
class Progress:
    """The course of one agency through its assessments. Made by `progress`.

    Attributes:
        occasions: its assessments in the order of time, each with its score.
        crosswalk: what corresponds under two instruments, where the caller said so.
        commitments: what it has promised, and how that stands.
    """

    occasions: tuple[Occasion, ...]
    crosswalk: Crosswalk | None = None
    commitments: tuple[CommitmentProgress, ...] = ()

    @property
    def agency(self) -> Agency:
        """Who was assessed."""
        return self.latest.agency

    @property
    def latest(self) -> Occasion:
        """The last of its assessments."""
        return self.occasions[-1]

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return any(occasion.card.synthetic for occasion in self.occasions)

    @cached_property
    def standing(self) -> Standing:
        """The weakest standing of any of its totals."""
        return weakest(occasion.standing for occasion in self.occasions)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return weakest_reasons(
            reason for occasion in self.occasions for reason in occasion.card.reasons
        )

    @property
    def exact(self) -> bool:
        """Whether all totals are exact; not so where a rule that is not rational has a part."""
        return all(occasion.card.exact for occasion in self.occasions)

    @cached_property
    def changes(self) -> tuple[PeriodChange, ...]:
        """What changed from each assessment to the next; none where there is only one."""
        return tuple(
            PeriodChange(before=before, after=after, crosswalk=self.crosswalk)
            for before, after in pairwise(self.occasions)
        )

    @property
    def difference(self) -> Fraction | None:
        """By how much the total rose from the first to the last assessment, exactly.

        None where there is only one, or where any two in a row can't be compared.
        """
        return self._sum([change.difference for change in self.changes])

    @property
    def performance(self) -> Fraction | None:
        """What of the whole difference comes from the answers; None where it is not known."""
        return self._sum([change.performance for change in self.changes])

    @property
    def instrument_effect(self) -> Fraction | None:
        """What of the whole difference comes from other rules; None where it is not known."""
        return self._sum([change.instrument_effect for change in self.changes])

    @property
    def streak(self) -> Streak | None:
        """For how many periods in a row, up to the last one, the total has gone one way.

        None where there is no period, or where the last one can't be compared.
        """
        if not self.changes or self.changes[-1].direction is None:
            return None
        return self._streaks[-1]

    @property
    def longest_rise(self) -> Streak | None:
        """The most periods in a row in which the total rose, the latest of several such."""
        rises = [each for each in self._streaks if each.direction is Direction.ROSE]
        return max(reversed(rises), key=lambda each: each.periods, default=None)

    @cached_property
    def setbacks(self) -> tuple[Setback, ...]:
        """The dimensions and answers that fell, period by period."""
        return tuple(found for change in self.changes for found in setbacks(change))

    @cached_property
    def _streaks(self) -> tuple[Streak, ...]:
        return tuple(streaks(self.changes))

    @staticmethod
    def _sum(parts: list[Fraction | None]) -> Fraction | None:
        known = [part for part in parts if part is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(parts) else None

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the course as text of at most `width` columns."""
        from meritindex.analysis.progressing.agency_page import agency_document  # noqa: PLC0415

        return to_text(agency_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the course as plain semantic HTML, escaped."""
        from meritindex.analysis.progressing.agency_page import agency_document  # noqa: PLC0415

        return to_html(agency_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        first, last = self.occasions[0].when, self.latest.when
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Progress of {self.agency.name}, {first} to {last}: {self.difference}, "
            f"{self.standing}{made_up}>"
        )


@attrs.frozen(kw_only=True, repr=False)
class ProgressTable:
    """The courses of many agencies. Made by `progress`.

    Indexing by a number or by a name (or code) of an agency gives its `Progress`.

    Attributes:
        rows: one an agency, in the order in which they first occur.
        commitments: every commitment that was given, in that order, and how it stands; also those
            of agencies without an assessment here.
        as_of: the day on which they are judged.
        left_out: the faults of rows that were left out on request.
    """

    rows: tuple[Progress, ...]
    commitments: tuple[CommitmentProgress, ...] = ()
    as_of: dt.date | None = None
    left_out: tuple[Fault, ...] = ()

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was assessed; one a row."""
        return tuple(row.agency for row in self.rows)

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return any(row.synthetic for row in self.rows)

    @cached_property
    def standing(self) -> Standing:
        """The weakest standing of any total."""
        return weakest(table.standing for table in self.tables)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return weakest_reasons(reason for table in self.tables for reason in table.reasons)

    @cached_property
    def tables(self) -> tuple[ScoreTable, ...]:
        """The scores of all assessments, those that were given in one set in one table."""
        return tables_of(occasion for row in self.rows for occasion in row.occasions)

    @property
    def exact(self) -> bool:
        """Whether all totals are exact; not so where a rule that is not rational has a part."""
        return all(row.exact for row in self.rows)

    @cached_property
    def counts(self) -> Mapping[Direction | None, int]:
        """How many rose, held and fell from their first assessment to their last.

        None stands for those that can't be compared, or have only one assessment.
        """
        found = Counter(self._directions)
        return MappingProxyType({each: found[each] for each in (*Direction, None)})

    @property
    def one_scale(self) -> bool:
        """Whether the latest totals of all agencies lie on one scale, so that they compare."""
        return len(_scales(self.rows)) <= 1

    @cached_property
    def most_improved(self) -> tuple[Progress, ...]:
        """The agencies that rose most from their first assessment to their last; all that tie.

        Empty where nobody rose, and where those that rose are on several scales, for then nobody
        can say who rose most.
        """
        risen = self._that(Direction.ROSE)
        if len(_scales(risen)) > 1:
            return ()
        most = max((row.difference or Fraction(0) for row in risen), default=None)
        return tuple(row for row in risen if row.difference == most)

    @cached_property
    def fell(self) -> tuple[Progress, ...]:
        """The agencies that fell from their first assessment to their last, in their order."""
        return self._that(Direction.FELL)

    @cached_property
    def statuses(self) -> Mapping[CommitmentStatus, int]:
        """How many of the commitments stand how."""
        found = Counter(each.status for each in self.commitments)
        return MappingProxyType({status: found[status] for status in CommitmentStatus})

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Progress]:
        return iter(self.rows)

    def __getitem__(self, who: int | str) -> Progress:
        """Return the course of a row, or of the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table.
            IndexError: there is no such row.
        """
        if not isinstance(who, str):
            return self.rows[who]
        name = who.strip().casefold()
        named = [row for row in self.rows if row.agency.name.casefold() == name]
        if not named:
            coded = name[:1].isdigit()
            agency = catalog.find_agency(None, who) if coded else catalog.find_agency(who)
            named = [row for row in self.rows if row.agency == agency]
        if named:
            return named[0]
        message = Text("{value} tidak ada dalam tabel", "{value} is not in the table")
        raise UnknownNameError(
            make_fault("agency-not-in-table", message, agency=who, value=quoted(who))
        )

    @cached_property
    def _directions(self) -> tuple[Direction | None, ...]:
        found = [row.difference for row in self.rows]
        return tuple(None if each is None else Direction.of(each) for each in found)

    def _that(self, direction: Direction) -> tuple[Progress, ...]:
        pairs = zip(self.rows, self._directions, strict=True)
        return tuple(row for row, found in pairs if found is direction)

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the table as text of at most `width` columns."""
        from meritindex.analysis.progressing.table_page import table_document  # noqa: PLC0415

        return to_text(table_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the table as plain semantic HTML, escaped."""
        from meritindex.analysis.progressing.table_page import table_document  # noqa: PLC0415

        return to_html(table_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        promised = f", {len(self.commitments)} commitments" if self.commitments else ""
        return f"<ProgressTable of {len(self)}{promised}, {self.standing}{made_up}>"


def _scales(rows: Iterable[Progress]) -> set[tuple[Fraction, Fraction]]:
    """Return the least and the most that the latest totals of agencies can be, each pair once."""
    return {row.latest.scale for row in rows}
