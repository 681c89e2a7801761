"""Scoring arrays of levels: points, bands and ranks, against the best forms known and the peers.

With `--only` it measures the contenders whose name contains one of the words, with `--rows` other
sizes. `POLARS_MAX_THREADS` is polars' own setting; `run_all.py` measures it as it comes and with 1.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator

from common import (  # first: it sets the number of threads before numpy is loaded
    BAND_NAMES,
    DIMENSIONS,
    INDICATORS,
    SIZES,
    STARTS,
    THRESHOLDS,
    Contender,
    Levels,
    Result,
    exact,
    instrument,
    levels_of,
    milliseconds,
    names_of,
    ratio,
    ratios,
    skipped,
    spread,
    table,
    timed,
    version,
    weights,
    wrong_ranks,
)

# isort: split

import attrs
import numpy as np
import numpy.typing as npt

import meritindex as mi

ROWS = (650, 65_000, 1_000_000)
CODES = tuple(f"i{place + 1}" for place in range(INDICATORS))
DIMENSION_CODES = tuple(f"d{number + 1}" for number in range(DIMENSIONS))
LIMITS = tuple(100 * threshold for threshold in THRESHOLDS)

OURS_ROWS, OURS_COLUMNS = "meritindex, rows stored", "meritindex, columns stored"
REFERENCE_ROWS, REFERENCE_COLUMNS = "reference, rows stored", "reference, columns stored"
CRITERIA = "scikit-criteria WSM, from the array (total, rank)"
CRITERIA_MADE = "scikit-criteria WSM, matrix made before (total, rank)"
OURS_NAMES = "meritindex, names: score(set)"
OURS_PAIRED = "meritindex, names: score_levels"

Arrays = tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16], npt.NDArray[np.uint8], Levels]


def contenders(levels: Levels, only: tuple[str, ...]) -> Iterator[Contender]:
    """Yield everyone who can do the work and was asked for."""
    makers: dict[str, Callable[[], Contender | None]] = {
        REFERENCE_ROWS: lambda: _reference(REFERENCE_ROWS, levels),
        REFERENCE_COLUMNS: lambda: _reference(REFERENCE_COLUMNS, levels),
        OURS_ROWS: lambda: _ours(OURS_ROWS, levels),
        OURS_COLUMNS: lambda: _ours(OURS_COLUMNS, np.asfortranarray(levels)),
        "polars, int32 expressions": lambda: _polars("polars, int32 expressions", levels),
        "duckdb, integer SQL": lambda: _duckdb("duckdb, integer SQL", levels),
        "numpy float64, scipy rank": lambda: _scipy("numpy float64, scipy rank", levels),
        "pandas dot": lambda: _pandas("pandas dot", levels),
        CRITERIA: lambda: _criteria(CRITERIA, levels, matrix_made=False),
        CRITERIA_MADE: lambda: _criteria(CRITERIA_MADE, levels, matrix_made=True),
    }
    for name, make in makers.items():
        if not only or any(word in name for word in only):
            contender = make()
            if contender is not None:
                yield contender


def named_contenders(levels: Levels, only: tuple[str, ...]) -> Iterator[Contender]:
    """Yield who gives a table of names, points, names of bands and ranks."""
    if not only or any("meritindex" in word for word in only):
        yield _ours_named(levels)
        yield _ours_paired(levels)
    if not only or any("polars" in word for word in only):
        contender = _polars_named(levels)
        if contender is not None:
            yield contender


def _ours(name: str, levels: Levels) -> Contender:
    plan = mi.plan(instrument())

    def run() -> mi.Scores:
        scores = plan.score_levels(levels)
        _ = scores.bands, scores.ranks
        return scores

    return Contender(name, run, _read_scores)


def _read_scores(scores: mi.Scores) -> Result:
    return Result(
        total=scores.total.to_floats(),
        bands=scores.bands,
        ranks=scores.ranks,
        dimensions=[column.to_floats() for column in scores.dimensions.values()],
    )


def _ours_named(levels: Levels) -> Contender:
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=name),
            instrument=instrument(),
            levels=dict(zip(CODES, map(int, row), strict=True)),
            year=2026,
            synthetic=True,
        )
        for name, row in zip(names_of(len(levels)), levels, strict=True)
    )

    def run() -> mi.ScoreTable:
        scored = mi.score(assessments)
        _ = scored.agencies, scored.bands, scored.ranks
        return scored

    def read(scored: mi.ScoreTable) -> Result:
        assert [agency.name for agency in scored.agencies] == names_of(len(levels))
        assert [BAND_NAMES[number - 1] for number in scored.scores.bands] == list(scored.bands)
        assert list(scored.ranks) == scored.scores.ranks.tolist()
        return _read_scores(scored.scores)

    return Contender(OURS_NAMES, run, read)


def _ours_paired(levels: Levels) -> Contender:
    plan, names = mi.plan(instrument()), names_of(len(levels))
    bands_by_number = (None, *BAND_NAMES)

    def run() -> tuple[mi.Scores, list[tuple[str, int, str | None]]]:
        scores = plan.score_levels(levels)
        bands = [bands_by_number[number] for number in scores.bands.tolist()]
        return scores, list(zip(names, scores.ranks.tolist(), bands, strict=True))

    return Contender(OURS_PAIRED, run, lambda found: _read_scores(found[0]))


def _reference(name: str, levels: Levels) -> Contender:
    if name == REFERENCE_COLUMNS:
        columns = np.ascontiguousarray(levels.T)
        return Contender(name, lambda: reference_columns(columns), _read_reference)
    return Contender(name, lambda: reference_rows(levels), _read_reference)


def _read_reference(found: Arrays) -> Result:
    dimensions, total, bands, ranks = found
    return Result(total / 100, bands, ranks, [column / 100 for column in dimensions])


@attrs.frozen
class _Matrices:
    """The weights as the reference forms want them."""

    by_dimension: tuple[npt.NDArray[np.uint16], ...]
    spread_out: npt.NDArray[np.float32]
    with_total: npt.NDArray[np.float32]


def _matrices() -> _Matrices:
    hundredths = weights()
    spread_out = np.zeros((INDICATORS, DIMENSIONS), dtype=np.float32)
    for number, (start, size) in enumerate(zip(STARTS, SIZES, strict=True)):
        spread_out[start : start + size, number] = hundredths[start : start + size]
    return _Matrices(
        tuple(
            hundredths[start : start + size].astype(np.uint16)
            for start, size in zip(STARTS, SIZES, strict=True)
        ),
        spread_out,
        np.column_stack([spread_out, hundredths]).astype(np.float32),
    )


MATRICES = _matrices()


def reference_columns(columns: Levels, block_size: int = 65_536) -> Arrays:
    """Score levels stored by columns, `[indicators, n]`: 16-bit multiply-adds, block by block.

    This is the fastest form in numpy that we know for this one instrument. It checks nothing, knows
    no marks, and has every size, weight and limit built in.
    """
    count = columns.shape[1]
    dimensions = np.empty((DIMENSIONS, count), dtype=np.uint16)
    total = np.empty(count, dtype=np.uint16)
    wide = np.empty((INDICATORS, min(block_size, count)), dtype=np.uint16)
    for first in range(0, count, block_size):
        last = min(first + block_size, count)
        block = wide[:, : last - first]
        np.copyto(block, columns[:, first:last])
        points = dimensions[:, first:last]
        for number, (start, size) in enumerate(zip(STARTS, SIZES, strict=True)):
            own = MATRICES.by_dimension[number]
            np.einsum("k,kn->n", own, block[start : start + size], out=points[number])
        np.add.reduce(points, axis=0, dtype=np.uint16, out=total[first:last])
    return dimensions, total, *_bands_and_ranks(total)


def reference_rows(levels: Levels, block_size: int = 4096) -> Arrays:
    """Score levels stored by rows, `[n, indicators]`: products of float32 matrices of integers.

    Small integers are exact in float32, and these products run on BLAS. A total is the sum of
    eight 16-bit numbers, taken four at a time as one 64-bit number. As above, nothing is checked.
    """
    count = len(levels)
    if count < block_size:
        found = levels.astype(np.float32) @ MATRICES.with_total
        dimensions = found[:, :DIMENSIONS].astype(np.uint16)
        total = found[:, DIMENSIONS].astype(np.uint16)
        return dimensions.T, total, *_bands_and_ranks(total)
    dimensions = np.empty((count, DIMENSIONS), dtype=np.uint16)
    total = np.empty(count, dtype=np.uint16)
    fours = dimensions.view(np.uint64)
    wide = np.empty((block_size, INDICATORS), dtype=np.float32)
    product = np.empty((block_size, DIMENSIONS), dtype=np.float32)
    for first in range(0, count, block_size):
        last = min(first + block_size, count)
        size = last - first
        np.copyto(wide[:size], levels[first:last])
        np.matmul(wide[:size], MATRICES.spread_out, out=product[:size])
        dimensions[first:last] = product[:size]
        lanes = fours[first:last, 0] + fours[first:last, 1]
        # The multiplication brings the sum of the four lanes into the highest one.
        lanes *= np.uint64(0x0001_0001_0001_0001)
        lanes >>= np.uint64(48)
        total[first:last] = lanes
    return dimensions.T, total, *_bands_and_ranks(total)


def _bands_and_ranks(
    total: npt.NDArray[np.uint16],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    bands = np.ones(len(total), dtype=np.uint8)
    for limit in LIMITS:
        bands += np.greater_equal(total, limit).view(np.uint8)
    count = len(total)
    if count < 4000:
        ordered = np.sort(total)
        above = count - np.searchsorted(ordered, total, side="right")
        return bands, (above + 1).astype(np.int32)
    places = total.astype(np.intp)
    places -= int(total.min())
    frequencies = np.bincount(places)
    rank_of = frequencies[::-1].cumsum()[::-1] - frequencies + 1
    return bands, rank_of.astype(np.int32).take(places, mode="clip")


def _polars(name: str, levels: Levels) -> Contender | None:
    if version("polars") is None:
        skipped("polars")
        return None
    import polars as pl

    frame = pl.DataFrame({code: levels[:, place] for place, code in enumerate(CODES)})
    name = f"{name} ({_threads()})"
    return Contender(name, lambda: _polars_points(frame), _read_polars)


def _threads() -> str:
    import polars as pl

    count = pl.thread_pool_size()
    return f"{count} thread{'s' if count > 1 else ''}"


def _polars_points(frame):  # noqa: ANN001, ANN202 - polars may be missing
    """Return points, band and rank; of the forms tried, the fastest (see README.md)."""
    import polars as pl

    dimensions = []
    for code, start, size in zip(DIMENSION_CODES, STARTS, SIZES, strict=True):
        places = range(start, start + size)
        terms = [pl.col(CODES[place]).cast(pl.Int32) * int(weights()[place]) for place in places]
        points = terms[0]
        for term in terms[1:]:
            points = points + term
        dimensions.append(points.alias(code))
    total = pl.col("total")
    band = pl.lit(1, dtype=pl.UInt8)
    for limit in LIMITS:
        band = band + (total >= limit).cast(pl.UInt8)
    kept = [pl.col("agency")] if "agency" in frame.columns else []
    return (
        frame.select(*kept, *dimensions)
        .with_columns(pl.sum_horizontal(DIMENSION_CODES).alias("total"))
        .with_columns(band.alias("band"), total.rank("min", descending=True).alias("rank"))
    )


def _read_polars(frame) -> Result:  # noqa: ANN001 - polars may be missing
    return Result(
        frame["total"].to_numpy() / 100,
        frame["band"].to_numpy(),
        frame["rank"].to_numpy(),
        [frame[code].to_numpy() / 100 for code in DIMENSION_CODES],
    )


def _polars_named(levels: Levels) -> Contender | None:
    if version("polars") is None:
        skipped("polars")
        return None
    import polars as pl

    columns = {code: levels[:, place] for place, code in enumerate(CODES)}
    frame = pl.DataFrame({"agency": names_of(len(levels)), **columns})
    numbers = list(range(1, len(BAND_NAMES) + 1))

    def run():  # noqa: ANN202 - polars may be missing
        name = pl.col("band").replace_strict(numbers, list(BAND_NAMES), return_dtype=pl.String)
        return _polars_points(frame).with_columns(name.alias("band_name"))

    return Contender(f"polars, names, int32 ({_threads()})", run, _read_polars)


def _duckdb(name: str, levels: Levels) -> Contender | None:
    if version("duckdb") is None or version("pandas") is None:
        skipped("duckdb" if version("duckdb") is None else "pandas")
        return None
    import duckdb
    import pandas as pd

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    frame = pd.DataFrame(levels, columns=list(CODES)).assign(place=np.arange(len(levels)))
    connection.register("frame", frame)
    connection.execute("CREATE TABLE answers AS SELECT * FROM frame")
    sums = []
    for code, start, size in zip(DIMENSION_CODES, STARTS, SIZES, strict=True):
        terms = [
            f"{CODES[place]}::INT * {weights()[place]}" for place in range(start, start + size)
        ]
        sums.append(f"{' + '.join(terms)} AS {code}")
    band = " + ".join(["1", *(f"(total >= {limit})::INT" for limit in LIMITS)])
    query = (
        f"SELECT *, {band} AS band, rank() OVER (ORDER BY total DESC) AS rank FROM ("  # noqa: S608
        f"SELECT *, {' + '.join(DIMENSION_CODES)} AS total FROM ("
        f"SELECT place, {', '.join(sums)} FROM answers))"
    )

    def read(found: dict[str, npt.NDArray[np.integer]]) -> Result:
        order = np.argsort(found["place"])
        return Result(
            found["total"][order] / 100,
            found["band"][order],
            found["rank"][order],
            [found[code][order] / 100 for code in DIMENSION_CODES],
        )

    return Contender(f"{name} (1 thread)", lambda: connection.execute(query).fetchnumpy(), read)


def _scipy(name: str, levels: Levels) -> Contender | None:
    if version("scipy") is None:
        skipped("scipy")
        return None
    from scipy.stats import rankdata

    factors = weights() / 100

    def run() -> Result:
        dimensions = np.add.reduceat(levels * factors, STARTS, axis=1)
        total = dimensions.sum(axis=1)
        bands = np.searchsorted(THRESHOLDS, total, side="right") + 1
        return Result(total, bands, rankdata(-total, method="min"), list(dimensions.T))

    return Contender(name, run, lambda found: found)


def _pandas(name: str, levels: Levels) -> Contender | None:
    if version("pandas") is None:
        skipped("pandas")
        return None
    import pandas as pd

    frame = pd.DataFrame(levels, columns=list(CODES))
    factors = pd.DataFrame(
        MATRICES.spread_out.astype(np.float64) / 100,
        index=list(CODES),
        columns=list(DIMENSION_CODES),
    )
    edges = [-np.inf, *THRESHOLDS, np.inf]

    def run() -> pd.DataFrame:
        found = frame.dot(factors)
        total = found.sum(axis=1)
        return found.assign(
            total=total,
            band=pd.cut(total, edges, right=False, labels=False) + 1,
            rank=total.rank(ascending=False, method="min"),
        )

    def read(found: pd.DataFrame) -> Result:
        dimensions = [found[code].to_numpy() for code in DIMENSION_CODES]
        return Result(
            found["total"].to_numpy(), found["band"].to_numpy(), found["rank"], dimensions
        )

    return Contender(name, run, read)


def _criteria(name: str, levels: Levels, *, matrix_made: bool) -> Contender | None:
    """Return the weighted sum of scikit-criteria, from the array or from its decision matrix."""
    if version("scikit-criteria") is None:
        skipped("scikit-criteria")
        return None
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    values, model = levels.astype(np.float64), WeightedSumModel()

    def matrix():  # noqa: ANN202 - the library may be missing
        return skcriteria.mkdm(values, objectives=[max] * INDICATORS, weights=weights() / 100)

    def read(found) -> Result:  # noqa: ANN001 - the library may be missing
        return Result(found.e_.score, None, found.rank_, None, dense=True)

    if matrix_made:
        made = matrix()
        return Contender(name, lambda: model.evaluate(made), read)
    return Contender(name, lambda: model.evaluate(matrix()), read)


def measure(
    found: list[Contender], levels: Levels, repetitions: int
) -> tuple[dict[str, int], dict[str, list[float]]]:
    """Check every contender, then time them all, interleaved.

    Returns:
        The number of wrong ranks, and the seconds of every run, by name.
    """
    right = exact(levels)
    wrong = {}
    for contender in found:
        wrong[contender.name] = wrong_ranks(contender.read(contender.run()), right)
    inner = max(1, min(100, 65_000 // len(levels)))
    return wrong, timed({item.name: item.run for item in found}, repetitions, inner)


def report(
    title: str, levels: Levels, found: list[Contender], repetitions: int, bases: tuple[str, ...]
) -> None:
    """Measure and print a table; `bases` are what everything is divided by."""
    if not found:
        return
    wrong, times = measure(found, levels, repetitions)
    columns = [base for base in bases if base in times]
    by_base = {base: ratios(times, base) for base in columns}
    rows = [
        (
            name,
            milliseconds(statistics.median(seconds)),
            milliseconds(min(seconds)),
            f"{spread(seconds):.0%}",
            *(ratio(by_base[base][name]) for base in columns),
            f"{wrong[name]:,}",
        )
        for name, seconds in times.items()
    ]
    header = ["", "median, ms", "least, ms", "noise", *(f"/ {base}" for base in columns)]
    print(f"### {title}\n")
    print(table([*header, "wrong ranks"], rows), end="\n\n", flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    parser.add_argument("--only", nargs="*", default=(), help="words in the names of contenders")
    parser.add_argument("--repetitions", type=int, default=15)
    given = parser.parse_args()
    only = tuple(given.only)
    for count in given.rows:
        levels = levels_of(count)
        bases = (REFERENCE_ROWS, REFERENCE_COLUMNS, OURS_ROWS)
        title = f"{count:,} agencies: dimensions, total, band, rank"
        report(title, levels, list(contenders(levels, only)), given.repetitions, bases)
        if count < 10_000:
            title = f"{count:,} agencies by name: the same with names of agencies and bands"
            found = list(named_contenders(levels, only))
            report(title, levels, found, given.repetitions, (OURS_NAMES, OURS_PAIRED))


if __name__ == "__main__":
    main()
