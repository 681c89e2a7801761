"""What a caller wants and does not want: costs, a budget, what may move and how far, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, cast

import attrs

from meritindex.analysis.improving.costs import Costs, is_step
from meritindex.analysis.improving.faults import (
    read_number,
    unknown_item,
    unknown_level,
    wish_fault,
)
from meritindex.analysis.improving.prerequisites import Prerequisite, read_prerequisites
from meritindex.definition import Dimension, Indicator, Instrument
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.numbers import quoted

BUDGET = Text("anggaran", "budget")
_FIXED = Text("yang tidak boleh berubah", "fixed")
_MOST = Text("kenaikan terbanyak", "most_levels")
_READY = Text("hari siap", "ready")
_BY = Text("tenggat", "by")
_TIME = Text("batas waktu", "time_limit")
_INDICATOR = Text("indikator", "indicator")
_NODE = Text("indikator atau dimensi", "indicator or dimension")


@attrs.frozen(kw_only=True)
class Wishes:
    """What a caller wants, read and checked against an instrument.

    Attributes:
        costs: what every step costs.
        budget: what may be spent; None where that is not limited.
        fixed: the codes of indicators that may not move.
        most_levels: by code, how many levels an indicator may rise; those that are not named may
            rise to the top.
        prerequisites: what must stand before something can be raised.
        ready: by code and level, the day by which the step to the level can be done.
        by: the day by which every step must be done; None where that does not matter.
        time_limit: how many seconds the search for one plan may take; None for as long as it needs.
    """

    costs: Costs
    budget: Fraction | None = None
    fixed: tuple[str, ...] = ()
    most_levels: tuple[tuple[str, int], ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    ready: tuple[tuple[str, int, dt.date], ...] = ()
    by: dt.date | None = None
    time_limit: float | None = None


def read_wishes(  # noqa: PLR0913 - as `improve`
    instrument: Instrument,
    *,
    costs: object = None,
    budget: object = None,
    fixed: Iterable[str] = (),
    most_levels: int | Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite | tuple[str, ...]] = (),
    ready: Mapping[str, dt.date | Mapping[int, dt.date]] | None = None,
    by: dt.date | None = None,
    time_limit: float | None = None,
) -> Wishes:
    """Read the wishes of a caller.

    Raises:
        AssessmentError: something is no cost, no code, no level, no date, or circular; everything
            that is wrong is named.
    """
    faults: list[Fault] = []
    try:
        read_costs = Costs.read(costs)
    except AssessmentError as error:
        faults += error.faults
        read_costs = Costs(default=Fraction(1))
    faults += read_costs.faults(instrument)
    limit = None if budget is None else read_number(budget, BUDGET)
    if isinstance(limit, Fault):
        faults.append(limit)
        limit = None
    reader = _Reader(instrument, faults)
    demands, wrong = read_prerequisites(prerequisites, instrument)
    faults += wrong
    found = Wishes(
        costs=read_costs,
        budget=limit,
        fixed=reader.fixed(fixed),
        most_levels=reader.most_levels(most_levels),
        prerequisites=demands,
        ready=reader.ready({} if ready is None else ready),
        by=None if by is None else reader.day(by, _BY, None),
        time_limit=reader.seconds(time_limit),
    )
    if faults:
        raise AssessmentError(faults)
    return found


class _Reader:
    """Reads wishes about indicators, and collects what is wrong with them."""

    def __init__(self, instrument: Instrument, faults: list[Fault]) -> None:
        self.instrument, self.faults = instrument, faults
        self.indicators = {indicator.code: indicator for indicator in instrument.indicators}

    def fixed(self, given: Iterable[str]) -> tuple[str, ...]:
        """Return the indicators that may not move; a dimension stands for all below it."""
        nodes = {node.code: node for node in self.instrument.nodes}
        found: set[str] = set()
        for code in (given,) if isinstance(given, str) else given:
            node = nodes.get(code)
            if isinstance(node, Dimension):
                found |= {each.code for each in node.walk() if isinstance(each, Indicator)}
            elif isinstance(node, Indicator):
                found.add(code)
            else:
                codes = tuple(each.code for each in self.instrument.dimensions[1:])
                self.faults.append(unknown_item(code, _FIXED, _NODE, (*codes, *self.indicators)))
        return tuple(code for code in self.indicators if code in found)

    def most_levels(self, given: int | Mapping[str, int] | None) -> tuple[tuple[str, int], ...]:
        """Return by how many levels each indicator may rise."""
        if given is None:
            return ()
        if not isinstance(given, Mapping):
            return tuple(dict.fromkeys(self.indicators, self._count(given, None)).items())
        found: dict[str, int] = {}
        for code, count in given.items():
            if code in self.indicators:
                found[code] = self._count(count, code)
            else:
                self.faults.append(unknown_item(code, _MOST, _INDICATOR, tuple(self.indicators)))
        return tuple(found.items())

    def _count(self, given: object, item: str | None) -> int:
        if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
            return given
        self.faults.append(
            wish_fault(
                "most-levels-form",
                Text(
                    "{value} bukan jumlah tingkat; yang diterima: {allowed}",
                    "{value} is no number of levels; allowed: {allowed}",
                ),
                place=_MOST,
                item=item,
                value=quoted(given),
                allowed=Text("bilangan bulat mulai 0", "whole numbers from 0"),
            )
        )
        return 0

    def ready(
        self, given: Mapping[str, dt.date | Mapping[int, dt.date]]
    ) -> tuple[tuple[str, int, dt.date], ...]:
        """Return by which day every step can be done; a single day is said of all steps."""
        found: list[tuple[str, int, dt.date]] = []
        for code, days in given.items():
            indicator = self.indicators.get(code)
            if indicator is None:
                self.faults.append(unknown_item(code, _READY, _INDICATOR, tuple(self.indicators)))
            elif isinstance(days, Mapping):
                for level, day in days.items():
                    if not is_step(indicator, level):
                        self.faults.append(unknown_level(indicator, level, _READY))
                    elif read := self.day(day, _READY, code):
                        found.append((code, level, read))
            elif read := self.day(days, _READY, code):
                found += [(code, level.value, read) for level in indicator.levels[1:]]
        return tuple(found)

    def day(self, given: object, place: Text, item: str | None) -> dt.date | None:
        """Return a day, without its time."""
        if isinstance(given, dt.date):
            return dt.date(given.year, given.month, given.day)
        self.faults.append(
            wish_fault(
                "day-form",
                Text(
                    "{value} bukan tanggal; yang diterima: {allowed}",
                    "{value} is no date; allowed: {allowed}",
                ),
                place=place,
                item=item,
                value=quoted(given),
                allowed=Text("datetime.date", "a datetime.date"),
            )
        )
        return None

    def seconds(self, given: object) -> float | None:
        """Return a limit of time in seconds."""
        if given is None:
            return None
        number = isinstance(given, int | float) and not isinstance(given, bool)
        if number and 0 <= cast("float", given) < float("inf"):
            return float(cast("Any", given))
        self.faults.append(
            wish_fault(
                "time-limit-form",
                Text(
                    "{value} bukan batas waktu; yang diterima: {allowed}",
                    "{value} is no limit of time; allowed: {allowed}",
                ),
                place=_TIME,
                value=quoted(given),
                allowed=Text("jumlah detik mulai 0", "seconds, from 0"),
            )
        )
        return None
