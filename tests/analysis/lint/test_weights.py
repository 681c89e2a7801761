"""Weights that nobody published, and weights that don't fill the whole they look like shares of."""

from __future__ import annotations

import attrs
import pytest

from builders import ASSUMED, MEAN, SUM, dimension, indicator, measure
from lint_looking import check, found, only, top
from meritindex.definition import EqualRemainder, Given, Median, WeightedMean

PERCENT = WeightedMean(basis=ASSUMED, whole=100)


def weighed(*weights, rule=SUM):
    return top(*(indicator(f"a{place}", each) for place, each in enumerate(weights)), rule=rule)


@pytest.mark.parametrize("weights", [(20, 30, 40), ("0.5", "0.4"), ("33.3",) * 3, (50, 55)])
@pytest.mark.parametrize("rule", [SUM, MEAN])
def test_shares_that_miss_their_whole(weights, rule):
    finding = only(weighed(*weights, rule=rule), "weights-incomplete")
    check(finding, "warning", "top", "add up to")


def test_the_whole_and_the_sum_are_named():
    finding = only(weighed(20, 30, 40), "weights-incomplete")
    assert "shares of 100, but add up to 90" in finding.message.en
    assert 'whole = "100"' in finding.message.en
    assert "berjumlah 0,9" in only(weighed("0.5", "0.4"), "weights-incomplete").message.id


@pytest.mark.parametrize(
    "weights",
    [
        (1,) * 95,  # plain factors
        (1, 1),
        (2, 3),
        tuple(range(1, 5)) * 10,  # 100 altogether
        (2, 3) * 20 + (1,),  # near 100, because they are many
        (20, 30, 50),
        ("0.5", "0.5"),
        (60, 20),  # far from 100
        (95,),  # no share of anything
        (100, 2),
    ],
)
def test_factors_are_no_shares(weights):
    assert found(weighed(*weights), "weights-incomplete") == []


def test_what_is_checked_on_loading_needs_no_finding():
    assert found(weighed(20, 80, rule=PERCENT), "weights-incomplete") == []
    assert found(weighed(None, None, rule=Median(basis=ASSUMED)), "weights-incomplete") == []


def test_one_weight_that_is_not_published():
    finding = only(weighed(60, None, rule=PERCENT), "weight-unpublished")
    check(finding, "warning", "a1", "a1 in top", "60 of 100", "the rest, 40,")
    assert finding.message.en.startswith("the weight of a1 in top is not published; ")
    several = only(weighed(60, None, None, rule=PERCENT), "weight-unpublished")
    assert several.message.en.startswith("the weights of a1 and a2 in top are not published; ")


@pytest.mark.parametrize("weighting", [EqualRemainder(), Given({"a1": 20, "a2": 20})])
def test_several_that_are_not_published(weighting):
    definition = attrs.evolve(weighed(60, None, None, rule=PERCENT), default_weighting=weighting)
    check(only(definition, "weight-unpublished"), "warning", "top", "a1 and a2 in top")


def test_every_dimension_for_itself():
    inner = dimension("inner", indicator("b", None), rule=PERCENT, weight=None)
    definition = top(inner, rule=PERCENT)
    assert [each.where for each in found(definition, "weight-unpublished")] == ["inner", "b"]


def test_what_has_no_weight_to_publish():
    definition = top(
        indicator("a1"), deductions=(measure("off", None),), bonuses=(measure("on", None),)
    )
    assert found(definition, "weight-unpublished") == []
    assert found(weighed(None, rule=Median(basis=ASSUMED)), "weight-unpublished") == []
