"""The words of the command `report`: whom a report is about, and by what agencies are grouped."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path

from meritindex.cli import options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.board_options import grouping_word
from meritindex.cli.forms import Form, form_of
from meritindex.language import Text

_FOLDER_FORMS = (Form.HTML, Form.MARKDOWN)


def report_options(parser: BilingualParser, *, sampled: bool) -> None:
    """Offer to say whom a report is about.

    Args:
        parser: of the command.
        sampled: whether `--sample` is among the words; then no file is asked for.
    """
    options.agency_or_all_options(parser, sampled=sampled)
    parser.add_argument(
        "--by",
        dest="grouping",
        type=partial(grouping_word, parser=parser),
        metavar=parser.say("KELOMPOK", "GROUPING"),
        help=parser.say(
            "provinsi (bawaan), jenis, kanreg, atau BERKAS.csv dengan kolom agency,group",
            "province (default), kind, kanreg, or FILE.csv with the columns agency,group",
        ),
    )
    parser.add_argument(
        "--group",
        metavar=parser.say("NAMA", "NAME"),
        help=parser.say(
            "laporan tentang kelompok ini saja, misalnya satu provinsi",
            "a report on this group alone, such as one province",
        ),
    )
    # What `board` can choose besides.
    parser.set_defaults(kinds=None, before=None)


def names_folder(path: str | None) -> bool:
    """Say whether the output is to be a folder: it ends as one, or is one."""
    if path is None:
        return False
    return path.endswith(("/", os.sep)) or Path(path).is_dir()


def wrong_report(given: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    if given.agency is not None and (given.group is not None or given.grouping is not None):
        return Text(
            "--by dan --group hanya tanpa INSTANSI: laporan satu instansi tidak berkelompok",
            "--by and --group go without an AGENCY alone: a report on one has no groups",
        )
    if not names_folder(given.output):
        return None
    if given.agency is not None or given.group is not None:
        return Text(
            "-o FOLDER hanya untuk semua instansi; untuk satu laporan beri nama berkas",
            "-o FOLDER is for all agencies alone; name a file for one report",
        )
    if form_of(given) not in _FOLDER_FORMS:
        return Text(
            "-o FOLDER hanya dengan --format html atau markdown",
            "-o FOLDER goes with --format html or markdown alone",
        )
    return None
