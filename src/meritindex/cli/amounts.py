"""Amounts as people write them: numbers from zero, of which none can be read in two ways."""

from __future__ import annotations

import argparse
import re
from fractions import Fraction

from meritindex.assessment.values import make_fault
from meritindex.errors import Fault, NumberError
from meritindex.language import Language, Text
from meritindex.numbers import parse_number, quoted

# A mark with three digits behind it may part thousands as well as decimals.
_THOUSANDS = re.compile(r"([+-]?)([1-9][0-9]{0,2})[.,]([0-9]{3})")


def read_amount(word: str) -> Fraction | Fault:
    """Return an amount, or why it is none.

    What may be thousands as well as decimals, such as `1.500`, is refused: an amount that is a
    thousand times too small would be noticed by nobody.
    """
    if match := _THOUSANDS.fullmatch(word.strip()):
        sign, whole, rest = match[1], match[2], match[3]
        decimals = rest.rstrip("0")
        message = Text(
            "{value} dapat berarti {allowed}: tulislah yang dimaksud",
            "{value} can be {allowed}: write the one that is meant",
        )
        # With exactly three decimals it would be refused again.
        less = f"{sign}{whole},{decimals or '0'}", f"{sign}{whole}.{decimals or '0'}"
        if len(decimals) == len(rest):
            less = f"{less[0]}0", f"{less[1]}0"
        many = f"{sign}{whole}{rest}"
        return make_fault(
            "amount-ambiguous",
            message,
            value=quoted(word),
            allowed=Text(f"{many} atau {less[0]}", f"{many} or {less[1]}"),
        )
    try:
        return parse_number(word)
    except NumberError as error:
        return error.faults[0]


def amount_word(word: str, language: Language) -> Fraction:
    """Return the amount that a word of the command line names.

    Raises:
        ArgumentTypeError: it names none, one below zero, or may be read in two ways.
    """
    value = read_amount(word)
    if isinstance(value, Fault):
        raise argparse.ArgumentTypeError(value.in_language(language))
    if value < 0:
        message = Text("{word} kurang dari nol", "{word} is below zero").fill(word=quoted(word))
        raise argparse.ArgumentTypeError(message.in_language(language))
    return value
