"""Bounds as a person reads them, in both languages."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    when,
)
from meritindex.analysis.bounding.relation_page import relation_document
from meritindex.analysis.bounding.words import bands_text, ranks_text, settling_text
from meritindex.definition import BandCap, Bands, Cap, DerivedFigure, Shortfall
from meritindex.language import LANGUAGES, Language
from meritindex.layout import to_html
from meritindex.layout.wrapping import places

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(
    items=(
        band("rendah"),
        band("tengah", limit("1.5")),
        band("tinggi", limit("2.5", inclusive=False)),
    )
)
# Two indicators of open weights, and one that counts a fifth.
OPEN = instrument(
    root=dimension(
        "indeks",
        indicator("i1", None),
        indicator("i2", None),
        indicator("i3", 20),
        rule=HUNDRED,
        bands=BANDS,
    )
)
SETTLED = instrument(
    root=dimension("indeks", indicator("i1"), indicator("i2"), rule=MEAN, bands=BANDS)
)
PLAIN = attrs.evolve(OPEN, root=attrs.evolve(OPEN.root, bands=None))
SCRIPT = "<script>alert('x')</script>"


def assessed(
    name: str, levels: dict[str, int], rules: mi.Instrument = OPEN, **fields: object
) -> mi.Assessment:
    return mi.Assessment(agency=mi.Agency(name=name), instrument=rules, levels=levels, **fields)


def row(name: str, *levels: int, rules: mi.Instrument = OPEN, **fields: object) -> mi.Assessment:
    codes = ("i1", "i2", "i3")
    return assessed(name, dict(zip(codes, levels, strict=False)), rules, **fields)


def width(text: str) -> int:
    return max(map(places, text.splitlines()))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def said(found: mi.BoundsCard | mi.BoundsTable, language: Language = "en") -> str:
    return squeezed(found.to_text(language))


@pytest.fixture(scope="module")
def sampled() -> mi.BoundsTable:
    return mi.bounds(mi.sample().where(lambda facts: facts.agency.province == "Jawa Timur"))


# The table


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_fits(sampled: mi.BoundsTable, language: Language) -> None:
    for found in (sampled, *(sampled[who] for who in ("Kota Malang", "Kota Surabaya"))):
        assert width(found.to_text(language)) <= 80
        assert width(found.to_text(language, 50)) <= 50
        assert found._repr_html_() == found.to_html()
    group = ["Kota Malang", "35.78", *range(20)]
    assert width(sampled.relation_text(group, language)) <= 80


def test_a_table_says_first_what_is_certain_and_what_is_not(sampled: mi.BoundsTable) -> None:
    settled = sum(name is not None for name in sampled.certain_bands)
    text = said(sampled)
    assert f"the bands of {settled} of {len(sampled)} assessments (Dasar " in text
    assert f"Not certain: {len(sampled) - settled}, because of open weights; " in text
    assert "What would settle it: the weights of a2, a3, a4, a5, a6, a7; answers to sat" in text
    text = said(sampled, "id")
    assert f"kategori {settled} dari {len(sampled)} penilaian (Dasar " in text
    assert "Yang memastikannya: bobot a2, a3, a4, a5, a6, a7; jawaban atas satisfaction (" in text
    assert "DATA SINTETIS" in text
    assert (
        "Bobot terbuka dalam maturity: a2, a3, a4, a5, a6, a7 (masing-masing 0 sampai 80)" in text
    )
    assert "Bobot yang terbuka tidak diasumsikan" in text


def test_what_is_shown_contains_what_is_so() -> None:
    third = instrument(
        root=dimension("indeks", *(indicator(f"i{place}") for place in (1, 2, 3)), rule=MEAN)
    )
    table = mi.bounds([row("A", 1, 0, rules=third), row("B", 4, 4, 4, rules=third)])
    text = table.to_text("en")
    assert (table.lower[0], table.upper[0]) == (Fraction(1, 3), Fraction(5, 3))
    assert [line.split() for line in text.splitlines() if line.split()[1:2] in (["A"], ["B"])] == [
        ["1", "B", "4.0000", "4.0000"],
        ["-", "A", "0.3333", "1.6667"],
    ]
    assert "rounded down" in text
    assert "rounded down" not in said(mi.bounds([row("A", 1, 2, 3)]))


def test_a_table_is_ordered_by_ranks_with_the_unranked_last() -> None:
    table = mi.bounds(
        [row("none", 1), row("low", 0, 0, 0), row("wide", 0, 4, 2), row("high", 4, 4, 4)]
    )
    text = table.to_text("en")
    names = ("none", "low", "wide", "high")
    order = [line.split()[:2] for line in text.splitlines()]
    assert [cells for cells in order if cells[1:] and cells[1] in names] == [
        ["1", "high"],
        ["2", "wide"],
        ["3", "low"],
        ["-", "none"],
    ]
    assert "Ranks: certain for 3 of 3" in text
    assert "among the 3 that are ranked" in squeezed(text)
    assert "whether both ends are attained is not known" in squeezed(text)
    assert "The sign -" in text
    crossing = mi.bounds([row("A", 4, 0, 0), row("B", 0, 4, 0)])
    assert "1–2 A" in said(crossing)


def test_of_ends_that_are_attained_that_is_said() -> None:
    table = mi.bounds([row("A", 1, 2, rules=SETTLED), row("B", 3, 1, rules=SETTLED)])
    assert "; both ends are attained." in said(table)
    assert "kedua ujungnya tercapai." in said(table, "id")
    assert "Open weights" not in said(table)
    assert "possible; both" not in said(mi.bounds([row("A", 1, 1)]))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row("A", 0, 4, 2)], "Not certain: 1, because of open weights •"),
        ([row("A", 0, 4)], "Not certain: 1, because of open weights and open answers •"),
        (
            [row("A", 0, 4), row("B", 0, 4, 2)],
            "Not certain: 2, because of open weights; 1 of them with open answers as well •",
        ),
        ([row("A", 1, rules=SETTLED)], "Not certain: 1, because of open answers •"),
    ],
)
def test_why_bands_are_not_certain(rows: list[mi.Assessment], why: str) -> None:
    text = said(mi.bounds(rows))
    assert why in text
    assert "Certain, whatever is open: the bands of 0 of" in text
    assert "assessments (" not in text


def test_what_would_settle_it() -> None:
    doubtful = row("A", 3, 3, rules=SETTLED, states={"i1": "claimed"})
    assert "settle it: verification of the answers to i1 (1)" in said(mi.bounds([doubtful]))
    missing = row("B", 3, rules=SETTLED)
    text = said(mi.bounds([doubtful, missing]))
    assert "settle it: answers to i2 (1); verification of the answers to i1 (1)" in text
    assert "What would settle it" not in said(mi.bounds([row("A", 0, 0, 0)]))


def test_a_table_without_bands_speaks_of_totals() -> None:
    table = mi.bounds([row("A", 1, 1, 1, rules=PLAIN), row("B", 0, 4, 1, rules=PLAIN)])
    text = said(table)
    assert "Certain, whatever is open: the totals of 1 of 2 assessments" in text
    assert "Not certain: 1" in text
    assert "One band" not in text
    assert " band " not in text.split("What is taken")[0]


def test_a_table_of_none_is_shown() -> None:
    nobody = mi.bounds(mi.AssessmentSet.of([row("A", 1, 1, 1)]).where(lambda _: False))
    assert "the bands of 0 of 0 assessments" in said(nobody)
    assert "are ranked" not in said(nobody)


def capped(**fields: object) -> mi.Instrument:
    """Return an instrument whose cap waits for an indicator under a dimension of its own."""
    return instrument(
        root=dimension(
            "indeks", dimension("inner", indicator("i1"), decimals=1), bands=BANDS, **fields
        )
    )


def test_what_waits_for_something_under_an_entry() -> None:
    short = Shortfall(code="i1", below=2)
    lost = capped(caps=(Cap(maximum=Fraction(1), basis=ASSUMED, shortfall=short),))
    one = mi.Assessment(agency="KPK", instrument=lost, points={"inner": 3})
    table = mi.bounds([one])
    text = said(table)
    assert "Without bounds: 1, of which the total can't be bounded" in text
    assert "- (unknown)" in text
    assert "Not certain" not in text
    assert "Nothing is certain: the total can't be bounded." in said(table[0])
    assert "dimension indeks: unknown" in said(table[0])
    known = capped(band_caps=(BandCap(band="tengah", basis=ASSUMED, shortfall=short),))
    table = mi.bounds([attrs.evolve(one, instrument=known)])
    assert table.possible_bands == (("tengah", "tinggi"),)
    assert "because of what lies below points that were entered" in said(table)
    assert "settle it: what lies below points that were entered." in said(table[0])
    # How far limits are says nothing about such a band.
    assert "imit" not in said(table[0]).split("What is taken")[0]


def test_remarks_and_rows_that_were_left_out(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("agency,year,total\nKota Batu,1999,300\nKota Malang,2023,999\n", "utf-8")
    table = mi.bounds(mi.read_assessments(path, "ism-2019", leave_out_faulty=True))
    text = said(table)
    assert "Remarks • assessment of 1999" in text
    assert "Left out • a.csv, line 3" in text
    assert "Remark: assessment of 1999" in said(table[0])
    assert "Why reported" in text


def test_what_is_not_exact_says_so() -> None:
    inexact = instrument(
        root=dimension(
            "indeks",
            dimension(
                "inner", indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED)
            ),
            rule=MEAN,
        )
    )
    levels = {"i1": 1, "i2": 2}
    text = said(mi.bounds([assessed("A", levels, inexact)]))
    assert "not exact to the last digit" in text
    assert "This instrument is not one of the library's catalog" in text


# The card


def test_a_card_of_what_is_certain() -> None:
    table = mi.bounds([row("A", 0, 1, 0), row("B", 1, 1, 1)])
    text = said(table[0])
    assert "Certain: the band is rendah (rendah (en)), whatever the open weights are." in text
    assert "dimension indeks: 0 to 0.8 (of 4)" in text
    assert (
        "Nearest limit: tengah (tengah (en)) from 1.5; the greatest total is 0.7 below it" in text
    )
    assert "Pasti: kategorinya rendah, apa pun bobot yang masih terbuka." in said(table[0], "id")
    assert "Rank: certainly 2 of 2" in text
    assert "i1 indikator i1 80 0" in said(table[0], "id")
    # What is one number needs no weights at its ends.
    assert "dimension indeks: 1 (of 4)" in said(table[1])
    assert "two ends" not in said(table[1])


def test_a_card_of_what_is_not_certain() -> None:
    table = mi.bounds([row("A", 4, 0, 2), row("B", 0, 4, 3)])
    text = said(table["A"])
    assert "Not certain: the band is rendah (rendah (en)), tengah (tengah (en)) or tinggi " in text
    assert "What would settle it: the weights of i1, i2." in text
    assert "Limit of tengah (tengah (en)) from 1.5: 1.1 above the least total, 2.1 below" in text
    assert "Limit of tinggi (tinggi (en)) above 2.5: 2.1 above the least total, 1.1 below" in text
    assert "Rank: 1 to 2 of 2; none outside of these is possible" in text
    text = said(table["A"], "id")
    assert "Belum pasti: kategorinya rendah, tengah atau tinggi." in text
    assert "Peringkat: 1 sampai 2 dari 2; tidak mungkin di luar rentang itu" in text


def test_a_rank_that_is_attained() -> None:
    table = mi.bounds([row("A", 1, rules=SETTLED, states={"i1": "verified"}), row("B", 3, 1)][:1])
    assert table[0].attained
    both = [
        row("A", 1, 2, rules=SETTLED, states={"i1": "claimed", "i2": "claimed"}),
        row("B", 0, 1, rules=SETTLED),
        row("C", 1, rules=SETTLED),
    ]
    table = mi.bounds(both)
    assert "Rank: 1 to 2 of 2; both ends are attained" in said(table["A"])
    assert "Rank: not ranked" in said(table["C"])
    exact = attrs.evolve(mi.bounds([row("A", 4, 0, 2), row("B", 0, 4, 3)]), exact_ranks={0: (1, 2)})
    assert exact[0].attained
    assert not exact[1].attained
    assert "Peringkat: 1 sampai 2 dari 2; kedua ujungnya tercapai" in said(exact[0], "id")


def test_the_nearest_limit_may_be_below_and_there_may_be_none() -> None:
    text = said(mi.bounds(row("A", 4, 3, 4)))
    assert "Nearest limit: tinggi (tinggi (en)) above 2.5; the least total is 0.7 above it" in text
    assert "Batas terdekat: tinggi di atas 2,5; nilai terendah 0,7 di atasnya" in said(
        mi.bounds(row("A", 4, 3, 4)), "id"
    )
    alone = attrs.evolve(
        SETTLED, root=attrs.evolve(SETTLED.root, bands=Bands(items=(band("satu"),)))
    )
    assert "limit" not in said(mi.bounds(row("A", 1, 1, rules=alone)))


def test_one_who_is_alone_has_no_rank_to_speak_of() -> None:
    assert "Rank" not in mi.bounds(row("A", 1, 1, 1)).to_text("en").split("What is taken")[0]


@pytest.mark.parametrize(
    ("one", "whatever"),
    [
        (row("A", 0, 0, 0), ", whatever the open weights are."),
        (row("A", 0, 0, 1, states={"i3": "claimed"}), ", whatever the open weights and the open"),
        (row("A", 1, 0, rules=SETTLED, states={"i1": "claimed"}), ", whatever the open answers"),
        (row("A", 1, 0, rules=SETTLED), "; nothing is open."),
    ],
)
def test_in_face_of_what_a_band_is_certain(one: mi.Assessment, whatever: str) -> None:
    text = said(mi.bounds(one))
    assert f"Certain: the band is rendah (rendah (en)){whatever}" in text
    # Of a band that is certain nothing can be settled.
    assert "enough" not in text
    assert "Enough" not in text


def test_a_card_without_bands() -> None:
    text = said(mi.bounds(row("A", 1, 1, 1, rules=PLAIN)))
    assert "Certain: the total is one number, whatever the open weights are." in text
    text = said(mi.bounds(row("A", 0, 1, rules=PLAIN)))
    assert "Not certain: the total. What would settle it: the weights of i1, i2; answers" in text
    assert "enough" not in text


def test_open_items_with_what_they_may_be_and_decide() -> None:
    one = row("A", 2, rules=SETTLED, states={"i1": "claimed"})
    card = mi.bounds(one)
    assert [decision.item.code for decision in card.decisions] == ["i2", "i1"]
    text = said(card)
    assert "i2 indicator i2 0 to 4 (not answered) 2 2 maybe" in text
    assert "i1 indicator i1 0 to 2 (claimed) 1 1 no" in text
    assert "One answer alone may settle it: i2." in text
    assert "i2 indikator i2 0 sampai 4 (belum dijawab) 2 2 mungkin" in said(card, "id")
    # Where it is the only one, there is no need to say so.
    card = mi.bounds(row("A", 2, rules=SETTLED))
    assert "One answer alone" not in said(card)
    assert "Enough: " in said(card)
    text = said(mi.bounds(row("A", 2, 2, rules=SETTLED), policy=mi.AnswerPolicy(unstated="any")))
    assert "0 to 4 (without a state)" in text


def test_open_gates_and_measures_of_which_less_is_better() -> None:
    rules = instrument(
        root=dimension(
            "indeks",
            indicator("i1", conditions=(when("g"),)),
            indicator("i2"),
            rule=MEAN,
            deductions=(measure("m", None),),
            bands=BANDS,
        ),
        gates=(gate("g"),),
    )
    text = said(mi.bounds(assessed("A", {"i2": 1}, rules)))
    assert "g question g any option (not answered)" in text
    assert "m measure m 0 to 1 (not answered)" in text


def test_weights_under_points_that_were_entered_do_not_matter() -> None:
    inner = attrs.evolve(OPEN.root, code="inner", weight=figure(1), bands=None, decimals=1)
    other = attrs.evolve(
        inner,
        code="other",
        children=tuple(attrs.evolve(each, code=f"o{each.code}") for each in inner.children),
    )
    rules = instrument(root=dimension("indeks", inner, other, rule=MEAN, bands=BANDS))
    both = {"i1": 1, "i2": 3, "i3": 2, "oi1": 1, "oi2": 3, "oi3": 2}
    text = said(mi.bounds(assessed("A", both, rules)))
    assert "the weights of i1, i2, oi1, oi2." in text
    assert "i1 indicator i1 inner 80 0" in text
    points = mi.Assessment(agency="KPK", instrument=rules, levels=both, points={})
    entered = attrs.evolve(points, levels=list(both.items())[:3], points={"other": "1.5"})
    text = said(mi.bounds(entered))
    assert "the weights of i1, i2." in text
    assert "i1 indicator i1 80 0" in text


def test_derived_figures_are_bounded_as_well() -> None:
    share = DerivedFigure(code="share", name=mi.Text("bagian", "share"), factor=figure("-1/2"))
    rules = attrs.evolve(OPEN, derived=(share,))
    text = said(mi.bounds(row("A", 1, 3, 2, rules=rules)))
    assert "share: -1.4 to -0.6 (assumed)" in text


def test_synthetic_is_said_of_the_one_that_is() -> None:
    table = mi.bounds([row("A", 1, 1, 1, synthetic=True), row("B", 1, 1, 1)])
    assert "SYNTHETIC DATA" in said(table)
    assert "SYNTHETIC DATA" in said(table[0])
    assert "SYNTHETIC DATA" not in said(table[1])
    assert "SYNTHETIC DATA" in table.relation_text(["A"], "en")
    assert "SYNTHETIC DATA" not in table.relation_text(["B"], "en")


def test_names_are_escaped() -> None:
    table = mi.bounds([row(SCRIPT, 1, 2, 3), row("B & C", 2, 2, 1)])
    relation = to_html(relation_document(table, (0, 1), "id"))
    for html in (table.to_html(), table[0].to_html("en"), relation):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


# One against the other


def test_the_relation_of_a_group() -> None:
    table = mi.bounds(
        [row("A", 4, 0, 2), row("B", 0, 4, 3), row("C", 0, 0, 0), row("D", 0, 0, 0), row("E", 1)]
    )
    text = table.relation_text(["A", 1, "C", "D"], "en")
    grid = [line.split() for line in text.splitlines() if line[:2].strip().isdigit()]
    assert grid == [
        ["1", "A", "·", "?", ">", ">"],
        ["2", "B", "?", "·", ">", ">"],
        ["3", "C", "≤", "≤", "·", "≤"],
        ["4", "D", "≤", "≤", "≤", "·"],
    ]
    assert "Who is above is certain for 4 of 6 pairs." in text
    assert "• ≤ the agency of the row is certainly not above that of the column" in squeezed(text)
    assert "Pasti siapa yang di atas: 4 dari 6 pasangan." in table.relation_text(range(4))
    with pytest.raises(mi.UnknownNameError):
        table.relation_text(["Z"])
    with pytest.raises(IndexError):
        table.relation_text([9])


# The words


def test_bands_and_ranks_in_short() -> None:
    assert bands_text(()).en == "(unknown)"
    assert bands_text(("a",)).en == "a"
    assert bands_text(("a", "b")).id == "a atau b"
    assert bands_text(("a", "b", "c")).id == "a sampai c"
    assert ranks_text(None) == "-"
    assert ranks_text((3, 3)) == "3"
    assert ranks_text((3, 12)) == "3–12"
    assert settling_text(["a"], [], []).en == "the weights of a"
    assert settling_text(["a"], ["b"], ["c"]).id == "bobot a; jawaban atas b; verifikasi jawaban c"


SIXTHS = mi.Given({f"a{number}": Fraction(80, 6) for number in range(2, 8)}, source="X")


@pytest.mark.parametrize(
    ("weighting", "certain"),
    [
        (mi.EqualRemainder(), "Certain with the remainder shared equally"),
        (SIXTHS, "Certain with weights from X"),
        (mi.Admissible(), "Certain"),
    ],
)
def test_a_certainty_names_the_weights_that_were_chosen(
    weighting: mi.EqualRemainder | mi.Given | mi.Admissible, certain: str
) -> None:
    table = mi.bounds(mi.sample(), weighting)
    row = next(row for row, band in enumerate(table.certain_bands) if band is not None)
    assert f"{certain}: the band is" in said(table[row])
    assert f"{certain}, whatever is open: the bands of" in said(table)
