"""Running an integer program over rows of levels, block by block.

A block of rows is small enough to stay in the processor's cache. The levels of a block meet all
dimensions in one matrix product, in the narrowest carrier that is exact; the few steps above are
sums of columns. What is missing or does not apply enters as zero and is tracked by masks, which
exist only where something is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, assert_never

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, NumberColumn
from meritindex.definition import MissingPolicy, Rounding, RoundingMode
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.kernel import NOTHING, ROWS_A_BLOCK_OF_COLUMNS, Kernel, kernel_of
from meritindex.scoring.program import INT64_LIMIT, MeasureColumn, Program, Step, Term

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[Any]


@attrs.frozen(kw_only=True, eq=False)
class Inputs:
    """What a program runs on.

    Attributes:
        levels: uint8, shape `[rows, indicators]`, with the marks 254 and 255.
        measures: one a measure of the program, over `10**decimals`.
        entries: by the code of the dimension, points entered for it, over `10**decimals`.
        undetermined: by the code of the dimension, rows in which an unanswered gate leaves open
            what counts in it.
        marked: whether any of the levels may be a mark.
    """

    levels: npt.NDArray[np.uint8]
    measures: tuple[NumberColumn, ...]
    entries: Mapping[str, NumberColumn]
    undetermined: Mapping[str, Mask]
    marked: bool = True

    def rows(self, rows: slice) -> Inputs:
        """Return some of the rows."""
        return Inputs(
            levels=self.levels[rows],
            measures=tuple(column.rows(rows) for column in self.measures),
            entries={code: column.rows(rows) for code, column in self.entries.items()},
            undetermined={code: mask[rows] for code, mask in self.undetermined.items()},
            marked=self.marked,
        )


@attrs.define(eq=False)
class _State:
    """What is known of one node in a block: its integers, zero where it doesn't count.

    A mask that is None holds for no row. `missing` has no points; `absent` doesn't apply.
    """

    numbers: Integers
    missing: Mask | None = None
    absent: Mask | None = None
    policy: MissingPolicy = MissingPolicy.UNKNOWN


def evaluate(program: Program, inputs: Inputs) -> tuple[ExactColumn, ...]:
    """Return the points of every dimension, in the order of the program's steps."""
    count = len(inputs.levels)
    numerators = _outputs(program, count)
    known: list[Mask | None] = [None] * len(program.steps)
    flags = inputs.levels.flags
    kernel = kernel_of(program, columns_stored=flags.f_contiguous and not flags.c_contiguous)
    for rows in _blocks(count, kernel.rows_a_block):
        whole = rows.stop - rows.start == count
        outputs = [column[rows] for column in numerators]
        states = _evaluate_block(program, kernel, inputs if whole else inputs.rows(rows), outputs)
        for place, state in enumerate(states):
            if state.numbers is not outputs[place]:
                outputs[place][:] = state.numbers
            unknown = _either(state.missing, state.absent)
            if unknown is not None:
                mask = known[place]
                if mask is None:
                    mask = known[place] = np.ones(count, dtype=np.bool_)
                np.logical_not(unknown, out=mask[rows])
    all_known = np.ones(count, dtype=np.bool_)
    for numbers in numerators:
        assert numbers.base is not None  # noqa: S101 - it is one row of several
        numbers.base.setflags(write=False)
    return tuple(
        ExactColumn(numbers, step.denominator, all_known if mask is None else mask)
        for step, numbers, mask in zip(program.steps, numerators, known, strict=True)
    )


def _outputs(program: Program, count: int) -> list[Integers]:
    """Return an array a step, those of one carrier in one piece of memory.

    Measured at a million rows in a fresh process, that is 1.5 to 2.3 times as fast: numpy asks for
    huge pages from 4 MB on, and being handed small ones takes longer than the arithmetic.
    """
    carriers = [step.carrier for step in program.steps]
    rows = {
        carrier: iter(np.empty((number, count), dtype=carrier))
        for carrier, number in Counter(carriers).items()
    }
    return [next(rows[carrier]) for carrier in carriers]


