"""Reconciliations as JSON and CSV, exact and in one form for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from meritindex.analysis.reconciling import (
    Absence,
    ItemAgreement,
    KappaWeights,
    ReconciledAnswer,
    ReconciledItem,
    Reconciliation,
    ReconciliationTable,
    StateDifference,
    WaterfallStep,
)
from meritindex.analysis.reconciling.answers import Answer
from meritindex.assessment import AnswerState, RowFacts
from meritindex.assessment.formulas import escaped
from meritindex.numbers import decimal_text, exact_text, shortest_text
from meritindex.reporting.bounds_results import number_cells, weighting_json
from meritindex.reporting.csv_text import lines_of
from meritindex.reporting.results import Json, number_json
from meritindex.scoring import ExactColumn, ScoreCard


def reconciliation_json(table: ReconciliationTable, rows: Iterable[int] | None = None) -> Json:
    """Return reconciliations as plain data for JSON.

    A band is named by its official Indonesian name, and what is not known is null. `exact` is a
    fraction as text, `decimal` the same rounded half up to 6 places for display; what is computed
    in double precision is `approximate`, as in the results of scores. An answer is
    `{"level": 3}`, `{"option": "ya"}`, `{"value": "0.85"}`, or `{"absent": "not answered"}` or
    `"not applicable"`. Differences are findings less claims. Points of the steps of a waterfall add
    up exactly to `difference`. Reasons, remarks and faults are in English.

    Args:
        table: what to write.
        rows: which of its rows; None for all. The statistics of indicators are those of all rows
            all the same.
    """
    cards = [table.card(row) for row in (range(len(table)) if rows is None else rows)]
    missing = table.claimed.plan.missing
    return {
        "instrument": table.instrument.id,
        "weighting": weighting_json(table.weighting),
        "missing": None if missing is None else missing.value,
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "compared": len(table),
        "kappa": {weights.value: _exact(table.kappa(weights)) for weights in KappaWeights},
        "indicators": [_indicator(item) for item in table.items],
        "reconciliations": [_reconciliation(card) for card in cards],
        "only_claimed": [_facts(facts) for facts in table.only_claimed],
        "only_verified": [_facts(facts) for facts in table.only_verified],
        "left_out": [fault.in_language("en") for fault in table.left_out],
    }


def _facts(facts: RowFacts) -> Json:
    return {
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
    }


def _indicator(item: ItemAgreement) -> Json:
    return {
        "code": item.code,
        "compared": item.compared,
        "over_claimed": item.over_claimed,
        "under_claimed": item.under_claimed,
        "one_sided": item.one_sided,
        "mean_difference": _exact(item.mean_difference),
        "most": item.most,
        "most_by": [facts.agency.name for facts in item.most_by],
        "kappa": _exact(item.kappa),
    }


def _exact(value: Fraction | None) -> Json | None:
    """Return a number that is exact whatever the rules of the instrument are."""
    if value is None:
        return None
    return {"exact": exact_text(value), "decimal": decimal_text(value)}


def _reconciliation(card: Reconciliation) -> Json:
    totals = card.table.claimed.totals
    return {
        **_facts(card.sides.facts[0]),
        "claimed": _side(card.claimed_card),
        "verified": _side(card.verified_card),
        "difference": number_json(card.difference, totals),
        "standing": card.standing.value,
        "synthetic": card.synthetic,
        "over_claimed": [answer.code for answer in card.over_claimed],
        "under_claimed": [answer.code for answer in card.under_claimed],
        "deciding": [item.code for item in card.deciding],
        "kappa": {weights.value: _exact(card.kappa(weights)) for weights in KappaWeights},
        "items": [_item(item, totals) for item in card.items],
        "waterfall": [_step(step, totals) for step in card.waterfall],
        "same_level_other_state": [_state_difference(each) for each in card.same_level_other_state],
        "remarks": [remark.en for remark in card.remarks],
    }


def _side(card: ScoreCard) -> Json:
    facts = card.assessments.facts[card.row]
    return {
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "total": number_json(card.total, card.scores.total),
        "band": card.band,
        "missing": list(card.needed) if card.total is None else [],
    }


def _item(item: ReconciledItem, totals: ExactColumn) -> Json:
    return {
        "code": item.code,
        "answers": [_answer(answer) for answer in item.answers],
        "points": number_json(item.points, totals),
        "total_if_accepted_alone": number_json(item.total_if_accepted_alone, totals),
        "band_if_accepted_alone": item.band_if_accepted_alone,
        "alone_changes_band": item.alone_changes_band,
        "total_if_granted": number_json(item.total_if_granted, totals),
        "band_if_granted": item.band_if_granted,
        "granting_changes_band": item.granting_changes_band,
    }


def _answer(answer: ReconciledAnswer) -> Json:
    return {
        "code": answer.code,
        "claim": _given(answer.claim),
        "finding": _given(answer.finding),
        "difference": answer.difference,
        "unmet": [level.value for level in answer.unmet],
        "claim_state": _state(answer.claim_state),
        "claim_evidence": answer.claim_evidence,
        "finding_state": _state(answer.finding_state),
        "finding_evidence": answer.finding_evidence,
    }


def _given(answer: Answer) -> Json:
    if isinstance(answer, Absence):
        return {"absent": answer.value}
    if isinstance(answer, str):
        return {"option": answer}
    return {"level": answer} if isinstance(answer, int) else {"value": shortest_text(answer)}


def _state(state: AnswerState | None) -> str | None:
    return None if state is None else state.value


def _step(step: WaterfallStep, totals: ExactColumn) -> Json:
    return {
        "items": [item.code for item in step.items],
        "points": number_json(step.points, totals),
        "total": number_json(step.total, totals),
        "band": step.band,
    }


def _state_difference(each: StateDifference) -> Json:
    return {
        "code": each.code,
        "level": each.level,
        "claim_state": _state(each.claim_state),
        "claim_evidence": each.claim_evidence,
        "finding_state": _state(each.finding_state),
        "finding_evidence": each.finding_evidence,
    }


_HEADER = (
    *("agency", "code", "year", "synthetic"),
    *("claimed_total", "claimed_total_exact", "claimed_band"),
    *("verified_total", "verified_total_exact", "verified_band", "standing"),
    *("item", "answer", "claim", "finding", "difference", "points", "points_exact"),
    *("band_if_accepted_alone", "band_if_granted", "alone_changes_band"),
    *("claim_state", "claim_evidence", "finding_state", "finding_evidence"),
    *("instrument", "weighting"),
)
_ITEM_CELLS = _HEADER.index("claim_state") + 4 - _HEADER.index("item")


def reconciliation_csv(table: ReconciliationTable, rows: Iterable[int] | None = None) -> str:
    """Return reconciliations as CSV text: one row for every answer that differs.

    Decimals are to 6 places with a point, and the exact numbers stand beside; a number that is a
    double has no exact one. Answers of one unit have the same `item`; its points and bands stand in
    the row of the one that it is called after. An agency at which nothing differs has one row
    without an answer; who is on one side alone is not in it. Texts that a spreadsheet would run as
    a formula begin with an apostrophe.

    Args:
        table: what to write.
        rows: which of its rows; None for all.
    """
    lines: list[Iterable[object]] = [_HEADER]
    for row in range(len(table)) if rows is None else rows:
        card = table.card(row)
        first, last = _card_cells(card), (table.instrument.id, table.weighting.name)
        lines.extend((*first, *cells, *last) for cells in _answer_rows(card))
    return lines_of(lines)


def _card_cells(card: Reconciliation) -> tuple[object, ...]:
    facts, totals = card.sides.facts[0], card.table.claimed.totals
    sides = [
        (*number_cells(side.total, totals), escaped(side.band or ""))
        for side in (card.claimed_card, card.verified_card)
    ]
    return (
        escaped(facts.agency.name),
        facts.agency.code,
        facts.year,
        "yes" if card.synthetic else "no",
        *sides[0],
        *sides[1],
        card.standing.value,
    )


def _answer_rows(card: Reconciliation) -> Iterator[tuple[object, ...]]:
    if card.is_empty:
        yield ("",) * _ITEM_CELLS
    totals = card.table.claimed.totals
    for item in card.items:
        for answer in item.answers:
            unit: tuple[object, ...] = ("",) * 5
            if answer is item.answers[0]:
                unit = (
                    *number_cells(item.points, totals),
                    escaped(item.band_if_accepted_alone or ""),
                    escaped(item.band_if_granted or ""),
                    "yes" if item.alone_changes_band else "no",
                )
            yield (
                item.code,
                answer.code,
                _cell(answer.claim),
                _cell(answer.finding),
                answer.difference,
                *unit,
                answer.claim_state or "",
                escaped(answer.claim_evidence),
                answer.finding_state or "",
                escaped(answer.finding_evidence),
            )


def _cell(answer: Answer) -> str:
    """Return an answer as a cell of a file; empty where there is none, as in one of assessments."""
    if answer is Absence.NOT_ANSWERED:
        return ""
    if isinstance(answer, Absence):
        return str(answer.value)
    return escaped(answer) if isinstance(answer, str) else shortest_text(Fraction(answer))
