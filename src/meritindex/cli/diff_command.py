"""The command `diff`: what changed between two instruments."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from meritindex.analysis import diff
from meritindex.analysis.difference_page import diff_document
from meritindex.cli.answer import Answer
from meritindex.definition import Instrument
from meritindex.definition.checks import shown_code
from meritindex.language import Language, Text
from meritindex.reporting.check_results import changes_csv, changes_json


def diff_answer(
    before: Instrument, after: Instrument, words: tuple[str, str], language: Language
) -> Answer:
    """Return what changed from one instrument to the other.

    Args:
        before: the one.
        after: the other.
        words: by which they were asked for: an id, or the path of a file.
        language: that of the texts.
    """
    changes = diff(before, after)
    names = _names(before, words) if before.id == after.id else None
    return Answer(
        title=Text("Perubahan instrumen", "Changes of an instrument"),
        document=partial(diff_document, changes, language, names),
        rows=partial(changes_csv, changes, language),
        data=partial(changes_json, changes, language),
    )


def _names(instrument: Instrument, words: tuple[str, str]) -> tuple[str, str]:
    """Return what tells two instruments of one id apart: the names of their files, if any."""
    short = [Path(word).name for word in words]
    shown = list(words) if short[0] == short[1] else short
    names = [
        instrument.id if word == instrument.id else f"{instrument.id} ({shown_code(name)})"
        for word, name in zip(words, shown, strict=True)
    ]
    return names[0], names[1]
