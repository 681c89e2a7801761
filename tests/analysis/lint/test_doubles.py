"""Leaves that ask for the same under two codes."""

from __future__ import annotations

import pytest

from builders import ASSUMED, gate, indicator, levels, measure, when
from lint_looking import check, found, only, share, top
from meritindex.definition import Level, Minimum
from meritindex.language import Text

TWICE = "double-weighting"


def asking(code, question, **fields):
    return share(code, question=Text(question, f"{question} (en)"), **fields)


def criteria(*texts):
    return tuple(
        Level(value=place, points=place, criterion=Text(text, f"{text} (en)"))
        for place, text in enumerate(texts)
    )


def test_the_same_question():
    definition = top(asking("a", "Apakah  ada SKP?"), asking("b", "apakah ada skp?"))
    check(only(definition, TWICE), "warning", "b", "a and b ask the same question")
    assert found(top(asking("a", "SKP?"), asking("b", "SKJ?")), TWICE) == []


def test_the_same_name():
    name = Text("Kinerja", "Performance")
    definition = top(share("a", name=name), share("b", name=Text("kinerja", "x")))
    check(only(definition, TWICE), "warning", "b", "have the same name")
    measures = top(measure("m", name=name), measure("n", name=name))
    check(only(measures, TWICE), "warning", "n", "have the same name")
    half = top(asking("a", "SKP?", name=name), share("b", name=name))
    check(only(half, TWICE), "warning", "b", "have the same name")


def test_a_sub_aspect_with_several_questions_is_none():
    name = Text("Kinerja", "Performance")
    definition = top(asking("a", "SKP?", name=name), asking("b", "SKJ?", name=name))
    assert found(definition, TWICE) == []
    assert found(top(share("a", name=name), measure("m", name=name)), TWICE) == []


def test_the_same_criteria_and_evidence():
    letter = (Text("surat", "letter"),)
    fields = {"levels": criteria("tidak ada", "ada"), "evidence": letter}
    definition = top(asking("a", "SKP?", **fields), asking("b", "SKJ?", **fields))
    check(only(definition, TWICE), "warning", "b", "the same criteria and evidence")
    other = dict(fields, evidence=(Text("foto", "photo"),))
    assert found(top(asking("a", "SKP?", **fields), asking("b", "SKJ?", **other)), TWICE) == []
    # Criteria that fit anything say little without the evidence.
    without = {**fields, "evidence": ()}
    assert found(top(asking("a", "SKP?", **without), asking("b", "SKJ?", **without)), TWICE) == []
    bare = dict(fields, levels=levels(0, 1))
    assert found(top(asking("a", "SKP?", **bare), asking("b", "SKJ?", **bare)), TWICE) == []


def test_alternatives_count_once():
    one = asking("a", "SKP?", conditions=(when("g", "yes"),))
    other = asking("b", "SKP?", conditions=(when("g", "no"),))
    assert found(top(one, other, gates=(gate("g"),)), TWICE) == []
    both = asking("b", "SKP?", conditions=(when("g", "no", "yes"),))
    check(only(top(one, both, gates=(gate("g"),)), TWICE), "warning", "b")


@pytest.mark.parametrize("weight", [0, 1])
def test_what_weighs_nothing_does_not_count(weight):
    definition = top(asking("a", "SKP?"), asking("b", "SKP?", weight=weight))
    assert len(found(definition, TWICE)) == weight


def test_three_of_a_kind_are_three_pairs_at_most():
    rule = Minimum(basis=ASSUMED)
    definition = top(*(asking(code, "SKP?", weight=None) for code in "abc"), rule=rule)
    assert [each.where for each in found(definition, TWICE)] == ["b", "c", "c"]
    assert found(top(indicator("a"), indicator("b")), TWICE) == []
