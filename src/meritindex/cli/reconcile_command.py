"""The command `reconcile`: claims against findings, for one agency or for all of two files."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import partial

from meritindex.analysis.improving import Improvement, improve
from meritindex.analysis.improving.showing import improvement_document
from meritindex.analysis.reconciling import Reconciliation, ReconciliationTable, reconcile
from meritindex.analysis.reconciling.card_page import card_document
from meritindex.analysis.reconciling.table_page import table_document
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.cli.improve_command import limits
from meritindex.cli.output import left_out_remarks
from meritindex.cli.reading import read_answers
from meritindex.cli.selection import Keep
from meritindex.definition import Instrument, Weighting
from meritindex.errors import Fault, MeritIndexError, UnknownNameError
from meritindex.language import Text
from meritindex.layout import Document, Heading, Paragraph
from meritindex.reporting.improvement_results import improvement_json
from meritindex.reporting.reconciliation_results import reconciliation_csv, reconciliation_json
from meritindex.reporting.results import Json
from meritindex.scoring.saying import card_title

_TITLE = Text("Klaim dan temuan", "Claims and findings")
_NO_PLAN = Text("Langkah berikutnya", "What to do next")
# Why there is no plan though what was asked for makes sense.
_NOTHING_TO_PLAN = frozenset({"target-reached", "no-higher-band", "total-unknown"})


def reconcile_answer(
    instrument: Instrument, weighting: Weighting | None, options: argparse.Namespace
) -> Answer:
    """Return the reconciliation of all agencies, or of the one that the options name.

    Args:
        instrument: under which both files are.
        weighting: where the weights come from; None for the default of the instrument.
        options: the files, the agency, the occasions, and whether a plan is asked for.

    Raises:
        MeritIndexError: a file is refused, nothing can be compared, or a plan of several agencies
            is asked for.
        UnknownNameError: the agency is not there, or more than once.
    """
    table = reconcile(*_sides(instrument, options), weighting, missing=options.missing)
    row = _row(table, options)
    rows = None if row is None else (row,)
    found = None if not options.plan or row is None else _plan(table.card(row), weighting, options)
    remarks = left_out_remarks(table.left_out, options.lang)
    if options.agency is None:  # who was not asked for is not missed
        remarks += _unmatched(table, options)
    if row is None:
        document, whose = partial(table_document, table, options.lang), None
    else:
        card = table.card(row)
        document = partial(_card_document, card, found, options)
        whose = card_title(card.sides.facts[0])
    return Answer(
        title=_TITLE,
        whose=whose,
        document=document,
        rows=partial(reconciliation_csv, table, rows),
        data=lambda: (
            reconciliation_json(table, rows) | ({"plan": _plan_json(found)} if options.plan else {})
        ),
        beside_document=() if row is None else remarks,
        beside_rows=remarks,
    )


def _sides(
    instrument: Instrument, options: argparse.Namespace
) -> tuple[AssessmentSet, AssessmentSet]:
    """Return what is asked for of both files, or refuse both with all their faults."""
    faults: list[Fault] = []
    read: list[AssessmentSet] = []
    for path, stage in (
        (options.claimed, options.claimed_stage),
        (options.verified, options.verified_stage),
    ):
        try:
            found = read_answers(path, instrument, options)
        except MeritIndexError as error:
            faults += error.faults
        else:
            read.append(_kept(found, (options.year, stage)))
    if faults:
        raise MeritIndexError(dict.fromkeys(faults))
    return read[0], read[1]


def _kept(assessments: AssessmentSet, asked: Iterable[Keep | None]) -> AssessmentSet:
    for keep in asked:
        assessments = assessments if keep is None else assessments.where(keep)
    return assessments


def _row(table: ReconciliationTable, options: argparse.Namespace) -> int | None:
    """Return the row that is shown in detail: the one asked for, or the only one."""
    if options.agency is not None:
        try:
            return table.row_of(options.agency)
        except UnknownNameError as error:
            # It may be one of those that were left out.
            raise UnknownNameError((*error.faults, *table.left_out)) from None
    if len(table) == 1:
        return 0
    if options.plan:
        message = Text(
            "--plan untuk satu instansi, dan ada {count}; pilih dengan --agency",
            "--plan is for one agency, and there are {count}; choose with --agency",
        )
        raise MeritIndexError(Fault(code="plan-of-several", message=message.fill(count=len(table))))
    return None


def _plan(
    card: Reconciliation, weighting: Weighting | None, options: argparse.Namespace
) -> Improvement | Fault:
    """Return the plan from what was found, or why there is none."""
    try:
        return improve(
            card.verified_card.assessment,
            to=options.to,
            weighting=weighting,
            missing=options.missing,
            **limits(card.instrument, options),
        )
    except MeritIndexError as error:
        if error.faults[0].code in _NOTHING_TO_PLAN:
            return error.faults[0]
        raise


def _plan_json(found: Improvement | Fault | None) -> Json:
    if isinstance(found, Improvement):
        return improvement_json(found)
    assert found is not None  # noqa: S101 - a plan is of one agency, or refused
    return {"steps": [], "reason": found.in_language("en")}


def _card_document(
    card: Reconciliation, found: Improvement | Fault | None, options: argparse.Namespace
) -> Document:
    """Return one agency in detail, with the plan or why there is none, where it is asked for."""
    document = card_document(card, options.lang)
    if found is None:
        return document
    if isinstance(found, Fault):
        heading = Heading(_NO_PLAN.in_language(options.lang), 2)
        return Document((*document.parts, heading, Paragraph(found.in_language(options.lang))))
    return Document((*document.parts, *improvement_document(found, options.lang).parts))


def _unmatched(table: ReconciliationTable, options: argparse.Namespace) -> tuple[str, ...]:
    """Return who is on one side alone, for results that don't hold them."""
    only_claimed = Text("tanpa hasil verifikasi: {who}", "without verified answers: {who}")
    only_verified = Text("tanpa klaim: {who}", "without a claim: {who}")
    return tuple(
        text.fill(who=card_title(facts)).in_language(options.lang)
        for text, rows in (
            (only_claimed, table.only_claimed),
            (only_verified, table.only_verified),
        )
        for facts in rows
    )
