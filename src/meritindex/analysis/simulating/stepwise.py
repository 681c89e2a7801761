"""Blocks of draws by plans: one plan for each weighting, run as for a score.

It serves settled weights, under which only answers are drawn, and every rule that is not linear.
It is slow where weights differ from draw to draw, and by definition what `score` gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import scaled
from meritindex.analysis.open_tree import OpenTree
from meritindex.analysis.simulating.answers import Answers
from meritindex.analysis.simulating.draws import WeightDraws
from meritindex.analysis.simulating.ordering import Order
from meritindex.definition import Given
from meritindex.language import Text
from meritindex.scoring import ExactColumn, Scores, ScoringPlan, plan
from meritindex.scoring.ranking import competition_ranks
from meritindex.scoring.rows import Inputs

Places = npt.NDArray[np.intp]
Ranks = npt.NDArray[np.uint16]
Bands = npt.NDArray[np.uint8]


def weighting_of(tree: OpenTree, draws: Mapping[str, WeightDraws], draw: int) -> Given:
    """Return the weights of one draw, with those that are settled."""
    weights = dict(tree.settled_weights)
    for drawn in draws.values():
        weights |= drawn.weights(draw)
    return Given(weights)


class Stepwise:
    """What draws amount to, weighting by weighting."""

    def __init__(
        self, tree: OpenTree, answers: Answers, draws: Mapping[str, WeightDraws], ranked: Places
    ) -> None:
        self.tree, self.answers, self.draws, self.ranked = tree, answers, draws, ranked

    def order(self, block: slice, drawn: Inputs | None) -> tuple[Order, Bands]:
        """Return the order of a block of draws, and the numbers of the bands; see `run`."""
        count = len(self.answers.assessments)
        ranks = np.zeros((block.stop - block.start, count), dtype=np.uint16)
        bands = self.run(block, drawn, ranks)
        return Order.of_ranks(ranks, self.ranked), bands

    def run(self, block: slice, drawn: Inputs | None, into: Ranks) -> Bands:
        """Write the ranks of a block of draws, and return the numbers of the bands.

        Args:
            block: which draws.
            drawn: the answers of the open rows in each of them.
            into: ranks of the block, uint16, shape `[draws, rows]`, zero.

        Returns:
            uint8, shape `[draws, rows]`; 0 for none.

        Raises:
            AssessmentError: points of which a geometric, harmonic or power mean can't be taken.
        """
        bands = np.zeros(into.shape, dtype=np.uint8)
        each = len(self.answers.opened)
        for start, stop, compiled in self._plans(block):
            draws = slice(start - block.start, stop - block.start)
            rows = slice(draws.start * each, draws.stop * each)
            closed = self._run(compiled, self.answers.closed_inputs, self.answers.closed)
            bands[draws, self.answers.closed] = closed.bands
            parts = [(self.answers.closed, closed.total)]
            if drawn is not None:
                opened = self._run(compiled, drawn.rows(rows), self.answers.opened)
                bands[draws, self.answers.opened] = opened.bands.reshape(stop - start, each)
                parts.append((self.answers.opened, opened.total))
            self._rank(parts, into[draws])
        return bands

    def _plans(self, block: slice) -> Iterator[tuple[int, int, ScoringPlan]]:
        """Yield runs of draws that have the same weights, with their plan."""
        if not self.draws:
            yield block.start, block.stop, self.tree.plan
            return
        numbers = np.hstack([drawn.numbers[block] for drawn in self.draws.values()])
        changes = np.flatnonzero((numbers[1:] != numbers[:-1]).any(axis=1)) + 1
        ends = [block.start, *(block.start + changes).tolist(), block.stop]
        for start, stop in pairwise(ends):
            yield (
                start,
                stop,
                plan(self.tree.instrument, weighting_of(self.tree, self.draws, start)),
            )

    def _run(self, compiled: ScoringPlan, inputs: Inputs, rows: Places) -> Scores:
        def place_of(row: int) -> Text:
            return Text.same(self.answers.assessments.agencies[rows[row % len(rows)]].name)

        return compiled.run(inputs, place_of)

    def _rank(self, parts: list[tuple[Places, ExactColumn]], into: Ranks) -> None:
        """Write the ranks of draws with the same weights; answers may differ."""
        columns, denominator = _over_common([column for _, column in parts])
        kinds = [numbers.dtype for numbers in columns]
        numbers = np.zeros(into.shape[1], dtype=np.result_type(*kinds))
        known = np.zeros(into.shape[1], dtype=np.bool_)
        exact = all(column.exact for _, column in parts)
        differing = len(parts) > 1
        for draw in range(len(into) if differing else 1):
            for (places, column), values in zip(parts, columns, strict=True):
                every = len(values) == len(places)
                rows = slice(None) if every else slice(draw * len(places), (draw + 1) * len(places))
                numbers[places], known[places] = values[rows], column.known[rows]
            total = ExactColumn(numbers[self.ranked], denominator, known[self.ranked], exact)
            into[draw, self.ranked] = competition_ranks(total)
        if not differing:
            into[1:] = into[0]


def _over_common(columns: list[ExactColumn]) -> tuple[list[npt.NDArray[Any]], int]:
    """Return the numbers of columns of one instrument over one denominator."""
    common = lcm(*(column.denominator for column in columns))
    found: list[npt.NDArray[Any]] = []
    for column in columns:
        numbers = column.numerators
        if numbers.dtype.kind in "iu":
            numbers = numbers.astype(np.int64)
        # What are doubles, or Fractions, is over 1.
        found.append(scaled(numbers, common // column.denominator))
    return found, common
