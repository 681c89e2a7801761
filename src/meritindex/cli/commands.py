"""The commands: what they are called, what they give, and how they end.

Results go to standard output or to the file of `-o`, faults to standard error. The exit code is 0
when the work is done, 1 when the input was refused or did not hold, and 2 when the command was used
wrongly.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Collection, Sequence
from itertools import zip_longest
from pathlib import Path

import attrs

from meritindex import assessment, catalog
from meritindex.assessment import AssessmentSet, read_assessments
from meritindex.cli.board_command import board_output
from meritindex.cli.board_options import wrong_board
from meritindex.cli.bounds_command import bounds_output
from meritindex.cli.diff_command import diff_output
from meritindex.cli.improve_command import improve_output
from meritindex.cli.improve_options import wrong_improve
from meritindex.cli.influence_command import influence_output
from meritindex.cli.influence_options import wrong_influence
from meritindex.cli.lint_command import lint_output
from meritindex.cli.options import DEFAULT_INSTRUMENT
from meritindex.cli.output import Output, left_out_remarks, report
from meritindex.cli.parser import DEFAULT_FAMILY, build_parser
from meritindex.cli.progress_command import progress_output
from meritindex.cli.progress_options import wrong_progress
from meritindex.cli.reconcile_command import reconcile_output
from meritindex.cli.reconcile_options import wrong_reconcile
from meritindex.cli.record_command import record_output, verification_output
from meritindex.cli.robustness_command import robustness_output
from meritindex.cli.robustness_options import wrong_robustness
from meritindex.cli.selection import chosen_row
from meritindex.cli.weights import read_weighting, weights_file
from meritindex.definition import Admissible, Instrument, Weighting
from meritindex.errors import MeritIndexError, WeightingError
from meritindex.extras import MissingExtraError
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Table, to_markdown, to_text
from meritindex.reporting import instrument_sheet
from meritindex.reporting.results import json_text, table_csv, table_json
from meritindex.scoring import ScoreCard, ScoreTable, score
from meritindex.scoring.showing import sources_listing, table_document

REFUSED = 1
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
_FORMATS = {".csv": "csv", ".json": "json", ".md": "markdown", ".html": "html"}
# Endings of forms that no command writes: what is in such a file would not open.
_OF_OTHERS = frozenset(
    {
        *(".pdf", ".htm", ".xml", ".rtf"),
        *(".xlsx", ".xls", ".xlsm", ".ods"),
        *(".docx", ".doc", ".odt", ".pptx", ".ppt"),
    }
)
# What the commands write that have no `--format`, besides text.
_WRITES = {"sample": ("csv",), "template": ("csv",), "record": ("json",)}
# What a shell reports for a program that was interrupted, and for one whose reader has gone.
_INTERRUPTED, _CLOSED_PIPE = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: the words after the program's name; None for those of the process.

    Raises:
        SystemExit: wrong usage (code 2), or help was asked for (code 0).
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = build_parser(_language(words), sampled="--sample" in words)
    options = parser.parse_args(words)
    wrong = _wrong_usage(options)
    if wrong is not None:
        parser.error(wrong.in_language(options.lang))
    try:
        output = _COMMANDS[options.command](options)
        output.send(options.output)
    except (MeritIndexError, MissingExtraError) as error:
        report(error.in_language(options.lang))
        return REFUSED
    except BrokenPipeError:
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return output.code


def _language(words: Sequence[str]) -> Language:
    """Return the language that the last `--lang` asks for, before the words are parsed in it."""
    language: Language = "id"
    for word, following in zip_longest(words, words[1:]):
        if word == "--lang" or word.startswith("--lang="):
            asked = following if word == "--lang" else word.partition("=")[2]
            language = "en" if asked == "en" else "id"
    return language


def _wrong_usage(options: argparse.Namespace) -> Text | None:
    """Return what is wrong with options that are each right by themselves."""
    given = vars(options)
    if given.get("sample") and options.instrument != DEFAULT_INSTRUMENT:
        return Text(
            "--sample hanya ada untuk {id}, tidak dapat bersama --instrument {other}",
            "--sample is of {id} alone, not allowed with --instrument {other}",
        ).fill(id=DEFAULT_INSTRUMENT, other=options.instrument)
    if options.command == "instruments" and options.family is not None and options.on is None:
        return Text(
            "--family hanya bersama --on: keluarga mana yang ditanyakan untuk hari itu",
            "--family goes with --on alone: the family that is asked about on that day",
        )
    wrong = _WRONG.get(options.command, _wrong_occasion)(options)
    return wrong if wrong is not None or options.output is None else _wrong_output(options)


def _wrong_occasion(options: argparse.Namespace) -> Text | None:
    """Return what is wrong where an occasion is named without an agency."""
    if vars(options).get("agency", "") is None and (options.year or options.stage):
        return Text(
            "--year dan --stage hanya bersama --agency: penilaian instansi itu yang mana",
            "--year and --stage go with --agency alone: which of its assessments",
        )
    return None


def _wrong_output(options: argparse.Namespace) -> Text | None:
    """Return what is wrong with the name of the output."""
    if options.command == "template" and Path(options.output).is_file():
        return Text(
            "{path} sudah ada, dan mungkin sudah diisi; beri nama lain untuk -o",
            "{path} exists already, and may have been filled in; give -o another name",
        ).fill(path=options.output)
    if options.command == "record" and Path(options.output).is_file():
        return Text(
            "{path} sudah ada, dan rekaman tidak menimpa berkas; beri nama lain untuk -o",
            "{path} exists already, and a record overwrites no file; give -o another name",
        ).fill(path=options.output)
    for path in _inputs(options):
        # Neither file has to exist, and the name of an instrument is no file.
        with contextlib.suppress(OSError, ValueError):
            if Path(path).samefile(options.output):
                return Text(
                    "hasil akan menimpa masukan {path}; beri nama lain untuk -o",
                    "the result would overwrite the input {path}; give -o another name",
                ).fill(path=path)
    return _wrong_ending(options)


def _wrong_ending(options: argparse.Namespace) -> Text | None:
    """Return that the name of the output ends as a form that the command can't write."""
    given = vars(options)
    ending = Path(options.output).suffix.lower()
    if ending not in _OF_OTHERS and (ending not in _FORMATS or given.get("format") is not None):
        return None
    formats: Collection[str] = given.get("formats", _WRITES.get(options.command, ()))
    can = [each for each, form in _FORMATS.items() if form in formats]
    if ending in can:
        return None
    return Text(
        "{path}: perintah ini tidak dapat menulis {ending}; yang dapat: {can}",
        "{path}: this command can't write {ending}; it can write: {can}",
    ).fill(path=options.output, ending=ending, can=", ".join([*can, ".txt"]))


