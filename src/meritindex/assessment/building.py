"""From raw cells to checked columns: the one place where answers are accepted or refused.

Every reader (CSV, JSON, a typed `Assessment`) hands over its cells by column; here they are read,
checked against the instrument and the directory, and turned into arrays. Every fault is collected
with its row, so that a file with thirty faults reports all thirty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import TypeVar

import attrs
import numpy as np

from meritindex import catalog
from meritindex.assessment.coded import CodedCells
from meritindex.assessment.many import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    AssessmentSet,
    Levels,
    Mask,
    RowFacts,
)
from meritindex.assessment.places import ASSESSMENT, place_of
from meritindex.assessment.values import (
    NumberColumn,
    is_empty,
    make_fault,
    more_faults,
    not_a_text,
    read_entry,
    read_kind,
    read_level,
    read_measure,
    read_option,
    read_stage,
    read_standing,
    read_state,
    read_text,
    read_year,
    read_yes_or_no,
)
from meritindex.catalog.directory import settled
from meritindex.definition import Agency, AgencyKind, Gate, Instrument, Stage, Standing
from meritindex.errors import AssessmentError, Fault, UnknownNameError
from meritindex.language import Text
from meritindex.numbers import quoted

# "agency.kind" is for agencies that are not in the directory; "agency.standing" says how firmly all
# answers of a row are known. A code has no point in it, so neither can be one.
FACT_COLUMNS = ("agency", "code", "year", "stage", "synthetic", "agency.kind", "agency.standing")
TOTAL = "total"
_IDENTITY = frozenset({"agency", "code", "year", "stage"})
MAX_COLUMNS = 10_000
# Beyond so many faults the rest of a file is counted, not listed.
MAX_FAULTS = 10_000
# Looking for names that are like a wrong one is slow; a file of nothing else must not hang. So many
# are looked for among columns, and as many among agencies.
_MOST_SUGGESTIONS = 50
_LONGEST_SUGGESTED = 60

_KINDS: tuple[AgencyKind | None, ...] = (None, *AgencyKind)

T = TypeVar("T")
Cells = Sequence[object]


@attrs.frozen(kw_only=True, eq=False)
class RawRows:
    """Cells as they came, by column; `place` says where a cell is, for people.

    A column's name is one of `FACT_COLUMNS`, `total`, a code of the instrument, or such a code with
    `.standing`, or with `.state` or `.evidence` for an indicator. An agency may be an `Agency`
    already, of which `agency.kind` then says nothing. `faults` are what the reader of a file found
    wrong with single rows: the row, how many columns come before it, and the fault; one without a
    place is about the row's cell in the column of that position. `also_faulty` are rows to which a
    fault of another row applies as well.
    """

    count: int
    columns: Mapping[str, Cells]
    place: Callable[[int, str | None], Text]
    faults: Sequence[tuple[int, int, Fault]] = ()
    also_faulty: AbstractSet[int] = frozenset()


def instrument_of(instrument: Instrument | str) -> Instrument:
    """Return an instrument, or the catalog's one of this id."""
    return instrument if isinstance(instrument, Instrument) else catalog.instrument(instrument)


def place_in_list(row: int, column: str | None) -> Text:
    """Say where a cell is when the rows come from a program and not from a file."""
    return place_of(ASSESSMENT, row + 1, column)


@lru_cache(maxsize=64)
def answer_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the columns that hold answers: gates, then nodes in the order of the tree."""
    codes = (item.code for item in (*instrument.gates, *instrument.nodes))
    return (*(code for code in codes if code != instrument.root.code), instrument.root.code, TOTAL)


@lru_cache(maxsize=64)
def detail_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the columns that say something about an answer."""
    states = [
        f"{indicator.code}.{detail}"
        for indicator in instrument.indicators
        for detail in ("state", "evidence")
    ]
    standings = [f"{node.code}.standing" for node in instrument.nodes]
    return (*states, *standings, f"{TOTAL}.standing")


@lru_cache(maxsize=64)
def columns_by_name(instrument: Instrument) -> dict[str, str]:
    """Return the names that a column may have, each as its own key."""
    return {name: name for name in allowed_columns(instrument)}


