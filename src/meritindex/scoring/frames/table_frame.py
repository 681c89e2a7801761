"""A score table as a data frame: points as floats to look at, and the total as exact text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from meritindex.assessment.frames.library import narwhals
from meritindex.definition import Standing
from meritindex.extras import needing
from meritindex.language import Text
from meritindex.numbers import exact_text
from meritindex.scoring.column import ExactColumn, worth
from meritindex.scoring.taking import mapped

if TYPE_CHECKING:
    from meritindex.scoring.table import ScoreTable

BACKENDS = ("pandas", "polars", "pyarrow")

# What pandas calls its types that have a null of their own.
_PANDAS = {"String": "string", "Int64": "Int64", "Float64": "Float64", "Boolean": "bool"}
_FIRMNESS = tuple(item.value for item in sorted(Standing, key=lambda item: item.firmness))

# The name of a column, the name of its type in narwhals, and its cells.
Column = tuple[str, str, list[Any]]


def table_frame(table: ScoreTable, backend: str) -> Any:  # noqa: ANN401 - any data frame
    """Return a table as a data frame; see `ScoreTable.to_frame`."""
    if backend not in BACKENDS:
        raise ValueError(f"backend must be one of {', '.join(BACKENDS)}, not {backend!r}")
    nw = narwhals()
    columns = list(_columns(table))
    cells = {name: values for name, _, values in columns}
    kinds = {name: kind for name, kind, _ in columns}
    with needing("frames", Text("Data frame", "A data frame")):
        if backend == "pandas":
            # Its default types turn integers into floats where something is missing.
            native = nw.from_dict(cells, backend=backend).to_native()
            frame = nw.from_native(
                native.astype({name: _PANDAS[kind] for name, kind in kinds.items()})
            )
        else:
            schema = {name: getattr(nw, kind) for name, kind in kinds.items()}
            frame = nw.from_dict(cells, schema=schema, backend=backend)
    if backend != "pyarrow":  # it has no order of categories
        frame = frame.with_columns(
            nw.col(name).cast(nw.Enum(names)) for name, names in _categories(table).items()
        )
    return frame.to_native()


def _columns(table: ScoreTable) -> Iterator[Column]:
    facts = table.assessments.facts
    agencies = table.agencies
    kinds = [None if agency.kind is None else agency.kind.value for agency in agencies]
    yield "agency", "String", [agency.name for agency in agencies]
    yield "code", "String", [agency.code for agency in agencies]
    yield "kind", "String", kinds
    yield "province", "String", [agency.province for agency in agencies]
    yield "year", "Int64", [fact.year for fact in facts]
    yield "stage", "String", [None if fact.stage is None else fact.stage.value for fact in facts]
    yield "synthetic", "Boolean", [fact.synthetic for fact in facts]
    yield "total", "Float64", _floats(table.totals)
    yield "total_exact", "String", _texts(table.totals)
    yield "band", "String", list(table.bands)
    yield "rank", "Int64", list(table.ranks)
    yield "standing", "String", [standing.value for standing in table.standings]
    for code, column in table.dimensions.items():
        yield code, "Float64", _floats(column)


def _categories(table: ScoreTable) -> dict[str, list[str]]:
    """Return the names that columns of categories may hold, in their order."""
    bands = table.instrument.root.bands
    found = {"standing": list(_FIRMNESS)}
    if bands is not None:
        found["band"] = [band.name.id for band in bands]
    return found


def _floats(column: ExactColumn) -> list[float | None]:
    floats = column.to_floats().tolist()
    if column.known.all():
        return list(floats)
    known = column.known.tolist()
    return [value if there else None for value, there in zip(floats, known, strict=True)]


def _texts(column: ExactColumn) -> list[str | None]:
    """Return the numbers as exact texts, each distinct one written once."""
    unit = Fraction(1, column.denominator)
    texts = mapped(column.numerators, lambda number: exact_text(worth(number, unit))).tolist()
    known = column.known.tolist()
    return [text if there else None for text, there in zip(texts, known, strict=True)]
