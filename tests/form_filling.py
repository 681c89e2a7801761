"""Forms filled in as a person would, and the assessments that they then hold."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random
from typing import Any

import openpyxl

from meritindex.assessment import Assessment
from meritindex.assessment.forms.layout import FormLayout, gate_words, kind_words, layout
from meritindex.definition import Agency, AgencyKind, Indicator, Instrument
from meritindex.definition.applicability import applies
from meritindex.language import Language
from meritindex.reporting.forms import form_bytes

Cells = Mapping[str, object]


@cache
def _empty(instrument: Instrument, language: Language) -> tuple[Any, FormLayout]:
    content = form_bytes(instrument, language=language)
    return openpyxl.load_workbook(io.BytesIO(content)), layout(instrument, language)


def filled(instrument: Instrument, cells: Cells, language: Language = "id") -> bytes:
    """Return a form with these cells typed in, by the name of their column in a file."""
    workbook, places = _empty(instrument, language)
    typed = {name: places.typed[name] for name in cells}
    for name, place in typed.items():
        cell = workbook[place.sheet][place.cell]
        assert not cell.protection.locked, name
        cell.value = cells[name]
    stream = io.BytesIO()
    workbook.save(stream)
    for place in typed.values():
        workbook[place.sheet][place.cell].value = None
    return stream.getvalue()


def cells_of(assessment: Assessment, language: Language = "id") -> dict[str, object]:
    """Return what is typed to give an assessment: values, and words picked from lists."""
    cells: dict[str, object] = {"agency": assessment.agency.name}
    if assessment.agency.kind is not None:
        kinds = dict(zip(AgencyKind, kind_words(language), strict=True))
        cells["agency.kind"] = kinds[assessment.agency.kind]
    for gate in assessment.instrument.gates:
        words = dict(zip(gate.values, gate_words(gate, language), strict=True))
        if gate.code in dict(assessment.gates):
            cells[gate.code] = words[dict(assessment.gates)[gate.code]]
    cells |= dict(assessment.levels)
    for code, value in (*assessment.measures, *assessment.points):
        cells[code] = int(value) if value.denominator == 1 else float(value)
    return cells


def random_assessment(
    instrument: Instrument,
    random: Random,
    *,
    gates: Mapping[str, str] | None = None,
    missing: float = 0.0,
    kind: AgencyKind | None = None,
) -> Assessment:
    """Return random answers, of which about a share is missing."""

    def is_given() -> bool:
        return random.random() >= missing

    if gates is None:
        gates = {
            gate.code: random.choice(gate.options_of(kind))
            for gate in instrument.gates
            if is_given()
        }
    derived = {
        gate.code: gate.options_of(kind)[0]
        for gate in instrument.gates
        if len(gate.options_of(kind)) == 1
    }
    answered = derived | dict(gates)
    levels = {
        indicator.code: random.choice(indicator.levels).value
        for indicator in instrument.indicators
        if is_given() and may_apply(indicator, answered)
    }
    measures = {
        measure.code: _on_grid(random, measure.minimum, measure.maximum, measure.decimals)
        for measure in instrument.measures
        if is_given()
    }
    points = {
        dimension.code: _on_grid(random, *instrument.entry_range(dimension), dimension.decimals)
        for dimension in instrument.dimensions
        if not dimension.children and is_given()
    }
    return Assessment(
        agency=Agency(name="Instansi contoh", kind=kind),
        instrument=instrument,
        levels=levels,
        gates=gates,
        measures=measures,
        points=points,
    )


def gate_answers(instrument: Instrument) -> list[dict[str, str]]:
    """Return every way to answer all gates."""
    codes = [gate.code for gate in instrument.gates]
    ways = product(*(gate.values for gate in instrument.gates))
    return [dict(zip(codes, way, strict=True)) for way in ways]


def pattern(instrument: Instrument, gates: Mapping[str, str]) -> tuple[bool, ...]:
    """Return which indicators apply."""
    return tuple(applies(indicator, gates) for indicator in instrument.indicators)


def may_apply(indicator: Indicator, gates: Mapping[str, str]) -> bool:
    """Say whether no gate that is answered rules an indicator out."""
    return all(
        gates.get(condition.gate) in {None, *condition.options}
        for condition in indicator.conditions
    )


def _on_grid(random: Random, low: Fraction, high: Fraction, decimals: int) -> Fraction:
    unit = 10**decimals
    return Fraction(random.randint(int(low * unit), int(high * unit)), unit)
