"""Scoring frames in memory and lazy ones: the law, types, options, and everything refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    MEAN,
    band,
    check_fault,
    dimension,
    faults_of,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    only_fault,
    when,
)
from frame_cases import columns_of, expected_of, nw, random_assessments, read_back, schema_of
from meeting import law
from meritindex.assessment import AssessmentSet
from meritindex.definition import Bands, WeightedMean, WeightedSum
from meritindex.errors import AssessmentError
from meritindex.scoring import EngineError
from meritindex.testing.answers import answer_lists, as_assessment
from meritindex.testing.styles import Options
from meritindex.testing.trees import bare_instruments

PLAN = mi.plan("ism-2026")
ASSESSMENTS = random_assessments(PLAN.instrument, 200)
COLUMNS = columns_of(ASSESSMENTS)
WANTED = expected_of(mi.score(ASSESSMENTS), PLAN.expressions().denominators)


def polars_frame(plan, columns, **kinds):
    polars = pytest.importorskip("polars", reason="this is about polars")
    types = {"integer": polars.Int64, "text": polars.String, "number": polars.Float64}
    schema = {name: types[kind] for name, kind in schema_of(plan).items()}
    return polars.DataFrame(columns, schema=schema | kinds)


def arrow_frame(plan, columns):
    pytest.importorskip("pyarrow", reason="this is about pyarrow")
    return polars_frame(plan, columns).to_arrow()


def pandas_frame(plan, columns):
    """Return a frame of pandas as most are: of numpy, with gaps in floats."""
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    frame = pandas.DataFrame(columns)
    kinds = {"integer": "float64", "text": "object", "number": "float64"}
    types = {name: kinds[kind] for name, kind in schema_of(plan).items() if name != "row"}
    return frame.astype(types).astype(dict.fromkeys((g.code for g in plan.instrument.gates), "str"))


def nullable_frame(plan, columns):
    pandas = pytest.importorskip("pandas", reason="this is about pandas")
    kinds = {"integer": "Int16", "text": "category", "number": "Float64"}
    schema = {name: kinds[kind] for name, kind in schema_of(plan).items()}
    return pandas.DataFrame(columns).astype(schema | {"row": "int64"})


def duck_frame(plan, columns):
    duckdb = pytest.importorskip("duckdb", reason="this is about DuckDB")
    connection = duckdb.connect()
    connection.register("given", arrow_frame(plan, columns))
    return connection.table("given")


FRAMES = {
    "polars": polars_frame,
    "lazy": lambda plan, columns: polars_frame(plan, columns).lazy(),
    "pyarrow": arrow_frame,
    "pandas": pandas_frame,
    "nullable": nullable_frame,
}


def check_results(scored, wanted=WANTED) -> None:
    found = read_back(scored)
    for name, values in wanted.items():
        assert found[name] == values, name


# The law: the same numbers, to the last digit


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_every_frame_has_the_librarys_results_and_keeps_its_own_columns(make) -> None:
    frame = make(PLAN, COLUMNS)
    scored = PLAN.score_frame(frame)
    assert type(scored) is type(frame)
    check_results(scored)
    given, found = nw.from_native(frame).collect_schema(), nw.from_native(scored).collect_schema()
    assert dict(list(found.items())[: len(given)]) == dict(given)
    assert {found[name] for name in found if name.endswith("_numerator")} == {nw.Int64}
    assert found["rank"] == nw.Int64
    assert found["total"] == nw.Float64
    assert list(found)[len(given) : len(given) + 5] == [
        "total",
        "total_numerator",
        "band",
        "rank",
        "maturity_numerator",
    ]
    shown = read_back(scored)["total"]
    totals = mi.score(ASSESSMENTS).totals
    assert shown == [None if total is None else float(total) for total in totals]


def test_frames_in_memory_keep_their_order() -> None:
    shuffled = {name: values[::-1] for name, values in COLUMNS.items()}
    for make in (polars_frame, arrow_frame, pandas_frame):
        scored = nw.from_native(PLAN.score_frame(make(PLAN, shuffled)))
        assert scored["row"].to_list() == shuffled["row"]


def check_alike(rules, rows) -> None:
    """Check that frames have the library's results."""
    plan = mi.plan(rules)
    assessments = AssessmentSet.of(
        as_assessment(rules, row, f"agency {number}") for number, row in enumerate(rows)
    )
    wanted = expected_of(mi.score(assessments), plan.expressions().denominators)
    columns = columns_of(assessments)
    makers = [polars_frame]
    if len(rows) % 3 == 1:  # the others take longer to be told what to do than to do it
        makers += [nullable_frame, duck_frame]
    for make in makers:
        mark_faulty = len(rows) % 2 == 0
        found = read_back(plan.score_frame(make(plan, columns), mark_faulty=mark_faulty))
        for name, values in wanted.items():
            assert found[name] == values
        assert not any(found.get("faulty", ()))


