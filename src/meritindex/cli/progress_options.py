"""The words of the command `progress`: the files of several years, and what was promised."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.selection import day_word, stage_word
from meritindex.language import Text

CATALOG = "catalog"

TWO_INSTRUMENTS = Text(
    "--crosswalk memerlukan dua instrumen: --instrument yang satu dan --instrument yang lain",
    "--crosswalk needs two instruments: --instrument of one and --instrument of the other",
)


def progress_options(parser: BilingualParser) -> None:
    """Ask for the files, and offer the commitments and what they are judged by."""
    file_or_catalog = parser.say("BERKAS|catalog", "FILE|catalog")
    parser.add_argument(
        "files",
        nargs="+",
        metavar=parser.say("BERKAS", "FILE"),
        help=parser.say(
            "penilaian dalam CSV atau JSON, satu berkas atau lebih, yang lebih dahulu di depan",
            "assessments in CSV or JSON, one file or more, the earlier ones first",
        ),
    )
    parser.add_argument(
        "--instrument",
        action="append",
        dest="instruments",
        metavar=parser.say("KODE|BERKAS", "ID|FILE"),
        help=parser.say(
            "kode instrumen, atau berkas .toml: sekali untuk semua berkas, atau sekali untuk "
            f"setiap berkas dengan urutan yang sama (bawaan {options.DEFAULT_INSTRUMENT})",
            "id of an instrument, or a .toml file: once for all files, or once for each file in "
            f"the same order (default {options.DEFAULT_INSTRUMENT})",
        ),
    )
    options.weighting_option(parser)
    options.missing_option(parser)
    options.leave_out_option(parser)
    options.agency_alone_option(parser)
    parser.add_argument(
        "--stage",
        type=partial(stage_word, language=parser.language),
        metavar=parser.say("TAHAP", "STAGE"),
        help=parser.say(
            "hanya penilaian pada tahap ini (mandiri, verifikasi, penetapan)",
            "assessments of this stage alone (self-assessed, verified, determined)",
        ),
    )
    parser.add_argument(
        "--commitments",
        metavar=file_or_catalog,
        help=parser.say(
            "nilai juga komitmen dalam berkas TOML ini, atau yang ada dalam katalog",
            "judge the commitments in this TOML file too, or those of the catalog",
        ),
    )
    parser.add_argument(
        "--as-of",
        type=partial(day_word, language=parser.language),
        metavar=parser.say("TANGGAL", "DATE"),
        help=parser.say(
            "hari penilaian komitmen, misalnya 2026-12-31; penilaian sesudahnya tidak dihitung",
            "the day on which commitments are judged, such as 2026-12-31; later assessments don't "
            "count",
        ),
    )
    parser.add_argument(
        "--crosswalk",
        metavar=file_or_catalog,
        help=parser.say(
            "padanan dari instrumen pertama ke instrumen berikutnya: dari berkas TOML ini, atau "
            "dari katalog",
            "what corresponds from the first instrument to the next: from this TOML file, or from "
            "the catalog",
        ),
    )


def wrong_progress(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    if (given.commitments is None) != (given.as_of is None):
        return Text(
            "--commitments dan --as-of hanya bersama: komitmen dinilai pada suatu hari",
            "--commitments and --as-of need each other: commitments are judged on a day",
        )
    count = len(given.instruments or ())
    if count > 1 and count != len(given.files):
        return Text(
            f"--instrument ada {count} kali untuk {len(given.files)} berkas; tulis sekali untuk "
            "semua, atau sekali untuk setiap berkas",
            f"--instrument is there {count} times for {len(given.files)} files; give it once for "
            "all, or once for each file",
        )
    if given.crosswalk is not None and len(set(given.instruments or ())) != 2:
        return TWO_INSTRUMENTS
    return None
