"""Cells to columns: what follows from what, and which faults a row has."""

from __future__ import annotations

import numpy as np
import pytest

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
from meritindex import catalog
from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AnswerState
from meritindex.assessment.building import (
    MAX_FAULTS,
    RawRows,
    allowed_columns,
    build,
    check_columns,
    column_name,
    instrument_of,
)
from meritindex.definition import Agency, AgencyKind, Stage, Standing
from meritindex.errors import AssessmentError, Fault, UnknownNameError
from meritindex.language import Text

KINDS = ((AgencyKind.CITY, ("yes",)), (AgencyKind.PROVINCE, ("no",)))
RULES = instrument(
    dimension(
        "a",
        indicator("a1"),
        indicator("a2", conditions=(when("works"),)),
        indicator("a3", conditions=(when("works", "no"), when("size", "big"))),
    ),
    dimension("b"),
    measure("survey"),
    gates=(gate("works", by_kind=KINDS), gate("size", "big", "small")),
)
CITY, PROVINCE = Agency(name="A", kind="city"), Agency(name="B", kind="province")


def place(row: int, column: str | None) -> Text:
    return Text(f"baris {row} {column}", f"row {row} {column}")


def built(agencies: list[object], *, leave_out_faulty: bool = False, **columns: list[object]):
    """Build columns; an underscore between words of a name stands for the point."""
    named = {name.replace("__", "."): cells for name, cells in columns.items()}
    raw = RawRows(count=len(agencies), columns={"agency": agencies, **named}, place=place)
    return build(RULES, raw, leave_out_faulty=leave_out_faulty)


def refused(*agencies: object, **columns: list[object]) -> Fault:
    return only_fault(AssessmentError, lambda: built(list(agencies), **columns))


class TestColumns:
    def check(self, *names: str) -> list[Fault]:
        return check_columns(RULES, names, lambda name: Text(f"di {name}", f"at {name}"))

    def test_every_column_may_occur(self):
        assert self.check(*allowed_columns(RULES)) == []
        assert set(allowed_columns(RULES)) >= {
            "agency",
            "agency.kind",
            "agency.standing",
            "works",
            "a",
            "a1",
            "a1.state",
            "a1.evidence",
            "a1.standing",
            "b",
            "b.standing",
            "survey",
            "total_points",
            "total",
            "total.standing",
        }

    def test_unknown_ones_are_named_with_those_that_are_like_them(self):
        near, far = self.check("agency", "a11", "zzzzzzz")
        check_fault(near, "column-unknown", None, '"a11"', "example", near.allowed)
        assert near.allowed.en.startswith("a1")
        assert near.value == '"a11"'
        assert near.place == Text("di a11", "at a11")
        check_fault(far, "column-unknown", None, '"zzzzzzz"', far.allowed)
        assert far.allowed.id.startswith("agency, code")

    def test_columns_that_occur_twice(self):
        known, unknown, again = self.check("agency", "a1", "a1", "x", "x")
        check_fault(known, "column-twice", "a1", '"a1"')
        check_fault(unknown, "column-unknown", None, '"x"')
        check_fault(again, "column-twice", None, '"x"')

    def test_an_agency_must_be_named_somehow(self):
        assert self.check("code") == []
        (fault,) = self.check("a1")
        check_fault(fault, "column-missing", "agency", fault.allowed)
        assert fault.place == Text("di None", "at None")

    def test_thousands_of_wrong_columns_are_all_named_at_once(self):
        names = [f"{'x' * 1000}{number}" for number in range(3000)]
        names += [f"a{number}" for number in range(10, 3000)]
        assert len(self.check("agency", *names)) == len(names)

    @pytest.mark.parametrize(
        ("given", "name"),
        [(" A1 ", "a1"), ("A1.State", "a1.state"), ("TOTAL", "total"), (" Xyz", "Xyz")],
    )
    def test_names_are_found_in_any_case(self, given, name):
        assert column_name(RULES, given) == name

    def test_an_instrument_may_be_named(self):
        assert instrument_of(RULES) is RULES
        assert instrument_of("ism-2019") is catalog.instrument("ism-2019")
        fault = only_fault(UnknownNameError, lambda: instrument_of("ism-1999"))
        assert fault.code == "instrument-unknown"


