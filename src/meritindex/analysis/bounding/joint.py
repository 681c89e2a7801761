"""All totals as linear functions of one set of weights, also where open dimensions are nested.

The weight of a node in its dimension, times the share that the dimension itself has in the total,
is one variable; what limits a weight in its dimension limits these products in proportion. So the
weights of a whole tree are one polytope, and every total is linear over it. That holds where every
affected dimension adds up linearly, over the same children for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs
import numpy as np

from meritindex.analysis.bounding.sides import Side
from meritindex.analysis.columns import Mask
from meritindex.analysis.open_tree import OpenTree, is_plain
from meritindex.definition import Dimension
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text
from meritindex.linear import Constraint, Polytope

# A linear function of the variables: a factor for each that occurs, and a constant.
Form = tuple[Mapping[int, Fraction], Fraction]

_ZERO = Fraction(0)


def plus(one: Form, other: Form, factor: Fraction) -> Form:
    """Return one form, with another times a factor added."""
    factors = dict(one[0])
    for place, value in other[0].items():
        factors[place] = factors.get(place, _ZERO) + factor * value
    return factors, one[1] + factor * other[1]


@attrs.frozen(kw_only=True)
class JointWeights:
    """The weights of a tree as one polytope.

    Attributes:
        polytope: the weights that are admissible together.
        shares: by the code of a node, its share in the total: what its points are counted with.
    """

    polytope: Polytope
    shares: Mapping[str, Form]

    def above(self, forms: Iterable[Form]) -> Polytope:
        """Return the polytope with one more variable, the last, that no form is below."""
        limits = [
            attrs.evolve(each, coefficients=(*each.coefficients, _ZERO))
            for each in self.polytope.constraints
        ]
        for factors, constant in forms:
            row = [factors.get(place, _ZERO) for place in range(self.polytope.size)]
            limits.append(Constraint(coefficients=(*row, Fraction(-1)), low=-constant))
        return Polytope(size=self.polytope.size + 1, constraints=tuple(limits))


def joint_weights(tree: OpenTree) -> JointWeights:
    """Return the weights of a tree as one polytope.

    Raises:
        WeightingError: something is rounded, bounded or not linear above an open weight.
    """
    faults = [
        _not_linear(dimension.code)
        for dimension in tree.affected
        if not is_plain(dimension) or _is_quotient(tree, dimension)
    ]
    if faults:
        raise WeightingError(faults)
    shares: dict[str, Form] = {tree.root.code: ({}, Fraction(1))}
    rows: list[tuple[Form, Fraction | None, Fraction | None]] = []
    size = 0
    for dimension in reversed(tree.affected):
        share, rule = shares[dimension.code], dimension.rule
        assert rule is not None  # noqa: S101 - as of every dimension with children
        settled = [tree.plan.weight_values[child.code] for child in dimension.children]
        whole = rule.whole or (sum(settled, _ZERO) if rule.reweighs else Fraction(1))
        region = tree.regions.get(dimension.code)
        for place, child in enumerate(dimension.children):
            nothing: Form = ({}, _ZERO)
            weight = plus(nothing, share, settled[place])
            if region is not None:
                weight = {size + place: Fraction(1)}, _ZERO
            shares[child.code] = plus(nothing, weight, 1 / whole)
        if region is not None:
            for limit in region.polytope.constraints:
                weights = {size + place: value for place, value in enumerate(limit.coefficients)}
                for end, sign in ((limit.low, 1), (limit.high, -1)):
                    if end is not None:
                        form = plus((weights, _ZERO), share, -end)
                        rows.append(
                            (form, _ZERO if sign > 0 else None, _ZERO if sign < 0 else None)
                        )
            size += len(dimension.children)
    constraints = [
        Constraint(
            coefficients=tuple(factors.get(place, _ZERO) for place in range(size)),
            low=None if low is None else low - constant,
            high=None if high is None else high - constant,
        )
        for (factors, constant), low, high in rows
    ]
    polytope = Polytope(size=size, constraints=tuple(constraints))
    return JointWeights(polytope=polytope, shares=shares)


def _is_quotient(tree: OpenTree, dimension: Dimension) -> bool:
    """Say whether the weights of a mean are open and only relative to one another."""
    rule = dimension.rule
    return dimension.code in tree.regions and bool(rule and rule.reweighs and not rule.whole)


def totals_of(tree: OpenTree, weights: JointWeights, side: Side) -> list[Form]:
    """Return the total of every row as a linear function of the joint weights.

    Raises:
        WeightingError: gates take children out of a mean whose weights are open or stand above open
            ones, so that totals are quotients.
    """
    count = len(side.inputs.levels)
    totals: list[Form] = [({}, _ZERO)] * count
    for dimension in reversed(tree.affected):
        share = weights.shares[dimension.code]
        entry = side.inputs.entries.get(dimension.code)
        if entry is not None:
            column = side.nodes[dimension.code].column
            for row in np.flatnonzero(entry.known):
                points = Fraction(int(column.numbers[row]), column.denominator)
                totals[row] = plus(totals[row], share, points)
        parts = [
            (weights.shares[child.code], 1, side.nodes[child.code].column)
            for child in dimension.children
            if child.code not in tree.affected_codes
        ]
        parts += [(share, 1, side.nodes[each.code].column) for each in dimension.bonuses]
        parts += [(share, -1, side.nodes[each.code].column) for each in dimension.deductions]
        for row in np.flatnonzero(_computed(tree, side, dimension)):
            for form, sign, part in parts:
                if part.numbers[row]:
                    points = Fraction(int(part.numbers[row]), part.denominator)
                    totals[row] = plus(totals[row], form, sign * points)
    return totals


def _computed(tree: OpenTree, side: Side, dimension: Dimension) -> Mask:
    """Return in which rows a dimension counts by its children; refuse means that are quotients."""
    free = np.ones(len(side.inputs.levels), dtype=np.bool_)
    for code in (dimension.code, *tree.instrument.path(dimension.code)):
        entry = side.inputs.entries.get(code)
        free = free if entry is None else free & ~entry.known
    assert dimension.rule is not None  # noqa: S101 - as of every dimension with children
    extreme = side.nodes[dimension.code]
    if (free & ((extreme.by_policy & extreme.column.known) | extreme.fleeting)).any():
        raise WeightingError(_not_linear(dimension.code))
    if dimension.rule.reweighs:
        present = np.column_stack(
            [side.nodes[child.code].column.present for child in dimension.children]
        )
        if (free & ~present.all(axis=1)).any():
            raise WeightingError(_not_linear(dimension.code))
    return free


def _not_linear(code: str) -> Fault:
    return Fault(
        code="exact-ranks-not-linear",
        message=Text(
            "peringkat eksak tidak dapat dicari: nilai {code} tidak linear dalam bobot yang "
            "terbuka",
            "exact ranks can't be found: the points of {code} are not linear in the open weights",
        ).fill(code=code),
        item=code,
    )
