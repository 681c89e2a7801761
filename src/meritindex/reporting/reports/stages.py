"""How far the assessments have come that are ranked together, where that is not the same."""

from __future__ import annotations

from collections import Counter

from meritindex.assessment.many import UNSTATED_STAGE
from meritindex.language import Text, listed
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import Sayer


def stage_notes(table: ScoreTable, say: Sayer) -> tuple[str, ...]:
    """Return that the ranked assessments of a table are of several stages, if they are."""
    known = table.totals.known.tolist()
    counts = Counter(
        UNSTATED_STAGE if facts.stage is None else facts.stage.label
        for facts, ranked in zip(table.assessments.facts, known, strict=True)
        if ranked
    )
    if len(counts) < 2:
        return ()
    parts = [
        Text("{stage} {count}", "{stage} {count}").fill(stage=stage, count=count)
        for stage, count in counts.items()
    ]
    words = Text(
        "Tahap penilaian yang diperingkatkan berbeda: {stages}.",
        "The assessments that are ranked are of different stages: {stages}.",
    )
    return (say(words.fill(stages=listed(parts))),)