def _inputs(options: argparse.Namespace) -> list[str]:
    """Return the names of the files that a command reads."""
    given = vars(options)
    names = [given.get(name) for name in _READ]
    names += [weights_file(given.get(name)) for name in ("weighting", "around")]
    names += [*(given.get("files") or ()), *(given.get("instruments") or ())]
    return [name for name in names if name is not None]


def _instruments(options: argparse.Namespace) -> Output:
    language: Language = options.lang
    rows = []
    for instrument in _listed_instruments(options):
        force = instrument.in_force
        start, until = (None, None) if force is None else (force.start, force.until)
        title = instrument.title.in_language(language)
        rows.append((instrument.id, title, str(start or ""), str(until or "")))
    titles = (
        Text("kode", "id"),
        Text("judul", "title"),
        Text("sejak", "from"),
        Text("sampai sebelum", "until before"),
    )
    columns = tuple(Column(title.in_language(language)) for title in titles)
    return Output(text=to_text(Table(columns, tuple(rows))) + "\n")


def _listed_instruments(options: argparse.Namespace) -> tuple[Instrument, ...]:
    """Return the instrument in force on the day that was asked for; without a day, all."""
    if options.on is None:
        return catalog.instruments()
    return (catalog.instrument_on(options.on, options.family or DEFAULT_FAMILY),)


def _show(options: argparse.Namespace) -> Output:
    document = instrument_sheet(_instrument(options.instrument), options.lang)
    written = to_markdown if _format(options) == "markdown" else to_text
    return Output(text=written(document) + "\n")


def _lint(options: argparse.Namespace) -> Output:
    return lint_output(options.instrument, _format(options), options.lang)


def _diff(options: argparse.Namespace) -> Output:
    instruments = _instrument(options.before), _instrument(options.after)
    words = (options.before, options.after)
    return diff_output(*instruments, words, _format(options), options.lang)


def _format(options: argparse.Namespace) -> str | None:
    """Return the form that was asked for, else the one that the name of the output ends in."""
    if options.format is not None or options.output is None:
        return options.format  # type: ignore[no-any-return]
    return _FORMATS.get(Path(options.output).suffix.lower())


def _sample(options: argparse.Namespace) -> Output:
    return Output(text=assessment.to_csv_text(assessment.sample(options.seed)), is_data=True)


def _template(options: argparse.Namespace) -> Output:
    return Output(text=assessment.template(_instrument(options.instrument)), is_data=True)


def _score(options: argparse.Namespace) -> Output:
    table, form = _table(options), _format(options)
    if form == "json":
        return Output(text=json_text(table_json(table, options.by)), is_data=True)
    if form == "csv":
        left_out = left_out_remarks(table.left_out, options.lang)
        return Output(text=table_csv(table, options.by), is_data=True, remarks=left_out)
    return Output(text=to_text(table_document(table, options.lang, options.by)) + "\n")


