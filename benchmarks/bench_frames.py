"""Scoring in engines, beside the same work written by hand, and reading and scoring a frame.

Rows lie in a Parquet file and results go to another, so that no engine collects them; each run is
a process of its own, of which time and peak memory are taken. What all of them wrote is compared by
a hash over all rows: numerators of the total and of every dimension, band, and rank. Hand-written
are the same expressions in SQL and polars, without any check of the answers, ranks from the
histogram of totals as well.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from common import (
    BAND_NAMES,
    INDICATORS,
    SIZES,
    STARTS,
    THRESHOLDS,
    instrument,
    levels_of,
    ratio,
    run_python,
    skipped,
    table,
    version,
    weights,
)

# isort: split

import datetime as dt

import numpy as np

import meritindex as mi

CODES = [f"i{place + 1}" for place in range(INDICATORS)]
DIMENSIONS = [f"d{number + 1}" for number in range(len(SIZES))]
CHUNK = 1_000_000
BY_HAND, CHECKED, MARKED = "by hand", "score_frame", "score_frame, faults marked"


def write_levels(path: Path, count: int) -> None:
    """Write rows of levels to a Parquet file, a million at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("row", pa.int64()), *((code, pa.int8()) for code in CODES)])
    with parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            levels = levels_of(size, seed=start).astype(np.int8)
            columns = [np.arange(start, start + size), *np.asfortranarray(levels).T]
            writer.write_table(pa.table(columns, schema=schema))


# What each contender does, given where the rows lie and where the results go.


def terms(dimension: int) -> list[tuple[str, int]]:
    """Return the indicators of a dimension, and their weights in hundredths."""
    places = range(STARTS[dimension], STARTS[dimension] + SIZES[dimension])
    return [(CODES[place], int(weights()[place])) for place in places]


def duckdb_by_hand(source: str, target: str) -> None:
    import duckdb

    sums = ", ".join(
        " + ".join(f"{code}::BIGINT * {weight}" for code, weight in terms(place))
        + f" AS {name}_numerator"
        for place, name in enumerate(DIMENSIONS)
    )
    total = " + ".join(f"{name}_numerator" for name in DIMENSIONS)
    cases = " ".join(
        f"WHEN total_numerator >= {limit * 100} THEN '{name}'"
        for limit, name in zip(reversed(THRESHOLDS), reversed(BAND_NAMES), strict=False)
    )
    duckdb.sql(
        f"""COPY (
          WITH dimensions AS (SELECT "row", {sums} FROM read_parquet('{source}')),
          scored AS (SELECT *, {total} AS total_numerator FROM dimensions),
          counted AS (
            SELECT total_numerator, count(*) AS many FROM scored GROUP BY total_numerator
          ),
          ranked AS (
            SELECT total_numerator,
              (sum(many) OVER (ORDER BY total_numerator DESC) - many + 1)::BIGINT AS "rank"
            FROM counted
          )
          SELECT *, CASE {cases} ELSE '{BAND_NAMES[0]}' END AS band
          FROM scored JOIN ranked USING (total_numerator)
        ) TO '{target}' (FORMAT parquet)"""  # noqa: S608 - our own names
    )


def duckdb_scored(source: str, target: str, *, mark_faulty: bool = False) -> None:
    import duckdb

    plan = mi.plan(instrument())
    rows = duckdb.connect().read_parquet(source)
    plan.score_frame(rows, keep=["row"], mark_faulty=mark_faulty).write_parquet(target)


def polars_by_hand(source: str, target: str) -> None:
    import polars as pl

    sums = [
        pl.sum_horizontal(
            pl.col(code).cast(pl.Int64) * weight for code, weight in terms(place)
        ).alias(f"{name}_numerator")
        for place, name in enumerate(DIMENSIONS)
    ]
    total = pl.col("total_numerator")
    low, middle, high = (limit * 100 for limit in THRESHOLDS)
    names = BAND_NAMES
    band = (
        pl.when(total >= high)
        .then(pl.lit(names[3]))
        .when(total >= middle)
        .then(pl.lit(names[2]))
        .when(total >= low)
        .then(pl.lit(names[1]))
        .otherwise(pl.lit(names[0]))
    )
    scored = pl.scan_parquet(source).select("row", *sums)
    scored = scored.with_columns(
        pl.sum_horizontal(f"{name}_numerator" for name in DIMENSIONS).alias("total_numerator")
    ).with_columns(band.alias("band"))
    counted = scored.group_by("total_numerator").agg(pl.len().cast(pl.Int64).alias("many"))
    counted = counted.sort("total_numerator", descending=True)
    ranks = counted.select(
        "total_numerator", (pl.col("many").cum_sum() - pl.col("many") + 1).alias("rank")
    )
    scored.join(ranks, on="total_numerator", how="left").sink_parquet(target)


def polars_scored(source: str, target: str, *, mark_faulty: bool = False) -> None:
    import polars as pl

    plan = mi.plan(instrument())
    rows = pl.scan_parquet(source)
    plan.score_frame(rows, keep=["row"], mark_faulty=mark_faulty).sink_parquet(target)


def duckdb_marked(source: str, target: str) -> None:
    duckdb_scored(source, target, mark_faulty=True)


def polars_marked(source: str, target: str) -> None:
    polars_scored(source, target, mark_faulty=True)


