from __future__ import annotations

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, OFFICIAL, dimension, figure, indicator, instrument, measure
from meritindex.definition import Basis, Standing
from meritindex.scoring.standing import (
    Ground,
    Reason,
    band_grounds,
    reasons,
    standing_of,
    weakest_reasons,
)

REPORTED = Basis(standing="reported", sources=("law",))
DRAFT = Basis(standing="draft", sources=("law",), reason=mi.Text("rancangan", "a draft"))
FIRM_SUM = mi.WeightedSum(basis=OFFICIAL)


def firm(code: str, **fields: object) -> mi.Indicator:
    known = {"weight": figure(1, OFFICIAL), "basis": OFFICIAL, "scale_basis": OFFICIAL}
    return indicator(code, **(known | fields))


def tree(*children: object, **fields: object) -> mi.Instrument:
    fields = {"rule": FIRM_SUM, "basis": OFFICIAL} | fields
    return instrument(root=dimension("total_points", *children, **fields))


def card(one: mi.Instrument, missing: str | None = None, **answers: object) -> mi.ScoreCard:
    return mi.score(
        mi.Assessment(agency=mi.Agency(name="A"), instrument=one, **answers), missing=missing
    )


def why(found: mi.ScoreCard) -> list[str]:
    return [reason.as_text().en for reason in found.reasons]


LEVELS = {"i1": 1, "i2": 2}


def test_what_is_official_throughout_is_official() -> None:
    found = card(tree(firm("i1"), firm("i2")), levels=LEVELS)
    assert found.standing is Standing.OFFICIAL
    assert why(found) == [
        "official: place in the instrument total_points (law)",
        "official: rule total_points (law)",
        "official: wording of the criteria i1, i2 (law)",
        "official: points of the levels i1, i2 (law)",
    ]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (tree(firm("i1", basis=DRAFT), firm("i2")), "wording of the criteria i1"),
        (tree(firm("i1"), firm("i2", scale_basis=DRAFT)), "points of the levels i2"),
        (tree(firm("i1", weight=figure(1, DRAFT)), firm("i2")), "weights i1"),
        (
            tree(firm("i1"), firm("i2"), rounding=mi.Rounding(digits=4, basis=DRAFT)),
            "rounding total_points",
        ),
        (tree(firm("i1"), firm("i2"), rule=mi.WeightedSum(basis=DRAFT)), "rule total_points"),
        (tree(firm("i1"), firm("i2"), basis=DRAFT), "place in the instrument total_points"),
        (
            tree(firm("i1"), firm("i2"), floor=figure(0, DRAFT)),
            "floor and caps total_points",
        ),
        (
            tree(firm("i1"), firm("i2"), caps=(mi.Cap(maximum=9, basis=DRAFT),)),
            "floor and caps total_points",
        ),
    ],
)
def test_the_weakest_part_is_the_reason(one: mi.Instrument, reason: str) -> None:
    found = card(one, levels=LEVELS)
    assert found.standing is Standing.DRAFT
    assert why(found) == [f"draft: {reason} (law; a draft)"]


def test_a_measure_or_a_deduction_counts_with_its_scale() -> None:
    taken = measure("m1", None, basis=REPORTED)
    one = tree(firm("i1"), firm("i2"), deductions=(taken,))
    assert why(card(one, levels=LEVELS, measures={"m1": 0})) == [
        "reported: scale of the measure m1 (law)"
    ]


def test_a_bonus_counts_with_its_scale_and_how_its_number_becomes_points() -> None:
    scale = mi.GoalpostScale(low=0, high=1, basis=DRAFT)
    one = tree(firm("i1"), firm("i2"), bonuses=(measure("m1", None, basis=REPORTED, scale=scale),))
    assert why(card(one, levels=LEVELS, measures={"m1": 0})) == [
        "draft: points of the measured number m1 (law; a draft)"
    ]


def test_a_cap_of_the_band_is_a_ground_of_the_band() -> None:
    firm_limit = mi.Limit(3, OFFICIAL)
    bands = mi.Bands(
        items=(
            mi.Band(name=mi.Text.same("low")),
            mi.Band(name=mi.Text.same("high"), lower=firm_limit),
        )
    )
    cap = mi.BandCap(band="low", basis=DRAFT, shortfall=mi.Shortfall(code="i1", below=1))
    found = card(tree(firm("i1"), firm("i2"), bands=bands, band_caps=(cap,)), levels=LEVELS)
    assert (found.band, found.standing, found.band_standing) == ("high", "official", "draft")
    assert [reason.basis for reason in found.band_reasons] == [DRAFT]


