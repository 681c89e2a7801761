"""What is to be minded about an assessment that is scored all the same: remarks, not faults."""

from __future__ import annotations

import datetime as dt

from meritindex.assessment import RowFacts
from meritindex.definition import InForce, Instrument
from meritindex.language import Text, day_words


def row_remarks(instrument: Instrument, facts: RowFacts) -> tuple[Text, ...]:
    """Return the remarks about one assessment: that it is of a time outside the instrument's.

    Of an assessment of which only the year is known, that is said where no day of the year is one
    on which the instrument is in force.
    """
    force = instrument.in_force
    if force is None or facts.year is None:
        return ()
    if facts.date is None:
        first, last = dt.date(facts.year, 1, 1), dt.date(facts.year, 12, 31)
    else:
        first = last = facts.date
    start = dt.date(force.start, 1, 1) if isinstance(force.start, int) else force.start
    if start <= last and (force.until is None or first < force.until):
        return ()
    when = (
        Text("tahun {year}", "of {year}").fill(year=facts.year)
        if facts.date is None
        else Text("tanggal {date}", "of {date}").fill(date=day_words(facts.date))
    )
    remark = Text("penilaian {when}, instrumen {force}", "assessment {when}, instrument {force}")
    return (remark.fill(when=when, force=_in_force(force)),)


def _in_force(force: InForce) -> Text:
    start = _when(force.start)
    if force.until is None:
        return Text("berlaku sejak {start}", "in force from {start}").fill(start=start)
    return Text(
        "berlaku sejak {start} sampai sebelum {until}", "in force from {start} until before {until}"
    ).fill(start=start, until=_when(force.until))


def _when(day: dt.date | int) -> Text:
    """Return a day as prose writes it, or a year."""
    return Text.same(str(day)) if isinstance(day, int) else day_words(day)
