"""What agencies answered: one assessment, many in columns, and the files they come from."""

from meritindex.assessment.forms.reading import read_forms
from meritindex.assessment.frames import read_frame
from meritindex.assessment.many import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, RowFacts
from meritindex.assessment.one import Assessment
from meritindex.assessment.reading import read_assessments, template
from meritindex.assessment.sample import sample
from meritindex.assessment.trust import AnswerPolicy, Latitude, Unanswered
from meritindex.assessment.values import AnswerState, NumberColumn
from meritindex.assessment.writing import to_csv_text

__all__ = [
    "NOT_ANSWERED",
    "NOT_APPLICABLE",
    "AnswerPolicy",
    "AnswerState",
    "Assessment",
    "AssessmentSet",
    "Latitude",
    "NumberColumn",
    "RowFacts",
    "Unanswered",
    "read_assessments",
    "read_forms",
    "read_frame",
    "sample",
    "template",
    "to_csv_text",
]
