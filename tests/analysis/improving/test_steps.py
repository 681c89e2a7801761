"""The parts of an improvement."""

from __future__ import annotations

import pickle
from fractions import Fraction

from meritindex.analysis.improving import ImprovementStatus, SingleStep
from meritindex.language import LANGUAGES, Text


def test_every_status_has_a_label_in_both_languages() -> None:
    for language in LANGUAGES:
        labels = {status.label.in_language(language) for status in ImprovementStatus}
        assert len(labels) == len(ImprovementStatus)
    assert ImprovementStatus("planned") is ImprovementStatus.PLANNED


def test_a_step_is_a_value() -> None:
    step = SingleStep(
        indicator="a",
        name=Text("a", "a"),
        from_level=1,
        to_level=2,
        cost=Fraction(1),
        points=Fraction(2),
        band=None,
        changes_band=False,
    )
    assert pickle.loads(pickle.dumps(step)) == step
