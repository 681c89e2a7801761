"""A plan: an instrument and a weighting, compiled for scoring arrays of levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.definition import (
    Bands,
    Dimension,
    Instrument,
    MissingPolicy,
    Weighting,
    WeightedSum,
    Weights,
)
from meritindex.definition.applicability import gate_groups, presence_patterns
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.language import Text
from meritindex.numbers import decimals_of, parse_number, quoted
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.evaluation import Inputs, Numbers, evaluate, occurring_divisors
from meritindex.scoring.program import Program, build_program
from meritindex.scoring.ranking import band_numbers, competition_ranks

NOT_ANSWERED = 255
"""The mark in an array of levels for an indicator that was not answered."""

NOT_APPLICABLE = 254
"""The mark in an array of levels for an indicator that a gate takes out."""

# Beyond so many faults the rest of an array is counted, not listed.
_LISTED_FAULTS = 100

Levels = npt.NDArray[np.uint8]


@attrs.frozen(eq=False)
class Scores:
    """What a plan computes for an array of rows.

    Attributes:
        dimensions: the points of every dimension below the root, by code, in the instrument's order.
        total: the points of the root.
    """

    plan: ScoringPlan
    columns: Mapping[str, ExactColumn] = attrs.field(repr=False)

    @property
    def total(self) -> ExactColumn:
        """The points of the root, a column of `n` numbers."""
        return self.columns[self.plan.instrument.root.code]

    @cached_property
    def dimensions(self) -> Mapping[str, ExactColumn]:
        """The points of every dimension below the root, by code, in the instrument's order."""
        return MappingProxyType(
            {
                dimension.code: self.columns[dimension.code]
                for dimension in self.plan.instrument.dimensions[1:]
            }
        )

    @cached_property
    def bands(self) -> npt.NDArray[np.uint8]:
        """The number of the total's band, 1 for the lowest, 0 for none; uint8, shape `[n]`."""
        return self.bands_of(self.plan.instrument.root.code)

    @cached_property
    def ranks(self) -> npt.NDArray[np.int32]:
        """The competition rank by the total, 0 for none; int32, shape `[n]`."""
        ranks = competition_ranks(self.total)
        ranks.setflags(write=False)
        return ranks

    def bands_of(self, code: str) -> npt.NDArray[np.uint8]:
        """Return the number of the band of a dimension: 1 for the lowest, 0 for none.

        Returns:
            uint8, shape `[n]`; all 0 where the dimension has no bands.
        """
        bands = self.plan.instrument.dimension(code).bands
        column = self.columns[code]
        if bands is None:
            numbers = np.zeros(len(column), dtype=np.uint8)
        else:
            numbers = band_numbers(column, bands)
        numbers.setflags(write=False)
        return numbers


@attrs.frozen(kw_only=True)
class ScoringPlan:
    """An instrument and a weighting, compiled. Made by `plan`.

    Attributes:
        instrument: what is scored.
        weighting: where the weights come from.
        missing: a policy that the caller chose over those of the instrument; None for theirs.
    """

    instrument: Instrument
    weighting: Weighting
    missing: MissingPolicy | None = None
    weights: Weights = attrs.field(eq=False, repr=False)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators, in the order of an array's columns."""
        return tuple(indicator.code for indicator in self.instrument.indicators)

    @property
    def measures(self) -> tuple[str, ...]:
        """The codes of the measures."""
        return tuple(measure.code for measure in self.instrument.measures)

    @cached_property
    def weight_values(self) -> Mapping[str, Fraction]:
        """The weight of every node below the root."""
        return MappingProxyType({code: figure.value for code, figure in self.weights})

    @cached_property
    def policies(self) -> Mapping[str, MissingPolicy]:
        """What each node counts for when it is missing."""
        return MappingProxyType(
            {
                node.code: node.missing if self.missing is None or place == 0 else self.missing
                for place, node in enumerate(self.instrument.nodes)
            }
        )

    @cached_property
    def program(self) -> Program:
        """The integer program for answers alone, without points entered at a dimension."""
        return build_program(self.instrument, self.weight_values, self.policies)

    @cached_property
    def _checks(self) -> _LevelChecks:
        return _LevelChecks.of(self.instrument)

    def score_levels(
        self, levels: Levels, measures: Mapping[str, Sequence[object]] | None = None
    ) -> Scores:
        """Score an array of levels.

        Args:
            levels: uint8, shape `[n, indicators]`, rows or columns stored; `NOT_ANSWERED` (255)
                and `NOT_APPLICABLE` (254) are marks. The indicators stand in the order of
                `plan.indicators`.
            measures: by code, `n` numbers (texts, ints, Fractions, floats by their shortest
                decimal); None or NaN where there is none. A measure that is not named is missing.

        Returns:
            Points, bands and ranks of the `n` rows.

        Raises:
            AssessmentError: a level outside its scale, a pattern of `NOT_APPLICABLE` that no
                answers to the gates produce, or a measure that is unknown, too fine or outside its
                range. Every fault names its row, from 0.
            TypeError: `levels` is not a uint8 array of that shape.

        Example:
            >>> import numpy as np, meritindex as mi
            >>> plan = mi.plan(mi.instrument("ism-2026"))
            >>> levels = np.full((1, len(plan.indicators)), 3, dtype=np.uint8)
            >>> levels[0, plan.indicators.index("a4q1_kabkota")] = mi.NOT_APPLICABLE
            >>> plan.score_levels(levels, {"satisfaction": ["0.8"]}).total[0]
            Fraction(61, 80)
        """
        shape = getattr(levels, "shape", None)
        if getattr(levels, "dtype", None) != np.uint8 or shape is None or len(shape) != 2:
            raise TypeError("levels must be a two-dimensional uint8 array")
        if shape[1] != len(self.instrument.indicators):
            raise TypeError(
                f"levels must have {len(self.instrument.indicators)} columns, not {shape[1]}"
            )
        faults = [*self._checks.faults(levels)]
        columns = self._measure_columns(len(levels), measures or {}, faults)
        if faults:
            raise AssessmentError(faults)
        return self.run(Inputs(levels=levels, measures=columns, entries={}, undetermined={}))

    def run(self, inputs: Inputs) -> Scores:
        """Run the plan on inputs that have been checked."""
        entered = frozenset(inputs.entries)
        program = _program(self, entered) if entered else self.program
        if any(program.can_drop(step) for step in program.steps):
            # What is dropped decides the divisors, so the program is compiled for those that occur.
            divisors = occurring_divisors(program, inputs)
            program = build_program(
                self.instrument, self.weight_values, self.policies, entered, divisors
            )
        columns = evaluate(program, inputs)
        return Scores(
            self,
            {
                step.dimension.code: column
                for step, column in zip(program.steps, columns, strict=True)
            },
        )

    def _measure_columns(
        self, count: int, given: Mapping[str, Sequence[object]], faults: list[Fault]
    ) -> tuple[Numbers, ...]:
        known = {measure.code for measure in self.instrument.measures}
        faults += [
            Fault(
                code="unknown-measure",
                message=Text(
                    "{code} bukan nilai dari instrumen ini",
                    "{code} is not a measure of this instrument",
                ).fill(code=code),
                item=code,
            )
            for code in given
            if code not in known
        ]
        return ()
