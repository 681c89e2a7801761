"""Weighted kappa against published examples, and what it refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import check_fault, only_fault
from meritindex.analysis.reconciling import KappaWeights, weighted_kappa
from meritindex.language import Text
from reconcile_cases import kappa

# A table of agreement, first assessor by second: an example of SAS, as the tests of statsmodels
# carry its printout: weighted kappa 0.4701.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
# Two raters of anxiety, as the R package irr carries them (`kappa2(anxiety[, 2:3])`), the levels
# that occur numbered through: 0.1459075 ("equal", linear), 0.2520325 ("squared", quadratic).
ANXIETY = (
    [2, 4, 3, 4, 1, 3, 1, 3, 2, 2, 1, 2, 2, 2, 1, 1, 0, 2, 2, 3],
    [1, 0, 3, 3, 2, 1, 0, 4, 0, 0, 0, 1, 2, 2, 0, 0, 2, 2, 1, 1],
)


def sides(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return the levels of both assessors, one a case."""
    cells = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return [row for row, _ in cells], [column for _, column in cells]


def test_a_published_table() -> None:
    found = weighted_kappa(*sides(SAS))
    assert found is not None
    assert round(found, 4) == Fraction("0.4701")
    assert found == kappa(*sides(SAS), "linear")


@pytest.mark.parametrize(
    ("weights", "printed"), [("linear", "0.1459075"), ("quadratic", "0.2520325")]
)
def test_a_published_example_of_levels(weights: str, printed: str) -> None:
    found = weighted_kappa(*ANXIETY, weights=weights)
    assert found is not None
    assert round(found, 7) == Fraction(printed)


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_levels_may_be_any_distance_apart(weights: str) -> None:
    for far in (2**62 - 1, 2**62, 2**63, 2**64, 10**40):
        claims, findings = [-far, 0, far, far], [0, 0, far, -far]
        assert weighted_kappa(claims, findings, weights=weights) == kappa(claims, findings, weights)
        # What all are apart by, by whatever unit, makes no difference.
        near = weighted_kappa([-1, 0, 1, 1], [0, 0, 1, -1], weights=weights)
        assert weighted_kappa(claims, findings, weights=weights) == near
    assert weighted_kappa([0, 2**70], [0, 2**70], weights=weights) == 1


def test_by_hand() -> None:
    # One of four pairs is apart by a level. By chance, every claim meets every finding: 0 is apart
    # from {0, 1, 2, 2} by 5, 1 by 3, 2 by 3, and 3 by 7 levels, which are 18 in 16 pairs.
    claims, findings = [0, 1, 2, 3], [0, 1, 2, 2]
    assert weighted_kappa(claims, findings) == 1 - Fraction(1, 4) / Fraction(18, 16)
    # Who says the opposite: apart by one level each time, by chance every other time.
    assert weighted_kappa([0, 1], [1, 0]) == -1
    # Whose finding is always the same agrees no more than by chance.
    assert weighted_kappa([0, 2], [0, 0], weights="quadratic") == 0


def test_levels_that_do_not_occur_make_no_difference() -> None:
    claims, findings = [1, 2, 3, 3], [1, 3, 3, 2]
    far = [level + 100 for level in claims], [level + 100 for level in findings]
    for weights in KappaWeights:
        assert weighted_kappa(*far, weights=weights) == weighted_kappa(
            claims, findings, weights=weights
        )


@pytest.mark.parametrize("levels", [[], [3], [2, 2, 2]])
def test_without_expected_disagreement_it_is_not_defined(levels: list[int]) -> None:
    assert weighted_kappa(levels, levels) is None


def test_unequally_many_are_refused() -> None:
    fault = only_fault(mi.AssessmentError, lambda: weighted_kappa([1, 2], [1]))
    check_fault(fault, "kappa-lengths", None, "2", Text("sama banyak", "equally many"))


def test_mistakes_of_a_program() -> None:
    with pytest.raises(ValueError, match="cubic"):
        weighted_kappa([1], [2], weights="cubic")
    with pytest.raises(TypeError):
        weighted_kappa([1.5], [2])  # type: ignore[list-item]


def test_weights_have_labels() -> None:
    assert [weights.label.en for weights in KappaWeights] == ["linear weights", "quadratic weights"]
