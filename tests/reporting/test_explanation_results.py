from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
import strategies
from builders import ASSUMED, dimension, indicator, instrument
from meeting import law
from meritindex.reporting.explanation_results import explanation_csv, explanation_json
from meritindex.reporting.results import json_text
from meritindex.testing import assessment_sets


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def walk(node):
    yield node
    for child in node["children"]:
        yield from walk(child)


@pytest.fixture(scope="module")
def card():
    return mi.score(mi.sample())[3]


def test_a_step_for_every_node(card):
    data = json.loads(json_text(explanation_json(card)))
    steps = list(walk(data["explanation"]))
    nodes = card.explain().walk()
    assert [step["code"] for step in steps] == [node.code for node in nodes]
    for step, node, row in zip(steps, nodes, rows(explanation_csv(card, "id")), strict=True):
        exact = None if node.points is None else str(node.points)
        assert (step["points"] or {}).get("exact") == exact
        assert row["points_exact"] == (exact or "")
        assert Fraction(step["max"]) == node.maximum
        assert step["name"] == {"id": node.name.id, "en": node.name.en}
        assert step["sources"] == [source.code for source in node.sources]
        assert row["standing"] == step["standing"] == node.standing.value
        assert row["criterion"] == (
            "" if node.level is None or node.level.criterion is None else node.level.criterion.id
        )
    assert data["synthetic"] is True
    assert {row["synthetic"] for row in rows(explanation_csv(card, "id"))} == {"yes"}
    assert data["explanation"]["points"]["exact"] == str(card.total)


def test_depth_and_parents(card):
    found = {row["code"]: row for row in rows(explanation_csv(card, "en"))}
    root = card.instrument.root.code
    assert (found[root]["depth"], found[root]["parent"]) == ("0", "")
    for row in found.values():
        if row["parent"]:
            assert int(row["depth"]) == int(found[row["parent"]]["depth"]) + 1


def test_sources_are_listed_once(card):
    data = explanation_json(card)
    named = {code for step in walk(data["explanation"]) for code in step["sources"]}
    listed = [source["code"] for source in data["sources"]]
    assert sorted(listed) == sorted(named)


def test_what_is_not_exact_says_so():
    mean = mi.GeometricMean(basis=ASSUMED, floor=1)
    inner = dimension("d", indicator("i1"), indicator("i2"), rule=mean)
    made = instrument(root=dimension("total_points", inner, rule=mean))
    answer = mi.Assessment(agency="Kota Batu", instrument=made, levels={"i1": 2, "i2": 3})
    card = mi.score(answer)
    data = explanation_json(card)["explanation"]
    step = data["children"][0]
    assert step["points"]["exact"] is None
    assert step["points"]["double"] == pytest.approx(6**0.5)
    assert step["points"]["approximate"] is True
    first = step["children"][0]
    assert first["points"] == {"exact": "2", "decimal": "2"}
    found = {row["code"]: row for row in rows(explanation_csv(card, "en"))}
    assert (found["d"]["points_exact"], found["i1"]["points_exact"]) == ("", "2")


@law(10)
@given(st.data())
def test_any_explanation_is_data(data):
    made = data.draw(strategies.instruments(refusals=False))
    many = data.draw(assessment_sets(made, max_size=1))
    card = mi.score(many, mi.EqualRemainder())[0]
    steps = list(walk(json.loads(json_text(explanation_json(card)))["explanation"]))
    for language in ("id", "en"):
        assert len(rows(explanation_csv(card, language))) == len(steps)
