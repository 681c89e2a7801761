"""Rows on their way through a program: the answers, their marks, and what is known of a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, NumberColumn
from meritindex.definition import MissingPolicy
from meritindex.scoring.kernel import NOTHING
from meritindex.scoring.program import (
    Program,
)

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[Any]


@attrs.frozen(kw_only=True, eq=False)
class Inputs:
    """What a program runs on.

    Attributes:
        levels: uint8, shape `[rows, indicators]`, with the marks 254 and 255.
        measures: one a measure of the program, over `10**decimals`.
        entries: by the code of the dimension, points entered for it, over `10**decimals`.
        undetermined: by code, rows in which an unanswered gate leaves open what counts in a
            dimension, or whether an indicator applies.
        marked: whether any of the levels may be a mark.
    """

    levels: npt.NDArray[np.uint8]
    measures: tuple[NumberColumn, ...]
    entries: Mapping[str, NumberColumn]
    undetermined: Mapping[str, Mask]
    marked: bool = True

    @classmethod
    def of(cls, assessments: AssessmentSet) -> Inputs:
        """Return the answers of assessments, as they were given."""
        return cls(
            levels=assessments.levels,
            measures=tuple(
                assessments.measures[measure.code] for measure in assessments.instrument.measures
            ),
            entries=assessments.entries,
            undetermined=assessments.undetermined,
        )

    @classmethod
    def stacked(cls, parts: Sequence[Inputs]) -> Inputs:
        """Return complete rows of several inputs, one after the other; they enter the same."""
        entries = parts[0].entries
        return cls(
            levels=np.concatenate([part.levels for part in parts]),
            measures=tuple(
                NumberColumn.stacked(columns)
                for columns in zip(*(part.measures for part in parts), strict=True)
            ),
            entries={
                code: NumberColumn.stacked([part.entries[code] for part in parts])
                for code in entries
            },
            undetermined={},
            marked=any(part.marked for part in parts),
        )

    def rows(self, rows: slice | npt.NDArray[np.intp]) -> Inputs:
        """Return some of the rows, in an order and as often as asked for."""
        return Inputs(
            levels=self.levels[rows],
            measures=tuple(column.rows(rows) for column in self.measures),
            entries={code: column.rows(rows) for code, column in self.entries.items()},
            undetermined={code: mask[rows] for code, mask in self.undetermined.items()},
            marked=self.marked,
        )


@attrs.define(eq=False)
class State:
    """What is known of one node in a block: its integers, zero where it doesn't count.

    A mask that is None holds for no row. `missing` has no points; `absent` doesn't apply.
    """

    numbers: Integers
    missing: Mask | None = None
    absent: Mask | None = None
    policy: MissingPolicy = MissingPolicy.UNKNOWN


def either(one: Mask | None, other: Mask | None) -> Mask | None:
    """Return the rows of either mask."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def but_not(one: Mask | None, other: Mask | None) -> Mask | None:
    """Return the rows of one mask without those of the other."""
    return one if one is None or other is None else one & ~other


@attrs.frozen(eq=False)
class Marks:
    """Which levels of a block are marks, and the block with the marks replaced by levels.

    What is not answered counts its lowest level under that policy; everything else counts nothing.
    """

    unanswered: Mask
    inapplicable: Mask
    plain: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, program: Program, levels: npt.NDArray[np.uint8]) -> Marks:
        """Find the marks of a block."""
        unanswered, inapplicable = levels == NOT_ANSWERED, levels == NOT_APPLICABLE
        nothing = [0 if column.table is None else NOTHING for column in program.columns]
        filled = [
            column.lowest if column.policy is MissingPolicy.LOWEST else empty
            for column, empty in zip(program.columns, nothing, strict=True)
        ]
        plain = np.where(inapplicable, np.array(nothing, dtype=np.uint8), levels)
        plain = np.where(unanswered, np.array(filled, dtype=np.uint8), plain)
        return cls(unanswered, inapplicable, plain)
