"""Which instrument is in force on a day, and when that can't be said.

Only what is certain counts. An instrument whose start is known only by its year is in force for
certain from the next year on; on a day inside that year it may or may not be, and the question is
refused rather than guessed, unless another instrument of the family certainly is in force.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from meritindex import catalog
from meritindex.definition import InForce, Instrument
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Text, listed
from meritindex.numbers import quoted

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def instrument_on(
    date: dt.date | str, family: str = "ism", among: Iterable[Instrument] | None = None
) -> Instrument:
    """Return the instrument of a family that was, is or will be in force on a day.

    The day on which an instrument ends (`until`) is no longer one of its days.

    Args:
        date: a day, or a text such as "2025-12-31".
        family: instruments that measure the same thing at different times share one.
        among: the instruments to choose from; those of the catalog by default.

    Raises:
        TypeError: `date` is something else; a time of day, too, is no day.
        UnknownNameError: the text is no day; there is no such family; no instrument of it is
            certainly in force on that day; or more than one is.

    Examples:
        >>> instrument_on("2025-12-30").id, instrument_on("2025-12-31").id
        ('ism-2019', 'ism-2026')
    """
    day = _day(date)
    members = _members(family, catalog.instruments() if among is None else among)
    running = [member for member in members if not _is_over(member[1], day)]
    certain = [member for member in running if _has_begun(member[1], day)]
    if len(certain) == 1:
        return certain[0][0]
    if certain:
        raise _refuse(
            "several-in-force",
            Text(
                "pada {day} berlaku lebih dari satu instrumen {family}: {found}",
                "on {day} more than one instrument of {family} is in force: {found}",
            ),
            day,
            family,
            certain,
        )
    perhaps = [member for member in running if member[1].start == day.year]
    if perhaps:
        raise _refuse(
            "start-day-unknown",
            Text(
                "tidak diketahui apakah {id} berlaku pada {day}: hanya tahun mulainya yang "
                "diketahui, bukan harinya ({found})",
                "it is not known whether {id} was in force on {day}: only the year of its start is "
                "known, not the day ({found})",
            ),
            day,
            family,
            perhaps,
        )
    raise _refuse(
        "none-in-force",
        Text(
            "pada {day} tidak ada instrumen {family} yang diketahui berlaku; instrumennya: {found}",
            "on {day} no instrument of {family} is known to be in force; its instruments: {found}",
        ),
        day,
        family,
        members,
    )


def _day(date: dt.date | str) -> dt.date:
    """Return a day that was given as such or as a text."""
    if isinstance(date, str):
        if _ISO_DAY.fullmatch(date):
            try:
                return dt.date.fromisoformat(date)
            except ValueError:  # such as 2025-02-30
                pass
        allowed = Text("hari seperti 2025-12-31", "a day such as 2025-12-31")
        message = Text("{value} bukan {allowed}", "{value} is not {allowed}")
        raise UnknownNameError(
            Fault(
                code="not-a-day",
                message=message.fill(value=quoted(date), allowed=allowed),
                value=quoted(date),
                allowed=allowed,
            )
        )
    # To Python a time of day is a date as well, though in another zone it is another day.
    if isinstance(date, dt.datetime) or not isinstance(date, dt.date):
        raise TypeError(f"expected a datetime.date or a text, not {type(date).__name__}")
    return date


def _members(family: str, instruments: Iterable[Instrument]) -> list[tuple[Instrument, InForce]]:
    """Return the instruments of a family that say when they are in force, the earliest first."""
    everything = list(instruments)
    families = list(dict.fromkeys(instrument.family for instrument in everything))
    if family not in families:
        allowed = Text.same(", ".join(families))
        message = Text(
            "keluarga instrumen {family} tidak ada; yang ada: {allowed}",
            "there is no family of instruments {family}; there are: {allowed}",
        )
        raise UnknownNameError(
            Fault(
                code="family-unknown",
                message=message.fill(family=quoted(family), allowed=allowed),
                value=quoted(family),
                allowed=allowed,
            )
        )
    members = [
        (instrument, instrument.in_force)
        for instrument in everything
        if instrument.family == family and instrument.in_force is not None
    ]
    return sorted(members, key=lambda member: _beginning(member[1]))


def _beginning(period: InForce) -> tuple[int, int, int]:
    """Return what periods are sorted by; a day that is not known comes last in its year."""
    start = period.start
    return (start, 13, 1) if isinstance(start, int) else (start.year, start.month, start.day)


def _has_begun(period: InForce, day: dt.date) -> bool:
    """Say whether the beginning certainly lies behind: of a year, when the year is over."""
    start = period.start
    return day.year > start if isinstance(start, int) else day >= start


def _is_over(period: InForce, day: dt.date) -> bool:
    return period.until is not None and day >= period.until


def _refuse(
    code: str,
    message: Text,
    day: dt.date,
    family: str,
    members: Sequence[tuple[Instrument, InForce]],
) -> UnknownNameError:
    described = [_described(*member) for member in members] or [
        Text("tidak satu pun menyebut masa berlakunya", "none of them says when it is in force")
    ]
    found = listed(described, "; ")
    names = listed([Text.same(instrument.id) for instrument, _ in members])
    filled = message.fill(id=names, day=day, family=family, found=found)
    return UnknownNameError(Fault(code=code, message=filled, value=str(day), allowed=found))


def _described(instrument: Instrument, period: InForce) -> Text:
    """Return an instrument with its time."""
    if period.until is None:
        time = Text("{id} sejak {start}", "{id} from {start}")
    else:
        time = Text(
            "{id} sejak {start} sampai sebelum {until}", "{id} from {start} until before {until}"
        )
    return time.fill(id=instrument.id, start=period.start, until=period.until)
