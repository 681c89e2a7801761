"""How far two assessors agree on levels, beyond what chance would give: weighted kappa."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fractions import Fraction
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.columns import integers
from meritindex.assessment.values import make_fault
from meritindex.errors import AssessmentError
from meritindex.language import Text


class KappaWeights(enum.StrEnum):
    """How much a disagreement counts: by the levels between the two, or by their square."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"

    @property
    def label(self) -> Text:
        """The weights for a reader."""
        return _LABELS[self]

    def of(self, distance: int) -> int:
        """Return how much a disagreement over so many levels counts."""
        return abs(distance) if self is KappaWeights.LINEAR else distance**2


_LABELS = {
    KappaWeights.LINEAR: Text("bobot linear", "linear weights"),
    KappaWeights.QUADRATIC: Text("bobot kuadrat", "quadratic weights"),
}


def weighted_kappa(
    claims: Sequence[int],
    findings: Sequence[int],
    *,
    weights: KappaWeights | str = KappaWeights.LINEAR,
) -> Fraction | None:
    """Return Cohen's weighted kappa of two assessors' levels, exactly.

    It is 1 less the observed disagreement over the disagreement that chance would give, were each
    assessor to give the levels as often as before, but independently of the other. 1 is full
    agreement, 0 as much as chance gives; it is never below -1. How many levels a scale has besides
    those that occur makes no difference under either of the weights.

    The rule is that of J. Cohen, "Weighted kappa: nominal scale agreement with provision for scaled
    disagreement or partial credit", Psychological Bulletin 70 (1968), 213-220.

    Args:
        claims: the levels that one assessor gave, all on one scale.
        findings: the levels that the other gave to the same items, in the same order.
        weights: `linear` or `quadratic`.

    Returns:
        Kappa; None where it is not defined: of no items at all, and where both gave one and the
        same level throughout, so that chance too would leave no disagreement.

    Raises:
        AssessmentError: the two are not equally many.
        ValueError: there are no such weights.

    Examples:
        >>> weighted_kappa([0, 1, 2, 3], [0, 1, 2, 2])
        Fraction(7, 9)
        >>> weighted_kappa([2, 2], [2, 2]) is None
        True
    """
    if len(claims) != len(findings):
        raise AssessmentError(
            make_fault(
                "kappa-lengths",
                Text(
                    "{value} tingkat terhadap {count}; yang diterima: {allowed}",
                    "{value} levels against {count}; allowed: {allowed}",
                ),
                value=str(len(claims)),
                allowed=Text("sama banyak", "equally many"),
                count=len(findings),
            )
        )
    # Levels may be of any size; only what they are apart counts, and that may be anything too.
    lowest = min((index(level) for level in (*claims, *findings)), default=0)
    ours, theirs = (
        integers((index(level) - lowest for level in side), len(side))
        for side in (claims, findings)
    )
    return kappa_of(ours, theirs, weights)


def kappa_of(
    claims: npt.NDArray[Any], findings: npt.NDArray[Any], weights: KappaWeights | str
) -> Fraction | None:
    """Return the weighted kappa of levels in arrays.

    Args:
        claims: integers from 0, shape `[n]`.
        findings: the same.
        weights: `linear` or `quadratic`.

    Raises:
        ValueError: there are no such weights.
    """
    weighing = KappaWeights(weights)
    rows, columns = _counts(claims), _counts(findings)
    kind = object if "O" in claims.dtype.kind + findings.dtype.kind else np.int64
    apart = _counts(np.abs(claims.astype(kind) - findings.astype(kind)))
    observed = sum(count * weighing.of(distance) for distance, count in apart)
    expected = sum(
        times * often * weighing.of(one - other) for one, times in rows for other, often in columns
    )
    return 1 - Fraction(len(claims) * observed, expected) if expected else None


def _counts(levels: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """Return the levels that occur, each with how often it does."""
    values, counts = np.unique(levels, return_counts=True)
    return list(zip(values.tolist(), counts.tolist(), strict=True))
