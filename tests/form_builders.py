"""Filled forms made by hand through the layout, as a person's program would save them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from meritindex.assessment import Assessment
from meritindex.assessment.forms.layout import (
    FORMAT,
    HIDDEN_FACTS,
    HIDDEN_SHEET,
    gate_words,
    kind_words,
    layout,
    stage_words,
    state_words,
)
from meritindex.assessment.values import AnswerState
from meritindex.definition import AgencyKind, Instrument, Stage
from meritindex.language import Language
from workbook_builders import packed, parts_of, sheet

Cells = dict[str, dict[int, dict[int, object]]]


def form_cells(
    instrument: Instrument, values: Mapping[str, object], language: Language = "id"
) -> Cells:
    """Return the cells of a form by sheet, row and column.

    Args:
        instrument: whose form it is.
        values: what is typed, by the names of `FormLayout.typed`.
        language: of the form.
    """
    places = layout(instrument, language)
    facts = (FORMAT, instrument.id, instrument.fingerprint, language)
    cells: Cells = {place.sheet: {} for place in places.typed.values()}
    cells[HIDDEN_SHEET] = {
        row: {1: name, 2: value}
        for row, (name, value) in enumerate(zip(HIDDEN_FACTS, facts, strict=True), 1)
    }
    for code, place in places.code_cells.items():
        cells[place.sheet].setdefault(place.row, {})[place.column] = code
    for name, value in values.items():
        place = places.typed[name]
        cells[place.sheet].setdefault(place.row, {})[place.column] = value
    return cells


def form_bytes(cells: Cells, after: Mapping[str, str] | None = None) -> bytes:
    """Return the file of a form; `after` is the markup behind the data of a sheet, by name."""
    after = after or {}
    return packed(
        parts_of({name: sheet(rows, after.get(name, "")) for name, rows in cells.items()})
    )


def form(instrument: Instrument, values: Mapping[str, object], language: Language = "id") -> bytes:
    """Return the file of a form with these values."""
    return form_bytes(form_cells(instrument, values, language))


def typed_values(one: Assessment, language: Language = "id") -> dict[str, object]:
    """Return what a person types into a form for an assessment, without what a form can't say."""
    instrument = one.instrument
    values: dict[str, object] = {"agency": one.agency.name}
    if one.agency.code is not None:
        values["code"] = one.agency.code
    elif one.agency.kind is not None:
        values["agency.kind"] = kind_words(language)[list(AgencyKind).index(one.agency.kind)]
    if (when := one.date or one.year) is not None:
        values["year"] = str(when) if one.date else when
    if one.stage is not None:
        values["stage"] = stage_words(language)[list(Stage).index(one.stage)]
    if one.synthetic:
        values["synthetic"] = "ya" if language == "id" else "yes"
    for code, option in one.gates:
        gate = next(gate for gate in instrument.gates if gate.code == code)
        values[code] = gate_words(gate, language)[gate.values.index(option)]
    values |= dict(one.levels)
    values |= {code: decimal(value) for code, value in (*one.measures, *one.points)}
    values |= {f"{code}.evidence": text for code, text in one.evidence}
    words = dict(zip(AnswerState, state_words(language), strict=True))
    return values | {f"{code}.state": words[state] for code, state in one.states}


def decimal(value: Fraction) -> float | int:
    """Return a decimal number as a workbook holds it."""
    return int(value) if value.denominator == 1 else float(value)
