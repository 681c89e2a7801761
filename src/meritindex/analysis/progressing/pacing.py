"""Whether an agency keeps what it has promised: judged on a day that the caller names.

The yardstick is the straight line from the baseline to the target, through the milestones where
there are any, at the day of the latest assessment that counts. Everything is compared as a
`Fraction`; a band is reached when the total's own band is that one or a higher one. Where something
has not been stated, nothing is put in its place, and no pace follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import attrs

from meritindex.analysis.progressing.occasions import Occasion
from meritindex.analysis.progressing.statuses import CommitmentStatus, MilestoneStatus
from meritindex.definition import Agency, Bands
from meritindex.definition.commitments import Commitment, Milestone, shown_number
from meritindex.language import Text, day_words
from meritindex.numbers import decimals_of, round_half_up

DAYS_A_YEAR = Fraction(1461, 4)
"""The days of a year, on which paces rest."""

# A total beside a baseline that differs from it is shown with so many.
_REMARK_DECIMALS = 6
_ROUNDED_DECIMALS = 2


@attrs.frozen(kw_only=True)
class MilestoneProgress:
    """One milestone, and how it stands."""

    milestone: Milestone
    status: MilestoneStatus


@attrs.frozen(kw_only=True, repr=False)
class CommitmentProgress:
    """One commitment, and how it stands on a day.

    An assessment of which only the year is stated counts as of the last day of that year.

    Attributes:
        commitment: what was promised.
        as_of: the day on which it is judged; later assessments don't count.
        occasions: the assessments of the agency that are meant, in their order, later ones too.
        one_scale: whether their totals lie on one scale; else the commitment would have to name
            its instrument.
    """

    commitment: Commitment
    as_of: dt.date
    occasions: tuple[Occasion, ...]
    one_scale: bool = True

    @property
    def agency(self) -> Agency:
        """Who promised."""
        return self.commitment.agency

    @property
    def deadline_passed(self) -> bool:
        """Whether the last day on which it would be in time is over."""
        return self.commitment.deadline is not None and self.commitment.deadline < self.as_of

    @cached_property
    def latest(self) -> Occasion | None:
        """The latest assessment that counts: by then, and in time once the deadline has passed."""
        return self._latest_by(self._last_day)

    @cached_property
    def status(self) -> CommitmentStatus:
        """How it stands."""
        if self.reached:
            return CommitmentStatus.MET
        total = self._total
        if self.reached is None or total is None:
            return CommitmentStatus.NOT_STATED
        if self.deadline_passed:
            return CommitmentStatus.MISSED
        if self.line is None:
            return CommitmentStatus.NOT_STATED
        return CommitmentStatus.ON_TRACK if total >= self.line else CommitmentStatus.AT_RISK

    @property
    def reached(self) -> bool | None:
        """Whether the latest total that counts reaches the target; None where that is not known."""
        return None if self.latest is None else self._reaches(self.latest)

    @cached_property
    def reached_late(self) -> Occasion | None:
        """The first assessment after the deadline that reaches the target; None where it was met.

        It changes no status: what is reached late is missed.
        """
        deadline = self.commitment.deadline
        if deadline is None or self.reached:
            return None
        late = (each for each in self.occasions if deadline < each.day <= self.as_of)
        return next((each for each in late if self._reaches(each)), None)

    @cached_property
    def target_total(self) -> Fraction | None:
        """The total from which the target is reached, before any rounding for the bands.

        None where there is no target, for the lowest band, which has no limit, and for a band as
        long as there is no assessment.
        """
        target = self.commitment.target
        if not isinstance(target, str):
            return target
        bands = self._bands
        if bands is None:
            return None
        number = _number_of(bands, target)
        return None if number == 1 else bands.thresholds[number - 2][0]

    @property
    def target_band(self) -> str | None:
        """The official name of the band that is the target, however the commitment names it.

        As it is named there where no assessment says whose bands are meant; None where no band is
        the target.
        """
        target, bands = self.commitment.target, self._bands
        if not isinstance(target, str):
            return None
        return target if bands is None else bands.items[_number_of(bands, target) - 1].name.id

    @cached_property
    def line(self) -> Fraction | None:
        """Where the straight line stands on the day of the latest assessment; None without one."""
        if self.latest is None or not self.one_scale:
            return None
        day = self.latest.day
        for (start, low), (end, high) in pairwise(self._course):
            if start <= day <= end:
                return low + (high - low) * Fraction((day - start).days, (end - start).days)
        return None

    @property
    def pace_kept(self) -> Fraction | None:
        """Points a year from the baseline to the latest assessment; None where one is not known."""
        baseline, start, total = (
            self.commitment.baseline,
            self.commitment.baseline_date,
            self._total,
        )
        if baseline is None or start is None or total is None or self.latest is None:
            return None
        return _a_year(total - baseline, start, self.latest.day)

    @property
    def pace_needed(self) -> Fraction | None:
        """Points a year from the latest assessment that reach the target by the deadline.

        None where one of them is not known, where the target is reached, and where it is too late.
        """
        total, target, deadline = self._total, self.target_total, self.commitment.deadline
        if total is None or target is None or deadline is None or self.latest is None:
            return None
        if self.reached or self.deadline_passed:
            return None
        return _a_year(target - total, self.latest.day, deadline)

    @cached_property
    def milestones(self) -> tuple[MilestoneProgress, ...]:
        """The milestones, and how each stands."""
        return tuple(
            MilestoneProgress(milestone=milestone, status=self._milestone_status(milestone))
            for milestone in self.commitment.milestones
        )

    @property
    def unstated(self) -> tuple[Text, ...]:
        """What the commitment does not state, of all that a pace needs."""
        named = (
            (self.commitment.baseline, Text("nilai awal", "the baseline")),
            (self.commitment.baseline_date, Text("tanggal nilai awal", "the day of the baseline")),
            (self.commitment.target, Text("sasaran", "the target")),
            (self.commitment.deadline, Text("tenggat", "the deadline")),
            (self.one_scale or None, Text("instrumennya", "the instrument")),
        )
        return tuple(name for value, name in named if value is None)

    @property
    def lacking(self) -> tuple[Text, ...]:
        """What is not known of the agency, of all that judging the commitment needs."""
        return tuple(self._lacking())

    @property
    def remarks(self) -> tuple[Text, ...]:
        """Where the baseline that was stated is another than the agency's total of the same day."""
        return tuple(self._remarks())

    @property
    def year_alone(self) -> bool:
        """Whether only the year of the latest assessment is stated."""
        return self.latest is not None and self.latest.date is None

    def _lacking(self) -> Iterator[Text]:
        latest, baseline_date = self.latest, self.commitment.baseline_date
        under = self.commitment.instrument
        which = Text("menurut {id} ", "under {id} ").fill(id=under) if under else Text.same("")
        if latest is None:
            text = Text("penilaian {which}sampai {day}", "an assessment {which}by {day}")
            yield text.fill(which=which, day=day_words(self._last_day))
        elif latest.total is None:
            text = Text("nilai dari penilaian {when}", "the total of the assessment of {when}")
            yield text.fill(when=latest.when_words)
        elif self.commitment.target is not None and self.reached is None and self.one_scale:
            text = Text("kategori dari penilaian {when}", "the band of the assessment of {when}")
            yield text.fill(when=latest.when_words)
        elif baseline_date is not None and latest.day < baseline_date:
            text = Text("penilaian {which}sejak {day}", "an assessment {which}since {day}")
            yield text.fill(which=which, day=day_words(baseline_date))

    def _remarks(self) -> Iterator[Text]:
        baseline, day = self.commitment.baseline, self.commitment.baseline_date
        if baseline is None or day is None or not self.one_scale:
            return
        for occasion in self.occasions:
            total = occasion.total
            if occasion.day != day or total is None or _writes(baseline, total):
                continue
            text = Text(
                "nilai awal {baseline} ({day}) berbeda dari penilaian {when} instansi itu sendiri: "
                "{total}",
                "the baseline {baseline} ({day}) is not the total of the agency's own assessment "
                "of {when}: {total}",
            )
            yield text.fill(
                baseline=shown_number(baseline),
                day=day_words(day),
                when=occasion.when_words,
                total=shown_number(round_half_up(total, _REMARK_DECIMALS)),
            )

    def _reaches(self, occasion: Occasion) -> bool | None:
        """Say whether a total reaches the target; None where that is not known."""
        target, total = self.commitment.target, occasion.total
        if target is None or total is None or not self.one_scale:
            return None
        if isinstance(target, Fraction):
            return total >= target
        number, bands = occasion.band_number, occasion.instrument.root.bands
        return number >= _number_of(bands, target) if number and bands is not None else None

    @property
    def _last_day(self) -> dt.date:
        """The last day on which an assessment counts."""
        deadline = self.commitment.deadline
        return self.as_of if deadline is None else min(self.as_of, deadline)

    def _latest_by(self, day: dt.date) -> Occasion | None:
        found = [occasion for occasion in self.occasions if occasion.day <= day]
        return found[-1] if found else None

    @property
    def _total(self) -> Fraction | None:
        """The latest total that counts, where it is on the scale of the commitment."""
        return None if self.latest is None or not self.one_scale else self.latest.total

    @property
    def _bands(self) -> Bands | None:
        """The bands that are meant: those of the latest assessment that counts, else the first."""
        if not self.occasions or not self.one_scale:
            return None
        return (self.latest or self.occasions[0]).instrument.root.bands

    @cached_property
    def _course(self) -> tuple[tuple[dt.date, Fraction], ...]:
        """The days and totals through which the line goes, of those that are known."""
        commitment = self.commitment
        points = [
            (commitment.baseline_date, commitment.baseline),
            *((each.date, each.total) for each in commitment.milestones),
            (commitment.deadline, self.target_total),
        ]
        return tuple((day, total) for day, total in points if day is not None and total is not None)

    def _milestone_status(self, milestone: Milestone) -> MilestoneStatus:
        due = milestone.date < self.as_of
        occasion = self._latest_by(min(milestone.date, self.as_of))
        total = None if occasion is None or not self.one_scale else occasion.total
        if total is not None and total >= milestone.total:
            return MilestoneStatus.REACHED
        if not due:
            return MilestoneStatus.NOT_DUE
        return MilestoneStatus.UNKNOWN if total is None else MilestoneStatus.NOT_REACHED

    def __repr__(self) -> str:
        return f"<CommitmentProgress of {self.agency.name} as of {self.as_of}: {self.status}>"


def _number_of(bands: Bands, name: str) -> int:
    """Return the number of a band, 1 for the lowest, which the bands have."""
    number = bands.number_named(name)
    assert number is not None  # noqa: S101 - what is no band was refused
    return number


def _writes(stated: Fraction, total: Fraction) -> bool:
    """Say whether a number that was stated is a total, or the total rounded to its decimals.

    Rounding to fewer than two of them would hide what matters on a scale from 0 to 1.
    """
    decimals = decimals_of(stated)
    if decimals is None or decimals < _ROUNDED_DECIMALS:
        return stated == total
    return stated == round_half_up(total, decimals)


def _a_year(difference: Fraction, start: dt.date, end: dt.date) -> Fraction | None:
    """Return a difference a year; None where no time lies between the two days."""
    days = (end - start).days
    return difference * DAYS_A_YEAR / days if days > 0 else None
