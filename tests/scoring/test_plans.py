from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
    rich_instrument,
    when,
)
from meritindex.definition import GeometricMean, HarmonicMean, PowerMean
from meritindex.definition.applicability import MAX_COMBINATIONS

ONE = np.array([[1, 2], [3, 4], [255, 0]], dtype=np.uint8)
PLAIN = instrument(indicator("i1"), dimension("d", indicator("i2"), measure("m1", 8)))


def test_plans_are_kept() -> None:
    assert mi.plan("ism-2026") is mi.plan(mi.instrument("ism-2026"))
    assert mi.plan("ism-2026") is mi.plan("ism-2026", mi.EqualRemainder())
    assert mi.plan("ism-2026", missing="zero") is mi.plan("ism-2026", missing=mi.MissingPolicy.ZERO)
    assert mi.plan("ism-2026", missing="zero") != mi.plan("ism-2026")
    with pytest.raises(mi.UnknownNameError):
        mi.plan("ism-1900")
    with pytest.raises(ValueError, match="guess"):
        mi.plan("ism-2026", missing="guess")


def test_a_plan_knows_its_columns_weights_policies_and_ranges() -> None:
    plan = mi.plan(rich_instrument(), missing="zero")
    assert plan.indicators == ("a1", "a2")
    assert plan.measures == ("survey", "correction")
    assert plan.weight_values["a2"] == 40
    # The total keeps its own policy.
    assert plan.policies["total_points"] is mi.MissingPolicy.UNKNOWN
    assert {plan.policies[code] for code in ("a1", "first", "survey", "correction")} == {
        mi.MissingPolicy.ZERO
    }
    assert mi.plan(rich_instrument()).policies["a1"] is mi.MissingPolicy.LOWEST
    assert plan.ranges["second"] == (0, 100)
    assert plan.ranges["first"] == (0, 4)
    for mapping in (plan.weight_values, plan.policies, plan.ranges):
        with pytest.raises(TypeError):
            mapping["new"] = 1
    assert "program" not in repr(plan)


def test_weights_that_are_missing_are_listed() -> None:
    faults = faults_of(mi.WeightingError, lambda: mi.plan("ism-2026", mi.Stated()))
    assert [fault.item for fault in faults] == ["a2", "a3", "a4", "a5", "a6", "a7"]


def test_drop_is_refused_where_points_add_up() -> None:
    fault = only_fault(mi.WeightingError, lambda: mi.plan(PLAIN, missing="drop"))
    check_fault(fault, "drop-in-sum", "total_points", "total_points, d", "drop")
    means = instrument(root=dimension("total_points", indicator("i1"), rule=MEAN))
    assert mi.plan(means, missing="drop").missing is mi.MissingPolicy.DROP


def test_weights_of_zero_that_open_too_many_gates_are_refused() -> None:
    gates = tuple(gate(f"g{place}") for place in range(15))
    parts = [
        dimension(
            f"d{place}",
            indicator(f"i{place}", conditions=(when(f"g{place}"),)),
            indicator(f"k{place}"),
            rule=MEAN,
        )
        for place in range(15)
    ]
    one = instrument(root=dimension("total_points", *parts, rule=MEAN), gates=gates)
    assert mi.plan(one).program.root.divisors == ()
    zeros = mi.Given({f"k{place}": 0 for place in range(15)})
    fault = only_fault(mi.WeightingError, lambda: mi.plan(one, zeros))
    check_fault(fault, "gates-too-many", "total_points", str(2**15), str(MAX_COMBINATIONS))
    fewer = mi.Given({f"k{place}": 0 for place in range(3)})
    assert mi.plan(one, fewer).program.root.divisors == tuple(range(12, 16))


def test_measures_may_be_texts_numbers_or_missing() -> None:
    scores = mi.plan(PLAIN).score_levels(ONE, {"m1": ["0,25", float("nan"), None]})
    assert list(scores.dimensions["d"]) == [4, None, None]
    assert list(scores.total) == [5, None, None]
    numbers = mi.plan(PLAIN).score_levels(ONE, {"m1": [0.25, 1, Fraction(1, 2)]})
    assert list(numbers.dimensions["d"]) == [4, 12, 4]
    assert numbers.bands.tolist() == [0, 0, 0]
    assert numbers.ranks.tolist() == [2, 1, 0]
    assert list(mi.plan(PLAIN).score_levels(ONE).total) == [None] * 3


@pytest.mark.parametrize("kind", [np.float64, np.int64, np.uint8])
def test_measures_may_be_arrays(kind: type) -> None:
    scores = mi.plan(PLAIN).score_levels(ONE, {"m1": np.array([1, 0, 1], dtype=kind)})
    assert list(scores.dimensions["d"]) == [10, 4, 8]
    if kind is np.float64:
        given = np.array([0.1, np.nan, 0.3])
        scores = mi.plan(PLAIN).score_levels(ONE, {"m1": given})
        assert list(scores.dimensions["d"]) == [Fraction("2.8"), None, Fraction("2.4")]
        given[1] = 0.123
        fault = only_fault(
            mi.AssessmentError, lambda: mi.plan(PLAIN).score_levels(ONE, {"m1": given})
        )
        assert (fault.code, fault.place.en) == ("number-too-fine", "row 1")


