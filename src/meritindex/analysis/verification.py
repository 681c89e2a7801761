"""Verification: a record's answers scored anew, and what differs from what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from meritindex import __version__, catalog
from meritindex.analysis.record_form import read_record
from meritindex.analysis.records import checksum, record_data
from meritindex.assessment import Assessment
from meritindex.definition import (
    Agency,
    EqualRemainder,
    Given,
    Instrument,
    Stated,
    Weighting,
)
from meritindex.errors import (
    Fault,
    MeritIndexError,
    RecordError,
    UnknownNameError,
    WeightingError,
)
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import ScoreCard, score

# What is not rational is computed in doubles, whose last place may be another on other machines.
_RELATIVE_TOLERANCE = Fraction(1, 10**12)
# These tell of the making of a record, or are judged by themselves.
_NOT_COMPUTED = frozenset({"library", "checksum"})
# Weights and points have few digits, texts may have many.
_LONGEST_SHOWN = 120

_Json = dict[str, Any]


@attrs.frozen(kw_only=True)
class Difference:
    """Something that a record says otherwise than it is computed.

    `where` is its path in the record (`result.dimensions.a1.points`); `recorded` and `computed` are
    the two values as JSON has them, numbers as exact text; None is null, or that there is none.
    """

    where: str
    recorded: str | int | bool | None
    computed: str | int | bool | None
    message: Text


@attrs.frozen(kw_only=True, repr=False)
class Verification:
    """What came of computing a record anew; true if nothing differs.

    Attributes:
        card: the result as it is computed now, under the instrument that was used.
        differences: what the record says otherwise, by its path.
        remarks: what is to be known and is no difference: another version of the library, or
            a form that is not the canonical one.
        canonical: whether the record is, byte for byte, in the canonical form.
    """

    card: ScoreCard
    differences: tuple[Difference, ...]
    remarks: tuple[Text, ...]
    canonical: bool

    def __bool__(self) -> bool:
        return not self.differences

    def __repr__(self) -> str:
        found = f"{len(self.differences)} differences" if self.differences else "holds"
        return f"<Verification of a record of {self.card.agency.name}: {found}>"

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the verification as text of at most `width` columns."""
        from meritindex.analysis.verification_page import (  # noqa: PLC0415 - it shows this
            verification_document,
        )

        return to_text(verification_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the verification as plain semantic HTML, escaped."""
        from meritindex.analysis.verification_page import (  # noqa: PLC0415 - it shows this
            verification_document,
        )

        return to_html(verification_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def verify(record: bytes | str, instrument: Instrument | None = None) -> Verification:
    """Score the answers of a record anew, and list what differs from what it says.

    Everything is compared: the weights, the result, and by the checksum whether the record was
    changed since it was made. Another version of the library alone is no difference. Where the
    rules are not rational, numbers may differ by a trillionth of their size.

    Args:
        record: the content of a record; not the name of a file.
        instrument: by which rules; None for the catalog's with the record's fingerprint. Another
            one than the record's is a difference.

    Raises:
        FileError: nested too deep.
        RecordError: it is no record, or holds answers or weights that the instrument does not
            allow; every fault has its path.
        UnknownNameError: the catalog has no instrument of that fingerprint.
    """
    data, canonical = read_record(record)
    rules = _of_catalog(data["instrument"]) if instrument is None else instrument
    card = _scored(data, rules)
    return Verification(
        card=card,
        differences=(*_changed(data), *_differences(data, record_data(card))),
        remarks=tuple(_remarks(data, canonical=canonical)),
        canonical=canonical,
    )


def _of_catalog(recorded: _Json) -> Instrument:
    for instrument in catalog.instruments():
        if instrument.fingerprint == recorded["fingerprint"]:
            return instrument
    names = {instrument.id for instrument in catalog.instruments()}
    shown = quoted(recorded["id"])
    message = Text(
        "tidak ada instrumen dengan sidik jari (SHA-256) {fingerprint} dalam katalog; berikan "
        "instrumen {id} yang dipakai waktu itu",
        "the catalog has no instrument with the fingerprint {fingerprint}; give the instrument "
        "{id} that was used at the time",
    )
    if recorded["id"] in names:
        message = Text(
            "instrumen {id} dalam katalog bukan yang dipakai rekaman ini (sidik jari SHA-256 "
            "{fingerprint}); berikan yang dipakai waktu itu",
            "the catalog's instrument {id} is not the one of this record (fingerprint "
            "{fingerprint}); give the one that was used at the time",
        )
    raise UnknownNameError(
        Fault(
            code="record-instrument-unknown",
            message=message.fill(id=shown, fingerprint=quoted(recorded["fingerprint"], 70)),
            place=Text.same("instrument"),
            value=shown,
        )
    )


def _scored(data: _Json, rules: Instrument) -> ScoreCard:
    """Return the result of the answers; a fault of theirs has its path in the record."""
    answers = data["answers"]
    try:
        agency = Agency(**data["agency"])
        assessment = Assessment(
            agency=agency,
            instrument=rules,
            levels=answers["levels"],
            gates=answers["gates"],
            measures=_numbers(answers["measures"]),
            points=_numbers(answers["points"]),
            year=data["year"],
            date=_date(data["date"]),
            stage=data["stage"],
            synthetic=data["synthetic"],
            standing=answers["standing"],
            standings=answers["standings"],
            states=answers["states"],
            evidence=answers["evidence"],
        )
        return score(assessment, _weighting(data["weighting"]), missing=data["missing"])
    except RecordError:
        raise
    except WeightingError as error:
        place = Text.same("weighting")
        raise RecordError([attrs.evolve(fault, place=place) for fault in error.faults]) from None
    except MeritIndexError as error:
        raise _refused(error, data) from None


def _numbers(recorded: dict[str, str]) -> dict[str, Fraction]:
    return {code: Fraction(text) for code, text in recorded.items()}


def _date(recorded: str | None) -> dt.date | None:
    try:
        return None if recorded is None else dt.date.fromisoformat(recorded)
    except ValueError:
        message = Text("{value} bukan tanggal", "{value} is not a date").fill(
            value=quoted(recorded)
        )
        place = Text.same("date")
        raise RecordError(
            Fault(code="record-date", message=message, place=place, value=quoted(recorded))
        ) from None


def _refused(error: MeritIndexError, data: _Json) -> RecordError:
    if isinstance(error, UnknownNameError):
        paths = ["agency"] * len(error.faults)
    else:
        # A code that the instrument does not have is the value of its fault.
        paths = [_path(fault.item or str(fault.value).strip('"'), data) for fault in error.faults]
    return RecordError(
        [
            attrs.evolve(fault, place=Text.same(path))
            for fault, path in zip(error.faults, paths, strict=True)
        ]
    )


def _path(item: str, data: _Json) -> str:
    """Return where in a record an item is that a fault of an assessment names."""
    answers = data["answers"]
    for section in ("levels", "gates", "measures", "points"):
        if item in answers[section]:
            return f"answers.{section}.{item}"
    code, _, detail = item.rpartition(".")
    for section in ("standings", "states", "evidence"):
        if code in answers[section] and section.startswith(detail):
            return f"answers.{section}.{code}"
    return item if item in data else "answers"


def _weighting(recorded: _Json) -> Weighting:
    given = recorded["given"]
    if (given is not None) is not (recorded["kind"] == "given"):
        message = Text(
            "bobot yang diberikan hanya ada pada, dan harus ada pada, jenis given",
            "weights are given in the kind given, and in no other",
        )
        place = Text.same("weighting.given")
        raise RecordError(Fault(code="record-weights", message=message, place=place))
    if given is None:
        return Stated() if recorded["kind"] == "stated" else EqualRemainder()
    return Given(
        [(weight["code"], Fraction(weight["value"])) for weight in given["weights"]],
        source=given["source"],
        standing=given["standing"],
    )


def _changed(data: _Json) -> Iterator[Difference]:
    """Yield that the content does not fit its checksum."""
    found = checksum(data)
    if found != data["checksum"]:
        yield Difference(
            where="checksum",
            recorded=data["checksum"],
            computed=found,
            message=Text(
                "rekaman diubah sesudah dibuat: checksum-nya tidak cocok",
                "it was changed after it was made: its checksum does not fit",
            ),
        )


def _differences(recorded: _Json, computed: _Json) -> Iterator[Difference]:
    _take_as_equal(recorded["result"], computed["result"])
    for key, value in computed.items():
        if key not in _NOT_COMPUTED:
            yield from _compare(key, recorded[key], value)


def _take_as_equal(recorded: _Json, computed: _Json) -> None:
    """Let the numbers that are not exact, and near enough, be those of the record."""
    pairs = [(recorded, computed, "total")]
    pairs += [(recorded["derived"], computed["derived"], code) for code in computed["derived"]]
    if computed["exact"]:
        pairs = []
    pairs += [
        (recorded["dimensions"].get(code, {}), found, "points")
        for code, found in computed["dimensions"].items()
        if not found["exact"]
    ]
    for theirs, ours, key in pairs:
        if _near(theirs.get(key), ours[key]):
            ours[key] = theirs[key]


def _near(recorded: str | None, computed: str | None) -> bool:
    if recorded is None or computed is None:
        return False
    first, second = Fraction(recorded), Fraction(computed)
    return abs(first - second) <= _RELATIVE_TOLERANCE * max(abs(first), abs(second))


def _compare(path: str, recorded: object, computed: object) -> Iterator[Difference]:
    """Yield what differs at and below a path; what one side does not have is None there."""
    theirs, ours = _inside(recorded), _inside(computed)
    if theirs is not None or ours is not None:
        theirs, ours = theirs or {}, ours or {}
        for key in dict.fromkeys((*ours, *theirs)):
            yield from _compare(f"{path}{key}", theirs.get(key), ours.get(key))
    elif recorded != computed or type(recorded) is not type(computed):
        yield _difference(path, recorded, computed)


def _inside(value: object) -> dict[str, object] | None:
    """Return what is in an object or list, by the end of its path; None for a leaf."""
    if isinstance(value, list):
        return {f"[{place}]": item for place, item in enumerate(value)}
    return {f".{key}": item for key, item in value.items()} if isinstance(value, dict) else None


def _difference(path: str, recorded: Any, computed: Any) -> Difference:  # noqa: ANN401 - leaves
    if path == "instrument.fingerprint":
        message = Text(
            "instrumen yang diberikan bukan yang dipakai rekaman ini (sidik jarinya berbeda)",
            "the instrument given is not the one of this record (its fingerprint is another)",
        )
    else:
        message = Text(
            "{path}: tercatat {recorded}, dihitung ulang {computed}",
            "{path}: recorded {recorded}, computed anew {computed}",
        ).fill(path=path, recorded=_said(recorded), computed=_said(computed))
    return Difference(where=path, recorded=recorded, computed=computed, message=message)


def _said(value: object) -> Text:
    """Return a leaf of a record for a message."""
    if value is None:
        return Text("tidak ada", "none")
    if isinstance(value, bool):
        return Text("ya", "yes") if value else Text("tidak", "no")
    return Text.same(quoted(value, _LONGEST_SHOWN).strip('"'))


def _remarks(data: _Json, *, canonical: bool) -> Iterator[Text]:
    library = data["library"]
    made_by = f"{library['name']} {library['version']}"
    ours = f"meritindex {__version__}"
    if made_by != ours:
        yield Text(
            "dibuat dengan {made_by}, dihitung ulang dengan {ours}",
            "made by {made_by}, computed anew by {ours}",
        ).fill(made_by=quoted(made_by).strip('"'), ours=ours)
    if not canonical:
        yield Text(
            "bentuk tulisannya bukan bentuk baku rekaman; isinya tetap diperiksa",
            "it is not written in the canonical form of a record; its content is checked all the "
            "same",
        )
