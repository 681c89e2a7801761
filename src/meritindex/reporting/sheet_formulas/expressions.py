"""Expressions of a spreadsheet, written so that Excel and LibreOffice read them alike.

An expression is a text without the `=` in front. A logical one may be `TRUE` or `FALSE` outright,
and what is decided already is left out of what is built of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

TRUE, FALSE = "TRUE", "FALSE"

# Functions take 255 arguments in Excel.
_MOST_ARGUMENTS = 200
_CALL = re.compile(r"[A-Z]*\(")
_ATOM = re.compile(r"(?:'[^']*'!)?[$\w.]+")


def text(value: str) -> str:
    """Return a text as a formula names it.

    Examples:
        >>> text('a "b" c')
        '"a ""b"" c"'
    """
    return '"' + value.replace('"', '""') + '"'


def negated(condition: str) -> str:
    """Return the opposite of a condition."""
    if condition in {TRUE, FALSE}:
        return FALSE if condition == TRUE else TRUE
    return f"NOT({condition})"


def all_of(conditions: Iterable[str]) -> str:
    """Return the condition that all of these hold.

    Examples:
        >>> all_of(["A1>0", "TRUE"]), all_of(["A1>0", "B1>0"]), all_of(["A1>0", "FALSE"])
        ('A1>0', 'AND(A1>0,B1>0)', 'FALSE')
    """
    return _joined("AND", conditions, TRUE, FALSE)


def any_of(conditions: Iterable[str]) -> str:
    """Return the condition that one of these holds at least."""
    return _joined("OR", conditions, FALSE, TRUE)


def either(condition: str, yes: str, no: str) -> str:
    """Return one of two expressions, by a condition."""
    if condition in {TRUE, FALSE}:
        return yes if condition == TRUE else no
    return yes if yes == no else f"IF({condition},{yes},{no})"


def total(terms: Iterable[tuple[int, str]], constant: int = 0) -> str:
    """Return the sum of expressions times factors, and of a constant.

    Examples:
        >>> total([(1, "A1"), (-3, "B1"), (0, "C1")], 2)
        'A1-3*B1+2'
    """
    summands = [(factor, term) for factor, term in terms if factor]
    if len(summands) == 1 and summands[0][0] == 1 and not constant:
        return summands[0][1]
    parts = []
    for factor, term in summands:
        sign, size = ("-" if factor < 0 else "+"), abs(factor)
        parts.append(sign + ("" if size == 1 else f"{size}*") + bracketed(term))
    if constant or not parts:
        parts.append(f"{constant:+d}")
    return "".join(parts).removeprefix("+")


def bracketed(expression: str) -> str:
    """Return an expression in brackets, unless it is one cell, number, function or bracket."""
    return expression if _is_one(expression) else f"({expression})"


def _is_one(expression: str) -> bool:
    if _ATOM.fullmatch(expression):
        return True
    if not _CALL.match(expression):
        return False
    depth = 0
    for place, mark in enumerate(expression, 1):
        depth += (mark == "(") - (mark == ")")
        if depth == 0 and mark == ")":
            return place == len(expression)
    return False


def least(expressions: Sequence[str]) -> str:
    """Return the least of several numbers."""
    return _extreme("MIN", expressions)


def greatest(expressions: Sequence[str]) -> str:
    """Return the greatest of several numbers."""
    return _extreme("MAX", expressions)


def _extreme(function: str, expressions: Sequence[str]) -> str:
    if len(expressions) == 1:
        return expressions[0]
    if len(expressions) > _MOST_ARGUMENTS:
        expressions = [_extreme(function, part) for part in _parts(expressions)]
    return f"{function}({','.join(expressions)})"


def _joined(function: str, conditions: Iterable[str], neutral: str, deciding: str) -> str:
    left = [condition for condition in conditions if condition != neutral]
    if deciding in left:
        return deciding
    if len(left) > _MOST_ARGUMENTS:
        left = [f"{function}({','.join(part)})" for part in _parts(left)]
    if len(left) > 1:
        return f"{function}({','.join(left)})"
    return left[0] if left else neutral


def _parts(expressions: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(expressions), _MOST_ARGUMENTS):
        yield expressions[start : start + _MOST_ARGUMENTS]
