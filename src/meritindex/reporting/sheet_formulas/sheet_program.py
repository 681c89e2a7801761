"""The program of a plan as formulas of a spreadsheet: integers only, and exact to the last unit.

A spreadsheet counts in doubles, keeps 15 digits of them, and takes numbers for equal that differ
beyond. Integers below `LIMIT` are out of reach of all that, so points are computed as integers over
a denominator, and compared with limits that are integers too. What can't be said so (a rule that is
not rational, or one without a common denominator, or numbers that are too large) is not computed in
a spreadsheet at all, and the reason is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

import attrs

from meritindex.definition import GoalpostScale, Rounding
from meritindex.language import Language, Text
from meritindex.numbers import least_integer
from meritindex.reporting.sheet_formulas.answers import (
    Answer,
    goalpost_line,
    level_value,
    measure_value,
)
from meritindex.reporting.sheet_formulas.expressions import text, total
from meritindex.reporting.sheet_formulas.rounding import rounded
from meritindex.reporting.sheet_formulas.steps import StepFormulas
from meritindex.scoring import ScoringPlan
from meritindex.scoring.compiling import build_program
from meritindex.scoring.program import Column, Domain, MeasureColumn, Program, Step

LIMIT = 10**14
"""Below it, quotients that are cut to whole numbers are right in every spreadsheet."""

# A formula has 8,192 characters at most, and a dimension of so many parts stays far below that.
MOST_PARTS = 60
_MOST_DIVISORS = 4096
SHOWN_DECIMALS = 4


@attrs.frozen(kw_only=True, eq=False)
class SheetProgram:
    """The formulas of a plan. Made by `sheet_program`.

    Every dimension takes a few cells, its parts (see `parts`): among them `state` (1 computed,
    2 entered, 3 what a policy puts in place of what is missing, 0 no points, -1 does not apply),
    `numerator` (over `denominator(code)`; 0 where there are no points) and, where the dimension has
    bands, `band` (its number from 1 for the lowest; 0 for none).

    Attributes:
        plan: whose formulas they are.
        program: the integer program that they follow.
        entered: the dimensions for which points may be entered.
    """

    plan: ScoringPlan
    program: Program
    entered: frozenset[str]

    @property
    def codes(self) -> tuple[str, ...]:
        """The dimensions in the order in which they are computed, the root last."""
        return tuple(self._steps)

    def denominator(self, code: str) -> int:
        """Return over what the numerator of a dimension is counted."""
        return self._steps[code].denominator

    def parts(self, code: str) -> tuple[str, ...]:
        """Return the names of the cells that a dimension needs, in the order of computing."""
        return StepFormulas(self.program, self._steps[code], self.entered, {}, "{}.{}".format).parts

    def formulas(
        self, code: str, answers: Mapping[str, Answer], cell: Callable[[str, str], str]
    ) -> dict[str, str]:
        """Return the formula of every part of a dimension, without the `=` in front.

        Args:
            code: the dimension.
            answers: by code, those of indicators, measures, and dimensions that may be entered.
            cell: gives the reference of the cell in which a part of a dimension is: of this one,
                and of those below it (and above it, where points may be entered).
        """
        return StepFormulas(self.program, self._steps[code], self.entered, answers, cell).formulas()

    def value(self, code: str, answer: Answer) -> str:
        """Return the expression of the integer that an indicator or measure is worth.

        A sheet that keeps it in a cell names that cell as `Answer.value`.
        """
        leaf = self._leaves[code]
        if isinstance(leaf, Column):
            return level_value(leaf, answer)
        return measure_value(leaf, answer)

    def points(self, code: str, cell: Callable[[str, str], str], without: str = '""') -> str:
        """Return the expression of the points of a dimension, to `decimals(code)` decimals.

        Rounded half up, in integers. `without` is the expression for no points.
        """
        denominator, unit = self.denominator(code), 10 ** self.decimals(code)
        numerator = cell(code, "numerator")
        if unit % denominator == 0:
            shown = total([(unit // denominator, numerator)])
        else:
            shown = f"INT(({total([(2 * unit, numerator)], denominator)})/{2 * denominator})"
        shown = shown if unit == 1 else f"{shown}/{unit}"
        return f"IF({cell(code, 'state')}>0,{shown},{without})"

    def rounded(
        self, code: str, rounding: Rounding, cell: Callable[[str, str], str], without: str = '""'
    ) -> str | None:
        """Return the expression of the points of a dimension after a rounding, that of its bands.

        None where the numbers of that are too large for a spreadsheet.
        """
        step, unit = self._steps[code], 10**rounding.digits
        if 2 * unit * step.bound + 2 * step.denominator >= LIMIT:
            return None
        shown = rounded(cell(code, "numerator"), step.denominator, rounding)
        return f"IF({cell(code, 'state')}>0,({shown})/{unit},{without})"

    def decimals(self, code: str) -> int:
        """Return to how many decimals the points of a dimension are shown: four, where they fit."""
        step = self._steps[code]
        places = SHOWN_DECIMALS
        while places and 2 * 10**places * step.bound + step.denominator >= LIMIT:
            places -= 1
        return places

    def band_name(
        self, code: str, cell: Callable[[str, str], str], language: Language, without: str = '""'
    ) -> str:
        """Return the expression of the band of a dimension that has bands, as a name."""
        dimension = self._steps[code].dimension
        names = [] if dimension.bands is None else [band.name for band in dimension.bands]
        chosen = ",".join(text(_shown(name, language)) for name in names)
        band = cell(code, "band")
        return f"IF({band}>0,CHOOSE({band},{chosen}),{without})"

    @cached_property
    def _steps(self) -> Mapping[str, Step]:
        return {step.dimension.code: step for step in self.program.steps}

    @cached_property
    def _leaves(self) -> Mapping[str, Column | MeasureColumn]:
        columns = {column.indicator.code: column for column in self.program.columns}
        return {**columns, **{column.measure.code: column for column in self.program.measures}}


def _shown(name: Text, language: Language) -> str:
    """Return the official name of a band, with its translation where that is asked for."""
    if language == "en" and name.en != name.id:
        return f"{name.id} ({name.en})"
    return name.id


def sheet_program(plan: ScoringPlan, entered: Collection[str] = ()) -> SheetProgram | Text:
    """Return the formulas of a plan, or why a spreadsheet can't compute it exactly.

    Args:
        plan: what is computed.
        entered: the dimensions for which points may be entered.

    Examples:
        >>> import meritindex as mi
        >>> formulas = sheet_program(mi.plan("ism-2026"))
        >>> formulas.codes[-1], formulas.denominator("index"), formulas.parts("a4")
        ('index', 840000, ('present', 'state', 'numerator', 'band'))
    """
    codes = frozenset(entered)
    program = build_program(plan.instrument, plan.weight_values, plan.policies, codes)
    too_wide = _fault(program)
    if too_wide is not None:
        return too_wide
    divisors = _open_divisors(program)
    if divisors is None:
        return _TOO_LARGE
    if divisors:
        program = build_program(plan.instrument, plan.weight_values, plan.policies, codes, divisors)
    return _fault(program) or SheetProgram(plan=plan, program=program, entered=codes)


_NOT_RATIONAL = Text(
    "{code} memakai rumus yang tidak dapat dihitung dengan bilangan bulat",
    "{code} has a rule that can't be computed in integers",
)
_TOO_LARGE = Text(
    "bilangan dalam perhitungannya terlalu besar untuk lembar kerja",
    "the numbers of its calculation are too large for a spreadsheet",
)
_TOO_MANY = Text(
    "{code} terdiri atas lebih dari {limit} unsur",
    "{code} has more than {limit} parts",
)


def _fault(program: Program) -> Text | None:
    """Return why a program can't be formulas, if it can't."""
    for column in program.measures:
        if column.domain is not Domain.INTEGER:
            return _NOT_RATIONAL.fill(code=column.measure.code)
    for step in program.steps:
        code, dimension = step.dimension.code, step.dimension
        if step.domain is not Domain.INTEGER or step.result is not Domain.INTEGER:
            return _NOT_RATIONAL.fill(code=code)
        if len(dimension.children) + len(dimension.adjustments) + len(dimension.caps) > MOST_PARTS:
            return _TOO_MANY.fill(code=code, limit=MOST_PARTS)
    return _TOO_LARGE if max(_sizes(program)) >= LIMIT else None


def _sizes(program: Program) -> list[int]:
    """Return bounds on every number that the formulas meet."""
    sizes = [column.largest for column in program.columns]
    for measure in program.measures:
        scale, largest = measure.measure.scale, measure.bound
        ends = [abs(measure.measure.minimum), abs(measure.measure.maximum)]
        raw = (max(ends) * 10**measure.measure.decimals).__ceil__()
        sizes += [largest, raw]
        if isinstance(scale, GoalpostScale):
            rise, start = goalpost_line(measure, scale)
            sizes.append(abs(rise) * raw + abs(start))
    for step in program.steps:
        sizes += [step.peak, 2 * step.bound + step.denominator, 2 * step.raw_denominator]
        sizes += [abs(child.factor) for child in step.inputs]
        bands = step.dimension.bands
        limits = () if bands is None else bands.thresholds
        sizes += [abs(least_integer(value * step.denominator)) + 1 for value, _ in limits]
        sizes.append(step.total_share)
        # A mean brings its sum to the common denominator by what a divisor leaves of this.
        if step.divisors:
            sizes.append(step.divisors[0] * step.factors[0])
    return sizes


def _open_divisors(program: Program) -> dict[str, tuple[int, ...]] | None:
    """Return the divisors that the answers alone can bring about; None for too many of them."""
    found = {}
    for step in program.steps:
        if not program.has_open_divisors(step, waiting=True):
            continue
        sums = program.divisor_sums(step, _MOST_DIVISORS)
        if len(sums) > _MOST_DIVISORS:
            return None
        found[step.dimension.code] = tuple(sorted(sums - {0}))
    return found
