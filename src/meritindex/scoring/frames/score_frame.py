"""Scoring a frame where its data lie: the caller's columns, and the results beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from meritindex.assessment.frames.library import narwhals
from meritindex.scoring.frames.checking import (
    Frame,
    check_columns,
    counted_faults,
    faulty_cell,
    forms_of,
    only_row,
    refuse_faulty,
)
from meritindex.scoring.frames.names import Names
from meritindex.scoring.frames.native import with_integers
from meritindex.scoring.frames.partitions import refuse_faulty_partitions, scored_partitions
from meritindex.scoring.frames.ranks import with_ranks
from meritindex.scoring.frames.suitable import engine_program
from meritindex.scoring.frames.task import Task

if TYPE_CHECKING:
    from meritindex.scoring.plans import ScoringPlan


def score_frame(  # noqa: PLR0913 - the options of `ScoringPlan.score_frame`
    plan: ScoringPlan,
    given: Any,  # noqa: ANN401 - any data frame
    *,
    ranks: bool,
    by: str | None,
    keep: Sequence[str] | None,
    mark_faulty: bool,
    prefix: str,
) -> Any:  # noqa: ANN401 - any data frame
    """Return a frame with results; see `ScoringPlan.score_frame`."""
    nw = narwhals()
    names = Names.of(engine_program(plan), prefix)
    results = names.listed(ranks=ranks, mark_faulty=mark_faulty)
    frame = nw.from_native(given)
    schema = frame.collect_schema()
    if isinstance(keep, str):
        raise TypeError("keep takes the names of columns in a list")
    kept = list(schema if keep is None else keep)
    if keep is not None and "synthetic" in schema and "synthetic" not in kept:
        kept.append("synthetic")  # a mark that never gets lost
    check_columns(plan, list(schema), results, kept if by is None else [*kept, by])
    forms = forms_of(plan, schema)
    task = Task(plan=plan, forms=forms, names=names, mark_faulty=mark_faulty)
    frame = _scored(frame, task)
    integers = list(names.numerators.values())
    if ranks:
        frame = with_ranks(frame, names.numerators[names.root], names.rank, by)
        integers.append(names.rank)
    frame = with_integers(frame.select(*kept, *results), integers)
    return frame if isinstance(given, nw.DataFrame | nw.LazyFrame) else frame.to_native()


def _scored(frame: Frame, task: Task) -> Frame:
    """Return a frame with points and bands, or refuse it."""
    if frame.implementation.is_dask():
        native = frame.to_native()
        if not task.mark_faulty:
            refuse_faulty_partitions(native, task)
        return narwhals().from_native(scored_partitions(native, task))
    ready = task.ready(frame)
    if not task.mark_faulty:
        answers, program = task.answers(ready), task.program

        def example(code: str) -> object:
            return only_row(faulty_cell(ready, answers, program, code))["value"]

        counts = only_row(counted_faults(ready, answers, program))
        refuse_faulty(task.plan.instrument, counts, example)
    return task.scored(ready)
