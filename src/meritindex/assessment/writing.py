"""Writing assessments as a CSV file that reads back as the same assessments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from meritindex import catalog
from meritindex.assessment.formulas import escaped
from meritindex.assessment.many import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, RowFacts
from meritindex.assessment.values import NumberColumn
from meritindex.definition import Agency
from meritindex.errors import UnknownNameError
from meritindex.numbers import decimal_text

Column = tuple[str, list[str]]


def to_csv_text(assessments: AssessmentSet) -> str:
    """Return the assessments as CSV text, from which the same assessments can be read.

    There are only columns for what occurs. What was not answered and what doesn't apply is empty,
    and so are gates that follow from the agency. A text that a spreadsheet would run as a formula
    begins with an apostrophe, which reading takes off. Agencies are written by their name, and as
    far as the directory has it, their code; of others the kind is written as well, and nothing
    else.
    """
    always = {"agency", "code", "year", "stage"}
    columns = [
        (name, cells)
        for name, cells in (
            *_facts(assessments.facts),
            *_gates(assessments),
            *_levels(assessments),
            *_numbers(assessments),
            *_details(assessments.facts),
        )
        if name in always or any(cells)
    ]
    stream = io.StringIO(newline="")
    # Line ends as in the standard, since a writer only quotes those that it writes itself.
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(name for name, _ in columns)
    writer.writerows(zip(*(cells for _, cells in columns), strict=True))
    return stream.getvalue()


def _facts(facts: tuple[RowFacts, ...]) -> Iterator[Column]:
    yield "agency", [escaped(row.agency.name) for row in facts]
    known = [_in_directory(row.agency) for row in facts]
    yield (
        "code",
        [str(row.agency.code) if listed else "" for row, listed in zip(facts, known, strict=True)],
    )
    yield (
        "agency.kind",
        [
            "" if listed or row.agency.kind is None else row.agency.kind.value
            for row, listed in zip(facts, known, strict=True)
        ],
    )
    yield "year", [str(row.date or row.year or "") for row in facts]
    yield "stage", ["" if row.stage is None else row.stage.value for row in facts]
    synthetic = any(row.synthetic for row in facts)
    yield "synthetic", [("yes" if row.synthetic else "no") if synthetic else "" for row in facts]
    yield "agency.standing", ["" if row.standing is None else row.standing.value for row in facts]


def _in_directory(agency: Agency) -> bool:
    if agency.code is None:
        return False
    try:
        return catalog.agency(agency.code).name == agency.name
    except UnknownNameError:
        return False


def _gates(assessments: AssessmentSet) -> Iterator[Column]:
    for position, gate in enumerate(assessments.instrument.gates):
        answers = assessments.gate_answers[:, position]
        asked = (answers != NOT_ANSWERED) & ~assessments.gates_derived[:, position]
        yield (
            gate.code,
            [
                escaped(gate.values[answer]) if given else ""
                for answer, given in zip(answers, asked, strict=True)
            ],
        )


def _levels(assessments: AssessmentSet) -> Iterator[Column]:
    for position, indicator in enumerate(assessments.instrument.indicators):
        levels = assessments.levels[:, position].tolist()
        yield indicator.code, [str(level) if level < NOT_APPLICABLE else "" for level in levels]


def _numbers(assessments: AssessmentSet) -> Iterator[Column]:
    for measure in assessments.instrument.measures:
        yield measure.code, _decimals(assessments.measures[measure.code], measure.decimals)
    for dimension in assessments.instrument.dimensions:
        if dimension.code in assessments.entries:
            column = assessments.entries[dimension.code]
            yield dimension.code, _decimals(column, dimension.decimals)


def _decimals(column: NumberColumn, decimals: int) -> list[str]:
    return [
        decimal_text(Fraction(int(numerator), 10**decimals), decimals) if known else ""
        for numerator, known in zip(column.numerators, column.known, strict=True)
    ]


def _details(facts: tuple[RowFacts, ...]) -> Iterator[Column]:
    """Yield what is said about single answers: a column for each code and detail that occurs."""
    columns: dict[str, list[str]] = {}
    for number, row in enumerate(facts):
        said = [(f"{code}.state", state.value) for code, state in row.states]
        said += [(f"{code}.evidence", escaped(text)) for code, text in row.evidence]
        said += [(f"{code}.standing", standing.value) for code, standing in row.standings]
        for name, cell in said:
            columns.setdefault(name, [""] * len(facts))[number] = cell
    yield from columns.items()
