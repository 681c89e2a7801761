"""Ranks of 650 agencies under 10,000 given draws of 8 weights: mean rank, 5th and 95th percentile.

The draws are whole numbers that add up to a million. Once dimensions add their points up in
hundredths, so that all totals of a draw share a small denominator; once they are means with uneven
weights, whose common denominator has 70 bits. One agency has a twin, so that there is a tie in
every draw. Peers get the points of the dimensions ready made, check nothing, and know no bands; in
the second case they work in doubles, with the ties that these happen to show.

Then what it costs to draw weights here, from several regions, with open answers of the sample.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tracemalloc
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from common import (
    HUNDREDTHS,
    INDICATORS,
    STARTS,
    instrument,
    levels_of,
    milliseconds,
    names_of,
    ratio,
    ratios,
    run_python,
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

AGENCIES, DRAWS = 650, 10_000
WHOLE = 1_000_000
BLOCK = 256
PERCENTILES = (5, 95)
OURS, REFERENCE = "meritindex", "reference: numpy, packed keys, exact ties"

Points = npt.NDArray[np.float64]
Found = tuple[Points, ...]


@lru_cache(maxsize=1)
def draws() -> npt.NDArray[np.int64]:
    """Return weights around uneven ones, int64, shape `[draws, 8]`, each row a million."""
    random = np.random.default_rng(123)
    middle = np.add.reduceat(weights(), STARTS) / HUNDREDTHS
    found = np.floor(random.dirichlet(middle * 80, DRAWS) * WHOLE).astype(np.int64)
    found[:, 0] += WHOLE - found.sum(axis=1)
    return found


@lru_cache(maxsize=1)
def levels() -> npt.NDArray[np.uint8]:
    """Return the answers, the second those of the first."""
    found = levels_of(AGENCIES)
    found[1] = found[0]
    return found


def opened(*, means: bool) -> mi.Instrument:
    """Return the instrument of the benchmarks with the weights of its dimensions open."""
    root = instrument().root
    assert root.rule is not None
    basis = root.rule.basis
    below: mi.WeightedMean | mi.WeightedSum = mi.WeightedSum(basis=basis)
    above: mi.WeightedMean | mi.WeightedSum = mi.WeightedSum(basis=basis, whole=100)
    if means:
        below, above = mi.WeightedMean(basis=basis), mi.WeightedMean(basis=basis, whole=100)
    children = tuple(attrs.evolve(child, weight=None, rule=below) for child in root.children)
    return attrs.evolve(
        instrument(), id="open", root=attrs.evolve(root, children=children, rule=above)
    )


def assessments(*, means: bool) -> mi.AssessmentSet:
    """Return the answers as assessments."""
    of = opened(means=means)
    return mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=name),
            instrument=of,
            levels={f"i{place + 1}": int(row[place]) for place in range(INDICATORS)},
        )
        for name, row in zip(names_of(AGENCIES), levels(), strict=True)
    )


def points(*, means: bool) -> Points:
    """Return the points of the dimensions, shape `[agencies, 8]`: whole numbers, or means."""
    sums = np.add.reduceat(levels().astype(np.int64) * weights(), STARTS, axis=1)
    return sums / np.add.reduceat(weights(), STARTS) if means else sums.astype(np.float64)


def ours(answers: mi.AssessmentSet) -> Found:
    """Simulate, and read off mean ranks and percentiles."""
    found = mi.robustness(answers, draws=draws())
    columns = (found.mean_ranks, *(found.percentile(percent) for percent in PERCENTILES))
    return tuple(column.to_floats() for column in columns)


def of_histogram(counts: npt.NDArray[np.int64]) -> Found:
    """Return mean ranks and percentiles of a histogram, by agency and rank."""
    cumulated = np.cumsum(counts, axis=1)
    found = [counts @ np.arange(1, AGENCIES + 1) / DRAWS]
    for percent in PERCENTILES:
        place = (DRAWS - 1) * percent / 100
        below = int(place)
        low = (cumulated <= below).sum(axis=1) + 1
        high = (cumulated <= below + 1).sum(axis=1) + 1
        found.append(low + (place - below) * (high - low))
    return tuple(found)


def reference(values: Points, scale: float) -> Found:
    """Rank by sorting totals with the agency in their last bits; equal totals share a rank."""
    matrix = np.ascontiguousarray(values.T)
    shares = draws() / 1.0
    counts = np.zeros(AGENCIES * AGENCIES, np.int64)
    agencies = np.arange(AGENCIES)
    places = np.arange(AGENCIES)[np.newaxis]
    for start in range(0, DRAWS, BLOCK):
        totals = shares[start : start + BLOCK] @ matrix
        totals *= -scale
        keys = np.rint(totals).astype(np.int64)
        keys <<= 10
        keys |= agencies
        keys.sort(axis=1)
        order = keys & 1023
        keys >>= 10
        ranks = np.broadcast_to(places, keys.shape).copy()
        ties = keys[:, 1:] == keys[:, :-1]
        if ties.any():
            ranks[:, 1:][ties] = 0
            np.maximum.accumulate(ranks, axis=1, out=ranks)
        order *= AGENCIES
        order += ranks
        counts += np.bincount(order.ravel(), minlength=AGENCIES * AGENCIES)
    return of_histogram(counts.reshape(AGENCIES, AGENCIES))


def by_scipy(values: Points) -> Found:
    """Rank draw by draw."""
    from scipy.stats import rankdata

    ranks = np.empty((DRAWS, AGENCIES))
    for place, row in enumerate(draws()):
        ranks[place] = rankdata(-(values @ row), method="min")
    return ranks.mean(axis=0), *(np.percentile(ranks, percent, axis=0) for percent in PERCENTILES)


def by_pandas(values: Points) -> Found:
    """Rank a frame of all totals."""
    import pandas as pd

    ranks = pd.DataFrame(values @ draws().T).rank(ascending=False, method="min")
    columns = [ranks.quantile(percent / 100, axis=1) for percent in PERCENTILES]
    return tuple(column.to_numpy() for column in (ranks.mean(axis=1), *columns))


def check(found: Found, right: Found, *, exactly: bool) -> None:
    """Check an answer; ranks of doubles may be some way off, where ties are not seen."""
    for one, other in zip(found, right, strict=True):
        assert np.abs(one - other).max() < (1e-6 if exactly else 3)


def given(repetitions: int) -> None:
    """Time given draws, and print a table for each kind of points."""
    slow = {"scipy, draw by draw": ("scipy", by_scipy), "pandas": ("pandas", by_pandas)}
    for means in (False, True):
        answers, values = assessments(means=means), points(means=means)
        # Whole numbers as they are; means so that 53 bits are left of them.
        scale = 2.0**42 / WHOLE if means else 1.0
        right = ours(answers)
        check(reference(values, scale), right, exactly=True)
        here: Callable[[], Found] = partial(ours, answers)
        beside: Callable[[], Found] = partial(reference, values, scale)
        times = timed({OURS: here, REFERENCE: beside}, repetitions)
        against = ratios(times, OURS)
        rows = [(who, times[who], against[who]) for who in times]
        for name, (distribution, run) in slow.items():
            if version(distribution) is None:
                skipped(distribution)
                continue
            check(run(values), right, exactly=not means)
            few = timed({OURS: here, REFERENCE: beside, name: partial(run, values)}, 3)
            rows.append((name, few[name], ratios(few, OURS)[name]))
        kind = "means, over 70 bits" if means else "sums, in hundredths"
        print(f"#### Points of dimensions: {kind}\n")
        shown = [
            (
                who,
                milliseconds(statistics.median(seconds)),
                milliseconds(min(seconds)),
                f"{spread(seconds):.0%}",
                ratio(each),
            )
            for who, seconds, each in rows
        ]
        header = ["", "median, ms", "least, ms", "noise", "/ meritindex"]
        print(table(header, shown), end="\n\n")


def drawn(repetitions: int) -> None:
    """Time simulations of the sample that draw for themselves."""
    sample, opened_weights = mi.sample(), [f"a{number}" for number in range(2, 8)]
    regions: dict[str, object] = {
        "what is published": mi.Admissible(),
        "an order of two": mi.Admissible(order=[("a2", "a3")]),
        "an order of six": mi.Admissible(order=[opened_weights]),
        "around the remainder shared equally": mi.Around(mi.EqualRemainder(), 80),
        "weights settled, answers open": mi.EqualRemainder(),
    }
    actions: dict[str, Callable[[], object]] = {
        name: lambda region=region: mi.robustness(sample, region)
        for name, region in regions.items()
    }
    times = timed(actions, repetitions)
    rows = [
        (name, milliseconds(statistics.median(seconds)), milliseconds(min(seconds)))
        for name, seconds in times.items()
    ]
    print(f"#### Drawn here: the sample of {len(sample)}, answers open in some\n")
    print(table(["", "median, ms", "least, ms"], rows), end="\n\n")


def peak() -> dict[str, float]:
    """Return what a simulation holds at most, and the whole process, in MB."""
    answers = assessments(means=True)
    _ = draws()
    tracemalloc.start()
    ours(answers)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # Of this process alone; `getrusage` may tell of the one that started it.
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc").exists() else []
    whole = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
    return {"simulation": held / 1e6, "process": (whole or [0])[0] / 1e6}


def main() -> None:
    """Time everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=15)
    repetitions = parser.parse_args().repetitions
    print(f"### Ranks of {AGENCIES} agencies under {DRAWS:,} draws of 8 weights\n")
    given(repetitions)
    drawn(max(repetitions // 3, 2))
    held = json.loads(run_python("import json, bench_robustness as b; print(json.dumps(b.peak()))"))
    print(
        f"Peak of memory: {held['simulation']:.0f} MB of a simulation, counted by tracemalloc; "
        f"{held['process']:.0f} MB of the whole process.\n"
    )


if __name__ == "__main__":
    main()
