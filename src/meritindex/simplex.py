"""Dictionaries of the simplex method in whole numbers, and how to move between them.

A dictionary writes some variables, its basis, by the others, its columns. All of them are at least
zero; with the columns at zero, the basis is at a vertex, if none of it is below zero there. Each
row has a scale of its own and is kept in lowest terms: nothing is rounded, numbers stay short, and
a pivot leaves alone the rows that don't know its column. It knows no constraints and no names;
`meritindex.linear` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

import attrs

_ZERO = Fraction(0)

# The constant, the factor of each column, and the scale, which is above zero:
# scale * variable = constant + sum(factor * column). A row is replaced, never changed.
Row = list[int]


@attrs.define
class Dictionary:
    """Variables that are at least zero, written by some of them; see the module.

    The first `size` variables span the space; others are what is left of a constraint. `rows[i]`
    is the row of variable `basis[i]`.
    """

    size: int
    columns: list[int]
    basis: list[int] = attrs.Factory(list)
    rows: list[Row] = attrs.Factory(list)

    def copy(self) -> Dictionary:
        """Return a dictionary that moves on its own."""
        return Dictionary(self.size, self.columns.copy(), self.basis.copy(), self.rows.copy())

    def row_of(self, factors: Sequence[int], constant: int) -> Row:
        """Write a linear form of the first `size` variables by the columns."""
        used = [
            (factors[variable], row)
            for variable, row in zip(self.basis, self.rows, strict=True)
            if variable < self.size and factors[variable]
        ]
        scale = lcm(*(row[-1] for _, row in used))
        total = [factors[column] if column < self.size else 0 for column in self.columns]
        total = [scale * value for value in (constant, *total, 0)]
        for factor, row in used:
            times = factor * (scale // row[-1])
            total = [value + times * other for value, other in zip(total, row, strict=True)]
        total[-1] = scale
        return _lowest(total)

    def add(self, variable: int, row: Row) -> None:
        """Add a variable to the basis."""
        self.basis.append(variable)
        self.rows.append(row)

    def fix(self, row: Row) -> bool:
        """Let a form be zero from here on, which takes a column; say whether it can be.

        The dictionary may leave the vertex: see `enter`.
        """
        places = [place for place in self._places() if row[place]]
        if not places:
            return not row[0]
        # If possible, the variable that takes the form's place is not below zero.
        place = min(places, key=lambda place: row[0] * row[place] > 0)
        self.add(-1, row)
        self._pivot(len(self.rows) - 1, place)
        self._drop([place])
        return True

    def enter(self) -> list[int] | None:
        """Go to a vertex; if there is none, return variables that can't all be at least zero.

        The least variable below zero leaves the basis for the least column that can raise it. It
        is the dual method for a form that is zero everywhere, by the rule of Bland, and so never
        returns to a basis.
        """
        while True:
            low = [index for index, row in enumerate(self.rows) if row[0] < 0]
            if not low:
                return None
            index = min(low, key=self.basis.__getitem__)
            row = self.rows[index]
            rising = [place for place in self._places() if row[place] > 0]
            if not rising:
                known = [self.columns[place - 1] for place in self._places() if row[place]]
                return [self.basis[index], *known]
            self._pivot(index, min(rising, key=self._column))

    def climb(self, form: Row) -> tuple[Row, int | None]:
        """Go from vertex to vertex until a form is largest.

        The steepest column enters the basis; after a step of length zero the least one that rises,
        until a step has a length. By the rule of Bland, steps of length zero come to an end, and
        each other step reaches a higher value of the form, so a climb ends.

        Returns:
            The form, written by the columns of the last vertex, and the place of a column along
            which it rises for ever, if there is one.
        """
        stuck = False
        while rising := [place for place in self._places() if form[place] > 0]:
            place = min(rising, key=self._column) if stuck else max(rising, key=form.__getitem__)
            index = self._stop(place)
            if index is None:
                return form, place
            stuck = self.rows[index][0] == 0
            form = _with(form, place, self._pivot(index, place))
        return form, None

    def flatten(self) -> None:
        """Take out the columns that are zero at every point: what is left has an interior.

        From a vertex. Each variable that is zero there is raised, if it can be.
        """
        positive: set[int] = set()
        while True:
            positive.update(self._positive())
            unknown = next(self._not_in(positive), None)
            if unknown is None:
                return
            variable, form = unknown
            form, endless = self.climb(form)
            if endless is not None:
                positive.add(variable)
            elif not form[0]:  # the form is zero everywhere, and with it what it is written by
                self._drop([place for place in self._places() if form[place]])

    def prune(self) -> None:
        """Take out the variables after the first `size` that the others keep from below zero."""
        kept = [
            (variable, row)
            for variable, row in zip(self.basis, self.rows, strict=True)
            if variable < self.size or min(row) < 0
        ]
        self.basis = [variable for variable, _ in kept]
        self.rows = [row for _, row in kept]

    def point(self) -> tuple[Fraction, ...]:
        """Return the first `size` variables at the vertex."""
        values = [_ZERO] * self.size
        for variable, row in zip(self.basis, self.rows, strict=True):
            if variable < self.size:
                values[variable] = Fraction(row[0], row[-1])
        return tuple(values)

    def edges(self) -> tuple[tuple[int, ...], ...]:
        """Return how the first `size` variables move with each column: whole, in lowest terms."""
        first = [
            (variable, row)
            for variable, row in zip(self.basis, self.rows, strict=True)
            if variable < self.size
        ]
        edges = []
        for place, column in zip(self._places(), self.columns, strict=True):
            moving = [(variable, row[place], row[-1]) for variable, row in first if row[place]]
            scale = lcm(*(denominator for _, _, denominator in moving))
            edge = [0] * self.size
            if column < self.size:
                edge[column] = scale
            for variable, factor, denominator in moving:
                edge[variable] = factor * (scale // denominator)
            edges.append(tuple(_lowest(edge)))
        return tuple(edges)

    def _places(self) -> range:
        """Return where the factors of the columns stand in a row."""
        return range(1, len(self.columns) + 1)

    def _column(self, place: int) -> int:
        return self.columns[place - 1]

    def _stop(self, place: int) -> int | None:
        """Return the row that reaches zero first when a column rises; of several, the least one."""
        best = None
        constant = factor = 0  # of the best one
        for index, row in enumerate(self.rows):
            if row[place] >= 0:
                continue
            earlier = 1 if best is None else row[0] * factor - constant * row[place]
            if earlier > 0 or (earlier == 0 and self.basis[index] < self.basis[best or 0]):
                best, constant, factor = index, row[0], row[place]
        return best

    def _pivot(self, index: int, place: int) -> Row:
        """Exchange a row's variable and a column; return the row of what has been the column."""
        row = self.rows[index]
        factor, scale = row[place], row[-1]
        solved = row.copy() if factor < 0 else [-value for value in row]
        solved[place] = scale if factor > 0 else -scale
        solved[-1] = abs(factor)
        self.rows = [_with(other, place, solved) if other[place] else other for other in self.rows]
        self.rows[index] = solved
        self.basis[index], self.columns[place - 1] = self.columns[place - 1], self.basis[index]
        return solved

    def _drop(self, places: list[int]) -> None:
        """Take out columns that are zero everywhere."""
        gone = set(places)
        self.columns = [column for place, column in enumerate(self.columns, 1) if place not in gone]
        self.rows = [
            _lowest([value for place, value in enumerate(row) if place not in gone])
            for row in self.rows
        ]

    def _positive(self) -> Iterator[int]:
        """Yield variables that are above zero at the vertex, or at the other end of an edge."""
        for variable, row in zip(self.basis, self.rows, strict=True):
            if row[0]:
                yield variable
        for place, column in zip(self._places(), self.columns, strict=True):
            stop = self._stop(place)
            if stop is None or self.rows[stop][0]:
                yield column

    def _not_in(self, positive: set[int]) -> Iterator[tuple[int, Row]]:
        """Yield the other variables that move with any column, and their rows."""
        for place, column in zip(self._places(), self.columns, strict=True):
            if column not in positive:
                yield column, [0] * place + [1] + [0] * (len(self.columns) - place) + [1]
        for variable, row in zip(self.basis, self.rows, strict=True):
            if variable not in positive and any(row[:-1]):
                yield variable, row


def _with(row: Row, place: int, solved: Row) -> Row:
    """Put the row of what has been a column into another."""
    common = gcd(row[place], solved[-1])
    scale, factor = solved[-1] // common, row[place] // common
    result = [scale * value + factor * other for value, other in zip(row, solved, strict=True)]
    result[place] = factor * solved[place]
    result[-1] = scale * row[-1]
    return _lowest(result)


def _lowest(values: list[int]) -> list[int]:
    """Divide by the largest common factor."""
    common = gcd(*values)
    return values if common == 1 else [value // common for value in values]
