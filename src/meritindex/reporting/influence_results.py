"""The influence of elements as plain data for JSON: exact numbers, with decimals beside them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from meritindex.analysis.influencing import (
    Alpha,
    BandChange,
    Element,
    Influence,
    SobolIndices,
    Swap,
    VerifyFirst,
    WeightChange,
)
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.results import Json, exact_json
from meritindex.scoring import ScoreTable


def influence_json(influence: Influence) -> Json:
    """Return what makes agencies differ: every element, alpha of every dimension, removals.

    `exact` is a fraction as text and `decimal` the same rounded half up to 6 places for display; a
    number that rests on double precision has `double` in place of `exact`. Correlations are
    doubles. Reasons and faults are in English.
    """
    dimensions = influence.instrument.dimensions
    return {
        **head_json(influence.scored),
        "agencies": len(influence.table),
        "without_total": [agency.name for agency in influence.without_total],
        "elements": [_element(element) for element in influence.elements],
        "alpha": [_alpha(influence.alpha(dimension.code)) for dimension in dimensions],
        "removals": [_change(change) for change in influence.removals],
        "not_removable": [fault.in_language("en") for fault in influence.not_removable],
    }


def weight_change_json(change: WeightChange) -> Json:
    """Return what ranks and bands become under another weight: the agencies that move."""
    return {
        **head_json(change.table_after),
        **_change(change),
        "weights": {code: exact_text(value) for code, value in change.weighting.weights},
        "moves": [
            {
                "agency": move.agency.name,
                "code": move.agency.code,
                "rank_before": move.rank_before,
                "rank_after": move.rank_after,
                "band_before": move.band_before,
                "band_after": move.band_after,
            }
            for move in change.moves
        ],
    }


def swap_json(swap: Swap) -> Json:
    """Return at which weights two agencies have the same total.

    A weight that is not rational has `exact` null, and `low` and `high` around it.
    """
    return {
        "code": swap.code,
        "weight": _number(swap.weight),
        "whole": _number(swap.whole),
        "agencies": [swap.one.name, swap.other.name],
        "always": swap.always,
        "before_rounding": swap.before_rounding,
        "crossings": [
            {
                "weight": _number(crossing.weight, exact=crossing.exact),
                "low": exact_text(crossing.low),
                "high": exact_text(crossing.high),
                "ahead_below": crossing.ahead_below and crossing.ahead_below.name,
                "ahead_above": crossing.ahead_above and crossing.ahead_above.name,
            }
            for crossing in swap.crossings
        ],
    }


def band_changes_json(changes: Sequence[BandChange]) -> list[Json]:
    """Return at which weights an agency changes its band."""
    return [
        {
            "weight": _number(change.weight),
            "below": change.below,
            "at": change.at,
            "above": change.above,
        }
        for change in changes
    ]


def verify_first_json(found: VerifyFirst) -> Json:
    """Return which open answers most likely change bands: of all agencies, and of each."""
    policy = found.policy
    return {
        **head_json(found.table),
        "policy": {
            "verified": policy.verified.name,
            "evidenced": policy.evidenced.name,
            "claimed": policy.claimed.name,
            "unstated": policy.unstated.name,
            "unanswered": policy.unanswered.value,
        },
        "draws": found.draws,
        "seed": found.seed,
        "items": [
            {
                "code": item.code,
                "open_in": item.open_in,
                "decides_in": item.decides_in,
                "expected": _number(item.expected),
                "error": item.error,
            }
            for item in found.items
        ],
        "agencies": [
            {
                "agency": each.agency.name,
                "code": each.agency.code,
                "items": [
                    {
                        "code": chance.item.code,
                        "state": None if chance.item.state is None else chance.item.state.value,
                        "answered": chance.item.answered,
                        "low": _end(chance.item.low),
                        "high": _end(chance.item.high),
                        "chance": _number(chance.chance),
                        "error": chance.error,
                    }
                    for chance in each.items
                ],
            }
            for each in found.agencies
            if each.items
        ],
    }


def sobol_json(found: SobolIndices) -> Json:
    """Return the Sobol indices of all open weights; they are doubles."""
    return {
        **head_json(found.table),
        "output": found.output.value,
        "agency": None if found.agency is None else found.agency.name,
        "known": [fact.en for fact in found.region.facts],
        "samples": found.samples,
        "runs": found.runs,
        "seed": found.seed,
        "indices": [
            {
                "code": index.code,
                "first": index.first,
                "first_error": index.first_error,
                "total": index.total,
                "total_error": index.total_error,
            }
            for index in found.indices
        ],
    }


def head_json(table: ScoreTable) -> Json:
    """Return what was scored and how, how firmly it is known, and what was left out."""
    return {
        "instrument": table.instrument.id,
        "weighting": table.weighting.name,
        "standing": table.standing.value,
        "reasons": [reason.as_text().en for reason in table.reasons],
        "synthetic": table.synthetic,
        "left_out": [fault.in_language("en") for fault in table.left_out],
    }


def _element(element: Element) -> Json:
    return {
        "code": element.code,
        "parent": element.parent,
        "nominal": None if element.nominal is None else _number(element.nominal),
        "effective": None
        if element.effective is None
        else _number(element.effective, exact=element.exact),
        "reason": None if element.reason is None else element.reason.en,
        "correlation": element.correlation,
        "agencies": element.agencies,
    }


def _alpha(alpha: Alpha) -> Json:
    return {
        "code": alpha.code,
        "value": None if alpha.value is None else _number(alpha.value, exact=alpha.exact),
        "items": list(alpha.items),
        "agencies": alpha.agencies,
        "reason": None if alpha.reason is None else alpha.reason.en,
    }


def _change(change: WeightChange) -> Json:
    return {
        "element": change.code,
        "before": _number(change.before),
        "after": _number(change.after),
        "rank_changes": change.rank_changes,
        "band_changes": change.band_changes,
        "mean_shift": _number(change.mean_shift),
        "largest_shift": change.largest_shift,
    }


def _number(value: Fraction, *, exact: bool = True) -> Json:
    if exact:
        return exact_json(value)
    return {"exact": None, "decimal": decimal_text(value), "double": float(value)}


def _end(value: Fraction | int | None) -> str | None:
    return None if value is None else exact_text(Fraction(value))