def test_answers_have_a_standing_too() -> None:
    one = tree(firm("i1"), firm("i2"))
    found = card(one, levels=LEVELS, standing="reported")
    assert why(found) == ["reported: answers i1, i2 (assessment)"]
    found = card(one, levels=LEVELS, standing="reported", standings={"i2": "reconstructed"})
    assert why(found) == ["reconstructed: answers i2 (assessment)"]
    found = card(one, levels=LEVELS, standings={"i2": "assumed"})
    assert why(found) == ["assumed: answers i2 (as the assessment says)"]
    assert [reason.as_text().id for reason in found.reasons] == [
        "asumsi: jawaban i2 (menurut penilaian)"
    ]


def test_what_lies_under_an_entry_did_not_enter() -> None:
    inner = dimension("d", firm("i1", basis=DRAFT), basis=OFFICIAL, weight=figure(1, OFFICIAL))
    one = tree(attrs.evolve(inner, rule=FIRM_SUM))
    assert card(one, levels={"i1": 1}).standing is Standing.DRAFT
    found = card(one, points={"d": 1}, standings={"d": "reconstructed"})
    assert why(found) == ["reconstructed: answers d (assessment)"]
    explanation = found.explain()
    # Of what was not given there is no answer that could have a standing.
    said = card(one, points={"d": 1}, standing="reconstructed").explain()
    assert explanation["i1"].standing is said["i1"].standing is Standing.DRAFT


def test_a_policy_is_a_reason() -> None:
    filled = firm("i1", missing="zero", missing_basis=DRAFT)
    found = card(tree(filled, firm("i2")), levels={"i2": 1})
    assert why(found) == ["draft: what is missing i1 (law; a draft)"]
    chosen = card(tree(filled, firm("i2")), levels={"i2": 1}, missing="zero")
    assert why(chosen) == ["assumed: what is missing i1 (the policy was chosen by the caller)"]
    # The total keeps its own policy, and its basis.
    low = tree(firm("i1"), firm("i2"), missing="lowest", missing_basis=DRAFT)
    found = card(low, missing="unknown")
    assert found.total == 0
    assert why(found) == ["draft: what is missing total_points (law; a draft)"]


def test_many_codes_are_shown_by_their_ends() -> None:
    codes = tuple(f"i{place}" for place in range(9))
    reason = Reason(standing=Standing.ASSUMED, what=mi.Text("x", "y"), codes=codes, basis=ASSUMED)
    assert reason.as_text() == mi.Text(
        "asumsi: x i0, i1, i2, …, i8 (9) (contoh)", "assumed: y i0, i1, i2, …, i8 (9) (example)"
    )
    fewer = attrs.evolve(reason, codes=codes[:8])
    assert ", ".join(codes[:8]) in fewer.as_text().en


def test_grounds_without_any_are_official() -> None:
    assert standing_of([]) is Standing.OFFICIAL
    assert reasons([]) == ()
    assert list(band_grounds(dimension("d", firm("i1")), 1)) == []


def test_reasons_group_by_what_they_rest_on() -> None:
    what, other = mi.Text.same("what"), mi.Text.same("other")
    grounds = [
        Ground(what, "a", DRAFT),
        Ground(what, "b", OFFICIAL),
        Ground(other, "c", DRAFT),
        Ground(what, "d", DRAFT),
        Ground(what, "a", DRAFT),
    ]
    assert [(reason.what, reason.codes) for reason in reasons(grounds)] == [
        (what, ("a", "d")),
        (other, ("c",)),
    ]


def test_the_reasons_of_several_results_are_those_of_the_weakest() -> None:
    firm_one, weak, also_weak = (
        Reason(standing=basis.standing, what=mi.Text("bobot", "weights"), codes=codes, basis=basis)
        for basis, codes in ((REPORTED, ("i1",)), (DRAFT, ("i1", "i2")), (DRAFT, ("i3", "i1")))
    )
    (only,) = weakest_reasons([firm_one, weak, also_weak])
    assert only == attrs.evolve(weak, codes=("i1", "i2", "i3"))
    assert weakest_reasons([firm_one]) == (firm_one,)
    assert weakest_reasons([]) == ()
