"""Reading the answers that the words of a command name."""

from __future__ import annotations

import argparse

from meritindex.assessment import AssessmentSet, read_assessments
from meritindex.cli.progress import READING, progress_bar
from meritindex.definition import Instrument


def read_answers(path: str, instrument: Instrument, options: argparse.Namespace) -> AssessmentSet:
    """Return the assessments of a file, or of all forms in a folder.

    Args:
        path: of the file or folder.
        instrument: under which they are.
        options: whether what is faulty is left out.

    Raises:
        MeritIndexError: it is refused, with every fault.
    """
    with progress_bar(options.lang, READING) as progress:
        return read_assessments(
            path, instrument, leave_out_faulty=options.leave_out_faulty, progress=progress
        )
