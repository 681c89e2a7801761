"""Which of several assessments of one agency is meant: the words of `--year` and `--stage`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from meritindex.assessment import RowFacts
from meritindex.assessment.values import read_stage, read_year
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
    year, date = found
    if date is None:
        return lambda facts: facts.year == year
    return lambda facts: facts.date == date


def stage_of(word: str, language: Language) -> Keep:
    """Return what accepts the assessments of a stage.

    Raises:
        ArgumentTypeError: there is no such stage.
    """
    if word == _UNSTATED:
        return lambda facts: facts.stage is None
    stage = read_stage(word)
    if isinstance(stage, Fault):
        raise argparse.ArgumentTypeError(stage.message.in_language(language))
    return lambda facts: facts.stage is stage


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
