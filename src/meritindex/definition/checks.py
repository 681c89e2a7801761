"""How a definition that makes no sense is refused, and how its fields are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text
from meritindex.numbers import quoted

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Columns of an assessment file that are not codes of an instrument.
RESERVED_CODES = frozenset({"agency", "code", "year", "stage", "synthetic", "total"})


# No code that is accepted is longer; what is longer is shown by its beginning.
_LONGEST_CODE = 40
# How many codes one fault names.
_MOST_CODES = 20


def as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values of a field that holds several as a tuple.

    Raises:
        TypeError: they are one text, which would fall into its letters.
    """
    if isinstance(values, str):
        message = f"expected several values, not the text {quoted(values)}"
        raise TypeError(message)
    return tuple(values)


def shown_code(code: str) -> str:
    """Return a code as it can be shown: anything but a short, printable text is quoted and cut."""
    return code if len(code) <= _LONGEST_CODE and code.isprintable() else quoted(code)


def shown_codes(codes: Iterable[str]) -> str:
    """Return codes one after the other as they can be shown, cut where there are many."""
    first = [shown_code(code) for code in islice(codes, _MOST_CODES + 1)]
    return ", ".join([*first[:_MOST_CODES], "…"] if len(first) > _MOST_CODES else first)


def fault(code: str, message: Text, item: str | None = None) -> Fault:
    """Return a fault of a definition; its place is the node it is about."""
    shown = None if item is None else shown_code(item)
    place = None if shown is None else Text.same(shown)
    return Fault(code=code, message=message, item=shown, place=place)


def refuse(code: str, message: Text, item: str | None = None) -> DefinitionError:
    """Return the error for a single fault."""
    return DefinitionError(fault(code, message, item))


def check_code(code: str) -> list[Fault]:
    """Check that `code` can name a node and a column."""
    if CODE.fullmatch(code) and code not in RESERVED_CODES:
        return []
    return [
        fault(
            "code-not-allowed",
            Text(
                "kode {code} tidak diterima: huruf kecil a-z, angka dan garis bawah, paling "
                "panjang 40, bukan salah satu dari {reserved}",
                "the code {code} is not allowed: small letters a-z, digits and underscores, at "
                "most 40 long, none of {reserved}",
            ).fill(code=quoted(code), reserved=", ".join(sorted(RESERVED_CODES))),
            code,
        )
    ]


def check_distinct(codes: Iterable[str], what: Text, item: str | None = None) -> list[Fault]:
    """Check that no code stands twice."""
    return [
        fault(
            "code-twice",
            Text("{what} {code} ada {count} kali", "{what} {code} occurs {count} times").fill(
                what=what, code=shown_code(code), count=count
            ),
            item or code,
        )
        for code, count in Counter(codes).items()
        if count > 1
    ]
