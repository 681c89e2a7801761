from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    only_fault,
    when,
)
from influence_cases import answered, influences, table_of
from meeting import law
from meritindex.analysis.influencing import Influence, WeightChange, influence

BANDS = mi.Bands(items=(band("low"), band("high", limit(2))))
WHOLE = mi.WeightedMean(basis=ASSUMED, whole=Fraction(100))
ROOT = dimension(
    "total_points",
    indicator("i1", 50),
    indicator("i2", 30),
    indicator("i3", 20),
    rule=WHOLE,
    bands=BANDS,
)
ROWS = {
    "A": {"i1": 4, "i2": 0, "i3": 0},
    "B": {"i1": 1, "i2": 4, "i3": 2},
    "C": {"i1": 1, "i2": 1, "i3": 4},
}


def test_a_removal_by_hand() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    # 200, 210 and 160 hundredths become 0, 320 and 220 hundredths.
    change = found.without("i1")
    assert (change.before, change.after) == (50, 0)
    assert dict(change.weighting.weights) == {"i1": 0, "i2": 60, "i3": 40}
    assert list(change.table_after.totals) == [0, Fraction("3.2"), Fraction("2.2")]
    moves = [
        (move.agency.name, move.rank_before, move.rank_after, move.band_before, move.band_after)
        for move in change.moves
    ]
    assert moves == [("A", 2, 3, "high", "low"), ("C", 3, 2, "low", "high")]
    assert [move.shift for move in change.moves] == [1, -1]
    assert [move.row for move in change.moves] == [0, 2]
    assert (change.rank_changes, change.band_changes) == (2, 2)
    assert (change.mean_shift, change.largest_shift) == (Fraction(2, 3), 1)
    assert change.name.en == "indicator i1"
    assert repr(change) == "<WeightChange of i1 from 50 to 0: 2 ranks, 2 bands>"


def test_a_shift_to_what_it_is_changes_nothing() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    change = found.shifted("i1", to="50")
    assert change.moves == ()
    assert change.weighting.weights == ()
    assert (change.rank_changes, change.mean_shift, change.largest_shift) == (0, 0, 0)
    assert change.table_after.totals == found.table.totals


def test_a_weight_can_be_the_whole() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    change = found.shifted("i3", to=100)
    assert list(change.table_after.totals) == [0, 2, 4]
    assert dict(change.weighting.weights) == {"i1": 0, "i2": 0, "i3": 100}


@law(60)
@given(influences(), st.data())
def test_a_shift_is_scored_with_rescaled_weights(found: Influence, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(found.instrument.nodes[1:]))
    part = data.draw(st.sampled_from((Fraction(0), Fraction(1, 3), Fraction(1))))
    try:
        whole = found.whole(node.code)
    except mi.WeightingError:
        return
    parent = found.instrument.parent(node.code)
    try:
        change = found.shifted(node.code, to=part * whole)
    except mi.WeightingError:  # with a weight of zero, too many gates decide together
        return
    before, after = found.table.plan.weight_values, change.table_after.plan.weight_values
    others = [child.code for child in parent.children if child is not node]
    assert after[node.code] == part * whole
    assert {code: after[code] for code in after if code not in {node.code, *others}} == {
        code: before[code] for code in before if code not in {node.code, *others}
    }
    # They keep their proportions, and the whole.
    for one in others:
        for other in others:
            assert after[one] * before[other] == after[other] * before[one]
    if parent.rule.reweighs or parent.rule.whole is not None:
        codes = [node.code, *others]
        assert sum(after[code] for code in codes) == sum(before[code] for code in codes)
        assert whole == sum(before[code] for code in codes)
    table = mi.score(found.table.assessments, mi.Given(dict(weighed(found, after))))
    assert table.totals == change.table_after.totals
    assert check_moves(change, table)


def weighed(found: Influence, weights: dict[str, Fraction]):
    """Yield the weights that a weighting can give: those under a rule with weights."""
    for dimension_ in found.instrument.dimensions:
        if dimension_.rule is not None and dimension_.rule.weighted:
            for child in dimension_.children:
                yield child.code, weights[child.code]


def check_moves(change: WeightChange, table: mi.ScoreTable) -> bool:
    before = change.table_before
    shifts = []
    for row, (old, new) in enumerate(zip(before.ranks, table.ranks, strict=True)):
        moved = old != new or before.bands[row] != table.bands[row]
        assert moved == (row in [move.row for move in change.moves])
        if new is not None:
            shifts.append(abs(new - old))
    assert change.mean_shift == (Fraction(sum(shifts), len(shifts)) if shifts else 0)
    assert change.largest_shift == max(shifts, default=0)
    return True


