from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit
from meritindex.language import LANGUAGES, Language
from meritindex.layout import to_text
from meritindex.layout.parts import Document
from meritindex.layout.wrapping import places
from meritindex.scoring.showing import sources_listing

SCRIPT = "<script>alert('x')</script>"
PLAIN = instrument(indicator("i1"), indicator("i2"))


def plain(name: str, *levels: int, **fields: object) -> mi.Assessment:
    codes = ("i1", "i2")
    return mi.Assessment(
        agency=mi.Agency(name=name),
        instrument=PLAIN,
        levels=dict(zip(codes, levels, strict=False)),
        **fields,
    )


def width(text: str) -> int:
    return max(map(places, text.splitlines()))


def squeezed(text: str) -> str:
    return " ".join(text.split())


CARDS = {
    "court": lambda: mi.score(
        mi.Assessment(
            agency="Mahkamah Konstitusi", instrument="ism-2019", year=2021, points={"total": 327}
        )
    ),
    "sample": lambda: mi.score(mi.sample())[7],
    "nothing answered": lambda: mi.score(
        mi.Assessment(agency="Kota Malang", instrument="ism-2026", date=None)
    ),
    "policy": lambda: mi.score(
        mi.Assessment(agency="Kota Malang", instrument="ism-2026"), missing="zero"
    ),
    "no bands": lambda: mi.score(plain("A" * 150, 1, 2)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CARDS)
def test_cards_fit_on_80_columns(name: str, language: Language) -> None:
    card = CARDS[name]()
    assert width(card.to_text(language)) <= 80
    assert width(card.to_text(language, 50)) <= 50
    assert card._repr_html_() == card.to_html()
    assert card.agency.name[:20] in card.to_text(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", [None, "province", "kind", "kanreg"])
def test_tables_fit_on_80_columns(by: str | None, language: Language) -> None:
    from meritindex.scoring.showing import table_document

    table = mi.score(mi.sample().where(lambda facts: facts.agency.province == "Bali"))
    assert width(to_text(table_document(table, language, by), 80)) <= 80
    assert width(table.to_text(language)) <= 80
    assert table._repr_html_() == table.to_html()
    both = mi.score([plain("A", 1, 2), plain("B")])
    text = to_text(table_document(both, language, by), 80)
    assert width(text) <= 80
    assert ("dalam kelompok" in text or "in group" in text) is (by is not None)


def test_the_court_in_both_languages() -> None:
    card = CARDS["court"]()
    for line in (
        "Mahkamah Konstitusi, 2021",
        "• Nilai sistem merit: 327 (dari 410)",
        "• Kategori: Sangat Baik (diberitakan)",
        "• Sumbangan pada evaluasi reformasi birokrasi: 3,190244 (diberitakan)",
        "• Tahap tidak dinyatakan",
        "Mengapa berstatus diberitakan",
    ):
        assert line in card.to_text("id").splitlines()
    for line in (
        "• Merit system points: 327 (of 410)",
        "• Band: Sangat Baik (Very good) (reported)",
        "• Standing: reported",
        "• Stage not stated",
    ):
        assert line in card.to_text("en").splitlines()
    # The dimensions below were not given.
    assert "tidak diberikan" in card.to_text("id")
    assert "not given" in card.to_text("en")


def test_what_is_missing_is_said() -> None:
    card = CARDS["nothing answered"]()
    for language, words in (
        ("id", ("Kategori: tidak diketahui", "Belum ada", "satisfaction", "dihitung nol")),
        ("en", ("Band: unknown", "Missing", "No number is made up", "counted as zero")),
    ):
        text = squeezed(card.to_text(language))
        assert all(word in text for word in words)
    no_bands = mi.score(plain("A")).to_text("en")
    assert "Band:" not in no_bands
    assert "total_points: unknown" in no_bands
    # Points below may be known, and the total as well where a policy fills what is missing.
    known = mi.score(plain("A", 1), missing="zero").to_text("en")
    assert "No number" not in known
    assert "i2: indicator i2: counted as zero" in known


def test_nothing_follows_from_a_total_that_is_not_known() -> None:
    card = mi.score(mi.Assessment(agency="KPK", instrument="ism-2019", points={"a1": 3}))
    assert "Sumbangan" not in card.to_text("id")
    assert "Merit system points: unknown" in card.to_text("en")


def test_a_part_that_is_missing_under_a_total_that_is_known() -> None:
    inner = mi.Dimension(
        code="inner",
        name=mi.Text("dalam", "inner"),
        basis=PLAIN.root.basis,
        children=PLAIN.root.children,
        rule=PLAIN.root.rule,
        weight=PLAIN.root.children[0].weight,
        missing="zero",
        missing_basis=PLAIN.root.basis,
    )
    root = attrs.evolve(PLAIN.root, children=(inner,))
    one = attrs.evolve(PLAIN, root=root)
    card = mi.score(mi.Assessment(agency="KPK", instrument=one, levels={"i1": 2}))
    assert card.total == 0
    text = card.to_text("en")
    assert "i2: indicator i2" in text
    assert "No number is made up" not in text


def test_the_chosen_policy_and_a_variant_are_said() -> None:
    chosen = squeezed(CARDS["policy"]().to_text("en"))
    assert "What is missing is counted as zero (the caller's choice)" in chosen
    assert "not one of the library's catalog" not in chosen
    variant = squeezed(CARDS["no bands"]().to_text("en"))
    assert "This instrument is not one of the library's catalog" in variant
    assert "Instrumen ini tidak termasuk dalam katalog pustaka" in CARDS["no bands"]().to_text("id")


def test_synthetic_is_said_first() -> None:
    for shown in (CARDS["sample"](), mi.score(mi.sample())):
        assert "DATA SINTETIS" in shown.to_text("id")
        assert "SYNTHETIC DATA" in shown.to_text("en")
        assert "SYNTHETIC DATA" in shown.to_html("en")
    assert "SINTETIS" not in CARDS["court"]().to_text()


def test_names_are_escaped() -> None:
    table = mi.score([plain(SCRIPT, 1, 2), plain("B & C", 2, 2)])
    for html in (table.to_html(), table[0].to_html(), table.to_html("en")):
        assert "<script" not in html
        assert "&lt;script&gt;" in html
    assert "B &amp; C" in table.to_html()
    named = attrs.evolve(
        PLAIN,
        root=attrs.evolve(PLAIN.root, name=mi.Text.same(SCRIPT), remark=mi.Text.same(SCRIPT)),
    )
    card = mi.score(attrs.evolve(plain("A", 1, 2), instrument=named))
    for html in (card.to_html(), card.explain().to_html()):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_table_is_ordered_by_rank_with_the_unknown_last() -> None:
    table = mi.score(
        [plain("low", 0, 1), plain("none", 1), plain("high", 4, 4), plain("tie", 0, 1)]
    )
    lines = [line.split() for line in table.to_text("en").splitlines()]
    order = [line[:3] for line in lines if line and line[0] in {"1", "2", "-"}]
    assert order == [
        ["1", "high", "8"],
        ["2", "low", "1"],
        ["2", "tie", "1"],
        ["-", "none", "-"],
    ]
    assert "4 assessments: unknown 1" in table.to_text("en")
    assert "4 penilaian: tidak diketahui 1" in table.to_text("id")
    assert "2 assessments\n" in mi.score([plain("a", 0, 1), plain("b", 0, 2)]).to_text("en")


def test_one_agency_of_several_years_is_told_apart() -> None:
    table = mi.score(
        [
            plain("A", 0, 1, year=2024),
            plain("A", 1, 1, year=2025, stage="verified"),
            plain("A", 1, 2),
            plain("B", 3, 3),
        ]
    )
    text = table.to_text("en")
    assert "A (2024, stage not stated)" in text
    assert "A (2025, verified)" in text
    assert "A (-, stage not stated)" in text
    assert "A (2025, verifikasi)" in table.to_text("id")
    assert "B (" not in text


def test_totals_have_as_many_decimals_as_they_need() -> None:
    thirds = attrs.evolve(
        PLAIN, root=attrs.evolve(PLAIN.root, rule=mi.WeightedMean(basis=PLAIN.root.basis))
    )
    found = mi.score([attrs.evolve(plain("A", 1, 2), instrument=thirds)])
    assert found.totals[0] == Fraction(3, 2)
    assert "1.5" in found.to_text("en")
    assert "1,5" in found.to_text("id")
    sample = mi.score(mi.sample()).to_text("en")
    assert "0.5521" in sample


def test_bands_are_counted() -> None:
    table = mi.score(
        [
            mi.Assessment(agency=agency, instrument="ism-2019", points=points)
            for agency, points in (
                ("Kota Malang", {"total": 100}),
                ("Kota Batu", {"total": 330}),
                ("KPK", {}),
            )
        ]
    )
    counts = "3 assessments: Buruk 1, Kurang 0, Baik 0, Sangat Baik 1, unknown 1"
    assert counts in table.to_text("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_listed_once(language: Language) -> None:
    explanation = CARDS["court"]().explain()
    listing = sources_listing(explanation, language)
    text = to_text(Document((listing,)), 80)
    assert width(text) <= 80
    assert text.count("M7:") == 1
    assert "https://" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_says_level_criterion_share_and_remark(language: Language) -> None:
    text = squeezed(CARDS["sample"]().explain().to_text(language))
    words = {
        "id": ("tingkat", "bobot 1 (asumsi)", "sumbangan", "status", "dasar", "catatan:"),
        "en": ("level", "weight 1 (assumed)", "contribution", "standing", "sources", "remark:"),
    }
    assert all(word in text for word in words[language])
    plain_text = mi.score(plain("A", 1, 2)).explain().to_text(language)
    assert {"id": "dasar", "en": "sources"}[language] not in plain_text


def test_what_is_not_exact_is_said_to_be() -> None:
    rule = mi.GeometricMean(basis=ASSUMED)
    one = instrument(root=dimension("t", indicator("a"), indicator("b"), rule=rule, weight=None))
    card = mi.score(
        mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 1, "b": 2})
    )
    assert "not exact to the last digit" in " ".join(card.to_text("en").split())
    assert "tidak eksak" in " ".join(card.to_text("id").split())
    assert "≈ 1.414214," in repr(card)
    assert "≈ 1.414214," in repr(card.explain())


def test_a_band_that_depends_on_what_is_not_known_is_unknown_with_its_total_known() -> None:
    bands = mi.Bands(items=(band("low"), band("high", limit(1))))
    cap = mi.BandCap(band="low", basis=ASSUMED, shortfall=mi.Shortfall(code="a", below=2))
    one = instrument(
        root=dimension(
            "t",
            indicator("a", missing="drop", missing_basis=ASSUMED),
            indicator("b"),
            rule=MEAN,
            weight=None,
            bands=bands,
            band_caps=(cap,),
        )
    )
    table = mi.score([mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"b": 4})])
    assert (table.totals[0], table.bands[0]) == (4, None)
    assert "Band: unknown (depends on points that are not known)" in table[0].to_text("en")
    assert "(unknown)" in table.to_text("en")
    assert "(tidak diketahui)" in table.to_text("id")
    assert table[0].explain().band is None
