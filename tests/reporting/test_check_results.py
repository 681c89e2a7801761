from __future__ import annotations

import csv
import io
import json

import attrs
import pytest

import meritindex as mi
from builders import indicator, instrument
from meritindex.reporting.check_results import (
    changes_csv,
    changes_json,
    findings_csv,
    verification_csv,
    verification_json,
)
from meritindex.reporting.record_results import record_csv, record_document
from meritindex.reporting.results import json_text


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_findings():
    found = mi.lint(mi.instrument("ism-2026"))
    assert len(found) > 1
    for language in ("id", "en"):
        written = rows(findings_csv(found, language))
        assert [row["message"].removeprefix("'") for row in written] == [
            each.message.in_language(language) for each in found
        ]
        assert [(row["code"], row["severity"], row["where"]) for row in written] == [
            (each.code, each.severity, each.where) for each in found
        ]
        assert {row["instrument"] for row in written} == {"ism-2026"}


def test_changes():
    old = instrument(indicator("i1"), indicator("i2"))
    new = attrs.evolve(old, title=mi.Text("=judul", "=title"))
    changes = mi.diff(old, new)
    assert changes_json(changes, "en")["changes"] == changes.as_rows("en")
    assert changes_json(changes, "en")["after"] == {"id": new.id, "fingerprint": new.fingerprint}
    (row,) = rows(changes_csv(changes, "id"))
    assert (row["kind"], row["where"], row["field"]) == ("reworded", "", "title")
    assert row["after"] == "'=judul"
    assert rows(changes_csv(mi.diff(old, old), "id")) == []


@pytest.fixture(scope="module")
def card():
    given = {"agency": "Mahkamah Konstitusi", "instrument": "ism-2019", "year": 2021}
    return mi.score(mi.Assessment(**given, points={"total": 327}))


def test_a_verification(card):
    held = mi.verify(mi.record(card))
    data = json.loads(json_text(verification_json(held)))
    assert (data["holds"], data["differences"], data["canonical"]) == (True, [], True)
    assert data["total"] == {"exact": "327", "decimal": "327"}
    assert rows(verification_csv(held, "id")) == []
    changed = mi.verify(mi.record(card).replace(b'"327"', b'"372"', 1))
    data = json.loads(json_text(verification_json(changed)))
    assert data["holds"] is False
    for language in ("id", "en"):
        written = rows(verification_csv(changed, language))
        assert [row["message"] for row in written] == [
            each["message"][language] for each in data["differences"]
        ]


def test_a_verification_without_a_total():
    given = {"agency": "Kota Batu", "instrument": "ism-2019", "year": 2021}
    card = mi.score(mi.Assessment(**given, points={"a1": 30}))
    data = verification_json(mi.verify(mi.record(card)))
    assert (data["total"], data["band"]) == (None, None)


def test_a_record_to_read(card):
    kept = json.loads(mi.record(card))
    found = {row["where"]: row["recorded"] for row in rows(record_csv(card))}
    assert found["checksum"] == kept["checksum"]
    assert found["result.total"] == "327"
    assert found[f"answers.points.{card.instrument.root.code}"] == "327"
    assert found["synthetic"] == "no"
    assert found["agency.name"] == "Mahkamah Konstitusi"
    weights = kept["weighting"]["weights"]
    code = next(iter(weights))
    for place, source in enumerate(weights[code]["sources"]):
        assert found[f"weighting.weights.{code}.sources[{place}]"] == source
    said = mi_text(record_document(card, "en"))
    assert kept["checksum"] in said.replace("\n  ", "")
    assert "This is a copy to read." in said


def mi_text(document):
    from meritindex.layout import to_text

    return to_text(document, 200)
