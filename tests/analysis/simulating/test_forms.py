"""Forms of totals where rules state no whole, and where something is missing."""

from __future__ import annotations

import numpy as np
import pytest

import meritindex as mi
from builders import MEAN, SUM, dimension, gate, indicator, instrument, measure, when
from meritindex.analysis.open_tree import open_tree
from meritindex.analysis.simulating import Robustness, robustness
from meritindex.analysis.simulating.answers import Answers
from meritindex.analysis.simulating.linear import Linear, is_fast
from meritindex.analysis.simulating.stepwise import Stepwise
from meritindex.definition import Admissible
from meritindex.scoring.rows import Inputs

OPEN = Admissible({"a": (1, 4), "b": ("0.5", "2.25"), "d": (1, 3)})


def relative(rule: object) -> mi.Instrument:
    """Return an instrument whose weights are relative, or plain factors."""
    below = dimension(
        "d",
        indicator("a", conditions=(when("g"),)),
        indicator("b"),
        indicator("c", "0.75"),
        rule=rule,
    )
    root = dimension("r", below, indicator("e", "1.5"), rule=rule)
    return instrument(root=root, gates=(gate("g"),))


def answered(of: mi.Instrument) -> mi.AssessmentSet:
    rows = (
        ({"a": 4, "b": 1, "c": 2, "e": 3}, "yes"),
        ({"b": 1, "c": 3, "e": 2}, "no"),
        ({"b": 3, "c": 1, "e": 2}, "no"),
        ({"a": 2, "b": 2, "c": 2, "e": 2}, "yes"),
        ({"a": 1, "b": 4, "c": 1, "e": 3}, "yes"),
    )
    return mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"), instrument=of, levels=levels, gates={"g": way}
        )
        for place, (levels, way) in enumerate(rows)
    )


def check_scores(found: Robustness) -> None:
    assert is_fast(found.tree)
    for draw in range(found.settings.draws):
        scored = mi.score(found.assessments, found.drawn_weighting(draw))
        assert tuple(found.draw_ranks[draw].tolist()) == scored.ranks


@pytest.mark.parametrize("rule", [MEAN, SUM])
def test_weights_without_a_whole_are_those_of_scores(rule: object) -> None:
    assessments = answered(relative(rule))
    check_scores(robustness(assessments, OPEN, draws=30))
    given = {
        "r": np.array([[1, 2], [2, 2], [3, 2]]),
        "d": np.array([[1, 1, 1], [4, 2, 1], [2, 1, 1]]),
    }
    whole = Admissible({"a": (1, 4), "b": (1, 2), "c": 1, "d": (1, 3), "e": 2})
    found = robustness(assessments, whole, draws=given)
    check_scores(found)
    assert dict(found.drawn_weighting(1).weights) == {"d": 2, "e": 2, "a": 4, "b": 2, "c": 1}


@pytest.mark.parametrize(("value", "ranks"), [(None, [0, 1]), ("0.5", [1, 2])])
def test_a_deduction_that_is_missing_leaves_no_total(value: str | None, ranks: list[int]) -> None:
    root = dimension(
        "r",
        indicator("a"),
        indicator("b"),
        rule=SUM,
        bonuses=(measure("p", None, missing="drop", missing_basis=indicator("x").basis),),
        deductions=(measure("m", None),),
    )
    of = instrument(root=root)
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=name),
            instrument=of,
            levels={"a": 2, "b": 2},
            measures=measures,
        )
        for name, measures in (
            ("A", {} if value is None else {"m": value}),
            ("B", {"m": 1, "p": 0}),
        )
    )
    tree = open_tree(of, Admissible({"a": (1, 2)}))
    result = robustness(assessments, Admissible({"a": (1, 2)}), draws=4)
    rows = np.arange(2)
    answers = Answers(
        assessments=assessments,
        closed=rows,
        opened=rows[:0],
        closed_inputs=Inputs(
            levels=assessments.levels,
            measures=tuple(assessments.measures[code] for code in tree.plan.measures),
            entries={},
            undetermined={},
        ),
        completions=None,
    )
    for engine in (Linear, Stepwise):
        into = np.zeros((4, 2), dtype=np.uint16)
        engine(tree, answers, result.draws, rows).run(slice(0, 4), None, into)
        assert into.tolist() == [ranks] * 4
