"""Exact, explained scoring of merit-system assessments.

Everything a user needs is here: `import meritindex as mi`. Each name is loaded when it is first
used, so that importing the library costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meritindex.assessment import (
        AnswerState,
        Assessment,
        AssessmentSet,
        read_assessments,
        sample,
        template,
    )
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
        NOT_ANSWERED,
        NOT_APPLICABLE,
        ExactColumn,
        Explanation,
        ScoreCard,
        Scores,
        ScoreTable,
        ScoringPlan,
        plan,
        score,
    )

__version__ = "0.1.0"

_HOMES = {
    "assessment": (
        "AnswerState",
        "Assessment",
        "AssessmentSet",
        "read_assessments",
        "sample",
        "template",
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
        "NOT_ANSWERED",
        "NOT_APPLICABLE",
        "ExactColumn",
        "Explanation",
        "ScoreCard",
        "ScoreTable",
        "Scores",
        "ScoringPlan",
        "plan",
        "score",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604 - the names of the table above
    "__version__",
    *sorted(_HOME_OF),
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
