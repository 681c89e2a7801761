from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import check_fault
from meritindex.definition.checks import (
    RESERVED_CODES,
    as_tuple,
    check_code,
    check_distinct,
    fault,
    refuse,
    shown_code,
)
from meritindex.errors import DefinitionError
from meritindex.language import LANGUAGES, Text
from meritindex.numbers import quoted

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
    "code",
    ["", "A1", "1a", "_a", "a-b", "a b", "a.b", "é", "a" * 41, "a\n", *sorted(RESERVED_CODES)],
)
def test_any_other_code_and_the_names_of_columns_are_refused(code: str) -> None:
    (found,) = check_code(code)
    check_fault(found, "code-not-allowed", shown_code(code), quoted(code), *sorted(RESERVED_CODES))


@pytest.mark.parametrize("code", ["a" * 41, "A" * 100_000, "a\u202e", "\x1b[2J", "a\n"])
def test_a_fault_holds_no_more_of_a_code_than_can_be_shown(code: str) -> None:
    faults = [*check_code(code), *check_distinct([code, code], Text("kode", "the code"))]
    assert len(faults) == 2
    for found in faults:
        assert found.item == quoted(code)
        assert found.place == Text.same(quoted(code))
        for language in LANGUAGES:
            text = found.in_language(language)
            assert quoted(code) in text
            assert text.isprintable()
            assert len(text) < 400


@pytest.mark.parametrize("code", ["a1", "S1", "Sangat Baik", "", "a" * 40])
def test_a_short_code_is_shown_as_it_is(code: str) -> None:
    assert shown_code(code) == code


def test_several_values_become_a_tuple_and_a_text_does_not() -> None:
    assert as_tuple(["a", "b"]) == as_tuple(iter("ab")) == as_tuple(("a", "b")) == ("a", "b")
    with pytest.raises(TypeError, match='"ab"'):
        as_tuple("ab")
    with pytest.raises(TypeError):
        as_tuple(None)  # type: ignore[arg-type]


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
    assert faults[0].message == Text("kode a ada 3 kali", "the code a occurs 3 times")
    check_fault(check_distinct(["a", "a"], what, "gate1")[0], "code-twice", "gate1", what, "a")
    assert check_distinct(["a", "b"], what) == []
