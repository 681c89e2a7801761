"""Reading the measures that come with an array of levels: each distinct value once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NumberColumn
from meritindex.assessment.values import is_empty, more_faults, read_measure
from meritindex.definition import Instrument, Measure
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.numbers import quoted
from meritindex.scoring.level_checks import LISTED_FAULTS, row_place

# A number for each row: texts, ints, Fractions, floats, or None; or an array of numbers.
Values = Sequence[object] | npt.NDArray[Any]


def read_measures(
    instrument: Instrument, count: int, given: Mapping[str, Values]
) -> tuple[tuple[NumberColumn, ...], list[Fault]]:
    """Read the measures of `count` rows.

    Args:
        instrument: whose measures they are.
        count: how many rows there are.
        given: by code, a number for each row, or None or NaN; a measure that is absent is missing.

    Returns:
        One column for each measure of the instrument, and what is wrong with the values.

    Raises:
        TypeError: there are more or fewer values than rows.
    """
    codes = [measure.code for measure in instrument.measures]
    faults = [_unknown(code, codes) for code in given if code not in codes]
    columns = []
    for measure in instrument.measures:
        cells = given.get(measure.code)
        if cells is None:
            columns.append(NumberColumn.empty(count))
            continue
        if len(cells) != count:
            raise TypeError(f"{measure.code} must have {count} values, not {len(cells)}")
        column, found = _read_column(measure, cells)
        columns.append(column)
        faults += found
    return tuple(columns), faults


def _read_column(measure: Measure, cells: Values) -> tuple[NumberColumn, list[Fault]]:
    distinct, places = _distinct(cells)
    read = [None if is_empty(cell) else read_measure(measure, cell) for cell in distinct]
    integers = [value if isinstance(value, int) else None for value in read]
    wrong = np.array([isinstance(value, Fault) for value in read], dtype=np.bool_)
    rows = np.flatnonzero(wrong[places])
    faults = [
        attrs.evolve(fault, place=row_place(int(row)))
        for row in rows[:LISTED_FAULTS]
        if isinstance(fault := read[places[row]], Fault)
    ]
    return NumberColumn.of(integers).rows(places), faults + more_faults(len(rows) - len(faults))


def _distinct(cells: Values) -> tuple[Values, npt.NDArray[np.intp]]:
    """Return the distinct values, and the place of each cell's value among them."""
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu":
        values, places = np.unique(cells, return_inverse=True)
        return values, places.reshape(-1)
    # 1, 1.0 and True are equal as keys, so the type is part of the key.
    place_of: dict[tuple[type[Any], object], int] = {}
    try:
        found = [place_of.setdefault((type(cell), cell), len(place_of)) for cell in cells]
    except TypeError:  # something that is no key, and no number either: a list, say
        return cells, np.arange(len(cells), dtype=np.intp)
    return [cell for _, cell in place_of], np.array(found, dtype=np.intp)


def _unknown(code: str, codes: Sequence[str]) -> Fault:
    allowed = ", ".join(codes) or "-"
    return Fault(
        code="measure-unknown",
        message=Text(
            "{code} bukan ukuran dari instrumen ini; yang ada: {allowed}",
            "{code} is not a measure of this instrument; there are: {allowed}",
        ).fill(code=quoted(code), allowed=allowed),
        item=code,
        value=code,
        allowed=Text.same(allowed),
    )
