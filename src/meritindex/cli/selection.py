"""Which of several assessments is meant: the words of `--year`, `--stage` and of days."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from meritindex.assessment import RowFacts
from meritindex.assessment.values import read_stage, read_year
from meritindex.cli.costs_file import day_of
from meritindex.definition import Stage
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language
from meritindex.scoring import ScoreTable

Keep = Callable[[RowFacts], bool]

# The word for what the file does not state.
_UNSTATED = "-"


def year_of(word: str, language: Language) -> Keep:
    """Return what accepts the assessments of a year, or of a day.

    Raises:
        ArgumentTypeError: the word is neither.
    """
    if word == _UNSTATED:
        return lambda facts: facts.year is None
    found = read_year(word)
    if isinstance(found, Fault):
        raise argparse.ArgumentTypeError(found.message.in_language(language))
    year, day = found
    if day is None:
        return lambda facts: facts.year == year
    return lambda facts: facts.date == day


def stage_of(word: str, language: Language) -> Keep:
    """Return what accepts the assessments of a stage.

    Raises:
        ArgumentTypeError: there is no such stage.
    """
    if word == _UNSTATED:
        return lambda facts: facts.stage is None
    stage = stage_word(word, language)
    return lambda facts: facts.stage is stage


def stage_word(word: str, language: Language) -> Stage:
    """Return the stage that a word names.

    Raises:
        ArgumentTypeError: there is no such stage.
    """
    stage = read_stage(word)
    if isinstance(stage, Fault):
        raise argparse.ArgumentTypeError(stage.message.in_language(language))
    return stage


def day_word(word: str, language: Language) -> date:
    """Return the day that a word names, as a file would.

    Raises:
        ArgumentTypeError: it names none.
    """
    day = day_of(word)
    if isinstance(day, Fault):
        raise argparse.ArgumentTypeError(day.in_language(language))
    return day


def chosen_row(table: ScoreTable, options: argparse.Namespace) -> int:
    """Return the row of the agency, year and stage that the options name; see `named_row`."""
    return named_row(table, options.agency, options)


def named_row(table: ScoreTable, agency: str, options: argparse.Namespace) -> int:
    """Return the row of an agency, with the year and stage that the options name.

    Raises:
        UnknownNameError: there is none, or there are several; the fault lists them.
    """
    asked: list[Keep] = [keep for keep in (options.year, options.stage) if keep is not None]
    try:
        return table.card_of(agency, lambda facts: all(keep(facts) for keep in asked)).row
    except UnknownNameError as error:
        # It may be one of those that were left out.
        raise UnknownNameError((*error.faults, *table.left_out)) from None
