"""The evaluation of one block of rows, dimension by dimension.

What is missing or does not apply enters as zero and is tracked by masks, which exist only where
something is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_APPLICABLE, NumberColumn
from meritindex.definition import Dimension, Indicator, MissingPolicy
from meritindex.scoring.column import doubles, reaches, worth
from meritindex.scoring.kernel import Kernel
from meritindex.scoring.program import (
    INT64_LIMIT,
    Column,
    Domain,
    Input,
    MeasureColumn,
    Program,
    Step,
    Term,
    Watch,
)
from meritindex.scoring.rounded import round_step
from meritindex.scoring.rows import Inputs, Integers, Marks, Mask, State, but_not, either
from meritindex.scoring.taking import Taken, combined, converted, mapped, outside

_ONE = Fraction(1)


@attrs.frozen
class Refusal:
    """Points of which a rule can't take its mean: the row, the dimension, the child, its points."""

    row: int
    dimension: str
    child: str
    points: Fraction


class Block:
    """The evaluation of one block of rows.

    Without a kernel, only masks and divisors are worked out; the numbers mean nothing. The numbers
    of a state stand in its output already where nothing had to be made anew.
    """

    def __init__(
        self,
        program: Program,
        kernel: Kernel | None,
        inputs: Inputs,
        found: Mapping[str, set[int]] | None = None,
    ) -> None:
        self.program, self.kernel, self.inputs, self.found = program, kernel, inputs, found
        levels = inputs.levels
        marked = inputs.marked and levels.size > 0 and levels.max() >= NOT_APPLICABLE
        self.marks = Marks.of(program, levels) if marked else None
        self.plain = levels if self.marks is None else self.marks.plain
        self.measures = [
            _measure_state(column, numbers)
            for column, numbers in zip(program.measures, inputs.measures, strict=True)
        ]
        self.states: list[State] = []
        self.refusals: list[Refusal] = []
        self.refused: dict[int, Mask] = {}  # the rows of these, by the place of the step

    def run(self, outputs: Sequence[Integers]) -> list[State]:
        """Return the state of every dimension."""
        sums = {} if self.kernel is None else self.kernel.sums(self.plain)
        for step in self.program.steps:
            state = self._combined(step, outputs[step.place], sums.get(step.place))
            self._adjust(step, state)
            undetermined = self.inputs.undetermined.get(step.dimension.code)
            state.absent = but_not(state.absent, undetermined)
            state.missing = but_not(either(state.missing, undetermined), state.absent)
            entry = self.inputs.entries.get(step.dimension.code)
            _settle(step, state, entry)
            if entry is not None:
                for place in step.below:
                    _clear(self.states[place], entry.known)
            self.states.append(state)
        return self.states

    def _combined(self, step: Step, output: Integers, sums: Integers | None) -> State:
        """Return what the rule of a dimension makes of its children."""
        if not step.dimension.children:
            count = len(self.inputs.levels)
            return State(
                np.zeros(count, step.carrier), np.ones(count, np.bool_), policy=step.policy
            )
        children = [(term, self.measures[term.place]) for term in step.measures]
        children += [(term, self.states[term.place]) for term in step.children]
        if not step.inputs:
            state = _add_up(step, output, sums, children)
            divisors = _count(self.program, step, state, children, self.marks)
            if self.found is not None and step.dimension.code in self.found:
                self.found[step.dimension.code].update(map(int, np.unique(divisors)))
            _multiply(step, state, divisors)
            return state
        state = State(output, policy=step.policy)
        _count(self.program, step, state, children, self.marks)
        if self.kernel is None:
            output[:] = 0
        else:
            taken = [self._taken(step, item) for item in step.inputs]
            for item, child in zip(step.inputs, taken, strict=True):
                self._refuse(step, item, child)
            state.numbers = combined(step, taken)
        return state

    def _taken(self, step: Step, item: Input) -> Taken:
        """Return a child in the numbers of the step, and where it does not count."""
        if isinstance(item.node, Indicator):
            column = self.program.columns[item.place]
            integers = self._integers(column, item.place)
            numbers = converted(integers, Domain.INTEGER, item.unit, item.factor, step)
            out = self._silent(column, item.place)
        else:
            dimension = isinstance(item.node, Dimension)
            state = self.states[item.place] if dimension else self.measures[item.place]
            own = (
                self.program.steps[item.place].result
                if dimension
                else self.program.measures[item.place].domain
            )
            numbers = converted(state.numbers, own, item.unit, item.factor, step)
            out = either(state.absent, state.missing)
        return Taken(numbers, item.weight, out)

    def _refuse(self, step: Step, item: Input, child: Taken) -> None:
        """Refuse what the rule can't take, unless it is not given or may not apply."""
        bad = outside(step.dimension.rule, child)
        if bad is None:
            return
        above = [other for other in self.program.steps if step.place in (other.place, *other.below)]
        entries = [self.inputs.entries.get(other.dimension.code) for other in above]
        masks: list[Mask | None] = [entry.known for entry in entries if entry is not None]
        if isinstance(item.node, Indicator):
            masks.append(self.inputs.undetermined.get(item.node.code))
        elif isinstance(item.node, Dimension):
            # What comes of points that are refused means nothing.
            below = (item.place, *self.program.steps[item.place].below)
            masks += [self.refused.get(place) for place in below]
        for mask in masks:
            bad = bad if mask is None else bad & ~mask
        self.refused[step.place] = bad | self.refused.get(step.place, False)
        self.refusals += (
            Refusal(int(row), step.dimension.code, item.node.code, worth(child.numbers[row], _ONE))
            for row in np.flatnonzero(bad)
        )

    def _integers(self, column: Column, place: int) -> Integers:
        """Return the integers of the levels of an indicator; zero of what counts nothing."""
        table = np.array(column.numbers, dtype=np.int64 if column.is_narrow else object)
        places = self.plain[:, place].astype(np.intp) - column.lowest
        # What counts nothing is a level outside the table, or below it.
        within = (places >= 0) & (places < len(table))
        return np.where(within, table[np.where(within, places, 0)], 0)

    def _silent(self, column: Column, place: int) -> Mask | None:
        """Return in which rows an indicator does not count."""
        if self.marks is None:
            return None
        out = self.marks.inapplicable[:, place]
        if column.policy in {MissingPolicy.DROP, MissingPolicy.UNKNOWN}:
            out = out | self.marks.unanswered[:, place]
        return out

    def _adjust(self, step: Step, state: State) -> None:
        """Add bonuses, take deductions off, keep to the floor and the caps, then round."""
        if step.adjustment_factor != 1:
            state.numbers = state.numbers * step.adjustment_factor
        for term in step.adjustments:
            measure = self.measures[term.place]
            column = self.program.measures[term.place]
            if step.domain is Domain.INTEGER:
                numbers = measure.numbers.astype(step.carrier) * term.coefficient
            else:
                numbers = converted(measure.numbers, column.domain, column.unit, 1, step)
                numbers = numbers * term.coefficient
            state.numbers = state.numbers + numbers
            if measure.policy is not MissingPolicy.DROP:
                state.missing = either(state.missing, measure.missing)
        if step.floor is not None:
            state.numbers = np.maximum(state.numbers, step.floor)
        for ceiling in step.ceilings:
            if ceiling.watch is None:
                state.numbers = np.minimum(state.numbers, ceiling.number)
            else:
                holds, unknown = self._watched(ceiling.watch)
                capped = np.minimum(state.numbers, ceiling.number)
                state.numbers = np.where(holds, capped, state.numbers)
                state.missing = either(state.missing, unknown)
        state.numbers = round_step(step, state.numbers)

    def _watched(self, watch: Watch) -> tuple[Mask, Mask]:
        """Return in which rows a shortfall holds, and in which that is not known."""
        node, place = watch.node, watch.place
        undetermined: Mask | None = None
        if isinstance(node, Indicator):
            undetermined = self.inputs.undetermined.get(node.code)
            column = self.program.columns[place]
            state = State(self._integers(column, place), policy=column.policy)
            if self.marks is not None:
                state.absent = self.marks.inapplicable[:, place]
                if column.policy in {MissingPolicy.DROP, MissingPolicy.UNKNOWN}:
                    state.missing = self.marks.unanswered[:, place]
        else:
            state = self.states[place] if isinstance(node, Dimension) else self.measures[place]
        unknown = np.zeros(len(self.inputs.levels), np.bool_)
        for code in watch.covers:
            if code in self.inputs.entries:
                unknown |= self.inputs.entries[code].known
        for mask in (state.missing, undetermined):
            if mask is not None:
                unknown |= mask
        holds = ~reaches(state.numbers, watch.limit) & ~unknown
        if state.absent is not None:
            holds &= ~state.absent
            unknown &= ~state.absent
        return holds, unknown

    def limit_bands(
        self, code: str, certain: npt.NDArray[np.uint8], possible: npt.NDArray[np.uint8]
    ) -> None:
        """Write the best band that the caps of a dimension leave, into two arrays."""
        (step,) = (step for step in self.program.steps if step.dimension.code == code)
        for ceiling in step.band_ceilings:
            holds, unknown = self._watched(ceiling.watch)
            number = np.uint8(ceiling.number)
            certain[holds] = np.minimum(certain[holds], number)
            either = holds | unknown
            possible[either] = np.minimum(possible[either], number)


