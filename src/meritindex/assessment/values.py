"""Reading single answers: a level, a number, a choice; or the fault that says why not."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.definition import (
    AgencyKind,
    Dimension,
    Gate,
    Indicator,
    Measure,
    Stage,
    Standing,
)
from meritindex.errors import Fault, NumberError
from meritindex.language import Text
from meritindex.numbers import MAX_DIGITS, localized, parse_number, quoted, shortest_text

# What a cell of a workbook holds, so that a text can go into any file and come back.
MAX_TEXT_LENGTH = 32_767

_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2100
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_OF_EXCEL = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
# What no file can hold as text: control characters but tab and line ends, and halves of pairs.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

Member = TypeVar("Member", Stage, AgencyKind, Standing, "AnswerState")
Array = TypeVar("Array", bound=npt.NDArray[Any])


def closed(array: Array) -> Array:
    """Return an array closed to writing; a view, which its base could still write to, as a copy."""
    kept = array if array.base is None else array.copy()
    kept.setflags(write=False)
    return kept


@attrs.frozen(eq=False)
class NumberColumn:
    """Decimal numbers of many rows: integers over `10**decimals`, and where there is one.

    Attributes:
        numerators: int64, or `object` (Python integers) where 64 bits don't hold them; shape `[n]`,
            zero where there is none.
        known: bool, shape `[n]`.
    """

    numerators: npt.NDArray[Any]
    known: npt.NDArray[np.bool_]

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "numerators", closed(self.numerators))
        object.__setattr__(self, "known", closed(self.known))

    @classmethod
    def of(cls, integers: Sequence[int | None]) -> NumberColumn:
        """Return a column of integers, None where there is none."""
        filled = [0 if value is None else value for value in integers]
        wide = any(abs(value) >= 2**62 for value in filled)
        known = np.fromiter((value is not None for value in integers), np.bool_, len(integers))
        return cls(np.array(filled, dtype=object if wide else np.int64), known)

    @classmethod
    def empty(cls, count: int) -> NumberColumn:
        """Return a column without any number."""
        return cls(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_))

    @classmethod
    def stacked(cls, columns: Sequence[NumberColumn]) -> NumberColumn:
        """Return the rows of several columns, one after the other."""
        return cls(
            np.concatenate([column.numerators for column in columns]),
            np.concatenate([column.known for column in columns]),
        )

    def rows(self, rows: slice | npt.NDArray[Any]) -> NumberColumn:
        """Return some of the rows."""
        return NumberColumn(self.numerators[rows], self.known[rows])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NumberColumn):
            return NotImplemented
        return np.array_equal(self.numerators, other.numerators) and np.array_equal(
            self.known, other.known
        )

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberColumn, (self.numerators, self.known)


class AnswerState(enum.StrEnum):
    """How well an answer is supported."""

    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    VERIFIED = "verified"

    @property
    def label(self) -> Text:
        """The state for a reader."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    AnswerState.CLAIMED: Text("diklaim", "claimed"),
    AnswerState.EVIDENCED: Text("berbukti", "evidenced"),
    AnswerState.VERIFIED: Text("terverifikasi", "verified"),
}

_OTHER_STAGES = {"mandiri": Stage.SELF_ASSESSED, "self assessed": Stage.SELF_ASSESSED}

_YES_OR_NO = {
    "ya": True,
    "yes": True,
    "true": True,
    "1": True,
    "tidak": False,
    "no": False,
    "false": False,
    "0": False,
}


def is_empty(cell: object) -> bool:
    """Say whether a cell holds nothing: None, NaN, or blanks."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None or (isinstance(cell, float | np.floating) and bool(np.isnan(cell)))


def read_level(indicator: Indicator, cell: object) -> int | Fault:
    """Read the level of an indicator: a whole number of its scale, not written as a fraction."""
    lowest, highest = indicator.levels[0].value, indicator.levels[-1].value
    try:
        # Whoever writes "4/2" does not mean the level 2.
        value = Fraction(-1) if isinstance(cell, str) and "/" in cell else parse_number(cell)
    except NumberError:
        value = Fraction(-1)
    if value.denominator == 1 and lowest <= value <= highest:
        return int(value)
    allowed = Text(
        f"bilangan bulat {lowest} sampai {highest}", f"whole numbers {lowest} to {highest}"
    )
    return level_fault(indicator, cell, allowed)


def level_fault(indicator: Indicator, cell: object, allowed: Text) -> Fault:
    """Return the fault of a level that is none of the indicator's."""
    return _fault(
        "level-not-allowed",
        Text(
            "{value} bukan tingkat {code}; yang diterima: {allowed}",
            "{value} is not a level of {code}; allowed: {allowed}",
        ),
        indicator.code,
        cell,
        allowed,
    )


