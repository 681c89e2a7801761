from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    only_fault,
    when,
)
from influence_cases import (
    PLAIN,
    answered,
    influences,
    plain_influences,
    table_of,
)
from meeting import law
from meritindex.analysis.influencing import Crossing, Influence, influence

WHOLE = mi.WeightedMean(basis=ASSUMED, whole=Fraction(100))
THREE_BANDS = mi.Bands(
    items=(band("low"), band("middle", limit(1)), band("high", limit(2, inclusive=False)))
)
ROOT = dimension(
    "total_points",
    indicator("i1", 50),
    indicator("i2", 30),
    indicator("i3", 20),
    rule=WHOLE,
    bands=THREE_BANDS,
)
ROWS = {
    "A": {"i1": 4, "i2": 0, "i3": 0},
    "B": {"i1": 1, "i2": 4, "i3": 2},
    "C": {"i1": 1, "i2": 1, "i3": 4},
    "D": {"i1": 1, "i2": 1, "i3": 4},
}
either = st.one_of(plain_influences(), plain_influences(), influences())


def scored_at(found: Influence, code: str, weight: Fraction) -> mi.ScoreTable:
    """Return everything scored with one weight at this, as a user would."""
    return mi.score(found.scored.assessments, found.shifted(code, to=weight).weighting)


# Swaps


def test_a_swap_by_hand() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    swap = found.swap("i1", "A", "B")
    # A has 4w, B has w and 3.2 of the rest: 3w / 100 = 3.2 * (100 - w) / 100.
    weight = Fraction(320, Fraction("6.2"))
    assert (swap.weight, swap.whole, swap.always) == (50, 100, False)
    (crossing,) = swap.crossings
    assert (crossing.weight, crossing.exact) == (weight, True)
    assert (crossing.low, crossing.high) == (weight, weight)
    assert (crossing.ahead_below.name, crossing.ahead_above.name) == ("B", "A")
    totals = scored_at(found, "i1", weight).totals
    assert totals[0] == totals[1]
    assert (swap.one.name, swap.other.name, swap.code) == ("A", "B", "i1")
    assert found.swap("i1", 0, 1) == swap


def test_two_that_always_and_two_that_never_have_the_same() -> None:
    found = influence(table_of((), {**ROWS, "E": {"i1": 0, "i2": 0, "i3": 1}}, root=ROOT))
    always = found.swap("i2", "C", "D")
    assert (always.always, always.crossings) == (True, ())
    never = found.swap("i2", "B", "E")
    assert (never.always, never.crossings) == (False, ())


def test_a_crossing_at_an_end() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    # With all the weight on i1, B and C have the same; else B is ahead.
    (crossing,) = found.swap("i1", "B", "C").crossings
    assert crossing.weight == 100
    assert (crossing.ahead_below.name, crossing.ahead_above) == ("B", None)
    one = {"A": {"i1": 4, "i2": 1, "i3": 1}, "B": {"i1": 3, "i2": 1, "i3": 1}}
    (crossing,) = influence(table_of((), one, root=ROOT)).swap("i1", "A", "B").crossings
    assert crossing.weight == 0
    assert (crossing.ahead_below, crossing.ahead_above.name) == (None, "A")


def gated(*rows: tuple[dict[str, int], str], **fields: object) -> Influence:
    """Return the influence under a mean whose third child a gate can take away."""
    children = (
        indicator("i1", 1),
        indicator("i2", 1),
        indicator("i3", 1, conditions=(when("works"),)),
    )
    root = dimension("total_points", *children, rule=MEAN, bands=THREE_BANDS, **fields)
    of = instrument(root=root, gates=(gate("works"),))
    return influence(
        [
            answered(of, f"R{place}", levels, gates={"works": works})
            for place, (levels, works) in enumerate(rows)
        ]
    )


