"""The command `influence`: what makes agencies differ, and what ranks and bands hang on."""

from __future__ import annotations

import argparse
from functools import partial

import attrs

from meritindex.analysis import Influence, influence, verify_first
from meritindex.analysis.influencing.change_page import change_document
from meritindex.analysis.influencing.page import influence_document
from meritindex.analysis.influencing.sobol_page import sobol_document
from meritindex.analysis.influencing.swap_page import band_changes_document, swap_document
from meritindex.analysis.influencing.verify_page import verify_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.influence_options import DEFAULT_DRAWS, DEFAULT_SAMPLES
from meritindex.cli.output import left_out_remarks
from meritindex.cli.policy import policy_of
from meritindex.cli.region_file import read_region
from meritindex.cli.selection import chosen_row, named_row
from meritindex.definition import Weighting
from meritindex.language import Text
from meritindex.reporting.influence_results import (
    band_changes_json,
    head_json,
    influence_json,
    sobol_json,
    swap_json,
    verify_first_json,
    weight_change_json,
)
from meritindex.reporting.influence_rows import (
    band_changes_csv,
    influence_csv,
    sobol_csv,
    swap_csv,
    verify_first_csv,
    weight_change_csv,
)
from meritindex.scoring import score

_TITLE = Text("Pengaruh unsur", "Influence of elements")


def influence_answer(
    assessments: AssessmentSet, weighting: Weighting | None, options: argparse.Namespace
) -> Answer:
    """Return what makes agencies differ, or the answer to another question of the options.

    Args:
        assessments: the answers.
        weighting: where the weights come from; None for the instrument's default.
        options: the question, and what its answer rests on.

    Raises:
        MeritIndexError: the question has no answer, or SALib is needed and not installed.
    """
    if options.verify_first:
        answer = _verified(assessments, weighting, options)
    else:
        answer = _answer(influence(assessments, weighting), options)
    # Those that were left out stand in the document and in the data.
    return attrs.evolve(answer, beside_rows=left_out_remarks(assessments.left_out, options.lang))


def _verified(
    assessments: AssessmentSet, weighting: Weighting | None, options: argparse.Namespace
) -> Answer:
    table = score(assessments, weighting)
    found = verify_first(
        table,
        None if options.agency is None else chosen_row(table, options),
        policy=policy_of(options),
        draws=options.draws or DEFAULT_DRAWS,
        seed=options.seed or 0,
    )
    return Answer(
        title=_TITLE,
        document=partial(verify_document, found, options.lang),
        rows=partial(verify_first_csv, found),
        data=partial(verify_first_json, found),
    )


def _answer(found: Influence, options: argparse.Namespace) -> Answer:
    """Return the answer to the question that was asked."""
    if options.without is not None:
        return _shifted(found, options.without, 0, options)
    if options.shift is not None:
        code, weight = options.shift
        return _shifted(found, code, weight, options)
    if options.swap is not None:
        return _swap(found, options)
    if options.band_changes is not None:
        return _band_changes(found, options)
    if options.sobol:
        return _sobol(found, options)
    return Answer(
        title=_TITLE,
        document=partial(influence_document, found, options.lang),
        rows=partial(influence_csv, found),
        data=partial(influence_json, found),
    )


def _shifted(found: Influence, code: str, weight: object, options: argparse.Namespace) -> Answer:
    change = found.shifted(code, to=weight)
    return Answer(
        title=_TITLE,
        document=partial(change_document, change, options.lang),
        rows=partial(weight_change_csv, change),
        data=partial(weight_change_json, change),
    )


def _swap(found: Influence, options: argparse.Namespace) -> Answer:
    code, *names = options.swap
    one, other = (named_row(found.scored, name, options) for name in names)
    swap = found.swap(code, one, other)
    return Answer(
        title=_TITLE,
        document=partial(swap_document, swap, found.scored, options.lang),
        rows=partial(swap_csv, swap, found.scored),
        data=lambda: {**head_json(found.scored), **swap_json(swap)},
    )


def _band_changes(found: Influence, options: argparse.Namespace) -> Answer:
    code, name = options.band_changes
    row = named_row(found.scored, name, options)
    changes = found.band_changes(code, row)
    return Answer(
        title=_TITLE,
        document=partial(band_changes_document, code, row, changes, found.scored, options.lang),
        rows=partial(band_changes_csv, code, row, changes, found.scored),
        data=lambda: {
            **head_json(found.scored),
            "code": code,
            "agency": found.scored.agencies[row].name,
            "band": found.scored.bands[row],
            "changes": band_changes_json(changes),
        },
    )


def _sobol(found: Influence, options: argparse.Namespace) -> Answer:
    indices = found.sobol(
        None if options.facts is None else read_region(options.facts),
        None if options.of is None else named_row(found.scored, options.of, options),
        samples=options.samples or DEFAULT_SAMPLES,
        seed=options.seed or 0,
    )
    return Answer(
        title=_TITLE,
        document=partial(sobol_document, indices, options.lang),
        rows=partial(sobol_csv, indices),
        data=partial(sobol_json, indices),
    )
