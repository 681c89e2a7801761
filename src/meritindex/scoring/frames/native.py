"""What has to be done by hand in pandas and Dask: numbers that may be missing, as real integers.

Columns of numpy turn into floats where something is missing, and a cast of one to integers fails.
Their methods are called here; nothing is imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.frames.checking import Form, Frame

_TYPES = {Form.INTEGER: "Int64", Form.NUMBER: "Float64"}


def keeps_floats(frame: Frame) -> bool:
    """Whether the columns of a frame are those of pandas, which casts them in its own ways."""
    implementation = frame.implementation
    return bool(implementation.is_pandas_like() or implementation.is_dask())


def with_numbers(frame: Frame, forms: Mapping[str, Form], names: Mapping[str, str]) -> Frame:
    """Return a frame with the columns of numbers under other names, nulls where they are empty.

    Args:
        frame: what is scored.
        forms: in what the columns hold their answers.
        names: what each column is called afterwards.
    """
    nw = narwhals()
    if keeps_floats(frame):
        native = frame.to_native()
        columns = {
            names[code]: native[code].astype(_TYPES[form])
            for code, form in forms.items()
            if form in _TYPES
        }
        return nw.from_native(native.assign(**columns))
    columns = {}
    for code, form in forms.items():
        if form is Form.INTEGER:
            columns[names[code]] = nw.col(code)
        elif form is Form.NUMBER:
            number = nw.col(code).cast(nw.Float64)
            columns[names[code]] = nw.when(~number.is_nan()).then(number)
    return frame.with_columns(**columns)


def with_integers(frame: Frame, names: Sequence[str]) -> Frame:
    """Return a frame of which these columns are integers, also where some are missing."""
    nw = narwhals()
    if keeps_floats(frame):
        return nw.from_native(frame.to_native().astype(dict.fromkeys(names, "Int64")))
    return frame
