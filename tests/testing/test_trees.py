"""What the strategies know of the trees that they draw."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, dimension, indicator, levels, measure
from meritindex.testing.trees import may_be_refused


@pytest.mark.parametrize(("policy", "refused"), [("unknown", False), ("zero", True)])
def test_what_is_missing_far_below_may_leave_nothing_above_zero(policy: str, refused: bool) -> None:
    leaf = indicator("i1", levels=levels(1, 2), missing=policy, missing_basis=ASSUMED)
    bonus = measure("m1", weight=None, minimum=Fraction(-1, 2), maximum=Fraction(1, 2))
    child = dimension("d1", leaf, bonuses=(bonus,))
    assert may_be_refused((), (child,)) is refused
    assert may_be_refused(
        (), (attrs.evolve(child, missing=mi.MissingPolicy.ZERO, missing_basis=ASSUMED),)
    )
