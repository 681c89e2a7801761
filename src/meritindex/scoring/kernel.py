"""The innermost loop: the levels of a block against the coefficients of all dimensions at once.

Four carriers, the narrowest that is exact for the sum of a dimension: 16-bit multiply-adds where
columns are stored, products of float32 or float64 matrices (integers below 2**24 and 2**53 have no
rounding error in them, and only these products run on BLAS), and 64-bit or Python integers column
by column.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.scoring.program import INT64_LIMIT, UINT16_LIMIT, Column, Program, Step

FLOAT32_LIMIT = 2**24
FLOAT64_LIMIT = 2**53

# The level that stands for "counts nothing" in a column with a table; above every real level.
NOTHING = 253

# Measured: 16,384 rows a product is best where rows are stored, and longer runs pay where
# columns are stored and 16 bits are enough.
_ROWS_A_BLOCK = 16384
ROWS_A_BLOCK_OF_COLUMNS = 65536

Levels = npt.NDArray[np.uint8]
Sums = dict[int, npt.NDArray[Any]]


@attrs.frozen(eq=False)
class _Products:
    """Steps whose sums are one matrix product: `matrix` is `[steps, indicators]`."""

    places: tuple[int, ...]
    matrix: npt.NDArray[Any]
    tables: tuple[tuple[int, npt.NDArray[Any]], ...]

    def add(self, levels: Levels, sums: Sums) -> None:
        values = levels.astype(self.matrix.dtype)
        for place, table in self.tables:
            values[:, place] = table[levels[:, place]]
        # All factors are finite; some builds of BLAS raise flags for what lies beyond the arrays.
        with np.errstate(invalid="ignore", over="ignore"):
            products = self.matrix @ values.T
        for place, row in zip(self.places, products, strict=True):
            sums[place] = row


@attrs.frozen(eq=False)
class _Runs:
    """Steps whose sums are 16-bit multiply-adds over runs of neighbouring columns."""

    places: tuple[int, ...]
    runs: tuple[tuple[tuple[slice, npt.NDArray[np.uint16]], ...], ...]

    def add(self, levels: Levels, sums: Sums) -> None:
        values = levels.T.astype(np.uint16)
        for place, runs in zip(self.places, self.runs, strict=True):
            parts = [np.einsum("k,kn->n", row, values[columns]) for columns, row in runs]
            sums[place] = parts[0] if len(parts) == 1 else np.add.reduce(parts)


@attrs.frozen(eq=False)
class _Columns:
    """A step whose sum is added up column by column in wide integers."""

    place: int
    carrier: type[Any]
    terms: tuple[tuple[int, int, npt.NDArray[Any] | None], ...]

    def add(self, levels: Levels, sums: Sums) -> None:
        total = np.zeros(len(levels), dtype=self.carrier)
        for place, coefficient, table in self.terms:
            column = levels[:, place]
            values = column.astype(self.carrier) if table is None else table[column]
            total += values * coefficient
        sums[self.place] = total


@attrs.frozen(eq=False)
class Kernel:
    """The parts that together give the sum of every dimension that has indicators of its own."""

    parts: tuple[_Products | _Runs | _Columns, ...]
    rows_a_block: int

    def sums(self, levels: Levels) -> Sums:
        """Return the sums by the place of the step.

        Args:
            levels: uint8, shape `[rows, indicators]`, without marks.
        """
        sums: Sums = {}
        for part in self.parts:
            part.add(levels, sums)
        return sums


@lru_cache(maxsize=64)
def kernel_of(program: Program, *, columns_stored: bool) -> Kernel:
    """Return the kernel of a program, for levels stored by rows or by columns."""
    groups: dict[str, list[Step]] = {}
    for step in program.steps:
        if step.columns and not step.inputs:
            groups.setdefault(_carrier(program, step, columns_stored=columns_stored), []).append(
                step
            )
    parts: list[_Products | _Runs | _Columns] = []
    for name, steps in groups.items():
        if name == "uint16":
            parts.append(_runs(steps))
        elif name in {"float32", "float64"}:
            parts.append(_products(program, steps, np.dtype(name)))
        else:
            carrier: type[Any] = object if name == "object" else np.int64
            parts += [_columns(program, step, carrier) for step in steps]
    only_runs = set(groups) == {"uint16"}
    return Kernel(tuple(parts), ROWS_A_BLOCK_OF_COLUMNS if only_runs else _ROWS_A_BLOCK)


def _carrier(program: Program, step: Step, *, columns_stored: bool) -> str:
    plain = all(program.columns[term.place].table is None for term in step.columns)
    if columns_stored and plain and step.sum_bound < UINT16_LIMIT:
        return "uint16"
    if step.sum_bound < FLOAT32_LIMIT:
        return "float32"
    if step.sum_bound < FLOAT64_LIMIT:
        return "float64"
    return "int64" if step.sum_bound < INT64_LIMIT else "object"


def _table(column: Column, carrier: npt.DTypeLike) -> npt.NDArray[Any] | None:
    """Return the integer of every level as an array, with zero for `NOTHING`."""
    if column.table is None:
        return None
    table = np.zeros(NOTHING + 1, dtype=carrier)
    table[column.lowest : column.highest + 1] = column.table
    return table


def _products(program: Program, steps: list[Step], carrier: np.dtype[Any]) -> _Products:
    matrix = np.zeros((len(steps), len(program.columns)), dtype=carrier)
    for row, step in enumerate(steps):
        for term in step.columns:
            matrix[row, term.place] = term.coefficient
    used = np.flatnonzero(matrix.any(axis=0)).tolist()
    tables = [(place, _table(program.columns[place], carrier)) for place in used]
    return _Products(
        tuple(step.place for step in steps),
        matrix,
        tuple((place, table) for place, table in tables if table is not None),
    )


def _runs(steps: list[Step]) -> _Runs:
    all_runs = []
    for step in steps:
        runs = []
        # Neighbouring columns have the same distance from their place in the list.
        for _, group in groupby(enumerate(step.columns), lambda item: item[1].place - item[0]):
            terms = [term for _, term in group]
            columns = slice(terms[0].place, terms[-1].place + 1)
            row = np.array([term.coefficient for term in terms], dtype=np.uint16)
            runs.append((columns, row))
        all_runs.append(tuple(runs))
    return _Runs(tuple(step.place for step in steps), tuple(all_runs))


def _columns(program: Program, step: Step, carrier: type[Any]) -> _Columns:
    return _Columns(
        step.place,
        carrier,
        tuple(
            (term.place, term.coefficient, _table(program.columns[term.place], carrier))
            for term in step.columns
        ),
    )
