"""Splits and statuses worked out the slow and obvious way, from their meaning.

It takes nothing from the library but the types of a definition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

from meritindex.definition.commitments import Commitment

# A day with a total; totals on the way.
Point = tuple[dt.date, Fraction]


def shapley(value: Callable[[bool, bool], Fraction]) -> tuple[Fraction, Fraction]:
    """Return the mean of what each of two switches does, over all orders of turning them on."""
    shares = [Fraction(0), Fraction(0)]
    orders = list(permutations((0, 1)))
    for order in orders:
        state = [False, False]
        for switch in order:
            before = value(*state)
            state[switch] = True
            shares[switch] += value(*state) - before
    return shares[0] / len(orders), shares[1] / len(orders)


def status(
    commitment: Commitment, totals: Sequence[Point], as_of: dt.date, limit: Fraction | None
) -> str:
    """Return how a commitment stands.

    Args:
        commitment: what was promised.
        totals: the assessments, each with the day from which it counts.
        as_of: the day on which it is judged.
        limit: from what total on the target is reached; None without a target.
    """
    deadline = commitment.deadline
    late = deadline is not None and as_of > deadline
    counted = [
        point for point in totals if point[0] <= as_of and not (late and point[0] > deadline)
    ]
    if limit is None or not counted:
        return "not-stated"
    day, total = max(counted)
    if total >= limit:
        return "met"
    if late:
        return "missed"
    corners: list[Point] = []
    if commitment.baseline is not None and commitment.baseline_date is not None:
        corners.append((commitment.baseline_date, commitment.baseline))
    corners += [(each.date, each.total) for each in commitment.milestones]
    if deadline is not None:
        corners.append((deadline, limit))
    before = [point for point in corners if point[0] <= day]
    after = [point for point in corners if point[0] >= day]
    if not before or not after or len(corners) < 2:
        return "not-stated"
    (start, low), (end, high) = before[-1], after[0]
    if start == end:
        return "on-track" if total >= low else "at-risk"
    # On or above the line: compared without dividing.
    on_or_above = (total - low) * (end - start).days >= (high - low) * (day - start).days
    return "on-track" if on_or_above else "at-risk"


def a_year(rise: Fraction, start: dt.date, end: dt.date) -> Fraction | None:
    """Return a rise as points a year of 365 and a quarter days."""
    days = end.toordinal() - start.toordinal()
    return rise / (Fraction(days) / (Fraction(365) + Fraction(1, 4))) if days > 0 else None