class TestFacts:
    def test_everything_is_read(self):
        made = built(
            ["bkn", "Kota Medan"],
            code=[None, "12.71"],
            year=["2025-09-10", 2026],
            stage=["verified", ""],
            synthetic=["ya", None],
            agency__kind=["lembaga", "kota"],
            agency__standing=["reported", None],
            a1=[3, 4],
            a1__state=[None, "evidenced"],
            a1__evidence=["surat", " "],
            a1__standing=["draft", ""],
            total__standing=[None, "official"],
        )
        first, second = made.facts
        assert first.agency == Agency(name="bkn", kind="body")
        assert (first.year, str(first.date)) == (2025, "2025-09-10")
        assert (first.stage, first.synthetic) == (Stage.VERIFIED, True)
        assert first.standing is Standing.REPORTED
        assert (first.states, first.evidence) == ((), (("a1", "surat"),))
        assert first.standings == (("a1", Standing.DRAFT),)
        assert second.agency == catalog.agency("12.71")
        assert (second.year, second.date, second.stage) == (2026, None, None)
        assert second.states == (("a1", AnswerState.EVIDENCED),)
        assert second.standings == (("total_points", Standing.OFFICIAL),)

    @pytest.mark.parametrize("code", ["16.10", 16.1, "16,1", "16.1", np.float64(16.1)])
    def test_codes_that_a_spreadsheet_made_numbers_are_restored(self, code):
        raw = RawRows(count=1, columns={"code": [code]}, place=place)
        assert build(RULES, raw).agencies[0].name == "Kabupaten Ogan Ilir"

    def test_a_code_that_is_no_number_nor_text_is_refused(self):
        fault = only_fault(
            AssessmentError,
            lambda: build(RULES, RawRows(count=1, columns={"code": [(1, 2)]}, place=place)),
        )
        check_fault(fault, "agency-code-unknown", "code", "(1, 2)")
        assert fault.place == place(0, "code")

    def test_a_wrong_code_is_placed_at_the_code(self):
        fault = refused("Kota Medan", code=["99.99"])
        assert (fault.code, fault.item, fault.place) == (
            "agency-code-unknown",
            "code",
            place(0, "code"),
        )
        assert fault.agency == "Kota Medan"

    def test_a_wrong_name_is_placed_at_the_name(self):
        fault = refused("Kota Medan", code=["16.10"])
        assert (fault.code, fault.place) == ("agency-code-contradicts", place(0, "agency"))
        assert (fault.agency, fault.value) == ("Kota Medan", '"Kota Medan"')

    def test_without_a_column_for_names_a_missing_agency_is_placed_at_the_code(self):
        raw = RawRows(count=1, columns={"code": [" "]}, place=place)
        fault = only_fault(AssessmentError, lambda: build(RULES, raw))
        assert (fault.code, fault.item, fault.place) == (
            "agency-missing",
            "code",
            place(0, "code"),
        )
        assert fault.agency is None

    def test_an_agency_made_by_hand_is_looked_up(self):
        made = built([Agency(name="Kab. Malang"), Agency(name="Badan  X", province="Bali")])
        assert made.agencies[0] is catalog.agency("35.07")
        assert made.agencies[1] == Agency(name="Badan X", province="Bali")

    @pytest.mark.parametrize(
        ("agency", "code"),
        [
            (catalog.agency("31.74"), "agency-not-assessed"),
            (Agency(name="Malang"), "agency-ambiguous"),
            (Agency(name="Jawa Brat"), "agency-like-region"),
            (Agency(name="Medan", kind="ministry"), "kind-contradicts-directory"),
            (Agency(name="Badan X", code="99.99"), "agency-code-unknown"),
        ],
    )
    def test_an_agency_made_by_hand_is_refused_as_its_name_is(self, agency, code):
        fault = refused(agency)
        assert (fault.code, fault.item, fault.place) == (code, "agency", place(0, "agency"))
        assert fault.agency == agency.name

    def test_a_kind_lets_an_agency_outside_the_directory_in(self):
        names = ["Sekretariat Kota X", "Jawa Brat", "Malang"]
        made = built(list(names), agency__kind=["lembaga", "ministry", "kota"])
        assert made.agencies[:2] == (
            Agency(name="Sekretariat Kota X", kind="body"),
            Agency(name="Jawa Brat", kind="ministry"),
        )
        assert made.agencies[2] is catalog.agency("35.73")
        assert [fault.code for fault in faults_of(AssessmentError, lambda: built(list(names)))] == [
            "agency-like-region",
            "agency-like-region",
            "agency-ambiguous",
        ]

    @pytest.mark.parametrize("name", ["Kabupaten Slemann", "BKD Kota Slemann"])
    def test_so_many_names_that_are_like_an_unknown_one_are_looked_for(self, name):
        names = [f"{name} {number}" for number in range(60)]
        allowed = [
            fault.allowed for fault in faults_of(AssessmentError, lambda: built(list(names)))
        ]
        assert None not in allowed[:50]
        assert allowed[50:] == [None] * 10

    def test_thousands_of_unknown_agencies_are_refused(self):
        names = [f"Kabupaten {number:05} Slemann" for number in range(2000)]
        faults = faults_of(AssessmentError, lambda: built(names, code=["99.99", None] * 1000))
        assert len(faults) == 2000

    def test_beyond_ten_thousand_faults_the_rest_is_counted(self):
        # The last column is read last, but its faults are listed by row as all others.
        count = 60_000
        wrong = dict.fromkeys(("a1", "a2"), [9] * count)
        faults = faults_of(AssessmentError, lambda: built(["Kota Medan"] * count, **wrong))
        assert len(faults) == MAX_FAULTS + 1
        assert [fault.place for fault in faults[:4]] == [
            place(0, "a1"),
            place(0, "a2"),
            place(1, None),
            place(1, "a1"),
        ]
        check_fault(faults[-1], "more-faults", None, str(3 * count - 1 - MAX_FAULTS))

    def test_a_name_is_a_text(self):
        fault = refused(True)
        check_fault(fault, "text-not-allowed", "agency", "True", fault.allowed)
        assert fault.place == place(0, "agency")

    @pytest.mark.parametrize("kind", ["provinsi", "kabupaten", "kota"])
    def test_the_directory_has_every_region(self, kind):
        fault = refused("Badan Mars", agency__kind=[kind])
        check_fault(fault, "agency-unknown", "agency", '"Badan Mars"')
        assert fault.place == place(0, "agency")
        one = Agency(name="Badan Mars", kind="city")
        assert built([one]).agencies == (one,)

    def test_a_row_of_sums_is_one_whatever_its_kind(self):
        assert refused("Jumlah", agency__kind=["kota"]).code == "agency-summary-row"

    def test_a_kind_must_agree_with_the_directory(self):
        fault = refused("Kota Medan", agency__kind=["provinsi"])
        check_fault(fault, "kind-contradicts-directory", "agency.kind", "Kota Medan", fault.allowed)
        assert (fault.value, fault.allowed) == ('"province"', AgencyKind.CITY.label)
        assert fault.place == place(0, "agency.kind")
        assert fault.agency == "Kota Medan"


