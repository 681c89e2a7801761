"""What a record must look like, to the last leaf; every fault with its path (`result.total`).

This reads what others wrote. Size and nesting are checked before the parser sees a text, and a
record has exactly the keys that it must have, each once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import attrs

from meritindex import files
from meritindex.analysis.records import FORMAT, canonical_bytes
from meritindex.assessment import AnswerState
from meritindex.definition import AgencyKind, MissingPolicy, Stage, Standing
from meritindex.errors import Fault, RecordError
from meritindex.language import Text
from meritindex.numbers import quoted
from meritindex.scoring import Status

# A check of one value: its path, the value, and whatever is wrong with it.
_Check = Callable[[str, object], Iterator[Fault]]

# Python itself writes and reads no integer of more than 4,300 digits.
_LONGEST_NUMBER = 4000
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:/[1-9][0-9]*)?")
_LONGEST_KEY = 60
_PLACE = Text("rekaman", "record")


@attrs.frozen
class _Twice:
    """The value of a key that stands twice in one object."""


def read_record(record: bytes | str) -> tuple[dict[str, Any], bool]:
    """Return what a record says, and whether it is written in the canonical form.

    Raises:
        FileError: too large, or nested too deep.
        RecordError: no JSON, or not the form of a record; every fault has its path.
    """
    given = record if isinstance(record, bytes) else record.encode(errors="backslashreplace")
    if len(given) > files.MAX_BYTES:
        raise _refused(
            "record-too-large",
            Text("lebih besar dari {limit} byte", "larger than {limit} bytes").fill(
                limit=files.MAX_BYTES
            ),
        )
    data = _parsed(given)
    faults = list(_form(data))
    if faults:
        raise RecordError(faults)
    return data, canonical_bytes(data) == given


def _parsed(given: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds; its form is checked next
    try:
        text = given.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _refused(
            "record-encoding",
            Text("bukan teks UTF-8 (byte ke-{position})", "not UTF-8 text (byte {position})").fill(
                position=error.start + 1
            ),
        ) from None
    files.check_nesting("record.json", text)
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise _refused(
            "record-json",
            Text(
                "bukan JSON yang benar (baris {line}, kolom {column})",
                "it is not valid JSON (line {line}, column {column})",
            ).fill(line=error.lineno, column=error.colno),
        ) from None
    except ValueError:  # Python reads no integer of so many digits
        raise _refused(
            "record-json",
            Text("memuat angka yang terlalu panjang", "it has a number that is too long"),
        ) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        found[key] = _Twice() if key in found else value
    return found


def _refused(code: str, message: Text) -> RecordError:
    return RecordError(Fault(code=code, message=message, place=_PLACE))


def _form(data: object) -> Iterator[Fault]:
    """Yield what is wrong with a record; of another format, nothing but that."""
    version = data.get("format") if isinstance(data, dict) else None
    if isinstance(version, int) and version != FORMAT:
        message = Text(
            "rekaman berformat {value}; yang dapat dibaca: {allowed}",
            "the record has format {value}; what can be read: {allowed}",
        )
        yield _fault("record-format", message, "format", version, Text.same(str(FORMAT)))
        return
    yield from _RECORD("", data)


def _fault(code: str, message: Text, path: str, value: object, allowed: Text) -> Fault:
    shown = _shown(value)
    return Fault(
        code=code,
        message=message.fill(value=shown, allowed=allowed),
        place=Text.same(path) if path else _PLACE,
        value=shown,
        allowed=allowed,
    )


def _shown(value: object) -> str:
    """Return a value for a message; the inside of what is nested doesn't matter."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, dict):
        return "[object]"
    return "[list]" if isinstance(value, list) else quoted(value)


def _below(path: str, key: str) -> str:
    """Return the path of a key; in a file of others it may be anything."""
    shown = quoted(key, _LONGEST_KEY)[1:-1]
    return f"{path}.{shown}" if path else shown


def _leaf(expected: Text, accepts: Callable[[object], bool]) -> _Check:
    """Return the check of a value that holds no others."""
    message = Text(
        "{value} tidak dapat berada di sini; yang diterima: {allowed}",
        "{value} can't stand here; allowed: {allowed}",
    )

    def check(path: str, value: object) -> Iterator[Fault]:
        if isinstance(value, _Twice):
            yield _key_twice(path)
        elif not accepts(value):
            yield _fault("record-value", message, path, value, expected)

    return check


def _key_twice(path: str) -> Fault:
    message = Text("kunci ini ada lebih dari satu kali", "this key occurs more than once")
    return Fault(code="record-key-twice", message=message, place=Text.same(path))


