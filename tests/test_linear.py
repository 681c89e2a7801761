"""Exact linear programs, against every vertex of small polytopes and against scipy's."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import meet
from meritindex.linear import Constraint, Corner, InfeasibleError, Polytope, UnboundedError

Point = tuple[Fraction, ...]
# Factors, what the form is at least, and whether it is that exactly.
Side = tuple[Point, Fraction, bool]


def constraint(factors: Sequence[object], low: object = None, high: object = None) -> Constraint:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Constraint(coefficients=tuple(map(Fraction, factors)), low=ends[0], high=ends[1])


def polytope(size: int, *constraints: Constraint) -> Polytope:
    return Polytope(size=size, constraints=constraints)


def unit(size: int, place: int, sign: int = 1) -> list[int]:
    return [sign * (other == place) for other in range(size)]


def dot(factors: Sequence[object], point: Sequence[object]) -> Fraction:
    return sum((Fraction(a) * b for a, b in zip(factors, point, strict=True)), Fraction(0))


# Every vertex, by brute force


def solve(matrix: Sequence[Sequence[Fraction]], values: Sequence[Fraction]) -> Point | None:
    """Return the one solution of linear equations; None when there is none or several."""
    rows = [
        [*map(Fraction, row), Fraction(value)] for row, value in zip(matrix, values, strict=True)
    ]
    width = len(matrix[0])
    for column in range(width):
        pivot = next((row for row in rows[column:] if row[column]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [
            [value - row[column] * other for value, other in zip(row, pivot, strict=True)]
            for row in rows
        ]
        rows.insert(column, pivot)
    return None if any(row[-1] for row in rows[width:]) else tuple(row[-1] for row in rows[:width])


def sides_of(region: Polytope) -> list[Side]:
    sides = [
        (tuple(map(Fraction, unit(region.size, place))), Fraction(0), False)
        for place in range(region.size)
    ]
    for one in region.constraints:
        fixed = one.low is not None and one.low == one.high
        if one.low is not None:
            sides.append((one.coefficients, one.low, fixed))
        if one.high is not None and not fixed:
            sides.append((tuple(-factor for factor in one.coefficients), -one.high, False))
    return sides


def keeps(point: Point, sides: list[Side]) -> bool:
    excesses = [(dot(factors, point) - least, fixed) for factors, least, fixed in sides]
    return all(excess == 0 if fixed else excess >= 0 for excess, fixed in excesses)


def vertices_of(region: Polytope) -> list[Point]:
    """Return every vertex: where as many sides as there are variables meet, inside the others."""
    sides = sides_of(region)
    found = set()
    for tight in combinations(sides, region.size):
        point = solve([factors for factors, _, _ in tight], [least for _, least, _ in tight])
        if point is not None and keeps(point, sides):
            found.add(point)
    return sorted(found)


def directions_of(region: Polytope) -> list[Point]:
    """Return the extreme directions in which a polytope never ends."""
    size = region.size
    cone = [
        Constraint(
            coefficients=one.coefficients,
            low=None if one.low is None else Fraction(0),
            high=None if one.high is None else Fraction(0),
        )
        for one in region.constraints
    ]
    return vertices_of(polytope(size, *cone, constraint([1] * size, 1, 1)))


# Random polytopes

small = st.integers(-3, 3)
ends = st.none() | st.integers(-6, 8).map(Fraction) | st.fractions(-6, 8, max_denominator=4)


@st.composite
def constraints(draw: st.DrawFn, size: int, through: Sequence[Fraction] | None) -> Constraint:
    """Draw a constraint; with a point, one that the point keeps."""
    kind = draw(st.sampled_from(["any", "one", "order", "sum"]))
    factors = [Fraction(0)] * size
    if kind == "any":
        factors = [Fraction(draw(small), draw(st.sampled_from([1, 1, 2]))) for _ in range(size)]
    elif kind == "one":
        factors[draw(st.integers(0, size - 1))] = Fraction(draw(small))
    elif kind == "order":
        factors[draw(st.integers(0, size - 1))] += 1
        factors[draw(st.integers(0, size - 1))] -= 1
    else:
        factors = [Fraction(draw(st.integers(0, 1))) for _ in range(size)]
    if through is None:
        low, high = draw(ends), draw(ends)
        if low is not None and high is not None and low > high and draw(st.integers(0, 4)):
            low, high = high, low
    else:
        value = dot(factors, through)
        gaps = st.none() | st.sampled_from([0, 0, 1, Fraction(1, 2), 5])
        low, high = (
            None if gap is None else value + sign * gap
            for sign, gap in ((-1, draw(gaps)), (1, draw(gaps)))
        )
    if draw(st.integers(0, 5)) == 0:
        low = high = high if through is None else value
    return Constraint(coefficients=tuple(factors), low=low, high=high)


@st.composite
def polytopes(draw: st.DrawFn, *, bounded: bool = False, most: int = 5) -> Polytope:
    """Draw a small polytope; a bounded one has a point."""
    size = draw(st.integers(1, 3 if most > 4 else 4))
    through = None
    if bounded or draw(st.booleans()):
        through = [Fraction(draw(st.integers(0, 3)), draw(st.integers(1, 2))) for _ in range(size)]
    found = draw(st.lists(constraints(size, through), max_size=most))
    if bounded:
        assert through is not None
        gap = draw(st.sampled_from([0, 1, 5]))
        whole = constraint([1] * size, None, sum(through) + gap)
        found.insert(draw(st.integers(0, len(found))), whole)
    if found and draw(st.integers(0, 3)) == 0:
        found.append(draw(st.sampled_from(found)))
    if found and through is not None and draw(st.integers(0, 3)) == 0:
        # Two constraints that leave a form one value, though neither is an equation.
        factors = draw(st.sampled_from(found)).coefficients
        value = dot(factors, through)
        found += [constraint(factors, None, value), constraint([2 * x for x in factors], 2 * value)]
    return polytope(size, *found)


@st.composite
def contradictions(draw: st.DrawFn) -> Polytope:
    """Draw a polytope without a point: multiples of some of its constraints exclude another."""
    size = draw(st.integers(1, 3))
    forms = objectives(size).filter(lambda factors: max(factors) > 0)
    above = draw(st.lists(st.tuples(forms, st.integers(-3, 9)), min_size=1, max_size=3))
    times = [draw(st.sampled_from([1, 1, 2, 0])) for _ in above]
    factors = draw(st.lists(st.integers(0, 1), min_size=size, max_size=size))
    for multiple, (others, _) in zip(times, above, strict=True):
        factors = [x + multiple * y for x, y in zip(factors, others, strict=True)]
    least = dot(times, [low for _, low in above])
    found = [constraint(others, low, draw(st.sampled_from([None, low]))) for others, low in above]
    found.append(constraint(factors, None, least - draw(st.sampled_from([1, Fraction(1, 7)]))))
    found += draw(st.lists(constraints(size, [Fraction(1)] * size), max_size=3))
    return polytope(size, *draw(st.permutations(found)))


def objectives(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(-5, 5), min_size=size, max_size=size)


def outcome(region: Polytope, objective: Sequence[Fraction | int]) -> Corner | str:
    try:
        return region.maximum(objective)
    except InfeasibleError:
        return "infeasible"
    except UnboundedError:
        return "unbounded"


@given(st.data())
def test_maximum_is_the_best_vertex(data):
    region = data.draw(polytopes())
    objective = data.draw(objectives(region.size))
    vertices = vertices_of(region)
    found = outcome(region, objective)
    if not vertices:
        assert found == "infeasible"
    elif any(dot(objective, direction) > 0 for direction in directions_of(region)):
        assert found == "unbounded"
    else:
        assert isinstance(found, Corner)
        assert found.point in vertices
        assert found.point in region
        assert dot(objective, found.point) == max(dot(objective, other) for other in vertices)
        assert all(dot(objective, edge) <= 0 for edge in found.edges)
        assert region.minimum([-factor for factor in objective]) == found


@given(st.data())
def test_an_unbounded_direction_never_ends(data):
    region = data.draw(polytopes())
    objective = data.draw(objectives(region.size))
    if outcome(region, objective) == "unbounded":
        with pytest.raises(UnboundedError) as caught:
            region.maximum(objective)
        direction = caught.value.direction
        assert all(type(step) is Fraction for step in direction)
        assert dot(objective, direction) > 0
        for start in vertices_of(region):
            assert (
                tuple(x + 1000 * step for x, step in zip(start, direction, strict=True)) in region
            )
        assert pickle.loads(pickle.dumps(caught.value)).direction == direction


@given(st.data())
def test_edges_say_for_which_forms_a_corner_is_the_maximum(data):
    region = data.draw(polytopes(bounded=True))
    corner = region.maximum(data.draw(objectives(region.size)))
    vertices = vertices_of(region)
    # Every vertex is reached from the corner along the edges, with factors not below zero. So each
    # form that rises along none of them is largest at the corner.
    for vertex in vertices:
        way = [end - start for start, end in zip(corner.point, vertex, strict=True)]
        columns = list(zip(*corner.edges, strict=True)) or [()] * region.size
        lengths = solve(columns, way) if corner.edges else ()
        assert lengths is not None
        assert all(length >= 0 for length in lengths)
        assert corner.edges or not any(way)
    # As many as the polytope has dimensions.
    ways = [[end - start for start, end in zip(vertices[0], v, strict=True)] for v in vertices]
    assert len(corner.edges) == rank(ways)
    for edge in corner.edges:
        assert all(type(step) is int for step in edge)
        assert gcd(*edge) == 1
    # And the same by forms: those that rise along no edge.
    for factors in data.draw(st.lists(objectives(region.size), max_size=20)):
        if all(dot(factors, edge) <= 0 for edge in corner.edges):
            assert dot(factors, corner.point) == max(dot(factors, other) for other in vertices)


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    rest, found = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rest if row[column]), None)
        if pivot is not None:
            rest.remove(pivot)
            found += 1
            rest = [
                [x - row[column] / pivot[column] * y for x, y in zip(row, pivot, strict=True)]
                for row in rest
            ]
    return found


@given(polytopes(bounded=True))
def test_the_centre_is_in_the_relative_interior(region):
    vertices = vertices_of(region)
    assert region.centre in region
    for factors, least, _ in sides_of(region):
        tight_everywhere = all(dot(factors, vertex) == least for vertex in vertices)
        assert (dot(factors, region.centre) == least) == tight_everywhere


@given(polytopes())
def test_a_centre_or_why_there_is_none(region):
    if not vertices_of(region):
        with pytest.raises(InfeasibleError):
            _ = region.centre
    elif directions_of(region):
        with pytest.raises(UnboundedError):
            _ = region.centre
    else:
        assert region.centre in region


@given(contradictions() | polytopes())
def test_a_conflict_is_one_and_needs_every_constraint_of_it(region):
    try:
        region.check()
    except InfeasibleError as error:
        conflict = error.conflict
    else:
        assert vertices_of(region)
        return
    assert conflict == tuple(sorted(set(conflict)))
    chosen = [region.constraints[place] for place in conflict]
    assert not vertices_of(polytope(region.size, *chosen))
    for place in range(len(chosen)):
        others = chosen[:place] + chosen[place + 1 :]
        assert vertices_of(polytope(region.size, *others))


@given(st.data())
def test_what_says_nothing_new_changes_no_maximum(data):
    region = data.draw(polytopes(bounded=True))
    objective = data.draw(objectives(region.size))
    factors = data.draw(objectives(region.size))
    slack = data.draw(st.integers(0, 2))
    most = dot(factors, region.maximum(factors).point)
    times = Fraction(data.draw(st.integers(1, 9)), 7)
    more = [
        *region.constraints,
        constraint([times * factor for factor in factors], None, times * (most + slack)),
        *(constraint([-x for x in one.coefficients], *negative(one)) for one in region.constraints),
    ]
    again = polytope(region.size, *data.draw(st.permutations(more)))
    best = dot(objective, region.maximum(objective).point)
    assert dot(objective, again.maximum(objective).point) == best


def negative(one: Constraint) -> tuple[Fraction | None, Fraction | None]:
    low, high = (None if end is None else -end for end in (one.high, one.low))
    return low, high


@given(st.data())
def test_an_answer_does_not_depend_on_what_was_asked_before(data):
    region = data.draw(polytopes(bounded=True))
    asked = data.draw(st.lists(objectives(region.size), min_size=1, max_size=5))
    for objective in asked:
        fresh = polytope(region.size, *region.constraints)
        assert region.maximum(objective) == fresh.maximum(objective)
        assert region.maximum([Fraction(2, 3) * x for x in objective]) == fresh.maximum(objective)
    assert region.centre == polytope(region.size, *region.constraints).centre


# The random polytopes are hard ones


def features_of_some(regions: tuple[Polytope, Polytope, Polytope]) -> Iterator[str]:
    free, bounded, empty = regions
    yield from features(free)
    yield from (f"bounded {name}" for name in features(bounded))
    yield from features(empty)


def features(region: Polytope) -> Iterator[str]:
    vertices = vertices_of(region)
    if not vertices:
        yield "infeasible"
        yield f"conflict of {conflict_size(region)}"
        return
    if directions_of(region):
        yield "unbounded"
        return
    sides = sides_of(region)
    ways = [[end - start for start, end in zip(vertices[0], v, strict=True)] for v in vertices]
    dimensions = rank(ways)
    fixed = rank([factors for factors, _, fixed in sides if fixed] or [[Fraction(0)]])
    yield "point" if dimensions == 0 else "no point"
    if 0 < dimensions < region.size - fixed:
        yield "hidden equality"
    for vertex in vertices:
        tight = [side for side in sides if dot(side[0], vertex) == side[1]]
        if len(tight) > region.size:
            yield "degenerate"
            break
    for factors, least, _ in sides:
        if all(dot(factors, vertex) > least for vertex in vertices):
            yield "redundant"
            break
    corners = [
        ask(unit(region.size, place)).point
        for place in range(region.size)
        for ask in (region.maximum, region.minimum)
    ]
    for factors, least, _ in sides:
        at_corners = all(dot(factors, corner) == least for corner in corners)
        if at_corners and any(dot(factors, vertex) > least for vertex in vertices):
            yield "centre needs a constraint"
            break


def conflict_size(region: Polytope) -> int:
    with pytest.raises(InfeasibleError) as caught:
        region.check()
    return len(caught.value.conflict)


HARD_CASES = {
    "infeasible": 50,
    "conflict of 1": 30,
    "conflict of 2": 15,
    "conflict of 3": 2,
    "unbounded": 20,
    "bounded point": 8,
    "bounded no point": 40,
    "bounded hidden equality": 5,
    "bounded degenerate": 40,
    "bounded redundant": 30,
}


def test_hard_cases_are_generated():
    drawn = st.tuples(polytopes(), polytopes(bounded=True), contradictions())
    meet(features_of_some, (120, drawn), wanted=HARD_CASES)


# Against scipy

HIGHS_INFEASIBLE, HIGHS_UNBOUNDED = 2, 3


def large(generator: random.Random) -> Polytope:
    """Return a polytope of up to ten variables and twenty constraints."""
    size = generator.randint(2, 10)
    feasible = generator.random() < 0.8
    inside = [generator.randint(0, 12) for _ in range(size)]
    found = []
    for _ in range(generator.randint(0, 20)):
        factors = [generator.choice([0, 0, generator.randint(-9, 9)]) for _ in range(size)]
        value = dot(factors, inside) + (0 if feasible else generator.randint(-30, 10))
        gaps = [generator.choice([None, 0, generator.randint(0, 30)]) for _ in range(2)]
        low, high = (
            None if gap is None else value + sign * gap
            for sign, gap in zip((-1, 1), gaps, strict=True)
        )
        found.append(constraint(factors, low, high))
    if generator.random() < 0.6:
        found.append(constraint([1] * size, sum(inside), sum(inside)))
    return polytope(size, *found)


def of_scipy(region: Polytope, objective: Sequence[int]) -> float | str:
    optimize = pytest.importorskip("scipy.optimize", reason="maxima are checked against scipy's")
    above = [(factors, least) for factors, least, fixed in sides_of(region) if not fixed]
    equal = [(factors, least) for factors, least, fixed in sides_of(region) if fixed]
    done = optimize.linprog(
        [-factor for factor in objective],
        A_ub=[[-float(x) for x in factors] for factors, _ in above],
        b_ub=[-float(least) for _, least in above],
        A_eq=[[float(x) for x in factors] for factors, _ in equal] or None,
        b_eq=[float(least) for _, least in equal] or None,
        method="highs",
    )
    if done.status == HIGHS_INFEASIBLE:
        return "infeasible"
    if done.status == HIGHS_UNBOUNDED:
        return "unbounded"
    assert done.status == 0, done.message
    return -float(done.fun)


def test_maxima_are_those_of_scipy():
    pytest.importorskip("scipy", reason="maxima are checked against scipy's")
    generator = random.Random(37)
    seen: Counter[str] = Counter()
    for _ in range(150):
        region = large(generator)
        objective = [generator.randint(-9, 9) for _ in range(region.size)]
        expected, found = of_scipy(region, objective), outcome(region, objective)
        if isinstance(found, Corner):
            assert found.point in region
            assert isinstance(expected, float)
            assert float(dot(objective, found.point)) == pytest.approx(expected, abs=1e-6)
            seen["a corner"] += 1
            seen["a large one"] += region.size >= 8 and len(region.constraints) >= 10
        else:
            assert found == expected
            seen[found] += 1
    assert min(seen[case] for case in ("a corner", "a large one", "infeasible", "unbounded")) >= 10


# By hand


def test_a_box_with_a_whole():
    region = polytope(
        3,
        constraint([1, 1, 1], 100, 100),
        constraint([1, 0, 0], 10, 40),
        constraint([0, 1, 0], None, 35),
        constraint([0, 0, 1], 20),
    )
    assert region.maximum([3, 2, 1]).point == (40, 35, 25)
    assert region.minimum([3, 2, 1]).point == (10, 0, 90)
    assert len(region.maximum([3, 2, 1]).edges) == 2


def test_an_order():
    region = polytope(
        3, constraint([1, 1, 1], 1, 1), constraint([1, -1, 0], 0), constraint([0, 1, -1], 0)
    )
    third = Fraction(1, 3)
    assert region.maximum([0, 0, 1]).point == (third, third, third)
    assert region.maximum([0, 1, 0]).point == (Fraction(1, 2), Fraction(1, 2), 0)
    assert region.maximum([1, 0, 0]).point == (1, 0, 0)


def test_a_point():
    region = polytope(2, constraint([1, 1], 10, 10), constraint([1, -1], 4, 4))
    assert region.maximum([1, 5]) == Corner(point=(Fraction(7), Fraction(3)), edges=())
    assert region.centre == (7, 3)


def test_equations_that_repeat_one_another():
    region = polytope(
        2, constraint([1, 1], 1, 1), constraint([2, 2], 2, 2), constraint([0, 0], 0, 0)
    )
    assert region.maximum([1, 0]).point == (1, 0)
    assert region.centre == (Fraction(1, 2), Fraction(1, 2))


def test_no_constraints():
    region = polytope(2)
    assert region.maximum([-1, 0]) == Corner(point=(Fraction(0),) * 2, edges=((1, 0), (0, 1)))
    with pytest.raises(UnboundedError) as caught:
        region.maximum([1, -1])
    assert caught.value.direction == (1, 0)


def test_no_variables():
    assert polytope(0).maximum([]) == Corner(point=(), edges=())
    assert polytope(0, constraint([], -1, 1)).centre == ()
    with pytest.raises(InfeasibleError):
        polytope(0, constraint([], 1, 2)).check()


def test_lower_ends_below_zero_and_negative_factors():
    region = polytope(1, constraint([1], -5), constraint([-2], -9, -3))
    assert region.minimum([1]).point == (Fraction(3, 2),)
    assert region.maximum([1]).point == (Fraction(9, 2),)


@pytest.mark.parametrize(
    ("conflict", "constraints"),
    [
        ((0,), [constraint([1, 0], 3, 2), constraint([0, 1], 1)]),
        ((0,), [constraint([1, 1], None, -1)]),
        ((1,), [constraint([1, 1], None, 1), constraint([0, 0], 1)]),
        ((1, 2), [constraint([0, 1], 1), constraint([1, 1], 1, 1), constraint([2, 2], 3, 3)]),
        ((0, 2), [constraint([1, 0], 3), constraint([0, 1], 0, 9), constraint([1, 1], 2, 2)]),
        ((0, 1, 2), [constraint([1, 0], 3), constraint([0, 1], 3), constraint([1, 1], None, 5)]),
        # Of two lower ends, the higher one contradicts.
        ((1, 2), [constraint([1, 0], 3), constraint([1, 0], 4), constraint([1, 0], None, 3)]),
        ((0, 1), [constraint([1, 0], 5, 5), constraint([1, 0], 4, 4), constraint([1, 0], 6)]),
    ],
)
def test_conflicts(conflict, constraints):
    region = polytope(2, *constraints)
    for ask in (region.check, lambda: region.maximum([1, 1]), lambda: region.centre):
        with pytest.raises(InfeasibleError) as caught:
            ask()
        assert caught.value.conflict == conflict
        assert pickle.loads(pickle.dumps(caught.value)).conflict == conflict


@pytest.mark.parametrize(
    ("third", "constraints"),
    [
        (
            Fraction(3, 5),
            [constraint([1, 1], 1), constraint([2, 3], None, 3), constraint([3, 2], None, 3)],
        ),
        (
            Fraction(2, 5),
            [constraint([1, 1], None, 1), constraint([2, 3], 2), constraint([3, 2], 2)],
        ),
    ],
)
def test_the_centre_goes_off_a_side_on_which_all_variables_are_extreme(third, constraints):
    region = polytope(2, *constraints)
    assert vertices_of(region) == sorted([(0, 1), (third, third), (1, 0)])
    assert region.centre == ((1 + third) / 3,) * 2


def test_a_program_on_which_the_steepest_column_alone_goes_round_in_circles():
    # Beale 1955.
    region = polytope(
        4,
        constraint([Fraction(1, 4), -60, Fraction(-1, 25), 9], None, 0),
        constraint([Fraction(1, 2), -90, Fraction(-1, 50), 3], None, 0),
        constraint([0, 0, 1, 0], None, 1),
    )
    objective = [Fraction(3, 4), -150, Fraction(1, 50), -6]
    corner = region.maximum(objective)
    assert corner.point == (Fraction(1, 25), 0, 1, 0)
    assert dot(objective, corner.point) == Fraction(1, 20)


def test_a_program_whose_vertices_are_all_on_the_way():
    # Klee and Minty 1972.
    size = 8
    rows = [
        constraint([2 * 10 ** (i - j) if j < i else int(j == i) for j in range(size)], None, 100**i)
        for i in range(size)
    ]
    corner = polytope(size, *rows).maximum([10 ** (size - 1 - j) for j in range(size)])
    assert corner.point == (*[0] * (size - 1), 100 ** (size - 1))


def many(size: int, generator: random.Random) -> tuple[Polytope, list[Fraction]]:
    """Return a region of many weights, each in an interval, that add up to 100, and one of them."""
    parts = [Fraction(generator.randint(1, 9)) for _ in range(size)]
    inside = [100 * part / sum(parts) for part in parts]
    rows = [constraint([1] * size, 100, 100)]
    rows += [
        constraint(
            unit(size, place),
            value * Fraction(1, 2),
            value * Fraction(generator.randint(11, 20), 10),
        )
        for place, value in enumerate(inside)
    ]
    return polytope(size, *rows), inside


def test_as_many_variables_as_an_instrument_has_indicators():
    size = 37
    generator = random.Random(1)
    region, inside = many(size, generator)
    objective = [Fraction(generator.randint(0, 4), 4) for _ in range(size)]
    corner = region.maximum(objective)
    # In a box with a whole, the largest factors are filled first.
    left = 100 - sum(one.low for one in region.constraints[1:])
    expected = [one.low for one in region.constraints[1:]]
    for place in sorted(range(size), key=lambda place: -objective[place]):
        more = min(left, region.constraints[1 + place].high - expected[place])
        expected[place] += more
        left -= more
    assert inside in region
    assert corner.point in region
    assert dot(objective, corner.point) == dot(objective, expected)
    assert len(corner.edges) == size - 1
    assert all(dot(objective, edge) <= 0 for edge in corner.edges)


def test_many_conflicting_constraints():
    size = 20
    region, inside = many(size, random.Random(2))
    chain = [
        constraint([int(j == i) - int(j == i + 1) for j in range(size)], 0) for i in range(size - 1)
    ]
    ring = constraint([-1, *[0] * (size - 2), 1], 1)
    assert inside in region
    conflict_rows = polytope(size, *region.constraints[:1], *chain, ring)
    with pytest.raises(InfeasibleError) as caught:
        conflict_rows.check()
    assert caught.value.conflict == tuple(range(1, size + 1))


# What a polytope is


def test_membership():
    region = polytope(2, constraint([1, 1], 1, 2), constraint([1, -1], 0))
    assert (1, 0) in region
    assert (Fraction(3, 2), Fraction(1, 2)) in region
    assert (Fraction(3, 2), Fraction(1, 2) + Fraction(1, 10**30)) not in region
    assert (0, 1) not in region
    assert (2, -1) not in region
    assert (1, 0, 0) not in region
    assert (1,) not in region
    assert (5, 0) not in region


def test_equal_hashable_and_picklable_before_and_after_use():
    one, other = (polytope(2, constraint([1, 1], 1, 1)) for _ in range(2))
    fresh = pickle.dumps(one)
    assert one.centre == (Fraction(1, 2),) * 2
    assert one == other == pickle.loads(fresh) == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)).maximum([1, 0]) == one.maximum([1, 0])
    assert {one.maximum([1, 0]), other.maximum([1, 0])} == {one.maximum([1, 0])}
    with pytest.raises(AttributeError):
        one.size = 3


def test_wrong_sizes_are_mistakes_of_the_caller():
    with pytest.raises(ValueError, match="not 3 coefficients"):
        polytope(3, constraint([1, 1], 1))
    with pytest.raises(ValueError, match="3 factors for 2 variables"):
        polytope(2).maximum([1, 2, 3])
