from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from meritindex.definition import MissingPolicy, Rounding
from meritindex.scoring.compiling import build_program
from meritindex.scoring.program import Program

UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy


def program_of(*children, gates=(), entered=(), divisors=None, **root: object) -> Program:
    one = instrument(root=dimension("total_points", *children, **root), gates=gates)
    plan = mi.plan(one)
    return build_program(one, plan.weight_values, plan.policies, frozenset(entered), divisors or {})


def test_the_denominators_of_the_catalog() -> None:
    # 33,600 holds every pattern of the gates; a survey of four decimals brings 840,000.
    plan = mi.plan("ism-2026")
    steps = {step.dimension.code: step.denominator for step in plan.program.steps}
    assert steps == {
        "a1": 12,
        "a2": 24,
        "a3": 16,
        "a4": 12,
        "a5": 16,
        "a6": 4 * 420,
        "a7": 4,
        "a8": 8,
        "maturity": 25_200,
        "index": 840_000,
    }
    root = plan.instrument.root
    whole_numbers = attrs.evolve(
        root,
        children=(root.children[0], attrs.evolve(root.children[1], decimals=0)),
        deductions=tuple(
            attrs.evolve(one, minimum=Fraction(0), maximum=Fraction(1), decimals=0)
            for one in root.deductions
        ),
    )
    coarse = attrs.evolve(plan.instrument, root=whole_numbers)
    program = build_program(coarse, plan.weight_values, plan.policies)
    assert program.root.denominator == 33_600
    a6 = next(step for step in program.steps if step.dimension.code == "a6")
    assert a6.divisors == (4, 5, 6, 7)
    assert {step.carrier for step in program.steps} <= {np.uint16, np.int32}


def test_children_stand_before_parents() -> None:
    program = program_of(dimension("a", dimension("b", indicator("i"))), dimension("c"))
    codes = [step.dimension.code for step in program.steps]
    assert codes == ["c", "b", "a", "total_points"]
    assert [step.place for step in program.steps] == [0, 1, 2, 3]
    assert program.root is program.steps[-1]
    assert set(program.root.below) == {0, 1, 2}
    assert program.steps[2].below == (1,)


@pytest.mark.parametrize(
    ("scale", "unit", "table", "largest", "signed"),
    [
        (levels(0, "1/4", "1/2"), Fraction(1, 4), None, 2, False),
        (levels(2, 4, first=1), Fraction(2), None, 2, False),
        (levels(0, 0), Fraction(1), (0, 0), 0, False),
        (levels(0), Fraction(1), (0,), 0, False),
        (levels(5), Fraction(1), (5,), 5, False),
        (levels(1, 2), Fraction(1), (1, 2), 2, False),
        (levels("-1/2", "1/3"), Fraction(1, 6), (-3, 2), 3, True),
    ],
)
def test_levels_become_integers(
    scale: tuple[mi.Level, ...],
    unit: Fraction,
    table: tuple[int, ...] | None,
    largest: int,
    signed: bool,
) -> None:
    (column,) = program_of(indicator("i", levels=scale)).columns
    assert (column.unit, column.table, column.largest) == (unit, table, largest)
    assert column.signed is signed
    assert (column.lowest, column.highest) == (scale[0].value, scale[-1].value)
    assert column.policy is UNKNOWN


@pytest.mark.parametrize(("policy", "fill"), [(ZERO, 0), (LOWEST, -150), (UNKNOWN, -150)])
def test_what_a_missing_measure_counts(policy: MissingPolicy, fill: int) -> None:
    one = measure("m", minimum=Fraction(-3, 2), missing=policy, missing_basis=ASSUMED)
    (column,) = program_of(one).measures
    assert column.fill == fill


GATED = indicator("i", 2, conditions=(when("g"),))
BESIDE = indicator("j", 3)


def test_divisors_are_those_that_gates_can_produce() -> None:
    program = program_of(GATED, BESIDE, rule=MEAN, gates=(gate("g"),))
    root = program.root
    assert root.divisors == (3, 5)
    assert root.total_share == 5
    # The sum over each divisor, brought to the common denominator.
    assert root.denominator == 15
    assert root.factors == (5, 3)
    assert [term.coefficient for term in root.columns] == [2, 3]
    assert not root.gated
    # Of a sum, or where one divisor alone can occur, there is nothing to look up.
    assert program_of(GATED, BESIDE, gates=(gate("g"),)).root.divisors == ()
    assert program_of(BESIDE, rule=MEAN).root.divisors == ()
    further = program_of(GATED, BESIDE, rule=MEAN, gates=(gate("g"),), divisors={})
    assert further.root.divisors == (3, 5)
    further = program_of(BESIDE, rule=MEAN, divisors={"total_points": (0, 2)})
    assert further.root.divisors == (1, 2)


