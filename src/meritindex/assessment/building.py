"""From raw cells to checked columns: the one place where answers are accepted or refused.

Every reader (CSV, JSON, a typed `Assessment`) hands over its cells by column; here they are read,
checked against the instrument and the directory, and turned into arrays. Every fault is collected
with its row, so that a file with thirty faults reports all thirty.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

import attrs
import numpy as np

from meritindex import catalog
from meritindex.assessment.many import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    AssessmentSet,
    Levels,
    Mask,
    RowFacts,
)
from meritindex.assessment.values import (
    AnswerState,
    NumberColumn,
    is_empty,
    read_entry,
    read_level,
    read_measure,
    read_option,
    read_stage,
    read_state,
    read_year,
    read_yes_or_no,
)
from meritindex.definition import Agency, Gate, Indicator, Instrument, Stage
from meritindex.errors import AssessmentError, Fault, UnknownNameError
from meritindex.language import Text, listed
from meritindex.numbers import quoted

FACT_COLUMNS = ("agency", "code", "year", "stage", "synthetic")
TOTAL = "total"

T = TypeVar("T")
Cells = Sequence[object]


@attrs.frozen(kw_only=True, eq=False)
class RawRows:
    """Cells as they came, by column; `place` says where a cell is, for people.

    A column's name is one of `FACT_COLUMNS`, `total`, a code of the instrument, or an indicator's
    code with `.state` or `.evidence`. An agency may be an `Agency` already.
    """

    count: int
    columns: Mapping[str, Cells]
    place: Callable[[int, str | None], Text]


def check_columns(
    instrument: Instrument, names: Sequence[str], place: Callable[[str], Text]
) -> list[Fault]:
    """Check the names of columns: unknown ones, ones that stand twice, and `agency` or `code`."""
    known = allowed_columns(instrument)
    faults: list[Fault] = []
    for position, name in enumerate(names):
        if name in names[:position]:
            message = Text("kolom {name} ada dua kali", "the column {name} stands twice")
            faults.append(
                Fault(
                    code="column-twice",
                    message=message.fill(name=quoted(name)),
                    place=place(name),
                    value=name,
                )
            )
        elif name not in known:
            near = get_close_matches(name, known, n=3)
            allowed = listed([Text.same(item) for item in near]) if near else _COLUMN_NAMES
            faults.append(
                Fault(
                    code="column-unknown",
                    message=Text(
                        "kolom {name} tidak dikenal dalam {instrument}; mungkin: {allowed}",
                        "the column {name} is not known in {instrument}; perhaps: {allowed}",
                    ).fill(name=quoted(name), instrument=instrument.id, allowed=allowed),
                    place=place(name),
                    value=name,
                    allowed=allowed,
                )
            )
    if not {"agency", "code"} & set(names):
        faults.append(
            Fault(
                code="column-missing",
                message=Text(
                    "kolom agency atau code tidak ada", "there is no column agency or code"
                ),
                place=place("agency"),
                item="agency",
            )
        )
    return faults


_COLUMN_NAMES = Text(
    "agency, code, year, stage, synthetic, total, atau kode dari instrumen",
    "agency, code, year, stage, synthetic, total, or a code of the instrument",
)


def allowed_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the names that a column may have, in the order of a template."""
    answers = [
        item.code for item in (*instrument.gates, *instrument.nodes) if item is not instrument.root
    ]
    details = [
        f"{indicator.code}.{detail}"
        for indicator in instrument.indicators
        for detail in ("state", "evidence")
    ]
    return (*FACT_COLUMNS, *answers, instrument.root.code, TOTAL, *details)


def build(instrument: Instrument, raw: RawRows, *, leave_out_faulty: bool = False) -> AssessmentSet:
    """Read and check all cells.

    Args:
        instrument: what was answered.
        raw: the cells; the names of the columns have been checked.
        leave_out_faulty: keep the rows without fault and list the others in `left_out`.

    Raises:
        AssessmentError: a row has a fault (unless it may be left out), or no row is left.
    """
    builder = _Builder(instrument, raw)
    built = builder.build()
    faulty = builder.faulty_rows()
    if not builder.faults:
        return built
    if not leave_out_faulty or len(faulty) == raw.count:
        raise AssessmentError(builder.faults_in_order())
    keep = np.setdiff1d(np.arange(raw.count), np.array(sorted(faulty), dtype=np.intp))
    return attrs.evolve(built.rows(keep), left_out=builder.faults_in_order())


