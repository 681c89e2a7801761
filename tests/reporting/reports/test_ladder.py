"""The ladder of bands: distances are exact, and the picture says what the table says."""

from __future__ import annotations

import itertools
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit, measure
from meeting import law
from meritindex.definition import Bands, Rounding
from meritindex.layout import Scale, Table
from meritindex.reporting.reports.ladder import (
    band_scale,
    begins_text,
    distance_text,
    ladder_parts,
    next_rung,
    rungs,
)
from meritindex.scoring.saying import Sayer
from meritindex.testing import assessments, instruments

BANDS = Bands(
    items=(
        band("rendah"),
        band("tengah", limit("0.5")),
        band("tinggi", limit("0.75", inclusive=False)),
    )
)


def card_of(level: int | None, **fields: object) -> mi.ScoreCard:
    root = dimension(
        "root", indicator("i", 1, levels=levels_of()), rule=MEAN, bands=BANDS, **fields
    )
    rules = instrument(root=root)
    levels = {} if level is None else {"i": level}
    return mi.score(mi.Assessment(agency="A", instrument=rules, levels=levels))


def levels_of() -> tuple[mi.Level, ...]:
    return tuple(mi.Level(value=value, points=Fraction(value, 4)) for value in range(5))


@law(30)
@given(st.data())
def test_the_next_rung_is_one_above_and_its_distance_exact(data):
    rules = data.draw(instruments(max_leaves=4))
    card = mi.score(data.draw(assessments(rules)))
    bands = rules.root.bands
    above = next_rung(card)
    if bands is None or card.band is None:
        assert above is None
        return
    names = [each.name.id for each in bands]
    number = names.index(card.band)
    if above is None:
        assert number == len(names) - 1
        return
    assert above.name == names[number + 1]
    assert above.past == card.total - above.limit
    # Without caps of bands, whoever is below a limit is short of it.
    if not rules.root.band_caps:
        assert above.past < 0 or (above.past == 0 and not above.inclusive)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (1, ("–", "kurang 0,25", "kurang 0,5")),
        (2, ("–", "tepat di batasnya", "kurang 0,25")),
        (3, ("–", "lewat 0,25", "tepat di batasnya")),
        (4, ("–", "lewat 0,5", "lewat 0,25")),
        (None, ("–", "–", "–")),
    ],
)
def test_distances(level, said):
    say = Sayer("id")
    card = card_of(level)
    assert tuple(distance_text(rung, say) for rung in rungs(BANDS, card.total)) == said
    assert [begins_text(rung, say) for rung in rungs(BANDS, card.total)] == [
        "–",
        "mulai 0,5",
        "di atas 0,75",
    ]
    scale, table = ladder_parts(card, BANDS, say)
    assert isinstance(scale, Scale)
    assert isinstance(table, Table)
    assert tuple(row[2] for row in table.rows) == said
    # Right at an open limit, the lower band holds.
    here = {None: [], 1: [0], 2: [1], 3: [1], 4: [2]}[level]
    assert [place for place, row in enumerate(table.rows) if row[4]] == here
    assert [place for place, each in enumerate(scale.stretches) if each.holds] == here
    assert [mark.place for mark in scale.marks] == ([] if level is None else [Fraction(level, 4)])
    if level == 1:
        assert scale.description == "rendah; tengah mulai 0,5; tinggi di atas 0,75. 0,25: rendah"


def test_a_limit_beyond_the_scale_is_drawn_behind_it():
    far = Bands(items=(band("a"), band("b", limit(1)), band("c", limit(2))))
    rules = instrument(
        root=dimension("root", indicator("i", 1, levels=levels_of()), rule=MEAN, bands=far)
    )
    scale = band_scale(mi.plan(rules), [], None, "t", Sayer("id"))
    ends = [(each.start, each.end) for each in scale.stretches]
    assert ends[0][0] == 0
    assert ends[-1][1] == 1
    assert all(after == before for (_, before), (after, _) in itertools.pairwise(ends))
    assert ends[-1][0] < 1


