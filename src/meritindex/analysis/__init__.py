"""What an instrument or a score means, whether it holds, and what follows from it."""

from meritindex.analysis.bounding import BoundsCard, BoundsTable, Certainty, Decision, bounds
from meritindex.analysis.changes import Change, ChangeKind
from meritindex.analysis.completions import OpenItem
from meritindex.analysis.differences import InstrumentDiff, diff
from meritindex.analysis.lint import Finding, Findings, Severity, lint
from meritindex.analysis.records import record
from meritindex.analysis.verification import Difference, Verification, verify

__all__ = [
    "BoundsCard",
    "BoundsTable",
    "Certainty",
    "Change",
    "ChangeKind",
    "Decision",
    "Difference",
    "Finding",
    "Findings",
    "InstrumentDiff",
    "OpenItem",
    "Severity",
    "Verification",
    "bounds",
    "diff",
    "lint",
    "record",
    "verify",
]
