"""What a goal asks of the total before it is bounded and rounded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from builders import ASSUMED, band, dimension, figure, indicator, limit
from meritindex.analysis.improving.needs import Need, need_of, required
from meritindex.analysis.improving.outcomes import Goal
from meritindex.definition import BandCap, Bands, Cap, Dimension, Rounding, RoundingMode, Shortfall


def root(**fields: object) -> Dimension:
    return dimension("total_points", indicator("a"), indicator("b"), **fields)


def test_a_need_is_met_from_its_value_on() -> None:
    here, above = Need(Fraction(5), inclusive=True), Need(Fraction(5), inclusive=False)
    values = [Fraction(9, 2), Fraction(5), Fraction(11, 2)]
    assert [here.met_by(value) for value in values] == [False, True, True]
    assert [above.met_by(value) for value in values] == [False, False, True]


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("value", [Fraction(5), Fraction(16, 3)])
def test_so_many_units_are_needed(value: Fraction, inclusive: bool) -> None:
    need = Need(value, inclusive)
    for present in (Fraction(0), Fraction(1, 3), Fraction(5), Fraction(8)):
        steps = need.steps(present, Fraction(1, 3))
        assert need.met_by(present + steps * Fraction(1, 3))
        assert not need.met_by(present + (steps - 1) * Fraction(1, 3))


def test_without_a_limit_nothing_is_needed() -> None:
    assert need_of(root(), Goal(None)) is None
    assert list(required(root(), Goal(None))) == []


def test_a_floor_that_is_high_enough_leaves_nothing_to_need() -> None:
    assert need_of(root(floor=figure(5)), Goal(Fraction(5))) is None
    assert need_of(root(floor=figure(5)), Goal(Fraction(5), inclusive=False)) == Need(
        Fraction(5), inclusive=False
    )


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("mode", list(RoundingMode))
@pytest.mark.parametrize("value", ["5", "5.2", "5.25", "5.5"])
def test_a_rounding_asks_for_what_it_rounds_up(
    value: str,
    mode: RoundingMode,
    inclusive: bool,
) -> None:
    rounding = Rounding(digits=1, basis=ASSUMED, mode=mode)
    asked = Need(Fraction(value), inclusive)
    need = need_of(root(rounding=rounding), Goal(Fraction(value), inclusive))
    assert need is not None
    for part in range(480, 580):
        points = Fraction(part, 100)
        assert need.met_by(points) == asked.met_by(rounding.round(points))


def test_a_cap_that_is_too_low_must_not_hold() -> None:
    caps = (
        Cap(maximum=4, basis=ASSUMED, shortfall=Shortfall(code="a", below=2)),
        Cap(maximum=5, basis=ASSUMED, shortfall=Shortfall(code="b", below=3)),
        Cap(maximum=6, basis=ASSUMED),
    )
    one = root(caps=caps)
    assert list(required(one, Goal(Fraction(4)))) == []
    assert list(required(one, Goal(Fraction(5)))) == [Shortfall(code="a", below=2)]
    assert list(required(one, Goal(Fraction(6)))) == [caps[0].shortfall, caps[1].shortfall]


def test_a_cap_of_the_band_must_not_hold_below_the_goal() -> None:
    one = root(
        bands=Bands(items=(band("low"), band("middle", limit(2)), band("high", limit(4)))),
        band_caps=(
            BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="a", below=1)),
            BandCap(band="middle", basis=ASSUMED, shortfall=Shortfall(code="b", below=1)),
        ),
    )
    goals = [Goal(Fraction(2 * number), band=number) for number in (1, 2, 3)]
    assert [[each.code for each in required(one, goal)] for goal in goals] == [
        [],
        ["a"],
        ["a", "b"],
    ]
