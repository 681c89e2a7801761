"""Bounds as JSON and CSV, exact and in one form for everybody; and what they rest on.

What is known of weights, and what answers may stand for, is written here for every result that
rests on more than one weighting or completion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from meritindex.analysis import BoundsCard, BoundsTable
from meritindex.assessment import AnswerPolicy
from meritindex.assessment.formulas import escaped
from meritindex.definition import Admissible, Given, Region, Weighting
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.csv_text import lines_of
from meritindex.reporting.results import Json, number_json
from meritindex.scoring import ExactColumn


def bounds_json(table: BoundsTable, rows: Iterable[int] | None = None) -> Json:
    """Return bounds as plain data for JSON.

    A band is named by its official Indonesian name, and what is not known is null. `exact` is a
    fraction as text, `decimal` the same rounded half up to 6 places for display; what is computed
    in double precision is `approximate`, as in the results of scores. `open_items` are what is not
    answered or doubtful, what decides most first; `width` is by how much the interval narrows at
    most when that one alone is settled. Where `attained` is false, no weighting leaves a range of
    ranks, but its ends need not be any weighting's. Reasons and faults are in English.

    Args:
        table: what to write.
        rows: which of its rows; None for all. Ranks are those in the table all the same.
    """
    cards = [table.card(row) for row in (range(len(table)) if rows is None else rows)]
    return {
        "instrument": table.instrument.id,
        "weighting": weighting_json(table.weighting),
        "open_weights": {
            code: open_weights_json(region) for code, region in table.tree.regions.items()
        },
        "policy": policy_json(table.policy),
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "attained": all(card.attained for card in cards if card.rank_range is not None),
        "scores": [_score(card) for card in cards],
        "left_out": [fault.in_language("en") for fault in table.assessments.left_out],
    }


def _score(card: BoundsCard) -> Json:
    table = card.table
    facts, totals = table.assessments.facts[card.row], table.table.totals
    best, worst = card.rank_range or (None, None)
    return {
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "lower": number_json(card.lower, totals),
        "upper": number_json(card.upper, totals),
        "certain_band": card.certain_band,
        "possible_bands": list(card.possible_bands),
        "best_rank": best,
        "worst_rank": worst,
        "standing": card.standing.value,
        "synthetic": facts.synthetic,
        "open_items": [
            {
                "code": decision.item.code,
                "answered": decision.item.answered,
                "width": number_json(decision.width, totals),
                "effect": number_json(decision.effect, totals),
                "can_settle": decision.can_settle,
            }
            for decision in card.decisions
        ],
    }


def weighting_json(weighting: Weighting | Admissible) -> Json:
    """Return a weighting by its name, with the facts that the caller gave."""
    named: Json = {"name": weighting.name}
    if isinstance(weighting, Given):
        weights = {code: exact_text(value) for code, value in weighting.weights}
        named |= {"weights": weights}
    if isinstance(weighting, Admissible):
        named |= {
            "weights": {code: _ends(*ends) for code, ends in weighting.weights},
            "order": [list(chain) for chain in weighting.order],
            "sums": [{"codes": list(codes), **_ends(*ends)} for codes, ends in weighting.sums],
        }
    if isinstance(weighting, Given | Admissible):
        has_facts = isinstance(weighting, Given) or bool(weighting.facts)
        standing = weighting.basis.standing.value if has_facts else None
        named |= {"source": weighting.source, "standing": standing}
    return named


def open_weights_json(region: Region) -> Mapping[str, Json]:
    """Return between what ends the weights lie that are open, by code."""
    return {
        code: _ends(low, high)
        for code, low, high in zip(region.codes, region.lower, region.upper, strict=True)
        if low != high
    }


def policy_json(policy: AnswerPolicy) -> Json:
    """Return what answers may stand for, by the words of the command line."""
    return {
        "verified": policy.verified.name,
        "evidenced": policy.evidenced.name,
        "claimed": policy.claimed.name,
        "unstated": policy.unstated.name,
        "unanswered": policy.unanswered.value,
    }


def _ends(low: Fraction | None, high: Fraction | None) -> Json:
    """Return two ends, exactly; one that is open is null."""
    return {
        "from": None if low is None else exact_text(low),
        "to": None if high is None else exact_text(high),
    }


def bounds_csv(table: BoundsTable, rows: Iterable[int] | None = None) -> str:
    """Return bounds as CSV text: decimals to 6 places with a point, and the exact ends beside.

    An end that is a double has no exact one. Several bands or codes in a cell stand one after the
    other with semicolons. Texts that a spreadsheet would run as a formula begin with an apostrophe.

    Args:
        table: what to write.
        rows: which of its rows; None for all.
    """
    lines: list[Iterable[object]] = []
    lines.append(
        (
            *("agency", "code", "year", "stage", "synthetic"),
            *("lower", "lower_exact", "upper", "upper_exact"),
            *("certain_band", "possible_bands", "best_rank", "worst_rank", "standing"),
            *("open_items", "instrument", "weighting"),
        )
    )
    for row in range(len(table)) if rows is None else rows:
        card, facts = table.card(row), table.assessments.facts[row]
        lines.append(
            (
                escaped(facts.agency.name),
                facts.agency.code,
                facts.year,
                facts.stage or "",
                "yes" if facts.synthetic else "no",
                *number_cells(card.lower, table.table.totals),
                *number_cells(card.upper, table.table.totals),
                escaped(card.certain_band or ""),
                escaped("; ".join(card.possible_bands)),
                *(card.rank_range or ("", "")),
                card.standing,
                "; ".join(item.code for item in card.open_items),
                table.instrument.id,
                table.weighting.name,
            )
        )
    return lines_of(lines)


def number_cells(value: Fraction | None, totals: ExactColumn) -> tuple[str, str]:
    """Return a number of a column as two cells: a decimal, and exactly unless it is a double."""
    if value is None:
        return "", ""
    return decimal_text(value), "" if totals.is_double else exact_text(value)
