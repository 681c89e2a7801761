"""Reading what steps cost, and by when they can be done, from the file of `--costs`.

The file is CSV, with a row for a step or for every step of an indicator:

    code,level,cost,ready
    a1q1,,10,                   every step of a1q1 costs 10
    a1q1,4,25,2026-12-31        but the step to level 4 costs 25, and takes until that day

The columns `level` and `ready` may be left out. A row of a level goes before the row of every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

import attrs

from meritindex import files
from meritindex.analysis.improving.faults import near_codes
from meritindex.assessment.csv_rows import csv_records
from meritindex.assessment.places import LINE, place_of
from meritindex.assessment.values import make_fault, read_year
from meritindex.cli.amounts import read_amount
from meritindex.definition import Indicator, Instrument
from meritindex.errors import AssessmentError, Fault, FileError, NumberError
from meritindex.language import Text
from meritindex.numbers import parse_number, quoted

Value = TypeVar("Value")
# Of one indicator: the same for every step, or for the step to each of these levels.
OfSteps: TypeAlias = Value | Mapping[int, Value]

_COLUMNS = ("code", "level", "cost", "ready")
_NEEDED = ("code", "cost")
_DAY = Text(
    "tanggal seperti 2026-12-31 atau 31/12/2026 (hari/bulan/tahun)",
    "a date such as 2026-12-31 or 31/12/2026 (day/month/year)",
)

Place = Callable[[str | None], Text]


@attrs.frozen(kw_only=True)
class CostsFile:
    """What a file of costs says.

    Attributes:
        costs: of the indicators that the file names, by code.
        ready: by when steps can be done, of the indicators of which the file says so.
    """

    costs: Mapping[str, OfSteps[Fraction]]
    ready: Mapping[str, OfSteps[date]]


@attrs.frozen
class _Row:
    """One row: of which indicator, of which level (None: of every step), and what it says."""

    indicator: Indicator
    level: int | None
    cost: Fraction | None
    ready: date | None


def read_costs(path: str, instrument: Instrument) -> CostsFile:
    """Return what a file says of steps under an instrument.

    Raises:
        FileError: the file can't be read, or has other columns.
        AssessmentError: cells that are not what their column holds, and codes or levels that the
            instrument doesn't have; every fault names its line.
    """
    name = Path(path).name
    records = list(csv_records(name, files.read_text(path)))
    columns = [cell.strip().casefold() for cell in records[0].cells] if records else []
    _check_columns(name, columns)
    rows: list[_Row] = []
    faults: list[Fault] = []
    seen: set[tuple[str, int | None]] = set()
    for record in records[1:]:
        place = partial(place_of, LINE, record.line, file=name)
        if len(record.cells) != len(columns):
            faults.append(_wrong_count(len(record.cells), len(columns), place(None)))
            continue
        cells = dict(zip(columns, map(str.strip, record.cells), strict=True))
        row = _row(cells, instrument, place, faults)
        if row is None:
            continue
        key = row.indicator.code, row.level
        if key in seen:
            faults.append(_twice(*key, place(None)))
        seen.add(key)
        rows.append(row)
    if faults:
        raise AssessmentError(faults)
    return CostsFile(
        costs=_by_indicator(rows, lambda row: row.cost),
        ready=_by_indicator(rows, lambda row: row.ready),
    )


def day_of(word: str, place: Text | None = None) -> date | Fault:
    """Return the day that a word names, or the fault that says why it names none."""
    found = read_year(word)
    if not isinstance(found, Fault) and found[1] is not None:
        return found[1]
    message = Text(
        "{value} bukan tanggal; yang diterima: {allowed}",
        "{value} is not a date; allowed: {allowed}",
    )
    return make_fault("day-not-allowed", message, place=place, value=quoted(word), allowed=_DAY)


def _check_columns(name: str, columns: Sequence[str]) -> None:
    right = set(_NEEDED) <= set(columns) <= set(_COLUMNS)
    if right and len(set(columns)) == len(columns):
        return
    message = Text(
        "kolomnya harus {allowed}, bukan {value}", "the columns must be {allowed}, not {value}"
    )
    raise FileError(
        make_fault(
            "costs-columns",
            message,
            place=Text.same(name),
            value=quoted(", ".join(columns)),
            allowed=Text(
                "code, level, cost, dan ready (level dan ready boleh tidak ada)",
                "code, level, cost and ready (level and ready may be left out)",
            ),
        )
    )


def _row(
    cells: Mapping[str, str], instrument: Instrument, place: Place, faults: list[Fault]
) -> _Row | None:
    """Return what a row says; None, and its faults, where it says what it can't."""
    before = len(faults)
    indicator = _indicator(cells["code"], instrument, place, faults)
    word = cells.get("level", "")
    level = None
    if word and indicator is not None:
        level = _level(word, indicator, place, faults)
    ready = None
    if cells.get("ready"):
        day = day_of(cells["ready"], place("ready"))
        if isinstance(day, Fault):
            faults.append(day)
        else:
            ready = day
    # A row may be there for the day alone.
    for_the_day = not cells["cost"] and cells.get("ready")
    cost = None if for_the_day else _cost(cells["cost"], place, faults)
    if indicator is None or len(faults) > before:
        return None
    return _Row(indicator, level, cost, ready)


