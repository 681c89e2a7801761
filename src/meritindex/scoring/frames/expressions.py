"""A plan as expressions of narwhals: for pipelines of the caller's own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.frames.answers import Answers
from meritindex.scoring.frames.arithmetic import Expression, surely
from meritindex.scoring.frames.banding import band_name
from meritindex.scoring.frames.steps import Tree
from meritindex.scoring.frames.suitable import engine_program

if TYPE_CHECKING:
    from meritindex.scoring.plans import ScoringPlan


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Expressions:
    """What a plan computes, as expressions of narwhals. Made by `ScoringPlan.expressions`.

    The points of a dimension are an integer over its denominator, and null where it has no points;
    its band is the official name, a text.

    Attributes:
        total: the code of the root, whose points are the total.
        points: the integers of every dimension, by code, the root first.
        bands: the name of the band of every dimension that has bands.
        denominators: over which the integers stand.
        faulty: the rows with an answer that the instrument does not allow. Their points mean
            nothing, and some engines stop where such a number becomes too large.
        columns: which columns the expressions read.
    """

    total: str
    points: Mapping[str, Expression]
    bands: Mapping[str, Expression]
    denominators: Mapping[str, int]
    faulty: Expression
    columns: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Expressions of {len(self.points)} dimensions over {len(self.columns)} columns>"


def expressions_of(plan: ScoringPlan) -> Expressions:
    """Return the expressions of a plan; see `ScoringPlan.expressions`."""
    nw = narwhals()
    program = engine_program(plan)
    instrument = plan.instrument
    columns = answer_columns(plan)

    def whole(number: Expression) -> Expression:
        return number.cast(nw.Int64)

    given = Answers(
        instrument=instrument,
        levels={code: nw.col(code) for code in plan.indicators},
        measures={code: nw.col(code) for code in plan.measures},
        gates={gate.code: nw.col(gate.code) for gate in instrument.gates},
        whole=whole,
        fractional=frozenset(plan.indicators),
    )
    # Engines don't agree to which integer a number with decimals is cast: such a level is none.
    answers = attrs.evolve(
        given,
        levels={
            code: whole(nw.when(surely(level.round(0) == level)).then(level))
            for code, level in given.levels.items()
        },
    )
    tree = Tree.of(program, answers)
    in_order = [(step, child.number) for step, child in zip(program.steps, tree.steps, strict=True)]
    in_order.reverse()
    bands = {step.dimension.code: band_name(tree, step, number) for step, number in in_order}
    return Expressions(
        total=instrument.root.code,
        points=MappingProxyType({step.dimension.code: number for step, number in in_order}),
        bands=MappingProxyType({code: band for code, band in bands.items() if band is not None}),
        denominators=MappingProxyType(
            {step.dimension.code: step.denominator for step, _ in in_order}
        ),
        faulty=given.faulty(program),
        columns=columns,
    )


def answer_columns(plan: ScoringPlan) -> tuple[str, ...]:
    """Return the columns that a plan reads: gates, indicators, measures."""
    gates = tuple(gate.code for gate in plan.instrument.gates)
    return (*gates, *plan.indicators, *plan.measures)
