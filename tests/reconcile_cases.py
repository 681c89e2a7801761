"""Random claims and findings of one agency, and what the oracle says of any mixture of the two.

Some findings are drawn by themselves, so that gates, entries and gaps differ; others are claims of
which a few answers are changed, so that single findings decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest

import attrs
from hypothesis import assume
from hypothesis import strategies as st

import meritindex as mi
import oracle
import strategies
from builders import ASSUMED, dimension, indicator, instrument, measure
from meritindex.testing.answers import Answers, may_apply
from meritindex.testing.parts import one_in

STATES = tuple(mi.AnswerState)


@attrs.frozen(kw_only=True)
class Case:
    """An instrument, and the claims and findings of several agencies under it."""

    instrument: mi.Instrument
    claims: list[Answers]
    findings: list[Answers]
    states: list[tuple[dict[str, mi.AnswerState], dict[str, mi.AnswerState]]]

    @property
    def claimed(self) -> list[mi.Assessment]:
        return [
            assessment(self.instrument, row, place, mi.Stage.SELF_ASSESSED, states)
            for place, (row, (states, _)) in enumerate(zip(self.claims, self.states, strict=True))
        ]

    @property
    def verified(self) -> list[mi.Assessment]:
        return [
            assessment(self.instrument, row, place, mi.Stage.VERIFIED, states)
            for place, (row, (_, states)) in enumerate(zip(self.findings, self.states, strict=True))
        ]

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        return strategies.weights_of(self.instrument)

    def result(self, row: Answers) -> oracle.Result:
        return oracle.evaluate(self.instrument, self.weights, strategies.asked(row))

    def mixed(self, row: int, codes: Collection[str]) -> Answers:
        """Return the claim of an agency with the findings at these codes."""
        ours, theirs = attrs.asdict(self.claims[row]), attrs.asdict(self.findings[row])
        return Answers(
            **{
                name: {code: value for code, value in ours[name].items() if code not in codes}
                | {code: value for code, value in theirs[name].items() if code in codes}
                for name in ours
            }
        )


def assessment(
    rules: mi.Instrument,
    row: Answers,
    place: int = 0,
    stage: mi.Stage | None = None,
    states: dict[str, mi.AnswerState] | None = None,
) -> mi.Assessment:
    """Return answers as an assessment; what is not answered has no state."""
    said = {code: state for code, state in (states or {}).items() if code in row.levels}
    return mi.Assessment(
        agency=mi.Agency(name=f"A{place}"),
        instrument=rules,
        year=2026,
        stage=stage,
        levels=row.levels,
        gates=row.gates,
        measures=row.measures,
        points=row.points,
        states=said,
        evidence=dict.fromkeys(said, "shown"),
    )


@st.composite
def changed(draw: st.DrawFn, rules: mi.Instrument, row: Answers) -> Answers:
    """Draw answers like these, of which a few levels and values are others, or are not given."""
    levels, measures = dict(row.levels), dict(row.measures)
    for each in rules.indicators:
        if each.code in levels and draw(one_in(2)):
            levels[each.code] = draw(st.sampled_from([level.value for level in each.levels]))
            if draw(one_in(8)):
                del levels[each.code]
    for number in rules.measures:
        if number.code in measures and draw(one_in(2)):
            measures[number.code] = draw(st.sampled_from((number.minimum, number.maximum)))
    gates = dict(row.gates)
    for gate in rules.gates:
        if gate.code in gates and draw(one_in(3)):
            gates[gate.code] = draw(st.sampled_from(gate.values))
    for each in rules.indicators:
        if not may_apply(each, gates):
            levels.pop(each.code, None)
    return Answers(levels=levels, measures=measures, gates=gates, points=row.points)


@st.composite
def cases(draw: st.DrawFn, *, most_rows: int = 2, **options: object) -> Case:
    """Draw a case of which both sides can be scored.

    Args:
        draw: given by hypothesis.
        most_rows: how many agencies there may be.
        options: of the instrument, see `strategies.instruments`.
    """
    one = draw(strategies.instruments(**options))
    claims = draw(strategies.answer_lists(one, max_size=most_rows))
    findings = [
        draw(changed(one, row) if draw(st.booleans()) else strategies.answers(one))
        for row in claims
    ]
    said = st.dictionaries(
        st.sampled_from([each.code for each in one.indicators] or ["none"]),
        st.sampled_from(STATES),
        max_size=4,
    )
    states = [(draw(said), draw(said)) for _ in claims]
    case = Case(instrument=one, claims=claims, findings=findings, states=states)
    for row in (*claims, *findings):
        assume(case.result(row).firm)
    return case


@st.composite
def refusable_cases(draw: st.DrawFn) -> Case:
    """Draw a case in which taking over one of two findings alone may leave no mean.

    A geometric mean is taken of a sum that deductions are taken off: the claim is high in both,
    the finding low, so that the low sum less the high deduction is no longer above zero.
    """
    most = draw(st.integers(2, 4))
    part = dimension(
        "part", indicator("i"), deductions=(measure("cut", None, maximum=4, decimals=0),)
    )
    root = dimension("root", part, indicator("j"), rule=mi.GeometricMean(basis=ASSUMED))
    one = instrument(root=root)
    rows = [
        Answers(
            levels={"i": most, "j": draw(st.integers(1, 4))},
            measures={"cut": Fraction(draw(st.integers(0, most - 1)))},
        ),
        Answers(levels={"i": 1, "j": draw(st.integers(1, 4))}, measures={"cut": Fraction(0)}),
    ]
    claim, finding = draw(st.permutations(rows))
    return Case(instrument=one, claims=[claim], findings=[finding], states=[({}, {})])


def kappa(claims: list[int], findings: list[int], weights: str) -> Fraction | None:
    """Return weighted kappa from its definition, by the shares of a table of agreement.

    With weights of agreement `w = 1 - d / most` it is `(observed - chance) / (1 - chance)`.
    """
    power = 1 if weights == "linear" else 2
    given = sorted({*claims, *findings})
    if len(given) < 2:
        return None
    most, count = (given[-1] - given[0]) ** power, len(claims)

    def agreement(one: int, other: int) -> Fraction:
        return 1 - Fraction(abs(one - other) ** power, most)

    pairs = list(zip_longest(claims, findings))
    observed = sum(agreement(one, other) for one, other in pairs) / count
    chance = sum(agreement(one, other) for one in claims for other in findings) / count**2
    return (observed - chance) / (1 - chance)


def compared(case: Case, rows: Collection[int]) -> Iterator[tuple[str, int, int]]:
    """Yield what both sides answer by a level: the indicator, the claim and the finding."""
    for row in rows:
        for code, level in case.claims[row].levels.items():
            if code in case.findings[row].levels:
                yield code, level, case.findings[row].levels[code]
