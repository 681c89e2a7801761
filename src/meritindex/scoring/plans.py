"""A plan: an instrument and a weighting, compiled for scoring arrays of levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex import catalog
from meritindex.assessment.values import more_faults
from meritindex.definition import Instrument, MissingPolicy, Weighting, Weights
from meritindex.definition.applicability import (
    MAX_COMBINATIONS,
    combinations,
    gates_of,
)
from meritindex.definition.ranges import points_ranges
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.language import Text
from meritindex.numbers import shortest_text
from meritindex.scoring.block import Refusal
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.compiling import build_program
from meritindex.scoring.evaluation import BandLimits, evaluate, occurring_divisors
from meritindex.scoring.level_checks import LISTED_FAULTS, LevelChecks, row_place
from meritindex.scoring.measure_columns import Values, read_measures
from meritindex.scoring.program import Program
from meritindex.scoring.ranking import band_numbers, competition_ranks
from meritindex.scoring.rows import Inputs

if TYPE_CHECKING:
    from meritindex.scoring.frames.expressions import Expressions

Levels = npt.NDArray[np.uint8]


def _read_only(columns: Mapping[str, ExactColumn]) -> Mapping[str, ExactColumn]:
    return MappingProxyType(dict(columns))


def _closed_limits(limits: Mapping[str, BandLimits]) -> Mapping[str, BandLimits]:
    """Return the limits closed to writing, as unpickled ones are not."""
    for limit in limits.values():
        limit.close()
    return MappingProxyType(dict(limits))


@attrs.frozen(eq=False)
class Scores:
    """What a plan computes for an array of rows.

    Attributes:
        plan: what computed them.
        columns: the points of every dimension, the root among them, by code.
        band_limits: by code, where caps limit bands.
    """

    plan: ScoringPlan
    columns: Mapping[str, ExactColumn] = attrs.field(repr=False, converter=_read_only)
    band_limits: Mapping[str, BandLimits] = attrs.field(
        factory=dict, repr=False, converter=_closed_limits
    )

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
        if code in self._band_numbers:
            return self._band_numbers[code]
        bands = self.plan.instrument.dimension(code).bands
        column = self.columns[code]
        if bands is None:
            numbers = np.zeros(len(column), dtype=np.uint8)
        else:
            numbers = band_numbers(column, bands)
        if code in self.band_limits:
            limits = self.band_limits[code]
            # A cap that may hold and would matter leaves the band unknown.
            open_to = np.minimum(numbers, limits.certain)
            numbers = np.where(np.minimum(numbers, limits.possible) == open_to, open_to, 0)
            numbers = numbers.astype(np.uint8)
        numbers.setflags(write=False)
        self._band_numbers[code] = numbers
        return numbers

    @cached_property
    def _band_numbers(self) -> dict[str, npt.NDArray[np.uint8]]:
        """The bands that have been asked for; reading them once serves every card of a table."""
        return {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scores):
            return NotImplemented
        return (
            self.plan == other.plan
            and dict(self.columns) == dict(other.columns)
            and dict(self.band_limits) == dict(other.band_limits)
        )

    __hash__ = None  # type: ignore[assignment]

    # A read-only mapping can't be pickled; the constructor makes it anew.
    def __reduce__(self) -> tuple[Any, ...]:
        return Scores, (self.plan, dict(self.columns), dict(self.band_limits))


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
    def ranges(self) -> Mapping[str, tuple[Fraction, Fraction]]:
        """The least and the most that each node can be worth, over all answers, complete or not.

        Where a mean drops what is missing, the ends are those of its children, and need not be
        attained.
        """
        weights, policies = self.weight_values, self.policies
        return MappingProxyType(
            dict(
                points_ranges(
                    self.instrument.root,
                    self.instrument.gates,
                    lambda node: weights[node.code],
                    lambda node: policies[node.code],
                )
            )
        )

    @cached_property
    def program(self) -> Program:
        """The integer program for answers alone, without points entered at a dimension."""
        return build_program(self.instrument, self.weight_values, self.policies)

    @cached_property
    def _checks(self) -> LevelChecks:
        return LevelChecks.of(self.instrument)

    def score_levels(self, levels: Levels, measures: Mapping[str, Values] | None = None) -> Scores:
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

        Examples:
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
        marked, faults = self._checks.check(levels)
        columns, wrong = read_measures(self.instrument, len(levels), measures or {})
        faults += wrong
        if faults:
            raise AssessmentError(faults)
        return self.run(
            Inputs(levels=levels, measures=columns, entries={}, undetermined={}, marked=marked)
        )

    def expressions(self) -> Expressions:
        """Return the plan as expressions of narwhals, for a pipeline of your own.

        They read integer columns of levels and columns of numbers for measures, named by their
        codes, null where not answered, and columns of texts for gates, whose answers are written
        as the instrument writes them. What a gate leaves open is null, as is all that rests on it.
        Nothing is checked: `faulty` says in which rows an answer is wrong. `score_frame` checks
        them, and takes other types of columns as well.

        Raises:
            EngineError: the plan has a rule that is no integer arithmetic, points that can only be
                entered, or integers of 2**53 and more.
            MissingExtraError: narwhals is not installed (extra `frames`).

        Examples:
            >>> # needs: narwhals, polars
            >>> import meritindex as mi, narwhals as nw, polars as pl
            >>> plan = mi.plan("ism-2026")
            >>> answers = pl.LazyFrame({"a1q1": [3, 4], "a1q2": [2, 4], "a1q3": [3, None]})
            >>> found = plan.expressions()
            >>> frame = nw.from_native(answers).select(found.points["a1"], found.bands["a1"])
        """
        from meritindex.scoring.frames.expressions import expressions_of  # noqa: PLC0415

        return expressions_of(self)

    def score_frame(  # noqa: PLR0913 - each is a choice of its own
        self,
        frame: Any,  # noqa: ANN401 - any data frame
        *,
        ranks: bool = True,
        by: str | None = None,
        keep: Sequence[str] | None = None,
        mark_faulty: bool = False,
        prefix: str = "",
    ) -> Any:  # noqa: ANN401 - any data frame
        """Score a data frame where its data lie, in integers, without collecting its rows.

        The frame has a column for every indicator and measure (numbers) and every gate (texts as
        the instrument writes them), null where not answered; what else it has is carried along.
        The results are `total` (a float, to look at), `total_numerator` (an integer over
        `expressions().denominators[...]`), `band` and `rank`, and for every other dimension
        `CODE_numerator` and, where it has bands, `CODE_band`.

        Args:
            frame: of pandas, polars (eager or lazy), pyarrow, DuckDB, Dask, PySpark, or any that
                narwhals knows.
            ranks: whether competition ranks (1, 2, 2, 4) by the exact total are added.
            by: a column within whose groups is ranked; a row without a group has no rank.
            keep: which of the caller's columns are carried along; None for all.
            mark_faulty: in place of refusing a frame with wrong answers, leave those rows without
                results and mark them in a column `faulty`, in the same pass.
            prefix: put before the name of every result.

        Returns:
            A frame of the same kind. A lazy one has not been computed, but for the pass that
            looks for wrong answers. Engines don't promise the order of rows.

        Raises:
            EngineError: the plan can't be computed so (see `expressions`), or columns are missing,
                of other types, of points that were entered, or named as a result is.
            AssessmentError: answers that the instrument does not allow, by column: in how many
                rows, and one of them.
            MissingExtraError: narwhals is not installed (extra `frames`).
        """
        from meritindex.scoring.frames.score_frame import score_frame  # noqa: PLC0415

        return score_frame(
            self,
            frame,
            ranks=ranks,
            by=by,
            keep=keep,
            mark_faulty=mark_faulty,
            prefix=prefix,
        )

    def run(self, inputs: Inputs, place_of: Callable[[int], Text] = row_place) -> Scores:
        """Run the plan on inputs that have been checked.

        Args:
            inputs: the answers.
            place_of: what a row is called in a fault.

        Raises:
            AssessmentError: points of which a geometric, harmonic or power mean can't be taken.
        """
        entered = frozenset(inputs.entries)
        program = _program(self, entered) if entered else self.program
        if divisors := occurring_divisors(program, inputs):
            # The program is compiled anew for the divisors that occur.
            program = build_program(
                self.instrument, self.weight_values, self.policies, entered, divisors
            )
        found = evaluate(program, inputs)
        if found.refusals:
            listed = found.refusals[:LISTED_FAULTS]
            faults = [_refused(item, place_of) for item in listed]
            raise AssessmentError([*faults, *more_faults(len(found.refusals) - len(listed))])
        return Scores(
            self,
            {
                step.dimension.code: column
                for step, column in zip(program.steps, found.columns, strict=True)
            },
            found.band_limits,
        )


def _refused(item: Refusal, place_of: Callable[[int], Text]) -> Fault:
    """Return the fault of points of which a rule can't take its mean."""
    allowed = Text(
        "di atas 0, kecuali instrumen menyatakan batas bawah",
        "above 0, unless the instrument states a floor",
    )
    shown = shortest_text(item.points)
    return Fault(
        code="points-not-positive",
        message=Text(
            "{child} bernilai {value}, dan rumus {dimension} tidak dapat merata-ratakannya; yang "
            "diterima: {allowed}",
            "{child} is worth {value}, of which the rule of {dimension} can't take a mean; "
            "allowed: {allowed}",
        ).fill(child=item.child, value=shown, dimension=item.dimension, allowed=allowed),
        place=place_of(item.row),
        item=item.child,
        value=shown,
        allowed=allowed,
    )


