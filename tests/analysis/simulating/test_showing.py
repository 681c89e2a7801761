"""Results of simulations as a reader meets them, in both languages."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, band, dimension, indicator, instrument, limit
from meritindex.analysis.simulating import Around, Robustness, robustness
from meritindex.analysis.simulating.showing import percent
from meritindex.definition import Bands, GeometricMean, WeightedMean
from meritindex.language import LANGUAGES, Language

WHOLE = WeightedMean(basis=ASSUMED, whole=100)


def made(
    *rows: dict[str, int],
    bands: Bands | None = None,
    weighting: object = None,
    weight: object = None,
    **arguments: object,
) -> Robustness:
    """Return a simulation over two indicators, by default with open weights."""
    children = (indicator("a", weight), indicator("b", weight))
    root = dimension("r", *children, rule=WHOLE, bands=bands)
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"), instrument=instrument(root=root), levels=levels
        )
        for place, levels in enumerate(rows)
    )
    return robustness(assessments, weighting, **{"draws": 400, **arguments})


@pytest.fixture(scope="module")
def sample() -> Robustness:
    return robustness(mi.sample(), draws=500)


BANDS = Bands(items=(band("rendah"), band("tinggi", limit(2))))


@pytest.mark.parametrize(
    ("share", "indonesian", "english"),
    [
        (Fraction(0), "0%", "0%"),
        (Fraction(1), "100%", "100%"),
        (Fraction(1, 3), "33,3%", "33.3%"),
        (Fraction(1, 2), "50,0%", "50.0%"),
        (Fraction(1, 5000), "< 0,1%", "< 0.1%"),
        (Fraction(4999, 5000), "> 99,9%", "> 99.9%"),
        (Fraction(9994, 10000), "99,9%", "99.9%"),
        (0.005, "0,5%", "0.5%"),
    ],
)
def test_percentages_are_never_rounded_to_certainty(
    share: Fraction, indonesian: str, english: str
) -> None:
    assert (percent(share, "id"), percent(share, "en")) == (indonesian, english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_says_what_was_drawn_and_what_it_means(
    sample: Robustness, language: Language
) -> None:
    text = sample.to_text(language)
    said = {
        "id": (
            "DATA SINTETIS",
            "500 kali bobot yang terbuka dan jawaban yang terbuka dalam 27 penilaian",
            "bukan peluang bahwa hasilnya",
            "Kategori yang sama dalam semua tarikan:",
            "Peringkat yang sama dalam semua tarikan: ",
            "paling besar 2,2% (hampiran",
            "Bobot terbuka dalam maturity: a2, a3, a4, a5, a6, a7",
            "Tarikan bobot dalam maturity: merata",
            "Tarikan jawaban: setiap kemungkinan",
            "Tarikan: 500; benih: 0",
            "Mengapa berstatus asumsi",
            "Tanda -: tidak berperingkat",
        ),
        "en": (
            "SYNTHETIC DATA",
            "500 times, open weights and open answers in 27 of the assessments",
            "It is no probability",
            "The same band in all draws:",
            "The same rank in all draws: ",
            "at most 2.2% (normal",
            "Open weights in maturity: a2, a3, a4, a5, a6, a7",
            "Draws of weights in maturity: uniform",
            "Draws of answers: every possibility",
            "Draws: 500; seed: 0",
            "Why assumed",
            "The sign -: not ranked",
        ),
    }[language]
    for words in said:
        assert words in " ".join(text.split())
    assert "{" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert len(sample.to_text(language, 120).splitlines()) < len(text.splitlines())
    html = sample.to_html(language)
    assert html.count("<tr>") == 547
    assert said[1].split(",")[0] in html


def test_a_table_is_ordered_by_mean_rank(sample: Robustness) -> None:
    lines = sample.to_text("en").splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("──"))
    means = [line.split()[0] for line in lines[first + 1 :] if line[:9].strip()]
    numbers = [float(mean) for mean in means if mean.replace(".", "").isdigit()][:400]
    assert numbers == sorted(numbers)
    assert sample._repr_html_() == sample.to_html()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_shares_with_their_errors(sample: Robustness, language: Language) -> None:
    card = sample["Kota Bandung"]
    text = card.to_text(language)
    names = {
        "id": ("Peringkat rata-rata:", "bagian tarikan", "galat baku", "Di antara 519 instansi"),
        "en": ("Mean rank:", "share of draws", "standard error", "Among 519 that are ranked"),
    }[language]
    for words in (*names, "Kota Bandung, 2026"):
        assert words in text
    mean = sample.mean_ranks[card.row]
    shown = f"{float(mean):.1f}"
    assert (shown.replace(".", ",") if language == "id" else shown) in text
    assert "{" not in text
    assert "<h2>Kota Bandung, 2026</h2>" in card.to_html(language)
    assert card._repr_html_() == card.to_html()


def test_a_card_without_a_rank_says_so(sample: Robustness) -> None:
    card = next(each for each in sample if each.mean_rank is None)
    assert "Not ranked" in card.to_text("en")
    assert "Tidak berperingkat" in card.to_text("id")
    assert "Mean rank" not in card.to_text("en")


def test_shares_of_few_ranks_are_shown() -> None:
    found = made({"a": 4, "b": 0}, {"a": 0, "b": 4}, bands=BANDS)
    text = found[0].to_text("en")
    rows = [line.split() for line in text.splitlines()]
    for rank, share in found[0].ranks.items():
        assert [str(rank), percent(share, "en"), percent(found.sampling_error(share), "en")] in rows
    settled = made({"a": 4, "b": 0}, {"a": 1, "b": 0})
    assert ["1", "100%", "-"] in [line.split() for line in settled[0].to_text("en").splitlines()]
    assert "band" not in settled[0].to_text("en")
    assert "band" not in settled.to_text("en")


def test_bands_are_named_by_their_shares() -> None:
    found = made({"a": 4, "b": 0}, {"a": 0, "b": 1}, bands=BANDS)
    first, second = found.band_acceptability.row(0), found.band_acceptability.row(1)
    names = sorted(zip(first, ("rendah", "tinggi"), strict=True), reverse=True)
    shown = ", ".join(f"{name} {percent(share, 'en')}" for share, name in names)
    assert shown in " ".join(found.to_text("en", 120).split())
    assert second == (1, 0)
    row = next(line for line in found.to_text("en").splitlines() if "A1" in line)
    assert row.endswith("rendah")
    assert "rendah (rendah (en))" in found[0].to_text("en")


def test_what_has_no_band_in_some_draws_is_unknown_there() -> None:
    of = instrument(
        root=dimension(
            "r",
            indicator("a", None, missing="drop", missing_basis=ASSUMED),
            indicator("b", None),
            rule=WHOLE,
            bands=BANDS,
        )
    )
    assessments = mi.AssessmentSet.of(
        mi.Assessment(agency=mi.Agency(name=name), instrument=of, levels=levels)
        for name, levels in (("A0", {"b": 4}), ("A1", {"a": 1, "b": 1}))
    )
    found = robustness(assessments, draws=np.array([[1, 0], [1, 1], [0, 1], [1, 3]]))
    line = next(line for line in found.to_text("en").splitlines() if "A0" in line)
    assert "tinggi 75.0%, (unknown) 25.0%" in line
    assert "-" in line
    always = robustness(assessments, draws=[[1, 0]])
    line = next(line for line in always.to_text("en").splitlines() if "A0" in line)
    assert line.endswith("(unknown)")


def test_it_is_said_which_things_were_drawn() -> None:
    closed = {"a": 4, "b": 0}
    only_weights = made(closed).to_text("en")
    assert "400 times, open weights were drawn" in only_weights
    assert "Draws of answers" not in only_weights
    only_answers = made(closed, {"a": 4}, weighting=mi.EqualRemainder()).to_text("en")
    assert "400 times, open answers in 1 of the assessments were drawn" in only_answers
    assert "That draws are distributed" not in only_answers
    nothing = made(closed, weighting=mi.EqualRemainder())
    assert "all 400 draws are the same" in nothing.to_text("en")
    assert "semua dari 400 tarikan sama" in nothing.to_text("id")
    generator = np.random.Generator(np.random.PCG64(0))
    assert "a generator of the caller's" in made(closed, seed=generator).to_text("en")
    around = made(closed, weighting=Around(mi.EqualRemainder(), 9)).to_text("en")
    assert "Weighting: scattered around the remainder shared equally" in " ".join(around.split())


def test_what_is_not_exact_is_said() -> None:
    children = (indicator("a", 50), indicator("b", 50))
    rule = GeometricMean(basis=ASSUMED, whole=100, floor=Fraction(1, 10))
    of = instrument(root=dimension("r", *children, rule=rule))
    one = mi.Assessment(agency=mi.Agency(name="A"), instrument=of, levels={"a": 4, "b": 1})
    found = robustness([one], mi.Stated(), draws=3)
    assert not found.exact
    assert "double precision" in found.to_text("en")


def test_nobody_is_shown_as_nobody() -> None:
    found = robustness(mi.sample().where(lambda _: False), draws=3)
    assert "0 of 0 assessments" in found.to_text("en")
