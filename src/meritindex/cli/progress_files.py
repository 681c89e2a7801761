"""Where the assessments of several files stand: so that a fault can name the file and the row."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from meritindex.analysis.progressing.occasions import place_of_given
from meritindex.assessment import AssessmentSet
from meritindex.assessment.building import kept_places
from meritindex.assessment.reading import raw_rows
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
        for agency, place in zip(many.agencies, _places(path, many), strict=True):
            shown = listed((place, Text.same(agency.name)))
            found[place_of_given(position, agency)] = shown
            position += 1
    return type(error)(
        attrs.evolve(fault, place=found.get(fault.place, fault.place)) for fault in error.faults
    )


def _places(path: str, many: AssessmentSet) -> list[Text]:
    """Return where the assessments of a set stand in their file; some rows may be left out."""
    return kept_places(many.instrument, raw_rows(many.instrument, path))
