"""A file of costs: what it says of every step, and every fault with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from builders import (
    MEAN,
    check_fault,
    dimension,
    faults_of,
    indicator,
    instrument,
    levels,
    only_fault,
)
from meritindex.cli.costs_file import CostsFile, day_of, read_costs
from meritindex.errors import AssessmentError, Fault, FileError
from meritindex.language import Text

RULES = instrument(
    root=dimension(
        "indeks",
        indicator("i1"),
        indicator("i2", levels=levels(0, 1, 2, first=1)),
        indicator("i3", levels=levels(0)),
        rule=MEAN,
    )
)

FAULTY = """\
code,level,cost,ready
i9,2,1.500,
i1,0,1,
i2,1,1,
i2,dua,1,
i2,2.5,1,
i3,1,1,
i1,2,mahal,
i1,2,-1,
i1,2,1,besok
i1,2,1,2026
i1,2,,
i1,2,1
i1,2,1,
i1,2,1,
i2,,1,
i2,,1,
"""


@pytest.fixture
def read(tmp_path):
    def written(text: str) -> CostsFile:
        path = tmp_path / "biaya.csv"
        path.write_text(text, encoding="utf-8")
        return read_costs(str(path), RULES)

    return written


@pytest.mark.parametrize(
    "text",
    [
        "code,level,cost,ready\ni1,,1.5,\ni2,3,10,2026-12-31\n",
        "code;level;cost;ready\r\nI1;;1,5;\r\ni2;3;10;31/12/2026\r\n",
        "\ufeffREADY\tCost\tLevel\tCode\n\t1 1/2\t\ti1\n\n2026-12-31\t10\t 3 \t i2 \n",
    ],
)
def test_files_as_spreadsheets_write_them(read, text):
    found = read(text)
    assert found.costs == {"i1": Fraction(3, 2), "i2": {3: Fraction(10)}}
    assert found.ready == {"i2": {3: date(2026, 12, 31)}}


def test_level_and_ready_may_be_left_out(read):
    found = read("code,cost\ni1,2\n")
    assert (found.costs, found.ready) == ({"i1": Fraction(2)}, {})
    assert read("code,level,cost\n") == CostsFile(costs={}, ready={})


def test_a_row_of_a_level_goes_before_that_of_every_step(read):
    rows = ["i1,,2,2026-05-01", "i1,3,9,2026-07-01", "i1,4,7,"]
    expected = {1: Fraction(2), 2: Fraction(2), 3: Fraction(9), 4: Fraction(7)}
    first, later = date(2026, 5, 1), date(2026, 7, 1)
    for order in (rows, rows[::-1]):
        found = read("\n".join(["code,level,cost,ready", *order]))
        assert found.costs == {"i1": expected}
        assert found.ready == {"i1": {1: first, 2: first, 3: later, 4: first}}


def test_a_row_may_be_there_for_the_day_alone(read):
    found = read("code,level,cost,ready\ni1,,2,\ni1,2,,2026-05-01\n")
    assert found.costs == {"i1": Fraction(2)}
    assert found.ready == {"i1": {2: date(2026, 5, 1)}}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", '""'),
        ("kode,biaya\ni1,1\n", "kode, biaya"),
        ("code,level\n", "code, level"),
        ("code,cost,note\n", "code, cost, note"),
        ("code,cost,cost\n", "code, cost, cost"),
    ],
)
def test_other_columns_are_refused(read, text, columns):
    fault = only_fault(FileError, lambda: read(text))
    check_fault(fault, "costs-columns", None, columns, "code", "level", "cost", "ready")
    assert fault.place == Text.same("biaya.csv")
    assert columns in fault.value


def test_every_fault_is_named_with_its_line(read):
    faults = faults_of(AssessmentError, lambda: read(FAULTY))
    expected = [
        (2, "code", "costs-indicator", None, ('"i9"', "i1, i2, i3")),
        (2, "cost", "amount-ambiguous", None, ('"1.500"', "1500")),
        (3, "level", "costs-level", "i1", ('"0"', "1", "4")),
        (4, "level", "costs-level", "i2", ('"1"', "2", "3")),
        (5, "level", "costs-level", "i2", ('"dua"',)),
        (6, "level", "costs-level", "i2", ('"2.5"',)),
        (7, "level", "costs-level", "i3", ('"1"',)),
        (8, "cost", "not-a-number", None, ('"mahal"',)),
        (9, "cost", "costs-negative", None, ('"-1"',)),
        (10, "ready", "day-not-allowed", None, ('"besok"', "2026-12-31")),
        (11, "ready", "day-not-allowed", None, ('"2026"',)),
        (12, "cost", "not-a-number", None, ('""',)),
        (13, None, "costs-cells", None, ("3", "4")),
        (15, None, "costs-twice", "i1", ("i1",)),
        (17, None, "costs-twice", "i2", ("i2",)),
    ]
    assert len(faults) == len(expected)
    for fault, (line, column, code, item, named) in zip(faults, expected, strict=True):
        check_fault(fault, code, item, *named)
        where = f"biaya.csv, line {line}" + (f", column {column}" if column else "")
        assert fault.place is not None
        assert fault.place.en == where


def test_a_code_that_looks_like_another_is_taken_for_it(read):
    fault = only_fault(AssessmentError, lambda: read("code,cost\nI1x,1\n"))
    assert "perhaps: i1" in fault.message.en
    assert "mungkin: i1" in fault.message.id


def test_all_faults_of_one_row_are_named(read):
    faults = faults_of(AssessmentError, lambda: read("code,level,cost,ready\ni9,x,y,z\n"))
    assert [fault.code for fault in faults] == [
        "costs-indicator",
        "day-not-allowed",
        "not-a-number",
    ]


def test_days():
    assert day_of("1/2/2026") == date(2026, 2, 1)
    fault = day_of("30 Februari")
    assert isinstance(fault, Fault)
    assert (fault.code, fault.place) == ("day-not-allowed", None)


def test_a_row_for_a_day_that_is_none_wants_no_cost(read):
    fault = only_fault(AssessmentError, lambda: read("code,level,cost,ready\ni1,2,,besok\n"))
    assert fault.code == "day-not-allowed"
