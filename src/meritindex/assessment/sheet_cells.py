"""From what a cell of a workbook holds to what is read from it, or the fault of a cell with none.

Whether the value is one that the instrument allows is judged where all answers are.
"""

from __future__ import annotations

import datetime as dt

from meritindex.assessment.values import make_fault, not_a_text
from meritindex.assessment.workbooks import CellError, Content, Formula, Percentage, Plain
from meritindex.definition import Dimension, Instrument, Measure
from meritindex.errors import Fault, NumberError
from meritindex.language import Text
from meritindex.numbers import localized, parse_number, quoted, shortest_text

_VALUE_ITSELF = Text("nilainya sendiri", "the value itself")
# Columns that hold free texts.
_TEXTS = (".evidence", ".link")


def cell_value(instrument: Instrument, column: str, content: Content) -> object | Fault:
    """Return what a cell holds, as a reader of any file hands it over.

    A cell that is computed has no value: the file holds only what it showed when it was last
    computed, by whatever program, from cells that may have changed since. A number shown in percent
    is taken where the largest value is 1, so that 85% is 0.85; elsewhere nobody knows what it is
    a percentage of. A number or day in a cell for a text is that text.

    Args:
        instrument: whose codes the columns are named by.
        column: the name of the column.
        content: what the cell holds.
    """
    if isinstance(content, Formula):
        return make_fault(
            "cell-formula",
            Text(
                "sel berisi rumus; yang diterima: {allowed} (salin, lalu tempel sebagai nilai)",
                "the cell has a formula; allowed: {allowed} (copy it and paste it as a value)",
            ),
            item=column,
            allowed=_VALUE_ITSELF,
        )
    if isinstance(content, CellError):
        return make_fault(
            "cell-error",
            Text(
                "sel menunjukkan kesalahan {value}; yang diterima: {allowed}",
                "the cell shows the error {value}; allowed: {allowed}",
            ),
            item=column,
            value=quoted(content.text)[1:-1],
            allowed=_VALUE_ITSELF,
        )
    if isinstance(content, Percentage):
        if _is_share(instrument, column):
            return content.number
        return _in_percent(column, content.number)
    return _as_text(column, content) if column.endswith(_TEXTS) else content


def shown_content(content: Content) -> str:
    """Return what a cell holds as a text, for a header or a message."""
    if isinstance(content, Formula):
        return "=…"
    if isinstance(content, CellError):
        return content.text
    if isinstance(content, Percentage):
        return f"{content.number!r} × 100%"
    return str(content)


def merged_fault(column: str) -> Fault:
    """Return the fault of a cell that vanished when cells were merged."""
    return make_fault(
        "cell-merged",
        Text(
            "sel digabungkan dengan sel lain, sehingga isinya tidak jelas; pisahkan selnya",
            "the cell is merged with others, so that what it holds is not clear; unmerge it",
        ),
        item=column,
        allowed=Text("sel tersendiri", "a cell of its own"),
    )


def _is_share(instrument: Instrument, column: str) -> bool:
    """Say whether a column holds numbers of which the largest is 1."""
    node = next((node for node in instrument.nodes if node.code == column), None)
    if isinstance(node, Measure):
        return node.maximum <= 1
    return isinstance(node, Dimension) and instrument.entry_range(node)[1] <= 1


def _in_percent(column: str, number: float) -> Fault:
    try:
        exact = parse_number(number)
    except NumberError:
        shown, allowed = shown_content(Percentage(number)), Text("angka biasa", "a plain number")
    else:
        plain = shortest_text(exact * 100)
        shown = f"{plain}%"
        allowed = Text(
            f"{localized(plain, 'id')} atau {localized(shortest_text(exact), 'id')} dengan format "
            "angka biasa",
            f"{plain} or {shortest_text(exact)} in the format of a plain number",
        )
    return make_fault(
        "number-in-percent",
        Text(
            "{value} ditulis dalam persen; tulis {allowed}",
            "{value} is written in percent; write {allowed}",
        ),
        item=column,
        value=shown,
        allowed=allowed,
    )


def _as_text(column: str, content: Plain) -> str | Fault | None:
    """Return a number or a day in a cell for a text as that text."""
    if isinstance(content, dt.date | dt.time):
        return content.isoformat()
    if isinstance(content, bool):
        return not_a_text(column, content)
    return str(content) if isinstance(content, int | float) else content