def test_with_a_gate_the_weight_can_be_irrational() -> None:
    found = gated(({"i1": 4, "i2": 0, "i3": 1}, "yes"), ({"i1": 1, "i2": 3}, "no"))
    (crossing,) = found.swap("i1", 0, 1).crossings
    assert crossing.exact is False
    assert crossing.low < crossing.weight < crossing.high or crossing.low < crossing.high

    def ahead(weight: Fraction) -> bool:
        totals = scored_at(found, "i1", weight).totals
        return totals[0] > totals[1]

    assert (ahead(crossing.low), ahead(crossing.high)) == (False, True)
    assert (crossing.ahead_below.name, crossing.ahead_above.name) == ("R1", "R0")
    assert abs(crossing.weight - crossing.low) < Fraction(1, 10**15)


def test_what_is_left_at_an_end_can_make_a_total_jump() -> None:
    # Without i1, nothing is left of the second but i2; with i1 alone, nothing of i2.
    found = gated(({"i1": 2, "i2": 1, "i3": 1}, "yes"), ({"i1": 4, "i2": 1}, "no"))
    (crossing,) = found.swap("i1", 0, 1).crossings
    assert crossing.weight == 0
    assert crossing.ahead_above.name == "R1"


def test_where_there_is_no_total_between_the_ends() -> None:
    # i2 has no weight; in the second agency it is all that could count, and is missing.
    inner = dimension(
        "d",
        indicator("i1", 1, conditions=(when("works"),)),
        indicator("i2", 0),
        rule=MEAN,
    )
    root = dimension("total_points", inner, indicator("i3"), rule=MEAN, bands=THREE_BANDS)
    of = instrument(root=root, gates=(gate("works"),))
    found = influence(
        [
            answered(of, "A", {"i1": 2, "i2": 2, "i3": 1}, gates={"works": "yes"}),
            answered(of, "B", {"i3": 2}, gates={"works": "no"}),
        ]
    )
    swap = found.swap("i2", "A", "B")
    assert (swap.always, swap.crossings) == (False, ())
    (start,) = found.band_changes("i2", "B")
    assert (start.weight, start.below, start.at, start.above) == (0, "middle", "middle", None)
    same = influence(
        [
            answered(of, "A", {"i1": 3, "i2": 2, "i3": 1}, gates={"works": "yes"}),
            answered(of, "B", {"i3": 2}, gates={"works": "no"}),
            answered(of, "C", {"i3": 1}, gates={"works": "no"}),
        ]
    )
    (crossing,) = same.swap("i2", "A", "B").crossings
    assert crossing.weight == 0
    assert (crossing.ahead_below, crossing.ahead_above) == (None, None)


@law(50)
@given(either, st.data())
def test_swaps_are_proved_by_substitution(found: Influence, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(found.instrument.nodes[1:]))
    assume(found.scored.totals.known[:2].all())
    try:
        swap = found.swap(node.code, 0, 1)
    except mi.WeightingError:
        return
    for crossing in swap.crossings:
        if crossing.exact:
            one, other = list(scored_at(found, node.code, crossing.weight).totals)[:2]
            assert one == other
        else:
            ends = [
                list(scored_at(found, node.code, end).totals)[:2]
                for end in (crossing.low, crossing.high)
            ]
            assert (ends[0][0] > ends[0][1]) != (ends[1][0] > ends[1][1])
    check_between(found, node.code, swap)


def check_between(found: Influence, code: str, swap: object) -> None:
    """Check that who is said to be ahead between two crossings is so, at a point between them."""
    ends = [Fraction(0)]
    ends += [end for crossing in swap.crossings for end in (crossing.low, crossing.high)]
    ends.append(swap.whole)
    sides = [
        *(crossing.ahead_below for crossing in swap.crossings),
        swap.crossings[-1].ahead_above if swap.crossings else "nobody",
    ]
    for low, high, ahead in zip(ends[::2], ends[1::2], sides, strict=True):
        if low == high:
            continue
        one, other = list(scored_at(found, code, low + (high - low) * Fraction(2, 7)).totals)[:2]
        if swap.always:
            assert one == other
        elif one is None or other is None:
            assert ahead in {None, "nobody"}
        elif swap.before_rounding:
            assert (one >= other) if ahead == swap.one else True
        else:
            assert one != other
            if ahead != "nobody":
                assert ahead == (swap.one if one > other else swap.other)


