"""What agencies answered: one assessment, many in columns, and the files they come from."""

from meritindex.assessment.many import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, RowFacts
from meritindex.assessment.one import Assessment
from meritindex.assessment.values import AnswerState, NumberColumn

__all__ = [
    "NOT_ANSWERED",
    "NOT_APPLICABLE",
    "AnswerState",
    "Assessment",
    "AssessmentSet",
    "NumberColumn",
    "RowFacts",
]
