from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    check_fault,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    measure,
    only_fault,
    when,
)
from influence_cases import (
    PLAIN,
    answered,
    contributions,
    influences,
    parts_of,
    plain_influences,
    table_of,
)
from meeting import law
from meritindex.analysis.influencing import Influence, influence
from meritindex.definition import is_exact

# Properties


@law(40)
@given(st.one_of(influences(), plain_influences()))
def test_effective_weights_are_what_nodes_add_and_add_up(found: Influence) -> None:
    check_sums(found)
    rows = [contributions(found, row) for row in range(len(found.table))]
    totals = list(found.table.totals)
    for element in found.elements:
        if element.effective is not None:
            added = [row[element.code] for row in rows]
            expected = covariance(added, totals) / covariance(totals, totals)
            if element.exact:
                assert element.effective == expected
            else:
                assert float(element.effective) == pytest.approx(float(expected), abs=1e-9)


def check_sums(found: Influence) -> None:
    effective = {element.code: element.effective for element in found.elements}
    effective[found.instrument.root.code] = Fraction(1)
    for top, codes in parts_of(found):
        known = [effective[code] for code in codes]
        reasons = {found[code].reason for code in codes}
        if None in known:
            assert set(known) == {None}
            assert len(reasons) == 1
            assert None not in reasons
        elif is_exact(found.instrument.root):
            assert reasons == {None}
            assert sum(known) == effective[top.code]
        else:
            assert float(sum(known)) == pytest.approx(float(effective[top.code]), abs=1e-9)


@law(20)
@given(influences(entries=False))
def test_a_reason_is_given_where_the_total_is_no_sum(found: Influence) -> None:
    for element in found.elements:
        above = [found.instrument.dimension(code) for code in found.instrument.path(element.code)]
        plain = all(
            isinstance(top.rule, PLAIN) and not (top.rounding or top.caps or top.floor)
            for top in above
        )
        if not plain:
            assert element.effective is None
        if element.effective is None and plain:
            assert "stand in" in element.reason.en


@law(20)
@given(influences(complete=True, entries=False))
def test_correlations_are_those_of_numpy(found: Influence) -> None:
    totals = found.table.totals.to_floats()
    for code, column in found.table.dimensions.items():
        element = found[code]
        known = column.known
        assert element.agencies == known.sum()
        points = column.to_floats()[known]
        apart = len(set(map(str, column[known].texts()))) > 1
        assert (element.correlation is None) == (not apart or len(set(totals[known])) == 1)
        if element.correlation is not None and np.ptp(points) > 1e-6 * np.abs(points).max():
            expected = np.corrcoef(points, totals[known])[0, 1]
            assert element.correlation == pytest.approx(expected, abs=1e-5)


def covariance(one: list[Fraction], other: list[Fraction]) -> Fraction:
    count = len(one)
    return sum(a * b for a, b in zip(one, other, strict=True)) - sum(one) * sum(other) / count


# Small tables worked out by hand

INNER = dimension("d", indicator("i1", 1), indicator("i2", 3), rule=MEAN, weight=1)
TOP = dimension(
    "total_points",
    INNER,
    indicator("i3", 2),
    rule=MEAN,
    bonuses=(measure("bonus", None, missing="zero", missing_basis=ASSUMED),),
    deductions=(measure("fine", None, missing="zero", missing_basis=ASSUMED),),
)
THREE = {
    "A": {"i1": 0, "i2": 4, "i3": 1},
    "B": {"i1": 4, "i2": 0, "i3": 2},
    "C": {"i1": 0, "i2": 0, "i3": 4},
}


def test_a_table_by_hand() -> None:
    found = influence(table_of((), THREE, root=TOP))
    # The totals are 5/3, 5/3 and 8/3, so that the variance is 2/3 times 1 over 3 rows.
    assert list(found.table.totals) == [Fraction(5, 3), Fraction(5, 3), Fraction(8, 3)]
    nominal = {element.code: element.nominal for element in found.elements}
    assert nominal == {
        "d": Fraction(1, 3),
        "i1": Fraction(1, 12),
        "i2": Fraction(1, 4),
        "i3": Fraction(2, 3),
        "bonus": 1,
        "fine": -1,
    }
    # What i1 adds is 0, 1/3, 0; i2 1, 0, 0; i3 2/3, 4/3, 8/3.
    effective = {element.code: element.effective for element in found.elements}
    assert effective == {
        "d": Fraction(-2, 3),
        "i1": Fraction(-1, 6),
        "i2": Fraction(-1, 2),
        "i3": Fraction(5, 3),
        "bonus": 0,
        "fine": 0,
    }
    assert found["i1"].correlation == pytest.approx(-0.5)
    assert found["fine"].correlation is None
    assert {element.agencies for element in found.elements} == {3}
    assert found["i2"].parent == "d"
    assert found["i2"].name.en == "indicator i2"


