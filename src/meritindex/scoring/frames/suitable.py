"""Which plans can be computed in an engine, and the program that does it for every possible row.

An engine has 64-bit integers and no common denominator but the one that is said beforehand. So the
program is compiled for every divisor that any row could have, and refused where its numbers, or
what rounding adds to them, could pass 2**53: up to there they survive even where a library keeps
whole numbers as doubles, as pandas does in numpy columns with gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from meritindex.definition import GoalpostScale, Minimum
from meritindex.errors import Fault, MeritIndexError
from meritindex.language import Text
from meritindex.scoring.compiling import build_program
from meritindex.scoring.frames.arithmetic import shift_of
from meritindex.scoring.program import Domain, MeasureColumn, Program, Step

if TYPE_CHECKING:
    from meritindex.scoring.plans import ScoringPlan

# All numbers of a plan stay below it; see above.
LIMIT = 2**53
# A decimal of so many digits is the shortest one of its double, and no other of so many is.
LONGEST_DECIMAL = 10**15
# How many divisors of one mean are told apart.
MOST_DIVISORS = 64


class EngineError(MeritIndexError):
    """A plan, or a frame, with which no engine can score."""


@lru_cache(maxsize=32)
def engine_program(plan: ScoringPlan) -> Program:
    """Return the program of a plan for every row that a frame could hold.

    Raises:
        EngineError: the plan has rules that are no integer arithmetic, dimensions whose points can
            only be entered, or numbers that are too large.
    """
    divisors = {
        step.dimension.code: tuple(sorted(plan.program.divisor_sums(step, MOST_DIVISORS + 1) - {0}))
        for step in plan.program.steps
        if plan.program.has_open_divisors(step, waiting=True)
    }
    faults = [
        _refused(code, _MANY_DIVISORS.fill(limit=MOST_DIVISORS))
        for code, found in divisors.items()
        if len(found) > MOST_DIVISORS
    ]
    if not faults:
        program = build_program(
            plan.instrument, plan.weight_values, plan.policies, divisors=divisors
        )
        faults = [
            *(fault for measure in program.measures for fault in _measure_faults(measure)),
            *(fault for step in program.steps for fault in _step_faults(step)),
        ]
        if not faults:
            return program
    raise EngineError(faults)


def _step_faults(step: Step) -> Iterator[Fault]:
    rule = step.dimension.rule
    if rule is None:
        yield _refused(step.dimension.code, _ENTERED_ONLY)
    elif step.domain is not Domain.INTEGER or (step.inputs and not isinstance(rule, Minimum)):
        yield _refused(step.dimension.code, _NOT_INTEGER.fill(rule=rule.label))
    elif max(step.peak, step.denominator, 4 * shift_of(step)) >= LIMIT:
        yield _refused(step.dimension.code, _TOO_LARGE)


def _measure_faults(column: MeasureColumn) -> Iterator[Fault]:
    measure, scale = column.measure, column.measure.scale
    if column.domain is not Domain.INTEGER:
        yield _refused(measure.code, _LOGARITHM)
        return
    ends = max(abs(measure.minimum), abs(measure.maximum)) * 10**measure.decimals
    size = max(Fraction(column.bound), ends)
    if isinstance(scale, GoalpostScale):
        # A line is followed to where it meets zero before it is kept between its posts.
        step = abs(scale.slope) / 10**measure.decimals / column.unit
        zero = abs(scale.points_at_low - scale.slope * scale.low) / column.unit
        size = max(size, step * ends + zero)
    if ends >= LONGEST_DECIMAL or size >= LIMIT:
        yield _refused(measure.code, _TOO_LARGE)


def _refused(code: str, reason: Text) -> Fault:
    return Fault(
        code="plan-not-for-engines",
        message=Text(
            "{code} tidak dapat dihitung di dalam mesin data: {reason}; gunakan read_frame dan "
            "score",
            "{code} can't be computed in an engine: {reason}; use read_frame and score",
        ).fill(code=code, reason=reason),
        item=code,
    )


_ENTERED_ONLY = Text(
    "nilainya hanya dapat diisi langsung", "its points can only be entered as such"
)
_NOT_INTEGER = Text(
    "rumusnya ({rule}) bukan hitungan bilangan bulat",
    "its rule ({rule}), or one below it, is no arithmetic of integers",
)
_LOGARITHM = Text("skalanya memakai logaritma", "its scale takes logarithms")
_TOO_LARGE = Text("bilangan bulatnya dapat melampaui 2^53", "its integers can be larger than 2^53")
_MANY_DIVISORS = Text(
    "jumlah bobot yang dihitung dapat berbeda-beda dalam lebih dari {limit} cara",
    "the weights that count can add up in more than {limit} ways",
)