def _bounds(options: argparse.Namespace) -> Output:
    return bounds_output(_assessments(options), _weighting(options), options, _format(options))


def _robustness(options: argparse.Namespace) -> Output:
    return robustness_output(_assessments(options), _weighting(options), options, _format(options))


def _influence(options: argparse.Namespace) -> Output:
    return influence_output(*_scorable(options), options, _format(options))


def _improve(options: argparse.Namespace) -> Output:
    return improve_output(_assessments(options), _weighting(options), options, _format(options))


def _reconcile(options: argparse.Namespace) -> Output:
    weighting, rules = _settled(options), _instrument(options.instrument)
    return reconcile_output(rules, weighting, options, _format(options))


def _progress(options: argparse.Namespace) -> Output:
    rules = [_instrument(name) for name in options.instruments or (DEFAULT_INSTRUMENT,)]
    return progress_output(rules, options, _format(options))


def _board(options: argparse.Namespace) -> Output:
    return board_output(*_scorable(options), options, _format(options))


def _explain(options: argparse.Namespace) -> Output:
    language: Language = options.lang
    table = _table(options)
    card = _card(table, options)
    explanation = card.explain()
    heading = Heading(Text("Sumber", "Sources").in_language(language), 3)
    sources = Document((heading, sources_listing(explanation, language)))
    parts = (card.to_text(language), explanation.to_text(language), to_text(sources))
    return Output(
        text="\n\n".join(parts) + "\n", remarks=left_out_remarks(table.left_out, language)
    )


def _record(options: argparse.Namespace) -> Output:
    table = _table(options)
    left_out = left_out_remarks(table.left_out, options.lang)
    return record_output(_card(table, options), left_out)


def _verify(options: argparse.Namespace) -> Output:
    rules = None if options.instrument is None else _instrument(options.instrument)
    return verification_output(options.file, rules, options.lang)


_COMMANDS: dict[str, Callable[[argparse.Namespace], Output]] = {
    "instruments": _instruments,
    "show": _show,
    "lint": _lint,
    "diff": _diff,
    "sample": _sample,
    "template": _template,
    "score": _score,
    "bounds": _bounds,
    "robustness": _robustness,
    "influence": _influence,
    "explain": _explain,
    "board": _board,
    "improve": _improve,
    "progress": _progress,
    "reconcile": _reconcile,
    "record": _record,
    "verify": _verify,
}
_WRONG: dict[str, Callable[[argparse.Namespace], Text | None]] = {
    "robustness": lambda options: _wrong_occasion(options) or wrong_robustness(options),
    "influence": wrong_influence,
    "board": wrong_board,
    "improve": wrong_improve,
    "progress": wrong_progress,
    "reconcile": wrong_reconcile,
}


def _table(options: argparse.Namespace) -> ScoreTable:
    assessments, weighting = _scorable(options)
    return score(assessments, weighting, missing=options.missing)


def _scorable(options: argparse.Namespace) -> tuple[AssessmentSet, Weighting | None]:
    """Return the assessments, and weights that are one number each."""
    weighting = _settled(options)
    return _assessments(options), weighting


def _settled(options: argparse.Namespace) -> Weighting | None:
    """Return weights that are one number each; None for the default of the command."""
    weighting = _weighting(options)
    if isinstance(weighting, Admissible):  # which gives no score, and says so
        weighting.resolve(_instrument(options.instrument).root)
    return weighting


def _weighting(options: argparse.Namespace) -> Weighting | Admissible | None:
    """Return what was asked for; None for the default of the command.

    Raises:
        WeightingError: facts of a file that the instrument does not allow; they name the file.
    """
    weighting = None if options.weighting is None else read_weighting(options.weighting)
    path = weights_file(options.weighting)
    if isinstance(weighting, Admissible) and path is not None:
        try:
            weighting.regions(_instrument(options.instrument).root)
        except WeightingError as error:
            place = Text.same(Path(path).name)
            raise WeightingError(
                attrs.evolve(fault, place=place) for fault in error.faults
            ) from None
    return weighting


def _card(table: ScoreTable, options: argparse.Namespace) -> ScoreCard:
    """Return the card that the options name."""
    return table.card(chosen_row(table, options))


def _assessments(options: argparse.Namespace) -> AssessmentSet:
    if options.sample:
        return assessment.sample()
    return read_assessments(
        options.file,
        _instrument(options.instrument),
        leave_out_faulty=options.leave_out_faulty,
    )


def _instrument(name: str) -> Instrument:
    """Return the catalog's instrument of this id, or the one in this file."""
    if Path(name).suffix.lower() == ".toml":
        return catalog.load_instrument(name)
    return catalog.instrument(name)
