"""The command `lint`: what a drafter got wrong in an instrument, and whether any of it is grave."""

from __future__ import annotations

from pathlib import Path

from meritindex import catalog
from meritindex.analysis.lint import findings_document, findings_json, lint
from meritindex.cli.output import Output
from meritindex.language import Language
from meritindex.layout import to_markdown, to_text
from meritindex.reporting.results import json_text

_HAS_ERRORS = 1


def lint_output(name: str, form: str | None, language: Language) -> Output:
    """Return what is found in the catalog's instrument of this id, or in this file.

    Args:
        name: the id, or a path that ends in .toml.
        form: `json`, `markdown`, or anything else for text.
        language: that of the text.

    Raises:
        UnknownNameError: it is neither.
    """
    is_file = Path(name).suffix.lower() == ".toml"
    findings = lint(name if is_file else catalog.instrument(name))
    code = _HAS_ERRORS if findings.errors else 0
    if form == "json":
        return Output(text=json_text(findings_json(findings)), is_data=True, code=code)
    written = to_markdown if form == "markdown" else to_text
    return Output(text=written(findings_document(findings, language)) + "\n", code=code)
