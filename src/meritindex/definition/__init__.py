"""What a rule says, and who and what there is: frozen types without numbers of any agency."""

from meritindex.definition.admissible import Admissible, Centre, Interval, Region
from meritindex.definition.agencies import Agency, AgencyKind, PublishedResult, Stage
from meritindex.definition.bands import Band, Bands, Limit
from meritindex.definition.caps import BandCap, Cap, Shortfall
from meritindex.definition.commitments import Commitment, Milestone
from meritindex.definition.crosswalks import Correspondence, Crosswalk, CrosswalkSide
from meritindex.definition.instrument import DerivedFigure, InForce, Instrument, Remark
from meritindex.definition.nodes import (
    Condition,
    Dimension,
    Gate,
    Indicator,
    Leaf,
    Measure,
    MissingPolicy,
    Node,
    Option,
    is_exact,
)
from meritindex.definition.rounding import Rounding, RoundingMode
from meritindex.definition.rules import (
    Compensation,
    GeometricMean,
    HarmonicMean,
    Median,
    Minimum,
    PositiveMean,
    PowerMean,
    Rule,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.scales import (
    GoalpostScale,
    Level,
    LevelScale,
    MeasureScale,
    Step,
    ThresholdScale,
)
from meritindex.definition.sources import Basis, Figure, Source, Standing, weakest
from meritindex.definition.weightings import EqualRemainder, Given, Stated, Weighting, Weights

__all__ = [
    "Admissible",
    "Agency",
    "AgencyKind",
    "Band",
    "BandCap",
    "Bands",
    "Basis",
    "Cap",
    "Centre",
    "Commitment",
    "Compensation",
    "Condition",
    "Correspondence",
    "Crosswalk",
    "CrosswalkSide",
    "DerivedFigure",
    "Dimension",
    "EqualRemainder",
    "Figure",
    "Gate",
    "GeometricMean",
    "Given",
    "GoalpostScale",
    "HarmonicMean",
    "InForce",
    "Indicator",
    "Instrument",
    "Interval",
    "Leaf",
    "Level",
    "LevelScale",
    "Limit",
    "Measure",
    "MeasureScale",
    "Median",
    "Milestone",
    "Minimum",
    "MissingPolicy",
    "Node",
    "Option",
    "PositiveMean",
    "PowerMean",
    "PublishedResult",
    "Region",
    "Remark",
    "Rounding",
    "RoundingMode",
    "Rule",
    "Shortfall",
    "Source",
    "Stage",
    "Standing",
    "Stated",
    "Step",
    "ThresholdScale",
    "WeightedMean",
    "WeightedSum",
    "Weighting",
    "Weights",
    "is_exact",
    "weakest",
]