class TestGates:
    def test_an_answer_may_follow_from_the_kind_of_agency(self):
        made = built([CITY, PROVINCE, "BKN", "BPS"], works=[None, "NO", "", " yes "])
        assert made.gate_answers[:, 0].tolist() == [0, 1, NOT_ANSWERED, 0]
        assert made.gates_derived[:, 0].tolist() == [True, False, False, False]
        assert not made.gates_derived[:, 1].any()

    def test_it_follows_without_a_column_too(self):
        assert built([CITY]).gate_answers.tolist() == [[0, NOT_ANSWERED]]

    def test_what_does_not_apply_is_marked_and_what_is_open_is_named(self):
        made = built(
            [CITY, PROVINCE, "BKN", "BPS"],
            works=[None, None, None, "no"],
            size=[None, None, None, "small"],
            a1=[1, 1, 1, 1],
        )
        assert made.levels.tolist() == [
            [1, NOT_ANSWERED, NOT_APPLICABLE],
            [1, NOT_APPLICABLE, NOT_ANSWERED],
            [1, NOT_ANSWERED, NOT_ANSWERED],
            [1, NOT_APPLICABLE, NOT_APPLICABLE],
        ]
        assert {code: mask.tolist() for code, mask in made.undetermined.items()} == {
            "a": [False, True, True, False],
            "a2": [False, False, True, False],
            "a3": [False, True, True, False],
        }

    def test_an_answer_that_contradicts_the_directory(self):
        fault = refused(CITY, works=["no"], a2=[3])
        check_fault(
            fault,
            "gate-contradicts-directory",
            "works",
            '"no"',
            "A",
            AgencyKind.CITY.label,
            Text.same("yes"),
        )
        assert (fault.value, fault.allowed) == ('"no"', Text.same("yes"))
        assert (fault.place, fault.agency) == (place(0, "works"), "A")

    def test_from_a_faulty_answer_nothing_follows(self):
        fault = refused(CITY, works=["perhaps"], a2=[3])
        assert (fault.code, fault.agency) == ("option-not-allowed", "A")

    def test_an_answer_where_nothing_applies(self):
        fault = refused("BKN", works=["no"], a2=[3])
        check_fault(fault, "answer-not-applicable", "a2", "3", "works")
        assert (fault.value, fault.allowed) == ("3", Text("kosong", "empty"))
        assert (fault.place, fault.agency) == (place(0, "a2"), "BKN")


