"""Sets of points as bits, compared with plain sets of numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASSUMED
from meritindex.analysis.lint import lattice
from meritindex.analysis.lint.lattice import EMPTY, Lattice, UndecidedError
from meritindex.definition import Rounding, RoundingMode

numbers = st.builds(Fraction, st.integers(-30, 30), st.sampled_from((1, 2, 3, 4, 10)))
sets = st.sets(numbers, max_size=12)
some = st.sets(numbers, min_size=1, max_size=12)


def of(values):
    return Lattice.of(values)


@given(sets, numbers)
def test_a_set_holds_what_it_was_made_of(values, other):
    made = of(values)
    assert list(made) == sorted(values)
    assert made.count == len(values)
    assert all(value in made for value in values)
    assert (other in made) == (other in values)
    if values:
        assert (made.lowest, made.highest) == (min(values), max(values))


@given(some, numbers, st.booleans())
def test_neighbours(values, value, inclusive):
    made = of(values)
    above = [each for each in values if each > value or (inclusive and each == value)]
    below = [each for each in values if each < value or (inclusive and each == value)]
    assert made.next_from(value, inclusive=inclusive) == min(above, default=None)
    assert made.last_to(value, inclusive=inclusive) == max(below, default=None)
    assert set(made.above(value, inclusive=inclusive)) == set(above)
    assert set(made.below(value, inclusive=inclusive)) == set(below)


@given(sets, numbers)
def test_limits(values, limit):
    assert set(of(values).at_least(limit)) == {max(value, limit) for value in values}
    assert set(of(values).at_most(limit)) == {min(value, limit) for value in values}


@given(sets, numbers)
def test_scaled(values, factor):
    assert set(of(values).scaled(factor)) == {value * factor for value in values}


@given(sets, sets)
def test_union_and_sums(one, other):
    assert set(of(one).union(of(other))) == one | other
    assert set(of(one).plus(of(other))) == {a + b for a in one for b in other}
    assert set(of(one).lesser(of(other))) == {min(a, b) for a in one for b in other}


@given(some, numbers, st.integers(1, 40))
def test_sums_with_a_progression(values, start, count):
    step = Fraction(1, 6)
    steps = Lattice.progression(start, step, count)
    assert set(of(values).plus(steps)) == {
        value + start + place * step for value in values for place in range(count)
    }


@given(sets, st.integers(0, 2), st.sampled_from(RoundingMode))
def test_rounded(values, digits, mode):
    rounding = Rounding(digits=digits, mode=mode, basis=ASSUMED)
    assert set(of(values).rounded(rounding)) == {rounding.round(value) for value in values}


@given(st.integers(0, 400), st.integers(-100, 100), st.sampled_from(RoundingMode))
def test_rounded_by_the_steps_of_the_grid(count, start, mode):
    rounding = Rounding(digits=1, mode=mode, basis=ASSUMED)
    values = Lattice.progression(Fraction(start, 7), Fraction(1, 60), count + 50)
    values = values.union(of([Fraction(99), Fraction(100)]))
    assert set(values.rounded(rounding)) == {rounding.round(value) for value in values}


def test_nothing():
    assert list(EMPTY) == []
    assert EMPTY.next_from(Fraction(0)) is None
    assert EMPTY.last_to(Fraction(0)) is None
    assert Fraction(0) not in EMPTY
    for other in (EMPTY, of([Fraction(1)]), of([Fraction(0), Fraction(1)])):
        for nothing in (EMPTY.plus(other), other.plus(EMPTY), EMPTY.lesser(other)):
            assert nothing == EMPTY
        assert other.lesser(EMPTY) == EMPTY
        assert set(EMPTY.union(other)) == set(other.union(EMPTY)) == set(other)
    assert list(EMPTY.scaled(Fraction(-2))) == list(EMPTY.scaled(Fraction(0))) == []
    assert EMPTY.rounded(Rounding(digits=0, basis=ASSUMED)) == EMPTY


def test_what_is_too_large_is_undecided(monkeypatch):
    with pytest.raises(UndecidedError):
        Lattice.progression(Fraction(0), Fraction(1), 2**24 + 1)
    with pytest.raises(UndecidedError):
        of([Fraction(0), Fraction(1, 10**9), Fraction(1)])
    far = [of([Fraction(0), Fraction(1, 10**5)]), of([Fraction(0), Fraction(1000)])]
    with pytest.raises(UndecidedError):
        far[0].plus(far[1])
    with pytest.raises(UndecidedError):
        far[0].union(far[1])
    monkeypatch.setattr(lattice, "_MAX_WORK", 3)
    with pytest.raises(UndecidedError):
        of([Fraction(0), Fraction(2)]).plus(of([Fraction(0), Fraction(3)]))


def test_a_grid_that_is_too_fine_is_undecided(monkeypatch):
    monkeypatch.setattr(lattice, "_MAX_STEPS", 10)
    monkeypatch.setattr(lattice, "_MAX_MEMBERS", 3)
    rounding = Rounding(digits=2, basis=ASSUMED)
    values = Lattice.progression(Fraction(0), Fraction(1, 7), 20)
    with pytest.raises(UndecidedError):
        values.rounded(rounding)


def test_a_million_members_are_quick():
    fine = Lattice.progression(Fraction(0), Fraction(1, 10**6), 10**6 + 1)
    both = fine.plus(of([Fraction(0), Fraction(1, 3), Fraction(2)]))
    assert both.count == 3 * (10**6 + 1)
    assert Fraction(1, 3) + Fraction(1, 10**6) in both
    assert both.highest == 3
