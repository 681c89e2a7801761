"""CSV and JSON texts made to do harm, by what must be said of each."""

from __future__ import annotations

import json
from collections.abc import Callable

HEADER = "agency,a1q1\n"


def csv(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """Return what builds a CSV file."""
    return lambda: text.encode(encoding)


def answers(agency: str = "BKN", **answered: object) -> Callable[[], bytes]:
    """Return what builds a JSON file of one assessment."""
    return lambda: json.dumps([{"agency": agency, **answered}]).encode()


def written(value: str) -> Callable[[], bytes]:
    """Return what builds a JSON file in which this stands for an answer."""
    text = f'[{{"agency": "BKN", "a1q1": {value}}}]'
    return text.encode


CSV_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "UTF-16 without a mark": (csv(HEADER + "BKN,3\n", "utf-16-le"), "csv-nul"),
    "UTF-32": (csv(HEADER + "BKN,3\n", "utf-32"), "file-encoding"),
    "Latin-1": (csv(HEADER + "Lembaga Café,3\n", "latin-1"), "file-encoding"),
    "UTF-7": (csv(HEADER + "+ADw-script+AD4-,3\n", "ascii"), ""),
    "overlong UTF-8": (lambda: HEADER.encode() + b"\xc0\xaf..,3\n", "file-encoding"),
    "NULs": (csv(HEADER + "BKN\0,3\n"), "csv-nul"),
    "a workbook": (lambda: b"PK\x03\x04" + b"x" * 99, "file-workbook"),
    "a million columns": (csv("agency," + "x," * 1_000_000 + "\nBKN\n"), "columns-too-many"),
    "quotes without end": (csv(HEADER + '"' + "BKN,3\n" * 10), "csv-quotes"),
    "a cell without end": (csv(HEADER + "x" * 200_000 + ",3\n"), "csv-cell-too-long"),
    "a number without end": (csv(HEADER + f"BKN,{'9' * 100_000}\n"), "level-not-allowed"),
    "full-width digits": (csv(HEADER + "BKN,\uff13\n"), "level-not-allowed"),
    "no number": (csv(HEADER + "BKN,nan\n"), "level-not-allowed"),
    "an infinity": (csv(HEADER + "BKN,inf\n"), "level-not-allowed"),
    "a fraction by zero": (csv(HEADER + "BKN,1/0\n"), "level-not-allowed"),
    "an exponent": (csv(HEADER + "BKN,1e999999999\n"), "level-not-allowed"),
    "a year without end": (csv(f"agency,year\nBKN,{'9' * 5_000}\n"), "year-not-allowed"),
    "escapes of a terminal": (csv(HEADER + "BKN\x1b]0;x\x07,3\n"), "agency-name-characters"),
    "a name turned round": (csv(HEADER + "BKN \u202egnipahs\u202c,3\n"), "agency-name-characters"),
    "a name without end": (csv(HEADER + "BKN " * 9_999 + ",3\n"), "agency-name-too-long"),
    "a column by the name of a path": (csv("agency,../../etc/passwd\nBKN,3\n"), "column-unknown"),
    "a column of markup": (csv("agency,<script>alert(1)</script>\nBKN,3\n"), "column-unknown"),
}

JSON_CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "half a pair": (answers("BKN \ud800"), "agency-name-characters"),
    "half a pair for a key": (lambda: b'[{"agency": "BKN", "\\ud800": 1}]', "column-unknown"),
    "half a pair for evidence": (
        lambda: b'[{"agency": "BKN", "a1q1.evidence": "\\udfff"}]',
        "text-not-allowed",
    ),
    "deep lists": (lambda: b"[" * 100_000, "file-nesting"),
    "deep objects": (lambda: b'{"a":' * 100_000, "file-nesting"),
    "a number without end": (written("9" * 100_000), "level-not-allowed"),
    "no number": (written("NaN"), "json-value-not-allowed"),
    "an infinity": (written("-Infinity"), "json-value-not-allowed"),
    "an exponent": (written("1e999999999"), "level-not-allowed"),
    "a list for an answer": (written("[3]"), "json-value-not-allowed"),
    "an object for an answer": (
        written('{"$ref": "file:///etc/passwd"}'),
        "json-value-not-allowed",
    ),
    "a truth value": (written("true"), "level-not-allowed"),
    "a key twice": (lambda: b'[{"agency": "BKN", "a1q1": 1, "a1q1": 4}]', "json-key-twice"),
    "a prototype": (answers(__proto__="x"), "column-unknown"),
    "a list for a name": (lambda: b'[{"agency": ["BKN"]}]', "json-value-not-allowed"),
    "no JSON": (lambda: b"<script>alert(1)</script>", "json-invalid"),
    "a program": (lambda: b"__import__('os').system('x')", "json-invalid"),
    "UTF-16 without a mark": (lambda: '[{"agency": "BKN"}]'.encode("utf-16-le"), "json-invalid"),
    "another list": (lambda: b"[[[]]]", "json-not-an-object"),
}
