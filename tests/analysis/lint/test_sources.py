"""Numbers without source, sources without use, indicators without evidence."""

from __future__ import annotations

from datetime import date

import attrs

from builders import LAW, OFFICIAL, dimension, figure, instrument, levels
from lint_looking import check, found, only, share, top
from meritindex.definition import (
    Basis,
    DerivedFigure,
    Given,
    Indicator,
    InForce,
    LevelScale,
    Remark,
    Source,
    WeightedSum,
)
from meritindex.language import Text

LETTER = (Text("surat", "letter"),)
GUESS = Basis(standing="assumed", reason=Text("tebakan", "a guess"))


def shown(code, **fields):
    """Return an indicator of which everything has a source."""
    return Indicator(
        **{
            "code": code,
            "name": Text.same(code),
            "scale": LevelScale(levels=levels(0, 1), basis=OFFICIAL),
            "basis": OFFICIAL,
            "weight": figure(1, OFFICIAL),
            "evidence": LETTER,
            **fields,
        }
    )


def sourced(*children, **fields):
    """Return an instrument of which everything has a source."""
    root = dimension(
        "top",
        *(children or (shown("a"),)),
        basis=OFFICIAL,
        rule=WeightedSum(basis=OFFICIAL),
        weight=None,
    )
    force = InForce(start=date(2026, 1, 1), basis=OFFICIAL)
    return instrument(**{"root": root, "in_force": force, **fields})


def test_everything_has_a_source():
    for code in ("source-missing", "source-unused", "evidence-missing", "date-missing"):
        assert found(sourced(), code) == []


def test_a_number_without_source():
    scale = LevelScale(levels=levels(0, 1), basis=GUESS)
    finding = only(sourced(shown("a", scale=scale), shown("b")), "source-missing")
    check(finding, "warning", "a", "of a has no source", "a guess")


def test_what_is_assumed_for_the_same_reason_is_one_finding():
    weight = figure(2, GUESS)
    definition = sourced(*(shown(f"a{n}", weight=weight) for n in range(12)), shown("b"))
    finding = only(definition, "source-missing")
    check(finding, "warning", "a0", "of a0, a1, a2, a3, a4, a5, a6 and 5 more")
    assert "a6, dan 5 lainnya" in finding.message.id


def test_reasons_are_told_apart():
    definition = sourced(shown("a", weight=figure(1, GUESS)), shown("b", weight=figure(1)))
    assert [each.where for each in found(definition, "source-missing")] == ["a", "b"]


def test_remarks_need_none_and_other_figures_do():
    remark = Remark(text=Text("catatan", "remark"), basis=GUESS)
    assert found(sourced(remarks=(remark,)), "source-missing") == []
    derived = DerivedFigure(code="share", name=Text.same("x"), factor=figure(2, GUESS))
    check(only(sourced(derived=(derived,)), "source-missing"), "warning", "example", "a guess")
    force = InForce(start=2026, basis=GUESS)
    check(only(sourced(in_force=force), "source-missing"), "warning", "example")


def test_weights_of_the_instruments_own():
    given = Given({"a": 2})
    finding = only(sourced(default_weighting=given), "source-missing")
    check(finding, "warning", "example", "given by the caller")
    assert (
        found(sourced(default_weighting=attrs.evolve(given, source="law")), "source-missing") == []
    )


def test_a_source_that_nothing_cites():
    page = Source(code="page", title=Text("laman", "a page"))
    definition = sourced(sources=(LAW, page))
    check(only(definition, "source-unused"), "note", "page", "a page")
    given = attrs.evolve(definition, default_weighting=Given({"a": 2}, source="page"))
    assert found(given, "source-unused") == []


def test_an_indicator_without_evidence():
    definition = sourced(shown("a"), shown("b", evidence=()))
    check(only(definition, "evidence-missing"), "warning", "b", "for b")
    several = sourced(shown("a", evidence=()), shown("b", evidence=()))
    check(only(several, "evidence-missing"), "warning", "top", "for a and b")
    check(only(top(share("a", evidence=LETTER), share("b")), "evidence-missing"), "warning", "b")


def test_no_date():
    check(only(sourced(in_force=None), "date-missing"), "note", "example", "in force")
