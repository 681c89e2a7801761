"""Results as JSON and CSV, exact and in one form for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import overload

from meritindex.assessment.formulas import escaped
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.csv_text import lines_of
from meritindex.scoring import ExactColumn, GroupBy, ScoreTable
from meritindex.scoring.remarks import row_remarks

Json = dict[str, object]


def table_json(table: ScoreTable, by: GroupBy | str | None = None) -> Json:
    """Return a table as plain data for JSON.

    A band is named by its official Indonesian name; `exact` is a fraction as text and `decimal`
    the same rounded half up to 6 places for display; the points of a dimension are on its own
    scale, up to `max`. What is computed in double precision is `approximate`; where no rounding
    makes a decimal of it, its `exact` is null and `double` holds it. `missing` names what keeps a
    total from being known, and `remarks` what is to be minded about an assessment. These and the
    faults of rows that were left out are in English.

    Args:
        table: what to write.
        by: also give each row its group and the rank within it.
    """
    within = None if by is None else table.ranks_within(by)
    ranges = table.plan.ranges
    bands = {code: table.bands_of(code) for code in table.dimensions}
    scores: list[Json] = []
    for row, facts in enumerate(table.assessments.facts):
        score: Json = {
            "agency": facts.agency.name,
            "code": facts.agency.code,
            "year": facts.year,
            "stage": None if facts.stage is None else facts.stage.value,
            "total": number_json(table.totals[row], table.totals),
            "band": table.bands[row],
            "rank": table.ranks[row],
            "standing": table.standings[row].value,
            "synthetic": facts.synthetic,
            "dimensions": {
                code: None
                if (points := column[row]) is None
                else {
                    **number_json(points, table.scores.columns[code]),
                    "max": exact_text(ranges[code][1]),
                }
                for code, column in table.dimensions.items()
            },
            "dimension_bands": {
                code: names[row] for code, names in bands.items() if names[row] is not None
            },
            "missing": list(table.card(row).needed) if table.totals[row] is None else [],
            "remarks": [remark.en for remark in row_remarks(table.instrument, facts)],
        }
        if by is not None and within is not None:
            group = GroupBy(by).of(facts.agency)
            score["group"] = group
            score["rank_in_group"] = within[row]
        scores.append(score)
    return {
        "instrument": table.instrument.id,
        "weighting": table.weighting.name,
        "missing": None if table.plan.missing is None else table.plan.missing.value,
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "scores": scores,
        "left_out": [fault.in_language("en") for fault in table.left_out],
    }


def json_text(data: Json) -> str:
    """Return data as JSON text with a final line end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def table_csv(table: ScoreTable, by: GroupBy | str | None = None) -> str:
    """Return a table as CSV text: decimals to 6 places with a point, and the exact total beside.

    A total that is a double has no exact one.

    Texts that a spreadsheet would run as a formula begin with an apostrophe.
    """
    within = None if by is None else table.ranks_within(by)
    header = ["agency", "code", "year", "stage", "synthetic", "total", "total_exact", "band"]
    header += ["rank", "standing", *table.dimensions]
    header += ["instrument", "weighting"]
    if by is not None:
        header += ["group", "rank_in_group"]
    lines: list[Iterable[object]] = [header]
    for row, facts in enumerate(table.assessments.facts):
        total = table.totals[row]
        cells: list[object] = [
            escaped(facts.agency.name),
            facts.agency.code,
            facts.year,
            facts.stage or "",
            "yes" if facts.synthetic else "no",
            "" if total is None else decimal_text(total),
            "" if total is None or table.scores.total.is_double else exact_text(total),
            escaped(table.bands[row] or ""),
            table.ranks[row],
            table.standings[row].value,
        ]
        cells += [
            "" if points is None else decimal_text(points)
            for points in (column[row] for column in table.dimensions.values())
        ]
        cells += [table.instrument.id, table.weighting.name]
        if by is not None and within is not None:
            group = GroupBy(by).of(facts.agency)
            cells += ["" if group is None else escaped(group), within[row]]
        lines.append(cells)
    return lines_of(lines)


@overload
def exact_json(value: Fraction) -> Json: ...


@overload
def exact_json(value: Fraction | None) -> Json | None: ...


def exact_json(value: Fraction | None) -> Json | None:
    """Return a number exactly, and as a decimal for display; None where it is not known."""
    if value is None:
        return None
    return {"exact": exact_text(value), "decimal": decimal_text(value)}


@overload
def number_json(value: Fraction, column: ExactColumn) -> Json: ...


@overload
def number_json(value: Fraction | None, column: ExactColumn) -> Json | None: ...


def number_json(value: Fraction | None, column: ExactColumn) -> Json | None:
    """Return a number that is as exact as a column is; None where it is not known."""
    if value is None:
        return None
    number = exact_json(value)
    if column.exact:
        return number
    if column.is_double:
        number |= {"exact": None, "double": float(value)}
    return number | {"approximate": True}
