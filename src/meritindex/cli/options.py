"""Options that several commands share, each with its help in the language of the parser."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.assessment import AnswerPolicy, Unanswered
from meritindex.cli.bilingual import BilingualParser, Once
from meritindex.cli.policy import latitude_of
from meritindex.cli.selection import stage_of, year_of
from meritindex.cli.weights import is_weighting
from meritindex.definition import MissingPolicy
from meritindex.language import Text

DEFAULT_INSTRUMENT = "ism-2026"

_LATITUDES = {
    "verified": Text("jawaban yang terverifikasi", "answers that are verified"),
    "evidenced": Text("jawaban yang berbukti", "answers with evidence"),
    "claimed": Text("jawaban yang hanya diklaim", "answers that are only claimed"),
    "unstated": Text("jawaban tanpa status", "answers without a state"),
}
_WORDS = Text(
    """\
Seberapa jauh jawaban dapat meleset. KATA: as-given (seperti jawabannya),
at-most (itu atau lebih rendah), at-least (itu atau lebih tinggi), any
(tingkat mana pun), within-1, down-1, up-1, down-2-up-1 (sekian tingkat ke
bawah atau ke atas).""",
    """\
How far answers may be off. WORD: as-given (as answered), at-most (that or
lower), at-least (that or higher), any (any level), within-1, down-1, up-1,
down-2-up-1 (so many levels down or up).""",
)


def file_argument(
    parser: BilingualParser,
    container: argparse._ActionsContainer | None = None,
    *,
    optional: bool = False,
) -> None:
    """Ask for a file of assessments."""
    (container or parser).add_argument(
        "file",
        nargs="?" if optional else None,
        metavar=parser.say("BERKAS", "FILE"),
        help=parser.say(
            "penilaian dalam CSV, JSON, atau Excel; atau folder formulir Excel",
            "assessments in CSV, JSON or Excel; or a folder of Excel forms",
        ),
    )


def sample_option(
    parser: BilingualParser, container: argparse._ActionsContainer | None = None
) -> None:
    """Offer the sample instead of a file."""
    (container or parser).add_argument(
        "--sample",
        action="store_true",
        help=parser.say(
            "pakai contoh sintetis bawaan sebagai ganti berkas",
            "use the built-in synthetic sample instead of a file",
        ),
    )


def source_options(parser: BilingualParser) -> None:
    """Ask for a file of assessments, or else the sample."""
    source = parser.add_mutually_exclusive_group(required=True)
    file_argument(parser, source, optional=True)
    sample_option(parser, source)


def occasion_options(parser: BilingualParser) -> None:
    """Offer to say which of several assessments of one agency is meant."""
    parser.add_argument(
        "--year",
        type=partial(year_of, language=parser.language),
        metavar=parser.say("TAHUN", "YEAR"),
        help=parser.say(
            "tahun atau tanggal penilaian, bila instansi itu ada beberapa kali dalam berkas; - "
            "untuk yang tidak dinyatakan",
            "year or date of the assessment, where the file has the agency several times; - for "
            "one that is not stated",
        ),
    )
    parser.add_argument(
        "--stage",
        type=partial(stage_of, language=parser.language),
        metavar=parser.say("TAHAP", "STAGE"),
        help=parser.say(
            "tahap penilaian (mandiri, verifikasi, penetapan), juga untuk itu",
            "stage of the assessment (self-assessed, verified, determined), likewise",
        ),
    )


def agency_or_all_options(parser: BilingualParser, *, sampled: bool) -> None:
    """Ask for assessments, or take the sample, and offer to name one agency of them.

    Args:
        parser: of the command.
        sampled: whether `--sample` is among the words; then no file is asked for.
    """
    # argparse can't tell which of two arguments is left out, so a file is not even asked for.
    if not sampled:
        file_argument(parser)
    parser.add_argument(
        "agency",
        nargs="?",
        metavar=parser.say("INSTANSI", "AGENCY"),
        help=parser.say(
            "nama atau kode instansi (bawaan: semua instansi)",
            "name or code of the agency (default: all agencies)",
        ),
    )
    sample_option(parser)
    occasion_options(parser)


_ALONE = Text(
    "hanya instansi ini, dengan namanya atau kodenya, dan lebih rinci",
    "this agency alone, by its name or code, and in more detail",
)


def agency_alone_option(
    parser: BilingualParser,
    container: argparse._ActionsContainer | None = None,
    help_text: Text = _ALONE,
) -> None:
    """Offer to show one agency alone."""
    (container or parser).add_argument(
        "--agency",
        action=Once,
        metavar=parser.say("INSTANSI", "AGENCY"),
        help=help_text.in_language(parser.language),
    )


def agency_option(parser: BilingualParser) -> None:
    """Offer to show one agency alone, and which of its assessments."""
    agency_alone_option(parser)
    occasion_options(parser)


def instrument_option(parser: BilingualParser) -> None:
    """Offer another instrument."""
    parser.add_argument(
        "--instrument",
        default=DEFAULT_INSTRUMENT,
        metavar=parser.say("KODE|BERKAS", "ID|FILE"),
        help=parser.say(
            f"kode instrumen, atau berkas .toml (bawaan {DEFAULT_INSTRUMENT})",
            f"id of an instrument, or a .toml file (default {DEFAULT_INSTRUMENT})",
        ),
    )


def weighting_option(parser: BilingualParser) -> None:
    """Offer weights that are one number each."""
    parser.add_argument(
        "--weighting",
        type=partial(weighting_word, parser=parser, regions=False),
        metavar=parser.say("PEMBOBOTAN", "WEIGHTING"),
        help=parser.say(
            "stated: hanya bobot yang dipublikasikan; equal-remainder: sisa bobot dibagi rata; "
            "given:BERKAS: bobot dari CSV dengan kolom code,weight (bawaan: menurut instrumen)",
            "stated: the published weights alone; equal-remainder: the remainder shared equally; "
            "given:FILE: weights from a CSV with the columns code,weight (default: as the "
            "instrument says)",
        ),
    )


def region_option(parser: BilingualParser) -> None:
    """Offer weights that may be open."""
    parser.add_argument(
        "--weighting",
        type=partial(weighting_word, parser=parser, regions=True),
        metavar=parser.say("PEMBOBOTAN", "WEIGHTING"),
        help=parser.say(
            "admissible: setiap pembobotan yang tidak bertentangan dengan yang dipublikasikan "
            "(bawaan); admissible:BERKAS: dan dengan fakta dalam berkas TOML; stated, "
            "equal-remainder, given:BERKAS: seperti pada score",
            "admissible: every weighting that does not contradict what is published (the "
            "default); admissible:FILE: nor the facts in a TOML file; stated, equal-remainder, "
            "given:FILE: as for score",
        ),
    )


def weighting_word(word: str, parser: BilingualParser, *, regions: bool) -> str:
    """Return a word that has the form of a weighting.

    Args:
        word: what was given.
        parser: in whose language an error is.
        regions: whether the error names the words for open weights too.

    Raises:
        ArgumentTypeError: it has not.
    """
    if not is_weighting(word):
        allowed = "stated, equal-remainder, " + parser.say("given:BERKAS", "given:FILE")
        if regions:
            allowed += ", admissible, " + parser.say("admissible:BERKAS", "admissible:FILE")
        raise argparse.ArgumentTypeError(
            parser.say(f"{word!r} tidak ada; yang ada: {allowed}", f"no {word!r}; use {allowed}")
        )
    return word


def missing_option(parser: BilingualParser) -> None:
    """Offer to choose what everything missing counts for."""
    parser.add_argument(
        "--missing",
        choices=[policy.value for policy in MissingPolicy],
        help=parser.say(
            "nilai semua yang belum ada: tidak diketahui, nol, nilai terendah, atau dikeluarkan "
            "dari bobot (bawaan: menurut instrumen)",
            "what everything missing counts for: not known, zero, the lowest, or left out of the "
            "weights (default: as the instrument says)",
        ),
    )


def leave_out_option(parser: BilingualParser) -> None:
    """Offer to go on without the rows that have faults."""
    parser.add_argument(
        "--leave-out-faulty",
        action="store_true",
        help=parser.say(
            "keluarkan baris yang salah dan sebutkan kesalahannya, alih-alih menolak seluruh "
            "berkas",
            "leave out rows with faults and list the faults, instead of refusing the whole file",
        ),
    )


def policy_options(parser: BilingualParser) -> None:
    """Offer to say what answers may stand for, by how well they are supported."""
    group = parser.add_argument_group(
        parser.say("jawaban yang belum pasti", "doubtful answers"),
        _WORDS.in_language(parser.language),
    )
    policy = AnswerPolicy()
    for name, answers in _LATITUDES.items():
        default = getattr(policy, name).name
        group.add_argument(
            f"--{name}",
            type=partial(latitude_of, language=parser.language),
            metavar=parser.say("KATA", "WORD"),
            help=f"{answers.in_language(parser.language)} "
            + parser.say(f"(bawaan {default})", f"(default {default})"),
        )
    group.add_argument(
        "--unanswered",
        choices=[each.value for each in Unanswered],
        help=parser.say(
            f"yang belum dijawab: jawaban apa pun, atau yang bernilai terendah (bawaan "
            f"{policy.unanswered})",
            f"what is not answered: any answer, or what is worth least (default "
            f"{policy.unanswered})",
        ),
    )


def open_options(parser: BilingualParser) -> None:
    """Offer everything that says which weights and answers are open, of whom, and by what rules."""
    source_options(parser)
    instrument_option(parser)
    region_option(parser)
    agency_option(parser)
    leave_out_option(parser)
    policy_options(parser)
