"""The formulas of one dimension, part by part, as `scoring.block` evaluates its step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from meritindex.definition import (
    Indicator,
    Measure,
    Median,
    MissingPolicy,
    RoundingMode,
)
from meritindex.numbers import least_integer
from meritindex.reporting.sheet_formulas.answers import (
    Answer,
    level_value,
    measure_value,
)
from meritindex.reporting.sheet_formulas.expressions import (
    FALSE,
    TRUE,
    all_of,
    any_of,
    bracketed,
    either,
    greatest,
    least,
    negated,
    total,
)
from meritindex.reporting.sheet_formulas.rounding import rounded
from meritindex.scoring.program import Ceiling, Column, MeasureColumn, Program, Step, Watch

_DROP, _UNKNOWN = MissingPolicy.DROP, MissingPolicy.UNKNOWN
_FILLING = frozenset({MissingPolicy.ZERO, MissingPolicy.LOWEST})


class StepFormulas:
    """The formulas of a step; see `SheetProgram` for what the parts mean.

    Beside the parts named there: `present` and `counted` are the shares of the children that apply,
    and of those that count; `child 1` and so on are the children of a median, empty where one does
    not count; `raw` is what is rounded, and `free` the band before caps, where they are needed more
    than once.
    """

    def __init__(
        self,
        program: Program,
        step: Step,
        entered: frozenset[str],
        answers: Mapping[str, Answer],
        cell: Callable[[str, str], str],
    ) -> None:
        self.program, self.step, self.entered = program, step, entered
        self.answers, self.cell = answers, cell
        self.dimension = step.dimension

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, in the order of computing."""
        step, dimension = self.step, self.dimension
        rounding = dimension.rounding
        parts = ["present"] if self._can_be_absent else []
        parts += ["counted"] if self._can_drop else []
        if isinstance(dimension.rule, Median):
            parts += self._children
        halves = rounding is not None and rounding.mode is RoundingMode.HALF_EVEN
        parts += ["raw"] if halves else []
        parts += ["state", "numerator"]
        parts += ["free"] if step.band_ceilings else []
        return (*parts, "band") if dimension.bands is not None else tuple(parts)

    def formulas(self) -> dict[str, str]:
        """Return the formula of every part."""
        makers: dict[str, Callable[[], str]] = {
            "present": self._present,
            "counted": self._counted,
            "raw": self._raw,
            "state": self._state,
            "numerator": self._numerator,
            "free": self._free,
            "band": self._band,
        }
        for place, part in enumerate(self._children):
            makers[part] = partial(self._taken, place, '""')
        return {part: makers[part]() for part in self.parts}

    @property
    def _children(self) -> list[str]:
        return [f"child {number}" for number in range(1, len(self.step.inputs) + 1)]

    # What every child is: a condition that it does not apply, one that it is missing, and a value.

    def _column(self, place: int) -> tuple[Column, Answer]:
        column = self.program.columns[place]
        return column, self.answers[column.indicator.code]

    def _measure(self, place: int) -> tuple[MeasureColumn, Answer]:
        column = self.program.measures[place]
        return column, self.answers[column.measure.code]

    def _own(self, part: str) -> str:
        return self.cell(self.dimension.code, part)

    def _below(self, place: int, part: str) -> str:
        return self.cell(self.program.steps[place].dimension.code, part)

    @cached_property
    def _can_be_absent(self) -> bool:
        conditions = (self.program.columns[term.place].indicator for term in self.step.columns)
        return any(indicator.conditions for indicator in conditions) or any(
            _can_be_absent(self.program, self.program.steps[term.place])
            for term in self.step.children
        )

    @cached_property
    def _can_drop(self) -> bool:
        program, step = self.program, self.step
        return _DROP in {
            *(program.columns[term.place].policy for term in step.columns),
            *(program.measures[term.place].policy for term in step.measures),
            *(program.steps[term.place].policy for term in step.children),
        }

    def _present(self) -> str:
        """Return the sum of the shares of what applies."""
        parts: list[tuple[int, str]] = []
        always = 0
        for term in self.step.columns:
            column, answer = self._column(term.place)
            if column.indicator.conditions:
                parts.append((term.share, negated(answer.absent)))
            else:
                always += term.share
        always += sum(term.share for term in self.step.measures)
        for term in self.step.children:
            if _can_be_absent(self.program, self.program.steps[term.place]):
                parts.append((term.share, f"{self._below(term.place, 'state')}>=0"))
            else:
                always += term.share
        return total(_as_numbers(parts), always)

    def _counted(self) -> str:
        """Return the sum of the shares of what counts."""
        dropped: list[tuple[int, str]] = []
        for term in self.step.columns:
            column, answer = self._column(term.place)
            if column.policy is _DROP:
                dropped.append((-term.share, answer.missing))
        for term in self.step.measures:
            measure, answer = self._measure(term.place)
            if measure.policy is _DROP:
                dropped.append((-term.share, answer.missing))
        dropped += [
            (-term.share, f"{self._below(term.place, 'state')}=0")
            for term in self.step.children
            if self.program.steps[term.place].policy is _DROP
        ]
        if self._can_be_absent:
            return total([(1, self._own("present")), *_as_numbers(dropped)])
        return total(_as_numbers(dropped), self.step.total_share)

    def _divisor(self) -> str:
        if self._can_drop:
            return self._own("counted")
        return self._own("present") if self._can_be_absent else str(self.step.total_share)

    def _missing(self) -> str:
        """Return the condition that there are no points, by what is below."""
        step, program = self.step, self.program
        reasons = []
        for term in step.columns:
            column, answer = self._column(term.place)
            if column.policy is _UNKNOWN:
                reasons.append(answer.missing)
            reasons.append(answer.waiting)
        for term in (*step.measures, *step.adjustments):
            measure, answer = self._measure(term.place)
            if measure.policy is _UNKNOWN:
                reasons.append(answer.missing)
        reasons += [
            f"{self._below(term.place, 'state')}=0"
            for term in step.children
            if program.steps[term.place].policy is _UNKNOWN
        ]
        if self._can_drop:
            reasons.append(f"{self._own('counted')}=0")
        reasons += [
            self._watched(ceiling.watch)[1]
            for ceiling in step.ceilings
            if ceiling.watch is not None
        ]
        return any_of(reasons)

    def _state(self) -> str:
        step, code = self.step, self.dimension.code
        missing = self._missing() if self.dimension.children else TRUE
        waiting = any_of(self._column(term.place)[1].waiting for term in step.columns)
        absent = FALSE
        if self._can_be_absent:
            absent = all_of([f"{self._own('present')}=0", negated(waiting)])
        without = "3" if step.policy in _FILLING else "0"
        covered = any_of(
            self.answers[other.dimension.code].given
            for other in self.program.steps
            if step.place in other.below and other.dimension.code in self.entered
        )
        state = either(covered, "0", either(missing, without, "1"))
        state = either(absent, "-1", state)
        if code in self.entered:
            state = either(self.answers[code].given, "2", state)
        return state

    def _numerator(self) -> str:
        step, state = self.step, self._own("state")
        without = "0"
        if step.policy in _FILLING and step.lowest:
            without = f"IF({state}=3,{step.lowest},0)"
        if self.dimension.code in self.entered:
            entered = total([(step.entry_factor, self.answers[self.dimension.code].number)])
            without = f"IF({state}=2,{entered},{without})"
        if not self.dimension.children:
            return without
        return f"IF({state}=1,{total([(step.final_factor, self._rounded())])},{without})"

    def _raw(self) -> str:
        """Return the points over the raw denominator, bounded by floor and caps."""
        step = self.step
        terms = [(step.adjustment_factor, self._combined())]
        terms += [
            (term.coefficient, measure_value(*self._measure(term.place)))
            for term in step.adjustments
        ]
        points = total(terms)
        if step.floor is not None:
            points = greatest([points, str(step.floor)])
        if step.ceilings:
            points = least([points, *map(self._ceiling, step.ceilings)])
        return points

    def _combined(self) -> str:
        """Return what the rule makes of the children."""
        step, dimension = self.step, self.dimension
        if isinstance(dimension.rule, Median):
            # Twice the middle, over twice the unit.
            return f"2*MEDIAN({','.join(map(self._own, self._children))})"
        if step.inputs:  # a minimum; what does not count is above all others
            return least([self._taken(place, str(step.sum_bound)) for place in _places(step)])
        terms = [
            (term.coefficient, level_value(*self._column(term.place))) for term in step.columns
        ]
        terms += [
            (term.coefficient, measure_value(*self._measure(term.place))) for term in step.measures
        ]
        terms += [
            (term.coefficient, self._below(term.place, "numerator")) for term in step.children
        ]
        if not step.divisors:
            return total(terms)
        # Every factor is what its divisor leaves of this number.
        whole = step.divisors[0] * step.factors[0]
        return f"({total(terms)})*({whole}/{self._divisor()})"

    def _taken(self, place: int, aside: str) -> str:
        """Return a child of a rule that takes them one by one, or what stands for one left out."""
        item = self.step.inputs[place]
        if isinstance(item.node, Indicator):
            column, answer = self._column(item.place)
            silent = column.policy not in _FILLING
            out = any_of([answer.absent, answer.missing if silent else FALSE])
            value = level_value(column, answer)
        elif isinstance(item.node, Measure):
            measure, answer = self._measure(item.place)
            out = FALSE if measure.policy in _FILLING else answer.missing
            value = measure_value(measure, answer)
        else:
            out = f"{self._below(item.place, 'state')}<=0"
            value = self._below(item.place, "numerator")
        return either(out, aside, total([(item.factor, value)]))

    def _ceiling(self, ceiling: Ceiling) -> str:
        if ceiling.watch is None:
            return str(ceiling.number)
        holds, _ = self._watched(ceiling.watch)
        return either(holds, str(ceiling.number), str(self.step.peak))

    def _watched(self, watch: Watch) -> tuple[str, str]:
        """Return the conditions that a shortfall holds, and that nobody knows."""
        node, absent, unknown = watch.node, FALSE, []
        if isinstance(node, Indicator):
            column, answer = self._column(watch.place)
            number, absent = level_value(column, answer), answer.absent
            unknown.append(answer.waiting)
            if column.policy not in _FILLING:
                unknown.append(answer.missing)
        elif isinstance(node, Measure):
            measure, answer = self._measure(watch.place)
            number = measure_value(measure, answer)
            if measure.policy not in _FILLING:
                unknown.append(answer.missing)
        else:
            number, state = self._below(watch.place, "numerator"), self._below(watch.place, "state")
            absent = f"{state}=-1"
            unknown.append(f"{state}=0")
        unknown += [self.answers[code].given for code in watch.covers if code in self.entered]
        open_to = any_of(unknown)
        limit = least_integer(watch.limit)
        holds = all_of([f"{bracketed(number)}<{limit}", negated(open_to), negated(absent)])
        return holds, all_of([open_to, negated(absent)])

    def _rounded(self) -> str:
        """Return the points after their rounding, over the denominator of that."""
        rounding = self.dimension.rounding
        if rounding is None:
            return self._raw()
        number = self._own("raw") if "raw" in self.parts else self._raw()
        return rounded(number, self.step.raw_denominator, rounding)

    def _free(self) -> str:
        """Return the number of the band, before caps."""
        bands = self.dimension.bands
        numerator = self._own("numerator")
        limits = () if bands is None else bands.thresholds
        reached = [
            (1, f"({numerator}>={least_integer(value * self.step.denominator, inclusive=ends)})")
            for value, ends in limits
        ]
        return f"IF({self._own('state')}>0,{total(reached, 1)},0)"

    def _band(self) -> str:
        """Return the number of the band; 0 where a cap that may hold leaves it open."""
        if not self.step.band_ceilings:
            return self._free()
        certain, possible = [self._own("free")], [self._own("free")]
        for ceiling in self.step.band_ceilings:
            holds, unknown = self._watched(ceiling.watch)
            above = "255"
            certain.append(either(holds, str(ceiling.number), above))
            possible.append(either(any_of([holds, unknown]), str(ceiling.number), above))
        low, high = least(possible), least(certain)
        return f"IF({low}={high},{high},0)"


def _as_numbers(conditions: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return conditions times factors as numbers times factors."""
    return [(factor, either(condition, "1", "0")) for factor, condition in conditions]


def _places(step: Step) -> range:
    return range(len(step.inputs))


def _can_be_absent(program: Program, step: Step) -> bool:
    """Say whether a dimension can have nothing in it that applies."""
    if not step.dimension.children:
        return False
    return (
        all(
            bool(program.columns[term.place].indicator.conditions)
            for term in step.columns
            if term.share
        )
        and not any(term.share for term in step.measures)
        and all(
            _can_be_absent(program, program.steps[term.place])
            for term in step.children
            if term.share
        )
    )
