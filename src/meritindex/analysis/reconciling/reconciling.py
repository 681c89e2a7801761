"""Reconciling claims with findings: one call for one agency and for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

import attrs

from meritindex.analysis.reconciling.card import Reconciliation
from meritindex.analysis.reconciling.matching import CLAIMS, FINDINGS, check_pair, matched
from meritindex.analysis.reconciling.table import ReconciliationTable
from meritindex.assessment import Assessment, AssessmentSet
from meritindex.definition import MissingPolicy, Weighting
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.scoring.plans import plan
from meritindex.scoring.scoring import table_of

Assessments = AssessmentSet | Iterable[Assessment]


@overload
def reconcile(
    claimed: Assessment,
    verified: Assessment,
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> Reconciliation: ...


@overload
def reconcile(
    claimed: Assessments,
    verified: Assessments,
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> ReconciliationTable: ...


def reconcile(
    claimed: Assessment | Assessments,
    verified: Assessment | Assessments,
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> Reconciliation | ReconciliationTable:
    """Compare what agencies claim with what was found: answer by answer, and what it does.

    Any two assessments of one agency can be compared, such as those of two assessors; the first is
    called the claim and the second the finding. Assessments of many agencies are matched by agency,
    and by year where both state one; what has no counterpart is listed.

    Args:
        claimed: one `Assessment`, an `AssessmentSet`, or several assessments.
        verified: likewise, under the same instrument.
        weighting: where the weights come from; None for the instrument's default.
        missing: what everything missing counts for (`unknown`, `zero`, `lowest`, `drop`), instead
            of what the instrument declares.

    Returns:
        A `Reconciliation` for one and one, a `ReconciliationTable` for many.

    Raises:
        AssessmentError: the two are of different agencies, instruments or years; a side is empty,
            or has an agency twice in one year; no agency is on both sides; or points of which a
            mean can't be taken. Every fault is listed.
        WeightingError: the weighting does not give every weight.

    Examples:
        >>> import attrs, meritindex as mi
        >>> claim = mi.sample()[0]
        >>> levels = dict(claim.levels)
        >>> found = attrs.evolve(claim, stage="verified", levels={**levels, "a1q1": 1, "a7q1": 0})
        >>> reconciled = mi.reconcile(claim, found)
        >>> [(item.code, item.claim, item.finding) for item in reconciled.items]
        [('a1q1', 2, 1), ('a7q1', 2, 0)]
        >>> sum(step.points for step in reconciled.waterfall) == reconciled.difference
        True
    """
    alone = isinstance(claimed, Assessment) and isinstance(verified, Assessment)
    ours, theirs = _sets(claimed, verified)
    if alone:
        check_pair(ours, theirs)
    match = matched(ours, theirs)
    compiled = plan(ours.instrument, weighting, missing=missing)
    found = ReconciliationTable(
        claimed=table_of(ours.rows(match.claimed), compiled),
        verified=table_of(theirs.rows(match.verified), compiled),
        only_claimed=tuple(ours.facts[row] for row in match.only_claimed),
        only_verified=tuple(theirs.facts[row] for row in match.only_verified),
        left_out=_left_out(ours, theirs),
    )
    return found.card(0) if alone else found


def _sets(
    claimed: Assessment | Assessments, verified: Assessment | Assessments
) -> tuple[AssessmentSet, AssessmentSet]:
    """Return both sides as sets, or refuse both with all their faults."""
    faults: list[Fault] = []
    found: list[AssessmentSet] = []
    for side, given in ((CLAIMS, claimed), (FINDINGS, verified)):
        try:
            found.append(_set(given))
        except AssessmentError as error:
            faults += (_on(side, fault) for fault in error.faults)
    if faults:
        raise AssessmentError(faults)
    return found[0], found[1]


def _set(given: Assessment | Assessments) -> AssessmentSet:
    if isinstance(given, Assessment):
        return given.alone
    return given if isinstance(given, AssessmentSet) else AssessmentSet.of(given)


def _on(side: Text, fault: Fault) -> Fault:
    """Return a fault with the side on which it is before its place."""
    if fault.place is None:
        return attrs.evolve(fault, place=side)
    place = Text("{side}, {place}", "{side}, {place}").fill(side=side, place=fault.place)
    return attrs.evolve(fault, place=place)


def _left_out(claimed: AssessmentSet, verified: AssessmentSet) -> tuple[Fault, ...]:
    return tuple(
        _on(side, fault)
        for side, assessments in ((CLAIMS, claimed), (FINDINGS, verified))
        for fault in assessments.left_out
    )
