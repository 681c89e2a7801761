"""Ranges of ranks found by integer programs, against every set of agencies that can be above."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builders
import meritindex as mi
from builders import ASSUMED, MEAN, dimension, gate, indicator, measure, only_fault, when
from meritindex.analysis.bounding.exact_ranks import Search
from meritindex.definition import WeightedMean
from meritindex.linear import Constraint, InfeasibleError, Polytope

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))
CODES = ("a", "b", "c")


def under(root: mi.Dimension, **fields: object) -> mi.Instrument:
    return mi.Instrument(
        id="example",
        family="examples",
        title=mi.Text("contoh", "example"),
        root=root,
        sources=(),
        default_weighting=mi.EqualRemainder(),
        **fields,
    )


FLAT = under(dimension("d", *(indicator(code, None) for code in CODES), rule=TEN))


def assessments(instrument: mi.Instrument, rows: list[list[int]]) -> list[mi.Assessment]:
    return [
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=instrument,
            levels=dict(zip(CODES, row, strict=True)),
        )
        for place, row in enumerate(rows)
    ]


def can_be_above(rows: list[list[int]], one: int, others: tuple[int, ...]) -> bool:
    """Say whether some weights put all of the others above one at once."""
    if not others:
        return True
    limits = [Constraint(coefficients=(1, 1, 1, 0), low=Fraction(10), high=Fraction(10))]
    for other in others:
        apart = [theirs - ours for theirs, ours in zip(rows[other], rows[one], strict=True)]
        limits.append(
            Constraint(coefficients=(*map(Fraction, apart), Fraction(-1)), low=Fraction(0))
        )
    try:
        return Polytope(size=4, constraints=tuple(limits)).maximum([0, 0, 0, 1]).point[3] > 0
    except InfeasibleError:
        return False


def can_stay(rows: list[list[int]], one: int, others: tuple[int, ...]) -> bool:
    """Say whether some weights put none of the others above one."""
    limits = [Constraint(coefficients=(1, 1, 1), low=Fraction(10), high=Fraction(10))]
    for other in others:
        apart = [ours - theirs for theirs, ours in zip(rows[other], rows[one], strict=True)]
        limits.append(Constraint(coefficients=tuple(map(Fraction, apart)), low=Fraction(0)))
    try:
        Polytope(size=3, constraints=tuple(limits)).check()
    except InfeasibleError:
        return False
    return True


def most(rows: list[list[int]], one: int, possible: object) -> int:
    """Return how many of the others are possible at once, by trying every set of them."""
    others = [other for other in range(len(rows)) if other != one]
    return max(
        count
        for count in range(len(rows))
        for some in combinations(others, count)
        if possible(rows, one, some)
    )


@settings(deadline=None, max_examples=12)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=6))
def test_ranks_are_those_that_some_weights_give(rows: list[list[int]]) -> None:
    pytest.importorskip("scipy")
    table = mi.bounds(assessments(FLAT, rows), exact=True)
    wider = mi.bounds(assessments(FLAT, rows)).rank_ranges
    assert table.attained
    for one, ends in enumerate(table.rank_ranges):
        assert ends is not None
        assert ends == (len(rows) - most(rows, one, can_stay), 1 + most(rows, one, can_be_above))
        assert wider[one] is not None
        assert wider[one][0] <= ends[0] <= ends[1] <= wider[one][1]


def test_a_range_that_counting_makes_too_wide() -> None:
    pytest.importorskip("scipy")
    # Each of three specialists can be above the middling one, but never all three at once.
    rows = [[2, 2, 2], [4, 0, 0], [0, 4, 0], [0, 0, 4]]
    table = mi.bounds(assessments(FLAT, rows))
    assert table.rank_ranges[0] == (1, 4)
    assert table.exact_rank_range("A0") == (1, 2)
    exact = mi.bounds(assessments(FLAT, rows), exact=True)
    assert exact.rank_ranges[0] == (1, 2)
    assert exact != table
    assert not table.attained


def test_ties_at_the_edge_of_the_region_are_ruled_out_exactly() -> None:
    pytest.importorskip("scipy")
    # Both are level with the first where a has no weight, and above it nowhere.
    rows = [[4, 1, 1], [0, 1, 1], [1, 1, 1], [0, 2, 0]]
    table = mi.bounds(assessments(FLAT, rows), exact=True)
    assert table.rank_ranges[0] == (1, 2)


def test_agencies_that_can_only_tie_at_once_are_not_both_above() -> None:
    pytest.importorskip("scipy")
    # One is above where a weighs more than b, the other where b weighs more; c weighs for none.
    table = mi.bounds(assessments(FLAT, [[2, 2, 2], [4, 0, 2], [0, 4, 2]]), exact=True)
    assert table.rank_ranges == ((1, 2), (1, 3), (1, 3))


def test_what_doubles_let_through_is_ruled_out() -> None:
    pytest.importorskip("scipy")
    search = Search(mi.bounds(assessments(FLAT, [[2, 2, 2], [4, 0, 2]])))
    above = {0: Fraction(1)}, Fraction(-9)  # a weighs at least 9
    below = {1: Fraction(1)}, Fraction(-2)  # b at least 2
    other = {2: Fraction(1)}, Fraction(-1)  # c at least 1
    forms = [above, below, other]
    assert search._holds([above, other], strictly=False)
    assert not search._holds([above, other], strictly=True)
    assert not search._holds(forms, strictly=False)
    assert search._contradiction(forms, [0, 1, 2], strictly=False) == [0, 1]


def test_sums_with_open_weights() -> None:
    pytest.importorskip("scipy")
    whole = mi.WeightedSum(basis=ASSUMED, whole=Fraction(10))
    one = under(
        dimension(
            "d",
            indicator("a", None),
            indicator("b", None, conditions=[when("g")]),
            indicator("c", None),
            rule=whole,
        ),
        gates=(gate("g"),),
    )
    many = [
        mi.Assessment(
            agency=mi.Agency(name=name), instrument=one, levels=levels, gates={"g": answer}
        )
        for name, levels, answer in (
            ("A", {"a": 2, "c": 2}, "no"),
            ("B", {"a": 4, "b": 0, "c": 0}, "yes"),
            ("C", {"a": 0, "b": 4, "c": 4}, "yes"),
        )
    ]
    table = mi.bounds(many, exact=True)
    # Where b weighs most, the third is above; where a does, the second; with both, both are.
    assert table.rank_ranges == ((1, 3), (1, 3), (1, 3))


def nested(**fields: object) -> mi.Instrument:
    below = [
        dimension("e", indicator("a", None), indicator("b", None), rule=TEN, weight=None),
        dimension("f", indicator("c", 1), rule=MEAN, weight=None),
    ]
    return under(dimension("d", *below, rule=TEN, **fields))


def test_open_weights_above_open_weights() -> None:
    pytest.importorskip("scipy")
    rows = [[2, 2, 2], [4, 0, 0], [0, 4, 0], [0, 0, 4]]
    flat = mi.bounds(assessments(FLAT, rows), exact=True)
    # Products of two open weights reach all that three open ones do.
    assert mi.bounds(assessments(nested(), rows), exact=True).rank_ranges == flat.rank_ranges
    known = mi.Admissible({"e": (4, 6)}, order=[("a", "b")])
    table = mi.bounds(assessments(nested(), rows), known, exact=True)
    # a weighs from 2 to 6, b from 0 to 3, c from 4 to 6, of 10
    assert table.rank_ranges == ((1, 2), (1, 3), (3, 4), (1, 3))


def test_entries_bonuses_and_deductions_are_counted_in() -> None:
    pytest.importorskip("scipy")
    one = nested(bonuses=[measure("plus", None)], deductions=[measure("minus", None)])
    extra = {"plus": 1, "minus": "0.5"}
    rows: list[dict[str, object]] = [
        {"levels": {"a": 2, "b": 2, "c": 2}, "measures": extra},
        {"points": {"e": 2}, "levels": {"c": 2}, "measures": {"plus": 0, "minus": 0}},
        {"points": {"total": 3}},
        {"points": {"e": 3, "f": 3}, "measures": extra},
    ]
    many = [
        mi.Assessment(agency=mi.Agency(name=f"A{place}"), instrument=one, **row)
        for place, row in enumerate(rows)
    ]
    table = mi.bounds(many, exact=True)
    assert table.rank_ranges == ((3, 3), (4, 4), (2, 2), (1, 1))


def test_settled_weights_need_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    many = assessments(FLAT, [[1, 2, 3], [4, 0, 0]])
    table = mi.bounds(many, mi.EqualRemainder(), exact=True)
    assert table.attained
    assert table.exact_rank_range(0) == table.rank_ranges[0] == (1, 1)


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(ImportError, match=r"meritindex\[scipy\]"):
        mi.bounds(assessments(FLAT, [[1, 2, 3], [4, 0, 0]]), exact=True)


def test_too_many_at_once_are_refused() -> None:
    many = mi.sample().where(lambda facts: facts.agency.province in {"Jambi", "Aceh", "Jawa Timur"})
    fault = only_fault(mi.AssessmentError, lambda: mi.bounds(many, exact=True))
    builders.check_fault(fault, "exact-ranks-many", None, fault.value, fault.allowed)


def test_one_of_many_agencies() -> None:
    pytest.importorskip("scipy")
    table = mi.bounds(mi.sample())
    best, worst = table.exact_rank_range("Kota Pangkal Pinang")
    wide = table.rank_ranges[table.row_of("Kota Pangkal Pinang")]
    assert wide[0] <= best <= worst <= wide[1]
    unranked = table.rank_ranges.index(None)
    assert table.exact_rank_range(unranked) is None


def test_what_is_rounded_or_not_linear_is_refused() -> None:
    pytest.importorskip("scipy")
    one = nested(rounding=mi.Rounding(digits=2, basis=ASSUMED))
    many = assessments(one, [[1, 2, 3], [4, 0, 0]])
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(many, exact=True))
    builders.check_fault(fault, "exact-ranks-not-linear", "d", "d")


def test_children_that_gates_take_out_are_refused() -> None:
    pytest.importorskip("scipy")
    lacking = indicator("b", None, conditions=[when("g")])
    one = under(dimension("d", indicator("a", None), lacking, rule=TEN), gates=(gate("g"),))
    many = [
        mi.Assessment(
            agency=mi.Agency(name=name), instrument=one, levels=levels, gates={"g": answer}
        )
        for name, levels, answer in (("A", {"a": 1}, "no"), ("B", {"a": 0, "b": 4}, "yes"))
    ]
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(many, exact=True))
    builders.check_fault(fault, "exact-ranks-not-linear", "d", "d")
    still_open = mi.Assessment(agency=mi.Agency(name="C"), instrument=one, levels={"a": 1})
    fault = only_fault(mi.AssessmentError, lambda: mi.bounds([*many, still_open], exact=True))
    builders.check_fault(fault, "exact-ranks-gates", None)
    assert fault.agency == "C"


def test_relative_weights_are_refused() -> None:
    pytest.importorskip("scipy")
    below = dimension("e", indicator("a", 1), indicator("b", 1), rule=MEAN)
    one = under(dimension("d", below, indicator("c", 1), rule=mi.WeightedSum(basis=ASSUMED)))
    many = assessments(one, [[4, 0, 0], [0, 0, 1]])
    known = mi.Admissible({"a": (1, 3), "b": (1, 3)})
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(many, known, exact=True))
    builders.check_fault(fault, "exact-ranks-not-linear", "e", "e")


def test_what_may_be_missing_is_refused() -> None:
    pytest.importorskip("scipy")
    dropped = indicator("b", None, missing="drop", missing_basis=ASSUMED)
    root = dimension("d", indicator("a", None), dropped, indicator("c", None), rule=TEN)
    one = under(root)
    many = [
        mi.Assessment(agency=mi.Agency(name=name), instrument=one, levels=levels)
        for name, levels in (("A", {"a": 4, "c": 0}), ("B", {"a": 0, "b": 4, "c": 4}))
    ]
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(many, exact=True))
    builders.check_fault(fault, "exact-ranks-not-linear", "d", "d")


def test_a_solver_that_fails_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    optimize = pytest.importorskip("scipy.optimize")

    class Nothing:
        x = None

    monkeypatch.setattr(optimize, "milp", lambda **_: Nothing())
    many = assessments(FLAT, [[2, 2, 2], [4, 0, 2]])
    fault = only_fault(mi.WeightingError, lambda: mi.bounds(many, exact=True))
    builders.check_fault(fault, "exact-ranks-unsolved", None)