def test_a_deduction_that_spreads_the_totals_explains_what_it_does() -> None:
    of = instrument(root=TOP)
    rows = [
        answered(of, name, {"i1": 0, "i2": 0, "i3": 3}, measures={"fine": fine})
        for name, fine in (("A", 0), ("B", "0.5"), ("C", 1))
    ]
    found = influence(rows)
    assert found["fine"].effective == 1
    assert found["fine"].correlation == pytest.approx(-1)
    assert found["i3"].effective == 0
    assert found["i3"].correlation is None


def test_a_gate_changes_the_divisor_row_by_row() -> None:
    children = (indicator("i1", 1), indicator("i2", 1, conditions=(when("works"),)))
    root = dimension("total_points", *children, rule=MEAN)
    of = instrument(root=root, gates=(gate("works"),))
    found = influence(
        [
            answered(of, "A", {"i1": 4, "i2": 2}, gates={"works": "yes"}),
            answered(of, "B", {"i1": 1}, gates={"works": "no"}),
        ]
    )
    # A has 2 + 1, B has 1 + 0: both children add one half of the difference of 2 to A.
    assert (found["i1"].effective, found["i2"].effective) == (Fraction(1, 2), Fraction(1, 2))
    assert (found["i1"].agencies, found["i2"].agencies) == (2, 1)
    assert found["i2"].correlation is None


def test_plain_factors_count_by_the_range_of_their_children() -> None:
    children = (
        dimension("a", maximum=figure(30), weight=1),
        dimension("b", maximum=figure(10), weight=2),
        measure("m", 5, minimum=Fraction(1), maximum=Fraction(3)),
    )
    found = influence(
        mi.AssessmentSet.of(
            answered(instrument(*children), name, points={"a": a, "b": 1}, measures={"m": 2})
            for name, a in (("A", 1), ("B", 2))
        )
    )
    assert [element.nominal for element in found.elements] == [
        Fraction(1, 2),
        Fraction(1, 3),
        Fraction(1, 6),
    ]
    assert [element.effective for element in found.elements] == [1, 0, 0]


@pytest.mark.parametrize(
    "fields",
    [
        {"rounding": mi.Rounding(digits=1, basis=ASSUMED)},
        {"caps": (mi.Cap(maximum=3, basis=ASSUMED),)},
        {"floor": figure(0)},
        {"rule": mi.GeometricMean(basis=ASSUMED, floor=1)},
        {"rule": mi.Minimum(basis=ASSUMED)},
    ],
)
def test_what_is_no_plain_sum_has_no_parts(fields: dict[str, object]) -> None:
    weight = None if isinstance(fields.get("rule"), mi.Minimum) else 1
    inner = dimension(
        "d", indicator("i1", weight), indicator("i2", weight), **{"rule": MEAN, **fields}
    )
    root = dimension("total_points", inner, indicator("i3", 1), rule=MEAN)
    found = influence(table_of((), THREE, root=root))
    assert found["d"].effective is not None
    assert found["i3"].effective is not None
    for code in ("i1", "i2"):
        assert found[code].effective is None
        assert found[code].reason.en.startswith("d is no weighted sum")
        assert found[code].reason.id.startswith("d bukan jumlah")
        assert found[code].correlation is not None
        assert found[code].nominal == (None if weight is None else Fraction(1, 4))
    exact = is_exact(root)
    assert found["d"].exact is exact
    assert (found["d"].effective + found["i3"].effective == 1) or not exact


def test_points_that_are_entered_are_not_made_of_anything() -> None:
    of = instrument(root=TOP)
    rows = [answered(of, name, levels) for name, levels in THREE.items()]
    entered = answered(of, "D", {"i3": 0}, points={"d": 1})
    found = influence([*rows, entered])
    assert found["d"].effective + found["i3"].effective == 1
    assert found["i1"].effective is None
    assert "d are entered" in found["i1"].reason.en
    assert "in 1 assessments" in found["i1"].reason.en
    assert "pada 1 penilaian" in found["i1"].reason.id
    # Nothing is known of what lies under it, though the others are.
    assert (found["d"].agencies, found["i1"].agencies) == (4, 3)
    total = influence([*rows, answered(of, "D", points={"total": 1})])
    assert {element.effective for element in total.elements} == {None}
    assert {element.agencies for element in total.elements} == {3}


