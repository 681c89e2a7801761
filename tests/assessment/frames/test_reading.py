"""Frames of every library give the assessments that their file would, and the same faults."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex.errors import AssessmentError

narwhals = pytest.importorskip("narwhals", reason="data frames need narwhals")
polars = pytest.importorskip("polars", reason="most frames of these tests are of polars")

SAMPLE = mi.sample()
CSV = mi.to_csv_text(SAMPLE)


def sample_frame():
    return polars.read_csv(io.StringIO(CSV), infer_schema_length=None)


class Stream:
    """What hands over Arrow data and is no frame of any library."""

    def __init__(self, frame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema=None):
        return self.frame.__arrow_c_stream__(requested_schema)


def pandas_frame(**options):
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    return pandas.read_csv(io.StringIO(CSV), dtype={"code": "str"}, **options)


def arrow_frame():
    pytest.importorskip("pyarrow", reason="this is about pyarrow")
    return sample_frame().to_arrow()


@pytest.mark.parametrize(
    "make",
    [
        sample_frame,
        arrow_frame,
        pandas_frame,
        lambda: pandas_frame(dtype_backend="numpy_nullable"),
        lambda: pandas_frame().astype({"a6q3_gate": "category", "a1q1": "category"}),
        lambda: pandas_frame().astype("object"),
        lambda: sample_frame().cast(polars.String),
        lambda: Stream(sample_frame()),
    ],
    ids=["polars", "pyarrow", "pandas", "nullable", "categories", "objects", "texts", "stream"],
)
def test_every_frame_has_the_assessments_of_its_file(make) -> None:
    assert mi.read_frame(make()) == SAMPLE


def one(**columns) -> mi.Assessment:
    return mi.read_frame(polars.DataFrame({"agency": ["Kota Malang"]} | columns))[0]


@pytest.mark.parametrize(
    "level", [3, 3.0, "3", "3,0", np.float32(3), Decimal(3)], ids=["i", "f", "s", "c", "f32", "d"]
)
def test_levels(level) -> None:
    assert one(a1q1=[level]).levels == (("a1q1", 3),)


def test_measures_by_their_shortest_decimal() -> None:
    assert one(satisfaction=[0.29]).measures == (("satisfaction", Fraction(29, 100)),)
    short = polars.Series([0.29], dtype=polars.Float32)
    assert one(satisfaction=short).measures == (("satisfaction", Fraction(29, 100)),)
    assert one(satisfaction=[Decimal("0.29")]).measures == (("satisfaction", Fraction(29, 100)),)


def test_what_is_not_answered() -> None:
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    frame = pandas.DataFrame(
        {
            "agency": ["Kota Malang", "Kota Batu"],
            "year": pandas.to_datetime(pandas.Series(["2026-08-05", None])),
            "a1q1": [float("nan"), 2],
            "a1q2": pandas.array([None, 1], dtype="Int8"),
            "a1q3": pandas.Series([None, pandas.NA], dtype="object"),
            "A2Q1": [" ", "4"],
            "satisfaction": [None, 0.5],
            "synthetic": [True, False],
        }
    )
    malang, batu = mi.read_frame(frame)
    assert malang.levels == malang.measures == ()
    assert malang.date == dt.date(2026, 8, 5)
    assert malang.synthetic
    assert batu.levels == (("a1q1", 2), ("a1q2", 1), ("a2q1", 4))
    assert batu.date is None
    assert batu.year is None


def test_the_same_agency_in_many_years() -> None:
    frame = polars.DataFrame({"code": ["35.73", "35.73", "35.79"], "year": [2024, 2025, 2024]})
    assert [item.name for item in mi.read_frame(frame).agencies] == [
        "Kota Malang",
        "Kota Malang",
        "Kota Batu",
    ]


# Faults


def test_faults_name_the_row_from_0_and_the_column() -> None:
    frame = polars.DataFrame(
        {
            "agency": ["Kota Malang", "Kota Batu", "Kota Btu"],
            "a1q1": [5, 2, 5],
            "a1q2": [2.5, None, 1.0],
            "a6q3_gate": [True, None, None],
            "satisfaction": [0.1 + 0.2, None, None],
        }
    )
    faults = faults_of(AssessmentError, lambda: mi.read_frame(frame))
    assert [(fault.code, fault.place.en) for fault in faults] == [
        ("level-not-allowed", "row 0, column a1q1"),
        ("level-not-allowed", "row 0, column a1q2"),
        ("option-not-allowed", "row 0, column a6q3_gate"),
        ("number-too-fine", "row 0, column satisfaction"),
        ("agency-unknown", "row 2, column agency"),
        ("level-not-allowed", "row 2, column a1q1"),
    ]
    assert faults[0].place.id == "baris 0, kolom a1q1"
    kept = mi.read_frame(frame, leave_out_faulty=True)
    assert [agency.name for agency in kept.agencies] == ["Kota Batu"]
    assert kept.left_out == faults


def test_truth_values_are_no_levels() -> None:
    frame = polars.DataFrame({"agency": ["Kota Malang"], "a1q1": [True]})
    fault = only_fault(AssessmentError, lambda: mi.read_frame(frame))
    check_fault(fault, "level-not-allowed", "a1q1", "True")


def test_columns() -> None:
    frame = polars.DataFrame({"a1q1": [3], "A1Q1": [3], "a1q9": [1], "a1q2": [[1]]})
    faults = faults_of(AssessmentError, lambda: mi.read_frame(frame))
    assert [(fault.code, fault.item) for fault in faults] == [
        ("column-twice", "a1q1"),
        ("column-unknown", None),
        ("column-missing", "agency"),
        ("column-type", "a1q2"),
    ]
    check_fault(faults[3], "column-type", "a1q2", '"List(Int64)"')
    assert faults[3].place.en == "the data frame"


def test_columns_of_one_name() -> None:
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    frame = pandas.DataFrame([["Kota Malang", 1, 2]], columns=["agency", "a1q1", "a1q1"])
    fault = only_fault(AssessmentError, lambda: mi.read_frame(frame))
    check_fault(fault, "column-twice", None)


def test_no_rows() -> None:
    frame = polars.DataFrame({"agency": []}, schema={"agency": polars.String})
    check_fault(only_fault(AssessmentError, lambda: mi.read_frame(frame)), "no-rows", None)


def test_objects_that_are_no_cells() -> None:
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    frame = pandas.DataFrame({"agency": ["Kota Malang", "Kota Batu"], "a1q1": [[1], 2]})
    fault = only_fault(AssessmentError, lambda: mi.read_frame(frame))
    check_fault(fault, "frame-value-not-allowed", "a1q1", "[list]")
    assert fault.place.en == "row 0, column a1q1"


@pytest.mark.parametrize(
    "given", [sample_frame().lazy(), {"agency": ["Kota Malang"]}, "form.csv", None]
)
def test_what_is_no_frame_in_memory(given) -> None:
    with pytest.raises(TypeError, match="read_frame takes a data frame in memory"):
        mi.read_frame(given)


def test_arrow_data_need_a_library_that_holds_them(monkeypatch) -> None:
    asked = []

    def from_arrow(_frame, *, backend):
        asked.append(backend)
        raise ModuleNotFoundError

    monkeypatch.setattr(narwhals, "from_arrow", from_arrow)
    with pytest.raises(TypeError, match="pyarrow, polars, which are not installed"):
        mi.read_frame(Stream(sample_frame()))
    assert asked == ["pyarrow", "polars"]


def test_a_second_assessment_of_an_agency_is_named_by_its_row() -> None:
    frame = polars.DataFrame({"agency": ["Kota Malang", "Kota Batu", "Kota Malang"]})
    fault = only_fault(AssessmentError, lambda: mi.read_frame(frame))
    check_fault(fault, "assessment-twice", "agency", "Kota Malang")
    assert fault.place.en == "row 2"
    assert "(row 0)" in fault.message.en


def test_levels_in_integers_of_128_bits() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    column = polars.Series("a1q1", [3, None], polars.Int128)
    frame = polars.DataFrame({"agency": ["Aceh", "Riau"], "a1q1": column})
    found = mi.read_frame(frame)
    assert [dict(found[row].levels).get("a1q1") for row in range(2)] == [3, None]
