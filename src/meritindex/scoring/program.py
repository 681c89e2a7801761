"""The program of a plan: what each dimension adds up, and over which denominator.

Every dimension is a step, children before parents: integer coefficients for its indicators' levels,
its measures and the dimensions below, and a denominator. A rule that is no plain sum, such as a
minimum or a geometric mean, takes its children one by one instead (`Step.inputs`), in the numbers
that it needs: integers, Fractions or doubles. `compiling` makes programs, `evaluation` runs them.
"""

from __future__ import annotations

import enum
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from meritindex.definition import (
    Dimension,
    Indicator,
    Measure,
    MissingPolicy,
    Node,
)

# Carriers of a step: the first whose limit is above every number that it can meet.
UINT16_LIMIT = 2**16
INT32_LIMIT = 2**31
INT64_LIMIT = 2**63


class Domain(enum.Enum):
    """In what numbers a node is computed."""

    INTEGER = enum.auto()  # integers, each worth the unit of the node
    FRACTION = enum.auto()  # Fractions, where a rule leaves rows no common denominator
    DOUBLE = enum.auto()  # doubles, where a rule is not rational


@attrs.frozen(kw_only=True)
class Column:
    """How the levels of one indicator become integers, each worth `unit` points.

    Where `table` is None, points are proportional to the level and the level itself is the integer;
    else the table holds the integer of each level. `largest` bounds their size.
    """

    indicator: Indicator
    policy: MissingPolicy
    unit: Fraction
    table: tuple[int, ...] | None
    largest: int
    signed: bool

    @property
    def is_narrow(self) -> bool:
        """Whether 64 bits hold its integers."""
        return self.largest < INT64_LIMIT

    @property
    def numbers(self) -> tuple[int, ...]:
        """The integer of each level, from the lowest."""
        return self.table or tuple(level.value for level in self.indicator.levels)

    @property
    def lowest(self) -> int:
        """The number of the lowest level."""
        return self.indicator.levels[0].value

    @property
    def highest(self) -> int:
        """The number of the highest level."""
        return self.indicator.levels[-1].value


@attrs.frozen(kw_only=True)
class MeasureColumn:
    """A measure: what its numbers, which are integers over `10**decimals`, are worth.

    Its points are integers, each worth `unit`, or doubles; `bound` is their largest size. `fill` is
    what a policy puts in place of a missing one.
    """

    measure: Measure
    policy: MissingPolicy
    domain: Domain
    unit: Fraction
    bound: int

    def number(self, raw: int) -> int | float:
        """Return the points of a value, as a number of the column."""
        return self._number(self.measure.points_of(Fraction(raw, 10**self.measure.decimals)))

    @property
    def fill(self) -> int | float:
        """The number of a missing value under `zero` or `lowest`."""
        if self.policy is MissingPolicy.ZERO:
            return 0
        return self._number(self.measure.lowest)

    def _number(self, points: Fraction) -> int | float:
        return float(points) if self.domain is Domain.DOUBLE else int(points / self.unit)


@attrs.frozen
class Term:
    """A summand of a step: the number at `place` times `coefficient`; `share` is its weight."""

    place: int
    coefficient: int
    share: int


@attrs.frozen(kw_only=True)
class Input:
    """A child of a step that takes its children one by one.

    Attributes:
        node: the child.
        place: among the columns, measures or steps, by the kind of the child.
        weight: its weight.
        unit: what one of its numbers is worth.
        factor: brings its integers to the denominator of a step that is computed in integers.
    """

    node: Node
    place: int
    weight: Fraction
    unit: Fraction
    factor: int


@attrs.frozen(kw_only=True)
class Watch:
    """A shortfall that a cap depends on: the number at `place` is below `limit`, in its own units.

    Points entered at one of the dimensions `covers`, between it and the cap, leave it unknown.
    """

    node: Node
    place: int
    limit: Fraction
    covers: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Ceiling:
    """The most that a step can be, in its own numbers; `watch` is None where that always holds."""

    number: Any
    watch: Watch | None


@attrs.frozen(kw_only=True)
class BandCeiling:
    """The number of the best band that a step can have while `watch` holds."""

    number: int
    watch: Watch


