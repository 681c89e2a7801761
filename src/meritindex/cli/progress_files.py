"""Where the assessments of several files stand: so that a fault can name the file and the row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

import attrs

from meritindex import files
from meritindex.analysis.progressing.occasions import place_of_given
from meritindex.assessment import AssessmentSet
from meritindex.assessment.csv_rows import csv_records
from meritindex.assessment.places import ASSESSMENT, LINE, place_of
from meritindex.errors import MeritIndexError
from meritindex.language import Text, listed


def placed(
    error: MeritIndexError, paths: Sequence[str], sets: Sequence[AssessmentSet]
) -> MeritIndexError:
    """Return an error whose faults name files and rows, not the number of an assessment.

    Args:
        error: what was refused of the sets, one after the other.
        paths: the files that were read.
        sets: what each of them holds.
    """
    found: dict[Text | None, Text] = {}
    position = 0
    for path, many in zip(paths, sets, strict=True):
        for agency, place in zip(many.agencies, _kept_places(path, many), strict=True):
            shown = listed((place, Text.same(agency.name)))
            found[place_of_given(position, agency)] = shown
            position += 1
    return type(error)(
        attrs.evolve(fault, place=found.get(fault.place, fault.place)) for fault in error.faults
    )


def _kept_places(path: str, many: AssessmentSet) -> list[Text]:
    """Return where the assessments of a set stand in their file; some rows may be left out."""
    name = Path(path).name
    faulty = {_row(str(fault.place), name) for fault in many.left_out}
    kept = (place for place in _places(path, name) if _row(str(place), name) not in faulty)
    return list(islice(kept, len(many)))


def _row(place: str, name: str) -> str:
    """Return the row of a place in a file, without the column."""
    return place.removeprefix(f"{name}, ").partition(", ")[0]


def _places(path: str, name: str) -> Iterator[Text]:
    """Yield the places of all rows of a file; of JSON, of as many as one likes."""
    if Path(path).suffix.lower() == ".json":
        yield from (place_of(ASSESSMENT, number, file=name) for number in count(1))
    else:
        _, *records = csv_records(name, files.read_text(path))
        yield from (place_of(LINE, record.line, file=name) for record in records)
