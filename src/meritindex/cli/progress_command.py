"""The command `progress`: agencies through the years, and what they have promised."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial

from meritindex import catalog
from meritindex.analysis.progressing import Progress, ProgressTable, progress
from meritindex.analysis.progressing.agency_page import agency_document
from meritindex.analysis.progressing.table_page import table_document
from meritindex.assessment import AssessmentSet
from meritindex.catalog.commitments import commitments, load_commitments
from meritindex.cli.answer import Answer
from meritindex.cli.output import left_out_remarks
from meritindex.cli.progress_files import placed
from meritindex.cli.progress_options import CATALOG, TWO_INSTRUMENTS
from meritindex.cli.reading import read_answers
from meritindex.cli.weights import read_weighting
from meritindex.definition import Admissible, Crosswalk, Instrument, Weighting
from meritindex.definition.commitments import Commitment
from meritindex.errors import AssessmentError, Fault, MeritIndexError, UnknownNameError
from meritindex.language import Text
from meritindex.reporting.progress_results import commitments_csv, progress_csv, progress_json

_TITLE = Text("Kemajuan sistem merit", "Merit-system progress")


def progress_answer(instruments: Sequence[Instrument], options: argparse.Namespace) -> Answer:
    """Return the courses of all agencies, or of the one that the options name.

    Args:
        instruments: under which the files are: one for all of them, or one for each.
        options: the files, the agency, the stage, the commitments and their day.

    Raises:
        MeritIndexError: a file is refused, or assessments are out of order.
        UnknownNameError: the agency is not there.
    """
    sets = _sets(instruments, options)
    try:
        table = progress(
            sets,
            commitments=_commitments(options),
            as_of=options.as_of,
            weighting=_weighting(instruments, options),
            missing=options.missing,
            crosswalk=_crosswalk(instruments, options),
            stage=options.stage,
        )
    except AssessmentError as error:
        raise placed(error, options.files, sets) from None
    row = None if options.agency is None else _row(table, options)
    rows = None if row is None else (row,)
    left_out = left_out_remarks(table.left_out, options.lang)
    if row is None:
        document, whose = partial(table_document, table, options.lang), None
    else:
        document, whose = partial(agency_document, row, options.lang), row.agency.name
    return Answer(
        title=_TITLE,
        whose=whose,
        document=document,
        # Commitments, where they are asked for, are another table.
        rows=partial(progress_csv if options.commitments is None else commitments_csv, table, rows),
        data=partial(progress_json, table, rows),
        beside_document=() if row is None else left_out,
        beside_rows=left_out,
    )


def _sets(instruments: Sequence[Instrument], options: argparse.Namespace) -> list[AssessmentSet]:
    """Return the assessments of all files, or refuse them with all their faults."""
    each_own = instruments if len(instruments) > 1 else [*instruments] * len(options.files)
    found: list[AssessmentSet] = []
    faults: list[Fault] = []
    for path, instrument in zip(options.files, each_own, strict=True):
        try:
            found.append(read_answers(path, instrument, options))
        except MeritIndexError as error:
            faults += error.faults
    if faults:
        raise MeritIndexError(dict.fromkeys(faults))
    return found


def _commitments(options: argparse.Namespace) -> tuple[Commitment, ...]:
    if options.commitments is None:
        return ()
    if options.commitments == CATALOG:
        return commitments()
    return load_commitments(options.commitments)


def _weighting(instruments: Sequence[Instrument], options: argparse.Namespace) -> Weighting | None:
    """Return weights that are one number each; None for the defaults of the instruments."""
    weighting = None if options.weighting is None else read_weighting(options.weighting)
    if isinstance(weighting, Admissible):  # which gives no score, and says so
        weighting.resolve(instruments[0].root)
    return weighting


def _crosswalk(instruments: Sequence[Instrument], options: argparse.Namespace) -> Crosswalk | None:
    if options.crosswalk is None:
        return None
    different = tuple(dict.fromkeys(instruments))
    if len(different) != 2:
        # Two names may be of one instrument.
        raise MeritIndexError(Fault(code="crosswalk-of-one", message=TWO_INSTRUMENTS))
    first, second = different
    if options.crosswalk == CATALOG:
        return catalog.crosswalk(first, second)
    return catalog.load_crosswalk(options.crosswalk, first, second)


def _row(table: ProgressTable, options: argparse.Namespace) -> Progress:
    """Return the course of the agency that the options name.

    Raises:
        UnknownNameError: it is not there; it may be one of those that were left out.
    """
    try:
        return table[options.agency]
    except UnknownNameError as error:
        raise UnknownNameError((*error.faults, *table.left_out)) from None