def test_what_lies_below_zero_is_drawn_where_somebody_stands_there():
    rules = instrument(
        root=dimension(
            "root",
            indicator("i", 1, levels=levels_of()),
            rule=MEAN,
            bands=BANDS,
            deductions=(measure("off", None),),
        )
    )
    answers = mi.Assessment(agency="A", instrument=rules, levels={"i": 0}, measures={"off": 1})
    card = mi.score(answers)
    assert card.total == -1
    scale = band_scale(card.plan, [("x", card.total)], 1, "t", Sayer("id"))
    assert scale.marks[0].place == 0
    assert scale.stretches[0].end == Fraction(3, 4)
    usual = band_scale(card.plan, [], None, "t", Sayer("id"))
    assert usual.stretches[0].end == Fraction(1, 2)


def test_a_scale_without_any_length():
    rules = instrument(
        root=dimension(
            "root",
            indicator("i", 1, levels=(mi.Level(value=0, points=0), mi.Level(value=1, points=0))),
            rule=MEAN,
            bands=Bands(items=(band("a"),)),
        )
    )
    scale = band_scale(mi.plan(rules), [("0", Fraction(0))], 1, "t", Sayer("en"))
    assert [(each.start, each.end) for each in scale.stretches] == [(0, 1)]


def test_the_rounding_before_the_band_is_said():
    rounded = Bands(
        items=(band("a", None, limit("0.4")), band("b", limit("0.41"))),
        rounding=Rounding(digits=2, basis=ASSUMED),
    )
    rules = instrument(
        root=dimension("root", indicator("i", 1, levels=levels_of()), rule=MEAN, bands=rounded)
    )
    card = mi.score(mi.Assessment(agency="A", instrument=rules, levels={"i": 1}))
    _, table = ladder_parts(card, rounded, Sayer("en"))
    assert table.rows[1][1] == "from 0.405"
    assert "multiples of 0.01" in table.notes[0]


def test_a_band_that_no_answers_reach_has_no_distance():
    far = Bands(items=(band("a"), band("b", limit(1)), band("c", limit(1, inclusive=False))))
    rules = instrument(
        root=dimension("root", indicator("i", 1, levels=levels_of()), rule=MEAN, bands=far)
    )
    say = Sayer("id")
    for level in (2, None):
        levels = {} if level is None else {"i": level}
        card = mi.score(mi.Assessment(agency="A", instrument=rules, levels=levels))
        scale, table = ladder_parts(card, far, say)
        distance = "–" if level is None else "kurang 0,5"
        assert [row[2] for row in table.rows] == [
            *("–", distance, "tidak dapat dicapai dengan rumus ini")
        ]
        assert "c di atas 1 (tidak dapat dicapai dengan rumus ini)" in scale.description
        assert "b mulai 1;" in scale.description
    best = mi.score(mi.Assessment(agency="A", instrument=rules, levels={"i": 4}))
    assert distance_text(next_rung(best), say) == "tidak dapat dicapai dengan rumus ini"


def test_the_standing_of_a_limit_is_that_of_its_rounding_too(sampled):
    card = sampled["Kota Batu"]
    table = ladder_parts(card, card.instrument.root.bands, Sayer("id"))[1]
    assert [row[3] for row in table.rows] == [
        "–",
        *["asumsi (tercetak: rancangan; pembulatan: asumsi)"] * 4,
    ]
    # As a plan to that band says it.
    assert mi.improve(card.assessment).target.standing is mi.Standing.ASSUMED
    rounded = attrs.evolve(BANDS, rounding=Rounding(digits=2, basis=ASSUMED))
    alike = ladder_parts(card_of(2), rounded, Sayer("id"))[1]
    assert [row[3] for row in alike.rows] == ["–", "asumsi", "asumsi"]
