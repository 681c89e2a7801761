"""The answers of one agency, typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

import attrs

from meritindex import catalog
from meritindex.assessment.building import (
    TOTAL,
    RawRows,
    build,
    detail_columns,
    instrument_of,
    place_in_list,
    unknown_name,
)
from meritindex.assessment.many import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet
from meritindex.assessment.values import AnswerState, make_fault
from meritindex.catalog.directory import settled
from meritindex.definition import Agency, Instrument, Stage, Standing
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.numbers import quoted

T = TypeVar("T")
Pairs = tuple[tuple[str, T], ...]


def _agency(agency: Agency | str) -> Agency:
    if isinstance(agency, Agency):
        return settled(agency)
    # A name has a letter, and a code has none.
    named = any(map(str.isalpha, agency))
    return catalog.find_agency(agency) if named else catalog.find_agency(None, agency)


def _day(date: dt.date | None) -> dt.date | None:
    """Return a date without its time of day."""
    return None if date is None else dt.date(date.year, date.month, date.day)


def _pairs(items: Mapping[str, object] | Iterable[tuple[str, object]]) -> Pairs[Any]:
    return tuple(items.items() if isinstance(items, Mapping) else items)


# The answers of a faulty assessment are refused with it, so that all its faults are told at once.
def _stage_as_given(stage: Stage | str | None) -> Stage | None:
    return cast("Stage | None", stage)


def _standing_as_given(standing: Standing | str | None) -> Standing | None:
    return cast("Standing | None", standing)


@attrs.frozen(kw_only=True)
class Assessment:
    """One agency's answers under one instrument, at one time and stage.

    An assessment answers indicators, or enters points at a dimension (`points={"a1": "37,5"}`), or
    only a total (`points={"total": 301}`); nothing under an entry is answered as well.

    Attributes:
        agency: who; a name or code of the directory is looked up, and so is an `Agency` made by
            hand. One outside the directory that resembles a region needs the kind of a central one.
        instrument: under which rules; the id of a catalog instrument is looked up.
        levels: by indicator, the level that was answered.
        gates: by gate, the option. A gate that follows from the agency's kind may be left out.
        measures: by measure, its value.
        points: by dimension, points that were entered; `total` means the root.
        year: of the assessment; a `date` gives its year as well.
        stage: self-assessed, verified or determined; None where it is not stated.
        synthetic: whether the answers were made up for trying things out.
        standing: how firmly the answers are known, where a source says so.
        standings: the same for single answers, by code.
        states: how well single answers are supported, by indicator.
        evidence: what was shown for single answers, by indicator.

    Raises:
        AssessmentError: answers that the instrument does not allow; every fault is listed.
        UnknownNameError: the agency or the instrument is not known.

    Examples:
        >>> import meritindex as mi
        >>> court = mi.Assessment(
        ...     agency="Mahkamah Konstitusi", instrument="ism-2019", year=2021,
        ...     points={"a1": "37.5", "a2": 38, "a3": 75, "a4": 25, "a5": "77.5",
        ...             "a6": 35, "a7": 16, "a8": 23},
        ... )
        >>> mi.score(court).band
        'Sangat Baik'
    """

    agency: Agency = attrs.field(converter=_agency)
    instrument: Instrument = attrs.field(converter=instrument_of)
    levels: Pairs[int] = attrs.field(default=(), converter=_pairs)
    gates: Pairs[str] = attrs.field(default=(), converter=_pairs)
    measures: Pairs[Any] = attrs.field(default=(), converter=_pairs)
    points: Pairs[Any] = attrs.field(default=(), converter=_pairs)
    year: int | None = None
    date: dt.date | None = attrs.field(default=None, converter=_day)
    stage: Stage | None = attrs.field(default=None, converter=_stage_as_given)
    synthetic: bool = False
    standing: Standing | None = attrs.field(default=None, converter=_standing_as_given)
    standings: Pairs[Standing] = attrs.field(default=(), converter=_pairs)
    states: Pairs[AnswerState] = attrs.field(default=(), converter=_pairs)
    evidence: Pairs[str] = attrs.field(default=(), converter=_pairs)

    def __attrs_post_init__(self) -> None:
        normal = _fields(self.alone, 0)
        for name, value in normal.items():
            object.__setattr__(self, name, value)

    @cached_property
    def alone(self) -> AssessmentSet:
        """The set of this one assessment, its answers checked."""
        return gather((self,))

    @property
    def derived_gates(self) -> Pairs[str]:
        """The gates that the agency's kind answers, with their options."""
        return _gates(self.alone, 0, derived=True)