class TestEntries:
    def test_points_and_totals(self):
        made = built([CITY, PROVINCE], a=["0.5", None], survey=[None, "0.25"], total=[None, None])
        assert made.entries["a"].numerators.tolist() == [5000, 0]
        assert made.entries["a"].known.tolist() == [True, False]
        assert set(made.entries) == {"a"}  # nobody entered a total
        assert made.measures["survey"].numerators.tolist() == [0, 25]

    def test_a_total_may_stand_in_either_column(self):
        made = built([CITY, PROVINCE], total=["12,5", None], total_points=[None, 13])
        assert made.entries["total_points"].numerators.tolist() == [125_000, 130_000]

    def test_a_total_in_both(self):
        fault = refused(CITY, total=[12], total_points=[12])
        check_fault(fault, "total-twice", "total_points", "total")
        assert fault.value is None
        assert fault.allowed == Text("salah satu saja", "only one of the two")
        assert (fault.place, fault.agency) == (place(0, "total_points"), "A")

    def test_a_standing_of_the_total_in_both(self):
        fault = refused(
            CITY, total=[12], total__standing=["draft"], total_points__standing=["official"]
        )
        check_fault(fault, "total-twice", "total_points.standing", "total.standing")
        assert fault.allowed == Text("salah satu saja", "only one of the two")
        assert fault.place == place(0, "total_points.standing")
        made = built(
            [CITY, PROVINCE],
            total__standing=["draft", None],
            total_points__standing=[None, "official"],
        )
        assert [facts.standings for facts in made.facts] == [
            (("total_points", Standing.DRAFT),),
            (("total_points", Standing.OFFICIAL),),
        ]
        assert made[0].standings == (("total_points", Standing.DRAFT),)

    def test_an_entry_and_an_answer_below(self):
        fault = refused(CITY, a=["0.5"], a1=[3])
        check_fault(fault, "entry-and-below", "a1", "a ")
        assert fault.allowed == Text("salah satu saja", "only one of the two")
        assert (fault.place, fault.agency) == (place(0, "a1"), "A")

    def test_each_answer_below_is_named_once(self):
        faults = faults_of(
            AssessmentError, lambda: built([CITY], survey=[1], a1=[3], b=[1], a=[1], total=[5])
        )
        assert [fault.item for fault in faults] == ["survey", "a1", "b", "a"]

    def test_a_faulty_entry_is_no_entry(self):
        assert refused(CITY, total=["lots"], a1=[1]).code == "not-a-number"

    def test_rows_that_enter_and_rows_that_answer_go_together(self):
        made = built([CITY, PROVINCE], a=["0.5", None], a1=[None, 3])
        assert made.levels[:, 0].tolist() == [NOT_ANSWERED, 3]


