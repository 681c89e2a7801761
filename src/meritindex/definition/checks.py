"""How a definition that makes no sense is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Columns of an assessment file that are not codes of an instrument.
RESERVED_CODES = frozenset({"agency", "code", "year", "stage", "synthetic", "total"})


def fault(code: str, message: Text, item: str | None = None) -> Fault:
    """Return a fault of a definition; its place is the node it is about."""
    return Fault(
        code=code, message=message, item=item, place=None if item is None else Text.same(item)
    )


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
            ).fill(code=repr(code), reserved=", ".join(sorted(RESERVED_CODES))),
            code,
        )
    ]


def check_distinct(codes: Iterable[str], what: Text, item: str | None = None) -> list[Fault]:
    """Check that no code stands twice."""
    return [
        fault(
            "code-twice",
            Text("{what} {code} ada {count} kali", "{what} {code} stands {count} times").fill(
                what=what, code=code, count=count
            ),
            item or code,
        )
        for code, count in Counter(codes).items()
        if count > 1
    ]
