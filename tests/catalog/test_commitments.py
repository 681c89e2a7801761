from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from builders import check_fault, faults_of, only_fault
from meritindex import catalog
from meritindex.catalog.commitments import commitments, load_commitments
from meritindex.definition import Standing
from meritindex.errors import DefinitionError, FileError
from meritindex.language import Text

SOUND = """\
format = 1

[common]
signed = 2025-09-10
place = "Palembang"
source.id = "surat rekaan"
source.en = "a made-up letter"
standing = "assumed"

[[commitments]]
agency = "Kota Jambi"
code = "15.71"
host = "Kantor Regional VII BKN"
baseline = "212,5"
baseline_date = 2025-06-30
target = "Baik"
deadline = 2027-12-31
instrument = "ism-2019"
signatories = ["Kantor Regional VII BKN", "Kota Malang"]
note = "catatan"

[[commitments.milestones]]
date = 2026-12-31
total = "240"

[[commitments]]
code = "35.73"
target = 250
signed = 2025-10-01
"""


@pytest.fixture
def written(tmp_path):
    """Return what writes the sound file with some of its text replaced."""

    def write(*replaced: tuple[str, str], text: str = SOUND) -> Path:
        for old, new in replaced:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "promises.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


class TestTheCatalog:
    def test_the_eight_signers_that_are_named(self):
        signers = commitments()
        assert signers is commitments()
        assert [(each.agency.code, each.agency.name) for each in signers] == [
            ("16.07", "Kabupaten Banyuasin"),
            ("16.06", "Kabupaten Musi Banyuasin"),
            ("17.02", "Kabupaten Rejang Lebong"),
            ("17", "Bengkulu"),
            ("19.06", "Kabupaten Belitung Timur"),
            ("15.71", "Kota Jambi"),
            ("16", "Sumatera Selatan"),
            ("19", "Kepulauan Bangka Belitung"),
        ]
        for each in signers:
            assert each.agency is catalog.agency(each.agency.code)
            assert each.agency.regional_office == "VII"
            assert (each.signed, each.place) == (dt.date(2025, 9, 10), "Palembang")
            assert each.host == "Kantor Regional VII BKN"
            assert each.source == Text("lima laporan berita", "five news reports")
            assert each.standing is Standing.REPORTED

    def test_nothing_is_made_up_of_what_they_did_not_publish(self):
        for each in commitments():
            assert (each.baseline, each.baseline_date) == (None, None)
            assert (each.target, each.deadline, each.instrument) == (None, None, None)
            assert (each.milestones, each.signatories) == ((), ())

    def test_notes_are_of_two_of_them(self):
        noted = {each.agency.name: each.note for each in commitments() if each.note is not None}
        assert list(noted) == ["Sumatera Selatan", "Kepulauan Bangka Belitung"]
        assert noted["Sumatera Selatan"] == Text("tuan rumah", "host")
        assert "301" in noted["Kepulauan Bangka Belitung"].id


class TestAFile:
    def test_sound(self, written):
        first, second = load_commitments(written())
        assert (first.agency.name, second.agency.name) == ("Kota Jambi", "Kota Malang")
        assert (first.baseline, first.target) == (Fraction(425, 2), "Baik")
        assert first.signatories == ("Kantor Regional VII BKN", "Kota Malang")
        assert first.note == Text.same("catatan")
        assert [(each.date, each.total) for each in first.milestones] == [
            (dt.date(2026, 12, 31), Fraction(240))
        ]
        assert (first.signed, second.signed) == (dt.date(2025, 9, 10), dt.date(2025, 10, 1))
        assert (second.target, second.place) == (Fraction(250), "Palembang")
        assert second.standing is Standing.ASSUMED

    def test_without_anything_in_common(self, written):
        text = SOUND.replace("[common]\n", "[[commitments]]\nagency = 'Aceh'\n")
        faults = faults_of(DefinitionError, lambda: load_commitments(written(text=text)))
        assert [(fault.code, fault.place.en) for fault in faults] == [
            ("entry-missing", "promises.toml: commitments[2].signed"),
            ("entry-missing", "promises.toml: commitments[2].source"),
            ("entry-missing", "promises.toml: commitments[2].standing"),
            ("entry-missing", "promises.toml: commitments[3].source"),
            ("entry-missing", "promises.toml: commitments[3].standing"),
        ]

    @pytest.mark.parametrize(
        ("old", "new", "code", "place"),
        [
            ("format = 1", "format = 2", "format-unknown", "format"),
            ('code = "15.71"', 'code = "99.99"', "agency-code-unknown", "commitments[1].code"),
            ('code = "15.71"', "code = 15.71", "entry-type", "commitments[1].code"),
            ('"Kota Jambi"', '"Kota Mars"', "agency-code-contradicts", "commitments[1].code"),
            ('code = "35.73"', 'agency = "Malang"', "agency-ambiguous", "commitments[2].agency"),
            ('code = "35.73"\n', "", "entry-missing", "commitments[2].agency"),
            ("2027-12-31", '"2027-12-31"', "entry-type", "commitments[1].deadline"),
            ("2025-06-30", "2025-06-30T10:00:00", "entry-type", "commitments[1].baseline_date"),
            ('"212,5"', "212.5", "entry-type", "commitments[1].baseline"),
            ('"212,5"', '"2..5"', "entry-number", "commitments[1].baseline"),
            ("target = 250", "target = 250.5", "entry-type", "commitments[2].target"),
            ("target = 250", 'target = "250..5"', "entry-number", "commitments[2].target"),
            ("total =", "totals =", "entry-missing", "commitments[1].milestones[1].total"),
            ("date = 2026-12-31", "date = 2026", "entry-type", "commitments[1].milestones[1].date"),
            ('"assumed"', '"sure"', "entry-choice", "common.standing"),
            ("place =", "plase =", "entry-unknown", "common.plase"),
            ("note =", "notes =", "entry-unknown", "commitments[1].notes"),
            ('"Kota Malang"]', "3]", "entry-type", "commitments[1].signatories[2]"),
            ("source.en = ", "source.de = ", "entry-missing", "common.source.en"),
            ("[[commitments]]\ncode", "[[promises]]\ncode", "entry-unknown", "promises"),
            ("2027-12-31", "2025-09-10", "deadline-before-signing", "commitments[1]"),
            ('total = "240"', 'total = "200"', "milestone-total", "commitments[1]"),
        ],
    )
    def test_a_fault_and_its_place(self, written, old, new, code, place):
        path = written((old, new))
        faults = faults_of(DefinitionError, lambda: load_commitments(path))
        assert (code, f"promises.toml: {place}") in [(each.code, each.place.en) for each in faults]

    def test_what_is_allowed_is_said(self, written):
        fault = only_fault(
            DefinitionError, lambda: load_commitments(written(("2027-12-31", '"besok"')))
        )
        check_fault(fault, "entry-type", None, '"besok"', fault.allowed)

    def test_no_commitments_no_toml_and_no_file(self, written, tmp_path):
        fault = only_fault(DefinitionError, lambda: load_commitments(written(text="format = 1\n")))
        assert fault.code == "entry-missing"
        assert load_commitments(written(text="format = 1\ncommitments = []\n")) == ()
        fault = only_fault(DefinitionError, lambda: load_commitments(written(text="=")))
        assert fault.code == "not-toml"
        only_fault(FileError, lambda: load_commitments(tmp_path / "none.toml"))
        fault = only_fault(FileError, lambda: load_commitments(written(text="a = " + "[" * 5000)))
        assert fault.code == "file-nesting"