def test_what_lies_under_an_entry_is_not_counted_as_the_lowest() -> None:
    low = {"missing": "lowest", "missing_basis": ASSUMED}
    inner = dimension(
        "d", indicator("i1", 1, **low), rule=MEAN, missing="zero", missing_basis=ASSUMED
    )
    of = instrument(inner, indicator("i2"))
    rows = [
        answered(of, "A", {"i1": 1, "i2": 1}),
        answered(of, "B", {"i2": 2}),
        answered(of, "C", {"i2": 2}, points={"d": 3}),
    ]
    found = influence(rows)
    assert found["i1"].agencies == 2


def test_a_policy_that_stands_in_is_not_made_of_anything() -> None:
    inner = dimension(
        "d", indicator("i1"), indicator("i2"), rule=MEAN, missing="zero", missing_basis=ASSUMED
    )
    found = influence(table_of((inner, indicator("i3")), {**THREE, "D": {"i1": 2, "i3": 4}}))
    assert found["i1"].effective is None
    assert found["d"].effective + found["i3"].effective == 1


def test_what_is_dropped_adds_nothing() -> None:
    drop = {"missing": "drop", "missing_basis": ASSUMED}
    inner = dimension("d", indicator("i1", **drop), indicator("i2", **drop), rule=MEAN, **drop)
    root = dimension("total_points", inner, indicator("i3"), rule=MEAN)
    rows = {"A": {"i1": 4, "i3": 0}, "B": {"i3": 3}, "C": {"i1": 1, "i2": 2, "i3": 1}}
    found = influence(table_of((), rows, root=root))
    effective = {element.code: element.effective for element in found.elements}
    assert effective["d"] + effective["i3"] == 1
    assert effective["i1"] + effective["i2"] == effective["d"]
    assert found["d"].agencies == 2


def test_large_weights_stay_exact() -> None:
    children = (indicator("i1", 10**15 + 37), indicator("i2", 10**15 + 91), indicator("i3", 7))
    root = dimension("total_points", *children, rule=MEAN)
    found = influence(table_of((), THREE, root=root))
    assert sum(element.effective for element in found.elements) == 1


# Who enters, and what is refused


def test_agencies_without_a_total_are_left_out_and_named() -> None:
    found = influence(table_of((), {**THREE, "D": {"i1": 1}}, root=TOP))
    assert [agency.name for agency in found.without_total] == ["D"]
    assert len(found.table) == 3
    assert found["i1"].agencies == 3


def test_an_iterable_and_a_weighting_will_do() -> None:
    root = dimension("total_points", indicator("i1", None), indicator("i2", None), rule=WHOLE)
    rows = table_of((), {"A": {"i1": 0, "i2": 4}, "B": {"i1": 2, "i2": 1}}, root=root)
    with pytest.raises(mi.WeightingError):
        influence(rows)
    found = influence(iter(rows), mi.Given({"i1": 75, "i2": 25}))
    assert found["i1"].nominal == Fraction(3, 4)
    assert found.weighting.name == "given"
    assert influence(rows, mi.EqualRemainder())["i1"].nominal == Fraction(1, 2)


WHOLE = mi.WeightedMean(basis=ASSUMED, whole=Fraction(100))


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_totals_are_refused(count: int) -> None:
    rows = table_of((), {**dict(list(THREE.items())[:count]), "D": {}}, root=TOP)
    fault = only_fault(mi.AssessmentError, lambda: influence(rows))
    check_fault(fault, "influence-too-few", None, str(count))
    assert fault.value == str(count)
    alone = only_fault(mi.AssessmentError, lambda: influence(rows[0]))
    assert alone.code == "influence-too-few"


def test_totals_that_are_all_the_same_are_refused() -> None:
    rows = table_of((), {"A": THREE["A"], "B": THREE["B"]}, root=TOP)
    fault = only_fault(mi.AssessmentError, lambda: influence(rows))
    check_fault(fault, "influence-no-differences", None)


def test_an_unknown_element_is_refused() -> None:
    found = influence(table_of((), THREE, root=TOP))
    for code in ("i9", "total_points", "x" * 99):
        fault = only_fault(mi.UnknownNameError, lambda: found[code])  # noqa: B023
        assert fault.code == "unknown-element"
    check_fault(only_fault(mi.UnknownNameError, lambda: found["i9"]), "unknown-element", "i9", "i9")


def test_a_representation_says_what_it_is() -> None:
    found = influence(table_of((), {**THREE, "D": {}}, root=TOP))
    assert repr(found) == "<Influence in 3 of 4 under example, stated, assumed>"
    assert repr(influence(mi.sample())).endswith("equal-remainder, assumed, synthetic>")
    assert found.synthetic is False
