"""How far the children of a dimension go together: correlations, and Cronbach's alpha.

L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
What a low or a high alpha means for an index, and what not, is discussed in OECD/JRC, *Handbook on
Constructing Composite Indicators* (2008), section "Multivariate analysis".
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.influencing.moments import comoment, correlations
from meritindex.analysis.influencing.worth import Worth
from meritindex.definition import Dimension, is_exact
from meritindex.definition.rules import from_double
from meritindex.language import Text


@attrs.frozen(kw_only=True)
class Alpha:
    """Cronbach's alpha of the children of a dimension.

    Attributes:
        code: of the dimension.
        name: of the dimension.
        value: `k / (k - 1) * (1 - sum of the variances / variance of the sum)` of the points of `k`
            items, unweighted and each on its own scale; None where there is none.
        exact: whether the points are; where they are not, neither is the value.
        items: the codes of the children that enter: those that weigh anything and that no agency
            is without because of a gate.
        agencies: in how many the points of all items are known; the others don't enter.
        reason: why there is no value.
    """

    code: str
    name: Text
    value: Fraction | None
    exact: bool
    items: tuple[str, ...]
    agencies: int
    reason: Text | None


@attrs.frozen(kw_only=True, eq=False)
class Correlations:
    """The correlations between the points of the children of a dimension.

    Attributes:
        code: of the dimension.
        codes: of the children, in the order of rows and columns.
        matrix: float64, shape `[children, children]`; NaN where either has the same points in all
            agencies in which both have any. Read-only.
        agencies: in how many both have points; int64, of the same shape. Read-only.
    """

    code: str
    codes: tuple[str, ...]
    matrix: npt.NDArray[np.float64]
    agencies: npt.NDArray[np.int64]

    def __attrs_post_init__(self) -> None:
        self.matrix.setflags(write=False)
        self.agencies.setflags(write=False)


_FEW_ITEMS = Text(
    "kurang dari dua unsur berbobot yang berlaku pada semua instansi",
    "fewer than two parts that weigh anything apply to all agencies",
)
_NO_SPREAD = Text(
    "jumlahnya sama pada semua instansi yang diketahui nilainya",
    "their sum is the same in all agencies of which it is known",
)


def alpha_of(worth: Worth, dimension: Dimension) -> Alpha:
    """Return Cronbach's alpha of the children of a dimension."""
    weights, columns = worth.table.plan.weight_values, worth.columns
    items = [
        child
        for child in dimension.children
        if weights[child.code] and not worth.is_ruled_out(child.code)
    ]
    known = np.ones(len(worth.table), dtype=np.bool_)
    for item in items:
        known &= worth.given(item.code)
    exact = all(map(is_exact, items))
    value: Fraction | None = None
    reason = _FEW_ITEMS
    if len(items) > 1:
        common = lcm(*(columns[item.code].denominator for item in items))
        points = [columns[item.code].over(common)[known].astype(object) for item in items]
        together = np.add.reduce(points)
        spread = comoment(together, together)
        reason = _NO_SPREAD
        if spread:
            apart = sum(comoment(column, column) for column in points)
            value = Fraction(len(items), len(items) - 1) * (1 - Fraction(apart, spread))
    return Alpha(
        code=dimension.code,
        name=dimension.name,
        value=value if exact or value is None else from_double(float(value)),
        exact=exact,
        items=tuple(item.code for item in items),
        agencies=int(known.sum()),
        reason=reason if value is None else None,
    )


def correlations_of(worth: Worth, dimension: Dimension) -> Correlations:
    """Return the correlations between the children of a dimension, pair by pair."""
    codes = tuple(child.code for child in dimension.children)
    given = [worth.given(code) for code in codes]
    points = [worth.columns[code].numbers for code in codes]
    size = len(codes)
    matrix = np.full((size, size), np.nan)
    for one in range(size):
        for other in range(one, size):
            both = given[one] & given[other]
            pair = correlations([points[one][both], points[other][both]])
            matrix[one, other] = matrix[other, one] = pair[0, 1]
    counts = np.array(given, dtype=np.int64).reshape(size, len(worth.table))
    return Correlations(code=dimension.code, codes=codes, matrix=matrix, agencies=counts @ counts.T)