def occurring_divisors(program: Program, inputs: Inputs) -> dict[str, tuple[int, ...]]:
    """Return the divisors that occur in these rows, for means whose divisors the data decide.

    They follow from what is answered, not from how; the program may be compiled for any divisors.
    Empty where gates decide all of them.
    """
    waiting = any(mask.any() for mask in inputs.undetermined.values())
    found: dict[str, set[int]] = {
        step.dimension.code: set()
        for step in program.steps
        if program.has_open_divisors(step, waiting=waiting)
    }
    if found:
        for rows in _blocks(len(inputs.levels), ROWS_A_BLOCK_OF_COLUMNS):
            outputs = _outputs(program, rows.stop - rows.start)
            _evaluate_block(program, None, inputs.rows(rows), outputs, found)
    return {code: tuple(sorted(values)) for code, values in found.items()}


def _blocks(count: int, size: int) -> Iterator[slice]:
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def _either(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _but_not(one: Mask | None, other: Mask | None) -> Mask | None:
    return one if one is None or other is None else one & ~other


@attrs.frozen(eq=False)
class _Marks:
    """Which levels of a block are marks, and the block with the marks replaced by levels.

    What is not answered counts its lowest level under that policy; everything else counts nothing.
    """

    unanswered: Mask
    inapplicable: Mask
    plain: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, program: Program, levels: npt.NDArray[np.uint8]) -> _Marks:
        unanswered, inapplicable = levels == NOT_ANSWERED, levels == NOT_APPLICABLE
        nothing = [0 if column.table is None else NOTHING for column in program.columns]
        filled = [
            column.lowest if column.policy is MissingPolicy.LOWEST else empty
            for column, empty in zip(program.columns, nothing, strict=True)
        ]
        plain = np.where(inapplicable, np.array(nothing, dtype=np.uint8), levels)
        plain = np.where(unanswered, np.array(filled, dtype=np.uint8), plain)
        return cls(unanswered, inapplicable, plain)


def _evaluate_block(
    program: Program,
    kernel: Kernel | None,
    inputs: Inputs,
    outputs: Sequence[Integers],
    found: Mapping[str, set[int]] | None = None,
) -> list[_State]:
    """Return the state of every dimension; without a kernel, its masks and divisors only.

    The numbers of a state stand in its output already where nothing had to be made anew.
    """
    levels = inputs.levels
    marked = inputs.marked and levels.size > 0 and levels.max() >= NOT_APPLICABLE
    marks = _Marks.of(program, levels) if marked else None
    sums = {} if kernel is None else kernel.sums(levels if marks is None else marks.plain)
    measures = [
        _measure_state(column, numbers)
        for column, numbers in zip(program.measures, inputs.measures, strict=True)
    ]
    states: list[_State] = []
    for step in program.steps:
        code = step.dimension.code
        if step.dimension.children:
            children = [(term, measures[term.place]) for term in step.measures]
            children += [(term, states[term.place]) for term in step.children]
            state = _add_up(step, outputs[step.place], sums.get(step.place), children)
            divisors = _count(program, step, state, children, marks)
            if found is not None and code in found:
                found[code].update(map(int, np.unique(divisors)))
            _multiply(step, state, divisors)
            _deduct(step, state, measures)
        else:
            state = _State(
                np.zeros(len(levels), step.carrier),
                np.ones(len(levels), np.bool_),
                policy=step.policy,
            )
        undetermined = inputs.undetermined.get(code)
        state.absent = _but_not(state.absent, undetermined)
        state.missing = _but_not(_either(state.missing, undetermined), state.absent)
        _settle(step, state, inputs.entries.get(code))
        states.append(state)
    for step in program.steps:
        entry = inputs.entries.get(step.dimension.code)
        if entry is not None:
            for place in step.below:
                _clear(states[place], entry.known)
    return states


def _measure_state(column: MeasureColumn, given: NumberColumn) -> _State:
    if given.known.all():
        return _State(given.numerators)
    missing = ~given.known
    if column.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
        return _State(np.where(missing, column.fill, given.numerators))
    return _State(np.where(missing, 0, given.numerators), missing, policy=column.policy)