def allowed_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the names that a column may have, in the order of a template."""
    return (*FACT_COLUMNS, *answer_columns(instrument), *detail_columns(instrument))


def column_name(instrument: Instrument, given: str) -> str:
    """Return the column that a file names, in any case; what is not known stays as it is."""
    name = given.strip()
    return columns_by_name(instrument).get(name.lower(), name)


def check_columns(
    instrument: Instrument, names: Sequence[str], place: Callable[[str | None], Text]
) -> list[Fault]:
    """Check the names of columns: unknown ones, ones that stand twice, and `agency` or `code`.

    Of far more than any instrument has nothing is said but that.
    """
    if len(names) > MAX_COLUMNS:
        too_many = Text(
            "ada {value} kolom; paling banyak {allowed}",
            "there are {value} columns; at most {allowed}",
        )
        limit = Text.same(str(MAX_COLUMNS))
        value = str(len(names))
        return [
            make_fault("columns-too-many", too_many, place=place(None), value=value, allowed=limit)
        ]
    known = columns_by_name(instrument)
    seen: set[str] = set()
    faults: list[Fault] = []
    for name in names:
        if name in seen:
            faults.append(
                make_fault(
                    "column-twice",
                    Text(
                        "kolom {value} ada lebih dari satu kali",
                        "the column {value} occurs more than once",
                    ),
                    place=place(name),
                    item=name if name in known else None,
                    value=quoted(name),
                )
            )
        elif name not in known:
            suggest = len(faults) < _MOST_SUGGESTIONS
            faults.append(unknown_name(instrument, name, place(name), suggest=suggest))
        seen.add(name)
    if not {"agency", "code"} & seen:
        faults.append(
            make_fault(
                "column-missing",
                Text("tidak ada kolom {allowed}", "there is no column {allowed}"),
                place=place(None),
                item="agency",
                allowed=Text("agency atau code", "agency or code"),
            )
        )
    return faults


def unknown_name(instrument: Instrument, name: str, place: Text, *, suggest: bool = True) -> Fault:
    """Return the fault of a column or code that an instrument doesn't have."""
    near: list[str] = []
    if suggest and len(name) <= _LONGEST_SUGGESTED:
        near = get_close_matches(name, columns_by_name(instrument), n=3)
    allowed = Text.same(", ".join(near)) if near else _COLUMN_NAMES
    return make_fault(
        "column-unknown",
        Text(
            "{value} tidak dikenal dalam {instrument}; mungkin: {allowed}",
            "{value} is not known in {instrument}; perhaps: {allowed}",
        ),
        place=place,
        value=quoted(name),
        allowed=allowed,
        instrument=instrument.id,
    )


_COLUMN_NAMES = Text(
    "agency, code, year, stage, synthetic, total, atau kode dari instrumen",
    "agency, code, year, stage, synthetic, total, or a code of the instrument",
)


def build(instrument: Instrument, raw: RawRows, *, leave_out_faulty: bool = False) -> AssessmentSet:
    """Read and check all cells.

    Args:
        instrument: what was answered.
        raw: the cells; the names of the columns have been checked.
        leave_out_faulty: keep the rows without fault and list the others in `left_out`. Then a row
            is refused as the second of two only where the first one is kept.

    Raises:
        AssessmentError: a row has a fault (unless it may be left out), or no row is left.
    """
    builder = _Builder(instrument, raw, leave_out_faulty=leave_out_faulty)
    built = builder.build()
    if not builder.faults:
        return built
    faulty = builder.faulty_rows()
    if not leave_out_faulty or len(faulty) == raw.count:
        raise AssessmentError(builder.faults_in_order())
    keep = np.setdiff1d(np.arange(raw.count), np.array(sorted(faulty), dtype=np.intp))
    return attrs.evolve(built.rows(keep), left_out=builder.faults_in_order())


def kept_places(instrument: Instrument, raw: RawRows) -> list[Text]:
    """Return where the rows stand that `build` keeps when it leaves out the faulty ones."""
    builder = _Builder(instrument, raw, leave_out_faulty=True)
    builder.build()
    faulty = builder.faulty_rows()
    return [raw.place(row, None) for row in range(raw.count) if row not in faulty]