def test_a_dimension_of_which_nothing_may_apply_is_gated() -> None:
    inner = dimension("inner", GATED, indicator("k", 0), rule=MEAN)
    program = program_of(inner, BESIDE, rule=MEAN, gates=(gate("g"),))
    assert [step.gated for step in program.steps] == [True, False]
    assert program.root.divisors == (3, 4)  # k weighs nothing, so it doesn't make inner apply
    heavier = dimension("inner", GATED, indicator("k", 1), rule=MEAN)
    program = program_of(heavier, BESIDE, rule=MEAN, gates=(gate("g"),))
    assert [step.gated for step in program.steps] == [False, False]


def test_when_the_data_decide_about_divisors() -> None:
    outer = dimension("outer", dimension("inner", GATED, rule=MEAN), rule=MEAN)
    gates = (gate("g"),)

    def is_open(*children, waiting: bool = False, entered=(), **root: object) -> bool:
        program = program_of(*children, gates=gates, entered=entered, **({"rule": MEAN} | root))
        return program.has_open_divisors(program.root, waiting=waiting)

    assert not is_open(GATED, BESIDE)
    assert not is_open(GATED, BESIDE, waiting=True)
    assert not is_open(outer, BESIDE)
    assert is_open(outer, BESIDE, waiting=True)
    assert is_open(outer, BESIDE, entered=["outer"])
    assert is_open(outer, BESIDE, entered=["inner"])
    assert not is_open(dimension("d"), BESIDE, waiting=True, entered=["d"])
    for dropping in (
        indicator("k", missing=DROP, missing_basis=ASSUMED),
        measure("m", missing=DROP, missing_basis=ASSUMED),
        dimension("d", missing=DROP, missing_basis=ASSUMED),
    ):
        assert is_open(BESIDE, dropping)
    assert not is_open(outer, BESIDE, waiting=True, rule=mi.WeightedSum(basis=ASSUMED))


def test_what_is_always_zero_has_no_coefficient() -> None:
    nothing = indicator("nothing", 2**60, levels=levels(0))
    root = program_of(nothing, indicator("i")).root
    assert [term.coefficient for term in root.columns] == [0, 1]
    assert root.peak == 4
    assert root.carrier is np.uint16


def test_rounding_comes_after_deductions_and_brings_its_own_denominator() -> None:
    root = program_of(
        indicator("i", "1/3"),
        deductions=(measure("m", decimals=1),),
        rounding=Rounding(digits=2, basis=ASSUMED),
        decimals=2,
    ).root
    assert (root.raw_denominator, root.adjustment_factor) == (30, 10)
    assert [term.coefficient for term in root.adjustments] == [-3]
    assert (root.denominator, root.final_factor) == (100, 1)
    assert root.signed


def test_entries_and_lowest_points_widen_the_denominator() -> None:
    inner = dimension("inner", indicator("i", "1/3", levels=levels(1, 2)), decimals=1)
    plain, entered = program_of(inner), program_of(inner, entered=["inner"])
    assert (plain.steps[0].denominator, plain.steps[0].entry_factor) == (3, 0)
    assert (entered.steps[0].denominator, entered.steps[0].entry_factor) == (30, 3)
    assert entered.steps[0].final_factor == 10
    (lowest, _) = program_of(attrs.evolve(inner, missing=LOWEST, missing_basis=ASSUMED)).steps
    assert (lowest.lowest, lowest.denominator, lowest.policy) == (1, 3, LOWEST)
    below_zero = dimension(
        "low",
        indicator("i", levels=levels("-1/7", 0)),
        rounding=Rounding(digits=0, basis=ASSUMED, mode="down"),
        decimals=0,
        missing=LOWEST,
        missing_basis=ASSUMED,
    )
    (low, _) = program_of(below_zero).steps
    assert (low.lowest, low.denominator) == (-1, 1)


def test_points_entered_at_a_dimension_without_children() -> None:
    program = program_of(dimension("d", maximum=figure(130), decimals=1), rule=MEAN, entered=["d"])
    step = program.steps[0]
    assert (step.denominator, step.bound) == (10, 1300)
    assert (step.columns, step.measures, step.children) == ((), (), ())