# Of small numbers, so that few are refused.
SMALL_RULES = Options(
    rules=(WeightedSum, WeightedMean), exact=True, max_depth=3, max_leaves=12, max_gates=3
)


@law(30)
@given(st.data())
def test_law_of_frames(data) -> None:
    rules = data.draw(bare_instruments(SMALL_RULES))
    try:
        mi.plan(rules).expressions()
    except EngineError:
        return
    check_alike(rules, data.draw(answer_lists(rules, entries=False, max_size=5)))


@law(8)
@given(st.data())
def test_law_of_ism_2026(data) -> None:
    rows = data.draw(answer_lists(PLAN.instrument, entries=False, max_size=5))
    check_alike(PLAN.instrument, rows)


def test_means_of_too_many_subsets_are_refused() -> None:
    faults = faults_of(EngineError, mi.plan("ism-2026", missing="drop").expressions)
    assert [(fault.code, fault.item) for fault in faults] == [("plan-not-for-engines", "index")]


@pytest.mark.parametrize("missing", ["zero", "lowest"])
def test_chosen_policies(missing) -> None:
    plan = mi.plan("ism-2026", missing=missing)
    denominators = plan.expressions().denominators
    wanted = expected_of(mi.score(ASSESSMENTS, missing=missing), denominators)
    check_results(plan.score_frame(polars_frame(plan, COLUMNS)), wanted)


# Ranks


SMALL = mi.plan(instrument(indicator("i1"), indicator("i2")))
SMALL_COLUMNS = {"row": [0, 1, 2, 3, 4], "i1": [4, 3, 4, 2, None], "i2": [0, 1, 1, 0, 1]}
REGIONS = ["a", "b", "a", None, "a"]


@pytest.mark.parametrize("make", [*FRAMES.values(), duck_frame], ids=[*FRAMES, "duckdb"])
def test_ranks_by_group(make) -> None:
    frame = nw.from_native(make(SMALL, SMALL_COLUMNS))
    assert read_back(SMALL.score_frame(frame))["rank"] == [2, 2, 1, 4, None]
    regions = nw.when(nw.col("row") == 1).then(nw.lit("b")).otherwise(nw.lit("a"))
    frame = frame.with_columns(region=nw.when(nw.col("row") != 3).then(regions))
    found = read_back(SMALL.score_frame(frame, by="region", keep=["row"]))
    assert found["rank"] == [2, 1, 1, None, None]
    assert "region" not in found
    found = read_back(SMALL.score_frame(frame, ranks=False))
    assert "rank" not in found
    assert found["region"] == REGIONS


def test_a_frame_of_narwhals_stays_one() -> None:
    frame = nw.from_native(polars_frame(SMALL, SMALL_COLUMNS))
    assert isinstance(SMALL.score_frame(frame), nw.DataFrame)
    assert isinstance(SMALL.score_frame(frame.lazy()), nw.LazyFrame)


def test_the_index_of_pandas_stays() -> None:
    frame = pandas_frame(SMALL, SMALL_COLUMNS)
    frame.index = [7, 7, 3, 1, 0]
    scored = SMALL.score_frame(frame)
    assert scored.index.tolist() == [7, 7, 3, 1, 0]
    assert scored["rank"].tolist()[:4] == [2, 2, 1, 4]


