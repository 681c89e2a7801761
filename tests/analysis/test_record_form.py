from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex import files
from meritindex.analysis.record_form import read_record
from record_examples import changed, data_of, rich

DATA = data_of(rich())
RECORD = mi.record(rich())


def refused(record: bytes | str) -> mi.Fault:
    return only_fault(mi.RecordError, lambda: read_record(record))


def text_of(data: object) -> str:
    return json.dumps(data)


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_record(RECORD) == (DATA, True)
    assert read_record(RECORD.decode()) == (DATA, True)


@pytest.mark.parametrize(
    "other",
    [
        json.dumps(DATA, indent=1),
        json.dumps(dict(reversed(DATA.items())), ensure_ascii=False, separators=(",", ":")) + "\n",
        RECORD.decode().rstrip("\n"),
        RECORD.decode() + "\n",
        "\ufeff" + RECORD.decode(),
        json.dumps(DATA, sort_keys=True, separators=(",", ":")) + "\n",
    ],
    ids=["indented", "unsorted", "no line end", "two line ends", "a mark", "escaped"],
)
def test_other_forms_of_the_same_are_not_canonical(other: str) -> None:
    assert read_record(other) == (DATA, False)
    assert read_record(other.encode()) == (DATA, False)


@pytest.mark.parametrize(
    ("record", "code", "named"),
    [
        (b"", "record-json", ("1",)),
        (b"{", "record-json", ("1", "2")),
        (RECORD[:-20], "record-json", ()),
        (RECORD + RECORD, "record-json", ("2",)),
        (b'{"year": 1' + b"0" * 5000 + b"}", "record-json", ()),
        (b"\xff{}", "record-encoding", ("1",)),
        (RECORD.decode().encode("utf-16"), "record-encoding", ("1",)),
        (b"[]", "record-value", ("[list]", mi.Text("objek", "an object"))),
        (b"null", "record-value", ("null",)),
        (b"NaN", "record-value", ("nan",)),
        (b'"record"', "record-value", ('"record"',)),
        (text_of({**DATA, "format": 2}), "record-format", ("2", "1")),
        (text_of({"format": 0}), "record-format", ("0", "1")),
    ],
)
def test_what_is_no_record_at_all(record: bytes | str, code: str, named: tuple[str, ...]) -> None:
    check_fault(refused(record), code, None, *named)
    assert refused(record).place is not None


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = only_fault(mi.FileError, lambda: read_record("[" * 5000))
    assert fault.code == "file-nesting"
    monkeypatch.setattr(files, "MAX_BYTES", len(RECORD))
    assert read_record(RECORD)[1]
    check_fault(refused(RECORD + b" "), "record-too-large", None, str(len(RECORD)))


LONG = "1" * 4001


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("format",), "1", "format"),
        (("library", "version"), 1, "library.version"),
        (("instrument",), [], "instrument"),
        (("instrument", "fingerprint"), None, "instrument.fingerprint"),
        (("weighting", "kind"), "admissible", "weighting.kind"),
        (("weighting", "given", "weights"), {}, "weighting.given.weights"),
        (("weighting", "given", "weights", 1, "value"), 40, "weighting.given.weights[1].value"),
        (("weighting", "given", "standing"), "sure", "weighting.given.standing"),
        (("weighting", "weights", "a1", "value"), "1/0", "weighting.weights.a1.value"),
        (("weighting", "weights", "a1", "sources", 0), 1, "weighting.weights.a1.sources[0]"),
        (("missing",), "drop it", "missing"),
        (("agency", "kind"), "village", "agency.kind"),
        (("agency", "name"), None, "agency.name"),
        (("year",), "2020", "year"),
        (("year",), 2020.5, "year"),
        (("year",), True, "year"),
        (("date",), 1, "date"),
        (("stage",), "mandiri", "stage"),
        (("synthetic",), 0, "synthetic"),
        (("synthetic",), None, "synthetic"),
        (("answers", "levels", "a1"), "2", "answers.levels.a1"),
        (("answers", "levels", "a1"), False, "answers.levels.a1"),
        (("answers", "levels", "a1"), {}, "answers.levels.a1"),
        (("answers", "gates", "size"), None, "answers.gates.size"),
        (("answers", "measures", "survey"), "0.5", "answers.measures.survey"),
        (("answers", "measures", "survey"), "01/2", "answers.measures.survey"),
        (("answers", "measures", "survey"), "1/02", "answers.measures.survey"),
        (("answers", "measures", "survey"), "+1", "answers.measures.survey"),
        (("answers", "measures", "survey"), "1\n", "answers.measures.survey"),
        (("answers", "measures", "survey"), LONG, "answers.measures.survey"),
        (("answers", "standings", "a1"), None, "answers.standings.a1"),
        (("answers", "states", "a1"), "sure", "answers.states.a1"),
        (("answers", "evidence", "a2"), 7, "answers.evidence.a2"),
        (("result", "total"), 1, "result.total"),
        (("result", "exact"), "yes", "result.exact"),
        (("result", "dimensions", "first", "status"), "done", "result.dimensions.first.status"),
        (("result", "derived"), None, "result.derived"),
        (("result", "missing"), ["a", 1], "result.missing[1]"),
        (("checksum",), None, "checksum"),
    ],
)
def test_a_leaf_of_another_kind_is_refused_by_its_path(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    made = text_of(changed(DATA, path, value))
    fault = refused(made)
    check_fault(fault, "record-value", None)
    assert fault.place == mi.Text.same(place)
    assert fault.allowed is not None
    assert fault.allowed.en in fault.message.en
    assert fault.value is not None
    assert fault.value in fault.message.id


def test_keys_that_are_missing_unknown_or_there_twice() -> None:
    data: dict[str, Any] = {**DATA, "remark": "x", "result": {**DATA["result"]}}
    del data["stage"], data["result"]["band"]
    text = text_of(data).replace('"year": 2020', '"year": 2020, "year": 2021')
    text = text.replace('"a1": 2', '"a1": 2, "a1": {}')
    faults = faults_of(mi.RecordError, lambda: read_record(text))
    assert sorted((fault.code, str(fault.place)) for fault in faults) == [
        ("record-key-missing", "rekaman"),
        ("record-key-missing", "result"),
        ("record-key-twice", "answers.levels.a1"),
        ("record-key-twice", "year"),
        ("record-key-unknown", "rekaman"),
    ]
    by_code = {fault.code: fault for fault in faults}
    check_fault(by_code["record-key-missing"], "record-key-missing", None, "band")
    check_fault(by_code["record-key-unknown"], "record-key-unknown", None, "remark", "checksum")
    check_fault(by_code["record-key-twice"], "record-key-twice", None)


def test_a_path_is_one_line_that_can_be_read() -> None:
    levels = {"a\n\x1b[31m" + "x" * 100: "2"}
    fault = refused(text_of(changed(DATA, ("answers", "levels"), levels)))
    assert fault.place is not None
    assert fault.place.en.isprintable()
    assert len(fault.place.en) < 120


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_anything_is_refused_by_the_librarys_own_error(record: bytes | str) -> None:
    with pytest.raises((mi.RecordError, mi.FileError)):
        read_record(record)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(sorted(DATA)), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.data())
def test_any_part_of_another_form_is_refused_or_read(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(DATA)))
    inner = data.draw(st.sampled_from([None, *sorted(DATA["answers"])]))
    path = ("answers", inner) if key == "answers" and inner else (key,)
    made = text_of(changed(DATA, path, data.draw(JSON)))
    with contextlib.suppress(mi.RecordError):
        read_record(made)
