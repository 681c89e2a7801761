"""Assessments as the columns of a data frame, and what scoring such a frame must give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
import pytest

from meritindex.assessment import NOT_APPLICABLE, AssessmentSet
from meritindex.definition import Instrument
from meritindex.scoring import ScoreTable, ScoringPlan
from meritindex.testing.answers import Answers, as_assessment, may_apply

nw = pytest.importorskip("narwhals", reason="data frames need narwhals")

Columns = dict[str, list[Any]]


def columns_of(assessments: AssessmentSet) -> Columns:
    """Return the answers as columns that an engine takes: a number of the row, then the answers."""
    instrument = assessments.instrument
    found: Columns = {"row": list(range(len(assessments)))}
    for place, gate in enumerate(instrument.gates):
        options = dict(enumerate(gate.values))
        found[gate.code] = [options.get(answer) for answer in assessments.gate_answers[:, place]]
    for place, indicator in enumerate(instrument.indicators):
        levels = assessments.levels[:, place].tolist()
        found[indicator.code] = [None if level >= NOT_APPLICABLE else level for level in levels]
    for measure in instrument.measures:
        column = assessments.measures[measure.code]
        found[measure.code] = [
            float(Fraction(int(number), 10**measure.decimals)) if known else None
            for number, known in zip(column.numerators, column.known, strict=True)
        ]
    return found


def schema_of(plan: ScoringPlan) -> dict[str, str]:
    """Return the type of each column: `integer`, `text` or `number`."""
    instrument = plan.instrument
    return {
        "row": "integer",
        **{gate.code: "text" for gate in instrument.gates},
        **dict.fromkeys(plan.indicators, "integer"),
        **dict.fromkeys(plan.measures, "number"),
    }


def read_back(frame: Any) -> Columns:
    """Return the columns of a scored frame in the order of its rows, None for nothing."""
    narrow = nw.from_native(frame)
    collected = narrow.collect() if isinstance(narrow, nw.LazyFrame) else narrow
    columns = {name: _plain(collected[name].to_list()) for name in collected.columns}
    order = sorted(range(len(collected)), key=columns["row"].__getitem__)
    return {name: [values[row] for row in order] for name, values in columns.items()}


def _plain(values: Sequence[Any]) -> list[Any]:
    # NaN and pandas' NA are not equal to themselves, or not even that.
    return [value if value is not None and (value == value) is True else None for value in values]


def expected_of(table: ScoreTable, denominators: Mapping[str, int]) -> Columns:
    """Return the results that the library has for a table, as columns of a scored frame.

    The numerators are brought to the denominators of the expressions, which are the library's own
    but where data decide about the divisors of a mean.
    """
    root = table.instrument.root
    found: Columns = {"rank": list(table.ranks)}
    for code, column in {root.code: table.totals, **table.dimensions}.items():
        name = "total" if code == root.code else code
        numerators = [None if points is None else points * denominators[code] for points in column]
        assert all(value is None or value.denominator == 1 for value in numerators)
        found[f"{name}_numerator"] = [None if value is None else int(value) for value in numerators]
        if table.instrument.dimension(code).bands is not None:
            name = "band" if code == root.code else f"{code}_band"
            found[name] = list(table.bands_of(code))
    return found


def random_assessments(instrument: Instrument, count: int) -> AssessmentSet:
    """Return made-up assessments: every answer to the gates, gaps here and there, and ties."""
    random = np.random.default_rng(20_260_101)
    kinds = [len(gate.values) for gate in instrument.gates]
    rows = []
    for number in range(count - count // 4):
        gaps = number % 3 == 0
        gates = {
            gate.code: gate.values[(number // prod(kinds[:place])) % kinds[place]]
            for place, gate in enumerate(instrument.gates)
            if not (gaps and random.random() < 0.02)
        }
        levels = {
            indicator.code: int(
                random.integers(indicator.levels[0].value, indicator.levels[-1].value + 1)
            )
            for indicator in instrument.indicators
            if may_apply(indicator, gates) and not (gaps and random.random() < 0.03)
        }
        measures = {
            measure.code: Fraction(int(random.integers(0, 11)), 10)
            for measure in instrument.measures
            if not (gaps and random.random() < 0.2)
        }
        rows.append(Answers(levels=levels, gates=gates, measures=measures))
    rows += rows[: count // 4]
    return AssessmentSet.of(
        as_assessment(instrument, row, f"agency {number}") for number, row in enumerate(rows)
    )
