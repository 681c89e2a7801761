"""What importing costs, in fresh interpreters, over what numpy and attrs cost by themselves.

Each interpreter times its own statements, so that starting Python isn't counted. All of them take
turns, with byte code already compiled, as after an installation. `import meritindex` alone must
load nothing outside the standard library, not even numpy.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile

from common import milliseconds, run_python, skipped, table, version

PLAIN = "import numpy, attrs"
EVERYTHING = "import numpy, attrs, meritindex as mi; [getattr(mi, name) for name in mi.__all__]"
ALONE = "import meritindex"

STATEMENTS = {
    PLAIN: PLAIN,
    "+ import meritindex": "import numpy, attrs, meritindex",
    "+ every public name": EVERYTHING,
    "import meritindex alone": ALONE,
}
PEERS = {
    "polars": "import polars",
    "pandas": "import pandas",
    "scikit-criteria": "import skcriteria",
}

_TIMED = """
import sys, time
start = time.perf_counter()
exec(sys.argv[1])
print(time.perf_counter() - start)
"""
_LOADED = """
import sys
before = set(sys.modules)
exec(sys.argv[1])
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def loaded(statement: str) -> list[str]:
    """Return the modules outside the standard library that a statement loads."""
    names = run_python(_LOADED, statement).split()
    return [name for name in names if name.split(".")[0] not in sys.stdlib_module_names]


def measure(repetitions: int) -> dict[str, list[float]]:
    """Return seconds by name of the statement; everything runs once before it counts.

    That run compiles the byte code, in a folder of its own.
    """
    statements = dict(STATEMENTS)
    for distribution, statement in PEERS.items():
        if version(distribution) is None:
            skipped(distribution)
        else:
            statements[f"+ {statement}"] = f"{PLAIN}; {statement}"
    found: dict[str, list[float]] = {name: [] for name in statements}
    with tempfile.TemporaryDirectory() as folder:
        for repetition in range(repetitions + 1):
            for name, statement in statements.items():
                seconds = float(run_python(_TIMED, statement, PYTHONPYCACHEPREFIX=folder))
                if repetition:
                    found[name].append(seconds)
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=21)
    times = measure(parser.parse_args().repetitions)
    plain = times[PLAIN]
    rows = []
    for name, seconds in times.items():
        over = [one - base for one, base in zip(seconds, plain, strict=True)]
        extra = milliseconds(statistics.median(over)) if name.startswith("+") else "-"
        rows.append(
            (name, milliseconds(statistics.median(seconds)), milliseconds(min(seconds)), extra)
        )
    print("### Importing, in fresh interpreters\n")
    print(table(["", "median, ms", "least, ms", "over numpy and attrs, ms"], rows), end="\n\n")
    print(
        f"`{ALONE}` loads, outside the standard library: {', '.join(loaded(ALONE))}. Every public "
        f"name loads {len(set(loaded(EVERYTHING)) - set(loaded(PLAIN)))} modules more than numpy "
        "and attrs by themselves.\n"
    )


if __name__ == "__main__":
    main()
