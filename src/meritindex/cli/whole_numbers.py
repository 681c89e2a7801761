"""Whole numbers on the command line: how many draws there are, and where chance starts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from meritindex.cli.bilingual import BilingualParser
from meritindex.language import Language, Text
from meritindex.numbers import quoted

# No program that reads the JSON takes a seed up to this one for another.
MOST_SEED = 10**15


def whole_number(word: str, language: Language, *, least: int, most: int) -> int:
    """Return a number of digits alone.

    Raises:
        ArgumentTypeError: it is none, or outside.
    """
    short = word.isascii() and word.isdecimal() and len(word) <= len(str(most))
    if not (short and least <= int(word) <= most):
        message = Text(
            "{word} bukan bilangan bulat dari {least} sampai {most}",
            "{word} is no whole number from {least} to {most}",
        ).fill(word=quoted(word), least=least, most=most)
        raise argparse.ArgumentTypeError(message.in_language(language))
    return int(word)


def whole_numbers(parser: BilingualParser, least: int, most: int) -> Callable[[str], int]:
    """Return what reads the numbers that an option takes."""
    return partial(whole_number, language=parser.language, least=least, most=most)


def seed_option(
    parser: BilingualParser, container: argparse._ActionsContainer | None = None
) -> None:
    """Offer another seed than 0; it is None where none is given."""
    (container or parser).add_argument(
        "--seed",
        type=whole_numbers(parser, 0, MOST_SEED),
        metavar="N",
        help=parser.say(
            "benih bilangan acak (bawaan 0); benih yang sama memberi hasil yang sama",
            "seed of the random numbers (default 0); the same seed gives the same result",
        ),
    )
