"""Score tables as data frames: what is in them, of which types, and what is not known."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import indicator, instrument
from meritindex.extras import MissingExtraError

narwhals = pytest.importorskip("narwhals", reason="data frames need narwhals")

CITY = mi.Assessment(
    agency="Kota Malang", instrument="ism-2026", year=2026, levels={"a1q1": 3}, synthetic=True
)
TOTALS = [
    mi.Assessment(agency=name, instrument="ism-2019", points={"total": points})
    for name, points in {"Kota Batu": 325, "Kota Malang": "249.5", "Kota Blitar": "249.5"}.items()
]


def rows_of(frame, backend):
    if backend == "pandas":
        frame = frame.astype(object).where(frame.notna(), None)
        return frame.to_dict("records")
    return frame.to_dicts() if backend == "polars" else frame.to_pylist()


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("given", [mi.sample(), [CITY], TOTALS], ids=["sample", "city", "totals"])
def test_it_has_what_the_rows_have(backend, given) -> None:
    pytest.importorskip(backend, reason=f"this is about {backend}")
    table = mi.score(given)
    for found, wanted in zip(
        rows_of(table.to_frame(backend), backend), table.to_rows(), strict=True
    ):
        exact = found.pop("total_exact")
        assert (None if exact is None else Fraction(exact)) == wanted["total"]
        assert found == {
            name: float(value) if isinstance(value, Fraction) else value
            for name, value in wanted.items()
        }


def test_types_of_polars() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    schema = mi.score([CITY]).to_frame("polars").schema
    bands = ["Dasar", "Lanjutan", "Menengah", "Tinggi", "Maju"]
    assert schema["band"] == polars.Enum(bands)
    assert schema["standing"].categories.to_list()[-1] == "official"
    assert schema["year"] == schema["rank"] == polars.Int64
    assert schema["total"] == schema["a1"] == polars.Float64
    assert schema["synthetic"] == polars.Boolean


def test_types_of_pandas() -> None:
    pytest.importorskip("pandas", reason="this is about pandas")
    frame = mi.score(TOTALS).to_frame()
    assert frame["band"].cat.ordered
    assert frame["band"].tolist() == ["Sangat Baik", "Kurang", "Kurang"]
    assert frame["band"].max() == "Sangat Baik"
    assert str(frame["year"].dtype) == "Int64"
    assert str(frame["total"].dtype) == "Float64"
    assert frame["rank"].tolist() == [1, 2, 2]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_types_stay_where_there_is_nothing(backend) -> None:
    pytest.importorskip(backend, reason=f"this is about {backend}")
    table = mi.score(mi.sample())
    empty = table.rows(mi.score([CITY]).scores.ranks[:0]).to_frame(backend)
    full = table.to_frame(backend)
    if backend == "pyarrow":
        assert empty.schema == full.schema
    else:
        assert dict(empty.dtypes if backend == "pandas" else empty.schema) == dict(
            full.dtypes if backend == "pandas" else full.schema
        )


def test_a_dimension_without_bands_has_no_categories() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    rules = instrument(indicator("i1"))
    frame = mi.score([mi.Assessment(agency="Kota Batu", instrument=rules)]).to_frame("polars")
    assert frame.schema["band"] == polars.String


def test_by_the_arrow_protocol() -> None:
    polars = pytest.importorskip("polars", reason="polars reads the protocol")
    pytest.importorskip("pyarrow", reason="pyarrow hands it over")
    table = mi.score(TOTALS)
    assert polars.DataFrame(table)["total_exact"].to_list() == ["325", "499/2", "499/2"]


def test_other_backends() -> None:
    with pytest.raises(ValueError, match="backend must be one of pandas, polars, pyarrow, not 'r'"):
        mi.score([CITY]).to_frame("r")


def test_what_is_not_installed_is_named(monkeypatch) -> None:
    def missing(*_columns, **_options):
        raise ModuleNotFoundError(name="polars")

    monkeypatch.setattr(narwhals, "from_dict", missing)
    with pytest.raises(MissingExtraError, match="A data frame needs polars"):
        mi.score([CITY]).to_frame("polars")