ENGINES: Mapping[str, Mapping[str, Callable[[str, str], None]]] = {
    "duckdb": {BY_HAND: duckdb_by_hand, CHECKED: duckdb_scored, MARKED: duckdb_marked},
    "polars": {BY_HAND: polars_by_hand, CHECKED: polars_scored, MARKED: polars_marked},
}


def measure(engine: str, contender: str, source: str, target: str) -> None:
    """Run a contender once, in this process, and print its seconds and the peak of its memory."""
    import resource

    action = ENGINES[engine][contender]
    start = time.perf_counter()
    action(source, target)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print()
    print(json.dumps({"seconds": seconds, "peak": peak}))


def hash_of(path: Path) -> tuple[int, int]:
    """Return how many rows a file of results has, and a hash over all of them in any order."""
    import duckdb

    names = ['"row"', "total_numerator", '"rank"', *(f"{name}_numerator" for name in DIMENSIONS)]
    numbers = ", ".join(f"{name}::BIGINT" for name in names)
    (found,) = duckdb.sql(
        f"SELECT count(*), bit_xor(hash({numbers}, band::VARCHAR)) "  # noqa: S608 - our own names
        f"FROM read_parquet('{path}')"
    ).fetchall()
    return found


def last_line(printed: str) -> dict[str, float]:
    """Return what a run printed, behind the progress bar of DuckDB."""
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def engines(count: int, repetitions: int) -> None:
    """Print a table of what every contender needs for so many rows."""
    code = (
        "import sys, bench_frames;"
        "bench_frames.measure(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4])"
    )
    rows = []
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "levels.parquet")
        write_levels(source, count)
        hashes = set()
        for engine, contenders in ENGINES.items():
            if version(engine) is None:
                skipped(engine)
                continue
            runs: dict[str, list[dict[str, float]]] = {item: [] for item in contenders}
            for _ in range(repetitions):
                for contender, found in runs.items():
                    target = Path(name, "results.parquet")
                    found.append(
                        last_line(run_python(code, engine, contender, str(source), str(target)))
                    )
                    hashes.add(hash_of(target))
            for contender, found in runs.items():
                seconds = [run["seconds"] for run in found]
                times = [
                    run["seconds"] / base["seconds"]
                    for run, base in zip(found, runs[BY_HAND], strict=True)
                ]
                rows.append(
                    (
                        f"{engine}, {contender}",
                        f"{min(seconds):.1f}",
                        ratio(statistics.median(times)),
                        f"{min(times):.2f} to {max(times):.2f}",
                        f"{max(run['peak'] for run in found):,.0f}",
                    )
                )
        assert len(hashes) == 1, "the contenders do not agree"
    print(f"### Engines, {count:,} rows of {INDICATORS} indicators, Parquet to Parquet\n")
    header = ["", "best, s", "times by hand", "its spread", "peak, MB"]
    print(table(header, rows), end="\n\n")


def in_memory(count: int) -> None:
    """Print what reading a frame in memory takes, and scoring it in both ways."""
    if version("polars") is None:
        skipped("polars")
        return
    import polars as pl

    sample = mi.sample()
    rules = sample.instrument
    times = -(-count // len(sample))
    columns: dict[str, object] = {
        "agency": [facts.agency.name for facts in sample.facts] * times,
        "year": np.repeat(
            np.array([dt.date(2000, 1, 1) + dt.timedelta(days=day) for day in range(times)]),
            len(sample),
        ),
    }
    for place, gate in enumerate(rules.gates):
        columns[gate.code] = [gate.values[item] for item in sample.gate_answers[:, place]] * times
    for place, indicator in enumerate(rules.indicators):
        levels = [None if level > 4 else int(level) for level in sample.levels[:, place]]
        columns[indicator.code] = pl.Series(levels * times, dtype=pl.Int8)
    for measure_ in rules.measures:
        column = sample.measures[measure_.code]
        numbers = column.numerators / 10**measure_.decimals
        columns[measure_.code] = pl.Series(np.tile(np.where(column.known, numbers, np.nan), times))
    frame = pl.DataFrame(columns)[:count]
    start = time.perf_counter()
    read = mi.read_frame(frame)
    middle = time.perf_counter()
    scores = mi.score(read).scores
    _ = scores.bands, scores.ranks
    scored = time.perf_counter()
    found = mi.plan(rules).score_frame(frame, keep=["agency"])
    end = time.perf_counter()
    known = scores.total.known
    assert found["rank"].fill_null(0).to_list() == scores.ranks.tolist()
    assert int(found["total"].is_null().sum()) == int((~known).sum())
    rows = [
        ("read_frame", f"{middle - start:.1f}"),
        ("score, with bands and ranks", f"{scored - middle:.2f}"),
        ("score_frame of the same frame, with its checks", f"{end - scored:.2f}"),
    ]
    print(f"### A frame of polars in memory, {count:,} assessments of ism-2026\n")
    print(table(["", "seconds"], rows), end="\n\n")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_400_000, 10_000_000])
    parser.add_argument("--read", type=int, default=1_000_000)
    parser.add_argument("--repetitions", type=int, default=3)
    arguments = parser.parse_args()
    in_memory(arguments.read)
    for count in arguments.rows:
        engines(count, arguments.repetitions)


if __name__ == "__main__":
    main()
