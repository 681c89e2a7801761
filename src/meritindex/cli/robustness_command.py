"""The command `robustness`: how often each band and rank occurs over random weights and answers."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.analysis import Around, robustness
from meritindex.analysis.simulating.showing import card_document, table_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.output import left_out_remarks
from meritindex.cli.policy import policy_of
from meritindex.cli.progress import SIMULATING, progress_bar
from meritindex.cli.robustness_options import DEFAULT_DRAWS
from meritindex.cli.selection import chosen_row
from meritindex.cli.weights import read_weighting
from meritindex.definition import Admissible, Weighting
from meritindex.language import Text
from meritindex.reporting.robustness_results import robustness_csv, robustness_json
from meritindex.scoring.saying import card_title

_TITLE = Text("Kekokohan nilai", "Robustness of scores")


def robustness_answer(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> Answer:
    """Return the shares of draws of all agencies, or of the one that the options name.

    Args:
        assessments: the answers.
        weighting: what is known of the weights; None for all that is published.
        options: around what to draw, how often and from which seed, the policy, and the agency.

    Raises:
        MeritIndexError: the weights can't be drawn.
        UnknownNameError: the agency is not there, or more than once.
    """
    with progress_bar(options.lang, SIMULATING) as progress:
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
    if row is None:
        document, whose = partial(table_document, result, options.lang), None
    else:
        document = partial(card_document, result.card(row), options.lang)
        whose = card_title(assessments.facts[row])
    return Answer(
        title=_TITLE,
        whose=whose,
        document=document,
        rows=partial(robustness_csv, result, rows),
        data=partial(robustness_json, result, rows),
        beside_document=() if row is None else left_out,
        beside_rows=left_out,
    )


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
