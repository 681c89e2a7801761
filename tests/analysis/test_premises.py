"""What a result holds for, in words: open weights, known facts, and what answers may stand for."""

from __future__ import annotations

import meritindex as mi
from builders import ASSUMED, dimension, gate, indicator, instrument
from meritindex.analysis.premises import named_codes
from meritindex.language import Language, Text

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
OPEN = instrument(
    root=dimension(
        "indeks", indicator("i1", None), indicator("i2", None), indicator("i3", 20), rule=HUNDRED
    )
)
ONE = mi.Assessment(agency=mi.Agency(name="A"), instrument=OPEN, levels={"i1": 1, "i2": 2, "i3": 3})


def said(found: mi.BoundsCard, language: Language = "en") -> str:
    return " ".join(found.to_text(language).split())


def test_the_facts_and_the_policy_are_said() -> None:
    facts = mi.Admissible(
        {"i1": (10, 60), "i3": (None, None)},
        order=[("i1", "i2", "i3")],
        sums={("i1", "i2"): (70, None)},
    )
    policy = mi.AnswerPolicy(verified="down-1", unanswered="lowest")
    text = said(mi.bounds(ONE, facts, policy=policy))
    assert (
        "What is known: i1 is from 10 to 60; i3 is at least 0; i1 weighs at least as much as i2; "
        "i2 weighs at least as much as i3; i1 + i2 is at least 70"
    ) in text
    assert "Open weights in indeks: i1 (35 to 60); i2 (20 to 50); i3 (0 to 30)" in text
    assert "Answers verified: that level or up to 1 level lower" in text
    assert "Answers evidenced, without a state: as answered" in text
    assert "What is not answered: the answer that is worth least" in text
    text = said(mi.bounds(ONE, facts), "id")
    assert "Yang diketahui: i1 dari 10 sampai 60; i3 paling sedikit 0; bobot i1 paling" in text
    given = mi.Given({"i1": 40, "i2": 40, "i3": 20})
    text = said(mi.bounds(ONE, given))
    assert "Weighting: weights given by the caller" in text
    assert "Open weights" not in text


def test_many_codes_are_counted() -> None:
    many = instrument(
        root=dimension(
            "indeks", *(indicator(f"i{place}", None) for place in range(14)), rule=HUNDRED
        )
    )
    one = mi.Assessment(
        agency=mi.Agency(name="A"),
        instrument=many,
        levels={f"i{place}": 1 for place in range(14)},
    )
    text = said(mi.bounds(one))
    assert "i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, … (14) (each 0 to 100)" in text


def test_few_items_are_called_by_their_names() -> None:
    rules = instrument(*(indicator(f"i{place}") for place in range(5)), gates=(gate("g"),))
    assert named_codes(rules, ("i1", "g")) == Text(
        "indikator i1 (i1), pertanyaan g (g)", "indicator i1 (i1), question g (g)"
    )
    codes = ("i0", "i1", "i2", "i3", "i4")
    assert named_codes(rules, codes) == Text.same("i0, i1, i2, i3, i4")
