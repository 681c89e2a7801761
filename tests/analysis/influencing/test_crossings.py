from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from meeting import law
from meritindex.analysis.influencing.crossings import Quotient, Root, roots_between

ZERO, ONE = Fraction(0), Fraction(1)
numbers = st.fractions(min_value=-5, max_value=5, max_denominator=12)
polynomials = st.tuples(numbers, numbers, numbers).filter(any)


def value(polynomial: tuple[Fraction, Fraction, Fraction], at: Fraction) -> Fraction:
    return polynomial[0] + polynomial[1] * at + polynomial[2] * at**2


@law(300)
@given(polynomials, numbers, st.fractions(min_value=0, max_value=4, max_denominator=7))
def test_roots_are_roots_and_all_are_found(
    polynomial: tuple[Fraction, Fraction, Fraction], low: Fraction, span: Fraction
) -> None:
    high = low + span
    roots = roots_between(polynomial, low, high)
    for root in roots:
        assert low < root.low <= root.high < high
        if root.exact:
            assert root.low == root.weight == root.high
            assert value(polynomial, root.weight) == 0
        else:
            # The sign changes within the bracket, which is narrower than any double.
            assert value(polynomial, root.low) * value(polynomial, root.high) < 0
            assert root.high - root.low < Fraction(1, 10**30)
            assert abs(root.weight - root.low) < Fraction(1, 10**14)
    assert [root.low for root in roots] == sorted({root.low for root in roots})
    # Between neighbours the sign is the same everywhere: nothing was overlooked.
    ends = [low, *(end for root in roots for end in (root.low, root.high)), high]
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        inside = [start + (end - start) * Fraction(part, 16) for part in range(1, 16)]
        signs = {value(polynomial, at) > 0 for at in inside}
        assert start == end or len(signs) == 1


@law(100)
@given(numbers, numbers, numbers)
def test_rational_roots_are_exact(one: Fraction, other: Fraction, factor: Fraction) -> None:
    assume(factor)
    polynomial = (factor * one * other, -factor * (one + other), factor)
    roots = roots_between(polynomial, min(one, other) - 1, max(one, other) + 1)
    assert [root.weight for root in roots] == sorted({one, other})
    assert all(root == Root.at(root.weight) for root in roots)


def test_what_has_no_root() -> None:
    assert roots_between((ONE, ZERO, ZERO), -ONE, ONE) == ()
    assert roots_between((ONE, ZERO, ONE), -ONE, ONE) == ()
    assert roots_between((-ONE, ONE, ZERO), ZERO, ONE) == ()


def test_roots_that_are_close_are_told_apart() -> None:
    # The roots are 1/2 +- sqrt(2) / 10**60.
    square = Fraction(2, 10**120)
    polynomial = (Fraction(1, 4) - square, -ONE, ONE)
    one, other = roots_between(polynomial, ZERO, ONE)
    assert one.high < Fraction(1, 2) < other.low
    # And from an end that is closer still.
    apart = Fraction(1, 2) + Fraction(1, 10**59)
    assert len(roots_between(polynomial, ZERO, apart)) == 2
    assert len(roots_between(polynomial, Fraction(1, 2), apart)) == 1


@law(60)
@given(*[numbers] * 8, st.fractions(min_value=0, max_value=1, max_denominator=9))
def test_quotients_meet_where_their_difference_is_zero(
    a: Fraction,
    b: Fraction,
    c: Fraction,
    d: Fraction,
    e: Fraction,
    f: Fraction,
    factor: Fraction,
    summand: Fraction,
    at: Fraction,
) -> None:
    one, other = Quotient(a, b, c, d), Quotient(e, f)
    assume(c + d * at)
    assert one.at(at) == (a + b * at) / (c + d * at)
    assert one.times(factor, summand).at(at) == factor * one.at(at) + summand
    met = value(one.difference(other), at) == 0
    assert met == (one.at(at) == other.at(at))
