"""Rows from a JSON text: a list of objects whose keys are the columns of a file.

Numbers keep the text that the file has, so that 0.1 is one tenth. No answer is judged here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import attrs

from meritindex import files
from meritindex.assessment.building import RawRows, check_columns, column_name, columns_by_name
from meritindex.assessment.places import ASSESSMENT, place_of
from meritindex.assessment.values import make_fault
from meritindex.definition import Instrument
from meritindex.errors import AssessmentError, Fault, FileError
from meritindex.language import Text
from meritindex.numbers import MAX_DIGITS, quoted

_LIST_KEY, _INSTRUMENT_KEY = "assessments", "instrument"
_FORM = Text(
    'daftar objek, atau objek dengan daftar itu di bawah kunci "assessments"',
    'a list of objects, or an object with that list under the key "assessments"',
)


@attrs.frozen
class _Object:
    """A JSON object with all its keys, also those that occur twice."""

    pairs: tuple[tuple[str, object], ...]

    @classmethod
    def of(cls, pairs: list[tuple[str, object]]) -> _Object:
        return cls(tuple(pairs))


@attrs.frozen
class _NotFinite:
    """NaN or an infinity, which JSON does not have but many programs write."""

    text: str


@attrs.define
class _Gathered:
    """Columns while they are gathered from the objects."""

    columns: dict[str, list[object]] = attrs.field(factory=dict)
    unknown: dict[str, int] = attrs.field(factory=dict)
    faults: list[tuple[int, str | None, Fault]] = attrs.field(factory=list)


def rows_from_json(instrument: Instrument, name: str, text: str) -> RawRows:
    """Return the rows of a JSON text.

    Args:
        instrument: whose codes the keys are, in any case.
        name: what the file is called in messages.
        text: the content of the file.

    Raises:
        FileError: the text is not JSON, or nested too deep.
        AssessmentError: something else than a list of assessments; keys that are unknown or
            missing; another instrument; no assessments.
    """
    assessments = _assessments(instrument, name, _parsed(name, text))

    def place(row: int, column: str | None) -> Text:
        return place_of(ASSESSMENT, row + 1, column, name)

    gathered = _Gathered()
    for row, item in enumerate(assessments):
        _gather(instrument, name, gathered, row, item, len(assessments))
    faults = check_columns(
        instrument,
        (*gathered.columns, *gathered.unknown),
        lambda at: Text.same(name) if at is None else place(gathered.unknown[at], at),
    )
    if gathered.faults and not gathered.columns and not gathered.unknown:
        # There is no object with anything in it, and the items say so.
        faults = [fault for _, _, fault in gathered.faults]
    if faults:
        raise AssessmentError(faults)
    position: dict[str | None, int] = {column: at for at, column in enumerate(gathered.columns)}
    return RawRows(
        count=len(assessments),
        columns=gathered.columns,
        place=place,
        faults=[(row, position.get(column, -1), fault) for row, column, fault in gathered.faults],
    )


def _parsed(name: str, text: str) -> object:
    files.check_nesting(name, text)
    try:
        return json.loads(
            text,
            parse_int=str,
            parse_float=_number,
            parse_constant=_NotFinite,
            object_pairs_hook=_Object.of,
        )
    except json.JSONDecodeError as error:
        message = Text(
            "bukan JSON yang benar (baris {line}, kolom {column})",
            "it is not valid JSON (line {line}, column {column})",
        )
        fault = make_fault(
            "json-invalid",
            message,
            place=Text.same(name),
            line=error.lineno,
            column=error.colno,
        )
        raise FileError(fault) from None


def _number(text: str) -> str | Decimal:
    """Return a number as its text; one with an exponent, which no other file has, as a decimal."""
    if "e" not in text.lower() or len(text) > 2 * MAX_DIGITS:
        return text
    exponent = text.lower().partition("e")[2]
    return Decimal(text) if len(exponent) <= 4 else text


def _assessments(instrument: Instrument, name: str, data: object) -> list[object]:
    """Return the items of the list, wherever it is."""
    faults: list[Fault] = []
    if isinstance(data, _Object):
        faults += _check_keys(instrument, name, data)
        data = dict(data.pairs).get(_LIST_KEY)
    items = data if isinstance(data, list) else None
    if items is None:
        message = Text("bukan {allowed}", "this is not {allowed}")
        faults.append(make_fault("json-form", message, place=Text.same(name), allowed=_FORM))
    elif not items:
        message = Text("tidak ada penilaian", "there are no assessments")
        faults.append(make_fault("no-rows", message, place=Text.same(name)))
    if faults:
        raise AssessmentError(faults)
    return items or []


def _check_keys(instrument: Instrument, name: str, data: _Object) -> Iterator[Fault]:
    """Yield what is wrong with the keys around the list."""
    seen: set[str] = set()
    for key, value in data.pairs:
        if key in seen:
            yield _key_twice(key, Text.same(name), None)
        elif key not in {_LIST_KEY, _INSTRUMENT_KEY}:
            yield make_fault(
                "json-key-unknown",
                Text(
                    "kunci {value} tidak dikenal; yang diterima: {allowed}",
                    "the key {value} is not known; allowed: {allowed}",
                ),
                place=Text.same(name),
                value=quoted(key),
                allowed=Text.same(f"{_LIST_KEY}, {_INSTRUMENT_KEY}"),
            )
        elif key == _INSTRUMENT_KEY and value != instrument.id:
            yield make_fault(
                "instruments-differ",
                Text(
                    "berkas ini untuk instrumen {value}, bukan {allowed}",
                    "the file is for the instrument {value}, not {allowed}",
                ),
                place=Text.same(name),
                value=_shown(value),
                allowed=Text.same(instrument.id),
            )
        seen.add(key)


def _gather(  # noqa: PLR0913, PLR0917 - one step of the loop of its caller
    instrument: Instrument, name: str, gathered: _Gathered, row: int, item: object, count: int
) -> None:
    """Put the values of one object into their columns."""
    if not isinstance(item, _Object):
        fault = make_fault(
            "json-not-an-object",
            Text("{value} bukan {allowed}", "{value} is not {allowed}"),
            place=place_of(ASSESSMENT, row + 1, None, name),
            value=_shown(item),
            allowed=Text("objek", "an object"),
        )
        gathered.faults.append((row, None, fault))
        return
    seen: set[str] = set()
    allowed_names = columns_by_name(instrument)
    for key, value in item.pairs:
        column = column_name(instrument, key)
        if column not in allowed_names:
            gathered.unknown.setdefault(column, row)
            continue
        cells = gathered.columns.get(column)
        if cells is None:
            cells = gathered.columns[column] = [None] * count
        if column in seen:
            fault = _key_twice(column, place_of(ASSESSMENT, row + 1, column, name), column)
            gathered.faults.append((row, column, fault))
        elif isinstance(value, _Object | list | _NotFinite):
            fault = _not_a_cell(column, value, place_of(ASSESSMENT, row + 1, column, name))
            gathered.faults.append((row, column, fault))
        else:
            cells[row] = value
        seen.add(column)


def _key_twice(key: str, place: Text, item: str | None) -> Fault:
    return make_fault(
        "json-key-twice",
        Text("kunci {value} ada lebih dari satu kali", "the key {value} occurs more than once"),
        place=place,
        item=item,
        value=quoted(key),
    )


def _not_a_cell(column: str, value: object, place: Text) -> Fault:
    return make_fault(
        "json-value-not-allowed",
        Text(
            "{value} tidak dapat menjadi isi {item}; yang diterima: {allowed}",
            "{value} can't be the content of {item}; allowed: {allowed}",
        ),
        place=place,
        item=column,
        value=_shown(value),
        allowed=Text("teks, angka, atau null", "a text, a number or null"),
    )


def _shown(value: object) -> str:
    """Return a value of JSON for a message; the inside of what is nested doesn't matter."""
    if isinstance(value, _Object):
        return "[object]"
    if isinstance(value, list):
        return "[list]"
    if isinstance(value, _NotFinite):
        return value.text
    return "null" if value is None else quoted(value)
