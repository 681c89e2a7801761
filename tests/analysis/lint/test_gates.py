"""Gates without use, and answers that take a dimension away."""

from __future__ import annotations

from builders import MEAN, dimension, gate, when
from lint_looking import check, found, only, share, top

REMOVED = "gate-removes-dimension"


def test_a_gate_without_use():
    asked = share("a", conditions=(when("g"),))
    definition = top(asked, share("b"), gates=(gate("g"), gate("h")))
    check(only(definition, "gate-unused"), "warning", "h", "the gate h")


def test_an_answer_that_takes_a_dimension_away():
    inner = dimension("inner", *(share(code, conditions=(when("g"),)) for code in "ab"))
    definition = top(inner, share("c"), gates=(gate("g"),))
    check(only(definition, REMOVED), "warning", "g", "g = no", "inner", "lost to top")
    mean = top(inner, share("c"), rule=MEAN, gates=(gate("g"),))
    check(only(mean, REMOVED), "warning", "g", "other parts alone make up top")
    sound = dimension("inner", share("a", conditions=(when("g"),)), share("b"))
    assert found(top(sound, gates=(gate("g"),)), REMOVED) == []


def test_all_of_them_away_leaves_no_total():
    definition = top(share("a", conditions=(when("g", "yes"),)), gates=(gate("g"),))
    check(only(definition, REMOVED), "error", "g", "top", "there is no total")


def test_each_answer_that_does_it():
    inner = dimension("inner", share("a", conditions=(when("g", "one"),)))
    definition = top(inner, share("c"), gates=(gate("g", "one", "two", "three"),))
    assert [each.message.en.split(" the whole")[0] for each in found(definition, REMOVED)] == [
        "under the answer g = two",
        "under the answer g = three",
    ]


def test_several_answers_together():
    children = (share("a", conditions=(when("g"),)), share("b", conditions=(when("h"),)))
    definition = top(dimension("inner", *children), share("c"), gates=(gate("g"), gate("h")))
    check(only(definition, REMOVED), "warning", "g", "g = no and h = no")


def test_single_answers_and_others_that_are_left():
    children = (
        share("a", conditions=(when("g"), when("h"))),
        share("b", conditions=(when("g"), when("k"))),
    )
    definition = top(
        dimension("inner", *children), share("c"), gates=(gate("g"), gate("h"), gate("k"))
    )
    single, others = found(definition, REMOVED)
    check(single, "warning", "g", "g = no the whole")
    check(others, "warning", "g", "g = yes, h = no and k = no the whole")


def test_dimensions_that_go_together_are_told_once():
    asked = share("a", conditions=(when("g"),))
    inner = dimension("inner", dimension("deep", asked))
    check(only(top(inner, share("c"), gates=(gate("g"),)), REMOVED), "warning", "g", "of inner")
    beside = dimension("beside", share("b", conditions=(when("g"),)))
    definition = top(inner, beside, share("c"), gates=(gate("g"),))
    check(only(definition, REMOVED), "warning", "g", "of inner and beside")


def test_a_mean_of_what_weighs_nothing_goes_too():
    inner = dimension("inner", share("a", conditions=(when("g"),)), share("b", 0), rule=MEAN)
    check(only(top(inner, share("c"), gates=(gate("g"),)), REMOVED), "warning", "g", "of inner")
