"""What makes agencies differ, what ranks and bands hang on, and which answer decides."""

from meritindex.analysis.influencing.changes import Move, WeightChange
from meritindex.analysis.influencing.crossings import Root
from meritindex.analysis.influencing.elements import Element
from meritindex.analysis.influencing.result import Influence, influence
from meritindex.analysis.influencing.sobol import SobolIndex, SobolIndices, SobolOutput
from meritindex.analysis.influencing.swaps import BandChange, Crossing, Swap
from meritindex.analysis.influencing.together import Alpha, Correlations
from meritindex.analysis.influencing.verifying import (
    AgencyChances,
    ItemChance,
    ItemTotal,
    VerifyFirst,
    verify_first,
)

__all__ = [
    "AgencyChances",
    "Alpha",
    "BandChange",
    "Correlations",
    "Crossing",
    "Element",
    "Influence",
    "ItemChance",
    "ItemTotal",
    "Move",
    "Root",
    "SobolIndex",
    "SobolIndices",
    "SobolOutput",
    "Swap",
    "VerifyFirst",
    "WeightChange",
    "influence",
    "verify_first",
]
