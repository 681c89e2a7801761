from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, dimension, gate, indicator, instrument, measure, when
from meritindex.definition import AgencyKind, Rounding
from meritindex.language import LANGUAGES, Language
from meritindex.layout.wrapping import places
from meritindex.scoring import Explanation
from meritindex.scoring.formulas import approximate, shown

TREE = instrument(
    root=dimension(
        "total_points",
        dimension(
            "first",
            indicator("i1", conditions=(when("works"), when("free"))),
            indicator("i2", 2),
            rule=MEAN,
            rounding=Rounding(digits=1, basis=ASSUMED),
            decimals=1,
        ),
        dimension("second", weight=3),
        measure("m1", "1/3"),
        indicator("i3", missing="lowest", missing_basis=ASSUMED),
        deductions=(measure("m2", None, missing="zero", missing_basis=ASSUMED),),
        remark=mi.Text("catatan", "a remark"),
    ),
    gates=(gate("works", by_kind=((AgencyKind.CITY, ("yes",)),)), gate("free")),
)


def explain(missing: str | None = None, **answers: object) -> Explanation:
    one = {"agency": "Kota Malang", "instrument": TREE}
    return mi.score(mi.Assessment(**(one | answers)), missing=missing).explain()


FULL = {
    "gates": {"free": "yes"},
    "levels": {"i1": 1, "i2": 3, "i3": 2},
    "measures": {"m1": "0.5", "m2": "0.25"},
    "points": {"second": "7.5"},
}


def test_every_node_in_the_order_of_the_tree() -> None:
    found = explain(**FULL)
    assert [node.code for node in found.walk()] == [node.code for node in TREE.nodes]
    assert found["total_points"] is found
    assert found["i2"].name == TREE["i2"].name
    with pytest.raises(KeyError):
        found["nowhere"]


def test_formulas_are_filled_in() -> None:
    found = explain(**FULL)
    # (1 + 2 * 3) / 3 = 7/3, rounded to 2.3
    assert found["first"].points == Fraction("2.3")
    assert found["first"].formula.en.startswith("(1 × 1 + 2 × 3) / 3 = 7/3")
    assert found["first"].formula.en.endswith("→ 2.3")
    assert found["first"].formula.id.endswith("→ 2,3")
    # 2.3 + 3 * 7.5 + 1/6 + 2 - 0.25
    assert found.points == Fraction("26.55") + Fraction(1, 6)
    assert found.formula.en.startswith("1 × 2.3 + 3 × 7.5 + 1/3 × 0.5 + 1 × 2 − 0.25 = 1603/60")
    assert found["second"].formula is None
    assert found["i2"].formula is None


def test_contributions_add_up() -> None:
    found = explain(**FULL)
    contributions = {node.code: node.contribution for node in found.walk()}
    assert contributions == {
        "total_points": None,
        "first": Fraction("2.3"),
        "i1": Fraction(1, 3),
        "i2": Fraction(2),
        "second": Fraction("22.5"),
        "m1": Fraction(1, 6),
        "i3": Fraction(2),
        "m2": Fraction("-0.25"),
    }
    assert sum(child.contribution for child in found.children) == found.points


def test_levels_ranges_weights_and_remarks() -> None:
    found = explain(**FULL)
    assert found["i1"].level == TREE["i1"].level(1)
    assert found["m1"].level is None
    assert (found["second"].minimum, found["second"].maximum) == (0, 100)
    assert found["i2"].weight.value == 2
    assert found.weight is None
    assert found["m2"].weight is None
    assert found.remark == mi.Text("catatan", "a remark")
    assert found.band is None


def test_conditions_say_how_the_gates_are_answered() -> None:
    assert [text.en for text in explain(**FULL)["i1"].conditions] == [
        "works = yes (follows from the kind of agency)",
        "free = yes",
    ]
    assert [text.id for text in explain()["i1"].conditions] == [
        "works = yes (mengikuti jenis instansi)",
        "free belum dijawab",
    ]
    assert explain(**FULL)["i2"].conditions == ()


def test_what_is_missing_counts_by_its_policy() -> None:
    found = explain(gates={"free": "no"}, levels={"i2": 1}, measures={"m1": 1})
    assert found["i1"].status == "not applicable"
    assert found["i1"].points is None
    assert found["i3"].points == 0
    assert found["i3"].level is None
    assert found["m2"].points == 0
    assert found["second"].status == "missing"
    assert found.points is None
    assert found["first"].formula.en == "(2 × 1) / 2 = 1 → 1"
    assert found.formula.en == "1 × 1 + 3 × ? + 1/3 × 1 + 1 × 0 − 0 = ?"


