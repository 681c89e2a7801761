"""Assessments as JSON that reads back as the same, and as a document for a reader."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from meritindex.assessment import AssessmentSet, to_csv_text
from meritindex.assessment.formulas import unescaped
from meritindex.assessment.many import NOT_ANSWERED, NOT_APPLICABLE
from meritindex.assessment.values import NumberColumn
from meritindex.definition import Indicator, Measure
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.reporting.results import Json
from meritindex.scoring.saying import SYNTHETIC, Sayer

_MARKS = {NOT_ANSWERED: "?", NOT_APPLICABLE: "-"}
_LEGEND = Text(
    "Tingkat setiap indikator menurut urutan instrumen; ? belum dijawab, - tidak berlaku.",
    "The level of each indicator in the order of the instrument; ? not answered, - does not apply.",
)


def assessments_json(assessments: AssessmentSet) -> Json:
    """Return assessments as data in the form that is read: an object each, with what it states.

    Levels are numbers; anything else is a text, as the CSV file has it.
    """
    levels = {indicator.code for indicator in assessments.instrument.indicators}
    rows = csv.DictReader(io.StringIO(to_csv_text(assessments), newline=""))
    return {
        "instrument": assessments.instrument.id,
        "assessments": [
            {
                name: int(cell) if name in levels else unescaped(cell)
                for name, cell in row.items()
                if cell
            }
            for row in rows
        ],
    }


def assessments_document(assessments: AssessmentSet, language: Language) -> Document:
    """Return the levels that were answered, a row an assessment and a column a dimension."""
    say = Sayer(language)
    dimensions = [
        (dimension, [child for child in dimension.children if isinstance(child, Indicator)])
        for dimension in assessments.instrument.dimensions
    ]
    shown = [(dimension, own) for dimension, own in dimensions if own]
    place = {each.code: at for at, each in enumerate(assessments.instrument.indicators)}
    measures = assessments.instrument.measures
    rows = []
    for row, facts in enumerate(assessments.facts):
        marks = [_MARKS.get(answer, str(answer)) for answer in assessments.levels[row].tolist()]
        levels = (" ".join(marks[place[each.code]] for each in own) for _, own in shown)
        numbers = (_number(assessments.measures[each.code], each, row, say) for each in measures)
        rows.append((facts.agency.name, str(facts.date or facts.year or ""), *levels, *numbers))
    columns = (
        Column(say("instansi", "agency"), min_width=24),
        Column(say("tahun", "year")),
        *(Column(dimension.code) for dimension, _ in shown),
        *(Column(measure.code, "right") for measure in measures),
    )
    parts: list[Part] = [Heading(say(assessments.instrument.title), 2)]
    if any(facts.synthetic for facts in assessments.facts):
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    names = [
        f"{dimension.code} {say(dimension.name)}: {', '.join(each.code for each in own)}"
        for dimension, own in shown
    ]
    names += [f"{measure.code}: {say(measure.name)}" for measure in measures]
    parts += [Paragraph(say(_LEGEND)), Listing(tuple(names))]
    parts.append(Table(columns, tuple(rows), keys=2))
    return Document(tuple(parts))


def _number(column: NumberColumn, measure: Measure, row: int, say: Sayer) -> str:
    if not column.known[row]:
        return _MARKS[NOT_ANSWERED]
    return say.points(Fraction(int(column.numerators[row]), 10**measure.decimals), measure.decimals)