def test_points_that_are_entered_do_not_move() -> None:
    inner = dimension("d", indicator("i1"), indicator("i2"), rule=MEAN)
    root = dimension("total_points", inner, indicator("i3"), rule=MEAN)
    of = instrument(root=root)
    rows = [
        answered(of, "A", {"i1": 4, "i2": 0, "i3": 0}),
        answered(of, "B", {"i3": 0}, points={"d": 1}),
        answered(of, "C", points={"total": 1}),
    ]
    found = influence(rows)
    (crossing,) = found.swap("i1", "A", "B").crossings
    assert crossing.weight == Fraction(1, 2)
    (crossing,) = found.swap("i1", "A", "C").crossings
    assert crossing.weight == 1
    assert found.swap("i1", "B", "C").crossings == ()


def test_totals_are_compared_before_they_are_rounded() -> None:
    rounded = dimension(
        "total_points",
        indicator("i1", 50),
        indicator("i2", 50),
        rule=WHOLE,
        rounding=mi.Rounding(digits=0, basis=ASSUMED),
    )
    rows = {"A": {"i1": 4, "i2": 0}, "B": {"i1": 1, "i2": 2}, "C": {"i1": 0, "i2": 0}}
    found = influence(table_of((), rows, root=rounded))
    swap = found.swap("i1", "A", "B")
    assert swap.before_rounding is True
    (crossing,) = swap.crossings
    assert crossing.weight == 40
    totals = scored_at(found, "i1", crossing.weight).totals
    assert totals[0] == totals[1] == 2
    assert found.swap("i1", "A", "B").as_text().en.endswith("before they are rounded.")


# Bands


def test_band_changes_by_hand() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    changes = found.band_changes("i1", "A")
    # A has 4w / 100: from 25 it is in the middle, above 50 it is high.
    assert [(change.weight, change.below, change.at, change.above) for change in changes] == [
        (25, "low", "middle", "middle"),
        (50, "middle", "middle", "high"),
    ]
    for change in changes:
        around = [
            change.weight - Fraction(1, 10**9),
            change.weight,
            change.weight + Fraction(1, 10**9),
        ]
        bands = [scored_at(found, "i1", weight).bands[0] for weight in around]
        assert bands == [change.below, change.at, change.above]
    assert found.band_changes("i3", "D")[0].weight == Fraction(100, 3)


@pytest.mark.parametrize("mode", list(mi.RoundingMode))
@pytest.mark.parametrize("inclusive", [True, False])
def test_bands_of_rounded_totals(mode: mi.RoundingMode, inclusive: bool) -> None:
    bands = mi.Bands(
        items=(band("low"), band("high", limit(2, inclusive=inclusive))),
        rounding=mi.Rounding(digits=0, basis=ASSUMED, mode=mode),
    )
    root = dimension(
        "total_points",
        indicator("i1", 50),
        indicator("i2", 50),
        rule=WHOLE,
        rounding=mi.Rounding(digits=1, basis=ASSUMED, mode=mode),
        bands=bands,
    )
    found = influence(table_of((), {"A": {"i1": 4, "i2": 0}, "B": {"i1": 1, "i2": 2}}, root=root))
    (change,) = found.band_changes("i1", "A")
    step = Fraction(1, 10**6)
    around = [change.weight - step, change.weight, change.weight + step]
    seen = [scored_at(found, "i1", weight).bands[0] for weight in around]
    assert seen == [change.below, change.at, change.above]
    assert (change.below, change.above) == ("low", "high")


