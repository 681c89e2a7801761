"""Expressions that both spreadsheets read alike."""

from __future__ import annotations

from meritindex.reporting.sheet_formulas.expressions import (
    FALSE,
    TRUE,
    all_of,
    any_of,
    bracketed,
    either,
    greatest,
    least,
    negated,
    total,
)


def test_what_is_decided_is_left_out() -> None:
    assert all_of([]) == all_of([TRUE]) == any_of(["A1>0", TRUE]) == TRUE
    assert any_of([]) == any_of([FALSE]) == all_of(["A1>0", FALSE]) == FALSE
    assert any_of(["A1>0", FALSE, "B1>0"]) == "OR(A1>0,B1>0)"
    assert negated(TRUE) == FALSE
    assert negated(FALSE) == TRUE
    assert negated("A1=0") == "NOT(A1=0)"
    assert either(TRUE, "1", "0") == "1"
    assert either(FALSE, "1", "0") == "0"
    assert either("A1=0", "1", "1") == "1"


def test_sums_keep_their_signs() -> None:
    assert total([]) == "0"
    assert total([(1, "A1+B1")]) == "A1+B1"
    assert total([(0, "A1")], -3) == "-3"
    assert total([(-1, "A1"), (2, "B1-C1")]) == "-A1+2*(B1-C1)"


def test_only_what_falls_apart_is_bracketed() -> None:
    for whole in ("A1", "'a 1'!$A$1", "12", "IF(A1>0,(B1),0)", "(A1-B1)"):
        assert bracketed(whole) == whole
    for parts in ("A1-B1", "IF(A1>0,1,0)+IF(B1>0,1,0)", "-A1", "(A1)*(B1)", "MAX(A1"):
        assert bracketed(parts) == f"({parts})"


def test_functions_take_no_more_arguments_than_excel_allows() -> None:
    many = [f"A{row}" for row in range(1, 500)]
    for made, name in (
        (least(many), "MIN"),
        (greatest(many), "MAX"),
        (all_of(many), "AND"),
        (any_of(many), "OR"),
    ):
        assert made.startswith(f"{name}({name}(A1,")
        assert made.count(f"{name}(") == 4
        assert made.replace(")", "").replace(f"{name}(", "").split(",") == many
    assert least(["A1"]) == "A1"
