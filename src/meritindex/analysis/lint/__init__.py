"""The linter: what a drafter got wrong in an instrument, or should look at once more."""

from meritindex.analysis.lint.codes import CODES, Code, codes_table
from meritindex.analysis.lint.findings import (
    Finding,
    Findings,
    Severity,
    findings_document,
    findings_json,
)
from meritindex.analysis.lint.linting import lint

__all__ = [
    "CODES",
    "Code",
    "Finding",
    "Findings",
    "Severity",
    "codes_table",
    "findings_document",
    "findings_json",
    "lint",
]
