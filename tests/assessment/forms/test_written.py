"""A form as `write_form` writes it, filled in, reads back as the same assessment."""

from __future__ import annotations

import io
from pathlib import Path

import attrs
import pytest

import meritindex as mi
from form_builders import typed_values
from meeting import meet
from meritindex.assessment import Assessment, AssessmentSet, read_assessments, read_forms
from meritindex.assessment.forms.layout import layout
from meritindex.definition import Instrument
from meritindex.language import LANGUAGES, Language
from meritindex.testing import assessments

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, of the extra excel")

INSTRUMENTS = ("ism-2026", "ism-2019")


def filled(content: bytes, one: Assessment, language: Language) -> bytes:
    """Return a form with what a person types, by openpyxl alone."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    places = layout(one.instrument, language).typed
    for name, value in typed_values(one, language).items():
        place = places[name]
        cell = book[place.sheet].cell(place.row, place.column, value)
        if isinstance(value, str):
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_form_that_was_filled_by_hand(name, language, tmp_path):
    from meritindex.reporting.forms import form_bytes

    rules: Instrument = mi.instrument(name)
    blank = form_bytes(rules, language=language)
    path = tmp_path / "form.xlsx"

    def check(one: Assessment) -> list[str]:
        codes = [indicator.code for indicator in rules.indicators][:3]
        one = attrs.evolve(
            one,
            year=2026,
            evidence={code: f"=SK {code}" for code in codes},
            states=dict.fromkeys(codes, "evidenced"),
        )
        path.write_bytes(filled(blank, one, language))
        assert list(read_forms(path, rules)) == [one]
        return ["read"]

    # Points of dimensions that have children can't be typed into a form.
    meet(check, (4, assessments(rules, entries=False)), wanted=["read"])


def test_a_folder_of_forms_that_were_filled_by_the_library(tmp_path: Path):
    from meritindex.reporting.forms import write_form

    many = mi.sample()
    some = AssessmentSet.of(many[row] for row in range(0, len(many), 90))
    for number, one in enumerate(some):
        language = LANGUAGES[number % 2]
        write_form("ism-2026", tmp_path / f"{number}.xlsx", language=language, assessment=one)
    found = read_forms(tmp_path)
    assert found == some
    assert read_assessments(tmp_path) == some
    assert mi.score(found).agencies == mi.score(some).agencies
