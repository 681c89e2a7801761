"""The command `influence`: what makes agencies differ, and what ranks and bands hang on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

import attrs

from meritindex.analysis import Influence, influence, verify_first
from meritindex.analysis.influencing.change_page import change_document
from meritindex.analysis.influencing.page import influence_document
from meritindex.analysis.influencing.sobol_page import sobol_document
from meritindex.analysis.influencing.swap_page import band_changes_document, swap_document
from meritindex.analysis.influencing.verify_page import verify_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.influence_options import DEFAULT_DRAWS, DEFAULT_SAMPLES
from meritindex.cli.output import Output
from meritindex.cli.policy import policy_of
from meritindex.cli.region_file import read_region
from meritindex.cli.selection import chosen_row, named_row
from meritindex.definition import Weighting
from meritindex.language import Language
from meritindex.layout import Document, to_text
from meritindex.reporting.influence_results import (
    band_changes_json,
    head_json,
    influence_json,
    sobol_json,
    swap_json,
    verify_first_json,
    weight_change_json,
)
from meritindex.reporting.results import Json, json_text
from meritindex.scoring import score


@attrs.frozen
class _Answer:
    """What was found, for a reader and as data."""

    document: Callable[[Language], Document]
    data: Callable[[], Json]


def influence_output(
    assessments: AssessmentSet,
    weighting: Weighting | None,
    options: argparse.Namespace,
    form: str | None,
) -> Output:
    """Return what makes agencies differ, or the answer to another question of the options.

    Args:
        assessments: the answers.
        weighting: where the weights come from; None for the instrument's default.
        options: the question, and what its answer rests on.
        form: `json`, or anything else for text.

    Raises:
        MeritIndexError: the question has no answer, or SALib is needed and not installed.
    """
    if options.verify_first:
        answer = _verified(assessments, weighting, options)
    else:
        answer = _answer(influence(assessments, weighting), options)
    if form == "json":
        return Output(text=json_text(answer.data()), is_data=True)
    return Output(text=to_text(answer.document(options.lang)) + "\n")


def _verified(
    assessments: AssessmentSet, weighting: Weighting | None, options: argparse.Namespace
) -> _Answer:
    table = score(assessments, weighting)
    found = verify_first(
        table,
        None if options.agency is None else chosen_row(table, options),
        policy=policy_of(options),
        draws=options.draws or DEFAULT_DRAWS,
        seed=options.seed or 0,
    )
    return _Answer(partial(verify_document, found), partial(verify_first_json, found))


def _answer(found: Influence, options: argparse.Namespace) -> _Answer:
    """Return the answer to the question that was asked."""
    if options.without is not None:
        return _shifted(found, options.without, 0)
    if options.shift is not None:
        return _shifted(found, *options.shift)
    if options.swap is not None:
        return _swap(found, options)
    if options.band_changes is not None:
        return _band_changes(found, options)
    if options.sobol:
        return _sobol(found, options)
    return _Answer(partial(influence_document, found), partial(influence_json, found))


def _shifted(found: Influence, code: str, weight: object) -> _Answer:
    change = found.shifted(code, to=weight)
    return _Answer(partial(change_document, change), partial(weight_change_json, change))


def _swap(found: Influence, options: argparse.Namespace) -> _Answer:
    code, *names = options.swap
    one, other = (named_row(found.scored, name, options) for name in names)
    swap = found.swap(code, one, other)
    return _Answer(
        partial(swap_document, swap, found.scored),
        lambda: {**head_json(found.scored), **swap_json(swap)},
    )


def _band_changes(found: Influence, options: argparse.Namespace) -> _Answer:
    code, name = options.band_changes
    row = named_row(found.scored, name, options)
    changes = found.band_changes(code, row)
    return _Answer(
        partial(band_changes_document, code, row, changes, found.scored),
        lambda: {
            **head_json(found.scored),
            "code": code,
            "agency": found.scored.agencies[row].name,
            "band": found.scored.bands[row],
            "changes": band_changes_json(changes),
        },
    )


def _sobol(found: Influence, options: argparse.Namespace) -> _Answer:
    indices = found.sobol(
        None if options.facts is None else read_region(options.facts),
        None if options.of is None else named_row(found.scored, options.of, options),
        samples=options.samples or DEFAULT_SAMPLES,
        seed=options.seed or 0,
    )
    return _Answer(partial(sobol_document, indices), partial(sobol_json, indices))
