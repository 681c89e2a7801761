"""Run every benchmark, one after the other, each in its own process, and print Markdown.

With `--quick` there are fewer repetitions and no million rows: to see that everything runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

from common import table, version

DISTRIBUTIONS = (
    "meritindex",
    "numpy",
    "attrs",
    "polars",
    "duckdb",
    "pandas",
    "scikit-criteria",
    "scipy",
)
HERE = Path(__file__).parent


def machine() -> str:
    """Return a Markdown table of what it all ran on."""
    rows = [
        ("processor", f"{platform.machine()}, {os.cpu_count()} cores"),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        *((name, version(name) or "not installed") for name in DISTRIBUTIONS),
    ]
    if hasattr(os, "getloadavg"):
        rows.append(("processes waiting at the start", f"{os.getloadavg()[0]:.2f}"))
    return table(["", "this run"], rows)


def run(script: str, *arguments: str, **environment: str) -> None:
    """Run one benchmark and pass on what it prints."""
    subprocess.run(  # noqa: S603 - this interpreter, and scripts of this directory
        [sys.executable, str(HERE / script), *arguments],
        check=True,
        env=os.environ | environment,
    )


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(machine(), end="\n\n", flush=True)
    rows = ["--rows", "650", "65000"] if quick else []
    few = ["--repetitions", "5"] if quick else []
    print("## Levels\n", flush=True)
    run("bench_levels.py", *rows, *few)
    print("## Levels, polars with one thread\n", flush=True)
    only = ["--only", "meritindex", "polars"]
    run("bench_levels.py", *rows, *few, *only, POLARS_MAX_THREADS="1")
    print("## The rest\n", flush=True)
    run("bench_rules.py", *(["--rows", "650"] if quick else []), *few)
    run("bench_sample.py", *few)
    run("bench_bounds.py", *few)
    run("bench_robustness.py", *few)
    run("bench_improve.py", *few)
    run("bench_boards.py", *few)
    run("bench_reconcile.py", *few)
    run("bench_import.py", *few)
    run("bench_frames.py", *(["--rows", "65000", "--read", "5000"] if quick else []))
    run("bench_memory.py", *(["--rows", "65000"] if quick else []))


if __name__ == "__main__":
    main()
