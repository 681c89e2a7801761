"""The nominal and the effective weight of every element of an instrument.

The nominal weight is what the weights alone say; the effective one says how much of the differences
between agencies the element accounts for. How far the two may lie apart is shown in P. Paruolo,
M. Saisana and A. Saltelli, "Ratings and rankings: voodoo or science?", Journal of the Royal
Statistical Society A 176 (2013).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from meritindex.analysis.influencing.moments import comoment, correlation
from meritindex.analysis.influencing.siblings import sizes
from meritindex.analysis.influencing.worth import Worth
from meritindex.definition import is_exact
from meritindex.definition.rules import from_double
from meritindex.language import Text
from meritindex.scoring import ScoringPlan


@attrs.frozen(kw_only=True)
class Element:
    """How much a dimension, an indicator or a measure counts: on paper, and in these agencies.

    Attributes:
        code: of the node.
        name: of the node.
        parent: the code of the dimension that it is a part of.
        nominal: its share of the total by the weights alone, where everything counts; of a
            deduction below zero. None below a rule without weights. A bonus or deduction, which
            has no weight, is added or taken off in full.
        effective: the covariance of what it adds to the total with the total, over the variance of
            the total: how much of the differences between the agencies it accounts for. Those of
            the parts of a dimension add up to its own, and those of the highest ones to 1. Below
            zero where it evens out differences. None where the total is no sum of what its parts
            add.
        reason: why there is no effective weight.
        exact: whether the points that these rest on are exact; where they are not, neither is the
            effective weight.
        correlation: that of its points with the total, over the agencies in which it has any; None
            where either is the same for all of them.
        agencies: how many agencies these are.
    """

    code: str
    name: Text
    parent: str
    nominal: Fraction | None
    effective: Fraction | None
    reason: Text | None
    exact: bool
    correlation: float | None
    agencies: int


def elements(worth: Worth) -> Iterator[Element]:
    """Yield every node below the root, in the order of the instrument."""
    instrument = worth.instrument
    nominal = _nominal_weights(worth.table.plan)
    total = worth.columns[instrument.root.code]
    spread = Fraction(comoment(total.numbers, total.numbers), total.denominator)
    exact = is_exact(instrument.root)
    for node in instrument.nodes[1:]:
        parent = instrument.parent(node.code)
        assert parent is not None  # noqa: S101 - it is not the root
        given = worth.given(node.code)
        factor = worth.factors[node.code]
        contribution = worth.contribution(node.code)
        effective: Fraction | None = None
        if contribution is not None:
            numbers, denominator = contribution
            effective = Fraction(comoment(numbers, total.numbers), denominator) / spread
        yield Element(
            code=node.code,
            name=node.name,
            parent=parent.code,
            nominal=nominal[node.code],
            effective=effective if exact or effective is None else from_double(float(effective)),
            reason=factor if isinstance(factor, Text) else None,
            exact=exact,
            correlation=correlation(worth.columns[node.code].numbers[given], total.numbers[given]),
            agencies=int(given.sum()),
        )


def _nominal_weights(plan: ScoringPlan) -> Mapping[str, Fraction | None]:
    """Return the share of every node in the total by the weights alone."""
    root = plan.instrument.root
    found: dict[str, Fraction | None] = {root.code: Fraction(1)}
    for dimension in plan.instrument.dimensions:
        share, rule = found[dimension.code], dimension.rule
        parts = {
            code: plan.weight_values[code] * size for code, size in sizes(plan, dimension).items()
        }
        whole = sum(parts.values(), Fraction(0))
        for code, part in parts.items():
            known = share is not None and rule is not None and rule.weighted
            found[code] = share * part / (whole or 1) if share is not None and known else None
        for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions)):
            for measure in measures:
                found[measure.code] = None if share is None else sign * share
    return found
