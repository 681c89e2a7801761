from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    OFFICIAL,
    band,
    dimension,
    figure,
    indicator,
    instrument,
    limit,
    rich_instrument,
)
from meritindex.scoring import DimensionScore, Status

RICH = mi.Assessment(
    agency="Kota Malang",
    instrument=rich_instrument(),
    year=2025,
    stage="verified",
    levels={"a1": 2, "a2": 3},
    gates={"size": "big"},
    points={"second": "10"},
    measures={"survey": "0.5", "correction": "0.25"},
)


def test_a_card_says_who_what_and_how() -> None:
    card = mi.score(RICH)
    assert card.agency.code == "35.73"
    assert card.instrument == rich_instrument()
    assert card.weighting == rich_instrument().default_weighting
    assert card.plan is mi.plan(rich_instrument())
    assert card.assessment == RICH
    assert card.synthetic is False
    # the first dimension, twice the second, three times the survey, less the correction
    assert card.total == Fraction("2.7") + 20 + Fraction("1.5") - Fraction("0.25")
    assert card.band == "high"
    assert card.derived == {"share": card.total / 100}


def test_dimensions_stand_in_the_order_of_the_instrument() -> None:
    card = mi.score(RICH)
    assert list(card.dimensions) == ["first", "second"]
    assert card.dimensions["first"] == DimensionScore(
        code="first",
        name=mi.Text("dimensi first", "dimension first"),
        points=Fraction("2.7"),
        exact=True,
        minimum=Fraction(0),
        maximum=Fraction(4),
        band=None,
        status=Status.COMPUTED,
        standing=mi.Standing.ASSUMED,
    )
    with pytest.raises(TypeError):
        card.dimensions["third"] = card.dimensions["first"]


def test_cards_are_equal_by_what_they_hold() -> None:
    card = mi.score(RICH)
    assert card == mi.score(RICH)
    assert card != mi.score(attrs.evolve(RICH, levels={"a1": 2, "a2": 2}))
    assert card != mi.score(attrs.evolve(RICH, agency="Kota Batu"))
    assert card != mi.score(RICH, missing="zero")
    assert card != mi.score(RICH, mi.Given({"a1": 50, "a2": 50}))
    assert card != card.total
    with pytest.raises(TypeError):
        hash(card)
    again = pickle.loads(pickle.dumps(card))
    assert again == card
    assert again.explain() == card.explain()


def test_a_card_in_one_line() -> None:
    assert repr(mi.score(RICH)) == ("<ScoreCard of Kota Malang under rich: 479/20, high, assumed>")
    empty = attrs.evolve(RICH, points={}, synthetic=True)
    assert repr(mi.score(empty)) == (
        "<ScoreCard of Kota Malang under rich: None, None, assumed, synthetic>"
    )


def test_without_bands_there_is_no_band() -> None:
    one = instrument(indicator("i1"))
    card = mi.score(mi.Assessment(agency="Kota Malang", instrument=one, levels={"i1": 1}))
    assert card.total == 1
    assert card.band is None
    assert card.band_standing is None
    assert card.derived == {}


def test_the_standing_of_a_band_counts_the_limits_beside_it() -> None:
    law = mi.Basis(standing="official", sources=("law",))
    draft = mi.Basis(standing="draft", sources=("law",))
    bands = mi.Bands(
        items=tuple(
            mi.Band(name=mi.Text.same(name), lower=lower)
            for name, lower in (
                ("low", None),
                ("middle", mi.Limit(Fraction(1), law)),
                ("high", mi.Limit(Fraction(3), draft)),
            )
        )
    )
    firm = indicator("i1", figure(1, law), basis=law, scale_basis=law)
    base = instrument(firm)
    root = attrs.evolve(base.root, basis=law, rule=mi.WeightedSum(basis=law), bands=bands)
    one = attrs.evolve(base, root=root)
    found = [
        mi.score(mi.Assessment(agency="Kota Malang", instrument=one, levels={"i1": level}))
        for level in (0, 1, 4)
    ]
    assert [card.band for card in found] == ["low", "middle", "high"]
    assert [str(card.standing) for card in found] == ["official"] * 3
    assert [str(card.band_standing) for card in found] == ["official", "draft", "draft"]


BANDED = instrument(
    root=dimension(
        "t",
        indicator("a", figure(1, OFFICIAL), basis=OFFICIAL, scale_basis=OFFICIAL),
        rule=mi.WeightedMean(basis=OFFICIAL),
        basis=OFFICIAL,
        weight=None,
        bands=mi.Bands(items=(band("low"), band("middle", limit(1)), band("high", limit(3)))),
        band_caps=(
            mi.BandCap(band="middle", basis=OFFICIAL, shortfall=mi.Shortfall(code="a", below=4)),
        ),
    ),
    default_weighting=mi.EqualRemainder(),
)


def banded(level: int) -> mi.ScoreCard:
    answered = mi.Assessment(
        agency=mi.Agency(name="A"), instrument=BANDED, levels={"a": level}, standing="official"
    )
    return mi.score(answered)


def test_why_a_band_is_known_less_firmly_than_its_total() -> None:
    card = banded(2)
    assert (card.standing, card.band_standing) == ("official", "assumed")
    assert [reason.codes for reason in card.band_reasons] == [("t",)]
    assert "Why the band is assumed" in card.to_text("en")
    assert "Mengapa kategorinya berstatus asumsi" in card.to_text("id")
    # Where no weight is open, none was shared.
    assert "Weighting: the published weights" in card.to_text("en")
    again = mi.score(mi.Assessment(agency="Kota Malang", instrument="ism-2019", points={"a1": 1}))
    assert again.band_reasons == ()


def test_what_a_cap_of_the_band_does_here() -> None:
    limits = {level: banded(level).explain().limits for level in (2, 3, 4)}
    assert [line.en for line in limits[2]] == [
        "at best the band middle, while a is below 4 (without effect here)"
    ]
    assert banded(3).band == "middle"
    assert [line.id for line in limits[3]] == [
        "paling tinggi kategori middle, selama a di bawah 4 (tanpa itu high)"
    ]
    assert limits[4] == ()
