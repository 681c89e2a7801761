from __future__ import annotations

import csv
import io
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from meritindex.assessment.formulas import unescaped
from meritindex.reporting.csv_text import csv_text, exact_cell

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.fractions(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")),
)


def test_cells():
    row = ("=1+1", "-", -2, Fraction(-1, 3), True, False, None, "a,b\nc")
    text = csv_text([str(place) for place in range(len(row))], [row])
    assert text.startswith("0,1,2,3,4,5,6,7\n")
    (found,) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    # Numbers below zero are no formulas.
    assert found == ["'=1+1", "'-", "-2", "-0.333333", "yes", "no", "", "a,b\nc"]


@given(st.lists(st.tuples(VALUES, VALUES), max_size=5))
def test_every_row_reads_back_and_no_text_is_a_formula(rows):
    header, *found = csv.reader(io.StringIO(csv_text(("a", "b"), rows), newline=""))
    assert header == ["a", "b"]
    assert len(found) == len(rows)
    for given_row, cells in zip(rows, found, strict=True):
        for value, cell in zip(given_row, cells, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(("=", "+", "-", "@"))
                assert unescaped(cell) == value


def test_exact_cells():
    assert exact_cell(Fraction(1, 3)) == "1/3"
    assert exact_cell(None) is None
