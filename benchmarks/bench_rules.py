"""Every rule at the top of an index, beside the same rule in scipy or numpy.

The dimensions below are weighted means, the levels 1 to 4 of 37 indicators, the weights equal. The
peers work in binary floating point, as one would write them; how many of their ranks differ from
those of exact arithmetic is shown, and for rules that are not rational, from those of 50 digits.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import partial

from common import (
    STARTS,
    instrument,
    levels_of,
    milliseconds,
    ratio,
    ratios,
    skipped,
    spread,
    table,
    timed,
    version,
    weights,
)

# isort: split

import attrs
import numpy as np
import numpy.typing as npt

import meritindex as mi

ASSUMED = mi.Basis(standing="assumed", reason=mi.Text("data buatan", "made up for timing"))
RULES: dict[str, mi.WeightedMean | mi.PowerMean | mi.Minimum] = {
    "weighted mean": mi.WeightedMean(basis=ASSUMED),
    "minimum": mi.Minimum(basis=ASSUMED),
    "median": mi.Median(basis=ASSUMED),
    "harmonic mean": mi.HarmonicMean(basis=ASSUMED),
    "geometric mean": mi.GeometricMean(basis=ASSUMED),
    "power mean, exponent 2": mi.PowerMean(basis=ASSUMED, exponent=2),
}


def index(rule: object) -> mi.Instrument:
    """Return the instrument of the benchmarks with means for dimensions and this rule on top."""
    plain = instrument()
    mean = mi.WeightedMean(basis=ASSUMED)
    one = mi.Figure(1, ASSUMED) if rule.weighted else None
    below = [attrs.evolve(child, rule=mean, weight=one) for child in plain.root.children]
    root = attrs.evolve(plain.root, children=below, rule=rule, bands=None)
    return attrs.evolve(plain, root=root)


def peer(name: str) -> Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]:
    """Return the rule of scipy or numpy, from dimensions to totals."""
    from scipy import stats

    return {
        "weighted mean": lambda points: points.mean(axis=1),
        "minimum": lambda points: points.min(axis=1),
        "median": lambda points: np.median(points, axis=1),
        "harmonic mean": lambda points: stats.hmean(points, axis=1),
        "geometric mean": lambda points: stats.gmean(points, axis=1),
        "power mean, exponent 2": lambda points: stats.pmean(points, 2, axis=1),
    }[name]


def in_floats(name: str, levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return ranks as one would write them with numpy and scipy."""
    from scipy import stats

    shares = weights() / 100
    points = np.add.reduceat(levels * shares, STARTS, axis=1) / np.add.reduceat(shares, STARTS)
    return stats.rankdata(-peer(name)(points), method="min").astype(np.int64)


def right_ranks(name: str, levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return the ranks by Fractions, or by decimals of 50 digits where a rule is not rational."""
    shares = [int(share) for share in weights()]
    ends = [*STARTS[1:], len(shares)]
    totals = []
    with localcontext() as context:
        context.prec = 50
        for row in levels.tolist():
            points = [
                Fraction(
                    sum(map(int.__mul__, shares[start:end], row[start:end])),
                    sum(shares[start:end]),
                )
                for start, end in zip(STARTS, ends, strict=True)
            ]
            totals.append(right_total(name, points))
    order = sorted(totals, reverse=True)
    first = {total: place + 1 for place, total in reversed(list(enumerate(order)))}
    return np.array([first[total] for total in totals])


def right_total(name: str, points: list[Fraction]) -> Fraction | Decimal:
    """Return the total of a row; of what is not rational, something in the same order."""
    count, ordered = len(points), sorted(points)
    if name == "minimum":
        return ordered[0]
    if name == "median":
        return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    if name == "harmonic mean":
        return count / sum(1 / value for value in points)
    if name == "geometric mean":  # the product is in the same order
        product = Fraction(1)
        for value in points:
            product *= value
        return product
    if name == "power mean, exponent 2":
        return sum(value * value for value in points)
    return sum(points) / count


def _ranks(compiled: mi.ScoringPlan, levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    return compiled.score_levels(levels).ranks


def main() -> None:
    """Measure and print a table for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[650, 65_000])
    parser.add_argument("--repetitions", type=int, default=9)
    options = parser.parse_args()
    if version("scipy") is None:
        skipped("scipy")
        return
    for count in options.rows:
        levels = levels_of(count)
        rows = []
        for name, rule in RULES.items():
            compiled = mi.plan(index(rule))

            ours = partial(_ranks, compiled, levels)
            theirs = partial(in_floats, name, levels)
            right = right_ranks(name, levels)
            times = timed({"meritindex": ours, "scipy": theirs}, options.repetitions)
            factor = ratios(times, "meritindex")["scipy"]
            exact = compiled.score_levels(levels[:1]).total.exact
            rows.append(
                (
                    name,
                    "exact" if exact else "doubles",
                    milliseconds(statistics.median(times["meritindex"])),
                    f"{spread(times['meritindex']):.0%}",
                    milliseconds(statistics.median(times["scipy"])),
                    ratio(factor),
                    int((ours() != right).sum()),
                    int((theirs() != right).sum()),
                )
            )
        print(f"### {count:,} agencies, each rule at the top\n")
        header = [
            "",
            "meritindex computes",
            "median, ms",
            "noise",
            "scipy, ms",
            "scipy / meritindex",
        ]
        print(table([*header, "wrong ranks", "wrong ranks of scipy"], rows), end="\n\n")


if __name__ == "__main__":
    main()
