"""What a dimension may have beside a sum: rounding, floors, caps, minima, scales; and refusals."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from frame_cases import columns_of, expected_of, random_assessments, read_back, schema_of
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    GoalpostScale,
    Median,
    Minimum,
    Rounding,
    Shortfall,
    Step,
    ThresholdScale,
)
from meritindex.scoring import EngineError

polars = pytest.importorskip("polars", reason="the frames of these tests are of polars")

LEAST = Minimum(basis=ASSUMED)
TYPES = {"integer": polars.Int64, "text": polars.String, "number": polars.Float64}
BANDS = Bands(items=(band("low"), band("middle", limit(2)), band("high", limit(3))))


def policy(missing: str) -> dict[str, object]:
    return {"missing": missing, "missing_basis": None if missing == "unknown" else ASSUMED}


def check(*children, count=120, **fields) -> None:
    """Check that a frame of random answers has the library's results."""
    gates = fields.pop("gates", ())
    rules = instrument(root=dimension("total_points", *children, **fields), gates=gates)
    plan = mi.plan(rules)
    assessments = random_assessments(rules, count)
    wanted = expected_of(mi.score(assessments), plan.expressions().denominators)
    schema = {name: TYPES[kind] for name, kind in schema_of(plan).items()}
    frame = polars.DataFrame(columns_of(assessments), schema=schema)
    found = read_back(plan.score_frame(frame))
    for name, values in wanted.items():
        assert found[name] == values, name


@pytest.mark.parametrize("mode", ["half_up", "half_even", "up", "down"])
def test_rounding_of_either_sign(mode) -> None:
    table = levels("-1.5", "-0.75", "-0.5", "0.125", "0.25")
    rounding = Rounding(digits=1, basis=ASSUMED, mode=mode)
    halves = indicator("i2", levels=levels("-0.15", "-0.05", "0.05", "0.15", "0.25"))
    low = dimension("d1", indicator("i1", levels=table), halves, rounding=rounding)
    check(low, indicator("i3"), rounding=Rounding(digits=0, basis=ASSUMED, mode=mode))


@pytest.mark.parametrize("missing", ["unknown", "zero", "lowest", "drop"])
def test_what_is_missing_and_what_does_not_apply(missing) -> None:
    gates = (gate("g"), gate("h", "a", "b", "c"))
    parts = [
        indicator("i1", 2, **policy(missing)),
        indicator("i2", 3, conditions=(when("g"),), **policy(missing)),
        indicator("i3", 5, conditions=(when("h", "a", "b"),), levels=levels(1, 3, 9, first=1)),
    ]
    gated = dimension(
        "d1", indicator("i4", conditions=(when("g", "no"),)), rule=MEAN, **policy(missing)
    )
    other = dimension(
        "d2", *parts, measure("m1", 7, **policy(missing)), rule=MEAN, **policy(missing)
    )
    check(gated, other, rule=MEAN, gates=gates, count=400)


@pytest.mark.parametrize("missing", ["unknown", "zero", "lowest", "drop"])
def test_minima(missing) -> None:
    gates = (gate("g"),)
    table = levels("0.5", "0.75", "2.5")
    parts = [
        indicator("i1", None, levels=table, **policy(missing)),
        indicator("i2", None, conditions=(when("g"),), **policy(missing)),
        measure("m1", None, **policy(missing)),
    ]
    gated = dimension(
        "d1",
        indicator("i4", None, conditions=(when("g", "no"),)),
        rule=LEAST,
        weight=None,
        **policy(missing),
    )
    check(
        gated, dimension("d2", *parts, rule=LEAST, weight=None), rule=LEAST, gates=gates, count=300
    )


def test_a_dimension_of_dimensions_that_may_not_apply() -> None:
    inner = dimension("y", indicator("a", conditions=(when("g", "yes"),)), rule=MEAN)
    check(dimension("x", inner, rule=MEAN), indicator("b"), rule=MEAN, gates=(gate("g"),))


def test_scales_of_measures() -> None:
    steps = (
        Step(points="0.1"),
        Step(points="0.5", start="0.3"),
        Step(points=1, start="0.8", inclusive=False),
    )
    check(
        measure("m1", scale=ThresholdScale(steps=steps, basis=ASSUMED)),
        measure("m2", scale=GoalpostScale(low="0.2", high="0.7", basis=ASSUMED)),
        measure(
            "m3",
            scale=GoalpostScale(
                low="0.2",
                high="0.7",
                points_at_low=3,
                points_at_high=1,
                capped=False,
                basis=ASSUMED,
            ),
        ),
        rule=MEAN,
    )