@law(30)
@given(either, st.data())
def test_band_changes_are_where_scoring_has_them(found: Influence, data: st.DataObject) -> None:
    assume(found.instrument.root.bands is not None)
    row = int(data.draw(st.sampled_from(sorted(found.scored.totals.known.nonzero()[0]))))
    node = data.draw(st.sampled_from(found.instrument.nodes[1:]))
    try:
        changes = found.band_changes(node.code, row)
    except mi.WeightingError:
        return
    whole = found.whole(node.code)
    for change in changes:
        assert scored_at(found, node.code, change.weight).bands[row] == change.at
    ends = [Fraction(0), *(change.weight for change in changes), whole]
    for place, (low, high) in enumerate(pairwise(ends)):
        if low == high:
            continue
        weights = [low + (high - low) * part for part in (Fraction(1, 50), Fraction(1, 3))]
        seen = {scored_at(found, node.code, weight).bands[row] for weight in weights}
        assert len(seen) == 1
        if place < len(changes):
            assert seen == {changes[place].below}


def test_a_cap_of_the_band_beside_the_weight_is_minded() -> None:
    cap = mi.BandCap(band="middle", basis=ASSUMED, shortfall=mi.Shortfall(code="i3", below=3))
    root = dimension(
        "total_points",
        indicator("i1", 50),
        indicator("i2", 30),
        indicator("i3", 20),
        rule=WHOLE,
        bands=THREE_BANDS,
        band_caps=(cap,),
    )
    found = influence(table_of((), ROWS, root=root))
    assert [change.at for change in found.band_changes("i1", "A")] == ["middle"]


# What is refused


def refusals() -> dict[str, mi.Dimension]:
    inner = {
        "rounded": {"rounding": mi.Rounding(digits=1, basis=ASSUMED)},
        "capped": {"caps": (mi.Cap(maximum=3, basis=ASSUMED),)},
        "geometric": {"rule": mi.GeometricMean(basis=ASSUMED, floor=1)},
    }
    found = {
        name: dimension(
            "total_points",
            dimension("d", indicator("i1"), indicator("i2"), **{"rule": MEAN, **fields}),
            indicator("i3"),
            rule=MEAN,
            bands=THREE_BANDS,
        )
        for name, fields in inner.items()
    }
    found["capped above"] = dimension(
        "total_points",
        dimension("d", indicator("i1"), indicator("i2"), rule=MEAN),
        indicator("i3"),
        rule=MEAN,
        bands=THREE_BANDS,
        caps=(mi.Cap(maximum=3, basis=ASSUMED),),
    )
    return found


@pytest.mark.parametrize("name", refusals())
def test_what_can_not_be_reversed_is_refused(name: str) -> None:
    root = refusals()[name]
    found = influence(table_of((), ROWS, root=root))
    where = "total_points" if name == "capped above" else "d"
    for ask in (lambda: found.swap("i1", 0, 1), lambda: found.band_changes("i1", 0)):
        fault = only_fault(mi.WeightingError, ask)
        check_fault(fault, "weight-not-reversible", "i1", "i1", where)


def test_a_cap_that_depends_on_what_changes_is_refused() -> None:
    inner = dimension("d", indicator("i1"), indicator("i2"), rule=MEAN)
    cap = mi.BandCap(band="low", basis=ASSUMED, shortfall=mi.Shortfall(code="d", below=2))
    root = dimension(
        "total_points", inner, indicator("i3"), rule=MEAN, bands=THREE_BANDS, band_caps=(cap,)
    )
    found = influence(table_of((), ROWS, root=root))
    fault = only_fault(mi.WeightingError, lambda: found.band_changes("i1", 0))
    check_fault(fault, "weight-not-reversible", "i1", "i1", "total_points")
    assert found.band_changes("d", 0)


def test_doubles_beside_the_weight_are_refused() -> None:
    beside = dimension("d", indicator("i1"), rule=mi.GeometricMean(basis=ASSUMED, floor=1))
    root = dimension("total_points", beside, indicator("i2"), indicator("i3"), rule=MEAN)
    found = influence(table_of((), ROWS, root=root))
    fault = only_fault(mi.WeightingError, lambda: found.swap("i2", 0, 1))
    check_fault(fault, "weight-not-reversible", "i2", "i2", "total_points")
    assert "double precision" in fault.message.en


