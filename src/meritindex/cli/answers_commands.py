"""The commands `sample` and `template`: answers that are made up, and none at all."""

from __future__ import annotations

from meritindex import assessment
from meritindex.assessment import AssessmentSet
from meritindex.cli.answer import Answer
from meritindex.definition import Instrument
from meritindex.language import Language, Text
from meritindex.reporting.assessment_results import assessments_document, assessments_json

_SAMPLE = Text("Contoh penilaian", "Sample assessments")


def sample_answer(assessments: AssessmentSet, language: Language) -> Answer:
    """Return made-up answers; CSV, JSON and workbook read back as the same."""

    def workbook() -> bytes:
        from meritindex.reporting.workbooks import csv_workbook  # noqa: PLC0415 - rarely asked for

        # One sheet of plain cells alone: that is what is read again.
        title = _SAMPLE.in_language(language)
        return csv_workbook(assessment.to_csv_text(assessments), language, title)

    return Answer(
        title=_SAMPLE,
        document=lambda: assessments_document(assessments, language),
        rows=lambda: assessment.to_csv_text(assessments),
        data=lambda: assessments_json(assessments),
        workbook=workbook,
    )


def template_answer(instrument: Instrument, language: Language) -> Answer:
    """Return what is to be filled in: a CSV file without rows, or a form."""

    def form() -> bytes:
        from meritindex.reporting.forms import form_bytes  # noqa: PLC0415 - rarely asked for

        return form_bytes(instrument, language=language)

    return Answer(
        title=instrument.title,
        rows=lambda: assessment.template(instrument),
        workbook=form,
    )
