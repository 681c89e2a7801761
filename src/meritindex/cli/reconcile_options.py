"""The words of the command `reconcile`: two files, whom and what of them, and what to do next."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.improve_options import BY_COSTS, constraint_options, cost_options
from meritindex.cli.selection import stage_of, year_of
from meritindex.language import Text

_TO_PLAN = Text(
    "--to hanya bersama --plan: kategori yang dituju rencana itu",
    "--to goes with --plan alone: the band that the plan is to reach",
)
_LIMITS_PLAN = Text(
    "biaya dan batasan hanya bersama --plan: rencana mana yang dibatasi",
    "costs and constraints go with --plan alone: the plan that they limit",
)
_PLAN_CSV = Text(
    "--plan tidak dapat ditulis sebagai CSV; pakai meritindex improve untuk CSV rencana",
    "--plan can't be written as CSV; use meritindex improve for a plan as CSV",
)

_ALONE = Text(
    "hanya instansi ini, dengan namanya atau kodenya, dan lebih rinci (bawaan bila hanya satu yang "
    "cocok)",
    "this agency alone, by its name or code, and in more detail (the default where only one is "
    "matched)",
)


def reconcile_options(parser: BilingualParser) -> None:
    """Ask for the claims and the findings, and offer what to take of them and how to show it."""
    parser.add_argument(
        "claimed",
        metavar=parser.say("KLAIM", "CLAIMED"),
        help=parser.say("klaim instansi, CSV atau JSON", "what agencies claim, CSV or JSON"),
    )
    parser.add_argument(
        "verified",
        metavar=parser.say("TEMUAN", "VERIFIED"),
        help=parser.say(
            "hasil verifikasi, CSV atau JSON; boleh berkas yang sama bila tahapnya dipilih",
            "what was found, CSV or JSON; may be the same file where stages are chosen",
        ),
    )
    options.agency_alone_option(parser, help_text=_ALONE)
    _occasion_options(parser)
    options.instrument_option(parser)
    options.weighting_option(parser)
    options.missing_option(parser)
    options.leave_out_option(parser)
    plan = parser.add_argument_group(parser.say("langkah berikutnya", "what to do next"))
    plan.add_argument(
        "--plan",
        action="store_true",
        help=parser.say(
            "tambahkan rencana perbaikan dari hasil verifikasi, untuk satu instansi",
            "add the improvement plan from what was found, for one agency",
        ),
    )
    plan.add_argument(
        "--to",
        metavar=parser.say("KATEGORI", "BAND"),
        help=parser.say(
            "kategori atau nilai yang dituju rencana itu (bawaan: kategori berikutnya)",
            "the band or total that the plan is to reach (default: the next band)",
        ),
    )
    cost_options(parser)
    constraint_options(parser)


def _names_limits(given: argparse.Namespace) -> bool:
    """Say whether anything is said of a plan besides what it is to reach."""
    words = (given.costs, given.cost, given.unit, given.budget, given.most_levels, given.by)
    return any(word is not None for word in words) or bool(given.fixed or given.prerequisites)


def _occasion_options(parser: BilingualParser) -> None:
    """Offer to take the assessments of one year, and of one stage of each file."""
    parser.add_argument(
        "--year",
        type=partial(year_of, language=parser.language),
        metavar=parser.say("TAHUN", "YEAR"),
        help=parser.say(
            "hanya penilaian tahun atau tanggal ini, dari kedua berkas; - untuk yang tidak "
            "dinyatakan",
            "the assessments of this year or date alone, of both files; - for those that state "
            "none",
        ),
    )
    for name, of_file in (
        ("--claimed-stage", parser.say("dari KLAIM", "of CLAIMED")),
        ("--verified-stage", parser.say("dari TEMUAN", "of VERIFIED")),
    ):
        parser.add_argument(
            name,
            type=partial(stage_of, language=parser.language),
            metavar=parser.say("TAHAP", "STAGE"),
            help=parser.say(
                f"hanya tahap ini {of_file} (mandiri, verifikasi, penetapan)",
                f"this stage alone {of_file} (self-assessed, verified, determined)",
            ),
        )


def wrong_reconcile(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    if given.to is not None and not given.plan:
        return _TO_PLAN
    if _names_limits(given) and not given.plan:
        return _LIMITS_PLAN
    if given.by is not None and given.costs is None:
        return BY_COSTS
    by_name = given.format is None and Path(given.output or "").suffix.lower() == ".csv"
    return _PLAN_CSV if given.plan and (by_name or given.format == "csv") else None
