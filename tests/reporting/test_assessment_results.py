from __future__ import annotations

import json
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import indicator, instrument, measure
from meeting import law
from meritindex.layout import Table, to_text
from meritindex.reporting.assessment_results import assessments_document, assessments_json
from meritindex.reporting.results import json_text
from meritindex.testing import assessment_sets


@law(20)
@given(st.data())
def test_json_reads_back_as_the_same(tmp_path_factory, data):
    many = data.draw(assessment_sets("ism-2026", max_size=3))
    path = tmp_path_factory.mktemp("json") / "many.json"
    path.write_text(json_text(assessments_json(many)), encoding="utf-8")
    assert mi.read_assessments(path) == many


def test_levels_are_numbers_and_nothing_is_an_empty_text():
    rows = json.loads(json_text(assessments_json(mi.sample().rows(np.arange(5)))))["assessments"]
    assert len(rows) == 5
    for row in rows:
        assert "" not in row.values()
        assert type(row["a1q1"]) is int


def test_the_document_shows_every_level():
    many = mi.sample().rows(np.arange(5))
    document = assessments_document(many, "en")
    assert "SYNTHETIC DATA" in to_text(document)
    (table,) = (part for part in document.parts if isinstance(part, Table))
    assert len(table.rows) == 5
    for row, levels in zip(table.rows, many.levels.tolist(), strict=True):
        codes = [column.title for column in table.columns[2:]]
        shown = " ".join(
            cell
            for cell, code in zip(row[2:], codes, strict=True)
            if code not in {each.code for each in many.instrument.measures}
        )
        marks = {254: "-", 255: "?"}
        assert shown.split() == [marks.get(level, str(level)) for level in levels]


def test_measures_and_what_is_not_answered():
    made = instrument(indicator("i"), measure("m", decimals=2))
    answers = [
        mi.Assessment(agency="Kota Batu", instrument=made, levels={"i": 1}, measures={"m": "0.5"}),
        mi.Assessment(agency="Kota Malang", instrument=made, date=date(2026, 8, 5)),
    ]
    many = mi.AssessmentSet.of(answers)
    document = assessments_document(many, "id")
    (table,) = (part for part in document.parts if isinstance(part, Table))
    assert table.rows == (
        ("Kota Batu", "", "1", "0,5"),
        ("Kota Malang", "2026-08-05", "?", "?"),
    )
    assert "SINTETIS" not in to_text(document)