def read_measure(measure: Measure, cell: object) -> int | Fault:
    """Read a measure as an integer over `10**decimals`."""
    return _read_decimal(measure.code, measure.minimum, measure.maximum, measure.decimals, cell)


def read_entry(
    dimension: Dimension, entry_range: tuple[Fraction, Fraction], cell: object
) -> int | Fault:
    """Read points entered at a dimension as an integer over `10**decimals`."""
    return _read_decimal(dimension.code, *entry_range, dimension.decimals, cell)


def _read_decimal(
    code: str, lowest: Fraction, highest: Fraction, decimals: int, cell: object
) -> int | Fault:
    try:
        value = parse_number(cell)
    except NumberError as error:
        return _percentage(code, lowest, highest, cell) or attrs.evolve(error.faults[0], item=code)
    scaled = value * 10**decimals
    if lowest <= value <= highest and scaled.denominator == 1:
        return int(scaled)
    allowed = Text(
        "{lowest} sampai {highest}, paling banyak {decimals} desimal",
        "{lowest} to {highest}, with at most {decimals} decimals",
    ).fill(lowest=shortest_text(lowest), highest=shortest_text(highest), decimals=decimals)
    if not lowest <= value <= highest:
        message = Text(
            "{value} di luar rentang {code}; yang diterima: {allowed}",
            "{value} is outside the range of {code}; allowed: {allowed}",
        )
        return _fault("number-out-of-range", message, code, cell, allowed)
    message = Text(
        "{value} terlalu halus untuk {code}; yang diterima: {allowed}",
        "{value} is too fine for {code}; allowed: {allowed}",
    )
    return _fault("number-too-fine", message, code, cell, allowed)


def _percentage(code: str, lowest: Fraction, highest: Fraction, cell: object) -> Fault | None:
    """Return the fault of a share that is written in percent, None where it is something else."""
    if not isinstance(cell, str) or not cell.rstrip().endswith("%"):
        return None
    try:
        share = parse_number(cell.rstrip()[:-1]) / 100
    except NumberError:
        return None
    # Where larger numbers are allowed, nobody knows what it is a percentage of.
    if not lowest <= share <= highest <= 1:
        return None
    written = shortest_text(share)
    return make_fault(
        "number-in-percent",
        Text(
            "{value} ditulis dalam persen; tulis {allowed}",
            "{value} is written in percent; write {allowed}",
        ),
        item=code,
        value=quoted(cell),
        allowed=Text(localized(written, "id"), localized(written, "en")),
    )


def read_option(gate: Gate, cell: object) -> int | Fault:
    """Read the answer to a gate as the place of its option; case and blanks don't matter."""
    text = _word(cell)
    for place, option in enumerate(gate.options):
        if text == option.value.casefold():
            return place
    return option_fault(gate, cell, gate.values)


def option_fault(gate: Gate, cell: object, words: Sequence[str]) -> Fault:
    """Return the fault of an answer that is none of the gate's, which are given by these words."""
    return _fault(
        "option-not-allowed",
        Text(
            "{value} bukan jawaban {code}; yang diterima: {allowed}",
            "{value} is not an answer to {code}; allowed: {allowed}",
        ),
        gate.code,
        cell,
        Text.same(", ".join(words)),
    )


def read_year(cell: object) -> tuple[int, dt.date | None] | Fault:
    """Read a year, or a date, which gives its year as well.

    A date is written `2025-09-10` or, as Indonesian spreadsheets do, `10/9/2025`: the day comes
    first, always.
    """
    date = None
    try:
        if isinstance(cell, dt.date):
            date = dt.date(cell.year, cell.month, cell.day)  # a time of day is left off
        elif isinstance(cell, str):
            date = _date_of(cell.strip())
        value = parse_number(cell) if date is None else Fraction(date.year)
    except ValueError:  # NumberError is one too
        value = Fraction(0)
    if value.denominator == 1 and _EARLIEST_YEAR <= value <= _LATEST_YEAR:
        return int(value), date
    return _fault(
        "year-not-allowed",
        Text(
            "{value} bukan tahun; yang diterima: {allowed}",
            "{value} is not a year; allowed: {allowed}",
        ),
        "year",
        cell,
        Text(
            f"{_EARLIEST_YEAR} sampai {_LATEST_YEAR}, atau tanggal seperti 2025-09-10 atau "
            "10/9/2025 (hari/bulan/tahun)",
            f"{_EARLIEST_YEAR} to {_LATEST_YEAR}, or a date such as 2025-09-10 or 10/9/2025 "
            "(day/month/year)",
        ),
    )


def _date_of(text: str) -> dt.date | None:
    """Return the date that a text is in the form of; ValueError where there is no such day."""
    if match := _DATE.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DATE_OF_EXCEL.fullmatch(text):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    return None


