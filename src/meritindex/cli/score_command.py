"""The commands `score` and `explain`: the results of all agencies, and why one has its own."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex.cli.answer import Answer
from meritindex.cli.output import left_out_remarks
from meritindex.language import Text
from meritindex.layout import Document, Heading
from meritindex.reporting.explanation_results import explanation_csv, explanation_json
from meritindex.reporting.results import table_csv, table_json
from meritindex.scoring import ScoreCard, ScoreTable
from meritindex.scoring.saying import card_title
from meritindex.scoring.showing import (
    card_document,
    explanation_branch,
    sources_listing,
    table_document,
)

_SCORES = Text("Nilai sistem merit", "Merit-system scores")
_EXPLANATION = Text("Penjelasan nilai", "Explanation of a score")


def score_answer(table: ScoreTable, options: argparse.Namespace) -> Answer:
    """Return points, bands and ranks of all agencies; the workbook computes them once more."""

    def workbook() -> bytes:
        from meritindex.reporting.workbooks import result_workbook  # noqa: PLC0415 - rarely asked

        return result_workbook(table, options.lang, options.by)

    return Answer(
        title=_SCORES,
        document=partial(table_document, table, options.lang, options.by),
        rows=partial(table_csv, table, options.by),
        data=partial(table_json, table, options.by),
        workbook=workbook,
        beside_rows=left_out_remarks(table.left_out, options.lang),
    )


def explain_answer(card: ScoreCard, options: argparse.Namespace) -> Answer:
    """Return why an agency has its score: the card, every step, and the sources."""

    def document() -> Document:
        explanation = card.explain()
        return Document(
            (
                *card_document(card, options.lang).parts,
                explanation_branch(explanation, options.lang),
                Heading(Text("Sumber", "Sources").in_language(options.lang), 3),
                sources_listing(explanation, options.lang),
            )
        )

    return Answer(
        title=_EXPLANATION,
        whose=card_title(card.assessments.facts[card.row]),
        document=document,
        rows=partial(explanation_csv, card, options.lang),
        data=partial(explanation_json, card),
        remarks=left_out_remarks(card.assessments.left_out, options.lang),
    )
