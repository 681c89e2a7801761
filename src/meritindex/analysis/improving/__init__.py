"""Improvement: the cheapest levels to raise so that a target is reached, proven to be so."""

from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.improving import best_within, improve
from meritindex.analysis.improving.prerequisites import Prerequisite
from meritindex.analysis.improving.steps import (
    Hindrance,
    ImprovementStatus,
    ImprovementStep,
    SingleStep,
)
from meritindex.analysis.improving.table import ImprovementTable
from meritindex.analysis.improving.target import RankTarget, Target

__all__ = [
    "Costs",
    "Hindrance",
    "Improvement",
    "ImprovementStatus",
    "ImprovementStep",
    "ImprovementTable",
    "Prerequisite",
    "RankTarget",
    "SingleStep",
    "Target",
    "best_within",
    "improve",
]
