"""Scoring the partitions of a Dask frame, each of which is a frame of pandas.

Dask has no integers that may be missing in its casts, and a graph of a node for every expression
takes longer than the arithmetic; so whole partitions are handed over. Nothing of Dask is imported:
the frame brings it along.
"""

from __future__ import annotations

from typing import Any

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.frames.checking import counted_faults, faulty_cell, refuse_faulty
from meritindex.scoring.frames.native import with_integers
from meritindex.scoring.frames.task import Task

# Frames of Dask, and of pandas.
Native = Any


def refuse_faulty_partitions(native: Native, task: Task) -> None:
    """Refuse a frame with wrong answers, counted in every partition."""
    counted = native.map_partitions(_counted, task, meta=_counted(native._meta, task))  # noqa: SLF001
    counts = counted.compute().sum().to_dict()

    def example(code: str) -> object:
        meta = _faulty_cells(native._meta, task, code)  # noqa: SLF001
        return (
            native.map_partitions(_faulty_cells, task, code, meta=meta).compute()["value"].iloc[0]
        )

    refuse_faulty(task.plan.instrument, counts, example)


def scored_partitions(native: Native, task: Task) -> Native:
    """Return a frame with the results of every partition."""
    return native.map_partitions(_scored, task, meta=_scored(native._meta, task))  # noqa: SLF001


def _counted(part: Native, task: Task) -> Native:
    frame = task.ready(narwhals().from_native(part))
    return counted_faults(frame, task.answers(frame), task.program).to_native()


def _faulty_cells(part: Native, task: Task, code: str) -> Native:
    frame = task.ready(narwhals().from_native(part))
    return faulty_cell(frame, task.answers(frame), task.program, code).to_native()


def _scored(part: Native, task: Task) -> Native:
    frame = task.scored(task.ready(narwhals().from_native(part)))
    return with_integers(frame, list(task.names.numerators.values())).to_native()
