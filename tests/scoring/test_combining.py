"""What the rule of a dimension amounts to."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

import meritindex as mi
from builders import ASSUMED, dimension, indicator, instrument, levels, measure
from meritindex.definition import GoalpostScale, HarmonicMean, Median, Minimum, Rounding
from meritindex.scoring.combining import integer_weights
from meritindex.scoring.program import Domain, Step

LOGARITHM = GoalpostScale(low=1, high=10, logarithmic=True, basis=ASSUMED)


def root_of(*children: object, **root: object) -> Step:
    return mi.plan(instrument(root=dimension("total_points", *children, **root))).program.root


def test_weights_as_integers_in_the_same_proportions() -> None:
    node = dimension("d", indicator("i", "1/3"), indicator("j", "1/2"), indicator("k", 0))
    weights = {"i": Fraction(1, 3), "j": Fraction(1, 2), "k": Fraction(0)}
    assert integer_weights(node, weights) == (2, 3, 0)
    assert integer_weights(node, dict.fromkeys("ijk", Fraction(40))) == (1, 1, 1)
    assert integer_weights(node, dict.fromkeys("ijk", Fraction(0))) == (0, 0, 0)


def test_integers_are_taken_over_one_denominator() -> None:
    parts = (indicator("i", None, levels=levels(0, "1/3")), measure("m", None, decimals=1))
    root = root_of(*parts, rule=Minimum(basis=ASSUMED))
    assert (root.domain, root.result, root.denominator) == (Domain.INTEGER, Domain.INTEGER, 30)
    assert [item.factor for item in root.inputs] == [10, 3]
    assert [term.coefficient for term in (*root.columns, *root.measures)] == [0, 0]
    # The middle of two needs half of the unit.
    assert root_of(*parts, rule=Median(basis=ASSUMED)).denominator == 60
    assert root.carrier is np.uint16


def test_fractions_and_doubles_have_no_common_denominator() -> None:
    harmonic = root_of(indicator("i"), indicator("j", 2), rule=HarmonicMean(basis=ASSUMED))
    assert (harmonic.domain, harmonic.denominator, harmonic.carrier) == (Domain.FRACTION, 1, object)
    mean = mi.WeightedMean(basis=ASSUMED)
    double = root_of(measure("m", scale=LOGARITHM), indicator("j"), rule=mean)
    assert (double.domain, double.denominator, double.carrier) == (Domain.DOUBLE, 1, np.float64)
    assert double.inputs
    assert not double.exact
    whole = root_of(
        measure("m", 50, scale=LOGARITHM),
        indicator("j", 50),
        rule=mi.WeightedSum(basis=ASSUMED, whole=100),
    )
    assert whole.bound == 3  # (50 x 0 + 50 x 4) / 100, and one
    rounded = root_of(
        measure("m", scale=LOGARITHM), rounding=Rounding(digits=2, basis=ASSUMED), decimals=2
    )
    assert (rounded.domain, rounded.result, rounded.denominator) == (
        Domain.DOUBLE,
        Domain.INTEGER,
        100,
    )
    assert not rounded.exact
