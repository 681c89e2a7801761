"""The command `diff`: what changed between two instruments."""

from __future__ import annotations

from pathlib import Path

from meritindex.analysis import InstrumentDiff, diff
from meritindex.analysis.difference_page import diff_document
from meritindex.cli.output import Output
from meritindex.definition import Instrument
from meritindex.definition.checks import shown_code
from meritindex.language import Language
from meritindex.layout import to_markdown, to_text
from meritindex.reporting.results import Json, json_text


def diff_output(
    before: Instrument,
    after: Instrument,
    words: tuple[str, str],
    form: str | None,
    language: Language,
) -> Output:
    """Return what changed from one instrument to the other.

    Args:
        before: the one.
        after: the other.
        words: by which they were asked for: an id, or the path of a file.
        form: `json`, `markdown`, or anything else for text.
        language: that of the texts.
    """
    changes = diff(before, after)
    if form == "json":
        return Output(text=json_text(_json(changes, language)), is_data=True)
    written = to_markdown if form == "markdown" else to_text
    names = _names(before, words) if before.id == after.id else None
    return Output(text=written(diff_document(changes, language, names)) + "\n")


def _names(instrument: Instrument, words: tuple[str, str]) -> tuple[str, str]:
    """Return what tells two instruments of one id apart: the names of their files, if any."""
    short = [Path(word).name for word in words]
    shown = list(words) if short[0] == short[1] else short
    names = [
        instrument.id if word == instrument.id else f"{instrument.id} ({shown_code(name)})"
        for word, name in zip(words, shown, strict=True)
    ]
    return names[0], names[1]


def _json(changes: InstrumentDiff, language: Language) -> Json:
    return {
        **{
            side: {"id": instrument.id, "fingerprint": instrument.fingerprint}
            for side, instrument in (("before", changes.before), ("after", changes.after))
        },
        "changes": changes.as_rows(language),
    }
