"""The answers of many agencies under one instrument, in columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment.values import AnswerState, NumberColumn, closed
from meritindex.definition import Agency, Instrument, Stage, Standing
from meritindex.errors import Fault
from meritindex.language import Text, listed

if TYPE_CHECKING:
    from meritindex.assessment.one import Assessment

NOT_ANSWERED = 255
"""The mark in an array of levels for an indicator that was not answered."""

NOT_APPLICABLE = 254
"""The mark in an array of levels for an indicator that a gate takes out."""

UNSTATED_STAGE = Text("tahap tidak dinyatakan", "stage not stated")

Levels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def _read_only(columns: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(columns))


@attrs.frozen(kw_only=True)
class RowFacts:
    """What is known of one assessment besides its answers; None where it is not stated.

    `states`, `evidence` and `standings` are pairs of a code and what was said of that answer.
    """

    agency: Agency
    stage: Stage | None = None
    year: int | None = None
    date: dt.date | None = None
    synthetic: bool = False
    standing: Standing | None = None
    states: tuple[tuple[str, AnswerState], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    standings: tuple[tuple[str, Standing], ...] = ()

    @property
    def occasion(self) -> Text:
        """When and at which stage, for a reader; what tells two assessments of one agency apart."""
        when = Text.same(str(self.date or self.year or "-"))
        return listed((when, UNSTATED_STAGE if self.stage is None else self.stage.label))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AssessmentSet:
    """Assessments of many agencies under one instrument, in columns.

    Made by `read_assessments`, `sample`, or `AssessmentSet.of`; indexing gives one `Assessment`.
    Its arrays are closed to writing, as they are where they own their data; views are copied. Two
    sets are equal if their instruments, facts and answers are: `undetermined` follows from these,
    and `left_out` is about the file.

    Attributes:
        instrument: what was answered.
        facts: who, when and at which stage; one an assessment.
        levels: uint8, shape `[n, indicators]`; 255 not answered, 254 doesn't apply.
        gate_answers: uint8, shape `[n, gates]`, the place of the option; 255 not answered.
        gates_derived: bool, shape `[n, gates]`: the answer follows from the kind of agency.
        measures: by code, one for each measure of the instrument.
        entries: by code, the dimensions for which points were entered.
        undetermined: by code, dimensions in which an unanswered gate leaves open what counts, and
            the indicators that wait for it.
        left_out: the faults of rows that were left out on request.
    """

    instrument: Instrument
    facts: tuple[RowFacts, ...]
    levels: Levels
    gate_answers: Levels
    gates_derived: Mask
    measures: Mapping[str, NumberColumn] = attrs.field(converter=_read_only)
    entries: Mapping[str, NumberColumn] = attrs.field(converter=_read_only)
    undetermined: Mapping[str, Mask] = attrs.field(converter=_read_only)
    left_out: tuple[Fault, ...] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("levels", "gate_answers", "gates_derived"):
            object.__setattr__(self, name, closed(getattr(self, name)))
        open_in = {code: closed(mask) for code, mask in self.undetermined.items()}
        object.__setattr__(self, "undetermined", _read_only(open_in))

    @classmethod
    def of(cls, assessments: Iterable[Assessment]) -> AssessmentSet:
        """Return the set of these assessments.

        Raises:
            AssessmentError: there are none, they are of different instruments, or two are of one
                agency, date (or else year) and stage.
        """
        from meritindex.assessment.one import gather  # noqa: PLC0415 - one builds on many

        return gather(tuple(assessments))

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was assessed; one an assessment."""
        return tuple(facts.agency for facts in self.facts)

    @property
    def synthetic(self) -> bool:
        """Whether any of the assessments was made up."""
        return any(facts.synthetic for facts in self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __getitem__(self, place: int) -> Assessment:
        """Return one assessment."""
        from meritindex.assessment.one import assessment_at  # noqa: PLC0415 - one builds on many

        return assessment_at(self, range(len(self))[place])

    def __iter__(self) -> Iterator[Assessment]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AssessmentSet):
            return NotImplemented
        return (
            self.instrument == other.instrument
            and self.facts == other.facts
            and np.array_equal(self.levels, other.levels)
            and np.array_equal(self.gate_answers, other.gate_answers)
            and np.array_equal(self.gates_derived, other.gates_derived)
            and dict(self.measures) == dict(other.measures)
            and dict(self.entries) == dict(other.entries)
        )

    __hash__ = None  # type: ignore[assignment]

    # Unpickled arrays and dictionaries could be written to; the constructor closes them again.
    def __reduce__(self) -> tuple[Any, ...]:
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(AssessmentSet)}
        columns = ("measures", "entries", "undetermined")
        return _rebuilt, (fields | {name: dict(fields[name]) for name in columns},)

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return f"<AssessmentSet of {len(self)} under {self.instrument.id}{made_up}>"

    def where(self, keep: Callable[[RowFacts], bool]) -> AssessmentSet:
        """Return the assessments whose facts `keep` accepts.

        Examples:
            >>> import meritindex as mi
            >>> len(mi.sample().where(lambda facts: facts.agency.kind == "province"))
            38
        """
        return self.rows(np.flatnonzero([keep(facts) for facts in self.facts]))

    def rows(self, rows: npt.NDArray[np.intp]) -> AssessmentSet:
        """Return the assessments at these places."""
        return attrs.evolve(
            self,
            facts=tuple(self.facts[row] for row in rows),
            levels=self.levels[rows],
            gate_answers=self.gate_answers[rows],
            gates_derived=self.gates_derived[rows],
            measures={code: column.rows(rows) for code, column in self.measures.items()},
            entries={
                code: column.rows(rows)
                for code, column in self.entries.items()
                if column.known[rows].any()
            },
            undetermined={code: mask[rows] for code, mask in self.undetermined.items()},
        )


def _rebuilt(fields: dict[str, Any]) -> AssessmentSet:
    return AssessmentSet(**fields)
