"""The sheet shows every number of an instrument with its standing and its source or reason."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from builders import (
    ASSUMED,
    LAW,
    OFFICIAL,
    band,
    dimension,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    parts_of,
    rich_instrument,
)
from meritindex import catalog
from meritindex.definition import Bands, Basis, InForce, Instrument, Remark, Rounding, WeightedMean
from meritindex.language import LANGUAGES, Language, Text
from meritindex.layout import Document, Paragraph, to_text
from meritindex.layout.wrapping import places
from meritindex.reporting import instrument_sheet

PUBLISHED = catalog.instruments()


def as_line(document: Document) -> str:
    """Return a document as one line of text, wide enough that nothing is wrapped."""
    return " ".join(to_text(document, 2000).split())


def sheet(instrument: Instrument, language: Language = "id") -> str:
    return as_line(instrument_sheet(instrument, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("published", PUBLISHED, ids=[each.id for each in PUBLISHED])
def test_every_text_of_an_instrument_is_in_its_sheet(published, language):
    shown = sheet(published, language)
    for part in parts_of(published):
        for field in attrs.fields(type(part)):
            value = getattr(part, field.name)
            if isinstance(value, Text):
                assert as_line(Document((Paragraph(value.in_language(language)),))) in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("published", [*PUBLISHED, rich_instrument()], ids=lambda each: each.id)
@pytest.mark.parametrize("width", [80, 120])
def test_it_fits(published, language, width):
    text = to_text(instrument_sheet(published, language), width)
    assert all(places(line) <= width for line in text.splitlines())
    assert "{" not in text


def test_a_rich_instrument():
    shown = sheet(rich_instrument(), "en")
    for said in (
        "Default weighting: weights from page (given)",
        "In force from 2020-01-31 until before 2021-02-01: official (law)",
        "survey · measure survey 3 by the rule of total_points",
        "a1 · · indicator a1 60 assumed (example)",
        "a2 · · indicator a2 not published second",
        "correction · measure correction deducted assumed (example)",
        "first weighted mean of what applies, weights add up to 100 official (law)",
        "second · dimension second 2 official (law)",
        "second points are entered, 0 to 100 assumed (example)",
        "weighted sum; less correction; entered points may reach 500: official (law)",
        "; rounded to 2 decimals, a half goes up: official (law)",
        "low (en) ≤ 0.4",
        "high (en) > 0.6",
        "rounded to 2 decimals, a half goes to the even neighbour: assumed (example)",
        "survey measure survey 0 to 1 2 counted as zero: official (law)",
        "correction measure correction 0 to 1 2 unknown assumed (example)",
        "city: yes; body: no, yes",
        "yes: option yes; no: option no",
        "a1 indicator a1 what?",
        "level points criterion",
        "1 1 present",
        "2 2.5 •",
        "Applies when works: yes",
        "Applies when size: big, small",
        "Evidence: letter; data",
        "Standing of the criteria: official (law)",
        "If missing: counted as the lowest: assumed (example)",
        "Remark: misprint",
        "share, share: total \N{MULTIPLICATION SIGN} 0.01, assumed (example)",
        "remark [official (law)]",
        "page: page <https://example.org>",
    ):
        assert said in shown, said


def test_what_an_instrument_lacks_is_left_out():
    plain = sheet(instrument(indicator("a1"), sources=()))
    for heading in ("Kategori", "luar", "pembuka", "turunan", "Catatan", "Sumber"):
        assert f" {heading} ──" not in plain
    assert "Berlaku" not in plain
    assert " Indikator ──" in plain
    assert " Indikator ──" not in sheet(instrument(root=dimension("total_points")))


def test_in_force_until_further_notice():
    force = InForce(start=2020, until=None, basis=ASSUMED)
    assert "Berlaku sejak 2020: asumsi (contoh)" in sheet(
        instrument(indicator("a"), in_force=force)
    )


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("half_up", "setengah ke atas"),
        ("half_even", "setengah ke genap"),
        ("down", "ke bawah"),
        ("up", "ke atas"),
    ],
)
def test_roundings(mode, said):
    rounding = Rounding(digits=1, basis=OFFICIAL, mode=mode)
    mine = instrument(
        dimension("first", indicator("a1"), rounding=rounding, decimals=1), sources=(LAW,)
    )
    assert f"dibulatkan 1 desimal, {said}" in sheet(mine)


def test_numbers_are_in_full():
    third = instrument(
        measure("survey", Fraction(1, 3), minimum=Fraction("-0.5"), maximum=Fraction("1.5"))
    )
    shown = sheet(third)
    assert "survey · ukuran survey 1/3 " in shown
    assert " -0,5 sampai 1,5 " in shown
    mean = WeightedMean(basis=ASSUMED)
    assert "rata-rata tertimbang dari yang berlaku asumsi" in sheet(
        instrument(root=dimension("total_points", indicator("a1"), rule=mean))
    )


def test_dimensions_alike_share_rows_and_tables():
    def with_bands(code, basis=ASSUMED, **fields):
        low, high = limit("0.5", inclusive=False), limit("0.5")
        bands = Bands(
            items=(
                band("low", None, attrs.evolve(low, basis=basis)),
                band("high", attrs.evolve(high, basis=basis), None),
            )
        )
        return dimension(code, bands=bands, **fields)

    law = Basis(standing="official", sources=("law",))
    shown = sheet(
        instrument(with_bands("first"), with_bands("second"), with_bands("third", law)), "en"
    )
    assert "first, second, third points are entered, 0 to 100 " in shown
    assert shown.count("Bands of") == 1
    assert "• first, second: limits 0.5: assumed (example)" in shown
    assert "• third: limits 0.5: official (law)" in shown
    other = dimension("fourth", bands=Bands(items=(band("all", None, None),)))
    assert sheet(instrument(with_bands("first"), other), "en").count("Bands of") == 2


def test_a_gate_that_any_agency_answers_and_remarks_of_nodes():
    mine = instrument(
        dimension("first", indicator("a1"), remark=Text("kecil", "small")),
        measure("survey", remark=Text("baru", "new")),
        gates=(gate("works"),),
        remarks=(Remark(text=Text("umum", "general"), basis=ASSUMED),),
    )
    shown = sheet(mine, "en")
    assert " - assumed (example)" in shown
    assert "• general [assumed (example)] • first: small • survey: new" in shown
