"""The hidden sheet: which instrument a form is of, and the lists of its drop-downs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from meritindex.assessment.forms.layout import (
    FORMAT,
    HIDDEN_FACTS,
    HIDDEN_SHEET,
    YES_OR_NO,
    Place,
    gate_words,
    kind_words,
    stage_words,
    state_words,
)
from meritindex.definition import AgencyKind, Gate
from meritindex.reporting.forms.form import Form
from meritindex.reporting.forms.sheets import FormSheet

if TYPE_CHECKING:
    from openpyxl import Workbook

_FIRST_COLUMN, _FIRST_ROW = 4, 2


@attrs.frozen(kw_only=True)
class Column:
    """A column of the hidden sheet: its heading, and what stands below it."""

    heading: str
    cells: tuple[str | int, ...]


class Lists:
    """What can be picked in a form, and what it means, each list a column of the hidden sheet.

    For every gate there are the words of its options and their numbers; then, by kind of agency,
    the number of the option that follows from it (0 where none does), and which options such an
    agency can answer, as a text of ones and zeros.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.columns = tuple(_columns(form))

    def reference(self, heading: str) -> str:
        """Return the cells of a list, as a formula names them."""
        place, column = next(
            (place, column)
            for place, column in enumerate(self.columns, _FIRST_COLUMN)
            if column.heading == heading
        )
        first = Place(HIDDEN_SHEET, _FIRST_ROW, place).reference
        last = Place(HIDDEN_SHEET, _FIRST_ROW + len(column.cells) - 1, place).reference
        return f"{first}:{last.rpartition('!')[2]}"

    def write(self, workbook: Workbook) -> None:
        """Write the hidden sheet."""
        form = self.form
        sheet = FormSheet(workbook.create_sheet(HIDDEN_SHEET), form.say, (14, 70))
        instrument = form.instrument
        said = (FORMAT, instrument.id, instrument.fingerprint, form.language)
        weighting = "-" if form.plan is None else form.plan.weighting.name
        facts = (*zip(HIDDEN_FACTS, said, strict=True), ("weighting", weighting))
        for row, fact in enumerate(facts, 1):
            for column, content in enumerate(fact, 1):
                sheet.put(row, column, content)
        for place, listed in enumerate(self.columns, _FIRST_COLUMN):
            sheet.put(1, place, listed.heading)
            for below, cell in enumerate(listed.cells, _FIRST_ROW):
                sheet.put(below, place, cell)
        sheet.finish(frozen=None, repeated=None)
        sheet.made.sheet_state = "veryHidden"


def _columns(form: Form) -> Iterator[Column]:
    language = form.language
    yield Column(heading="agency.kind", cells=kind_words(language))
    yield Column(heading="stage", cells=stage_words(language))
    yield Column(heading="synthetic", cells=tuple(word.in_language(language) for word in YES_OR_NO))
    yield Column(heading="state", cells=state_words(language))
    for gate in form.instrument.gates:
        numbers = tuple(range(1, len(gate.options) + 1))
        derived, allowed = zip(*(_of_kind(gate, kind) for kind in AgencyKind), strict=True)
        yield Column(heading=f"{gate.code}.words", cells=gate_words(gate, language))
        yield Column(heading=f"{gate.code}.numbers", cells=numbers)
        yield Column(heading=f"{gate.code}.derived", cells=derived)
        yield Column(heading=f"{gate.code}.allowed", cells=allowed)


def _of_kind(gate: Gate, kind: AgencyKind) -> tuple[int, str]:
    """Return which option follows from a kind of agency, and which such an agency can answer."""
    options = gate.options_of(kind)
    derived = gate.values.index(options[0]) + 1 if len(options) == 1 else 0
    return derived, "".join("1" if value in options else "0" for value in gate.values)
