"""Shares of draws as JSON and CSV, exact and in one form for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from meritindex.analysis.simulating import AgencyRobustness, Around, Robustness
from meritindex.assessment.formulas import escaped
from meritindex.definition import Admissible, Weighting
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.bounds_results import open_weights_json, policy_json, weighting_json
from meritindex.reporting.csv_text import lines_of
from meritindex.reporting.results import Json, exact_json

_PERCENTILES = (5, 50, 95)


def robustness_json(result: Robustness, rows: Iterable[int] | None = None) -> Json:
    """Return the result of a simulation as plain data for JSON.

    A band is named by its official Indonesian name, and what is not known is null. `exact` is a
    fraction as text, `decimal` the same rounded half up to 6 places for display. Shares are of the
    draws, and no probabilities that something is true; `sampling_error` is the largest standard
    error that a share can have, by the normal approximation. Reasons and faults are in English.

    Args:
        result: what to write.
        rows: which of its rows; None for all. Ranks are those in the table all the same.
    """
    settings = result.settings
    return {
        "instrument": result.instrument.id,
        "weighting": _weighting_json(settings.weighting),
        "open_weights": {
            code: open_weights_json(region) for code, region in result.tree.regions.items()
        },
        "policy": policy_json(settings.policy),
        "draws": settings.draws,
        "seed": settings.seed,
        "methods": {code: method.value for code, method in settings.methods},
        "assessments_with_drawn_answers": settings.open_rows,
        "sampling_error": decimal_text(Fraction(result.sampling_error())),
        "standing": result.standing.value,
        "reasons": [reason.as_text().en for reason in result.reasons],
        "synthetic": result.synthetic,
        "scores": [_score(result.card(row)) for row in _rows(result, rows)],
        "left_out": [fault.in_language("en") for fault in result.assessments.left_out],
    }


def _rows(result: Robustness, rows: Iterable[int] | None) -> Iterable[int]:
    return range(len(result)) if rows is None else rows


def _weighting_json(weighting: Weighting | Admissible | Around) -> Json:
    if isinstance(weighting, Around):
        return {
            "name": weighting.name,
            "weighting": weighting_json(weighting.weighting),
            "concentration": exact_text(weighting.concentration),
            "within": weighting_json(weighting.within),
        }
    return weighting_json(weighting)


def _score(card: AgencyRobustness) -> Json:
    facts = card.result.assessments.facts[card.row]
    return {
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "bands": {name: exact_json(share) for name, share in card.bands.items()},
        "mean_rank": exact_json(card.mean_rank),
        "rank_percentiles": {
            str(percent): exact_json(card.percentile(percent)) for percent in _PERCENTILES
        },
        "best_rank": card.best_rank,
        "worst_rank": card.worst_rank,
        "standing": card.standing.value,
        "synthetic": facts.synthetic,
    }


def robustness_csv(result: Robustness, rows: Iterable[int] | None = None) -> str:
    """Return the result of a simulation as CSV text, decimals to 6 places with a point.

    The share of each band has a column of its own, `share: ` and the band's name. Texts that a
    spreadsheet would run as a formula begin with an apostrophe.

    Args:
        result: what to write.
        rows: which of its rows; None for all.
    """
    lines: list[Iterable[object]] = []
    header = ["agency", "code", "year", "stage", "synthetic", "mean_rank"]
    header += [f"rank_p{percent:02d}" for percent in _PERCENTILES]
    header += ["best_rank", "worst_rank", *(f"share: {name}" for name in result.bands)]
    lines.append([*header, "draws", "seed", "standing", "instrument", "weighting"])
    for row in _rows(result, rows):
        card, facts = result.card(row), result.assessments.facts[row]
        ranks = [card.mean_rank, *(card.percentile(percent) for percent in _PERCENTILES)]
        lines.append(
            [
                escaped(facts.agency.name),
                facts.agency.code,
                facts.year,
                facts.stage or "",
                "yes" if facts.synthetic else "no",
                *("" if rank is None else decimal_text(rank) for rank in ranks),
                card.best_rank,
                card.worst_rank,
                *(decimal_text(share) for share in card.bands.values()),
                result.settings.draws,
                "" if result.seed is None else result.seed,
                card.standing,
                result.instrument.id,
                result.weighting.name,
            ]
        )
    return lines_of(lines)
