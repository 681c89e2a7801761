"""Scores that sources print, or that can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import only_fault
from meritindex.definition import PublishedResult, Standing

COURT_SOURCE = "https://www.mkri.id/index.php?page=web.Berita&id=17339&menu=2"
# KASN's presentation of 8 June 2021. The first five are printed; the others are the only half-point
# values that agree with the printed 88 %, 100 % and 96 % and with the printed total of 327.
COURT = [
    # dimension, points, maximum, standing, source
    ("a1", "37.5", 40, "reported", COURT_SOURCE),
    ("a2", "38", 40, "reported", COURT_SOURCE),
    ("a3", "75", 130, "reported", COURT_SOURCE),
    ("a4", "25", 40, "reported", COURT_SOURCE),
    ("a5", "77.5", 80, "reported", COURT_SOURCE),
    ("a6", "35", 40, "reconstructed", COURT_SOURCE),
    ("a7", "16", 16, "reconstructed", COURT_SOURCE),
    ("a8", "23", 24, "reconstructed", COURT_SOURCE),
]


def court() -> mi.ScoreCard:
    return mi.score(
        mi.Assessment(
            agency="Mahkamah Konstitusi",
            instrument="ism-2019",
            year=2021,
            points={code: points for code, points, *_ in COURT},
            standings={code: standing for code, _, _, standing, _ in COURT},
        )
    )


def test_the_constitutional_court_of_2021() -> None:
    card = court()
    assert card.total == 327
    assert card.band == "Sangat Baik"
    assert card.standing is Standing.RECONSTRUCTED
    assert card.band_standing is Standing.RECONSTRUCTED
    assert card.derived == {"reform_index": Fraction(327 * 4, 410)}
    assert card.missing == ()
    (reason,) = card.reasons
    assert reason.as_text() == mi.Text(
        "rekonstruksi: jawaban a6, a7, a8 (assessment)",
        "reconstructed: answers a6, a7, a8 (assessment)",
    )


@pytest.mark.parametrize(("code", "points", "maximum", "standing", "source"), COURT)
def test_the_aspects_of_the_court(
    code: str, points: str, maximum: int, standing: str, source: str
) -> None:
    dimension = court().dimensions[code]
    assert dimension.points == Fraction(points)
    assert (dimension.minimum, dimension.maximum) == (0, maximum)
    assert dimension.standing == standing
    assert dimension.status == "entered"
    assert source.startswith("https://")


@pytest.mark.parametrize(
    "result",
    [result for result in mi.published_results() if result.category is not None],
    ids=lambda result: result.printed_name,
)
def test_published_categories_follow_from_published_totals(result: PublishedResult) -> None:
    card = mi.score(
        mi.Assessment(
            agency=result.agency,
            instrument="ism-2019",
            year=result.year,
            points={"total": result.total},
            standing=result.standing,
        )
    )
    assert card.total == result.total
    assert card.band == result.category
    # The instrument's own parts are reported at best.
    assert card.standing is min(result.standing, Standing.REPORTED)


THRESHOLDS = "PermenPANRB 40/2018 and KASN 9/2019: below 175, 175-249, 250-324, 325-400"


@pytest.mark.parametrize(
    ("total", "band", "source"),
    [
        ("0", "Buruk", THRESHOLDS),
        ("65.5", "Buruk", "a total that was published below the printed 100"),
        ("174.5", "Buruk", THRESHOLDS),
        ("175", "Kurang", THRESHOLDS),
        ("249.5", "Kurang", THRESHOLDS),
        ("250", "Baik", THRESHOLDS),
        ("324.5", "Baik", THRESHOLDS),
        ("325", "Sangat Baik", THRESHOLDS),
        ("410", "Sangat Baik", "the ideal total of the court's presentation"),
    ],
)
def test_totals_at_the_limits(total: str, band: str, source: str) -> None:
    card = mi.score(
        mi.Assessment(agency="Kota Malang", instrument="ism-2019", points={"total": total})
    )
    assert card.total == Fraction(total)
    assert card.band == band, source
    assert card.derived["reform_index"] == Fraction(total) * 4 / 410
    table = mi.score([card.assessment])
    assert (table.bands, table.ranks) == ((band,), (1,))


def city(level: int = 3, **answers: object) -> mi.Assessment:
    """Return a city that stands on one level everywhere."""
    gates = {"a6q3_gate": "ya", "a6q4_kecelakaan_gate": "ya", "a6q4_kematian_gate": "ya"}
    fields = {
        "agency": "Kota Malang",
        "instrument": "ism-2026",
        "year": 2026,
        "gates": gates,
        "levels": {
            indicator.code: level
            for indicator in mi.instrument("ism-2026").indicators
            if indicator.code != "a4q1_pusat_prov"
        },
    }
    return mi.Assessment(**(fields | answers))


@pytest.mark.parametrize(
    ("level", "survey", "total", "band"),
    [
        # 3/4 * level/4 + 1/4 * survey
        (3, "0.8", "61/80", "Menengah"),
        (4, "1", "1", "Tinggi"),
        (0, "0", "0", "Dasar"),
        # 0.40 after rounding is the last of Dasar, and 0.41 the first of Lanjutan.
        (1, "0.8699", Fraction(3, 16) + Fraction("0.8699") / 4, "Dasar"),
        (1, "0.8700", "0.405", "Lanjutan"),
        (4, "0.2199", Fraction(3, 4) + Fraction("0.2199") / 4, "Menengah"),
        (4, "0.22", "0.805", "Tinggi"),
    ],
)
def test_a_city_by_hand(level: int, survey: str, total: Fraction | str, band: str) -> None:
    card = mi.score(city(level, measures={"satisfaction": survey}))
    assert card.total == Fraction(total)
    assert card.band == band
    assert card.dimensions["maturity"].points == Fraction(level, 4)
    assert {card.dimensions[f"a{place}"].points for place in range(1, 9)} == {Fraction(level, 4)}
    assert card.standing is Standing.ASSUMED


def test_a_correction_is_taken_off() -> None:
    card = mi.score(city(measures={"satisfaction": "0.8", "correction": "0.0625"}))
    assert card.total == Fraction(61, 80) - Fraction(1, 16)


def test_gates_change_only_their_aspect() -> None:
    answers = dict(city().levels)
    gates = {"a6q3_gate": "tidak", "a6q4_kecelakaan_gate": "tidak", "a6q4_kematian_gate": "tidak"}
    for code in ("a6q3", "a6q4_kecelakaan", "a6q4_kematian"):
        del answers[code]
    answers["a6q1"] = 0
    card = mi.score(city(levels=answers, gates=gates, measures={"satisfaction": "0.8"}))
    assert card.dimensions["a6"].points == Fraction(3 + 3 + 3, 4 * 4)
    plain = mi.score(city(measures={"satisfaction": "0.8"}))
    changed = {
        code
        for code, dimension in card.dimensions.items()
        if dimension.points != plain.dimensions[code].points
    }
    assert changed == {"a6", "maturity"}
    # a2 to a7 share the remaining 80 % equally.
    assert plain.total - card.total == Fraction(3, 4) * Fraction(80, 600) * Fraction(3, 16)


def test_without_the_survey_all_but_the_index_is_known() -> None:
    card = mi.score(city())
    assert card.total is None
    assert card.band is None
    assert card.band_standing is None
    assert card.derived == {}
    missing = {item.code: item.policy for item in card.missing}
    assert missing == {"satisfaction": "unknown", "correction": "zero"}
    assert card.dimensions["maturity"].points == Fraction(3, 4)
    for place in range(1, 9):
        aspect = card.dimensions[f"a{place}"]
        assert (aspect.points, aspect.band) == (Fraction(3, 4), "Menengah")


def test_an_unanswered_indicator_leaves_only_what_is_above_it_unknown() -> None:
    answers = dict(city().levels)
    del answers["a1q2"]
    card = mi.score(city(levels=answers, measures={"satisfaction": "0.8"}))
    unknown = {code for code, one in card.dimensions.items() if one.points is None}
    assert unknown == {"a1", "maturity"}
    assert card.total is None
    assert mi.score(card.assessment, missing="zero").total == Fraction(61, 80) - (
        Fraction(3, 4) * Fraction(1, 10) * Fraction(1, 4)
    )
    assert mi.score(card.assessment, missing="drop").total == Fraction(61, 80)


def test_one_some_and_a_set_are_scored_alike() -> None:
    rows = [city(2, year=2025), city(3)]
    table = mi.score(rows)
    assert table == mi.score(mi.AssessmentSet.of(rows)) == mi.score(iter(rows))
    assert [mi.score(row) for row in rows] == list(table)
    with pytest.raises(mi.AssessmentError):
        mi.score([])


def test_weights_of_the_caller() -> None:
    shares = {"a2": 20, "a3": 20, "a4": 10, "a5": 10, "a6": 10, "a7": 10}
    answers = dict(city().levels) | {code: 4 for code, _ in city().levels if code.startswith("a2q")}
    one = city(levels=answers, measures={"satisfaction": "0.8"})
    card = mi.score(one, mi.Given(shares, source="a letter"))
    assert card.total == Fraction(61, 80) + Fraction(3, 4) * Fraction(1, 5) * Fraction(1, 4)
    assert card.weighting == mi.Given(shares, source="a letter")
    assert card != mi.score(one)
    fault = only_fault(mi.WeightingError, lambda: mi.score(one, mi.Given(shares | {"a2": 21})))
    assert fault.code == "weights-dont-add-up"


def test_the_sample_is_scored_whole_and_stays_synthetic() -> None:
    table = mi.score(mi.sample())
    assert len(table) == 546
    assert table.synthetic
    assert table.standing is Standing.ASSUMED
    assert [rank is None for rank in table.ranks] == [total is None for total in table.totals]
    assert 0 < sum(rank is None for rank in table.ranks) < 546
