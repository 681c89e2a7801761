"""What holds a dimension back, and what may stand beside what."""

from __future__ import annotations

from fractions import Fraction

import pytest

from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    faults_of,
    figure,
    indicator,
    limit,
    measure,
    only_fault,
)
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    Dimension,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Median,
    Minimum,
    PowerMean,
    Rounding,
    Rule,
    Shortfall,
    is_exact,
)
from meritindex.errors import DefinitionError

BANDS = Bands(items=(band("low"), band("high", limit(2))))
PARTS = (indicator("i1"), dimension("inner", indicator("i2"), deductions=(measure("m1", None),)))


def cap(maximum: object, code: str | None = None, below: object = 1) -> Cap:
    shortfall = None if code is None else Shortfall(code=code, below=below)
    return Cap(maximum=maximum, basis=ASSUMED, shortfall=shortfall)


def band_cap(name: str, code: str = "i2") -> BandCap:
    return BandCap(band=name, basis=ASSUMED, shortfall=Shortfall(code=code, below=1))


def made(**fields: object) -> Dimension:
    return dimension("d", *PARTS, rule=MEAN, **fields)


def test_numbers_are_read_exactly() -> None:
    one = cap("2.5", "i1", "1/3")
    assert (one.maximum, one.shortfall.below) == (Fraction(5, 2), Fraction(1, 3))


def test_a_cap_may_depend_on_anything_below() -> None:
    codes = ("i1", "inner", "i2", "m1")
    one = made(
        caps=tuple(cap(3, code) for code in codes),
        band_caps=tuple(band_cap("low", code) for code in codes),
        bands=BANDS,
    )
    assert len(one.caps) == len(one.band_caps) == 4


@pytest.mark.parametrize("code", ["d", "beside", "elsewhere"])
def test_a_cap_depends_on_something_below(code: str) -> None:
    beside = (measure("beside", None),)
    fault = only_fault(DefinitionError, lambda: made(caps=(cap(3, code),), bonuses=beside))
    check_fault(fault, "cap-node-unknown", "d", code)
    fault = only_fault(
        DefinitionError,
        lambda: made(band_caps=(band_cap("low", code),), bands=BANDS, deductions=beside),
    )
    check_fault(fault, "cap-node-unknown", "d", code)


def test_a_band_that_is_not_there() -> None:
    fault = only_fault(DefinitionError, lambda: made(band_caps=(band_cap("middle"),), bands=BANDS))
    check_fault(fault, "cap-band-unknown", "d", "middle", "low, high")
    fault = only_fault(DefinitionError, lambda: made(band_caps=(band_cap("low"),)))
    check_fault(fault, "cap-band-unknown", "d", "low", "-")


def test_floor_and_caps_lie_on_the_grid_of_the_rounding() -> None:
    rounding = Rounding(digits=1, basis=ASSUMED)
    faults = faults_of(
        DefinitionError,
        lambda: made(
            rounding=rounding,
            decimals=1,
            floor=figure("0.25"),
            caps=(cap("2.5"), cap("2.55"), cap("1/3", "i1")),
        ),
    )
    for fault, value in zip(faults, ("2.55", "1/3", "0.25"), strict=True):
        check_fault(fault, "cap-off-grid", "d", value, "0.1")
    assert made(rounding=rounding, decimals=1, floor=figure("0.2"), caps=(cap("0.2"),)).caps


def test_a_cap_is_not_below_the_floor() -> None:
    faults = faults_of(
        DefinitionError,
        lambda: made(floor=figure(1), caps=(cap("0.5"), cap(1), cap("0.75", "i1"))),
    )
    for fault, maximum in zip(faults, ("0.5", "0.75"), strict=True):
        check_fault(fault, "cap-below-floor", "d", maximum, "1")


