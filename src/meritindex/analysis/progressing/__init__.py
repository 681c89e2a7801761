"""Following agencies through the years, and what they have promised."""

from meritindex.analysis.progressing.changes import PeriodChange, Split
from meritindex.analysis.progressing.courses import Setback, Streak
from meritindex.analysis.progressing.occasions import Direction, Occasion
from meritindex.analysis.progressing.pacing import CommitmentProgress, MilestoneProgress
from meritindex.analysis.progressing.parts import (
    Counterpart,
    DimensionChange,
    ItemChange,
    PartScore,
)
from meritindex.analysis.progressing.progressing import progress
from meritindex.analysis.progressing.result import Progress, ProgressTable
from meritindex.analysis.progressing.statuses import CommitmentStatus, MilestoneStatus

__all__ = [
    "CommitmentProgress",
    "CommitmentStatus",
    "Counterpart",
    "DimensionChange",
    "Direction",
    "ItemChange",
    "MilestoneProgress",
    "MilestoneStatus",
    "Occasion",
    "PartScore",
    "PeriodChange",
    "Progress",
    "ProgressTable",
    "Setback",
    "Split",
    "Streak",
    "progress",
]
