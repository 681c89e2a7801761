"""The words of the command `improve`: what is to be reached, what it may cost, what can't move."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.cli import options
from meritindex.cli.amounts import amount_word
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.selection import day_word
from meritindex.cli.whole_numbers import whole_numbers
from meritindex.definition.scales import HIGHEST_LEVEL
from meritindex.language import Language, Text
from meritindex.numbers import quoted

_RANK, _FIRST = "rank:", "<"
_MOST_AGENCIES = 10**6
_MOST_ALTERNATIVES = 20

_OCCASION = Text(
    "--year dan --stage hanya bersama INSTANSI: penilaian instansi itu yang mana",
    "--year and --stage go with an AGENCY alone: which of its assessments",
)
_OF_ONE = Text(
    "{option} hanya bersama INSTANSI: rencana instansi yang mana",
    "{option} goes with an AGENCY alone: the plan of which one",
)
_MOST_BUDGET = Text(
    "--most hanya bersama --budget: apa yang dapat dicapai dengan berapa",
    "--most goes with --budget alone: what can be reached with how much",
)
_MOST_TARGET = Text(
    "--most tidak dapat bersama --to: nilai setinggi mungkin, atau suatu sasaran",
    "--most is not allowed with --to: the highest total, or a target",
)
BY_COSTS = Text(
    "--by hanya bersama --costs: kolom ready menyebut kapan suatu langkah dapat selesai",
    "--by goes with --costs alone: its column ready says when a step can be done",
)


def improve_options(parser: BilingualParser, *, sampled: bool) -> None:
    """Offer everything that a plan of improvement rests on.

    Args:
        parser: of the command.
        sampled: whether `--sample` is among the words; then no file is asked for.
    """
    options.agency_or_all_options(parser, sampled=sampled)
    options.instrument_option(parser)
    _weighting_option(parser)
    options.missing_option(parser)
    options.leave_out_option(parser)
    _target_options(parser)
    cost_options(parser)
    constraint_options(parser)


def _weighting_option(parser: BilingualParser) -> None:
    parser.add_argument(
        "--weighting",
        type=partial(options.weighting_word, parser=parser, regions=True),
        metavar=parser.say("PEMBOBOTAN", "WEIGHTING"),
        help=parser.say(
            "stated, equal-remainder, given:BERKAS: seperti pada score (bawaan: menurut "
            "instrumen); admissible, admissible:BERKAS: sasaran harus tercapai pada setiap "
            "pembobotan yang mungkin, seperti pada bounds",
            "stated, equal-remainder, given:FILE: as for score (default: as the instrument "
            "says); admissible, admissible:FILE: the target must be reached under every "
            "weighting that is possible, as for bounds",
        ),
    )


def _target_options(parser: BilingualParser) -> None:
    group = parser.add_argument_group(parser.say("yang hendak dicapai", "what is to be reached"))
    group.add_argument(
        "--to",
        type=partial(_target_word, language=parser.language),
        metavar=parser.say("SASARAN", "TARGET"),
        help=parser.say(
            "nama kategori, nilai seperti 0,75, atau rank:N untuk peringkat N dalam berkas "
            "(bawaan: kategori berikutnya)",
            "name of a band, a total such as 0.75, or rank:N for rank N in the file (default: the "
            "next band)",
        ),
    )
    group.add_argument(
        "--most",
        action="store_true",
        help=parser.say(
            "tanpa sasaran: nilai tertinggi yang dapat dicapai dengan --budget",
            "no target: the highest total that --budget buys",
        ),
    )
    group.add_argument(
        "--alternatives",
        type=whole_numbers(parser, 0, _MOST_ALTERNATIVES),
        metavar="N",
        help=parser.say(
            "tampilkan juga N rencana termurah berikutnya, untuk satu instansi",
            "also show the N next cheapest plans, of one agency",
        ),
    )
    group.add_argument(
        "--time-limit",
        type=partial(_seconds, language=parser.language),
        metavar=parser.say("DETIK", "SECONDS"),
        help=parser.say(
            "berhenti mencari sesudah sekian detik; yang belum terbukti termurah disebutkan",
            "stop searching after so many seconds; what is not proven cheapest is said to be so",
        ),
    )


def cost_options(parser: BilingualParser) -> None:
    """Offer to say what steps cost, and how much may be spent."""
    number = parser.say("ANGKA", "NUMBER")
    group = parser.add_argument_group(parser.say("biaya", "costs"))
    group.add_argument(
        "--cost",
        type=partial(amount_word, language=parser.language),
        metavar=number,
        help=parser.say(
            "biaya setiap langkah naik satu tingkat (bawaan 1, bila tanpa --costs); bersama "
            "--costs: biaya yang tidak disebut dalam berkas",
            "what each step of one level costs (default 1, without --costs); with --costs: what "
            "the file doesn't name costs",
        ),
    )
    group.add_argument(
        "--costs",
        metavar=parser.say("BERKAS", "FILE"),
        help=parser.say(
            "biaya setiap langkah dari CSV dengan kolom code, level, cost, dan bila perlu ready "
            "(tanggal paling cepat selesai); level yang kosong berarti setiap langkah",
            "costs of steps from a CSV with the columns code, level, cost, and where needed ready "
            "(the day by which it can be done); an empty level is every step",
        ),
    )
    group.add_argument(
        "--unit",
        metavar=parser.say("TEKS", "TEXT"),
        help=parser.say(
            'satuan biaya, misalnya "juta rupiah"', 'unit of the costs, such as "million rupiah"'
        ),
    )
    group.add_argument(
        "--budget",
        type=partial(amount_word, language=parser.language),
        metavar=number,
        help=parser.say("biaya paling banyak", "the most that all steps may cost"),
    )


def constraint_options(parser: BilingualParser) -> None:
    """Offer to say what can't move, in which order, and by when."""
    codes = parser.say("KODE", "CODES")
    group = parser.add_argument_group(parser.say("batasan", "constraints"))
    group.add_argument(
        "--fixed",
        action="append",
        default=[],
        metavar=codes,
        help=parser.say(
            "indikator atau dimensi yang tidak dapat dinaikkan, dipisahkan koma",
            "indicators or dimensions that can't be raised, separated by commas",
        ),
    )
    group.add_argument(
        "--most-levels",
        type=whole_numbers(parser, 1, HIGHEST_LEVEL),
        metavar="N",
        help=parser.say(
            "satu indikator naik paling banyak N tingkat", "one indicator rises by at most N levels"
        ),
    )
    group.add_argument(
        "--before",
        dest="prerequisites",
        action="append",
        default=[],
        type=partial(_chain, language=parser.language),
        metavar=codes,
        help=parser.say(
            'urutan, misalnya "a4q1_kabkota<a4q2<a2q1": yang kiri harus lebih dahulu mencapai '
            "tingkat yang sama; boleh berulang",
            'an order such as "a4q1_kabkota<a4q2<a2q1": what stands left must reach the same '
            "level first; may be repeated",
        ),
    )
    group.add_argument(
        "--by",
        type=partial(day_word, language=parser.language),
        metavar=parser.say("TANGGAL", "DATE"),
        help=parser.say(
            "tanpa langkah yang menurut kolom ready selesai sesudah tanggal ini; yang tanpa "
            "tanggal dianggap dapat selesai kapan saja, dan disebutkan",
            "no step that the column ready dates later than this day; those without a date count "
            "as ready at any time, and are named",
        ),
    )


