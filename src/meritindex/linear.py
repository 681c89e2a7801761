"""Linear programs in exact numbers: where a linear form is largest under linear constraints.

For regions of a few dozen variables that are asked for many forms: a first vertex is found once and
kept. Not for large or sparse programs, and not for whole-number solutions. It knows no weights and
no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import add

import attrs

from meritindex.simplex import Dictionary, Row

_ZERO = Fraction(0)


@attrs.frozen(kw_only=True)
class Constraint:
    """A linear form between two ends: `low <= sum(coefficients * x) <= high`.

    An end that is None is open; ends that are equal fix the form.
    """

    coefficients: tuple[Fraction, ...]
    low: Fraction | None = None
    high: Fraction | None = None

    def __contains__(self, point: Sequence[Fraction | int]) -> bool:
        value = _excess(self.coefficients, _ZERO, point)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@attrs.frozen(kw_only=True)
class Corner:
    """A vertex of a polytope, and the directions in which its basis lets one leave it.

    Every point of the polytope is `point` plus multiples, not below 0, of the `edges`. So a linear
    form c has its maximum here if c . edge <= 0 for every edge, and its minimum if c . edge >= 0.
    (Where more constraints meet than there are dimensions, a corner may be the maximum of other
    forms as well, as another basis would show.) There are as many edges as the polytope has
    dimensions, none if it is one point; they are in whole numbers without a common factor.
    """

    point: tuple[Fraction, ...]
    edges: tuple[tuple[int, ...], ...]


class InfeasibleError(Exception):
    """No point keeps all constraints.

    Attributes:
        conflict: the places of constraints that no `x >= 0` keeps together, in order. Without any
            one of them, the others can be kept.
    """

    def __init__(self, conflict: tuple[int, ...]) -> None:
        self.conflict = conflict
        super().__init__(conflict)


class UnboundedError(Exception):
    """A linear form has no maximum.

    Attributes:
        direction: a direction in which the form rises and the polytope never ends.
    """

    def __init__(self, direction: tuple[Fraction, ...]) -> None:
        self.direction = direction
        super().__init__(direction)


@attrs.frozen(kw_only=True)
class Polytope:
    """The points `x >= 0` of `size` variables that keep all constraints.

    Examples:
        >>> zero, one, ten = map(Fraction, (0, 1, 10))
        >>> whole = Constraint(coefficients=(one, one), low=ten, high=ten)
        >>> most = Constraint(coefficients=(one, zero), high=Fraction(7, 2))
        >>> corner = Polytope(size=2, constraints=(whole, most)).maximum((2, 1))
        >>> corner.point, corner.edges
        ((Fraction(7, 2), Fraction(13, 2)), ((-1, 1),))
    """

    size: int
    constraints: tuple[Constraint, ...] = ()

    def __attrs_post_init__(self) -> None:
        if any(len(constraint.coefficients) != self.size for constraint in self.constraints):
            raise ValueError(f"a constraint that has not {self.size} coefficients")

    def __contains__(self, point: Sequence[Fraction | int]) -> bool:
        return (
            len(point) == self.size
            and all(value >= 0 for value in point)
            and all(point in constraint for constraint in self.constraints)
        )

    def check(self) -> None:
        """Check that there is a point.

        Raises:
            InfeasibleError: no point keeps all constraints.
        """
        _ = self._first

    def maximum(self, objective: Sequence[Fraction | int]) -> Corner:
        """Return a corner at which a linear form is largest; if there are several, always the same.

        Args:
            objective: the factors of the form, one a variable.

        Raises:
            InfeasibleError: no point keeps all constraints.
            UnboundedError: the form has no maximum.
            ValueError: there are not as many factors as variables.
        """
        if len(objective) != self.size:
            raise ValueError(f"{len(objective)} factors for {self.size} variables")
        lows, first = self._first
        dictionary = first.copy()
        _, endless = dictionary.climb(_row(dictionary, objective, _ZERO))
        edges = dictionary.edges()
        if endless is not None:
            raise UnboundedError(tuple(map(Fraction, edges[endless - 1])))
        return Corner(point=tuple(map(add, lows, dictionary.point())), edges=edges)

    def minimum(self, objective: Sequence[Fraction | int]) -> Corner:
        """Return a corner at which a linear form is smallest; see `maximum`."""
        return self.maximum([-factor for factor in objective])

    @cached_property
    def centre(self) -> tuple[Fraction, ...]:
        """A point of the relative interior: what is not tight everywhere is not tight here.

        The average of corners at which a variable is largest or smallest, and, for constraints
        that are tight at all of these, of corners at which they are not, if there are any.

        Raises:
            InfeasibleError: no point keeps all constraints.
            UnboundedError: a variable has no maximum.
        """
        points: dict[tuple[Fraction, ...], None] = {}  # each once, in order
        for place in range(self.size):
            unit = [int(place == other) for other in range(self.size)]
            points[self.maximum(unit).point] = None
            points[self.minimum(unit).point] = None
        for constraint in self.constraints:
            if constraint.low == constraint.high:
                continue
            for factors, least in _sides(constraint):
                if all(_excess(factors, least, point) == 0 for point in points):
                    points[self.maximum(factors).point] = None
        return tuple(sum(values, _ZERO) / len(points) for values in zip(*points, strict=True))

    @cached_property
    def _first(self) -> tuple[tuple[Fraction, ...], Dictionary]:
        """Where the variables start, and a first vertex, which is not to be moved; see below."""
        try:
            return _first_vertex(self.size, dict(enumerate(self.constraints)))
        except _ContradictionError as contradiction:
            raise InfeasibleError(self._minimal(contradiction.places)) from None

    def _minimal(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out of a contradiction, one by one, what it holds without."""
        for place in places:
            others = {other: self.constraints[other] for other in places if other != place}
            try:
                _first_vertex(self.size, others)
            except _ContradictionError as contradiction:
                places = contradiction.places
        return places


