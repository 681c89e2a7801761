"""What plans come to, and when that is high enough."""

from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import Mask
from meritindex.scoring import ExactColumn
from meritindex.scoring.column import reaches


@attrs.frozen
class Goal:
    """When a total is high enough.

    Attributes:
        limit: the least total; None where any is.
        inclusive: whether the limit itself is enough.
        band: the number of the band that is to be reached, 0 where none is asked for.
    """

    limit: Fraction | None
    inclusive: bool = True
    band: int = 0


@attrs.frozen(kw_only=True, eq=False)
class Outcome:
    """What rows of levels are worth: the least of it, where weights are open.

    Attributes:
        totals: the totals.
        bands: the numbers of their bands; 0 where that is not known.
        certain: the numbers of the bands that are reached for certain.
    """

    totals: ExactColumn
    bands: npt.NDArray[np.uint8]
    certain: npt.NDArray[np.uint8]

    @property
    def last(self) -> Outcome:
        """The last row alone."""
        row = slice(-1, None)
        return Outcome(totals=self.totals[row], bands=self.bands[row], certain=self.certain[row])

    def reach(self, goal: Goal) -> Mask:
        """Say which rows reach a goal."""
        found = self.totals.known & (self.certain >= goal.band)
        if goal.limit is not None:
            limit = goal.limit * self.totals.denominator
            found = found & reaches(self.totals.numerators, limit, inclusive=goal.inclusive)
        return np.asarray(found, dtype=np.bool_)
