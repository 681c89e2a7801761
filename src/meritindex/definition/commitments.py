"""What an agency has promised about its total: a target, by a deadline, and where that is read.

What nobody has stated is None. A commitment without target or deadline is a fact like any other; no
pace follows from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from meritindex.definition.agencies import Agency
from meritindex.definition.checks import as_tuple
from meritindex.definition.sources import Standing
from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text
from meritindex.numbers import localized, parse_number, shortest_text

Target = Fraction | str
"""A total to be reached, or the name of a band."""


def as_day(value: dt.date) -> dt.date:
    """Return a date without its time of day.

    Raises:
        TypeError: it is no date.
    """
    if not isinstance(value, dt.date):
        raise TypeError(f"expected a date, not {type(value).__name__}")
    return dt.date(value.year, value.month, value.day)


def names_a_band(value: object) -> bool:
    """Say whether a target is meant to be the name of a band: a text with a letter in it."""
    return isinstance(value, str) and any(map(str.isalpha, value))


def shown_number(value: Fraction) -> Text:
    """Return a number for a reader, in full, with the decimal mark of each language."""
    shortest = shortest_text(value)
    return Text(localized(shortest, "id"), shortest)


def _target(value: object) -> Target:
    return str(value).strip() if names_a_band(value) else parse_number(value)


def _text(value: Text | str) -> Text:
    return Text.same(value) if isinstance(value, str) else value


@attrs.frozen(kw_only=True)
class Milestone:
    """A total that is to be reached on the way, and by when.

    Attributes:
        date: the last day on which it is in time.
        total: what is to be reached, on the scale of the instrument.

    Raises:
        NumberError: the total is no number.
    """

    date: dt.date = attrs.field(converter=as_day)
    total: Fraction = attrs.field(converter=parse_number)


@attrs.frozen(kw_only=True)
class Commitment:
    """What one agency has promised.

    Attributes:
        agency: who promised.
        signed: on what day.
        place: where; None where it is not stated.
        host: the office that convened the signing; None where it is not stated.
        baseline: the total from which it starts, on the scale of the instrument; None where nobody
            has stated it.
        baseline_date: of what day the baseline is.
        target: the total to be reached, or the name of a band (a text with a letter in it), the
            official one or its translation, whatever its case; None where nobody has stated it.
        deadline: the last day on which it is in time; None where nobody has stated it.
        instrument: the id of the instrument whose totals are meant; None where it is not stated.
        signatories: the offices and agencies that signed beside the agency; never a person's name.
        source: where this is read.
        standing: how firmly it is known.
        milestones: totals to be reached on the way, in the order of their dates.
        note: what a reader should know of it.

    Raises:
        DefinitionError: a deadline that is not after the signing or not after the day of the
            baseline, a target that is not above the baseline, milestones out of order or outside of
            what lies between baseline and target, or no source; all of them are listed.
        NumberError: a number is none.
        TypeError: a date is none.

    Examples:
        >>> import datetime as dt
        >>> import meritindex as mi
        >>> promised = Commitment(
        ...     agency=mi.agency("Kota Malang"), signed=dt.date(2025, 9, 10), baseline="212,5",
        ...     baseline_date=dt.date(2024, 12, 31), target="Baik", deadline=dt.date(2027, 12, 31),
        ...     instrument="ism-2019", source="a made-up letter", standing="assumed",
        ... )
        >>> promised.baseline, promised.target
        (Fraction(425, 2), 'Baik')
    """

    agency: Agency
    signed: dt.date = attrs.field(converter=as_day)
    place: str | None = None
    host: str | None = None
    baseline: Fraction | None = attrs.field(
        default=None, converter=attrs.converters.optional(parse_number)
    )
    baseline_date: dt.date | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_day)
    )
    target: Target | None = attrs.field(default=None, converter=attrs.converters.optional(_target))
    deadline: dt.date | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_day)
    )
    instrument: str | None = None
    signatories: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    source: Text = attrs.field(converter=_text)
    standing: Standing = attrs.field(converter=Standing)
    milestones: tuple[Milestone, ...] = attrs.field(default=(), converter=as_tuple)
    note: Text | None = attrs.field(default=None, converter=attrs.converters.optional(_text))

    def __attrs_post_init__(self) -> None:
        faults = [*self._date_faults(), *self._number_faults(), *self._milestone_faults()]
        if not (self.source.id.strip() and self.source.en.strip()):
            message = Text(
                "komitmen tidak menyebut sumbernya", "the commitment does not name its source"
            )
            faults.append(self.fault("source-missing", message))
        if faults:
            raise DefinitionError(faults)

    def fault(
        self, code: str, message: Text, value: object = None, allowed: Text | None = None
    ) -> Fault:
        """Return a fault of this commitment; its message may name `{value}` and `{allowed}`."""
        return Fault(
            code=code,
            message=message.fill(value=_shown(value), allowed=allowed),
            place=Text.same(self.agency.name),
            agency=self.agency.name,
            value=None if value is None else _shown(value).en,
            allowed=allowed,
        )

    def target_fault(self, value: Target, allowed: Text) -> Fault:
        """Return that the target is not above the baseline."""
        message = Text(
            "sasaran {value} tidak diterima; yang diterima: {allowed}",
            "the target {value} is not allowed; allowed: {allowed}",
        )
        return self.fault("target-not-above-baseline", message, value, allowed)

    def milestone_fault(self, code: str, value: dt.date | Fraction, allowed: Text) -> Fault:
        """Return a fault of a milestone, for its date or its total."""
        message = Text(
            "tahap antara {value} tidak diterima; yang diterima: {allowed}",
            "the milestone {value} is not allowed; allowed: {allowed}",
        )
        return self.fault(code, message, value, allowed)

    def _date_faults(self) -> Iterator[Fault]:
        if self.deadline is None:
            return
        message = Text(
            "tenggat {value} tidak diterima; yang diterima: {allowed}",
            "the deadline {value} is not allowed; allowed: {allowed}",
        )
        after_signing = Text(
            f"sesudah penandatanganan {self.signed}", f"after the signing of {self.signed}"
        )
        if self.deadline <= self.signed:
            yield self.fault("deadline-before-signing", message, self.deadline, after_signing)
        if self.baseline_date is not None and self.deadline <= self.baseline_date:
            allowed = Text(
                f"sesudah tanggal nilai awal {self.baseline_date}",
                f"after the day of the baseline {self.baseline_date}",
            )
            yield self.fault("deadline-before-baseline", message, self.deadline, allowed)

    def _number_faults(self) -> Iterator[Fault]:
        if self.baseline is None or not isinstance(self.target, Fraction):
            return
        if self.target <= self.baseline:
            above = Text("di atas nilai awal {baseline}", "above the baseline {baseline}")
            yield self.target_fault(self.target, above.fill(baseline=shown_number(self.baseline)))

    def _milestone_faults(self) -> Iterator[Fault]:
        for before, after in pairwise(self.milestones):
            if after.date <= before.date:
                yield self._order_fault("milestones-out-of-order", before.date, after.date)
            if after.total <= before.total:
                yield self._order_fault("milestones-not-rising", before.total, after.total)
        opening = self.baseline_date or self.signed
        for milestone in self.milestones:
            if milestone.date <= opening or (
                self.deadline is not None and milestone.date >= self.deadline
            ):
                yield self._between_fault("milestone-date", milestone.date, opening, self.deadline)
            target = self.target if isinstance(self.target, Fraction) else None
            if (self.baseline is not None and milestone.total <= self.baseline) or (
                target is not None and milestone.total >= target
            ):
                yield self._between_fault("milestone-total", milestone.total, self.baseline, target)

    def _order_fault(
        self, code: str, before: dt.date | Fraction, after: dt.date | Fraction
    ) -> Fault:
        allowed = Text(
            "di atas {shown} dari tahap sebelumnya", "above {shown} of the milestone before"
        )
        if isinstance(before, dt.date):
            allowed = Text(
                "sesudah {shown} dari tahap sebelumnya", "after {shown} of the milestone before"
            )
        return self.milestone_fault(code, after, allowed.fill(shown=_shown(before)))

    def _between_fault(
        self,
        code: str,
        value: dt.date | Fraction,
        low: dt.date | Fraction | None,
        high: dt.date | Fraction | None,
    ) -> Fault:
        allowed = Text("di antara {low} dan {high}", "between {low} and {high}")
        return self.milestone_fault(code, value, allowed.fill(low=_shown(low), high=_shown(high)))


def _shown(value: object) -> Text:
    if value is None:
        return Text.same("…")
    return shown_number(value) if isinstance(value, Fraction) else Text.same(str(value))