def _add_up(
    step: Step,
    output: Integers,
    sums: Integers | None,
    children: Sequence[tuple[Term, _State]],
) -> _State:
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
    return _State(output, policy=step.policy)


def _count(
    program: Program,
    step: Step,
    state: _State,
    children: Sequence[tuple[Term, _State]],
    marks: _Marks | None,
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
                state.missing = _either(state.missing, child.missing)
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
                state.missing = _either(state.missing, marks.unanswered[:, term.place])
    divisors: Integers | int = total
    if left_out is not None:
        divisors = total - left_out
        state.absent = divisors == 0
    if dropped is not None:
        divisors = divisors - dropped
        state.missing = _either(state.missing, divisors == 0)
    return divisors


def _accumulate(shares: Integers | None, mask: Mask, share: int, kind: type[Any]) -> Integers:
    added = mask.astype(kind) * share
    return added if shares is None else shares + added


def _multiply(step: Step, state: _State, divisors: Integers | int) -> None:
    """Bring the sum of every row to the common denominator, by the factor of its divisor."""
    if not step.divisors:
        return
    wide = step.divisors[-1] >= INT64_LIMIT
    known = np.array(step.divisors, dtype=object if wide else np.int64)
    # A row whose divisor is not among them has no points, so any factor will do.
    places = np.searchsorted(known, divisors).clip(max=len(known) - 1)
    state.numbers = state.numbers * np.array(step.factors, dtype=step.carrier)[places]


def _deduct(step: Step, state: _State, measures: Sequence[_State]) -> None:
    """Take the deductions off, then round."""
    if step.deduction_factor != 1:
        state.numbers = state.numbers * step.deduction_factor
    for term in step.deductions:
        measure = measures[term.place]
        state.numbers = state.numbers - measure.numbers.astype(step.carrier) * term.coefficient
        if measure.policy is not MissingPolicy.DROP:
            state.missing = _either(state.missing, measure.missing)
    if step.dimension.rounding is not None:
        state.numbers = rounded(state.numbers, step.raw_denominator, step.dimension.rounding)


def _settle(step: Step, state: _State, entry: NumberColumn | None) -> None:
    """Apply the policy of the dimension, then what was entered for it; clear what has no points."""
    if step.final_factor != 1:
        state.numbers = state.numbers * step.final_factor
    if state.missing is not None and step.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
        state.numbers = np.where(state.missing, step.lowest, state.numbers)
        state.missing = None
    if entry is not None:
        entered = entry.numerators.astype(step.carrier) * step.entry_factor
        state.numbers = np.where(entry.known, entered, state.numbers)
        state.missing = _but_not(state.missing, entry.known)
        state.absent = _but_not(state.absent, entry.known)
    unknown = _either(state.missing, state.absent)
    if unknown is not None:
        state.numbers = np.where(unknown, 0, state.numbers)


def _clear(state: _State, rows: Mask) -> None:
    """Take the points of these rows away: they lie below a number that was entered."""
    state.missing = _either(state.missing, rows)
    state.numbers = np.where(rows, 0, state.numbers)


def rounded(numerators: Integers, denominator: int, rounding: Rounding) -> Integers:
    """Round integers over `denominator` to integers over `10**rounding.digits`.

    The type of the integers must hold `2 * size * 10**digits + 2 * denominator`.
    """
    numerator, divisor = Fraction(10**rounding.digits, denominator).as_integer_ratio()
    scaled: Integers = numerators * numerator
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return (2 * scaled + divisor) // (2 * divisor)
        case RoundingMode.HALF_EVEN:
            down = scaled // divisor
            rest = 2 * (scaled - down * divisor)
            up = (rest > divisor) | ((rest == divisor) & (down % 2 == 1))
            return np.asarray(down + up.astype(down.dtype))
        case RoundingMode.DOWN:
            return scaled // divisor
        case RoundingMode.UP:
            # Not -(-x // d): the carrier may be unsigned.
            return (scaled + (divisor - 1)) // divisor
    assert_never(rounding.mode)
