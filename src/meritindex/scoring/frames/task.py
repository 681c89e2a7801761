"""What is done to a frame, or to a part of one: its answers made ready, checked and scored."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.frames.answers import Answers
from meritindex.scoring.frames.arithmetic import Expression, surely, unless
from meritindex.scoring.frames.banding import band_name
from meritindex.scoring.frames.checking import OWN_PREFIX, Form, Frame
from meritindex.scoring.frames.names import Names
from meritindex.scoring.frames.native import keeps_floats, with_numbers
from meritindex.scoring.frames.steps import Tree
from meritindex.scoring.frames.suitable import engine_program
from meritindex.scoring.program import Program

if TYPE_CHECKING:
    from meritindex.scoring.plans import ScoringPlan


@attrs.frozen(kw_only=True, eq=False)
class Task:
    """How frames of one form are scored by a plan; it can be sent to other processes.

    Attributes:
        forms: in what each column of answers holds them.
        names: what the results are called.
        mark_faulty: whether rows with wrong answers are marked.
    """

    plan: ScoringPlan
    forms: Mapping[str, Form]
    names: Names
    mark_faulty: bool

    @property
    def program(self) -> Program:
        """The program of the plan for engines."""
        return engine_program(self.plan)

    @cached_property
    def raw(self) -> dict[str, str]:
        """What the columns of numbers are called once they are made ready, by code."""
        return {
            code: f"{OWN_PREFIX}{code}" for code in (*self.plan.indicators, *self.plan.measures)
        }

    def ready(self, frame: Frame) -> Frame:
        """Return a frame with columns of numbers made ready."""
        return with_numbers(frame, self.forms, self.raw)

    def answers(self, frame: Frame) -> Answers:
        """Return the answers of a frame that was made ready, as they were given."""
        nw = narwhals()
        floats = keeps_floats(frame)

        def whole(number: Expression) -> Expression:
            # What pandas holds as doubles stays so; there it is exact as well.
            return number if floats else number.cast(nw.Int64)

        def text(code: str) -> Expression:
            return nw.col(code) if floats else nw.col(code).cast(nw.String)

        plan = self.plan
        return Answers(
            instrument=plan.instrument,
            levels={code: nw.col(self.raw[code]) for code in plan.indicators},
            measures={code: nw.col(self.raw[code]) for code in plan.measures},
            gates={gate.code: text(gate.code) for gate in plan.instrument.gates},
            whole=whole,
            fractional=frozenset(
                code for code in plan.indicators if self.forms[code] is Form.NUMBER
            ),
        )

    def scored(self, frame: Frame) -> Frame:
        """Return a frame that was made ready with points and bands beside its columns."""
        nw = narwhals()
        answers, names, program = self.answers(frame), self.names, self.program
        if first := self._first_columns(answers):
            frame = frame.with_columns(**first)
        stages: dict[int, dict[str, Expression]] = {}

        def put_aside(depth: int, code: str, number: Expression) -> Expression:
            stages.setdefault(depth, {})[names.numerators[code]] = number
            return nw.col(names.numerators[code])

        tree = Tree.of(program, answers, put_aside)
        faulty = nw.col(names.faulty) if self.mark_faulty else None
        for _, stage in sorted(stages.items()):
            # Each stage reads the columns of those before it.
            frame = frame.with_columns(**stage)
        found = {
            names.bands[step.dimension.code]: name
            for step, child in zip(program.steps, tree.steps, strict=True)
            if (name := band_name(tree, step, child.number)) is not None
        }
        total = nw.col(names.numerators[names.root])
        # Divided by a column, not by a number, of which some engines take the reciprocal.
        found[names.total] = total / (total * 0 + program.root.denominator)
        if faulty is not None:
            found |= {name: nw.col(name) for name in names.numerators.values()}
            found = {name: unless(faulty, value) for name, value in found.items()}
        return frame.with_columns(**found)

    def _first_columns(self, answers: Answers) -> dict[str, Expression]:
        """Return levels as integers, and where an answer is wrong, if that is to be marked."""
        found = {}
        for indicator in self.plan.instrument.indicators:
            level = answers.levels[indicator.code]
            if self.mark_faulty:
                # So that no engine stops at a number that is too large.
                lowest, highest = indicator.levels[0].value, indicator.levels[-1].value
                within = surely((level >= lowest) & (level <= highest))
                level = narwhals().when(within).then(level)
            found[self.raw[indicator.code]] = answers.whole(level)
        if self.mark_faulty:
            found[self.names.faulty] = answers.faulty(self.program)
        return found
