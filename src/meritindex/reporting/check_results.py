"""What checks have found as JSON and CSV: a linter's findings, changes of rules, a verification."""

from __future__ import annotations

from meritindex.analysis import InstrumentDiff, Verification
from meritindex.analysis.lint import Findings
from meritindex.language import Language
from meritindex.reporting.csv_text import csv_text
from meritindex.reporting.instrument_results import text_json
from meritindex.reporting.results import Json, number_json


def findings_csv(findings: Findings, language: Language) -> str:
    """Return what the linter found as CSV text, a row a finding, the gravest first."""
    return csv_text(
        ("code", "severity", "where", "message", "instrument"),
        (
            (
                each.code,
                each.severity.value,
                each.where,
                each.message.in_language(language),
                findings.instrument,
            )
            for each in findings
        ),
    )


def changes_json(changes: InstrumentDiff, language: Language) -> Json:
    """Return what changed between two instruments; numbers are exact."""
    return {
        **{
            side: {"id": instrument.id, "fingerprint": instrument.fingerprint}
            for side, instrument in (("before", changes.before), ("after", changes.after))
        },
        "changes": changes.as_rows(language),
    }


def changes_csv(changes: InstrumentDiff, language: Language) -> str:
    """Return what changed between two instruments as CSV text, a row a change."""
    header = ("kind", "where", "field", "before", "after")
    return csv_text(header, ([row[name] for name in header] for row in changes.as_rows(language)))


def verification_json(found: Verification) -> Json:
    """Return what came of computing a record anew; texts are in both languages."""
    card, facts = found.card, found.card.assessments.facts[found.card.row]
    total = card.total
    return {
        "holds": bool(found),
        "canonical": found.canonical,
        "instrument": card.instrument.id,
        "weighting": card.weighting.name,
        "agency": facts.agency.name,
        "code": facts.agency.code,
        "year": facts.year,
        "synthetic": facts.synthetic,
        "standing": card.standing.value,
        "total": None if total is None else number_json(total, card.scores.total),
        "band": card.band,
        "differences": [
            {
                "where": each.where,
                "recorded": each.recorded,
                "computed": each.computed,
                "message": text_json(each.message),
            }
            for each in found.differences
        ],
        "remarks": [text_json(each) for each in found.remarks],
    }


def verification_csv(found: Verification, language: Language) -> str:
    """Return what differs between a record and its result as CSV text, a row a difference."""
    return csv_text(
        ("where", "recorded", "computed", "message"),
        (
            (each.where, each.recorded, each.computed, each.message.in_language(language))
            for each in found.differences
        ),
    )
