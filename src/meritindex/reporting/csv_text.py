"""Rows as CSV text, in the way of all results: plain decimals, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction

from meritindex.assessment.formulas import escaped
from meritindex.numbers import decimal_text, exact_text
from meritindex.scoring import ScoreTable

Value = str | int | Fraction | bool | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return rows under a header as CSV text.

    Texts that a spreadsheet would run as a formula begin with an apostrophe; a fraction is a
    decimal of 6 places with a point, a truth `yes` or `no`, and what is not known is empty.

    Args:
        header: the names of the columns.
        rows: a cell for each of them.

    Examples:
        >>> from fractions import Fraction
        >>> print(csv_text(("name", "points"), [("=A1", Fraction(-1, 3)), ("b", None)]), end="")
        name,points
        '=A1,-0.333333
        b,
    """
    return lines_of([header, *([_cell(value) for value in row] for row in rows)])


def lines_of(rows: Iterable[Iterable[object]]) -> str:
    """Return finished cells as CSV text, as they are."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, str):
        return escaped(value)
    return "" if value is None else str(value)


def exact_cell(value: Fraction | None) -> str | None:
    """Return a number exactly, as the cell beside its decimal; `None` where it is not known."""
    return None if value is None else exact_text(value)


# Behind the cells of a row: what the row was made from, and how firmly that is known.
PREMISES = ("standing", "synthetic", "instrument", "weighting")


def premises(table: ScoreTable) -> tuple[Value, ...]:
    """Return the cells of `PREMISES`."""
    return table.standing.value, table.synthetic, table.instrument.id, table.weighting.name