def read_stage(cell: object) -> Stage | Fault:
    """Read a stage by its English name or either of its labels; "mandiri" is self-assessed."""
    if stage := _OTHER_STAGES.get(_word(cell)):
        return stage
    what = Text("tahap penilaian", "stage of an assessment")
    return _read_member("stage-not-allowed", what, Stage, "stage", cell)


def read_state(item: str, cell: object) -> AnswerState | Fault:
    """Read the state of an answer by its English name or either of its labels."""
    what = Text("status jawaban", "state of an answer")
    return _read_member("state-not-allowed", what, AnswerState, item, cell)


def read_standing(item: str, cell: object) -> Standing | Fault:
    """Read a standing by its English name or either of its labels."""
    what = Text("tingkat kepastian", "standing")
    return _read_member("standing-not-allowed", what, Standing, item, cell)


def read_kind(item: str, cell: object) -> AgencyKind | Fault:
    """Read a kind of agency by its English name or either of its labels."""
    what = Text("jenis instansi", "kind of agency")
    return _read_member("kind-not-allowed", what, AgencyKind, item, cell)


def _read_member(
    fault_code: str, what: Text, members: type[Member], item: str, cell: object
) -> Member | Fault:
    text = _word(cell)
    names: list[str] = []
    for member in members:
        if text in {member.value, member.label.id, member.label.en}:
            return member
        names += [member.value, member.label.id]
    return make_fault(
        fault_code,
        Text(
            "{value} bukan {what}; yang diterima: {allowed}",
            "{value} is not a {what}; allowed: {allowed}",
        ),
        item=item,
        value=quoted(cell),
        allowed=Text.same(", ".join(dict.fromkeys(names))),
        what=what,
    )


def read_yes_or_no(item: str, cell: object) -> bool | Fault:
    """Read ya/tidak, yes/no, true/false or 1/0."""
    found = cell if isinstance(cell, bool) else _YES_OR_NO.get(_word(cell))
    if found is not None:
        return found
    return _fault(
        "yes-or-no-not-allowed",
        Text(
            "{value} bukan jawaban untuk {code}; yang diterima: {allowed}",
            "{value} is not an answer for {code}; allowed: {allowed}",
        ),
        item,
        cell,
        Text.same(", ".join(_YES_OR_NO)),
    )


def read_text(item: str, cell: object) -> str | Fault:
    """Read a free text, such as what was shown for an answer; it is kept as it is."""
    if isinstance(cell, str) and len(cell) <= MAX_TEXT_LENGTH and not _NOT_TEXT.search(cell):
        return cell
    return not_a_text(item, cell)


def not_a_text(item: str, cell: object) -> Fault:
    """Return the fault of a cell that can't be a text."""
    return _fault(
        "text-not-allowed",
        Text(
            "{value} tidak dapat menjadi isi {code}; yang diterima: {allowed}",
            "{value} can't be the content of {code}; allowed: {allowed}",
        ),
        item,
        cell,
        Text(
            f"teks tanpa karakter kendali, paling panjang {MAX_TEXT_LENGTH} karakter",
            f"text without control characters, at most {MAX_TEXT_LENGTH} characters long",
        ),
    )


def _word(cell: object) -> str:
    """Return a cell as a word to look up; what is neither text nor a number is none."""
    if isinstance(cell, str):
        return cell.strip().casefold()
    # True is an integer to Python, and an integer of thousands of digits has no text there.
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < 10**MAX_DIGITS:
        return str(cell)
    return ""


def _fault(fault_code: str, message: Text, item: str, cell: object, allowed: Text) -> Fault:
    """Return the fault of a cell."""
    return make_fault(
        fault_code, message, item=item, value=quoted(cell), allowed=allowed, code=item
    )


def make_fault(  # noqa: PLR0913 - the parts of a fault, named at the call
    fault_code: str,
    message: Text,
    *,
    place: Text | None = None,
    agency: str | None = None,
    item: str | None = None,
    value: str | None = None,
    allowed: Text | None = None,
    **fields: object,
) -> Fault:
    """Return a fault; its message may name `{item}`, `{value}`, `{allowed}` and the other fields.

    Every fault of an assessment is made here, so that what a message says is what the fault holds.
    """
    return Fault(
        code=fault_code,
        message=message.fill(item=item, value=value, allowed=allowed, **fields),
        place=place,
        agency=agency,
        item=item,
        value=value,
        allowed=allowed,
    )


def more_faults(count: int) -> list[Fault]:
    """Return what stands for faults beyond those that are listed; nothing for none."""
    if not count:
        return []
    message = Text("dan {count} kesalahan lagi", "and {count} more faults")
    return [Fault(code="more-faults", message=message.fill(count=count))]