class TestRows:
    def test_one_agency_may_be_assessed_at_several_times_and_stages(self):
        made = built(
            [CITY] * 4,
            year=[2025, 2026, 2026, "2026-01-02"],
            stage=["", "", "verified", "verified"],
        )
        assert len(made) == 4

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Kota Medan", "MEDAN"),
            (Agency(name="Badan  X"), Agency(name="badan x")),
            ("BKN", "bkn"),
        ],
    )
    def test_the_same_agency_year_and_stage_twice(self, first, second):
        fault = refused(first, second, year=[2026, "2026"])
        check_fault(fault, "assessment-twice", "agency", fault.agency, place(0, None))
        assert (fault.place, fault.value) == (place(1, None), f'"{fault.agency}"')
        assert fault.allowed == Text(
            "satu penilaian per instansi, tanggal atau tahun, dan tahap",
            "one assessment for an agency, date or year, and stage",
        )

    def test_the_second_of_two_is_kept_where_the_first_is_left_out(self):
        made = built(
            ["Kota Medan"] * 4,
            year=[2026, 2026, "x", 2026],
            a1=["x", 3, 3, 4],
            leave_out_faulty=True,
        )
        assert made.levels[:, 0].tolist() == [3]
        assert [(fault.code, fault.place) for fault in made.left_out] == [
            ("level-not-allowed", place(0, "a1")),
            ("year-not-allowed", place(2, "year")),
            ("assessment-twice", place(3, None)),
        ]
        check_fault(made.left_out[2], "assessment-twice", "agency", place(1, None))
        codes = [
            fault.code
            for fault in faults_of(AssessmentError, lambda: built(["Kota Medan"] * 2, a1=["x", 3]))
        ]
        assert codes == ["level-not-allowed", "assessment-twice"]

    @pytest.mark.parametrize(
        "columns",
        [
            {"agencies": ["", ""]},
            {"agencies": ["Kota Medan"] * 2, "year": ["x", "x"]},
            {"agencies": ["Kota Medan"] * 2, "stage": ["x", "x"]},
        ],
    )
    def test_rows_of_which_it_is_not_known_who_or_when_are_not_compared(self, columns):
        faults = faults_of(AssessmentError, lambda: built(**columns))
        assert len(faults) == 2
        assert "assessment-twice" not in {fault.code for fault in faults}

    def test_faults_come_by_row_and_then_by_column(self):
        faults = faults_of(
            AssessmentError,
            lambda: built(
                ["Kota Medan", "Kota X", "Kota Medan"],
                a2=["x", None, None],
                year=["x", "x", None],
                a1=["9", None, "9"],
            ),
        )
        assert [fault.place.en for fault in faults] == [
            "row 0 a2",
            "row 0 year",
            "row 0 a1",
            "row 1 agency",
            "row 1 year",
            "row 2 a1",
        ]

    def test_equal_cells_of_different_types_are_told_apart(self):
        faults = faults_of(
            AssessmentError, lambda: built(["BKN", "BPS", "BIG", "KPK"], a1=[1, True, 1.0, False])
        )
        assert [fault.agency for fault in faults] == ["BPS", "KPK"]

    def test_leaving_out_faulty_rows(self):
        made = built(
            ["BKN", "BPS", "BIG"], a1=["9", 3, "x"], b=[None, None, 1], leave_out_faulty=True
        )
        assert [agency.name for agency in made.agencies] == ["BPS"]
        assert made.levels.tolist() == [[3, NOT_ANSWERED, NOT_ANSWERED]]
        assert dict(made.entries) == {}
        assert [(fault.agency, fault.code) for fault in made.left_out] == [
            ("BKN", "level-not-allowed"),
            ("BIG", "level-not-allowed"),
        ]

    def test_leaving_out_what_has_no_fault_changes_nothing(self):
        assert built(["BKN"], a1=[1], leave_out_faulty=True) == built(["BKN"], a1=[1])

    def test_leaving_out_everything_is_refused(self):
        faults = faults_of(
            AssessmentError, lambda: built(["BKN", "BPS"], a1=["9", "9"], leave_out_faulty=True)
        )
        assert len(faults) == 2
