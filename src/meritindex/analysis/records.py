"""Records: one result as one canonical byte string, with all that is needed to compute it anew.

A record is JSON in UTF-8: keys sorted by their characters' code points, no insignificant blanks,
no escapes but those that JSON demands, one line end at the end. Points and weights are exact
fractions as text, `653/2`. It ends up different for different results, and the same for equal
ones, on every machine. `meritindex.analysis.verification` computes what it says anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction

from meritindex import __version__
from meritindex.assessment import Assessment
from meritindex.definition import Agency, Figure, Given, Instrument, Weighting
from meritindex.numbers import exact_text
from meritindex.scoring import DimensionScore, ScoreCard

FORMAT = 1
LIBRARY = "meritindex"

Json = dict[str, object]


def record(card: ScoreCard) -> bytes:
    """Return the record of a result: what was answered, by which rules, and what came out.

    Equal cards give equal bytes. `verify` computes a record anew. It is not signed: whoever can
    change it can make a consistent one of other answers.

    Examples:
        >>> import meritindex as mi
        >>> court = mi.Assessment(agency="Mahkamah Konstitusi", instrument="ism-2019", year=2021,
        ...                       points={"total": 327})
        >>> kept = mi.record(mi.score(court))
        >>> bool(mi.verify(kept))
        True
        >>> print(mi.verify(kept.replace(b'"327"', b'"372"', 1)).differences[0].message.en)
        it was changed after it was made: its checksum does not fit
    """
    return canonical_bytes(record_data(card))


def record_data(card: ScoreCard) -> Json:
    """Return the content of a record, its checksum among it."""
    facts = card.assessments.facts[card.row]
    data: Json = {
        "format": FORMAT,
        "library": {"name": LIBRARY, "version": __version__},
        "instrument": {"id": card.instrument.id, "fingerprint": card.instrument.fingerprint},
        "weighting": {
            "kind": card.weighting.name,
            "given": _given(card.weighting),
            "weights": {
                code: _weight(figure)
                for code, figure in card.plan.weights
                if _is_weighed(card.instrument, code)
            },
        },
        "missing": None if card.plan.missing is None else card.plan.missing.value,
        "agency": _agency(card.agency),
        "year": facts.year,
        "date": None if facts.date is None else str(facts.date),
        "stage": None if facts.stage is None else facts.stage.value,
        "synthetic": card.synthetic,
        "answers": _answers(card.assessment),
        "result": _result(card),
    }
    return {**data, "checksum": checksum(data)}


def canonical_bytes(data: Json) -> bytes:
    """Return data as JSON in the one form that a record has."""
    text = json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    # Half of a pair, which UTF-8 can't hold, is written as the escape that JSON has for it.
    return f"{text}\n".encode(errors="backslashreplace")


def checksum(data: Json) -> str:
    """Return the SHA-256 of a record's canonical bytes without its checksum."""
    content = {key: value for key, value in data.items() if key != "checksum"}
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def _given(weighting: Weighting) -> Json | None:
    """Return what a weighting brought of its own, in the order in which it did."""
    if not isinstance(weighting, Given):
        return None
    return {
        "weights": [
            {"code": code, "value": exact_text(value)} for code, value in weighting.weights
        ],
        "source": weighting.source,
        "standing": None if weighting.standing is None else weighting.standing.value,
    }


def _is_weighed(instrument: Instrument, code: str) -> bool:
    """Say whether the weight of a node stands for anything; minimum and median use none."""
    parent = instrument.parent(code)
    return parent is not None and parent.rule is not None and parent.rule.weighted


def _weight(figure: Figure) -> Json:
    return {
        "value": exact_text(figure.value),
        "standing": figure.basis.standing.value,
        "sources": list(figure.basis.sources),
    }


def _agency(agency: Agency) -> Json:
    return {
        "name": agency.name,
        "code": agency.code,
        "kind": None if agency.kind is None else agency.kind.value,
        "province": agency.province,
    }


def _answers(assessment: Assessment) -> Json:
    return {
        "levels": dict(assessment.levels),
        "gates": dict(assessment.gates),
        "derived_gates": dict(assessment.derived_gates),
        "measures": _exact(dict(assessment.measures)),
        "points": _exact(dict(assessment.points)),
        "standing": None if assessment.standing is None else assessment.standing.value,
        "standings": {code: standing.value for code, standing in assessment.standings},
        "states": {code: state.value for code, state in assessment.states},
        "evidence": dict(assessment.evidence),
    }


def _result(card: ScoreCard) -> Json:
    return {
        "total": _exact_or_none(card.total),
        "exact": card.exact,
        "band": card.band,
        "band_standing": None if card.band_standing is None else card.band_standing.value,
        "standing": card.standing.value,
        "dimensions": {code: _dimension(found) for code, found in card.dimensions.items()},
        "derived": _exact(card.derived),
        "missing": list(card.needed),
    }


def _dimension(found: DimensionScore) -> Json:
    return {
        "points": _exact_or_none(found.points),
        "exact": found.exact,
        "band": found.band,
        "status": found.status.value,
        "standing": found.standing.value,
    }


def _exact(values: Mapping[str, Fraction]) -> dict[str, str]:
    return {code: exact_text(value) for code, value in values.items()}


def _exact_or_none(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)
