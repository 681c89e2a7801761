"""Draws of the caller: taken as they are, or refused with the row and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from builders import (
    ASSUMED,
    MEAN,
    SUM,
    check_fault,
    dimension,
    faults_of,
    indicator,
    only_fault,
)
from meritindex.analysis.simulating.draws import DrawMethod
from meritindex.analysis.simulating.given import Arrays, given_draws
from meritindex.definition import Admissible, Region, WeightedMean
from meritindex.errors import WeightingError


def regions(*, whole: bool = True, **facts: object) -> Mapping[str, Region]:
    """Return the regions of a root of `d` and `x`, and of `d` of `a`, `b` and `c`."""
    rule = WeightedMean(basis=ASSUMED, whole=100) if whole else SUM
    weights = [10, None, None] if whole else [1, 1, 1]
    below = dimension(
        "d", *(indicator(c, w) for c, w in zip("abc", weights, strict=True)), rule=rule
    )
    root = dimension("r", below, indicator("x"), rule=MEAN)
    found = {one.dimension: one for one in Admissible(**facts).regions(root)}
    return {code: one for code, one in found.items() if not one.is_point}


def refused(draws: Arrays, **facts: object) -> tuple[object, ...]:
    return faults_of(WeightingError, lambda: given_draws(draws, regions(**facts)))


def test_rows_are_brought_to_the_whole() -> None:
    given = np.array([[1, 4, 5], [30, 120, 150]], dtype=np.int32)
    (found,) = given_draws(given, regions()).values()
    assert found.method is DrawMethod.GIVEN
    assert found.codes == ("a", "b", "c")
    for draw in (0, 1):
        assert found.weights(draw) == {"a": 10, "b": 40, "c": 50}
    given[0, 0] = 7  # what was given stays the caller's
    assert found.numbers[0, 0] == 1


def test_lists_and_mappings_are_taken() -> None:
    (found,) = given_draws({"d": [[1, 4, 5]]}, regions()).values()
    assert found.numbers.tolist() == [[1, 4, 5]]
    assert found.numbers.dtype == np.int64


def test_without_a_whole_numbers_are_weights() -> None:
    facts = {"whole": False, "weights": {"a": (0, 9)}}
    (found,) = given_draws([[0, 1, 1], [9, 1, 1]], regions(**facts)).values()
    assert found.weights(0) == {"a": 0, "b": 1, "c": 1}
    fault = only_fault(WeightingError, lambda: given_draws([[10, 1, 1]], regions(**facts)))
    check_fault(fault, "draw-not-admissible", "d", "a", "10")


def test_every_row_that_is_not_admissible_is_named() -> None:
    faults = refused([[1, 4, 5], [2, 3, 5], [1, 1, 1]])
    assert [fault.code for fault in faults] == ["draw-not-admissible"] * 2
    check_fault(faults[0], "draw-not-admissible", "d", "a", "20", "10")
    check_fault(faults[1], "draw-not-admissible", "d", "a", "100/3", "10")
    assert [fault.place.en for fault in faults] == ["draw 1", "draw 2"]
    assert faults[0].value == "20"
    assert faults[0].allowed.en == "10"


@pytest.mark.parametrize(
    ("facts", "row", "what", "value", "allowed"),
    [
        ({"weights": {"b": (20, 40)}}, [10, 50, 40], "b", "50", "20 to 40"),
        ({"weights": {"b": (20, None)}}, [10, 15, 75], "b", "15", "at least 20"),
        ({"order": [("b", "c")]}, [10, 40, 50], "b − c", "-10", "at least 0"),
        ({"weights": {"a": (0, 20)}, "sums": {("a", "b"): 30}}, [10, 40, 50], "a + b", "50", "30"),
        ({"sums": {("b", "a"): (None, 30)}}, [10, 40, 50], "a + b", "50", "at most 30"),
        ({}, [10, -40, 130], "b", "-40", "0 or more"),
        ({}, [0, 0, 0], "the sum of the weights", "0", "above 0"),
    ],
)
def test_what_is_allowed_is_said(
    facts: dict[str, object], row: list[int], what: str, value: str, allowed: str
) -> None:
    fault = refused([[1, 4, 5] if not facts else row, row], **facts)[-1]
    assert fault.message.en == f"{what} in d is {value}; allowed: {allowed}"
    assert fault.message.id != fault.message.en
    assert fault.place.id == "tarikan 1"


def test_differences_below_any_double_are_seen() -> None:
    facts = {"weights": {"b": (None, 45)}}
    exact = [[10**17, 45 * 10**16, 45 * 10**16]]
    assert given_draws(exact, regions(**facts))
    fault = only_fault(
        WeightingError,
        lambda: given_draws([[10**17, 45 * 10**16 + 1, 45 * 10**16 - 1]], regions(**facts)),
    )
    assert fault.value == "45.0000000000000001"


def test_of_many_faults_the_first_are_listed() -> None:
    faults = refused(np.tile([2, 3, 5], (150, 1)))
    assert len(faults) == 101
    assert faults[-1].code == "more-faults"
    assert "50" in faults[-1].message.en


def test_dimensions_without_open_weights_are_refused() -> None:
    (fault,) = refused({"r": [[1, 1]]})
    check_fault(fault, "draws-not-open", "r", "r", "d")
    faults = refused({"r": [[1, 1]], "d": [[2, 3, 5]], "z": [[1]]})
    assert [fault.code for fault in faults] == [
        "draws-not-open",
        "draw-not-admissible",
        "draws-not-open",
    ]


@pytest.mark.parametrize(
    ("draws", "message"),
    [
        ([[0.1, 0.4, 0.5]], "whole numbers, not float64"),
        ([[True, True, True]], "whole numbers, not bool"),
        ([1, 4, 5], "a column for each of a, b, c"),
        ([[1, 4]], "a column for each of a, b, c"),
        (np.empty((0, 3), dtype=int), "at least one row"),
        ([[2**61, 2**61, 2**61]], "2\\*\\*62"),
        ({}, "at least one dimension"),
    ],
)
def test_other_arrays_are_no_draws(draws: Arrays, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        given_draws(draws, regions())


def test_one_array_needs_one_dimension() -> None:
    with pytest.raises(TypeError, match="exactly one dimension with open weights, not: none"):
        given_draws([[1, 1]], {})
    both = regions(weights={"d": (1, 2)})
    with pytest.raises(TypeError, match="not: r, d"):
        given_draws([[1, 1]], both)
    found = given_draws({"d": [[1, 4, 5]], "r": [[2, 1]]}, both)
    assert set(found) == {"d", "r"}
    with pytest.raises(TypeError, match="same number of rows"):
        given_draws({"d": [[1, 4, 5]], "r": [[2, 1], [1, 1]]}, both)