@pytest.mark.parametrize("make", [*FRAMES.values(), duck_frame], ids=[*FRAMES, "duckdb"])
def test_no_rows(make) -> None:
    empty = dict.fromkeys(SMALL_COLUMNS, ())
    for mark_faulty in (False, True):
        found = read_back(SMALL.score_frame(make(SMALL, empty), mark_faulty=mark_faulty))
        assert found["rank"] == found["total_numerator"] == []


# Types of columns


def test_levels_may_be_floats_and_measures_decimals() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    floats = dict.fromkeys(PLAN.indicators, polars.Float32)
    frame = polars_frame(PLAN, COLUMNS, **floats)
    nothing = polars.when(polars.col("a1q1").is_null()).then(float("nan"))
    frame = frame.with_columns(nothing.otherwise(polars.col("a1q1")).alias("a1q1"))
    frame = frame.with_columns(
        polars.col("satisfaction").cast(polars.Decimal(18, 4)),
        polars.col("a6q3_gate").cast(polars.Categorical),
        polars.col("a4q0_jenis_instansi").cast(polars.Enum(["pusat", "provinsi", "kabkota"])),
    )
    check_results(PLAN.score_frame(frame))


@pytest.mark.parametrize("kind", ["UInt8", "Int8", "UInt64"])
def test_narrow_integers_do_not_overflow(kind) -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    narrow = {code: getattr(polars, kind) for code in PLAN.indicators}
    frame = polars_frame(PLAN, COLUMNS, **narrow)
    check_results(PLAN.score_frame(frame))
    found = nw.from_native(frame).select("row", total=PLAN.expressions().points["index"])
    assert read_back(found.to_native())["total"] == WANTED["total_numerator"]


def test_types_that_are_refused() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    frame = polars_frame(PLAN, COLUMNS).with_columns(
        polars.col("a1q1").cast(polars.String),
        polars.col("a1q2").cast(polars.Decimal(10, 0)),
        polars.col("a6q3_gate").is_null(),
        polars.col("correction").cast(polars.Decimal(38, 16)),
    )
    faults = faults_of(EngineError, lambda: PLAN.score_frame(frame))
    assert [(fault.code, fault.item) for fault in faults] == [
        ("column-type", "a6q3_gate"),
        ("column-type", "a1q1"),
        ("column-type", "a1q2"),
        ("column-type", "correction"),
    ]
    check_fault(faults[1], "column-type", "a1q1", "a1q1", '"String"')


def test_columns_that_are_refused() -> None:
    frame = polars_frame(SMALL, SMALL_COLUMNS).rename({"i1": "I1"})
    frame = frame.with_columns(total_points=1, Rank=1, total=None)
    faults = faults_of(EngineError, lambda: SMALL.score_frame(frame, by="region"))
    assert [(fault.code, fault.item) for fault in faults] == [
        ("column-missing", "i1"),
        ("column-missing", "region"),
        ("column-entered", "total_points"),
        ("column-taken", "Rank"),
        ("column-entered", "total"),
    ]
    for fault in faults:
        check_fault(fault, fault.code, fault.item, fault.item)
    frame = polars_frame(SMALL, SMALL_COLUMNS).with_columns(Rank=1)
    scored = SMALL.score_frame(frame, prefix="merit_")
    assert scored.columns[-3:] == ["merit_total", "merit_total_numerator", "merit_rank"]


# Answers that are wrong

GATED = mi.plan(
    instrument(
        dimension(
            "d1",
            indicator("i1"),
            indicator("i2", conditions=(when("g"),)),
            measure("m1", minimum=Fraction(-1), decimals=2),
            rule=MEAN,
        ),
        gates=(gate("g"),),
    )
)
SOUND = {"row": [0, 1, 2], "g": ["yes", "no", None], "i1": [4, 0, 2], "i2": [1, None, 1]}
SOUND |= {"m1": [0.29, -1.0, None]}


