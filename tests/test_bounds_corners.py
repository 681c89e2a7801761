"""Corners of bounds that random cases seldom meet, each against the oracle of bounds.

Most are weights under which a dimension does not apply: a gate drops all its children but one, and
that one may weigh nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

import bounds_oracle
import meritindex as mi
from bounds_cases import Case, Known, Row, assessment
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    when,
)
from oracle import Answers

WHOLE = mi.WeightedMean(basis=ASSUMED, whole=1)
NO = {"g": "no"}
BANDS = mi.Bands(items=(band("low"), band("high", limit(2))))


def case_of(root: mi.Dimension, *rows: Answers, known: Known | None = None) -> Case:
    return Case(
        instrument=instrument(root=root, gates=(gate("g"),)),
        known=known or Known(),
        rows=[Row(answers=row) for row in rows],
    )


def fading(code: str = "x", weight: int | None = 1) -> mi.Dimension:
    """Return a mean of which one child may weigh nothing, and a gate drops the other."""
    return dimension(
        code,
        indicator(f"{code}_i", None),
        indicator(f"{code}_j", None, conditions=(when("g"),)),
        rule=WHOLE,
        weight=weight,
    )


def check(case: Case) -> None:
    """Check bounds and bands against the oracle, and that the weights that are named attain."""
    table = case.bounds()
    for place, (low, high) in enumerate(case.ends):
        assert (table.lower[place], table.upper[place]) == (low, high)
        met = {one.band for seen in case.seen[place] for one in seen if one.total is not None}
        assert met - {None} <= set(table.possible_bands[place])
        card = table[place]
        for end, named in ((low, card.lower_weights), (high, card.upper_weights)):
            attained = bounds_oracle.see(case.instrument, named, case.completed[place])
            assert end in [one.total for one in attained]


def cap_while(code: str, below: int | Fraction) -> mi.Cap:
    return mi.Cap(
        maximum=1, basis=ASSUMED, shortfall=mi.Shortfall(code=code, below=Fraction(below))
    )


def band_cap_while(code: str, below: int | Fraction) -> mi.BandCap:
    return mi.BandCap(
        band="low", basis=ASSUMED, shortfall=mi.Shortfall(code=code, below=Fraction(below))
    )


def test_what_does_not_apply_leaves_a_mean() -> None:
    root = dimension("r", fading(), indicator("k"), rule=MEAN)
    # (4 + 1) / 2 where x applies, else 1.
    case = case_of(root, Answers(levels={"x_i": 4, "k": 1}, gates=NO))
    assert case.ends == [(1, Fraction(5, 2))]
    check(case)


def test_what_does_not_apply_adds_nothing_to_a_sum() -> None:
    root = dimension("r", fading(), indicator("k"), rule=SUM)
    case = case_of(root, Answers(levels={"x_i": 4, "k": 1}, gates=NO))
    assert case.ends == [(1, 5)]
    check(case)


def test_a_sum_of_which_nothing_applies_is_no_total() -> None:
    case = case_of(dimension("r", fading(), rule=SUM), Answers(levels={"x_i": 4}, gates=NO))
    assert case.ends == [(4, 4)]
    check(case)


def test_weights_are_named_under_which_there_is_a_total() -> None:
    # Where x does not apply y must, though it weighs nothing.
    root = dimension("r", fading("x"), fading("y", 0), rule=SUM)
    case = case_of(root, Answers(levels={"x_i": 1, "y_i": 1}, gates=NO))
    assert case.ends == [(0, 1)]
    check(case)


def test_a_cap_does_not_hold_for_want_of_what_does_not_apply() -> None:
    root = dimension("r", fading(), indicator("k"), rule=MEAN, caps=(cap_while("x", 3),))
    # Where x applies it is 0, and r at most 1; else r is 4.
    case = case_of(root, Answers(levels={"x_i": 0, "k": 4}, gates=NO))
    assert case.ends == [(1, 4)]
    check(case)


def test_a_band_is_not_held_back_by_what_does_not_apply() -> None:
    root = dimension(
        "r",
        fading(),
        indicator("k"),
        rule=MEAN,
        bands=BANDS,
        band_caps=(band_cap_while("x", 3),),
    )
    check(case_of(root, Answers(levels={"x_i": 0, "k": 4}, gates=NO)))


@pytest.mark.parametrize(
    "limits",
    [
        {"caps": (cap_while("m", Fraction(1, 2)),)},
        {"bands": BANDS, "band_caps": (band_cap_while("m", Fraction(1, 2)),)},
    ],
)
def test_bounds_are_refused_where_a_cap_waits_for_a_deduction_that_is_open(
    limits: dict[str, object],
) -> None:
    # Of such a cap the linter says that it breaks monotony. With m = 0 the total 4 is held to 1,
    # with m = 1/2 it is 7/2, and with m = 1 it is 3: the ends are not where m is at an end.
    inner = dimension("x", indicator("k"), rule=MEAN, deductions=(measure("m", None),))
    root = dimension("r", inner, rule=MEAN, **limits)
    case = case_of(root, Answers(levels={"k": 4}, gates=NO))
    if "caps" in limits:
        assert case.ends == [(1, Fraction(7, 2))]
    with pytest.raises(mi.AssessmentError) as caught:
        case.bounds()
    assert [fault.item for fault in caught.value.faults] == ["m"]


@pytest.mark.parametrize("weight", [0, Fraction(1, 2), 1])
def test_ranks_where_who_is_above_may_have_no_total(weight: int | Fraction) -> None:
    rows = (
        Answers(levels={"x_i": 4}, gates=NO),
        Answers(levels={"x_i": 1, "x_j": 1}, gates={"g": "yes"}),
    )
    case = case_of(dimension("r", fading(), rule=MEAN), *rows)
    many = [assessment(case.instrument, row, f"A{place}") for place, row in enumerate(rows)]
    given = mi.Given({"x_i": weight, "x_j": 1 - weight})
    scored: Sequence[int | None] = mi.score(mi.AssessmentSet.of(many), given).ranks
    for rank, found in zip(scored, case.bounds().rank_ranges, strict=True):
        assert rank is None or found[0] <= rank <= found[1]


@pytest.mark.parametrize("policy", ["zero", "lowest", "drop"])
def test_bounds_are_of_complete_answers_where_a_dimension_has_a_policy(policy: str) -> None:
    inner = dimension(
        "x",
        indicator("a"),
        indicator("b"),
        rule=MEAN,
        missing=policy,
        missing_basis=ASSUMED,
    )
    root = dimension("r", inner, indicator("k"), rule=MEAN)
    one = assessment(instrument(root=root), Answers(levels={"a": 4, "k": 2}))
    total, card = mi.score(one).total, mi.bounds(one)
    # The answer that is missing does not leave the total unknown, for the dimension has a policy.
    assert total is not None
    # That total is no completion's: with an answer to b, x is worth from 2 to 4.
    assert (card.lower, card.upper) == (2, 3)


def test_the_weights_that_are_named_for_one_do_not_depend_on_who_stands_beside() -> None:
    # Of a total that was entered any weights are the lowest.
    quarter = Fraction(1, 4)
    inner = dimension(
        "x",
        indicator("a", None),
        indicator("b", None),
        indicator("c", quarter),
        indicator("d", quarter),
        rule=WHOLE,
    )
    known = Known(sums={("a", "b"): (None, Fraction(1, 2))})
    rows = (
        Answers(levels={"a": 0, "b": 1, "c": 0, "d": 0}, gates=NO),
        Answers(points={"r": Fraction(0)}, gates=NO),
    )
    case = case_of(dimension("r", inner, rule=MEAN), *rows, known=known)
    beside, alone = case.bounds()[1], mi.bounds(case.assessments[1], known.admissible)
    assert alone.lower_weights == beside.lower_weights
    assert alone.upper_weights == beside.upper_weights
