from __future__ import annotations

import sys
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    only_fault,
    when,
)
from influence_cases import answered, table_of
from meritindex.analysis.influencing import Influence, SobolOutput, influence
from meritindex.analysis.influencing import sobol as sobols
from meritindex.analysis.open_tree import open_tree
from meritindex.analysis.simulating.stepwise import weighting_of
from meritindex.definition import Rounding
from meritindex.language import LANGUAGES

WHOLE = mi.WeightedMean(basis=ASSUMED, whole=Fraction(100))
ROWS = {
    "A": {"i1": 4, "i2": 0, "i3": 1},
    "B": {"i1": 1, "i2": 4, "i3": 2},
    "C": {"i1": 2, "i2": 2, "i3": 3},
    "D": {"i1": 0, "i2": 1, "i3": 4},
}


def root(**fields: object) -> mi.Dimension:
    children = (indicator("i1", None), indicator("i2", None), indicator("i3", 20))
    return dimension("total_points", *children, **{"rule": WHOLE, **fields})


def found_in(top: mi.Dimension | None = None, weighting: object = None) -> Influence:
    rows = table_of((), ROWS, root=top or root())
    return influence(rows, weighting or mi.EqualRemainder())


pytest.importorskip("SALib", reason="Sobol indices need SALib")


def test_a_closed_case() -> None:
    # One plain factor alone decides about the total: 1 to 3 times 4, and nothing beside it.
    factors = dimension("total_points", indicator("i1", 2), indicator("i2", 2), indicator("i3", 1))
    found = influence(table_of((), {**ROWS, "E": {"i1": 4, "i2": 0, "i3": 0}}, root=factors))
    region = mi.Admissible(weights={"i1": (1, 3), "i2": (1, 3)})
    result = found.sobol(region, "E", output="total", samples=256)
    one, other = result.indices
    assert (one.code, other.code) == ("i1", "i2")
    assert (one.first, one.total) == pytest.approx((1, 1), abs=0.05)
    assert (other.first, other.total) == pytest.approx((0, 0), abs=1e-9)
    assert result.runs == 256 * 4
    # Of two independent factors with the spreads 4 and 2, the shares are 16 and 4 in 20.
    both = influence(table_of((), {**ROWS, "E": {"i1": 4, "i2": 2, "i3": 0}}, root=factors))
    one, other = both.sobol(region, "E", output="total", samples=1024).indices
    assert (one.first, other.first) == pytest.approx((0.8, 0.2), abs=0.05)
    assert (one.total, other.total) == pytest.approx((0.8, 0.2), abs=0.05)


def test_what_never_varies_has_no_index() -> None:
    found = influence(
        table_of((), {**ROWS, "E": {"i1": 4, "i2": 4, "i3": 4}}, root=root()), mi.EqualRemainder()
    )
    result = found.sobol(of="E", samples=16)
    for index in result.indices:
        assert (index.first, index.first_error) == (None, None)
        assert (index.total, index.total_error) == (None, None)
    assert "–" in result.to_text()


def test_settings_are_part_of_the_result() -> None:
    found = found_in()
    region = mi.Admissible({"i1": (10, 60)})
    result = found.sobol(region, samples=32, seed=7)
    assert (result.samples, result.runs, result.seed) == (32, 128, 7)
    assert (result.output, result.agency, result.region) == (SobolOutput.SHIFT, None, region)
    assert repr(result) == "<SobolIndices for the shift: 128 runs, seed 7>"
    one = found.sobol(of="B", samples=32)
    assert (one.output, one.agency.name) == (SobolOutput.RANK, "B")
    assert repr(one) == "<SobolIndices for the rank of B: 128 runs, seed 0>"
    assert one.indices == found.sobol(of=1, samples=32).indices
    assert one.indices != found.sobol(of=1, samples=32, seed=1).indices


@pytest.mark.parametrize("fields", [{}, {"rounding": Rounding(digits=1, basis=ASSUMED)}])
def test_outputs_are_what_scoring_gives(fields: dict[str, object]) -> None:
    found = found_in(root(**fields))
    tree = open_tree(found.instrument, mi.Admissible())
    uniforms = np.random.default_rng(1).random((12, 2))
    draws = sobols._draws(tree, uniforms)
    tables = [
        mi.score(found.table.assessments, weighting_of(tree, draws, draw)) for draw in range(12)
    ]
    shift = sobols._outputs(found.table, tree, draws, None, SobolOutput.SHIFT)
    for row in range(len(found.table)):
        ranks = sobols._outputs(found.table, tree, draws, row, SobolOutput.RANK)
        assert ranks.tolist() == [table.ranks[row] for table in tables]
        totals = sobols._outputs(found.table, tree, draws, row, SobolOutput.TOTAL)
        assert totals.tolist() == [float(table.totals[row]) for table in tables]
    moved = [np.abs(np.array(table.ranks) - np.array(found.table.ranks)).mean() for table in tables]
    assert shift.tolist() == pytest.approx(moved)


