"""What a rule says, and who and what there is: frozen types without numbers of any agency."""

from meritindex.definition.agencies import Agency, AgencyKind, PublishedResult, Stage
from meritindex.definition.bands import Band, Bands, Limit
from meritindex.definition.instrument import DerivedFigure, InForce, Instrument, Remark
from meritindex.definition.nodes import (
    Condition,
    Dimension,
    Gate,
    Indicator,
    Leaf,
    Level,
    Measure,
    MissingPolicy,
    Node,
    Option,
)
from meritindex.definition.rules import Rounding, RoundingMode, Rule, WeightedMean, WeightedSum
from meritindex.definition.sources import Basis, Figure, Source, Standing, weakest
from meritindex.definition.weightings import EqualRemainder, Given, Stated, Weighting, Weights

__all__ = [
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
    "Leaf",
    "Level",
    "Limit",
    "Measure",
    "MissingPolicy",
    "Node",
    "Option",
    "PublishedResult",
    "Remark",
    "Rounding",
    "RoundingMode",
    "Rule",
    "Source",
    "Stage",
    "Standing",
    "Stated",
    "WeightedMean",
    "WeightedSum",
    "Weighting",
    "Weights",
    "weakest",
]
