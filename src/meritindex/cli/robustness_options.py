"""The words of the command `robustness`: what is drawn, how often, and from where."""

from __future__ import annotations

import argparse
from fractions import Fraction
from functools import partial

from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.weights import is_region
from meritindex.cli.whole_numbers import seed_option, whole_numbers
from meritindex.errors import NumberError
from meritindex.language import Language, Text
from meritindex.numbers import parse_number

DEFAULT_DRAWS = 10_000
# The ranks of 600 agencies in so many draws take 1.2 GB.
MOST_DRAWS = 1_000_000


def robustness_options(parser: BilingualParser) -> None:
    """Offer everything that a simulation rests on."""
    options.open_options(parser)
    parser.add_argument(
        "--around",
        type=partial(options.weighting_word, parser=parser, regions=False),
        metavar=parser.say("PEMBOBOTAN", "WEIGHTING"),
        help=parser.say(
            "tarik bobot di sekitar yang ini (equal-remainder, given:BERKAS), dan tidak merata; "
            "bersama --concentration",
            "draw weights around these (equal-remainder, given:FILE) instead of uniformly; goes "
            "with --concentration",
        ),
    )
    parser.add_argument(
        "--concentration",
        type=partial(_number, language=parser.language),
        metavar=parser.say("ANGKA", "NUMBER"),
        help=parser.say(
            "seberapa dekat dengan --around: makin besar, makin dekat; pada 80, bobot 10%% "
            "menyimpang kira-kira 3,3 poin persen",
            "how close to those of --around: the larger, the closer; at 80, a weight of 10%% "
            "strays by about 3.3 percentage points",
        ),
    )
    parser.add_argument(
        "--draws",
        type=whole_numbers(parser, 1, MOST_DRAWS),
        metavar="N",
        help=parser.say(
            f"banyaknya tarikan (bawaan {DEFAULT_DRAWS})",
            f"how many draws (default {DEFAULT_DRAWS})",
        ),
    )
    seed_option(parser)


def _number(word: str, language: Language) -> Fraction:
    try:
        return parse_number(word)
    except NumberError as error:
        raise argparse.ArgumentTypeError(error.in_language(language)) from None


def wrong_robustness(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    if (given.around is None) != (given.concentration is None):
        return Text(
            "--around dan --concentration hanya bersama: di sekitar bobot mana, dan seberapa dekat",
            "--around and --concentration need each other: around which weights, and how close",
        )
    if given.around is None:
        return None
    if is_region(given.around):
        return Text(
            "--around memerlukan satu bobot untuk setiap unsur, bukan {word}",
            "--around needs one weight of each element, not {word}",
        ).fill(word=given.around)
    if given.weighting is not None and not is_region(given.weighting):
        return Text(
            "bersama --around, --weighting hanya admissible atau admissible:BERKAS, bukan {word}",
            "with --around, --weighting is admissible or admissible:FILE alone, not {word}",
        ).fill(word=given.weighting)
    return None
