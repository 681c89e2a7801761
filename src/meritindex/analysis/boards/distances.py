"""How far profiles of agencies are apart, dimension by dimension, exactly."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import NodeColumn, added, node_columns, scaled
from meritindex.definition import Dimension, Instrument
from meritindex.scoring import ScoreTable
from meritindex.scoring.rows import Inputs

Rows = npt.NDArray[np.intp]


def compared_dimensions(instrument: Instrument) -> tuple[Dimension, ...]:
    """Return the dimensions of a profile: those that combine no other dimensions."""
    return tuple(
        dimension
        for dimension in instrument.dimensions
        if not any(isinstance(child, Dimension) for child in dimension.children)
    )


@attrs.frozen(kw_only=True, eq=False)
class Profiles:
    """The points of agencies in the dimensions that are compared.

    The distance of two profiles is the sum, over the dimensions, of the difference of their points
    divided by the length of the dimension's range: so that one dimension counts as much as another,
    whatever its scale and its weight.

    Attributes:
        table: whose they are.
    """

    table: ScoreTable

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that are compared."""
        return compared_dimensions(self.table.instrument)

    @cached_property
    def known(self) -> npt.NDArray[np.bool_]:
        """Whether the points of a row in a dimension are known; bool, shape `[n, dimensions]`."""
        columns = self.table.scores.columns
        return np.column_stack([columns[each.code].known for each in self.dimensions])

    @cached_property
    def complete(self) -> npt.NDArray[np.bool_]:
        """Whether a row has points in every dimension; bool, shape `[n]`."""
        return np.asarray(self.known.all(axis=1))

    def lacking(self, row: int) -> tuple[str, ...]:
        """Return the codes of the dimensions in which the points of a row are not known."""
        pairs = zip(self.dimensions, self.known[row].tolist(), strict=True)
        return tuple(dimension.code for dimension, known in pairs if not known)

    def distances(self, row: int, others: Rows) -> tuple[npt.NDArray[Any], int]:
        """Return how far other rows are from a row, all of them complete.

        Returns:
            integers, shape `[others]`, and what they are divided by.
        """
        units = self._units
        denominator = lcm(*(unit.denominator for unit in units.values()))
        found: npt.NDArray[Any] = np.zeros(len(others), dtype=np.int64)
        for code, unit in units.items():
            numbers = self._columns[code].numbers
            apart = np.abs(numbers[others] - numbers[row])
            found = added(found, scaled(apart, int(unit * denominator)))
        return found, denominator

    @cached_property
    def _columns(self) -> dict[str, NodeColumn]:
        inputs = Inputs.of(self.table.assessments)
        return node_columns(self.dimensions, inputs, self.table.scores)

    @cached_property
    def _units(self) -> dict[str, Fraction]:
        """What a difference of one counts; nothing of what is always worth the same."""
        ranges = self.table.plan.ranges
        lengths = {
            each.code: ranges[each.code][1] - ranges[each.code][0] for each in self.dimensions
        }
        return {
            code: 1 / (length * self._columns[code].denominator)
            for code, length in lengths.items()
            if length
        }