def wrong_improve(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    nobody = given.agency is None
    wrong = {
        _OCCASION: nobody and (given.year is not None or given.stage is not None),
        _OF_ONE.fill(option="--alternatives"): nobody and given.alternatives is not None,
        _OF_ONE.fill(option="--most"): nobody and given.most,
        _MOST_BUDGET: given.most and given.budget is None,
        _MOST_TARGET: given.most and given.to is not None,
        BY_COSTS: given.by is not None and given.costs is None,
    }
    return next((text for text, holds in wrong.items() if holds), None)


def rank_of(word: str | None) -> int | None:
    """Return the rank that the word of `--to` asks for; None where it asks for something else."""
    if word is None or not word.casefold().startswith(_RANK):
        return None
    digits = word[len(_RANK) :].strip()
    short = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(_MOST_AGENCIES))
    return int(digits) if short else 0


def _target_word(word: str, language: Language) -> str:
    """Return a word that may name a target; what is asked for by rank must be one."""
    if rank_of(word) == 0:
        message = Text(
            "{value} bukan peringkat; yang diterima: rank:1, rank:2, dan seterusnya",
            "{value} is no rank; allowed: rank:1, rank:2 and so on",
        ).fill(value=quoted(word.partition(":")[2].strip()))
        raise argparse.ArgumentTypeError(message.in_language(language))
    return word


def codes_of(word: str) -> list[str]:
    """Return the codes of a list that commas separate."""
    return [code.strip() for code in word.split(",") if code.strip()]


def _seconds(word: str, language: Language) -> float:
    return float(amount_word(word, language))


def _chain(word: str, language: Language) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in word.split(_FIRST))
    if len(codes) < 2 or not all(codes):
        message = Text(
            '{word} bukan urutan seperti "a4q2<a2q1"', '{word} is no order such as "a4q2<a2q1"'
        ).fill(word=quoted(word))
        raise argparse.ArgumentTypeError(message.in_language(language))
    return codes
