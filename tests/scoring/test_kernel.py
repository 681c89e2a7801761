from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import dimension, indicator, instrument, levels
from meritindex.scoring import kernel
from meritindex.scoring.kernel import NOTHING, kernel_of

NESTED = instrument(
    indicator("i1", 2),
    dimension("inner", indicator("j1", 3), indicator("j2", 5)),
    indicator("i2", 7),
    indicator("i3", 11),
)
ROWS = np.array([[1, 2, 3, 4, 0], [0, 1, 0, 2, 4], [4, 4, 4, 4, 4]], dtype=np.uint8)


def names(one: mi.Instrument, *, columns_stored: bool) -> list[str]:
    parts = kernel_of(mi.plan(one).program, columns_stored=columns_stored).parts
    return [type(part).__name__ for part in parts]


def test_runs_of_neighbouring_columns_where_columns_are_stored() -> None:
    program = mi.plan(NESTED).program
    (part,) = kernel_of(program, columns_stored=True).parts
    assert isinstance(part, kernel._Runs)
    # inner first, then the total, whose indicators stand before and after those of inner.
    found = [[(columns, row.tolist()) for columns, row in runs] for runs in part.runs]
    assert found == [
        [(slice(1, 3), [3, 5])],
        [(slice(0, 1), [2]), (slice(3, 5), [7, 11])],
    ]
    assert names(NESTED, columns_stored=False) == ["_Products"]


@pytest.mark.parametrize("columns_stored", [False, True])
def test_sums_are_those_of_the_coefficients(columns_stored: bool) -> None:
    stored = np.asfortranarray(ROWS) if columns_stored else ROWS
    scores = mi.plan(NESTED).score_levels(stored)
    assert list(scores.dimensions["inner"]) == [21, 3, 32]
    assert list(scores.total) == [2 + 28 + 21, 14 + 44 + 3, 80 + 32]


def test_blocks_are_longer_where_all_columns_fit_in_16_bits() -> None:
    program = mi.plan(NESTED).program
    by_columns = kernel_of(program, columns_stored=True)
    by_rows = kernel_of(program, columns_stored=False)
    assert by_columns.rows_a_block > by_rows.rows_a_block
    assert kernel_of(program, columns_stored=True) is by_columns


def test_a_scale_off_the_line_goes_through_a_table() -> None:
    bent = instrument(
        indicator("i1", 2, levels=levels(0, 1, 5, first=1)),
        indicator("i2", 1, levels=levels("-1/2", "-1/4", 3)),
        indicator("i3", 1),
    )
    program = mi.plan(bent).program
    for columns_stored in (False, True):  # a table needs no run of 16 bits
        (part,) = kernel_of(program, columns_stored=columns_stored).parts
        assert isinstance(part, kernel._Products)
        assert [place for place, _ in part.tables] == [0, 1]
        assert all(table[NOTHING] == 0 for _, table in part.tables)
    given = np.array([[1, 0, 4], [2, 1, 0], [3, 2, 1]], dtype=np.uint8)
    total = mi.plan(bent).score_levels(given).total
    assert list(total) == [Fraction(7, 2), Fraction(7, 4), 14]


@pytest.mark.parametrize(("weight", "kind"), [(2**54, np.int64), (2**64, object)])
def test_wide_sums_go_column_by_column_tables_too(weight: int, kind: type) -> None:
    wide = instrument(
        indicator("i1", weight, levels=levels(1, 2, 5, first=1)), indicator("i2", weight)
    )
    (part,) = kernel_of(mi.plan(wide).program, columns_stored=True).parts
    assert isinstance(part, kernel._Columns)
    assert part.carrier is kind
    given = np.array([[1, 0], [3, 4], [2, 1]], dtype=np.uint8)
    total = mi.plan(wide).score_levels(given).total
    assert list(total) == [weight, 9 * weight, 3 * weight]


def test_each_dimension_has_its_own_carrier() -> None:
    mixed = instrument(
        dimension("small", indicator("i1")),
        dimension("bent", indicator("i2", levels=levels(0, 3, 4))),
        dimension("large", indicator("i3", 2**30)),
        dimension("wide", indicator("i4", 2**60)),
        dimension("huge", indicator("i5", 2**65)),
    )
    assert sorted(names(mixed, columns_stored=True)) == [
        "_Columns",
        "_Columns",
        "_Products",
        "_Products",
        "_Runs",
    ]
    assert kernel_of(mi.plan(mixed).program, columns_stored=True).rows_a_block < 2**16
    given = np.asfortranarray([[1, 2, 3, 4, 1], [4, 0, 0, 0, 0]]).astype(np.uint8, order="F")
    scores = mi.plan(mixed).score_levels(given)
    assert list(scores.total) == [1 + 4 + 3 * 2**30 + 4 * 2**60 + 2**65, 4]
