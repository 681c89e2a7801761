"""The command `board`: groups of agencies beside one another, one group, or one agency."""

from __future__ import annotations

import argparse
from functools import partial

import attrs

from meritindex.analysis.boards import Board, BoardGroup, board
from meritindex.analysis.boards.entry_page import entry_document
from meritindex.analysis.boards.group_page import group_document
from meritindex.analysis.boards.peers import DEFAULT_COUNT
from meritindex.analysis.boards.showing import board_document
from meritindex.analysis.boards.words import group_title, rise_remark_lines
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.groups_file import read_groups
from meritindex.cli.output import left_out_remarks
from meritindex.cli.reading import read_answers
from meritindex.cli.selection import named_row
from meritindex.definition import AgencyKind, Weighting
from meritindex.errors import AssessmentError, Fault, MeritIndexError, UnknownNameError
from meritindex.language import Text, listed
from meritindex.reporting.board_cells import board_csv, group_csv, peers_csv
from meritindex.reporting.board_results import board_json, entry_json
from meritindex.scoring import GroupBy, ScoreTable, score
from meritindex.scoring.saying import Sayer

_TITLE = Text("Papan perbandingan sistem merit", "Merit-system board")


def board_answer(
    assessments: AssessmentSet, weighting: Weighting | None, options: argparse.Namespace
) -> Answer:
    """Return the board of all agencies, or what the options name of it.

    Args:
        assessments: the answers.
        weighting: the weights; None for the default of the instrument.
        options: the grouping, the group or agency, the occasion, and the earlier assessments.

    Raises:
        MeritIndexError: groups that make no sense, an agency that is there twice, an earlier file
            that can't be compared.
        FileError: a file can't be read.
        UnknownNameError: there is no such group or agency.
    """
    table = score(chosen_assessments(assessments, options), weighting, missing=options.missing)
    before = _before(table, options)
    found = grouped(table, before, options)
    # What a form does not hold itself is told beside it: the earlier rows in any, these in some.
    remarks = () if before is None else left_out_remarks(before.left_out, options.lang)
    left_out = left_out_remarks(assessments.left_out, options.lang)
    if options.agency is not None:
        return _of_agency(found, options, remarks, left_out)
    doubts = tuple(rise_remark_lines(found.whole, Sayer(options.lang)))
    group = None if options.group is None else _group(found, options)
    if group is None:
        document, whose = partial(board_document, found, options.lang), None
        rows, groups = partial(board_csv, found), None
    else:
        document = partial(group_document, group, options.lang)
        whose = group_title(group, Sayer(options.lang))
        rows, groups = partial(group_csv, group), (group,)
    return Answer(
        title=_TITLE,
        whose=whose,
        document=document,
        rows=rows,
        data=partial(board_json, found, groups),
        beside_document=remarks,
        beside_rows=(*left_out, *remarks, *doubts),
        beside_data=(*remarks, *doubts),
    )


def _group(found: Board, options: argparse.Namespace) -> BoardGroup:
    """Return the group that the options name; who names one without a grouping is told of it."""
    try:
        return found[options.group]
    except UnknownNameError as error:
        if options.grouping is not None:
            raise
        hint = Text(
            "{said} (tanpa --by, semua instansi menjadi satu kelompok; untuk kelompok lain "
            "tambahkan, misalnya, --by provinsi)",
            "{said} (without --by, all agencies are one group; for other groups add --by province, "
            "for example)",
        )
        faults = tuple(
            attrs.evolve(fault, message=hint.fill(said=fault.message)) for fault in error.faults
        )
        raise UnknownNameError(faults) from None


def _of_agency(
    found: Board,
    options: argparse.Namespace,
    remarks: tuple[str, ...],
    left_out: tuple[str, ...],
) -> Answer:
    """Return one agency among its group, with its peers."""
    row = named_row(found.table, options.agency, options)
    peers = found.peers(row, options.count or DEFAULT_COUNT, same_kind=not options.any_kind)
    entry = found.entry(row)
    doubts = () if entry.rise is None else entry.rise.remarks
    return Answer(
        title=_TITLE,
        whose=entry.agency.name,
        document=partial(entry_document, entry, options.lang, peers),
        rows=partial(peers_csv, peers),
        data=partial(entry_json, entry, peers),
        beside_document=(*left_out, *remarks),
        beside_rows=(*left_out, *remarks),
        beside_data=(*remarks, *(text.in_language(options.lang) for text in doubts)),
    )


def chosen_assessments(assessments: AssessmentSet, options: argparse.Namespace) -> AssessmentSet:
    """Return the assessments of the kinds, the year and the stage that the options name."""
    assessments = _of_kinds(assessments, options)
    asked = [keep for keep in (options.year, options.stage) if keep is not None]
    if not asked:
        return assessments
    chosen = assessments.where(lambda facts: all(keep(facts) for keep in asked))
    if len(chosen):
        return chosen
    occasions = dict.fromkeys(facts.occasion for facts in assessments.facts)
    allowed = listed(list(occasions), "; ")
    message = Text(
        "tidak ada penilaian untuk --year dan --stage itu; yang ada: {allowed}",
        "there is no assessment of that --year and --stage; there are: {allowed}",
    ).fill(allowed=allowed)
    raise AssessmentError(
        (
            Fault(code="occasion-not-in-file", message=message, allowed=allowed),
            *assessments.left_out,
        )
    )


def _of_kinds(assessments: AssessmentSet, options: argparse.Namespace) -> AssessmentSet:
    """Return the assessments of agencies of the kinds that the options name."""
    if options.kinds is None:
        return assessments
    chosen = assessments.where(lambda facts: facts.agency.kind in options.kinds)
    if len(chosen):
        return chosen
    given = {agency.kind for agency in assessments.agencies}
    allowed = listed([kind.label for kind in AgencyKind if kind in given] or [Text.same("-")])
    message = Text(
        "tidak ada instansi jenis {value}; yang ada: {allowed}",
        "there is no agency of the kind {value}; there are: {allowed}",
    ).fill(value=listed([kind.label for kind in options.kinds]), allowed=allowed)
    raise AssessmentError(
        (Fault(code="kind-not-in-file", message=message, allowed=allowed), *assessments.left_out)
    )


def _before(table: ScoreTable, options: argparse.Namespace) -> ScoreTable | None:
    """Return the scores of the earlier assessments, under the same rules."""
    if options.before is None:
        return None
    earlier = read_answers(options.before, table.instrument, options)
    if options.kinds is not None:
        # Those of other kinds are left out of it too, even if nobody is left to have risen.
        earlier = earlier.where(lambda facts: facts.agency.kind in options.kinds)
    return score(earlier, table.weighting, missing=options.missing)


def grouped(table: ScoreTable, before: ScoreTable | None, options: argparse.Namespace) -> Board:
    """Return the board by the grouping that the options name."""
    by = options.grouping
    if by is None or isinstance(by, GroupBy):
        return board(table, by, before=before)
    groups = read_groups(by)
    try:
        return board(table, groups.groups, before=before)
    except MeritIndexError as error:
        raise groups.placed(error) from None