class _Builder:
    """The state of one build: the cells, what has been read, and the faults by row."""

    def __init__(self, instrument: Instrument, raw: RawRows, *, leave_out_faulty: bool) -> None:
        self.instrument = instrument
        self.raw = raw
        self.leave_out_faulty = leave_out_faulty
        self.unknown_agencies = 0
        self.faults: list[tuple[int, int, Fault]] = list(raw.faults)
        self.agencies: list[Agency] = []
        # Rows of which nothing could be read say nothing about an agency either.
        self.unidentified = {
            row for row, position, fault in raw.faults if position < 0 or fault.item in _IDENTITY
        }
        self.position = {name: position for position, name in enumerate(raw.columns)}

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
        return {row for row, _, _ in self.faults}.union(self.raw.also_faulty)

    def faults_in_order(self) -> tuple[Fault, ...]:
        """Return the faults by row, and in a row by column, with the names of the agencies.

        Beyond `MAX_FAULTS` they are counted.
        """
        names = tuple(self.raw.columns)
        ordered = sorted(self.faults, key=lambda item: item[:2])
        listed = [
            attrs.evolve(
                fault,
                agency=self.agencies[row].name or fault.agency,
                place=fault.place or self.raw.place(row, None if at < 0 else names[at]),
            )
            for row, at, fault in ordered[:MAX_FAULTS]
        ]
        return (*listed, *more_faults(len(ordered) - len(listed)))

    def _add(self, row: int, column: str | None, fault: Fault) -> None:
        position = -1 if column is None else self.position[column]
        # Only faults that are listed get their place: a file may have a million others.
        self.faults.append((row, position, fault))
        if column in _IDENTITY:
            self.unidentified.add(row)

    def _cells(self, column: str) -> Cells | None:
        return self.raw.columns.get(column)

    def _read(self, column: str, read: Callable[[object], T | Fault], empty: T) -> list[T]:
        """Read a column; each distinct cell is read once, and a faulty one counts as empty."""
        cells = self._cells(column)
        if cells is None:
            return [empty] * self.raw.count
        if isinstance(cells, CodedCells):
            values_read = self._read_distinct(column, cells, read, empty)
            return [values_read[place] for place in cells.places.tolist()]
        keys: Sequence[object] = cells
        if len(set(map(type, cells))) > 1:
            # 1, 1.0 and True are equal as keys, so the type is part of the key.
            keys = [(type(cell), cell) for cell in cells]
        faults: dict[object, Fault] = {}
        values: dict[object, T] = {}
        for key, cell in dict(zip(keys, cells, strict=True)).items():
            value = empty if is_empty(cell) else read(cell)
            if isinstance(value, Fault):
                faults[key] = value
                value = empty
            values[key] = value
        if faults:
            for row, key in enumerate(keys):
                if key in faults:
                    self._add(row, column, faults[key])
        return [values[key] for key in keys]

    def _read_distinct(
        self, column: str, cells: CodedCells, read: Callable[[object], T | Fault], empty: T
    ) -> list[T]:
        """Read the distinct cells of a column, each of which counts as empty where it is faulty."""
        values: list[T] = []
        for place, cell in enumerate(cells.distinct):
            value = empty if is_empty(cell) else read(cell)
            if isinstance(value, Fault):
                for row in np.flatnonzero(cells.places == place).tolist():
                    self._add(row, column, value)
                value = empty
            values.append(value)
        return values

    def _read_agencies(self) -> list[Agency]:
        nobody: Cells = [None] * self.raw.count
        unsaid: AgencyKind | None = None
        names, codes = self._cells("agency") or nobody, self._cells("code") or nobody
        kinds = self._read("agency.kind", partial(read_kind, "agency.kind"), unsaid)
        found: dict[object, Agency] = {}
        agencies = []
        for row, cells in enumerate(zip(names, codes, kinds, strict=True)):
            # An agency of many years is looked up once; 11 and 11.0 are equal as keys.
            key = (*cells, type(cells[1])) if isinstance(cells[0], str) else None
            agency = None if key is None else found.get(key)
            if agency is None:
                count = len(self.faults)
                agency = self._agency(row, *cells)
                if key is not None and len(self.faults) == count and row not in self.unidentified:
                    found[key] = agency
            agencies.append(agency)
        return agencies

    def _agency(self, row: int, name: object, code: object, kind: AgencyKind | None) -> Agency:
        """Return who is meant, or with a fault an agency of the name that was given."""
        suggest = self.unknown_agencies < _MOST_SUGGESTIONS
        faults: tuple[Fault, ...] = ()
        try:
            if isinstance(name, Agency):
                return settled(name, suggest=suggest)
            if isinstance(name, str) or is_empty(name):
                if row in self.unidentified and is_empty(name) and is_empty(code):
                    return Agency(name="")
                text = name if isinstance(name, str) else None
                return catalog.find_agency(text, _code(code), kind, suggest=suggest)
            faults = (not_a_text("agency", name),)
        except UnknownNameError as error:
            faults = error.faults
            self.unknown_agencies += 1
        for fault in faults:
            column = _COLUMN_OF_FAULT.get(fault.code, "agency")
            if column not in self.raw.columns:
                column = "agency" if "agency" in self.raw.columns else "code"
            self._add(row, column, attrs.evolve(fault, item=column, place=None))
        if isinstance(name, Agency):
            return name
        return Agency(name="" if is_empty(name) else quoted(name).strip('"'), kind=kind)

    def _read_facts(self) -> tuple[RowFacts, ...]:
        nowhen: tuple[int | None, dt.date | None] = (None, None)
        unstated: Stage | None = None
        nowhere: Standing | None = None
        return tuple(
            RowFacts(
                agency=agency,
                year=year,
                date=date,
                stage=stage,
                synthetic=made_up,
                standing=standing,
                states=states,
                evidence=evidence,
                standings=standings,
            )
            for agency, (year, date), stage, made_up, standing, states, evidence, standings in zip(
                self.agencies,
                self._read("year", read_year, nowhen),
                self._read("stage", read_stage, unstated),
                self._read("synthetic", partial(read_yes_or_no, "synthetic"), empty=False),
                self._read("agency.standing", partial(read_standing, "agency.standing"), nowhere),
                self._read_details("state", read_state),
                self._read_details("evidence", read_text),
                self._read_details("standing", read_standing),
                strict=True,
            )
        )

    def _read_details(
        self, detail: str, read: Callable[[str, object], T | Fault]
    ) -> list[tuple[tuple[str, T], ...]]:
        """Read what is said about single answers, by row as pairs of a code and what is said."""
        said: list[tuple[tuple[str, T], ...]] = [()] * self.raw.count
        root = self.instrument.root.code
        codes = [(node.code, f"{node.code}.{detail}") for node in self.instrument.nodes]
        for code, column in (*codes, (root, f"{TOTAL}.{detail}")):
            if column in self.raw.columns:
                nothing: T | None = None
                for row, value in enumerate(self._read(column, partial(read, column), nothing)):
                    if value is None:
                        continue
                    if any(code == other for other, _ in said[row]):
                        own = f"{root}.{detail}"
                        self._add(row, own, _twice(f"{TOTAL}.{detail}", own))
                    else:
                        said[row] = (*said[row], (code, value))
        return said

    def _read_gates(self) -> tuple[Levels, Mask]:
        shape = (self.raw.count, len(self.instrument.gates))
        answers = np.full(shape, NOT_ANSWERED, dtype=np.uint8)
        derived = np.zeros(shape, dtype=np.bool_)
        for position, gate in enumerate(self.instrument.gates):
            known, of_kind = gate.values, {kind: gate.options_of(kind) for kind in _KINDS}
            cells = self._cells(gate.code)
            for row, place in enumerate(self._read(gate.code, partial(read_option, gate), -1)):
                values = of_kind[self.agencies[row].kind]
                if place >= 0 and known[place] in values:
                    answers[row, position] = place
                elif place >= 0:
                    # Which of the two is wrong isn't known, so nothing follows from the answer.
                    self._add(row, gate.code, _contradiction(gate, place, self.agencies[row]))
                elif len(values) == 1 and (cells is None or is_empty(cells[row])):
                    answers[row, position] = known.index(values[0])
                    derived[row, position] = True
        return answers, derived

    def _read_levels(self) -> Levels:
        levels = np.full(
            (self.raw.count, len(self.instrument.indicators)), NOT_ANSWERED, dtype=np.uint8
        )
        for position, indicator in enumerate(self.instrument.indicators):
            cells = self._cells(indicator.code)
            read = partial(read_level, indicator)
            if isinstance(cells, CodedCells):
                values = self._read_distinct(indicator.code, cells, read, NOT_ANSWERED)
                levels[:, position] = np.array(values, dtype=np.uint8)[cells.places]
            elif cells is not None:
                levels[:, position] = self._read(indicator.code, read, NOT_ANSWERED)
        return levels

    def _applicability(self, gate_answers: Levels) -> tuple[Mask, dict[str, Mask]]:
        """Return which indicators don't apply, and where, by code, that is left open."""
        gate_of = {gate.code: place for place, gate in enumerate(self.instrument.gates)}
        shape = (self.raw.count, len(self.instrument.indicators))
        inapplicable = np.zeros(shape, dtype=np.bool_)
        open_in: dict[str, Mask] = {}
        for position, indicator in enumerate(self.instrument.indicators):
            if not indicator.conditions:
                continue
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
                open_in[indicator.code] = waiting
        return inapplicable, open_in

    def _check_inapplicable(self, levels: Levels, inapplicable: Mask) -> None:
        for row, position in np.argwhere(inapplicable & (levels != NOT_ANSWERED)):
            indicator = self.instrument.indicators[position]
            gates = ", ".join(condition.gate for condition in indicator.conditions)
            self._add(
                int(row),
                indicator.code,
                make_fault(
                    "answer-not-applicable",
                    Text(
                        "{item} dijawab {value}, padahal menurut {gates} tidak berlaku",
                        "{item} is answered by {value}, but by {gates} it does not apply",
                    ),
                    item=indicator.code,
                    value=str(levels[row, position]),
                    allowed=Text("kosong", "empty"),
                    gates=gates,
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
            self._add(int(row), root, _twice(TOTAL, root))
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
        reported = {code: np.zeros(self.raw.count, dtype=np.bool_) for code in answered}
        for code, column in entries.items():
            for node in tuple(self.instrument.dimension(code).walk())[1:]:
                if node.code not in answered:
                    continue
                below = column.known & answered[node.code] & ~reported[node.code]
                reported[node.code] |= below
                for row in np.flatnonzero(below):
                    self._add(int(row), node.code, _entry_and_below(code, node.code))

    def _check_duplicates(self, facts: Sequence[RowFacts]) -> None:
        """Refuse a second assessment of an agency at a date (or else in a year) and stage."""
        first: dict[tuple[object, ...], int] = {}
        skipped = self.faulty_rows() if self.leave_out_faulty else self.unidentified
        for row, fact in enumerate(facts):
            if row in skipped:
                continue
            agency = fact.agency
            who = agency.code or " ".join(agency.name.casefold().split())
            key = (who, fact.date or fact.year, fact.stage)
            earlier = first.setdefault(key, row)
            if earlier != row:
                fault = make_fault(
                    "assessment-twice",
                    Text(
                        "{agency_name} sudah ada dengan tanggal atau tahun, dan tahap yang sama "
                        "({first})",
                        "{agency_name} is there already with the same date or year, and stage "
                        "({first})",
                    ),
                    item="agency",
                    value=quoted(agency.name),
                    allowed=Text(
                        "satu penilaian per instansi, tanggal atau tahun, dan tahap",
                        "one assessment for an agency, date or year, and stage",
                    ),
                    agency_name=agency.name,
                    first=self.raw.place(earlier, None),
                )
                self._add(row, None, fault)


_ONE_OF_TWO = Text("salah satu saja", "only one of the two")


# Which cell a fault of an agency is about, where it isn't the name.
_COLUMN_OF_FAULT = {"agency-code-unknown": "code", "kind-contradicts-directory": "agency.kind"}


def _twice(total: str, root: str) -> Fault:
    return make_fault(
        "total-twice",
        Text(
            "nilai total diisi dua kali, sebagai {total} dan sebagai {item}",
            "the total is entered twice, as {total} and as {item}",
        ),
        item=root,
        allowed=_ONE_OF_TWO,
        total=total,
    )


def _entry_and_below(above: str, below: str) -> Fault:
    return make_fault(
        "entry-and-below",
        Text(
            "{item} dijawab, padahal nilai {above} di atasnya sudah diisi",
            "{item} is answered, but points of {above} above it are entered",
        ),
        item=below,
        allowed=_ONE_OF_TWO,
        above=above,
    )


def _code(cell: object) -> str | float | int | None:
    """Return the cell of a code: text, or the number that a spreadsheet made of it."""
    if is_empty(cell):
        return None
    return cell if isinstance(cell, str | float | int) else str(cell)


def _contradiction(gate: Gate, place: int, agency: Agency) -> Fault:
    return make_fault(
        "gate-contradicts-directory",
        Text(
            "jawaban {value} untuk {item} bertentangan dengan direktori: {agency_name} adalah "
            "{kind}; yang diterima: {allowed}",
            "the answer {value} to {item} contradicts the directory: {agency_name} is a {kind}; "
            "allowed: {allowed}",
        ),
        item=gate.code,
        value=quoted(gate.values[place]),
        allowed=Text.same(", ".join(gate.options_of(agency.kind))),
        agency_name=agency.name,
        kind="-" if agency.kind is None else agency.kind.label,
    )
