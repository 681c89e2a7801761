"""The commands: what they are called, what they print, and how they end.

Results go to standard output or to the file of `-o`, faults to standard error. The exit code is 0
when the work is done, 1 when the input was refused, and 2 when the command was used wrongly.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from meritindex import assessment, catalog, files
from meritindex.assessment import AssessmentSet, read_assessments
from meritindex.cli.parser import build_parser
from meritindex.cli.weights import read_weighting
from meritindex.definition import Instrument, Weighting
from meritindex.errors import MeritIndexError
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Table, to_markdown, to_text
from meritindex.reporting import instrument_sheet
from meritindex.reporting.results import json_text, table_csv, table_json
from meritindex.scoring import score
from meritindex.scoring.showing import sources_listing, table_document

DONE, REFUSED = 0, 1
_CLOSED_PIPE = 141  # what a shell reports for a program ended by SIGPIPE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: the words after the program's name; None for those of the process.

    Raises:
        SystemExit: wrong usage (code 2), or help was asked for (code 0).
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = build_parser(_language(words)).parse_args(words)
    commands = {
        "instruments": _instruments,
        "show": _show,
        "sample": _sample,
        "template": _template,
        "score": _score,
        "explain": _explain,
    }
    try:
        text = commands[options.command](options)
        if options.output is None:
            _print(text)
        else:
            files.write_text(options.output, text)
    except MeritIndexError as error:
        print(error.in_language(options.lang), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of the pipe has gone; point stdout elsewhere so that closing it is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    return DONE


def _language(words: Sequence[str]) -> Language:
    """Return the language that `--lang` asks for, before the words are parsed in it."""
    for place, word in enumerate(words):
        value = words[place + 1 : place + 2] if word == "--lang" else [word.partition("=")[2]]
        if word.startswith("--lang") and value == ["en"]:
            return "en"
    return "id"


def _print(text: str) -> None:
    """Write to standard output; what its encoding can't show is replaced, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))
    sys.stdout.flush()


def _instruments(options: argparse.Namespace) -> str:
    say = _sayer(options.lang)
    rows = []
    for instrument in catalog.instruments():
        force = instrument.in_force
        until = None if force is None else force.until
        rows.append(
            (
                instrument.id,
                say(instrument.title),
                "" if force is None else str(force.start),
                "" if until is None else str(until),
            )
        )
    columns = (
        Column(say(Text("kode", "id"))),
        Column(say(Text("judul", "title"))),
        Column(say(Text("sejak", "from"))),
        Column(say(Text("sampai sebelum", "until before"))),
    )
    return to_text(Table(columns, tuple(rows))) + "\n"


def _show(options: argparse.Namespace) -> str:
    document = instrument_sheet(_instrument(options.instrument), options.lang)
    as_text = to_markdown if options.format == "markdown" else to_text
    return as_text(document) + "\n"


def _sample(options: argparse.Namespace) -> str:
    return assessment.to_csv_text(assessment.sample(options.seed))


def _template(options: argparse.Namespace) -> str:
    return assessment.template(_instrument(options.instrument))


def _score(options: argparse.Namespace) -> str:
    table = score(_assessments(options), _weighting(options), missing=options.missing)
    if options.format == "json":
        return json_text(table_json(table, options.by))
    if options.format == "csv":
        return table_csv(table, options.by)
    return to_text(table_document(table, options.lang, options.by)) + "\n"


def _explain(options: argparse.Namespace) -> str:
    options.sample = False
    table = score(_assessments(options), _weighting(options), missing=options.missing)
    card = table[options.agency]
    explanation = card.explain()
    say = _sayer(options.lang)
    sources = Document(
        (
            Heading(say(Text("Sumber", "Sources")), 3),
            sources_listing(explanation, options.lang),
        )
    )
    parts = (card.to_text(options.lang), explanation.to_text(options.lang), to_text(sources))
    return "\n\n".join(parts) + "\n"


def _instrument(name: str) -> Instrument:
    """Return the catalog's instrument of this id, or the one in this file."""
    if Path(name).suffix.lower() == ".toml":
        return catalog.load_instrument(name)
    return catalog.instrument(name)


def _assessments(options: argparse.Namespace) -> AssessmentSet:
    if options.sample:
        return assessment.sample()
    return read_assessments(
        options.file,
        _instrument(options.instrument),
        leave_out_faulty=options.leave_out_faulty,
    )


def _weighting(options: argparse.Namespace) -> Weighting | None:
    return None if options.weighting is None else read_weighting(options.weighting)


class _Sayer:
    """The choice of a language, made once."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, text: Text) -> str:
        return text.in_language(self.language)


def _sayer(language: Language) -> _Sayer:
    return _Sayer(language)
