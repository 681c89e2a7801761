"""Between what ends a total lies, whatever the open weights and answers; and what is certain."""

from meritindex.analysis.bounding.bounding import bounds
from meritindex.analysis.bounding.card import BoundsCard, Decision
from meritindex.analysis.bounding.table import BoundsTable, Certainty

__all__ = ["BoundsCard", "BoundsTable", "Certainty", "Decision", "bounds"]
