"""Filled forms: what is read, and that every fault is told with its file, sheet and cell."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
    when,
)
from form_builders import form, form_bytes, form_cells, typed_values
from meeting import law
from meritindex.assessment import (
    AnswerState,
    Assessment,
    AssessmentSet,
    read_assessments,
    read_forms,
)
from meritindex.assessment.forms import folder as folders
from meritindex.assessment.forms.layout import HIDDEN_SHEET, layout
from meritindex.assessment.workbooks import CellError, Formula
from meritindex.definition import Agency, AgencyKind, Stage
from meritindex.errors import AssessmentError, Fault, FileError, UnknownNameError
from meritindex.language import LANGUAGES, Text
from meritindex.testing import answers as drawn
from strategies import instruments
from workbook_builders import workbook

RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2", conditions=(when("works"),))),
    dimension("b", indicator("b1"), weight=1),
    dimension("c", decimals=2),
    measure("survey"),
    measure("wide", maximum=100),
    gates=(gate("works"),),
)
AT = layout(RULES, "id").typed
MEDAN = {"agency": "Kota Medan", "year": 2026, "stage": "verifikasi", "works": "opsi yes", "a1": 3}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., AssessmentSet]:
    def read(values: Mapping[str, object] | bytes, **options: bool) -> AssessmentSet:
        path = tmp_path / "form.xlsx"
        path.write_bytes(values if isinstance(values, bytes) else form(RULES, values))
        return read_forms(path, RULES, **options)

    return read


def at(column: str, file: str = "form.xlsx") -> Text:
    place = AT[column]
    return Text(
        f"{file}, lembar '{place.sheet}', sel {place.cell}",
        f"{file}, sheet '{place.sheet}', cell {place.cell}",
    )


def refused(
    read: Callable[..., AssessmentSet], values: Mapping[str, object] | bytes
) -> tuple[Fault, ...]:
    return faults_of(AssessmentError, lambda: read(values))


class TestValues:
    def test_everything_that_a_form_asks(self, read):
        values = MEDAN | {
            "synthetic": "ya",
            "a2": "2",
            "survey": "0,85",
            "wide": 85,
            "c": 12.5,
            "a1.evidence": "=SK 12",
            "a1.link": " https://example.org/sk ",
            "a1.state": "berbukti",
            "a2.link": "https://example.org",
            "b1.evidence": 800,
        }
        (one,) = read(values)
        assert one == Assessment(
            agency="Kota Medan",
            instrument=RULES,
            year=2026,
            stage=Stage.VERIFIED,
            synthetic=True,
            gates={"works": "yes"},
            levels={"a1": 3, "a2": 2},
            measures={"survey": "0.85", "wide": 85},
            points={"c": "12.5"},
            evidence={
                "a1": "=SK 12\nhttps://example.org/sk",
                "a2": "https://example.org",
                "b1": "800",
            },
            states={"a1": AnswerState.EVIDENCED},
        )
        assert mi.score(read(values)).card(0).agency == one.agency

    def test_an_answer_as_people_type_it(self, read):
        for typed in (3, 3.0, "3", " 3 ", "3,0"):
            assert read(MEDAN | {"a1": typed})[0].levels == (("a1", 3),)
        for typed in ("opsi yes", "OPSI  YES ", "yes", "Yes"):
            assert read(MEDAN | {"works": typed})[0].gates == (("works", "yes"),)
        assert read({"code": 12.71})[0].agency.name == "Kota Medan"

    def test_dates_and_days(self, read):
        (one,) = read(MEDAN | {"year": (46239, 2), "a1.evidence": (46239, 2)})
        assert str(one.date) == "2026-08-05"
        assert one.evidence == (("a1", "2026-08-05"),)

    def test_a_share_in_percent_is_the_number_that_it_shows(self, read):
        assert (
            read(MEDAN | {"survey": (0.85, 1)})[0].measures
            == read(MEDAN | {"survey": 0.85})[0].measures
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_form_in_either_language(self, tmp_path, language):
        one = Assessment(
            agency=Agency(name="Badan Baru", kind=AgencyKind.BODY),
            instrument=RULES,
            stage="verified",
            gates={"works": "no"},
            levels={"a1": 1},
            states={"a1": "verified"},
        )
        path = tmp_path / "form.xlsx"
        path.write_bytes(form(RULES, typed_values(one, language), language))
        assert list(read_forms(path, RULES)) == [one]
        assert read_assessments(path, RULES) == read_forms(path, RULES)

    def test_an_instrument_of_the_catalog(self, tmp_path):
        path = tmp_path / "form.xlsx"
        path.write_bytes(form(mi.instrument("ism-2026"), {"agency": "BKN", "a1q1": 2}))
        assert read_forms(str(path))[0].levels == (("a1q1", 2),)
        with pytest.raises(UnknownNameError):
            read_forms(path, "ism-1999")


class TestFaultsOfCells:
    @pytest.mark.parametrize(
        ("column", "typed", "code", "named"),
        [
            ("a1", 5, "level-not-allowed", "5"),
            ("a1", True, "level-not-allowed", "True"),
            ("a1", (46239, 2), "level-not-allowed", "2026-08-05"),
            ("a1", "\uff13", "level-not-allowed", "\uff13"),
            ("a1", Formula(), "cell-formula", ""),
            ("agency", Formula(), "cell-formula", ""),
            ("a1", CellError("#REF!"), "cell-error", "#REF!"),
            ("a1", (3, 1), "number-in-percent", "300%"),
            ("wide", (0.85, 1), "number-in-percent", "85%"),
            ("wide", (1e300, 1), "number-in-percent", "1e+300 × 100%"),
            ("c", (0.5, 1), "number-in-percent", "50%"),
            ("year", (0.5, 1), "number-in-percent", "50%"),
            ("survey", 85, "number-out-of-range", "85"),
            ("survey", 0.8512, "number-too-fine", "0.8512"),
            ("survey", "nan", "not-a-number", "nan"),
            ("works", "mungkin", "option-not-allowed", "opsi yes, opsi no"),
            ("works", 1, "option-not-allowed", "opsi yes, opsi no"),
            ("stage", "x", "stage-not-allowed", "x"),
            ("agency.kind", "x", "kind-not-allowed", "x"),
            ("synthetic", "x", "yes-or-no-not-allowed", "x"),
            ("year", 1900, "year-not-allowed", "1900"),
            ("a1.state", "x", "state-not-allowed", "x"),
            ("a1.evidence", True, "text-not-allowed", "True"),
            ("a1.evidence", "_x0007_", "text-not-allowed", "x07"),
            ("a1.link", False, "text-not-allowed", "False"),
            ("a1.link", Formula(), "cell-formula", ""),
        ],
    )
    def test_a_cell(self, read, column, typed, code, named):
        (fault,) = [found for found in refused(read, MEDAN | {column: typed}) if found.code == code]
        check_fault(fault, code, column, named)
        assert fault.place == at(column)

    def test_an_answer_to_what_does_not_apply(self, read):
        (fault,) = refused(read, MEDAN | {"works": "opsi no", "a2": 1})
        check_fault(fault, "answer-not-applicable", "a2", "1")
        assert (fault.place, fault.agency) == (at("a2"), "Kota Medan")

    def test_an_agency_that_is_not_known(self, read):
        (fault,) = refused(read, MEDAN | {"agency": "Kota Medn"})
        check_fault(fault, "agency-unknown", "agency", "Kota Medan")
        assert fault.place == at("agency")
        (fault,) = refused(read, {"a1": 1})
        assert (fault.code, fault.place) == ("agency-missing", at("agency"))
        (fault,) = refused(read, {"code": "99.99"})
        assert (fault.code, fault.place) == ("agency-code-unknown", at("code"))

    def test_a_region_that_is_not_in_the_directory(self, read):
        for name, like in (("Badan Mars", ""), ("Kabupaten Rejang Lebongg", "Rejang Lebong (17")):
            (fault,) = refused(read, {"agency": name, "agency.kind": "kabupaten", "a1": 1})
            check_fault(fault, "agency-unknown", "agency", name, like)
            assert fault.place == at("agency")
        (fault,) = refused(read, MEDAN | {"agency.kind": "kabupaten"})
        assert (fault.code, fault.place) == ("kind-contradicts-directory", at("agency.kind"))

    def test_merged_cells(self, read):
        place = AT["a1"]
        above = f'<mergeCells><mergeCell ref="D{place.row}:{place.cell}"/></mergeCells>'
        content = form_bytes(form_cells(RULES, MEDAN), {place.sheet: above})
        (fault,) = refused(read, content)
        check_fault(fault, "cell-merged", "a1")
        assert fault.place == at("a1")
        below = f'<mergeCells><mergeCell ref="{place.cell}:E{place.row + 1}"/></mergeCells>'
        assert len(read(form_bytes(form_cells(RULES, MEDAN), {"other": below}))) == 1

    def test_all_faults_at_once_in_the_order_of_the_form(self, read):
        typed = {"agency": "Kota Medn", "year": 1, "a1": 7, "b1": Formula(), "survey": "x"}
        found = refused(read, MEDAN | typed)
        assert [fault.place for fault in found] == [at(column) for column in typed]


class TestFaultsOfForms:
    def test_another_instrument(self, read):
        other = attrs.evolve(RULES, id="other")
        (fault,) = refused(read, form(other, MEDAN))
        check_fault(fault, "instruments-differ", None, "other", RULES.id)
        assert fault.place == Text.same("form.xlsx")

    def test_another_version(self, read):
        changed = instrument(
            *RULES.root.children[:-1], measure("wide", maximum=90), gates=RULES.gates
        )
        assert changed.id == RULES.id
        (fault,) = refused(read, form(changed, MEDAN))
        check_fault(fault, "form-other-version", None, RULES.id)
        assert changed.fingerprint.startswith(str(fault.value).removesuffix("…"))
        assert fault.allowed == Text.same(RULES.fingerprint)

    @pytest.mark.parametrize(("row", "value"), [(1, "meritindex-form 9"), (4, "fr"), (4, None)])
    def test_another_format(self, read, row, value):
        cells = form_cells(RULES, MEDAN)
        cells[HIDDEN_SHEET][row][2] = value or ""
        (fault,) = refused(read, form_bytes(cells))
        check_fault(fault, "form-format", None, value or "", "meritindex-form 1")

    def test_no_form(self, read):
        (fault,) = refused(read, workbook(["agency", "a1"], ["Kota Medan", 3]))
        check_fault(fault, "form-missing", None)
        assert fault.place == Text.same("form.xlsx")
        fault = only_fault(FileError, lambda: read(b"%PDF-1.7"))
        assert fault.code == "workbook-not-an-archive"

    def test_a_sheet_that_is_missing(self, read):
        cells = form_cells(RULES, MEDAN | {"b1": 9})
        del cells["a"]
        first, second = refused(read, form_bytes(cells))
        check_fault(first, "form-sheet-missing", None, '"a"')
        assert (first.place, first.agency) == (Text.same("form.xlsx"), "Kota Medan")
        assert (second.code, second.place) == ("level-not-allowed", at("b1"))

    def test_a_cover_that_is_missing(self, read):
        cells = form_cells(RULES, MEDAN)
        del cells["Sampul"]
        first, second = refused(read, form_bytes(cells))
        check_fault(first, "form-sheet-missing", None, '"Sampul"')
        assert (second.code, second.place) == ("agency-missing", at("agency"))

    def test_rows_that_moved_are_not_read(self, read):
        cells = form_cells(RULES, MEDAN | {"b1": 9})
        cells["a"] = {row + 1: cells for row, cells in cells["a"].items()}
        first, second = refused(read, form_bytes(cells))
        check_fault(first, "form-code-moved", "a1", '""')
        assert (first.place.en, second.place) == ("form.xlsx, sheet 'a', cell A5", at("b1"))
        cells["a"] = {5: {1: "a2", 5: 1}, 6: {1: "a1", 5: 2}}
        first, _ = refused(read, form_bytes(cells))
        check_fault(first, "form-code-moved", "a1", '"a2"')

    def test_leaving_out_the_only_form(self, read):
        assert len(faults_of(AssessmentError, lambda: read({"a1": 1}, leave_out_faulty=True))) == 1


class TestFolders:
    def test_the_forms_of_a_folder_by_name(self, tmp_path):
        for name, agency in (
            ("b.xlsx", "Kota Medan"),
            ("a.XLSX", "Kota Binjai"),
            ("c.xlsx", "BKN"),
        ):
            (tmp_path / name).write_bytes(form(RULES, {"agency": agency}))
        for name in ("~$b.xlsx", ".hidden.xlsx", "notes.txt", "a.csv"):
            (tmp_path / name).write_bytes(b"nothing")
        (tmp_path / "d.xlsx").mkdir()
        (tmp_path / "d.xlsx" / "e.xlsx").write_bytes(b"nothing")
        found = read_forms(tmp_path, RULES)
        assert [agency.name for agency in found.agencies] == ["Kota Binjai", "Kota Medan", "BKN"]
        assert read_assessments(str(tmp_path), RULES) == found
        for read in (read_forms, read_assessments):
            told: list[tuple[int, int]] = []
            read(tmp_path, RULES, progress=lambda *counts, told=told: told.append(counts))
            assert told == [(1, 3), (2, 3), (3, 3)]

    def test_all_faults_of_all_files(self, tmp_path):
        (tmp_path / "a.xlsx").write_bytes(form(RULES, MEDAN | {"a1": 9, "b1": 9}))
        (tmp_path / "b.xlsx").write_bytes(b"%PDF")
        (tmp_path / "c.xls").write_bytes(form(RULES, MEDAN))
        (tmp_path / "d.xlsx").write_bytes(form(RULES, {"agency": "Kota Binjai", "a1": 8}))
        (tmp_path / "e.xlsx").write_bytes(form(attrs.evolve(RULES, id="other"), {}))
        (tmp_path / "f.xlsx").symlink_to(tmp_path / "f.xlsx")
        (tmp_path / "g.xlsx").write_bytes(form(RULES, {"agency": "Kota Tebing Tinggi", "a1": 1}))
        os.mkfifo(tmp_path / "h.xlsx")
        expected = [
            ("level-not-allowed", at("a1", "a.xlsx")),
            ("level-not-allowed", at("b1", "a.xlsx")),
            ("workbook-not-an-archive", Text.same("b.xlsx")),
            ("file-format", Text.same("c.xls")),
            ("level-not-allowed", at("a1", "d.xlsx")),
            ("instruments-differ", Text.same("e.xlsx")),
            ("file-unreadable", Text.same("f.xlsx")),
            ("file-unreadable", Text.same("h.xlsx")),
        ]
        found = faults_of(AssessmentError, lambda: read_forms(tmp_path, RULES))
        assert [(fault.code, fault.place) for fault in found] == expected
        kept = read_forms(tmp_path, RULES, leave_out_faulty=True)
        assert [agency.name for agency in kept.agencies] == ["Kota Tebing Tinggi"]
        assert kept.left_out == found

    @pytest.mark.parametrize("name", ["old.xls", "OLD.XLS", "macros.xlsm", "a.xlsb", "a.ods"])
    def test_a_form_by_another_ending_is_refused_alone_and_in_a_folder(self, tmp_path, name):
        path = tmp_path / name
        path.write_bytes(form(RULES, MEDAN))
        (tmp_path / "read.xlsx").write_bytes(form(RULES, MEDAN))
        for read in (read_forms, read_assessments):
            alone = only_fault(FileError, lambda read=read: read(path, RULES))
            within = only_fault(AssessmentError, lambda read=read: read(tmp_path, RULES))
            for fault in (alone, within):
                check_fault(fault, "file-format", None, ".xlsx", "CSV UTF-8")
                assert (fault.place, fault.value) == (Text.same(name), path.suffix)
            assert within.allowed == Text.same(".xlsx")

    def test_two_forms_of_one_agency(self, tmp_path):
        for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
            (tmp_path / name).write_bytes(form(RULES, MEDAN))
        (tmp_path / "d.xlsx").write_bytes(form(RULES, MEDAN | {"year": 2025}))
        found = faults_of(AssessmentError, lambda: read_forms(tmp_path, RULES))
        assert [fault.place for fault in found] == [Text.same("b.xlsx"), Text.same("c.xlsx")]
        check_fault(found[0], "assessment-twice", "agency", "Kota Medan", "a.xlsx")

    def test_no_forms(self, tmp_path):
        fault = only_fault(FileError, lambda: read_forms(tmp_path, RULES))
        check_fault(fault, "folder-empty", None, ".xlsx")
        assert fault.place == Text.same(tmp_path.name)

    def test_too_many_forms(self, tmp_path, monkeypatch):
        monkeypatch.setattr(folders, "MAX_FORMS", 2)
        for name in "abc":
            (tmp_path / f"{name}.xlsx").write_bytes(b"")
        fault = only_fault(FileError, lambda: read_forms(tmp_path, RULES))
        check_fault(fault, "folder-too-many", None, "2")

    def test_a_folder_that_can_not_be_read(self, tmp_path, monkeypatch):
        def scandir(_: Path) -> None:
            raise PermissionError(13, "no")

        monkeypatch.setattr(folders.os, "scandir", scandir)
        fault = only_fault(FileError, lambda: read_forms(tmp_path, RULES))
        check_fault(fault, "file-unreadable", None)

    @pytest.mark.parametrize("name", ["none.xlsx", "nul\0.xlsx"])
    def test_no_such_file(self, tmp_path, name):
        fault = only_fault(FileError, lambda: read_forms(tmp_path / name, RULES))
        assert fault.code == "file-unreadable"


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: not text.isspace())


@st.composite
def filled(draw: st.DrawFn) -> tuple[Assessment, str]:
    rules = draw(st.one_of(instruments(refusals=False), st.sampled_from(mi.instruments())))
    entered = {node.code for node in rules.dimensions if not node.children}
    answers = draw(drawn.answers(rules, entries=False))
    codes = [node.code for node in rules.indicators]
    some = st.lists(st.sampled_from(codes), unique=True, max_size=4) if codes else st.just([])
    one = drawn.as_assessment(
        rules,
        attrs.evolve(
            answers, points={code: n for code, n in answers.points.items() if code in entered}
        ),
        draw(st.sampled_from(["Badan =1+1", "@Lembaga", "Kementerian Contoh"])),
    )
    return attrs.evolve(
        one,
        synthetic=draw(st.booleans()),
        year=draw(st.none() | st.integers(2000, 2030)),
        stage=draw(st.none() | st.sampled_from(Stage)),
        evidence={code: draw(TEXTS) for code in draw(some)},
        states={code: draw(st.sampled_from(AnswerState)) for code in draw(some)},
    ), draw(st.sampled_from(LANGUAGES))


@law(60)
@given(filled())
def test_a_filled_form_reads_back_as_the_assessment(tmp_path_factory, case):
    one, language = case
    path = tmp_path_factory.mktemp("forms") / "form.xlsx"
    path.write_bytes(form(one.instrument, typed_values(one, language), language))
    assert list(read_forms(path, one.instrument)) == [one]