def test_a_deduction_that_is_missing_leaves_the_result_open() -> None:
    one = attrs.evolve(FULL["levels"] and TREE.root, deductions=(measure("m2", None),))
    card = mi.score(
        mi.Assessment(
            **(
                {"agency": "Kota Malang", "instrument": attrs.evolve(TREE, root=one)}
                | FULL
                | {"measures": {"m1": 0}}
            )
        )
    )
    assert card.explain().formula.en.endswith("− ? = ?")


def test_nothing_to_combine_has_no_formula() -> None:
    one = instrument(
        root=dimension(
            "total_points",
            dimension("a", indicator("i1", conditions=(when("g"),)), rule=MEAN),
            dimension("b", indicator("i2", missing="drop", missing_basis=ASSUMED), rule=MEAN),
            rule=MEAN,
        ),
        gates=(gate("g"),),
    )
    found = mi.score(
        mi.Assessment(agency="Kota Malang", instrument=one, gates={"g": "no"})
    ).explain()
    assert found["a"].formula is None
    assert found["b"].formula is None
    assert found["b"].children[0].contribution is None
    assert found.formula.en == "(1 × ?) / 1 = ?" or found.formula.en == "? = ?"


def test_an_entry_hides_the_formula_and_what_is_below() -> None:
    found = explain(points={"total": 3})
    assert (found.points, found.formula, found.status) == (3, None, "entered")
    for node in found.walk()[1:]:
        assert (node.points, node.contribution, node.status) == (None, None, "not given")


def test_sources_are_those_of_the_node_its_weight_and_its_rule() -> None:
    found = mi.score(mi.sample())[0].explain()
    instrument_2026 = mi.instrument("ism-2026")
    assert [source.code for source in found["a1"].sources][:1] == list(
        instrument_2026["a1"].basis.sources
    )
    for node in found.walk():
        assert all(source in instrument_2026.sources for source in node.sources)
    given = mi.Given({"i2": 2}, source="a letter")
    one = mi.score(mi.Assessment(agency="Kota Malang", instrument=TREE), given).explain()
    assert mi.Source(code="a letter", title=mi.Text.same("a letter")) in one["i2"].sources


@pytest.mark.parametrize(
    ("value", "exact", "near"),
    [
        (None, "?", "?"),
        (Fraction(5, 2), "2.5", "2.5"),
        (Fraction(1, 3), "1/3", "≈ 0.333333"),
        (Fraction(1, 10**6), "0.000001", "0.000001"),
        (Fraction(1, 10**7), "1/10000000", "≈ 0"),
        (Fraction(-3), "-3", "-3"),
    ],
)
def test_numbers_are_shown_exactly_or_marked(value: Fraction | None, exact: str, near: str) -> None:
    assert shown(value, "en") == exact
    assert approximate(value, "en") == near
    assert shown(value, "id") == exact.replace(".", ",")
    assert approximate(value, "id") == near.replace(".", ",")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tree_fits_on_a_page(language: Language) -> None:
    for found in (explain(**FULL), explain(), mi.score(mi.sample())[3].explain()):
        text = found.to_text(language)
        assert max(map(places, text.splitlines())) <= 80
        for node in found.walk():
            assert node.code in text
        assert max(map(places, found.to_text(language, 60).splitlines())) <= 60
        assert found._repr_html_() == found.to_html()
        assert "<ul" in found.to_html(language)
    assert repr(explain(**FULL)) == "<Explanation of total_points: 1603/60, assumed>"
    assert repr(explain()) == "<Explanation of total_points: None, assumed>"


def test_a_policy_in_place_of_a_result_is_said_and_leaves_children_no_part_in_it() -> None:
    zero = {"missing": "zero", "missing_basis": ASSUMED}
    one = instrument(
        root=dimension("t", indicator("a"), indicator("b"), rule=MEAN, weight=None, **zero)
    )
    answered = mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 4})
    explanation = mi.score(answered).explain()
    assert explanation.formula == mi.Text(
        "(4 + ?) / 2 = ? → dihitung 0", "(4 + ?) / 2 = ? → counted as 0"
    )
    assert explanation["a"].contribution is None


def test_under_a_rule_without_weights_none_is_shown() -> None:
    children = (indicator("a", None), indicator("b", None))
    one = instrument(root=dimension("t", *children, rule=mi.Minimum(basis=ASSUMED), weight=None))
    answered = mi.Assessment(agency=mi.Agency(name="A"), instrument=one, levels={"a": 1, "b": 3})
    explanation = mi.score(answered).explain()
    assert explanation["a"].weight is None
    assert "weight" not in explanation.to_text("en")
