"""The sample of 546 agencies from its file to a text that explains one of them, and each part.

The process is warm: the library is loaded, the instrument read and the plan compiled, as in a
notebook at its second cell. What the first run costs in a fresh process is measured apart.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from common import milliseconds, run_python, spread, table, timed

# isort: split

import meritindex as mi
from meritindex.assessment import to_csv_text

AGENCY = "Kota Bandung"

_COLD = """
import sys, time
import numpy, attrs
start = time.perf_counter()
import meritindex as mi
scored = mi.score(mi.read_assessments(sys.argv[1]))
scored.ranks, scored.bands
scored[sys.argv[2]].explain().to_text()
print(time.perf_counter() - start)
"""


def end_to_end(path: Path) -> str:
    """Read, check, score and rank all agencies, and explain one."""
    scored = mi.score(mi.read_assessments(path))
    _ = scored.ranks, scored.bands
    return scored[AGENCY].explain().to_text()


def parts(path: Path) -> dict[str, Callable[[], object]]:
    """Return everything to be timed, by name."""
    assessments = mi.read_assessments(path)
    scored = mi.score(assessments)
    explanation = scored[AGENCY].explain()

    def fresh() -> mi.ScoreTable:
        found = mi.score(assessments)
        _ = found.ranks, found.bands
        return found

    return {
        "end to end: read, score, explain": lambda: end_to_end(path),
        "read the file and check every answer": lambda: mi.read_assessments(path),
        "score all: points, bands by name, ranks": fresh,
        "card of one agency, with its explanation": lambda: scored[AGENCY].explain(),
        "text of the explanation": explanation.to_text,
        "score all, and the standing of every row": lambda: fresh().standings,
        "text of the table": lambda: fresh().to_text(),
        "text of one card": lambda: scored[AGENCY].to_text(),
        "rows for a data frame": lambda: fresh().to_rows(),
        "make the sample": mi.sample,
    }


def check(path: Path, assessments: mi.AssessmentSet) -> None:
    """Check that what is timed gives the right answers."""
    read = mi.read_assessments(path)
    assert read == assessments
    scored = mi.score(read)
    totals = list(scored.totals)
    for total, rank, band in zip(totals, scored.ranks, scored.bands, strict=True):
        if total is None:
            assert rank is None
            assert band is None
        else:
            above = sum(other is not None and other > total for other in totals)
            assert rank == 1 + above
            bands = mi.instrument("ism-2026").root.bands
            assert bands is not None
            assert band == str(bands.band_of(total))
    assert AGENCY in {agency.name for agency in scored.agencies}
    assert scored[AGENCY].explain().points == scored[AGENCY].total
    assert len(end_to_end(path)) > 1000


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=25)
    repetitions = parser.parse_args().repetitions
    assessments = mi.sample()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.csv"
        path.write_text(to_csv_text(assessments), encoding="utf-8", newline="")
        check(path, assessments)
        times = timed(parts(path), repetitions)
        cold = [float(run_python(_COLD, str(path), AGENCY)) for _ in range(7)]
    rows = [
        (
            name,
            milliseconds(statistics.median(seconds)),
            milliseconds(min(seconds)),
            f"{spread(seconds):.0%}",
        )
        for name, seconds in {**times, "end to end, first in a fresh process": cold}.items()
    ]
    print(f"### The sample: {len(assessments)} agencies\n")
    print(table(["", "median, ms", "least, ms", "noise"], rows), end="\n\n")


if __name__ == "__main__":
    main()
