"""Files: what is read, how, and that every fault is listed with its place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import (
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
)
from meritindex import catalog
from meritindex.assessment import AssessmentSet, read_assessments, template
from meritindex.assessment.building import build
from meritindex.assessment.csv_rows import rows_from_csv
from meritindex.assessment.json_rows import rows_from_json
from meritindex.errors import AssessmentError, Fault, FileError, MeritIndexError, UnknownNameError
from meritindex.language import LANGUAGES, Text

DATA = Path(__file__).parent / "data"
RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2")),
    dimension("b", decimals=9),
    measure("survey"),
    gates=(gate("works"),),
)


def from_csv(text: str, **options: bool) -> AssessmentSet:
    return build(RULES, rows_from_csv(RULES, "f.csv", text), **options)


def from_json(data: object, **options: bool) -> AssessmentSet:
    text = data if isinstance(data, str) else json.dumps(data)
    return build(RULES, rows_from_json(RULES, "f.json", text), **options)


def csv_faults(text: str) -> tuple[Fault, ...]:
    return faults_of(AssessmentError, lambda: from_csv(text))


def csv_fault(text: str, error: type[MeritIndexError] = AssessmentError) -> Fault:
    return only_fault(error, lambda: from_csv(text))


def json_fault(data: object, error: type[MeritIndexError] = AssessmentError) -> Fault:
    return only_fault(error, lambda: from_json(data))


def in_line(line: int, column: str | None = None) -> Text:
    if column is None:
        return Text(f"f.csv, baris {line}", f"f.csv, line {line}")
    return Text(f"f.csv, baris {line}, kolom {column}", f"f.csv, line {line}, column {column}")


def in_item(number: int, key: str | None = None) -> Text:
    end = "" if key is None else f", {key}"
    return Text(f"f.json, penilaian {number}{end}", f"f.json, assessment {number}{end}")


MEDAN = "agency,year,a1,survey\nKota Medan,2026,3,0.5\n"


class TestFiles:
    @pytest.mark.parametrize("name", ["a.csv", "a.TXT", "a.tsv"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_csv_in_the_encodings_of_excel(self, tmp_path, name, encoding):
        path = tmp_path / name
        path.write_bytes(MEDAN.replace("\n", "\r\n").encode(encoding))
        assert read_assessments(path, RULES) == from_csv(MEDAN)

    def test_json(self, tmp_path):
        path = tmp_path / "a.json"
        path.write_text(json.dumps([{"agency": "Kota Medan", "a1": 3}]), encoding="utf-8-sig")
        assert read_assessments(str(path), RULES).levels.tolist() == [[3, 255]]

    def test_an_instrument_of_the_catalog(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("agency,a1q1\nKota Medan,3\n")
        assert read_assessments(path).instrument is catalog.instrument("ism-2026")
        path.write_text("agency,a1\nKota Medan,3\n")
        assert read_assessments(path, "ism-2019").instrument is catalog.instrument("ism-2019")
        with pytest.raises(UnknownNameError):
            read_assessments(path, "ism-1999")

    @pytest.mark.parametrize("name", ["a.xls", "csv", "a.csv.gz", ".csv"])
    def test_another_ending(self, tmp_path, name):
        (tmp_path / name).touch()
        fault = only_fault(FileError, lambda: read_assessments(tmp_path / name))
        allowed = Text.same(".csv, .txt, .tsv, .json, .xlsx")
        check_fault(fault, "file-format", None, allowed)
        assert (fault.place, fault.allowed) == (Text.same(name), allowed)
        assert fault.value == Path(name).suffix

    @pytest.mark.parametrize("name", ["a.xlsm", "a.XLS", "a.ods", "a.xlsb"])
    def test_another_kind_of_workbook(self, tmp_path, name):
        (tmp_path / name).touch()
        fault = only_fault(FileError, lambda: read_assessments(tmp_path / name))
        check_fault(fault, "file-format", None, ".xlsx", "CSV UTF-8", ".csv, .txt")

    @pytest.mark.parametrize("name", ["folder", "a.xls", "a.csv.gz", "a\0"])
    def test_what_does_not_exist_is_not_refused_for_its_ending(self, tmp_path, name):
        fault = only_fault(FileError, lambda: read_assessments(tmp_path / name))
        check_fault(fault, "file-unreadable", None)
        assert "file-format" not in fault.code
        if "\0" not in name:
            assert "berkas atau foldernya tidak ada" in fault.message.id

    def test_a_workbook_of_another_name(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes(b"PK\x03\x04\x14\x00")
        fault = only_fault(FileError, lambda: read_assessments(path))
        check_fault(fault, "file-workbook", None, ".xlsx", "CSV UTF-8")
        assert fault.place == Text.same("a.csv")
        path.write_bytes(b"PK\x03\x04\x14\xff")
        fault = only_fault(FileError, lambda: read_assessments(path))
        check_fault(fault, "file-encoding", None, "CSV UTF-8")

    def test_no_such_file(self, tmp_path):
        fault = only_fault(FileError, lambda: read_assessments(tmp_path / "a.csv"))
        assert fault.code == "file-unreadable"

    def test_leaving_out_faulty_rows(self, tmp_path):
        path = tmp_path / "f.csv"
        path.write_text("agency,a1\nKota Medan,9\nKota Binjai,3\nKota Batu\n")
        made = read_assessments(path, RULES, leave_out_faulty=True)
        assert [agency.name for agency in made.agencies] == ["Kota Binjai"]
        assert [fault.place for fault in made.left_out] == [in_line(2, "a1"), in_line(4)]


class TestThirtyFaults:
    def test_all_of_them_are_reported_in_the_order_of_the_file(self):
        faults = faults_of(AssessmentError, lambda: read_assessments(DATA / "thirty-faults.csv"))
        with (DATA / "thirty-faults-expected.csv").open(encoding="utf-8", newline="") as stream:
            expected = list(csv.DictReader(stream))
        assert len(faults) == len(expected) == 30
        found = [
            {
                "code": fault.code,
                "agency": fault.agency or "",
                "item": fault.item or "",
                "value": fault.value or "",
                "allowed_id": fault.allowed.id if fault.allowed else "",
                "allowed_en": fault.allowed.en if fault.allowed else "",
                "id": fault.in_language("id"),
                "en": fault.in_language("en"),
            }
            for fault in faults
        ]
        assert found == expected

    def test_without_them_one_row_is_left(self):
        made = read_assessments(DATA / "thirty-faults.csv", leave_out_faulty=True)
        assert [agency.name for agency in made.agencies] == ["Kota Pariaman"]
        assert len(made.left_out) == 30


class TestTemplate:
    def test_it_lists_what_is_to_be_answered(self):
        names = template("ism-2026").strip().split(",")
        rules = catalog.instrument("ism-2026")
        assert names[:8] == [
            "agency",
            "code",
            "year",
            "stage",
            "a4q0_jenis_instansi",
            "a6q3_gate",
            "a6q4_kecelakaan_gate",
            "a6q4_kematian_gate",
        ]
        assert names[8:] == [
            *(indicator.code for indicator in rules.indicators),
            "satisfaction",
            "correction",
        ]
        assert template(RULES) == "agency,code,year,stage,works,a1,a2,survey,b\r\n"

    @pytest.mark.parametrize("rules", ["ism-2026", "ism-2019"])
    def test_it_is_read_once_a_row_is_added(self, tmp_path, rules):
        path = tmp_path / "f.csv"
        path.write_text(template(rules), newline="")
        fault = only_fault(AssessmentError, lambda: read_assessments(path, rules))
        check_fault(fault, "no-rows", None)
        assert fault.place == in_line(1)
        path.write_text(
            template(rules) + "Kota Medan" + "," * template(rules).count(",") + "\r\n", newline=""
        )
        assert len(read_assessments(path, rules)) == 1


class TestCsv:
    @pytest.mark.parametrize(
        "text",
        [
            "agency,year,a1,survey\nKota Medan,2026,3,0.5\n",
            'agency,year,a1,survey\n"Kota Medan",2026,"3","0,5"',
            "agency;year;a1;survey\r\nKota Medan;2026;3;0,5\r\n",
            "agency\tyear\ta1\tsurvey\rKota Medan\t2026\t3\t0,5\r",
            " Agency ; YEAR;A1 ;Survey\n Kota Medan ; 2026 ; 3 ; 0,5 \n",
            "sep=;\nagency;year;a1;survey\nKota Medan;2026;3;0,5\n",
            "SEP=,,,,\r\nagency,year,a1,survey\r\nKota Medan,2026,3,0.5\r\n",
            "\n,,,\nagency,year,a1,survey\n , ,,\n\nKota Medan,2026,3,0.5\n\n",
            "agency,year,a1,survey,,\nKota Medan,2026,3,0.5,,\n",
            "agency,year,a1,survey\nKota Medan,2026,3,0.5,, \n",
            "agency,year,,a1,survey\nKota Medan,2026, ,3,0.5\n",
            '"agency","year","a1","survey"\nKota Medan,2026,3,0.5\n',
        ],
    )
    def test_the_same_in_many_dialects(self, text):
        assert from_csv(text) == from_csv(MEDAN)

    def test_the_delimiter_is_not_sought_inside_quotation_marks(self):
        assert len(from_csv('"agency";a1\nKota Medan;3\n')) == 1
        assert csv_fault('agency;"a1,,,,,"\nKota Medan;3\n').value == '"a1,,,,,"'

    def test_a_single_column(self):
        assert from_csv("code\n12.71\n16.1\n").agencies == (
            catalog.agency("12.71"),
            catalog.agency("16.10"),
        )

    @pytest.mark.parametrize("code", ["16.1", "16.10", '"16,1"', "16.10 "])
    def test_codes_that_excel_changed(self, code):
        assert from_csv(f"code,a1\n{code},3\n").agencies[0].name == "Kabupaten Ogan Ilir"

    def test_lines_are_those_of_an_editor(self):
        faults = csv_faults(
            "\r\n"
            "agency,a1,a1.evidence\r\n"
            "\r\n"
            'Kota Medan,9,"one\r\ntwo\nthree"\r\n'
            ",,\r\n"
            'Kota Binjai,9,"\n\n"\r\n'
            "Kota Batu,9,\r\n"
        )
        assert [fault.place for fault in faults] == [
            in_line(4, "a1"),
            in_line(8, "a1"),
            in_line(11, "a1"),
        ]
        assert csv_fault("sep=;\nagency;a1\nBKN;9\n").place == in_line(3, "a1")

    def test_an_apostrophe_before_a_formula_is_taken_off(self):
        made = from_csv("agency,a1,a1.evidence,b\nBKN,3,'=1+1,'+5\nBPS,3,'x,\n")
        assert made[0].evidence == (("a1", "=1+1"),)
        assert made[0].points == (("b", Fraction(5)),)
        assert made[1].evidence == (("a1", "'x"),)

    @pytest.mark.parametrize("text", ["", "\n\n", " \r\n,,\r\n", "sep=;\n"])
    def test_no_header(self, text):
        fault = csv_fault(text, FileError)
        check_fault(fault, "no-header", None)
        assert fault.place == Text.same("f.csv")

    def test_wrong_columns_come_before_faults_of_rows(self):
        faults = csv_faults("a1,a1,A9 Z,year\n9,9,9,x\n")
        assert [fault.code for fault in faults] == [
            "column-twice",
            "column-unknown",
            "column-missing",
        ]
        assert [fault.place for fault in faults] == [
            in_line(1, "a1"),
            in_line(1, "A9 Z"),
            in_line(1),
        ]

    def test_wrong_columns_without_rows(self):
        assert [fault.code for fault in csv_faults("\nagency,x\n")] == ["column-unknown", "no-rows"]

    def test_a_column_name_that_does_not_show_is_written_out_in_its_place(self):
        fault = csv_fault('agency,"x\n\x1b"\nBKN,\n')
        assert fault.place == in_line(1, "x\\n\\x1b")

    def test_too_few_cells(self):
        fault, level = csv_faults("agency,year,a1,a2\nKota Medan,2026,9\n")
        check_fault(level, "row-too-short", None, "3", "4")
        assert (level.place, level.agency) == (in_line(2), "Kota Medan")
        assert (level.value, level.allowed) == ("3", Text.same("4"))
        assert fault.place == in_line(2, "a1")

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("agency,a1\nKota Medan,3, x\n", "3"),
            ("agency,a1,,\nKota Medan,3,, x\n", "4"),
            ("agency,,a1\nKota Medan, x,3\n", "2"),
            ('agency,""\nKota Medan, x\n', "2"),
        ],
    )
    def test_cells_without_a_column(self, text, column):
        fault = csv_fault(text)
        check_fault(fault, "cell-without-column", None, '" x"', column)
        assert (fault.place, fault.agency) == (in_line(2, column), "Kota Medan")
        assert (fault.value, fault.allowed) == ('" x"', Text("kosong", "empty"))

    def test_misplaced_cells_stand_among_the_other_faults(self):
        faults = csv_faults("agency,a1,,a2\nKota X,9,x,9,y\nBKN,9,,9\n")
        assert [fault.place.en.split(", ", 1)[1] for fault in faults] == [
            "line 2, column agency",
            "line 2, column a1",
            "line 2, column 3",
            "line 2, column a2",
            "line 2, column 5",
            "line 3, column a1",
            "line 3, column a2",
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ('agency,a1\nBKN,3\n"BPS,3\nBIG,3\n', 3),
            ('agency,a1\n"BKN"x,3\n', 2),
            ('"agency', 1),
            ('sep=;\nagency;a1\n"', 3),
        ],
    )
    def test_quotation_marks_that_are_not_closed(self, text, line):
        fault = csv_fault(text, FileError)
        check_fault(fault, "csv-quotes", None)
        assert fault.place == in_line(line)

    def test_a_cell_that_is_too_long(self):
        fault = csv_fault("agency,a1\nBKN," + "3" * (csv.field_size_limit() + 1), FileError)
        check_fault(fault, "csv-cell-too-long", None, str(csv.field_size_limit()))
        assert fault.place == in_line(2)

    def test_nul_characters(self):
        fault = csv_fault("agency,a1\nBKN,3\0\n", FileError)
        check_fault(fault, "csv-nul", None, "NUL")
        assert fault.place == Text.same("f.csv")


class TestJson:
    def test_a_list_and_an_object_around_it(self):
        items = [{"Agency": "Kota Medan", "year": 2026, " A1": 3, "survey": 0.5}]
        assert from_json(items) == from_csv(MEDAN)
        assert from_json({"assessments": items, "instrument": "example"}) == from_csv(MEDAN)

    def test_numbers_are_exact(self):
        made = from_json('[{"agency": "BKN", "b": 0.1, "survey": 1e-1, "a1": 3.0, "code": null}]')
        assert made[0].points == (("b", Fraction(1, 10)),)
        assert made[0].measures == (("survey", Fraction(1, 10)),)
        assert made[0].levels == (("a1", 3),)
        assert from_json('[{"agency": "BKN", "b": 1E-9}]')[0].points == (("b", Fraction(1, 10**9)),)
        assert from_json('[{"code": 16.1}, {"code": 12}]').agencies[0].code == "16.10"

    def test_objects_may_have_different_keys(self):
        made = from_json([{"agency": "BKN", "a1": 1}, {"a2": 2, "code": "12.71"}])
        assert made.levels.tolist() == [[1, 255], [255, 2]]

    def test_texts_and_truth_values_where_they_are_allowed(self):
        made = from_json([{"agency": "BKN", "synthetic": True, "a1.evidence": "'=x\ny"}])
        assert made.synthetic
        assert made[0].evidence == (("a1", "'=x\ny"),)

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("9" * 5000, None),
            ("1e999999999999999999999", None),
            ("1" * 30 + "e10", None),
            ("1e5000", None),
            ("5", '"5"'),
            ("true", "True"),
            ('"tiga"', '"tiga"'),
        ],
    )
    def test_a_level_that_is_none(self, value, shown):
        fault = json_fault(f'[{{"agency": "BKN", "a1": {value}}}]')
        check_fault(fault, "level-not-allowed", "a1", fault.value)
        assert (fault.place, fault.agency) == (in_item(1, "a1"), "BKN")
        assert shown in {None, fault.value}

    @pytest.mark.parametrize(
        ("column", "code"),
        [
            ("code", "agency-code-unknown"),
            ("year", "year-not-allowed"),
            ("stage", "stage-not-allowed"),
            ("works", "option-not-allowed"),
            ("survey", "not-a-number"),
            ("a1.state", "state-not-allowed"),
            ("a1.evidence", "text-not-allowed"),
            ("agency", "text-not-allowed"),
        ],
    )
    def test_truth_values_where_there_are_none(self, column, code):
        fault = json_fault([{"agency": "BKN", column: True}])
        assert (fault.code, fault.item, fault.value) == (code, column, "True")
        assert fault.place == in_item(1, column)

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("NaN", "NaN"),
            ("Infinity", "Infinity"),
            ("-Infinity", "-Infinity"),
            ("[3]", "[list]"),
            ('{"level": 3}', "[object]"),
        ],
    )
    def test_values_that_are_none(self, value, shown):
        fault = json_fault(f'[{{"agency": "BKN"}}, {{"agency": "BPS", "a1": {value}}}]')
        check_fault(fault, "json-value-not-allowed", "a1", shown, fault.allowed)
        assert (fault.place, fault.agency) == (in_item(2, "a1"), "BPS")
        assert (fault.value, fault.allowed.en) == (shown, "a text, a number or null")

    @pytest.mark.parametrize("key", ["a1", " A1"])
    def test_a_key_twice(self, key):
        fault = json_fault(f'[{{"agency": "BKN", "a1": 3, "{key}": 3}}]')
        check_fault(fault, "json-key-twice", "a1", '"a1"')
        assert (fault.place, fault.agency, fault.value) == (in_item(1, "a1"), "BKN", '"a1"')

    def test_unknown_and_missing_keys(self):
        unknown, other, missing = faults_of(
            AssessmentError, lambda: from_json([{"a1": 9}, {"a9": 1, "x\n": 2}, {"a9": 1}])
        )
        assert [unknown.code, other.code, missing.code] == [
            "column-unknown",
            "column-unknown",
            "column-missing",
        ]
        assert (unknown.place, other.place) == (in_item(2, "a9"), in_item(2, "x"))
        assert missing.place == Text.same("f.json")

    def test_thousands_of_objects_with_keys_of_their_own(self):
        items = [{"agency": "BKN", f"x{number}": 1} for number in range(5000)]
        assert len(faults_of(AssessmentError, lambda: from_json(items))) == 5000

    @pytest.mark.parametrize(
        ("item", "shown"),
        [("3", '"3"'), ("null", "null"), ("[]", "[list]"), ("NaN", "NaN"), ("true", "True")],
    )
    def test_items_that_are_no_objects(self, item, shown):
        for text in (f"[{item}]", f'[{{"agency": "BKN"}}, {item}]', f'[{item}, {{"code": "12"}}]'):
            fault = json_fault(text)
            check_fault(fault, "json-not-an-object", None, shown, fault.allowed)
            assert fault.value == shown
            assert fault.agency is None
        assert fault.place == in_item(1)
        made = from_json(f'[{item}, {{"code": "12"}}]', leave_out_faulty=True)
        assert len(made) == len(made.left_out) == 1

    def test_an_empty_object(self):
        fault = json_fault([{"code": "12"}, {}])
        assert (fault.code, fault.place) == ("agency-missing", in_item(2, "code"))
        assert json_fault([{}]).code == "column-missing"

    def test_faults_come_in_the_order_of_the_file(self):
        faults = faults_of(
            AssessmentError,
            lambda: from_json(
                [{"agency": "BKN", "a1": 9, "a2": [], "year": 1}, 3, {"agency": "Kota X", "a2": 9}]
            ),
        )
        assert [fault.place for fault in faults] == [
            in_item(1, "a1"),
            in_item(1, "a2"),
            in_item(1, "year"),
            in_item(2),
            in_item(3, "agency"),
            in_item(3, "a2"),
        ]

    @pytest.mark.parametrize("data", ["3", "null", "NaN", "{}", '{"assessments": {}}', '"x"'])
    def test_something_else_than_a_list(self, data):
        fault = json_fault(data)
        check_fault(fault, "json-form", None, fault.allowed)
        assert fault.place == Text.same("f.json")

    @pytest.mark.parametrize("data", ["[]", '{"assessments": []}'])
    def test_no_assessments(self, data):
        fault = json_fault(data)
        check_fault(fault, "no-rows", None)
        assert fault.place == Text.same("f.json")

    def test_wrong_keys_around_the_list(self):
        unknown, other, twice, form = faults_of(
            AssessmentError,
            lambda: from_json('{"x": 1, "instrument": "ism-2019", "instrument": "example"}'),
        )
        check_fault(unknown, "json-key-unknown", None, '"x"', unknown.allowed)
        assert (unknown.value, unknown.allowed.en) == ('"x"', "assessments, instrument")
        check_fault(other, "instruments-differ", None, "ism-2019", "example")
        assert (other.value, other.allowed) == ('"ism-2019"', Text.same("example"))
        check_fault(twice, "json-key-twice", None, '"instrument"')
        assert form.code == "json-form"
        assert {fault.place for fault in (unknown, other, twice, form)} == {Text.same("f.json")}

    @pytest.mark.parametrize(
        ("text", "line", "column"),
        [("", 1, 1), ("[{]", 1, 3), ("[\n  1,\n]", 3, 1), ('["\n"]', 1, 3), ("[01]", 1, 3)],
    )
    def test_what_is_no_json(self, text, line, column):
        fault = json_fault(text, FileError)
        check_fault(fault, "json-invalid", None, str(line))
        assert fault.place == Text.same("f.json")

    def test_what_is_nested_too_deep(self):
        fault = json_fault("[" * 100_000, FileError)
        assert fault.code == "file-nesting"

    def test_half_a_pair_is_no_text(self):
        fault = json_fault('[{"agency": "BKN", "a1.evidence": "\\ud800"}]')
        assert (fault.code, fault.value) == ("text-not-allowed", '"\\ud800"')


def reads_or_refuses(action: Callable[[], AssessmentSet]) -> None:
    """Check that something is read or refused, and that a refusal can be printed."""
    try:
        made = action()
    except MeritIndexError as error:
        for language in LANGUAGES:
            error.in_language(language).encode()
    else:
        assert len(made) > 0


WORDS = (
    "agency",
    "code",
    "a1",
    "a1.state",
    "total",
    "BKN",
    "12.71",
    "16.1",
    "3",
    "0,5",
    "ya",
    "'=x",
)
MARKS = ("", '"', '""', "\n", "\r", ",", ";", "\t", "sep=;", "\ufeff", "\x00", "\x1b", "\ud800")
CELLS = st.sampled_from((*WORDS, *MARKS))
JSON_CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["BKN", "12.71", "ya"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["agency", "code", "a1", "a1.evidence", "synthetic", "b", "x"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


class TestAnything:
    @given(st.text() | st.lists(CELLS, max_size=30).map("".join))
    @example("agency\n\x85")
    def test_any_text_as_csv_is_read_or_refused(self, text):
        reads_or_refuses(lambda: from_csv(text))

    @given(st.lists(st.lists(CELLS, min_size=2, max_size=2).map(",".join), max_size=4))
    def test_any_rows_below_a_good_header_are_read_or_refused(self, rows):
        reads_or_refuses(lambda: from_csv("\n".join(["agency,a1.evidence", *rows])))

    @given(JSON_CELLS | st.lists(JSON_CELLS, max_size=3))
    def test_any_json_is_read_or_refused(self, data):
        reads_or_refuses(lambda: from_json(json.dumps(data)))

    @given(st.text() | st.text(alphabet='[]{}":,0123eE.-NaI\\u ', max_size=40))
    def test_any_text_as_json_is_read_or_refused(self, text):
        reads_or_refuses(lambda: from_json(text))

    @pytest.mark.parametrize("name", ["f.csv", "f.json"])
    def test_any_bytes_are_read_or_refused(self, tmp_path_factory, name):
        path = tmp_path_factory.mktemp("fuzz") / name

        @given(st.binary())
        def check(content: bytes) -> None:
            path.write_bytes(content)
            reads_or_refuses(lambda: read_assessments(path))

        check()
