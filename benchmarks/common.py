"""What every benchmark shares: one instrument, one kind of data, one way to check and to time.

The instrument has 37 indicators in 8 dimensions, levels 1 to 4, weights in hundredths that add up
to 100.00, and bands from 175, 250 and 325 of a total of at most 400. It is invented, as are the
answers; only its size is that of a real one.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from importlib import metadata
from pathlib import Path

# One thread for matrix products, whatever the machine: must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import attrs
import numpy as np
import numpy.typing as npt

import meritindex as mi

SIZES = (5, 4, 5, 4, 5, 5, 4, 5)
STARTS = tuple(sum(SIZES[:place]) for place in range(len(SIZES)))
INDICATORS = sum(SIZES)
DIMENSIONS = len(SIZES)
HUNDREDTHS = 10_000
THRESHOLDS = (175, 250, 325)
BAND_NAMES = ("Kurang", "Cukup", "Baik", "Sangat Baik")

Levels = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.integer]


@lru_cache(maxsize=1)
def weights() -> npt.NDArray[np.int64]:
    """Return uneven weights in hundredths that add up to 100.00, shape `[indicators]`."""
    random = np.random.default_rng(20260101)
    shares = random.dirichlet(np.full(INDICATORS, 4.0))
    hundredths = np.floor(shares * HUNDREDTHS * 0.9).astype(np.int64) + 27
    hundredths[0] += HUNDREDTHS - hundredths.sum()
    return hundredths


def levels_of(count: int, seed: int = 7) -> Levels:
    """Return answers of agencies that differ in quality, uint8, shape `[count, indicators]`."""
    random = np.random.default_rng(seed)
    quality = random.beta(2, 2, count)
    return random.binomial(3, quality[:, np.newaxis], (count, INDICATORS)).astype(np.uint8) + 1


def names_of(count: int) -> list[str]:
    """Return a name for each agency."""
    return [f"Instansi {number:07d}" for number in range(count)]


@lru_cache(maxsize=1)
def instrument() -> mi.Instrument:
    """Return the instrument of the benchmarks."""
    assumed = mi.Basis(
        standing="assumed", reason=mi.Text("data buatan untuk tolok ukur", "made up for timing")
    )
    rule = mi.WeightedSum(basis=assumed)
    levels = [mi.Level(value=level, points=Fraction(level)) for level in range(1, 5)]
    scale = mi.LevelScale(levels=levels, basis=assumed)
    dimensions = []
    for number, (start, size) in enumerate(zip(STARTS, SIZES, strict=True), start=1):
        indicators = tuple(
            mi.Indicator(
                code=f"i{place + 1}",
                name=mi.Text.same(f"i{place + 1}"),
                scale=scale,
                basis=assumed,
                weight=mi.Figure(Fraction(int(weights()[place]), 100), assumed),
            )
            for place in range(start, start + size)
        )
        dimensions.append(
            mi.Dimension(
                code=f"d{number}",
                name=mi.Text.same(f"d{number}"),
                basis=assumed,
                children=indicators,
                rule=rule,
                weight=mi.Figure(Fraction(1), assumed),
            )
        )
    lowest, *others = BAND_NAMES
    bands = [mi.Band(name=mi.Text.same(lowest))]
    for name, threshold in zip(others, THRESHOLDS, strict=True):
        limit = mi.Limit(Fraction(threshold), assumed)
        bands.append(mi.Band(name=mi.Text.same(name), lower=limit))
    return mi.Instrument(
        id="benchmark",
        family="benchmarks",
        title=mi.Text.same("benchmark"),
        root=mi.Dimension(
            code="points",
            name=mi.Text.same("points"),
            basis=assumed,
            children=tuple(dimensions),
            rule=rule,
            bands=mi.Bands(items=tuple(bands)),
        ),
        sources=(),
    )


@attrs.frozen
class Result:
    """What a contender found: band numbers from 1, and ranks; None where it has no such thing.

    `dense` says that it counts 1, 2, 2, 3 where the others count 1, 2, 2, 4; it is held to that.
    """

    total: npt.ArrayLike
    bands: npt.ArrayLike | None
    ranks: npt.ArrayLike
    dimensions: Sequence[npt.ArrayLike] | None
    dense: bool = False


@attrs.frozen
class Contender:
    """Somebody who does the work: `run` is timed, `read` only turns its answer into a `Result`."""

    name: str
    run: Callable[[], object]
    read: Callable[[object], Result]


@attrs.frozen
class Exact:
    """The right answer, by the plainest integer arithmetic."""

    dimensions: npt.NDArray[np.int64]
    total: npt.NDArray[np.int64]
    bands: npt.NDArray[np.int64]
    ranks: npt.NDArray[np.int64]
    dense_ranks: npt.NDArray[np.int64]


def exact(levels: Levels) -> Exact:
    """Return the right answer in hundredths; ranks are 1, 2, 2, 4 from the highest."""
    points = levels.astype(np.int64) * weights()
    dimensions = np.add.reduceat(points, STARTS, axis=1)
    total = dimensions.sum(axis=1)
    limits = np.array(THRESHOLDS) * 100
    ordered = np.sort(total)
    ranks = len(total) - np.searchsorted(ordered, total, side="right") + 1
    values, places = np.unique(total, return_inverse=True)
    bands = np.searchsorted(limits, total, side="right") + 1
    return Exact(dimensions, total, bands, ranks, len(values) - places)


def wrong_ranks(result: Result, right: Exact) -> int:
    """Return how many ranks are wrong.

    A contender whose ranks are all right must have the right bands, and the right points as well.

    Raises:
        AssertionError: the points are not even close, or the bands differ although no rank does.
    """
    total = np.asarray(result.total, dtype=np.float64)
    assert np.allclose(total, right.total / 100, rtol=1e-9)
    expected = right.dense_ranks if result.dense else right.ranks
    wrong = int((np.asarray(result.ranks).astype(np.int64) != expected).sum())
    if result.dimensions is not None:
        points = np.column_stack(
            [np.asarray(column, dtype=np.float64) for column in result.dimensions]
        )
        assert np.allclose(points, right.dimensions / 100, rtol=1e-9)
    if result.bands is not None and not wrong:
        assert np.array_equal(np.asarray(result.bands), right.bands)
    return wrong


def timed(
    actions: Mapping[str, Callable[[], object]], repetitions: int, inner: int = 1
) -> dict[str, list[float]]:
    """Return seconds a run, by action, interleaved so that all meet the same noise.

    Every repetition runs each action `inner` times in a row, after one run that isn't counted, and
    the order turns by one each time. Garbage is collected before, not while, a run is timed.
    """
    found: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    items = list(actions.items())
    gc.collect()
    gc.disable()
    try:
        for repetition in range(repetitions):
            turn = repetition % len(items)
            for name, action in items[turn:] + items[:turn]:
                action()
                start = time.perf_counter()
                for _ in range(inner):
                    action()
                found[name].append((time.perf_counter() - start) / inner)
            gc.collect()
    finally:
        gc.enable()
    return found


def ratios(times: Mapping[str, list[float]], base: str) -> dict[str, float]:
    """Return how many times as long as `base` each took: the median of the ratios run by run."""
    return {
        name: statistics.median(
            one / other for one, other in zip(seconds, times[base], strict=True)
        )
        for name, seconds in times.items()
    }


def spread(seconds: Sequence[float]) -> float:
    """Return the distance between the quartiles as a share of the median: the noise."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return (high - low) / middle


def milliseconds(seconds: float) -> str:
    """Write a time with three significant digits."""
    value = seconds * 1e3
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ratio(value: float) -> str:
    """Write a ratio with about three digits."""
    return f"{value:,.0f}x" if value >= 100 else f"{value:.2f}x"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; every column but the first is aligned right."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("|" + "|".join(["---"] + ["---:"] * (len(header) - 1)) + "|")
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)


def version(distribution: str) -> str | None:
    """Return the version of an installed distribution; None where it isn't there."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def skipped(distribution: str) -> None:
    """Say that a peer is missing."""
    print(f"{distribution} is not installed: skipped", file=sys.stderr)


def run_python(code: str, *arguments: str, **environment: str) -> str:
    """Run code in a fresh interpreter, in this directory, and return what it prints.

    Args:
        code: what to run.
        arguments: what it finds in `sys.argv[1:]`.
        environment: variables besides those of this process.
    """
    inherited = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    done = subprocess.run(  # noqa: S603 - this interpreter, and code of these benchmarks
        [sys.executable, "-c", code, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
        env=inherited | environment,
    )
    return done.stdout
