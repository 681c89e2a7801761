"""Formulas that are the same in every row, and what may be typed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from builders import dimension, gate, indicator, instrument, levels, measure, when
from meritindex.reporting.workbooks.answers import gate_place, number_range
from meritindex.reporting.workbooks.book import Book
from meritindex.reporting.workbooks.checking import Checks
from meritindex.reporting.workbooks.templates import ROW, Template
from meritindex.scoring.saying import Sayer
from workbook_cases import opened


def test_a_template_leaves_texts_alone() -> None:
    template = Template(f'IF(A{ROW}="say ""Aǂ""",B{ROW}&"ǂ",C$1)')
    assert template.at(12) == 'IF(A12="say ""Aǂ""",B12&"ǂ",C$1)'


def test_the_place_of_an_option() -> None:
    assert gate_place("B2", ("D2", "D3")) == 'IF(B2="",0,1*(B2&""=D2&"")+2*(B2&""=D3&""))'


def test_only_answers_are_taken() -> None:
    many = levels(*range(130))
    example = instrument(
        indicator("few", conditions=(when("open"),)),
        indicator("many", levels=many),
        measure("survey", minimum=Fraction(-1), decimals=1),
        dimension("bare"),
        gates=(gate("open", *(f"option {'x' * 30} {number}" for number in range(9)), "yes"),),
    )
    book = Book("id", "x")
    sheet = book.sheet("x", (9,))
    checks = Checks(sheet=sheet, instrument=example, say=Sayer("id"))
    checks.add("A1:A9", "few")
    checks.add("B1", "many")
    checks.add("C1", "survey")
    checks.add("D1", "bare")
    checks.add("E1", "open", tuple(f"Pilihan!$C${row}" for row in range(2, 12)))
    rules = {str(rule.sqref): rule for rule in _validations(opened(book.saved())["x"])}
    assert rules["A1:A9"].formula1 == '"0,1,2,3,4"'
    assert rules["A1:A9"].error.startswith("Jawaban yang diterima: 0, 1, 2, 3, 4.")
    assert (rules["B1"].type, rules["B1"].formula1, rules["B1"].formula2) == ("whole", "0", "129")
    assert (rules["C1"].type, rules["C1"].formula1, rules["C1"].formula2) == ("decimal", "-1", "1")
    assert "-1 sampai 1, paling banyak 1 desimal" in rules["C1"].error
    assert (rules["D1"].formula1, rules["D1"].formula2) == ("0", "100")
    assert rules["E1"].formula1 == "Pilihan!$C$2:$C$11"
    assert len(rules["E1"].error) == 225
    assert rules["E1"].error.endswith("…")
    assert all(rule.showErrorMessage and rule.allow_blank for rule in rules.values())
    assert number_range(example.dimension("bare"), example) == (0, 100)


def _validations(sheet: Any) -> Any:
    return sheet.data_validations.dataValidation