@lru_cache(maxsize=32)
def _program(plan: ScoringPlan, entered: frozenset[str]) -> Program:
    return build_program(plan.instrument, plan.weight_values, plan.policies, entered)


def plan(
    instrument: Instrument | str,
    weighting: Weighting | None = None,
    *,
    missing: MissingPolicy | str | None = None,
) -> ScoringPlan:
    """Compile an instrument and a weighting for scoring.

    Plans are kept, so asking again for the same one costs nothing.

    Args:
        instrument: the instrument, or the id of one in the catalog.
        weighting: where the weights come from; None for the instrument's default.
        missing: a policy for everything that is missing, instead of the instrument's own; the
            total itself keeps its own. The result says that it was chosen.

    Raises:
        WeightingError: weights are missing or wrong, or `drop` is asked of an instrument that
            adds points up.
        UnknownNameError: there is no such instrument.

    Examples:
        >>> plan("ism-2019").instrument.root.code
        'points'
    """
    if isinstance(instrument, str):
        instrument = catalog.instrument(instrument)
    policy = None if missing is None else MissingPolicy(missing)
    return _plan(instrument, weighting or instrument.default_weighting, policy)


@lru_cache(maxsize=32)
def _plan(
    instrument: Instrument, weighting: Weighting, missing: MissingPolicy | None
) -> ScoringPlan:
    weights = weighting.resolve(instrument.root)
    if missing is MissingPolicy.DROP:
        sums = [
            dimension.code
            for dimension in instrument.dimensions
            if dimension.rule is not None and not dimension.rule.reweighs
        ]
        if sums:
            raise WeightingError(
                Fault(
                    code="drop-in-sum",
                    message=Text(
                        "'drop' membobot ulang sisanya, dan {codes} menjumlahkan tanpa membobot "
                        "ulang",
                        "'drop' weighs the rest anew, and {codes} adds up without weighing anew",
                    ).fill(codes=", ".join(sums)),
                    item=sums[0],
                )
            )
    compiled = ScoringPlan(
        instrument=instrument, weighting=weighting, missing=missing, weights=weights
    )
    _check_combinations(compiled)
    return compiled


def _check_combinations(compiled: ScoringPlan) -> None:
    """Refuse weights of zero that let too many gates decide together whether dimensions apply."""
    instrument, weights = compiled.instrument, compiled.weight_values
    for dimension in instrument.dimensions:
        gates = gates_of(dimension.children, instrument.gates, lambda node: weights[node.code])
        if combinations(gates) > MAX_COMBINATIONS:
            raise WeightingError(
                Fault(
                    code="gates-too-many",
                    message=Text(
                        "dengan bobot nol ini {count} kombinasi jawaban menentukan bersama; paling "
                        "banyak {limit}",
                        "with these weights of zero {count} combinations of gate answers decide "
                        "together; at most {limit}",
                    ).fill(count=combinations(gates), limit=MAX_COMBINATIONS),
                    item=dimension.code,
                )
            )
