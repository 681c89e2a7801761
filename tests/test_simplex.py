"""Dictionaries stay true while they move: every row is still the same form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

from hypothesis import given
from hypothesis import strategies as st

from meritindex.simplex import Dictionary

# A form of the first variables: its factors, and a constant.
Form = tuple[list[int], int]


def started(size: int, forms: Sequence[Form]) -> Dictionary:
    """Return a dictionary of forms that are to be at least zero, at the origin."""
    dictionary = Dictionary(size, list(range(size)))
    for number, (factors, constant) in enumerate(forms, start=size):
        dictionary.add(number, dictionary.row_of(factors, constant))
    return dictionary


def value(form: Form, point: Sequence[Fraction]) -> Fraction:
    return sum((a * x for a, x in zip(form[0], point, strict=True)), Fraction(form[1]))


def check_true(dictionary: Dictionary, size: int, forms: Sequence[Form]) -> None:
    """Check that every row is the form that its variable stands for: at the vertex, and off it."""
    units = [([int(place == other) for other in range(size)], 0) for place in range(size)]
    stands_for = dict(enumerate([*units, *forms]))
    point, edges = dictionary.point(), dictionary.edges()
    for variable, row in zip(dictionary.basis, dictionary.rows, strict=True):
        assert value(stands_for[variable], point) == Fraction(row[0], row[-1])
    for place, (column, edge) in enumerate(zip(dictionary.columns, edges, strict=True), start=1):
        assert column not in dictionary.basis
        assert value(stands_for[column], point) == 0
        rise = value((stands_for[column][0], 0), edge)  # an edge is a multiple of a step of one
        assert rise > 0
        for variable, row in zip(dictionary.basis, dictionary.rows, strict=True):
            assert value((stands_for[variable][0], 0), edge) == rise * Fraction(row[place], row[-1])


@st.composite
def systems(draw: st.DrawFn) -> tuple[int, list[Form]]:
    size = draw(st.integers(1, 4))
    number = st.integers(-4, 4)
    forms = st.tuples(st.lists(number, min_size=size, max_size=size), st.integers(-6, 6))
    return size, draw(st.lists(forms, max_size=6))


@given(systems(), st.data())
def test_moves_keep_every_row_true(system, data):
    size, forms = system
    dictionary = started(size, forms)
    check_true(dictionary, size, forms)
    contradiction = dictionary.enter()
    check_true(dictionary, size, forms)
    if contradiction is not None:
        assert min(row[0] for row in dictionary.rows) < 0
        assert contradiction[0] in dictionary.basis
        return
    kept = dictionary.copy()
    form = data.draw(st.lists(st.integers(-4, 4), min_size=size, max_size=size))
    last, endless = dictionary.climb(dictionary.row_of(form, 7))
    check_true(dictionary, size, forms)
    assert min((row[0] for row in dictionary.rows), default=0) >= 0
    assert Fraction(last[0], last[-1]) == value((form, 7), dictionary.point())
    assert (endless is None) == (max(last[1:-1], default=0) <= 0)
    # A copy has not moved with it.
    check_true(kept, size, forms)
    assert kept.copy() == kept
    dictionary.flatten()
    check_true(dictionary, size, forms)
    dictionary.prune()
    check_true(dictionary, size, forms)


@given(systems())
def test_numbers_are_in_lowest_terms(system):
    size, forms = system
    dictionary = started(size, forms)
    dictionary.enter()
    for row in dictionary.rows:
        assert gcd(*row) == 1
        assert row[-1] > 0


@given(systems(), st.data())
def test_a_climb_does_not_go_round_in_circles(system, data):
    size, forms = system
    # Through the origin, where most steps have no length.
    dictionary = started(size, [(factors, 0) for factors, _ in forms])
    seen: list[frozenset[int]] = []

    class Watched(Dictionary):
        def _pivot(self, index, place):
            solved = super()._pivot(index, place)
            seen.append(frozenset(self.columns))
            return solved

    watched = Watched(size, dictionary.columns, dictionary.basis, dictionary.rows)
    form = data.draw(st.lists(st.integers(-4, 4), min_size=size, max_size=size))
    watched.climb(watched.row_of(form, 0))
    assert len(set(seen)) == len(seen)
