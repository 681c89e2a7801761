"""Completions of incomplete and doubtful assessments, against all of them, found one by one.

What a completion is, is worked out here again, from its meaning: the gates by asking the library
which answers it accepts, the rest answer by answer. Nothing needs to be left out of the random
instruments but caps that hang on a deduction, for which less is better: they break monotony, which
the bounds rest on. (A threshold scale that falls does not: what counts is what a value is worth.)
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

import attrs
import numpy as np
import pytest
from hypothesis import strategies as st

import meritindex as mi
import oracle
from builders import check_fault, dimension, faults_of, gate, indicator, instrument, measure, when
from meeting import meet
from meritindex.analysis.completions import Completions, OpenItem, completions
from meritindex.assessment.trust import AnswerPolicy, Latitude, Unanswered
from meritindex.definition import (
    AgencyKind,
    Condition,
    Dimension,
    Gate,
    GoalpostScale,
    Indicator,
    Measure,
    MissingPolicy,
    Node,
    PositiveMean,
    Step,
    ThresholdScale,
)
from meritindex.errors import AssessmentError
from meritindex.language import Text
from meritindex.scoring.rows import Inputs
from meritindex.testing import instruments
from meritindex.testing.answers import Answers, answers, may_apply
from meritindex.testing.parts import BASIS, RULES, gate_sets, one_in

UNKNOWN = MissingPolicy.UNKNOWN
NOBODY_KNOWS = 255
DOES_NOT_APPLY = 254
KIND = AgencyKind.BODY
# How many completions of one assessment are scored; of more, a choice with the extreme answers.
MOST = 80


# All completions


@attrs.frozen
class Way:
    """One way to answer the open gates, and what every answer may then be.

    `levels` are the levels of an indicator, `numbers` the ends of an open measure or entry.
    """

    gates: dict[str, str]
    levels: dict[str, list[int]]
    numbers: dict[str, tuple[Fraction, Fraction]]


@attrs.frozen
class Meaning:
    """What one assessment may really be."""

    assessment: mi.Assessment
    policy: AnswerPolicy

    @property
    def instrument(self) -> mi.Instrument:
        return self.assessment.instrument

    def below_entries(self) -> set[str]:
        return {
            below.code
            for code, _ in self.assessment.points
            for below in tuple(self.instrument.dimension(code).walk())[1:]
        }

    def gates_given(self) -> dict[str, str]:
        return dict(self.assessment.gates) | dict(self.assessment.derived_gates)

    def open_gates(self) -> list[Gate]:
        """Return the unanswered gates that an indicator waits for which is under no entry."""
        given, below = self.gates_given(), self.below_entries()
        waited_for = {
            condition.gate
            for each in self.instrument.indicators
            if each.code not in below and may_apply(each, given)
            for condition in each.conditions
        }
        return [one for one in self.instrument.gates if one.code in waited_for - given.keys()]

    def gate_answers(self) -> list[dict[str, str]]:
        """Return the answers to the open gates that the library accepts; all, if there are none."""
        asked = self.open_gates()
        options = [one.options_of(self.assessment.agency.kind) for one in asked]
        every = [
            dict(zip([one.code for one in asked], chosen, strict=True))
            for chosen in product(*options)
        ]
        return [chosen for chosen in every if self.is_accepted(chosen)] or every

    def is_accepted(self, gates: dict[str, str]) -> bool:
        try:
            attrs.evolve(self.assessment, gates=dict(self.assessment.gates) | gates)
        except AssessmentError as error:
            return {fault.code for fault in error.faults} != {"answer-not-applicable"}
        return True

    def ways(self) -> list[Way]:
        return [Way(gates, self.levels(gates), self.numbers()) for gates in self.gate_answers()]

    def levels(self, gates: dict[str, str]) -> dict[str, list[int]]:
        """Return the levels of what applies and is open or answered."""
        found: dict[str, list[int]] = {}
        given, states = dict(self.assessment.levels), dict(self.assessment.states)
        for each in self.instrument.indicators:
            if oracle.indicator_applies(each, self.gates_given() | gates) is not True:
                continue
            scale = [level.value for level in each.levels]
            if each.code in given:
                latitude = self.policy.latitude_of(states.get(each.code))
                found[each.code] = [
                    level
                    for level in scale
                    if (latitude.down is None or level >= given[each.code] - latitude.down)
                    and (latitude.up is None or level <= given[each.code] + latitude.up)
                ]
            elif each.missing is UNKNOWN and each.code not in self.below_entries():
                found[each.code] = scale[:1] if self.policy.unanswered == "lowest" else scale
        return found

    def numbers(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Return the ends of the measures and entries that are open."""
        known = {code for code, _ in (*self.assessment.measures, *self.assessment.points)}
        return {
            node.code: (
                (node.minimum, node.maximum)
                if isinstance(node, Measure)
                else (Fraction(0), node.maximum.value)
            )
            for node in self.instrument.nodes
            if isinstance(node, Measure) or (isinstance(node, Dimension) and not node.children)
            if node.missing is UNKNOWN and node.code not in known | self.below_entries()
        }

    def completions(self, seed: int) -> tuple[list[mi.Assessment], bool]:
        """Return completions, and whether the extreme answers are all combined in them."""
        random = np.random.default_rng(seed)
        found: list[mi.Assessment] = []
        ways = self.ways()
        whole = True
        for way in ways:
            choices: dict[str, Sequence[object]] = dict(way.levels)
            for code, (low, high) in way.numbers.items():
                choices[code] = self.values(self.instrument[code], low, high)
            most = max(MOST // len(ways), 1)
            for code in sorted(choices, key=lambda code: -len(choices[code])):
                if prod(map(len, choices.values())) > most:
                    choices[code] = self.thinned(code, choices[code])
            if prod(map(len, choices.values())) <= most:
                chosen = list(product(*choices.values()))
            else:
                whole = False
                chosen = [
                    tuple(each[random.integers(len(each))] for each in choices.values())
                    for _ in range(most)
                ]
            found += [self.completed(way, dict(zip(choices, one, strict=True))) for one in chosen]
        named = [
            attrs.evolve(one, agency=mi.Agency(name=f"Badan {place}", kind=KIND))
            for place, one in enumerate(found)
        ]
        return named, whole

    def values(self, node: Node, low: Fraction, high: Fraction) -> list[Fraction]:
        """Return the values of a number, or of many those at which something may change."""
        unit = Fraction(1, 10**node.decimals)
        least, most = -(-low // unit), high // unit
        places = set(range(least, min(least + 4, most) + 1)) | set(range(most - 4, most + 1))
        places |= {(least + most) // 2}
        for step in getattr(getattr(node, "scale", None), "steps", ())[1:]:
            places |= {step.start // unit + beside for beside in (-1, 0, 1, 2)}
        values = [place * unit for place in sorted(places) if least <= place <= most]
        if self.policy.unanswered == "lowest":
            return self.thinned(node.code, values)[: 1 if len(values) > 1 else None]
        return values

    def thinned(self, code: str, values: Sequence) -> list:
        """Return the values that are worth least and most to the total, in this order."""
        node = self.instrument[code]
        if isinstance(node, Dimension):
            ordered = list(values)
        elif isinstance(node, Indicator):
            ordered = sorted(values)
        else:
            taken_off = any(node in each.deductions for each in self.instrument.dimensions)
            ordered = sorted(values, key=node.points_of, reverse=taken_off)
        return list(dict.fromkeys((ordered[0], ordered[-1])))

    def completed(self, way: Way, chosen: dict[str, object]) -> mi.Assessment:
        levels = {code: level for code, level in chosen.items() if code in way.levels}
        numbers = {code: value for code, value in chosen.items() if code in way.numbers}
        points = {
            code: value
            for code, value in numbers.items()
            if isinstance(self.instrument[code], Dimension)
        }
        return mi.Assessment(
            agency=self.assessment.agency,
            instrument=self.instrument,
            levels=levels,
            gates=dict(self.assessment.gates) | way.gates,
            measures=dict(self.assessment.measures)
            | {code: value for code, value in numbers.items() if code not in points},
            points=dict(self.assessment.points) | points,
        )

    def includes(self, inputs: Inputs, row: int) -> bool:
        """Say whether a row of a plan's inputs is a completion."""
        return any(self.is_of(way, inputs, row) for way in self.ways())

    def is_of(self, way: Way, inputs: Inputs, row: int) -> bool:
        gates = self.gates_given() | way.gates
        for each, level in zip(
            self.instrument.indicators, inputs.levels[row].tolist(), strict=True
        ):
            marks = [
                DOES_NOT_APPLY if oracle.indicator_applies(each, gates) is False else NOBODY_KNOWS
            ]
            if level not in way.levels.get(each.code, marks):
                return False
        given = dict(self.assessment.measures) | dict(self.assessment.points)
        columns = {
            each.code: column
            for each, column in zip(self.instrument.measures, inputs.measures, strict=True)
        }
        columns |= inputs.entries
        if (given.keys() | way.numbers.keys()) - columns.keys():
            return False
        for code, column in columns.items():
            value = Fraction(int(column.numerators[row]), 10 ** self.instrument[code].decimals)
            if code in way.numbers:
                low, high = way.numbers[code]
                if not (column.known[row] and low <= value <= high):
                    return False
            elif column.known[row] != (code in given) or value != given.get(code, 0):
                return False
        return True


# Random cases


LATITUDES = [Latitude.parse(word) for word in ("as-given", "at-most", "any", "within-1", "down-1")]


@st.composite
def cases(draw: st.DrawFn) -> Completions:
    """Draw completions of the assessments of one to three agencies under a small instrument."""
    kind = draw(st.sampled_from((None, None, *RULES)))
    rules_of = draw(
        instruments(
            rules=None if kind is None else (kind,),
            bands=False,
            max_depth=3,
            max_leaves=5,
            max_gates=3,
        )
    )
    gates = rules_of.gates or draw(gate_sets(draw(st.integers(0, 2))))
    gates = tuple(draw(limited(one)) for one in gates)
    rules_of = attrs.evolve(rules_of, root=draw(reshaped(rules_of.root, gates)), gates=gates)
    rows = [draw(doubtful(rules_of, place)) for place in range(draw(st.integers(1, 3)))]
    policy = AnswerPolicy(
        verified=draw(st.sampled_from(LATITUDES)),
        evidenced=draw(st.sampled_from(LATITUDES)),
        unstated=draw(st.sampled_from(LATITUDES)),
        unanswered=draw(st.sampled_from(("any", "any", "any", "lowest"))),
    )
    return completions(mi.AssessmentSet.of(rows), policy)


@st.composite
def reshaped(draw: st.DrawFn, node: Node, gates: Sequence[Gate]) -> Node:
    """Draw a node with more conditions, and measures of fewer values and harder scales."""
    if isinstance(node, Indicator) and gates and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(gates), min_size=1, max_size=2, unique=True))
        options = [draw(st.sampled_from((one.values[:1], one.values[1:]))) for one in chosen]
        return attrs.evolve(
            node,
            conditions=[
                Condition(one.code, values) for one, values in zip(chosen, options, strict=True)
            ],
        )
    if isinstance(node, Measure):
        whole = {node.minimum.denominator, node.maximum.denominator} == {1}
        changes = {"decimals": 0} if whole else {}
        kind = draw(st.sampled_from(("as it is", "as it is", *HARD_SCALES, *HARD_SCALES)))
        if kind in HARD_SCALES:
            changes["scale"] = HARD_SCALES[kind](node)
        return attrs.evolve(node, **changes)
    if isinstance(node, Dimension):
        parts = {
            part: tuple(draw(reshaped(each, gates)) for each in getattr(node, part))
            for part in ("children", "bonuses", "deductions")
        }
        rule = node.rule
        # With other scales, points may be of those of which a mean can't be taken.
        if isinstance(rule, PositiveMean) and rule.floor is None:
            rule = attrs.evolve(rule, floor="0.01")
        return attrs.evolve(node, rule=rule, **parts)
    return node


def thresholds(node: Measure, *points: int) -> ThresholdScale:
    """Return a scale of three steps within the values of a measure."""
    third = (node.maximum - node.minimum) / 3
    starts = (None, node.minimum + third, node.maximum - third)
    steps = [Step(points=worth, start=start) for worth, start in zip(points, starts, strict=True)]
    return ThresholdScale(steps=steps, basis=BASIS)


def posts(node: Measure, *points: int, logarithmic: bool = False) -> GoalpostScale:
    """Return a scale between the ends of a measure."""
    return GoalpostScale(
        low=Fraction(1, 9) if logarithmic else node.minimum,
        high=max(node.maximum, Fraction(1)),
        points_at_low=points[0],
        points_at_high=points[1],
        logarithmic=logarithmic,
        basis=BASIS,
    )


# The generated scales seldom fall.
HARD_SCALES = {
    "falls": lambda node: posts(node, 5, 1),
    "falls by steps": lambda node: thresholds(node, 4, 3, 1),
    "rises and falls": lambda node: thresholds(node, 2, 3, 1),
    "falls and rises": lambda node: thresholds(node, 2, 1, 3),
    "by logarithms": lambda node: posts(node, 1, 2, logarithmic=True),
}


@st.composite
def limited(draw: st.DrawFn, one: Gate) -> Gate:
    """Draw a gate of which an agency of the kind can perhaps not answer everything."""
    if draw(st.booleans()):
        return one
    options = draw(st.sampled_from([one.values[:1], one.values[1:], one.values[::2]]))
    return attrs.evolve(one, by_kind=((KIND, options),))


@st.composite
def doubtful(draw: st.DrawFn, rules_of: mi.Instrument, place: int) -> mi.Assessment:
    """Draw an assessment with gaps, and with states of its answers."""
    row: Answers = draw(answers(rules_of))
    gates = {
        one.code: row.gates[one.code]
        for one in rules_of.gates
        if row.gates.get(one.code) in one.options_of(KIND) and draw(st.integers(0, 2))
    }
    below = {each for code in row.points for each in tuple(rules_of.dimension(code).walk())[1:]}
    given_levels = dict(row.levels)
    if draw(one_in(4)):
        # Answers to what can't apply together as well.
        gates = {}
        for each in rules_of.indicators:
            if each not in below:
                level = draw(st.sampled_from(each.levels))
                given_levels.setdefault(each.code, level.value)
    follows = {
        one.code: one.options_of(KIND)[0]
        for one in rules_of.gates
        if len(one.options_of(KIND)) == 1
    }
    levels = {
        each.code: given_levels[each.code]
        for each in rules_of.indicators
        if each.code in given_levels
        and may_apply(each, gates | follows)
        and draw(st.integers(0, 3))
    }
    numbers = [
        {code: value for code, value in part.items() if draw(st.booleans())}
        for part in (row.measures, row.points)
    ]
    states = {
        each.code: state
        for each in rules_of.indicators
        if (state := draw(st.sampled_from((None, *mi.AnswerState)))) is not None
    }
    return mi.Assessment(
        agency=mi.Agency(name=f"Badan {place}", kind=KIND),
        instrument=rules_of,
        levels=levels,
        gates=gates,
        measures=numbers[0],
        points=numbers[1],
        states=states,
    )


def is_monotone(rules_of: mi.Instrument) -> bool:
    """Say whether no cap waits for a deduction to be large enough."""
    deductions = {each.code for one in rules_of.dimensions for each in one.deductions}
    watched = {
        cap.shortfall.code
        for one in rules_of.dimensions
        for cap in one.caps
        if cap.shortfall is not None
    }
    return not deductions & watched


def features(found: Completions, meaning: Meaning, row: int) -> Iterator[str]:
    """Yield the hard cases that an assessment is one of."""
    rules_of = meaning.instrument
    yield from gate_features(meaning)
    for one in rules_of.dimensions:
        yield type(one.rule).__name__
    below = meaning.below_entries()
    if below:
        yield "an entry above something"
    if meaning.policy.unanswered is Unanswered.LOWEST:
        yield "the lowest for what is not answered"
    for node in rules_of.nodes:
        if node.missing is not UNKNOWN and node.code not in below:
            yield f"a policy {node.missing}"
    for item in found.open_items(row):
        node = rules_of[item.code]
        if isinstance(node, Indicator):
            yield f"a level {item.state or ('unstated' if item.answered else 'unanswered')}"
        elif isinstance(node, Dimension):
            yield "an open dimension without children"
        elif isinstance(node, Measure):
            yield from measure_features(rules_of, node, item)


def gate_features(meaning: Meaning) -> Iterator[str]:
    ways, asked = meaning.ways(), meaning.open_gates()
    if len(ways) > 1:
        yield "an open gate"
    if len(ways) > 3:
        yield "gates open in many ways"
    if len(ways) < prod(len(one.options_of(KIND)) for one in asked):
        yield "options ruled out by an answer"
    if any(not meaning.is_accepted(way.gates) for way in ways):
        yield "answers that can't all apply"
    if any(len(one.options_of(KIND)) not in {1, len(one.values)} for one in asked):
        yield "options that the kind does not allow"


def measure_features(rules_of: mi.Instrument, node: Measure, item: OpenItem) -> Iterator[str]:
    parent = rules_of.parent(node.code)
    assert parent is not None
    if node in parent.deductions:
        yield "an open deduction"
    elif node in parent.bonuses:
        yield "an open bonus"
    elif node.points_of(node.minimum) > node.points_of(node.maximum):
        assert item.low > item.high
        yield f"an open measure that falls, {type(node.scale).__name__}"
    if isinstance(node.scale, ThresholdScale):
        points = [step.points for step in node.scale.steps]
        if points != sorted(points) and points != sorted(points, reverse=True):
            yield "an open measure that rises and falls"
    elif isinstance(node.scale, GoalpostScale) and node.scale.logarithmic:
        yield "an open measure by logarithms"
    elif node.scale is None:
        yield "an open measure without scale"


HARD_CASES = {
    *(rule.__name__ for rule in RULES),
    "an open gate",
    "gates open in many ways",
    "options ruled out by an answer",
    "answers that can't all apply",
    "options that the kind does not allow",
    "an entry above something",
    "the lowest for what is not answered",
    *(f"a level {state}" for state in ("claimed", "evidenced", "verified", "unstated")),
    "a level unanswered",
    "an open dimension without children",
    "an open deduction",
    "an open bonus",
    "an open measure that falls, GoalpostScale",
    "an open measure that falls, ThresholdScale",
    "an open measure that rises and falls",
    "an open measure by logarithms",
    "an open measure without scale",
    *(f"a policy {policy}" for policy in ("zero", "lowest", "drop")),
    "all completions",
    "a total that stays unknown",
}


def slack_of(scores: mi.ScoreTable) -> Fraction:
    """Return how far a total computed in doubles may be off."""
    totals = [abs(total) for total in scores.totals if total is not None]
    return Fraction(0) if scores.totals.exact else max(totals, default=0) / 10**9


def test_the_extremes_are_those_of_all_completions() -> None:
    monotone = cases().filter(lambda found: is_monotone(found.assessments.instrument))
    meet(check_extremes, (250, monotone), wanted=HARD_CASES)


def check_extremes(found: Completions) -> Iterator[str]:
    """Check the extremes of completions, and yield what is hard about them."""
    plan = mi.plan(found.assessments.instrument)
    low, high = plan.run(found.low).total, plan.run(found.high).total
    generator = np.random.default_rng(1)
    drawn = found.draw(generator, 3)
    totals = plan.run(drawn).total
    for row, one in enumerate(found.assessments):
        meaning = Meaning(one, found.policy)
        places = np.flatnonzero(found.owners == row).tolist()
        every, whole = meaning.completions(seed=row)
        scores = mi.score(mi.AssessmentSet.of(every))
        slack = slack_of(scores)
        known = [total for total in scores.totals if total is not None]
        lows = [low[place] for place in places if low[place] is not None]
        highs = [high[place] for place in places if high[place] is not None]
        assert bool(known) is bool(lows) is bool(highs)
        if known:
            assert min(lows) - slack <= min(known)
            assert max(known) <= max(highs) + slack
        if known and whole:
            assert min(known) <= min(lows) + slack
            assert max(highs) - slack <= max(known)
        for place in places:
            assert meaning.includes(found.low, place)
            assert meaning.includes(found.high, place)
        for place, (side, column) in product(
            places[:: max(len(places) - 1, 1)], (("low", low), ("high", high))
        ):
            extreme = found.assessment(place, side)
            assert mi.score(extreme).total == column[place]
        for turn in range(3):
            place = turn * len(found.assessments) + row
            assert meaning.includes(drawn, place)
            if totals[place] is not None:
                assert min(lows) - slack <= totals[place] <= max(highs) + slack
        assert bool(found.is_open[row]) is bool(found.open_items(row))
        yield from features(found, meaning, row)
        if whole:
            yield "all completions"
        if None in scores.totals:
            yield "a total that stays unknown"


# Single cases


FALLING = GoalpostScale(low=0, high=10, points_at_low=1, points_at_high=0, basis=BASIS)
SMALL = instrument(
    dimension(
        "a",
        indicator("a1"),
        indicator("a2", conditions=(when("works"),)),
        indicator("a3", conditions=(when("works", "no"), when("size", "small"))),
        indicator("a4", missing="zero", missing_basis=BASIS),
    ),
    dimension("b", decimals=1),
    measure("less", maximum=Fraction(12), decimals=0, scale=FALLING),
    gates=(
        gate("works", by_kind=((AgencyKind.CITY, ("yes",)),)),
        gate("size", "small", "middle", "big", by_kind=((AgencyKind.BODY, ("middle", "big")),)),
        gate("idle"),
    ),
)


def assessed(**answers_given: object) -> mi.Assessment:
    """Return an assessment under the small instrument, outside the directory."""
    return mi.Assessment(
        **{"agency": mi.Agency(name="Badan Uji"), "instrument": SMALL, **answers_given}
    )


def completed(*assessments: mi.Assessment, **words: object) -> Completions:
    return completions(mi.AssessmentSet.of(assessments), AnswerPolicy(**words))


def rows_of(found: Completions) -> list[tuple[dict[str, str], list[int], list[int]]]:
    """Return the gates, the low and the high levels of every extreme row."""
    return [
        (
            dict(found.assessment(place, "low").gates),
            found.low.levels[place].tolist(),
            found.high.levels[place].tolist(),
        )
        for place in range(len(found.owners))
    ]


def test_every_way_to_answer_the_gates_is_a_row() -> None:
    found = completed(assessed(levels={"a1": 2}))
    assert found.owners.tolist() == [0] * 6
    assert found.starts.tolist() == [0]
    assert rows_of(found) == [
        ({"works": "yes", "size": "small"}, [2, 0, 254, 255], [2, 4, 254, 255]),
        ({"works": "yes", "size": "middle"}, [2, 0, 254, 255], [2, 4, 254, 255]),
        ({"works": "yes", "size": "big"}, [2, 0, 254, 255], [2, 4, 254, 255]),
        ({"works": "no", "size": "small"}, [2, 254, 0, 255], [2, 254, 4, 255]),
        ({"works": "no", "size": "middle"}, [2, 254, 254, 255], [2, 254, 254, 255]),
        ({"works": "no", "size": "big"}, [2, 254, 254, 255], [2, 254, 254, 255]),
    ]


def test_several_assessments() -> None:
    found = completed(
        assessed(agency="Kota Medan"),
        assessed(agency="Kota Binjai", gates={"size": "big"}),
        assessed(gates={"works": "no"}),
    )
    assert found.owners.tolist() == [0, 1, 2, 2, 2]
    assert found.starts.tolist() == [0, 1, 2]
    assert found.gate_answers.tolist() == [
        [0, 255, 255],
        [0, 2, 255],
        *([1, size, 255] for size in range(3)),
    ]
    assert found.low.levels[:2].tolist() == [[0, 0, 254, 255]] * 2
    assert [gates for gates, _, _ in rows_of(found)] == [
        {},
        {"size": "big"},
        *({"works": "no", "size": size} for size in ("small", "middle", "big")),
    ]


def test_a_gate_that_can_decide_nothing_is_not_open() -> None:
    # No agency of this kind is small, so that a3 applies to none.
    body = mi.Agency(name="Badan Uji", kind=AgencyKind.BODY)
    found = completed(assessed(agency=body, levels={"a1": 1}))
    assert rows_of(found) == [
        ({"works": "yes", "size": "middle"}, [1, 0, 254, 255], [1, 4, 254, 255]),
        ({"works": "no", "size": "middle"}, [1, 254, 254, 255], [1, 254, 254, 255]),
    ]
    assert [item.code for item in found.open_items(0)] == ["a2", "b", "less", "works"]
    found = completed(assessed(agency=body, gates={"works": "no"}, points={"b": 1}))
    assert rows_of(found)[0][1:] == ([0, 254, 254, 255], [4, 254, 254, 255])
    assert [item.code for item in found.open_items(0)] == ["a1", "less"]


def test_options_that_would_rule_out_an_answer_are_left_out() -> None:
    found = completed(assessed(levels={"a2": 3}), unstated="within-1")
    assert {gates["works"] for gates, _, _ in rows_of(found)} == {"yes"}
    # With that, the size decides about nothing any more.
    assert rows_of(found) == [
        ({"works": "yes", "size": "small"}, [0, 2, 254, 255], [4, 4, 254, 255])
    ]
    found = completed(assessed(levels={"a3": 3}))
    assert rows_of(found) == [
        ({"works": "no", "size": "small"}, [0, 254, 3, 255], [4, 254, 3, 255])
    ]


def test_answers_that_can_not_all_apply_rule_out_nothing() -> None:
    found = completed(assessed(levels={"a1": 1, "a2": 3, "a3": 2}))
    assert [levels for _, levels, _ in rows_of(found)] == [
        *([[1, 3, 254, 255]] * 3),
        [1, 254, 2, 255],
        *([[1, 254, 254, 255]] * 2),
    ]
    first = found.assessment(0, "low")
    assert dict(first.levels) == {"a1": 1, "a2": 3}
    assert first.synthetic


def test_what_lies_under_an_entry_is_not_asked() -> None:
    found = completed(assessed(points={"a": 5}, measures={"less": 3}))
    assert found.owners.tolist() == [0]
    assert rows_of(found) == [({}, [255] * 4, [255] * 4)]
    assert [item.code for item in found.open_items(0)] == ["b"]
    assert found.low.entries["a"].known.tolist() == [True]
    found = completed(assessed(points={"total": 5}))
    assert not found.is_open.any()
    assert not found.low.measures[0].known.any()
    assert found.low.entries.keys() == {"total_points"}
    assert found.assessment(0, "low") == found.assessments[0]


def test_states_say_what_an_answer_may_be() -> None:
    states = {"a1": "claimed", "a2": "verified", "a4": "evidenced"}
    one = assessed(
        levels={"a1": 3, "a2": 1, "a4": 4},
        gates={"works": "yes", "size": "big"},
        measures={"less": 4},
        points={"b": "7.5"},
        states=states,
    )
    found = completed(one)
    assert rows_of(found)[0][1:] == ([0, 1, 254, 4], [3, 1, 254, 4])
    name = Text("indikator a1", "indicator a1")
    assert found.open_items(-1) == (
        OpenItem(code="a1", name=name, state=mi.AnswerState.CLAIMED, answered=True, low=0, high=3),
    )
    found = completed(one, claimed="as-given", verified="down-3-up-1", evidenced="within-2")
    assert rows_of(found)[0][1:] == ([3, 0, 254, 2], [3, 2, 254, 4])
    assert [item.state for item in found.open_items(0)] == ["verified", "evidenced"]
    # What is not answered has no state, whatever is said of it.
    found = completed(attrs.evolve(one, levels={"a2": 1}), unstated="any")
    assert [(item.code, item.state, item.low, item.high) for item in found.open_items(0)] == [
        ("a1", None, 0, 4)
    ]


def test_numbers_and_gates_that_are_open() -> None:
    found = completed(assessed())
    items = found.open_items(0)
    assert [item.code for item in items] == ["a1", "a2", "a3", "b", "less", "works", "size"]
    assert all(item.state is None and not item.answered for item in items)
    assert [(item.low, item.high) for item in items[3:]] == [
        (0, 100),
        (12, 0),
        (None, None),
        (None, None),
    ]
    assert [type(item.low) for item in items[:4]] == [int] * 3 + [Fraction]
    assert items[-1].name == Text("pertanyaan size", "question size")
    low, high = found.assessment(0, "low"), found.assessment(0, "high")
    assert dict(low.measures) == {"less": 12}
    assert dict(high.measures) == {"less": 0}
    assert dict(low.points) == {"b": 0}
    assert dict(high.points) == {"b": 100}
    with pytest.raises(IndexError):
        found.open_items(1)
    with pytest.raises(IndexError):
        found.assessment(6, "low")


def test_the_lowest_for_what_is_not_answered() -> None:
    found = completed(assessed(levels={"a1": 2}, states={"a1": "claimed"}), unanswered="lowest")
    assert [item.code for item in found.open_items(0)] == ["a1", "works", "size"]
    for inputs, level in ((found.low, 0), (found.high, 2)):
        assert inputs.levels[0].tolist() == [level, 0, 254, 255]
        assert inputs.measures[0].numerators.tolist() == [12] * 6
        assert inputs.entries["b"].numerators.tolist() == [0] * 6
    found = completed(assessed(points={"a": 0}), unanswered="lowest")
    assert not found.is_open.any()
    assert found.open_items(0) == ()


def test_a_deduction_is_worst_where_it_is_largest() -> None:
    rules_of = instrument(
        dimension(
            "a",
            indicator("a1"),
            bonuses=(measure("more", None),),
            deductions=(
                measure("off", None, missing="unknown"),
                measure("kept", None, decimals=0, maximum=12, scale=FALLING),
            ),
        )
    )
    one = mi.Assessment(agency="Kota Medan", instrument=rules_of, levels={"a1": 4})
    found = completions(mi.AssessmentSet.of([one]))
    assert dict(found.assessment(0, "low").measures) == {"more": 0, "off": 1, "kept": 0}
    assert dict(found.assessment(0, "high").measures) == {"more": 1, "off": 0, "kept": 12}
    plan = mi.plan(rules_of)
    assert list(plan.run(found.low).total) == [2]
    assert list(plan.run(found.high).total) == [5]
    lowest = completions(found.assessments, AnswerPolicy(unanswered="lowest"))
    assert list(plan.run(lowest.high).total) == [2]


def test_what_is_made_up_says_so_and_what_is_not_keeps_what_was_said_of_it() -> None:
    one = assessed(
        agency="Kota Medan",
        levels={"a1": 3, "a2": 2},
        gates={"size": "big"},
        points={"b": 50},
        year=2026,
        stage="verified",
        standing="reported",
        states={"a1": "claimed", "a2": "verified"},
        evidence={"a1": "surat", "a2": "data", "a4": "catatan"},
        standings={"a1": "draft", "a2": "draft", "b": "official", "less": "official"},
    )
    found = completed(one)
    low, high = found.assessment(0, "low"), found.assessment(-1, "high")
    assert low.synthetic
    assert high.synthetic
    assert low.derived_gates == (("works", "yes"),)
    assert (low.year, low.stage, low.standing) == (2026, "verified", "reported")
    assert low.states == (("a2", "verified"),)
    assert low.evidence == (("a2", "data"), ("a4", "catatan"))
    assert dict(low.standings) == {"a2": "draft", "b": "official"}
    assert dict(high.states) == dict(one.states)
    whole = completed(attrs.evolve(one, measures={"less": 5}, states={}, date=dt.date(2026, 3, 1)))
    assert whole.assessment(0, "low") == whole.assessments[0]
    assert not whole.assessment(0, "low").synthetic
    assert completed(attrs.evolve(one, synthetic=True)).assessment(0, "low").synthetic


# Draws


def test_the_same_state_gives_the_same_rows() -> None:
    found = completed(assessed(), assessed(agency="Kota Medan", levels={"a1": 1}))
    one, other = (found.draw(np.random.default_rng(7), 5) for _ in range(2))
    assert np.array_equal(one.levels, other.levels)
    assert one.levels.shape == (10, 4)
    assert one.measures == other.measures
    assert dict(one.entries) == dict(other.entries)
    assert len(one.measures[0].known) == len(one.entries["b"].known) == 10
    # Row r * n + i completes assessment i.
    assert one.levels[1::2, 0].tolist() == [1] * 5
    assert set(one.levels[0::2, 0].tolist()) != {1}
    assert len(found.draw(np.random.default_rng(7), 0).levels) == 0


def test_what_is_not_open_is_drawn_as_it_is() -> None:
    found = completions(mi.sample())
    drawn = found.draw(np.random.default_rng(1))
    levels, survey = drawn.levels, drawn.measures[0]
    assert np.array_equal(levels, mi.sample().levels)
    given_survey = mi.sample().measures["satisfaction"]
    assert survey.known.all()
    assert np.array_equal(
        survey.numerators[given_survey.known], given_survey.numerators[given_survey.known]
    )
    correction = drawn.measures[1]
    assert correction == mi.sample().measures["correction"]
    assert len(found.draw(np.random.default_rng(1), 2).measures[1].known) == 2 * 546


def test_draws_are_uniform() -> None:
    found = completed(assessed(levels={"a1": 3}, states={"a1": "claimed"}))
    count = 20_000
    drawn = found.draw(np.random.default_rng(2026), count)
    patterns = Counter(
        (bool(one < 254), bool(other < 254)) for one, other in drawn.levels[:, 1:3].tolist()
    )
    # Of the six ways to answer the gates.
    expected = {(True, False): 3 / 6, (False, True): 1 / 6, (False, False): 2 / 6}
    shares = [(dict(patterns), expected)]
    shares.append((Counter(drawn.levels[:, 0].tolist()), dict.fromkeys(range(4), 1 / 4)))
    applying = drawn.levels[:, 1][drawn.levels[:, 1] < 254]
    shares.append((Counter(applying.tolist()), dict.fromkeys(range(5), 1 / 5)))
    shares.append(
        (Counter(drawn.measures[0].numerators.tolist()), dict.fromkeys(range(13), 1 / 13))
    )
    tenths = drawn.entries["b"].numerators
    assert (tenths.min(), tenths.max()) == (0, 1000)
    shares.append((Counter((tenths * 7 // 1001).tolist()), dict.fromkeys(range(7), 1 / 7)))
    for found_counts, wanted in shares:
        assert found_counts.keys() == wanted.keys()
        total = sum(found_counts.values())
        for value, share in wanted.items():
            # Six standard deviations.
            assert abs(found_counts[value] / total - share) < 6 * (share / total) ** 0.5


# What holds of all


def test_pickling_equality_and_what_is_closed() -> None:
    many = mi.AssessmentSet.of([assessed(), assessed(agency="Kota Medan", points={"b": 3})])
    found = completions(many, AnswerPolicy(unstated="any"))
    again = pickle.loads(pickle.dumps(found))
    assert again == found == completions(many, AnswerPolicy(unstated="any"))
    assert found != completions(many)
    assert found != completions(many.rows(np.array([0])), AnswerPolicy(unstated="any"))
    assert found != "completions"
    assert completions(many).policy == AnswerPolicy()
    assert np.array_equal(again.low.levels, found.low.levels)
    for one in (found, again):
        arrays = [one.owners, one.starts, one.is_open]
        for inputs in (one.low, one.high):
            arrays.append(inputs.levels)
            for column in (*inputs.measures, *inputs.entries.values()):
                arrays += [column.numerators, column.known]
            with pytest.raises(TypeError):
                inputs.entries["new"] = inputs.measures[0]  # type: ignore[index]
            assert inputs.undetermined == {}
        assert not any(array.flags.writeable for array in arrays)
    with pytest.raises(TypeError):
        hash(found)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.policy = AnswerPolicy()  # type: ignore[misc]
    assert repr(found) == "<Completions of 2 under example, 2 of them open>"


def test_nothing_to_complete() -> None:
    nobody = completions(mi.AssessmentSet.of([assessed()]).rows(np.array([], dtype=np.intp)))
    assert len(nobody.owners) == len(nobody.is_open) == 0
    assert nobody.low.levels.shape == (0, 4)
    assert nobody.draw(np.random.default_rng(1), 3).levels.shape == (0, 4)
    only_points = mi.Assessment(
        agency="Kota Medan", instrument=instrument(dimension("a"), dimension("b")), points={"a": 1}
    )
    found = completions(mi.AssessmentSet.of([only_points]))
    assert found.low.levels.shape == found.draw(np.random.default_rng(1)).levels.shape == (1, 0)
    assert not found.low.marked
    assert [item.code for item in found.open_items(0)] == ["b"]


def test_marks_are_announced() -> None:
    complete = assessed(
        levels={"a1": 1, "a2": 1, "a4": 1}, gates={"works": "yes"}, measures={"less": 1}
    )
    assert completed(complete).low.marked
    rules_of = instrument(indicator("a1"))
    plain = mi.Assessment(agency="Kota Medan", instrument=rules_of)
    found = completions(mi.AssessmentSet.of([plain]))
    assert not found.low.marked
    assert not found.draw(np.random.default_rng(1)).marked


def test_what_counts_for_something_stays_unanswered() -> None:
    policies = ("unknown", "zero", "lowest", "drop")
    basis = {"missing_basis": BASIS}
    rules_of = instrument(
        dimension(
            "a",
            *(indicator(f"i_{one}", missing=one, **basis) for one in policies),
            *(measure(f"m_{one}", missing=one, **basis) for one in policies),
            *(dimension(f"d_{one}", missing=one, **basis) for one in policies),
            rule=mi.WeightedMean(basis=BASIS),
            missing="zero",
            **basis,
        )
    )
    found = completions(
        mi.AssessmentSet.of([mi.Assessment(agency="Kota Medan", instrument=rules_of)])
    )
    # The policy of the dimension above does not settle what is below it.
    assert [item.code for item in found.open_items(0)] == ["i_unknown", "m_unknown", "d_unknown"]
    assert found.low.levels.tolist() == [[0, 255, 255, 255]]
    assert [bool(column.known[0]) for column in found.low.measures] == [True, False, False, False]
    assert found.low.entries.keys() == {"d_unknown"}


def test_too_many_ways_to_answer_the_gates() -> None:
    # In a dimension each, which applies in any case: else they would decide together.
    gates = [gate(f"g{number}") for number in range(15)]
    gated = [indicator(f"i{number}", conditions=(when(f"g{number}"),)) for number in range(15)]
    rules_of = instrument(
        *(
            dimension(f"d{number}", indicator(f"always{number}"), one)
            for number, one in enumerate(gated)
        ),
        gates=gates,
    )
    rows = [
        mi.Assessment(agency=name, instrument=rules_of, gates=answered)
        for name, answered in (
            ("Kota Medan", {}),
            ("Aceh", {"g1": "no"}),
            ("Kota Binjai", {}),
        )
    ]
    many = mi.AssessmentSet.of(rows)
    found = faults_of(AssessmentError, lambda: completions(many))
    assert [fault.agency for fault in found] == ["Kota Medan", "Kota Binjai"]
    for fault in found:
        check_fault(fault, "gates-too-open", None, "32768", "16384")
        assert fault.place == Text.same(fault.agency)
    found = completions(many.rows(np.array([1])))
    assert len(found.owners) == 16384
    assert len(np.unique(found.gate_answers, axis=0)) == 16384
