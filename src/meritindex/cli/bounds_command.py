"""The command `bounds`: what is certain of scores, whatever the open weights and answers are."""

from __future__ import annotations

import argparse
from functools import partial

import attrs

from meritindex.analysis import BoundsTable, bounds
from meritindex.analysis.bounding.exact_ranks import with_exact_ranks
from meritindex.analysis.bounding.showing import card_document, table_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.output import left_out_remarks
from meritindex.cli.policy import policy_of
from meritindex.cli.progress import RANKING, progress_bar
from meritindex.cli.selection import chosen_row
from meritindex.definition import Admissible, Weighting
from meritindex.language import Text
from meritindex.reporting.bounds_results import bounds_csv, bounds_json
from meritindex.scoring.saying import card_title

_TITLE = Text("Yang pasti tentang nilai", "What is certain of scores")


def bounds_answer(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> Answer:
    """Return the bounds of all agencies, or of the one that the options name.

    Args:
        assessments: the answers.
        weighting: what is known of the weights; None for all that is published.
        options: the policy, the agency, and whether ranks are to be exact.

    Raises:
        MissingExtraError: exact ranks are asked for, and scipy is not installed.
        UnknownNameError: the agency is not there, or more than once.
    """
    table, row = _found(assessments, weighting, options)
    rows = None if row is None else (row,)
    left_out = left_out_remarks(assessments.left_out, options.lang)
    if row is None:
        document, whose = partial(table_document, table, options.lang), None
    else:
        card = table.card(row)
        document = partial(card_document, card, options.lang)
        whose = card_title(assessments.facts[row])
    return Answer(
        title=_TITLE,
        whose=whose,
        document=document,
        rows=partial(bounds_csv, table, rows),
        data=partial(bounds_json, table, rows),
        beside_document=() if row is None else left_out,
        beside_rows=left_out,
    )


def _found(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> tuple[BoundsTable, int | None]:
    """Return the bounds, and the row that was asked for; None for all."""
    table = bounds(assessments, weighting, policy=policy_of(options))
    if options.agency is None:
        if options.exact:
            with progress_bar(options.lang, RANKING) as progress:
                table = with_exact_ranks(table, progress)
        return table, None
    row = chosen_row(table.table, options)
    ends = table.exact_rank_range(row) if options.exact else None
    return (table if ends is None else attrs.evolve(table, exact_ranks={row: ends})), row