def test_plain_factors_keep_the_range_of_their_sum() -> None:
    children = (
        dimension("a", maximum=figure(30), weight=1),
        dimension("b", maximum=figure(10), weight=2),
        dimension("c", maximum=figure(50), weight=1),
    )
    of = instrument(*children)
    found = influence(
        [answered(of, name, points={"a": a, "b": 1, "c": 2}) for name, a in (("A", 3), ("B", 0))]
    )
    change = found.without("c")
    # 70 of 100 points are left without c, and go as far as 100 did.
    assert dict(change.weighting.weights) == {
        "a": Fraction(2),
        "b": Fraction(4),
        "c": 0,
    }
    assert change.table_after.plan.ranges["total_points"] == (0, 100)
    assert found.shifted("b", to=10).table_after.plan.ranges["total_points"] == (0, 100)


def test_an_agency_can_lose_its_total() -> None:
    works = {"works": "yes"}
    top = dimension(
        "total_points",
        dimension(
            "d", indicator("i1", 1), indicator("i2", 1, conditions=(when("works"),)), rule=MEAN
        ),
        rule=MEAN,
        bands=BANDS,
    )
    of = instrument(root=top, gates=(gate("works"),))
    found = influence(
        [
            answered(of, "A", {"i1": 2, "i2": 4}, gates=works),
            answered(of, "B", {"i1": 4}, gates={"works": "no"}),
            answered(of, "C", {"i1": 3, "i2": 1}, gates=works),
        ]
    )
    change = found.without("i1")
    moves = {move.agency.name: (move.rank_after, move.band_after) for move in change.moves}
    assert moves["B"] == (None, None)
    assert change.table_after.totals[1] is None
    assert change.mean_shift == 1
    assert [move.shift for move in change.moves if move.agency.name == "B"] == [0]


def test_everything_that_can_be_taken_out() -> None:
    inner = dimension("d", indicator("i1", 1), rule=MEAN, weight=1)
    fine = measure("fine", None, missing="zero", missing_basis=ASSUMED)
    root = dimension(
        "total_points",
        inner,
        indicator("i2", 2),
        indicator("i3", 1),
        rule=MEAN,
        deductions=(fine,),
    )
    found = influence(table_of((), ROWS, root=root))
    assert [change.code for change in found.removals] == ["d", "i2", "i3"]
    assert [fault.item for fault in found.not_removable] == ["i1", "fine"]
    assert found.removals[1].table_after == found.without("i2").table_after


MINIMUM = dimension(
    "d", indicator("i1", None), indicator("i2", None), rule=mi.Minimum(basis=ASSUMED)
)
FLAT = measure(
    "m",
    1,
    scale=mi.ThresholdScale(steps=(mi.Step(points=1), mi.Step(points=2, start=5)), basis=ASSUMED),
)


@pytest.mark.parametrize(
    ("code", "fault", "named"),
    [
        ("total_points", "weight-not-used", "total_points"),
        ("works", "weight-not-used", "works"),
        ("fine", "weight-not-used", "fine"),
        ("i1", "weight-not-used", "i1"),
        ("i4", "weight-alone", "alone"),
        ("i5", "weight-siblings-zero", "zeros"),
        ("m", "weight-without-range", "m"),
    ],
)
def test_what_can_not_be_taken_out_is_refused(code: str, fault: str, named: str) -> None:
    root = dimension(
        "total_points",
        MINIMUM,
        dimension("alone", indicator("i4"), rule=MEAN),
        dimension("zeros", indicator("i5"), indicator("i6", 0), rule=MEAN),
        FLAT,
        deductions=(measure("fine", None, missing="zero", missing_basis=ASSUMED),),
    )
    of = instrument(root=root, gates=(gate("works"),))
    rows = [
        answered(of, name, {f"i{n}": level for n in (1, 2, 4, 5, 6)}, measures={"m": 0})
        for name, level in (("A", 1), ("B", 2))
    ]
    found = influence(rows)
    for ask in (found.without, lambda code: found.shifted(code, to=1)):
        refused = only_fault(mi.WeightingError, lambda: ask(code))  # noqa: B023
        check_fault(refused, fault, code, named)


def test_a_weight_outside_its_range_is_refused() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    for weight in (-1, "100,5", 101):
        fault = only_fault(mi.WeightingError, lambda: found.shifted("i1", to=weight))  # noqa: B023
        assert fault.code == "weight-outside"
    fault = only_fault(mi.WeightingError, lambda: found.shifted("i1", to="100,5"))
    check_fault(fault, "weight-outside", "i1", "100,5", "i1", fault.allowed)
    assert fault.allowed.en == "0 to 100"
    assert only_fault(mi.NumberError, lambda: found.shifted("i1", to="x")).code == "not-a-number"
    assert only_fault(mi.UnknownNameError, lambda: found.without("zz")).code == "unknown-code"
