"""The command `diff`: what changed between two instruments."""

from __future__ import annotations

from meritindex.analysis import InstrumentDiff, diff
from meritindex.analysis.difference_page import diff_document
from meritindex.cli.output import Output
from meritindex.definition import Instrument
from meritindex.language import Language
from meritindex.layout import to_markdown, to_text
from meritindex.reporting.results import Json, json_text


def diff_output(
    before: Instrument, after: Instrument, form: str | None, language: Language
) -> Output:
    """Return what changed from one instrument to the other.

    Args:
        before: the one.
        after: the other.
        form: `json`, `markdown`, or anything else for text.
        language: that of the texts.
    """
    changes = diff(before, after)
    if form == "json":
        return Output(text=json_text(_json(changes, language)), is_data=True)
    written = to_markdown if form == "markdown" else to_text
    return Output(text=written(diff_document(changes, language)) + "\n")


def _json(changes: InstrumentDiff, language: Language) -> Json:
    return {
        **{
            side: {"id": instrument.id, "fingerprint": instrument.fingerprint}
            for side, instrument in (("before", changes.before), ("after", changes.after))
        },
        "changes": changes.as_rows(language),
    }