def _measure_state(column: MeasureColumn, given: NumberColumn) -> State:
    """Return the points of a measure, in the numbers of its column."""
    numbers = given.numerators
    if column.measure.scale is not None:
        kind = np.float64 if column.domain is Domain.DOUBLE else object
        # A number that is missing need not have points, nor a logarithm.
        unit = 10**column.measure.decimals
        numbers = np.where(given.known, numbers, int(column.measure.minimum * unit))
        numbers = mapped(numbers, column.number, kind)
        if column.domain is Domain.INTEGER and column.bound < INT64_LIMIT:
            numbers = numbers.astype(np.int64)
    if given.known.all():
        return State(numbers)
    missing = ~given.known
    if column.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
        return State(np.where(missing, column.fill, numbers))
    return State(np.where(missing, 0, numbers), missing, policy=column.policy)


def _add_up(
    step: Step,
    output: Integers,
    sums: Integers | None,
    children: Sequence[tuple[Term, State]],
) -> State:
    """Add the children's numbers into `output`; what is missing or absent among them is zero."""
    if sums is None:
        output[:] = 0
    else:
        # Integers below the carrier's limit, whatever the type that they were added up in; a float
        # put into an array of Python objects would stay one.
        exact = sums.astype(np.int64) if output.dtype == object and sums.dtype.kind == "f" else sums
        np.copyto(output, exact, casting="unsafe")
    for term, child in children:
        if term.coefficient:
            numbers = child.numbers.astype(step.carrier, copy=False)
            output += numbers if term.coefficient == 1 else numbers * term.coefficient
    return State(output, policy=step.policy)


