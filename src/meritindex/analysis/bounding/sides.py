"""All nodes that bounds rest on, at their most or at their least: what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.bounding.choosing import Chosen
from meritindex.analysis.columns import Mask, NodeColumn
from meritindex.analysis.open_tree import OpenTree
from meritindex.assessment.values import closed
from meritindex.definition import Shortfall
from meritindex.scoring.ranking import band_numbers
from meritindex.scoring.rows import Inputs


@attrs.frozen(kw_only=True, eq=False)
class Extreme:
    """A node at its most or its least.

    Attributes:
        column: its points.
        optional: whether it applies or not as its own weights say; bool, shape `[n]`.
        chosen: the weights of its children that give these points; None of what is not affected.
        empty: weights under which it does not apply, by row, where its weights can make it so.
        fleeting: whether its points are not known under some of its weights, those that leave only
            what is dropped.
        by_policy: whether its points are, or may be, what a policy counts instead.
    """

    column: NodeColumn
    optional: Mask
    fleeting: Mask
    by_policy: Mask
    chosen: Chosen | None = None
    empty: Mapping[int, tuple[Fraction, ...]] = attrs.field(factory=dict)

    def close(self) -> None:
        """Make the arrays read-only."""
        column = self.column
        arrays = [column.numbers, column.present, column.dropped, column.known, self.optional]
        arrays += [self.fleeting, self.by_policy]
        arrays += [] if self.chosen is None else [self.chosen.numbers, self.chosen.counted]
        for array in arrays:
            array.setflags(write=False)


@attrs.frozen(kw_only=True, eq=False)
class Side:
    """All nodes that matter, in many rows, at their most or all at their least.

    Attributes:
        tree: where weights are open.
        inputs: the rows of answers.
        most: whether everything is at its most.
        nodes: by code, the affected dimensions and what they rest on.
    """

    tree: OpenTree
    inputs: Inputs
    most: bool
    nodes: Mapping[str, Extreme]

    @property
    def sign(self) -> int:
        """What brings the least to the most: the least is the most of the negative points."""
        return 1 if self.most else -1

    @property
    def total(self) -> NodeColumn:
        """The points of the root."""
        return self.nodes[self.tree.root.code].column

    def falls_short(self, shortfall: Shortfall) -> tuple[Mask, Mask]:
        """Return in which rows a node falls short, and in which that is not known.

        Of a node that need not apply it is said on the side where that is less; what is capped by
        it may so lie within its ends without attaining them.
        """
        column = self.nodes[shortfall.code].column
        limit = shortfall.below * column.denominator
        unknown = (column.present & ~column.known) | column.dropped
        for code in self.tree.instrument.path(shortfall.code):
            entry = self.inputs.entries.get(code)
            if entry is not None:  # what lies below it is not given
                unknown = unknown | (entry.known & column.present)
        holds = column.present & ~unknown & (column.numbers < limit.__ceil__())
        if self.most:
            holds = holds & ~self.nodes[shortfall.code].optional
        return holds, unknown

    @cached_property
    def bands(self) -> npt.NDArray[np.uint8]:
        """The number of the band of every row, 1 for the lowest; 0 for none.

        A cap that waits for what is not known holds at the least, and does not at the most.

        Returns:
            uint8, shape `[rows]`.
        """
        bands = self.tree.root.bands
        if bands is None:
            return closed(np.zeros(len(self.inputs.levels), dtype=np.uint8))
        numbers = band_numbers(self.total.worth, bands)
        names = [band.name.id for band in bands]
        for cap in self.tree.root.band_caps:
            holds, unknown = self.falls_short(cap.shortfall)
            capped = holds if self.most else holds | unknown
            limit = np.uint8(names.index(cap.band) + 1)
            numbers = np.where(capped, np.minimum(numbers, limit), numbers)
        return closed(numbers)

    def weights(self, row: int) -> Iterator[tuple[str, Fraction]]:
        """Yield the weight of every child of an open dimension under which a row has its points.

        Of several such weightings it depends on the other rows which is found.
        """
        counts = {self.tree.root.code: True}
        for dimension in reversed(self.tree.affected):
            extreme = self.nodes[dimension.code]
            assert extreme.chosen is not None  # noqa: S101 - as of every affected dimension
            taken = counts[dimension.code]
            weights = extreme.chosen.of(row)
            if not taken:
                weights = extreme.empty.get(row, weights)
            for place, child in enumerate(dimension.children):
                counts[child.code] = taken and bool(extreme.chosen.counted[row, place])
                if dimension.code in self.tree.regions:
                    yield child.code, weights[place]
