"""Single answers: what is read, and what is refused with which words."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from builders import check_fault, dimension, gate, indicator, levels, measure
from meritindex.assessment import AnswerState, NumberColumn
from meritindex.assessment.values import (
    MAX_TEXT_LENGTH,
    is_empty,
    read_entry,
    read_kind,
    read_level,
    read_measure,
    read_option,
    read_stage,
    read_standing,
    read_state,
    read_text,
    read_year,
    read_yes_or_no,
)
from meritindex.definition import AgencyKind, Stage, Standing
from meritindex.errors import Fault
from meritindex.language import LANGUAGES, Text


def check(found: object, code: str, item: str, value: str, allowed: Text) -> None:
    """Check that an answer was refused, and that both languages say what would be accepted."""
    assert isinstance(found, Fault)
    check_fault(found, code, item, value, allowed)
    assert found.value == value
    assert found.allowed == allowed


class TestLevels:
    @pytest.mark.parametrize(
        "cell",
        ["3", " 3 ", "3.0", "3,0", "+3", 3, 3.0, Decimal(3), Fraction(3), np.int64(3)],
    )
    def test_what_is_a_level_in_any_way_of_writing_is_read(self, cell):
        assert read_level(indicator("a1"), cell) == 3

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("5", '"5"'),
            ("-1", '"-1"'),
            ("3,5", '"3,5"'),
            ("4/2", '"4/2"'),
            ("2 2/2", '"2 2/2"'),
            ("tiga", '"tiga"'),
            ("Ⅲ", '"Ⅲ"'),
            ("٣", '"٣"'),
            ("3e0", '"3e0"'),
            ("3_0", '"3_0"'),
            ("3\x00", '"3\\x00"'),
            (5, "5"),
            (True, "True"),
            (float("inf"), "inf"),
            pytest.param(10**5000, "[int]", id="huge"),
        ],
    )
    def test_anything_else_is_refused(self, cell, value):
        allowed = Text("bilangan bulat 0 sampai 4", "whole numbers 0 to 4")
        check(read_level(indicator("a1"), cell), "level-not-allowed", "a1", value, allowed)

    def test_a_scale_may_begin_above_zero(self):
        scale = indicator("a1", levels=levels(0, 1, first=1))
        assert [isinstance(read_level(scale, cell), Fault) for cell in (0, 1, 2, 3)] == [
            True,
            False,
            False,
            True,
        ]


class TestNumbers:
    def test_a_measure_is_read_as_an_integer_of_its_decimals(self):
        survey = measure("survey", decimals=4)
        assert read_measure(survey, "0,8") == 8000
        assert read_measure(survey, 0.1) == 1000
        assert read_measure(survey, "1") == 10_000

    def test_an_entry_is_read_within_the_range_of_its_dimension(self):
        entered = dimension("a", decimals=1)
        assert read_entry(entered, (Fraction(-1), Fraction(100)), "-0.5") == -5

    def test_what_is_no_number_is_refused(self):
        fault = read_measure(measure("survey"), "80 persen")
        assert isinstance(fault, Fault)
        check_fault(fault, "not-a-number", "survey", '"80 persen"')
        assert fault.value == '"80 persen"'
        assert fault.allowed is not None

    @pytest.mark.parametrize("cell", ["81,25%", "81.25 % "])
    def test_a_percentage_is_refused_with_what_to_write(self, cell):
        allowed = Text("0,8125", "0.8125")
        fault = read_measure(measure("survey"), cell)
        check(fault, "number-in-percent", "survey", f'"{cell}"', allowed)

    @pytest.mark.parametrize(
        ("found", "cell"),
        [
            (measure("survey"), "%"),
            (measure("survey"), "101%"),
            (measure("survey"), "-1%"),
            (measure("survey", maximum=5), "20%"),
            (measure("survey"), True),
        ],
    )
    def test_a_percentage_of_nobody_knows_what_is_no_number(self, found, cell):
        fault = read_measure(found, cell)
        assert (fault.code, fault.item) == ("not-a-number", "survey")

    @pytest.mark.parametrize("cell", ["1.01", "-0.01"])
    def test_what_is_outside_the_range_is_refused(self, cell):
        allowed = Text("0 sampai 1, paling banyak 2 desimal", "0 to 1, with at most 2 decimals")
        check(
            read_measure(measure("survey"), cell),
            "number-out-of-range",
            "survey",
            f'"{cell}"',
            allowed,
        )

    @pytest.mark.parametrize("cell", ["0.125", "1/3"])
    def test_what_is_too_fine_is_refused_and_not_rounded(self, cell):
        allowed = Text("0 sampai 1, paling banyak 2 desimal", "0 to 1, with at most 2 decimals")
        check(
            read_measure(measure("survey"), cell), "number-too-fine", "survey", f'"{cell}"', allowed
        )


class TestWords:
    @pytest.mark.parametrize("cell", ["yes", " YES ", "Yes"])
    def test_an_option_is_read_in_any_case(self, cell):
        assert read_option(gate("g"), cell) == 0

    def test_an_option_may_be_a_number(self):
        assert read_option(gate("g", "0", "12"), 12) == 1

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("iya", '"iya"'),
            (True, "True"),
            (1.5, "1.5"),
            pytest.param(10**5000, "[int]", id="huge"),
        ],
    )
    def test_another_answer_to_a_gate_is_refused(self, cell, value):
        allowed = Text.same("true, no")
        check(read_option(gate("g", "true", "no"), cell), "option-not-allowed", "g", value, allowed)

    @pytest.mark.parametrize("stage", Stage)
    def test_a_stage_is_read_by_name_and_label(self, stage):
        for cell in (stage, stage.value, stage.label.id, f" {stage.label.en.upper()} "):
            assert read_stage(cell) is stage

    @pytest.mark.parametrize("cell", ["mandiri", " Mandiri", "Self Assessed"])
    def test_a_self_assessment_has_more_names(self, cell):
        assert read_stage(cell) is Stage.SELF_ASSESSED

    @pytest.mark.parametrize("state", AnswerState)
    def test_a_state_is_read_by_name_and_label(self, state):
        for cell in (state, *(state.label.in_language(language) for language in LANGUAGES)):
            assert read_state("a1.state", cell) is state

    def test_a_standing_and_a_kind_are_read_by_label(self):
        assert read_standing("a1.standing", "Resmi") is Standing.OFFICIAL
        assert read_kind("agency.kind", "Lembaga negara") is AgencyKind.STATE_BODY

    @pytest.mark.parametrize(
        ("read", "code", "item", "allowed"),
        [
            (read_stage, "stage-not-allowed", "stage", "self-assessed, penilaian mandiri, "),
            (
                lambda cell: read_state("a1.state", cell),
                "state-not-allowed",
                "a1.state",
                "claimed, diklaim, ",
            ),
            (
                lambda cell: read_standing("a1.standing", cell),
                "standing-not-allowed",
                "a1.standing",
                "assumed, asumsi, ",
            ),
            (
                lambda cell: read_kind("agency.kind", cell),
                "kind-not-allowed",
                "agency.kind",
                "ministry, kementerian, ",
            ),
        ],
    )
    @pytest.mark.parametrize(("cell", "value"), [("x", '"x"'), (False, "False"), (7, "7")])
    def test_other_words_are_refused(self, read, code, item, allowed, cell, value):
        fault = read(cell)
        check(fault, code, item, value, fault.allowed)
        assert fault.allowed.en.startswith(allowed)

    @pytest.mark.parametrize(
        ("cell", "meant"),
        [("ya", True), (" Yes ", True), (1, True), (True, True), ("TIDAK", False), (0, False)],
    )
    def test_yes_and_no(self, cell, meant):
        assert read_yes_or_no("synthetic", cell) is meant

    @pytest.mark.parametrize(("cell", "value"), [("mungkin", '"mungkin"'), (2, "2"), (1.0, "1.0")])
    def test_neither_yes_nor_no(self, cell, value):
        allowed = Text.same("ya, yes, true, 1, tidak, no, false, 0")
        check(
            read_yes_or_no("synthetic", cell), "yes-or-no-not-allowed", "synthetic", value, allowed
        )


class TestYears:
    @pytest.mark.parametrize("cell", ["2026", 2026, " 2026 ", "2026.0", Decimal(2026)])
    def test_a_year(self, cell):
        assert read_year(cell) == (2026, None)

    @pytest.mark.parametrize(
        "cell",
        ["2025-09-10", " 2025-09-10 ", dt.date(2025, 9, 10), dt.datetime(2025, 9, 10, 8)],  # noqa: DTZ001
    )
    def test_a_date_gives_its_year_as_well(self, cell):
        year, date = read_year(cell)
        assert (year, date) == (2025, dt.date(2025, 9, 10))
        assert type(date) is dt.date

    @pytest.mark.parametrize("cell", ["05/08/2026", "5/8/2026", " 05/8/2026 "])
    def test_in_a_date_of_a_spreadsheet_the_day_comes_first(self, cell):
        assert read_year(cell) == (2026, dt.date(2026, 8, 5))

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("26", '"26"'),
            ("2026.5", '"2026.5"'),
            ("2025-W37-3", '"2025-W37-3"'),
            ("2025-02-30", '"2025-02-30"'),
            ("2500-01-01", '"2500-01-01"'),
            (dt.date(1900, 1, 1), "1900-01-01"),
            ("08/31/2026", '"08/31/2026"'),
            ("10/09/25", '"10/09/25"'),
            ("10/09/1944", '"10/09/1944"'),
            (True, "True"),
            pytest.param(10**5000, "[int]", id="huge"),
        ],
    )
    def test_anything_else_is_refused(self, cell, value):
        allowed = Text(
            "1945 sampai 2100, atau tanggal seperti 2025-09-10 atau 10/9/2025 (hari/bulan/tahun)",
            "1945 to 2100, or a date such as 2025-09-10 or 10/9/2025 (day/month/year)",
        )
        check(read_year(cell), "year-not-allowed", "year", value, allowed)


class TestTexts:
    @pytest.mark.parametrize("cell", ["surat", " dua\nbaris\t", "😀", "x" * MAX_TEXT_LENGTH])
    def test_a_text_is_kept_as_it_is(self, cell):
        assert read_text("a1.evidence", cell) is cell

    @pytest.mark.parametrize("cell", ["\x00", "a\x07", "\ud800", "x" * (MAX_TEXT_LENGTH + 1), True])
    def test_what_no_file_can_hold_is_refused(self, cell):
        fault = read_text("a1.evidence", cell)
        check(fault, "text-not-allowed", "a1.evidence", fault.value, fault.allowed)
        assert str(MAX_TEXT_LENGTH) in fault.allowed.id


@pytest.mark.parametrize(
    ("cell", "empty"),
    [
        (None, True),
        ("", True),
        (" \t\xa0", True),
        (float("nan"), True),
        (np.nan, True),
        (0, False),
        (False, False),
        ("0", False),
        (0.0, False),
    ],
)
def test_what_holds_nothing(cell, empty):
    assert is_empty(cell) is empty


class TestNumberColumn:
    def test_what_is_not_there_is_zero_and_not_known(self):
        column = NumberColumn.of([3, None, -2])
        assert column.numerators.tolist() == [3, 0, -2]
        assert column.numerators.dtype == np.int64
        assert column.known.tolist() == [True, False, True]

    @pytest.mark.parametrize(("value", "kind"), [(2**62 - 1, np.int64), (-(2**62), object)])
    def test_numbers_that_64_bits_may_not_hold_are_integers_of_python(self, value, kind):
        column = NumberColumn.of([value, None])
        assert column.numerators.dtype == np.dtype(kind)
        assert column.numerators[0] == value

    def test_it_can_not_be_written_to_even_after_pickling(self):
        for column in (
            NumberColumn.of([1, None]),
            NumberColumn.empty(2),
            pickle.loads(pickle.dumps(NumberColumn.of([1, None]))),
            NumberColumn.of([1, None]).rows(slice(0, 1)),
        ):
            with pytest.raises(ValueError, match="read-only"):
                column.numerators[0] = 2
            with pytest.raises(ValueError, match="read-only"):
                column.known[0] = False

    def test_what_a_view_was_taken_of_can_not_be_written_through(self):
        numerators, known = np.array([1, 2]), np.array([True, True])
        column = NumberColumn(numerators[:1], known[:1])
        numerators[0], known[0] = 5, False
        assert column == NumberColumn.of([1])

    def test_equality_is_of_numbers_and_of_what_is_known(self):
        column = NumberColumn.of([1, None])
        assert column == NumberColumn.of([1, None])
        assert column == NumberColumn(np.array([1, 0], dtype=object), np.array([True, False]))
        assert column != NumberColumn.of([1, 0])
        assert column != NumberColumn.of([2, None])
        assert column != [1, None]
        with pytest.raises(TypeError):
            hash(column)