def _count(
    program: Program,
    step: Step,
    state: State,
    children: Sequence[tuple[Term, State]],
    marks: Marks | None,
) -> Integers | int:
    """Find out in which rows the dimension has no points, and return the divisor of every row."""
    total = step.total_share
    kind = np.int64 if total < INT64_LIMIT else object
    left_out: Integers | None = None  # shares of what does not apply
    dropped: Integers | None = None  # shares of what is dropped
    for term, child in children:
        if child.absent is not None:
            left_out = _accumulate(left_out, child.absent, term.share, kind)
        if child.missing is not None:
            if child.policy is MissingPolicy.DROP:
                dropped = _accumulate(dropped, child.missing, term.share, kind)
            else:
                state.missing = either(state.missing, child.missing)
    if marks is not None:
        for term in step.columns:
            column = program.columns[term.place]
            if column.indicator.conditions:
                mask = marks.inapplicable[:, term.place]
                left_out = _accumulate(left_out, mask, term.share, kind)
            if column.policy is MissingPolicy.DROP:
                mask = marks.unanswered[:, term.place]
                dropped = _accumulate(dropped, mask, term.share, kind)
            elif column.policy is MissingPolicy.UNKNOWN:
                state.missing = either(state.missing, marks.unanswered[:, term.place])
    divisors: Integers | int = total
    if left_out is not None:
        divisors = total - left_out
        state.absent = divisors == 0
    if dropped is not None:
        divisors = divisors - dropped
        state.missing = either(state.missing, divisors == 0)
    return divisors


def _accumulate(shares: Integers | None, mask: Mask, share: int, kind: type[Any]) -> Integers:
    added = mask.astype(kind) * share
    return added if shares is None else shares + added


def _multiply(step: Step, state: State, divisors: Integers | int) -> None:
    """Bring the sum of every row to the common denominator, by the factor of its divisor."""
    if not step.divisors:
        return
    wide = step.divisors[-1] >= INT64_LIMIT
    known = np.array(step.divisors, dtype=object if wide else np.int64)
    # A row whose divisor is not among them has no points, so any factor will do.
    places = np.searchsorted(known, divisors).clip(max=len(known) - 1)
    state.numbers = state.numbers * np.array(step.factors, dtype=step.carrier)[places]


def _settle(step: Step, state: State, entry: NumberColumn | None) -> None:
    """Apply the policy of the dimension, then what was entered for it; clear what has no points."""
    if state.numbers.dtype != step.carrier:
        # What has no points may be any number, also one too wide for the carrier.
        silent = either(state.missing, state.absent)
        if silent is not None:
            state.numbers = np.where(silent, 0, state.numbers)
        state.numbers = state.numbers.astype(step.carrier)
    if step.final_factor != 1:
        state.numbers = state.numbers * step.final_factor
    if state.missing is not None and step.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
        state.numbers = np.where(state.missing, step.lowest, state.numbers)
        state.missing = None
    if entry is not None:
        entered = _entered(step, entry)
        state.numbers = np.where(entry.known, entered, state.numbers)
        state.missing = but_not(state.missing, entry.known)
        state.absent = but_not(state.absent, entry.known)
    unknown = either(state.missing, state.absent)
    if unknown is not None:
        state.numbers = np.where(unknown, 0, state.numbers)


def _entered(step: Step, entry: NumberColumn) -> Integers:
    """Return entered points in the numbers of a step."""
    if step.result is Domain.INTEGER:
        return np.asarray(entry.numerators.astype(step.carrier) * step.entry_factor)
    unit = Fraction(1, 10**step.dimension.decimals)
    if step.result is Domain.DOUBLE:
        return doubles(entry.numerators, unit)
    return mapped(entry.numerators, lambda number: number * unit)


def _clear(state: State, rows: Mask) -> None:
    """Take the points of these rows away: they lie below a number that was entered."""
    state.missing = either(state.missing, rows)
    state.numbers = np.where(rows, 0, state.numbers)
