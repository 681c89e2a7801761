"""Which instrument is in force on a day, and what can't be said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import OFFICIAL, check_fault, indicator, instrument, only_fault
from meritindex import catalog
from meritindex.catalog.dates import instrument_on
from meritindex.definition import InForce
from meritindex.errors import UnknownNameError


def period(name, start, until=None, family="f"):
    day = dt.date.fromisoformat(start) if isinstance(start, str) else start
    end = None if until is None else dt.date.fromisoformat(until)
    force = InForce(start=day, until=end, basis=OFFICIAL)
    return instrument(indicator("a1"), id=name, family=family, in_force=force)


def found(day, *candidates, family="f"):
    return instrument_on(day, family, candidates).id


def refused(day, *candidates, family="f"):
    return only_fault(UnknownNameError, lambda: instrument_on(day, family, candidates))


OLD = period("old", "2018-03-01", "2019-07-01")
YEAR = period("year", 2019, "2025-12-31")
NEW = period("new", "2025-12-31")


class TestTheCatalog:
    @pytest.mark.parametrize(
        ("day", "name"),
        [
            ("2020-01-01", "ism-2019"),
            ("2025-12-30", "ism-2019"),
            ("2025-12-31", "ism-2026"),
            (dt.date(2026, 8, 5), "ism-2026"),
            (dt.date.max, "ism-2026"),
        ],
    )
    def test_the_one_in_force(self, day, name):
        assert instrument_on(day) is catalog.instrument(name)
        assert instrument_on(day, family="ism") is catalog.instrument(name)

    @pytest.mark.parametrize("day", ["2019-01-01", "2019-06-15", "2019-12-31"])
    def test_inside_a_year_of_which_only_the_year_is_known(self, day):
        fault = only_fault(UnknownNameError, lambda: instrument_on(day))
        check_fault(fault, "start-day-unknown", None, day, "ism-2019", "2019", "2025-12-31")
        assert fault.value == day
        said = f"tidak diketahui apakah ism-2019 berlaku pada {day}: hanya tahun mulainya yang"
        assert fault.message.id.startswith(said)
        said = f"it is not known whether ism-2019 was in force on {day}: only the year of its start"
        assert fault.message.en.startswith(said)

    @pytest.mark.parametrize("day", ["2018-12-31", dt.date.min])
    def test_before_the_first(self, day):
        fault = only_fault(UnknownNameError, lambda: instrument_on(day))
        check_fault(fault, "none-in-force", None, str(day), "ism-2019", "2019", "ism-2026")
        assert "ism-2019 from 2019 until before 2025-12-31; ism-2026 from" in fault.message.en

    def test_an_instrument_contributed_later_counts(self, monkeypatch):
        monkeypatch.setattr(catalog, "instruments", lambda: (NEW,))
        assert instrument_on("2026-01-01", "f") is NEW


class TestADay:
    @pytest.mark.parametrize(
        "text", ["", "2025", "20251231", "2025-02-30", "2025-W01-1", "31-12-2025", "2025-12-31T00"]
    )
    def test_a_text_that_is_none(self, text):
        fault = refused(text, NEW)
        check_fault(fault, "not-a-day", None, f'"{text}"')

    @pytest.mark.parametrize("value", [dt.datetime(2026, 1, 1), 2026, None, 20260101.0])  # noqa: DTZ001
    def test_something_else(self, value):
        with pytest.raises(TypeError, match=type(value).__name__):
            instrument_on(value)


class TestWhatIsCertain:
    def test_the_end_is_exclusive(self):
        assert found("2019-06-30", OLD) == "old"
        check_fault(refused("2019-07-01", OLD), "none-in-force", None, "old", "2019-07-01")

    def test_the_first_day_counts(self):
        assert found("2018-03-01", OLD) == "old"
        check_fault(refused("2018-02-28", OLD), "none-in-force", None, "old", "2018-03-01")

    def test_another_one_that_is_certain_decides(self):
        assert found("2019-06-30", OLD, YEAR) == "old"
        assert found("2019-06-30", YEAR, OLD) == "old"
        check_fault(refused("2019-07-01", OLD, YEAR), "start-day-unknown", None, "year")
        assert found("2020-01-01", OLD, YEAR, NEW) == "year"

    def test_an_instrument_that_was_over_before_its_year_was(self):
        short = period("short", 2019, "2019-06-01")
        check_fault(refused("2019-05-31", short), "start-day-unknown", None, "short")
        check_fault(refused("2019-06-01", short), "none-in-force", None, "short")
        check_fault(refused("2020-01-01", short), "none-in-force", None, "short")

    def test_a_gap(self):
        fault = refused("2019-07-01", NEW, OLD)
        check_fault(fault, "none-in-force", None, "old", "new", "f")
        assert fault.message.en.index("old") < fault.message.en.index("new")

    def test_two_at_once(self):
        other = period("other", "2026-01-01")
        assert found("2025-12-31", other, NEW) == "new"
        fault = refused("2026-01-01", other, NEW, YEAR)
        check_fault(fault, "several-in-force", None, "new", "other", "2026-01-01")
        assert "year" not in fault.message.en.partition("in force: ")[2]

    def test_a_day_that_is_not_known_comes_last_in_its_year(self):
        late = period("late", "2019-12-31", "2020-06-01")
        fault = refused("2010-01-01", YEAR, late)
        assert fault.message.en.index("late") < fault.message.en.index("year")

    @given(st.dates(), st.dates(), st.integers(1, 400), st.booleans())
    def test_an_answer_is_in_force_under_every_possible_start(self, day, start, length, by_year):
        if start > dt.date(9998, 1, 1):
            start = start.replace(year=9000)
        until = dt.date(start.year, 12, 31) + dt.timedelta(days=length)
        one = instrument(
            indicator("a1"),
            in_force=InForce(start=start.year if by_year else start, until=until, basis=OFFICIAL),
        )
        possible = [dt.date(start.year, 1, 1), dt.date(start.year, 12, 31)] if by_year else [start]
        surely = all(begin <= day < until for begin in possible)
        never = not any(begin <= day < until for begin in possible)
        try:
            answer = instrument_on(day, "examples", [one]).id
        except UnknownNameError as error:
            answer = error.faults[0].code
        if never:
            assert answer == "none-in-force"
        # The last day of an uncertain year would be certain, but is inside the year all the same.
        elif surely and not (by_year and day.year == start.year):
            assert answer == one.id
        else:
            assert answer == "start-day-unknown"


class TestAFamily:
    def test_an_unknown_one(self):
        fault = refused("2026-01-01", NEW, period("x", 2020, family="g"), family="h")
        check_fault(fault, "family-unknown", None, '"h"', "f, g")
        assert fault.allowed.en == "f, g"

    def test_only_its_own_instruments_count(self):
        stranger = period("stranger", "2020-01-01", family="g")
        assert found("2026-01-01", NEW, stranger) == "new"
        check_fault(refused("2025-12-30", NEW, stranger), "none-in-force", None, "new")

    def test_none_of_it_says_when(self):
        silent = instrument(indicator("a1"), family="f")
        fault = refused("2026-01-01", silent)
        check_fault(fault, "none-in-force", None, "2026-01-01")
        assert "none of them says when" in fault.message.en
        assert found("2026-01-01", silent, NEW) == "new"
