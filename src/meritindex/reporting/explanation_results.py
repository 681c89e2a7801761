"""An explanation as JSON and CSV: every step of one agency's score, down to the sources."""

from __future__ import annotations

from fractions import Fraction

from meritindex.definition import Level
from meritindex.language import Language
from meritindex.numbers import decimal_text, exact_text
from meritindex.reporting.csv_text import Value, csv_text, exact_cell
from meritindex.reporting.instrument_results import text_json
from meritindex.reporting.results import Json, number_json
from meritindex.scoring import Explanation, ScoreCard


def explanation_json(card: ScoreCard) -> Json:
    """Return why an agency has its score: a tree of steps, and the sources that it names.

    Numbers are as in other results. A text is there in both languages; that of an Indonesian rule
    is official in Indonesian alone.
    """
    explanation, facts = card.explain(), card.assessments.facts[card.row]
    sources = dict.fromkeys(source for node in explanation.walk() for source in node.sources)
    return {
        "instrument": card.instrument.id,
        "weighting": card.weighting.name,
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "stage": None if facts.stage is None else facts.stage.value,
        "synthetic": facts.synthetic,
        "standing": card.standing.value,
        "explanation": _node(explanation, card),
        "sources": [
            {"code": each.code, "title": text_json(each.title), "url": each.url} for each in sources
        ],
    }


def _node(node: Explanation, card: ScoreCard) -> Json:
    weight = node.weight
    return {
        "code": node.code,
        "name": text_json(node.name),
        "status": node.status.value,
        "points": _points(node, card),
        "max": exact_text(node.maximum),
        "band": None if node.band is None else node.band.id,
        "weight": None
        if weight is None
        else {
            "value": exact_text(weight.value),
            "standing": weight.basis.standing.value,
            "sources": list(weight.basis.sources),
        },
        "contribution": None
        if node.contribution is None
        else _number(node.contribution, exact=node.exact),
        "formula": None if node.formula is None else text_json(node.formula),
        "level": _level(node.level),
        "next_level": _level(node.next_level),
        "conditions": [text_json(each) for each in node.conditions],
        "limits": [text_json(each) for each in node.limits],
        "standing": node.standing.value,
        "reasons": [text_json(each.as_text()) for each in node.reasons],
        "sources": [source.code for source in node.sources],
        "remark": None if node.remark is None else text_json(node.remark),
        "children": [_node(child, card) for child in node.children],
    }


def _points(node: Explanation, card: ScoreCard) -> Json | None:
    column = card.scores.columns.get(node.code)
    if column is not None or node.points is None:  # what is not known is in no column either
        return None if column is None else number_json(node.points, column)
    return _number(node.points, exact=node.exact)


def _number(value: Fraction, *, exact: bool) -> Json:
    number: Json = {"exact": exact_text(value), "decimal": decimal_text(value)}
    if exact:
        return number
    return number | {"exact": None, "double": float(value), "approximate": True}


def _level(level: Level | None) -> Json | None:
    if level is None:
        return None
    criterion = None if level.criterion is None else text_json(level.criterion)
    return {"value": level.value, "points": exact_text(level.points), "criterion": criterion}


def explanation_csv(card: ScoreCard, language: Language) -> str:
    """Return the steps of an explanation as CSV text, a row each, parents first.

    Decimals have 6 places and a point, and the exact points stand beside; points that are no exact
    number have none. `depth` is 0 for the total.
    """
    facts = card.assessments.facts[card.row]
    whose = facts.agency.name, facts.year, facts.synthetic, card.instrument.id, card.weighting.name
    return csv_text(
        (
            *("code", "parent", "depth", "name", "status", "points", "points_exact", "maximum"),
            *("band", "weight", "weight_standing", "contribution", "level", "criterion"),
            *("formula", "standing", "sources"),
            *("agency", "year", "synthetic", "instrument", "weighting"),
        ),
        ((*_cells(node, card, language), *whose) for node in card.explain().walk()),
    )


def _cells(node: Explanation, card: ScoreCard, language: Language) -> tuple[Value, ...]:
    parent = card.instrument.parent(node.code)
    weight, level = node.weight, node.level
    criterion = None if level is None else level.criterion
    return (
        node.code,
        None if parent is None else parent.code,
        len(card.instrument.path(node.code)),
        node.name.in_language(language),
        node.status.value,
        node.points,
        exact_cell(node.points) if node.exact else None,
        node.maximum,
        None if node.band is None else node.band.id,
        None if weight is None else exact_text(weight.value),
        None if weight is None else weight.basis.standing.value,
        node.contribution,
        None if level is None else level.value,
        None if criterion is None else criterion.in_language(language),
        None if node.formula is None else node.formula.in_language(language),
        node.standing.value,
        ", ".join(source.code for source in node.sources),
    )
