"""What an instrument or a score means, whether it holds, and what follows from it."""

from meritindex.analysis.changes import Change, ChangeKind
from meritindex.analysis.differences import InstrumentDiff, diff
from meritindex.analysis.lint import Finding, Findings, Severity, lint
from meritindex.analysis.records import record
from meritindex.analysis.verification import Difference, Verification, verify

__all__ = [
    "Change",
    "ChangeKind",
    "Difference",
    "Finding",
    "Findings",
    "InstrumentDiff",
    "Severity",
    "Verification",
    "diff",
    "lint",
    "record",
    "verify",
]
