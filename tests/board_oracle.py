"""What a board says of totals that are known already, worked out the slow and obvious way.

It takes plain numbers and lists, and nothing from the library. Quartiles are those of the standard
library's `statistics`, by its method "inclusive".
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from fractions import Fraction

Number = Fraction | None


def known(totals: Sequence[Number]) -> list[Fraction]:
    """Return the numbers that are known."""
    return [total for total in totals if total is not None]


def mean(totals: Sequence[Number]) -> Number:
    """Return the mean of what is known."""
    numbers = known(totals)
    return statistics.mean(numbers) if numbers else None


def quartiles(totals: Sequence[Number]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the quartiles of what is known."""
    numbers = known(totals)
    if len(numbers) < 2:
        return (numbers[0],) * 3 if numbers else None
    low, middle, high = statistics.quantiles(numbers, n=4, method="inclusive")
    assert middle == statistics.median(numbers)
    return low, middle, high


def ranks(totals: Sequence[Number]) -> list[int | None]:
    """Return 1 and how many are above."""
    return [
        None if total is None else 1 + sum(other > total for other in known(totals))
        for total in totals
    ]


def leaders(totals: Sequence[Number]) -> list[int]:
    """Return who has the highest."""
    highest = max(known(totals), default=None)
    return [place for place, total in enumerate(totals) if total is not None and total == highest]


def share_at_least(bands: Sequence[str | None], names: Sequence[str], least: str) -> Number:
    """Return the share in a band or a higher one, of those that have a band."""
    places = [names.index(band) for band in bands if band is not None]
    if not places:
        return None
    return Fraction(sum(place >= names.index(least) for place in places), len(places))


def lacking(own: Number, other: Number) -> Number:
    """Return what one lacks to the other."""
    return None if own is None or other is None else other - own


def best(points: Sequence[Number]) -> Number:
    """Return the highest that is known."""
    return max(known(points), default=None)


def most_improved(before: Sequence[Number], after: Sequence[Number]) -> list[int]:
    """Return who rose most; nobody where nobody rose."""
    rises = [lacking(then, now) for then, now in zip(before, after, strict=True)]
    most = max((rise for rise in known(rises) if rise > 0), default=None)
    return [place for place, rise in enumerate(rises) if rise is not None and rise == most]


def distance(
    one: Sequence[Fraction], other: Sequence[Fraction], lengths: Sequence[Fraction]
) -> Fraction:
    """Return how far two profiles are apart."""
    found = Fraction(0)
    for mine, theirs, length in zip(one, other, lengths, strict=True):
        if length:
            found += abs(mine - theirs) / length
        else:
            assert mine == theirs
    return found


def nearest(distances: Mapping[int, Fraction], count: int) -> list[int]:
    """Return the nearest, by distance and then by place, with all as far as the last of them."""
    ordered = sorted(distances, key=lambda place: (distances[place], place))
    if len(ordered) <= count:
        return ordered
    farthest = distances[ordered[count - 1]]
    return [place for place in ordered if distances[place] <= farthest]


def reached(own: int | None, theirs: Sequence[int | None]) -> int | None:
    """Return the highest level that most have reached, if it is above one's own."""
    if own is None:
        return None
    levels = {level for level in theirs if level is not None and level > own}
    most = [
        level
        for level in levels
        if 2 * sum(other is not None and other >= level for other in theirs) > len(theirs)
    ]
    return max(most, default=None)
