from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import meritindex as mi
import strategies
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
    only_fault,
    when,
)
from influence_cases import answered
from meeting import law
from meritindex.analysis.completions import completions
from meritindex.analysis.influencing import VerifyFirst, influence, verify_first
from meritindex.assessment.trust import AnswerPolicy
from meritindex.testing.answers import assessment_sets

BANDS = mi.Bands(items=(band("low"), band("middle", limit(1)), band("high", limit(2))))
ANY = AnswerPolicy(unstated="any")
DRAWS = 3000


def of(
    *children: mi.Indicator | mi.Dimension, gates: tuple[mi.Gate, ...] = (), **fields: object
) -> mi.Instrument:
    root = dimension("total_points", *children, **{"rule": MEAN, "bands": BANDS, **fields})
    return instrument(root=root, gates=gates)


def asked(found: mi.Instrument, *rows: mi.Assessment, **settings: object) -> VerifyFirst:
    table = mi.score(mi.AssessmentSet.of(rows or [answered(found, "A")]))
    return verify_first(table, **settings)


def chances(found: VerifyFirst, place: int = 0) -> dict[str, Fraction]:
    return {each.item.code: each.chance for each in found.agencies[place].items}


# Against every completion of small assessments

SMALL = levels(0, 1, 4)
NAMES = ("yes", "no")


