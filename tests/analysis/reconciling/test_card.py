"""What a reconciliation of one agency offers."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    when,
)
from meritindex.analysis.reconciling import Absence, reconcile
from meritindex.language import Text

BANDS = mi.Bands(items=(band("rendah"), band("tengah", limit(4)), band("tinggi", limit(7))))
RULES = instrument(
    root=dimension(
        "total_points",
        indicator("a", evidence=(Text("surat", "letter"),)),
        indicator("b", levels=levels(1, 2, 3, first=1)),
        indicator("c", conditions=(when("g"),)),
        bands=BANDS,
    ),
    gates=(gate("g"),),
)


def one(rules: mi.Instrument = RULES, **fields: object) -> mi.Assessment:
    chosen = {"gates": {"g": "yes"}, **fields}
    return mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, **chosen)


CLAIM = one(
    levels={"a": 3, "b": 2, "c": 4},
    states={"a": "claimed", "c": "evidenced"},
    evidence={"a": "SK 1"},
    stage="self-assessed",
    synthetic=True,
)
FOUND = one(
    levels={"a": 1, "b": 3, "c": 4},
    states={"a": "verified", "c": "verified"},
    evidence={"a": "tidak lengkap", "c": "lengkap"},
    stage="verified",
)


def test_every_part_of_an_item() -> None:
    card = reconcile(CLAIM, FOUND)
    first, second = card.items
    assert (first.code, first.name, first.codes) == ("a", RULES["a"].name, ("a",))
    assert (first.claim, first.finding, first.difference) == (3, 1, -2)
    assert (first.claim_state, first.finding_state) == ("claimed", "verified")
    assert (first.claim_evidence, first.finding_evidence) == ("SK 1", "tidak lengkap")
    assert (first.claim_level.value, first.finding_level.value) == (3, 1)
    assert [level.value for level in first.answers[0].unmet] == [2, 3]
    assert (second.difference, second.answers[0].unmet) == (1, ())
    assert second.claim_state is None
    assert [answer.code for answer in card.over_claimed] == ["a"]
    assert [answer.code for answer in card.under_claimed] == ["b"]
    assert "item=a" in repr(first)


def test_what_alone_changes_the_band() -> None:
    card = reconcile(CLAIM, FOUND)
    # 9 claimed, 8 found; with a alone 7, which is tinggi still, and with b alone granted 7.
    assert [item.total_if_accepted_alone for item in card.items] == [7, 10]
    assert [item.total_if_granted for item in card.items] == [10, 7]
    assert card.deciding == ()
    lower = attrs.evolve(FOUND, levels={"a": 0, "b": 3, "c": 4})
    card = reconcile(CLAIM, lower)
    (item,) = card.deciding
    assert (item.code, item.claimed_band, item.band_if_accepted_alone) == ("a", "tinggi", "tengah")
    assert item.alone_changes_band
    # Granting b alone lowers the finding from 7 to 6.
    assert [each.code for each in card.items if each.granting_changes_band] == ["b"]
    assert [step.band for step in card.waterfall] == ["tengah", "tinggi"]
    assert [step.points for step in card.waterfall] == [-3, 1]


def test_the_same_level_in_another_state() -> None:
    (each,) = reconcile(CLAIM, FOUND).same_level_other_state
    assert (each.code, each.name, each.level) == ("c", RULES["c"].name, 4)
    assert (each.claim_state, each.finding_state) == ("evidenced", "verified")
    assert (each.claim_evidence, each.finding_evidence) == ("", "lengkap")
    assert "indicator=c" in repr(each)


def test_findings_are_taken_over_with_what_supports_them() -> None:
    card = reconcile(CLAIM, FOUND)
    accepted = card.accept(["a"])
    assert dict(accepted.levels) == {"a": 1, "b": 2, "c": 4}
    assert dict(accepted.states) == {"a": "verified", "c": "evidenced"}
    assert dict(accepted.evidence) == {"a": "tidak lengkap"}
    assert accepted.stage is mi.Stage.SELF_ASSESSED
    assert accepted.synthetic
    assert mi.score(accepted).total == card.items[0].total_if_accepted_alone
    faults = faults_of(mi.UnknownNameError, lambda: card.accept(["c", "a", "zz"]))
    check_fault(faults[0], "nothing-differs", None, '"c"', "a, b")
    assert [fault.value for fault in faults] == ['"c"', '"zz"']
    (fault,) = faults_of(mi.UnknownNameError, lambda: reconcile(CLAIM, CLAIM).accept("a"))
    assert fault.allowed == Text.same("-")


def test_what_is_made_up_stays_so() -> None:
    real = attrs.evolve(CLAIM, synthetic=False)
    card = reconcile(real, attrs.evolve(FOUND, synthetic=True))
    assert card.synthetic
    assert card.accept().synthetic
    assert not card.accept(()).synthetic
    assert not reconcile(real, FOUND).synthetic


def test_without_a_total_there_is_no_waterfall() -> None:
    card = reconcile(one(levels={"a": 1, "c": 1}), FOUND)
    assert card.waterfall == ()
    assert card.difference is None
    assert card.missing == (("b",), ())
    assert [item.points for item in card.items] == [None] * 2
    # By themselves they may do something all the same: what was missing is b.
    assert [item.total_if_accepted_alone for item in card.items] == [5, None]
    assert [item.total_if_granted for item in card.items] == [None, 5]
    assert [item.alone_changes_band for item in card.items] == [False, False]
    assert [item.granting_changes_band for item in card.items] == [False, True]


def test_without_bands() -> None:
    rules = attrs.evolve(RULES, root=attrs.evolve(RULES.root, bands=None))
    sides = [
        attrs.evolve(side, instrument=rules)
        for side in (CLAIM, attrs.evolve(FOUND, levels={"a": 0, "b": 3, "c": 4}))
    ]
    card = reconcile(*sides)
    assert card.deciding == ()
    assert {item.band_if_accepted_alone for item in card.items} == {None}
    assert [step.band for step in card.waterfall] == [None, None]


def test_units_are_one_step_where_the_total_between_them_is_not_known() -> None:
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    rules = instrument(
        dimension("d", indicator("a", **dropped), indicator("b", **dropped), rule=MEAN),
        indicator("c"),
    )
    claim = mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, levels={"a": 3, "c": 1})
    found = mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, levels={"b": 2, "c": 2})
    card = reconcile(claim, found)
    # Once a is taken away and b not given yet, the dimension has nothing that counts.
    assert [[item.code for item in step.items] for step in card.waterfall] == [["a", "b"], ["c"]]
    assert [step.points for step in card.waterfall] == [-1, 1]
    assert [item.points for item in card.items] == [None, None, 1]
    assert card.items[0].total_if_accepted_alone is None


def test_levels_that_were_not_found_at_all_are_all_unmet() -> None:
    scale = levels(1, 2, 3, first=1)
    rules = instrument(indicator("a", levels=scale, missing="zero", missing_basis=ASSUMED))
    claim = mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, levels={"a": 3})
    nothing = mi.Assessment(agency=mi.Agency(name="A"), instrument=rules)
    (item,) = reconcile(claim, nothing).items
    assert item.finding is Absence.NOT_ANSWERED
    assert item.finding_level is None
    assert [level.value for level in item.answers[0].unmet] == [2, 3]
    (item,) = reconcile(nothing, claim).items
    assert item.answers[0].unmet == ()
    gone = one(levels={"a": 3, "b": 2}, gates={"g": "no"})
    (item,) = reconcile(CLAIM, gone).items
    assert [answer.unmet for answer in item.answers] == [(), ()]
    assert [answer.claim_level for answer in item.answers] == [None, RULES["c"].level(4)]


def test_a_policy_and_weights_of_the_caller() -> None:
    claim = one(levels={"a": 1, "c": 1})
    card = reconcile(claim, FOUND, missing="zero")
    assert card.difference == 6
    assert card.claimed_card.plan.missing is mi.MissingPolicy.ZERO
    weights = mi.Given({"a": 10, "b": 1, "c": 1})
    weighted = instrument(
        root=dimension(
            "total_points",
            *(indicator(code, None) for code in "abc"),
            rule=mi.WeightedMean(basis=ASSUMED, whole=12),
        )
    )
    sides = [
        mi.Assessment(agency=mi.Agency(name="A"), instrument=weighted, levels=given)
        for given in ({"a": 1, "b": 0, "c": 0}, {"a": 0, "b": 0, "c": 0})
    ]
    card = reconcile(*sides, weights)
    assert card.difference == Fraction(-10, 12)
    assert card.weighting == weights


def test_equality_pickling_and_what_it_calls_itself() -> None:
    card = reconcile(CLAIM, FOUND)
    assert card == reconcile(CLAIM, FOUND)
    assert pickle.loads(pickle.dumps(card)) == card
    assert card != reconcile(FOUND, CLAIM)
    assert card != reconcile(CLAIM, CLAIM)
    assert card != "card"
    with pytest.raises(TypeError):
        hash(card)
    assert repr(card) == (
        "<Reconciliation of A under example: 2 differ, 9 to 8, tinggi, assumed, synthetic>"
    )
    moved = reconcile(attrs.evolve(CLAIM, synthetic=False), one(levels={"a": 0, "b": 2, "c": 4}))
    assert repr(moved) == (
        "<Reconciliation of A under example: 1 differ, 9 to 6, tinggi to tengah, assumed>"
    )
    assert card.agency == mi.Agency(name="A")
    assert card.exact
    assert {reason.what.en for reason in card.reasons} >= {"rule"}


def test_grounds_of_both_sides_are_one() -> None:
    # On one side c does not apply; what the rest of the levels rests on is said once.
    gone = one(levels={"a": 3, "b": 2}, gates={"g": "no"})
    scales = [
        reason.codes
        for reason in reconcile(CLAIM, gone).reasons
        if reason.what.en == "points of the levels"
    ]
    assert scales == [("a", "b", "c")]
    law = mi.Basis(standing="official", sources=["law"])
    given = dimension("total_points", basis=law, maximum=mi.Figure(9, law))
    firm = mi.Assessment(
        agency=mi.Agency(name="A"),
        instrument=instrument(root=given),
        points={"total": 1},
        standing="official",
    )
    card = reconcile(firm, firm)
    assert card.standing is mi.Standing.OFFICIAL
    assert [reason.standing for reason in card.reasons] == ["official"] * len(card.reasons)


def test_what_is_taken_over_is_as_firm_as_its_own_side_says() -> None:
    claim = one(levels={"a": 3, "b": 2, "c": 4}, standing="official")
    found = one(levels={"a": 1, "b": 3, "c": 4}, standing="reported", standings={"b": "draft"})
    card = reconcile(claim, found)
    assert card.accept(()) == claim
    both = card.accept()
    assert both.standing is None
    assert dict(both.standings) == {"a": "reported", "b": "draft", "c": "official"}
    back = reconcile(attrs.evolve(found, standing=None), claim).accept("a")
    assert (back.standing, dict(back.standings)) == (None, {"a": "official", "b": "draft"})
    alike = reconcile(attrs.evolve(claim, standing="reported"), found).accept()
    assert (alike.standing, dict(alike.standings)) == (mi.Standing.REPORTED, {"b": "draft"})
