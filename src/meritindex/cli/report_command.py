"""The command `report`: a page on one agency, on a region, on all, or a folder of pages."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.board_command import chosen_assessments, grouped
from meritindex.cli.forms import Form, form_of
from meritindex.cli.output import left_out_remarks
from meritindex.cli.progress import progress_bar
from meritindex.cli.report_options import names_folder
from meritindex.cli.selection import chosen_row
from meritindex.definition import Weighting
from meritindex.language import Text
from meritindex.layout import Document, Paragraph
from meritindex.reporting.board_cells import board_csv, group_csv
from meritindex.reporting.board_results import board_json
from meritindex.reporting.explanation_results import explanation_csv, explanation_json
from meritindex.reporting.reports import agency_report, board_report, write_reports
from meritindex.reporting.reports.writing import TITLE
from meritindex.scoring import GroupBy, ScoreTable, score
from meritindex.scoring.saying import card_title

_WRITING = Text("menulis laporan", "writing reports")
_WRITTEN = Text(
    "{count} laporan instansi ditulis; mulailah dari {path}",
    "{count} reports on agencies written; begin with {path}",
)


def report_answer(
    assessments: AssessmentSet, weighting: Weighting | None, options: argparse.Namespace
) -> Answer:
    """Return the report that the options name; a folder of reports is written at once.

    Args:
        assessments: the answers.
        weighting: the weights; None for the default of the instrument.
        options: the agency, the group, the grouping and the occasion, and where the report goes.

    Raises:
        MeritIndexError: groups that make no sense, an agency that is there twice.
        FileError: a file of groups can't be read, or a folder can't be written.
        UnknownNameError: there is no such group or agency.
    """
    table = score(chosen_assessments(assessments, options), weighting, missing=options.missing)
    if options.agency is not None:
        return _of_agency(table, options)
    if options.grouping is None:
        options.grouping = GroupBy.PROVINCE
    if names_folder(options.output):
        return _folder(table, options)
    return _of_board(table, options)


def _of_agency(table: ScoreTable, options: argparse.Namespace) -> Answer:
    card = table.card(chosen_row(table, options))

    def document() -> Document:
        return agency_report(card, among=table).document(options.lang)

    return Answer(
        title=TITLE,
        whose=card_title(card.assessments.facts[card.row]),
        document=document,
        rows=partial(explanation_csv, card, options.lang),
        data=partial(explanation_json, card),
        remarks=left_out_remarks(table.left_out, options.lang),
    )


def _of_board(table: ScoreTable, options: argparse.Namespace) -> Answer:
    found = grouped(table, None, options)
    left_out = left_out_remarks(table.left_out, options.lang)
    group = None if options.group is None else found[options.group]
    report = board_report(found if group is None else group)
    return Answer(
        title=Text.same(report.title(options.lang)),
        document=partial(report.document, options.lang),
        rows=partial(board_csv, found) if group is None else partial(group_csv, group),
        data=partial(board_json, found, None if group is None else (group,)),
        beside_rows=left_out,
    )


def _folder(table: ScoreTable, options: argparse.Namespace) -> Answer:
    """Write a folder of reports, and return what is said of it."""
    folder, markdown = options.output, form_of(options) is Form.MARKDOWN
    found = grouped(table, None, options)
    with progress_bar(options.lang, _WRITING) as progress:
        listed = write_reports(found, folder, options.lang, markdown=markdown, progress=progress)
    # The pages are written; what is left is a line for the screen.
    options.output, options.format = None, Form.TABLE.value
    home = f"{folder.rstrip('/')}/index{'.md' if markdown else '.html'}"
    said = _WRITTEN.fill(count=len(listed.pages), path=home)
    return Answer(
        title=TITLE,
        document=lambda: Document((Paragraph(said.in_language(options.lang)),)),
        rows=partial(board_csv, found),
        remarks=left_out_remarks(table.left_out, options.lang),
    )