@pytest.mark.parametrize(
    "fields",
    [
        {"floor": figure(0)},
        {"caps": (cap(3),)},
        {"bonuses": (measure("m9", None),)},
        {"deductions": (measure("m9", None),)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_has_no_children_is_not_bounded(fields: dict[str, object]) -> None:
    fault = only_fault(DefinitionError, lambda: dimension("d", **fields))
    check_fault(fault, "dimension-form", "d")


def test_band_caps_without_children() -> None:
    faults = faults_of(
        DefinitionError, lambda: dimension("d", bands=BANDS, band_caps=(band_cap("low"),))
    )
    assert [fault.code for fault in faults] == ["dimension-form", "cap-node-unknown"]


def test_adjustments_stand_last_bonuses_before_deductions() -> None:
    one = made(deductions=(measure("minus", None),), bonuses=(measure("plus", None),))
    assert [node.code for node in one.adjustments] == ["plus", "minus"]
    assert [node.code for node in one.walk()] == ["d", "i1", "inner", "i2", "m1", "plus", "minus"]


@pytest.mark.parametrize("rule", [Minimum(basis=ASSUMED), Median(basis=ASSUMED)])
def test_a_rule_without_weights_wants_none(rule: Rule) -> None:
    parts = (indicator("i1"), indicator("i2", None), measure("m1", 0))
    fault = only_fault(DefinitionError, lambda: dimension("d", *parts, rule=rule))
    check_fault(fault, "weight-not-used", "d", "i1, m1", rule.label)
    assert dimension("d", indicator("i1", None), indicator("i2", None), rule=rule).rule is rule


@pytest.mark.parametrize(
    "rule",
    [
        GeometricMean(basis=ASSUMED),
        HarmonicMean(basis=ASSUMED),
        PowerMean(basis=ASSUMED, exponent=2),
    ],
)
def test_means_need_weights_as_the_arithmetic_one_does(rule: Rule) -> None:
    fault = only_fault(DefinitionError, lambda: dimension("d", indicator("i1", None), rule=rule))
    check_fault(fault, "weight-missing", "d", "i1")
    fault = only_fault(DefinitionError, lambda: dimension("d", indicator("i1", 0), rule=rule))
    check_fault(fault, "weights-all-zero", "d", "d")
    dropped = indicator("i1", missing="drop", missing_basis=ASSUMED)
    assert dimension("d", dropped, rule=rule).rule is rule


def test_a_value_without_a_logarithm() -> None:
    fields = {"low": 1, "high": 9, "logarithmic": True, "basis": ASSUMED}
    wide = GoalpostScale(**fields, capped=False)
    for minimum in ("0", "-0.5"):
        fault = only_fault(
            DefinitionError, lambda value=minimum: measure("m", minimum=value, scale=wide)
        )
        check_fault(fault, "measure-logarithm", "m", minimum)
    assert measure("m", minimum="0.01", scale=wide).scale is wide
    assert measure("m", minimum=0, scale=GoalpostScale(**fields)).lowest == 0


def test_a_scale_decides_what_a_measure_is_worth() -> None:
    scale = GoalpostScale(low=0, high=2, points_at_low=10, points_at_high=4, basis=ASSUMED)
    one = measure("m", scale=scale)
    assert (one.lowest, one.highest) == (7, 10)
    assert one.points_of(Fraction(1, 2)) == Fraction(17, 2)
    assert measure("m").points_of(Fraction(1, 2)) == Fraction(1, 2)


def test_what_is_exact() -> None:
    logarithmic = GoalpostScale(low=1, high=9, logarithmic=True, basis=ASSUMED)
    inexact = measure("m", None, scale=logarithmic)
    geometric = GeometricMean(basis=ASSUMED)
    assert is_exact(indicator("i"))
    assert is_exact(measure("m"))
    assert is_exact(measure("m", scale=GoalpostScale(low=1, high=9, basis=ASSUMED)))
    assert not is_exact(inexact)
    assert is_exact(dimension("d"))
    assert is_exact(dimension("d", indicator("i"), rule=HarmonicMean(basis=ASSUMED)))
    assert not is_exact(dimension("d", indicator("i"), rule=geometric))
    assert not is_exact(dimension("d", indicator("i"), bonuses=(inexact,)))
    assert not is_exact(dimension("d", indicator("i"), deductions=(inexact,)))
    # Rounding does not make exact what is not.
    rounding = Rounding(digits=2, basis=ASSUMED)
    inner = dimension("inner", indicator("i"), rule=geometric, rounding=rounding)
    assert not is_exact(dimension("d", inner))
