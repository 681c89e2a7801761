"""Reading assessments from a data frame of any library: the cells of a file, without the file.

Nothing is judged here but what no file can hold. Numbers go to the builder by their distinct
values, so that a million rows of levels don't become a million objects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from meritindex.assessment.building import (
    Cells,
    RawRows,
    build,
    check_columns,
    column_name,
    instrument_of,
)
from meritindex.assessment.coded import CodedCells
from meritindex.assessment.frames.library import narwhals
from meritindex.assessment.many import AssessmentSet
from meritindex.assessment.values import make_fault
from meritindex.definition import Instrument
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text, listed
from meritindex.numbers import quoted

# What a cell of an object column may hold.
_CELLS = (str, int, float, np.number, np.bool_, Decimal, Fraction, dt.date)
# Libraries that can hold what comes by the Arrow protocol.
_HOLDERS = ("pyarrow", "polars")
_FRAME = Text("data frame", "the data frame")
_LONGEST_COLUMN = 60

RowFault = tuple[int, int, Fault]


def read_frame(
    frame: Any,  # noqa: ANN401 - any data frame
    instrument: Instrument | str = "ism-2026",
    *,
    leave_out_faulty: bool = False,
) -> AssessmentSet:
    """Read the assessments of a data frame.

    The columns are those of `template` and `read_assessments`: `agency` or `code`, `year` (or a
    date), `stage`, answers by their codes, in any case. None, NaN, NA, NaT and blank texts are not
    answered. Levels may be integers, floats without decimals, or texts; a float is read by its
    shortest decimal; categories by their values. A truth value is an answer to `synthetic` alone.

    Args:
        frame: of pandas, polars or pyarrow, or anything that hands over Arrow data
            (`__arrow_c_stream__`). It is in memory: a lazy frame is to be collected, or scored
            where it is by `ScoringPlan.score_frame`. The index of a frame of pandas is not read.
        instrument: what was answered, or the id of a catalog instrument.
        leave_out_faulty: keep the rows without fault; those of the others are in `left_out`.

    Raises:
        AssessmentError: columns or rows with faults; every one is listed, with its row, counted
            from 0, and its column.
        UnknownNameError: the catalog has no such instrument.
        TypeError: this is no data frame, or a lazy one.
        MissingExtraError: narwhals is not installed (extra `frames`).

    Examples:
        >>> # needs: narwhals, polars
        >>> import meritindex as mi, polars as pl
        >>> answers = pl.DataFrame({"agency": ["Kota Malang"], "a1q1": [3], "a1q2": [5]})
        >>> mi.read_frame(answers)
        Traceback (most recent call last):
        ...
        meritindex.errors.AssessmentError: row 0, column a1q2: 5 is not a level of a1q2; ...
    """
    rules = instrument_of(instrument)
    return build(rules, rows_from_frame(rules, _eager(frame)), leave_out_faulty=leave_out_faulty)


def _eager(frame: Any) -> Any:  # noqa: ANN401 - any data frame, and one of narwhals
    """Return a data frame in memory as one of narwhals."""
    nw = narwhals()
    try:
        return nw.from_native(frame, eager_only=True)
    except nw.exceptions.DuplicateError:
        message = Text("ada nama kolom yang berulang", "a name of a column occurs more than once")
        raise AssessmentError(make_fault("column-twice", message, place=_FRAME)) from None
    except TypeError:
        if not hasattr(frame, "__arrow_c_stream__"):
            raise TypeError(
                "read_frame takes a data frame in memory (of pandas, polars or pyarrow, or with "
                f"__arrow_c_stream__), not {type(frame).__module__}.{type(frame).__qualname__}; "
                "collect a lazy one, or score it where it is by ScoringPlan.score_frame"
            ) from None
    for holder in _HOLDERS:
        try:
            return nw.from_arrow(frame, backend=holder)
        except ModuleNotFoundError:
            continue
    raise TypeError(f"Arrow data need one of {', '.join(_HOLDERS)}, which are not installed")


def rows_from_frame(instrument: Instrument, frame: Any) -> RawRows:  # noqa: ANN401 - of narwhals
    """Return the rows of a data frame.

    Raises:
        AssessmentError: columns that are unknown, occur twice, are missing, or are of a type of
            which no cell can be read; no rows.
    """
    given = list(frame.columns)
    columns = [column_name(instrument, str(name)) for name in given]
    faults = check_columns(instrument, columns, lambda _column: _FRAME)
    faults += [
        make_fault("column-type", _COLUMN_TYPE, place=_FRAME, item=name, value=quoted(str(kind)))
        for name, kind in frame.schema.items()
        if kind.is_nested()
    ]
    if not len(frame):
        message = Text("tidak ada baris", "there are no rows")
        faults.append(make_fault("no-rows", message, place=_FRAME))
    if faults:
        raise AssessmentError(faults)
    strange: list[RowFault] = []
    cells: dict[str, Cells] = {}
    for position, (name, column) in enumerate(zip(given, columns, strict=True)):
        cells[column] = _cells(frame[name])
        if frame.schema[name] == narwhals().Object:
            cells[column] = _plain(cells[column], position, column, strange)
    return RawRows(count=len(frame), columns=cells, place=place_in_frame, faults=strange)


def place_in_frame(row: int, column: str | None) -> Text:
    """Say where a cell of a data frame is; rows are counted from 0."""
    parts = [Text(f"baris {row}", f"row {row}")]
    if column is not None:
        shown = quoted(column, _LONGEST_COLUMN)[1:-1]
        parts.append(Text(f"kolom {shown}", f"column {shown}"))
    return listed(parts)


def _cells(series: Any) -> Cells:  # noqa: ANN401 - of narwhals
    """Return the cells of a column, None where nothing stands."""
    empty = np.asarray(series.is_null().to_numpy(), dtype=np.bool_)
    kind = series.dtype
    # numpy has no integers of 128 bits.
    wide = kind in (narwhals().Int128, narwhals().UInt128)
    if (kind.is_integer() or kind.is_float()) and not wide:
        filled = series.fill_null(0) if empty.any() else series
        return CodedCells.of(np.asarray(filled.to_numpy()), empty)
    cells: Sequence[object] = series.to_list()
    if not empty.any():
        return cells
    return [None if gone else cell for cell, gone in zip(cells, empty.tolist(), strict=True)]


def _plain(cells: Cells, position: int, column: str, strange: list[RowFault]) -> Cells:
    """Return cells without those that no file can hold, of which faults are noted."""
    found = list(cells)
    for row, fault in _strange(found, column):
        strange.append((row, position, fault))
        found[row] = None
    return found


def _strange(cells: Sequence[object], column: str) -> Iterator[tuple[int, Fault]]:
    for row, cell in enumerate(cells):
        if cell is not None and not isinstance(cell, _CELLS):
            fault = make_fault(
                "frame-value-not-allowed",
                Text(
                    "{value} tidak dapat menjadi isi {item}; yang diterima: {allowed}",
                    "{value} can't be the content of {item}; allowed: {allowed}",
                ),
                place=place_in_frame(row, column),
                item=column,
                value=f"[{type(cell).__name__}]",
                allowed=Text(
                    "teks, angka, tanggal, atau kosong", "a text, number, date or nothing"
                ),
            )
            yield row, fault


_COLUMN_TYPE = Text(
    "kolom {item} bertipe {value}, yang selnya bukan teks atau angka",
    "the column {item} is of type {value}, whose cells are neither texts nor numbers",
)
