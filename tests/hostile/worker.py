"""Read the files that are named, with little more memory than the library takes, and say how.

Run by itself, so that what reads without end takes no test with it. For each file it prints a line
of JSON: its name, the codes of its faults, and by how many bytes the peak of memory rose.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from meritindex import catalog
from meritindex.assessment import read_assessments
from meritindex.errors import MeritIndexError

HEADROOM = 400 * 2**20


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(paths: list[str]) -> None:
    instrument = catalog.instrument("ism-2026")
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = used * resource.getpagesize() + HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for path in paths:
        before, codes = peak(), []
        try:
            read_assessments(path, instrument)
        except MeritIndexError as error:
            codes = [fault.code for fault in error.faults]
        told = {"name": Path(path).name, "codes": codes, "bytes": peak() - before}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
