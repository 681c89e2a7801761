"""The peak of memory while a million rows are scored, over the size of what goes in and comes out.

Each storage is measured in a fresh interpreter by tracemalloc, which counts every array of numpy to
the byte, so there is no noise. The peak covers the input, the output, and everything between.
"""

from __future__ import annotations

import argparse
import gc
import json
import tracemalloc

from common import instrument, levels_of, ratio, run_python, table

# isort: split

import numpy as np

import meritindex as mi

STORAGES = ("rows", "columns")


def measure(storage: str, count: int) -> dict[str, int]:
    """Score `count` rows once, in this process, and return sizes in bytes."""
    plan = mi.plan(instrument())
    small = levels_of(1000)
    small_scores = plan.score_levels(np.asfortranarray(small) if storage == "columns" else small)
    _ = small_scores.bands, small_scores.ranks  # what is compiled and kept is no part of a run
    levels = levels_of(count)
    if storage == "columns":
        levels = np.asfortranarray(levels)
    gc.collect()
    tracemalloc.start()
    scores = plan.score_levels(levels)
    bands, ranks = scores.bands, scores.ranks
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    columns = scores.columns.values()
    # Columns may share a mask; each array counts once.
    arrays = {id(array): array for column in columns for array in (column.numerators, column.known)}
    output = sum(array.nbytes for array in arrays.values()) + bands.nbytes + ranks.nbytes
    return {"input": levels.nbytes, "output": output, "peak": levels.nbytes + peak}


def main() -> None:
    """Measure both storages, each in its own interpreter, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    count = parser.parse_args().rows
    rows = []
    for storage in STORAGES:
        code = (
            "import json, sys, bench_memory;"
            "print(json.dumps(bench_memory.measure(sys.argv[1], int(sys.argv[2]))))"
        )
        sizes = json.loads(run_python(code, storage, str(count)))
        shown = [f"{sizes[name] / 1e6:.1f}" for name in ("input", "output", "peak")]
        rows.append(
            (f"{storage} stored", *shown, ratio(sizes["peak"] / (sizes["input"] + sizes["output"])))
        )
    print(f"### Memory, {count:,} agencies\n")
    header = ["", "input, MB", "output, MB", "peak, MB", "peak / (input + output)"]
    print(table(header, rows), end="\n\n")


if __name__ == "__main__":
    main()
