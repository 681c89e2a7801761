"""A claim with findings taken over, as an assessment of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import attrs

from meritindex.assessment import Assessment
from meritindex.definition import Standing

# What an assessment says of single codes, besides how firmly they are known.
_BY_CODE = ("levels", "gates", "measures", "points", "states", "evidence")


def accepted(claimed: Assessment, verified: Assessment, codes: Collection[str]) -> Assessment:
    """Return the claim with the answers of the other side at these codes, and what supports them.

    Args:
        claimed: the claim.
        verified: the verified answers, under the same instrument.
        codes: whole units of difference.
    """
    if not codes:
        return claimed
    merged: dict[str, Any] = {
        name: _either(getattr(claimed, name), getattr(verified, name), codes) for name in _BY_CODE
    }
    # What a side says of all of its answers does not hold for those of the other.
    apart = claimed.standing is not verified.standing
    ours, theirs = (_standings(side) if apart else side.standings for side in (claimed, verified))
    return attrs.evolve(
        claimed,
        **merged,
        synthetic=claimed.synthetic or verified.synthetic,
        standing=None if apart else claimed.standing,
        standings=_either(ours, theirs, codes),
    )


def _either(
    ours: tuple[tuple[str, Any], ...], theirs: tuple[tuple[str, Any], ...], codes: Collection[str]
) -> tuple[tuple[str, Any], ...]:
    """Return what one side says, and what the other says at these codes."""
    return (
        *(pair for pair in ours if pair[0] not in codes),
        *(pair for pair in theirs if pair[0] in codes),
    )


def _standings(one: Assessment) -> tuple[tuple[str, Standing], ...]:
    """Return how firmly each answer of an assessment is known, where it says so."""
    if one.standing is None:
        return one.standings
    answered = (code for code, _ in (*one.levels, *one.measures, *one.points))
    return tuple((dict.fromkeys(answered, one.standing) | dict(one.standings)).items())
