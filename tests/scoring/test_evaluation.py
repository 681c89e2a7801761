from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
import oracle
import strategies
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from meritindex.definition import MissingPolicy

UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy


def card(one: mi.Instrument, **answers: object) -> mi.ScoreCard:
    """Score one agency, and check every dimension against the oracle."""
    row = oracle.Answers(
        levels=answers.get("levels", {}),
        gates=answers.get("gates", {}),
        measures={code: Fraction(value) for code, value in answers.get("measures", {}).items()},
        points={code: Fraction(value) for code, value in answers.get("points", {}).items()},
    )
    missing = answers.pop("missing", None)
    found = mi.score(
        mi.Assessment(agency=mi.Agency(name="A"), instrument=one, **answers), missing=missing
    )
    expected = oracle.evaluate(
        one, strategies.weights_of(one), row, None if missing is None else MissingPolicy(missing)
    )
    points = {code: column[0] for code, column in found.scores.columns.items()}
    assert points == expected.points
    return found


def tree(*children, gates=(), **root: object) -> mi.Instrument:
    return instrument(
        root=dimension("total_points", *children, **({"rule": MEAN} | root)), gates=gates
    )


YES = (when("g"),)
BESIDE = indicator("j", 3)


def test_floats_of_a_product_do_not_stay_floats_among_python_integers() -> None:
    # The indicators are added up in doubles, the measure makes the total too large for 64 bits.
    huge = measure("m", 2**40, maximum=Fraction(10**12), decimals=9)
    one = card(
        tree(indicator("i", 2**40 + 1), huge, rule=mi.WeightedSum(basis=ASSUMED)),
        levels={"i": 3},
        measures={"m": "0.000000001"},
    )
    assert type(one.scores.total.numerators[0]) is int
    assert one.total == 3 * (2**40 + 1) + Fraction(2**40, 10**9)


def test_a_dimension_drops_out_where_its_gate_says_so() -> None:
    inner = dimension("inner", indicator("i", conditions=YES), rule=MEAN)
    one = tree(inner, BESIDE, gates=(gate("g"),))
    assert card(one, gates={"g": "no"}, levels={"j": 4}).total == 4
    assert card(one, gates={"g": "yes"}, levels={"j": 4, "i": 0}).total == 3


def test_what_weighs_nothing_makes_no_mean_apply_however_deep() -> None:
    idle = dimension("idle", indicator("i", conditions=YES), indicator("k", 0), rule=MEAN)
    one = tree(dimension("outer", idle, rule=MEAN), BESIDE, gates=(gate("g"),))
    assert card(one, gates={"g": "no"}, levels={"j": 4, "k": 1}).total == 4
    assert card(one, gates={"g": "yes"}, levels={"j": 4, "k": 1, "i": 0}).total == 3


def test_points_entered_below_a_dimension_that_would_not_apply() -> None:
    inner = dimension("inner", indicator("i", conditions=YES), rule=MEAN, decimals=0)
    other = dimension("other", indicator("k", conditions=YES), rule=MEAN)
    one = tree(dimension("outer", inner, rule=MEAN), other, BESIDE, gates=(gate("g"),))
    # Without the entry both don't apply; with it one of them does, which no gate can produce.
    assert card(one, gates={"g": "no"}, levels={"j": 4}).total == 4
    assert card(one, gates={"g": "no"}, levels={"j": 4}, points={"inner": 0}).total == 3


@pytest.mark.parametrize("policy", [ZERO, LOWEST])
def test_dimensions_that_wait_for_one_gate_count_together(policy: MissingPolicy) -> None:
    parts = [
        dimension(
            code,
            indicator(f"i_{code}", levels=levels(1, 2), conditions=(when("g", answer),)),
            rule=MEAN,
            missing=policy,
            missing_basis=ASSUMED,
        )
        for code, answer in (("first", "yes"), ("second", "no"))
    ]
    one = tree(*parts, BESIDE, gates=(gate("g"),))
    least = 0 if policy is ZERO else 1
    assert card(one, levels={"j": 4}).total == Fraction(12 + 2 * least, 5)


def test_a_dimension_without_children_follows_its_policy() -> None:
    for policy, total in ((UNKNOWN, None), (ZERO, 3), (LOWEST, 3), (DROP, 4)):
        part = dimension("d", missing=policy, missing_basis=ASSUMED)
        assert card(tree(part, BESIDE), levels={"j": 4}).total == total
        chosen = tree(dimension("d"), BESIDE)
        assert card(chosen, levels={"j": 4}, missing=policy).total == total


def test_deductions_by_policy() -> None:
    for policy, total in ((UNKNOWN, None), (ZERO, 4), (LOWEST, 5), (DROP, 4)):
        taken = measure("m", None, minimum=Fraction(-1), missing=policy, missing_basis=ASSUMED)
        one = tree(BESIDE, deductions=(taken,))
        assert card(one, levels={"j": 4}).total == total
        assert card(one, levels={"j": 4}, measures={"m": "0.25"}).total == Fraction("3.75")


def test_nothing_at_all() -> None:
    one = tree(indicator("i", conditions=YES), gates=(gate("g"),))
    found = card(one, gates={"g": "no"})
    assert found.total is None
    assert found.missing == ()
    assert list(mi.plan(one).score_levels(np.zeros((0, 1), np.uint8)).total) == []


def test_what_lies_below_an_entry_is_not_given() -> None:
    inner = dimension("inner", indicator("i"), rule=MEAN)
    one = tree(dimension("outer", inner, rule=MEAN), BESIDE)
    found = card(one, points={"outer": 1}, levels={"j": 4})
    assert found.dimensions["inner"].points is None
    assert found.total == Fraction(13, 4)


@pytest.mark.parametrize("columns_stored", [False, True])
def test_what_is_unknown_in_some_blocks_only(columns_stored: bool) -> None:
    count = 3 * 65_536
    levels = np.ones((count, 1), dtype=np.uint8)
    unknown = [5, 65_536, 65_537, count - 1]
    levels[unknown] = 255
    stored = np.asfortranarray(levels) if columns_stored else levels
    total = mi.plan(tree(indicator("i"))).score_levels(stored).total
    assert np.flatnonzero(~total.known).tolist() == unknown
    assert total.numerators.sum() == count - len(unknown)


def test_what_weighs_nothing_adds_nothing() -> None:
    parts = (measure("m", 0), dimension("d", indicator("i"), weight=0), BESIDE)
    one = tree(*parts)
    assert card(one, levels={"i": 3, "j": 2}, measures={"m": 1}).total == 2
    assert card(one, levels={"j": 2}, measures={"m": 1}).total is None


def test_limits_of_bands_are_closed_and_compare_by_what_they_hold() -> None:
    bands = mi.Bands(items=(mi.Band(name=mi.Text.same("lo")), band("hi", limit(1))))
    cap = mi.BandCap(band="lo", basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=2))
    one = instrument(
        root=dimension("t", indicator("a"), rule=MEAN, weight=None, bands=bands, band_caps=(cap,))
    )
    scored = mi.score(mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 3}))
    again = pickle.loads(pickle.dumps(scored.scores))
    assert again == scored.scores
    for scores in (scored.scores, again):
        limits = scores.band_limits["t"]
        for numbers in (limits.certain, limits.possible):
            with pytest.raises(ValueError, match="read-only"):
                numbers[0] = 1
        with pytest.raises(TypeError):
            scores.band_limits["u"] = limits
        with pytest.raises(TypeError):
            hash(limits)
    assert scored.scores.band_limits["t"] != 255
    low = mi.score(mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 1}))
    assert low.scores.band_limits != scored.scores.band_limits
