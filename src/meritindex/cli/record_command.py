"""The commands `record` and `verify`: one result kept as a record, and a record computed anew."""

from __future__ import annotations

from functools import partial

from meritindex import files
from meritindex.analysis import record, verify
from meritindex.analysis.verification_page import verification_document
from meritindex.cli.answer import Answer
from meritindex.definition import Instrument
from meritindex.language import Language, Text
from meritindex.reporting.check_results import verification_csv, verification_json
from meritindex.reporting.record_results import record_csv, record_document
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import card_title

_DIFFERS = 1


def record_answer(card: ScoreCard, remarks: tuple[str, ...], language: Language) -> Answer:
    """Return the record of a result, or a copy of it for a reader."""
    return Answer(
        title=Text("Salinan rekaman", "Copy of a record"),
        whose=card_title(card.assessments.facts[card.row]),
        document=partial(record_document, card, language),
        rows=partial(record_csv, card),
        data=lambda: record(card),
        remarks=remarks,
    )


def verification_answer(path: str, instrument: Instrument | None, language: Language) -> Answer:
    """Return what comes of computing the record in a file anew, and whether it holds.

    Raises:
        FileError: the file can't be read.
        RecordError: what it holds is no record.
        UnknownNameError: the catalog does not have its instrument.
    """
    found = verify(files.read_text(path), instrument)
    return Answer(
        title=Text("Pemeriksaan rekaman", "Verification of a record"),
        whose=card_title(found.card.assessments.facts[found.card.row]),
        document=partial(verification_document, found, language),
        rows=partial(verification_csv, found, language),
        data=partial(verification_json, found),
        code=0 if found else _DIFFERS,
    )