def test_totals_that_are_no_linear_form_are_scored_one_by_one() -> None:
    inner = dimension("d", indicator("i1", None), indicator("i2", None), rule=WHOLE)
    top = dimension(
        "total_points", inner, indicator("i3"), rule=mi.GeometricMean(basis=ASSUMED, floor=1)
    )
    found = found_in(top)
    result = found.sobol(of="A", output="total", samples=4)
    assert {index.code for index in result.indices} == {"i1", "i2"}
    assert found.sobol(of="A", samples=4).runs == 16


def test_agencies_without_a_total_do_not_count() -> None:
    rows = table_of((), {"X": {"i1": 1}, **ROWS, "Y": {}}, root=root())
    found = influence(rows, mi.EqualRemainder())
    assert found.sobol(of="B", samples=16).indices == found_in().sobol(of="B", samples=16).indices
    assert found.sobol(samples=16).indices == found_in().sobol(samples=16).indices
    fault = only_fault(mi.AssessmentError, lambda: found.sobol(of="X", samples=16))
    assert fault.code == "agency-without-total"


def test_a_total_that_is_not_always_known_is_refused() -> None:
    children = (
        indicator("i1", None),
        indicator("i2", None, conditions=(when("works"),)),
    )
    of = instrument(
        root=dimension("total_points", *children, rule=MEAN_OF_TEN), gates=(gate("works"),)
    )
    rows = [
        answered(of, "A", {"i1": 1, "i2": 4}, gates={"works": "yes"}),
        answered(of, "B", {"i1": 2}, gates={"works": "no"}),
        answered(of, "C", {"i1": 3, "i2": 1}, gates={"works": "yes"}),
    ]
    found = influence(rows, mi.EqualRemainder())
    region = mi.Admissible({"i2": (0, 10)})
    # Where all the weight is on i2, B has no total; the middle of the region is none of these.
    tree = open_tree(of, region)
    draws = sobols._draws(tree, np.array([[0.0, 0.999999999], [0.5, 0.5]]))
    for output in (SobolOutput.RANK, SobolOutput.TOTAL):
        fault = only_fault(
            mi.AssessmentError,
            lambda: sobols._outputs(found.table, tree, draws, 1, output),  # noqa: B023
        )
        check_fault(fault, "sobol-total-unknown", None, "B")
        assert fault.agency == "B"
    shift = sobols._outputs(found.table, tree, draws, None, SobolOutput.SHIFT)
    assert np.isfinite(shift).all()


MEAN_OF_TEN = mi.WeightedMean(basis=ASSUMED, whole=Fraction(10))


def test_a_region_that_is_no_box_is_refused() -> None:
    found = found_in()
    for fields in ({"order": [("i1", "i2")]}, {"sums": {("i1", "i3"): (30, 60)}}):
        region = mi.Admissible(**fields)
        if "sums" in fields:
            region = mi.Admissible(weights={"i3": (0, 100)}, **fields)
        fault = only_fault(mi.WeightingError, lambda: found.sobol(region, samples=4))  # noqa: B023
        check_fault(fault, "region-not-box", "total_points", "total_points", fault.allowed)


def test_settings_that_make_no_sense_are_refused() -> None:
    found = found_in()
    settled = mi.Admissible({"i1": 40, "i2": 40})
    faults = faults_of(mi.WeightingError, lambda: found.sobol(settled, samples=12, seed=-1))
    assert [fault.code for fault in faults] == ["samples-number", "seed-number", "region-settled"]
    check_fault(faults[0], "samples-number", "samples", "12", faults[0].allowed)
    check_fault(faults[1], "seed-number", "seed", "-1", faults[1].allowed)
    check_fault(faults[2], "region-settled", "total_points")
    for samples in (0, 1):
        fault = only_fault(mi.WeightingError, lambda: found.sobol(samples=samples))  # noqa: B023
        assert fault.code == "samples-number"
    for fields in ({"output": "total"}, {"output": "shift", "of": "A"}, {"output": "zz"}):
        with pytest.raises(ValueError, match=r"total|shift|zz"):
            found.sobol(**fields)


def test_without_salib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample", None)
    with pytest.raises(ImportError, match=r'pip install "meritindex\[sobol\]"'):
        found_in().sobol(samples=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_indices_in_words(language: str) -> None:
    result = influence(mi.sample().rows(np.arange(40))).sobol(of=0, samples=64)
    text = result.to_text(language)
    assert "Aceh" in text
    assert ("DATA SINTETIS" in text) or ("SYNTHETIC DATA" in text)
    assert result.to_html(language).startswith("<")
    assert result._repr_html_() == result.to_html()
    assert max(map(len, result.to_text(language, 60).splitlines())) <= 60
    assert {output.label.in_language(language) for output in SobolOutput}
    plain = found_in().sobol(samples=4).to_text(language)
    assert "SINTETIS" not in plain
    assert "SYNTHETIC" not in plain
