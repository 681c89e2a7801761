"""The command `bounds`: what is certain of scores, whatever the open weights and answers are."""

from __future__ import annotations

import argparse

import attrs

from meritindex.analysis import BoundsTable, bounds
from meritindex.analysis.bounding.showing import card_document, table_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.output import Output, left_out_remarks
from meritindex.cli.policy import policy_of
from meritindex.cli.selection import chosen_row
from meritindex.definition import Admissible, Weighting
from meritindex.layout import to_text
from meritindex.reporting.bounds_results import bounds_csv, bounds_json
from meritindex.reporting.results import json_text


def bounds_output(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
    form: str | None,
) -> Output:
    """Return the bounds of all agencies, or of the one that the options name.

    Args:
        assessments: the answers.
        weighting: what is known of the weights; None for all that is published.
        options: the policy, the agency, and whether ranks are to be exact.
        form: `json`, `csv`, or anything else for text.

    Raises:
        MissingExtraError: exact ranks are asked for, and scipy is not installed.
        UnknownNameError: the agency is not there, or more than once.
    """
    table, row = _found(assessments, weighting, options)
    rows = None if row is None else (row,)
    left_out = left_out_remarks(assessments.left_out, options.lang)
    if form == "json":
        return Output(text=json_text(bounds_json(table, rows)), is_data=True)
    if form == "csv":
        return Output(text=bounds_csv(table, rows), is_data=True, remarks=left_out)
    if row is None:
        return Output(text=to_text(table_document(table, options.lang)) + "\n")
    document = card_document(table.card(row), options.lang)
    return Output(text=to_text(document) + "\n", remarks=left_out)


def _found(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> tuple[BoundsTable, int | None]:
    """Return the bounds, and the row that was asked for; None for all."""
    policy, alone = policy_of(options), options.agency is not None
    table = bounds(assessments, weighting, policy=policy, exact=options.exact and not alone)
    if not alone:
        return table, None
    row = chosen_row(table.table, options)
    ends = table.exact_rank_range(row) if options.exact else None
    return (table if ends is None else attrs.evolve(table, exact_ranks={row: ends})), row
