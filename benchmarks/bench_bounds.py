"""What is certain of 546 agencies: bounds, possible bands, and who is above whom.

The instrument is that in force, the answers are the built-in sample, and the weights are open: by
default six of them, or with intervals, or with an order besides. Peers work in doubles, as one
would write them: linear programs by scipy, and for the default, where the corners of the region are
known, numpy over them. The process is warm; the region is read before.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from itertools import pairwise

from common import milliseconds, ratio, ratios, skipped, spread, table, timed, version

# isort: split

import numpy as np
import numpy.typing as npt

import meritindex as mi

SAMPLE = mi.sample()
OPEN = [f"a{number}" for number in range(2, 8)]
REGIONS = {
    "what is published": mi.Admissible(),
    "intervals": mi.Admissible(dict.fromkeys(OPEN, (5, 25))),
    "intervals and an order": mi.Admissible(
        dict.fromkeys(OPEN, (5, 25)), order=[("a2", "a3", "a4"), ("a2", "a7")]
    ),
}

Points = npt.NDArray[np.float64]


def bounds(region: mi.Admissible) -> mi.BoundsTable:
    """Bound all totals, and read off their bands."""
    found = mi.bounds(SAMPLE, region)
    _ = found.lower, found.upper, found.possible_bands
    return found


def pairs(region: mi.Admissible) -> tuple[tuple[int, int] | None, ...]:
    """Compare all agencies with all, and read off the ranges of ranks."""
    return mi.bounds(SAMPLE, region).rank_ranges


def aspects() -> tuple[Points, Points, Points]:
    """Return the points of the aspects, shape `[n, 8]`, and what a survey adds at both its ends."""
    scored = mi.score(SAMPLE)
    columns = [scored.dimensions[f"a{number}"].to_floats() for number in range(1, 9)]
    survey, correction = SAMPLE.measures["satisfaction"], SAMPLE.measures["correction"]
    low = np.where(survey.known, survey.numerators, 0) / 40_000 - correction.numerators / 10_000
    high = np.where(survey.known, survey.numerators, 10_000) / 40_000
    return np.column_stack(columns), low, high - correction.numerators / 10_000


ASPECTS, LOW, HIGH = aspects()


def corners() -> tuple[Points, Points]:
    """Bound all totals over the six corners of the default region, in doubles."""
    weights = np.zeros((6, 8))
    weights[:, [0, 7]] = 0.1
    weights[np.arange(6), np.arange(1, 7)] = 0.8
    totals = 0.75 * ASPECTS @ weights.T
    return totals.min(axis=1) + LOW, totals.max(axis=1) + HIGH


def corner_pairs() -> npt.NDArray[np.bool_]:
    """Compare all agencies with all over the six corners, in doubles."""
    weights = np.zeros((6, 8))
    weights[:, [0, 7]] = 0.1
    weights[np.arange(6), np.arange(1, 7)] = 0.8
    totals = 0.75 * ASPECTS @ weights.T
    low, high = totals + LOW[:, np.newaxis], totals + HIGH[:, np.newaxis]
    least = np.full((len(low), len(low)), np.inf)
    for column in range(6):
        least = np.minimum(least, low[:, column, np.newaxis] - high[:, column])
    return least > 0


def programs(region: mi.Admissible) -> tuple[Points, Points]:
    """Bound all totals by two linear programs each."""
    from scipy.optimize import linprog

    ends = [(10, 10), *([dict(region.weights).get(code, (0, None)) for code in OPEN]), (10, 10)]
    above = [
        [float(place == int(less[1]) - 1) - float(place == int(more[1]) - 1) for place in range(8)]
        for chain in region.order
        for more, less in pairwise(chain)
    ]
    limits = {
        "A_eq": np.ones((1, 8)),
        "b_eq": [100],
        "bounds": [tuple(None if end is None else float(end) for end in pair) for pair in ends],
        "A_ub": above or None,
        "b_ub": [0] * len(above) if above else None,
    }
    lower = [linprog(0.0075 * row, **limits).fun for row in ASPECTS]
    upper = [-linprog(-0.0075 * row, **limits).fun for row in ASPECTS]
    return np.array(lower) + LOW, np.array(upper) + HIGH


def check(region: mi.Admissible, *, with_scipy: bool, by_corners: bool) -> None:
    """Check that all contenders agree, but for the last digits."""
    found = bounds(region)
    peers = ([programs(region)] if with_scipy else []) + ([corners()] if by_corners else [])
    for lower, upper in peers:
        assert np.allclose(found.lower.to_floats(), lower, atol=1e-9)
        assert np.allclose(found.upper.to_floats(), upper, atol=1e-9)


def main() -> None:
    """Time everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=15)
    repetitions = parser.parse_args().repetitions
    with_scipy = version("scipy") is not None
    if not with_scipy:
        skipped("scipy")
    print(f"### What is certain of {len(SAMPLE)} agencies\n")
    for name, region in REGIONS.items():
        by_corners = region == mi.Admissible()
        check(region, with_scipy=with_scipy, by_corners=by_corners)
        actions: dict[str, Callable[[], object]] = {
            "meritindex: bounds and bands": lambda region=region: bounds(region),
            "meritindex: bounds, all pairs, ranges of ranks": lambda region=region: pairs(region),
        }
        if by_corners:
            actions["numpy over the corners, in doubles: bounds"] = corners
            actions["numpy over the corners, in doubles: all pairs"] = corner_pairs
        times = timed(actions, repetitions)
        if with_scipy:
            few = timed({"scipy": lambda region=region: programs(region)}, 2)["scipy"]
            times["scipy, two linear programs each: bounds"] = (few * repetitions)[:repetitions]
        times_each = ratios(times, "meritindex: bounds and bands")
        rows = [
            (
                who,
                milliseconds(statistics.median(seconds)),
                milliseconds(min(seconds)),
                f"{spread(seconds):.0%}",
                ratio(times_each[who]),
            )
            for who, seconds in times.items()
        ]
        header = ["", "median, ms", "least, ms", "noise", "/ meritindex, bounds"]
        print(f"#### {name.capitalize()}\n")
        print(table(header, rows), end="\n\n")


if __name__ == "__main__":
    main()