def test_faulty_measures_are_named_with_faulty_levels() -> None:
    levels = ONE.copy()
    levels[1, 0] = 9
    faults = faults_of(
        mi.AssessmentError,
        lambda: mi.plan(PLAIN).score_levels(
            levels, {"m1": ["0.123", "2", "x"], "m2": [1, 1, 1], "<b>": []}
        ),
    )
    assert [(fault.code, fault.place and fault.place.en, fault.item) for fault in faults] == [
        ("level-not-allowed", "row 1", "i1"),
        ("measure-unknown", None, "m2"),
        ("measure-unknown", None, "<b>"),
        ("number-too-fine", "row 0", "m1"),
        ("number-out-of-range", "row 1", "m1"),
        ("not-a-number", "row 2", "m1"),
    ]
    assert faults[1].message.en == '"m2" is not a measure of this instrument; there are: m1'
    assert faults[1].message.id == '"m2" bukan ukuran dari instrumen ini; yang ada: m1'


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ([[1, 2]], "uint8"),
        (np.zeros((1, 2)), "uint8"),
        (np.zeros((1, 2), dtype=np.int64), "uint8"),
        (np.zeros(2, dtype=np.uint8), "two-dimensional"),
        (np.zeros((1, 3), dtype=np.uint8), "2 columns, not 3"),
    ],
)
def test_an_array_of_another_kind_is_a_mistake_of_the_caller(levels: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        mi.plan(PLAIN).score_levels(levels)


def test_a_measure_has_one_value_a_row() -> None:
    with pytest.raises(TypeError, match="m1 must have 3 values, not 2"):
        mi.plan(PLAIN).score_levels(ONE, {"m1": [1, 1]})


def test_bands_of_every_dimension() -> None:
    plan = mi.plan("ism-2026")
    levels = np.full((2, 31), 3, dtype=np.uint8)
    levels[:, plan.indicators.index("a4q1_kabkota")] = mi.NOT_APPLICABLE
    levels[1, plan.indicators.index("a1q1")] = 255
    scores = plan.score_levels(levels, {"satisfaction": ["0.8", "0.8"]})
    assert list(scores.total) == [Fraction(61, 80), None]
    assert scores.bands.tolist() == [3, 0]
    assert scores.bands_of("a1").tolist() == [3, 0]
    assert scores.bands_of("a2").tolist() == [3, 3]
    assert scores.bands_of("maturity").tolist() == [0, 0]
    assert list(scores.dimensions) == [code for code in scores.columns if code != "index"][::-1]


def test_scores_are_equal_by_what_they_hold_and_pickle() -> None:
    plan = mi.plan(PLAIN)
    scores = plan.score_levels(ONE, {"m1": [1, 1, 1]})
    assert scores == plan.score_levels(np.asfortranarray(ONE), {"m1": [1, 1, 1]})
    assert scores != plan.score_levels(ONE)
    assert scores != mi.plan(PLAIN, missing="zero").score_levels(ONE, {"m1": [1, 1, 1]})
    assert scores != "scores"
    assert pickle.loads(pickle.dumps(scores)) == scores
    with pytest.raises(TypeError):
        scores.columns["d"] = scores.total
    with pytest.raises(TypeError):
        hash(scores)


def test_measures_of_any_width_and_shape_are_read_or_refused() -> None:
    compiled = mi.plan(PLAIN)
    levels = np.ones((3, 2), dtype=np.uint8)
    narrow = np.array([0.5, np.nan, 1], dtype=np.float32)
    wide = compiled.score_levels(levels, {"m1": narrow})
    assert wide == compiled.score_levels(levels, {"m1": ["0,5", None, 1]})
    with pytest.raises(mi.AssessmentError) as refused:
        compiled.score_levels(levels, {"m1": [[1], 1, {}]})
    assert [fault.place.en for fault in refused.value.faults] == ["row 0", "row 2"]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (GeometricMean(basis=ASSUMED), "0"),
        (HarmonicMean(basis=ASSUMED), "-0.5"),
        (PowerMean(basis=ASSUMED, exponent=-2), "0"),
        (PowerMean(basis=ASSUMED, exponent=2), "-0.5"),
    ],
)
def test_points_of_which_no_mean_can_be_taken_are_refused(
    rule: mi.definition.Rule, value: str
) -> None:
    one = instrument(
        root=dimension("total_points", indicator("i1"), measure("m1", minimum=-1), rule=rule)
    )
    fault = only_fault(
        mi.AssessmentError,
        lambda: mi.plan(one).score_levels(
            np.array([[1], [2], [4]], dtype=np.uint8), {"m1": [1, value, None]}
        ),
    )
    check_fault(fault, "points-not-positive", "m1", value, "total_points")
    assert (fault.place.id, fault.place.en) == ("baris 1", "row 1")
    assert fault.value == value
    assert "above 0" in fault.allowed.en
    assert "di atas 0" in fault.allowed.id
    named = mi.Assessment(
        agency=mi.Agency(name="Contoh"), instrument=one, levels={"i1": 1}, measures={"m1": value}
    )
    fault = only_fault(mi.AssessmentError, lambda: mi.score(named))
    check_fault(fault, "points-not-positive", "m1", value, "total_points")
    assert fault.place.id == fault.place.en == "Contoh"


def test_more_than_a_hundred_points_that_are_refused_are_counted() -> None:
    one = instrument(
        root=dimension("total_points", indicator("i1"), rule=HarmonicMean(basis=ASSUMED))
    )
    levels = np.zeros((20_000, 1), dtype=np.uint8)
    levels[:16_300] = 1
    faults = faults_of(mi.AssessmentError, lambda: mi.plan(one).score_levels(levels))
    assert len(faults) == 101
    # The rows are counted through all blocks.
    assert [fault.place.en for fault in faults[:100]] == [f"row {16_300 + n}" for n in range(100)]
    check_fault(faults[-1], "more-faults", None, str(20_000 - 16_300 - 100))