class _ContradictionError(Exception):
    """The constraints at these places can't be kept together."""

    def __init__(self, places: Iterable[int]) -> None:
        self.places = tuple(sorted(set(places)))
        super().__init__(self.places)


def _first_vertex(
    size: int, constraints: Mapping[int, Constraint]
) -> tuple[tuple[Fraction, ...], Dictionary]:
    """Return what each variable is at least, by a constraint on it alone, and a first vertex.

    The first variables of the dictionary are what the variables are above that; the others are
    what is left of a constraint, times a factor. No column of it is zero everywhere.
    """
    sides = [(place, side) for place in constraints for side in _sides(constraints[place])]
    lows = [_ZERO] * size
    # The constraint that keeps a variable of the dictionary from below zero, if any does.
    owners: list[int | None] = [None] * size
    for place, (factors, least) in sides:
        variable = _only(factors)
        if variable is not None and least > lows[variable] * factors[variable]:
            lows[variable], owners[variable] = Fraction(least, factors[variable]), place

    dictionary = Dictionary(size, list(range(size)))
    equations = set()
    for place, constraint in constraints.items():
        if constraint.low is not None and constraint.low == constraint.high:
            equations.add(place)
            excess = _excess(constraint.coefficients, constraint.low, lows)
            if not dictionary.fix(_row(dictionary, constraint.coefficients, excess)):
                raise _ContradictionError(equations)
    for place, (factors, least) in sides:
        dictionary.add(len(owners), _row(dictionary, factors, _excess(factors, least, lows)))
        owners.append(place)
    dictionary.prune()
    contradiction = dictionary.enter()
    if contradiction is not None:
        among = {owners[variable] for variable in contradiction} - {None}
        raise _ContradictionError(place for place in constraints if place in equations | among)
    dictionary.flatten()
    dictionary.prune()
    return tuple(lows), dictionary


def _sides(constraint: Constraint) -> Iterator[tuple[Sequence[Fraction], Fraction]]:
    """Yield the ends of a constraint: the factors of a form, and what it is at least."""
    if constraint.low is not None:
        yield constraint.coefficients, constraint.low
    if constraint.high is not None:
        yield [-factor for factor in constraint.coefficients], -constraint.high


def _excess(
    factors: Sequence[Fraction], least: Fraction, point: Sequence[Fraction | int]
) -> Fraction:
    """Return by how much a form is above its lower end at a point."""
    pairs = zip(factors, point, strict=True)
    return sum((factor * value for factor, value in pairs if factor and value), -least)


def _only(factors: Sequence[Fraction]) -> int | None:
    """Return the variable of a form that is a variable times a factor above zero."""
    used = [variable for variable, factor in enumerate(factors) if factor]
    return used[0] if len(used) == 1 and factors[used[0]] > 0 else None


def _row(
    dictionary: Dictionary, factors: Sequence[Fraction | int], constant: Fraction | int
) -> Row:
    """Write a form, or a multiple of it, by the columns of a dictionary."""
    scale = lcm(constant.denominator, *(factor.denominator for factor in factors))
    return dictionary.row_of(
        [factor.numerator * (scale // factor.denominator) for factor in factors],
        constant.numerator * (scale // constant.denominator),
    )
