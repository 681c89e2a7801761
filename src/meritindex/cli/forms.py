"""The forms of output: their words after `--format`, and the endings of files that ask for them."""

from __future__ import annotations

import argparse
import enum
from pathlib import Path

from meritindex.cli.bilingual import BilingualParser


class Form(enum.StrEnum):
    """In what a command writes its answer."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    XLSX = "xlsx"


ENDINGS = {
    ".txt": Form.TABLE,
    ".csv": Form.CSV,
    ".json": Form.JSON,
    ".html": Form.HTML,
    ".md": Form.MARKDOWN,
    ".xlsx": Form.XLSX,
}
# Other words for a form.
_ALSO = {"text": Form.TABLE}


def format_option(parser: BilingualParser, *forms: Form) -> None:
    """Offer forms of the output; the first is taken where nothing asks for one.

    Args:
        parser: of the command.
        forms: that the command can write; none for all.
    """
    offered = forms or tuple(Form)
    default = offered[0].value
    parser.set_defaults(forms=offered)
    parser.add_argument(
        "--format",
        type=lambda word: _ALSO.get(word, word),
        choices=tuple(form.value for form in offered),
        help=parser.say(
            f"bentuk keluaran (bawaan: menurut akhiran berkas -o, selain itu {default})",
            f"form of the output (default: by the ending of the file of -o, else {default})",
        ),
    )


def ending_of(path: str) -> str:
    """Return how the name of a file ends, in small letters."""
    return Path(path).suffix.lower()


def form_of(options: argparse.Namespace) -> Form:
    """Return the form that was asked for, else the one that the name of the output ends in."""
    if options.format is not None:
        return Form(options.format)
    default: Form = options.forms[0]
    return default if options.output is None else ENDINGS.get(ending_of(options.output), default)
