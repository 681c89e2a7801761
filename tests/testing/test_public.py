"""`meritindex.testing`: what the public strategies promise."""

from __future__ import annotations

import importlib
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import meritindex as mi
from meeting import meet
from meritindex.definition import is_exact
from meritindex.testing import assessment_sets, assessments, instruments
from meritindex.testing.parts import POSITIVE, RULES, RuleType

some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rules_of(instrument: mi.Instrument) -> set[RuleType]:
    return {type(one.rule) for one in instrument.dimensions if one.rule is not None}


def depth_of(dimension: mi.Dimension) -> int:
    below = [depth_of(child) for child in dimension.children if isinstance(child, mi.Dimension)]
    return 1 + max(below, default=0)


def leaves_of(instrument: mi.Instrument) -> int:
    beside = {item.code for one in instrument.dimensions for item in one.adjustments}
    return sum(
        node.code not in beside and not getattr(node, "children", ()) for node in instrument.nodes
    )


@some
@given(st.data())
def test_whatever_is_drawn_can_be_scored(data: st.DataObject) -> None:
    instrument = data.draw(instruments())
    many = data.draw(assessment_sets(instrument))
    assert 1 <= len(many) <= 6
    table = mi.score(many)
    assert table.synthetic
    assert [card.agency.name for card in table] == [
        f"agency {number}" for number in range(1, len(many) + 1)
    ]


@some
@given(st.data())
def test_a_complete_assessment_without_entries(data: st.DataObject) -> None:
    instrument = data.draw(instruments(max_leaves=8))
    assessment = data.draw(assessments(instrument, complete=True, entries=False, name="mine"))
    assert assessment.agency.name == "mine"
    assert assessment.synthetic
    assert not any(instrument.dimension(code).children for code, _ in assessment.points)
    card = mi.score(assessment)
    # Nothing is missing but what may have no points within its decimals.
    assert all(isinstance(instrument[item.code], mi.Dimension) for item in card.missing)


@some
@given(instruments(max_depth=2, max_leaves=3, max_gates=1, bands=False))
def test_sizes_are_kept(instrument: mi.Instrument) -> None:
    assert depth_of(instrument.root) <= 3  # a childless dimension is a leaf
    assert leaves_of(instrument) <= 3
    assert len(instrument.gates) <= 1
    assert not any(one.bands or one.band_caps for one in instrument.dimensions)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rules_are_kept(rule: RuleType) -> None:
    met = meet(rules_of, (15, instruments(rules={rule}, max_leaves=6)), wanted={rule})
    assert met.keys() == {rule}


@some
@given(instruments(exact=True))
def test_exact_instruments_are_exact(instrument: mi.Instrument) -> None:
    assert is_exact(instrument.root)


def test_by_default_all_kinds_occur() -> None:
    def kinds_of(instrument: mi.Instrument) -> set[object]:
        bands = "bands" if instrument.root.bands else "no bands"
        return {*rules_of(instrument), is_exact(instrument.root), bands}

    wanted: set[object] = {*RULES, True, False, "bands", "no bands"}
    meet(kinds_of, (200, instruments()), wanted=wanted)


def test_means_refuse_only_where_asked() -> None:
    def outcome(data: st.DataObject) -> list[str]:
        instrument = data.draw(instruments(rules=POSITIVE, refusals=True, max_leaves=6))
        try:
            mi.score(data.draw(assessments(instrument)))
        except mi.AssessmentError:
            return ["refused"]
        return []

    meet(outcome, (60, st.data()), wanted={"refused"})


@pytest.mark.parametrize(
    "options",
    [
        {"rules": ()},
        {"rules": (mi.GeometricMean,), "exact": True},
        {"max_depth": 0},
        {"max_leaves": 0},
        {"max_gates": 9},
        {"max_gates": -1},
    ],
)
def test_options_that_leave_nothing(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"rule|dimension"):
        instruments(**options)


def test_a_catalog_instrument_can_be_answered_at_random() -> None:
    @settings(some, max_examples=20)
    @given(assessment_sets(mi.instrument("ism-2026"), max_size=1))
    def run(many: mi.AssessmentSet) -> None:
        assert len(mi.score(many)) == 1

    run()


def test_without_hypothesis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("meritindex.testing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match=r"meritindex\[testing\]"):
        importlib.import_module("meritindex.testing")


@given(assessments("ism-2019"), assessment_sets("ism-2026", max_size=2))
@settings(some, max_examples=3)
def test_an_instrument_may_be_named(one: mi.Assessment, many: mi.AssessmentSet) -> None:
    assert one.instrument.id == "ism-2019"
    assert many.instrument.id == "ism-2026"
