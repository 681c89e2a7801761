"""What is wrong with where the output goes: it would destroy an input, or not open at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from meritindex.cli.forms import ENDINGS, Form, ending_of, form_of
from meritindex.cli.output import takes_bytes
from meritindex.cli.weights import weights_file
from meritindex.language import Text

# The arguments and options that may name a file that is read.
_READ = (
    "file",
    "instrument",
    "before",
    "after",
    "facts",
    "costs",
    "claimed",
    "verified",
    "grouping",
    *("commitments", "crosswalk"),
)
# Endings of forms that no command writes: what is in such a file would not open.
_OF_OTHERS = frozenset(
    {
        *(".pdf", ".htm", ".xml", ".rtf"),
        *(".xls", ".xlsm", ".xlsb", ".ods"),
        *(".docx", ".doc", ".odt", ".pptx", ".ppt"),
    }
)
# Commands whose file is kept: what it is called, for what is said where it would be overwritten.
_KEPT = {
    "template": Text(
        "{path} sudah ada, dan mungkin sudah diisi; beri nama lain untuk -o",
        "{path} exists already, and may have been filled in; give -o another name",
    ),
    "record": Text(
        "{path} sudah ada, dan rekaman tidak menimpa berkas; beri nama lain untuk -o",
        "{path} exists already, and a record overwrites no file; give -o another name",
    ),
}


def wrong_output(options: argparse.Namespace) -> Text | None:
    """Return what is wrong with where the output goes; None where nothing is."""
    if options.output is None:
        return _wrong_standard_output(options)
    kept = _KEPT.get(options.command)
    if kept is not None and Path(options.output).is_file():
        return kept.fill(path=options.output)
    return _wrong_place(options) or _wrong_ending(options)


def _wrong_standard_output(options: argparse.Namespace) -> Text | None:
    if form_of(options) is not Form.XLSX or (takes_bytes(sys.stdout) and not sys.stdout.isatty()):
        return None
    return Text(
        "buku kerja tidak dapat ditampilkan di layar; beri nama berkas dengan -o",
        "a workbook can't be shown on a screen; name a file with -o",
    )


def _wrong_place(options: argparse.Namespace) -> Text | None:
    """Return that the output would destroy an input, or become one."""
    output = Path(options.output)
    for path in map(Path, _inputs(options)):
        if _is_same(path, output):
            return Text(
                "hasil akan menimpa masukan {path}; beri nama lain untuk -o",
                "the result would overwrite the input {path}; give -o another name",
            ).fill(path=path)
        # All workbooks of a folder of forms are read.
        if ending_of(options.output) == ".xlsx" and _is_same(path, output.parent):
            return Text(
                "hasil akan berada dalam folder {path} yang dibaca, dan dikira formulir; tulislah "
                "ke folder lain",
                "the result would stand in the folder {path} that is read, and be taken for a "
                "form; write it elsewhere",
            ).fill(path=path)
    return None


def _is_same(path: Path, output: Path) -> bool:
    """Say whether two names are of one file or folder."""
    try:
        return path.samefile(output)
    except (OSError, ValueError):
        # Neither has to exist, and the name of an instrument is no file.
        return False


def _wrong_ending(options: argparse.Namespace) -> Text | None:
    """Return that the name of the output ends as a form that is not written into it."""
    ending = ending_of(options.output)
    asked = ENDINGS.get(ending)
    if ending not in _OF_OTHERS and (asked is None or asked in options.forms):
        return _wrong_workbook(options, ending)
    can = [each for each, form in ENDINGS.items() if form in options.forms]
    return Text(
        "{path}: perintah ini tidak dapat menulis {ending}; yang dapat: {can}",
        "{path}: this command can't write {ending}; it can write: {can}",
    ).fill(path=options.output, ending=ending, can=", ".join(can))


def _wrong_workbook(options: argparse.Namespace, ending: str) -> Text | None:
    """Return that a workbook is named as a text, or a text as a workbook: neither would open."""
    form = form_of(options)
    if ending not in ENDINGS or (form is Form.XLSX) is (ending == ".xlsx"):
        return None
    return Text(
        "{path}: --format {form} tidak cocok dengan akhiran {ending}",
        "{path}: --format {form} does not go with the ending {ending}",
    ).fill(path=options.output, form=form.value, ending=ending)


def _inputs(options: argparse.Namespace) -> list[str]:
    """Return the names of the files and folders that a command reads."""
    given = vars(options)
    names = [given.get(name) for name in _READ]
    names += [weights_file(given.get(name)) for name in ("weighting", "around")]
    names += [*(given.get("files") or ()), *(given.get("instruments") or ())]
    return [name for name in names if name is not None]
