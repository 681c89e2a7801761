"""Incomplete and doubtful assessments as complete ones: the extreme ones, and random ones.

A completion of an assessment is a complete one in which every answer is one of those that it may
really be. Nothing is scored here: the rows are what a plan runs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.open_answers import (
    LevelEnds,
    NumberEnds,
    entry_ends,
    measure_ends,
    under_entries,
)
from meritindex.analysis.open_gates import GateWays, ways_to_answer
from meritindex.assessment import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    AnswerState,
    Assessment,
    AssessmentSet,
)
from meritindex.assessment.trust import AnswerPolicy
from meritindex.assessment.values import NumberColumn, closed
from meritindex.definition import Dimension, Measure
from meritindex.language import Text
from meritindex.scoring.rows import Inputs

Levels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Side = Literal["low", "high"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class OpenItem:
    """An answer that may be more than one thing.

    Attributes:
        code: of the indicator, measure, dimension or gate.
        name: what it is called; of a gate the question.
        state: how well the answer is supported; None where that is not known, or there is none.
        answered: whether there is an answer.
        low: the answer that is worth least to the total: the level of an indicator, the value of a
            measure (the larger one, where less is better), points entered at a dimension; None for
            a gate, of which that is not known.
        high: the answer that is worth most.
    """

    code: str
    name: Text
    state: AnswerState | None
    answered: bool
    low: Fraction | int | None
    high: Fraction | int | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Completions:
    """Everything that `n` assessments may really be. Made by `completions`.

    Where the instrument is monotone, the total of every completion of an assessment lies between
    the least total of its low rows and the greatest total of its high rows, and these rows are
    completions themselves. (A cap that depends on a deduction being small enough breaks this, and
    so may the last digit of a rule that is computed in doubles.) There is one low and one high row
    for each way to answer the gates that are open.

    What is open where it is not answered is what the instrument's own policy for it leaves unknown,
    whatever the policy of the dimensions above. What counts as zero or lowest, or is dropped, stays
    unanswered in the rows, as does what lies under an entry. So the total of a row may be unknown
    all the same: where a cap waits for something under an entry, or for what is dropped.

    Attributes:
        assessments: what is completed.
        policy: what the answers may really be.

    Raises:
        AssessmentError: the open gates of an assessment can be answered in more than 16,384 ways.
    """

    assessments: AssessmentSet
    policy: AnswerPolicy

    def __attrs_post_init__(self) -> None:
        _ = self._ways

    @property
    def owners(self) -> Places:
        """The assessment that each extreme row completes; intp, shape `[m]`, ascending."""
        return self._ways.owners

    @property
    def starts(self) -> Places:
        """The first extreme row of each assessment; intp, shape `[n]`."""
        return self._ways.starts

    @property
    def gate_answers(self) -> Levels:
        """The place of each gate's option in each extreme row; uint8, shape `[m, gates]`.

        255 where the gate is not answered, because nothing that is not under an entry waits for it.
        """
        return self._ways.answers

    @cached_property
    def low(self) -> Inputs:
        """The `m` complete rows in which every open answer is what is worth least."""
        return self._extreme("low")

    @cached_property
    def high(self) -> Inputs:
        """The `m` complete rows in which every open answer is what is worth most."""
        return self._extreme("high")

    @cached_property
    def is_open(self) -> Mask:
        """Whether anything is open; bool, shape `[n]`."""
        opened = [self._levels.open, self._ways.open]
        opened += [ends.open[:, np.newaxis] for ends in (*self._measures, *self._entries)]
        found: Mask = np.logical_or.reduce(np.hstack(opened), axis=1)
        return closed(found)

    def open_items(self, row: int) -> tuple[OpenItem, ...]:
        """Return what is open in an assessment: by the order of the tree, and then the gates.

        An answer that can be but one thing is not open, even where there is none yet.
        """
        row = range(len(self.assessments))[row]
        instrument, states = self.assessments.instrument, dict(self.assessments.facts[row].states)
        found: dict[str, OpenItem] = {}
        for place in np.flatnonzero(self._levels.open[row]):
            indicator = instrument.indicators[place]
            answered = bool(self.assessments.levels[row, place] < NOT_APPLICABLE)
            found[indicator.code] = OpenItem(
                code=indicator.code,
                name=indicator.name,
                state=states.get(indicator.code) if answered else None,
                answered=answered,
                low=int(self._levels.low[row, place]),
                high=int(self._levels.high[row, place]),
            )
        for ends in (*self._measures, *self._entries):
            if ends.open[row]:
                unit = 10**ends.node.decimals
                found[ends.node.code] = _unanswered(
                    ends.node.code,
                    ends.node.name,
                    Fraction(int(ends.low.numerators[row]), unit),
                    Fraction(int(ends.high.numerators[row]), unit),
                )
        for place in np.flatnonzero(self._ways.open[row]):
            gate = instrument.gates[place]
            found[gate.code] = _unanswered(gate.code, gate.question, None, None)
        order = (item.code for item in (*instrument.nodes, *instrument.gates))
        return tuple(found[code] for code in order if code in found)

    def draw(self, generator: np.random.Generator, repeats: int = 1) -> Inputs:
        """Return random completions: row `r * n + i` completes assessment `i`.

        Each open answer is drawn by itself, every level, every value on the grid of its decimals
        and every option of a gate as likely as any other.

        Args:
            generator: where chance comes from; the same state gives the same rows.
            repeats: how many completions of each assessment.

        Returns:
            `repeats * n` rows.
        """
        levels = self._levels.draw(generator, repeats)
        self._draw_gates(generator, levels)
        return Inputs(
            levels=levels.reshape(repeats * len(self.assessments), levels.shape[2]),
            measures=tuple(ends.draw(generator, repeats) for ends in self._measures),
            entries={ends.node.code: ends.draw(generator, repeats) for ends in self._entries},
            undetermined=_NOTHING,
            marked=self._marked,
        )

    def assessment(self, place: int, side: Side) -> Assessment:
        """Return an extreme row as an `Assessment`, which is checked like any other.

        What differs from the answers that were given is made up, and so the assessment is marked as
        synthetic then; state, evidence and standing are kept of answers that are as they were.

        Args:
            place: which row.
            side: of those that are worth least (`low`) or most (`high`).
        """
        place = range(len(self.owners))[place]
        instrument, row = self.assessments.instrument, int(self.owners[place])
        given, facts = self.assessments[row], self.assessments.facts[row]
        answers = self._answers_of({"low": self.low, "high": self.high}[side], place)
        before = dict((*given.levels, *given.gates, *given.measures, *given.points))
        after = {code: answer for part in answers.values() for code, answer in part.items()}
        changed = {
            code for code in before.keys() | after.keys() if before.get(code) != after.get(code)
        }
        said = {
            name: tuple(pair for pair in getattr(facts, name) if pair[0] not in changed)
            for name in ("states", "evidence", "standings")
        }
        return Assessment(
            agency=facts.agency,
            instrument=instrument,
            year=facts.year,
            date=facts.date,
            stage=facts.stage,
            synthetic=facts.synthetic or bool(changed),
            standing=facts.standing,
            **answers,
            **said,
        )

    def _answers_of(self, inputs: Inputs, place: int) -> dict[str, dict[str, Any]]:
        """Return the answers of an extreme row, by the arguments of an `Assessment`."""
        instrument, row = self.assessments.instrument, self.owners[place]
        derived = self.assessments.gates_derived[row]
        measures = zip(instrument.measures, inputs.measures, strict=True)
        entries = [(instrument.dimension(code), column) for code, column in inputs.entries.items()]
        return {
            "levels": {
                indicator.code: int(level)
                for indicator, level in zip(
                    instrument.indicators, inputs.levels[place], strict=True
                )
                if level < NOT_APPLICABLE
            },
            "gates": {
                gate.code: gate.values[answer]
                for gate, answer, follows in zip(
                    instrument.gates, self._ways.answers[place], derived, strict=True
                )
                if answer != NOT_ANSWERED and not follows
            },
            "measures": _values(measures, place),
            "points": _values(entries, place),
        }

    def _extreme(self, side: Side) -> Inputs:
        """Return the rows of one side."""
        ways, owners = self._ways, self.owners
        alone = len(owners) == len(self.assessments)  # every one has but one way
        levels = getattr(self._levels, side)
        if not alone:
            levels = np.where(ways.inapplicable, np.uint8(NOT_APPLICABLE), levels[owners])

        def column(ends: NumberEnds) -> NumberColumn:
            found: NumberColumn = getattr(ends, side)
            return found if alone else found.rows(owners)

        return Inputs(
            levels=closed(levels),
            measures=tuple(column(ends) for ends in self._measures),
            entries=MappingProxyType({ends.node.code: column(ends) for ends in self._entries}),
            undetermined=_NOTHING,
            marked=self._marked,
        )

    def _draw_gates(self, generator: np.random.Generator, levels: Levels) -> None:
        """Draw a way to answer the open gates; write the mark of what does not apply by it.

        Args:
            generator: where chance comes from.
            levels: shape `[repeats, n, indicators]`.
        """
        rows = self._several
        if len(rows):
            ways = self._ways
            size = (len(levels), len(rows))
            chosen = ways.starts[rows] + generator.integers(0, ways.counts[rows], size=size)
            mark = np.uint8(NOT_APPLICABLE)
            levels[:, rows] = np.where(ways.inapplicable[chosen], mark, levels[:, rows])

    @cached_property
    def _several(self) -> Places:
        """The assessments of which the gates can be answered in several ways."""
        return np.flatnonzero(self._ways.counts > 1)

    @cached_property
    def _under(self) -> Mapping[str, Mask]:
        return under_entries(self.assessments)

    @cached_property
    def _ways(self) -> GateWays:
        return ways_to_answer(self.assessments, self._under)

    @cached_property
    def _levels(self) -> LevelEnds:
        """The ends of the levels, with the mark of what applies in no way."""
        ends = LevelEnds.of(self.assessments, self.policy, self._under)
        if not len(self.assessments):
            return ends
        return ends.without(np.logical_and.reduceat(self._ways.inapplicable, self.starts, axis=0))

    @cached_property
    def _measures(self) -> tuple[NumberEnds, ...]:
        return tuple(measure_ends(self.assessments, self.policy, self._under))

    @cached_property
    def _entries(self) -> tuple[NumberEnds, ...]:
        return tuple(entry_ends(self.assessments, self.policy, self._under))

    @cached_property
    def _marked(self) -> bool:
        """Whether any level may be a mark."""
        return bool(len(self._several)) or bool((self._levels.low >= NOT_APPLICABLE).any())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Completions):
            return NotImplemented
        return self.assessments == other.assessments and self.policy == other.policy

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        under, opened = self.assessments.instrument.id, int(self.is_open.sum())
        return f"<Completions of {len(self.assessments)} under {under}, {opened} of them open>"


def _unanswered(code: str, name: Text, low: Fraction | None, high: Fraction | None) -> OpenItem:
    return OpenItem(code=code, name=name, state=None, answered=False, low=low, high=high)


def _values(
    columns: Iterable[tuple[Measure | Dimension, NumberColumn]], place: int
) -> dict[str, Fraction]:
    """Return the numbers of a row that are known, by code."""
    return {
        node.code: Fraction(int(column.numerators[place]), 10**node.decimals)
        for node, column in columns
        if column.known[place]
    }


def completions(assessments: AssessmentSet, policy: AnswerPolicy | None = None) -> Completions:
    """Return everything that assessments may really be.

    Args:
        assessments: what was answered, completely or not.
        policy: what the answers may really be; None for the default.

    Raises:
        AssessmentError: the open gates of an assessment can be answered in more than 16,384 ways.

    Examples:
        >>> import meritindex as mi
        >>> found = completions(mi.sample())
        >>> int(found.is_open.sum())  # those without survey
        27
        >>> found.open_items(int(found.is_open.argmax()))[0].high
        Fraction(1, 1)
        >>> plan = mi.plan(found.assessments.instrument)
        >>> bool(plan.run(found.low).total.known.all())
        True
    """
    return Completions(assessments=assessments, policy=policy or AnswerPolicy())
