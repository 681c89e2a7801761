"""Improvement plans as JSON and CSV, exact and in one form for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from meritindex.analysis.improving import (
    Improvement,
    ImprovementStatus,
    ImprovementStep,
    ImprovementTable,
    SingleStep,
    Target,
)
from meritindex.assessment.formulas import escaped
from meritindex.definition import MissingPolicy
from meritindex.numbers import exact_text
from meritindex.reporting.bounds_results import number_cells, weighting_json
from meritindex.reporting.csv_text import lines_of
from meritindex.reporting.results import Json, number_json
from meritindex.scoring import ExactColumn


def improvement_json(improvement: Improvement, alternatives: int = 0) -> Json:
    """Return the plan of one agency as plain data for JSON.

    A band is named by its official Indonesian name, as are criteria and evidence, whose Indonesian
    text is the authoritative one; what is not known is null. `target` is the band, or in words the
    total or the rank that was asked for; `total` and `band` are those when all steps are done, and
    null without a plan. `exact` is a fraction as text, `decimal` the same rounded half up to 6
    places for display; what is computed in double precision is `approximate`, as in the results of
    scores. A cost is a whole number where it is one, else an exact fraction as text. Where weights
    are open, totals are the least that is possible under any of them. Hindrances and reasons are in
    English.

    Args:
        improvement: what to write.
        alternatives: how many of the next cheapest plans are written too.
    """
    others = improvement.alternatives(alternatives) if alternatives else ()
    return {
        **_improvement(improvement),
        "single_steps": [_single(step, improvement) for step in improvement.single_steps],
        "alternatives": [_plan(other) for other in others],
        "instrument": improvement.instrument.id,
        "weighting": weighting_json(improvement.weighting),
        "missing": _policy(improvement.case.plan.missing),
    }


def improvements_json(table: ImprovementTable) -> Json:
    """Return the plans of many agencies as plain data for JSON, each as `improvement_json` does.

    Single steps and other plans are in the results of one agency alone. `common_steps` says in how
    many plans an indicator is raised.
    """
    return {
        "instrument": table.instrument.id,
        "weighting": weighting_json(table.weighting),
        "missing": _policy(table.scored.plan.missing),
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "improvements": [_improvement(each) for each in table],
        "common_steps": [{"indicator": code, "plans": count} for code, count in table.common_steps],
        "left_out": [fault.in_language("en") for fault in table.left_out],
    }


def _policy(missing: MissingPolicy | None) -> str | None:
    """Return what the caller chose for all that is missing; None where nothing was chosen."""
    return None if missing is None else missing.value


def _improvement(improvement: Improvement) -> Json:
    facts, target = improvement.facts, improvement.target
    return {
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "target": target_text(target),
        "limit": None
        if (limit := _number(target.limit, improvement)) is None
        else {**limit, "inclusive": target.inclusive},
        "status": improvement.status.value,
        **_plan(improvement),
        "unit": improvement.costs.unit,
        "budget": None if improvement.budget is None else _cost(improvement.budget),
        "proven": improvement.proven,
        "cost_at_least": _cost(improvement.cost_at_least),
        "total_before": _number(improvement.before, improvement),
        "band_before": improvement.band_before,
        "highest": _number(improvement.highest, improvement),
        "hindrances": [
            {"kind": each.kind, "items": list(each.items), "message": each.message.en}
            for each in improvement.hindrances
        ],
        "fixed": list(improvement.fixed),
        "not_answered": list(improvement.not_answered),
        "standing": improvement.standing.value,
        "reasons": [reason.as_text().en for reason in improvement.reasons],
        "synthetic": improvement.synthetic,
    }


def _plan(improvement: Improvement) -> Json:
    """Return what is to be raised, and what comes of it."""
    planned = improvement.status is ImprovementStatus.PLANNED
    return {
        "cost": _cost(improvement.cost) if planned else None,
        "steps": [_step(step, improvement) for step in improvement.steps],
        "total": _number(improvement.after, improvement),
        "band": improvement.band_after,
        "slack": _number(improvement.slack, improvement),
    }


def _step(step: ImprovementStep, improvement: Improvement) -> Json:
    return {
        "indicator": step.indicator,
        "from": step.from_level,
        "to": step.to_level,
        "cost": _cost(step.cost),
        "points": _number(step.points, improvement),
        "name": step.name.id,
        "dimension": step.dimension,
        "criteria": {
            str(level.value): None if level.criterion is None else level.criterion.id
            for level in step.criteria
        },
        "evidence": [proof.id for proof in step.evidence],
        "needs": list(step.needs),
        "ready": None if step.ready is None else step.ready.isoformat(),
    }


def _single(step: SingleStep, improvement: Improvement) -> Json:
    return {
        "indicator": step.indicator,
        "from": step.from_level,
        "to": step.to_level,
        "cost": _cost(step.cost),
        "points": _number(step.points, improvement),
        "band": step.band,
        "changes_band": step.changes_band,
    }


def target_text(target: Target) -> str:
    """Return what a target is called in the results: the band, or the total or rank in words."""
    if target.band is not None:
        return target.band
    if target.rank is not None:
        return f"rank {target.rank}"
    return "most" if target.limit is None else f"total {exact_text(target.limit)}"


def _cost(cost: Fraction) -> int | str:
    return cost.numerator if cost.denominator == 1 else exact_text(cost)


def _number(value: Fraction | None, improvement: Improvement) -> Json | None:
    """Return a number; it is as exact as totals are."""
    return number_json(value, _totals(improvement))


def _totals(improvement: Improvement) -> ExactColumn:
    return improvement.present.scores.total


_HEADER = (
    *("agency", "code", "year", "stage", "synthetic", "status", "target"),
    *("step", "indicator", "name", "from", "to", "cost", "points", "points_exact"),
    *("criteria", "evidence", "needs", "ready"),
    *("total_cost", "unit", "proven", "total", "total_exact", "band", "band_before"),
    *("standing", "instrument", "weighting"),
)


def improvements_csv(improvements: Iterable[Improvement]) -> str:
    """Return plans as CSV text: one row a step; an agency without any has a row without a step.

    Decimals have a point and up to 6 places, with the exact number beside them; one that is a
    double has no exact one. Several levels' criteria, or several codes, in a cell stand one after
    the other with semicolons. Texts that a spreadsheet would run as a formula begin with an
    apostrophe.

    Args:
        improvements: a table, or several plans.
    """
    lines: list[Iterable[object]] = [_HEADER]
    for improvement in improvements:
        lines.extend(_rows(improvement))
    return lines_of(lines)


def _rows(improvement: Improvement) -> Iterator[tuple[object, ...]]:
    facts = improvement.facts
    planned = improvement.status is ImprovementStatus.PLANNED
    before = (
        escaped(facts.agency.name),
        facts.agency.code,
        facts.year,
        facts.stage or "",
        "yes" if facts.synthetic else "no",
        improvement.status,
        escaped(target_text(improvement.target)),
    )
    after = (
        exact_text(improvement.cost) if planned else "",
        escaped(improvement.costs.unit),
        "yes" if improvement.proven else "no",
        *_cells(improvement.after, improvement),
        escaped(improvement.band_after or ""),
        escaped(improvement.band_before or ""),
        improvement.standing,
        improvement.instrument.id,
        improvement.weighting.name,
    )
    for number, step in enumerate(improvement.steps, 1):
        yield (*before, number, *_step_cells(step, improvement), *after)
    if not improvement.steps:
        yield (*before, *[""] * (len(_HEADER) - len(before) - len(after)), *after)


def _step_cells(step: ImprovementStep, improvement: Improvement) -> tuple[object, ...]:
    criteria = (
        f"{level.value}: {level.criterion.id}"
        for level in step.criteria
        if level.criterion is not None
    )
    return (
        step.indicator,
        escaped(step.name.id),
        step.from_level,
        step.to_level,
        exact_text(step.cost),
        *_cells(step.points, improvement),
        escaped("; ".join(criteria)),
        escaped("; ".join(proof.id for proof in step.evidence)),
        "; ".join(step.needs),
        "" if step.ready is None else step.ready.isoformat(),
    )


def _cells(value: Fraction | None, improvement: Improvement) -> tuple[str, str]:
    return number_cells(value, _totals(improvement))