class _Builder:
    """The state of one build: the cells, what has been read, and the faults by row."""

    def __init__(self, instrument: Instrument, raw: RawRows) -> None:
        self.instrument = instrument
        self.raw = raw
        self.faults: list[tuple[int, Fault]] = []
        self.agencies: list[Agency] = []

    def build(self) -> AssessmentSet:
        self.agencies = self._read_agencies()
        facts = self._read_facts()
        gate_answers, derived = self._read_gates()
        levels = self._read_levels()
        inapplicable, undetermined = self._applicability(gate_answers)
        self._check_inapplicable(levels, inapplicable)
        levels[inapplicable] = NOT_APPLICABLE
        measures = {
            measure.code: self._read_numbers(measure.code, partial(read_measure, measure))
            for measure in self.instrument.measures
        }
        entries = self._read_entries()
        self._check_entries(levels, measures, entries)
        self._check_duplicates(facts)
        return AssessmentSet(
            instrument=self.instrument,
            facts=facts,
            levels=levels,
            gate_answers=gate_answers,
            gates_derived=derived,
            measures=measures,
            entries=entries,
            undetermined=undetermined,
        )

    def faulty_rows(self) -> set[int]:
        return {row for row, _ in self.faults}

    def faults_in_order(self) -> tuple[Fault, ...]:
        return tuple(fault for _, fault in sorted(self.faults, key=lambda item: item[0]))

    def _add(self, row: int, column: str | None, fault: Fault) -> None:
        name = self.agencies[row].name if self.agencies else fault.agency
        self.faults.append(
            (row, attrs.evolve(fault, place=self.raw.place(row, column), agency=name or None))
        )

    def _cells(self, column: str) -> Cells | None:
        return self.raw.columns.get(column)

    def _read(self, column: str, read: Callable[[object], T | Fault], empty: T) -> list[T]:
        """Read a column; each distinct cell is read once, and a faulty one counts as empty."""
        cells = self._cells(column)
        if cells is None:
            return [empty] * self.raw.count
        # 1, 1.0 and True are equal as keys, so the type is part of the key.
        seen: dict[tuple[type, object], T | Fault] = {}
        values: list[T] = []
        for row, cell in enumerate(cells):
            key = (type(cell), cell)
            if key not in seen:
                seen[key] = empty if is_empty(cell) else read(cell)
            value = seen[key]
            if isinstance(value, Fault):
                self._add(row, column, value)
                value = empty
            values.append(value)
        return values

    def _read_agencies(self) -> list[Agency]:
        names, codes = self._cells("agency"), self._cells("code")
        found: list[Agency] = []
        faults: list[tuple[int, Fault]] = []
        for row in range(self.raw.count):
            name = None if names is None else names[row]
            code = None if codes is None else codes[row]
            if isinstance(name, Agency):
                found.append(name)
                continue
            try:
                found.append(
                    catalog.find_agency(None if is_empty(name) else str(name), _code(code))
                )
            except UnknownNameError as error:
                found.append(Agency(name="" if is_empty(name) else str(name)))
                column = "agency" if names is not None else "code"
                faults += [
                    (row, attrs.evolve(fault, place=self.raw.place(row, column), agency=str(name)))
                    for fault in error.faults
                ]
        self.faults += faults
        return found

    def _read_facts(self) -> tuple[RowFacts, ...]:
        nowhen: tuple[int | None, datetime.date | None] = (None, None)
        years = self._read("year", read_year, nowhen)
        stages = self._read("stage", read_stage, Stage.SELF_ASSESSED)
        synthetic = self._read("synthetic", partial(read_yes_or_no, "synthetic"), empty=False)
        states: list[list[tuple[str, AnswerState]]] = [[] for _ in range(self.raw.count)]
        evidence: list[list[tuple[str, str]]] = [[] for _ in range(self.raw.count)]
        for indicator in self.instrument.indicators:
            self._read_details(indicator, states, evidence)
        return tuple(
            RowFacts(
                agency=agency,
                year=year,
                date=date,
                stage=stage,
                synthetic=made_up,
                states=tuple(row_states),
                evidence=tuple(row_evidence),
            )
            for agency, (year, date), stage, made_up, row_states, row_evidence in zip(
                self.agencies, years, stages, synthetic, states, evidence, strict=True
            )
        )

    def _read_details(
        self,
        indicator: Indicator,
        states: list[list[tuple[str, AnswerState]]],
        evidence: list[list[tuple[str, str]]],
    ) -> None:
        code = indicator.code
        if f"{code}.state" in self.raw.columns:
            read: list[AnswerState | None] = self._read(
                f"{code}.state", partial(read_state, code), None
            )
            for row, state in enumerate(read):
                if state is not None:
                    states[row].append((code, state))
        for row, cell in enumerate(self._cells(f"{code}.evidence") or ()):
            if not is_empty(cell):
                evidence[row].append((code, str(cell)))

    def _read_gates(self) -> tuple[Levels, Mask]:
        shape = (self.raw.count, len(self.instrument.gates))
        answers = np.full(shape, NOT_ANSWERED, dtype=np.uint8)
        derived = np.zeros(shape, dtype=np.bool_)
        for position, gate in enumerate(self.instrument.gates):
            places = self._read(gate.code, partial(read_option, gate), -1)
            cells = self._cells(gate.code)
            for row, place in enumerate(places):
                values = gate.options_of(self.agencies[row].kind)
                if place >= 0:
                    answers[row, position] = place
                    if gate.values[place] not in values:
                        self._add(row, gate.code, _contradiction(gate, place, self.agencies[row]))
                elif len(values) == 1 and (cells is None or is_empty(cells[row])):
                    answers[row, position] = gate.values.index(values[0])
                    derived[row, position] = True
        return answers, derived

    def _read_levels(self) -> Levels:
        levels = np.full(
            (self.raw.count, len(self.instrument.indicators)), NOT_ANSWERED, dtype=np.uint8
        )
        for position, indicator in enumerate(self.instrument.indicators):
            if indicator.code in self.raw.columns:
                levels[:, position] = self._read(
                    indicator.code, partial(read_level, indicator), NOT_ANSWERED
                )
        return levels

    def _applicability(self, gate_answers: Levels) -> tuple[Mask, dict[str, Mask]]:
        """Return which indicators don't apply, and in which dimensions that is left open."""
        gate_of = {gate.code: place for place, gate in enumerate(self.instrument.gates)}
        shape = (self.raw.count, len(self.instrument.indicators))
        inapplicable = np.zeros(shape, dtype=np.bool_)
        open_in: dict[str, Mask] = {}
        for position, indicator in enumerate(self.instrument.indicators):
            waiting = np.zeros(self.raw.count, dtype=np.bool_)
            for condition in indicator.conditions:
                place = gate_of[condition.gate]
                values = self.instrument.gates[place].values
                allowed = np.zeros(NOT_ANSWERED + 1, dtype=np.bool_)
                allowed[[values.index(option) for option in condition.options]] = True
                allowed[NOT_ANSWERED] = True
                inapplicable[:, position] |= ~allowed[gate_answers[:, place]]
                waiting |= gate_answers[:, place] == NOT_ANSWERED
            waiting &= ~inapplicable[:, position]
            parent = self.instrument.parent(indicator.code)
            if parent is not None and waiting.any():
                mask = open_in.setdefault(parent.code, np.zeros(self.raw.count, dtype=np.bool_))
                mask |= waiting
        return inapplicable, open_in

    def _check_inapplicable(self, levels: Levels, inapplicable: Mask) -> None:
        for row, position in np.argwhere(inapplicable & (levels != NOT_ANSWERED)):
            indicator = self.instrument.indicators[position]
            gates = ", ".join(condition.gate for condition in indicator.conditions)
            self._add(
                int(row),
                indicator.code,
                Fault(
                    code="answer-not-applicable",
                    message=Text(
                        "{code} dijawab {value}, padahal menurut {gates} tidak berlaku",
                        "{code} is answered by {value}, but by {gates} it does not apply",
                    ).fill(code=indicator.code, value=levels[row, position], gates=gates),
                    item=indicator.code,
                    value=str(levels[row, position]),
                    allowed=Text("kosong", "empty"),
                ),
            )

    def _read_numbers(self, column: str, read: Callable[[object], int | Fault]) -> NumberColumn:
        if column not in self.raw.columns:
            return NumberColumn.empty(self.raw.count)
        numbers: list[int | None] = self._read(column, read, None)
        return NumberColumn.of(numbers)

    def _read_entries(self) -> dict[str, NumberColumn]:
        entries: dict[str, NumberColumn] = {}
        root = self.instrument.root
        for dimension in self.instrument.dimensions:
            names = (TOTAL, root.code) if dimension is root else (dimension.code,)
            for name in names:
                if name in self.raw.columns:
                    entry_range = self.instrument.entry_range(dimension)
                    column = self._read_numbers(name, partial(read_entry, dimension, entry_range))
                    if dimension.code in entries:
                        column = self._one_total(entries[dimension.code], column)
                    if column.known.any():
                        entries[dimension.code] = column
        return entries

    def _one_total(self, first: NumberColumn, second: NumberColumn) -> NumberColumn:
        root = self.instrument.root.code
        for row in np.flatnonzero(first.known & second.known):
            self._add(
                int(row),
                root,
                Fault(
                    code="total-twice",
                    message=Text(
                        "nilai total diisi di kolom {total} dan {root}",
                        "the total is entered in the columns {total} and {root}",
                    ).fill(total=TOTAL, root=root),
                    item=root,
                ),
            )
        known = first.known | second.known
        return NumberColumn(np.where(first.known, first.numerators, second.numerators), known)

    def _check_entries(
        self,
        levels: Levels,
        measures: Mapping[str, NumberColumn],
        entries: Mapping[str, NumberColumn],
    ) -> None:
        """Refuse rows that enter a dimension and answer something under it as well."""
        answered: dict[str, Mask] = {
            indicator.code: levels[:, position] < NOT_APPLICABLE
            for position, indicator in enumerate(self.instrument.indicators)
        }
        answered |= {code: column.known for code, column in {**measures, **entries}.items()}
        for code, column in entries.items():
            for node in tuple(self.instrument.dimension(code).walk())[1:]:
                given = answered.get(node.code)
                if given is None:
                    continue
                for row in np.flatnonzero(column.known & given):
                    self._add(
                        int(row),
                        node.code,
                        Fault(
                            code="entry-and-below",
                            message=Text(
                                "{below} dijawab, padahal nilai {code} di atasnya sudah diisi",
                                "{below} is answered, but points of {code} above it are entered",
                            ).fill(below=node.code, code=code),
                            item=node.code,
                            allowed=Text("salah satu saja", "only one of the two"),
                        ),
                    )

    def _check_duplicates(self, facts: Sequence[RowFacts]) -> None:
        first: dict[tuple[object, ...], int] = {}
        for row, fact in enumerate(facts):
            agency = fact.agency
            who = agency.code or " ".join(agency.name.casefold().split())
            key = (who, fact.date or fact.year, fact.stage)
            earlier = first.setdefault(key, row)
            if earlier != row:
                self._add(
                    row,
                    None,
                    Fault(
                        code="assessment-twice",
                        message=Text(
                            "{agency} dengan tahun dan tahap yang sama sudah ada ({place})",
                            "{agency} with the same year and stage stands already ({place})",
                        ).fill(agency=agency.name, place=self.raw.place(earlier, None)),
                        item="agency",
                        value=agency.name,
                    ),
                )


def _code(cell: object) -> str | float | int | None:
    """Return the cell of a code: text, or the number that a spreadsheet made of it."""
    if is_empty(cell):
        return None
    return cell if isinstance(cell, str | float | int) else str(cell)


def _contradiction(gate: Gate, place: int, agency: Agency) -> Fault:
    kind = Text.same("?") if agency.kind is None else agency.kind.label
    allowed = ", ".join(gate.options_of(agency.kind))
    return Fault(
        code="gate-contradicts-directory",
        message=Text(
            "jawaban {value} untuk {gate} bertentangan dengan direktori: {agency} adalah {kind}; "
            "yang diterima: {allowed}",
            "the answer {value} to {gate} contradicts the directory: {agency} is a {kind}; "
            "allowed: {allowed}",
        ).fill(
            value=quoted(gate.values[place]),
            gate=gate.code,
            agency=agency.name,
            kind=kind,
            allowed=allowed,
        ),
        item=gate.code,
        value=gate.values[place],
        allowed=Text.same(allowed),
    )
