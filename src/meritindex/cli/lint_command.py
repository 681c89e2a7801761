"""The command `lint`: what a drafter got wrong in an instrument, and whether any of it is grave."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from meritindex import catalog
from meritindex.analysis.lint import findings_document, findings_json, lint
from meritindex.cli.answer import Answer
from meritindex.language import Language
from meritindex.reporting.check_results import findings_csv

_HAS_ERRORS = 1


def lint_answer(name: str, language: Language) -> Answer:
    """Return what is found in the catalog's instrument of this id, or in this file.

    Args:
        name: the id, or a path that ends in .toml.
        language: that of the texts.

    Raises:
        UnknownNameError: it is neither.
    """
    is_file = Path(name).suffix.lower() == ".toml"
    findings = lint(name if is_file else catalog.instrument(name))
    return Answer(
        title=findings.title,
        document=partial(findings_document, findings, language),
        rows=partial(findings_csv, findings, language),
        data=partial(findings_json, findings),
        code=_HAS_ERRORS if findings.errors else 0,
    )
