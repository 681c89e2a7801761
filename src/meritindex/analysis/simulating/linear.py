"""Blocks of draws under rules that are linear: the same as weighting by weighting, but fast."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from meritindex.analysis.open_tree import OpenTree
from meritindex.analysis.simulating.answers import Answers
from meritindex.analysis.simulating.counting import limit_bands
from meritindex.analysis.simulating.draws import WeightDraws
from meritindex.analysis.simulating.forms import Form, Weights, layout_of
from meritindex.analysis.simulating.groups import Group
from meritindex.analysis.simulating.ordering import Order, order_of
from meritindex.analysis.simulating.products import Block
from meritindex.analysis.simulating.stepwise import Stepwise
from meritindex.definition import MissingPolicy, is_exact
from meritindex.scoring import Scores
from meritindex.scoring.evaluation import BandLimits
from meritindex.scoring.rows import Inputs

Places = npt.NDArray[np.intp]
Ranks = npt.NDArray[np.uint16]
Bands = npt.NDArray[np.uint8]

# For so many draws at a time forms are made.
_AHEAD = 2048


def is_fast(tree: OpenTree) -> bool:
    """Say whether draws can be computed as linear forms.

    Not so where a dimension with open weights below counts for its least when it is missing, which
    depends on the weights, or where the band of the total depends on such a dimension.
    """
    watched = {cap.shortfall.code for cap in tree.root.band_caps}
    return (
        bool(tree.regions)
        and tree.is_linear
        and is_exact(tree.root)
        and not watched & tree.affected_codes
        and all(
            tree.plan.policies[dimension.code] is not MissingPolicy.LOWEST
            for dimension in tree.affected
        )
    )


class Linear:
    """What draws amount to, by linear forms. The interface is that of `Stepwise`."""

    def __init__(
        self, tree: OpenTree, answers: Answers, draws: Mapping[str, WeightDraws], ranked: Places
    ) -> None:
        self.tree, self.answers, self.draws, self.ranked = tree, answers, draws, ranked
        self.layout = layout_of(tree, answers.assessments.entries)
        scores = tree.plan.run(answers.closed_inputs)
        points = self.layout.points(answers.closed_inputs, scores)
        self.closed = [
            (pattern, Group(points=points.rows(places), rows=answers.closed[places]))
            for pattern, places in points.by_pattern()
        ]
        self.closed_limits = self._limits(scores)
        self.count = len(next(iter(draws.values())))
        self.ahead, self.forms = slice(0, 0), list[Form]()

    def run(self, block: slice, drawn: Inputs | None, into: Ranks) -> Bands:
        """Write the ranks of a block of draws, and return the numbers of the bands."""
        order, bands = self.order(block, drawn)
        order.write(into)
        return bands

    def order(self, block: slice, drawn: Inputs | None) -> tuple[Order, Bands]:
        """Return the order of a block of draws, and the numbers of the bands."""
        parts = self._closed_parts(block)
        scores: Scores | None = None
        if drawn is not None:
            scores = self.tree.plan.run(drawn)
            weights = Weights(self.layout, self.draws, block)
            opened = self._opened(drawn, scores)
            parts += [(group, weights.form(pattern)) for pattern, group in opened]
        bands = self.tree.root.bands
        found = Block(
            parts,
            (block.stop - block.start, len(self.answers.assessments)),
            ranked=len(self.ranked),
            kinds=self.kinds,
            thresholds=None if bands is None else bands.thresholds,
            rounding=self.tree.root.rounding,
        ).totals()
        if found is None:
            return Stepwise(self.tree, self.answers, self.draws, self.ranked).order(block, drawn)
        self._limit(found.bands, scores)
        return order_of(found.numbers, self.ranked, found.known), found.bands

    @cached_property
    def kinds(self) -> npt.NDArray[np.int64] | None:
        """A number for each row, the same for those that are alike in every draw; -1 else."""
        found = np.full(len(self.answers.assessments), -1)
        several = 0
        for _, group in self.closed:
            found[group.rows] = group.kinds + several
            several += int(group.kinds.max()) + 1
        return None if several == len(self.answers.closed) else found

    def _closed_parts(self, block: slice) -> list[tuple[Group, Form]]:
        """Return the groups of the rows that are not drawn, with the forms of a block of draws.

        Forms are made for more draws than a block has, which takes hardly longer.
        """
        if block.stop > self.ahead.stop or block.start < self.ahead.start:
            stop = min(max(block.start + _AHEAD, block.stop), self.count)
            self.ahead = slice(block.start, stop)
            weights = Weights(self.layout, self.draws, self.ahead)
            self.forms = [weights.form(pattern) for pattern, _ in self.closed]
        draws = slice(block.start - self.ahead.start, block.stop - self.ahead.start)
        return [
            (group, form.draws(draws))
            for (_, group), form in zip(self.closed, self.forms, strict=True)
        ]

    def _opened(self, drawn: Inputs, scores: Scores) -> list[tuple[npt.NDArray[np.uint8], Group]]:
        """Return groups of the rows that are drawn."""
        points = self.layout.points(drawn, scores)
        each = len(self.answers.opened)
        return [
            (
                pattern,
                Group(
                    points=points.rows(places),
                    rows=self.answers.opened[places % each],
                    draws=places // each,
                ),
            )
            for pattern, places in points.by_pattern()
        ]

    def _limits(self, scores: Scores) -> BandLimits | None:
        return scores.band_limits.get(self.tree.root.code)

    def _limit(self, bands: Bands, drawn: Scores | None) -> None:
        """Hold bands back where caps do."""
        opened = self.answers.opened
        if self.closed_limits is not None:
            closed = self.answers.closed
            bands[:, closed] = limit_bands(bands[:, closed], self.closed_limits)
        limits = None if drawn is None else self._limits(drawn)
        if limits is not None:
            flat = limit_bands(bands[:, opened].reshape(-1), limits)
            bands[:, opened] = flat.reshape(len(bands), len(opened))
