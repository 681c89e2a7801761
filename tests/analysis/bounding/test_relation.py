"""Which of two agencies is certainly above the other, and the ranges of ranks that follow."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, gate, indicator, measure, when
from meritindex.definition import WeightedMean

TEN = WeightedMean(basis=ASSUMED, whole=Fraction(10))
ALWAYS, NEVER, DEPENDS = mi.Certainty


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


def table_of(
    instrument: mi.Instrument, *rows: dict[str, object], known: mi.Admissible | None = None
) -> mi.BoundsTable:
    return mi.bounds(
        [
            mi.Assessment(agency=mi.Agency(name=f"A{place}"), instrument=instrument, **row)
            for place, row in enumerate(rows)
        ],
        known,
    )


def plain(*codes: str, **fields: object) -> mi.Instrument:
    return under(dimension("d", *(indicator(code, None) for code in codes), rule=TEN, **fields))


def levels(*values: int) -> dict[str, object]:
    return {"levels": dict(zip("abcdef", values, strict=False))}


def test_one_is_above_the_other_whatever_the_weights() -> None:
    table = table_of(plain("a", "b"), levels(3, 2), levels(2, 1), levels(0, 4), levels(3, 1))
    assert table.relation("A0", "A1") is ALWAYS
    assert table.relation(1, 0) is NEVER
    assert table.relation(0, 2) is table.relation(2, 0) is DEPENDS
    # Equal in one and better in the other: never below, and level where that is all that weighs.
    assert table.relation(3, 0) is NEVER
    assert table.relation(0, 3) is DEPENDS
    assert table.certainly_above.tolist()[0] == [False, True, False, False]
    assert table.never_above.tolist()[1] == [True, True, False, True]
    assert table.rank_ranges == ((1, 2), (2, 4), (1, 4), (1, 3))
    assert not table.attained


def test_ends_that_overlap_do_not_make_a_pair_open() -> None:
    # Both lie somewhere from 0 to 4, and yet the first is above wherever the weights are.
    table = table_of(plain("a", "b"), levels(1, 4), levels(0, 3))
    assert table.lower[0] < table.upper[1]
    assert table.relation(0, 1) is ALWAYS


def test_ties_share_their_ranks() -> None:
    table = table_of(plain("a", "b"), levels(3, 2), levels(3, 2), levels(1, 1))
    assert table.rank_ranges == ((1, 1), (1, 1), (3, 3))
    assert table.relation(0, 1) is table.relation(1, 0) is NEVER
    assert table.relation(0, 0) is NEVER


def test_settled_weights_and_open_answers_give_ranks_that_are_attained() -> None:
    one = under(dimension("d", indicator("a", 1), indicator("b", 1), rule=MEAN))
    many = [
        mi.Assessment(agency=mi.Agency(name=name), instrument=one, levels=given, states=states)
        for name, given, states in (
            ("A", {"a": 4, "b": 3}, {"a": "claimed"}),
            ("B", {"a": 2, "b": 2}, {}),
            ("C", {"a": 2, "b": 2}, {}),
            ("D", {"a": 4}, {}),
        )
    ]
    table = mi.bounds(many)
    assert table.attained
    assert list(table.lower) == [Fraction(3, 2), 2, 2, 2]
    assert list(table.upper) == [Fraction(7, 2), 2, 2, 4]
    # D has no total yet, so it has no rank, nor does it count among the others'.
    assert table.rank_ranges == ((1, 3), (1, 2), (1, 2), None)
    assert mi.bounds(many, mi.Stated()).rank_ranges == table.rank_ranges


def test_a_child_that_both_lack_is_left_out_for_both() -> None:
    children = [indicator("a", None), indicator("b", None)]
    lacking = indicator("c", None, conditions=[when("g")])
    one = under(dimension("d", *children, lacking, rule=TEN), gates=(gate("g"),))
    known = mi.Admissible({"c": (None, 5)})
    no, yes = {"gates": {"g": "no"}}, {"gates": {"g": "yes"}}
    table = table_of(
        one,
        levels(3, 2) | no,
        levels(2, 1) | no,
        levels(3, 2, 4) | yes,
        levels(2, 1, 0) | yes,
        known=known,
    )
    assert table.relation(0, 1) is ALWAYS
    assert table.relation(2, 3) is ALWAYS
    # Of different children, only the ends of each are compared.
    assert table.relation(0, 3) is DEPENDS
    assert table.relation(2, 1) is DEPENDS


def test_an_open_gate_is_compared_by_the_ends() -> None:
    lacking = indicator("c", None, conditions=[when("g")])
    one = under(dimension("d", indicator("a", None), lacking, rule=TEN), gates=(gate("g"),))
    table = table_of(
        one,
        {"levels": {"a": 1}},
        {"levels": {"a": 4}, "gates": {"g": "no"}},
        {"levels": {"a": 4, "c": 4}, "gates": {"g": "yes"}},
    )
    assert (table.lower[0], table.upper[0]) == (0, 4)
    assert table.relation(1, 0) is table.relation(2, 0) is DEPENDS
    assert table.relation(0, 2) is NEVER
    assert table.rank_ranges[0] is None  # it has no score


@pytest.mark.parametrize("kind", ["nested", "adjusted", "bounded", "rounded"])
def test_what_stands_above_open_weights_keeps_what_is_certain(kind: str) -> None:
    fields: dict[str, object] = {}
    if kind == "adjusted":
        fields = {
            "bonuses": [measure("plus", None)],
            "deductions": [measure("minus", None, missing="zero", missing_basis=ASSUMED)],
        }
    if kind == "bounded":
        fields = {
            "floor": mi.Figure(Fraction(1), ASSUMED),
            "caps": [mi.Cap(maximum=Fraction(3), basis=ASSUMED)],
        }
    if kind == "rounded":
        fields = {"rounding": mi.Rounding(digits=0, basis=ASSUMED)}
    below = [
        dimension("e", indicator("a", None), indicator("b", None), rule=TEN, weight=None),
        dimension("f", indicator("c", None), indicator("x", None), rule=TEN, weight=None),
    ]
    one = under(dimension("d", *below, rule=TEN, **fields))

    def row(a: int, b: int, c: int, x: int, *, minus: str = "0") -> dict[str, object]:
        given: dict[str, object] = {"levels": {"a": a, "b": b, "c": c, "x": x}}
        return given | ({"measures": {"plus": 1, "minus": minus}} if kind == "adjusted" else {})

    table = table_of(
        one, row(3, 4, 2, 3), row(2, 3, 1, 2, minus="0.5"), row(2, 2, 1, 1), row(4, 0, 4, 0)
    )
    expected = NEVER if kind == "bounded" else ALWAYS
    assert table.relation(1, 0) is NEVER
    if kind == "bounded":  # both may be at the floor or at the cap
        assert table.relation(0, 1) is DEPENDS
    else:
        assert table.relation(0, 1) is expected
    assert table.relation(3, 0) is table.relation(0, 3) is DEPENDS


def test_a_cap_that_may_hold_for_one_alone_is_compared_by_the_ends() -> None:
    cap = mi.Cap(
        maximum=Fraction(1), basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=Fraction(2))
    )
    table = table_of(plain("a", "b", caps=[cap]), levels(1, 4), levels(2, 0))
    assert table.relation(0, 1) is table.relation(1, 0) is DEPENDS
    assert (table.lower[0], table.upper[0]) == (1, 1)


def test_points_entered_are_compared_by_the_ends() -> None:
    below = dimension("e", indicator("a", None), indicator("b", None), rule=TEN)
    one = under(dimension("d", below, rule=MEAN))
    table = table_of(
        one, levels(3, 4), {"points": {"e": 2}}, {"points": {"total": "2.5"}}, {"points": {"e": 3}}
    )
    assert table.relation(0, 1) is ALWAYS
    assert table.relation(2, 1) is ALWAYS
    assert table.relation(3, 0) is NEVER
    assert table.relation(0, 3) is DEPENDS


def test_a_minimum_above_open_weights_is_compared_by_the_ends() -> None:
    below = dimension("e", indicator("a", None), indicator("b", None), rule=TEN, weight=None)
    one = under(dimension("d", below, indicator("c", None), rule=mi.Minimum(basis=ASSUMED)))
    table = table_of(
        one,
        *({"levels": {"a": a, "b": b, "c": c}} for a, b, c in ((3, 4, 3), (1, 2, 4), (0, 4, 4))),
    )
    assert table.relation(0, 1) is ALWAYS
    assert table.relation(0, 2) is DEPENDS


def test_a_child_that_may_be_left_out_is_compared_by_the_ends() -> None:
    below = dimension(
        "e", indicator("a", None), indicator("b", None, conditions=[when("g")]), rule=TEN, weight=1
    )
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN), gates=(gate("g"),))
    no = {"g": "no"}
    table = table_of(
        one,
        {"levels": {"a": 4, "c": 4}, "gates": no},
        {"levels": {"a": 3, "c": 3}, "gates": no},
        {"levels": {"a": 0, "c": 4}, "gates": no},
    )
    assert table.relation(0, 1) is ALWAYS
    assert table.relation(0, 2) is DEPENDS
    sums = under(
        dimension("d", below, indicator("c", 1), rule=mi.WeightedSum(basis=ASSUMED)),
        gates=(gate("g"),),
    )
    table = table_of(
        sums,
        {"levels": {"a": 4, "c": 4}, "gates": no},
        {"levels": {"a": 1, "c": 2}, "gates": no},
        {"levels": {"a": 1, "b": 0, "c": 2}, "gates": {"g": "yes"}},
    )
    assert table.relation(0, 1) is table.relation(0, 2) is ALWAYS


@pytest.mark.parametrize("known", [mi.Admissible(), mi.Admissible(order=[("a2", "a3", "a4")])])
def test_blocks_of_pairs_are_one_matrix(
    known: mi.Admissible, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = mi.sample().rows(np.arange(40))
    whole = mi.bounds(many, known).differences
    monkeypatch.setattr("meritindex.analysis.bounding.relation._NUMBERS_A_BLOCK", 8 * 40 * 3)
    assert np.array_equal(mi.bounds(many, known).differences, whole)
    assert set(np.unique(whole)) == {-1, 0, 1}


def test_a_half_to_the_even_neighbour_keeps_only_even_steps() -> None:
    rounding = mi.Rounding(digits=0, mode="half_even", basis=ASSUMED)
    rule = WeightedMean(basis=ASSUMED, whole=Fraction(1))
    one = under(
        dimension("d", indicator("a", None), indicator("b", None), rule=rule, rounding=rounding)
    )
    known = mi.Admissible({"a": ("0.5", "0.6")})
    # 2.5 and 1.5 are both rounded to 2.
    table = table_of(one, levels(2, 3), levels(1, 2), known=known)
    assert table.relation(0, 1) is DEPENDS
    assert table.relation(1, 0) is NEVER
    assert table.rank_ranges == ((1, 1), (1, 2))
    # Two steps stay two.
    table = table_of(one, levels(3, 4), levels(1, 2), known=known)
    assert table.relation(0, 1) is ALWAYS


@pytest.mark.parametrize(("policy", "least"), [("zero", 1), ("drop", 2), ("unknown", 3)])
def test_who_may_be_missing_is_not_certainly_above(policy: str, least: int) -> None:
    below = dimension(
        "e",
        indicator("a", None),
        indicator("b", None, missing="drop", missing_basis=ASSUMED),
        rule=TEN,
        weight=1,
        missing=policy,
        missing_basis=ASSUMED,
    )
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN))
    table = table_of(one, {"levels": {"a": 4, "c": 2}}, {"levels": {"a": 3, "b": 3, "c": 2}})
    # Where all the weight is on what is dropped, the dimension is missing.
    given = mi.Given({"a": 0, "b": 10})
    assert mi.score(table.assessments, given).totals[0] == (None if policy == "unknown" else least)
    assert (table.lower[0], table.upper[0]) == (least, 3)
    assert table.relation(0, 1) is DEPENDS
    # Without a policy it has no total there, and no rank; where it has one, it is the first.
    assert table.rank_ranges == ((1, 1 if policy == "unknown" else 2), (1, 2))
    weights = table[0].lower_weights
    scored = mi.score(table[0].lower_assessment, mi.Given(weights))
    assert scored.total == table.lower[0]


def test_what_the_least_is_of_what_may_be_missing_is_not_bounded() -> None:
    below = dimension(
        "e",
        indicator("a", None),
        indicator("b", None, missing="drop", missing_basis=ASSUMED),
        rule=TEN,
        weight=1,
        missing="lowest",
        missing_basis=ASSUMED,
    )
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN))
    table = table_of(one, {"levels": {"a": 4, "c": 2}})
    assert (table.lower[0], table.upper[0]) == (None, None)


def test_a_policy_counts_for_what_may_be_missing_below() -> None:
    inner = dimension(
        "f",
        indicator("a", None),
        indicator("b", None, missing="drop", missing_basis=ASSUMED),
        rule=TEN,
        weight=1,
    )
    below = dimension("e", inner, rule=MEAN, weight=1, missing="zero", missing_basis=ASSUMED)
    one = under(dimension("d", below, indicator("c", 1), rule=MEAN))
    table = table_of(one, {"levels": {"a": 4, "c": 2}}, {"points": {"e": 3}, "levels": {"c": 2}})
    assert (table.lower[0], table.upper[0]) == (1, 3)
    assert (table.lower[1], table.upper[1]) == (Fraction(5, 2), Fraction(5, 2))
    assert table.rank_ranges == ((1, 2), (1, 2))
