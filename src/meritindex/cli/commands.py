"""The commands: what they are called, what they answer, and how they end.

Results go to standard output or to the file of `-o`, faults to standard error. The exit code is 0
when the work is done, 1 when the input was refused or did not hold, and 2 when the command was used
wrongly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import attrs

from meritindex import assessment, catalog
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.answers_commands import sample_answer, template_answer
from meritindex.cli.board_command import board_answer
from meritindex.cli.board_options import wrong_board
from meritindex.cli.bounds_command import bounds_answer
from meritindex.cli.catalog_commands import instruments_answer, show_answer
from meritindex.cli.colours import plain_style, style_of
from meritindex.cli.diff_command import diff_answer
from meritindex.cli.forms import form_of
from meritindex.cli.improve_command import improve_answer
from meritindex.cli.improve_options import wrong_improve
from meritindex.cli.influence_command import influence_answer
from meritindex.cli.influence_options import wrong_influence
from meritindex.cli.lint_command import lint_answer
from meritindex.cli.options import DEFAULT_INSTRUMENT
from meritindex.cli.output import left_out_remarks, report
from meritindex.cli.output_checks import wrong_output
from meritindex.cli.parser import DEFAULT_FAMILY, build_parser
from meritindex.cli.progress_command import progress_answer
from meritindex.cli.progress_options import wrong_progress
from meritindex.cli.reading import read_answers
from meritindex.cli.reconcile_command import reconcile_answer
from meritindex.cli.reconcile_options import wrong_reconcile
from meritindex.cli.record_command import record_answer, verification_answer
from meritindex.cli.report_command import report_answer
from meritindex.cli.report_options import wrong_report
from meritindex.cli.robustness_command import robustness_answer
from meritindex.cli.robustness_options import wrong_robustness
from meritindex.cli.score_command import explain_answer, score_answer
from meritindex.cli.selection import chosen_row
from meritindex.cli.weights import read_weighting, weights_file
from meritindex.definition import Admissible, Instrument, Weighting
from meritindex.errors import MeritIndexError, WeightingError
from meritindex.extras import MissingExtraError
from meritindex.language import Language, Text
from meritindex.layout import Style
from meritindex.scoring import ScoreCard, ScoreTable, score

REFUSED = 1
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
        output = _COMMANDS[options.command](options).output(
            form_of(options), options.lang, _style(options)
        )
        output.send(options.output)
    except (MeritIndexError, MissingExtraError) as error:
        report(error.in_language(options.lang))
        return REFUSED
    except BrokenPipeError:
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return output.code


def _style(options: argparse.Namespace) -> Style:
    """Return how lines are written: what goes into a file never has colours."""
    return plain_style if options.output is not None else style_of(sys.stdout)


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
    return _WRONG.get(options.command, _wrong_occasion)(options) or wrong_output(options)


def _wrong_occasion(options: argparse.Namespace) -> Text | None:
    """Return what is wrong where an occasion is named without an agency."""
    if vars(options).get("agency", "") is None and (options.year or options.stage):
        return Text(
            "--year dan --stage hanya bersama --agency: penilaian instansi itu yang mana",
            "--year and --stage go with --agency alone: which of its assessments",
        )
    return None


def _instruments(options: argparse.Namespace) -> Answer:
    found = (
        catalog.instruments()
        if options.on is None
        else (catalog.instrument_on(options.on, options.family or DEFAULT_FAMILY),)
    )
    return instruments_answer(found, options.lang)


def _show(options: argparse.Namespace) -> Answer:
    return show_answer(_instrument(options.instrument), options.lang)


def _lint(options: argparse.Namespace) -> Answer:
    return lint_answer(options.instrument, options.lang)


def _diff(options: argparse.Namespace) -> Answer:
    instruments = _instrument(options.before), _instrument(options.after)
    return diff_answer(*instruments, (options.before, options.after), options.lang)


def _sample(options: argparse.Namespace) -> Answer:
    return sample_answer(assessment.sample(options.seed), options.lang)


def _template(options: argparse.Namespace) -> Answer:
    return template_answer(_instrument(options.instrument), options.lang)


def _score(options: argparse.Namespace) -> Answer:
    return score_answer(_table(options), options)


def _bounds(options: argparse.Namespace) -> Answer:
    return bounds_answer(_assessments(options), _weighting(options), options)


def _robustness(options: argparse.Namespace) -> Answer:
    return robustness_answer(_assessments(options), _weighting(options), options)


def _influence(options: argparse.Namespace) -> Answer:
    return influence_answer(*_scorable(options), options)


def _improve(options: argparse.Namespace) -> Answer:
    return improve_answer(_assessments(options), _weighting(options), options)


def _reconcile(options: argparse.Namespace) -> Answer:
    weighting, rules = _settled(options), _instrument(options.instrument)
    return reconcile_answer(rules, weighting, options)


def _progress(options: argparse.Namespace) -> Answer:
    rules = [_instrument(name) for name in options.instruments or (DEFAULT_INSTRUMENT,)]
    return progress_answer(rules, options)


def _board(options: argparse.Namespace) -> Answer:
    return board_answer(*_scorable(options), options)


def _report(options: argparse.Namespace) -> Answer:
    return report_answer(*_scorable(options), options)


def _explain(options: argparse.Namespace) -> Answer:
    return explain_answer(_card(_table(options), options), options)


def _record(options: argparse.Namespace) -> Answer:
    table = _table(options)
    left_out = left_out_remarks(table.left_out, options.lang)
    return record_answer(_card(table, options), left_out, options.lang)


def _verify(options: argparse.Namespace) -> Answer:
    rules = None if options.instrument is None else _instrument(options.instrument)
    return verification_answer(options.file, rules, options.lang)


_COMMANDS: dict[str, Callable[[argparse.Namespace], Answer]] = {
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
    "report": _report,
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
    "report": wrong_report,
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
    return read_answers(options.file, _instrument(options.instrument), options)


def _instrument(name: str) -> Instrument:
    """Return the catalog's instrument of this id, or the one in this file."""
    if Path(name).suffix.lower() == ".toml":
        return catalog.load_instrument(name)
    return catalog.instrument(name)
