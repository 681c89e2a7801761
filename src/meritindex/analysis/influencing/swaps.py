"""The exact weights at which two agencies swap places, and at which one changes its band."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs

from meritindex.analysis.influencing.courses import check_course, courses
from meritindex.analysis.influencing.crossings import Quotient, Root, roots_between
from meritindex.analysis.influencing.siblings import Siblings
from meritindex.definition import Agency, Bands, Dimension
from meritindex.language import Text
from meritindex.numbers import least_integer
from meritindex.scoring import ScoreTable, score


@attrs.frozen(kw_only=True)
class Crossing(Root):
    """A weight at which two agencies have the same total.

    Attributes:
        ahead_below: who is ahead just below that weight; None where there is nothing below.
        ahead_above: who is ahead just above it; None where there is nothing above.
    """

    ahead_below: Agency | None
    ahead_above: Agency | None


@attrs.frozen(kw_only=True)
class Swap:
    """Where two agencies swap places as one weight changes from 0 to the whole.

    Attributes:
        code: whose weight; its siblings share what is left in proportion.
        weight: what it is now.
        whole: the most that it can be.
        one: an agency.
        other: another.
        always: whether both have the same total for every weight between 0 and the whole.
        crossings: the weights at which they have the same total, ascending; none where one of them
            is ahead throughout, or where they always have the same.
        before_rounding: whether totals are rounded; it is the totals before that are the same at
            a crossing, and so the rounded ones are, which may be the same elsewhere, too.
    """

    code: str
    weight: Fraction
    whole: Fraction
    one: Agency
    other: Agency
    always: bool
    crossings: tuple[Crossing, ...]
    before_rounding: bool

    def as_text(self) -> Text:
        """Return in sentences where they swap."""
        from meritindex.analysis.influencing.words import swap_text  # noqa: PLC0415 - it shows this

        return swap_text(self)


@attrs.frozen(kw_only=True)
class BandChange:
    """A weight at which an agency changes its band; a band that is not known is None.

    Attributes:
        weight: exactly.
        below: the band just below that weight; at 0, that of 0 itself.
        at: the band at that weight.
        above: the band just above it; at the whole, that of the whole itself.
    """

    weight: Fraction
    below: str | None
    at: str | None
    above: str | None

    def as_text(self) -> Text:
        """Return in a sentence what changes."""
        from meritindex.analysis.influencing.words import (  # noqa: PLC0415 - it shows this
            band_change_text,
        )

        return band_change_text(self)


def swap_of(table: ScoreTable, siblings: Siblings) -> Swap:
    """Return where the two agencies of a table swap.

    Raises:
        WeightingError: totals are no plain function of the weight.
    """
    check_course(siblings)
    one, other = courses(table, siblings)
    between: tuple[Root, ...] = ()
    always = False
    if one is not None and other is not None:
        polynomial = one.difference(other)
        always = not any(polynomial)
        between = () if always else roots_between(polynomial, Fraction(0), siblings.whole)
    roots: list[Root] = []
    if not always:
        start, end = (_same_at(table, siblings, end) for end in (Fraction(0), siblings.whole))
        roots = [*start, *between, *end]
    return Swap(
        code=siblings.node.code,
        weight=siblings.weight,
        whole=siblings.whole,
        one=table.agencies[0],
        other=table.agencies[1],
        always=always,
        crossings=tuple(_crossings(table, siblings.whole, (one, other), roots)),
        before_rounding=table.instrument.root.rounding is not None,
    )


def _same_at(table: ScoreTable, siblings: Siblings, weight: Fraction) -> list[Root]:
    """Return an end, where both have the same total there: something can drop out at an end."""
    one, other = score(table.assessments, siblings.weighting_at(weight)).totals
    return [Root.at(weight)] if one is not None and one == other else []


def _crossings(
    table: ScoreTable,
    whole: Fraction,
    pair: tuple[Quotient | None, Quotient | None],
    roots: list[Root],
) -> list[Crossing]:
    ends = [Fraction(0), *(end for root in roots for end in (root.low, root.high)), whole]
    ahead = [
        _ahead(table, pair, low, high) for low, high in zip(ends[::2], ends[1::2], strict=True)
    ]
    return [
        Crossing(
            weight=root.weight,
            exact=root.exact,
            low=root.low,
            high=root.high,
            ahead_below=below,
            ahead_above=above,
        )
        for root, (below, above) in zip(roots, pairwise(ahead), strict=True)
    ]


def _ahead(
    table: ScoreTable, pair: tuple[Quotient | None, Quotient | None], low: Fraction, high: Fraction
) -> Agency | None:
    """Return who is ahead between two neighbouring crossings: who is so in the middle."""
    one, other = pair
    if one is None or other is None or low == high:
        return None
    middle = (low + high) / 2
    return table.agencies[0 if one.at(middle) > other.at(middle) else 1]


def band_changes_of(table: ScoreTable, siblings: Siblings) -> tuple[BandChange, ...]:
    """Return where the agency of a table changes its band; none without bands.

    Raises:
        WeightingError: totals are no plain function of the weight.
    """
    check_course(siblings)
    root = table.instrument.root
    (course,) = courses(table, siblings)
    found: set[Fraction] = set()
    for threshold in thresholds_before_rounding(root, root.bands):
        polynomial = (Quotient(threshold) if course is None else course).difference(
            Quotient(threshold)
        )
        if any(polynomial):
            roots = roots_between(polynomial, Fraction(0), siblings.whole)
            found.update(each.weight for each in roots)
    places = [Fraction(0), *sorted(found), siblings.whole]
    between = [(low + high) / 2 for low, high in pairwise(places)]

    def band(weight: Fraction) -> str | None:
        return score(table.assessments, siblings.weighting_at(weight)).bands[0]

    at, around = [band(weight) for weight in places], [band(weight) for weight in between]
    sides = pairwise([at[0], *around, at[-1]])
    return tuple(
        BandChange(weight=weight, below=below, at=here, above=above)
        for weight, here, (below, above) in zip(places, at, sides, strict=True)
        if not below == here == above
    )


def thresholds_before_rounding(root: Dimension, bands: Bands | None) -> list[Fraction]:
    """Return at which totals, before anything is rounded, bands change.

    Whether the total itself belongs to the upper band is not said; scoring it tells.
    """
    found = [] if bands is None else list(bands.thresholds)
    if root.rounding is None:
        return [value for value, _ in found]
    unit = root.rounding.unit
    steps = [least_integer(value / unit, inclusive=inclusive) for value, inclusive in found]
    return [root.rounding.least_reaching(step)[0] for step in steps]