def test_bonuses_deductions_floors_and_caps() -> None:
    inner = dimension("d1", indicator("i2", **policy("lowest")), measure("m4"), rule=MEAN)
    check(
        indicator("i1"),
        inner,
        rule=MEAN,
        bonuses=(measure("m1", None, **policy("zero")),),
        deductions=(measure("m2", None), measure("m3", None, **policy("drop"))),
        floor=figure("0.5"),
        caps=(
            Cap(maximum="3.5", basis=ASSUMED),
            Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code="i1", below=2)),
            Cap(maximum=2, basis=ASSUMED, shortfall=Shortfall(code="m4", below="0.5")),
            Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code="d1", below=1)),
        ),
        bands=BANDS,
        count=300,
    )


def test_caps_of_bands() -> None:
    waits = indicator("i2", conditions=(when("g"),), **policy("drop"))
    check(
        dimension("d1", indicator("i1"), waits, rule=MEAN, **policy("zero")),
        indicator("i3"),
        rule=MEAN,
        gates=(gate("g"),),
        bands=BANDS,
        band_caps=(
            BandCap(band="middle", basis=ASSUMED, shortfall=Shortfall(code="i2", below=2)),
            BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="d1", below=1)),
        ),
        count=300,
    )


def test_weights_of_zero() -> None:
    check(
        dimension("d1", indicator("i1", 0), indicator("i2", 1), rule=MEAN),
        dimension("d2", indicator("i3", 0, conditions=(when("g"),)), indicator("i4"), rule=MEAN),
        gates=(gate("g"),),
    )


def test_products_beyond_32_bits() -> None:
    table = levels(0, 1, 3, 7, 9)
    check(indicator("i1", 10**9, levels=table), indicator("i2", 1), measure("m1", 10**7))


# What is refused


def refused(*children, **fields) -> list[tuple[str, str | None]]:
    rules = instrument(root=dimension("total_points", *children, **fields))
    faults = faults_of(EngineError, mi.plan(rules).expressions)
    for fault in faults:
        check_fault(fault, "plan-not-for-engines", fault.item, fault.item)
    return [(fault.item, fault.message.en.split(": ")[1]) for fault in faults]


def test_plans_that_no_engine_can_compute() -> None:
    ways_out = "; use read_frame and score"
    assert refused(dimension("d1")) == [("d1", "its points can only be entered as such" + ways_out)]
    found = refused(indicator("i1", None), rule=Median(basis=ASSUMED))
    assert found[0][1].startswith("its rule (median), or one below it, is no arithmetic")
    scale = GoalpostScale(low=1, high=100, logarithmic=True, basis=ASSUMED)
    logarithm = measure("m1", minimum=1, maximum=100, scale=scale)
    assert [item for item, _ in refused(logarithm)] == ["m1", "total_points"]
    wide = measure("m1", maximum=10**6, decimals=9)
    assert refused(wide) == [("m1", "its integers can be larger than 2^53" + ways_out)]
    fine = indicator("i1", Fraction(1, 10**9 + 7)), indicator("i2", Fraction(1, 10**9 + 9))
    assert refused(*fine) == [("total_points", "its integers can be larger than 2^53" + ways_out)]
    steep = GoalpostScale(low=0, high="0.01", points_at_high=10**15, basis=ASSUMED)
    assert ("m1", "its integers can be larger than 2^53" + ways_out) in refused(
        measure("m1", scale=steep)
    )


def test_ism_2019_can_only_be_entered() -> None:
    faults = faults_of(EngineError, mi.plan("ism-2019").expressions)
    assert {fault.item for fault in faults} == {f"a{number}" for number in range(1, 9)}


def test_means_whose_weights_add_up_in_too_many_ways() -> None:
    parts = [indicator(f"i{place}", 2**place, **policy("drop")) for place in range(8)]
    assert refused(*parts, rule=MEAN) == [
        (
            "total_points",
            "the weights that count can add up in more than 64 ways; use read_frame and score",
        )
    ]


def test_expressions_say_what_they_are() -> None:
    found = mi.plan("ism-2026").expressions()
    assert repr(found) == "<Expressions of 10 dimensions over 37 columns>"
    assert found.total == "index"
    assert next(iter(found.points)) == "index"
    assert set(found.bands) == {"index", *(f"a{number}" for number in range(1, 9))}
    assert found.columns[0] == "a4q0_jenis_instansi"
