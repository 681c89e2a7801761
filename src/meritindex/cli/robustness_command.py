"""The command `robustness`: how often each band and rank occurs over random weights and answers."""

from __future__ import annotations

import argparse

from meritindex.analysis import Around, robustness
from meritindex.analysis.simulating.showing import card_document, table_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.output import Output, left_out_remarks
from meritindex.cli.policy import policy_of
from meritindex.cli.progress import progress_line
from meritindex.cli.robustness_options import DEFAULT_DRAWS
from meritindex.cli.selection import chosen_row
from meritindex.cli.weights import read_weighting
from meritindex.definition import Admissible, Weighting
from meritindex.layout import to_text
from meritindex.reporting.results import json_text
from meritindex.reporting.robustness_results import robustness_csv, robustness_json


def robustness_output(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
    form: str | None,
) -> Output:
    """Return the shares of draws of all agencies, or of the one that the options name.

    Args:
        assessments: the answers.
        weighting: what is known of the weights; None for all that is published.
        options: around what to draw, how often and from which seed, the policy, and the agency.
        form: `json`, `csv`, or anything else for text.

    Raises:
        MeritIndexError: the weights can't be drawn.
        UnknownNameError: the agency is not there, or more than once.
    """
    with progress_line(options.lang) as progress:
        result = robustness(
            assessments,
            _scattered(weighting, options),
            draws=options.draws or DEFAULT_DRAWS,
            seed=options.seed or 0,
            policy=policy_of(options),
            progress=progress,
        )
    row = None if options.agency is None else chosen_row(result.table, options)
    rows = None if row is None else (row,)
    left_out = left_out_remarks(assessments.left_out, options.lang)
    if form == "json":
        return Output(text=json_text(robustness_json(result, rows)), is_data=True)
    if form == "csv":
        return Output(text=robustness_csv(result, rows), is_data=True, remarks=left_out)
    if row is None:
        return Output(text=to_text(table_document(result, options.lang)) + "\n")
    document = card_document(result.card(row), options.lang)
    return Output(text=to_text(document) + "\n", remarks=left_out)


def _scattered(
    weighting: Weighting | Admissible | None, options: argparse.Namespace
) -> Weighting | Admissible | Around | None:
    """Return from what weights are drawn: around those that the options name, if they name any."""
    if options.around is None:
        return weighting
    known = weighting if isinstance(weighting, Admissible) else Admissible()
    # Of weights that are a region there is no middle, which the words are checked for.
    middle = read_weighting(options.around)
    assert not isinstance(middle, Admissible)  # noqa: S101 - told apart by their words
    return Around(middle, options.concentration, within=known)
