"""The words of the command `influence`: what is asked about the weights and answers of a file."""

from __future__ import annotations

import argparse

from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.policy import STATES
from meritindex.cli.whole_numbers import seed_option, whole_numbers
from meritindex.language import Text

DEFAULT_DRAWS, DEFAULT_SAMPLES = 1000, 1024
# Of one agency all of whose answers are open, so many draws take 1 GB.
MOST_DRAWS = 100_000
# So many samples of six open weights and 600 agencies take 2 GB.
MOST_SAMPLES = 2**14

_VERIFY, _SOBOL = "--verify-first", "--sobol"
# Which options go with which question alone, and what they are to `argparse`.
_ALONE: dict[str, tuple[str, ...]] = {
    "agency": (_VERIFY,),
    "draws": (_VERIFY,),
    **dict.fromkeys(STATES, (_VERIFY,)),
    "samples": (_SOBOL,),
    "of": (_SOBOL,),
    "facts": (_SOBOL,),
    "seed": (_VERIFY, _SOBOL),
}


def influence_options(parser: BilingualParser) -> None:
    """Offer the questions, and everything that their answers rest on."""
    options.source_options(parser)
    options.instrument_option(parser)
    options.weighting_option(parser)
    options.leave_out_option(parser)
    options.occasion_options(parser)
    _questions(parser)
    drawing = parser.add_argument_group(
        parser.say("bersama --verify-first atau --sobol", "with --verify-first or --sobol")
    )
    seed_option(parser, drawing)
    _verifying(parser)
    _explaining(parser)
    options.policy_options(parser)


def _questions(parser: BilingualParser) -> None:
    group = parser.add_argument_group(
        parser.say("pertanyaan lain", "other questions"),
        parser.say(
            "Salah satu saja; tanpa ini: apa yang membedakan nilai instansi.",
            "One alone; without any: what makes the totals of agencies differ.",
        ),
    )
    questions = group.add_mutually_exclusive_group()
    code, weight = parser.say("KODE", "CODE"), parser.say("BOBOT", "WEIGHT")
    agency = parser.say("INSTANSI", "AGENCY")
    questions.add_argument(
        "--without",
        metavar=code,
        help=parser.say("apa yang berubah tanpa unsur ini", "what changes without this element"),
    )
    questions.add_argument(
        "--shift",
        nargs=2,
        metavar=(code, weight),
        help=parser.say(
            "apa yang berubah bila bobot unsur ini lain",
            "what changes where the weight of this element is another",
        ),
    )
    questions.add_argument(
        "--swap",
        nargs=3,
        metavar=(code, agency, agency),
        help=parser.say(
            "pada bobot unsur ini berapa kedua instansi bertukar tempat, dengan tepat",
            "at which weight of this element two agencies swap places, exactly",
        ),
    )
    questions.add_argument(
        "--band-changes",
        nargs=2,
        metavar=(code, agency),
        help=parser.say(
            "pada bobot unsur ini berapa kategori instansi itu berubah, dengan tepat",
            "at which weight of this element the band of an agency changes, exactly",
        ),
    )
    questions.add_argument(
        _VERIFY,
        action="store_true",
        help=parser.say(
            "jawaban mana yang paling mungkin mengubah kategori, sehingga diverifikasi dahulu",
            "which answers most likely change a band, and so are to be verified first",
        ),
    )
    questions.add_argument(
        _SOBOL,
        action="store_true",
        help=parser.say(
            "bobot terbuka mana yang paling menentukan peringkat (memerlukan SALib)",
            "which open weights decide ranks the most (needs SALib)",
        ),
    )


def _verifying(parser: BilingualParser) -> None:
    group = parser.add_argument_group(parser.say("bersama --verify-first", "with --verify-first"))
    answers_of_one = Text(
        "jawaban instansi ini saja, dengan namanya atau kodenya",
        "answers of this agency alone, by its name or code",
    )
    options.agency_alone_option(parser, group, answers_of_one)
    group.add_argument(
        "--draws",
        type=whole_numbers(parser, 1, MOST_DRAWS),
        metavar="N",
        help=parser.say(
            f"banyaknya tarikan untuk setiap instansi (bawaan {DEFAULT_DRAWS})",
            f"how many draws of each agency (default {DEFAULT_DRAWS})",
        ),
    )


def _explaining(parser: BilingualParser) -> None:
    group = parser.add_argument_group(parser.say("bersama --sobol", "with --sobol"))
    group.add_argument(
        "--of",
        metavar=parser.say("INSTANSI", "AGENCY"),
        help=parser.say(
            "peringkat instansi ini (bawaan: pergeseran peringkat semua instansi)",
            "the rank of this agency (default: how far the ranks of all move)",
        ),
    )
    group.add_argument(
        "--samples",
        type=whole_numbers(parser, 2, MOST_SAMPLES),
        metavar="N",
        help=parser.say(
            f"banyaknya sampel dasar, pangkat dua (bawaan {DEFAULT_SAMPLES})",
            f"how many base samples, a power of two (default {DEFAULT_SAMPLES})",
        ),
    )
    group.add_argument(
        "--facts",
        metavar=parser.say("BERKAS", "FILE"),
        help=parser.say(
            "yang diketahui tentang bobot, dalam berkas TOML seperti pada bounds",
            "what is known of weights, in a TOML file as for bounds",
        ),
    )


def wrong_influence(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    asked = {_VERIFY: given.verify_first, _SOBOL: given.sobol}
    for name, questions in _ALONE.items():
        if getattr(given, name) is not None and not any(asked[each] for each in questions):
            return Text("--{name} hanya bersama {one}", "--{name} goes with {one} alone").fill(
                name=name,
                one=Text(" atau ".join(questions), " or ".join(questions)),
            )
    named = (given.agency, given.of, given.swap, given.band_changes)
    if (given.year or given.stage) and not any(named):
        return Text(
            "--year dan --stage hanya bersama --agency, --of, --swap, atau --band-changes: "
            "penilaian instansi itu yang mana",
            "--year and --stage go with --agency, --of, --swap or --band-changes alone: which "
            "assessment of the agency",
        )
    return None
