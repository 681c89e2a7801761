"""Exact, explained scoring of merit-system assessments.

Everything a user needs is here: `import meritindex as mi`. Each name is loaded when it is first
used, so that importing the library costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meritindex.assessment import (
        NOT_ANSWERED,
        NOT_APPLICABLE,
        AnswerState,
        Assessment,
        AssessmentSet,
        read_assessments,
        template,
        to_csv_text,
    )

    # Not from the package: to mypy its name there is the module's.
    from meritindex.assessment.sample import sample
    from meritindex.catalog import (
        agencies,
        agency,
        instrument,
        instruments,
        is_official,
        load_instrument,
        published_results,
    )
    from meritindex.definition import (
        Agency,
        AgencyKind,
        Band,
        Bands,
        Basis,
        Condition,
        DerivedFigure,
        Dimension,
        EqualRemainder,
        Figure,
        Gate,
        Given,
        Indicator,
        InForce,
        Instrument,
        Level,
        Limit,
        Measure,
        MissingPolicy,
        Option,
        PublishedResult,
        Remark,
        Rounding,
        RoundingMode,
        Source,
        Stage,
        Standing,
        Stated,
        WeightedMean,
        WeightedSum,
    )
    from meritindex.errors import (
        AssessmentError,
        DefinitionError,
        Fault,
        FileError,
        MeritIndexError,
        NumberError,
        UnknownNameError,
        WeightingError,
    )
    from meritindex.language import Text
    from meritindex.scoring import (
        DimensionScore,
        ExactColumn,
        Explanation,
        GroupBy,
        MissingItem,
        Reason,
        ScoreCard,
        Scores,
        ScoreTable,
        ScoringPlan,
        Status,
        plan,
        score,
    )

__version__ = "0.1.0"

_HOMES = {
    "assessment": (
        "NOT_ANSWERED",
        "NOT_APPLICABLE",
        "AnswerState",
        "Assessment",
        "AssessmentSet",
        "read_assessments",
        "sample",
        "template",
        "to_csv_text",
    ),
    "catalog": (
        "agencies",
        "agency",
        "instrument",
        "instruments",
        "is_official",
        "load_instrument",
        "published_results",
    ),
    "definition": (
        "Agency",
        "AgencyKind",
        "Band",
        "Bands",
        "Basis",
        "Condition",
        "DerivedFigure",
        "Dimension",
        "EqualRemainder",
        "Figure",
        "Gate",
        "Given",
        "InForce",
        "Indicator",
        "Instrument",
        "Level",
        "Limit",
        "Measure",
        "MissingPolicy",
        "Option",
        "PublishedResult",
        "Remark",
        "Rounding",
        "RoundingMode",
        "Source",
        "Stage",
        "Standing",
        "Stated",
        "WeightedMean",
        "WeightedSum",
    ),
    "errors": (
        "AssessmentError",
        "DefinitionError",
        "Fault",
        "FileError",
        "MeritIndexError",
        "NumberError",
        "UnknownNameError",
        "WeightingError",
    ),
    "language": ("Text",),
    "scoring": (
        "DimensionScore",
        "ExactColumn",
        "Explanation",
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
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "NOT_ANSWERED",
    "NOT_APPLICABLE",
    "Agency",
    "AgencyKind",
    "AnswerState",
    "Assessment",
    "AssessmentError",
    "AssessmentSet",
    "Band",
    "Bands",
    "Basis",
    "Condition",
    "DefinitionError",
    "DerivedFigure",
    "Dimension",
    "DimensionScore",
    "EqualRemainder",
    "ExactColumn",
    "Explanation",
    "Fault",
    "Figure",
    "FileError",
    "Gate",
    "Given",
    "GroupBy",
    "InForce",
    "Indicator",
    "Instrument",
    "Level",
    "Limit",
    "Measure",
    "MeritIndexError",
    "MissingItem",
    "MissingPolicy",
    "NumberError",
    "Option",
    "PublishedResult",
    "Reason",
    "Remark",
    "Rounding",
    "RoundingMode",
    "ScoreCard",
    "ScoreTable",
    "Scores",
    "ScoringPlan",
    "Source",
    "Stage",
    "Standing",
    "Stated",
    "Status",
    "Text",
    "UnknownNameError",
    "WeightedMean",
    "WeightedSum",
    "WeightingError",
    "__version__",
    "agencies",
    "agency",
    "instrument",
    "instruments",
    "is_official",
    "load_instrument",
    "plan",
    "published_results",
    "read_assessments",
    "sample",
    "score",
    "template",
    "to_csv_text",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