@attrs.frozen(kw_only=True)
class Step:
    """How one dimension is computed, in this order.

    The sum of its terms, times the factor of the row's divisor (`divisors` is empty where there is
    but one, already in the coefficients); or, where there are `inputs`, what the rule makes of
    them, in the numbers of `domain`. Times `adjustment_factor`, with the adjustments: points over
    `raw_denominator`. Not below `floor`, not above the `ceilings`. Rounded, where the dimension
    says so. Times `final_factor`: points over `denominator`, in the numbers of `result`. A number
    entered for it, times `entry_factor`, takes its place.

    What lies below an entered number is not given: `below` are the places of those steps. A step is
    `gated` where gates decide whether its dimension applies.

    `sum_bound`, `bound` and `peak` bound the size of the sum, the result, and every number between.
    """

    dimension: Dimension
    place: int
    below: tuple[int, ...]
    gated: bool
    policy: MissingPolicy
    columns: tuple[Term, ...]
    measures: tuple[Term, ...]
    children: tuple[Term, ...]
    inputs: tuple[Input, ...]
    divisors: tuple[int, ...]
    factors: tuple[int, ...]
    adjustments: tuple[Term, ...]
    adjustment_factor: int
    floor: Any
    ceilings: tuple[Ceiling, ...]
    band_ceilings: tuple[BandCeiling, ...]
    raw_denominator: int
    final_factor: int
    entry_factor: int
    lowest: Any
    denominator: int
    domain: Domain
    result: Domain
    exact: bool
    sum_bound: int
    bound: int
    peak: int
    signed: bool

    @cached_property
    def total_share(self) -> int:
        """The divisor where every child counts."""
        return sum(term.share for term in (*self.columns, *self.measures, *self.children))

    @cached_property
    def carrier(self) -> type[Any]:
        """The narrowest type that holds every number of the step."""
        if self.result is Domain.DOUBLE:
            return np.float64
        if self.result is Domain.FRACTION:
            return object
        if not self.signed and self.peak < UINT16_LIMIT:
            return np.uint16
        if self.peak < INT32_LIMIT:
            return np.int32
        return np.int64 if self.peak < INT64_LIMIT else object


@attrs.frozen(kw_only=True, eq=False)
class Program:
    """The steps of all dimensions, children before parents; the root is the last."""

    columns: tuple[Column, ...]
    measures: tuple[MeasureColumn, ...]
    steps: tuple[Step, ...]

    def has_open_divisors(self, step: Step, *, waiting: bool) -> bool:
        """Say whether the data decide which divisors of a mean occur, not the gates alone.

        So it is where something missing drops out of the mean, and where a dimension that may not
        apply stands in it all the same: because points are entered at or below it, or because its
        gates are not all answered (`waiting`: whether any are not).
        """
        if step.inputs or step.dimension.rule is None or not step.dimension.rule.reweighs:
            return False
        below = [self.steps[term.place] for term in step.children]
        policies = (
            *(self.columns[term.place].policy for term in step.columns),
            *(self.measures[term.place].policy for term in step.measures),
            *(child.policy for child in below),
        )
        return MissingPolicy.DROP in policies or any(
            child.gated and (waiting or self._has_entries(child)) for child in below
        )

    def divisor_sums(self, step: Step, most: int) -> set[int]:
        """Return the sums of weights that any row could count in a step; 0 where none counts.

        Where a child may drop out, or not apply, it may be among them or not. Beyond `most` sums,
        only as many are found as show that they are more.
        """
        drop = MissingPolicy.DROP
        columns = [(term.share, self.columns[term.place]) for term in step.columns]
        children = [(term.share, self.steps[term.place]) for term in step.children]
        shares = [
            *(
                (share, one.policy is drop or bool(one.indicator.conditions))
                for share, one in columns
            ),
            *((term.share, self.measures[term.place].policy is drop) for term in step.measures),
            *((share, child.policy is drop or child.gated) for share, child in children),
        ]
        sums = {0}
        for share, may_be_out in shares:
            with_it = {value + share for value in sums}
            sums = sums | with_it if may_be_out else with_it
            if len(sums) > most:
                break
        return sums

    def _has_entries(self, step: Step) -> bool:
        return any(self.steps[place].entry_factor for place in (step.place, *step.below))

    @property
    def root(self) -> Step:
        """The step of the total."""
        return self.steps[-1]
