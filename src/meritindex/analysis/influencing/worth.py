"""What every node of scored rows is worth, and with what factor it enters the total, row by row.

Gates, and what is left out, change the divisor of a mean from row to row; with it, what a point of
a node below adds to the total. Where the total is a plain sum, what all leaves add makes it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm

import attrs
import numpy as np

from meritindex.analysis.columns import (
    Integers,
    Mask,
    NodeColumn,
    integers,
    node_columns,
    over_common,
)
from meritindex.analysis.influencing.moments import NARROW, product
from meritindex.analysis.open_tree import is_plain
from meritindex.definition import Dimension, Instrument, WeightedMean, WeightedSum
from meritindex.language import Text
from meritindex.scoring import ScoreTable
from meritindex.scoring.rows import Inputs

_NOT_A_SUM = Text(
    "{code} bukan jumlah atau rata-rata tertimbang, atau hasilnya dibulatkan atau dibatasi",
    "{code} is no weighted sum or mean, or what comes of it is rounded or bounded",
)
_NOT_FROM_BELOW = Text(
    "nilai {code} diisi langsung, atau mengikuti ketentuan bagi yang belum ada, pada {count} "
    "penilaian",
    "points of {code} are entered, or stand in for what is missing, in {count} assessments",
)


@attrs.frozen(eq=False)
class Factor:
    """What a point of a node adds to the total, row by row: integers over a denominator."""

    numbers: Integers
    denominator: int


@attrs.frozen(eq=False)
class Worth:
    """The points of all nodes of a table, and how they make up the totals."""

    table: ScoreTable

    @property
    def instrument(self) -> Instrument:
        """The instrument of the table."""
        return self.table.instrument

    @cached_property
    def columns(self) -> Mapping[str, NodeColumn]:
        """What each node is worth, by code, and whether it counts."""
        inputs = Inputs.of(self.table.assessments)
        return node_columns(self.instrument.nodes, inputs, self.table.scores)

    def given(self, code: str) -> Mask:
        """Return in which rows a node has points that count for something."""
        column = self.columns[code]
        return np.asarray(column.present & column.known & ~self._under_entry(code))

    def is_ruled_out(self, code: str) -> bool:
        """Say whether gates take a node away in any of the rows in which it could be answered."""
        column = self.columns[code]
        return not (column.present | column.dropped | self._under_entry(code)).all()

    def _under_entry(self, code: str) -> Mask:
        """Return in which rows points are entered somewhere above a node."""
        entries = self.table.assessments.entries
        above = [entries[each].known for each in self.instrument.path(code) if each in entries]
        nowhere = np.zeros(len(self.table), dtype=np.bool_)
        return np.asarray(np.logical_or.reduce([nowhere, *above]))

    def computed(self, dimension: Dimension) -> Mask:
        """Return in which rows the points of a dimension are what its rule made of its children.

        Not so where they are entered, where a policy stands in for them, and where there are none.
        """
        assessments, columns = self.table.assessments, self.columns
        below = [columns[node.code] for node in (*dimension.children, *dimension.adjustments)]
        found = columns[dimension.code].present & columns[dimension.code].known
        for column in below:
            found &= column.known
        for mask in (
            assessments.undetermined.get(dimension.code),
            entry.known if (entry := assessments.entries.get(dimension.code)) is not None else None,
        ):
            if mask is not None:
                found &= ~mask
        weights = self.table.plan.weight_values
        mean = dimension.rule is not None and dimension.rule.reweighs
        counted = [
            columns[child.code].present
            for child in dimension.children
            if weights[child.code] or not mean
        ]
        return found & np.logical_or.reduce(counted) if counted else found & False

    @cached_property
    def factors(self) -> Mapping[str, Factor | Text]:
        """The factor of every node by code, or why it has none.

        It is zero in rows in which the node does not count.
        """
        root = self.instrument.root
        found: dict[str, Factor | Text] = {
            root.code: Factor(np.ones(len(self.table), dtype=np.int64), 1)
        }
        for dimension in self.instrument.dimensions:
            found |= self._below(dimension, found[dimension.code])
        return found

    def _below(self, dimension: Dimension, factor: Factor | Text) -> dict[str, Factor | Text]:
        """Return the factors of the children and adjustments of a dimension."""
        nodes = (*dimension.children, *dimension.adjustments)
        if isinstance(factor, Factor) and nodes:
            why = self._why_not(dimension, factor)
            if why is None:
                return dict(self._shared_out(dimension, factor))
            factor = why
        return dict.fromkeys((node.code for node in nodes), factor)

    def _why_not(self, dimension: Dimension, factor: Factor) -> Text | None:
        """Return why what a dimension is worth is not the sum of what lies below it."""
        if not is_plain(dimension):
            return _NOT_A_SUM.fill(code=dimension.code)
        strange = (factor.numbers != 0) & ~self.computed(dimension)
        if strange.any():
            return _NOT_FROM_BELOW.fill(code=dimension.code, count=int(strange.sum()))
        return None

    def _shared_out(self, dimension: Dimension, factor: Factor) -> Mapping[str, Factor]:
        rule, weights = dimension.rule, self.table.plan.weight_values
        assert isinstance(rule, WeightedSum | WeightedMean)  # noqa: S101 - as of what is plain
        values = [weights[child.code] for child in dimension.children]
        counts = [self.columns[child.code].present for child in dimension.children]
        if isinstance(rule, WeightedSum):
            values = list(rule.factors(values))
        shares, denominator = over_common(values)
        numbers = factor.numbers
        if isinstance(rule, WeightedMean):
            wide = int(shares.astype(object).sum()) >= NARROW
            divisors = np.zeros(len(self.table), dtype=object if wide else np.int64)
            for mask, share in zip(counts, shares, strict=True):
                divisors += np.where(mask, share, 0)
            # Any divisor will do where nothing counts, for there the factor is zero.
            distinct, places = np.unique(np.where(divisors, divisors, 1), return_inverse=True)
            common = lcm(*map(int, distinct))
            parts = integers((common // int(divisor) for divisor in distinct), len(distinct))
            numbers, denominator = product(numbers, parts[places]), common
        found = {
            child.code: Factor(
                product(product(numbers, share), mask), factor.denominator * denominator
            )
            for child, share, mask in zip(dimension.children, shares[:, None], counts, strict=True)
        }
        for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions)):
            for measure in measures:
                mask = self.columns[measure.code].present
                signed = sign * product(factor.numbers, mask)
                found[measure.code] = Factor(signed, factor.denominator)
        return found

    def contribution(self, code: str) -> tuple[Integers, int] | None:
        """Return what a node adds to the total of every row, as integers over a denominator.

        None where its factor is not known.
        """
        factor, column = self.factors[code], self.columns[code]
        if isinstance(factor, Text):
            return None
        return product(factor.numbers, column.numbers), factor.denominator * column.denominator

    def points(self, code: str, row: int) -> Fraction:
        """Return what a node is worth in one row; zero where it has no points."""
        column = self.columns[code]
        return Fraction(int(column.numbers[row]), column.denominator)
