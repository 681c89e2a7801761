"""The words of the command `board`: by what agencies are grouped, and what is shown of them."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from meritindex.analysis.boards.peers import DEFAULT_COUNT
from meritindex.assessment.values import read_kind
from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.whole_numbers import whole_numbers
from meritindex.definition import AgencyKind
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.numbers import quoted
from meritindex.scoring import GroupBy

_MOST_PEERS = 1000
_GROUPINGS = {each.value: each for each in GroupBy} | {
    "provinsi": GroupBy.PROVINCE,
    "jenis": GroupBy.KIND,
}

_ALONE = Text(
    "hanya instansi ini: kedudukannya, kekurangannya di setiap dimensi, dan instansi sebanding",
    "this agency alone: where it stands, what it lacks in each dimension, and its peers",
)


def board_options(parser: BilingualParser) -> None:
    """Offer the groupings, and what is to be shown of a board."""
    parser.add_argument(
        "--by",
        dest="grouping",
        type=partial(grouping_word, parser=parser),
        metavar=parser.say("KELOMPOK", "GROUPING"),
        help=parser.say(
            "provinsi, jenis (jenis instansi), kanreg (kantor regional), atau BERKAS.csv dengan "
            "kolom agency,group (bawaan: semua instansi bersama); province dan kind juga diterima",
            "province, kind (of agency), kanreg (regional office), or FILE.csv with the columns "
            "agency,group (default: all agencies together)",
        ),
    )
    parser.add_argument(
        "--kind",
        dest="kinds",
        action="append",
        type=partial(kind_word, parser=parser),
        metavar=parser.say("JENIS", "KIND"),
        help=parser.say(
            "hanya instansi jenis ini (provinsi, kabupaten, kota), juga untuk peringkat; dapat "
            "diulang",
            "agencies of this kind alone (province, regency, city), for ranks too; may be repeated",
        ),
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument(
        "--group",
        metavar=parser.say("NAMA", "NAME"),
        help=parser.say(
            "hanya kelompok ini, dan lebih rinci: setiap instansi dengan peringkat dan selisihnya",
            "this group alone, in more detail: every agency with its ranks and its gap",
        ),
    )
    options.agency_alone_option(parser, shown, _ALONE)
    parser.add_argument(
        "--count",
        type=whole_numbers(parser, 1, _MOST_PEERS),
        metavar="N",
        help=parser.say(
            f"berapa instansi sebanding (bawaan {DEFAULT_COUNT}), bersama --agency",
            f"how many peers (default {DEFAULT_COUNT}), with --agency",
        ),
    )
    parser.add_argument(
        "--any-kind",
        action="store_true",
        help=parser.say(
            "bandingkan juga dengan instansi yang tidak sejenis, bersama --agency",
            "compare with agencies of other kinds too, with --agency",
        ),
    )
    parser.add_argument(
        "--before",
        metavar=parser.say("BERKAS", "FILE"),
        help=parser.say(
            "penilaian sebelumnya, untuk kenaikan terbesar",
            "earlier assessments, for who rose most",
        ),
    )
    options.occasion_options(parser)


def grouping_word(word: str, parser: BilingualParser) -> GroupBy | str:
    """Return a grouping, or the name of a CSV file.

    Raises:
        ArgumentTypeError: the word is neither.
    """
    if Path(word).suffix.lower() == ".csv":
        return word
    allowed = Text(
        "provinsi, jenis, kanreg, atau BERKAS.csv", "province, kind, kanreg, or FILE.csv"
    )
    return _named_grouping(word, parser, allowed)


def directory_grouping_word(word: str, parser: BilingualParser) -> GroupBy:
    """Return a grouping that the directory of agencies knows.

    Raises:
        ArgumentTypeError: there is no such grouping.
    """
    allowed = Text("provinsi, jenis, atau kanreg", "province, kind, or kanreg")
    return _named_grouping(word, parser, allowed)


def _named_grouping(word: str, parser: BilingualParser, allowed: Text) -> GroupBy:
    named = _GROUPINGS.get(word.strip().casefold())
    if named is not None:
        return named
    message = Text(
        "{word} tidak ada; yang ada: {allowed}", "there is no {word}; there are: {allowed}"
    )
    shown = message.fill(word=quoted(word), allowed=allowed)
    raise argparse.ArgumentTypeError(shown.in_language(parser.language))


def kind_word(word: str, parser: BilingualParser) -> AgencyKind:
    """Return a kind of agency.

    Raises:
        ArgumentTypeError: there is no such kind.
    """
    kind = read_kind("kind", word)
    if isinstance(kind, Fault):
        raise argparse.ArgumentTypeError(kind.message.in_language(parser.language))
    return kind


def wrong_board(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    if given.agency is None and (given.count is not None or given.any_kind):
        return Text(
            "--count dan --any-kind hanya bersama --agency: instansi sebanding dengan yang mana",
            "--count and --any-kind go with --agency alone: whose peers",
        )
    return None