def test_agencies_that_can_not_swap_are_refused() -> None:
    found = influence(table_of((), {**ROWS, "E": {"i1": 1}}, root=ROOT))
    ask = found.swap
    fault = only_fault(mi.AssessmentError, lambda: ask("i1", "A", "E"))
    check_fault(fault, "agency-without-total", None, "E")
    assert fault.agency == "E"
    check_fault(
        only_fault(mi.AssessmentError, lambda: ask("i1", "A", 0)), "agency-twice", None, "A"
    )
    unknown = only_fault(mi.UnknownNameError, lambda: ask("i1", "A", "Kota Malang"))
    assert unknown.code == "agency-not-in-table"
    assert only_fault(mi.UnknownNameError, lambda: ask("zz", "A", "B")).code == "unknown-code"
    bare = influence(table_of((indicator("i1"), indicator("i2"), indicator("i3")), ROWS))
    fault = only_fault(mi.AssessmentError, lambda: bare.band_changes("i1", "A"))
    check_fault(fault, "bands-none", None, "A")


# In words


def test_swaps_in_words() -> None:
    found = influence(table_of((), {**ROWS, "E": {"i1": 0, "i2": 0, "i3": 1}}, root=ROOT))
    assert found.swap("i1", "A", "B").as_text().en == (
        "The weight of i1 is 50 now, from 0 to 100. At the weight 1600/31 (≈ 51.612903) A and B "
        "have the same total; below it B is ahead, above it A is ahead."
    )
    assert found.swap("i1", "A", "B").as_text().id == (
        "Bobot i1 kini 50, dari 0 sampai 100. Pada bobot 1600/31 (≈ 51,612903) A dan B bernilai "
        "sama; di bawahnya B unggul, di atasnya A unggul."
    )
    assert "C and D always have the same" in found.swap("i1", "C", "D").as_text().en
    assert "B dan E tidak pernah bernilai sama" in found.swap("i2", "B", "E").as_text().id
    irrational = gated(({"i1": 4, "i2": 0, "i3": 1}, "yes"), ({"i1": 1, "i2": 3}, "no"))
    assert "At the weight ≈ 1." in irrational.swap("i1", 0, 1).as_text().en
    change = found.band_changes("i1", "A")[0]
    assert change.as_text().en == (
        "At the weight 25 the band is middle; just below it low, just above it middle."
    )
    assert change.as_text().id.startswith("Pada bobot 25 kategorinya middle; sedikit di bawahnya")


def test_a_band_that_is_not_known_in_words() -> None:
    change = mi_band_change()
    assert (
        change.as_text().en
        == "At the weight 0 the band is low; just below it low, just above it unknown."
    )
    nobody = Crossing(
        weight=Fraction(1),
        exact=True,
        low=Fraction(1),
        high=Fraction(1),
        ahead_below=None,
        ahead_above=None,
    )
    assert nobody.exact


def mi_band_change():
    from meritindex.analysis.influencing import BandChange

    return BandChange(weight=Fraction(0), below="low", at="low", above=None)


def test_the_types_of_rules_that_are_plain_sums() -> None:
    assert all(rule.linear for rule in PLAIN)
    assert measure("m").code == "m"


def test_an_equal_instrument_may_be_another_object() -> None:
    # Plans are kept by what instruments say, so a plan may hold one that was made before.
    rows = [answered(instrument(root=ROOT), name, levels) for name, levels in ROWS.items()]
    first = influence(rows).swap("i1", "A", "B")
    again = [
        answered(
            instrument(
                root=dimension("total_points", *ROOT.children, rule=WHOLE, bands=THREE_BANDS)
            ),
            name,
            levels,
        )
        for name, levels in ROWS.items()
    ]
    assert influence(again).swap("i1", "A", "B") == first
