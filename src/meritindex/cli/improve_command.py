"""The command `improve`: what to do to reach a target, for one agency or for all of a file."""

from __future__ import annotations

import argparse
from fractions import Fraction
from functools import partial
from typing import Any

from meritindex.analysis.improving import (
    Costs,
    Improvement,
    RankTarget,
    best_within,
    improve,
)
from meritindex.analysis.improving.showing import (
    PAGE_TITLE,
    improvement_document,
    improvements_document,
)
from meritindex.assessment import AssessmentSet
from meritindex.assessment.values import make_fault
from meritindex.cli.answer import Answer
from meritindex.cli.costs_file import read_costs
from meritindex.cli.improve_options import codes_of, rank_of
from meritindex.cli.output import left_out_remarks
from meritindex.cli.progress import PLANNING, progress_bar
from meritindex.cli.selection import chosen_row
from meritindex.definition import Admissible, EqualRemainder, Instrument, Weighting
from meritindex.errors import AssessmentError
from meritindex.language import Text
from meritindex.reporting.improvement_results import (
    improvement_json,
    improvements_csv,
    improvements_json,
)
from meritindex.scoring import ScoreTable, score
from meritindex.scoring.saying import card_title


def improve_answer(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> Answer:
    """Return the plan of the agency that the options name, or of all.

    Args:
        assessments: the answers.
        weighting: the weights, or what is known of them; None for the default of the instrument.
        options: what is to be reached, what it may cost, what can't move, and the agency.

    Raises:
        MeritIndexError: what is asked for makes no sense, or is reached already.
        FileError: the file of costs can't be read.
        UnknownNameError: the agency is not there, or more than once.
    """
    chosen = _constraints(assessments, weighting, options)
    if options.agency is None:
        return _of_all(assessments, chosen, options)
    found = _of_one(assessments, chosen, options)
    count = options.alternatives or 0
    return Answer(
        title=PAGE_TITLE,
        whose=card_title(found.facts),
        document=partial(improvement_document, found, options.lang, count),
        rows=lambda: improvements_csv((found, *(found.alternatives(count) if count else ()))),
        data=partial(improvement_json, found, count),
        remarks=left_out_remarks(assessments.left_out, options.lang),
    )


def _of_all(
    assessments: AssessmentSet, chosen: dict[str, Any], options: argparse.Namespace
) -> Answer:
    with progress_bar(options.lang, PLANNING) as progress:
        table = improve(assessments, **chosen, progress=progress)
    return Answer(
        title=PAGE_TITLE,
        document=partial(improvements_document, table, options.lang),
        rows=partial(improvements_csv, table),
        data=partial(improvements_json, table),
        beside_rows=left_out_remarks(assessments.left_out, options.lang),
    )


def _of_one(
    assessments: AssessmentSet, chosen: dict[str, Any], options: argparse.Namespace
) -> Improvement:
    assessment = assessments[chosen_row(_scored(assessments, chosen), options)]
    if options.most:
        return best_within(assessment, **{key: chosen[key] for key in chosen if key != "to"})
    return improve(assessment, **chosen)


def _constraints(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    options: argparse.Namespace,
) -> dict[str, Any]:
    """Return what `improve` is asked, by the names of its parameters."""
    chosen = limits(assessments.instrument, options)
    chosen |= {
        "weighting": weighting,
        "missing": options.missing,
        "time_limit": options.time_limit,
    }
    return chosen | {"to": _target(assessments, chosen, options)}


def limits(instrument: Instrument, options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of costs and of what may move, as parameters of `improve`.

    Raises:
        FileError: the file of costs can't be read.
        AssessmentError: cells of it that are not what their column holds.
    """
    file = None if options.costs is None else read_costs(options.costs, instrument)
    default: Fraction | None = options.cost
    if default is None and file is None:
        default = Fraction(1)
    costs = Costs(
        by_indicator={} if file is None else file.costs, default=default, unit=options.unit or ""
    )
    return {
        "costs": costs,
        "budget": options.budget,
        "fixed": [code for word in options.fixed for code in codes_of(word)],
        "most_levels": options.most_levels,
        "prerequisites": options.prerequisites,
        "ready": None if file is None else file.ready,
        "by": options.by,
    }


def _target(
    assessments: AssessmentSet, chosen: dict[str, Any], options: argparse.Namespace
) -> str | RankTarget | None:
    rank = rank_of(options.to)
    if rank is None:
        return options.to  # type: ignore[no-any-return]
    among = _scored(assessments, chosen)
    count = sum(total is not None for total in among.totals)
    if rank > count:
        message = Text(
            "peringkat {value} tidak ada, karena hanya {count} nilai dalam berkas ini diketahui; "
            "yang diterima: {allowed}",
            "there is no rank {value}, for this file has {count} known totals; allowed: {allowed}",
        )
        allowed = Text("rank:1 sampai rank:{count}", "rank:1 to rank:{count}").fill(count=count)
        raise AssessmentError(
            make_fault("rank-beyond", message, value=str(rank), allowed=allowed, count=count)
        )
    return RankTarget(rank=rank, among=among)


def _scored(assessments: AssessmentSet, chosen: dict[str, Any]) -> ScoreTable:
    """Return the present scores, in which agencies and ranks are looked up."""
    weighting = chosen["weighting"]
    # Of weights that are open there are no scores; who is meant is the same under any.
    settled = EqualRemainder() if isinstance(weighting, Admissible) else weighting
    return score(assessments, settled, missing=chosen["missing"])
