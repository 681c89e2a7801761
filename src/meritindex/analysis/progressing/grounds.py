"""On what a course rests: the remarks, the standings and the rules of all its assessments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meritindex.definition import weakest
from meritindex.layout import Paragraph, Part
from meritindex.scoring import ScoreTable
from meritindex.scoring.plans import ScoringPlan
from meritindex.scoring.saying import Sayer, remark_parts, score_standing_parts
from meritindex.scoring.standing import weakest_reasons


def ground_parts(tables: Sequence[ScoreTable], say: Sayer) -> list[Part]:
    """Return what is to be minded, and why standings are no firmer, for each set of rules."""
    by_plan: dict[ScoringPlan, list[ScoreTable]] = {}
    for table in tables:
        by_plan.setdefault(table.plan, []).append(table)
    parts: list[Part] = []
    for plan, alike in by_plan.items():
        facts = [each for table in alike for each in table.assessments.facts]
        reasons = weakest_reasons(reason for table in alike for reason in table.reasons)
        if len(by_plan) > 1:
            parts.append(Paragraph(say(plan.instrument.title)))
        parts += remark_parts(plan.instrument, facts, say)
        parts += score_standing_parts(
            weakest(table.standing for table in alike),
            reasons,
            plan,
            say,
            exact=all(table.totals.exact for table in alike),
        )
    return parts


def titles(tables: Iterable[ScoreTable], say: Sayer) -> list[Part]:
    """Return what the instruments are called, each once."""
    found = dict.fromkeys(table.instrument.title for table in tables)
    return [Paragraph(say(title)) for title in found]