@pytest.mark.parametrize("make", [*FRAMES.values(), duck_frame], ids=[*FRAMES, "duckdb"])
@pytest.mark.parametrize(
    ("column", "value", "code", "shown"),
    [
        ("g", "Yes", "option-not-allowed", '"Yes"'),
        ("g", "", "option-not-allowed", '""'),
        ("i1", 5, "level-not-allowed", "5"),
        ("i1", -1, "level-not-allowed", "-1"),
        ("i2", 7, "level-not-allowed", "7"),
        ("i2", 1, "answer-not-applicable", "1"),
        ("m1", 1.01, "number-out-of-range", "1.01"),
        ("m1", -2.0, "number-out-of-range", "-2"),
        ("m1", 0.001, "number-too-fine", "0.001"),
        ("m1", 0.1 + 0.2, "number-too-fine", "0.30000000000000004"),
        ("m1", float("inf"), "not-a-number", "inf"),
    ],
)
def test_wrong_answers(make, column, value, code, shown) -> None:
    columns = SOUND | {column: [SOUND[column][0], value, SOUND[column][2]]}
    frame = make(GATED, columns)
    fault = only_fault(AssessmentError, lambda: GATED.score_frame(frame))
    check_fault(fault, code, column, shown)
    assert fault.place is not None
    assert fault.place.en == f"column {column}, in 1 rows"
    found = read_back(GATED.score_frame(frame, mark_faulty=True))
    assert found["faulty"] == [False, True, False]
    assert found["total_numerator"][1] is None
    assert found["rank"][0] == 1
    if make is not pandas_frame:  # whose gaps are no integers
        assert read_back(frame_marked(frame))["wrong"] == [False, True, False]


def frame_marked(frame):
    return nw.from_native(frame).select("row", wrong=GATED_FAULTY).to_native()


GATED_FAULTY = GATED.expressions().faulty


def test_levels_between_two_levels_are_wrong() -> None:
    frame = polars_frame(GATED, SOUND).with_columns(i1=nw_polars_series([2.5, 1e300, 1.0]))
    fault = only_fault(AssessmentError, lambda: GATED.score_frame(frame))
    check_fault(fault, "level-not-allowed", "i1", "2.5")
    found = read_back(GATED.score_frame(frame, mark_faulty=True))
    assert found["faulty"] == [True, True, False]
    frame = pandas_frame(GATED, SOUND | {"i1": [2.5, 1e300, 1.0]})
    assert read_back(GATED.score_frame(frame, mark_faulty=True))["faulty"] == [True, True, False]


def nw_polars_series(values):
    polars = pytest.importorskip("polars", reason="this is about polars")
    return polars.Series(values)


def test_huge_integers_stop_no_engine_where_they_are_marked() -> None:
    huge = SOUND | {"i1": [2**62, -(2**62), 1]}
    for make in (polars_frame, duck_frame, nullable_huge):
        found = read_back(GATED.score_frame(make(GATED, huge), mark_faulty=True))
        assert found["faulty"] == [True, True, False]


def nullable_huge(plan, columns):
    frame = nullable_frame(plan, columns | {"i1": [0, 0, 0]})
    return frame.assign(i1=columns["i1"])


def test_all_columns_are_counted_before_anything_is_said() -> None:
    columns = SOUND | {"i1": [9, 8, 2], "m1": [0.001, 2.0, None]}
    faults = faults_of(AssessmentError, lambda: GATED.score_frame(duck_frame(GATED, columns)))
    assert [(fault.item, fault.place.en) for fault in faults] == [
        ("i1", "column i1, in 2 rows"),
        ("m1", "column m1, in 2 rows"),
    ]


def test_doubles_are_read_by_their_shortest_decimal() -> None:
    plan = mi.plan(instrument(measure("m1", decimals=4)))
    values = [number / 10_000 for number in range(10_001)]
    columns = {"row": list(range(len(values))), "m1": values}
    for make in (polars_frame, arrow_frame, nullable_frame, duck_frame):
        found = read_back(plan.score_frame(make(plan, columns), ranks=False))
        assert found["total_numerator"] == columns["row"]
    beside = {"row": columns["row"], "m1": [value * (1 + 2**-52) for value in values]}
    marked = plan.score_frame(polars_frame(plan, beside), mark_faulty=True, ranks=False)
    assert not any(read_back(marked)["total_numerator"][1:])
    assert Decimal(values[1]) != Decimal(beside["m1"][1])


