"""Amounts as people write them."""

from __future__ import annotations

import argparse
from fractions import Fraction

import pytest

from builders import check_fault
from meritindex.cli.amounts import amount_word, read_amount
from meritindex.errors import Fault
from meritindex.language import LANGUAGES, Language


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("1500", "1500"),
        ("1,5", "1.5"),
        ("1.50", "1.5"),
        ("1.5000", "1.5"),
        ("0,125", "0.125"),  # no thousands begin with a zero
        ("1500.250", "1500.25"),  # nor are they so long in front
        ("12 1/3", "37/3"),
        ("-2", "-2"),
    ],
)
def test_what_can_be_read_in_one_way_is_read(word: str, number: str) -> None:
    assert read_amount(word) == Fraction(number)


@pytest.mark.parametrize(
    ("word", "many", "few"),
    [
        ("1.500", "1500", "1.5"),
        ("1,500", "1500", "1.5"),
        (" 25.000 ", "25000", "25.0"),
        ("300,125", "300125", "300.1250"),
        ("-1.050", "-1050", "-1.05"),
    ],
)
def test_thousands_or_decimals_are_refused(word: str, many: str, few: str) -> None:
    fault = read_amount(word)
    assert isinstance(fault, Fault)
    check_fault(fault, "amount-ambiguous", None, word, many)
    assert few in fault.message.en
    assert few.replace(".", ",") in fault.message.id
    # Both ways out are accepted.
    assert (read_amount(many), read_amount(few)) == (Fraction(many), Fraction(few))
    assert read_amount(few.replace(".", ",")) == Fraction(few)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["1.500", "-1", "1.500.000", "mahal", ""])
def test_words_that_are_no_amounts(word: str, language: Language) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as refused:
        amount_word(word, language)
    assert word in str(refused.value)
    assert amount_word("2,5", language) == Fraction(5, 2)