def _one_of(values: Collection[str]) -> _Check:
    return _leaf(
        Text.same(", ".join(values)), lambda value: isinstance(value, str) and value in values
    )


def _or_null(check: _Check) -> _Check:
    def checked(path: str, value: object) -> Iterator[Fault]:
        if value is not None:
            yield from check(path, value)

    return checked


def _object_of(check: _Check) -> _Check:
    """Return the check of an object with any keys."""

    def checked(path: str, value: object) -> Iterator[Fault]:
        yield from _OBJECT(path, value)
        if isinstance(value, dict):
            for key, item in value.items():
                yield from check(_below(path, key), item)

    return checked


def _list_of(check: _Check) -> _Check:
    def checked(path: str, value: object) -> Iterator[Fault]:
        yield from _LIST(path, value)
        if isinstance(value, list):
            for place, item in enumerate(value):
                yield from check(f"{path}[{place}]", item)

    return checked


def _fields(**checks: _Check) -> _Check:
    """Return the check of an object with exactly these keys."""
    allowed = Text.same(", ".join(checks))
    missing = Text("kunci {value} tidak ada", "the key {value} is missing")
    unknown = Text(
        "kunci {value} tidak dikenal; yang diterima: {allowed}",
        "the key {value} is not known; allowed: {allowed}",
    )

    def checked(path: str, value: object) -> Iterator[Fault]:
        yield from _OBJECT(path, value)
        if isinstance(value, dict):
            for key, check in checks.items():
                if key in value:
                    yield from check(_below(path, key), value[key])
                else:
                    yield _fault("record-key-missing", missing, path, key, allowed)
            for key in value:
                if key not in checks:
                    yield _fault("record-key-unknown", unknown, path, key, allowed)

    return checked


_OBJECT = _leaf(Text("objek", "an object"), lambda value: isinstance(value, dict))
_LIST = _leaf(Text("daftar", "a list"), lambda value: isinstance(value, list))
_TEXT = _leaf(Text("teks", "a text"), lambda value: isinstance(value, str))
_BOOLEAN = _leaf(Text.same("true, false"), lambda value: isinstance(value, bool))
_INTEGER = _leaf(
    Text("bilangan bulat", "a whole number"),
    lambda value: isinstance(value, int) and not isinstance(value, bool),
)
_EXACT = _leaf(
    Text('pecahan sebagai teks, misalnya "653/2"', 'a fraction as text, such as "653/2"'),
    lambda value: (
        isinstance(value, str)
        and len(value) <= _LONGEST_NUMBER
        and _NUMBER.fullmatch(value) is not None
    ),
)
_STANDING = _one_of([standing.value for standing in Standing])

_RECORD = _fields(
    format=_INTEGER,
    library=_fields(name=_TEXT, version=_TEXT),
    instrument=_fields(id=_TEXT, fingerprint=_TEXT),
    weighting=_fields(
        kind=_one_of(["stated", "equal-remainder", "given"]),
        given=_or_null(
            _fields(
                weights=_list_of(_fields(code=_TEXT, value=_EXACT)),
                source=_or_null(_TEXT),
                standing=_or_null(_STANDING),
            )
        ),
        weights=_object_of(_fields(value=_EXACT, standing=_STANDING, sources=_list_of(_TEXT))),
    ),
    missing=_or_null(_one_of([policy.value for policy in MissingPolicy])),
    agency=_fields(
        name=_TEXT,
        code=_or_null(_TEXT),
        kind=_or_null(_one_of([kind.value for kind in AgencyKind])),
        province=_or_null(_TEXT),
    ),
    year=_or_null(_INTEGER),
    date=_or_null(_TEXT),
    stage=_or_null(_one_of([stage.value for stage in Stage])),
    synthetic=_BOOLEAN,
    answers=_fields(
        levels=_object_of(_INTEGER),
        gates=_object_of(_TEXT),
        derived_gates=_object_of(_TEXT),
        measures=_object_of(_EXACT),
        points=_object_of(_EXACT),
        standing=_or_null(_STANDING),
        standings=_object_of(_STANDING),
        states=_object_of(_one_of([state.value for state in AnswerState])),
        evidence=_object_of(_TEXT),
    ),
    result=_fields(
        total=_or_null(_EXACT),
        exact=_BOOLEAN,
        band=_or_null(_TEXT),
        band_standing=_or_null(_STANDING),
        standing=_STANDING,
        dimensions=_object_of(
            _fields(
                points=_or_null(_EXACT),
                exact=_BOOLEAN,
                band=_or_null(_TEXT),
                status=_one_of([status.value for status in Status]),
                standing=_STANDING,
            )
        ),
        derived=_object_of(_EXACT),
        missing=_list_of(_TEXT),
    ),
    checksum=_TEXT,
)