def test_bands_at_their_very_edge() -> None:
    bands = Bands(items=(band("low"), band("high", limit("3", inclusive=False))))
    plan = mi.plan(instrument(root=dimension("total_points", indicator("i1"), bands=bands)))
    columns = {"row": [0, 1, 2], "i1": [3, 4, None]}
    for make in (polars_frame, pandas_frame, duck_frame):
        assert read_back(plan.score_frame(make(plan, columns)))["band"] == ["low", "high", None]


@pytest.mark.parametrize("lazy", [False, True])
def test_levels_with_decimals_are_no_level_of_any_expression(lazy) -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    expressions = PLAN.expressions()
    frame = polars_frame(PLAN, COLUMNS).head(6)
    levels = [1.0, 3.7, -0.9, None, 4.0, 9.0]
    frame = frame.with_columns(polars.Series("a1q1", levels, polars.Float64))
    given = nw.from_native(frame.lazy() if lazy else frame)
    found = given.select(faulty=expressions.faulty, points=expressions.points["a1"])
    found = (found.collect() if lazy else found).to_native()
    assert found["faulty"].to_list() == [False, True, True, False, False, True]
    assert found["points"].to_list()[1:4] == [None, None, None]


def test_names_that_scoring_uses_itself_are_refused() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    frame = polars_frame(PLAN, COLUMNS).with_columns(polars.lit("x").alias("mi__a1q1"))
    fault = only_fault(EngineError, lambda: PLAN.score_frame(frame))
    assert (fault.code, fault.item) == ("column-taken", "mi__a1q1")


def test_one_name_is_no_list_of_columns_to_keep() -> None:
    frame = polars_frame(PLAN, COLUMNS)
    with pytest.raises(TypeError, match="in a list"):
        PLAN.score_frame(frame, keep="row")


def test_the_mark_of_made_up_answers_is_always_kept() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    frame = polars_frame(PLAN, COLUMNS).with_columns(synthetic=polars.lit(value=True))
    assert PLAN.score_frame(frame, keep=["row"]).columns[:2] == ["row", "synthetic"]
    assert PLAN.score_frame(frame, keep=["synthetic"]).columns[:1] == ["synthetic"]


@pytest.mark.parametrize("lazy", [False, True])
def test_no_number_is_no_group(lazy) -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    frame = polars_frame(PLAN, COLUMNS).head(5)
    groups = polars.Series("group", [1.0, float("nan"), float("nan"), None, 1.0])
    frame = frame.with_columns(groups, polars.lit(0.8).alias("satisfaction"))
    scored = PLAN.score_frame(frame.lazy() if lazy else frame, by="group", keep=["row"])
    scored = (scored.collect() if lazy else scored).sort("row")
    assert scored["rank"].to_list()[1:4] == [None, None, None]


@pytest.mark.parametrize("lazy", [False, True])
def test_a_column_that_nobody_filled_has_no_type_and_no_answers(lazy) -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    empty = polars_frame(PLAN, COLUMNS)
    typed = {name: empty.schema[name] for name in ("satisfaction", "a1q1", "a6q3_gate")}
    empty = empty.with_columns(**{name: polars.lit(None) for name in typed})
    known = empty.with_columns(**{n: polars.col(n).cast(kind) for n, kind in typed.items()})
    of = [each.lazy() if lazy else each for each in (empty, known)]
    found, wanted = (PLAN.score_frame(each, keep=["row"]) for each in of)
    if lazy:
        found, wanted = found.collect(), wanted.collect()
    assert found.sort("row").equals(wanted.sort("row"))


def test_a_minimum_of_one_child_and_a_scale_of_one_indicator() -> None:
    polars = pytest.importorskip("polars", reason="this is about polars")
    root = dimension("r", indicator("a", None), rule=mi.Minimum(basis=MEAN.basis))
    plan = mi.plan(instrument(root=root))
    scored = plan.score_frame(polars.DataFrame({"a": [0, 1, None, 99]}), mark_faulty=True)
    assert scored["faulty"].to_list() == [False, False, False, True]
