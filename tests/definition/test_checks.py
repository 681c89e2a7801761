from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import check_fault, unhurried
from meritindex.definition.checks import (
    RESERVED_CODES,
    check_code,
    check_distinct,
    fault,
    refuse,
)
from meritindex.errors import DefinitionError
from meritindex.language import Text

MESSAGE = Text("salah", "wrong")


def test_a_fault_of_a_definition_stands_at_its_item() -> None:
    placed = fault("some-code", MESSAGE, "a1")
    assert (placed.item, placed.place) == ("a1", Text.same("a1"))
    assert fault("some-code", MESSAGE).place is None


def test_refuse_makes_an_error_of_a_single_fault() -> None:
    error = refuse("some-code", MESSAGE, "a1")
    assert type(error) is DefinitionError
    assert error.faults == (fault("some-code", MESSAGE, "a1"),)


@pytest.mark.parametrize("code", ["a", "a1", "first_part", "a" * 40, "agency_2"])
def test_a_code_may_have_small_letters_digits_and_underscores(code: str) -> None:
    assert check_code(code) == []


@pytest.mark.parametrize(
    "code", ["", "A1", "1a", "_a", "a-b", "a b", "a.b", "é", "a" * 41, "a\n", *RESERVED_CODES]
)
def test_any_other_code_and_the_names_of_columns_are_refused(code: str) -> None:
    (found,) = check_code(code)
    check_fault(found, "code-not-allowed", code, repr(code), *RESERVED_CODES)


@unhurried
@given(st.text())
def test_a_code_is_refused_or_plain(code: str) -> None:
    plain = re.fullmatch(r"[a-z][a-z0-9_]*", code, re.ASCII) and len(code) <= 40
    assert (check_code(code) == []) == bool(plain and code not in RESERVED_CODES)


def test_every_code_that_stands_twice_is_named_with_how_often() -> None:
    what = Text("kode", "the code")
    faults = check_distinct(iter(["a", "b", "a", "c", "b", "a"]), what)
    assert len(faults) == 2
    check_fault(faults[0], "code-twice", "a", what, "a", "3")
    check_fault(faults[1], "code-twice", "b", what, "b", "2")
    check_fault(check_distinct(["a", "a"], what, "gate1")[0], "code-twice", "gate1", what, "a")
    assert check_distinct(["a", "b"], what) == []
