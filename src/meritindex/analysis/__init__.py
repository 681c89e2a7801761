"""What an instrument or a score means, whether it holds, and what follows from it."""

from meritindex.analysis.bounding import BoundsCard, BoundsTable, Certainty, Decision, bounds
from meritindex.analysis.changes import Change, ChangeKind
from meritindex.analysis.completions import OpenItem
from meritindex.analysis.differences import InstrumentDiff, diff
from meritindex.analysis.influencing import Influence, VerifyFirst, influence, verify_first
from meritindex.analysis.lint import Finding, Findings, Severity, lint
from meritindex.analysis.records import record
from meritindex.analysis.simulating import AgencyRobustness, Around, Robustness, robustness
from meritindex.analysis.verification import Difference, Verification, verify

__all__ = [
    "AgencyRobustness",
    "Around",
    "BoundsCard",
    "BoundsTable",
    "Certainty",
    "Change",
    "ChangeKind",
    "Decision",
    "Difference",
    "Finding",
    "Findings",
    "Influence",
    "InstrumentDiff",
    "OpenItem",
    "Robustness",
    "Severity",
    "Verification",
    "VerifyFirst",
    "bounds",
    "diff",
    "influence",
    "lint",
    "record",
    "robustness",
    "verify",
    "verify_first",
]
