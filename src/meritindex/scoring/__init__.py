"""How many points, exactly: plans, cards, tables, ranks and explanations."""

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE
from meritindex.scoring.card import DimensionScore, ScoreCard
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.explanation import Explanation
from meritindex.scoring.frames import EngineError, Expressions
from meritindex.scoring.plans import Scores, ScoringPlan, plan
from meritindex.scoring.scoring import score
from meritindex.scoring.standing import Reason
from meritindex.scoring.states import MissingItem, Status
from meritindex.scoring.table import GroupBy, ScoreTable

__all__ = [
    "NOT_ANSWERED",
    "NOT_APPLICABLE",
    "DimensionScore",
    "EngineError",
    "ExactColumn",
    "Explanation",
    "Expressions",
    "GroupBy",
    "MissingItem",
    "Reason",
    "ScoreCard",
    "ScoreTable",
    "Scores",
    "ScoringPlan",
    "Status",
    "plan",
    "score",
]
