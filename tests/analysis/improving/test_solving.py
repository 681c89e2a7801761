"""Plans that hold under all admissible weights, and other plans than the cheapest."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from types import SimpleNamespace

import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    band,
    check_fault,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    only_fault,
    when,
)
from improve_builders import (
    HUNDRED,
    OPEN,
    answered,
    check_all,
    check_best,
    check_cheapest,
    raised,
    refused,
)
from meritindex.analysis.improving import stopwatch
from meritindex.definition import BandCap, Bands, Cap, Minimum, Rounding, Shortfall
from meritindex.errors import WeightingError

ANY = mi.Admissible()
COSTS = {"a": 3, "b": 2, "c": 4, "d": 1}
SHORT = levels(0, 1, 3)
FOUR = instrument(
    root=dimension(
        "total_points",
        dimension(
            "x", *(indicator(code, None, levels=SHORT) for code in "ab"), rule=HUNDRED, weight=None
        ),
        indicator("c", None, levels=SHORT),
        indicator("d", 30, levels=SHORT),
        rule=HUNDRED,
    )
)
FACTS = mi.Admissible({"x": (20, 50), "a": (10, 70)}, order=[("b", "a")])


def low(rules: mi.Instrument = FOUR, **fields: object) -> mi.Assessment:
    codes = [each.code for each in rules.indicators]
    return answered(rules, **{"levels": dict.fromkeys(codes, 0), **fields})


@pytest.mark.parametrize("weighting", [ANY, FACTS, mi.Admissible({"x": 40, "a": 50})])
def test_the_least_total_of_all_weights_must_reach_the_target(weighting: mi.Admissible) -> None:
    of = low() if weighting is not ANY else answered(FOUR, "A", 0, 1, 1, 0)
    check_all(of, COSTS, weighting)


def test_one_weighting_is_not_enough() -> None:
    of = answered(OPEN, "A", 0, 4, 1)
    # All of 80 may be the weight of a: two levels are 1.6, and one of c is 0.4.
    found = check_cheapest(of, Fraction(2), {"a": 3, "b": 1, "c": 4}, ANY)
    assert raised(found) == {"a": 3}
    found = check_cheapest(of, Fraction(2), {"a": 3, "b": 1, "c": 2}, ANY)
    assert raised(found) == {"a": 2, "c": 2}
    card = found.card
    assert card.lower == found.after >= 2
    assert isinstance(card, mi.BoundsCard)
    assert found.weighting == ANY
    assert mi.score(found.assessment, mi.Given(card.lower_weights)).total == found.after


def test_alternatives_hold_under_all_weights() -> None:
    of = low()
    first = mi.improve(of, to="1,2", weighting=FACTS, costs=COSTS)
    others = first.alternatives(6)
    assert others
    costs = [each.cost for each in (first, *others)]
    assert costs == sorted(costs)
    for each in others:
        assert each.after == mi.bounds(each.assessment, FACTS).lower >= Fraction(6, 5)
        assert raised(each) != raised(first)


ROUNDED = instrument(
    root=dimension(
        "total_points",
        dimension(
            "x",
            *(indicator(code, None, levels=SHORT) for code in "ab"),
            rule=HUNDRED,
            weight=60,
            rounding=Rounding(digits=0, basis=ASSUMED),
        ),
        indicator("c", None, levels=SHORT),
        indicator("d", None, levels=SHORT),
        rule=HUNDRED,
        rounding=Rounding(digits=1, basis=ASSUMED),
        caps=(Cap(maximum=2, basis=ASSUMED, shortfall=Shortfall(code="c", below=1)),),
    )
)
LEAST = instrument(
    root=dimension(
        "total_points",
        *(
            dimension(
                code,
                *(indicator(each, None, levels=SHORT) for each in below),
                rule=HUNDRED,
                weight=None,
            )
            for code, below in (("x", "ab"), ("y", "cd"))
        ),
        rule=Minimum(basis=ASSUMED),
    )
)


@pytest.mark.parametrize("rules", [ROUNDED, LEAST])
def test_caps_and_roundings_hold_under_all_weights(rules: mi.Instrument) -> None:
    check_all(answered(rules, "A", 0, 1, 0, 1), COSTS, ANY)


GATED = instrument(
    root=dimension(
        "total_points",
        indicator("a", None, levels=SHORT),
        indicator("b", None, levels=SHORT, conditions=(when("works"),)),
        indicator("c", None, levels=SHORT),
        rule=HUNDRED,
        bands=Bands(items=(band("rendah"), band("tinggi", limit(1)))),
        band_caps=(BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="b", below=1)),),
    ),
    gates=(gate("works"),),
)


def test_a_gate_that_is_open_leaves_the_total_unknown() -> None:
    fault = refused(lambda: mi.improve(low(GATED), to=1, weighting=ANY))
    check_fault(fault, "total-unknown", None, "works")
    fault = refused(lambda: mi.best_within(low(GATED), 3, weighting=ANY))
    check_fault(fault, "total-unknown", None, "works")
    (found,) = mi.improve([low(GATED)], to="tinggi", weighting=ANY)
    assert (found.status, found.before, found.highest) == ("unknown", None, None)


def test_a_gate_that_only_waits_below_an_entry_is_of_no_account() -> None:
    rules = instrument(
        root=dimension(
            "total_points",
            dimension("x", indicator("b", levels=SHORT, conditions=(when("works"),)), weight=None),
            indicator("a", None, levels=SHORT),
            indicator("c", None, levels=SHORT),
            rule=HUNDRED,
        ),
        gates=(gate("works"),),
    )
    of = low(rules, levels={"a": 0, "c": 0}, points={"x": 1})
    found = check_cheapest(of, Fraction(1), {"a": 3, "c": 4}, ANY)
    assert raised(found) == {"a": 1, "c": 1}
    assert found.not_answered == ()


def test_what_does_not_apply_has_no_weight() -> None:
    closed = low(GATED, levels={"a": 0, "c": 0}, gates={"works": "no"})
    found = mi.improve(closed, to="tinggi", weighting=ANY)
    assert raised(found) == {"a": 1, "c": 1}
    applies = low(GATED, gates={"works": "yes"})
    found = mi.improve(applies, to="tinggi", weighting=ANY)
    assert raised(found) == {"a": 1, "b": 1, "c": 1}
    assert (found.band_before, found.band_after) == ("rendah", "tinggi")


def test_the_best_is_the_highest_least_total() -> None:
    for budget in (0, 4, 9, 100):
        check_best(low(), budget, COSTS, FACTS)
        check_best(answered(ROUNDED, "A", 0, 1, 0, 1), budget, COSTS, ANY)


# When the time runs out


@pytest.mark.parametrize("rules", [FOUR, ROUNDED, LEAST])
def test_what_is_found_in_time_holds_under_all_weights(
    rules: mi.Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = low(rules)
    costs = {each.code: COSTS[each.code] for each in rules.indicators}
    least = mi.improve(of, to=1, costs=costs, weighting=ANY)
    most = mi.best_within(of, 8, costs=costs, weighting=ANY)
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=count().__next__))
    for seconds in count():
        found = mi.improve(of, to=1, costs=costs, weighting=ANY, time_limit=seconds)
        assert found.after >= 1
        assert found.cost_at_least <= least.cost <= found.cost
        if found.proven:
            break
    assert found.cost == least.cost
    for seconds in count():
        best = mi.best_within(of, 8, costs=costs, weighting=ANY, time_limit=seconds)
        assert best.cost <= 8
        assert best.after <= most.after
        if best.proven:
            break
    assert seconds > 0
    assert (best.after, best.cost) == (most.after, most.cost)


def test_what_no_weights_attain_is_not_said_to_be_proven() -> None:
    # Where the gate is closed all weight may be of what does not apply: of a next to nothing.
    rules = instrument(
        root=dimension(
            "total_points",
            dimension(
                "x",
                indicator("a", None, levels=SHORT),
                indicator("b", None, levels=SHORT),
                indicator("c", None, levels=SHORT, conditions=(when("works"),)),
                rule=HUNDRED,
                weight=None,
            ),
            indicator("d", None, levels=SHORT),
            rule=HUNDRED,
        ),
        gates=(gate("works"),),
    )
    of = low(rules, levels={"a": 0, "b": 0, "d": 0}, gates={"works": "no"})
    costs = {code: COSTS[code] for code in "abd"}
    found = mi.improve(of, to=1, costs=costs, weighting=ANY)
    assert found.after == mi.bounds(found.assessment, ANY).lower >= 1
    assert raised(found) == {"a": 1, "b": 1, "d": 1}
    best = mi.best_within(of, 6, costs=costs, weighting=ANY)
    assert best.after == mi.bounds(best.assessment, ANY).lower == 1


# What can't be asked


def test_no_policy_is_chosen_while_weights_are_open() -> None:
    for policy in ("zero", mi.MissingPolicy.DROP):
        fault = only_fault(
            WeightingError,
            lambda policy=policy: mi.improve(low(), to=1, weighting=ANY, missing=policy),
        )
        check_fault(fault, "policy-with-region", None, str(policy))
        assert fault.place == mi.Text("kebijakan", "missing")


def test_a_region_without_a_weighting_is_refused() -> None:
    with pytest.raises(WeightingError):
        mi.improve(low(), to=1, weighting=mi.Admissible({"d": 90, "c": (50, None)}))
    with pytest.raises(WeightingError):
        mi.improve(low(), to=1)


def test_measures_and_figures_stay_as_they_are() -> None:
    rules = instrument(
        root=dimension(
            "total_points",
            indicator("a", None, levels=SHORT),
            indicator("b", None, levels=SHORT),
            measure("m", None),
            rule=HUNDRED,
            floor=figure("0.1"),
        )
    )
    of = low(rules, measures={"m": "0.5"})
    found = mi.improve(of, to="0.5", weighting=ANY, costs=1)
    assert found.after == mi.bounds(found.assessment, ANY).lower
    assert dict(found.assessment.measures) == dict(of.measures)