def completed(found: mi.Instrument, fixed: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield every way to answer everything, whether it applies or not."""
    options: dict[str, list[object]] = {}
    for each in found.indicators:
        options[each.code] = [level.value for level in each.levels]
    for each in found.gates:
        options[each.code] = list(each.values)
    options |= {code: [value] for code, value in fixed.items()}
    for answers in product(*options.values()):
        yield dict(zip(options, answers, strict=True))


def band_of(found: mi.Instrument, answers: Mapping[str, object]) -> str | None:
    gates = {each.code: answers[each.code] for each in found.gates}
    applies = [
        each
        for each in found.indicators
        if all(gates[condition.gate] in condition.options for condition in each.conditions)
    ]
    row = answered(found, "A", {each.code: answers[each.code] for each in applies}, gates=gates)
    return mi.score(row).band


def exact_chances(found: mi.Instrument, fixed: Mapping[str, object]) -> dict[str, Fraction]:
    """Return the chance of every item that is not fixed, over all completions of the others."""
    every = list(completed(found, fixed))
    bands = {tuple(answers.items()): band_of(found, answers) for answers in every}
    result: dict[str, Fraction] = {}
    for item in (*found.indicators, *found.gates):
        if item.code in fixed:
            continue
        tried = (
            item.values
            if isinstance(item, mi.Gate)
            else (item.levels[0].value, item.levels[-1].value)
        )
        differs = [
            len({bands[tuple({**answers, item.code: value}.items())] for value in tried}) > 1
            for answers in every
        ]
        result[item.code] = Fraction(sum(differs), len(differs))
    return result


TREES = {
    "alike": of(*(indicator(f"i{n}", levels=SMALL) for n in range(4))),
    "uneven": of(*(indicator(f"i{n}", 1 + 3 * n, levels=SMALL) for n in range(4))),
    "gated": of(
        indicator("i1", levels=SMALL),
        indicator("i2", levels=SMALL, conditions=(when("works"),)),
        indicator("i3", levels=SMALL, conditions=(when("works", "no"), when("size", "big"))),
        gates=(gate("works"), gate("size", "small", "big", "huge")),
    ),
    "least": of(
        dimension(
            "d",
            indicator("i1", None, levels=SMALL),
            indicator("i2", None, levels=SMALL),
            rule=mi.Minimum(basis=ASSUMED),
        ),
        indicator("i3", levels=SMALL),
    ),
}


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("known", [{}, {"i1": 1}])
def test_chances_are_shares_of_all_completions(name: str, known: dict[str, int]) -> None:
    found = asked(TREES[name], answered(TREES[name], "A", known), draws=DRAWS, seed=4)
    expected = exact_chances(TREES[name], known)
    result = chances(found)
    assert set(result) == {code for code in expected if code not in known}
    for each in found.agencies[0].items:
        exact = expected[each.item.code]
        spread = sqrt(exact * (1 - exact) / DRAWS)
        assert abs(each.chance - exact) <= 5 * spread
        assert each.error == pytest.approx(sqrt(each.chance * (1 - each.chance) / DRAWS))
        assert each.chance * DRAWS == int(each.chance * DRAWS)
    order = [each.chance for each in found.agencies[0].items]
    assert order == sorted(order, reverse=True)


def test_ties_stand_in_the_order_of_the_instrument() -> None:
    tree = of(indicator("i2"), indicator("i1"), indicator("i3", 0))
    found = asked(tree, answered(tree, "A", {"i1": 2, "i2": 2, "i3": 0}), policy=ANY, draws=50)
    assert [each.item.code for each in found.agencies[0].items][-1] == "i3"
    assert chances(found)["i3"] == 0
    settled = asked(tree, answered(tree, "A", {"i1": 4, "i2": 4, "i3": 0}), draws=50)
    assert settled.agencies[0].items == ()
    assert settled.items == ()


# Single items, of which it is known what hangs on them


def test_a_measure_that_is_missing() -> None:
    tree = of(indicator("i1", 1), measure("m", 1, maximum=Fraction(4)))
    for level, chance in ((0, 1), (4, 0)):
        found = asked(tree, answered(tree, "A", {"i1": level}), draws=20)
        assert chances(found) == {"m": chance}
        (item,) = found.agencies[0].items
        assert (item.item.low, item.item.high, item.item.answered) == (0, 4, False)


def test_a_deduction_that_is_missing() -> None:
    fine = measure("fine", None, maximum=Fraction(1))
    tree = of(indicator("i1", 1), deductions=(fine,))
    found = asked(tree, answered(tree, "A", {"i1": 2}), draws=20)
    assert chances(found) == {"fine": 1}
    (item,) = found.agencies[0].items
    assert (item.item.low, item.item.high) == (1, 0)


def test_points_that_are_missing_and_points_that_are_entered() -> None:
    childless = dimension("d", maximum=figure(4), decimals=1)
    inner = dimension("e", indicator("i1"), indicator("i2"), rule=MEAN)
    tree = of(childless, inner)
    rows = [
        answered(tree, "A", {"i1": 1}, points={"d": 2}),
        answered(tree, "B", points={"e": 1}),
        answered(tree, "C", points={"e": 1, "d": 0}),
        answered(tree, "D", points={"total": 1}),
    ]
    found = asked(tree, *rows, draws=40)
    assert [set(chances(found, place)) for place in range(4)] == [{"i2"}, {"d"}, set(), set()]
    assert chances(found, 1) == {"d": 1}


def test_a_claim_and_its_state() -> None:
    tree = of(indicator("i1"), indicator("i2"))
    states = {"i1": "claimed", "i2": "verified"}
    row = answered(tree, "A", {"i1": 2, "i2": 2}, states=states)
    found = asked(tree, row, draws=10)
    (item,) = found.agencies[0].items
    assert (item.item.code, item.item.state, item.chance) == ("i1", mi.AnswerState.CLAIMED, 1)
    strict = AnswerPolicy(claimed="as-given")
    assert asked(tree, row, policy=strict, draws=10).items == ()


# Many agencies


@law(40)
@given(st.data())
def test_one_agency_is_what_all_say_of_it(data: st.DataObject) -> None:
    tree = data.draw(strategies.instruments(refusals=False))
    assume(tree.root.bands is not None)
    rows = data.draw(assessment_sets(tree, max_size=4))
    policy = data.draw(st.sampled_from((None, ANY, AnswerPolicy(unanswered="lowest"))))
    table = mi.score(rows)
    found = verify_first(table, policy=policy, draws=8, seed=3)
    assert [each.row for each in found.agencies] == list(range(len(rows)))
    filled = completions(rows, policy)
    for row in range(len(rows)):
        one = verify_first(table, row, policy=policy, draws=8, seed=3)
        assert one.agencies == (found.agencies[row],)
        codes = {each.item.code for each in one.agencies[0].items}
        assert codes == {item.code for item in filled.open_items(row)}
        for each in one.agencies[0].items:
            assert 0 <= each.chance <= 1
    totals = {item.code: item for item in found.items}
    for code, total in totals.items():
        own = [each for agency in found.agencies for each in agency.items if each.item.code == code]
        assert total.open_in == len(own)
        assert total.decides_in == sum(each.chance > 0 for each in own)
        assert total.expected == sum(each.chance for each in own)
        assert total.error == pytest.approx(sqrt(sum(each.error**2 for each in own)))
    assert [item.expected for item in found.items] == sorted(
        (item.expected for item in found.items), reverse=True
    )


def test_the_influence_asks_of_agencies_without_a_total_too() -> None:
    found = influence(mi.sample().rows(np.arange(60)))
    result = found.verify_first(draws=10)
    assert [item.code for item in result.items] == ["satisfaction"]
    assert result.items[0].open_in == len(found.without_total)
    name = found.without_total[0].name
    assert found.verify_first(name, draws=10).agencies[0].agency.name == name
    assert repr(result) == "<VerifyFirst of 60 agencies, 10 draws, seed 0: satisfaction>"
    assert repr(found.verify_first(0, draws=1)).endswith("nothing is open>")
    assert (result.draws, result.seed, result.policy) == (10, 0, AnswerPolicy())


def test_other_seeds_give_other_draws() -> None:
    tree = TREES["alike"]
    one, other, again = (
        chances(asked(tree, answered(tree, "A"), draws=100, seed=seed)) for seed in (1, 2, 1)
    )
    assert one == again
    assert one != other


# What is refused


def test_settings_that_make_no_sense_are_refused() -> None:
    bare = instrument(indicator("i1"))
    table = mi.score([answered(bare, "A"), answered(bare, "B")])
    faults = faults_of(mi.AssessmentError, lambda: verify_first(table, draws=0, seed=-1))
    assert [fault.code for fault in faults] == ["bands-none", "draws-number", "seed-number"]
    check_fault(faults[0], "bands-none", None, "example")
    check_fault(faults[1], "draws-number", "draws", "0", faults[1].allowed)
    check_fault(faults[2], "seed-number", "seed", "-1", faults[2].allowed)


def test_an_unknown_agency_is_refused() -> None:
    tree = TREES["alike"]
    fault = only_fault(mi.UnknownNameError, lambda: asked(tree, agency="Kota Malang"))
    assert fault.code == "agency-not-in-table"


def test_points_of_which_there_is_no_mean_are_refused_by_name() -> None:
    tree = of(indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED))
    row = answered(tree, "Dinas", {"i1": 2})
    faults = faults_of(mi.AssessmentError, lambda: asked(tree, row, draws=4))
    assert {fault.code for fault in faults} == {"points-not-positive"}
    assert {fault.place.id for fault in faults} == {"Dinas"}
