"""Scoring assessments: one call for one agency and for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from meritindex.assessment import Assessment, AssessmentSet
from meritindex.definition import MissingPolicy, Weighting
from meritindex.language import Text
from meritindex.scoring.card import ScoreCard
from meritindex.scoring.plans import ScoringPlan, plan
from meritindex.scoring.rows import Inputs
from meritindex.scoring.table import ScoreTable


@overload
def score(
    assessments: Assessment,
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> ScoreCard: ...


@overload
def score(
    assessments: AssessmentSet | Iterable[Assessment],
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> ScoreTable: ...


def score(
    assessments: Assessment | AssessmentSet | Iterable[Assessment],
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> ScoreCard | ScoreTable:
    """Score one assessment, or many.

    One is scored as a set of one row, so that `score(one) == score(many)[i]`.

    Args:
        assessments: one `Assessment`, an `AssessmentSet`, or several assessments.
        weighting: where the weights come from; None for the instrument's default.
        missing: what everything missing counts for (`unknown`, `zero`, `lowest`, `drop`), instead
            of what the instrument declares; the result says that it was chosen.

    Returns:
        A `ScoreCard` for one, a `ScoreTable` for many.

    Raises:
        WeightingError: the weighting does not give every weight.
        AssessmentError: the assessments do not make a set.

    Examples:
        >>> import meritindex as mi
        >>> table = mi.score(mi.sample())
        >>> len(table), str(table.standing)
        (546, 'assumed')
    """
    if isinstance(assessments, Assessment):
        return _table(assessments.alone, weighting, missing).card(0)
    if not isinstance(assessments, AssessmentSet):
        assessments = AssessmentSet.of(assessments)
    return _table(assessments, weighting, missing)


def _table(
    assessments: AssessmentSet,
    weighting: Weighting | None,
    missing: MissingPolicy | str | None,
) -> ScoreTable:
    return table_of(assessments, plan(assessments.instrument, weighting, missing=missing))


def table_of(assessments: AssessmentSet, compiled: ScoringPlan) -> ScoreTable:
    """Score assessments by a plan that has been compiled.

    Raises:
        AssessmentError: points of which a geometric, harmonic or power mean can't be taken.
    """

    def place_of(row: int) -> Text:
        return Text.same(assessments.facts[row].agency.name)

    return ScoreTable(
        assessments=assessments, scores=compiled.run(Inputs.of(assessments), place_of)
    )
