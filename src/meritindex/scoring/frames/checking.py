"""Checking a frame before it is scored: its columns and their types, then its answers, counted.

An engine can't list a fault for each of a million rows; it counts them by column, in one pass, and
names one value of each.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from meritindex.assessment.frames.library import narwhals
from meritindex.assessment.values import make_fault, read_level, read_measure
from meritindex.definition import Gate, Indicator, Instrument, Measure
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.numbers import quoted
from meritindex.scoring.frames.answers import Answers
from meritindex.scoring.frames.arithmetic import literal
from meritindex.scoring.frames.expressions import answer_columns
from meritindex.scoring.frames.suitable import LONGEST_DECIMAL, EngineError

if TYPE_CHECKING:
    from meritindex.scoring.plans import ScoringPlan
    from meritindex.scoring.program import Program

# How the columns begin that exist while a frame is scored.
OWN_PREFIX = "mi__"

# A data frame of narwhals, eager or lazy.
Frame = Any
# What a column of a frame answers.
Item = Gate | Indicator | Measure


class Form(enum.Enum):
    """In what a column holds its answers."""

    INTEGER = enum.auto()
    NUMBER = enum.auto()  # floats or decimals
    TEXT = enum.auto()


def check_columns(
    plan: ScoringPlan, names: Sequence[str], results: Sequence[str], asked: Sequence[str]
) -> None:
    """Refuse a frame that lacks a column, has one of entered points, or one of a result.

    Args:
        plan: what the frame is scored by.
        names: the columns of the frame.
        results: the columns that scoring adds.
        asked: further columns that the caller names.

    Raises:
        EngineError: any of these.
    """
    instrument = plan.instrument
    entered = {"total", *(dimension.code for dimension in instrument.dimensions)}
    taken = {name.casefold() for name in results}
    faults = []
    for code in (*answer_columns(plan), *asked):
        if code not in names:
            message = Text("tidak ada kolom {item}", "there is no column {item}")
            faults.append(make_fault("column-missing", message, item=code))
    for name in names:
        if name in entered:
            faults.append(make_fault("column-entered", _ENTERED, item=name))
        elif name.casefold() in taken or name.casefold().startswith(OWN_PREFIX):
            faults.append(make_fault("column-taken", _TAKEN, item=name))
    if faults:
        raise EngineError(faults)


def forms_of(plan: ScoringPlan, schema: Mapping[str, Any]) -> dict[str, Form]:
    """Return in what each column of answers holds them.

    Raises:
        EngineError: a column has a type that is none for such answers.
    """
    forms, faults = {}, []
    for item in _items(plan.instrument):
        form = _form(schema[item.code], item)
        if form is None:
            allowed = _ALLOWED_TEXT if isinstance(item, Gate) else _ALLOWED_NUMBER
            faults.append(
                make_fault(
                    "column-type",
                    _TYPE,
                    item=item.code,
                    value=quoted(str(schema[item.code])),
                    allowed=allowed,
                )
            )
        else:
            forms[item.code] = form
    if faults:
        raise EngineError(faults)
    return forms


def _items(instrument: Instrument) -> tuple[Item, ...]:
    return (*instrument.gates, *instrument.indicators, *instrument.measures)


def _form(kind: Any, item: Item) -> Form | None:  # noqa: ANN401 - a DType
    nw = narwhals()
    if kind == nw.Unknown:  # a column in which nobody has answered has no type
        return Form.TEXT if isinstance(item, Gate) else Form.NUMBER
    if isinstance(item, Gate):
        texts = (nw.String, nw.Categorical, nw.Enum)
        return Form.TEXT if any(kind == text for text in texts) else None
    if kind.is_integer():
        return Form.INTEGER
    if kind.is_float():
        # In 32 bits 0.8 is another number, which would be too fine.
        short = isinstance(item, Measure) and kind == nw.Float32
        return None if short else Form.NUMBER
    if kind == nw.Decimal and isinstance(item, Measure):
        # The double nearest to a decimal is as good as it, where that has few digits.
        ends = max(abs(item.minimum), abs(item.maximum), Fraction(1))
        return Form.NUMBER if ends * 10 ** (kind.scale or 0) < LONGEST_DECIMAL else None
    return None


def counted_faults(frame: Frame, answers: Answers, program: Program) -> Frame:
    """Return a frame of one row: how many rows of each column of answers are wrong."""
    nw = narwhals()
    return frame.select(
        **{
            code: nw.when(fault).then(literal(1)).otherwise(literal(0)).sum()
            for code, fault in answers.faults(program)
        }
    )


def faulty_cell(frame: Frame, answers: Answers, program: Program, code: str) -> Frame:
    """Return a frame of one row, if there is any: a wrong answer in a column, as `value`."""
    fault = dict(answers.faults(program))[code]
    return frame.filter(fault).select(value=answers.of(code)).head(1)


def refuse_faulty(
    instrument: Instrument, counts: Mapping[str, Any], example: Callable[[str], object]
) -> None:
    """Refuse a frame with answers that the instrument does not allow.

    Args:
        instrument: what was answered.
        counts: how many answers of each column are wrong.
        example: returns a wrong answer of a column.

    Raises:
        AssessmentError: for each column with such answers, in how many rows, and one of them.
    """
    faults = [
        _fault(item, example(item.code), int(counts[item.code]))
        for item in _items(instrument)
        if counts[item.code]
    ]
    if faults:
        raise AssessmentError(faults)


def _fault(item: Item, value: object, count: int) -> Fault:
    place = Text(f"kolom {item.code}, {count} baris", f"column {item.code}, in {count} rows")
    if isinstance(item, Gate):
        return make_fault(
            "option-not-allowed",
            Text(
                "{value} bukan jawaban {item}; yang diterima: {allowed}",
                "{value} is not an answer to {item}; allowed: {allowed}",
            ),
            place=place,
            item=item.code,
            value=quoted(value),
            allowed=Text.same(", ".join(item.values)),
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # in pandas, gaps make floats of a column of integers
    found = read_measure(item, value) if isinstance(item, Measure) else read_level(item, value)
    if isinstance(found, Fault):
        return attrs.evolve(found, place=place)
    # A level of the scale is wrong only where the indicator does not apply; a measure never is.
    assert isinstance(item, Indicator)  # noqa: S101
    gates = ", ".join(condition.gate for condition in item.conditions)
    return make_fault(
        "answer-not-applicable",
        Text(
            "{item} dijawab {value}, padahal menurut {gates} tidak berlaku",
            "{item} is answered by {value}, but by {gates} it does not apply",
        ),
        place=place,
        item=item.code,
        value=str(value),
        allowed=Text("kosong", "empty"),
        gates=gates,
    )


def only_row(frame: Frame) -> dict[str, Any]:
    """Return the only row of a frame."""
    collected = frame.collect() if isinstance(frame, narwhals().LazyFrame) else frame
    return dict(zip(collected.columns, collected.row(0), strict=True))


_ENTERED = Text(
    "kolom {item} berisi nilai yang diisi langsung, yang tidak dihitung di dalam mesin data; "
    "hapus kolom itu, atau gunakan read_frame dan score",
    "the column {item} has points that were entered, with which no engine reckons; drop it, or use "
    "read_frame and score",
)
_TAKEN = Text(
    "nama kolom {item} dipakai untuk hasil atau selama penghitungan; ganti nama kolom itu, atau "
    "beri awalan lain dengan prefix",
    "the name of the column {item} is that of a result, or is used while scoring; rename the "
    "column, or choose another prefix",
)
_TYPE = Text(
    "kolom {item} bertipe {value}; yang diterima: {allowed}",
    "the column {item} is of type {value}; allowed: {allowed}",
)
_ALLOWED_TEXT = Text("teks atau kategori", "text or categories")
_ALLOWED_NUMBER = Text(
    "bilangan bulat atau pecahan; untuk ukuran, pecahan 64 bit atau desimal paling banyak 15 angka",
    "integers or floats; for measures, floats of 64 bits, or decimals of at most 15 digits",
)
