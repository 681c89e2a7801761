"""Totals of single rows in single draws, exactly, where cells of a grid can't tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.forms import Form
from meritindex.analysis.simulating.groups import Group

Integers = npt.NDArray[Any]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


class Exactly:
    """What totals of a block of draws are worth.

    Args:
        parts: groups of rows with the forms of their totals; in every draw each row is in one.
        shape: how many draws and rows.
        common: a common multiple of the denominators of all points.
    """

    def __init__(
        self, parts: Sequence[tuple[Group, Form]], shape: tuple[int, int], common: int
    ) -> None:
        self.parts, self.shape, self.common = parts, shape, common

    def narrow(self, draws: Places, rows: Places) -> npt.NDArray[np.int64]:
        """Return totals times divisor and common denominator; asked where 64 bits hold them."""
        numbers = np.zeros(len(draws), dtype=np.int64)
        for chosen, group, form, places in self._chosen(draws, rows):
            matrix = group.matrix(self.common)
            assert matrix is not None  # noqa: S101 - asked of the caller
            coefficients = form.coefficients[draws[chosen]]
            for source, points in enumerate(matrix):
                numbers[chosen] += coefficients[:, source] * points[places]
        return numbers

    def settle(self, draws: Places, ones: Places, others: Places) -> npt.NDArray[np.int8]:
        """Say which of two rows is above in a draw: 1 the first, 0 none, -1 the second."""
        first, over_first = self._wide(draws, ones)
        second, over_second = self._wide(draws, others)
        left, right = first * over_second, second * over_first
        return np.asarray((left > right).astype(np.int8) - (left < right).astype(np.int8))

    def reaches(self, draws: Places, rows: Places, value: Fraction, *, inclusive: bool) -> Mask:
        """Say which rows reach a value, each in a draw."""
        numbers, divisors = self._wide(draws, rows)
        ours = numbers * value.denominator
        theirs = divisors * (value.numerator * self.common)
        return np.asarray(ours >= theirs if inclusive else ours > theirs, dtype=np.bool_)

    def worth(self, draw: int, rows: Places) -> list[Fraction]:
        """Return what rows are worth in a draw, but for a factor that all of them share."""
        numbers, divisors = self._wide(np.full(len(rows), draw), rows)
        return [Fraction(one, other) for one, other in zip(numbers, divisors, strict=True)]

    def _wide(self, draws: Places, rows: Places) -> tuple[Integers, Integers]:
        """Return totals times divisor and common denominator, and the divisors; `object`."""
        numbers = np.zeros(len(draws), dtype=object)
        divisors = np.ones(len(draws), dtype=object)
        for chosen, group, form, places in self._chosen(draws, rows):
            coefficients = form.coefficients[draws[chosen]].astype(object)
            divisors[chosen] = form.divisors[draws[chosen]].astype(object)
            points = zip(group.points.numbers, group.points.denominators, strict=True)
            for source, (worth, denominator) in enumerate(points):
                factor = self.common // denominator
                numbers[chosen] += coefficients[:, source] * (worth[places].astype(object) * factor)
        return numbers, divisors

    def _chosen(self, draws: Places, rows: Places) -> list[tuple[Places, Group, Form, Places]]:
        """Return for each group which of the rows are in it, and at what places."""
        where = draws if len(self._places[0]) > 1 else np.zeros_like(draws)
        groups, places = (each[where, rows] for each in self._places)
        found = []
        for number, (group, form) in enumerate(self.parts):
            chosen = np.flatnonzero(groups == number)
            if len(chosen):
                found.append((chosen, group, form, places[chosen]))
        return found

    @cached_property
    def _places(self) -> tuple[Places, Places]:
        """In which group each row is, and at what place; shapes `[draws, rows]`.

        Where that is so in all draws alike, `[1, rows]`.
        """
        draws, rows = self.shape
        alike = all(group.draws is None for group, _ in self.parts)
        groups = np.zeros((1 if alike else draws, rows), dtype=np.intp)
        places = np.zeros_like(groups)
        for number, (group, _) in enumerate(self.parts):
            group.put(groups, number)
            group.put(places, np.arange(len(group.rows)))
        return groups, places
