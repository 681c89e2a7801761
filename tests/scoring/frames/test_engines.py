"""The numbers are the same in every engine: DuckDB, Dask with a cluster, PySpark."""

from __future__ import annotations

import shutil

import pytest

import meritindex as mi
from builders import only_fault
from frame_cases import columns_of, expected_of, nw, random_assessments, read_back, schema_of
from meritindex.errors import AssessmentError

# narwhals says that its support of Dask will be a package of its own one day.
pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")

PLAN = mi.plan("ism-2026")
ASSESSMENTS = random_assessments(PLAN.instrument, 400)
WANTED = expected_of(mi.score(ASSESSMENTS), PLAN.expressions().denominators)


def check_results(scored) -> None:
    found = read_back(scored)
    for name, values in WANTED.items():
        assert found[name] == values, name


def check_expressions(native) -> None:
    """Check the expressions alone, in a pipeline of the caller's own."""
    expressions = PLAN.expressions()
    points = {f"{code}_points": item for code, item in expressions.points.items()}
    bands = {f"{code}_name": item for code, item in expressions.bands.items()}
    frame = nw.from_native(native).with_columns(**points, **bands, wrong=expressions.faulty)
    found = read_back(frame.to_native())
    for code in expressions.points:
        name = "total" if code == expressions.total else code
        assert found[f"{code}_points"] == WANTED[f"{name}_numerator"]
    for code in expressions.bands:
        name = "band" if code == expressions.total else f"{code}_band"
        assert found[f"{code}_name"] == WANTED[name]
    assert not any(found["wrong"])


def check_refusal(native) -> None:
    """Check that wrong answers are counted, and shown, wherever they lie."""
    fault = only_fault(AssessmentError, lambda: PLAN.score_frame(native))
    assert fault.code == "level-not-allowed"
    assert fault.item == "a1q1"
    assert fault.value == "9"
    assert fault.place is not None
    assert fault.place.en == "column a1q1, in 2 rows"
    found = read_back(PLAN.score_frame(native, mark_faulty=True))
    assert found["faulty"] == [row in WRONG_ROWS for row in range(len(found["row"]))]
    for name in set(WANTED) - {"rank"}:
        wanted = [None if row in WRONG_ROWS else value for row, value in enumerate(WANTED[name])]
        assert found[name] == wanted


COLUMNS = columns_of(ASSESSMENTS)
WRONG_ROWS = {3, 399}
WRONG = COLUMNS | {
    "a1q1": [9 if row in WRONG_ROWS else level for row, level in enumerate(COLUMNS["a1q1"])]
}


def arrow(columns):
    pyarrow = pytest.importorskip("pyarrow", reason="the data are made with pyarrow")
    kinds = {"integer": pyarrow.int64(), "text": pyarrow.string(), "number": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in schema_of(PLAN).items()])
    return pyarrow.table(columns, schema=schema)


# DuckDB


@pytest.fixture(scope="module")
def duck():
    duckdb = pytest.importorskip("duckdb", reason="this is about DuckDB")
    connection = duckdb.connect()
    connection.register("right", arrow(COLUMNS))
    connection.register("wrong", arrow(WRONG))
    yield connection
    connection.close()


def test_duckdb(duck) -> None:
    check_results(PLAN.score_frame(duck.table("right")))
    check_expressions(duck.table("right"))
    check_refusal(duck.table("wrong"))


def test_duckdb_takes_what_its_sql_makes(duck) -> None:
    narrow = ", ".join(f"{code}::UTINYINT AS {code}" for code in PLAN.indicators)
    decimals = ", ".join(f"{code}::DECIMAL(18, 4) AS {code}" for code in PLAN.measures)
    view = duck.sql(f'SELECT * REPLACE ({narrow}, {decimals}) FROM "right"')
    check_results(PLAN.score_frame(view))


# Dask


@pytest.mark.xdist_group("engines")
def test_dask_with_a_cluster() -> None:
    pandas = pytest.importorskip("pandas", reason="Dask is made of pandas")
    dask = pytest.importorskip("dask.dataframe", reason="this is about Dask")
    distributed = pytest.importorskip("distributed", reason="the cluster is of dask.distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        plain = pandas.DataFrame(COLUMNS).set_index(pandas.Index(range(1000, 1400), name="key"))
        scored = PLAN.score_frame(dask.from_pandas(plain, npartitions=3))
        check_results(scored)
        assert scored.compute().index.tolist() == list(range(1000, 1400))
        regions = [None if row == 7 else "ab"[row % 2] for row in range(400)]
        grouped = dask.from_pandas(plain.assign(region=regions), npartitions=3)
        found = read_back(PLAN.score_frame(grouped, by="region"))["rank"]
        totals = WANTED["total_numerator"]
        assert found == [
            1 + sum(other is not None and other > total for other in members(totals, regions, row))
            if total is not None and regions[row] is not None
            else None
            for row, total in enumerate(totals)
        ]
        check_refusal(dask.from_pandas(pandas.DataFrame(WRONG), npartitions=3))


def members(totals, regions, row):
    return [total for total, region in zip(totals, regions, strict=True) if region == regions[row]]


# PySpark


@pytest.fixture(scope="module")
def spark():
    pyspark = pytest.importorskip("pyspark.sql", reason="this is about PySpark")
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            pyspark.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.memory", "1g")
            .config("spark.log.level", "ERROR")
            # A short run is over before better code would pay.
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.xdist_group("engines")
def test_spark(spark, tmp_path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the data are written with pyarrow")
    for name, columns in {"right": COLUMNS, "wrong": WRONG}.items():
        parquet.write_table(arrow(columns), tmp_path / f"{name}.parquet")
    right = spark.read.parquet(str(tmp_path / "right.parquet"))
    check_results(PLAN.score_frame(right))
    check_expressions(right)
    check_refusal(spark.read.parquet(str(tmp_path / "wrong.parquet")))