def gather(assessments: tuple[Assessment, ...]) -> AssessmentSet:
    """Return the set of these assessments; the work behind `AssessmentSet.of`."""
    if not assessments:
        raise AssessmentError(
            make_fault("no-assessments", Text("tidak ada penilaian", "there are no assessments"))
        )
    instrument = assessments[0].instrument
    asked, details = _asked(instrument), detail_columns(instrument)
    columns: dict[str, list[object]] = {}
    faults: list[Fault] = []
    for row, one in enumerate(assessments):
        if one.instrument != instrument:
            faults.append(_other_instrument(row, one, instrument))
            continue
        if one.date is not None and one.year not in {None, one.date.year}:
            faults.append(_year_and_date(row, one))
        named: list[tuple[str, object, str, Collection[str]]] = []
        named += [(name, cell, "", _FACTS) for name, cell in _facts(one)]
        for argument, codes in asked.items():
            named += [(name, cell, argument, codes) for name, cell in getattr(one, argument)]
        named += [(name, cell, "", details) for name, cell in _details(one)]
        for name, cell, argument, allowed in named:
            if name not in allowed:
                belongs = [other for other, codes in asked.items() if name in codes and argument]
                place = place_in_list(row, name)
                fault = (
                    _misplaced(name, argument, belongs[0], place)
                    if belongs
                    else unknown_name(instrument, name, place)
                )
                faults.append(attrs.evolve(fault, agency=one.agency.name))
                continue
            cells = columns.setdefault(name, [None] * len(assessments))
            if cells[row] is not None:
                faults.append(_answered_twice(row, one, name))
            cells[row] = cell
    if faults:
        raise AssessmentError(faults)
    return build(instrument, RawRows(count=len(assessments), columns=columns, place=place_in_list))


def assessment_at(many: AssessmentSet, row: int) -> Assessment:
    """Return one assessment of a set."""
    facts = many.facts[row]
    return Assessment(
        agency=facts.agency,
        instrument=many.instrument,
        date=facts.date,
        synthetic=facts.synthetic,
        **_fields(many, row),
    )


@lru_cache(maxsize=64)
def _asked(instrument: Instrument) -> dict[str, frozenset[str]]:
    """Return the arguments of an `Assessment` that hold answers, with the codes of each."""
    points = [dimension.code for dimension in instrument.dimensions]
    return {
        "levels": frozenset(indicator.code for indicator in instrument.indicators),
        "gates": frozenset(gate.code for gate in instrument.gates),
        "measures": frozenset(measure.code for measure in instrument.measures),
        "points": frozenset((*points, TOTAL)),
    }


def _misplaced(name: str, argument: str, belongs: str, place: Text) -> Fault:
    return make_fault(
        "answer-misplaced",
        Text(
            "{item} tidak termasuk {argument}; tempatnya di {allowed}",
            "{item} is none of the {argument}; it belongs in {allowed}",
        ),
        place=place,
        item=name,
        value=argument,
        allowed=Text.same(belongs),
        argument=argument,
    )


def _other_instrument(row: int, one: Assessment, first: Instrument) -> Fault:
    return make_fault(
        "instruments-differ",
        Text(
            "penilaian memakai {value}, bukan {allowed}",
            "the assessment is under {value}, not {allowed}",
        ),
        place=place_in_list(row, None),
        agency=one.agency.name,
        value=one.instrument.id,
        allowed=Text.same(first.id),
    )


def _year_and_date(row: int, one: Assessment) -> Fault:
    return make_fault(
        "year-contradicts-date",
        Text(
            "tahun {value} bertentangan dengan tanggal {date}",
            "the year {value} contradicts the date {date}",
        ),
        place=place_in_list(row, "year"),
        agency=one.agency.name,
        item="year",
        value=quoted(one.year),
        allowed=Text.same(str(one.date)[:4]),
        date=one.date,
    )


def _answered_twice(row: int, one: Assessment, name: str) -> Fault:
    return make_fault(
        "answer-twice",
        Text("{item} dijawab dua kali", "{item} is answered twice"),
        place=place_in_list(row, name),
        agency=one.agency.name,
        item=name,
        allowed=Text("satu jawaban saja", "one answer only"),
    )


_FACTS = ("agency", "year", "stage", "synthetic", "agency.standing")


def _facts(one: Assessment) -> Iterator[tuple[str, object]]:
    """Yield what is known besides the answers, as the cells of a file would hold it."""
    cells = (one.agency, one.date or one.year, one.stage, one.synthetic, one.standing)
    yield from zip(_FACTS, cells, strict=True)


def _details(one: Assessment) -> Iterator[tuple[str, object]]:
    for detail, pairs in (
        ("state", one.states),
        ("evidence", one.evidence),
        ("standing", one.standings),
    ):
        for code, cell in pairs:
            yield f"{code}.{detail}", cell


def _fields(many: AssessmentSet, row: int) -> dict[str, Any]:
    """Return the answers of a row in the order of the instrument."""
    facts, instrument = many.facts[row], many.instrument
    return {
        "levels": tuple(
            (indicator.code, int(level))
            for indicator, level in zip(instrument.indicators, many.levels[row], strict=True)
            if level < NOT_APPLICABLE
        ),
        "gates": _gates(many, row, derived=False),
        "measures": tuple(
            (measure.code, Fraction(int(column.numerators[row]), 10**measure.decimals))
            for measure in instrument.measures
            if (column := many.measures[measure.code]).known[row]
        ),
        "points": tuple(
            (dimension.code, Fraction(int(column.numerators[row]), 10**dimension.decimals))
            for dimension in instrument.dimensions
            if dimension.code in many.entries
            and (column := many.entries[dimension.code]).known[row]
        ),
        "year": facts.year,
        "stage": facts.stage,
        "standing": facts.standing,
        "states": facts.states,
        "evidence": facts.evidence,
        "standings": facts.standings,
    }


def _gates(many: AssessmentSet, row: int, *, derived: bool) -> Pairs[str]:
    return tuple(
        (gate.code, gate.values[answer])
        for gate, answer, follows in zip(
            many.instrument.gates, many.gate_answers[row], many.gates_derived[row], strict=True
        )
        if answer != NOT_ANSWERED and bool(follows) is derived
    )
