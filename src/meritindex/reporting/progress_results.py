"""Progress and commitments as JSON and CSV, exact and in one form for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from meritindex.analysis.progressing import (
    CommitmentProgress,
    Counterpart,
    DimensionChange,
    Direction,
    ItemChange,
    Occasion,
    PartScore,
    PeriodChange,
    Progress,
    ProgressTable,
    Streak,
)
from meritindex.assessment.formulas import escaped
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.csv_text import lines_of
from meritindex.reporting.results import Json, exact_json, number_json


def progress_json(table: ProgressTable, rows: Iterable[Progress] | None = None) -> Json:
    """Return courses and commitments as plain data for JSON.

    A band is named by its official Indonesian name, and what is not known is null. `exact` is a
    fraction as text, `decimal` the same rounded half up to 6 places for display. `difference` is
    null where two totals can't be compared, and the `reasons` of the change say why; those beside
    `standing` say what makes it no firmer. Reasons, remarks, what is not stated, and faults are in
    English.

    Args:
        table: what to write.
        rows: which of its rows; None for all. Their commitments are written alone then.
    """
    chosen = list(table.rows if rows is None else rows)
    agencies = {row.agency for row in chosen}
    return {
        "as_of": None if table.as_of is None else str(table.as_of),
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "counts": {direction.value: table.counts[direction] for direction in Direction},
        "not_comparable": table.counts[None],
        "most_improved": [row.agency.name for row in table.most_improved],
        "agencies": [_course(row) for row in chosen],
        "commitments": [
            _commitment(each)
            for each in table.commitments
            if rows is None or each.agency in agencies
        ],
        "left_out": [fault.in_language("en") for fault in table.left_out],
    }


def _course(row: Progress) -> Json:
    return {
        "agency": row.agency.name,
        "code": row.agency.code,
        "standing": row.standing.value,
        "synthetic": row.synthetic,
        "occasions": [_occasion(each) for each in row.occasions],
        "difference": _number(row.difference, *row.occasions),
        "performance": _number(row.performance, *row.occasions),
        "instrument_effect": _number(row.instrument_effect, *row.occasions),
        "streak": _streak(row.streak),
        "longest_rise": _streak(row.longest_rise),
        "changes": [_change(each) for each in row.changes],
    }


def _occasion(each: Occasion) -> Json:
    missing = each.card.plan.missing
    return {
        "year": each.year,
        "date": None if each.date is None else str(each.date),
        "counts_as_of": str(each.day),
        "stage": None if each.stage is None else each.stage.value,
        "instrument": each.instrument.id,
        "weighting": each.card.weighting.name,
        "missing": None if missing is None else missing.value,
        "total": _number(each.total, each),
        "band": each.band,
        "standing": each.standing.value,
        "synthetic": each.card.synthetic,
    }


def _streak(streak: Streak | None) -> Json | None:
    if streak is None:
        return None
    return {"direction": streak.direction.value, "periods": streak.periods}


def _change(each: PeriodChange) -> Json:
    ends = (each.before, each.after)
    return {
        "from": each.before.when,
        "to": each.after.when,
        "comparable": each.comparable,
        "reasons": [reason.en for reason in each.reasons],
        "difference": _number(each.difference, *ends),
        "performance": _number(each.performance, *ends),
        "instrument_effect": _number(each.instrument_effect, *ends),
        "bands": list(each.bands),
        "dimensions": [_dimension(part, ends) for part in each.dimensions],
        "items": [_item(part) for part in each.items],
        "counterparts": [_counterpart(pair, ends) for pair in each.counterparts],
        "remarks": [remark.en for remark in each.remarks],
    }


def _dimension(part: DimensionChange, ends: tuple[Occasion, Occasion]) -> Json:
    return {
        "code": part.code,
        "before": _number(part.before, ends[0]),
        "after": _number(part.after, ends[1]),
        "difference": _number(part.difference, *ends),
    }


def _item(part: ItemChange) -> Json:
    return {
        "code": part.code,
        "before": None if part.before is None else exact_text(part.before),
        "after": None if part.after is None else exact_text(part.after),
        "direction": None if part.direction is None else part.direction.value,
    }


def _counterpart(pair: Counterpart, ends: tuple[Occasion, Occasion]) -> Json:
    def scores(parts: tuple[PartScore, ...], occasion: Occasion) -> list[Json]:
        return [
            {
                "code": part.code,
                "points": _number(part.points, occasion),
                "max": exact_text(part.maximum),
            }
            for part in parts
        ]

    return {"before": scores(pair.before, ends[0]), "after": scores(pair.after, ends[1])}


def _commitment(each: CommitmentProgress) -> Json:
    promised = each.commitment
    band = promised.target if isinstance(promised.target, str) else None
    return {
        "agency": each.agency.name,
        "code": each.agency.code,
        "status": each.status.value,
        "signed": str(promised.signed),
        "place": promised.place,
        "host": promised.host,
        "signatories": list(promised.signatories),
        "instrument": promised.instrument,
        "baseline": exact_json(promised.baseline),
        "baseline_date": _day(promised.baseline_date),
        "target_band": band,
        "target": exact_json(each.target_total),
        "deadline": _day(promised.deadline),
        "latest": None if each.latest is None else _occasion(each.latest),
        "line": _number_by(each.line, each),
        "pace_kept": _number_by(each.pace_kept, each),
        "pace_needed": _number_by(each.pace_needed, each),
        "milestones": [
            {
                "date": str(found.milestone.date),
                "total": exact_json(found.milestone.total),
                "status": found.status.value,
            }
            for found in each.milestones
        ],
        "reached_late": None if each.reached_late is None else _occasion(each.reached_late),
        "remarks": [text.en for text in each.remarks],
        "not_stated": [text.en for text in each.unstated],
        "missing": [text.en for text in each.lacking],
        "source": promised.source.en,
        "standing": promised.standing.value,
        "note": None if promised.note is None else promised.note.en,
    }


def _number(value: Fraction | None, *occasions: Occasion) -> Json | None:
    """Return a number that is as exact as the totals of these assessments are."""
    columns = [occasion.card.scores.total for occasion in occasions]
    return number_json(value, min(columns, key=lambda column: column.exact))


def _number_by(value: Fraction | None, each: CommitmentProgress) -> Json | None:
    return None if each.latest is None else _number(value, each.latest)


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def progress_csv(table: ProgressTable, rows: Iterable[Progress] | None = None) -> str:
    """Return courses as CSV text, one row a period: decimals with a point, exact ones beside.

    An agency with one assessment alone has one row, without what comes before. What is computed in
    double precision has no exact number. Texts that a spreadsheet would run as a formula begin with
    an apostrophe.

    Args:
        table: what to write.
        rows: which of its rows; None for all.
    """
    lines: list[Iterable[object]] = []
    lines.append(
        (
            *("agency", "code", "from", "to", "stage_from", "stage_to"),
            *("instrument_from", "instrument_to", "synthetic"),
            *("total_from", "total_from_exact", "total_to", "total_to_exact"),
            *("difference", "difference_exact", "performance", "performance_exact"),
            *("instrument_effect", "instrument_effect_exact"),
            *("band_from", "band_to", "comparable", "standing"),
        )
    )
    for row in table.rows if rows is None else rows:
        if not row.changes:
            lines.append(_period_cells(None, row.latest, None))
        lines.extend(_period_cells(each.before, each.after, each) for each in row.changes)
    return lines_of(lines)


def _period_cells(
    before: Occasion | None, after: Occasion, change: PeriodChange | None
) -> tuple[object, ...]:
    occasions = [after] if before is None else [before, after]
    parts = (
        (None, None, None)
        if change is None
        else (change.difference, change.performance, change.instrument_effect)
    )
    synthetic = any(each.card.synthetic for each in occasions)
    standing = after.standing if change is None else change.standing
    return (
        escaped(after.agency.name),
        after.agency.code,
        "" if before is None else before.when,
        after.when,
        "" if before is None else before.stage or "",
        after.stage or "",
        "" if before is None else before.instrument.id,
        after.instrument.id,
        "yes" if synthetic else "no",
        *_cells(None if before is None else before.total, occasions[:1]),
        *_cells(after.total, [after]),
        *(cell for value in parts for cell in _cells(value, occasions)),
        escaped("" if before is None else before.band or ""),
        escaped(after.band or ""),
        "" if change is None else "yes" if change.comparable else "no",
        standing.value,
    )


def commitments_csv(table: ProgressTable, rows: Iterable[Progress] | None = None) -> str:
    """Return commitments as CSV text, one a row; see `progress_csv`.

    Args:
        table: what to write.
        rows: the commitments of these agencies alone; None for all.
    """
    agencies = None if rows is None else {row.agency for row in rows}
    lines: list[Iterable[object]] = []
    lines.append(
        (
            *("agency", "code", "as_of", "status", "signed"),
            *("baseline", "baseline_date", "target", "target_band", "deadline"),
            *("latest", "synthetic", "latest_standing", "latest_total", "latest_total_exact"),
            *("line", "line_exact"),
            *("pace_kept", "pace_kept_exact", "pace_needed", "pace_needed_exact"),
            *("not_stated", "missing", "source", "standing"),
        )
    )
    lines.extend(
        _commitment_cells(each)
        for each in table.commitments
        if agencies is None or each.agency in agencies
    )
    return lines_of(lines)


def _commitment_cells(each: CommitmentProgress) -> tuple[object, ...]:
    promised, latest = each.commitment, each.latest
    occasions = [] if latest is None else [latest]
    band = promised.target if isinstance(promised.target, str) else ""
    return (
        escaped(each.agency.name),
        each.agency.code,
        each.as_of,
        each.status.value,
        promised.signed,
        "" if promised.baseline is None else exact_text(promised.baseline),
        promised.baseline_date or "",
        "" if each.target_total is None else exact_text(each.target_total),
        escaped(band),
        promised.deadline or "",
        "" if latest is None else latest.when,
        "" if latest is None else "yes" if latest.card.synthetic else "no",
        "" if latest is None else latest.standing.value,
        *_cells(None if latest is None else latest.total, occasions),
        *_cells(each.line, occasions),
        *_cells(each.pace_kept, occasions),
        *_cells(each.pace_needed, occasions),
        "; ".join(text.en for text in each.unstated),
        "; ".join(text.en for text in each.lacking),
        escaped(promised.source.en),
        promised.standing.value,
    )


def _cells(value: Fraction | None, occasions: list[Occasion]) -> tuple[str, str]:
    """Return a number as a decimal and exactly, where it is exact."""
    if value is None:
        return "", ""
    double = any(each.card.scores.total.is_double for each in occasions)
    return decimal_text(value), "" if double else exact_text(value)