def _indicator(
    word: str, instrument: Instrument, place: Place, faults: list[Fault]
) -> Indicator | None:
    by_word = {each.code.casefold(): each for each in instrument.indicators}
    found = by_word.get(word.casefold())
    if found is None:
        codes = tuple(each.code for each in instrument.indicators)
        message = Text(
            "{value} bukan indikator {id}; {near}yang ada: {allowed}",
            "{value} is no indicator of {id}; {near}there are: {allowed}",
        )
        faults.append(
            make_fault(
                "costs-indicator",
                message,
                place=place("code"),
                value=quoted(word),
                allowed=Text.same(", ".join(codes)),
                near=near_codes(word, codes),
                id=instrument.id,
            )
        )
    return found


def _level(word: str, indicator: Indicator, place: Place, faults: list[Fault]) -> int | None:
    levels = _steps(indicator)
    try:
        value = parse_number(word)
    except NumberError:
        value = Fraction(-1)
    if value in levels:
        return int(value)
    message = Text(
        "tidak ada langkah ke tingkat {value} pada {item}; yang diterima: {allowed}",
        "no step leads to level {value} of {item}; allowed: {allowed}",
    )
    faults.append(
        make_fault(
            "costs-level",
            message,
            place=place("level"),
            item=indicator.code,
            value=quoted(word),
            allowed=Text(
                f"{levels[0]} sampai {levels[-1]}, atau kosong untuk setiap langkah",
                f"{levels[0]} to {levels[-1]}, or empty for every step",
            )
            if levels
            else Text("kosong", "empty"),
        )
    )
    return None


def _cost(word: str, place: Place, faults: list[Fault]) -> Fraction | None:
    cost = read_amount(word)
    if isinstance(cost, Fault):
        faults.append(attrs.evolve(cost, place=place("cost")))
        return None
    if cost < 0:
        message = Text(
            "biaya {value} kurang dari nol; yang diterima: {allowed}",
            "a cost of {value} is below zero; allowed: {allowed}",
        )
        allowed = Text("0 atau lebih", "0 or more")
        faults.append(
            make_fault(
                "costs-negative", message, place=place("cost"), value=quoted(word), allowed=allowed
            )
        )
    return cost


def _wrong_count(given: int, expected: int, place: Text) -> Fault:
    message = Text(
        "ada {value} sel; yang diterima: {allowed}", "there are {value} cells; allowed: {allowed}"
    )
    allowed = Text.same(str(expected))
    return make_fault("costs-cells", message, place=place, value=str(given), allowed=allowed)


def _twice(code: str, level: int | None, place: Text) -> Fault:
    step = (
        Text("setiap langkah", "every step")
        if level is None
        else Text("tingkat {level}", "level {level}").fill(level=level)
    )
    message = Text(
        "{item} ({step}) sudah ada di baris lain", "{item} ({step}) stands on another line too"
    )
    return make_fault("costs-twice", message, place=place, item=code, step=step)


def _steps(indicator: Indicator) -> list[int]:
    """Return the levels to which a step leads."""
    return [level.value for level in indicator.levels[1:]]


def _by_indicator(
    rows: Sequence[_Row], said: Callable[[_Row], Value | None]
) -> dict[str, OfSteps[Value]]:
    """Return what rows say of each indicator; a row of a level goes before that of every step."""
    every = {row.indicator.code: value for row, value in _said(rows, said) if row.level is None}
    of_levels: dict[str, dict[int, Value]] = {}
    for row, value in _said(rows, said):
        if row.level is not None:
            code = row.indicator.code
            if code not in of_levels and code in every:
                of_levels[code] = dict.fromkeys(_steps(row.indicator), every[code])
            of_levels.setdefault(code, {})[row.level] = value
    return {**every, **of_levels}


def _said(
    rows: Sequence[_Row], said: Callable[[_Row], Value | None]
) -> Iterator[tuple[_Row, Value]]:
    return ((row, value) for row in rows if (value := said(row)) is not None)
